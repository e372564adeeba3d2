"""Word files (DOCX, DOCM): paragraphs, headings, lists, tables and footnotes, read from the XML; macros are never run.

The package is checked before it is unpacked: a small file can hold gigabytes of zeros. Word files have no pages of their
own; passages are located by paragraph.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from rag.errors import ReaderError
from rag.readers.builder import Builder
from rag.readers.tables import GridCell, grid_text
from rag.types import Found, Parsed

MAX_PARTS = 20_000
MAX_PART_BYTES = 120 * 2**20
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_NO_TITLE = re.compile(
    r"(?:Microsoft\s|Word\sDocument|(?:Document|Doc|文档|文檔)\s?\d*$|untitled|无标题|新建|.{0,12}(?:template|模板)|.*\.docx?$|\W*$)",
    re.IGNORECASE,
)
"""What programs and templates write into a file's properties where nobody gave it a title."""
_HEADING = re.compile(r"(?:heading|überschrift|titre|标题|標題)\s*([1-9])", re.IGNORECASE)


def parse(data: bytes, name: str) -> Parsed:
    """Read a Word file. Raises ReaderError: damaged, encrypted, too large when unpacked, or without text."""
    parts = _unpack(data, name)
    if "word/document.xml" not in parts:
        raise ReaderError(f"{name} is a zip file without a Word document in it; save it as .docx and add that.")
    document = _xml(parts["word/document.xml"], name)
    reader = _Reader(_heading_levels(parts, name))
    body = document.find(f"{_W}body")
    reader.body(body if body is not None else document)
    if "word/footnotes.xml" in parts:
        for note in _xml(parts["word/footnotes.xml"], name).iterfind(f"{_W}footnote"):
            if note.get(f"{_W}type") is None:
                reader.body(note)
    built = reader.builder
    if not built.blocks:
        raise ReaderError(f"{name} has no text; if it shows pictures of pages, run OCR on it and add the result.")
    fields = reader.title or _core_title(parts, name)
    warnings = ("The file holds macros; they were not run.",) if "word/vbaProject.bin" in parts else ()
    return Parsed("docx", built.text(), tuple(built.blocks), (), tuple(fields), warnings)


def _unpack(data: bytes, name: str) -> dict[str, bytes]:
    """The XML parts that are read, by name; sizes are checked as declared and again while unpacking."""
    wanted = {"word/document.xml", "word/styles.xml", "word/footnotes.xml", "docProps/core.xml"}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if len(names) > MAX_PARTS:
                raise ReaderError(f"{name} holds {len(names):,} parts, more than the {MAX_PARTS:,} allowed.")
            parts = {part: b"" for part in names if part == "word/vbaProject.bin"}
            for part in wanted.intersection(names):
                with package.open(part) as stream:
                    parts[part] = stream.read(MAX_PART_BYTES + 1)
                if len(parts[part]) > MAX_PART_BYTES:
                    raise ReaderError(
                        f"{name} unpacks to more than {MAX_PART_BYTES // 2**20} MB, which no report does; "
                        "it was refused as a likely zip bomb."
                    )
            return parts
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError):
        raise ReaderError(f"{name} is a damaged Word file: its zip package cannot be read; save it again.") from None
    except RuntimeError:
        raise ReaderError(f"{name} is encrypted; save a copy without a password and add that.") from None


def _xml(part: bytes, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ReaderError(f"{name} is a damaged Word file: its text is not well-formed XML; save it again.") from None


def _heading_levels(parts: dict[str, bytes], name: str) -> dict[str, int]:
    """Levels of heading styles by style id; 0 is the title. A style inherits from the one that it is based on."""
    if "word/styles.xml" not in parts:
        return {}
    levels: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in _xml(parts["word/styles.xml"], name).iterfind(f"{_W}style"):
        key = style.get(f"{_W}styleId", "")
        title = _value(style.find(f"{_W}name"))
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        match = _HEADING.fullmatch(title)
        if title.lower() == "title":
            levels[key] = 0
        elif match or (outline.isdecimal() and int(outline) < 9):
            levels[key] = int(match[1]) if match else int(outline) + 1
        elif parent := _value(style.find(f"{_W}basedOn")):
            based[key] = parent
    for key in based:
        parent, seen = key, {key}
        while parent in based and based[parent] not in seen:
            parent = based[parent]
            seen.add(parent)
        if parent in levels:
            levels[key] = levels[parent]
    return levels


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


class _Reader:
    """Takes paragraphs and tables in the order in which they stand."""

    def __init__(self, levels: dict[str, int]) -> None:
        self.builder = Builder()
        self.title: list[Found] = []
        self._levels = levels

    def body(self, parent: Any) -> None:
        """Read the block content of an element."""
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag == f"{_W}sdt":
                content = child.find(f"{_W}sdtContent")
                if content is not None:
                    self.body(content)
            elif child.tag in (f"{_W}ins", f"{_W}smartTag", f"{_W}customXml", f"{_W}moveTo"):
                self.body(child)

    def _paragraph(self, paragraph: Any) -> None:
        content = " ".join("".join(_runs(paragraph)).split())
        if not content:
            return
        level = self._level(paragraph)
        if level is None and len(content) < 120 and content[-1] not in ".;,。；，:：" and _is_bold(paragraph):
            level = 9
        if level is not None:
            self.builder.heading(max(level, 1), content)
            if level == 0 and not self.title:
                end = self.builder.blocks[-1].end
                self.title.append(Found("title", content, content, end - len(content), end))
            return
        listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
        self.builder.paragraph(content, "•" if listed else "")

    def _level(self, paragraph: Any) -> int | None:
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        outline = _value(paragraph.find(f"{_W}pPr/{_W}outlineLvl"))
        if outline.isdecimal() and int(outline) < 9:
            return int(outline) + 1
        return self._levels.get(style)

    def _table(self, table: Any) -> None:
        rows = list(table.iterfind(f"{_W}tr"))
        if len(rows) == 1 and len(rows[0].findall(f"{_W}tc")) == 1:  # a frame around text
            self.body(rows[0].find(f"{_W}tc"))
            return
        self.builder.table(grid_text([list(_cells(row)) for row in rows]))


def _cells(row: Any) -> Iterator[GridCell]:
    column = 0
    for cell in row.iterfind(f"{_W}tc"):
        span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan"))
        width = min(int(span), 100) if span.isdecimal() and int(span) > 0 else 1
        text = " ".join("".join(_runs(paragraph)) for paragraph in cell.iter(f"{_W}p"))
        yield GridCell(text, column, width)
        column += width


def _runs(element: Any) -> Iterator[str]:
    """The visible text of an element: deleted text is left out, tabs and line breaks are spaces."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _runs(child)
            if child.tag == f"{_W}p":  # of a text box
                yield " "


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(_runs(run)).strip()]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(mark is not None and _value(mark) not in ("0", "false") for mark in marks)


def _core_title(parts: dict[str, bytes], name: str) -> list[Found]:
    if "docProps/core.xml" not in parts:
        return []
    title = _xml(parts["docProps/core.xml"], name).findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    title = " ".join(title.split())
    return [Found("title", title, title)] if title and not _NO_TITLE.match(title) else []
