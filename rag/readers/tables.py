"""Tables of HTML and Word as rows of text: ``label | figure | figure``.

Filings in HTML draw ``$``, the figure and its closing bracket in cells of their own, and leave columns empty for space;
these are joined and dropped here, so that a row reads as it looks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CURRENCY = re.compile(r"(?:[A-Z]{2,3})?[$€£¥￥]|RMB|\(")
_CLOSING = re.compile(r"[)）]?\s?[%％]?\s?[)）]?")
_FIGURE = re.compile(
    r"[(（]?\s*[-–—−+]?\s*[$€£¥￥]?\s*\d[\d,，.]*\s*(?:[%％x倍]|[AEF])?\s*[)）]?|[-–—−]+|N/?[AM]|n\.?a\.?"
)
_PAIR = 2  # cells of a row that names a value
_YEAR = re.compile(r"(?:FY|CY)?\s?(?:19|20)?\d\d\s?[AEF]?")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's text and the grid columns it covers: 0-based ``column`` and how many (``span``)."""

    text: str
    column: int
    span: int = 1


@dataclass(frozen=True, slots=True)
class TableText:
    """``lines``: one per row; ``names``: per column of figures its heads; empty where there are none."""

    lines: tuple[str, ...]
    names: tuple[str, ...]


def grid_text(rows: Sequence[Sequence[GridCell]]) -> TableText:
    """Rows of a grid as lines, columns aligned, empty columns dropped."""
    kept = [joined for row in rows if (joined := _joined(row))]
    if not kept:
        return TableText((), ())
    columns = sorted({cell.column for row in kept for cell in row[1:] if _is_figure(cell.text)})
    columns = columns or sorted({cell.column for row in kept for cell in row[1:]})
    first = next((n for n, row in enumerate(kept) if _is_body(row)), 0)
    if first > 1 and max(map(len, kept)) == _PAIR:
        first = 0  # `Rating | Buy`, `Market cap | USD 5bn`: values with their names, and no heads
    lines = tuple(_line(row, columns) for row in kept)
    names = [" ".join(_over(row, column) for row in kept[:first] if _over(row, column)) for column in columns]
    return TableText(lines, tuple(names) if any(names) else ())


def _joined(row: Sequence[GridCell]) -> list[GridCell]:
    """The row's cells with text; currency signs and closing brackets joined to their figures."""
    cells: list[GridCell] = []
    for cell in row:
        text = " ".join(cell.text.split())
        if not text:
            continue
        before = cells[-1] if cells else None
        if before and _CURRENCY.fullmatch(before.text) and _is_figure(text):
            space = "" if before.text == "(" else " "
            cells[-1] = GridCell(f"{before.text}{space}{text}", cell.column, cell.span)
        elif before and _CLOSING.fullmatch(text) and before.text[-1:].isdigit():
            cells[-1] = GridCell(before.text + text, before.column, before.span)
        else:
            cells.append(GridCell(text, cell.column, cell.span))
    return cells


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _is_body(row: list[GridCell]) -> bool:
    figures = [cell.text for cell in row[1:] if _is_figure(cell.text)]
    return bool(figures) and not all(_YEAR.fullmatch(text) for text in figures)


def _over(row: list[GridCell], column: int) -> str:
    """The text of the row's cell that covers a column, the label's column left out."""
    return next((cell.text for cell in row if cell.column <= column < cell.column + cell.span and cell.column), "")


def _line(row: list[GridCell], columns: list[int]) -> str:
    """A row as text; each cell stands in the first column it covers, else in the nearest."""
    places: dict[int, list[str]] = {}
    label: list[str] = []
    for cell in row:
        covered = [n for n, column in enumerate(columns) if cell.column <= column < cell.column + cell.span]
        if not columns or (not covered and cell.column < columns[0]):
            label.append(cell.text)
        else:
            nearest = min(range(len(columns)), key=lambda n, at=cell.column: abs(columns[n] - at))  # type: ignore[misc]
            places.setdefault(covered[0] if covered else nearest, []).append(cell.text)
    if not places:
        return " | ".join(label)
    cells = [" ".join(places.get(number, [])) for number in range(max(places) + 1)]
    if label:
        cells.insert(0, " | ".join(label))
    elif len(places) < len(cells):
        cells.insert(0, "")
    return " | ".join(cells).strip() if cells[0] else "| " + " | ".join(cells[1:])
