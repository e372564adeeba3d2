"""The views room: the brokers' ratings and target prices as a table with citations, as points of charts, as CSV. Pure.

What is shown is ``rag.views.views``; nothing is computed here but the points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from rag.cli.show_views import as_csv
from rag.reports.rating_scale import level
from rag.types import Report
from rag.views.views import Cell, Spread, View, Views
from ui.i18n import Words, plural
from ui.safe import clip, esc
from ui.said import chip, origin, place

if TYPE_CHECKING:
    from rag.library import Library

Point = tuple[int, float, str, str, str]
_DAY = 86_400_000  # milliseconds
SHOWN = 500
"""Rows of the table; more than that is what the choice of a company is for."""


def starts(library: Library, found: Views) -> dict[str, int]:
    """Where the cited passages begin in their reports, by passage id: citations point into the passage."""
    cited = {view.report.id for view in found.views[:SHOWN]}
    return {passage.id: passage.start for report_id in cited for passage in library.passages(report_id)}


def target_points(found: Views) -> list[Point]:
    """moment (ms), target price, series, currency, report: the points of the chart of target prices, oldest first."""
    return _points((view, view.report.target_price, view.report.currency) for view in found.views)


def rating_points(found: Views) -> list[Point]:
    """moment (ms), level from 0 (sell) to 5 (strong buy), series, rating, report, oldest first."""
    return _points((view, level(view.value("rating")), view.value("rating")) for view in found.views)


def _points(values: Iterable[tuple[View, float | None, str | None]]) -> list[Point]:
    points = [
        (_moment(v.report.date), value, v.report.broker or v.report.stem, more or "", clip(v.report.title, 60))
        for v, value, more in values
        if v.report.date and value is not None
    ]
    return sorted(points, key=lambda point: point[0])


def steps(points: list[Point]) -> list[Point]:
    """The same as lines that stand until they change: a value holds to the day before its broker's next one, and the newest
    of each to the end of the chart, a twentieth of its width after the last report.
    """
    if not points:
        return []
    end = points[-1][0] + max((points[-1][0] - points[0][0]) // 20, _DAY)
    out: list[Point] = []
    for series in dict.fromkeys(point[2] for point in points):
        own = [point for point in points if point[2] == series]
        for point, after in zip(own, [*own[1:], (end + _DAY, *own[-1][1:])], strict=True):
            out += [point, *([(after[0] - _DAY, *point[1:])] if after[0] - point[0] > _DAY else [])]
    return sorted(out, key=lambda point: point[0])


def _moment(day: date) -> int:
    """Milliseconds since 1970 at midnight UTC, which is what the charts count in."""
    return (day - date(1970, 1, 1)).days * _DAY


def table_html(found: Views, begins: Mapping[str, int], t: Words) -> str:
    """The table of views; every rating and target price carries a citation that opens the place."""
    if not found.views:
        return f'<p class="none">{esc(t["views_none"])}</p>'
    heads = "".join(f"<th>{esc(t[name])}</th>" for name in ("date_axis", "broker", "company", "rating", "target"))
    numbers = count()
    body = "".join(_row(view, begins, numbers, t) for view in found.views[:SHOWN])
    flags = "".join(f"<li>{esc(f'{v.letter} {v.report.broker or v.report.stem}: {flag}')}</li>" for v in found.views for flag in v.revision.flags)  # fmt: skip
    notes = f'<ul class="notes">{flags}</ul>' if flags else ""
    return (
        f'<div class="views-bar"><p>{esc(_summary(found, t))}</p>'
        f'<button class="act" id="act-views-csv">{esc(t["table_csv"])}</button></div>'
        f'<div class="table" id="a-views" role="region" tabindex="0" aria-label="{esc(t["views_title"])}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{notes}"
    )


def _row(view: View, begins: Mapping[str, int], numbers: Iterator[int], t: Words) -> str:
    report = view.report
    letter = f'<b class="letter">{esc(view.letter)}</b> ' if view.letter else ""
    moved = view.revision.rating or "maintained"
    rating = _before(view, "previous_rating", t) + esc(str(view.value("rating") or ""))
    if moved in ("upgraded", "downgraded"):
        rating += f' <span class="chip {moved}">{esc(t[moved])}</span>'
    price = _before(view, "previous_target_price", t) + esc(_price(report.target_price, report.currency))
    if view.revision.percent:
        price += f' <span class="chip">{view.revision.percent:+.1f}%</span>'
    day = report.date.isoformat() if report.date else t["undated"]
    old = "" if view.current else f' class="old" title="{esc(t["superseded"])}"'
    cells = [_chip(view.cells.get(name), report, begins, numbers, t) for name in ("rating", "target_price")]
    return (
        f"<tr{old}><td>{esc(day)}</td><td>{esc(report.broker or '–')}</td><td>{esc(view.company)}"
        f'<button class="act report-open" value="{esc(report.id)}">{letter}{esc(clip(report.title, 70))}</button></td>'
        f"<td>{rating}{cells[0]}</td><td>{price}{cells[1]}</td></tr>"
    )


def _before(view: View, name: str, t: Words) -> str:
    value = view.value(name)
    if value is None:
        return ""
    words = f"{value:,g}" if isinstance(value, float) else str(value)
    return f'<s title="{esc(t["before"])}">{esc(words)}</s> '


def _price(value: float | None, currency: str | None) -> str:
    return "" if value is None else f"{currency or ''} {value:,g}".strip()


def _chip(cell: Cell | None, report: Report, begins: Mapping[str, int], numbers: Iterator[int], t: Words) -> str:
    """The citation, and beside it, unseen, what its hover card shows; nothing for a value that cites no passage."""
    if cell is None or cell.passage_id is None or cell.start is None or cell.end is None or cell.locator is None:
        return ""
    if (begin := begins.get(cell.passage_id)) is None:
        return ""
    index, where = next(numbers), place(cell.locator, t)
    link = chip("views", index, cell.passage_id, cell.start - begin, cell.end - begin, cell.marker, f"{report.title} · {where}")  # fmt: skip
    return (
        f' {link}<span hidden id="src-views-{index}"><span class="meta">{esc(origin(report))}</span>'
        f'<span class="place">{esc(where)}</span><span class="quote">{esc(cell.quote)}</span></span>'
    )


def _summary(found: Views, t: Words) -> str:
    """How many views, and for one company the spread of its brokers' current targets."""
    parts = [plural(t, "views", len(found.views))]
    if len({view.company for view in found.views}) == 1:
        parts += [_spread(spread, t) for spread in found.spreads if spread.count > 1]
    return " · ".join(parts)


def _spread(spread: Spread, t: Words) -> str:
    values = {"median": f"{spread.median:,g}", "low": f"{spread.low:,g}", "high": f"{spread.high:,g}"}
    return t["views_spread"].format(currency=spread.currency, n=spread.count, **values)


def csv_bytes(found: Views) -> bytes:
    """The table for a spreadsheet, as ``python -m rag views --csv`` prints it, with a byte order mark."""
    return b"\xef\xbb\xbf" + as_csv(found).encode()
