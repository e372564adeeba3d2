"""The door to PDFium: open a PDF, read a page's words and boxes, draw a page; its errors become ours here.

PDFium is not thread-safe (https://pypdfium2.readthedocs.io), so every call into it holds one lock of this module;
batches run in worker processes (``rag.ingest.worker``).

Coordinates are points (1/72 inch) from the top-left corner of the page as a reader sees it, rotation and crop applied.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]
from numpy.typing import NDArray

from rag.errors import ReaderError
from rag.readers.pdf_chars import PageChars, character_boxes, read_page

LOCK = threading.RLock()
MAX_PAGES = 5_000
MAX_PIXELS = 40_000_000
_MESSAGES = {
    raw.FPDF_ERR_PASSWORD: "is encrypted and asks for a password; save a copy without one and add that",
    raw.FPDF_ERR_SECURITY: "uses an encryption that cannot be read; save a copy without it and add that",
    raw.FPDF_ERR_FORMAT: "is damaged or cut off: no readable PDF structure was found; download or export it again",
}


class PdfFile:
    """An open PDF. Pages are read one at a time and let go, so memory does not grow with their number."""

    def __init__(self, source: bytes | str | Path, name: str) -> None:
        """Raises ReaderError when the file is encrypted, damaged or has no pages; ``name`` is used in messages."""
        self.name = name
        with LOCK:
            try:
                self._document = pdfium.PdfDocument(source)
            except pdfium.PdfiumError as error:
                code = getattr(error, "err_code", None)
                reason = _MESSAGES.get(code, "cannot be opened as a PDF; download or export it again")
                raise ReaderError(f"{name} {reason}.") from None
            self.count = len(self._document)
        if self.count == 0:
            self.close()
            raise ReaderError(f"{name} is a PDF without pages, nothing can be read from it; export it again.")
        if self.count > MAX_PAGES:
            self.close()
            raise ReaderError(f"{name} has {self.count:,} pages, more than the {MAX_PAGES:,} allowed; split it.")

    def close(self) -> None:
        """Free PDFium's memory; safe to call twice."""
        with LOCK:
            self._document.close()

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def label(self, number: int) -> str | None:
        """The printed label that the file declares for a 1-based page (``iv``, ``F-12``), if it declares one."""
        with LOCK:
            return self._document.get_page_label(number - 1) or None

    def chars(self, number: int) -> PageChars:
        """Words and boxes of a 1-based page. Raises ReaderError when the page's object is broken."""
        with self._page(number) as page, _text_page(page) as text_page:
            return read_page(page, text_page, number)

    def char_boxes(self, number: int) -> NDArray[np.float32]:
        """(n, 4) left, top, right, bottom of every character of ``chars(number).text``, as drawn on the page."""
        with self._page(number) as page, _text_page(page) as text_page:
            return character_boxes(page, text_page)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a 1-based page in points, as a reader sees it."""
        with self._page(number) as page:
            width, height = page.get_size()
            return float(width), float(height)

    def is_pictured(self, number: int) -> bool:
        """Whether pictures cover most of a 1-based page, as on a scanned one."""
        with self._page(number) as page:
            width, height = page.get_size()
            boxes = [item.get_bounds() for item in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
        covered = sum(max(right - left, 0) * max(top - bottom, 0) for left, bottom, right, top in boxes)
        return bool(covered > 0.5 * width * height)

    def png(self, number: int, scale: float) -> bytes:
        """The page drawn at ``scale`` pixels per point, made smaller when it would pass 40 million pixels."""
        with self._page(number) as page:
            width, height = page.get_size()
            scale = min(scale, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
            bitmap = page.render(scale=scale)
            try:
                buffer = io.BytesIO()
                bitmap.to_pil().convert("RGB").save(buffer, "PNG")
            finally:
                bitmap.close()
            return buffer.getvalue()

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        if not 1 <= number <= self.count:
            raise ReaderError(f"{self.name} has pages 1 to {self.count}; page {number} was asked for.")
        with LOCK:
            try:
                page = self._document[number - 1]
            except pdfium.PdfiumError:
                raise ReaderError(f"Page {number} of {self.name} is damaged and cannot be read.") from None
            try:
                yield page
            finally:
                page.close()


@contextmanager
def _text_page(page: Any) -> Iterator[Any]:
    handle = raw.FPDFText_LoadPage(page.raw)
    if not handle:
        raise ReaderError("A page's text cannot be read; export the PDF again.")
    try:
        yield handle
    finally:
        raw.FPDFText_ClosePage(handle)
