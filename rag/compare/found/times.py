"""Whether a statement of a comparison is of the time that is compared, and its figures of as long a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from rag.compare.asked.side import RESULTS
from rag.language.periods import Period, periods
from rag.reports.names import names_of
from rag.types import Report

OF_ITS_YEARS = 0.9  # how far a statement on several years is about one of them
IN_CONTEXT = 0.7  # coverage by a heading, a table's title, or the report's own period
UNTOLD = 0.4  # by one that names none, in a report of which it is not told
OTHER_PERIOD = 0.2  # by a sentence that names another period than the one asked for
_A_YEAR = 366  # days
_PARTS = ("quarter", "half", "range")  # of a year
_SPAN = re.compile(
    r"\b(?:three|six|nine|twelve)[- ]months?\b(?:\s+(?:period\s+)?end(?:ed|ing))?|\b(?:quarter|half[- ]year|(?:fiscal\s+)?year)\s+ended\b|\bfirst\s+(?:nine|six|three)\s+months\b",
    re.IGNORECASE,
)
# `was 3.42% (3.35% in Q1)`, 为二季度交付备货, 市占率7.1%,上年同期6.2%
_ASIDE = re.compile(r"[(（][^()（）]*\d%[^()（）]*[)）]|[,，]\s*(?:为|(?:上年|去年)同期)[^,，。;；]*")
_MONTHS_OF = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "quarter": 3, "half": 6}


def lengths(text: str) -> set[int]:
    """For how many months a text says that its figures are: `in the nine months ended 30 September`."""
    found = set()
    for match in _SPAN.finditer(text):
        words = re.split(r"[-\s]+", match[0].lower())
        found.add(next((_MONTHS_OF[word] for word in words if word in _MONTHS_OF), 12))
    return found


def other_length(question: str, text: str) -> bool:
    """Whether a text gives figures for another length of time than the one that is asked about, and none for that."""
    asked, said = lengths(question), lengths(text)
    return bool(asked and said) and asked.isdisjoint(said)


def told_in(text: str, report: Report, period: Period) -> Sequence[Period]:
    """The times that a statement tells; one without a year is of the year that is asked for where its report has no time."""
    told = periods(text, report.date)
    if report.date and period.end < report.date <= period.end + timedelta(days=RESULTS):
        # `Q3 capex was 2.4 billion, about as much as in all of 2024`: the quarter is the one that has just ended
        told += tuple(p for each in told if each.implied for p in periods(each.surface, report.date))
    if told or report.date or names_of(report).periods:
        return told
    return [p for p in periods(text, period.end) if p.kind in _PARTS and p.end.year == period.end.year]


def period_fit(period: Period | None, text: str, report: Report) -> float:
    """How far a sentence is about a period: it names it, or it names none and its report is of then."""
    if period is None:
        return 0.0
    named = told_in(_ASIDE.sub(" ", text), report, period)
    if any(own.label == period.label for own in named):
        return 1.0
    if named and all(_longer(own, period) for own in named):
        return OTHER_PERIOD  # forecasts of three years are none of a quarter
    if period.kind in ("year", "range") and named and all(_shorter(own, period) for own in named):
        return OTHER_PERIOD  # a quarter is not the year, nor the first half the first nine months
    if period.kind == "year" and any(own.kind == "range" and _holds(own, period) for own in named):
        return OF_ITS_YEARS  # a forecast of three years, whatever year is named for a multiple behind it
    if any(own.kind == period.kind and not own.overlaps(period) for own in named):
        return OTHER_PERIOD
    if any(own.overlaps(period) and own.kind in ("range", "half", "quarter", "year") for own in named):
        return IN_CONTEXT if period.kind != "year" else OF_ITS_YEARS
    return _untold(period, report)


def _untold(period: Period, report: Report) -> float:
    """How far what a report says without a time is about a period."""
    if report.date and period.kind in ("day", "month") and period.holds(report.date):
        return IN_CONTEXT  # `the risks in July`: what a note of then says, whatever quarter it is on
    told = periods(f"{report.title} {report.period or ''}", report.date)
    if any(own.label == period.label or (own.overlaps(period) and own.kind == "year") for own in told):
        return IN_CONTEXT
    if told and not any(own.overlaps(period) for own in told):
        return OTHER_PERIOD
    if report.date and period.kind in ("quarter", "half") and report.date <= period.end:
        return OTHER_PERIOD  # written before the results of then were known
    return IN_CONTEXT if report.date and period.holds(report.date) else UNTOLD


def _holds(outer: Period, inner: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _shorter(own: Period, period: Period) -> bool:
    """Whether a time is a quarter or a half of a year or of the months that are asked for."""
    return own.kind in ("quarter", "half") and (own.start, own.end) != (period.start, period.end)


def _longer(own: Period, period: Period) -> bool:
    """Whether a time is so much longer than another that its figure is none of that one's. A month may be that of a report,
    which speaks of its year."""
    if own.kind not in ("year", "range") or period.kind not in ("quarter", "half", "month"):
        return False
    days = (own.end - own.start).days
    return days > _A_YEAR if period.kind == "month" else days > 1.5 * (period.end - period.start).days
