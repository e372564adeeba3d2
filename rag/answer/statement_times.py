"""Whether a statement is of the time that a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rag.language.periods import Period, periods
from rag.language.words import terms_of
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.question.match import time_fit
from rag.reports.names import names_of
from rag.types import Evidence, Report

LAGGED = 0.8  # fit of an undated statement of a report that came out when results of the time do
UNDATED = 0.6  # coverage of a time by a statement of a report that says nothing of when it is from
MONTH, YEAR = 31, 366  # days
_LAG = {"month": 45, "week": 10, "range": 10}  # days after it in which a report may be of it
OTHER_TIME = 0.3  # what is left of a report's fit when the statement names other times
OF_A_YEAR = 0.24  # fit of figures of whole years in a report on the quarter that is asked for
LONG = 150  # days from which a time is one that results are added up for
PART_OF = 0.8  # ... of which a shorter time is only a part
_REPORTED = ("quarter", "half")
_ANY_DAY = date(2000, 12, 31)
_JOINED = re.compile(r"\b(pre|post|mid|late|early)-(?=(?:19|20)\d\d)", re.IGNORECASE)  # Pre-2022
# What a figure of another time is set against: `4% above the prior quarter`.
_BASE = re.compile(
    r"(?:the )?(?:prior|previous|preceding|last) (?:year|half|quarter|month|week)|(?:a|one) \w+ (?:ago|before|earlier)"
    r"|上年同期|去年同期|上一?(?:季度?|年|月|周)",
    re.IGNORECASE,
)
# A prospectus gives the figures of its reporting period one after the other: 报告期内,…分别为A、B和C.
_EACH_OF_PERIOD = re.compile(r"报告期[^。]{0,60}分别")
# A quarter by the month that it ends in, which is how companies say it whose year is not that of the calendar.
_BY_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)[ -]quarter\b"
    r"|\b(?:quarter|three months) (?:ended|ending|to) (?:\d+ )?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
# The quarter or half that a report tells of, whatever other times are named beside it.
_OWN_TIME = re.compile(
    r"\b(?:in|for|over|during) the (?:quarter|half|period)\b(?! (?:of|to|end))|[本当]季度?|报告期内|期内", re.IGNORECASE
)
_SINCE = re.compile(r"since\b|自|.*以来", re.IGNORECASE)


def time_held(piece: Asked, asked: Period | None, text: str, heading: str, item: Evidence) -> float:
    """Whether a statement is of a time, 0..1: it says so, its table or heading does, or its report is of that time."""
    if (part := None if asked else _part_of_year(piece.surface)) and not _by_month(piece, text, item.report):
        return _of_part(part, text, heading, item.report)
    if _written(piece, asked, text, heading, item.report):
        return 1.0
    report = item.report
    if asked is None:
        return UNDATED
    if _EACH_OF_PERIOD.search(text) and any(_in_range(asked, own) for own in names_of(report).periods):
        return 1.0
    above = _said(heading, report)
    said = _said(text, report) or above
    if any(_same(asked, other) for other in (*said, *above)):
        return 1.0
    own = names_of(report)
    if report.date is None and not own.periods:
        return 0.0 if said else _undated(asked, text, heading, report)
    fits = max(time_fit(asked, report, own), _just_before(asked, report))
    if fits >= 0.9 and asked.kind in ("day", "week", "month"):
        # the time names the report, whatever times the statement names; but one of figures by the month tells which
        return 0.0 if _other_month(asked, text, report) else 1.0
    results = asked.kind in _REPORTED and fits < 0.9  # of a quarter or half that is not the report's own
    if not said or (results and fits >= 0.5 and _OWN_TIME.search(text)):
        if results and report.date is not None and report.date <= asked.end:
            return OTHER_TIME * fits  # it came out before these results were known
        return max(fits, LAGGED) if fits >= 0.5 else fits
    return _beside(asked, said, fits, text)


def _beside(asked: Period, said: Sequence[Period], fits: float, text: str) -> float:
    """Whether a statement that names these times, and not the one that is asked for, is of it; ``fits``: how its report does."""
    if asked.kind in _REPORTED and all(other.kind == "year" for other in said):
        own = fits >= 0.9 and (bool(_OWN_TIME.search(text)) or not _has_figures(text, said))
        return fits if own else min(OTHER_TIME * fits, OF_A_YEAR)
    return fits * (1.0 if any(other.overlaps(asked) for other in said) else OTHER_TIME)


def _undated(asked: Period, text: str, heading: str, report: Report) -> float:
    """Whether a statement without a year, of a report of no known time, is of the same month, quarter or half."""
    said = _said(f"{text}\n{heading}", report, _ANY_DAY) if asked.kind in ("month", *_REPORTED) else ()
    part = any((other.kind, other.start.month) == (asked.kind, asked.start.month) for other in said)
    return LAGGED if part else UNDATED


_DIGIT = re.compile(r"\d")
_BOUND = re.compile(r"[\d.,]+%?(?: \w+){0,2} (?:in|for|by|during) $")


def _written(piece: Asked, asked: Period | None, text: str, heading: str, report: Report) -> bool:
    """Whether a statement or its heading has the words of a time, or its report's title those of a quarter by its month."""
    # 2, 月 and 2022 may stand apart in a text full of figures, and so may 22, Q and 1
    exact = asked is not None and asked.kind in ("day", "month", *_REPORTED)
    if not exact and (covered(piece, terms_of(text)) == 1.0 or covered(piece, terms_of(heading)) == 1.0):
        return True
    return _by_month(piece, text, report)


def _by_month(piece: Asked, text: str, report: Report) -> bool:
    """Whether a text is of the quarter that the title names by the month it ends in: a fourth quarter to September."""
    return bool(_BY_MONTH.search(text)) and covered(piece, terms_of(report.title)) == 1.0


@lru_cache(maxsize=1_000)
def _part_of_year(surface: str) -> Period | None:
    """The quarter, half or month of any year that a question names without a year: ``the second quarter``, ``10月``."""
    found = periods(surface, _ANY_DAY)
    alone = len(found) == 1 and found[0].implied and found[0].kind in ("month", *_REPORTED)
    return found[0] if alone else None


def _of_part(part: Period, text: str, heading: str, report: Report) -> float:
    """Whether a statement is of a part of some year, 0..1."""

    def same(other: Period) -> bool:
        return (other.kind, other.start.month) == (part.kind, part.start.month)

    said = (*_said(text, report, _ANY_DAY), *_said(heading, report, _ANY_DAY))
    if any(map(same, said)):
        return 1.0
    own = any(map(same, names_of(report).periods))
    if any(other.kind == part.kind for other in said):
        return 1.0 if own and _BY_MONTH.search(text) else 0.0
    longer = any(_days(other) > _days(part) for other in said) and not _OWN_TIME.search(text)
    longer = longer and _has_figures(text, said)  # its figures have a time of their own, and that is not the part
    if own:
        return OF_A_YEAR if longer else 1.0
    if report.date is not None:
        near = (part.earlier(part.start.year - report.date.year + back) for back in (0, 1))
        if max(time_fit(each, report, names_of(report)) for each in near) >= 0.5:
            return LAGGED
    return OTHER_TIME * UNDATED if longer else UNDATED


def _has_figures(text: str, said: Sequence[Period]) -> bool:
    """Whether a text gives its figures behind one of these times: `fiscal 2024 sales of 77`, not `sales of 20; 82 in 2026`."""
    first = min((at for period in said if (at := text.find(period.surface)) >= 0), default=-1)
    before, behind = text[: max(first, 0)], text[max(first, 0) :]
    bound = _BOUND.search(before)  # `5.81 in 2025`
    for period in said:
        behind = behind.replace(period.surface, " ")
    return not _DIGIT.search(_BOUND.sub("", before)) and bool(bound or _DIGIT.search(behind))


def _other_month(asked: Period, text: str, report: Report) -> bool:
    """Whether a text is of months by their year, and of none of those that are asked for: figures come by the month."""
    if asked.kind != "month":
        return False
    months = [period for period in periods(text, report.date) if period.kind == "month" and not period.implied]
    return bool(months) and not any(period.overlaps(asked) for period in months)


def _in_range(asked: Period, own: Period) -> bool:
    """Whether a year, or the end of one, is among the years that a report tells of."""
    return own.kind == "range" and own.start <= asked.start and asked.end <= own.end


def _just_before(asked: Period, report: Report) -> float:
    """How well a report that came out right after a week or a month fits it: that is when both are reviewed."""
    lag = _LAG.get(asked.kind) if (asked.end - asked.start).days <= MONTH else None
    if lag is None or report.date is None:
        return 0.0
    return 0.5 if 0 < (report.date - asked.end).days <= lag else 0.0


def _said(text: str, report: Report, any_day: date | None = None) -> list[Period]:
    """The times that a text is of; `the highest since 2021` and `above the prior quarter` name one that it is not of.

    ``any_day``: from which a month without a year is read where the report says nothing of when it is from.
    """
    own = names_of(report).periods
    day = report.date or (max(period.end for period in own) if own else any_day)
    text = _JOINED.sub(r"\1 ", text)
    said = [period for period in said_periods(text, day) if not _SINCE.match(period.surface)]
    return [period for period in said if not _BASE.fullmatch(period.surface)] or said


@lru_cache(maxsize=20_000)
def said_periods(text: str, today: date | None) -> tuple[Period, ...]:
    """The times of a text; one without a year is read both from its neighbours and from the report's date."""
    found = periods(text, today)
    alone = [other for period in found if period.implied for other in periods(period.surface, today)]
    return (*found, *alone)


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1


def _same(asked: Period, said: Period) -> bool:
    if asked.label == said.label:
        return True
    if asked.start <= said.start and said.end <= asked.end:
        if _days(asked) > LONG and asked.kind in ("half", "range") and _days(said) < PART_OF * _days(asked):
            return False  # a quarter is no result of the nine months
        return said.kind != "day" or asked.kind not in _REPORTED  # a day in a quarter is no result of the quarter
    if asked.kind == "range" and said.kind == "month" and said.start <= asked.start and asked.end <= said.end:
        return True  # the end of June is in June
    if asked.kind in ("month", *_REPORTED) and _days(said) > YEAR:
        return False  # forecasts of three years are none of a quarter
    return said.kind == "range" and said.start <= asked.start and asked.end <= said.end
