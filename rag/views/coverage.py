"""Who covers what, and when: counts of reports by company, broker and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rag.types import Report
from rag.views.groups import groups


@dataclass(frozen=True, slots=True)
class Covered:
    """One line: a broker (None: a filing, or unknown) on a company; ``counts``: reports by month (``2026-02``)."""

    company: str
    broker: str | None
    counts: dict[str, int]
    undated: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values()) + self.undated


@dataclass(frozen=True, slots=True)
class Coverage:
    """``months``: every month from the first report to the last, also those without one."""

    months: tuple[str, ...] = ()
    rows: tuple[Covered, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "months": list(self.months),
            "rows": [
                {"company": row.company, "broker": row.broker, "counts": row.counts, "undated": row.undated}
                for row in self.rows
            ],
        }


def coverage(reports: Iterable[Report]) -> Coverage:
    """The matrix over all reports that are about a company, companies by name, brokers by number of reports."""
    rows: list[Covered] = []
    for group in groups([report for report in reports if report.companies or report.tickers]):
        known = [members for members in group.by_broker if members[0].broker]
        unknown = [report for members in group.by_broker if not members[0].broker for report in members]
        lines = [_covered(group.name, members[-1].broker, members) for members in known]
        rows += sorted(lines, key=lambda row: (-row.total, row.broker or ""))
        rows += [_covered(group.name, None, unknown)] if unknown else []
    return Coverage(_months(month for row in rows for month in row.counts), tuple(rows))


def _covered(company: str, broker: str | None, reports: Iterable[Report]) -> Covered:
    dates = [report.date for report in reports]
    counts = Counter(f"{day:%Y-%m}" for day in dates if day)
    return Covered(company, broker, dict(sorted(counts.items())), sum(day is None for day in dates))


def _months(seen: Iterable[str]) -> tuple[str, ...]:
    months = sorted(set(seen))
    if not months:
        return ()
    (year, month), (last_year, last_month) = (
        (int(part) for part in text.split("-")) for text in (months[0], months[-1])
    )
    count = (last_year - year) * 12 + last_month - month + 1
    return tuple(f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}" for i in range(count))
