"""A long PDF read by several processes: each reads a share of the pages, and one puts the document together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from operator import attrgetter

from rag.readers import told_of_name
from rag.readers.pdf import PageRead, assemble, limited, read_pages
from rag.readers.pdf_file import PdfFile
from rag.readers.pdf_page import PageBlock, PageText
from rag.types import Parsed

LEAST_PAGES = 25  # of a share; fewer are not worth opening the file once more
_FIELDS = tuple(PageBlock.__dataclass_fields__)
_values = attrgetter(*_FIELDS)
_NAMES = _FIELDS.index("names")


def read_share(data: bytes, name: str, index: int, of: int) -> bytes:
    """The pages of the 0-based share ``index`` of ``of`` equal ones, for ``join``; the last ones of a short file are empty.

    Raises ReaderError as ``pdf.parse`` does for what is wrong with these pages or the file.
    """
    with PdfFile(data, name) as file:
        shares = max(1, min(of, file.count // LEAST_PAGES))
        if index >= shares:
            return _pack(())
        pages = read_pages(file, index * file.count // shares + 1, (index + 1) * file.count // shares)
        return _pack(limited(pages, name))


def join(shares: Iterable[bytes], name: str) -> Parsed:
    """The document whose pages were read in these shares, as ``read_bytes`` gives it. Raises ReaderError as that does."""
    return told_of_name(assemble((page for share in shares for page in _unpack(share)), name), name)


def _pack(pages: Iterable[PageRead]) -> bytes:
    """As JSON; where each character stands on the page is left out, a document needs none of it."""
    rows = [
        (
            *(read.number, read.unmapped, read.label, read.pictured),
            read.page and (read.page.text, list(map(_values, read.page.blocks))),
        )
        for read in pages
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _unpack(share: bytes) -> Iterable[PageRead]:
    for number, unmapped, label, pictured, page in json.loads(share.decode("utf-8", "surrogatepass")):
        yield PageRead(number, page and PageText(page[0], tuple(map(_block, page[1])), ()), unmapped, label, pictured)


def _block(values: list[object]) -> PageBlock:
    names = values[_NAMES]
    assert isinstance(names, list)
    values[_NAMES] = tuple(names)
    return PageBlock(*values)  # type: ignore[arg-type]  # written by ``_pack``
