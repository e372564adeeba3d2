"""Columns of a page: where it is cut, and the order in which its parts are read.

A gutter is a strip that text leaves free. A table has such strips too, so a cut is made only where both sides are running
text, where one is and the lines are not level (a column at the side), or where two tables stand beside each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from rag.language.analysis import CJK
from rag.readers.pdf_chars import PageChars
from rag.readers.pdf_layout import Cell, Line, Region, is_prose, make_cells, make_line, make_lines, pitch

COLUMN_LINES = 4  # a column of text has at least this many lines
BIN = 2.0  # points; resolution of the search for gutters
_HEAD_LINES = 8  # lines that stacked column heads and a title may have
_LABEL_COLUMNS = 30  # half-widths of a label in a table of two columns, a Chinese character taking two
_LEVEL = 0.7  # share of the lines of the left side beside which one of the right side stands,
_LABELS = 0.85  # ... and of these, of short ones
_CHINESE = re.compile(rf"[{CJK}]")
_TRIED = 4  # gutters that are tried


def regions(page: PageChars) -> list[Region]:
    """The page's regions in reading order; every word is in exactly one of them."""
    vertical = _vertical(page)
    cells = make_cells(page, np.flatnonzero(~vertical))
    parts = _in_order(cells, 0)
    if vertical.any():
        aside = make_cells(page, np.flatnonzero(vertical))
        parts.append(Region((make_line(aside),), min(c.left for c in aside), max(c.right for c in aside)))
    return parts


def _vertical(page: PageChars) -> NDArray[np.bool_]:
    """Words that run up or down the page: the labels of charts and notes at the margin."""
    width, height = page.boxes[:, 2] - page.boxes[:, 0], page.boxes[:, 3] - page.boxes[:, 1]
    slim = (page.words[:, 1] - page.words[:, 0] > 2) & (height > 2.2 * width)
    if not slim.any():
        return np.asarray(slim)
    usual = float(np.median(height))
    return np.asarray(slim & (height > 1.8 * usual))


def _region(cells: list[Cell], lines: list[Line]) -> Region:
    return Region(tuple(lines), min([c.left for c in cells]), max([c.right for c in cells]))


def _in_order(cells: list[Cell], depth: int) -> list[Region]:
    """Cut a set of cells at a gutter into what is above, left, right and below, in reading order."""
    if not cells:
        return []
    lines = make_lines(cells)
    if depth > 2 or len(cells) <= 2 * COLUMN_LINES:
        return [_region(cells, lines)]
    for gutter in _gutters(cells, lines):
        parts = _cut(cells, lines, gutter)
        if parts is not None:
            pieces = ([_region(p, make_lines(p))] if whole else _in_order(p, depth + 1) for p, whole in parts)
            return [region for piece in pieces for region in piece]
    return [_region(cells, lines)]


def _cut(cells: list[Cell], lines: list[Line], gutter: float) -> list[tuple[list[Cell], bool]] | None:
    """Parts in reading order, each with whether it spans the gutter; None when nowhere are there columns."""
    ends = gutter + 1
    if sum([cell.right <= ends for cell in cells]) < COLUMN_LINES:
        return None
    if sum([cell.right > ends and cell.left >= gutter - 1 for cell in cells]) < COLUMN_LINES:
        return None
    bars = _bars(lines, gutter)
    spanning = {id(cell) for _, group in bars for cell in group}
    free = [cell for cell in cells if id(cell) not in spanning]
    if len(free) < 2 * COLUMN_LINES:
        return None
    edges = [middle for middle, _ in bars]
    bands: list[list[Cell]] = [[] for _ in range(len(bars) + 1)]  # above the first bar, ..., below the last one
    for cell in free:
        bands[bisect_right(edges, cell.middle)].append(cell)
    parts: list[tuple[list[Cell], bool]] = []
    pending: list[Cell] = []
    found = False
    for band, bar in zip(bands, [*(group for _, group in bars), []], strict=True):
        left = [cell for cell in band if cell.right <= gutter + 1] if len(band) >= 2 * COLUMN_LINES else []
        right = [cell for cell in band if cell.right > gutter + 1] if left else []
        if right and is_columns(left, right):
            left, after = _below(left, right)
            parts.extend([(pending, True), (left, False), (right, False)])
            pending = after
            found = True
        else:
            pending.extend(band)
        pending.extend(bar)
    parts.append((pending, True))
    return [part for part in parts if part[0]] if found else None


def _below(left: list[Cell], right: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The left column without what follows it, set off, below the end of the right one."""
    end = max(cell.bottom for cell in right)
    lines = make_lines(left)
    step = pitch(lines)
    for before, line in pairwise(lines):
        if line.top > end and line.middle - before.middle > 1.4 * step:
            after = [cell for cell in left if cell.middle > before.middle + 0.5 * step]
            return [cell for cell in left if cell.middle <= before.middle + 0.5 * step], after
    return left, []


def _bars(lines: list[Line], gutter: float) -> list[tuple[float, list[Cell]]]:
    """What ends a column: cells across the gutter, and tables with figures on both sides of it, title included."""
    bars: list[tuple[float, list[Cell]]] = []
    rows = [len(line.cells) > 2 and _is_row_across(line, gutter) for line in lines]
    table = [False] * len(lines)
    for index, row in enumerate(rows):
        if row and (rows[index - 1 : index] == [True] or rows[index + 1 : index + 2] == [True]):
            first = index if index and table[index - 1] else _table_top(lines, index)
            table[first : index + 1] = [True] * (index + 1 - first)
    for index, line in enumerate(lines):
        if table[index]:
            bars.append((line.middle, line.cells))
        elif line.left < gutter - 1 and line.right > gutter + 1:
            across = [c for c in line.cells if c.left < gutter - 1 and c.right > gutter + 1]
            if across:
                bars.append((line.middle, across))
    return bars


def _table_top(lines: list[Line], row: int) -> int:
    """The first line of a table's heads and title: of the lines above its rows the one with most space above.

    Four lines are looked at, and more of them as long as they are heads: short texts side by side.
    """
    if row == 0:
        return 0
    low = max(1, row - 4)
    while low > max(1, row - _HEAD_LINES) and _is_head(lines[low - 1]):
        low -= 1
    return max(range(low, row + 1), key=lambda n: (round(lines[n].middle - lines[n - 1].middle), n))


def _is_head(line: Line) -> bool:
    return len(line.cells) > 1 and all(len(cell.text) < 30 for cell in line.cells)


def _is_row_across(line: Line, gutter: float) -> bool:
    left = [cell for cell in line.cells if cell.right <= gutter + 1]
    right = line.cells[len(left) :]
    if not left or not right or right[0].left < gutter - 1:
        return False
    label = not left[0].number and len(left[0].text) < 40
    return label and all([c.number for c in (*left[1:], *right)])


def _gutters(cells: list[Cell], lines: list[Line]) -> list[float]:
    """The x of strips that most lines leave free with text on both sides, most free first, and of labels half-way."""
    left = min([line.left for line in lines])
    bins = int((max([line.right for line in lines]) - left) / BIN) + 1
    if len(lines) < COLUMN_LINES or bins < 40:
        return []
    free = _free(lines, left, bins)
    free[: bins // 7] = free[bins - bins // 7 :] = 0
    found = [left + BIN * x for x in _peaks(free)]
    return [*found, *_label_edges(cells, left + bins * BIN / 7, left + bins * BIN * 6 / 7)][:_TRIED]


def _free(lines: list[Line], left: float, bins: int) -> NDArray[np.float64]:
    """(bins,) how many lines leave each strip free, a bin's width around their text not being free.

    Lines that end before the strip or begin after it also speak for it, at half weight: columns need not be level.
    So a line counts 1/2, and 1/2 more from its first text to its last, less 1 where its text is: sums of steps along x.
    """
    lengths = [len(line.cells) for line in lines]
    row = np.repeat(np.arange(len(lines)) * (bins + 1), lengths)  # one line after the other along one axis
    lefts = np.array([cell.left for line in lines for cell in line.cells])
    rights = np.array([cell.right for line in lines for cell in line.cells])
    first = np.maximum(((lefts - left - BIN) / BIN).astype(np.intp), 0) + row
    last = np.minimum(((rights - left + BIN) / BIN).astype(np.intp) + 1, bins) + row
    order = first.argsort(kind="stable")
    first, last = first[order], np.maximum.accumulate(last[order])
    starts = first - row
    starts[1:] = np.maximum(first[1:], last[:-1]) - row[1:]  # what cells share counts once
    ends = last - row
    tails = np.cumsum(lengths) - 1
    heads = tails - lengths + 1
    size = bins + 1
    covered = np.bincount(starts, minlength=size) - np.bincount(ends, minlength=size)
    within = np.bincount(starts[heads], minlength=size) - np.bincount(ends[tails], minlength=size)
    return np.asarray(0.5 * len(lines) + np.cumsum(0.5 * within - covered)[:bins])


def _peaks(free: NDArray[np.float64]) -> list[float]:
    """Middles, in bins, of the freest strip and of other strips at least half as free and two bins apart; uses up ``free``."""
    peaks: list[float] = []
    best = most = float(free.max())
    while len(peaks) < _TRIED - 1 and most >= max(COLUMN_LINES, 0.5 * best):
        spots = (free >= most - 0.5).nonzero()[0]
        breaks = (spots[1:] - spots[:-1] > 1).nonzero()[0]
        if len(breaks):
            starts, ends = spots[[0, *(breaks + 1).tolist()]], spots[[*breaks.tolist(), -1]]
            widest = int((ends - starts).argmax())
            first, last = int(starts[widest]), int(ends[widest])
        else:
            first, last = int(spots[0]), int(spots[-1])
        peaks.append((first + last + 1) / 2)
        free[max(0, first - 2) : last + 3] = 0
        most = float(free.max())
    return peaks


def _label_edges(cells: list[Cell], low: float, high: float) -> list[float]:
    """Left edges that several labels in the middle of the page share: the second of two tables begins there."""
    edges = sorted([c.left for c in cells if low < c.left < high and not c.number])
    near = [(bisect_left(edges, edge + 3) - bisect_right(edges, edge - 3), edge) for edge in edges]
    best = max(near, default=(0, 0.0))
    return [best[1] - 3] if best[0] > COLUMN_LINES else []


def is_columns(left: list[Cell], right: list[Cell]) -> bool:
    """Whether two sets of cells side by side are columns rather than one table."""
    if len(left) < COLUMN_LINES or len(right) < COLUMN_LINES:
        return False
    sides = (make_lines(left), make_lines(right))
    if min(len(sides[0]), len(sides[1])) < COLUMN_LINES:
        return False
    prose = [_prose_share(lines) for lines in sides]
    if max(prose) < 0.5 and not all(map(_is_table, sides)):
        return False
    if _is_labelled(*sides):
        return False
    if min(prose) >= 0.5 or max(prose) < 0.5:
        return True
    few, many = sorted(sides, key=len)
    if max(prose) >= 0.6 and len(_level(few, many)) < 0.4 * len(few):
        return True
    text, aside = sides if prose[0] > prose[1] else sides[::-1]
    return _beside_text(text, aside) or (max(prose) < 0.6 and all(map(_is_table, sides)))


def _beside_text(text: list[Line], aside: list[Line]) -> bool:
    """Whether labels stand beside running text as close as its lines, and mostly not level with them: rows would be."""
    inside = [line for line in aside if text[0].top < line.middle < text[-1].bottom]
    along = [line for line in text if aside[0].top < line.middle < aside[-1].bottom]
    if len(inside) < max(COLUMN_LINES, _LEVEL * len(along)) or sum(line.cells[0].number for line in inside) > 1:
        return False  # lines that begin with a figure have their label at the other side
    width = max(line.right for line in text) - min(line.left for line in text)
    full = [line for line in along if line.right - line.left > 0.75 * width and len(line.cells) == 1]
    if sum(is_prose(line, width) for line in full) < max(2, len(along) / 4):
        return False
    return len(_level(inside, text)) <= _LEVEL * len(inside)


def _level(lines: list[Line], others: list[Line]) -> list[Line]:
    """Those of the lines beside which one of the others stands."""
    middles = sorted([line.middle for line in others])
    level = []
    for line in lines:
        at = bisect_left(middles, line.middle)
        if min([abs(middle - line.middle) for middle in middles[max(at - 1, 0) : at + 1]]) < 0.12 * line.height:
            level.append(line)
    return level


def _is_labelled(left: list[Line], right: list[Line]) -> bool:
    """Whether the left side is short labels, each level with what the right side says of it: 注册资本, 法定代表人."""
    beside = [line.text for line in _level(left, right)]
    edge = max(line.right for line in left)
    full = sum(line.right > edge - 1.5 * line.height for line in left)
    if len(beside) < _LEVEL * len(left) or len(right) > 2 * len(beside) or 2 * full > len(left):
        return False  # lines that fill their width are running text
    short = [
        text
        for text in beside
        if len(text) * (2 if _CHINESE.search(text) else 1) <= _LABEL_COLUMNS and text[-1] not in "。，,;；"
    ]
    return len(short) >= _LABELS * len(beside)


def _prose_share(lines: list[Line]) -> float:
    """Share of the lines, by their width, that look like running text."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    prose = sum(line.right - line.left for line in lines if is_prose(line, width))
    return prose / max(sum(line.right - line.left for line in lines), 1.0)


def _is_table(lines: list[Line]) -> bool:
    """A table with labels of its own: most lines begin with one, and it has two figures or more beside it."""
    labelled = [line for line in lines if not line.cells[0].number and any(map(str.isalpha, line.cells[0].text))]
    return len(labelled) >= 0.6 * len(lines) and median(line.numbers for line in lines) >= 2
