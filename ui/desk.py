"""What the page does with the library, as plain functions of plain values; knows no page and no gradio."""

from __future__ import annotations

import gc
import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from rag.errors import InputError, RagError
from rag.types import Report
from ui import library_panel as panel
from ui import source
from ui.i18n import Words
from ui.intake import Intake
from ui.safe import visible

if TYPE_CHECKING:
    from rag.library import Library

log = logging.getLogger(__name__)
PICTURE_BYTES = 64 * 2**20
"""Memory that drawn pages may take; the oldest go first."""


class Desk:
    """The library as the page uses it; ``intake`` adds uploads."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.intake = Intake(library)
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._pictures_lock = threading.Lock()

    def close(self, patience: float = 60.0) -> None:
        """Stop adding after the file at hand (at most ``patience`` seconds), then close the library."""
        self.intake.close(patience)
        self.library.close()

    def warm(self) -> None:
        """Load what the first question needs, so that it is answered like every other; asks no other machine."""
        try:
            engine = import_module("rag.engine")
            if not self.library.settings.use_openai_embedding() and self.library.reports():
                engine.warm(self.library)
        except Exception:  # whatever is wrong will be told to the person who asks
            log.exception("the library could not be warmed up")
        gc.freeze()  # what is loaded by now stays: a collection then looks at what came since, and stops nobody for long

    def proof(self, data: Mapping[str, Any], t: Words) -> str:
        """The proof panel for what a citation in the page says it points at; only the library's own text comes out."""
        target = target_of(data) or self._placed(data)
        quote = str(data.get("quote", ""))[:2_000]
        if target is None:
            return source.missing("", t)
        for report in self.library.reports():
            if target.passage_id.startswith(report.id[:16]):
                passages = self.library.passages(report.id)
                cited = next((passage for passage in passages if passage.id == target.passage_id), None)
                if cited is None:
                    break
                low, high = source.quoted(cited, target)
                span = (cited.start + low, cited.start + high)
                return source.proof(report, passages, target, t, self._sheet(report, cited.page, span))
        return source.missing(quote, t)

    def _placed(self, data: Mapping[str, Any]) -> source.Target | None:
        """The passage at ``{"href": "#place/<broker>/<date>/<kind>/<number>"}``, as notes name it; None for none or several."""
        parts = [unquote(part) for part in str(data.get("href", ""))[:1_000].split("/")]
        if len(parts) != 5 or parts[0] != "#place" or not (parts[4].isascii() and parts[4].isdigit()):
            return None
        _, who, day, kind, number = parts
        named = [r for r in self.library.reports() if who in (r.broker, r.title) and str(r.date) == day]
        found = [
            passage
            for report in named
            for passage in self.library.passages(report.id)
            if passage.locator.kind == kind and int(number) in passage.locator.numbers
        ]
        if not found or len({passage.report_id for passage in found}) > 1:
            return None
        return source.Target(found[0].id, 0, len(found[0].text))

    def _sheet(self, report: Report, page: int | None, span: tuple[int, int] | None = None) -> source.Sheet | None:
        """The page to show as a picture, with the boxes of ``span`` of the report's text; None for other formats."""
        if report.kind != "pdf" or not page:
            return None
        from rag.readers.pdf_boxes import quote_boxes

        boxes: tuple[Any, ...] = ()
        spans = {span.number: span for span in self.library.pages(report.id)}
        if span is not None and page in spans:
            quote = self.library.text(report.id)[slice(*span)]
            try:
                boxes = quote_boxes(self.library.source(report.id), spans[page], *span, quote)
            except RagError as error:
                log.warning("no boxes for page %d of %s: %s", page, report.id, error)
        shares = tuple(
            (b.left / b.width, b.top / b.height, (b.right - b.left) / b.width, (b.bottom - b.top) / b.height)
            for b in boxes
            if b.width > 0 and b.height > 0
        )
        return source.Sheet(page, report.pages, shares)

    def picture(self, report_id: str, page: int) -> bytes:
        """A page of a PDF as PNG. Raises RagError for a report that is not there, is no PDF, or has no such page."""
        report = self.library.report(report_id)
        if report.kind != "pdf":
            raise InputError(f"{report.stem} is not a PDF; only pages of PDFs can be shown as pictures.")
        with self._pictures_lock:
            if (report.id, page) in self._pictures:
                self._pictures.move_to_end((report.id, page))
                return self._pictures[report.id, page]
        from rag.readers.pdf_boxes import render

        drawn = render(self.library.source(report.id), page, scale=2.0)
        with self._pictures_lock:
            self._pictures[report.id, page] = drawn
            while sum(map(len, self._pictures.values())) > PICTURE_BYTES:
                self._pictures.popitem(last=False)
        return drawn

    def reading(self, report_id: str, t: Words) -> str:
        """The proof panel with a whole report."""
        report = self.library.report(report_id)
        return source.reading(report, self.library.passages(report.id), t, self._sheet(report, 1))

    def edit(self, report_id: str, values: Mapping[str, str]) -> None:
        """Correct a report's metadata by the values of the form. Raises InputError for a value that cannot be one.

        Only what differs is written: a value that the reader left alone keeps the place it was read from.
        """
        cleaned = {name: visible(value).strip() for name, value in values.items()}
        before = panel.form_values(self.library.report(report_id))
        changed = {name: value for name, value in cleaned.items() if value != before[name]}
        if changed:
            self.library.edit(report_id, **changed)


def target_of(data: Mapping[str, Any]) -> source.Target | None:
    """The place in ``{"href": "#cite/<turn>/<index>/<passage>/<start>-<end>"}``; None for anything else."""
    parts = str(data.get("href", "")).split("/")
    if len(parts) != 5 or parts[0] != "#cite":
        return None
    start, _, end = parts[4].partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()) or len(parts[4]) > 30:
        return None
    return source.Target(unquote(parts[3]), int(start), int(end))


def parse_day(text: str) -> date | None:
    """An ISO date from a form; None for an empty one. Raises InputError for anything else."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise InputError(f"The date {text.strip()[:40]!r} is not a date; write it as 2026-02-10.") from None
