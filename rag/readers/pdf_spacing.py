"""Words that a PDF draws in pieces: letters set apart, digits moved by kerning, a word drawn letter by letter.

PDFium puts a space or a line break wherever it sees a gap or another text object. Which of these part words is told
by the gaps themselves: letters set apart stand at even distances, and pieces that touch belong together.
"""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.readers.pdf_marks import MARKS, code_table

TOUCHING = 0.06  # of a box's height; pieces nearer than this, with no space drawn between, are one word
_BROKEN = 0.25  # of a page's words, from where on they are taken for pieces
_THIN = 0.17  # narrower than any space: within a number
_HALF = 0.35  # an unfinished group of digits reaches over a normal space
_APART = 1.0  # letters set further apart than this are no word
_FEWEST = 5  # letters or digits that make a run set apart
_SPLIT = re.compile(
    r"(?<![\d,.])\d{1,3}(?:,\d{3})*(?:(?P<comma>,)[ \r\n]{1,2}\d{3}(?!\d)|,\d{1,2}[ \r\n]{1,2}\d|[ \r\n]{1,2}[.,]\d)"
)
# What ``_SPLIT`` needs, one or the other.
_COMMA_SPLIT = re.compile(r",(?:[ \r\n]{1,2}\d{3}(?!\d)|\d{1,2}[ \r\n]{1,2}\d)")
_POINT_SPLIT = (" .", " ,", "\n.", "\n,", "\r.", "\r,")
_RAISED = code_table(MARKS)
_CLOSING = code_table(".,;:!?%’”")
_PIECE = re.compile(r"[ \r\n]{1,2}")


def glued(
    text: str,
    codes: NDArray[np.uint32],
    words: NDArray[np.int32],
    gap: NDArray[np.floating],
    low: NDArray[np.floating],
    near: NDArray[np.bool_],
) -> NDArray[np.bool_] | None:
    """(n - 1,) whether each word but the first belongs to the one before without a space; None where none does.

    ``codes``: of the text's characters, none above 0xffff; ``gap``, ``low``: distance to the word before and the lower
    of both heights, in points; ``near``: on one baseline.
    """
    after = codes[words[:-1, 1]]
    found = near & ((after == 13) | (after == 10))  # a line break where the line goes on
    if found.any():
        heads = codes[words[1:, 0]]
        found &= ~_RAISED[heads] & (gap < TOUCHING * low) & (gap > -0.3 * low)
        if np.count_nonzero(found) < _BROKEN * len(found):  # a space may be missing where the type changes
            found &= _CLOSING[heads]
    short = words[:, 1] - words[:, 0] <= 2
    apart = near & short[1:] & short[:-1] & (gap > 0) & (gap < _APART * low)
    if np.count_nonzero(apart) >= _FEWEST - 1:
        _set_apart(text, words, gap, low, apart, found)
    _numbers(text, words, gap, low, near, found)
    return found if found.any() else None


def _set_apart(
    text: str,
    words: NDArray[np.int32],
    gap: NDArray[np.floating],
    low: NDArray[np.floating],
    apart: NDArray[np.bool_],
    found: NDArray[np.bool_],
) -> None:
    """Mark runs of single characters at even distances; a wider gap within the run parts words."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], apart, [False])).astype(np.int8)))
    for first, last in edges.reshape(-1, 2).tolist():
        if last - first < _FEWEST - 2:
            continue
        pieces = [text[start:end] for start, end in words[first : last + 1].tolist()]
        if not _is_spelled(pieces):
            continue
        usual = float(np.quantile(gap[first:last], 0.3))
        found[first:last] |= gap[first:last] < 1.5 * usual + 0.02 * low[first:last]


def _is_spelled(pieces: list[str]) -> bool:
    """Whether short pieces are the letters of words: not a list that goes up (``A B C``, ``1 2 3``), not all digits."""
    single = [piece for piece in pieces if len(piece) == 1 and piece.isalnum() and piece.isascii()]
    if len(single) < _FEWEST - 1:
        return False
    figure = "".join(pieces)
    if not any(map(str.isalpha, figure)):
        return any(char in figure for char in ",.")
    if len(single) < _FEWEST or 10 * len(single) < 7 * len(pieces):
        return False
    return any(a > b for a, b in pairwise(single))


def _numbers(
    text: str,
    words: NDArray[np.int32],
    gap: NDArray[np.floating],
    low: NDArray[np.floating],
    near: NDArray[np.bool_],
    found: NDArray[np.bool_],
) -> None:
    """Mark the second half of a number that kerning has cut: ``1, 234``, ``12 .5``, ``1,2 34``."""
    if not _COMMA_SPLIT.search(text) and not any([split in text for split in _POINT_SPLIT]):
        return  # nearly always, and found out much faster
    for match in _SPLIT.finditer(text):
        piece = next(_PIECE.finditer(text, match.start(), match.end()))
        index = int(np.searchsorted(words[:, 0], piece.end())) - 1
        if not 0 <= index < len(gap) or not near[index] or words[index + 1, 0] != piece.end():
            continue
        unfinished = match["comma"] is None and text[piece.end()].isdigit()
        if -0.3 * low[index] < gap[index] < (_HALF if unfinished else _THIN) * low[index]:
            found[index] = True
