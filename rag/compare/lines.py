"""The row of a table that is called like a side: `AWS` under `Net sales`, as an amount and not as a share or a growth."""

from __future__ import annotations

import re

from rag.answer.table_answer import Row
from rag.compare.find import Piece
from rag.compare.rows import as_text, columns, heads_told
from rag.compare.sides import Side
from rag.compare.values import is_amount
from rag.compare.wanted import Aspect
from rag.language import lexicon
from rag.language.words import terms_of
from rag.search.retrieve import Hits
from rag.types import Evidence

_PERCENT = re.compile(r"%|^\(?\d{1,2}\)?$")


def line_called(hits: Hits, side: Side, aspect: Aspect) -> Piece | None:
    """The first row of the evidence that is the side's line, in a table of the metric; None for sides of other kinds."""
    if side.kind != "segment":
        return None
    for item in hits.evidence:
        if item.passage.kind == "table" and _is_about(item, aspect) and (piece := _of_table(item, side, aspect)):
            return piece
    return None


def _of_table(item: Evidence, side: Side, aspect: Aspect) -> Piece | None:
    table, meant = heads_told(item), terms_of(side.name)
    for row in table.rows:
        if terms_of(row.cells[0]) == meant and not (is_amount(aspect, side.question) and _in_percent(row)):
            cells, fit = columns(table.head, row.cells, side.period, item.report)
            if not cells:
                return None
            return Piece(as_text(table, row.cells[0], cells), item, row.start, row.end, fit, False)
    return None


def _is_about(item: Evidence, aspect: Aspect) -> bool:
    """Whether a table's title or a heading over it names the metric."""
    if not aspect.forms:
        return True
    above = " ; ".join([*item.passage.section, *heads_told(item).title])
    meant = {e.canonical for form in aspect.forms for e in lexicon.expand(form)}
    return bool(meant & {e.canonical for e in lexicon.expand(above)})


def _in_percent(row: Row) -> bool:
    return all(_PERCENT.search(cell) for cell in row.cells[1:] if cell)
