"""Rows of a ruled table: wrapped words of a cell joined, heads over several columns said of each, labels made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from rag.readers.pdf_chars import PageChars
from rag.readers.pdf_grid import Grid
from rag.readers.pdf_layout import Cell, is_number, join_cells, joins_lines, make_cells, make_line, make_lines
from rag.readers.pdf_rows import Row, Rows

REPEATED = 40  # characters of a cell over several rows that is said in each of them
SHORT_HEAD = 12  # characters of a column's head in a table without figures
LONGER = 0.6  # ... and how long its heads are, to what stands below them
_YEAR = re.compile(r"(?:19|20)\d\d\s?[AEF]?")
_ORDINAL = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}|合计|小计|总计|合|计|[-—]|")
_PERIOD = re.compile(
    r"(?:19|20)\d\d\s?年?(?:度|末|底|[上下]半年|(?:\d{1,2}\s?[-–—至]\s?)?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|第?[一二三四]季度)?"
)
_STUB = re.compile(r"序号?|项目|指标|简称|名称|年度|年份|期间|类别|科目|.*(?:名称|类别|项目|姓名|简称|内容|事项)")
_WRAPPED = re.compile(r"[(（-]?(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.\d+)?[%％]?[)）]?")
_DIGITS = frozenset("0123456789.,")
_APART = 1.5  # widths of a page; the first 24 bits of some hundred times it keep a part of a point
_EMS = 2.0  # of free space in a line that is broken within a number


def rows_of(page: PageChars, grid: Grid) -> Rows | None:
    """The rows of a ruled table; None where only one column has words, or none but heads."""
    texts = {number: _joined(grid, number, cells) for number, cells in _cells(page, grid).items()}
    count, width = grid.owner.shape
    rows = [[texts.get(int(grid.owner[row, column])) for column in range(width)] for row in range(count)]
    filled = [row for row in range(count) if any(rows[row])]
    if not filled or sum(any(row[column] for row in rows) for column in range(width)) < 2:
        return None
    heads = _heads(grid, rows)
    body = [_of_body(grid, rows, row) for row in range(heads, count) if any(rows[row])]
    labels = _labels(body, width)
    names = [_named(rows, heads, column) for column in range(width)]
    head = _row(names, labels, len(names)) if heads else None
    made = [row for cells in body if (row := _row(cells, labels, width)) is not None]
    stub = head.label[0].text if head and head.label else ""
    told = [cell.text if cell else "" for cell in names[labels:]] if heads else []
    return Rows([head] if head else [], made, stub, told) if made else None


def _cells(page: PageChars, grid: Grid) -> dict[int, list[Cell]]:
    """The words of each cell of a table, those of one line together; all at once, moved so far apart that none are joined."""
    chosen = np.sort(np.concatenate(list(grid.words.values())))
    number_of = np.zeros(len(page.words), np.int64)
    for place, words in enumerate(grid.words.values()):
        number_of[words] = place
    apart = _APART * max(page.width, grid.xs[-1])
    boxes = page.boxes.copy()
    boxes[:, ::2] += apart * number_of[:, None]
    numbers = list(grid.words)
    places = dict(zip(page.words[chosen, 0].tolist(), number_of[chosen].tolist(), strict=True))  # by first character
    found: dict[int, list[Cell]] = {}
    for cell in make_cells(replace(page, boxes=boxes), chosen):
        place = places[cell.runs[0][0]]
        cell.left, cell.right = cell.left - place * apart, cell.right - place * apart
        found.setdefault(numbers[place], []).append(cell)
    return found


def _joined(grid: Grid, number: int, cells: list[Cell]) -> Cell:
    """The words of a cell as one, its lines joined."""
    columns = np.flatnonzero((grid.owner == number).any(axis=0))
    width = grid.xs[columns[-1] + 1] - grid.xs[columns[0]]
    lines = make_lines(cells)
    joined = lines[0].cells[0]
    for place, line in enumerate(lines):
        for at, cell in enumerate(line.cells[1:] if place == 0 else line.cells):
            new_line = place > 0 and at == 0
            free = width - (lines[place - 1].right - lines[place - 1].left) if new_line else 0.0
            joined = _wrapped(joined, cell, free) if new_line else join_cells(joined, cell)
    return joined


def _wrapped(above: Cell, below: Cell, free: float) -> Cell:
    """A cell with its next line: Chinese and broken numbers go on, words are parted. ``free``: points left in the line above."""
    last, first = above.text[-1], below.text[0]
    tail = re.split(r"[^\d.,%％()（）-]", above.text)[-1]
    number = last in _DIGITS and first in _DIGITS | {"%"} and free < _EMS * above.height
    if not joins_lines(last, first) and not (number and _WRAPPED.fullmatch(tail + below.text.split(" ")[0])):
        return join_cells(above, below)
    runs = (*above.runs, (*below.runs[0][:2], False), *below.runs[1:])
    text = above.text + below.text
    box = (min(above.left, below.left), above.top, max(above.right, below.right), below.bottom)
    return Cell(*box, above.middle, text, runs, above.weight, above.size, is_number(text))


def _figures(row: Sequence[Cell | None]) -> bool:
    """Whether a row has figures that are no years."""
    return any(cell is not None and cell.number and not _YEAR.fullmatch(cell.text) for cell in row[1:])


def _heads(grid: Grid, rows: Sequence[Sequence[Cell | None]]) -> int:
    """How many rows at the top are heads of columns: down to where none of their cells goes on, none with figures."""
    count, width = grid.owner.shape
    if _figures(rows[0]):
        return 0
    if not any(_figures(row) for row in rows):
        return int(_says_heads(rows, width))
    heads = 1
    while heads < count:
        above = {int(number) for number in grid.owner[:heads].flat}
        goes_on = any(int(number) in above for number in grid.owner[heads])
        last = grid.owner[heads - 1]
        spans = len({int(number) for number in last}) < width and not _figures(rows[heads])
        if not goes_on and not spans:
            break
        heads += 1
    return heads if heads < count and not any(_figures(row) for row in rows[:heads]) else 0


def _says_heads(rows: Sequence[Sequence[Cell | None]], width: int) -> bool:
    """Whether the first row of a table without figures has heads: words in every column, mostly shorter than those below."""
    texts = [[cell.text for cell in row if cell is not None and not cell.number] for row in rows]
    first, below = texts[0], [text for row in texts[1:] for text in row]
    if len(set(first)) < width or max(map(len, first)) > SHORT_HEAD or not below:
        return False
    return bool(_STUB.fullmatch(first[0])) or (
        width > 2 and sum(map(len, first)) * len(below) < LONGER * len(first) * sum(map(len, below))
    )


def _of_body(grid: Grid, rows: Sequence[Sequence[Cell | None]], row: int) -> list[Cell | None]:
    """The cells of a row; one over several columns stands in the first, one over several rows in each if it is short."""
    found: list[Cell | None] = []
    for column, cell in enumerate(rows[row]):
        number = grid.owner[row, column]
        goes_on = column > 0 and grid.owner[row, column - 1] == number
        below = row > 0 and grid.owner[row - 1, column] == number
        long = cell is not None and (cell.number or len(cell.text) > REPEATED)
        found.append(None if cell is None or goes_on or (below and long) else cell)
    return found


def _labels(body: Sequence[Sequence[Cell | None]], width: int) -> int:
    """How many columns at the left say what a row is of: its number and its period do with the name beside them."""

    def all_are(column: int, pattern: re.Pattern[str]) -> bool:
        texts = [row[column].text if row[column] else "" for row in body]  # type: ignore[union-attr]
        return any(texts) and all(pattern.fullmatch(text) or (text == "" and at) for at, text in enumerate(texts))

    labels, named = 1, False
    while labels < width - 1:
        named = named or not (all_are(labels - 1, _ORDINAL) or all_are(labels - 1, _PERIOD))
        if named and not all_are(labels, _PERIOD):
            break
        labels += 1
    return labels


def _named(rows: Sequence[Sequence[Cell | None]], heads: int, column: int) -> Cell | None:
    """All heads over a column, from top to bottom, each once."""
    named: Cell | None = None
    for cell in {id(row[column]): row[column] for row in rows[:heads]}.values():
        if cell is not None:
            named = cell if named is None else _side_by_side(named, cell)
    return named


def _side_by_side(a: Cell, b: Cell) -> Cell:
    joined = join_cells(a, b)
    return replace(joined, left=b.left, right=b.right)


def _row(cells: Sequence[Cell | None], labels: int, width: int) -> Row | None:
    """A row with the first ``labels`` columns as its label."""
    label: Cell | None = None
    for cell in cells[:labels]:
        if cell is not None:
            label = cell if label is None else _apart(label, cell)
    columns = {at: [cell] for at, cell in enumerate(cells[labels:]) if cell is not None}
    present = list(_present(cells))
    if not present:
        return None
    line = make_line(present)
    return Row([label] if label else [], columns, line, line)


def _apart(a: Cell, b: Cell) -> Cell:
    """Two cells of a label with a space between."""
    runs = (*a.runs, (*b.runs[0][:2], True), *b.runs[1:])
    box = (min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom))
    return Cell(*box, a.middle, f"{a.text} {b.text}", runs, a.weight, a.size, False)


def _present(cells: Sequence[Cell | None]) -> Iterator[Cell]:
    yield from (cell for cell in cells if cell is not None)
