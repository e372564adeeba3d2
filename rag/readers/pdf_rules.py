"""The straight lines that a page draws: the rules of its tables.

Only pages with Chinese text are asked for them: filings in Chinese rule every cell of a table, others leave it to space.
The caller holds the lock (``pdf_file``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int
from typing import Any

import numpy as np
import pypdfium2.raw as raw  # type: ignore[import-untyped]
from numpy.typing import NDArray

THIN = 2.5  # points; a rule is no thicker
LEAST = 6.0  # points of a line that parts cells
MOST_OBJECTS = 6_000  # of a page; a map or a chart has more
MOST_SEGMENTS = 400  # of one path
_SLACK = 1.0  # points that the ends of a box's edges may differ
NO_RULES: NDArray[np.float32] = np.zeros((0, 4), np.float32)
Box = tuple[float, float, float, float]


def read_rules(page: Any, to_display: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> NDArray[np.float32]:
    """(n, 4) left, top, right, bottom of every level or upright line on a page, as displayed; thin boxes are lines."""
    count = raw.FPDFPage_CountObjects(page.raw)
    if not 0 < count <= MOST_OBJECTS:
        return NO_RULES
    found = [box for at in range(count) for box in _of_object(raw.FPDFPage_GetObject(page.raw, at))]
    if not found:
        return NO_RULES
    boxes = to_display(np.array(found, np.float32))
    return np.concatenate((np.minimum(boxes[:, :2], boxes[:, 2:]), np.maximum(boxes[:, :2], boxes[:, 2:])), axis=1)


def _of_object(item: Any) -> Iterator[Box]:
    """The lines of a path as left, top, right, bottom, upwards: itself where it is thin, else its edges where they are drawn."""
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
        return
    left, bottom, right, top = (c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
        return
    if min(right.value - left.value, top.value - bottom.value) <= THIN:
        yield left.value, top.value, right.value, bottom.value
        return
    filled, stroked = c_int(), c_int()
    if raw.FPDFPath_GetDrawMode(item, byref(filled), byref(stroked)) and stroked.value:
        yield from _edges(item)


def _edges(item: Any) -> Iterator[Box]:
    """The straight segments of a path that is drawn as a line."""
    count = raw.FPDFPath_CountSegments(item)
    matrix = raw.FS_MATRIX()
    if not 1 < count <= MOST_SEGMENTS or not raw.FPDFPageObj_GetMatrix(item, byref(matrix)):
        return
    first = last = (0.0, 0.0)
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, at)
        x, y = c_float(), c_float()
        if not raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
            return
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(point, first)


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Box]:
    if abs(a[0] - b[0]) <= _SLACK or abs(a[1] - b[1]) <= _SLACK:
        yield min(a[0], b[0]), max(a[1], b[1]), max(a[0], b[0]), min(a[1], b[1])
