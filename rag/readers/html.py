"""HTML: the main text, with headings, lists and tables; scripts, menus and hidden parts are left out.

Written for web pages and for filings, which come as HTML without headings: a short bold line is one there, and a table
is data or only layout. Parsed by libxml2, which stops at 256 nested elements, so deep recursion cannot happen.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from rag.errors import ReaderError
from rag.readers.builder import Builder
from rag.readers.dates import find_dates
from rag.readers.tables import GridCell, grid_text
from rag.types import Found, Parsed

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "nav", "footer", "aside", "button"}
    | {"select", "input", "textarea", "head", "ix:header", "audio", "video", "canvas", "dialog", "menu"}
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
    }
    | {"q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_BULLET = re.compile(r"[•●▪■◆‣·○□–—-]|[(（]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[)）.]")
_MAIN_SHARE = 0.4
_LAYOUT_CHARS = 700
_BOLD_LEVEL = 7


def parse(text: str) -> Parsed:
    """Read HTML. Raises ReaderError when there is no text in it."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        raise ReaderError(
            "The HTML file is empty or cut off: no element was found in it; save the page again."
        ) from None
    except etree.XMLSyntaxError:  # a parser that repairs everything raises it only when memory runs out
        raise MemoryError from None
    reader = _Reader()
    reader.block(_main(root), bold=False)
    reader.flush()
    built = reader.builder
    cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    if not built.blocks and cut:
        raise ReaderError("All text of the HTML file is in elements nested deeper than 256; save the page again.")
    if not built.blocks:
        raise ReaderError("The HTML file has no text outside scripts, menus and hidden parts; save the page as shown.")
    warnings = ("Elements are nested deeper than 256; the text from there on was left out.",) if cut else ()
    return Parsed("html", built.text(), tuple(built.blocks), (), tuple(_fields(root)), warnings)


def _main(root: Any) -> Any:
    """The element that holds the main text, where the page marks one with a good share of all text; else the body."""
    body = root.find("body")
    body = root if body is None else body
    marked = body.xpath('.//main | .//article | .//*[@role="main"]')
    if not marked:
        return body
    best = max(marked, key=lambda element: len(element.text_content()))
    return best if len(best.text_content()) >= _MAIN_SHARE * len(body.text_content()) else body


class _Reader:
    """Walks the elements; inline text gathers until a block element begins or ends."""

    def __init__(self) -> None:
        self.builder = Builder()
        self._pieces: list[tuple[str, bool]] = []
        self._marker = ""

    def block(self, element: Any, bold: bool) -> None:
        """Take an element's text and children."""
        self._take(element.text, bold)
        for child in element:
            self._child(child, bold)
            self._take(child.tail, bold)

    def flush(self) -> None:
        """End the paragraph that is open: a short one all in bold is a heading."""
        content = " ".join("".join(text for text, _ in self._pieces).split())
        strong = all(bold for text, bold in self._pieces if text.strip())
        self._pieces = []
        marker, self._marker = self._marker, ""
        if not content:
            self._marker = marker
        elif not marker and _BULLET.fullmatch(content):
            self._marker = content
        elif strong and len(content) < 150 and content[-1] not in ".;,。；，" and sum(map(str.isalpha, content)) > 1:
            self.builder.heading(_BOLD_LEVEL - content.isupper(), content)
        else:
            self.builder.paragraph(content, marker)

    def _take(self, text: str | None, bold: bool) -> None:
        if text:
            self._pieces.append((text, bold))

    def _child(self, child: Any, bold: bool) -> None:
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag or _is_hidden(child, tag):
            return
        bold = bold or tag in ("b", "strong", "th") or bool(_BOLD.search(child.get("style", "")))
        if tag in _INLINE or ":" in tag:
            self.block(child, bold)
        elif tag == "br":
            self._pieces.append(("\n", bold))
            if sum(text == "\n" for text, _ in self._pieces[-2:]) == 2:
                self.flush()
        elif re.fullmatch(r"h[1-6]", tag):
            self.flush()
            self.builder.heading(int(tag[1]), child.text_content())
        elif tag == "table" and _is_data(child):
            self.flush()
            self._table(child)
        else:
            self.flush()
            if tag == "li":
                self._marker = "•"
            self.block(child, bold)
            self.flush()

    def _table(self, table: Any) -> None:
        caption = table.find("caption")
        self.builder.table(grid_text(_grid(table)), "" if caption is None else caption.text_content())


def _is_hidden(element: Any, tag: str) -> bool:
    if tag in _DROPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(element.get("style", "")))


def _rows(table: Any) -> list[Any]:
    return list(table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"))


def _is_data(table: Any) -> bool:
    """Rows of cells rather than a way to place text: no table inside, no long text, two rows with two cells or more."""
    if table.find(".//table") is not None:
        return False
    filled = 0
    for row in _rows(table):
        texts = [cell.text_content().strip() for cell in row if cell.tag in ("td", "th")]
        if any(len(text) > _LAYOUT_CHARS for text in texts):
            return False
        filled += sum(map(bool, texts)) > 1
    return filled > 1


def _grid(table: Any) -> list[list[GridCell]]:
    """Cells by row with the grid columns they cover, rows and columns spanned taken into account."""
    grid: list[list[GridCell]] = []
    taken: dict[int, int] = {}
    for row in _rows(table):
        cells: list[GridCell] = []
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th") or _is_hidden(cell, cell.tag):
                continue
            while taken.get(column, 0) > 0:
                column += 1
            span = _number(cell.get("colspan"))
            rows = _number(cell.get("rowspan"))
            if rows > 1:
                taken.update({at: rows for at in range(column, column + span)})
            cells.append(GridCell(_text(cell), column, span))
            column += span
        taken = {at: left - 1 for at, left in taken.items() if left > 1}
        grid.append(cells)
    return grid


def _number(value: str | None) -> int:
    return min(int(value), 1000) if value and value.strip().isdecimal() and int(value) > 0 else 1


def _text(element: Any) -> str:
    """The element's text; block children and line breaks are parted by spaces."""
    parts: list[str] = [element.text or ""]
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag and not _is_hidden(child, tag):
            inline = tag in _INLINE or ":" in tag
            parts.append(_text(child) if inline else f" {_text(child)} ")
        parts.append(child.tail or "")
    return "".join(parts)


def _fields(root: Any) -> list[Found]:
    """Title, date and author as the page's head declares them."""
    found: list[Found] = []
    metas = {
        (meta.get("property") or meta.get("name") or "").lower(): (meta.get("content") or "").strip()
        for meta in root.iterfind(".//meta")
    }
    heads = [" ".join(head.text_content().split()) for head in root.iterfind(".//h1")]
    titles = [" ".join((title.text or "").split()) for title in root.iterfind(".//head/title")]
    title = metas.get("og:title") or (heads[0] if len(heads) == 1 else "") or next(iter(titles), "")
    if title:
        found.append(Found("title", title, title))
    dated = metas.get("article:published_time") or metas.get("date") or metas.get("dc.date") or ""
    for day, start, end in find_dates(dated[:10]):
        found.append(Found("date", day.isoformat(), dated[start:end]))
        break
    if metas.get("author"):
        found.append(Found("authors", metas["author"], metas["author"]))
    return found
