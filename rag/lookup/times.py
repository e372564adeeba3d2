"""The times that a question for figures names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag.figures.find import figures
from rag.language.lexicon import Expansion
from rag.language.periods import Period, periods
from rag.reports.names import names_of
from rag.types import Report

TWELVE_MONTHS = range(350, 381)  # days of a company's year
SINCE = re.compile(r"\bsince\b|\bfrom \S+ (?:on|onwards?)\b|以来|之后", re.IGNORECASE)
THE_QUARTER = re.compile(
    r"\b(?:in|for|during|of) (?:the|this) (?:latest |current |reported )?quarter\b|本季度?", re.IGNORECASE
)
_ANY_YEAR = frozenset({"annual", "fiscal year", "full year"})
_NEWEST = re.compile(
    r"\b(?:(?:past|last|previous|prior|latest|most recent|preceding) (?P<n>two|three|four|five|[2-5]) (?:fiscal |financial )?years\b"
    r"|(?:over|for|in|across|during) the (?P<of>two|three|four|five|[2-5]) (?:fiscal |financial )?years(?: presented| reported| shown| covered)?\W*$)",
    re.IGNORECASE,
)
_YEAR_TO = re.compile(
    r"\b(?:the )?(?:fiscal |financial )?(?:year|twelve months|12 months) (?:to|through|ended|ending)(?: in)? $",
    re.IGNORECASE,
)
_YEARS_ZH = re.compile(
    r"(?:最近|近|过去|这)?(?<![第\d])(?P<n>[两二三四五2-5])个?(?:会计)?年(?:度|来|内|间|里)?(?![期以前后底末初内])|各[年期](?:度|末|间)?|报告期(?:各期末?|内)?|历年|逐年|每年"
)
_YEAR_NAMED = re.compile(r"(?:19|20)\d\d|季度?|半年|月")
_COUNTS_ZH = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5} | {str(number): number for number in range(2, 6)}
MOST_COUNTED = 5  # years that a question may mean without naming them
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}


def is_a_year(when: Period) -> bool:
    """Whether a time is twelve months told by their days."""
    return when.kind == "range" and (when.end - when.start).days in TWELVE_MONTHS


def newest_years(clause: str) -> int:
    """How many of a report's newest years a clause asks for: `over the past three years`; 0 where it names no such number."""
    match = _NEWEST.search(clause)
    number = (match["n"] or match["of"]).lower() if match else "0"
    return _COUNTS.get(number) or int(number)


def in_its_years(question: str, report: Report) -> str:
    """A Chinese question for the figures of several years with these years in it: `三年`, `各年`, `报告期内` of a report on them.

    Unchanged where it names a year or a part of one, or the report is not known to be of years.
    """
    match = None if _YEAR_NAMED.search(question) else _YEARS_ZH.search(question)
    own = [period for period in names_of(report).periods if period.kind in ("year", "range")]
    if match is None or not own:
        return question
    last = max(period.end.year for period in own)
    count = _COUNTS_ZH.get(match["n"] or "") or last - min(period.start.year for period in own) + 1
    if not 1 < count <= MOST_COUNTED:
        return question
    years = "、".join(f"{year}年" for year in range(last - count + 1, last + 1))
    return question[: match.start()] + years + question[match.end() :]


def times_of(clause: str, today: date | None) -> tuple[Period, ...]:
    """The periods of a clause; `three months ended June 25, 2022` is one, and no day."""
    spans = [(f.start, f.end, f.period) for f in figures(clause) if f.kind == "period" and f.period is not None]
    long = [(start, end, period) for start, end, period in spans if 80 <= (period.end - period.start).days <= 380]
    named = []
    for period in periods(clause, today):
        wider = [replace(p, span=(a, b)) for a, b, p in long if a <= period.span[0] and period.span[1] <= b]
        named.append(wider[0] if wider and period.kind == "day" else _year_to(period, clause))
    return tuple(named)


def _year_to(period: Period, clause: str) -> Period:
    """The twelve months of `the year to March 2012`, whose words name their last month; any other time as it is."""
    before = _YEAR_TO.search(clause[: period.span[0]]) if period.kind == "month" else None
    if before is None:
        return period
    start = period.start.replace(year=period.start.year - 1, month=period.start.month % 12 + 1)
    if period.start.month == 12:
        start = period.start.replace(month=1)
    text = clause[before.start() : period.span[1]]
    return replace(period, start=start, kind="range", surface=text, span=(before.start(), period.span[1]))


def years_of(named: Sequence[Period]) -> tuple[Period, ...]:
    """The times asked for in order; a range of years as its years."""
    out: dict[str, Period] = {}
    for period in named:
        if period.kind == "range" and period.start.year != period.end.year and period.start.month == 1:
            for year in range(period.start.year, period.end.year + 1):
                for each in periods(str(year)):
                    out[each.label] = each
        elif period.kind != "range" or (period.end - period.start).days <= 380:
            out[period.label] = period
    return tuple(sorted(out.values(), key=lambda each: each.end))


def first_year(period: Period) -> Period:
    if period.kind != "range" or (period.end - period.start).days <= 380:
        return period
    return replace(periods(str(period.start.year))[0], surface=period.surface, span=period.span)


def undated_in(found: Sequence[Expansion], named: Sequence[Period]) -> bool:
    """Whether a time is named that is not known to be one; `short-term` is none, nor any year of no number."""
    times = [e for e in found if e.kind == "time" and e.canonical not in _ANY_YEAR]
    return any(not e.canonical.endswith(" term") and not _within(e, named) for e in times)


def _within(found: Expansion, named: Sequence[Period]) -> bool:
    return any(period.span[0] < found.end and found.start < period.span[1] for period in named)
