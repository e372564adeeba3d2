"""What the matcher makes of a side that is asked about alone: for a cell that the counts leave empty.

The counts ask for words; the matcher hears `How full were the fabs?` in a statement on the use of capacity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.judge import surety_of
from rag.answer.scoring import weigh
from rag.answer.statement import Statement
from rag.answer.wanted import want
from rag.compare.asked.side import Side, is_chinese
from rag.compare.asked.wanted import Aspect
from rag.compare.found.about import on_side
from rag.compare.found.alone import LONG, names_metric
from rag.compare.found.cells import of_another_time, says_view
from rag.compare.found.find import Piece, asked_alone
from rag.compare.found.parts import is_of_part
from rag.compare.found.rows import line
from rag.compare.found.times import OTHER_PERIOD, period_fit
from rag.compare.found.values import has_value
from rag.language.embeddings import Encoder
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index, reports_in, search

SEARCHED = 12  # passages
LEAST = 0.8  # surety from which a cell is filled: one with what nobody asked for is worse than none
SURE = 0.9  # score from which a statement need not name the metric
# What joined a side to the others, left behind where they were taken out: `Copper against : where does it trade`, 从 到三季度.
_LEFT = re.compile(
    r"\b(?:and|or|versus|vs\.?|against|than|to|with|from|between)(?:\s+(?=[:,;?.])|\s*$)|^(?:and|or|versus|vs\.?|against)\b"
    r"|\b(?:and|or|versus|vs\.?|against)\s+(?=(?:on|for|in|of|at)\b)|(?<=\b(?:in|of|at|on)\b)\s+and\b",
    re.IGNORECASE,
)
_LEFT_ZH = r"(?:以及|[从与和及跟到至比较、，,])+\s+(?:[与和及跟到至]+(?=\s|{name}))?|(?:^|\s+)(?:[、，,]+|(?:以及|[与和及跟到至])+(?=\s|{name}))"
_STATED = (("rating",), ("target price",))


Column = tuple[tuple[Piece, ...], ...]
"""What each side says to one aspect."""


def read_all(index: Index, encoder: Encoder, named: Sequence[Side], aspect: Aspect, given: Column = ()) -> Column:
    """What each side says when it is asked about alone. ``given``: what is known already; where nothing is, every side
    has to answer: empty where one does not."""
    found: list[tuple[Piece, ...]] = []
    for side, known in zip(named, given or ((),) * len(named), strict=True):
        found.append(known or _read_alone(index, encoder, side, named, aspect))
        if not (found[-1] or any(given)):
            return ()
    return tuple(found)


def _read_alone(index: Index, encoder: Encoder, side: Side, named: Sequence[Side], aspect: Aspect) -> tuple[Piece, ...]:
    """The statement of a side's short reports that answers when the side is asked about alone, with how surely as its
    score; empty where none does."""
    question = _tidy(asked_alone(side, aspect), side.name or side.label)
    wanted = want(index, question)
    half = side.kind == "thing" and not side.name  # of a question: it is no part of a metric
    tiers = (*side.tiers[:1], *side.tiers[-1:]) if aspect.forms not in _STATED else ()
    for short in dict.fromkeys(_short(index, tier) for tier in tiers):
        if not short:
            continue
        hits = search(index, encoder, question, limit=SEARCHED, scope=short)
        said = weigh(index, wanted, hits)
        best = next((s for s in said if _may_be(index, s, side, named, aspect)), None)
        first = said[0] if said and side.kind == "company" else None
        if first and not on_side(index, first.evidence, first.start, first.end, side, named):
            best = None  # what answers is told of another company: what is told of this one says something else
        if best is None or (sure := surety_of(index, wanted, best)[0]) < LEAST:
            continue
        piece = replace(_piece(best), score=sure)
        told = best.score >= SURE or names_metric(piece, hits.concepts, aspect)
        if told and (half or is_of_part(piece, hits.concepts, side, aspect, behind=True)):
            return (piece,)
    return ()


def _short(index: Index, tier: frozenset[str]) -> frozenset[str]:
    return frozenset(report.id for report in reports_in(index, tier) if report.passages <= SHORT_REPORT)


def _may_be(index: Index, statement: Statement, side: Side, named: Sequence[Side], aspect: Aspect) -> bool:
    """Whether a statement is on a side, of its time, and has a value if one is wanted."""
    item, text = statement.evidence, statement.text
    if item.passage.kind == "table" or len(line(text)) > LONG:
        return False
    if (aspect.metric and not has_value(text)) or not says_view(text, aspect):
        return False
    if side.period is not None and period_fit(side.period, text, item.report) <= OTHER_PERIOD:
        return False
    there = on_side(index, item, statement.start, statement.end, side, named)
    return there and not of_another_time(index, _piece(statement), side)


def _piece(found: Statement) -> Piece:
    return Piece(line(found.text), found.evidence, found.start, found.end, found.score)


def _tidy(question: str, name: str) -> str:
    """A question for one side without the words that joined it to the others: what stands beside a gap, or before its name."""
    left = re.compile(_LEFT_ZH.format(name=re.escape(name))) if is_chinese(question) else _LEFT
    return " ".join(left.sub(" ", question).split())
