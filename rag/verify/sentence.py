"""Does a sentence follow from what it cites? Checked by rules, without a model: figures, direction, names, wording.

Every figure must stand in a cited passage with its measure, sign, period and direction, or be shown as arithmetic on
figures that do. Words are checked more loosely: they may be other words, but not about something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, islice

from rag.figures.context import Fact, Reading, read
from rag.figures.find import figures
from rag.language import analysis
from rag.language.quote import find_quote
from rag.types import Evidence, Passage, Status
from rag.verify import wording
from rag.verify.arithmetic import courses, misdirected, of_rows
from rag.verify.contrast import contrast
from rag.verify.copied import cells, is_copied, miscopied
from rag.verify.figures import check_figures, check_places
from rag.verify.reasons import in_chinese
from rag.verify.source import Source, body_of, sources_of
from rag.verify.terms import steps
from rag.verify.times import check_periods
from rag.verify.ways import turned_way
from rag.verify.worked import is_rest_said

__all__ = ["Verdict", "find_quote", "verify_sentence"]

_MARKER = re.compile(r"\s*\[[A-Z]{0,2}\d{1,3}\]")
_STOPS = " \t\r\n\u3000\xa0.。!！?？;；,，:："
_NOT_BEFORE = re.compile(r"(?:\b(?:not|never|no|without|cannot)\b|n['’]t|[未不没无非])\s*$|\bnon-?$", re.IGNORECASE)
ENOUGH = 0.5  # share of a sentence's words that must stand in its passages, when it has no figures
SOME = 0.25  # below this a sentence without figures is unsupported
WITH_FIGURES = 0.15  # the same where every figure was found
MANY = 2  # weight of the found figures from which the wording is free
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


def verify_sentence(text: str, passages: Sequence[Evidence | Passage | str]) -> Verdict:
    """Check one sentence (its markers are ignored) against the passages it cites; the reason is in its language."""
    plain = _MARKER.sub("", text).strip()
    verdict = _verify(plain, passages)
    if verdict.reason and analysis.language(plain) == "zh":
        return replace(verdict, reason=in_chinese(verdict.reason))
    return verdict


def _verify(plain: str, passages: Sequence[Evidence | Passage | str]) -> Verdict:
    shown = tuple(dict.fromkeys(figure.text.strip() for figure in figures(plain) if not figure.soft))
    if not passages:
        return Verdict("unsupported", unverified=shown, reason="Nothing is cited for it.")
    said = plain.rstrip(_STOPS)
    verbatim = tuple(_verbatim(said, body_of(passage)) for passage in passages)
    if any(verbatim):
        return Verdict("supported", shown, where=tuple(shown if said else () for said in verbatim))
    if is_copied(plain) and (verdict := _of_table(plain, passages, shown)):
        return verdict
    wanted = read(plain)
    parts = [sources_of(passage) for passage in passages]
    sources = [source for each in parts for source in each]
    found, problems, where = check_figures(wanted, sources)
    derived = [fact for shown, fact in found.items() if not any(shown in own for own in where)]
    problems.update(check_periods(wanted, sources, where, derived))
    turned = check_places(wanted, sources, problems)
    words = _words(plain, wanted, sources, 0 if problems else _weight(found), bool(derived))
    if turned:
        words = ("unsupported", turned)
    ahead = iter(where)
    return _verdict(shown, found, problems, words, [dict.fromkeys(chain(*islice(ahead, len(own)))) for own in parts])


def _of_table(plain: str, passages: Sequence[Evidence | Passage | str], shown: tuple[str, ...]) -> Verdict | None:
    """The verdict on a table that was copied as one sentence; None where it is of no passage."""
    against = [miscopied(plain, body_of(passage)) for passage in passages]
    wrong = min((each for each in against if each is not None), key=len, default=None)
    if wrong is None:
        return None
    where = tuple(shown if each == wrong else () for each in against)
    if not wrong:
        return Verdict("supported", shown, where=where)
    reason = "; ".join(f"{each} is not in the cited passages" for each in wrong[:4])
    status: Status = "partly" if len(wrong) < len(cells(plain)) else "unsupported"
    return Verdict(status, tuple(each for each in shown if each not in wrong), wrong, f"{reason}.", where)


def _weight(found: Iterable[str]) -> int:
    """How much the found figures say: 1 each, 2 for those of three digits or more."""
    return sum(2 if sum(char.isdigit() for char in figure) > 2 else 1 for figure in found)


def _verbatim(sentence: str, passage: str) -> bool:
    """Whether the passage says the sentence word for word, with no `not` cut off before it."""
    span = find_quote(sentence, passage)
    return span is not None and not _NOT_BEFORE.search(passage[: span[0]])


def _words(plain: str, wanted: Reading, sources: Sequence[Source], held: int, derived: bool) -> tuple[Status, str]:
    """The verdict on everything but the figures, which weigh ``held`` where all were found, else 0; ``derived``: some of them
    were worked out."""
    bodies = [source.reading.text for source in sources]
    everything = [source.everything for source in sources]
    parts = [part for source in sources for part in (source.context, source.reading.text)]
    names = wording.foreign_names(plain, parts)
    if not names and all(source.context for source in sources):
        names = wording.unknown_names(plain, everything)
    if names:
        rest: Status = "partly" if held or wording.coverage(plain, everything) >= SOME else "unsupported"
        return rest, f"The cited passages do not name {', '.join(names)}."
    reason = _contradiction(wanted, sources, derived) or wording.denial(plain, bodies)
    of_rest = derived and is_rest_said(plain)  # `the other 14 are not tankers`
    if reason and not (of_rest and reason == wording.DENIES_ALONE):
        return "unsupported", reason[0].upper() + reason[1:] + "."
    if held and all(analysis.language(body) != analysis.language(plain) for body in bodies):
        return "supported", ""  # the figures carry over; words of another language can only be checked by the lexicon
    if held >= MANY:
        return "supported", ""  # other words for the same figures
    share = wording.coverage(plain, everything)
    if share >= (WITH_FIGURES if held else ENOUGH) or wording.likeness(plain, bodies) >= ALIKE:
        return "supported", ""
    status: Status = "partly" if held or share >= SOME else "unsupported"
    return status, "Its wording is not that of the cited passages."


def _contradiction(wanted: Reading, sources: Sequence[Source], derived: bool) -> str:
    """What the words say against themselves, or against the passages: `beat` for `missed`, `improved` for `worsened`."""
    against_itself = misdirected(wanted)
    if against_itself:
        return against_itself
    own = courses(wanted)
    passages = [source.reading for source in sources if own and not source.table]
    there = frozenset().union(*(courses(passage) | _told(passage) for passage in passages))
    if own:
        there |= frozenset().union(*(of_rows(source.reading) for source in sources if source.table))
    if any(course[::-1] in there for course in own - there):
        return "the cited passage has the change the other way round"
    met, said = wording.expectation(wanted.text), {wording.expectation(source.reading.text) for source in sources}
    if met and -met in said and met not in said:
        return "it says the opposite of the cited passage about expectations"
    told = [source.reading for source in sources if not source.table]
    if turned := contrast(wanted, told, derived):
        return turned
    return "the cited passage says the opposite direction" if _opposite(wanted, sources) else turned_way(wanted, told)


def _told(reading: Reading) -> frozenset[tuple[Decimal, Decimal]]:
    return frozenset((one.figure.value, two.figure.value) for one, two in steps(reading) if not (one.loss or two.loss))


def _opposite(wanted: Reading, sources: Sequence[Source]) -> bool:
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
    return any(fact.way and fact.sure for fact in reading.facts) or bool(courses(reading))


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
