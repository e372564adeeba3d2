"""What English names of periods mean: from a match of a rule to the days that it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from rag.language import calendar_spans as cal
from rag.language.calendar_spans import Span
from rag.language.period_rules import IMPLIED_YEAR, Build

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_ORDINAL = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def month_number(name: str) -> int:
    """1 to 12 for an English month or its abbreviation."""
    return _MONTHS[name[:3].lower()]


def number(text: str) -> int:
    """A small number in digits or in words."""
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


_Groups = dict[str, str | None]  # of a match


def _marked(span: Span, groups: _Groups, *, implied: bool = False) -> Span:
    """The span with its fiscal and estimate marks, from the groups ``fy`` and ``est``."""
    fiscal, estimate = bool(groups.get("fy") or groups.get("relfy")), bool(groups.get("est"))
    marked = fiscal or estimate or implied
    return replace(span, fiscal=fiscal, estimate=estimate, implied=implied) if marked else span


def _year_of(groups: _Groups, today: date | None) -> int | None:
    """The year that a match names by digits or by words such as ``last year``; None when it cannot be told."""
    if year := groups.get("year"):
        return cal.full_year(year)
    if rel := groups.get("rel"):
        offset = {"this": 0, "current": 0, "next": 1}.get(rel.lower(), -1)
        return today.year + offset if today else None
    return IMPLIED_YEAR


def part(make: Callable[[int, re.Match[str]], Span | None]) -> Build:
    """A builder for a part of a year, implied where the match has no year."""

    def build(match: re.Match[str], today: date | None) -> Span | None:
        groups = match.groupdict()
        year = _year_of(groups, today)
        span = make(year, match) if year else None
        return _marked(span, groups, implied=not (groups.get("year") or groups.get("rel"))) if span else None

    return build


quarter = part(lambda year, m: cal.quarter(year, int(m["q"])))
half = part(lambda year, m: cal.half(year, int(m["h"])))
worded_quarter = part(lambda year, m: cal.quarter(year, _ORDINAL[m["ord"].lower()]))
worded_half = part(lambda year, m: cal.half(year, _ORDINAL[m["ord"].lower()]))
first_months = part(lambda year, m: cal.months(year, 1, number(m["n"]), "range") if 1 < number(m["n"]) <= 12 else None)
year = part(lambda year, m: cal.year_span(year))


def _month_of_year(year: int, match: re.Match[str]) -> Span:
    part = (match.groupdict().get("part") or "").lower().rstrip("- ")
    return cal.month(
        year, month_number(match["month"]), {"end": "late", "beginning": "early", "middle": "mid"}.get(part, part)
    )


month = part(_month_of_year)
day = part(lambda year, m: cal.day(year, month_number(m["month"]), int(m["day"])))


def numeric_day(match: re.Match[str], today: date | None) -> Span | None:
    return cal.day(int(match["y"]), int(match["m"]), int(match["d"]))


def numeric_month(match: re.Match[str], today: date | None) -> Span | None:
    return cal.month(int(match["y"]), int(match["m"]))


def months_from_to(year: int, match: re.Match[str]) -> Span | None:
    """`January to May`, of one year."""
    first, last = month_number(match["month"]), month_number(match["month2"])
    return cal.months(year, first, last, "range") if first < last else None


def days(year: int, match: re.Match[str]) -> Span | None:
    first = month_number(match["month"])
    second = month_number(match["month2"]) if match.groupdict().get("month2") else first
    start = cal.day(year, first, int(match["day"]))
    end = cal.day(year + (second < first), second, int(match["day2"]))
    if not start or not end or end.start < start.start:
        return None
    return Span(start.start, end.start, "week" if match.groupdict().get("week") else "range")


def week_of(year: int, match: re.Match[str]) -> Span | None:
    one = cal.day(year, month_number(match["month"]), int(match["day"]))
    if one is None:
        return None
    if match["week"].lower().split()[-1] in ("ended", "ending"):
        return Span(one.start - timedelta(days=6), one.start, "week")
    return cal.week(one.start)


def years(match: re.Match[str], today: date | None) -> Span | None:
    """``2024-2026``, ``2023-25E``, ``FY24-26``."""
    first = cal.full_year(match["y1"])
    last = cal.full_year(match["y2"] if len(match["y2"]) == 4 else str(first)[:2] + match["y2"])
    if not first or not last or not 0 < last - first <= 50:
        return None
    return _marked(Span(date(first, 1, 1), date(last, 12, 31), "range"), match.groupdict())


def split_year(match: re.Match[str], today: date | None) -> Span | None:
    """``FY2023/24``: a fiscal year across two calendar years."""
    first = cal.full_year(match["y1"])
    if not first or int(match["y2"]) % 100 != (first + 1) % 100:
        return None
    return Span(date(first, 1, 1), date(first + 1, 12, 31), "year", fiscal=True, estimate=bool(match["est"]))


def since(match: re.Match[str], today: date | None) -> Span | None:
    year = cal.full_year(match["year"])
    if not year:
        return None
    start = date(year, month_number(match["month"]) if match["month"] else 1, 1)
    return Span(start, today, "range") if today and today >= start else None


def relative(match: re.Match[str], today: date | None) -> Span | None:
    if not today:
        return None
    offset = {"this": 0, "current": 0, "next": 1, "coming": 1}.get(match["rel"].lower(), -1)
    unit = match["unit"].lower()
    if unit == "year":
        return replace(cal.year_span(today.year + offset), fiscal=bool(match["relfy"]))
    if unit == "quarter":
        return replace(cal.quarter_of(today, offset), fiscal=bool(match["relfy"]))
    return cal.month_of(today, offset) if unit == "month" else cal.week(today + timedelta(days=7 * offset))


def relative_month(match: re.Match[str], today: date | None) -> Span | None:
    """``last February``: the latest one that is over; ``this``: of this year; ``next``: the first one to come."""
    if not today:
        return None
    wanted, rel = month_number(match["month"]), match["rel"].lower()
    span = cal.month(today.year, wanted)
    if rel in ("last", "previous", "past") and span.end >= today:
        return cal.month(today.year - 1, wanted)
    return cal.month(today.year + 1, wanted) if rel == "next" and span.start <= today else span


def several(match: re.Match[str], today: date | None) -> Span | None:
    """``the past three years``, ``next two quarters``, ``last 12 months``."""
    if not today:
        return None
    count, unit = number(match["n"]), match["unit"].lower().rstrip("s")
    return (cal.ahead if match["rel"].lower() in ("next", "coming", "following") else cal.back)(today, count, unit)


def ago(match: re.Match[str], today: date | None) -> Span | None:
    if not today:
        return None
    count = 1 if match["n"].lower() in ("a", "one") else number(match["n"])
    unit = match["unit"].lower().rstrip("s")
    if unit == "year":
        return cal.year_span(today.year - count)
    if unit == "quarter":
        return cal.quarter_of(today, -count)
    return cal.month_of(today, -count) if unit == "month" else cal.week(today - timedelta(days=7 * count))


def near_day(match: re.Match[str], today: date | None) -> Span | None:
    if not today:
        return None
    one = today - timedelta(days=match[0].lower() == "yesterday")
    return Span(one, one, "day")


def trailing(match: re.Match[str], today: date | None) -> Span | None:
    return cal.back(today, 12, "month") if today else None


def three_quarters(match: re.Match[str], today: date | None) -> Span | None:
    year = cal.full_year(match["year2"]) if match["year2"] else _year_of(match.groupdict(), today)
    return cal.months(year, 1, 9, "range") if year else None
