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
MOST_LOOKED_AT = 40_000  # segments of a page
MOST_RULES = 6_000  # of a page
_SLACK = 1.0  # points that the ends of a box's edges may differ
NO_RULES: NDArray[np.float32] = np.zeros((0, 4), np.float32)
Box = tuple[float, float, float, float]


def read_rules(page: Any, to_display: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> NDArray[np.float32]:
    """(n, 4) left, top, right, bottom of every level or upright line on a page, as displayed; thin boxes are lines.

    None of a page that draws more than a page of tables does: the words of it are compared with each.
    """
    count = raw.FPDFPage_CountObjects(page.raw)
    if not 0 < count <= MOST_OBJECTS:
        return NO_RULES
    found: list[Box] = []
    looked_at = 0
    for at in range(count):
        item = raw.FPDFPage_GetObject(page.raw, at)
        box = _bounds(item)
        if box is None:
            continue
        if _is_thin(box):
            found.append(box)
        elif segments := _drawn(item):
            looked_at += segments
            found += _edges(item, segments)
        if looked_at > MOST_LOOKED_AT or len(found) > MOST_RULES:
            return NO_RULES
    if not found:
        return NO_RULES
    boxes = to_display(np.array(found, np.float32))
    return np.concatenate((np.minimum(boxes[:, :2], boxes[:, 2:]), np.maximum(boxes[:, :2], boxes[:, 2:])), axis=1)


def _bounds(item: Any) -> Box | None:
    """Left, top, right, bottom of a path, upwards; None of anything else."""
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
        return None
    left, bottom, right, top = (c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
        return None
    return left.value, top.value, right.value, bottom.value


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[1] - box[3]) <= THIN


def _drawn(item: Any) -> int:
    """How many segments a path has whose edges are drawn as lines; 0 of one with too many."""
    filled, stroked = c_int(), c_int()
    if not raw.FPDFPath_GetDrawMode(item, byref(filled), byref(stroked)) or not stroked.value:
        return 0
    count = int(raw.FPDFPath_CountSegments(item))
    return count if 1 < count <= MOST_SEGMENTS else 0


def _edges(item: Any, count: int) -> Iterator[Box]:
    """The straight ones among the segments of a path."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, byref(matrix)):
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
