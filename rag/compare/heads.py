"""The column of a table that is headed like a side: `Sam's Club` over the line of operating income, of the year that is asked."""

from __future__ import annotations

import re

from rag.answer.table_answer import Row
from rag.compare.find import Piece
from rag.compare.rows import as_text, heads_told
from rag.compare.sides import Side
from rag.compare.wanted import Aspect
from rag.language import lexicon
from rag.language.periods import Period, periods
from rag.language.words import terms_of
from rag.search.retrieve import Hits
from rag.types import Evidence

_PERCENT = re.compile(r"%|\bper ?cent|\bpercentage\b|占比|比例", re.IGNORECASE)
_SIZE = frozenset("segment segments division business total 分部 板块".split())


def column_called(hits: Hits, side: Side, aspect: Aspect) -> Piece | None:
    """The figure of a metric's line in the first table with a column that is the side; None for sides of other kinds."""
    if side.kind != "segment" or not aspect.metric:
        return None
    found = (in_column(item, side, aspect) for item in hits.evidence if item.passage.kind == "table")
    return next((piece for piece in found if piece is not None), None)


def in_column(item: Evidence, side: Side, aspect: Aspect) -> Piece | None:
    """The cell of one table where a line of the metric crosses the column of a side."""
    table = heads_told(item)
    meant = terms_of(side.name) - _SIZE
    at = [i for i, head in enumerate(table.head) if i and meant and _name(head) == meant]
    if len(at) != 1:
        return None
    wanted = {e.canonical for form in aspect.forms for e in lexicon.lookup(form)}
    rows = [row for row in table.rows if _is_line(row, wanted) and at[0] < len(row.cells) and row.cells[at[0]]]
    heads = " ; ".join((*item.passage.section[-1:], *table.head))
    for row in sorted(rows, key=lambda row: len(terms_of(row.cells[0]))):
        when = _over(item.passage.text, row.start) or periods(heads)
        if side.period is None or any(_is(each, side.period) for each in when):
            label = f"{row.cells[0]}, {when[0].surface}" if when else row.cells[0]
            text = as_text(table, label, [(table.head[at[0]], row.cells[at[0]])])
            return Piece(text, item, row.start, row.end, 1.0, False)
    return None


def _name(head: str) -> frozenset[str]:
    """The words of a head without the time that it is of."""
    for period in periods(head):
        head = head.replace(period.surface, " ")
    head = re.sub(
        r"\b(?:fiscal|financial)?\s*(?:years?|quarters?|months?)\s+ended\b|[⁰¹²³⁴-⁹⁽⁾]+|\(\d\)",
        " ",
        head,
        flags=re.IGNORECASE,
    )
    return terms_of(head) - _SIZE


def _is_line(row: Row, wanted: set[str]) -> bool:
    said = {e.canonical for e in lexicon.expand(row.cells[0]) if e.kind in ("metric", "line_item")}
    return bool(said & wanted) and not _PERCENT.search(row.cells[0])


def _over(text: str, start: int) -> tuple[Period, ...]:
    """The times of the nearest line above a row that is no row itself: `Fiscal Year Ended January 31, 2020`."""
    for above in reversed(text[:start].splitlines()):
        if "|" not in above and (found := tuple(periods(above))):
            return found
    return ()


def _is(own: Period, period: Period) -> bool:
    return own.label == period.label or (
        own.kind == "day" and period.kind == "year" and own.end.year == period.end.year
    )
