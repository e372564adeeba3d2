"""Marks of emphasis (`**bold**`, `*italic*`) taken off what was read: they are no words of the report.

They go when the structure is known, because a reader tells headings and items by them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace

from rag.types import Block, Parsed

_BOLD = re.compile(r"(?<![*\\])\*{2,3}(?=[^\s*])[^\n*]*(?:\*(?!\*)[^\n*]*)*?(?<=[^\s*\\])\*{2,3}(?!\*)")
_ITALIC = re.compile(r"(?<![\w*\\])\*(?=[^\s*])[^*\n]*(?<=[^\s*\\])\*(?![\w*])")
_UNDER = re.compile(r"(?<![\w\\])__(?=[^\s_])[^\n_]*(?<=[^\s_\\])__(?!\w)")
_CODE = re.compile(r"^[ \t]*(?:```|~~~).*?(?:^[ \t]*(?:```|~~~)|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def without_emphasis(parsed: Parsed) -> Parsed:
    """The same without its asterisks around bold words, and without all marks of emphasis where it is Markdown.

    Every span is moved along; a block that was nothing but such a mark is gone. Code stays as it is, and so does an
    asterisk that stands alone: ``2 * 3``, the ``*`` of a footnote.
    """
    gone = _marks(parsed.text, parsed.kind == "markdown")
    if not gone:
        return parsed
    held = set(gone)
    text = "".join(char for at, char in enumerate(parsed.text) if at not in held)

    def moved(at: int) -> int:
        return at - bisect_left(gone, at)

    return replace(
        parsed,
        text=text,
        blocks=tuple(_block(block, moved, text) for block in parsed.blocks if _is_left(block, moved, text)),
        pages=tuple(replace(page, start=moved(page.start), end=moved(page.end)) for page in parsed.pages),
        fields=tuple(
            replace(
                found,
                value=_plain(found.value),
                quote=_plain(found.quote),
                start=None if found.start is None else moved(found.start),
                end=None if found.end is None else moved(found.end),
            )
            for found in parsed.fields
        ),
    )


def _marks(text: str, markdown: bool) -> list[int]:
    """Positions of the characters that only mark emphasis, in order."""
    if "**" not in text and not markdown:
        return []
    code = [match.span() for match in _CODE.finditer(text)] if markdown else []
    found: set[int] = set()
    for match in _pairs(text, markdown):
        start, end = match.span()
        if any(a < end and start < b for a, b in code):
            continue
        width = len(match[0]) - len(match[0].lstrip(match[0][0]))
        if {start, end - 1} & found:
            continue
        found.update((*range(start, start + width), *range(end - width, end)))
    return sorted(found)


def _pairs(text: str, markdown: bool) -> Iterator[re.Match[str]]:
    yield from _BOLD.finditer(text)
    if markdown:
        yield from _ITALIC.finditer(text)
        yield from _UNDER.finditer(text)


def _plain(text: str) -> str:
    gone = set(_marks(text, True))
    return "".join(char for at, char in enumerate(text) if at not in gone)


def _is_left(block: Block, moved: Callable[[int], int], text: str) -> bool:
    return bool(text[moved(block.start) : moved(block.end)].strip())


def _block(block: Block, moved: Callable[[int], int], text: str) -> Block:
    """A block where it now stands, without the space that a mark stood before."""
    start, end = moved(block.start), moved(block.end)
    content = text[start:end]
    start += len(content) - len(content.lstrip())
    return replace(
        block, start=start, end=start + len(content.strip()), section=tuple(_plain(title) for title in block.section)
    )
