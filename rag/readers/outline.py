"""Collects the blocks of a text in order, under the headings that are open at each place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.readers.headings import Heading, clean_heading
from rag.types import Block, BlockKind

_LABEL_RANK = 9


@dataclass(slots=True)
class _Open:
    title: str
    style: str
    rank: int
    used: bool = False


class Outline:
    """A builder of blocks. It trims white space off every block, and skips what is then empty."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self._stack: list[_Open] = []
        self._section: tuple[str, ...] = ()

    @property
    def section(self) -> tuple[str, ...]:
        """Titles of the open headings, outermost first."""
        return self._section

    def add(self, kind: BlockKind, start: int, end: int, marks: tuple[int, ...] = ()) -> int | None:
        """Append a block and return its index, or None when ``text[start:end]`` is white space."""
        start, end = self.trim(start, end)
        if start >= end:
            return None
        section = self._section if kind in ("statement", "paragraph", "table") else ()
        self.blocks.append(Block(kind, start, end, marks, section))
        if section:
            self._stack[-1].used = True
        return len(self.blocks) - 1

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The span without white space at either end."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return start, end

    def give_marks(self, index: int, marks: tuple[int, ...]) -> None:
        """Give the marks of its group to a statement that has none of its own, or add to those it has."""
        block = self.blocks[index]
        self.blocks[index] = replace(block, marks=tuple(dict.fromkeys(block.marks + marks)))

    def headings(self, start: int, end: int, found: list[Heading]) -> None:
        """Append heading blocks for ``found`` (spans count from ``start``) and open them, each below the one before."""
        previous = 0
        for heading in found:
            begin, stop = self.trim(start + heading.start, min(end, start + heading.end))
            if self.add("heading", begin, stop) is None:
                continue
            rank = max(self._rank(heading.style), previous + 1)
            self._open(clean_heading(self.text[begin:stop]), heading.style, rank)
            previous = rank

    def label(self, start: int, end: int) -> None:
        """Append a heading that holds until ``close_label``: the bold words or the lead-in at the head of a bullet."""
        if self.add("heading", start, end) is not None:
            self._open(clean_heading(self.text[start:end]), "label", _LABEL_RANK)

    def close_label(self) -> None:
        """Close the open label, if any."""
        if self._stack and self._stack[-1].rank == _LABEL_RANK:
            self._stack.pop()
            self._section = tuple(entry.title for entry in self._stack)

    def _open(self, title: str, style: str, rank: int) -> None:
        while self._stack and self._stack[-1].rank >= rank:
            self._stack.pop()
        if title:
            self._stack.append(_Open(title, style, rank))
        self._section = tuple(entry.title for entry in self._stack)

    def _rank(self, style: str) -> int:
        """How deep a heading of this style goes here: as deep as its like that is open, else by convention."""
        for entry in self._stack:
            if entry.style == style or (style == "free" and entry.style == "inner"):
                return entry.rank
        nested = any(entry.style in ("container", "zh") for entry in self._stack)
        if style.startswith("md"):
            return int(style[2:])
        if style in ("container", "opener", "zh"):
            alike = ("md", "container", "opener")
            return next((entry.rank for entry in self._stack if entry.style.startswith(alike)), 3)
        if style in ("plain", "free", "group", "sub", "box"):
            return 4 if nested else 3
        if style == "num":
            below = [entry for entry in self._stack if entry.style == "sub" or (not nested and not entry.used)]
            return below[-1].rank + 1 if below else 4 if nested else 3
        return 5
