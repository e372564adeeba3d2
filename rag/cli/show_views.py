"""The views table as text and as CSV. Pure functions: no library, no printing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from rag.answer.footnotes import place
from rag.cli.show import heading, table_of
from rag.views.views import FIELDS, Cell, Spread, View, Views

_HEAD = ("company", "broker", "rating", "before", "target", "before", "date", "change", "")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(found: Views) -> list[str]:
    """The table, what is computed from it, what does not fit, and the sources of every marker."""
    if not found.views:
        return [nothing(found)]
    shown = table_of([_HEAD, *(_row(row) for row in found.views)])
    several = [_spread(spread, found.views) for spread in found.spreads if spread.count > 1]
    shown += ["", *several] if several else []
    flags = [f"Note: {row.letter}: {flag}" for row in found.views for flag in row.revision.flags]
    return [
        *shown,
        *([""] if flags else []),
        *flags,
        "",
        "Sources",
        *(line for row in found.views for line in _source(row)),
    ]


def nothing(found: Views) -> str:
    """Why the table is empty, and what could be asked instead."""
    if not found.companies:
        return "No report in the library gives a rating of a company or a target price."
    names = ", ".join(found.companies[:12]) + (", ..." if len(found.companies) > 12 else "")
    return f"No report gives a rating of {found.asked!r} or a target price for it; there are views on: {names}."


def as_csv(found: Views) -> str:
    """One line per report: every value, with its quote and marker, then what was computed."""
    columns = [f"{name}{part}" for name in FIELDS for part in ("", "_quote", "_marker")]
    more = ["current", "target_change", "rating_change", "flags", "report_id", "report_title", "file"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*columns, *more])
    for row in found.views:
        cells = [row.cells.get(name, Cell(None)) for name in FIELDS]
        values = [part for cell in cells for part in (cell.value, cell.quote, cell.marker)]
        change = row.revision
        values += [row.current, change.target, change.rating, " ".join(change.flags)]
        values += [row.report.id, row.report.title, row.report.file]
        writer.writerow([_inert(value) for value in values])
    return out.getvalue()


def _inert(value: object) -> object:
    """Text that a spreadsheet would run as a formula, made text again: reports are data."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _row(row: View) -> tuple[str, ...]:
    return (
        row.company,
        str(row.value("broker") or ""),
        _with_marker(row, "rating"),
        str(row.value("previous_rating") or ""),
        _with_marker(row, "target_price"),
        _number(row.value("previous_target_price")),
        str(row.value("date") or ""),
        _change(row),
        "" if row.current else "superseded",
    )


def _with_marker(row: View, name: str) -> str:
    cell = row.cells.get(name)
    if cell is None:
        return ""
    value = _number(cell.value) + f" {row.value('currency') or ''}" if name == "target_price" else str(cell.value)
    mark = "(corrected)" if cell.source == "user" else cell.marker or f"[{row.letter}]"
    return f"{value.strip()} {mark}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")


def _change(row: View) -> str:
    change = row.revision
    target = f"target {change.target}" if change.target else ""
    if change.target in ("raised", "cut") and change.percent is not None:
        target += f" {change.percent:+.1f}%"
    return ", ".join(part for part in (change.rating or "", target) if part)


def _spread(spread: Spread, rows: Iterable[View]) -> str:
    letters = {row.report.id: row.letter for row in rows}
    text = f"{spread.company}, {spread.currency}: {spread.count} current targets"
    text += f", {_number(spread.low)} to {_number(spread.high)}, median {_number(spread.median)}"
    far = ", ".join(letters[report_id] for report_id in spread.outliers)
    return text + (f"; far from the others: {far}" if far else "") + "."


def _source(row: View) -> list[str]:
    shown = [f"{row.letter}  {heading(row.report)}  ({row.report.file})"]
    quotes: dict[str, str] = {}
    for name in ("rating", "target_price", "previous_rating", "previous_target_price"):
        cell = row.cells.get(name)
        if cell and cell.quote:
            where = f"{cell.marker}  {place(cell.locator)}" if cell.locator else f"[{row.letter}]  title"
            if all(cell.quote not in quote for quote in quotes.values()):
                quotes[f"{where}: {cell.quote}"] = cell.quote
    return shown + [f"  {where.split(': ', 1)[0]}: “{' '.join(quote.split())}”" for where, quote in quotes.items()]
