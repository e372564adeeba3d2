"""The part of a metric that is compared: `data center revenue`, `sales from night ferries`. All revenue is no answer to it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.table_answer import grid
from rag.compare.asked.aspects import names_a_part
from rag.compare.asked.metrics import is_metric
from rag.compare.asked.side import Side
from rag.compare.asked.wanted import Aspect, wanted_of
from rag.compare.found.find import Piece
from rag.compare.found.rows import group_of
from rag.language import analysis, lexicon
from rag.language.words import terms_of
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.question.part import is_said, part_asked


def is_of_part(piece: Piece, concepts: Sequence[Asked], side: Side, aspect: Aspect, *, behind: bool) -> bool:
    """Whether what a side says is of the part that is asked for: all sales are no answer for those `from Japan`.

    ``behind``: also of a part that is named behind the metric, or in front of it with `to` or `of`.
    """
    if side.kind == "segment" and not _is_line(piece, side.name):
        return False
    asked = list(part_asked(side.question, concepts, before=True)) if behind else []
    at = side.question.lower().find(aspect.label.lower()) if aspect.label else -1
    if at >= 0 and aspect.metric:
        end = at + len(aspect.label)
        asked += [p for p in concepts if names_a_part(p) and _within(side.question, p, at, end)]
    part = wanted_of(list(dict.fromkeys(asked)), side, piece.report)
    passage = piece.evidence.passage
    title = grid(passage.text).title if passage.kind == "table" else ()
    over = terms_of(" ".join((aspect.label, *aspect.forms)))
    own = frozenset(term for each in part for term in each.terms)
    above = [h for h in (*passage.section, *title) if behind or _only(terms_of(h), own | over)]
    said = terms_of("\n".join((piece.text, *above)))
    return is_said(part, [covered(each, said) for each in part])


def _is_line(piece: Piece, name: str) -> bool:
    """Whether a row is the one of a name, or stands right under it; a sentence has to say the name."""
    meant, passage = terms_of(name), piece.evidence.passage
    if piece.verbatim or passage.kind != "table":
        return meant <= terms_of(piece.text)
    rows = grid(passage.text).rows
    row = next((row for row in rows if row.start == piece.start), None)
    if row is not None and meant <= terms_of(row.cells[0]):
        return True
    if row is None or not any(is_metric(item) for item in lexicon.expand(row.cells[0])):
        return False  # `Net sales` under `Europe`, and not another part that stands below it
    return terms_of(group_of(passage.text, piece.start)) == meant


def _only(heading: frozenset[str], meant: frozenset[str]) -> bool:
    """Whether a heading is no more than what is meant: `Products and Services` says nothing of services alone."""
    return len(heading - meant - analysis.STOP_TERMS) == 0


def _within(question: str, piece: Asked, start: int, end: int) -> bool:
    at = question.lower().find(piece.surface.lower(), start, end)
    return at >= 0 and len(piece.surface) < end - start
