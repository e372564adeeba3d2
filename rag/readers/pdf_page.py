"""One page of a PDF as text and blocks: a pure function of the page, so that it can be recomputed to find boxes.

``compose`` puts the words in reading order, with spaces, line breaks and the ``|`` between table cells added. Its
``origin`` says for every character of the text which character of the page it is, or -1 for one that was added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rag.readers.pdf_chars import PageChars
from rag.readers.pdf_columns import regions
from rag.readers.pdf_grid import grids
from rag.readers.pdf_labels import centred
from rag.readers.pdf_layout import Cell, Line, Region, joins, pitch
from rag.readers.pdf_marks import MARKS
from rag.readers.pdf_rows import Row
from rag.readers.pdf_ruled import rows_of
from rag.readers.pdf_tables import UNIT, Table, caption_above, find_tables
from rag.readers.pdf_writer import Writer

_BULLET = re.compile(r"[•●▪■◆‣➢○·□❑✓–—-]\s*\S|[\(（]?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[\)）]\s|\d{1,2}[.、]\s?\D")
_NUMBERS_LINE = re.compile(
    r"(?:Item|Part|Note|Exhibit|第)?\s*[(（]?(?:\d{1,3}(?:\.\d{1,2})*[A-Za-z]?|[ivxlIVXL]{1,5}|[A-Za-z]|[一二三四五六七八九十]{1,3})"
    r"[)）]?[.:：、章节]?|[•●▪■◆‣➢○·□❑✓–—-]",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(rf"(?:[\(（]?[a-z\d*†‡§]{{1,2}}[\)）]?[,，]?|[{MARKS}]+[,，]?)+")
_ENDS = tuple('.:;!?。：；！？”")）')
_GOES_ON = ("，", "、")
_LABEL = re.compile(
    r"(?:page\s*)?(?:[-–—·]\s*)?(?:[A-Z]{1,2}-?)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|／)\s*\d{1,4})?(?:\s*[-–—·])?"
    r"|第?\s*\d{1,4}\s*页?(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A paragraph or table of a page.

    ``start``/``end``: characters of the page's text; ``caption``, ``head``: where a table's caption and its column
    heads end; ``stub``: what stands over its labels; ``names``: its columns' names. ``size`` (of the type, in points) and ``weight`` (2 bold, 1 italic): of
    the text, or of a table's caption. ``top``/``bottom``: share of the page's height; ``edge``: at an edge.
    """

    kind: Literal["text", "table"]
    start: int
    end: int
    caption: int
    head: int
    stub: str
    names: tuple[str, ...]
    lines: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    weight: int
    edge: bool


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text and blocks; ``pieces``: (start in text, start on page, length) of what was copied."""

    text: str
    blocks: tuple[PageBlock, ...]
    pieces: tuple[tuple[int, int, int], ...]

    def origin(self) -> NDArray[np.int32]:
        """For each character of ``text`` the index of the page's character, or -1 where it was added."""
        origin = np.full(len(self.text), -1, np.int32)
        for start, source, length in self.pieces:
            origin[start : start + length] = np.arange(source, source + length)
        return origin


def compose(page: PageChars) -> PageText:
    """The page's text in reading order and its blocks, separated by blank lines."""
    writer = Writer(page.text)
    blocks: list[PageBlock] = []
    frame = _frame(page)
    for item in _parts(page, frame):
        if writer.length:
            writer.add("\n\n")  # as between paragraphs everywhere; lines of one table are parted by one
        blocks.append(
            _write_table(writer, item, frame) if isinstance(item, Table) else _write_text(writer, item, frame)
        )
    return PageText(writer.text(), tuple(blocks), tuple(writer.pieces))


def _parts(page: PageChars, frame: _Frame) -> Iterator[Table | list[Line]]:
    """The tables and paragraphs of a page in reading order: ruled tables, and what stands above, between and below them."""
    ruled = [(grid, rows) for grid in grids(page) if (rows := rows_of(page, grid)) is not None]
    middle = (page.boxes[:, 1] + page.boxes[:, 3]) / 2
    top = -np.inf
    for grid, rows in ruled:
        above = regions(_only(page, (middle >= top) & (middle <= grid.top))) if len(page.words) else []
        caption: list[Line] = []
        if above:
            region = above[-1]
            start = caption_above(region, rows, _body((*region.lines, rows.body[0].line), frame)[0])
            caption = list(region.lines[start:])
            above[-1] = replace(region, lines=region.lines[:start])
        for region in above:
            yield from _items(region, frame) if region.lines else ()
        yield Table(0, 0, caption, rows)
        top = grid.bottom
    for region in regions(_only(page, middle >= top) if ruled else page):
        yield from _items(region, frame)


def _only(page: PageChars, chosen: NDArray[np.bool_]) -> PageChars:
    """A page with some of its words."""
    return replace(
        page,
        words=page.words[chosen],
        boxes=page.boxes[chosen],
        weights=page.weights[chosen],
        sizes=page.sizes[chosen],
    )


def is_page_label(text: str) -> bool:
    """Whether a line is only a page number: ``12``, ``F-4``, ``iv``, ``Page 3 of 9``, ``第3页``."""
    return _LABEL.fullmatch(text.strip()) is not None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the page's text begins and ends, which is not where the paper does; the edges are a tenth of the paper."""

    top: float
    bottom: float
    height: float

    def at_top(self, line: Line) -> bool:
        return line.bottom < self.top + 0.1 * self.height

    def at_bottom(self, line: Line) -> bool:
        return line.top > self.bottom - 0.1 * self.height


def _frame(page: PageChars) -> _Frame:
    if not len(page.boxes):
        return _Frame(0.0, page.height, page.height)
    return _Frame(float(page.boxes[:, 1].min()), float(page.boxes[:, 3].max()), max(page.height, 1.0))


def _items(region: Region, frame: _Frame) -> list[Table | list[Line]]:
    """Tables and paragraphs of a region in order; lines alone at the page's edges are paragraphs of their own."""
    lines = region.lines
    first, last = _body(lines, frame)
    body = Region(tuple(centred(lines[first:last])), region.left, region.right)
    items: list[Table | list[Line]] = [[line] for line in lines[:first]]
    position = 0
    for table in find_tables(body) if body.lines else []:
        items.extend(_paragraphs(body.lines[position : table.start], body))
        items.append(table)
        position = table.end
    items.extend(_paragraphs(body.lines[position:], body))
    items.extend([line] for line in lines[last:])
    return items


def _body(lines: tuple[Line, ...], frame: _Frame) -> tuple[int, int]:
    """Indices of the first line below the running header and of the first line of the running footer."""
    step = pitch(lines)
    first, last = 0, len(lines)
    for index in range(min(3, len(lines) - 1)):
        if not frame.at_top(lines[index]) or not _stands_apart(lines[index], lines[index + 1], step):
            break
        if UNIT.search(lines[index].text):  # of the table below, at the top of a page
            break
        first = index + 1
    for index in range(len(lines) - 1, max(len(lines) - 4, first), -1):
        if not frame.at_bottom(lines[index]) or not _stands_apart(lines[index], lines[index - 1], step):
            break
        last = index
    return first, last


def _stands_apart(line: Line, inner: Line, step: float) -> bool:
    if is_page_label(line.text):
        return True
    if line.numbers and len(line.cells) > 2:
        return False
    gap = abs(line.middle - inner.middle)
    return gap > 1.25 * max(step, line.height) or abs(line.size - inner.size) > 0.08 * inner.size


def _paragraphs(lines: tuple[Line, ...], region: Region) -> list[Table | list[Line]]:
    """Group lines into paragraphs by distance, size, weight, indent and early ends."""
    groups: list[Table | list[Line]] = []
    step = pitch(lines) if lines else 0.0
    current: list[Line] = []
    for line in lines:
        if current and _begins(current, line, step, region):
            groups.append(current)
            current = []
        current.append(line)
    if current:
        groups.append(current)
    return groups


def _begins(current: list[Line], line: Line, step: float, region: Region) -> bool:
    before = current[-1]
    gap = line.middle - before.middle
    if gap > 1.3 * min(step, 1.6 * line.height) and gap > 1.15 * line.height:
        return True
    if line.bold != before.bold or abs(line.size - before.size) > 0.08 * before.size:
        return True
    text = line.text
    if _BULLET.match(text):
        return True
    width = region.right - region.left
    ended = before.text.endswith(_ENDS)
    goes_on = before.text.endswith(_GOES_ON)
    if before.right < region.right - 0.25 * width and not goes_on and (ended or not text[0].islower()):
        return True
    indent = line.left - before.left
    return ended and line.height < indent < 6 * line.height and len(current) > 1


def _write_text(writer: Writer, lines: list[Line], frame: _Frame) -> PageBlock:
    start = writer.length
    for number, line in enumerate(lines):
        for position, cell in enumerate(line.cells):
            if position:
                writer.add(_between(line.cells[position - 1], cell))
            elif number:
                writer.glue(cell.runs[0])
            writer.runs(cell.runs)
    return _block("text", writer, start, (start, start), lines, frame)


def _between(before: Cell, cell: Cell) -> str:
    """What parts two cells of a line outside tables: a bar where a wide gap does, unless the first numbers the line."""
    if cell.left - before.right > 3.5 * cell.height and not _NUMBERS_LINE.fullmatch(before.text):
        return " | "
    return "" if joins(before.text, cell.text) else " "


def _write_table(writer: Writer, table: Table, frame: _Frame) -> PageBlock:
    start = writer.length
    for line in table.caption:
        if writer.length > start:
            writer.add("\n")
        _write_cells(writer, line.cells)
    caption = head = writer.length
    for number, row in enumerate((*table.rows.head, *table.rows.body)):
        if writer.length > start:
            writer.add("\n")
        _write_row(writer, row)
        if number < len(table.rows.head):
            head = writer.length
    lines = [*table.caption, *(row.line for row in (*table.rows.head, *table.rows.body))]
    return _block("table", writer, start, (caption, head), lines, frame, table)


def _write_row(writer: Writer, row: Row) -> None:
    _write_cells(writer, row.label, apart=" | ")
    if not row.columns:
        return
    last = max(row.columns)
    only = not row.label and len(row.columns) == last + 1
    for number in range(last + 1):
        if not (only and number == 0):
            writer.add(" | " if row.label or number else "| ")
        _write_cells(writer, row.columns.get(number, []))


def _write_cells(writer: Writer, cells: list[Cell], apart: str = " ") -> None:
    """Cells with spaces between; ``apart`` where a wide gap on the same line parts them."""
    for position, cell in enumerate(cells):
        if position:
            before = cells[position - 1]
            level = abs(cell.middle - before.middle) < 0.5 * cell.height
            if level and cell.left - before.right > 1.5 * cell.height and not _NOTE_MARK.fullmatch(cell.text):
                writer.add(apart)
            elif not joins(before.text, cell.text):
                writer.add(" ")
        writer.runs(cell.runs)


def _block(
    kind: Literal["text", "table"],
    writer: Writer,
    start: int,
    parts: tuple[int, int],
    lines: list[Line],
    frame: _Frame,
    table: Table | None = None,
) -> PageBlock:
    first = table.caption[:1] if table else lines
    return PageBlock(
        kind=kind,
        start=start,
        end=writer.length,
        caption=parts[0],
        head=parts[1],
        stub=table.rows.stub if table else "",
        names=tuple(table.rows.names) if table else (),
        lines=len(lines),
        left=min([line.left for line in lines]),
        right=max([line.right for line in lines]),
        top=lines[0].top / frame.height,
        bottom=lines[-1].bottom / frame.height,
        size=max([line.size for line in first], default=0.0),
        weight=min([line.weight for line in first], default=0),
        edge=table is None and len(lines) <= 3 and (frame.at_top(lines[-1]) or frame.at_bottom(lines[0])),
    )
