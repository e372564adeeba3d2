"""Find the tables among a region's lines and turn them into rows: ``label | figure | figure``.

A filing's tables have no reliable rules or tags, so they are found by their figures: lines with figures that stand
apart, and the labels, column heads and captions around them. Figures are put under each other by their extent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.readers.pdf_layout import Cell, Line, Region, is_prose, joins, pitch

UNIT = re.compile(
    r"\(?\s*(?:(?:dollars?|amounts?|shares?|figures?|all|tabular|U\.?S\.?|RMB|HK|Rs\.?|€|£|\$)[^.]{0,60})?"
    r"\bin (?:thousands|millions|billions|crores?|lakhs?|RMB|US\$|USD|EUR)"
    r"|\([$€£¥]?\s?(?:millions|thousands|billions|mn|bn|000s?|'000)\)|RMB\s?(?:mn|m|bn|million)"
    r"|单位\s*[:：]|[（(](?:人民币)?(?:百万|千|万|亿)?(?:元|美元|港元|股|百万|人民币)[^）)]{0,12}[）)]",
    re.IGNORECASE,
)
_ENUMERATOR = re.compile(r"[\(（]?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[\)）.、]|[•●▪■◆–—‣·➢*○o]|\d{1,2}")
_CONTINUES = re.compile(r"[,，]$|\b(?:and|of|for|the|to|in|at|from|on|or|by|with|net)$")
CURRENCY = frozenset("$€£¥￥") | {"RMB", "US$", "HK$", "Rs."}


@dataclass(slots=True)
class Row:
    """One row: the label's cells, and by column number the cells that stand there."""

    label: list[Cell]
    columns: dict[int, list[Cell]]
    line: Line
    last: Line


@dataclass(slots=True)
class Table:
    """Lines ``start`` up to ``end`` of a region. ``caption``: title and unit; ``head``: column heads."""

    start: int
    end: int
    caption: list[Line]
    head: list[Row]
    rows: list[Row]


def find_tables(region: Region) -> list[Table]:
    """The region's tables from top to bottom, each with caption and column heads."""
    lines = [merged(line) if len(line.cells) > 1 else line for line in region.lines]
    width = region.right - region.left
    marks = [_mark(line, width) for line in lines]
    step = pitch(lines)
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        if marks[index] != "T":
            index += 1
            continue
        floor = tables[-1].end if tables else 0
        table = _grow(lines, marks, index, floor, step, region)
        if table is None:
            index += 1
            continue
        tables.append(table)
        index = table.end
    return tables


def merged(line: Line) -> Line:
    """The line with currency signs, closing brackets and percent signs joined to their figures."""
    cells: list[Cell] = []
    for cell in line.cells:
        before = cells[-1] if cells else None
        if before is not None and (
            (before.text in CURRENCY and (cell.number or cell.text.startswith("(")))
            or (before.text in ("(", "$(", "$ (", "（") and cell.number)
            or (cell.text[0] in ")）%％" and before.number and len(cell.text) <= 3)
        ):
            cells[-1] = _join(before, cell)
        else:
            cells.append(cell)
    return replace(line, cells=cells) if len(cells) != len(line.cells) else line


def _join(a: Cell, b: Cell) -> Cell:
    text = a.text + ("" if joins(a.text, b.text) else " ") + b.text
    box = (min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom))
    return Cell(*box, a.middle, text, a.words + b.words, a.bold, number=True)


def _mark(line: Line, width: float) -> str:
    """``T``: figures beside a label or each other; ``S``: text in separate cells; ``P``: prose; ``L``: the rest."""
    cells = line.cells
    if len(cells) == 1:
        return "P" if is_prose(line, width) else "L"
    if len(cells) == 2 and _ENUMERATOR.fullmatch(cells[0].text) and not cells[1].number:
        return "P" if is_prose(line, width) else "L"
    gaps = [b.left - a.right for a, b in pairwise(cells)]
    numbers = sum(cell.number for cell in cells[1:])
    if numbers == 0 and (max(gaps) < 1.6 * line.height or sum(gaps) / len(gaps) < 1.1 * line.height):
        return "P" if is_prose(line, width) else "L"
    if numbers and max(gaps) < 1.6 * line.height and is_prose(line, width) and numbers * 3 < len(cells):
        return "P"
    return "T" if numbers else "S"


def _grow(
    lines: Sequence[Line], marks: Sequence[str], first: int, floor: int, step: float, region: Region
) -> Table | None:
    """The table around line ``first``; None when there is too little of it."""
    figures = min(cell.left for cell in lines[first].cells[1:] if cell.number)
    end = first + 1
    count = 1
    index = end
    while index < len(lines):
        gap = lines[index].middle - lines[index - 1].middle
        if gap > max(3.2 * step, 3.5 * lines[index].height) or index - end > 3:
            break
        if marks[index] in "TS":
            end = index + 1
            count += 1
            if marks[index] == "T":
                figures = min(figures, *(cell.left for cell in lines[index].cells[1:] if cell.number))
        elif marks[index] == "P" and (lines[index].right > figures + 4 and not _wrapped_label(lines, marks, index)):
            break
        index += 1
    start = _heads(lines, marks, first, floor, step, figures)
    if count + (first - start) < 2:
        return None
    top = _caption(lines, marks, start, floor, step, region)
    rows = _rows(lines[start:end])
    body = next((i for i, row in enumerate(rows) if _is_body(row) or (row.label and not row.columns)), 0)
    return Table(top, end, list(lines[top:start]), _stack(rows[:body]), rows[body:])


def _wrapped_label(lines: Sequence[Line], marks: Sequence[str], index: int) -> bool:
    """A long label of up to three lines whose figures stand on its last line."""
    for ahead in range(index + 1, min(index + 4, len(lines))):
        if lines[ahead].middle - lines[ahead - 1].middle > 1.5 * lines[ahead].height:
            return False
        if marks[ahead] == "T":
            return True
    return False


def _heads(lines: Sequence[Line], marks: Sequence[str], first: int, floor: int, step: float, figures: float) -> int:
    """Walk up over column heads (text in separate cells, or above the figures), past labels that stand between."""
    start = index = first
    while index > floor and start - index < 4:
        line = lines[index - 1]
        if lines[index].middle - line.middle > 2.4 * max(step, line.height) or marks[index - 1] == "P":
            break
        index -= 1
        over = line.left + line.right > 2 * (figures - 6) and line.left > figures - 60
        if marks[index] == "S" or over:
            start = index
        elif len(line.text) > 80 or line.text.endswith((".", "。")):
            break
    return start


def _caption(lines: Sequence[Line], marks: Sequence[str], start: int, floor: int, step: float, region: Region) -> int:
    """Walk up over the title and unit: bold, capitals, centred, or naming a unit; at most five lines."""
    top = start
    while top > floor and start - top < 5:
        line = lines[top - 1]
        text = line.text
        gap = lines[top].middle - line.middle
        if gap > 3.2 * max(step, line.height) or len(text) > 160:
            break
        centred = abs((line.left + line.right) - (region.left + region.right)) < 0.06 * (region.right - region.left)
        strong = line.bold or text.isupper()
        if text[-1] in ".;。；" and not (strong and len(text) < 60):
            break
        named = (centred and line.left > region.left + 20) or UNIT.search(text)
        if not strong and (not named or marks[top - 1] == "P"):
            break
        top -= 1
    return top


def _is_body(row: Row) -> bool:
    """A row of data: a label with figures that are not all years or dates."""
    cells = [cell for column in row.columns.values() for cell in column]
    return bool(row.label) and any(
        cell.number and not re.fullmatch(r"(?:19|20)\d\d[AEF]?", cell.text) for cell in cells
    )


def _rows(lines: Sequence[Line]) -> list[Row]:
    columns = _columns(lines)
    rows = [_row(line, columns) for line in lines]
    return _unwrap(rows)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Extents of the columns of figures: cells that overlap are one column. Empty when that would mix two figures."""
    spans = sorted((cell.left, cell.right) for line in lines for cell in line.cells[1:] if cell.number)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1] - 0.5:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    most = max(sum(cell.number for cell in line.cells[1:]) for line in lines)
    return columns if len(columns) >= most else []


def _row(line: Line, columns: list[tuple[float, float]]) -> Row:
    row = Row([], {}, line, line)
    if not columns:
        row.label = line.cells[:1]
        row.columns = {number: [cell] for number, cell in enumerate(line.cells[1:])}
        return row
    for position, cell in enumerate(line.cells):
        centre = (cell.left + cell.right) / 2
        if (position == 0 and cell.left < columns[0][0] - 4) or (cell.right < columns[0][0] and not cell.number):
            row.label.append(cell)
            continue
        row.columns.setdefault(_column(cell, centre, columns), []).append(cell)
    return row


def _column(cell: Cell, centre: float, columns: list[tuple[float, float]]) -> int:
    """The column under a cell: of several under a spanning head the first, where there is none the nearest."""
    under = [n for n, (left, right) in enumerate(columns) if min(cell.right, right) - max(cell.left, left) > 0]
    if len(under) > 1 and not cell.number:
        full = [n for n in under if cell.left <= sum(columns[n]) / 2 <= cell.right]
        return full[0] if full else under[0]
    return min(under or range(len(columns)), key=lambda n: abs(centre - sum(columns[n]) / 2))


def _stack(heads: list[Row]) -> list[Row]:
    """Column heads over several lines as one row: what stands above each other in a column is joined."""
    stacked: list[Row] = []
    for row in heads:
        before = stacked[-1] if stacked else None
        if before is None or row.line.middle - before.last.middle > 2.2 * row.line.height:
            stacked.append(row)
            continue
        before.label.extend(row.label)
        for number, cells in row.columns.items():
            before.columns.setdefault(number, []).extend(cells)
        before.last = row.last
    return stacked


def _unwrap(rows: list[Row]) -> list[Row]:
    """Join a label that runs over several lines into the row that has its figures."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before is not None and _continues(before, row):
            before.label.extend(row.label)
            before.columns = before.columns or row.columns
            before.last = row.last
        else:
            joined.append(row)
    return joined


def _continues(before: Row, row: Row) -> bool:
    if not before.label or not row.label or (before.columns and row.columns):
        return False
    if row.line.middle - before.last.middle > 1.45 * row.line.height:
        return False
    above, below = before.label[-1], row.label[0]
    if above.text.endswith((":", "：")) or above.bold != below.bold:
        return False
    return below.text[0].islower() or below.text[0] in "(（" or bool(_CONTINUES.search(above.text))
