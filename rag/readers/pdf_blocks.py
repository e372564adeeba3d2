"""What only the whole document tells: which blocks are headings, how they nest, and which are legal text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rag.readers.boilerplate import is_forward_looking, is_legal_heading, is_legal_text, is_reference_to_legal
from rag.readers.pdf_continued import CONTINUED, NO_TABLE, TableHead, continued, plain_title
from rag.readers.pdf_furniture import PageView, is_contents, is_running, running_lines
from rag.readers.pdf_headings import MAX_HEADING, Style, is_heading, is_plain_heading, style_of
from rag.readers.pdf_layout import joins_lines
from rag.readers.pdf_page import PageBlock, is_page_label
from rag.readers.pdf_tables import UNIT
from rag.types import Block, BlockKind, Found

_CONTINUED_LINE = 80  # characters of a line that may say so
_UNIT_LINE = 24  # ... that says no more than a unit
_COVER = 2  # pages of a cover
MAX_LEGAL_PAGES = 3  # of forward-looking wording at the front; disclosures at the end run on
_LEAD_IN = re.compile(
    r"[:：]$|\b(?:following tables?|tables? below|as follows|set forth below)\b|下表|如下", re.IGNORECASE
)
_LEAD_CHARS = 600  # of a paragraph's end are looked at for a sentence that introduces a table
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NAME_WORDS, _NAME_CHARS = 3, 24
_BELOW = 0.03  # share of the page's height
_STOPS = re.compile(r"[:：,，;；。！!？?]")
_SENTENCE = re.compile(r"(?<=[.。！？!?])\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A heading that is open, and the page where it stands."""

    style: Style
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class _Legal:
    """A legal part that is open: its heading's rank and page, and whether it is forward-looking wording."""

    style: Style
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
        if piece.size < 0.97 * size or piece.end - start.start > MAX_HEADING or piece not in titled:
            break
        end = piece
    value = _one_line(page[start.start : end.end])
    if start is not end and _is_name(own := _one_line(page[start.start : start.end])):
        value = f"{own}: {_one_line(page[first[first.index(start) + 1].start : end.end])}"
    below = next(iter(first[first.index(end) + 1 :]), None)
    under = below is not None and below in titled and below.size > body * 1.15 and below.top - end.bottom < _BELOW
    if below is not None and under and _is_name(value):
        value, end = f"{value}: {_one_line(page[below.start : below.end])}", below
    quote = page[start.start : end.end]
    offset = views[0].offset
    return Found("title", value, quote, offset + start.start, offset + end.end, views[0].number)


def _one_line(text: str) -> str:
    return text.replace("\n", "") if _CHINESE.search(text) else " ".join(text.split())


def _is_name(title: str) -> bool:
    """Whether a title is so short that it only names what the report is on; the next line says what it says of it."""
    return len(title) <= _NAME_CHARS and len(title.split()) <= _NAME_WORDS and not _STOPS.search(title)


class _Outline:
    """Where in the document's order of headings the reading has come to."""

    def __init__(self, running: frozenset[str], body: float, pages: int) -> None:
        self.running = running
        self.body = body
        self.pages = pages
        self.page = 0
        self.stack: list[_Entry] = []
        self.legal: _Legal | None = None
        self.lead = self.unit = ""
        self.after_heading = False
        self.table = NO_TABLE

    def place(
        self, view: PageView, piece: PageBlock, content: str, following: PageBlock | None
    ) -> tuple[BlockKind, tuple[str, ...]]:
        """The block's kind and the headings above it; headings are taken into the outline."""
        self.page = view.number
        kind = self._kind(piece, content, following)
        if kind == "chrome":
            return kind, self._section()
        if kind == "heading":
            section = self._push(style_of(piece, content, self.body), content)
        elif kind == "table":
            section = self._table(view, piece)
        else:
            section = self._section()
        if kind != "table" and not (len(content) < _CONTINUED_LINE and CONTINUED.search(content)):
            self.table = NO_TABLE
        self.after_heading = kind == "heading"
        if kind == "paragraph" and len(content) < _UNIT_LINE and _CHINESE.search(content) and UNIT.match(content):
            self.unit = content  # at the end of a page, of the table at the top of the next
        else:
            self.lead, self.unit = (content if kind == "paragraph" else ""), ""
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
            is_running(content, self.running, small=piece.size < 1.03 * self.body)
            or is_page_label(content)
            or is_reference_to_legal(content)
        ):
            return "chrome"
        if is_heading(piece, content, self.body) or is_plain_heading(piece, content, following):
            return "heading"
        return "paragraph"

    def _push(self, style: Style, content: str) -> tuple[str, ...]:
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

    def _goes_on(self, style: Style) -> bool:
        """Whether a large heading is the next line of the one just before it."""
        last = self.stack[-1] if self.after_heading and self.stack else None
        return last is not None and last.style == style and last.page == self.page and style.size > 1.3 * self.body

    def _ends_legal(self, style: Style) -> bool:
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
        self.table = continued(self.table, view, piece, lines) or self._new_table(view, piece, lines)
        return self.table.section

    def _new_table(self, view: PageView, piece: PageBlock, lines: list[str]) -> TableHead:
        caption = " / ".join(lines)
        if caption and (piece.weight == 2 or lines[0].isupper()):
            self._push(style_of(piece, lines[0], self.body), caption[:MAX_HEADING])
            caption = ""
        lead = _last_sentence(self.lead)
        lead = lead if _LEAD_IN.search(lead) else ""
        unit = "" if UNIT.search(caption) else self.unit
        heads = tuple(part[:MAX_HEADING] for part in (lead, unit, caption, piece.stub) if part)
        return TableHead(self._section(), heads, piece.names, view.number, tuple(map(plain_title, lines)))


def _body_size(views: Sequence[PageView]) -> float:
    """The size of type that most characters of running text have."""
    counts: Counter[float] = Counter()
    for view in views:
        for piece in view.page.blocks:
            if piece.kind == "text" and piece.lines > 1:
                counts[round(piece.size * 2) / 2] += piece.end - piece.start
    return counts.most_common(1)[0][0] if counts else 12.0


def _last_sentence(content: str) -> str:
    return _SENTENCE.split(content.strip()[-_LEAD_CHARS:])[-1]
