"""Footnote marks: small raised figures are told from the word or number they hang on, by their boxes.

``1,234²`` is drawn as the digits of one number, only smaller and higher; read as text it would be 12,342. Raised
figures become superscript characters, one for one, so that positions stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_RAISE = str.maketrans("0123456789()abcdefghijklmnoprstuvwxyz", MARKS)
_FIGURES = re.compile(r"(?:\(\d{1,2}\)|\d{1,2})(?:[,，]?(?:\(\d{1,2}\)|\d{1,2}))*")
_LETTERS = re.compile(r"(?:\([a-pr-z]\))+|[a-h](?:,[a-h])*")
_LONGEST = 9  # characters of a mark
_SMALL = 0.88  # of the height of what it hangs on
Boxes = NDArray[np.float32]


def code_table(chars: str) -> NDArray[np.bool_]:
    """Which of the first 65,536 code points are among ``chars``."""
    table = np.zeros(0x10000, np.bool_)
    table[[ord(char) for char in chars]] = True
    return table


@dataclass(frozen=True, slots=True)
class Marked:
    """A page's text, words, and the boxes of each word's first and last character."""

    text: str
    words: NDArray[np.int32]
    first: Boxes
    last: Boxes


def raise_marks(page: Marked, boxes_of: Callable[[NDArray[np.intp]], Boxes]) -> Marked:
    """The page with raised figures as superscripts, and marks behind a number as words of their own.

    ``boxes_of``: (n, 4) left, top, right, bottom of the characters of the page's text with these indices. A mark's box
    is as high as that of the word it hangs on, so that it stays on its line.
    """
    if not len(page.words):
        return page
    marks, cuts = _tails(page, boxes_of)
    marks += _alone(page)
    if not marks:
        return page
    page = Marked(_written(page.text, marks), page.words, page.first, page.last)
    return _cut(page, cuts, boxes_of) if cuts else page


def _tails(
    page: Marked, boxes_of: Callable[[NDArray[np.intp]], Boxes]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Marks that end a word, and where words must be cut: row of the word and character."""
    marks: list[tuple[int, int]] = []
    cuts: list[tuple[int, int]] = []
    words = page.words
    for row in np.flatnonzero((words[:, 1] - words[:, 0] > 1) & _raised(page.last, page.first)).tolist():
        start, end = words[row].tolist()
        low = max(start + 1, end - _LONGEST)
        small = _raised(boxes_of(np.arange(low, end)), page.first[row])
        at = end - int(np.argmin(np.append(small[::-1], False)))
        mark = page.text[at:end]
        if at < end and (_FIGURES.fullmatch(mark) or _LETTERS.fullmatch(mark)) and page.text[at - 1].isprintable():
            marks.append((at, end))
            if _parts(page.text[at - 1], mark):
                cuts.append((row, at))
    return marks, cuts


def _alone(page: Marked) -> list[tuple[int, int]]:
    """Marks that are words of their own; many files draw them after all else, so what is left of them is looked for."""
    marks: list[tuple[int, int]] = []
    height = page.first[:, 3] - page.first[:, 1]
    short = page.words[:, 1] - page.words[:, 0] <= _LONGEST
    for row in (short & (height < _SMALL * _median(height))).nonzero()[0].tolist():
        start, end = page.words[row].tolist()
        if not (_FIGURES.fullmatch(page.text, start, end) or _LETTERS.fullmatch(page.text, start, end)):
            continue
        gap = page.first[row, 0] - page.last[:, 2]
        tall = page.last[:, 3] - page.last[:, 1]
        bases = ((gap > -0.3 * tall) & (gap < 0.6 * tall)).nonzero()[0]
        bases = bases[_raised(page.first[row], page.last[bases])]
        if len(bases):
            base = page.last[bases[np.argmin(np.abs(gap[bases]))]]
            for boxes in (page.first, page.last):
                boxes[row, 1], boxes[row, 3] = base[1], base[3]
            marks.append((start, end))
    return marks


def _median(values: NDArray[np.float32]) -> np.float32:
    """As ``np.median``, at a third of its time for a few hundred numbers."""
    low, high = (len(values) - 1) // 2, len(values) // 2
    parted = np.partition(values, (low, high))
    return np.float32((parted[low] + parted[high]) / np.float32(2))


def _raised(mark: Boxes, base: Boxes) -> NDArray[np.bool_]:
    """Whether boxes are clearly lower than others, stand clearly above their bottom, and still on their line."""
    height = base[..., 3] - base[..., 1]
    small = mark[..., 3] - mark[..., 1] < _SMALL * height
    above = (mark[..., 3] < base[..., 3] - 0.15 * height) & (mark[..., 3] > base[..., 1] + 0.25 * height)
    return np.asarray(small & above)


def _parts(before: str, mark: str) -> bool:
    """Whether a mark must be a word of its own: behind a figure, or a letter that would belong to the word."""
    if _FIGURES.fullmatch(mark):
        return before.isdigit() or before in "%％)）"
    return _LETTERS.fullmatch(mark) is not None and before.isalnum()


def _written(text: str, marks: list[tuple[int, int]]) -> str:
    parts = list(text)
    for start, end in marks:
        parts[start:end] = text[start:end].translate(_RAISE)
    return "".join(parts)


def _cut(page: Marked, cuts: list[tuple[int, int]], boxes_of: Callable[[NDArray[np.intp]], Boxes]) -> Marked:
    """Words cut in two at the given characters."""
    rows = np.array([row for row, _ in cuts])
    places = np.array([place for _, place in cuts], np.int32)
    starts = np.insert(page.words[:, 0], rows + 1, places)
    ends = np.insert(page.words[:, 1], rows, places)
    first = np.insert(page.first, rows + 1, boxes_of(places.astype(np.intp)), axis=0)
    last = np.insert(page.last, rows, boxes_of(places.astype(np.intp) - 1), axis=0)
    marks = rows + np.arange(1, len(rows) + 1)
    for boxes in (first, last):
        boxes[marks, 1], boxes[marks, 3] = first[marks - 1, 1], first[marks - 1, 3]
    return Marked(page.text, np.stack((starts, ends), axis=1), first, last)
