"""Which pieces of a page's text are headings, and which of two headings stands above the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.readers.pdf_page import PageBlock

MAX_HEADING = 200  # characters
_NUMBERED = re.compile(
    r"(?:PART\s+[IVX]+|Item\s+\d{1,2}[AB]?[.:]|Note\s+\d{1,2}\b|第[一二三四五六七八九十百\d]{1,4}[章节部分]|"
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}(?:\.\d{1,2}){1,3}[.、\s])",
    re.IGNORECASE,
)
_RANKS = (  # of numbered headings, above capitals (3), bold (2) and plain ones (1) of the same size
    (6.0, re.compile(r"PART\s+[IVX]+\b|第.{1,4}[章部]", re.IGNORECASE)),
    (5.0, re.compile(r"Item\s+\d|第.{1,4}节", re.IGNORECASE)),
    (4.5, re.compile(r"Note\s+\d|[一二三四五六七八九十]{1,3}\s?[、.．]", re.IGNORECASE)),
    (4.0, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、.．](?!\d)")),
    (3.8, re.compile(r"\d{1,2}\.\d{1,2}(?![.\d])")),
    (3.6, re.compile(r"\d{1,2}(?:\.\d{1,2}){2,}")),
)
_NOT_HEADING = re.compile(r"[☐☒☑□•●▪■◆‣➢○·–—*-]|.*[☐☒☑]", re.DOTALL)
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "per", "the", "to", "with"}
)


@dataclass(frozen=True, slots=True)
class Style:
    """Rank of a heading: larger type first, then parts and items, capitals, bold, the rest."""

    size: float
    weight: float

    def outranks(self, other: Style) -> bool:
        if abs(self.size - other.size) > 0.4:
            return self.size > other.size
        return self.weight > other.weight


def is_heading(piece: PageBlock, content: str, body: float) -> bool:
    """Whether a piece is set or numbered as a heading; ``body``: points of the running text."""
    line = content.strip()
    if (
        len(line) > MAX_HEADING
        or piece.lines > (5 if piece.size > 1.25 * body else 3)
        or line[-1:] in ".;,。；，、："
        or piece.size > 5 * body
    ):
        return False
    letters = sum(map(str.isalpha, line))
    if letters < 2 or letters * 2 < len(line.replace(" ", "")) or _NOT_HEADING.match(line):
        return False
    if line.endswith(":") and piece.weight < 2:
        return False
    if piece.weight == 2 or piece.size > 1.12 * body:
        return True
    if _NUMBERED.match(line) and len(line) < 80:
        return True
    return line.isupper() and letters >= 4 and len(line) < 120


def is_plain_heading(piece: PageBlock, content: str, following: PageBlock | None) -> bool:
    """A short line in title case, neither large nor bold, with running text below: ``Cost of Revenue``."""
    if following is None or piece.lines > 1 or len(content) > 80 or (following.kind == "text" and following.lines < 2):
        return False
    if content[-1] in ".;:,。；：，" or not content[0].isupper() or _NOT_HEADING.match(content):
        return False
    words = re.findall(r"[^\W\d_][\w’'-]*", content)
    named = [word for word in words if word.lower() not in _SMALL]
    if not named or any(char.isdigit() for char in content):
        return False
    return all(word[0].isupper() for word in named) and (piece.weight == 1 or len(named) > 1 or following.lines > 2)


def style_of(piece: PageBlock, content: str, body: float) -> Style:
    """The rank of a heading in a document whose running text is ``body`` points high."""
    line = content.strip()
    size = max(round(piece.size * 2) / 2, body)
    plain = 3.0 if line.isupper() else 2.0 if piece.weight == 2 else 1.0
    return Style(size, next((rank for rank, pattern in _RANKS if pattern.match(line)), plain))
