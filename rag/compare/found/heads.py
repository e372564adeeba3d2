"""The column of a table that is headed like a side, or a table that is, as a whole: `Sam's Club` over the line of operating income, of the year that is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.table_answer import Row
from rag.compare.asked.side import Side
from rag.compare.asked.wanted import Aspect
from rag.compare.found.find import Cells, Piece
from rag.compare.found.lines import line_in
from rag.compare.found.rows import as_text, columns, heads_told
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
    tables = [item for item in hits.evidence if item.passage.kind == "table"]
    found = (read(item, side, aspect) for read in (in_column, under_title) for item in tables)
    pieces = [piece for piece in found if piece is not None]
    return max(pieces, key=lambda piece: piece.score, default=None)


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
    for row in sorted(rows, key=lambda row: _more(row, aspect)):
        when = _over(item.passage.text, row.start) or periods(heads)
        if side.period is None or any(_is(each, side.period) for each in when):
            label = f"{row.cells[0]}, {when[0].surface}" if when else row.cells[0]
            text = as_text(table, label, [(table.head[at[0]], row.cells[at[0]])])
            return Piece(text, item, row.start, row.end, 1 - 0.1 * _more(row, aspect), False)
    return None


def under_title(item: Evidence, side: Side, aspect: Aspect) -> Piece | None:
    """The metric's line of a table that stands under a heading which is the side: `Sam's Club Segment`."""
    table = heads_told(item)
    meant = terms_of(side.name) - _SIZE
    above = [heading.split(" / ")[0] for heading in (*item.passage.section[-3:], *table.title[:1])]
    if not meant or not any(terms_of(heading) - _SIZE == meant for heading in above):
        return None
    wanted = {e.canonical for form in aspect.forms for e in lexicon.lookup(form)}
    for row in sorted((row for row in table.rows if _is_line(row, wanted)), key=lambda row: _more(row, aspect)):
        cells, fit = columns(table.head, row.cells, side.period, item.report)
        when = side.period
        cells = [c for c in cells if when is None or fit or any(_is(each, when) for each in periods(c[0]))]
        if cells:
            text = as_text(table, f"{row.cells[0]} of {side.name},", cells[:1])
            return Piece(text, item, row.start, row.end, 1 - 0.1 * _more(row, aspect), False)
    return None


def _more(row: Row, aspect: Aspect) -> int:
    """How many words a line says beside the metric: `Intersegment revenues` says one, `Total revenues` none."""
    own = frozenset(term for form in aspect.forms for term in terms_of(form))
    metric = [e.surface for e in lexicon.expand(row.cells[0]) if e.kind in ("metric", "line_item")]
    said = terms_of(row.cells[0]) - own - terms_of(" ".join(metric)) - _SIZE
    return len(said)


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
        cells = [cell for cell in above.split("|") if cell.strip()]
        if len(cells) == 1 and (found := tuple(periods(cells[0]))):
            return found
    return ()


def _is(own: Period, period: Period) -> bool:
    return own.label == period.label or (
        own.kind == "day" and period.kind == "year" and own.end.year == period.end.year
    )


def of_the_same_table(named: Sequence[Side], wanted: Sequence[Aspect], cells: Cells) -> Cells:
    """The cells with those of lines that stand in the table of another line, where the search found only that one."""
    if named[0].kind != "segment":
        return cells
    filled = [list(row) for row in cells]
    for j, aspect in enumerate(wanted):
        tables = [piece.evidence for row in cells for piece in row[j] if piece.evidence.passage.kind == "table"]
        for i, side in enumerate(named):
            if not filled[i][j]:
                found = (line_in(item, side, aspect) or in_column(item, side, aspect) for item in tables)
                filled[i][j] = next(((piece,) for piece in found if piece is not None), ())
    return tuple(tuple(row) for row in filled)
