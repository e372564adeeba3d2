"""Whether two periods of texts are one, or one holds the other: a day at the end of a quarter, a year of a range."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from rag.figures.figure import NO_YEAR, Figure
from rag.language.periods import Period

_NEAR_END = timedelta(days=10)  # books close on a weekday near the end of a month
_RELATIVE_FROM = NO_YEAR.year - 4  # periods in these years come from words such as `last year`


def any_same_period(some: Iterable[Figure], others: Sequence[Figure]) -> bool:
    return any(same_period(one, other) for one in some for other in others)


def same_period(one: Figure, other: Figure) -> bool:
    """Whether two periods are one; where a text names no year, the part of the year decides."""
    if one.unit == other.unit:
        return True
    a, b = one.period, other.period
    if a is None or b is None or (a.kind != b.kind and "range" not in (a.kind, b.kind)):
        return False
    if a.implied or b.implied:
        return (a.start.month, a.start.day, a.end.month, a.end.day) == (
            b.start.month,
            b.start.day,
            b.end.month,
            b.end.day,
        )
    return (a.start, a.end) == (b.start, b.end)


def _at_an_end(month: Period, around: Period) -> bool:
    """Whether a month opens or closes a range of months, or holds a range of days (`end of June`)."""
    if month.start <= around.start and around.end <= month.end:
        return True
    implied = month.implied or around.implied
    ends = [around.start, around.end]
    return any(month.start.month == end.month and (implied or month.start.year == end.year) for end in ends)


def is_relative(figure: Figure) -> bool:
    """Whether a period counts from the day of writing (`last year`), so that its dates are not known here."""
    return figure.period is not None and not figure.period.implied and figure.period.start.year >= _RELATIVE_FROM


def named_in(wanted: Figure, periods: Iterable[Figure]) -> bool:
    """Whether a period is named among others: by itself, as a year of a range, or as an end of one."""
    return any(_covers(other, wanted) for other in periods)


_END = re.compile(r"\bend\b|[末底]", re.IGNORECASE)


def _covers(other: Figure, wanted: Figure) -> bool:
    if same_period(wanted, other):
        return True
    period, around = wanted.period, other.period
    if period is None or around is None:
        return False
    if around.kind == "day" and period.kind != "day":
        implied = around.implied or period.implied
        same_year = implied or period.start.year <= around.end.year <= period.end.year
        if implied and period.kind == "month" and around.kind == "day":
            return period.start.month == around.start.month
        return same_year and (period.holds(around.start) or abs(period.end - around.end) <= _NEAR_END)
    if period.kind == "day" and around.kind in ("range", "quarter", "half", "year"):
        if period.implied and around.implied:
            return (around.end.month, around.end.day) == (period.end.month, period.end.day)
        return not around.implied and abs(around.end - period.end) <= _NEAR_END
    if around.kind == "month" and period.kind in ("year", "half", "quarter"):
        return not around.implied and abs(period.end - around.end) <= _NEAR_END
    if period.kind in ("month", "range") and around.kind in ("quarter", "half", "year") and _END.search(wanted.text):
        if period.implied or around.implied:
            return (period.end.month, period.end.day) == (around.end.month, around.end.day)
        return period.end == around.end  # the end of March for the first quarter
    return _covers_span(period, around)


def _covers_span(period: Period, around: Period) -> bool:
    if around.kind == "range" and period.kind == "month":
        return _at_an_end(period, around)
    if around.kind == "range" and period.kind == "year":
        fiscal = abs((around.end - around.start).days - 364) < 8 and around.end.year == period.start.year
        return fiscal or (around.start <= period.start and period.end <= around.end)
    if period.kind == "half" and period.implied and around.kind == "range":
        return abs((around.end - around.start).days - 182) < 6  # of a year of the company's own
    if period.kind == "range" and around.kind == "month":
        return around.start <= period.start and period.end == around.end  # the end of a month
    if period.kind == "range" and around.kind == "year":
        return around.start.year in (period.start.year, period.end.year)
    return False


_SAME_PART = re.compile(r"\s?年?同期")
_SAME_PART_BEFORE = re.compile(r"\bsame (?:period|quarter|half|month)s? (?:of|in) $", re.IGNORECASE)


def of_that_year(text: str, wanted: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether a period is told as the part of a year that another one is (2019年同期), and the year is that of the passage."""
    return any(
        (_SAME_PART.match(text, each.end) or _SAME_PART_BEFORE.search(text, 0, each.start))
        and each.period is not None
        and any(other.period is not None and each.period.start.year == other.period.end.year for other in others)
        for each in wanted
    )


def is_rest(claim: Figure, terms: Sequence[Figure]) -> bool:
    """Whether a period is what is left of one of two terms without the other: a first quarter, of a half without its second."""
    if len(terms) != 2 or claim.period is None or not all(each.period for each in terms):
        return False
    told = [each.period for each in terms if each.period]
    year = next((each.start.year for each in told if not each.implied), 0)
    spans = [
        tuple((year if each.implied else day.year, day.month, day.day) for day in (each.start, each.end))
        for each in (*told, claim.period)
    ]
    one, two, rest = spans
    whole, part = (one, two) if one[0] <= two[0] and two[1] <= one[1] else (two, one)
    inside = all(whole[0] <= each[0] and each[1] <= whole[1] for each in (part, rest))
    return inside and (rest[1] < part[0] or part[1] < rest[0])


def kind_of(figure: Figure) -> str:
    """The kind of a figure's period (year, quarter, ...); empty for none."""
    return figure.period.kind if figure.period else ""
