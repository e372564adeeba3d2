"""Does a sentence follow from what it cites? Checked by rules, without a model: figures, direction, names, wording.

Every figure must stand in a cited passage with its measure, sign, period and direction, or be shown as arithmetic on
figures that do. Words are checked more loosely: they may be other words, but not about something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag import analysis, wording
from rag.alignment import changed
from rag.arithmetic import follows, misdirected
from rag.figure_context import Fact, Reading, ranges, read
from rag.figure_match import (
    NOT_THERE,
    Problem,
    is_relative,
    named_in,
    problem,
    same_measure,
    same_value,
    table_currency,
    table_scale,
)
from rag.figures import Figure, figures
from rag.periods import periods
from rag.quote import find_quote
from rag.types import Evidence, Passage, Status

__all__ = ["Verdict", "find_quote", "verify_sentence"]

_MARKER = re.compile(r"\s*\[[A-Z]{0,2}\d{1,3}\]")
_STOP = re.compile(r"[\s.。!！?？;；,，:：]+$")
_NOT_BEFORE = re.compile(r"(?:\b(?:not|never|no|without|cannot)\b|n['’]t|[未不没无非])\s*$", re.IGNORECASE)
ENOUGH = 0.5  # share of a sentence's words that must stand in its passages, when it has no figures
SOME = 0.25  # below this a sentence without figures is unsupported
WITH_FIGURES = 0.15  # the same where every figure was found
ALIKE = 0.55  # cosine from which other words count as the same statement


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found. ``figures``: as written in the sentence and found; ``unverified``: not found, or not so.

    ``where[i]``: those of the found figures that stand in passage ``i``. ``reason``: empty for a supported sentence.
    """

    status: Status
    figures: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    reason: str = ""
    where: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A passage, and the words above it (title, broker, date, section) that may name a period or a company."""

    reading: Reading
    context: str
    periods: tuple[Figure, ...]
    scale: Decimal | None
    currency: str
    dated: tuple[str, ...]  # labels of periods that only the report's date makes exact


def verify_sentence(text: str, passages: Sequence[Evidence | Passage | str]) -> Verdict:
    """Check one sentence (its markers are ignored) against the passages it cites."""
    plain = _MARKER.sub("", text).strip()
    wanted = read(plain)
    shown = tuple(dict.fromkeys(figure.text.strip() for figure in figures(plain) if not figure.soft))
    if not passages:
        return Verdict("unsupported", unverified=shown, reason="Nothing is cited for it.")
    sources = [_source(passage) for passage in passages]
    verbatim = tuple(_verbatim(plain, source.reading.text) for source in sources)
    if any(verbatim):
        return Verdict("supported", shown, where=tuple(shown if said else () for said in verbatim))
    found, problems, where = _figures(wanted, sources)
    problems.update(_periods(wanted, sources, found, where))
    turned = _changed(wanted, sources, problems)
    words = _words(plain, wanted, sources, bool(found) and not problems)
    if turned:
        words = ("unsupported", turned)
    return _verdict(shown, found, problems, words, where)


def _source(passage: Evidence | Passage | str) -> _Source:
    text, context = passage if isinstance(passage, str) else "", ""
    labels: tuple[str, ...] = ()
    if isinstance(passage, Evidence):
        report, passage = passage.report, passage.passage
        context = wording.joined(
            [report.title, report.broker, str(report.date or ""), *report.companies, *passage.section]
        )
        if report.date:
            labels = tuple(period.label for period in periods(passage.text, report.date))
        text = passage.text
    elif isinstance(passage, Passage):
        text, context = passage.text, wording.joined(passage.section)
    reading = read(text)
    named = (*reading.periods, *read(context).periods) if context else reading.periods
    everything = f"{context} {text}"
    return _Source(reading, context, named, table_scale(everything), table_currency(everything), labels)


def _verbatim(sentence: str, passage: str) -> bool:
    """Whether the passage says the sentence word for word, with no `not` cut off before it."""
    span = find_quote(_STOP.sub("", sentence), passage)
    return span is not None and not _NOT_BEFORE.search(passage[: span[0]])


# -- figures


def _figures(
    wanted: Reading, sources: Sequence[_Source]
) -> tuple[dict[str, Fact], dict[str, str], list[dict[str, None]]]:
    """Figures found, by their text; what is wrong with the others; and the figures of each source."""
    found: dict[str, Fact] = {}
    problems: dict[str, str] = {}
    where: list[dict[str, None]] = [{} for _ in sources]
    missing: list[Fact] = []
    for fact in wanted.facts:
        shown = fact.figure.text.strip()
        results = [_look(fact, source, wanted) for source in sources]
        good = [index for index, result in enumerate(results) if result is None]
        for index in good:
            where[index][shown] = None
        if good:
            found[shown] = fact
        elif not fact.figure.soft or _contradicted(fact, wanted, sources):
            nearest = min((result for result in results if result), key=lambda result: result.rank)
            problems[shown] = nearest.text
            if nearest.rank == NOT_THERE:
                missing.append(fact)
    problems.update(_ranges(wanted, sources, found))
    for fact in missing:
        shown = fact.figure.text.strip()
        if follows(fact, list(found.values()), wanted.text):
            problems.pop(shown, None)
            found[shown] = fact
    return found, problems, where


def _look(fact: Fact, source: _Source, wanted: Reading) -> Problem | None:
    """None when the source has the figure as the sentence has it; else the nearest miss."""
    figure = fact.figure
    shown = figure.text.strip()
    if figure.kind in ("label", "ratio"):
        return None if _has_label(figure, source) else Problem(NOT_THERE, f"{shown} is not in the cited passages")
    best = Problem(NOT_THERE, f"{shown} is not in the cited passages")
    for other in source.reading.facts:
        if other.figure.kind in ("label", "ratio"):
            continue
        if same_value(figure, other.figure, source.scale):
            if not same_measure(figure, other.figure, source.reading.text, source.currency):
                miss = Problem(6, f"the cited passage has {other.figure.text.strip()}, not {shown}")
            else:
                miss_or_none = problem(fact, other, wanted, source.reading.metrics)
                if miss_or_none is None:
                    return None
                miss = miss_or_none
            best = min(best, miss, key=lambda each: each.rank)
    return best


def _ranges(wanted: Reading, sources: Sequence[_Source], found: dict[str, Fact]) -> dict[str, str]:
    """Ranges of which each end stands in a passage, but in different ranges: `12.4-12.5` of `12.4-12.8` and `12.0-12.5`."""
    there = [each for source in sources for each in ranges(source.reading)]
    problems: dict[str, str] = {}
    for low, high in ranges(wanted):
        touched = [
            each
            for each in there
            if low.value in (each[0].value, each[1].value) or high.value in (each[0].value, each[1].value)
        ]
        equal = any((low.value, high.value) == (a.value, b.value) for a, b in touched)
        if low.value >= high.value > 0 or (touched and not equal):
            problems[low.text.strip()] = f"{low.text.strip()}-{high.text.strip()} is no range of the cited passages"
    return {shown: text for shown, text in problems.items() if shown in found}


def _has_label(figure: Figure, source: _Source) -> bool:
    if figure.kind == "ratio":
        return any(fact.figure.unit == figure.unit for fact in source.reading.facts)
    body = f"{source.reading.text} {source.context}".lower()
    return re.search(rf"(?<![a-z0-9]){re.escape(figure.unit)}(?![a-z0-9])", body) is not None


_NEXT_WORD = re.compile(r"\s*([A-Za-z]{3,}|[\u4e00-\u9fff]{2})")


def _contradicted(fact: Fact, wanted: Reading, sources: Sequence[_Source]) -> bool:
    """Whether the sources give another number of the very thing that a small number word counts."""
    thing = _NEXT_WORD.match(wanted.text, fact.figure.end)
    if thing is None:
        return False
    name = thing[1].lower()[:5]
    for source in sources:
        for other in source.reading.facts:
            said = _NEXT_WORD.match(source.reading.text, other.figure.end)
            if said and said[1].lower()[:5] == name and other.figure.value != fact.figure.value:
                return True
    return False


def _periods(
    wanted: Reading, sources: Sequence[_Source], found: dict[str, Fact], where: list[dict[str, None]]
) -> dict[str, str]:
    """Periods and dates of the sentence that no source names. Those that one does are added to ``where``."""
    problems: dict[str, str] = {}
    for figure in wanted.periods:
        shown = figure.text.strip()
        named = False
        for source, own in zip(sources, where, strict=True):
            if named_in(figure, source.periods) or figure.unit in source.dated:
                own[shown] = None
                named = True
        relative = [is_relative(each) and _kind(each) == _kind(figure) for source in sources for each in source.periods]
        if not named and not ((is_relative(figure) or any(relative)) and not any(source.dated for source in sources)):
            problems[shown] = f"{shown} is not in the cited passages"
    return problems


def _changed(wanted: Reading, sources: Sequence[_Source], problems: dict[str, str]) -> str:
    """Add figures that the same words surround another figure for; say which word of direction was turned."""
    turned = ""
    for slot, other in changed(wanted, [source.reading for source in sources]):
        if slot.kind == "move":
            turned = f"It says {slot.text} where the cited passage says {other.text}."
        elif slot.text not in problems:
            problems[slot.text] = f"the cited passage has {other.text}, not {slot.text}, in that place"
    return turned


def _kind(figure: Figure) -> str:
    return figure.period.kind if figure.period else ""


# -- words


def _words(plain: str, wanted: Reading, sources: Sequence[_Source], figures_found: bool) -> tuple[Status, str]:
    """The verdict on everything but the figures."""
    bodies = [source.reading.text for source in sources]
    everything = [f"{source.context} {source.reading.text}" for source in sources]
    names = wording.foreign_names(plain, everything)
    if not names and all(source.context for source in sources):
        names = wording.unknown_names(plain, everything)
    if names:
        return "partly", f"The cited passages do not name {', '.join(names)}."
    reason = _contradiction(wanted, sources) or wording.denial(plain, bodies)
    if reason:
        return "unsupported", reason[0].upper() + reason[1:] + "."
    if figures_found and all(analysis.language(body) != analysis.language(plain) for body in bodies):
        return "supported", ""  # the figures carry over; words of another language can only be checked by the lexicon
    share = wording.coverage(plain, everything)
    if share >= (WITH_FIGURES if figures_found else ENOUGH) or wording.likeness(plain, bodies) >= ALIKE:
        return "supported", ""
    status: Status = "partly" if figures_found or share >= SOME else "unsupported"
    return status, "Its wording is not that of the cited passages."


def _contradiction(wanted: Reading, sources: Sequence[_Source]) -> str:
    """What the words say against themselves, or against the passages: `beat` for `missed`, `improved` for `worsened`."""
    against_itself = misdirected(wanted)
    if against_itself:
        return against_itself
    met, said = wording.expectation(wanted.text), {wording.expectation(source.reading.text) for source in sources}
    if met and -met in said and met not in said:
        return "it says the opposite of the cited passage about expectations"
    return "the cited passage says the opposite direction" if _opposite(wanted, sources) else ""


def _opposite(wanted: Reading, sources: Sequence[_Source]) -> bool:
    """Whether a sentence that moves one way only rests on a statement that moves the other way only.

    Left to the figures where a direction is bound to one in the sentence and in the passages alike.
    """
    ways = {move.way * (-1 if move.negated else 1) for move in wanted.moves if not move.near}
    if len(ways) != 1 or (_has_way(wanted) and any(_has_way(source.reading) for source in sources)):
        return False
    way = ways.pop()
    best: tuple[float, set[int]] = (0.0, set())
    for source in sources:
        for start, end in source.reading.spans:
            share = wording.coverage(wanted.text, [source.reading.text[start:end]])
            there = {
                move.way * (-1 if move.negated else 1)
                for move in source.reading.moves
                if start <= move.start < end and not move.near
            }
            best = max(best, (share, there), key=lambda each: each[0])
    return best[0] >= 0.3 and best[1] == {-way}


def _has_way(reading: Reading) -> bool:
    return any(fact.way and fact.sure for fact in reading.facts)


def _verdict(
    shown: Sequence[str],
    found: dict[str, Fact],
    problems: dict[str, str],
    words: tuple[Status, str],
    where: Sequence[dict[str, None]],
) -> Verdict:
    found = {each: fact for each, fact in found.items() if each not in problems}
    unverified = tuple(each for each in shown if each in problems) or tuple(problems)
    verified = tuple(each for each in shown if each not in problems)
    reasons = list(dict.fromkeys(problems.values()))
    status, reason = words
    if problems:
        status = "partly" if found and status != "unsupported" else "unsupported"
        reason = "; ".join(reasons)[:1].upper() + "; ".join(reasons)[1:] + "."
        if words[1]:
            reason = f"{reason} {words[1]}"
    return Verdict(status, verified, unverified, reason, tuple(tuple(own) for own in where))
