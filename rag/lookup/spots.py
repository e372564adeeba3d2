"""The figures of a table with what stands around each: its label, its column's head, the line above its rows, its time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.figures.context import Fact
from rag.figures.table import read_table
from rag.language.periods import Period, periods
from rag.lookup.rows import Table, head_of
from rag.lookup.table import REMARK, Cell, cell_of, column_time, is_value, of_shares, scale_of, told_of_shares
from rag.lookup.times import times_of
from rag.lookup.words import undated
from rag.types import Report

_FIGURE = re.compile(r"[$€£¥]\s?\d|\d,\d{3}|\d\.\d")  # in a label: the cells of its row are not read right
_ENDS = re.compile(r"(?:[\s:：.]|\((?:\$ )?in [a-z]+\))+$", re.IGNORECASE)
YEAR = re.compile(r"^(?:fiscal |fy ?)?(20\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure of a table with what stands around it. ``when``: None where nothing says of when it is.

    ``dated``: its own column says so.
    """

    table: Table
    fact: Fact
    label: str
    head: str
    parent: str
    when: Period | None
    dated: bool


def joined(tables: Sequence[Table]) -> list[list[Table]]:
    """The tables with the parts of one, which follow each other under the same heads, together."""
    out: list[list[Table]] = []
    for table in sorted(tables, key=lambda each: each.evidence.passage.ordinal):
        passage, last = table.evidence.passage, out[-1][-1].evidence.passage if out else None
        if (
            last
            and passage.ordinal == last.ordinal + 1
            and (passage.section, passage.page) == (last.section, last.page)
        ):
            out[-1].append(table)
        else:
            out.append([table])
    return out


def spots_of(table: Table) -> list[Spot]:
    """Every figure of a table but the percentages."""
    passage = table.evidence.passage
    above = passage.section[-1] if passage.section else ""
    facts = read_table(passage.text, above).facts
    if told_of_shares(passage) or of_shares(facts, False):
        return []
    words, _, _ = above.rpartition(" / ")  # without the heads of its columns
    told = _time_of(words)
    out = []
    for fact in facts:
        if (
            fact.row is None
            or not is_value(fact)
            or fact.figure.kind == "percent"
            or _FIGURE.search(REMARK.sub("", fact.row.label))
        ):
            continue
        parent = table.parents.get(fact.sentence[0], "")
        own = None if fact.bases and not YEAR.match(fact.row.label) else column_time(fact)
        when = own or _time_of(parent) or told
        out.append(
            Spot(table, fact, _ENDS.sub("", fact.row.label), head_of(table, fact), parent, when, own is not None)
        )
    return out


def _of_report(report: Report) -> Period:
    """The time of a report. Raises LookupError where it is not known."""
    known = periods(report.period or "") or periods(report.date.isoformat() if report.date else "")
    if not known:
        raise LookupError("a report of no time")
    return known[0]


@lru_cache(maxsize=2048)
def _time_of(text: str) -> Period | None:
    """The one time that some words tell."""
    named = {period.label: period for period in times_of(text, None) if not period.implied}
    return next(iter(named.values())) if len(named) == 1 else None


def row_of(spot: Spot) -> tuple[str, int]:
    return spot.table.evidence.passage.id, spot.fact.sentence[0]


def cell_at(spot: Spot, beside: str = "") -> Cell:
    when = spot.when or _of_report(spot.table.evidence.report)
    head = None if spot.dated else ""
    return cell_of(
        spot.table.evidence,
        spot.fact,
        when,
        0.0,
        scale_of(spot.table.evidence),
        _ENDS.sub("", undated(last_of(beside))).strip(),
        head,
    )


def last_of(name: str) -> str:
    """The last words of a head, behind what stands over several: `Payments due by period After 5 Years`."""
    return re.sub(r"^.*\bby (?:period|fiscal year)\b\s*", "", name, flags=re.IGNORECASE).strip()
