"""What only the whole document tells: which blocks are headings, how they nest, and which are legal text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rag.readers.boilerplate import is_forward_looking, is_legal_heading, is_legal_text, is_reference_to_legal
from rag.readers.pdf_furniture import PageView, is_contents, line_key, running_lines
from rag.readers.pdf_layout import joins_lines
from rag.readers.pdf_page import PageBlock, is_page_label
from rag.readers.pdf_tables import UNIT
from rag.types import Block, BlockKind, Found

MAX_HEADING = 200  # characters
MAX_NAMES = 600  # characters of a table's column heads; a wide table repeats a group's head over each of its columns
_CONTINUED_LINE = 80  # characters of a line that may say so
_NUMBER = re.compile(r"\d+")
_CONTINUED = re.compile(
    r"[(（\[]?\s*(?:continued|cont[’']?d\.?)\s*[)）\]]?|[(（]\s*续(?:上?表|上页)?\s*[)）]|[续接]上?表", re.IGNORECASE
)
_COVER = 2  # pages of a cover
MAX_LEGAL_PAGES = 3  # of forward-looking wording at the front; disclosures at the end run on
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
_LEAD_IN = re.compile(
    r"[:：]$|\b(?:following tables?|tables? below|as follows|set forth below)\b|下表|如下", re.IGNORECASE
)
_LEAD_CHARS = 600  # of a paragraph's end are looked at for a sentence that introduces a table
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"(?<=[.。！？!?])\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class _Style:
    """Rank of a heading: larger type first, then parts and items, capitals, bold, the rest."""

    size: float
    weight: float

    def outranks(self, other: _Style) -> bool:
        if abs(self.size - other.size) > 0.4:
            return self.size > other.size
        return self.weight > other.weight


@dataclass(frozen=True, slots=True)
class _Entry:
    """A heading that is open, and the page where it stands."""

    style: _Style
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class _Last:
    """The table just before: the headings above it, what leads to it and its title, its heads, its page.

    ``parts``: the lines of its title, to know them again.
    """

    above: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    page: int = -9
    parts: tuple[str, ...] = ()

    @property
    def section(self) -> tuple[str, ...]:
        names = " | ".join(self.names)[:MAX_NAMES]
        own = " / ".join((*self.heads, names) if names else self.heads)
        return (*self.above, own) if own else self.above


_NO_TABLE = _Last()


@dataclass(frozen=True, slots=True)
class _Legal:
    """A legal part that is open: its heading's rank and page, and whether it is forward-looking wording."""

    style: _Style
    page: int
    forward: bool


def make_blocks(views: Sequence[PageView]) -> tuple[Block, ...]:
    """Blocks of the whole document in order, each with its kind and the headings above it."""
    outline = _Outline(running_lines(views), _body_size(views), views[-1].number if views else 0)
    blocks: list[Block] = []
    for view in views:
        pieces = view.page.blocks
        for piece, following in zip_longest(pieces, pieces[1:]):
            content = view.page.text[piece.start : piece.end]
            kind, section = outline.place(view, piece, content, following)
            blocks.append(Block(kind, view.offset + piece.start, view.offset + piece.end, (), section, view.number))
    return tuple(blocks)


def find_title(views: Sequence[PageView]) -> Found | None:
    """The largest type of the first page, where it is larger than the text: a line, or a few of one size together."""
    first = [piece for view in views[:1] for piece in view.page.blocks if piece.kind == "text" and piece.lines <= 3]
    if not first or views[0].number > 2:
        return None
    page = views[0].page.text
    titled = [
        p
        for p in first
        if sum(map(str.isalpha, page[p.start : p.end])) > 3 and not is_page_label(page[p.start : p.end])
    ]
    size = max((piece.size for piece in titled), default=0.0)
    body = _body_size(views)
    if not body * 1.15 < size < body * 8:
        return None
    start = next(piece for piece in titled if piece.size > 0.97 * size)
    end = start
    for piece in first[first.index(start) + 1 :]:
        if piece.size < 0.97 * size or piece.end - start.start > MAX_HEADING:
            break
        end = piece
    quote = page[start.start : end.end]
    value = quote.replace("\n", "") if _CHINESE.search(quote) else " ".join(quote.split())
    offset = views[0].offset
    return Found("title", value, quote, offset + start.start, offset + end.end, views[0].number)


class _Outline:
    """Where in the document's order of headings the reading has come to."""

    def __init__(self, running: frozenset[str], body: float, pages: int) -> None:
        self.running = running
        self.body = body
        self.pages = pages
        self.page = 0
        self.stack: list[_Entry] = []
        self.legal: _Legal | None = None
        self.lead = ""
        self.after_heading = False
        self.table = _NO_TABLE

    def place(
        self, view: PageView, piece: PageBlock, content: str, following: PageBlock | None
    ) -> tuple[BlockKind, tuple[str, ...]]:
        """The block's kind and the headings above it; headings are taken into the outline."""
        self.page = view.number
        kind = self._kind(piece, content, following)
        if kind == "chrome":
            return kind, self._section()
        if kind == "heading":
            section = self._push(_style(piece, content, self.body), content)
        elif kind == "table":
            section = self._table(view, piece)
        else:
            section = self._section()
        if kind != "table" and not (len(content) < _CONTINUED_LINE and _CONTINUED.search(content)):
            self.table = _NO_TABLE
        self.after_heading = kind == "heading"
        self.lead = _last_sentence(content) if kind == "paragraph" else ""
        if self._is_legal(kind, content):
            return "boilerplate", section
        return kind, section

    def _section(self) -> tuple[str, ...]:
        """The innermost headings; those of a cover stand over nothing but the cover."""
        return tuple(e.title for e in self.stack if e.page > _COVER or self.page < e.page + _COVER)[-4:]

    def _kind(self, piece: PageBlock, content: str, following: PageBlock | None) -> BlockKind:
        if piece.kind == "table":
            return "table"
        if piece.edge and (
            line_key(content) in self.running or is_page_label(content) or is_reference_to_legal(content)
        ):
            return "chrome"
        if _is_heading(piece, content, self.body) or _is_plain_heading(piece, content, following):
            return "heading"
        return "paragraph"

    def _push(self, style: _Style, content: str) -> tuple[str, ...]:
        title = " ".join(content.split())
        if self.legal is not None and self._ends_legal(style):
            self.legal = None
        if self.legal is None and is_legal_heading(title):
            self.legal = _Legal(style, self.page, is_forward_looking(title))
        if self._goes_on(style):
            before = self.stack.pop().title
            title = before + ("" if joins_lines(before[-1], title[0]) else " ") + title
        self.stack = [entry for entry in self.stack if entry.style.outranks(style)]
        section = self._section()
        self.stack.append(_Entry(style, title, self.page))
        return section

    def _goes_on(self, style: _Style) -> bool:
        """Whether a large heading is the next line of the one just before it."""
        last = self.stack[-1] if self.after_heading and self.stack else None
        return last is not None and last.style == style and last.page == self.page and style.size > 1.3 * self.body

    def _ends_legal(self, style: _Style) -> bool:
        """Whether a heading ends the legal part: any after forward-looking wording, one of its rank after disclosures.

        Disclosures in the last third of a report go on under headings of their own rank.
        """
        assert self.legal is not None
        if self.legal.forward or style.outranks(self.legal.style):
            return True
        return not self.legal.style.outranks(style) and self.legal.page <= 0.7 * self.pages

    def _is_legal(self, kind: BlockKind, content: str) -> bool:
        if self.legal and self.page - self.legal.page >= MAX_LEGAL_PAGES and self.legal.page <= 0.7 * self.pages:
            self.legal = None
        if self.legal is not None or (kind == "paragraph" and is_legal_text(content)):
            return True
        return kind in ("table", "paragraph") and is_contents(content)

    def _table(self, view: PageView, piece: PageBlock) -> tuple[str, ...]:
        """The section of a table: its title among the headings, then what a group of its rows needs: unit, heads."""
        lines = view.page.text[piece.start : piece.caption].split("\n") if piece.caption > piece.start else []
        self.table = self._continued(view, piece, lines) or self._new_table(view, piece, lines)
        return self.table.section

    def _new_table(self, view: PageView, piece: PageBlock, lines: list[str]) -> _Last:
        caption = " / ".join(lines)
        if caption and (piece.weight == 2 or lines[0].isupper()):
            self._push(_style(piece, lines[0], self.body), caption[:MAX_HEADING])
            caption = ""
        lead = self.lead if _LEAD_IN.search(self.lead) else ""
        heads = tuple(part[:MAX_HEADING] for part in (lead, caption, piece.stub) if part)
        return _Last(self._section(), heads, piece.names, view.number, tuple(map(_plain, lines)))

    def _continued(self, view: PageView, piece: PageBlock, lines: list[str]) -> _Last | None:
        """The table that ends the page before, where the one at the top of this page goes on with it; else None.

        It goes on where it has neither title nor heads of its own, or the same heads again, be it for another period.
        """
        last = self.table
        if piece.top > 0.3 or last.page < view.number - 1:
            return None
        if not lines and not piece.names:
            return replace(last, page=view.number)
        own = [line for line in lines if _plain(line) not in ("", *last.parts) and not UNIT.search(line)]
        if last.page == view.number or not last.names:
            return None
        if not own and piece.names:
            mine, theirs = list(map(_plain, piece.names)), list(map(_plain, last.names))
            if mine == theirs:
                return replace(last, page=view.number)
            if len(mine) == len(theirs) and all(map(_alike, mine, theirs)):
                return replace(last, page=view.number, names=piece.names)
        if len(own) == 1 and not piece.names and _columns(view, piece) == len(last.names):
            return replace(last, page=view.number, heads=(own[0][:MAX_HEADING], *last.heads))
        return replace(last, page=view.number) if not own and not piece.names else None


def _body_size(views: Sequence[PageView]) -> float:
    """The size of type that most characters of running text have."""
    counts: Counter[float] = Counter()
    for view in views:
        for piece in view.page.blocks:
            if piece.kind == "text" and piece.lines > 1:
                counts[round(piece.size * 2) / 2] += piece.end - piece.start
    return counts.most_common(1)[0][0] if counts else 12.0


def _is_heading(piece: PageBlock, content: str, body: float) -> bool:
    line = content.strip()
    letters = sum(map(str.isalpha, line))
    if (
        len(line) > MAX_HEADING
        or piece.lines > (5 if piece.size > 1.25 * body else 3)
        or line[-1:] in ".;,。；，、："
        or piece.size > 5 * body
    ):
        return False
    if letters < 2 or letters * 2 < len(line.replace(" ", "")) or _NOT_HEADING.match(line):
        return False
    if line.endswith(":") and piece.weight < 2:
        return False
    if piece.weight == 2 or piece.size > 1.12 * body:
        return True
    if _NUMBERED.match(line) and len(line) < 80:
        return True
    return line.isupper() and letters >= 4 and len(line) < 120


def _is_plain_heading(piece: PageBlock, content: str, following: PageBlock | None) -> bool:
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


def _style(piece: PageBlock, content: str, body: float) -> _Style:
    line = content.strip()
    size = max(round(piece.size * 2) / 2, body)
    plain = 3.0 if line.isupper() else 2.0 if piece.weight == 2 else 1.0
    return _Style(size, next((rank for rank, pattern in _RANKS if pattern.match(line)), plain))


def _plain(line: str) -> str:
    """A line of a table's title as it would stand on the page before: without spaces, case and ``(continued)``."""
    return "".join(_CONTINUED.sub("", line).split()).lower()


def _alike(mine: str, theirs: str) -> bool:
    """Whether two heads differ in their numbers alone, or one ends in the other: ``2022 Space``, ``Space``."""
    a, b = _NUMBER.sub("", mine), _NUMBER.sub("", theirs)
    return a == b or (min(len(a), len(b)) > 1 and (a.endswith(b) or b.endswith(a)))


def _columns(view: PageView, piece: PageBlock) -> int:
    """How many columns of figures most rows of a table have."""
    rows = view.page.text[piece.head : piece.end].split("\n")
    counts = Counter(row.count(" | ") for row in rows if " | " in row)
    return counts.most_common(1)[0][0] if counts else 0


def _last_sentence(content: str) -> str:
    return _SENTENCE.split(content.strip()[-_LEAD_CHARS:])[-1]
