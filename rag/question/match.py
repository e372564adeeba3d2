"""Which reports of the library fit the companies, brokers, times and kinds of report that a question names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from rag.language.periods import Period
from rag.reports.names import Haystack, Name, Names, broker_keys, names_of
from rag.search.shelf import shelf_of
from rag.types import Report

COMPANY, LIKELY, BROKER, TIME, TYPE = 0.5, 0.3, 0.2, 0.3, 0.1
_LAG = {"year": 150, "half": 75, "quarter": 60, "month": 25}  # days within which results of a period are written about
_PUBLISHED = frozenset({"day", "week", "month"})
_TYPE_WORDS = {
    "annual report": ("10k", "20f", "annual", "年报", "年度报告"),
    "quarterly report": ("10q", "quarterly", "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q", "季报", "季度报告"),
    "interim report": ("interim", "half-year", "1h", "h1", "中报", "半年报", "半年度"),
    "first quarter report": ("q1", "1q", "一季报", "一季度"),
    "third quarter report": ("q3", "3q", "三季报", "三季度"),
    "prospectus": ("prospectus", "招股"),
    "current report": ("8k",),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """``scores``: report id -> 0..1 for those that fit at all. ``certain``: the reports that the question must be about,
    None when that cannot be told. ``called``: report id -> the name of its own by which the question may mean it."""

    scores: dict[str, float] = field(default_factory=dict)
    certain: frozenset[str] | None = None
    called: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question names, as far as reports are chosen by it."""

    text: str
    companies: tuple[Name, ...] = ()
    brokers: tuple[Name, ...] = ()
    periods: tuple[Period, ...] = ()
    report_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    report: Report
    company: float
    broker: float
    time: float
    kind: float
    name: str | None

    @property
    def score(self) -> float:
        return min(1.0, self.company + self.broker + self.time + self.kind)


def fit(asked: Asked, reports: Iterable[Report]) -> Fit:
    """Score the reports by what the question names.

    Certain are the reports about a company that it names without doubt; among them, where some also fit a broker or a
    time that it names, only these. A name without any report of its own never narrows anything.
    """
    hay = Haystack(asked.text)
    names = {name.name for name in asked.companies}
    tickers = {ticker for name in asked.companies for ticker in name.tickers}
    brokers = {k for broker in asked.brokers for k in broker_keys(broker.name)}
    likely = shelf_of(reports).likely(hay, names, tickers, brokers, asked.periods)
    rows = [_row(asked, hay, report) for report in likely]
    scores = {row.report.id: row.score for row in rows if row.score > 0}
    called = {row.report.id: row.name for row in rows if row.name}
    return Fit(scores, _certain(asked, rows), called)


def _row(asked: Asked, hay: Haystack, report: Report) -> _Row:
    names = names_of(report)
    company, name = _company(asked, hay, names)
    broker = BROKER if names.broker & {k for b in asked.brokers for k in broker_keys(b.name)} else 0.0
    if not broker and any(hay.has(k) for k in names.broker if len(k) > 3 or not k.isascii()):
        broker = BROKER
    time = TIME * max((time_fit(period, report, names) for period in asked.periods), default=0.0)
    return _Row(report, company, broker, time, TYPE if _is_type(asked, report) else 0.0, name)


def _company(asked: Asked, hay: Haystack, names: Names) -> tuple[float, str | None]:
    """How surely the report is about a named company, and the report's own name that the question uses."""
    for named in asked.companies:
        if named.name in names.concepts or not names.tickers.isdisjoint(named.tickers):
            return (COMPANY if named.certain else LIKELY), None
    own = next((name for name in sorted(names.about, key=len, reverse=True) if hay.has(name)), None)
    if own:
        return COMPANY, own
    likely = next((name for name in sorted(names.likely, key=len, reverse=True) if hay.has(name)), None)
    return (LIKELY if likely else 0.0), likely


def time_fit(period: Period, report: Report, names: Names) -> float:
    """How well a report fits a period, 0..1: the period is its own, holds it, or is when it was published."""
    best = 0.0
    for own in names.periods:
        if own.label == period.label:
            best = max(best, 1.0)
        elif own.kind == "day":
            best = max(best, 0.9 if period.kind in _PUBLISHED and period.holds(own.start) else 0.0)
        elif own.overlaps(period) and "year" in (own.kind, period.kind):
            best = max(best, 0.5)
        elif own.kind == period.kind == "year" and own.start.year == period.start.year + 1:
            best = max(best, 0.25)  # next year's report repeats the figures beside its own
    return max(best, _published(period, report.date)) if report.date else best


def _published(period: Period, dated: date) -> float:
    if period.holds(dated):
        short = period.kind in _PUBLISHED or (period.end - period.start).days <= 45
        return 1.0 if short else 0.6
    lag = _LAG.get(period.kind)
    return 0.5 if lag and period.end < dated <= period.end + timedelta(days=lag) else 0.0


def _is_type(asked: Asked, report: Report) -> bool:
    text = f"{report.title} {report.stem} {report.period or ''}".lower().replace("-k", "k").replace("-q", "q")
    return any(word in text for kind in asked.report_types for word in _TYPE_WORDS.get(kind, ()))


def _certain(asked: Asked, rows: list[_Row]) -> frozenset[str] | None:
    chosen = [row for row in rows if row.company >= COMPANY]
    if not chosen:
        return _by_day(asked, rows)
    if len(asked.companies) > 1:  # a comparison: each company keeps all of its reports
        return frozenset(row.report.id for row in chosen)
    chosen = [row for row in chosen if row.broker > 0] or chosen
    chosen = [row for row in chosen if row.time >= TIME] or chosen
    return frozenset(row.report.id for row in chosen)


def _by_day(asked: Asked, rows: list[_Row]) -> frozenset[str] | None:
    """Without a company: the reports of a named broker on a named day, week or month, when there are any."""
    if not any(period.kind in _PUBLISHED for period in asked.periods):
        return None
    return frozenset(row.report.id for row in rows if row.broker > 0 and row.time >= TIME) or None
