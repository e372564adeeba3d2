"""Plain text, read by paragraphs: parted by blank lines or, where there are none, by lines."""

from __future__ import annotations

import re

from rag.readers.front import Line, look_around, split_lines
from rag.readers.headings import is_heading, known_heading, split_headings
from rag.readers.outline import Outline
from rag.types import Block, Parsed

_BULLET = re.compile(r"(?:[-*•●◆▪■◦‣·–—]|\d{1,2}[)）]|[(（]\d{1,2}[)）])\s+(?=\S)")
_STOPPED = re.compile(r"[.。!！?？;；:：][\"”’)）]*$")


def parse(text: str) -> Parsed:
    """Read plain text. Its blocks tile every character that is not white space."""
    lines = split_lines(text)
    around = look_around(text, lines)
    outline = Outline(text)
    edges: list[tuple[int, int, bool]] = [(start, end, False) for start, end in around.chrome]
    if around.title:
        edges.append((*around.title, True))
    edges.sort()
    body = lines[around.first : around.last]
    begin = next((line.start for line in body if not line.empty), len(text))
    for start, end, is_title in edges:
        if start < begin:
            outline.blocks.append(Block("heading" if is_title else "chrome", start, end))
    for group in _paragraphs(text, body):
        _paragraph(text, outline, group)
    for start, end, is_title in edges:
        if start >= begin:
            outline.blocks.append(Block("heading" if is_title else "chrome", start, end))
    return Parsed("text", text, tuple(outline.blocks), (), around.fields)


def _paragraphs(text: str, body: list[Line]) -> list[tuple[int, int]]:
    """Spans of paragraphs. A line joins the one before when that one is full (hard wrap) and neither begins a new item."""
    widths = sorted(line.end - line.start for line in body if not line.empty)
    wrapped = bool(widths) and widths[-1] <= 130 and widths[len(widths) // 2] >= 25
    full = widths[-1] * 7 // 10 if wrapped else 0
    spans: list[tuple[int, int]] = []
    previous: Line | None = None
    for line in body:
        if line.empty:
            previous = None
            continue
        if previous is not None and wrapped and _joins(text, previous, line, full):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
        previous = line
    return spans


def _joins(text: str, previous: Line, line: Line, full: int) -> bool:
    content = text[previous.start : previous.end]
    if _BULLET.match(text, line.start) or known_heading(content) or text.startswith(("#", "|"), line.start):
        return False
    if text[line.start].islower():
        return True
    return previous.end - previous.start >= full


def _paragraph(text: str, outline: Outline, span: tuple[int, int]) -> None:
    start, end = span
    content = text[start:end]
    if not any(char.isalnum() for char in content):
        outline.add("bullet", start, end)
        return
    if "\n" not in content and not _STOPPED.search(content.rstrip(":：")) and _is_heading(content):
        outline.headings(start, end, split_headings(content))
        return
    bullet = _BULLET.match(content)
    if bullet:
        outline.add("bullet", start, start + bullet.end())
        start += bullet.end()
    outline.add("table" if content.count("|") >= 3 else "paragraph", start, end)


def _is_heading(content: str) -> bool:
    return known_heading(content) or (
        not _BULLET.match(content) and is_heading(content, loose=False) and len(content) <= 100
    )
