"""Show a quote where it stands: boxes on the page, and the page drawn, recomputed from the kept file.

A page's text is a pure function of the page (``pdf_page.compose``), so nothing needs to be stored for this.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.readers.pdf_file import PdfFile
from rag.readers.pdf_page import PageText, compose
from rag.types import PageSpan

_GAP = 2.5  # line heights; characters of a line further apart get boxes of their own


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points from its top-left corner; ``width``/``height`` are the page's."""

    left: float
    top: float
    right: float
    bottom: float
    width: float
    height: float


def page_boxes(path: str | Path, page: int) -> tuple[PageText, NDArray[np.float32]]:
    """The text of a 1-based page and (n, 4) left, top, right, bottom of its characters; NaN where one was added."""
    with PdfFile(path, Path(path).name) as file:
        composed, boxes, _ = _boxes(file, page)
        return composed, boxes


def quote_boxes(path: str | Path, span: PageSpan, start: int, end: int, quote: str = "") -> tuple[Box, ...]:
    """Boxes, one or a few per line, of the characters ``start`` to ``end`` of ``Parsed.text`` on the page ``span``.

    ``quote``: that text, where the caller has it; it is looked for on the page when it does not stand at ``start``
    (the report was added by another version of the reader). Empty when nothing of it is on the page.
    """
    with PdfFile(path, Path(path).name) as file:
        composed, boxes, (width, height) = _boxes(file, span.number)
    first, last = max(start - span.start, 0), min(end, span.end) - span.start
    if quote and composed.text[first:last] != quote[max(span.start - start, 0) :][: last - first]:
        first = composed.text.find(quote)
        last = first + len(quote) if first >= 0 else first
    wanted = boxes[max(first, 0) : max(last, 0)]
    wanted = wanted[~np.isnan(wanted[:, 0])]
    return tuple(Box(*box, width, height) for box in _joined(wanted))


def render(path: str | Path, page: int, scale: float = 1.5) -> bytes:
    """A 1-based page as PNG, ``scale`` pixels per point (at most 40 million pixels)."""
    with PdfFile(path, Path(path).name) as file:
        return file.png(page, scale)


def _boxes(file: PdfFile, number: int) -> tuple[PageText, NDArray[np.float32], tuple[float, float]]:
    composed = compose(file.chars(number))
    drawn = file.char_boxes(number)
    origin = composed.origin()
    boxes = np.full((len(origin), 4), np.nan, np.float32)
    known = (origin >= 0) & (origin < len(drawn))
    boxes[known] = drawn[origin[known]]
    return composed, boxes, file.size(number)


def _joined(boxes: NDArray[np.float32]) -> list[tuple[float, float, float, float]]:
    """Unions of the boxes of neighbouring characters on one line, whichever way the lines run."""
    centres = boxes[:, :2] + boxes[:, 2:]
    steps = np.abs(np.diff(centres, axis=0))
    if np.count_nonzero(steps[:, 1] > steps[:, 0]) * 2 <= len(steps):
        return _along(boxes.tolist())
    return [(left, top, right, bottom) for top, left, bottom, right in _along(boxes[:, [1, 0, 3, 2]].tolist())]


def _along(boxes: list[list[float]]) -> list[tuple[float, float, float, float]]:
    joined: list[tuple[float, float, float, float]] = []
    for left, top, right, bottom in boxes:
        if joined:
            a, b, c, d = joined[-1]
            level = min(bottom, d) - max(top, b) > 0.5 * min(bottom - top, d - b)
            if level and left - c < _GAP * (d - b) and a - right < _GAP * (d - b):
                joined[-1] = (min(a, left), min(b, top), max(c, right), max(d, bottom))
                continue
        joined.append((left, top, right, bottom))
    return joined
