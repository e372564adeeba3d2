"""Times without a year: `in the second quarter`, `its Q1 note`, 二季度 are those that the newest reports are on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from rag.language.periods import Period, periods
from rag.reports.names import names_of
from rag.types import Report

_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_QUARTER = re.compile(
    r"\b(?P<en>first|second|third|fourth)[ -]quarter\b(?!s|\s+(?:of|in|ended)\b|\s+20\d\d)"
    r"|\bQ(?P<q>[1-4])\b(?!\s*(?:of\s+)?(?:20\d\d|FY|['’]?\d\d\b))"
    r"|\bfirst (?P<months>nine) months\b(?!\s+(?:of|in)\b|\s+20\d\d)|(?:今年)?前(?P<firsts>三)个?季度"
    r"|(?:今年|当年)?第?(?P<zh>[一二三四])季(?=度|报)"
    r"|\b(?P<year>annual report)\b(?=.*\bQ[1-4]\b)|(?<![\d年半])(?P<zhyear>年报)(?=.*季)",
    re.IGNORECASE,
)
_MONTHS = tuple("January February March April May June July August September October November December".split())
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b(?!\s*\d)(?<!\d )")
_YEAR_BEFORE = re.compile(
    r"(?:20\d\d|\d\dE?|FY\d*|fiscal)\s*年?\s*(?:the\s+)?$|前$|20\d\d年第?[一二三四](?:个?季度?)?[、和与及,，]第?$",
    re.IGNORECASE,
)


def with_years(text: str, reports: Sequence[Report], told_of: Callable[[], Iterable[Period]] = tuple) -> str:
    """The text with the year of each quarter that is named without one: that of another quarter beside it, else the
    newest that a report is on, else the newest of the times that its statements tell of (``told_of``); as it is where
    nothing is on such a quarter."""
    text = _months_with_years(text, reports)
    if not _QUARTER.search(text):
        return text
    named = {
        period.end.year for period in periods(text) if period.kind == "quarter" and re.search(r"20\d\d", period.surface)
    }
    on = {(own.label, own.end.year) for report in reports for own in names_of(report).periods if own.kind == "quarter"}

    told = {own.end.year for report in reports for own in names_of(report).periods if own.kind == "year"}

    def dated(match: re.Match[str]) -> str:
        if match["year"] or match["zhyear"]:
            year = max(told, default=0)
            return match[0] if not year else f"{year} {match[0]}" if match["year"] else f"{year}年{match[0]}"
        upto = match["months"] or match["firsts"]
        number = 3 if upto else _ORDER.get((match["en"] or match["zh"] or "").lower()) or int(match["q"])
        if _YEAR_BEFORE.search(text, 0, match.start()):
            return match[0]
        years = _years_of(number, on) or _years_of(number, ((own.label, own.end.year) for own in told_of()))
        if not years:
            return match[0]
        year = max(named & years or years)
        if upto:
            return f"{year}年前三季度" if match["firsts"] else f"{match[0]} of {year}"
        gap = " " if match.start() and text[match.start() - 1].isascii() else ""
        return f"{gap}{year}年{match['zh']}季" if match["zh"] else f"Q{number} {year}"

    return _QUARTER.sub(dated, text)


def _years_of(number: int, told: Iterable[tuple[str, int]]) -> set[int]:
    """The years of the times that are this quarter, or the months of a year up to its end."""
    upto = re.compile(rf"(\d+)-01-01/\1-{3 * number:02}-3[01]")
    return {
        year
        for label, year in told
        if label.startswith(q := f"Q{number}") or label.endswith(q) or upto.fullmatch(label)
    }


def _months_with_years(text: str, reports: Sequence[Report]) -> str:
    """The text with the year of each of several months that reports are dated in: `the risks in April and in July`."""
    dated = {month: max(years) for month in _MONTHS if (years := _years_in(month, reports))}
    if len({match[1] for match in _MONTH.finditer(text)} & dated.keys()) < 2:
        return text
    return _MONTH.sub(lambda match: f"{match[1]} {dated[match[1]]}" if match[1] in dated else match[0], text)


def _years_in(month: str, reports: Sequence[Report]) -> set[int]:
    return {r.date.year for r in reports if r.date is not None and r.date.month == _MONTHS.index(month) + 1}
