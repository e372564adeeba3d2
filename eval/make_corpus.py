"""Makes the PDF and Word reports of ``eval/corpus`` from their sources: ``python -m eval.make_corpus``.

A source is a text file in ``eval/source`` named ``NAME.pdf.txt`` or ``NAME.docx.txt``. Its lines: ``= title``,
``== heading``, ``Table: caption`` followed by ``| cells |`` rows of which the first is the header, ``---`` for a new
page, ``running: text`` for the header of every page, ``scan:`` for a page that is only a picture, anything else is a
paragraph.
Everything is made from the source alone, so that a second run gives the same bytes (the scan: with the same PDFium).
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from eval.pdf_writer import HEIGHT, MARGIN, WIDTH, Image, Page, advance, wrap, write

HERE = Path(__file__).parent
_NUMERIC = re.compile(r"^[-(]?[\d,.]+\)?%?$|^-$|^$")


def blocks(source: str) -> Iterator[tuple[str, list[str]]]:
    """``(kind, lines)`` of a source: title, heading, caption, table, paragraph, page, running, scan."""
    table: list[str] = []
    for line in [*source.splitlines(), ""]:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            yield "table", table
            table = []
        for prefix, kind in (("== ", "heading"), ("= ", "title"), ("running: ", "running")):
            if line.startswith(prefix):
                yield kind, [line.removeprefix(prefix)]
                break
        else:
            if line == "---":
                yield "page", []
            elif line.startswith("scan:"):
                yield "scan", []
            elif re.match(r"Table: |表:", line):
                yield "caption", [re.sub(r"^(Table: |表:)", "", line)]
            elif line.strip():
                yield "paragraph", [line]


def cells(row: str) -> list[str]:
    """The cells of a ``| a | b |`` row."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


class Setter:
    """Sets blocks from the top of the page down."""

    def __init__(self, running: str) -> None:
        self.running = running
        self.pages: list[Page] = []
        self.scanned: set[int] = set()
        self.new_page()

    def new_page(self) -> None:
        page, number = Page(), len(self.pages) + 1
        page.text(MARGIN, HEIGHT - 36, self.running, 8)
        page.text(WIDTH / 2 - 6, 30, str(number), 8)
        self.pages.append(page)
        self.y = HEIGHT - 80.0

    def put(self, text: str, size: float, *, bold: bool = False, after: float = 6) -> None:
        """A wrapped paragraph."""
        for line in wrap(text, size, WIDTH - 2 * MARGIN):
            self.pages[-1].text(MARGIN, self.y, line, size, bold=bold)
            self.y -= size * 1.4
        self.y -= after

    def table(self, rows: list[list[str]]) -> None:
        """A table with a rule under its header: columns of numbers flush right, others flush left."""
        page, size, columns = self.pages[-1], 9.0, len(rows[0])
        numeric = all(_NUMERIC.match(cell) for row in rows[1:] for cell in row[1:])
        first = 0.46 if numeric else 1 / columns
        room = (WIDTH - 2 * MARGIN) * (1 - first) / (columns - 1)
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                x = MARGIN + (0 if column == 0 else (WIDTH - 2 * MARGIN) * first + room * (column - 1))
                if numeric and column:
                    x += room - advance(cell, size)
                if cell:
                    page.text(x, self.y, cell, size, bold=index == 0)
            if index == 0:
                page.line(MARGIN, self.y - 4, WIDTH - MARGIN)
            self.y -= size * 1.7
        self.y -= 8


def make_pdf(source: str) -> bytes:
    """A source as PDF."""
    parts = list(blocks(source))
    setter = Setter(next(lines[0] for kind, lines in parts if kind == "running"))
    title = next(lines[0] for kind, lines in parts if kind == "title")
    for kind, lines in parts:
        if kind == "page":
            setter.new_page()
        elif kind == "scan":
            setter.scanned.add(len(setter.pages) - 1)
        elif kind == "title":
            setter.put(lines[0], 18, bold=True, after=10)
        elif kind == "heading":
            setter.y -= 6
            setter.put(lines[0], 13, bold=True)
        elif kind == "caption":
            setter.put(lines[0], 9, bold=True, after=4)
        elif kind == "table":
            setter.table([cells(row) for row in lines])
        elif kind == "paragraph":
            setter.put(lines[0], 10)
    for index in setter.scanned:
        setter.pages[index] = Page(image=scan(setter.pages[index]))
    return write(setter.pages, title)


def scan(page: Page) -> Image:
    """A page as a picture at 100 dots an inch."""
    import numpy as np
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(write([page], "scan"))
    grey = document[0].render(scale=100 / 72, grayscale=True).to_numpy()
    document.close()
    height, width = grey.shape[:2]
    grey = grey.reshape(height, width)
    return Image(width, height, np.packbits(grey > 128, axis=1).tobytes())


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def make_docx(source: str) -> bytes:
    """A source as a Word file: headings by style, tables as tables."""
    styles = {"title": "Heading1", "heading": "Heading2", "caption": "Caption", "paragraph": "Normal"}
    body = ""
    for kind, lines in blocks(source):
        if kind == "table":
            body += _docx_table([cells(row) for row in lines])
        elif kind in styles:
            body += _docx_paragraph(lines[0], styles[kind])
    style_list = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in (
            ("Normal", "Normal"),
            ("Heading1", "heading 1"),
            ("Heading2", "heading 2"),
            ("Caption", "caption"),
        )
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{style_list}</w:styles>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), _XML + text)
    return out.getvalue()


def _docx_paragraph(text: str, style: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _docx_table(rows: list[list[str]]) -> str:
    columns = "".join('<w:gridCol w:w="2000"/>' for _ in rows[0])
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{_docx_paragraph(cell, 'Normal')}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>"


def make(source: Path) -> bytes:
    """The report of one source file."""
    text = source.read_text(encoding="utf-8")
    return make_docx(text) if source.name.endswith(".docx.txt") else make_pdf(text)


def main() -> int:
    """Write every report that has a source."""
    for source in sorted((HERE / "source").glob("*.txt")):
        target = HERE / "corpus" / source.name.removesuffix(".txt")
        target.write_bytes(make(source))
        print(f"{target.name}: {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
