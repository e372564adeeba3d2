"""Writes a page's text: words in the order given, with what stands between them, and where each came from."""

from __future__ import annotations

import re

from rag.readers.pdf_layout import Run, joins, joins_lines

_PREFIXES = frozenset({"non", "long", "short", "self", "pre", "post", "anti", "co", "multi", "semi", "sub", "inter"})


class Writer:
    """Collects the text of a page piece by piece and remembers where each piece came from."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.parts: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.length = 0
        self._known: frozenset[str] | None = None

    def add(self, text: str) -> None:
        """Write text that is not on the page."""
        self.parts.append(text)
        self.length += len(text)

    def copy(self, start: int, end: int) -> None:
        """Write characters of the page."""
        self.pieces.append((self.length, start, end - start))
        self.add(self.raw[start:end])

    def runs(self, runs: tuple[Run, ...]) -> None:
        """Write a cell."""
        for start, end, spaced in runs:
            if spaced:
                self.add(" ")
            self.copy(start, end)

    def glue(self, word: Run) -> None:
        """What stands between the last word and one that follows it on the next line: a space, or nothing."""
        if not self.pieces:
            return
        position, source, length = self.pieces[-1]
        last, first = self.raw[source + length - 1], self.raw[word[0]]
        if last in "-\u00ad" and length > 1 and self.raw[source + length - 2].isalpha() and first.isalpha():
            if self._drops_hyphen(self.raw[source : source + length - 1], self.raw[word[0] : word[1]]):
                self.pieces[-1] = (position, source, length - 1)
                self.parts[-1] = self.parts[-1][:-1]
                self.length -= 1
        elif last == "-" and first.isdigit() and length > 1 and self.raw[source + length - 2].isdigit():
            return
        elif not joins(last, first) and not joins_lines(last, first):
            self.add(" ")

    def _drops_hyphen(self, left: str, right: str) -> bool:
        """Whether a hyphen at a line's end only divides a word; the page's other words decide."""
        if not right[0].islower():
            return False
        if self._known is None:
            self._known = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", self.raw.lower()))
        left_word = re.split(r"[^\w-]|-", left.lower())[-1]
        right_word = re.match(r"[^\W\d_]*", right.lower())
        tail = right_word[0] if right_word else ""
        if left_word + tail in self._known:
            return True
        if f"{left_word}-{tail}" in self._known or left_word in _PREFIXES:
            return False
        return left_word not in self._known and tail not in self._known

    def text(self) -> str:
        """All that was written; line-end hyphens that stayed are plain ones."""
        return "".join(self.parts).replace("\u00ad", "-")
