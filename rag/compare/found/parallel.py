"""What statements say of names that no report is on, chosen for all sides together.

Reports say the same of several things in the same words, one after the other: `copper ended at USD 9,663, down 2.1%`,
`aluminium ended at USD 2,602, up 0.2%`. So of the statements that could answer for a side, the one counts that is most
like those of the others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer.wanted import want
from rag.compare.asked.side import COMPARE, Side
from rag.compare.asked.things import forms_of
from rag.compare.asked.wanted import OUTLOOK, Aspect, of_asking, wanted_of
from rag.compare.asked.weeks import of_week
from rag.compare.found.about import before_it, on
from rag.compare.found.cells import of_another_time
from rag.compare.found.find import Piece
from rag.compare.found.foreseen import amiss
from rag.compare.found.holds import ENOUGH, SOME, holds_of
from rag.compare.found.rows import line
from rag.compare.found.share import AT_FIRST, begins_with, without_shares
from rag.compare.found.times import OTHER_PERIOD, period_fit
from rag.compare.found.values import asks_change
from rag.language.embeddings import Encoder
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.question.concepts import Asked, asked
from rag.reports.names import has_cjk
from rag.search.retrieve import Index, search
from rag.types import Evidence, Passage

LOOKED_AT = 24  # passages per side
TRIED = 6  # statements per side that are set against those of the others
FEW = 2  # statements on a side up to which one of them is meant, whatever it says
ALIKE = 0.25  # unless it is so much like the first one (share of the words of both)
BY_LIKENESS = 0.5  # weight of the likeness to the other sides' statements
TOGETHER = 0.2  # of which for standing under one heading
BY_RANK = 0.2  # weight of the retrieval's score
_IDLE_ZH = re.compile("[本当上][周月]|谁|哪[个家]?|得?[多少快慢]|[吗呢各差]|一[涨跌升降平增减]一[涨跌升降平增减]")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement that may answer for a side. ``holds``: share of what is asked, 0..1; ``words``: without its figures."""

    piece: Piece
    holds: float
    score: float
    words: frozenset[str]


def together(
    index: Index,
    encoder: Encoder,
    question: str,
    named: Sequence[Side],
    aspect: Aspect,
    given: Sequence[tuple[Piece, ...]] = (),
) -> tuple[tuple[Piece, ...], ...]:
    """One column: for each side the statement that says most of what is asked in the words of the others; empty where
    not even one says enough. ``given``: what is known of each side already, empty for those to look for."""
    given = given or ((),) * len(named)
    said = [
        [_given(known[0], side)] if known else _statements(index, encoder, question, side, named, aspect)[:TRIED]
        for side, known in zip(named, given, strict=True)
    ]
    best: tuple[float, list[_Said | None]] = (0.0, [])
    for first in (each for row in said for each in row if each.holds >= ENOUGH):
        chosen = [
            first
            if first in row
            else _most_like(first, row, side.kind == "thing" and not (aspect.metric and aspect.label))
            for side, row in zip(named, said, strict=True)
        ]
        total = sum(each.score + BY_LIKENESS * _likeness(first, each) for each in chosen if each)
        best = max(best, (total, chosen), key=lambda pair: pair[0])
    if not best[1]:
        return tuple(given)
    picked = [(_to_the_point(each, best[1]),) if each else () for each in best[1]]
    return tuple(known or found for known, found in zip(given, picked, strict=True))


def _to_the_point(one: _Said, chosen: Sequence[_Said | None]) -> Piece:
    """The piece of a statement with how far it is to the point: by what it holds, or as like as it is to one that holds enough."""
    sure = (each for each in chosen if each and each is not one and each.holds >= ENOUGH)
    alike = any(_likeness(one, each) >= ALIKE for each in sure)
    return replace(one.piece, score=max(one.holds, ENOUGH if alike else 0.0))


def _given(piece: Piece, side: Side) -> _Said:
    return _Said(piece, 1.0, 1.0, _bare(terms_of(piece.text), side))


def _bare(words: Collection[str], side: Side) -> frozenset[str]:
    """The words of a statement without the name of its side and its figures."""
    own = frozenset().union(*forms_of(side.name))
    return frozenset(word for word in words if word not in own and not _FIGURE.search(word))


def _most_like(first: _Said, row: Sequence[_Said], named: bool) -> _Said | None:
    """The statement of another side that says most and most like the first one. ``named``: all of them name their side."""
    fitting = [each for each in row if each.holds >= SOME or _likeness(first, each) >= ALIKE]
    fitting = fitting or (list(row) if named and len(row) <= FEW else [])
    return max(fitting, key=lambda each: each.score + BY_LIKENESS * _likeness(first, each), default=None)


def _likeness(one: _Said, other: _Said) -> float:
    """How much two statements say the same, 0..1: the share of their words that both have, and whether they stand together."""
    a, b = one.piece.evidence.passage, other.piece.evidence.passage
    beside = a.report_id == b.report_id and a.section == b.section
    return (1 - TOGETHER) * len(one.words & other.words) / (len(one.words | other.words) or 1) + TOGETHER * beside


def _statements(
    index: Index, encoder: Encoder, question: str, side: Side, named: Sequence[Side], aspect: Aspect
) -> list[_Said]:
    """What the reports say of a side, the surest first."""
    others = [forms_of(other.name) for other in named if other is not side]
    pieces = _pieces(index, question, named)
    kept: list[_Said] = []
    for tier in side.tiers:
        hits = search(index, encoder, side.question, limit=LOOKED_AT, scope=tier)
        top = max((item.score for item in hits.evidence), default=0.0) or 1.0
        found = []
        for item in hits.evidence:
            wanted = wanted_of(pieces, side, item.report, aspect.forms)
            rank = BY_RANK * item.score / top
            for start, end, about in _about(index, item, side, others):
                carried = _carried(index, item.passage, start, side)
                found.append(_weighed(item, (start, end), about, carried, wanted, side, aspect, rank))
        found = [each for each in found if each.holds > 0 or side.kind == "thing"]
        kept = [each for each in found if not of_another_time(index, each.piece, side)]
        kept.sort(key=lambda each: -each.score)
        if any(each.holds >= ENOUGH for each in kept):
            break
    return kept


def _pieces(index: Index, question: str, named: Sequence[Side]) -> list[Asked]:
    """What is asked of each side: what any answer has to hold, else the other words of the question."""
    if named[0].kind == "week":
        question = named[0].question
    elif has_cjk(question):  # where names and what is asked of them stand in one run of characters
        question = re.sub("|".join(re.escape(side.label) for side in named), " ", question)
        question = _IDLE_ZH.sub(" ", question)
    meant = want(index, question)
    pieces = [piece for piece in (*meant.focus, *meant.names) if _counts(piece, named)]
    return pieces or [piece for piece in asked(question) if piece.kind != "period" and _counts(piece, named)]


def _counts(piece: Asked, named: Sequence[Side]) -> bool:
    """Whether a piece of a question is a part of what is asked of each side: none of their names, no word of comparing."""
    surface = piece.surface.lower()
    names = {name.lower() for side in named for name in (side.name, side.label) if name}
    name = any(surface in each or each in surface for each in names)
    compares = COMPARE.fullmatch(surface) and not asks_change(surface)
    return not (name or compares or OUTLOOK.fullmatch(surface) or (of_asking(surface) and not asks_change(surface)))


def _about(
    index: Index, item: Evidence, side: Side, others: Sequence[Sequence[frozenset[str]]]
) -> Iterator[tuple[int, int, float]]:
    """The sentences of a passage that are on a side, and how surely."""
    passage = item.passage
    if passage.kind == "table":
        return
    for start, end in sentences(passage.text):
        if not is_planted(passage.text, start, end) and (sure := on(index, item, start, end, side, others)):
            yield start, end, sure


def _carried(index: Index, passage: Passage, start: int, side: Side) -> frozenset[str]:
    """What a statement on the time before takes over from the one in front of it, which is on this time: 上周该煤价涨7元."""
    if side.kind != "week":
        return frozenset()
    before = before_it(index, passage)
    earlier = passage.text[:start] or (before.text if before else "")
    return frozenset() if of_week(side, earlier) else terms_of(earlier)


def _weighed(
    item: Evidence,
    span: tuple[int, int],
    about: float,
    carried: frozenset[str],
    wanted: Sequence[Asked],
    side: Side,
    aspect: Aspect,
    rank: float,
) -> _Said:
    start, end = span
    text = item.passage.text[start:end]
    told = (
        text if aspect.label else without_shares(text, side.question)
    )  # `a deficit of 5.4% of GDP` says nothing of GDP
    words = terms_of(told)
    holds = holds_of(told, words | carried, terms_of(" ".join(item.passage.section)), wanted, side, aspect)
    fit = period_fit(side.period, text, item.report) if side.period else 1.0
    if side.period and aspect.metric and fit <= OTHER_PERIOD:
        holds = 0.0
    score = (
        holds * (0.7 + 0.3 * fit) * about + rank - amiss(side, text, item.report) + AT_FIRST * begins_with(text, wanted)
    )
    return _Said(Piece(line(text), item, start, end), holds, score, _bare(words, side))
