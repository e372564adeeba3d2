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

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾"
_RAISE = str.maketrans("0123456789()", SUPERSCRIPTS)
_FIGURES = re.compile(r"(?:\(\d{1,2}\)|\d{1,2})(?:[,，]?(?:\(\d{1,2}\)|\d{1,2}))*")
_LETTERS = re.compile(r"\([a-z]\)|[a-h](?:,[a-h])*")
_LONGEST = 9  # characters of a mark
Boxes = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Marked:
    """A page's text, words, and the boxes of each word's first and last character."""

    text: str
    words: NDArray[np.int32]
    first: Boxes
    last: Boxes


def raise_marks(page: Marked, boxes_of: Callable[[NDArray[np.intp]], Boxes]) -> Marked:
    """The page with raised figures as superscripts, and marks behind a number as words of their own.

    ``boxes_of``: (n, 4) left, top, right, bottom of the characters of the page's text with these indices.
    """
    words, first, last = page.words, page.first, page.last
    if not len(words):
        return page
    tails = np.flatnonzero((words[:, 1] - words[:, 0] > 1) & _raised(last, first))
    gap = first[1:, 0] - last[:-1, 2]
    height = last[:-1, 3] - last[:-1, 1]
    beside = (gap > -0.3 * height) & (gap < 0.6 * height)
    alone = np.flatnonzero(beside & _raised(first[1:], last[:-1]) & _raised(last[1:], last[:-1])) + 1
    marks = [(int(words[n, 0]), int(words[n, 1])) for n in alone]
    cuts: list[tuple[int, int]] = []
    for n in tails.tolist():
        start, end = words[n].tolist()
        low = max(start + 1, end - _LONGEST)
        small = _raised(boxes_of(np.arange(low, end)), first[n])
        at = end - int(np.argmin(np.append(small[::-1], False)))
        if at > start and at < end:
            marks.append((at, end))
            if _parts(page.text[at - 1], page.text[at:end]):
                cuts.append((n, at))
    text = _written(page.text, marks)
    if not cuts:
        return Marked(text, words, first, last)
    return _cut(Marked(text, words, first, last), cuts, boxes_of)


def _raised(mark: Boxes, base: Boxes) -> NDArray[np.bool_]:
    """Whether boxes are clearly lower than others, stand clearly above their bottom, and still on their line."""
    height = base[..., 3] - base[..., 1]
    small = mark[..., 3] - mark[..., 1] < 0.88 * height
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
        if _FIGURES.fullmatch(text, start, end):
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
    return Marked(page.text, np.stack((starts, ends), axis=1), first, last)
