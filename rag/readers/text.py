"""Plain text, read by paragraphs: parted by blank lines or, where lines are not hard-wrapped, by lines."""

from __future__ import annotations

import re

from rag.readers.boilerplate import is_legal_text
from rag.readers.front import Line, look_around, split_lines
from rag.readers.headings import is_heading, known_heading, split_headings
from rag.readers.outline import Outline
from rag.types import BlockKind, Parsed

_BULLET = re.compile(r"(?:[-*•●◆▪■◦‣·–—]|\d{1,2}[)）]|[(（]\d{1,2}[)）])\s+(?=\S)")
_STOPPED = re.compile(r"[.。!！?？;；][\"”’)）]*$")
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 25


def parse(text: str) -> Parsed:
    """Read plain text. Its blocks tile every character that is not white space."""
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


def _rows(text: str, previous: Line, line: Line) -> bool:
    return text.startswith("|", previous.start) and text.startswith("|", line.start)


def _joins(text: str, previous: Line, line: Line, full: int) -> bool:
    if _BULLET.match(text, line.start) or text.startswith(("#", "|"), line.start):
        return False
    if known_heading(text[previous.start : previous.end]):
        return False
    return text[line.start].islower() or previous.end - previous.start >= full


def _paragraph(text: str, outline: Outline, start: int, end: int) -> None:
    content = text[start:end]
    if not any(char.isalnum() for char in content):
        outline.add("bullet", start, end)
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
