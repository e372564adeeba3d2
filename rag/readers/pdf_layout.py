"""From a page's words to cells and lines.

A *cell* is a run of words of one line without a wide gap. A *line* is the cells on one baseline within one column. A
*region* is a column, or the part of a page that is not in columns. Distances are points; "em" below is the height of a
word's box, about 1.2 times the font size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from statistics import median

import numpy as np
from numpy.typing import NDArray

from rag.readers.pdf_chars import PageChars
from rag.readers.pdf_marks import MARKS, code_table
from rag.readers.pdf_spacing import glued

WORD_GAP = 0.75  # em; a wider gap begins a new cell
NUMBER_GAP = 0.42  # em; the same between two numbers, which stand closer in tables

NUMBER = re.compile(
    r"(?:[A-Z]{0,3}[$€£¥￥]\s*)?[(（\-–—−+~]?\s*(?:[A-Z]{0,3}[$€£¥￥]\s*)?\d[\d,，]*(?:\.\d+)?(?:/\d[\d,]*(?:\.\d+)?)*\s*(?:%|％|x|X|倍|pts?|bps?|pp|[AEF])?\s*"
    rf"[)）]?\s*(?:%|％)?\s*\)?(?:\s*(?:\(?[\d*†‡a-z]\)?|[{MARKS},]+))?"
    r"|[$€£¥￥]?\s*[-–—−―‒]+\s*(?:%|％)?|[$€£¥￥(]|%|N/?[AM]|n/?[am]\.?|NM|\*+"
)
_MARKED = code_table(MARKS)
_CJK = re.compile(r"[\u3400-\u9fff]")
_WIDE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
Run = tuple[int, int, bool]  # start and end in the page's raw text, and whether a space is written before it
# What cannot be copied as it stands: a break, or a space beside one of these, or between two of the last kinds.
_BREAKS = code_table("\r\n\u00ad")
_CLINGS_LEFT = code_table(")）]】,;，；、。%％")
_CLINGS_RIGHT = code_table("（([【")
_HAN = code_table("".join(map(chr, range(0x3400, 0xA000))))
_HAN_OR_STOP = _HAN | code_table("，。；：！？")


@dataclass(slots=True)
class Cell:
    """Words of one line that stand together. ``runs``: what to copy, in order; ``size``: of the type."""

    left: float
    top: float
    right: float
    bottom: float
    middle: float
    text: str
    runs: tuple[Run, ...]
    weight: int
    size: float
    number: bool

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Line:
    """Cells on one baseline, left to right (right to left in Arabic and Hebrew)."""

    cells: list[Cell]
    left: float
    right: float
    top: float
    bottom: float
    middle: float
    height: float
    size: float
    _text: str = field(default="", init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        """Its cells with spaces between; made when it is first asked for, which it is many times."""
        if not self._text:
            cells = self.cells
            self._text = " ".join([cell.text for cell in cells]) if len(cells) > 1 else cells[0].text
        return self._text

    @property
    def weight(self) -> int:
        """2 bold, 1 italic, 0 plain; the least of its cells."""
        cells = self.cells
        return min([cell.weight for cell in cells]) if len(cells) > 1 else cells[0].weight

    @property
    def bold(self) -> bool:
        return self.weight == 2

    @property
    def numbers(self) -> int:
        return sum([cell.number for cell in self.cells])


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of one column, from top to bottom; ``left``/``right``: its extent."""

    lines: tuple[Line, ...]
    left: float
    right: float


def make_cells(page: PageChars, chosen: NDArray[np.intp]) -> list[Cell]:
    """Join the chosen words into cells, along the order in which the page draws them."""
    if not len(chosen):
        return []
    if len(chosen) < len(page.words):
        page = replace(
            page,
            words=page.words[chosen],
            boxes=page.boxes[chosen],
            weights=page.weights[chosen],
            sizes=page.sizes[chosen],
        )
    codes = np.minimum(np.frombuffer(page.text.encode("utf-32-le"), np.uint32), 0xFFFF)
    starts, pieces = _cell_starts(page, codes)
    x0, y0, x1, y1 = page.boxes.T
    weight = np.maximum(x1 - x0, 0.1)
    middles = (y0 + y1) / 2 * weight
    middle = np.add.reduceat(middles, starts) / np.add.reduceat(weight, starts)
    low, high = np.minimum.reduceat, np.maximum.reduceat
    edges = (low(x0, starts), low(y0, starts), high(x1, starts), high(y1, starts), middle)
    foreign = not page.text.isascii() and bool(((codes >= 0x3000) | (codes == 0xAD)).any())
    copied = _runs_of(page, codes, starts, pieces, foreign)
    whole = page.text
    texts = [
        whole[runs[0][0] : runs[0][1]]
        if len(runs) == 1
        else "".join([" " * spaced + whole[start:end] for start, end, spaced in runs])
        for runs in copied
    ]
    numbers = [is_number(text) for text in texts]
    weights, sizes = page.weights[starts].tolist(), high(page.sizes, starts).tolist()
    cells = list(map(Cell, *(edge.tolist() for edge in edges), texts, copied, weights, sizes, numbers))
    return _with_marks(cells) if not whole.isascii() and _MARKED[codes].any() else cells


def _runs_of(
    page: PageChars, codes: NDArray[np.uint32], starts: NDArray[np.intp], pieces: list[bool] | None, foreign: bool
) -> list[tuple[Run, ...]]:
    """What to copy for each cell, given the first word of each: mostly all from its first word to its last, as it stands.

    ``pieces``: which words belong to the one before; ``foreign``: whether the page has Chinese or line-end hyphens.
    """
    after = np.append(starts[1:], len(page.words))
    begin, end = page.words[starts, 0], page.words[after - 1, 1]
    count = after - starts
    spaces = _before(codes == 32)
    plain = (spaces[end] - spaces[begin] == count - 1) & ~_apart(codes, begin, end, foreign)
    if pieces is not None:
        glued = _before(np.array(pieces))
        plain &= glued[after] == glued[starts + 1]
    plain |= count == 1
    found: list[tuple[Run, ...]] = [((a, b, False),) for a, b in zip(begin.tolist(), end.tolist(), strict=True)]
    for cell in (~plain).nonzero()[0].tolist():
        words = slice(starts[cell], after[cell])
        found[cell] = make_runs(page.text, page.words[words].tolist(), pieces and pieces[words])
    return found


def _before(flags: NDArray[np.bool_]) -> NDArray[np.intp]:
    """(n + 1,) how many of the flags are set before each place."""
    found = np.zeros(len(flags) + 1, np.intp)
    np.cumsum(flags, out=found[1:])
    return found


def _apart(
    codes: NDArray[np.uint32], begin: NDArray[np.int32], end: NDArray[np.int32], foreign: bool
) -> NDArray[np.bool_]:
    """Whether the characters from each ``begin`` to ``end`` cannot be copied as they stand."""
    space = codes == 32
    pairs = _before((space[:-1] & _CLINGS_LEFT[codes[1:]]) | (_CLINGS_RIGHT[codes[:-1]] & space[1:]))
    breaks = _before(_BREAKS[codes])
    found = (pairs[end - 1] > pairs[begin]) | (breaks[end] > breaks[begin])
    if foreign and len(codes) > 2:
        three = _before(_HAN_OR_STOP[codes[:-2]] & space[1:-1] & _HAN[codes[2:]])
        begin = np.minimum(begin, len(codes) - 2)
        found |= three[np.maximum(end - 2, begin)] > three[begin]
    return np.asarray(found)


def _with_marks(cells: list[Cell]) -> list[Cell]:
    """The cells with each footnote mark joined to the one it hangs on."""
    marks = [cell for cell in cells if cell.text[0] in MARKS]
    joined = {id(cell): cell for cell in cells}
    for mark in marks:
        near = [
            (abs(mark.left - cell.right), key)
            for key, cell in joined.items()
            if key != id(mark) and abs(cell.middle - mark.middle) < 0.3 * cell.height
        ]
        gap, key = min(near, default=(1e9, 0))
        if gap < 0.6 * mark.height:
            joined[key] = join_cells(joined[key], joined.pop(id(mark)))
    return list(joined.values())


def join_cells(a: Cell, b: Cell) -> Cell:
    """Two cells as one, the second after the first."""
    spaced = not joins(a.text, b.text)
    box = (min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom))
    runs = (*a.runs, (*b.runs[0][:2], spaced), *b.runs[1:])
    text = a.text + " " * spaced + b.text
    return Cell(*box, a.middle, text, runs, a.weight, a.size, is_number(text))


def is_number(text: str) -> bool:
    """Whether a cell is a figure, or stands for one: ``(1,234)``, ``US$ 5``, ``12.5%``, ``-``, ``N/A``."""
    if len(text) > 3 and text[:4].isalpha():
        return False  # found out much faster
    return NUMBER.fullmatch(text) is not None


def make_runs(text: str, words: Sequence[Sequence[int]], glued: Sequence[bool] | None = None) -> tuple[Run, ...]:
    """Words as runs to copy, one each, parted by a space where they are not to be joined.

    ``glued``: which words are pieces that belong to the one before.
    """
    runs: list[Run] = []
    for number, (begin, stop) in enumerate(words):
        joined = not runs or (glued and glued[number]) or joins(text[runs[-1][1] - 1], text[begin:stop])
        runs.append((begin, stop, not joined))
    return tuple(runs)


def joins(before: str, word: str) -> bool:
    """Whether ``word`` belongs to the end of ``before`` without a space: ``(1,234`` + ``)``, ``12.5`` + ``%``, CJK."""
    last = before[-1]
    if word[0] in MARKS:
        return last.isalpha() and not word[0].isalpha()
    if word[0] in ")）]】,;，；、。" or (word[0] in "%％" and last.isdigit()):
        return True
    if last in "(（[【" and word[0] not in "(（":
        return True
    return bool(_CJK.match(word[0]) and (_CJK.match(last) or last in "，。；：、！？）】」』》”"))


def joins_lines(last: str, first: str) -> bool:
    """Whether nothing stands between the last character of a line and the first of the next: Chinese on either side."""
    return bool(_WIDE.match(last) or _WIDE.match(first))


def _cell_starts(page: PageChars, codes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], list[bool] | None]:
    """Indices of words that begin a cell: a new baseline, a jump back, or a wide gap; and which words are glued."""
    x0, y0, x1, y1 = page.boxes.T
    middle, height = (y0 + y1) / 2, np.maximum(y1 - y0, 1.0)
    em = np.maximum(height[1:], height[:-1])
    low = np.minimum(height[1:], height[:-1])
    overlap = np.minimum(y1[1:], y1[:-1]) - np.maximum(y0[1:], y0[:-1])
    first, last = codes[page.words[:, 0]], codes[page.words[:, 1] - 1]
    opens, closes = _NUMBER_OPENS[first], _NUMBER_CLOSES[last]
    gap = x0[1:] - x1[:-1]
    numeric = opens[1:] & closes[:-1]
    currency = _CURRENCY[first[1:]] & closes[:-1]
    limit = np.where(numeric, NUMBER_GAP, WORD_GAP) * low
    near = (np.abs(middle[1:] - middle[:-1]) < 0.5 * em) & (overlap > 0.3 * low)
    beside = (gap < limit) & (gap > -0.6 * em)
    if not page.text.isascii() and (right_to_left := _RIGHT_TO_LEFT[first[1:]] | _RIGHT_TO_LEFT[last[:-1]]).any():
        beside |= right_to_left & (x0[:-1] - x1[1:] < limit)
    joined = near & beside & ~(currency & (gap > 0.1 * low))
    pieces = glued(page.text, codes, page.words, gap, low, near)
    if pieces is None:
        return np.concatenate(([0], np.flatnonzero(~joined) + 1)), None
    return np.concatenate(([0], np.flatnonzero(~(joined | pieces)) + 1)), [False, *pieces.tolist()]


_CURRENCY = code_table("$€£¥￥")
_NUMBER_OPENS = code_table("0123456789($€£¥￥-–—−+（")
_NUMBER_CLOSES = code_table("0123456789)%）％—–x")
_RIGHT_TO_LEFT = code_table("".join(map(chr, (*range(0x590, 0x900), *range(0xFB1D, 0xFE00), *range(0xFE70, 0xFEFD)))))


def make_lines(cells: list[Cell]) -> list[Line]:
    """Group cells by baseline: the middles of a line's cells lie within 0.4 of the smaller height."""
    groups: list[list[Cell]] = []
    middle = height = 0.0  # of the tallest cell of the last group
    for cell in sorted(cells, key=_middle):
        own = cell.bottom - cell.top
        if groups and abs(cell.middle - middle) < 0.4 * (own if own < height else height) + 0.5:
            groups[-1].append(cell)
            if own <= height:
                continue
        else:
            groups.append([cell])
        middle, height = cell.middle, own
    return [make_line(group) for group in groups]


_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_middle = attrgetter("middle")
_left = attrgetter("left")


def make_line(cells: list[Cell]) -> Line:
    if len(cells) == 1:
        (cell,) = cells
        return Line(cells, cell.left, cell.right, cell.top, cell.bottom, cell.middle, cell.bottom - cell.top, cell.size)
    foreign = [cell.text for cell in cells if not cell.text.isascii()]
    if foreign and sum([_RTL.search(text) is not None for text in foreign]) * 2 > len(cells):
        cells.sort(key=lambda c: -c.right)
    else:
        cells.sort(key=_left)
    widest = cells[0]
    left, right, top, bottom = widest.left, widest.right, widest.top, widest.bottom
    width = right - left
    for cell in cells[1:]:  # one loop: many thousand lines are made for a report
        if cell.left < left:
            left = cell.left
        if cell.right > right:
            right = cell.right
        if cell.top < top:
            top = cell.top
        if cell.bottom > bottom:
            bottom = cell.bottom
        if cell.right - cell.left > width:
            widest, width = cell, cell.right - cell.left
    return Line(cells, left, right, top, bottom, widest.middle, widest.bottom - widest.top, widest.size)


def is_prose(line: Line, width: float) -> bool:
    """Whether a line fills at least 0.55 of ``width`` with mostly letters."""
    return line.right - line.left >= 0.55 * width and _is_wording(line.text)


@lru_cache(maxsize=512)  # a page's lines are asked for again and again
def _is_wording(text: str) -> bool:
    if text.isascii():
        letters = len(text.encode("ascii").translate(None, _NO_LETTERS))
        return letters >= 18 and letters >= 0.6 * (len(text) - text.count(" "))
    letters = len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    letters += sum(map(str.isalpha, "".join(_FOREIGN.findall(text))))
    if _CJK.search(text):
        return letters >= 8 and letters >= 0.4 * len(text.replace(" ", ""))
    return letters >= 18 and letters >= 0.6 * len(text.replace(" ", ""))


def pitch(lines: Sequence[Line]) -> float:
    """The usual distance between the middles of neighbouring lines; a height and a half where there is one line."""
    steps = [b.middle - a.middle for a, b in pairwise(lines) if b.middle - a.middle > 1]
    return median(steps) if steps else 1.5 * (lines[0].height if lines else 10.0)
