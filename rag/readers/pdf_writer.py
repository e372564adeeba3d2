"""Writes a page's text: words in the order given, with what stands between them, and where each came from."""

from __future__ import annotations

from string import ascii_letters, digits

from rag.readers.pdf_hyphens import PageWords, drops_hyphen
from rag.readers.pdf_layout import Run, joins, joins_lines

_PLAIN = frozenset(ascii_letters + digits)  # what a space always parts


class Writer:
    """Collects the text of a page piece by piece and remembers where each piece came from."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.parts: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.length = 0
        self._known: PageWords | None = None

    def add(self, text: str) -> None:
        """Write text that is not on the page."""
        self.parts.append(text)
        self.length += len(text)

    def runs(self, runs: tuple[Run, ...]) -> None:
        """Write a cell."""
        raw, length = self.raw, self.length
        for start, end, spaced in runs:
            if spaced:
                self.parts.append(" ")
                length += 1
            self.pieces.append((length, start, end - start))
            self.parts.append(raw[start:end])
            length += end - start
        self.length = length

    def glue(self, word: Run) -> None:
        """What stands between the last word and one that follows it on the next line: a space, or nothing."""
        if not self.pieces:
            return
        position, source, length = self.pieces[-1]
        last, first = self.raw[source + length - 1], self.raw[word[0]]
        if last in _PLAIN and first in _PLAIN:
            self.add(" ")
        elif last in "-\u00ad" and length > 1 and self.raw[source + length - 2].isalpha() and first.isalpha():
            if self._known is None:
                self._known = PageWords(self.raw)
            if drops_hyphen(self.raw[source : source + length - 1], self.raw[word[0] : word[1]], self._known):
                self.pieces[-1] = (position, source, length - 1)
                self.parts[-1] = self.parts[-1][:-1]
                self.length -= 1
        elif last == "-" and first.isdigit() and length > 1 and self.raw[source + length - 2].isdigit():
            return
        elif not joins(last, first) and not joins_lines(last, first):
            self.add(" ")

    def text(self) -> str:
        """All that was written; line-end hyphens that stayed are plain ones."""
        return "".join(self.parts).replace("\u00ad", "-")
