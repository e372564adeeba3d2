"""What only the whole document tells: running headers, headings and their order, legal boilerplate, page labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.readers.boilerplate import is_legal_heading, is_legal_text, is_reference_to_legal
from rag.readers.pdf_page import PageBlock, PageText, is_page_label
from rag.types import Block, BlockKind, PageSpan

MAX_HEADING = 200  # characters
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(
    r"(?:PART\s+[IVX]+|Item\s+\d{1,2}[AB]?[.:]|Note\s+\d{1,2}\b|第[一二三四五六七八九十百\d]{1,4}[章节部分]|"
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}(?:\.\d{1,2}){1,3}[.、\s])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of the document: its 1-based number, where its text starts in the whole text, and its blocks."""

    number: int
    offset: int
    page: PageText


@dataclass(frozen=True, slots=True)
class _Style:
    """Rank of a heading: larger type first, then capitals, then bold; a smaller tuple is a higher rank."""

    size: float
    weight: int


def make_blocks(views: Sequence[PageView], text: str) -> tuple[Block, ...]:
    """Blocks of the whole document in order, each with its kind and the headings above it."""
    running = _running(views)
    body = _body_height(views)
    blocks: list[Block] = []
    stack: list[tuple[_Style, str]] = []
    legal: _Style | None = None
    for view in views:
        for piece in view.page.blocks:
            start, end = view.offset + piece.start, view.offset + piece.end
            content = text[start:end]
            kind = _kind(piece, content, running, body)
            if kind == "heading":
                style = _style(piece, content, body)
                if legal is not None and _outranks(style, legal):
                    legal = None
                if legal is None and is_legal_heading(content):
                    legal = style
                stack = [entry for entry in stack if _outranks(entry[0], style)]
                section = tuple(title for _, title in stack)
                stack.append((style, " ".join(content.split())))
            else:
                section = tuple(title for _, title in stack[-4:])
            if kind != "chrome" and (legal is not None or (kind == "paragraph" and is_legal_text(content))):
                kind = "boilerplate"
            if kind == "table":
                section = (*section, *_table_title(view, piece))
            blocks.append(Block(kind, start, end, (), section, view.number))
    return tuple(blocks)


def printed_labels(views: Sequence[PageView], text: str, spans: Sequence[PageSpan]) -> dict[int, str]:
    """Printed page labels by physical number: declared by the file, else read from a line at the page's edge."""
    labels = {span.number: span.label for span in spans if span.label and span.label != str(span.number)}
    for view in views:
        if view.number in labels:
            continue
        for piece in (*view.page.blocks[-3:], *view.page.blocks[:3]):
            line = view.page.text[piece.start : piece.end].strip()
            if piece.lines == 1 and (piece.bottom < 0.12 or piece.top > 0.85) and is_page_label(line):
                found = re.search(r"[A-Z]{1,2}-\d+|\d+|[ivxlc]+$", line, re.IGNORECASE)
                if found:
                    labels[view.number] = found[0]
                break
    return labels


def _running(views: Sequence[PageView]) -> frozenset[str]:
    """Lines at the edges that stand on many pages, digits aside."""
    counts: Counter[str] = Counter()
    for view in views:
        seen = {_key(view, piece) for piece in view.page.blocks if piece.edge or _at_edge(piece)}
        counts.update(seen)
    needed = max(3, min(8, len(views) // 8)) if len(views) > 5 else 2
    return frozenset(key for key, count in counts.items() if count >= needed and key)


def _at_edge(piece: PageBlock) -> bool:
    return piece.kind == "text" and piece.lines <= 3 and (piece.bottom < 0.14 or piece.top > 0.86)


def _key(view: PageView, piece: PageBlock) -> str:
    return _DIGITS.sub("#", "".join(view.page.text[piece.start : piece.end].split())).lower()


def _body_height(views: Sequence[PageView]) -> float:
    """The line height that most characters of running text have."""
    counts: Counter[float] = Counter()
    for view in views:
        for piece in view.page.blocks:
            if piece.kind == "text" and piece.lines > 1:
                counts[round(piece.height * 2) / 2] += piece.end - piece.start
    return counts.most_common(1)[0][0] if counts else 12.0


def _kind(piece: PageBlock, content: str, running: frozenset[str], body: float) -> BlockKind:
    if piece.kind == "table":
        return "table"
    edge = piece.edge or _at_edge(piece)
    key = _DIGITS.sub("#", "".join(content.split())).lower()
    if edge and (key in running or is_page_label(content) or is_reference_to_legal(content)):
        return "chrome"
    return "heading" if _is_heading(piece, content, body) else "paragraph"


def _is_heading(piece: PageBlock, content: str, body: float) -> bool:
    line = content.strip()
    if len(line) > MAX_HEADING or piece.lines > 3 or line[-1:] in ".;,。；，、：" or sum(map(str.isalpha, line)) < 2:
        return False
    if line.endswith(":") and not piece.bold:
        return False
    if piece.bold or piece.height > 1.12 * body:
        return True
    if _NUMBERED.match(line) and len(line) < 80:
        return True
    return line.isupper() and sum(map(str.isalpha, line)) >= 4 and len(line) < 120


def _style(piece: PageBlock, content: str, body: float) -> _Style:
    line = content.strip()
    size = max(round(piece.height * 2) / 2, body)
    numbered = bool(re.match(r"PART\s+[IVX]+\b|Item\s+\d|第.{1,4}[章节]", line, re.IGNORECASE))
    return _Style(size, 3 if numbered else 2 if line.isupper() else 1 if piece.bold else 0)


def _outranks(a: _Style, b: _Style) -> bool:
    """Whether ``a`` stands above ``b`` in the document's order of headings."""
    return (a.size - b.size > 0.4) or (abs(a.size - b.size) <= 0.4 and a.weight > b.weight)


def _table_title(view: PageView, piece: PageBlock) -> tuple[str, ...]:
    """Caption, unit and column heads of a table as one section entry, so that a group of its rows still knows them."""
    title = " ".join(view.page.text[piece.start : piece.head].replace("\n", " / ").split())
    return (title[:300],) if title else ()
