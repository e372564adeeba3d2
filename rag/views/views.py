"""Views of the brokers on companies: rating, target price and date of each report, every value with where it stands.

Pure functions over reports. The newest report of a broker on a company is its current view, older ones are superseded.
Spreads and medians are over current views with a target in one currency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import median
from typing import Any

from rag.answer.citations import marker, report_letters
from rag.types import Found, Locator, Passage, Report
from rag.views.groups import groups, is_meant
from rag.views.revisions import Revision, revisions

PassagesOf = Callable[[str], Sequence[Passage]]
FIELDS = ("company", "broker", "rating", "previous_rating", "target_price", "previous_target_price", "currency", "date")
_NAMES = {"company": "companies"}
FAR = 3.5  # modified z-score from which a target is an outlier
LEAST_QUOTE = 4  # characters of a quote that may be looked up in other passages than its own
LEAST = 4  # targets below which nothing is called an outlier


@dataclass(frozen=True, slots=True)
class Cell:
    """One value and where it was read. ``start``/``end``: characters of the report's text, None where none bear it.

    ``passage_id``/``locator``/``marker``: of the passage that holds the quote; absent for what stands in a title or
    dateline, outside of all passages. ``source``: ``rule`` or ``user`` (a correction, without a quote).
    """

    value: Any
    quote: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    passage_id: str | None = None
    locator: Locator | None = None
    marker: str = ""
    source: str = "rule"

    def to_dict(self) -> dict[str, Any]:
        return {
            "value": self.value.isoformat() if isinstance(self.value, date) else self.value,
            "quote": self.quote,
            "marker": self.marker,
            "page": self.page,
            "kind": self.locator.kind if self.locator else None,
            "numbers": list(self.locator.numbers) if self.locator else [],
            "passage_id": self.passage_id,
            "start": self.start,
            "end": self.end,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class View:
    """What one report says of a company. ``cells``: by name in ``FIELDS``, those that are known.

    ``current``: the newest of its broker on the company; a report whose broker is unknown is never superseded.
    ``letter``: of the report in this table.
    """

    report: Report
    company: str
    cells: dict[str, Cell]
    current: bool
    revision: Revision
    letter: str = ""

    def value(self, name: str) -> Any:
        return self.cells[name].value if name in self.cells else None

    def to_dict(self) -> dict[str, Any]:
        return {
            "company": self.company,
            "letter": self.letter,
            "report_id": self.report.id,
            "report_title": self.report.title,
            "file": self.report.file,
            "current": self.current,
            **{name: self.cells[name].to_dict() if name in self.cells else None for name in FIELDS[1:]},
            **self.revision.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Spread:
    """The current targets for a company in one currency. ``outliers``: report ids far from the median."""

    company: str
    currency: str
    count: int
    low: float
    high: float
    median: float
    outliers: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "company": self.company,
            "currency": self.currency,
            "count": self.count,
            "low": self.low,
            "high": self.high,
            "median": self.median,
            "outliers": list(self.outliers),
        }


@dataclass(frozen=True, slots=True)
class Views:
    """The table, companies by name, newest report first; ``companies``: all that the library has views on."""

    views: tuple[View, ...] = ()
    spreads: tuple[Spread, ...] = ()
    companies: tuple[str, ...] = ()
    asked: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object that ``views --json`` prints."""
        return {
            "company": self.asked,
            "views": [view.to_dict() for view in self.views],
            "spreads": [spread.to_dict() for spread in self.spreads],
            "companies": list(self.companies),
        }


def views(reports: Iterable[Report], passages_of: PassagesOf, company: str | None = None) -> Views:
    """The views table over reports, of one company (any name, alias or ticker, in both scripts) or of all.

    A report counts when it is about a company and gives a rating of it or a target price.
    """
    passages_of = cache(passages_of)
    held = groups([report for report in reports if _has_view(report)])
    chosen = [group for group in held if company is None or is_meant(company, group)]
    rows: list[View] = []
    for group in chosen:
        changes = revisions(group.by_broker, passages_of)
        newest = {reports[-1].id for reports in group.by_broker}
        for report in sorted(group.reports, key=lambda item: (item.date or date.min, item.id), reverse=True):
            rows.append(View(report, group.name, {}, report.id in newest, changes[report.id]))
    letters = report_letters((row.report for row in rows), True)
    cited = tuple(
        View(
            row.report,
            row.company,
            _cells(row, passages_of, letters[row.report.id]),
            row.current,
            row.revision,
            letters[row.report.id],
        )
        for row in rows
    )
    return Views(cited, tuple(spreads(cited)), tuple(group.name for group in held), company)


def spreads(rows: Iterable[View]) -> list[Spread]:
    """Lowest, highest and median current target per company and currency; targets without a currency are left out."""
    targets: dict[tuple[str, str], list[View]] = {}
    for row in rows:
        if row.current and row.report.target_price is not None and row.report.currency:
            targets.setdefault((row.company, row.report.currency), []).append(row)
    found = []
    for (company, currency), group in targets.items():
        prices = [row.report.target_price or 0.0 for row in group]
        outliers = tuple(row.report.id for row, far in zip(group, _far(prices), strict=True) if far)
        found.append(Spread(company, currency, len(prices), min(prices), max(prices), median(prices), outliers))
    return found


def spreads_of(reports: Iterable[Report]) -> list[tuple[str, int, float, float, float]]:
    """Currency, number, lowest, highest and median target of these reports, where a currency has more than one."""
    targets: dict[str, list[float]] = {}
    for report in reports:
        if report.target_price is not None and report.currency:
            targets.setdefault(report.currency, []).append(report.target_price)
    return [(of, len(all_), min(all_), max(all_), median(all_)) for of, all_ in targets.items() if len(all_) > 1]


def _far(prices: Sequence[float]) -> list[bool]:
    """Which values are outliers by the modified z-score, 0.6745 (x - median) / MAD, above 3.5.

    B. Iglewicz, D. Hoaglin, "How to Detect and Handle Outliers" (ASQC 1993). Where more than half agree (MAD 0), a
    value that differs from them by half is one.
    """
    middle = median(prices)
    spread = median(abs(price - middle) for price in prices)
    if len(prices) < LEAST:
        return [False] * len(prices)
    if spread == 0:
        return [abs(price - middle) > middle / 2 for price in prices]
    return [0.6745 * abs(price - middle) / spread > FAR for price in prices]


def _has_view(report: Report) -> bool:
    rated = report.rating is not None and report.rating_of != "industry"
    return bool(report.companies or report.tickers) and (rated or report.target_price is not None)


def _cells(row: View, passages_of: PassagesOf, letter: str) -> dict[str, Cell]:
    report = row.report
    passages = passages_of(report.id)
    sources = {found.name: found for found in reversed(report.provenance)}
    values: dict[str, Any] = {
        "company": row.company,
        "broker": report.broker,
        "rating": report.rating if report.rating_of != "industry" else None,
        "previous_rating": report.previous_rating if report.rating_of != "industry" else None,
        "target_price": report.target_price,
        "previous_target_price": report.previous_target_price,
        "currency": report.currency,
        "date": report.date,
    }
    return {
        name: cell(value, sources.get(_NAMES.get(name, name)), passages, letter)
        for name, value in values.items()
        if value is not None
    }


def cell(value: Any, source: Found | None, passages: Sequence[Passage], letter: str = "") -> Cell:
    """A value with its quote's place: the passage that holds the quote, or else one that repeats it word for word."""
    if source is None:
        return Cell(value)
    for passage in passages if source.quote else ():
        start = -1
        if source.start is not None and passage.start <= source.start and (source.end or 0) <= passage.end:
            start = source.start - passage.start
        if start >= 0 and passage.text.startswith(source.quote, start):
            return _cited(value, source, passage, start, letter)
    for passage in passages if len(source.quote) >= LEAST_QUOTE else ():
        if (start := passage.text.find(source.quote)) >= 0:
            return _cited(value, source, passage, start, letter)
    return Cell(value, source.quote, source.start, source.end, source.page, source=source.source)


def _cited(value: Any, source: Found, passage: Passage, start: int, letter: str) -> Cell:
    begin, mark = passage.start + start, marker(letter, passage)
    end = begin + len(source.quote)
    return Cell(value, source.quote, begin, end, passage.page, passage.id, passage.locator, mark, source.source)
