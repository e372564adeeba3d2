"""What a table says of a cell beside its row and column: its currency and unit, and which way its row went."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.figures.basis import pers_in
from rag.figures.columns import fits
from rag.figures.context import Fact, Reading
from rag.figures.figure import worth
from rag.figures.match import TURNED, Problem, table_currency
from rag.figures.when import is_relative
from rag.verify.source import Source

_COUNTED = re.compile(r"单位\s?[:：]?\s?(?:千|万|百万|亿)[台辆套头只户人家件片桶箱]")


def cell_problem(wanted: Fact, other: Fact, sentence: Reading, source: Source) -> Problem | None:
    """When a figure of a table is told in another unit than its own, or as the end of a move the other way."""
    figure, shown = wanted.figure, wanted.figure.text.strip()
    if other.row is None:
        return None
    pers = pers_in(source.reading.text) if wanted.per else frozenset()
    if pers and wanted.per not in pers:
        return Problem(3, f"{shown} is for another unit in the cited passage")
    bare = not figure.scaled and not other.figure.scaled and figure.value == other.figure.value
    if bare and figure.unit == "count" and source.scale and _COUNTED.search(source.everything):
        return Problem(6, f"{shown} is for another unit in the cited passage")
    if _went(wanted, other, sentence, source) < 0:
        return Problem(TURNED, f"{shown} goes the other way in the cited passage")
    return None


def currency_of(fact: Fact, source: Source) -> str:
    """The currency of a bare figure of a passage: that which its row names, else the table's."""
    return (_currency(fact.row.label) if fact.row is not None else "") or source.currency


@lru_cache(maxsize=1024)
def _currency(label: str) -> str:
    return table_currency(label)


def _went(wanted: Fact, other: Fact, sentence: Reading, source: Source) -> int:
    """1 where a row went as the words say that it did from or to the one figure of a statement on two periods, -1 where the
    other way, 0 where that is not told: `the margin fell from 2023 to 18.3% in 2024`."""
    start, end = wanted.sentence
    values = [fact for fact in sentence.facts if start <= fact.figure.start < end and fact.figure.kind != "label"]
    ways = {-move.way if move.negated else move.way for move in sentence.moves if start <= move.start < end}
    times = [each for each in sentence.periods if start <= each.start < end and not is_relative(each)]
    apart = [each for each in times if not fits(each, other.periods, source.shift)]
    if len(values) != 1 or len(ways) != 1 or len(apart) != 1 or len(times) != 2 or not other.periods:
        return 0
    there = [
        each for each in source.reading.facts if beside(each, other) and fits(apart[0], each.periods, source.shift)
    ]
    ends = [each.periods[0].period for each in (other, *there) if each.periods]
    if len(there) != 1 or len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0].end == ends[1].end:
        return 0
    change = worth(other.figure) - worth(there[0].figure)
    change = -change if ends[0].end < ends[1].end else change
    if worth(other.figure) < 0 and worth(there[0].figure) < 0:
        return 0  # a loss is told either way
    return ((change > 0) - (change < 0)) * ways.pop()


def beside(one: Fact, two: Fact) -> bool:
    """Whether two cells of one kind are of one row, or of one column of a metric whose rows are periods."""
    if one is two or one.row is None or two.row is None or one.figure.kind != two.figure.kind:
        return False
    return one.row is two.row or of_one_column(one, two)


def of_one_column(one: Fact, two: Fact) -> bool:
    """Whether two figures of rows that are periods stand in the one column of a metric."""
    rows = all(each.row and any(period.text in each.row.label for period in each.periods) for each in (one, two))
    return rows and bool(one.metrics & two.metrics) and one.figure.kind == two.figure.kind
