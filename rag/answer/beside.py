"""What stands beside a statement under the same marks: it comes from the same place of the source and goes with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.reasons import gives_reason
from rag.answer.statement import Statement
from rag.answer.wanted import Wanted
from rag.language import analysis
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.question.rise_fall import direction
from rag.search.retrieve import Index
from rag.types import Evidence, Passage

REACH = {"list": 7, "why": 1, "fact": 1}  # statements to each side
SHARED = 0.5  # share of the shorter one's words that two statements of one fact have in common
MOST_REASONS = 2  # statements of a section
LEAST_SHARED = 2  # ... and words
_FIGURE = re.compile(r"\d")
LEAST = {"list": 0.0, "why": 0.1, "fact": 0.3}  # share of the best score that a neighbour must have


def beside(index: Index, statements: Sequence[Statement], first: Statement, wanted: Wanted) -> list[Evidence]:
    """The neighbours of the surest statement that have its marks and its heading, in reading order.

    All of them for a question that asks for a list, the nearest for one that asks why or what; none where a number, a
    date or a person is asked for, or where the report has no marks of its own.
    """
    passage = first.evidence.passage
    shape = wanted.shape
    if shape not in REACH or passage.locator.kind != "mark" or wanted.kind is not None:
        return []
    scores: dict[str, float] = {}
    for statement in statements:
        scores.setdefault(statement.evidence.passage.id, statement.score)
    return [
        replace(first.evidence, passage=other)
        for other in _row(index, passage, REACH[shape])
        if other.id != passage.id and scores.get(other.id, 0.0) >= LEAST[shape] * first.score
    ]


def reason_beside(index: Index, first: Statement, wanted: Wanted) -> list[Evidence]:
    """The statement right behind the surest one, under the same marks, where a reason is asked for and that one gives none.

    Digests tell what changed and then, in the next line, why: `the forecast is cut`, `royalties have to be shared`.
    """
    passage = first.evidence.passage
    if wanted.shape != "why" or passage.locator.kind != "mark" or gives_reason(first.text):
        return []
    behind = [other for other in _row(index, passage, 1) if other.ordinal > passage.ordinal]
    words = _content(first.text)
    return [replace(first.evidence, passage=other) for other in behind if words & _content(other.text)]


def reasons_headed(index: Index, first: Statement, wanted: Wanted) -> list[Evidence]:
    """The statements that give a reason in the section on what is asked about, where the surest one gives none.

    A weekly tells in its summary that a price rose, and why in the section on it.
    """
    passage = first.evidence.passage
    subjects = [piece for piece in (*wanted.names, *wanted.focus) if not direction(piece.surface)]
    if wanted.shape != "why" or gives_reason(first.text) or not subjects or passage.locator.kind != "mark":
        return []
    told = [
        other
        for other in sorted(index.report_passages(passage.report_id), key=lambda other: other.ordinal)
        if other.section
        and other.section != passage.section
        and other.searchable
        and all(piece.said_by(terms_of(other.section[-1])) for piece in subjects)
        and gives_reason(other.text)
        and not is_planted(other.text, 0, len(other.text))
    ]
    return [replace(first.evidence, passage=other) for other in told[:MOST_REASONS]]


def fuller(index: Index, first: Statement) -> list[Evidence]:
    """The statement of the same place that says nearly the same with a figure, where the surest one has none.

    Digests tell a fact in their summary and again, with its figure or without, in its section.
    """
    passage = first.evidence.passage
    if passage.locator.kind != "mark" or _FIGURE.search(first.text):
        return []
    words = _content(first.text)
    same = [
        other
        for other in index.report_passages(passage.report_id)
        if other.id != passage.id
        and other.locator == passage.locator
        and other.kind == passage.kind
        and other.searchable
        and _FIGURE.search(other.text)
        and len(words & (own := _content(other.text))) >= max(LEAST_SHARED, SHARED * min(len(words), len(own)))
        and not is_planted(other.text, 0, len(other.text))
    ]
    return [replace(first.evidence, passage=other) for other in same[:1]]


def _content(text: str) -> frozenset[str]:
    return frozenset(term for term in terms_of(text) if term not in analysis.STOP_TERMS and not term[0].isdigit())


def _row(index: Index, passage: Passage, reach: int) -> list[Passage]:
    """The unbroken row of passages around one that share its marks and heading, up to ``reach`` to each side."""
    whole = sorted(index.report_passages(passage.report_id), key=lambda other: other.ordinal)
    at = next((i for i, other in enumerate(whole) if other.id == passage.id), None)
    if at is None:
        return []
    low = high = at
    while low > 0 and at - low < reach and _goes_with(whole[low - 1], passage):
        low -= 1
    while high + 1 < len(whole) and high - at < reach and _goes_with(whole[high + 1], passage):
        high += 1
    return whole[low : high + 1]


def _goes_with(other: Passage, passage: Passage) -> bool:
    planted = is_planted(other.text, 0, len(other.text))
    return other.searchable and not planted and other.locator == passage.locator and other.section == passage.section
