"""The front of a report as its metadata rules see it: blocks in order, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.types import Found, Parsed

PAGES = 3
CHARACTERS = 12_000
_SEGMENT = re.compile(r"[^\s|](?:[^\n|]*[^\s|])?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block's text, where it starts in ``Parsed.text``, its page, and the heading right above it."""

    text: str
    start: int
    page: int | None
    kind: str
    heading: str = ""


def pieces(parsed: Parsed, *, legal: bool = False) -> tuple[Piece, ...]:
    """Blocks of the first three pages, or of the first 12,000 characters where there are no pages, without legal text."""
    found = []
    for block in parsed.blocks:
        if (block.page or 1) > PAGES or (block.page is None and block.start > CHARACTERS):
            break
        if legal or block.kind != "boilerplate":
            heading = block.section[-1] if block.section else ""
            found.append(Piece(parsed.text[block.start : block.end], block.start, block.page, block.kind, heading))
    return tuple(found)


def segments(parts: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The lines of the pieces, cut where cells of a row or words far apart meet (`` | ``), each with its place."""
    return tuple(
        Piece(match[0], part.start + match.start(), part.page, part.kind, part.heading)
        for part in parts
        for match in _SEGMENT.finditer(part.text)
    )


def matches(pattern: re.Pattern[str], parts: tuple[Piece, ...]) -> Iterator[tuple[re.Match[str], Piece]]:
    """Every match of a pattern in the pieces, in order."""
    for part in parts:
        for match in pattern.finditer(part.text):
            yield match, part


def found(name: str, value: str, match: re.Match[str], part: Piece, group: int | str = 0) -> Found:
    """A field with the match as its quote."""
    start, end = part.start + match.start(group), part.start + match.end(group)
    return Found(name, value, match[group], start, end, part.page)


def at(parsed: Parsed, name: str, value: str, start: int, end: int) -> Found:
    """A field with its quote at a span of the text."""
    page = next((span.number for span in parsed.pages if span.start <= start < span.end), None)
    return Found(name, value, parsed.text[start:end], start, end, page)
