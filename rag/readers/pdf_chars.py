"""A page's words with their boxes, read from PDFium: the calls per character, made fast.

The calls go through C prototypes and ``map``, several times faster than the wrapped functions; a word's box is the
union of its first and last character's, so that most characters need no call. The caller holds the lock (``pdf_file``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from ctypes import c_void_p
from dataclasses import dataclass, field, replace
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw  # type: ignore[import-untyped]
from numpy.typing import NDArray

from rag.readers import pdf_calls as calls
from rag.readers.pdf_marks import Marked, code_table, raise_marks
from rag.readers.pdf_rules import LEAST, NO_RULES, THIN, read_rules


@dataclass(frozen=True, slots=True)
class PageChars:
    """A page as PDFium reads it. ``text`` has one character per PDFium character, in the order of the page's drawing.

    ``words``: (n, 2) start and end of each run without spaces, characters of ``text``. ``boxes``: (n, 4) left, top,
    right, bottom of each word, upright (on a page whose text runs vertically, turned so that it runs to the right).
    ``weights``: (n,) 2 bold, 1 italic, 0 plain. ``sizes``: (n,) of the type, in points. ``number``: 1-based. ``unmapped``: characters whose font has no map to
    Unicode. ``rules``: (n, 4) left, top, right, bottom of the straight lines on a page with Chinese text.
    """

    number: int
    width: float
    height: float
    text: str
    words: NDArray[np.int32]
    boxes: NDArray[np.float32]
    weights: NDArray[np.int8]
    sizes: NDArray[np.float32]
    unmapped: int = 0
    rules: NDArray[np.float32] = field(default_factory=lambda: NO_RULES)


def read_page(page: Any, text_page: Any, number: int) -> PageChars:
    address = calls.address_of(text_page)
    text = _with_ligatures(address, _clean(_text(text_page, address)))
    words = _words(text)

    to_display = _to_display(page)

    def boxes_of(indices: NDArray[Any]) -> NDArray[np.float32]:
        return to_display(calls.boxes(address, indices))

    longer = words[:, 1] - words[:, 0] > 1
    boxes = boxes_of(np.concatenate((words[:, 0], words[longer, 1] - 1)))
    first = boxes[: len(words)]
    last = first.copy()
    last[longer] = boxes[len(words) :]
    marked = Marked(text, words, first, last)
    marked = raise_marks(marked, boxes_of)
    rules = read_rules(page, to_display) if _HAN.search(text) else NO_RULES
    marked = _cut_at(marked, rules, boxes_of)
    text, words = marked.text, marked.words
    width, height = page.get_size()
    weights, sizes = _type(address, text, words)
    turn = _turn(marked, float(width), float(height))
    return PageChars(
        number=number,
        width=float(width),
        height=float(height),
        text=text,
        words=words,
        boxes=turn(_boxes(marked.first, marked.last)),
        weights=weights,
        sizes=sizes,
        unmapped=_unmapped(address, text),
        rules=turn(rules),
    )


def _cut_at(
    marked: Marked, rules: NDArray[np.float32], boxes_of: Callable[[NDArray[Any]], NDArray[np.float32]]
) -> Marked:
    """The words with those cut in two that run over an upright line: the cells of a row may stand close together."""
    upright = rules[(rules[:, 2] - rules[:, 0] <= THIN) & (rules[:, 3] - rules[:, 1] >= LEAST)]
    if not len(upright) or not len(marked.words):
        return marked
    x0, y0, x1, y1 = _boxes(marked.first, marked.last).T
    at, middle = (upright[:, 0] + upright[:, 2]) / 2, (y0 + y1) / 2
    over = (at > x0[:, None] + 1) & (at < x1[:, None] - 1)
    over &= (upright[:, 1] <= middle[:, None]) & (upright[:, 3] >= middle[:, None])
    words, first, last = [], [], []
    for number, (start, end) in enumerate(marked.words.tolist()):
        if end - start < 2 or not over[number].any():
            words.append((start, end))
            first.append(marked.first[number])
            last.append(marked.last[number])
            continue
        boxes = boxes_of(np.arange(start, end))
        side = np.searchsorted(np.sort(at[over[number]]), (boxes[:, 0] + boxes[:, 2]) / 2)
        edges = [0, *((np.diff(side) != 0).nonzero()[0] + 1).tolist(), end - start]
        for begin, stop in pairwise(edges):
            words.append((start + begin, start + stop))
            first.append(boxes[begin])
            last.append(boxes[stop - 1])
    return replace(marked, words=np.array(words, np.int32), first=np.array(first), last=np.array(last))


def _text(text_page: Any, address: c_void_p) -> str:
    """The page's characters, index by index as PDFium counts them; line-end hyphens come as U+FFFE."""
    count = raw.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    text = calls.text(address, count)
    if len(text) == count:
        return text
    codes = map(calls.unicode, repeat(address), range(count))
    return "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def _translation() -> dict[int, str]:
    """One character to one character, so that positions stay: radicals drawn for characters, hyphens, controls."""
    table = {code: " " for code in (*range(32), *range(127, 160), 0xA0, 0x3000) if chr(code) not in "\r\n"}
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    return table | {0xFFFE: "\u00ad", 0x02: "\u00ad", 0x2010: "-", 0x2011: "-", 0x200B: " ", 0xFEFF: " "}


_TRANSLATION = _translation()
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAMPLED = 60  # characters of a page that are asked whether their font has a map to Unicode
_ODD = re.compile(
    r"[^\r\n -~\xa1-\xff\u2013-\u2027\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]"
)  # what may have a translation
_SOLID = ~code_table("".join(map(chr, (*range(33), *range(0x2000, 0x200B), 0x2028, 0x2029))))
_LONE_F = re.compile(r"f (?=[a-z])(?<=[A-Za-z]f )(?<!\b[OoIi]f )")  # with a literal in front, which is found faster
_LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}\.?|[…·]{3,}")


def _clean(text: str) -> str:
    return _ODD.sub(_plain, text)


def _plain(odd: re.Match[str]) -> str:
    return _TRANSLATION.get(ord(odd[0]), odd[0])


def _with_ligatures(address: c_void_p, text: str) -> str:
    """The text with ``ff`` where a font calls that ligature ``f`` and PDFium put a space: ``Af ect``, ``dif icult``.

    The ligature is far wider than an ``f``; the space, which is not on the page, becomes the second one.
    """
    spaces = [match.end() - 1 for match in _LONE_F.finditer(text) if calls.generated(address, match.end() - 1) == 1]
    if not spaces:
        return text
    boxes = calls.boxes(address, np.array([(at - 1, at + 1) for at in spaces]).ravel()).reshape(-1, 2, 4)
    wide, height = np.abs(boxes[:, 0, 2] - boxes[:, 0, 0]), np.abs(boxes[:, 0, 1] - boxes[:, 0, 3])
    gap = boxes[:, 1, 0] - boxes[:, 0, 2]
    chars = list(text)
    for at, is_two in zip(spaces, (wide > 0.42 * height) & (gap < 0.2 * height), strict=True):
        if is_two:
            chars[at] = "f"
    return "".join(chars)


def _words(text: str) -> NDArray[np.int32]:
    """Starts and ends of runs without spaces; a line-end hyphen ends its run, and dots that lead the eye are spaces."""
    codes = np.minimum(_codes(text), 0xFFFF)
    solid = np.zeros(len(codes) + 2, np.bool_)  # with what is before and behind the text
    solid[1:-1] = _SOLID[codes]
    if "...." in text or ". . . ." in text or "……" in text:
        for dots in _LEADERS.finditer(text):
            solid[dots.start() + 1 : dots.end() + 1] = False
    edges = (solid[1:] != solid[:-1]).nonzero()[0]
    if "\u00ad" in text:
        hyphens = ((codes == 0xAD) & solid[1:-1] & solid[2:]).nonzero()[0] + 1
        edges = np.sort(np.concatenate((edges, hyphens, hyphens)))
    return np.asarray(edges.reshape(-1, 2), np.int32)


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def character_boxes(page: Any, text_page: Any) -> NDArray[np.float32]:
    """(n, 4) left, top, right, bottom of every character as drawn, in the order of the page's text."""
    count = raw.FPDFText_CountChars(text_page)
    return _to_display(page)(calls.boxes(calls.address_of(text_page), np.arange(count)))


def _to_display(page: Any) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """From FS_RECTF (left, top, right, bottom, upwards) to left, top, right, bottom from the page's top-left corner."""
    left, bottom, right, top = page.get_bbox()
    # Which of a box's four values each of the new ones comes from, where it is counted from, and whether backwards.
    order, origin, backwards = {
        0: ((0, 1, 2, 3), (left, top, left, top), (False, True, False, True)),
        90: ((3, 0, 1, 2), (bottom, left, bottom, left), (False, False, False, False)),
        180: ((2, 3, 0, 1), (right, bottom, right, bottom), (True, False, True, False)),
        270: ((1, 2, 3, 0), (top, right, top, right), (True, True, True, True)),
    }[page.get_rotation() % 360]
    signs = np.where(backwards, np.float32(-1), np.float32(1))
    start = np.array(origin, np.float32)
    return lambda boxes: (boxes[:, order] - start) * signs


def _boxes(first: NDArray[np.float32], last: NDArray[np.float32]) -> NDArray[np.float32]:
    """Union of each word's first and last box."""
    return np.concatenate((np.minimum(first[:, :2], last[:, :2]), np.maximum(first[:, 2:], last[:, 2:])), axis=1)


def _turn(page: Marked, width: float, height: float) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """How boxes on a page are to be turned: a page of mostly vertical text is made upright, any other is left as it is."""
    words, first, last = page.words, page.first, page.last
    long = words[:, 1] - words[:, 0] > 2
    if not (long & (np.abs(last[:, 1] + last[:, 3] - first[:, 1] - first[:, 3]) > 2)).any():
        return lambda boxes: boxes  # no word goes up or down
    move = (last[:, :2] + last[:, 2:] - first[:, :2] - first[:, 2:]) / 2
    vertical = long & (np.abs(move[:, 1]) > 4 * np.abs(move[:, 0]) + 1)
    if np.count_nonzero(vertical) * 2 <= np.count_nonzero(long):
        return lambda boxes: boxes
    if np.median(move[vertical, 1]) < 0:
        order, origin, backwards = (3, 0, 1, 2), (height, 0.0, height, 0.0), (True, False, True, False)
    else:
        order, origin, backwards = (1, 2, 3, 0), (0.0, width, 0.0, width), (False, True, False, True)
    signs, start = np.where(backwards, np.float32(-1), np.float32(1)), np.array(origin, np.float32)
    return lambda boxes: (boxes[:, order] - start) * signs


def _type(address: c_void_p, text: str, words: NDArray[np.int32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Per word the weight and size of its type, from the first and last word of its line as PDFium gives lines.

    The weight is the lighter of the two; where the sizes differ, every word of the line is asked.
    """
    if not len(words):
        return np.zeros(0, np.int8), np.zeros(0, np.float32)
    begins = np.zeros(len(words) + 1, np.bool_)
    begins[0] = True
    begins[np.searchsorted(words[:, 0], (_codes(text) == 10).nonzero()[0])] = True  # the first word behind a line break
    heads = begins[:-1].nonzero()[0]
    tails = np.append(heads[1:], len(words)) - 1
    lengths = tails - heads + 1
    ends = [*words[heads, 0].tolist(), *(words[tails, 1] - 1).tolist()]
    weights = np.min(np.reshape(calls.weights(address, ends), (2, -1)), axis=0)
    first, last = np.split(calls.sizes(address, ends), 2)
    sizes = np.repeat(first, lengths)
    mixed = np.repeat(np.abs(first - last) > 0.3, lengths)
    if mixed.any():
        sizes[mixed] = calls.sizes(address, words[mixed, 0].tolist())
    return np.repeat(weights, lengths).astype(np.int8), sizes


def _unmapped(address: c_void_p, text: str) -> int:
    """How many characters have no Unicode, where a sample of them says that it is many; else 0."""
    count = len(text)
    sample = range(0, count, max(1, count // _SAMPLED))
    if 10 * sum(map(calls.map_error, repeat(address), sample)) >= len(sample) > 0:
        return sum(map(calls.map_error, repeat(address), range(count)))
    if text.isascii():
        return 0
    codes = _codes(text)
    return int(np.count_nonzero((codes >= 0xE000) & (codes <= 0xF8FF) | (codes == 0xFFFD)))
