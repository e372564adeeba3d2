"""Markdown, read in place: the text stays as it is, markdown-it-py's block structure says what each line belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rag.readers.boilerplate import is_forward_looking, is_legal_heading, is_legal_text
from rag.readers.dates import find_dates
from rag.types import Block, BlockKind, Found, Parsed

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]+)[ \t]*:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_NAMES = {"title": "title", "date": "date", "published": "date", "author": "authors", "authors": "authors"}
_NAMES |= {"broker": "broker", "institution": "broker"}
_MARKER = re.compile(r"(?:[ \t]*>)*[ \t]*(?:[-*+]|\d{1,9}[.)])?[ \t]*(?:\[[ xX]\][ \t]+)?")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`~]{1,3}|^[ \t]*#{1,6}[ \t]*|[ \t]#+[ \t]*$")
_LEVEL = {f"h{level}": level for level in range(1, 7)}
_LEAVES = {"paragraph_open": "paragraph", "fence": "paragraph", "code_block": "paragraph", "table_open": "table"}


def parse(text: str) -> Parsed:
    """Read Markdown. Blocks tile every character that is not white space; the first level-1 heading is the title."""
    front = _FRONT.match(text)
    body = front.end() if front else 0
    reader = _Reader(text, body)
    if front:
        reader.add("chrome", 0, body)
    reader.read(_tokens(text[body:]))
    fields = _fields(text, front) + reader.title
    return Parsed("markdown", text, _tiled(text, reader.blocks), (), tuple(fields))


def _tokens(text: str) -> Sequence[Any]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable("inline").parse(text)


class _Reader:
    """Turns tokens with line numbers into blocks, under the headings open at each."""

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.title: list[Found] = []
        self._lines = [offset, *(match.end() for match in re.finditer("\n", text[offset:]))]
        self._lines[1:] = [offset + line for line in self._lines[1:]]
        self._stack: list[tuple[int, str]] = []
        self._legal: tuple[int, bool] | None = None

    def read(self, tokens: Sequence[Any]) -> None:
        """Take the tokens in order."""
        for token in tokens:
            if token.map is None:
                continue
            start, end = self._line(token.map[0]), self._line(token.map[1])
            if token.type == "heading_open":
                self._heading(_LEVEL[token.tag], start, end)
            elif token.type in _LEAVES:
                self._leaf(_LEAVES[token.type], start, end, token.level)

    def add(self, kind: BlockKind, start: int, end: int) -> None:
        """Append a block without the white space around it, unless nothing is left."""
        content = self.text[start:end]
        start += len(content) - len(content.lstrip())
        end -= len(content) - len(content.rstrip())
        if start < end:
            section = tuple(title for _, title in self._stack[-4:])
            self.blocks.append(Block(kind, start, end, (), section))

    def _line(self, number: int) -> int:
        return self._lines[number] if number < len(self._lines) else len(self.text)

    def _heading(self, level: int, start: int, end: int) -> None:
        lines = self.text[start:end].strip().split("\n")
        title = " ".join(_plain(line) for line in lines if set(line.strip()) - set("=-")).strip()
        if self._legal is not None and (level < self._legal[0] or (level == self._legal[0] and self._legal[1])):
            self._legal = None
        if self._legal is None and is_legal_heading(title):
            self._legal = (level, is_forward_looking(title))
        self._stack = [entry for entry in self._stack if entry[0] < level]
        self.add("boilerplate" if self._legal else "heading", start, end)
        if title:
            self._stack.append((level, title))
        if level == 1 and title and not self.title:
            self.title.append(
                Found("title", title, self.text[start:end].strip(), start, start + len(self.text[start:end].rstrip()))
            )

    def _leaf(self, kind: str, start: int, end: int, depth: int) -> None:
        if depth and kind == "paragraph":
            marker = _MARKER.match(self.text, start, end)
            if marker and marker[0].strip():
                self.add("bullet", start, marker.end())
                start = marker.end()
        if self._legal is not None or (kind == "paragraph" and is_legal_text(self.text[start:end])):
            kind = "boilerplate"
        self.add("table" if kind == "table" else "boilerplate" if kind == "boilerplate" else "paragraph", start, end)


def _plain(line: str) -> str:
    return " ".join(_MARKUP.sub(lambda match: match[1] or "", line).split())


def _fields(text: str, front: re.Match[str] | None) -> list[Found]:
    """Fields of the front matter: title, date, authors, broker."""
    found: list[Found] = []
    for match in _FIELD.finditer(text, 0, front.end()) if front else ():
        name = _NAMES.get(match[1].lower())
        value = match[2].strip("\"'[]")
        if name == "date":
            value = next((day.isoformat() for day, _, _ in find_dates(value)), "")
        if name and value:
            found.append(Found(name, value, match[2], match.start(2), match.end(2)))
    return found


def _tiled(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks, and what no block covers (rules, link definitions, quote marks) as chrome."""
    tiled: list[Block] = []
    position = 0
    for block in [*sorted(blocks, key=lambda b: b.start), None]:
        start = block.start if block else len(text)
        gap = text[position:start]
        if gap.strip():
            begin = position + len(gap) - len(gap.lstrip())
            tiled.append(Block("chrome", begin, position + len(gap.rstrip())))
        if block:
            tiled.append(block)
            position = block.end
    return tuple(tiled)
