"""From evidence to the markers a reader sees: the citation contract, in one place.

A marker's number is a place in the report (its own mark, else a page, else a paragraph), never a position in a list.
One report in the answer: ``[5][67]``. Several: a letter for the report, in order of first citation, ``[A5][B12]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.language.analysis import language
from rag.types import Citation, Evidence, Passage, Report, Sentence, Status

_SLOT = re.compile("[ \t]*\x1f(\\d+)\x1f")
# The stop that a sentence's markers go before. `U.S.` at the end keeps its last stop: it belongs to the word.
_FINAL_STOP = re.compile(r"(?<!\b[A-Za-z]\.[A-Za-z])(?:[.!?。!?;;…]+|[.…]{3,})\s*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence before it has markers, with what it rests on.

    ``quotes[i]``: characters ``(start, end)`` of ``evidence[i].passage.text`` that bear the sentence out; the whole
    passage where ``quotes`` is shorter or holds None. ``figures[i]``: the figures that were found in that passage.
    ``text`` may hold ``slot(i)`` where the markers of ``evidence[i]`` stand; all others go before the final stop.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    quotes: tuple[tuple[int, int] | None, ...] = ()
    figures: tuple[tuple[str, ...], ...] = ()
    status: Status = "supported"
    unverified_figures: tuple[str, ...] = ()
    reason: str = ""


def evidence_of(drafts: Iterable[Draft]) -> tuple[Evidence, ...]:
    """What drafts rest on, each passage once, in their order."""
    return tuple({item.passage.id: item for draft in drafts for item in draft.evidence}.values())


def slot(index: int) -> str:
    """A placeholder for the markers of ``evidence[index]`` inside a draft's text, for tables and long sentences."""
    return f"\x1f{index}\x1f"


def without_slots(text: str) -> str:
    """The words of a draft alone, as they are checked."""
    return _SLOT.sub("", text)


def letters(index: int) -> str:
    """A, B, … Z, AA, AB, … for 0, 1, … 25, 26, 27, …"""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cite(drafts: Sequence[Draft], *, lettered: bool | None = None) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Sentences with their markers, and the citations of each passage, in order of first citation.

    A passage that several sentences quote has one citation, whose quote spans all of them; rows of a table that stand
    apart have one each, so that no row between them is quoted. ``lettered`` forces letters on or off; by default they
    stand when more than one report is cited. Raises ValueError for a quote outside its passage and for a slot without
    evidence.
    """
    names = report_letters((evidence.report for draft in drafts for evidence in draft.evidence), lettered)
    passages: dict[str, _Cited] = {}
    for draft in drafts:
        for index, evidence in enumerate(draft.evidence):
            cited = passages.setdefault(evidence.passage.id, _Cited(evidence))
            cited.add(_quote(draft, index), draft.figures[index] if index < len(draft.figures) else ())
    places: list[tuple[_Cited, tuple[int, int]]] = [(cited, run) for cited in passages.values() for run in cited.runs()]
    order = {(cited.evidence.passage.id, run): position for position, (cited, run) in enumerate(places)}
    citations = tuple(cited.citation(names[cited.evidence.report.id], run) for cited, run in places)
    used = [
        [order[e.passage.id, passages[e.passage.id].run_of(_quote(draft, i))] for i, e in enumerate(draft.evidence)]
        for draft in drafts
    ]
    return tuple(_sentence(draft, own, citations) for draft, own in zip(drafts, used, strict=True)), citations


def report_letters(reports: Iterable[Report], lettered: bool | None = None) -> dict[str, str]:
    """Report id -> its letter, in order of appearance; every letter is empty when only one report is cited."""
    ids = list(dict.fromkeys(report.id for report in reports))
    if lettered is None:
        lettered = len(ids) > 1
    return {report_id: letters(index) if lettered else "" for index, report_id in enumerate(ids)}


def marker(letter: str, passage: Passage) -> str:
    """``[5][64]`` or ``[A5][A64]``: every number of the passage's locator in brackets of its own."""
    return "".join(f"[{letter}{number}]" for number in dict.fromkeys(passage.locator.numbers))


class _Cited:
    """The citations of one passage while the sentences that use it are gathered."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._spans: dict[tuple[int, int], dict[str, None]] = {}

    def add(self, span: tuple[int, int], figures: Sequence[str]) -> None:
        self._spans.setdefault(span, {}).update(dict.fromkeys(figures))

    def runs(self) -> tuple[tuple[int, int], ...]:
        """The characters of each citation: of a table, rows with no other row between them; else from first to last."""
        passage = self.evidence.passage
        out: list[tuple[int, int]] = []
        for start, end in sorted(self._spans):
            if out and (passage.kind != "table" or not passage.text[out[-1][1] : start].strip()):
                out[-1] = (out[-1][0], max(out[-1][1], end))
            else:
                out.append((start, end))
        return tuple(out)

    def run_of(self, span: tuple[int, int]) -> tuple[int, int]:
        """The run that holds a span."""
        return next(run for run in self.runs() if run[0] <= span[0] and span[1] <= run[1])

    def citation(self, letter: str, run: tuple[int, int]) -> Citation:
        passage = self.evidence.passage
        inside = [figures for span, figures in self._spans.items() if self.run_of(span) == run]
        return Citation(
            marker=marker(letter, passage),
            report=self.evidence.report,
            passage_id=passage.id,
            locator=passage.locator,
            quote=passage.text[run[0] : run[1]],
            start=run[0],
            end=run[1],
            figures=tuple(dict.fromkeys(figure for figures in inside for figure in figures)),
        )


def _quote(draft: Draft, index: int) -> tuple[int, int]:
    """The characters of a passage that a draft quotes, white space at the ends left out."""
    text = draft.evidence[index].passage.text
    span = draft.quotes[index] if index < len(draft.quotes) else None
    start, end = span if span is not None else (0, len(text))
    if not 0 <= start < end <= len(text):
        raise ValueError(f"The quote ({start}, {end}) is no slice of a passage of {len(text)} characters.")
    body = text[start:end]
    return start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip())


def _sentence(draft: Draft, used: Sequence[int], citations: Sequence[Citation]) -> Sentence:
    placed: set[int] = set()
    gap = "" if language(draft.text) == "zh" else " "

    def fill(match: re.Match[str]) -> str:
        index = int(match[1])
        if index >= len(used):
            raise ValueError(f"The sentence has a slot for evidence {index}, expected one of {len(used)}.")
        placed.add(used[index])
        return gap + citations[used[index]].marker

    text = _SLOT.sub(fill, draft.text)
    rest = [citations[position].marker for position in dict.fromkeys(used) if position not in placed]
    return Sentence(
        text=place(text, rest),
        citations=tuple(dict.fromkeys(used)),
        status=draft.status,
        unverified_figures=draft.unverified_figures,
        reason=draft.reason,
    )


def place(text: str, markers: Sequence[str]) -> str:
    """``text`` with the markers before its final stop, each bracket once: ``… "Buy" [5][64].``

    A Chinese sentence has no space before its markers. A stop inside closing quotes stays where it is.
    """
    brackets = dict.fromkeys(bracket for each in markers for bracket in re.findall(r"\[[^\]]*\]", each))
    if not brackets:
        return text
    gap = "" if language(text) == "zh" else " "
    stop = _FINAL_STOP.search(text)
    body, tail = (text[: stop.start()], stop[0].rstrip()) if stop else (text, "")
    return body.rstrip() + gap + "".join(brackets) + tail
