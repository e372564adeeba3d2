"""One quarter of several companies: `Q3 2023` of two whose years begin in other months is about the same months of both.

Each company counts its quarters from where its own year begins, so that its third may end in March. Set side by side, a
quarter is that of the calendar, unless the question speaks of fiscal ones: of each company the filed quarter that ends
nearest to it. Of one company alone it stays the company's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.periods import Period
from rag.reports.names import names_of
from rag.types import Report

FAR = 45  # days between the ends of two quarters that still are about the same months
SAME = 7  # days by which a quarter of the calendar may end sooner or later
_FISCAL = re.compile(r"\b(?:fiscal|financial year|FY ?\d*|FQ\d)\b|财[年季]|会计年度", re.IGNORECASE)
_QUARTER = re.compile(r"quarter ended", re.IGNORECASE)


def own_quarters(
    text: str, period: Period | None, owned: Sequence[Sequence[Report]]
) -> list[tuple[Report, Period] | None]:
    """For each company's reports the filed quarter that is about the same months, with its last day; None for all where
    no company's calendar is another, and for a company without such a filing."""
    nothing: list[tuple[Report, Period] | None] = [None] * len(owned)
    if period is None or len(owned) < 2 or _FISCAL.search(text):
        return nothing
    if period.kind != "quarter" and not re.search(rf"quarter ended {re.escape(period.surface)}", text):
        return nothing
    found = [_nearest(period, reports) for reports in owned]
    return found if any(each and _is_other(period, *each) for each in found) else nothing


def _nearest(period: Period, reports: Sequence[Report]) -> tuple[Report, Period] | None:
    filed = [
        (abs((day.end - period.end).days), report.id, report, day)
        for report in reports
        if report.period and _QUARTER.search(report.period)
        for day in names_of(report).periods
        if day.kind == "day"
    ]
    near = min(filed, default=None, key=lambda each: each[:2])
    return (near[2], near[3]) if near and near[0] <= FAR else None


def _is_other(period: Period, report: Report, day: Period) -> bool:
    """Whether a company calls the quarter otherwise than the calendar does, or ends it on another day."""
    called = {own.label for own in names_of(report).periods if own.kind == "quarter"}
    return period.label not in called or len(called) > 1 or abs((day.end - period.end).days) > SAME
