"""Periods and dates as figures: ``rag.periods`` with what the check of figures needs beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from rag.figure import NO_YEAR, Figure
from rag.periods import Period, periods

BETWEEN_RANGE = re.compile(r"\s*(?:[-–—~]|to|至|到)\s*", re.IGNORECASE)
_ACTUAL = re.compile(r"(?<=\d)[Aa](?![A-Za-z])")
_HYPHEN = re.compile(r"\b(end|mid|early|late)-(?=(?:19|20)\d\d)", re.IGNORECASE)  # end-2026
_NOT_A_YEAR = re.compile(r"\s*(?:to|-|–|and|/)\s*\d{1,2}(?:%|\.\d)", re.IGNORECASE)
_MONTHS_TO = re.compile(
    r"\b(?P<count>three|six|nine|[369]) months (?:to|ended|ending|until|through) (?P<last>(?:\d{1,2} )?[A-Z][a-z]+ (?:\d{1,2}, )?\d{4})",
    re.I,
)
_DURATION = re.compile(r"\d{1,2}年$")
_FOR_YEARS = re.compile(r"(?:期|国债|以[上内来]|内|来|间|前|后)")


def find_dates(text: str) -> Iterator[Figure]:
    """Years, quarters, dates; `10年期` and `5年内` are lengths of time and left to the numbers."""
    months = [(match, _months_to(match)) for match in _MONTHS_TO.finditer(text)]
    for match, period in months:
        if period:
            yield Figure("period", match[0], match.start(), match.end(), period=period, unit=period.label)
    for period in periods(_HYPHEN.sub(r"\1 ", _ACTUAL.sub(" ", text)), NO_YEAR):
        start, end = period.span
        start += len(period.surface) - len(period.surface.lstrip())
        if period.surface.strip().upper() in ("TTM", "LTM") or any(
            match.start() <= start < match.end() for match, _ in months
        ):
            continue  # the last twelve months are those of the day of writing
        if _DURATION.fullmatch(period.surface) and _FOR_YEARS.match(text, end):
            continue
        cut = _NOT_A_YEAR.search(text, start, end + 2)
        if cut:  # `18% in FY24 to 31%`: the second number is no year
            shorter = periods(text[start : cut.start()], NO_YEAR)
            if not shorter:
                continue
            period, end = shorter[0], start + shorter[0].span[1]
        actual = text[end : end + 1] in ("A", "a") or (
            text[end - 1 : end] in ("A", "a") and text[end - 2 : end - 1].isdigit()
        )
        yield Figure(
            "period", "", start, end, period=period, estimate=period.estimate, actual=actual, unit=period.label
        )


def _months_to(match: re.Match[str]) -> Period | None:
    """`nine months to September 2025` as the period from January to September."""
    last = periods(match["last"], NO_YEAR)
    if (
        not last
        or last[0].end.month != {"three": 3, "six": 6, "nine": 9, "3": 3, "6": 6, "9": 9}[match["count"].lower()]
    ):
        return None
    return replace(last[0], start=date(last[0].end.year, 1, 1), kind="range", surface=match[0], span=match.span())


def as_year(text: str, number: Figure, times: Sequence[Figure]) -> Figure:
    """The first year of `2016 - 2023年`, and `2020 年`, as a period; any other number as it is."""
    match = re.fullmatch(r"((?:19|20)\d\d)(\s?年)?", text[number.start : number.end])
    if match is None:
        return number
    shown = match[1]
    following = next((each for each in times if each.start >= number.end), None)
    ranged = following is not None and BETWEEN_RANGE.fullmatch(text[number.end : following.start])
    if not match[2] and not ranged:
        return number
    (period,) = periods(shown) or (None,)
    return Figure("period", shown, number.start, number.end, unit=period.label, period=period) if period else number
