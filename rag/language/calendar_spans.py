"""Spans of days by the calendar: years, halves, quarters, months, weeks. Both ends belong to a span."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Kind = Literal["year", "half", "quarter", "month", "week", "day", "range"]
FIRST_YEAR, LAST_YEAR = 1950, 2079


@dataclass(frozen=True, slots=True)
class Span:
    """``start`` to ``end``, both inclusive. ``implied``: the text gave no year, so that of 2000 stands in for it."""

    start: date
    end: date
    kind: Kind
    fiscal: bool = False
    estimate: bool = False
    implied: bool = False


def full_year(text: str) -> int | None:
    """A year of two or four digits as a number (``24`` -> 2024, ``98`` -> 1998); None outside 1950-2079."""
    year = int(text)
    if len(text) == 2:
        year += 1900 if year >= 80 else 2000
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months(year: int, first: int, last: int, kind: Kind) -> Span:
    """From the first day of one month to the last day of another, in one year."""
    return Span(date(year, first, 1), month_end(year, last), kind)


def year_span(year: int) -> Span:
    """The calendar year."""
    return months(year, 1, 12, "year")


def half(year: int, number: int) -> Span:
    """The first (1) or second (2) half of a year."""
    return months(year, 6 * number - 5, 6 * number, "half")


def quarter(year: int, number: int) -> Span:
    """A quarter, 1 to 4."""
    return months(year, 3 * number - 2, 3 * number, "quarter")


def month(year: int, number: int, part: str = "") -> Span:
    """A month, 1 to 12, or the ``early`` (1-10), ``mid`` (11-20) or ``late`` (21-end) part of it."""
    whole = months(year, number, number, "month")
    if part == "early":
        return Span(whole.start, date(year, number, 10), "range")
    if part == "mid":
        return Span(date(year, number, 11), date(year, number, 20), "range")
    if part == "late":
        return Span(date(year, number, 21), whole.end, "range")
    return whole


def day(year: int, month_number: int, day_number: int) -> Span | None:
    """A day, or None where the calendar has no such day."""
    try:
        one = date(year, month_number, day_number)
    except ValueError:
        return None
    return Span(one, one, "day")


def week(one_day: date) -> Span:
    """The week of a day, Monday to Sunday."""
    monday = one_day - timedelta(days=one_day.weekday())
    return Span(monday, monday + timedelta(days=6), "week")


def add_months(year: int, month_number: int, count: int) -> tuple[int, int]:
    """Year and month a number of months later (or earlier, when negative)."""
    index = year * 12 + month_number - 1 + count
    return index // 12, index % 12 + 1


def quarter_of(one_day: date, offset: int = 0) -> Span:
    """The quarter of a day, or one some quarters later."""
    year, month_number = add_months(one_day.year, one_day.month, 3 * offset)
    return quarter(year, (month_number - 1) // 3 + 1)


def month_of(one_day: date, offset: int = 0) -> Span:
    """The month of a day, or one some months later."""
    return month(*add_months(one_day.year, one_day.month, offset))


def back(one_day: date, count: int, unit: str) -> Span:
    """The last ``count`` whole years or quarters, months, weeks or days up to a day (years end with the year before)."""
    if unit == "year":
        return Span(date(one_day.year - count, 1, 1), date(one_day.year - 1, 12, 31), "range")
    if unit == "quarter":
        return Span(quarter_of(one_day, -count).start, quarter_of(one_day, -1).end, "range")
    if unit == "month":
        year, month_number = add_months(one_day.year, one_day.month, -count)
        start = date(year, month_number, min(one_day.day, month_end(year, month_number).day))
        return Span(start, one_day, "range")
    return Span(one_day - timedelta(days=count * (7 if unit == "week" else 1)), one_day, "range")


def ahead(one_day: date, count: int, unit: str) -> Span:
    """The next ``count`` years (from this one's end), quarters, months, weeks or days after a day."""
    if unit == "year":
        return Span(date(one_day.year + 1, 1, 1), date(one_day.year + count, 12, 31), "range")
    if unit == "quarter":
        return Span(quarter_of(one_day, 1).start, quarter_of(one_day, count).end, "range")
    if unit == "month":
        year, month_number = add_months(one_day.year, one_day.month, count)
        return Span(one_day, date(year, month_number, min(one_day.day, month_end(year, month_number).day)), "range")
    return Span(one_day, one_day + timedelta(days=count * (7 if unit == "week" else 1)), "range")


def in_year(span: Span, year: int) -> Span:
    """A span whose year was implied, moved to ``year``; a span over New Year ends in the next one."""
    later = year + span.end.year - span.start.year
    start = date(year, span.start.month, min(span.start.day, month_end(year, span.start.month).day))
    last = month_end(later, span.end.month)
    whole = span.end == month_end(span.end.year, span.end.month)
    end = last if whole else date(later, span.end.month, min(span.end.day, last.day))
    return replace(span, start=start, end=end)


def latest(span: Span, today: date) -> Span:
    """A span whose year was implied, in the last year in which it had begun by ``today``."""
    here = in_year(span, today.year)
    return here if here.start <= today else in_year(span, today.year - 1)
