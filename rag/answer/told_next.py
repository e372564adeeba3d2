"""What is said next to the best statement and is the answer: under a heading that asks why, or behind a question.

A report heads a section `Why we cut India`; an analyst in a call asks `How confident are you …?` in the words of the
question, and the next speaker answers in others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.statement import Statement
from rag.answer.wanted import Wanted
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.question.aspects import ASPECTS
from rag.search.retrieve import Index
from rag.types import Evidence, Passage

MOST = 3  # passages of a section that gives reasons
LEAST = 0.1  # score of a statement whose section is looked at
_WHY = re.compile(r"^\W*(?:\d+[.)]\s*)?(?:why|reasons? (?:for|to|why|behind))\b|为什么|为何|的?原因$", re.IGNORECASE)
_BARE = re.compile(
    r"(?:[一二三四五六七八九十\d]+\s*[、.)）]\s*)?(?:原因分析|原因|理由|主要原因|(?:our |the |main )?reasons?|why(?: now)?\??|rationale)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:原因分析|主要原因|理由|Reasons?|Rationale)\s*[:：]\s*\S")  # the same before the reasons
_CHANGED = re.compile(
    r"\b(?:upgrad|downgrad)\w+\b|(?:[上下]调|调[高低])了?(?:投资)?评级|评级(?:被|获)?(?:[上下]调|调[高低])",
    re.IGNORECASE,
)
# That somebody likes what the section is on, its heading need not say: `Why Korea`.
_LIKES = next(aspect.asked for aspect in ASPECTS if aspect.name == "picks")
_LIKED = re.compile(r"^(?:likes?|overweight|bullish|positive|buy|favou?rs?|prefers?)$", re.IGNORECASE)
_ASKS = re.compile(r"[?？][\"”’)）]?\s*$")


def under_why(statements: Sequence[Statement], index: Index, wanted: Wanted) -> list[Evidence]:
    """The passages under a heading that asks for the reason that the question asks for; empty where there is none."""
    if wanted.shape != "why":
        return []
    pieces = [piece for piece in wanted.focus if not (_LIKED.match(piece.surface) or _LIKES.fullmatch(piece.surface))]
    for statement in statements:
        section = statement.evidence.passage.section
        if statement.score < LEAST or not pieces or not section or not _WHY.search(section[-1]):
            continue
        if all(piece.said_by(terms_of(section[-1])) for piece in pieces):
            return [replace(statement.evidence, passage=other) for other in _section(index, statement)]
    if statements and _CHANGED.search(wanted.question):
        return _reasons(index, statements[0].evidence)
    return []


def _reasons(index: Index, best: Evidence) -> list[Evidence]:
    """The passages of the report under a heading that is nothing but `Reasons`: those for what it decides."""
    own = sorted(index.report_passages(best.passage.report_id), key=lambda other: other.ordinal)
    told = [
        other
        for other in own
        if other.searchable
        and (_LEAD.match(other.text) or (other.section and _BARE.fullmatch(other.section[-1].strip(" :："))))
    ]
    return [replace(best, passage=other) for other in told[:MOST] if not is_planted(other.text, 0, len(other.text))]


def _section(index: Index, statement: Statement) -> list[Passage]:
    passage = statement.evidence.passage
    own = [
        other
        for other in index.report_passages(passage.report_id)
        if other.section == passage.section and other.searchable and not is_planted(other.text, 0, len(other.text))
    ]
    return sorted(own, key=lambda other: other.ordinal)[:MOST]


def answer_behind(index: Index, evidence: Evidence, start: int, end: int) -> tuple[Evidence, int, int] | None:
    """What answers a question that is quoted: the next sentence of its passage, else the next passage; None for no question."""
    passage = evidence.passage
    if passage.kind == "table" or not _ASKS.search(passage.text[start:end]):
        return None
    after = [span for span in sentences(passage.text) if span[0] >= end]
    told = (span for span in after if not _ASKS.search(passage.text[slice(*span)]))
    said = next((span for span in told if not is_planted(passage.text, *span)), None)
    if said is not None:
        return evidence, *said
    whole = sorted(index.report_passages(passage.report_id), key=lambda other: other.ordinal)
    following = next((other for other in whole if other.ordinal > passage.ordinal and other.searchable), None)
    if following is None or following.kind == "table" or _ASKS.search(following.text):
        return None
    if is_planted(following.text, 0, len(following.text)):
        return None
    return replace(evidence, passage=following), 0, len(following.text)
