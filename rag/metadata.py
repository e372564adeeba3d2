"""What a report says about itself: title, broker, date, language, each with the place it was read from."""

from __future__ import annotations

import re
from datetime import date

from rag import about
from rag.analysis import language
from rag.readers.dates import find_dates
from rag.types import Found, Language, Parsed, Report

_LONGEST_TITLE = 160


def make_report(parsed: Parsed, file: str, report_id: str, passages: int) -> Report:
    """The Report of a parsed file. ``report_id``: sha256 of its bytes; ``passages``: how many were made of it.

    The reader's own fields come first; a title is else the first line, else the file's name; a date is else the one in
    the file's name (``2026-02-10_broker.txt``).
    """
    found = {field.name: field for field in reversed(parsed.fields)}
    stem = Report(report_id, "", file, parsed.kind, "en").stem
    title = found.get("title") or _first_line(parsed) or Found("title", stem, stem)
    dated = found.get("date") or _date_of_name(stem)
    broker = found.get("broker")
    texts = (parsed.text[b.start : b.end] for b in parsed.blocks if b.kind in ("statement", "paragraph"))
    provenance = tuple(field for field in parsed.fields if field.name not in ("title", "date", "broker"))
    return Report(
        id=report_id,
        title=title.value,
        file=file,
        kind=parsed.kind,
        language=_language(parsed),
        broker=broker.value if broker else None,
        authors=_names(found["authors"].value) if "authors" in found else (),
        date=date.fromisoformat(dated.value) if dated else None,
        companies=about.companies(title.value, texts),
        tickers=about.tickers(title.value),
        pages=len(parsed.pages),
        passages=passages,
        provenance=tuple(field for field in (title, broker, dated) if field) + provenance,
        warnings=parsed.warnings,
    )


def _names(value: str) -> tuple[str, ...]:
    """The names of a list, parted by commas, semicolons, slashes or ``and``."""
    return tuple(name.strip() for name in re.split(r"[,，、;；/|]|\band\b", value) if name.strip())


def _first_line(parsed: Parsed) -> Found | None:
    """The first block as a title, where it is a heading or one short line; digests have a title line or none."""
    if parsed.kind == "digest" or not parsed.blocks:
        return None
    first = parsed.blocks[0]
    quote = parsed.text[first.start : first.end]
    if "\n" in quote or len(quote) > _LONGEST_TITLE or quote.endswith(("。", ".", ";", "；")):
        return None
    return Found("title", quote.lstrip("# ").strip("* "), quote, first.start, first.end, first.page)


def _date_of_name(stem: str) -> Found | None:
    for value, start, end in find_dates(stem):
        return Found("date", value.isoformat(), stem[start:end])
    return None


def _language(parsed: Parsed) -> Language:
    """The language of most of the body; headings and titles do not count."""
    chinese = total = 0
    for block in parsed.blocks:
        if block.kind in ("statement", "paragraph", "table"):
            size = block.end - block.start
            total += size
            chinese += size if language(parsed.text[block.start : block.end]) == "zh" else 0
    return "zh" if chinese * 2 > total else "en"
