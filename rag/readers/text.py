"""Plain text, read by paragraphs: parted by blank lines or, where lines are not hard-wrapped, by lines."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.language.analysis import CJK
from rag.readers.boilerplate import is_legal_text
from rag.readers.front import Line, look_around, split_lines
from rag.readers.headings import is_heading, known_heading, split_headings
from rag.readers.outline import Outline
from rag.readers.speakers import person_in
from rag.types import BlockKind, Parsed

_BULLET = re.compile(r"(?:[-*•●◆▪■◦‣·–—]|\d{1,2}[)）]|[(（]\d{1,2}[)）])\s+(?=\S)")
_STOPPED = re.compile(r"[.。!！?？;；][\"”’)）]*$")
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 25
_CHINESE = re.compile(rf"[{CJK}\u3000-\u303f\uff00-\uffef]")
_NARROWEST_CHINESE = 40  # columns of the widest line, a Chinese character taking two, from which lines may be wrapped
_NEIGHBOURS = 20  # lines to each side that show where the margin is
_MARGIN = 8  # columns by which a full line of Chinese may end before the widest one
_ITEM = re.compile(
    r"[(（]\s?[\d一二三四五六七八九十]{1,3}\s?[)）]|\d{1,2}(?:[、)）]|[.．](?!\d))|[一二三四五六七八九十]{1,3}、|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[章节条]"
)
_CHINESE_STOP = re.compile(r"[。！？；：:;!?][\"”’)）」』]*$")
_SAYS = re.compile(r"[。；：]")
_BAR = re.compile(r"(?<=\S)[ \t]*\|[ \t]*(?=\S)")
_FEWEST_CELLS = 3  # of a row without a bar at its beginning: `a | b` may be a heading


def parse(text: str) -> Parsed:
    """Read plain text. Its blocks tile every character that is not white space.

    Where Chinese is wrapped at a margin, the text that is kept has no break inside a sentence: a word that is broken
    over two lines is found and quoted like any other.
    """
    text = _unwrapped(text)
    lines = split_lines(text)
    around = look_around(text, lines)
    body = lines[around.first : around.last]
    begin = next((line.start for line in body), len(text))
    outline = Outline(text)
    outline.blocks.extend(around.blocks(0, begin))
    for start, end in _paragraphs(text, body):
        _paragraph(text, outline, start, end)
    outline.blocks.extend(around.blocks(begin, len(text)))
    return Parsed("text", text, tuple(outline.blocks), (), tuple(around.fields))


def _paragraphs(text: str, body: list[Line]) -> list[tuple[int, int]]:
    """Spans of paragraphs. A line joins the one before when that one is full and neither begins a new item."""
    widths = sorted(line.end - line.start for line in body)
    wrapped = bool(widths) and widths[-1] <= _WIDEST_WRAP and widths[len(widths) // 2] >= _NARROWEST_WRAP
    full = widths[-1] * 7 // 10 if wrapped else 0
    spans: list[tuple[int, int]] = []
    for at, line in enumerate(body):
        above = body[at - 1] if at and not line.gap else None
        if above and (_rows(text, above, line) or (wrapped and _joins(text, above, line, full))):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return spans


def _unwrapped(text: str) -> str:
    """The text without those line breaks that only end a full line of Chinese in the middle of a sentence.

    Chinese is broken between any two characters: a line that reaches the margin of its neighbours and has no stop at
    its end is cut inside a sentence. A row of such lines in which nothing is ever stopped is a list, not a sentence.
    """
    lines = split_lines(text)
    wide = [_columns(text[line.start : line.end]) for line in lines]
    parts: list[str] = []
    at = done = 0
    while at < len(lines):
        last = at
        while last + 1 < len(lines) and _runs_on(text, lines, wide, last):
            last += 1
        if any(_SAYS.search(text, line.start, line.end) for line in lines[at : last + 1]):
            for above, below in pairwise(lines[at : last + 1]):
                parts += [text[done : above.end], _between(text[above.end - 1], text[below.start])]
                done = below.start
        at = last + 1
    return "".join((*parts, text[done:]))


def _between(last: str, first: str) -> str:
    """What stands between the last character of a line and the first of the next: a blank between two Latin words."""
    return " " if last.isascii() and first.isascii() and last.isalpha() and first.isalpha() else ""


def _runs_on(text: str, body: list[Line], wide: list[int], at: int) -> bool:
    """Whether the line at ``at`` is full, Chinese and unfinished, so that the next one goes on with it."""
    line, below = body[at], body[at + 1]
    near = max(wide[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1])
    if below.gap or not _NARROWEST_CHINESE <= near <= _WIDEST_WRAP or wide[at] < near - _MARGIN:
        return False
    said, after = text[line.start : line.end], text[below.start : below.end]
    if len(_CHINESE.findall(said)) * 2 < len(said) or _CHINESE_STOP.search(said) or "|" in said + after:
        return False
    return not (_BULLET.match(after) or _ITEM.match(after) or after.startswith("#") or known_heading(said))


def _columns(line: str) -> int:
    """How wide a line is set: a Chinese character takes two columns, any other one."""
    return len(line) + len(_CHINESE.findall(line))


def _rows(text: str, previous: Line, line: Line) -> bool:
    """Whether two lines are rows of one table: both begin with a bar, or have as many cells."""
    if text.startswith("|", previous.start) and text.startswith("|", line.start):
        return True
    cells = _cells(text, previous)
    return cells >= _FEWEST_CELLS and cells == _cells(text, line)


def _cells(text: str, line: Line) -> int:
    return len(_BAR.findall(text, line.start, line.end)) + 1


def _joins(text: str, previous: Line, line: Line, full: int) -> bool:
    if _BULLET.match(text, line.start) or text.startswith(("#", "|"), line.start):
        return False
    if known_heading(text[previous.start : previous.end]):
        return False
    if _ITEM.match(text, line.start) and _CHINESE.search(text, line.start, line.end):
        return False
    return text[line.start].islower() or previous.end - previous.start >= full


def _paragraph(text: str, outline: Outline, start: int, end: int) -> None:
    content = text[start:end]
    if not any(char.isalnum() for char in content):
        outline.add("bullet", start, end)
        return
    if "\n" not in content and person_in(content):
        outline.add("paragraph", start, end)
        return
    bullet = _BULLET.match(content)
    if "\n" not in content and bullet is None and not _STOPPED.search(content) and is_heading(content, loose=False):
        outline.headings(start, end, split_headings(content))
        return
    if bullet:
        outline.add("bullet", start, start + bullet.end())
        start += bullet.end()
    kind: BlockKind = "table" if content.count("|") >= 3 else "boilerplate" if is_legal_text(content) else "paragraph"
    outline.add(kind, start, end)
