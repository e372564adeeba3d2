"""What the matcher makes of the surest statements: the counts of ``scoring`` and its reading are joined into one score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.statement import Statement, heading_of
from rag.answer.statement_model import chance, log_odds
from rag.answer.wanted import Wanted
from rag.matcher import match, match_leaning, of_follow_ups
from rag.question.reference import without_reference
from rag.reports.names import called

LOOKED = 12  # statements that are read; the right one is seldom further down
MATCH = 1.0  # what its log-odds count beside those of the counts
IN_CONTEXT = 2.0  # ... what a follow-up counts that is read behind the question before it, beside what the rules make of it, which may be wrong
SURE_TIME = 0.75  # fit of a time from which a statement is told to be of it
LEAST, MOST = -5.0, 8.0  # log-odds of the matcher beyond which it is no surer


def matched(wanted: Wanted, statements: Sequence[Statement]) -> list[Statement]:
    """The statements with the matcher's reading in their scores, the surest first."""
    near, rest = statements[:LOOKED], statements[LOOKED:]
    texts = [in_words(wanted, statement) for statement in near]
    read, weight = match(_question(wanted), texts, of_follow_ups() if wanted.turn else None), MATCH
    if wanted.turn:
        leaning = match_leaning(wanted.turn.before, wanted.turn.typed, texts)
        read = [(value + IN_CONTEXT * other) / (1 + IN_CONTEXT) for value, other in zip(read, leaning, strict=True)]
        weight = MATCH * (1 + IN_CONTEXT)
    scored = [
        replace(s, counted=s.score, match=value, score=joined(s.score, value, weight))
        for s, value in zip(near, read, strict=True)
    ]
    low = min((s.score for s in scored), default=0.0)
    scored += [replace(s, counted=s.score, match=LEAST, score=min(s.score, low)) for s in rest]
    return sorted(scored, key=lambda s: (-s.score, s.rank, s.start))


def in_words(wanted: Wanted, statement: Statement) -> str:
    """A statement as the matcher reads it: ``title (what the counts know it to be of): heading - sentence``.

    A report is called by names that its text has not, in pinyin or in the other language, and a statement is of the time
    of its report: the matcher sees letters, and is told.
    """
    title, heading = statement.evidence.report.title, heading_of(statement.evidence).split("\n")[-1]
    own = called(statement.evidence.report)
    there = f"{title} {heading} {statement.text}".casefold()
    known = [piece.surface for piece in wanted.names if piece.said_by(own)]
    known += [
        piece.surface for piece, value in zip(wanted.periods, statement.periods, strict=True) if value >= SURE_TIME
    ]
    known = [surface for surface in known if surface.casefold() not in there]
    title = f"{title} ({', '.join(known)})" if known else title
    return (f"{title}: " if title else "") + (f"{heading} - " if heading else "") + statement.text


def _question(wanted: Wanted) -> str:
    """The question without what it is answered without, and without the words that only say which report is meant."""
    question = without_reference(wanted.question)
    for surface in wanted.dropped:
        question = re.sub(re.escape(surface), " ", question, flags=re.IGNORECASE)
    return question


def joined(score: float, read: float, weight: float = MATCH) -> float:
    """A score (0..1) and log-odds of the matcher as one score, 0..1. ``weight``: what these count."""
    return chance(log_odds(score) + weight * min(max(read, LEAST), MOST))
