"""Periods and dates in questions and reports, in both languages: ``FY2023``, ``2Q24``, ``去年四季度``, ``last February``."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter

from rag.language import calendar_spans as cal
from rag.language.analysis import HALF_WIDTH, small_letters
from rag.language.calendar_spans import Kind, Span
from rag.language.period_rules import MONTHS, Build, Rule
from rag.language.period_rules_en import RULES as ENGLISH
from rag.language.period_rules_zh import RULES as CHINESE

_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_MAYBE = re.compile(r"\d|[年月季周天日昨今]|quarter|half|year|month|week|yesterday|today|YTD|TTM|LTM", re.IGNORECASE)
_MONTH_NAME = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u3000]+(?=[年月日号季]|个季)|(?<=[年月至到])[ \u00a0\u3000]+(?=\d)")
_BOTH = CHINESE + ENGLISH
_NEEDED = {word: None for needs, *_ in ENGLISH for group in needs for word in group}
_NEEDED_IN_CHINESE = _NEEDED | {word: None for needs, *_ in CHINESE for group in needs for word in group}
_MONTH_WORD = re.compile(
    r"(?<![a-z0-9])(?:early|mid|late|end|beginning|middle)?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_MONTHS_BEGIN = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())  # looked for first
_ZEROS = dict.fromkeys(range(ord("0"), ord("9") + 1), "0")


@dataclass(frozen=True, slots=True)
class Period:
    """A period that a text names. ``surface == text[span[0]:span[1]]``; ``start`` and ``end`` are both part of it.

    ``fiscal``: the text says that it means a company's own year, which may not be the calendar's; the dates are those of
    the calendar year of that number. ``estimate``: marked as a forecast (``2025E``). ``implied``: the text gave no year;
    it was taken from another period beside it or from the day the question was asked.
    """

    start: date
    end: date
    kind: Kind
    fiscal: bool
    estimate: bool
    implied: bool
    surface: str
    span: tuple[int, int]

    @property
    def label(self) -> str:
        """A short name: ``2023``, ``2024Q2``, ``2025H1``, ``2024-03``, ``2025-08-18``, or ``2024-01-01/2026-12-31``."""
        if self.kind == "year" and self.start.year == self.end.year:
            return str(self.start.year)
        if self.kind == "quarter":
            return f"{self.start.year}Q{(self.start.month + 2) // 3}"
        if self.kind == "half":
            return f"{self.start.year}H{(self.start.month + 5) // 6}"
        if self.kind == "month":
            return f"{self.start:%Y-%m}"
        return self.start.isoformat() if self.kind == "day" else f"{self.start.isoformat()}/{self.end.isoformat()}"

    @property
    def years(self) -> range:
        """The years that it touches."""
        return range(self.start.year, self.end.year + 1)

    def holds(self, one_day: date) -> bool:
        """Whether a day lies within it."""
        return self.start <= one_day <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether two periods share a day."""
        return self.start <= other.end and other.start <= self.end

    def earlier(self, years: int) -> Period:
        """The same part of the year, ``years`` before."""
        return replace(self, start=_years_before(self.start, years), end=_years_before(self.end, years))


def _years_before(day: date, years: int) -> date:
    month_end = (day + timedelta(days=1)).month != day.month
    year = day.year - years
    last = monthrange(year, day.month)[1]
    return day.replace(year=year, day=last if month_end else min(day.day, last))


def may_name_one(text: str) -> bool:
    """Whether a text has a character or word that some period is named by: most short texts have none."""
    return _MAYBE.search(text) is not None or _MONTH_NAME.search(text) is not None


def periods(text: str, today: date | None = None) -> tuple[Period, ...]:
    """The periods that a text names, in order, without overlaps.

    ``today``: the day from which ``last year`` or ``上周`` count (for a report, its own date); without it such words, and
    parts of a year that nothing near them dates, are left out.
    """
    if not may_name_one(text):
        return ()
    folded = text.translate(HALF_WIDTH) if not text.isascii() and _WIDE.search(text) else text
    chinese = not folded.isascii() and bool(_CJK.search(folded))
    found = _found_spaced(folded, today) if chinese and _SPACED.search(folded) else _found(folded, chinese, today)
    years = [((start + end) / 2, span) for start, end, span in found if not span.implied]
    named = []
    for start, end, span in found:
        dated = _dated(span, (start + end) / 2, years, today) if span.implied else span
        if dated:
            named.append(_period(dated, span.implied, text, start, end))
    return tuple(named)


def _found_spaced(text: str, today: date | None) -> list[tuple[int, int, Span]]:
    """The same for Chinese that is set with blanks about its figures: `2023 年 1-6 月`."""
    places = list(range(len(text) + 1))
    for match in reversed(list(_SPACED.finditer(text))):
        del places[match.start() : match.end()]
    close = _SPACED.sub("", text)
    return [(places[start], places[end - 1] + 1, span) for start, end, span in _found(close, True, today)]


def _found(text: str, chinese: bool, today: date | None) -> list[tuple[int, int, Span]]:
    """The spans named, in order: the longest of overlapping matches; of equally long ones that of the earlier rule."""
    kept: list[tuple[int, int, Span]] = []
    for match, build in sorted(_matches(text, chinese), key=_length):
        start, end = match.span()
        if all(end <= other or until <= start for other, until, _ in kept) and (span := build(match, today)):
            kept.append((start, end, span))
    kept.sort(key=itemgetter(0))
    return kept


@lru_cache(maxsize=16)  # a passage is read once more with the day of its report
def _matches(text: str, chinese: bool) -> tuple[tuple[re.Match[str], Build], ...]:
    """Every match of every rule, in order of the rules; most are passed over, for what they need is not there."""
    small = small_letters(text)
    folded = small.translate(_ZEROS)
    there = [word for word in (_NEEDED_IN_CHINESE if chinese else _NEEDED) if word in folded]
    if any(map(folded.__contains__, _MONTHS_BEGIN)) and _MONTH_WORD.search(folded):
        there.append(MONTHS)
    return tuple(
        (match, build)
        for _, pattern, in_small, build in _rules(frozenset(there), chinese)
        for match in pattern.finditer(small if in_small else text)
    )


@lru_cache(maxsize=2048)
def _rules(there: frozenset[str], chinese: bool) -> tuple[Rule, ...]:
    """The rules that are worth trying where these words stand."""
    return tuple(rule for rule in (_BOTH if chinese else ENGLISH) if not any(map(there.isdisjoint, rule[0])))


def _length(found: tuple[re.Match[str], Build]) -> int:
    """Longest first."""
    start, end = found[0].span()
    return start - end


def _dated(span: Span, place: float, years: list[tuple[float, Span]], today: date | None) -> Span | None:
    """A span without a year gets that of the nearest one with a year, else the latest by ``today``."""
    near = min(years, key=lambda item: abs(item[0] - place), default=None)
    if near and near[1].start.year == near[1].end.year:
        return cal.in_year(span, near[1].start.year)
    return cal.latest(span, today) if today else None


def _period(span: Span, implied: bool, text: str, start: int, end: int) -> Period:
    return Period(span.start, span.end, span.kind, span.fiscal, span.estimate, implied, text[start:end], (start, end))


_ORDINALS = ("first", "second", "third", "fourth")
_ZH_NUMBERS = "一二三四"
_MONTH_NAMES = "January February March April May June July August September October November December".split()


@lru_cache(maxsize=1000)
def spellings(period: Period) -> tuple[str, ...]:
    """How reports of both languages write a year, half, quarter, month or day; empty for weeks and ranges."""
    year, short = period.start.year, f"{period.start.year % 100:02d}"
    if period.kind == "year":
        return (f"{year}", f"FY{year}", f"FY{short}", f"{year}年", f"{short}年")
    if period.kind == "half":
        n = (period.start.month + 5) // 6
        zh = "上下"[n - 1] + "半年"
        return (f"{n}H{short}", f"{year}H{n}", f"{short}H{n}", f"{_ORDINALS[n - 1]} half of {year}", f"{year}年{zh}")
    if period.kind == "quarter":
        n = (period.start.month + 2) // 3
        worded = f"{_ORDINALS[n - 1]} quarter of {year}"
        return (
            f"Q{n} {year}",
            f"{n}Q{short}",
            f"{year}Q{n}",
            f"{short}Q{n}",
            worded,
            f"{year}年{_ZH_NUMBERS[n - 1]}季度",
        )
    name = _MONTH_NAMES[period.start.month - 1]
    if period.kind == "month":
        return (f"{name} {year}", f"{period.start:%Y-%m}", f"{year}年{period.start.month}月")
    if period.kind == "day":
        number = period.start.day
        return (f"{name} {number}, {year}", period.start.isoformat(), f"{year}年{period.start.month}月{number}日")
    return ()


def column_heads(period: Period) -> tuple[str, ...]:
    """How the tables of Chinese filings head the column of a period, beside ``spellings``: 2021.12.31, 2024年1-6月."""
    year, month = period.start.year, period.start.month
    if period.kind == "year":
        return (f"{year}.12.31",)
    if period.kind in ("half", "quarter"):
        return (f"{year}年{month}-{period.end.month}月",)
    return (f"{year}.{month}.{period.start.day}", f"{period.start:%Y.%m.%d}") if period.kind == "day" else ()
