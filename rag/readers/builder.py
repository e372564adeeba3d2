"""Builds the text and blocks of a document that comes as headings, paragraphs and tables (HTML, Word)."""

from __future__ import annotations

import re

from rag.readers.boilerplate import is_forward_looking, is_legal_heading, is_legal_text
from rag.readers.tables import TableText
from rag.types import Block, BlockKind

# A paragraph that ends like a sentence, or names a house and its analysts, is no title of the table below it.
_NO_TITLE = re.compile(r"[^.][.。!！?？][\"”’)）]?$|\banalysts?\s*:|分析师|\|", re.IGNORECASE)
MAX_TITLE = 200  # characters of a heading or table title in a section


class Builder:
    """Appends pieces with a line break between them; knows the headings above and whether they open legal text."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0
        self._stack: list[tuple[int, str]] = []
        self._legal: tuple[int, bool] | None = None
        self._title = ""

    def text(self) -> str:
        """All pieces so far."""
        return "".join(self._parts)

    def heading(self, level: int, content: str) -> None:
        """A heading; ``level`` 1 is the highest."""
        content = " ".join(content.split())
        if not content:
            return
        if self._legal is not None and (level < self._legal[0] or (level == self._legal[0] and self._legal[1])):
            self._legal = None
        if self._legal is None and is_legal_heading(content):
            self._legal = (level, is_forward_looking(content))
        self._stack = [entry for entry in self._stack if entry[0] < level]
        self._append("boilerplate" if self._legal else "heading", content, self._section())
        self._stack.append((level, content[:MAX_TITLE]))
        self._title = ""

    def paragraph(self, content: str, marker: str = "") -> None:
        """A paragraph; ``marker`` is the bullet or number before it, kept as a block of its own."""
        content = " ".join(content.split())
        if not content:
            return
        legal = self._legal is not None or is_legal_text(content)
        if marker:
            self._append("bullet", marker, self._section())
        self._append("boilerplate" if legal else "paragraph", content, self._section(), " " if marker else "\n")
        self._title = content if len(content) <= MAX_TITLE and not _NO_TITLE.search(content) else ""

    def chrome(self, content: str) -> None:
        """A line of a page header or footer: kept, but not retrieved."""
        self._append("chrome", content, ())

    def table(self, table: TableText, caption: str = "") -> None:
        """A table; its caption, or the short line before it, and its column heads join the section of its rows."""
        if not table.lines:
            return
        title = " ".join(caption.split())
        names = " | ".join(table.names)
        own = " / ".join(part[:MAX_TITLE] for part in (title or self._title, names) if part)
        content = "\n".join((title, *table.lines) if title else table.lines)
        self._append(
            "boilerplate" if self._legal else "table", content, (*self._section(), own) if own else self._section()
        )
        self._title = ""

    def _section(self) -> tuple[str, ...]:
        return tuple(title for _, title in self._stack[-4:])

    def _append(self, kind: BlockKind, content: str, section: tuple[str, ...], before: str = "\n") -> None:
        if self._parts:
            self._parts.append(before)
            self._length += len(before)
        self.blocks.append(Block(kind, self._length, self._length + len(content), (), section))
        self._parts.append(content)
        self._length += len(content)
