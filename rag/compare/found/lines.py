"""The row of a table that is called like a side: `AWS` under `Net sales`, as an amount and not as a share or a growth."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.table_answer import Row
from rag.compare.asked.side import Side
from rag.compare.asked.wanted import Aspect
from rag.compare.found.find import Piece
from rag.compare.found.rows import as_text, columns, group_of, heads_told
from rag.compare.found.values import is_amount
from rag.language import lexicon
from rag.language.periods import periods
from rag.language.words import terms_of
from rag.search.retrieve import Hits
from rag.types import Evidence

_PERCENT = re.compile(r"%|^\(?\d{1,2}\)?$")


def line_called(hits: Hits, side: Side, aspect: Aspect) -> Piece | None:
    """The first row of the evidence that is the side's line, in a table of the metric; None for sides of other kinds."""
    if side.kind != "segment":
        return None
    for item in hits.evidence:
        if item.passage.kind == "table" and _is_about(item, aspect) and (piece := line_in(item, side, aspect)):
            return piece
    return None


def line_in(item: Evidence, side: Side, aspect: Aspect) -> Piece | None:
    """The row of one table that is called like a side."""
    table, meant = heads_told(item), terms_of(side.name)
    for row in table.rows:
        if terms_of(row.cells[0]) != meant or (is_amount(aspect, side.question) and _in_percent(row)):
            continue
        if _is_meant(group_of(item.passage.text, row.start), aspect):
            cells, fit = columns(table.head, row.cells, side.period, item.report)
            cells = _of_metric(cells, aspect, side)
            if not cells:
                return None
            return Piece(as_text(table, row.cells[0], cells), item, row.start, row.end, fit, False)
    return None


def _of_metric(cells: Sequence[tuple[str, str]], aspect: Aspect, side: Side) -> list[tuple[str, str]]:
    """The columns of the metric, where the heads name metrics: of the newest time alone where none is asked for."""
    if not aspect.forms or not any(_metrics(head) for head, _ in cells):
        return list(cells)
    own = [(head, cell) for head, cell in cells if _metrics(head) & _metrics(*aspect.forms)]
    dated = [(max((each.end for each in periods(head)), default=None), head, cell) for head, cell in own]
    if side.period is None and len(own) > 1 and all(day for day, _, _ in dated):
        return [max(((day, head, cell) for day, head, cell in dated if day), key=lambda each: each[0])[1:]]
    return own


def _is_about(item: Evidence, aspect: Aspect) -> bool:
    """Whether a table's title or a heading over it names the metric."""
    above = " ; ".join([*item.passage.section, *heads_told(item).title, *heads_told(item).head])
    return not aspect.forms or bool(_metrics(above) & _metrics(*aspect.forms))


def _is_meant(group: str, aspect: Aspect) -> bool:
    """Whether the line of words above a row names the metric, or none: `Operating income:` over the segments' rows."""
    said = _metrics(group)
    return not (said and aspect.forms) or bool(said & _metrics(*aspect.forms))


def _metrics(*texts: str) -> set[str]:
    return {e.canonical for text in texts for e in lexicon.expand(text) if e.kind in ("metric", "line_item")}


def _in_percent(row: Row) -> bool:
    return all(_PERCENT.search(cell) for cell in row.cells[1:] if cell)
