"""A side asked about alone: where no sentence or row stands out, what would answer the same question about one side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answer.statement import Statement
from rag.answer.table_answer import row_at
from rag.compare.asked.side import Side
from rag.compare.asked.wanted import Aspect
from rag.compare.found.find import LONGEST, Piece, asked_alone
from rag.compare.found.parts import is_of_part
from rag.compare.found.rows import line, shown_row
from rag.compare.found.share import METRIC
from rag.compare.found.times import OTHER_PERIOD, period_fit
from rag.compare.found.values import gives_amount, has_value, is_amount
from rag.language.embeddings import Encoder
from rag.language.words import terms_of
from rag.question.compound import judged
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.search.retrieve import Index

SEARCHED = 12  # passages
LONG = 2 * LONGEST  # characters of a statement from which it is no cell


def alone(index: Index, encoder: Encoder, side: Side, aspect: Aspect) -> Piece | None:
    """The surest statement of a side's reports on what is asked; None where the question alone would be refused."""
    question = asked_alone(side, aspect)
    for tier in dict.fromkeys((*side.tiers[:1], *side.tiers[-1:])):
        _, hits, verdict = judged(index, encoder, question, limit=SEARCHED, scope=tier)
        if not verdict.answerable or verdict.missing or verdict.parts or not verdict.statements:
            continue
        first = verdict.statements[0]
        if verdict.section:  # the section that is asked for by its heading: `risks`
            item = verdict.section[0]
            first = replace(first, evidence=item, start=0, end=len(item.passage.text))
        piece = _piece(first, side, aspect)
        if (
            piece is not None
            and names_metric(piece, hits.concepts, aspect)
            and is_of_part(piece, hits.concepts, side, aspect, behind=True)
        ):
            return piece
    return None


def names_metric(piece: Piece, concepts: Sequence[Asked], aspect: Aspect) -> bool:
    """Whether a statement, or its heading, names the metric."""
    own = [concept for concept in concepts if concept.surface.lower() in aspect.forms]
    words = terms_of("\n".join((piece.text, *piece.evidence.passage.section)))
    return not aspect.metric or all(covered(concept, words) >= METRIC for concept in own)


def _piece(found: Statement, side: Side, aspect: Aspect) -> Piece | None:
    """A statement as a cell, where it has a value if one is wanted, and is of no other time."""
    passage = found.evidence.passage
    row = row_at(passage.text, found.start) if passage.kind == "table" else None
    text = shown_row(found.evidence, row, side.period) if row else line(found.text)
    if not text or len(text) > LONG:
        return None
    if aspect.metric and not (gives_amount(text) if is_amount(aspect, side.question) else has_value(text)):
        return None
    if side.period is not None and period_fit(side.period, text, found.evidence.report) <= OTHER_PERIOD:
        return None
    return Piece(text, found.evidence, found.start, found.end, found.score, row is None)
