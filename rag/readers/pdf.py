"""PDF to ``Parsed``: text in reading order, pages, headings, tables as rows; running headers and legal text told apart.

``pdf_file`` (PDFium) -> ``pdf_layout`` (cells, lines, columns) -> ``pdf_tables`` (rows) -> ``pdf_page`` (a page's text)
-> ``pdf_blocks`` (what only the whole document tells) -> here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.errors import ReaderError
from rag.readers.pdf_blocks import find_title, make_blocks
from rag.readers.pdf_file import PdfFile
from rag.readers.pdf_furniture import PageView, bare_pages, printed_labels
from rag.readers.pdf_page import PageText, compose
from rag.types import PageSpan, Parsed

MAX_CHARS = 40_000_000
MAX_PAGE_CHARS = 400_000
_LISTED = 12
_LOOKED_AT = 500  # pages that are looked at for pictures


@dataclass(frozen=True, slots=True)
class PageRead:
    """A 1-based page as it was read: ``page`` None where its object is broken; ``label``: declared by the file.

    ``unmapped``: its fonts have no map to text. ``pictured``: pictures cover it, and only lines at its edges are text.
    """

    number: int
    page: PageText | None
    unmapped: bool
    label: str | None
    pictured: bool


def parse(data: bytes, name: str) -> Parsed:
    """Read a PDF. Raises ReaderError: encrypted, damaged, no pages, no text at all, or too much of it."""
    with PdfFile(data, name) as file:
        return assemble(read_pages(file, 1, file.count), name)


def read_pages(file: PdfFile, first: int, last: int) -> Iterator[PageRead]:
    """The pages ``first`` to ``last``, each when it is asked for."""
    looked_at = 0
    for number in range(first, last + 1):
        page, unmapped = _page(file, number)
        edges_only = page is not None and bool(page.blocks) and all(piece.edge for piece in page.blocks)
        looked_at += edges_only
        pictured = edges_only and looked_at <= _LOOKED_AT and file.is_pictured(number)
        yield PageRead(number, page, unmapped, file.label(number), pictured)


def limited(found: Iterable[PageRead], name: str) -> Iterator[PageRead]:
    """The same pages. Raises ReaderError at the one by which they hold too much text."""
    length = 0
    for read in found:
        length += len(read.page.text) if read.page else 0
        if length > MAX_CHARS:
            raise ReaderError(f"{name} has more than {MAX_CHARS:,} characters of text by page {read.number}; split it.")
        yield read


def assemble(found: Iterable[PageRead], name: str) -> Parsed:
    """All pages of a PDF as a document. Raises ReaderError as ``parse`` does."""
    views: list[PageView] = []
    parts: list[str] = []
    spans: list[PageSpan] = []
    unmapped: list[int] = []
    broken: list[int] = []
    pictures: list[int] = []
    length = 0
    for read in limited(found, name):
        number, page = read.number, read.page
        if page is None:
            broken.append(number)
        else:
            views.append(PageView(number, length, page))
            parts.append(page.text)
        if read.unmapped:
            unmapped.append(number)
        if read.pictured:
            pictures.append(number)
        spans.append(PageSpan(number, length, length + len(parts[-1]) if page else length, read.label))
        length = spans[-1].end
        if page and page.text:
            parts.append("\n\n")
            length += 2
    pictured = sorted({*pictures}.intersection(bare_pages(views)))
    text = "".join(parts)
    empty = [span.number for span in spans if span.start == span.end and span.number not in broken]
    readable = any(map(str.isalnum, text))
    if not readable and unmapped:
        raise ReaderError(
            f"{name} has {len(spans)} page(s) whose fonts have no map to text, so nothing can be read from it; "
            "run OCR on it, or export it again with its fonts."
        )
    if not readable:
        raise ReaderError(
            f"{name} has {len(spans)} page(s) and no text on any of them: it is probably a scan; "
            "run OCR on it and add the result."
        )
    labels = printed_labels(views, spans)
    pages = tuple(PageSpan(s.number, s.start, s.end, labels.get(s.number)) for s in spans)
    blocks = make_blocks(views)
    title = find_title(views)
    return Parsed("pdf", text, blocks, pages, (title,) if title else (), _warnings(empty, pictured, unmapped, broken))


def _page(file: PdfFile, number: int) -> tuple[PageText | None, bool]:
    """A page's text (None when its object is broken), and whether its fonts have no map to text."""
    try:
        chars = file.chars(number)
    except ReaderError:
        return None, False
    if len(chars.text) > MAX_PAGE_CHARS:
        raise ReaderError(
            f"{file.name} has {len(chars.text):,} characters on page {number}, "
            f"more than the {MAX_PAGE_CHARS:,} a page may have."
        )
    bad = chars.unmapped > 20 and chars.unmapped * 5 > len(chars.text)
    return compose(chars), bad


def _warnings(empty: list[int], pictured: list[int], unmapped: list[int], broken: list[int]) -> tuple[str, ...]:
    found = []
    if empty:
        found.append(f"No text on {_pages(empty)}: blank or scanned, so nothing of them can be found; OCR would help.")
    if pictured:
        found.append(
            f"Only a header or footer could be read on {_pages(pictured)}: the rest is a picture, so nothing of it can be "
            "found; OCR would help."
        )
    if unmapped:
        found.append(
            f"The fonts on {_pages(unmapped)} have no map to text, so their text is unreadable; OCR would help."
        )
    if broken:
        found.append(f"Damaged and left out: {_pages(broken)}.")
    return tuple(found)


def _pages(numbers: list[int]) -> str:
    """``page 3``, ``pages 3-5 and 9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = ["-".join(map(str, run)) for run in runs[:_LISTED]]
    if len(runs) > _LISTED:
        shown.append(f"{len(runs) - _LISTED} more places")
    joined = shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
    return f"page{'s' if len(numbers) > 1 else ''} {joined}"
