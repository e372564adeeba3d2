"""Ruled tables: the cells that lines on a page enclose, with the words in each.

A cell is what no line parts, so that one over several rows or columns is one cell. ``pdf_ruled`` makes rows of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.readers.pdf_chars import PageChars
from rag.readers.pdf_rules import LEAST, THIN

NEAR = 2.5  # points; lines as near as this are one, or touch
OVER = 6.0  # points that a word may reach out of its cell
INSIDE = 0.95  # share of the words that must not
MOST_LINES = 1_500  # of a page, for tables to be looked for
MOST_CELLS = 4_000


@dataclass(frozen=True, slots=True)
class Grid:
    """``xs``, ``ys``: where its columns and rows begin, and the last ends, in points. ``owner``: (rows, columns) number of
    the cell at each place; the same number for one that spans several. ``words``: by that number, those of the page."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: NDArray[np.intp]
    words: dict[int, NDArray[np.intp]]

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]


def grids(page: PageChars) -> list[Grid]:
    """The ruled tables of a page from top to bottom, those with nothing beside them."""
    if not 4 <= len(page.rules) <= MOST_LINES or not len(page.words):
        return []
    found = [grid for rules in _touching(page.rules) if (grid := _grid(page, rules)) is not None]
    found.sort(key=lambda grid: (grid.top, -grid.bottom))
    kept: list[Grid] = []
    for grid in found:
        if not kept or grid.top > kept[-1].bottom - NEAR:  # a table within a cell of another is part of its text
            kept.append(grid)
    return kept


def _touching(rules: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """The lines in groups of those that meet each other."""
    left, top, right, bottom = (rules + np.array([-NEAR, -NEAR, NEAR, NEAR], np.float32) / 2).T
    meet = (left[:, None] <= right) & (left <= right[:, None]) & (top[:, None] <= bottom) & (top <= bottom[:, None])
    group = np.full(len(rules), -1)
    for start in range(len(rules)):
        if group[start] >= 0:
            continue
        inside = np.zeros(len(rules), np.bool_)
        inside[start] = True
        new = inside
        while new.any():
            wider = inside | meet[new].any(axis=0)
            new, inside = wider & ~inside, wider
        group[inside] = start
    return [rules[group == number] for number in np.unique(group)]


def _grid(page: PageChars, rules: NDArray[np.float32]) -> Grid | None:
    """The table that a group of lines rules, of two columns or more; None where they are something else, as in a chart."""
    width, height = rules[:, 2] - rules[:, 0], rules[:, 3] - rules[:, 1]
    level, upright = rules[(height <= THIN) & (width >= LEAST)], rules[(width <= THIN) & (height >= LEAST)]
    if len(level) < 2 or not len(upright):
        return None
    xs = _places([*((upright[:, 0] + upright[:, 2]) / 2), level[:, 0].min(), level[:, 2].max()])
    ys = _places([*((level[:, 1] + level[:, 3]) / 2), upright[:, 1].min(), upright[:, 3].max()])
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MOST_CELLS:
        return None
    middle = (page.boxes[:, :2] + page.boxes[:, 2:]) / 2
    beside = (middle[:, 1] > ys[0]) & (middle[:, 1] < ys[-1])
    within = beside & (middle[:, 0] > xs[0]) & (middle[:, 0] < xs[-1])
    if not within.any() or (beside & ~within).any():
        return None
    owner = _owners(xs, ys, level, upright)
    chosen = within.nonzero()[0]
    rows = np.searchsorted(ys, middle[chosen, 1]) - 1
    columns = np.searchsorted(xs, middle[chosen, 0]) - 1
    cells = owner[rows, columns]
    words = {int(number): chosen[cells == number] for number in np.unique(cells)}
    if len(words) < 3 or not _fit(page, xs, owner, words):
        return None
    return Grid(tuple(xs), tuple(ys), owner, words)


def _places(values: Sequence[float]) -> list[float]:
    """Where lines stand, those that are nearly the same taken as one."""
    places: list[list[float]] = []
    for value in sorted(map(float, values)):
        if places and value - places[-1][-1] <= NEAR:
            places[-1].append(value)
        else:
            places.append([value])
    return [sum(group) / len(group) for group in places]


def _owners(
    xs: Sequence[float], ys: Sequence[float], level: NDArray[np.float32], upright: NDArray[np.float32]
) -> NDArray[np.intp]:
    """(rows, columns) the number of the cell at each place between the lines; places that no line parts have the same."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = np.arange(rows * columns).reshape(rows, columns)
    left = _cross(upright, xs, _middles(ys), 0)
    above = _cross(level, ys, _middles(xs), 1)
    for row in range(rows):
        for column in range(columns):
            if column and not left[column, row]:
                owner[owner == owner[row, column]] = owner[row, column - 1]
            if row and not above[row, column]:
                owner[owner == owner[row, column]] = owner[row - 1, column]
    return np.asarray(owner)


def _middles(places: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray((np.array(places[1:]) + np.array(places[:-1])) / 2)


def _cross(lines: NDArray[np.float32], at: Sequence[float], along: NDArray[np.float64], axis: int) -> NDArray[np.bool_]:
    """(at, along) whether one of the lines stands at a place of one axis and passes a place of the other."""
    other = 1 - axis
    here = np.abs((lines[:, axis] + lines[:, axis + 2]) / 2 - np.array(at)[:, None]) <= NEAR
    passes = (lines[:, other, None] <= along) & (lines[:, other + 2, None] >= along)
    return np.asarray(here @ passes)


def _fit(page: PageChars, xs: Sequence[float], owner: NDArray[np.intp], words: dict[int, NDArray[np.intp]]) -> bool:
    """Whether nearly all words stand inside their cells from side to side."""
    inside = total = 0
    for number, chosen in words.items():
        columns = np.flatnonzero((owner == number).any(axis=0))
        left, right = xs[columns[0]] - OVER, xs[columns[-1] + 1] + OVER
        inside += int(np.count_nonzero((page.boxes[chosen, 0] >= left) & (page.boxes[chosen, 2] <= right)))
        total += len(chosen)
    return inside >= INSIDE * total
