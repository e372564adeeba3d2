"""The periods of a sentence against the passages it cites: which they name, which a figure that was worked out may be for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.figures.columns import is_part_of_fiscal
from rag.figures.context import Fact, Reading
from rag.figures.figure import Figure
from rag.figures.periods import is_base
from rag.figures.when import is_relative, kind_of, named_in, of_that_year
from rag.language.periods import Period
from rag.verify.source import Source, by_day

_A_YEAR = 370  # days
_OTHERWISE = re.compile(
    r"\b(?:from|than|against|versus|vs\.?|after|compared (?:with|to)|was|were|had been|before|previously|earlier)\b[^,;\d]{0,32}$|[从由较比原][^,，;；\d]{0,12}$|上年|去年|此前",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(r"(?:\s[a-z]+){0,3}\s(?:earlier|before|ago|previously|prior)\b", re.IGNORECASE)


def dated(fact: Fact, wanted: Reading) -> Fact:
    """A figure of a sentence that names one period alone, and does not set the figure against it, as one for that period."""
    if fact.periods or fact.bases or len(wanted.periods) != 1 or is_relative(wanted.periods[0]):
        return fact
    start, end = fact.figure.start, fact.figure.end
    if _OTHERWISE.search(wanted.text, max(fact.sentence[0], start - 40), start) or _BEFORE_THAT.match(wanted.text, end):
        return fact
    period = wanted.periods[0]
    return (
        fact
        if period.soft or period.start > start or is_base(wanted.text, period)
        else replace(fact, periods=(period,))
    )


def check_periods(
    wanted: Reading, sources: Sequence[Source], where: list[dict[str, None]], derived: Sequence[Fact]
) -> dict[str, str]:
    """Periods and dates of the sentence that no source names, but those of figures that were ``derived``: the year from which
    sales grew. Those that one does name are added to ``where``."""
    problems: dict[str, str] = {}
    named = [each.period.end for source in sources for each in source.periods if each.period]
    earlier = {
        each.unit for fact in derived for each in fact.periods if each.period and _is_beside(each.period, sources)
    }
    earlier |= {
        each.unit
        for each in wanted.periods
        if each.period
        and is_base(wanted.text, each)
        and any(0 < (end - each.period.end).days < _A_YEAR for end in named)
    }
    for figure in wanted.periods:
        if figure.soft or figure.unit in earlier:
            continue  # part of a name
        shown = figure.text.strip()
        is_named = False
        for source, own in zip(sources, where, strict=True):
            if (
                figure.unit in source.named
                or named_in(figure, source.periods)
                or of_that_year(wanted.text, [figure], source.periods)
                or _holds_or_ends(figure, wanted.text, source)
                or figure.unit in by_day(source.reading.text, source.day)  # the last, as it is read for this alone
            ):
                own[shown] = None
                is_named = True
        if is_named or (is_relative(figure) and any(_looks_back(source) for source in sources)):
            continue  # `a year ago`, where the passage has a change on the year, or figures of two periods
        relative = [
            is_relative(each) and kind_of(each) == kind_of(figure) for source in sources for each in source.periods
        ]
        if not (
            (is_relative(figure) or any(relative))
            and not any(by_day(source.reading.text, source.day) for source in sources)
        ):
            problems[shown] = f"{shown} is not in the cited passages"
    return problems


_TO_DATE = re.compile(r"\bYTD\b|\bto[ -]date\b|至今|以来", re.IGNORECASE)
_PARTS = ("half", "quarter", "range", "month")
_AT_THE_END = re.compile(r"\b(?:end(?:ed|s|ing)?|clos(?:ed|ing)|at|as of)\s(?:the\s)?(?:end\sof\s)?$", re.IGNORECASE)


def _holds_or_ends(figure: Figure, text: str, source: Source) -> bool:
    """Whether a year is one that a source names a part of, or a month the end of a period that a source names: `it ended June
    2025 with`, of six months to 30 June 2025."""
    period = figure.period
    if period is None:
        return False
    if is_relative(figure):
        return bool(_TO_DATE.search(figure.text) and _TO_DATE.search(source.reading.text))
    if period.implied:
        return False
    there = [
        each.period for each in source.periods if each.period and not each.period.implied and not is_relative(each)
    ]
    if period.kind == "year":
        text, before = source.reading.text, str(period.start.year - 1)
        after = any(
            each.unit == before and is_base(text, each) for each in source.reading.periods
        )  # `less than in 2024`
        return after or any(
            period.start <= each.start and each.end <= period.end for each in there if each.kind in _PARTS
        )
    if period.fiscal and any(is_part_of_fiscal(period, each) for each in there):
        return True
    at_end = period.kind == "month" and _AT_THE_END.search(text, max(0, figure.start - 20), figure.start)
    return bool(at_end) and any(each.end == period.end for each in there)


_YEAR_BEFORE = re.compile(
    r"\b(?:an?|one|the|prior|previous|last) year(?:[- ](?:earlier|before|ago))?\b|[上去]年", re.IGNORECASE
)


def _is_beside(period: Period, sources: Sequence[Source]) -> bool:
    """Whether what was worked out may be for a period: one up to a year before one that a source names, a part of it, or one
    that it is a part of; where its year is not told, by the part of the year."""
    for source in sources:
        for each in source.periods:
            there = each.period
            if there is None or is_relative(each):
                continue
            if 0 < (there.end - period.end).days < _A_YEAR:
                return True
            one, two = ((each.start.month, each.start.day, each.end.month, each.end.day) for each in (period, there))
            if not (period.implied or there.implied or period.start.year == there.start.year):
                continue
            if one[:2] <= two[:2] and two[2:] <= one[2:] and period.kind != "year":
                return True
            if (two[:2] <= one[:2] and one[2:] <= two[2:]) or 0 < two[0] - one[2] <= 1:
                return True
    return False


def _looks_back(source: Source) -> bool:
    if _YEAR_BEFORE.search(source.reading.text):
        return True
    whole = {each.unit for each in source.reading.periods if each.period and not is_relative(each)}
    return len(whole) > 1 or any(fact.against for fact in source.reading.facts)
