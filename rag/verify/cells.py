"""What a table says of a cell beside its row and column: its currency and unit, and which way its row went."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from rag.figures.basis import all_against, pers_in
from rag.figures.columns import fits, is_of_row_above
from rag.figures.context import Fact, Reading
from rag.figures.figure import worth
from rag.figures.match import TURNED, Problem
from rag.figures.value import table_currency
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
    against = all_against(other.column) if wanted.against and other.column else frozenset()
    if against and wanted.against not in against:
        return Problem(3, f"{shown} is measured against {min(against)} in the cited passage")
    if is_hoped(other.column) and _is_fact(wanted, sentence):
        return Problem(5, f"{shown} is a forecast in the cited passage")
    bare = not figure.scaled and not other.figure.scaled and figure.value == other.figure.value
    if bare and figure.unit == "count" and source.scale and _COUNTED.search(source.everything):
        return Problem(6, f"{shown} is for another unit in the cited passage")
    if _went(wanted, other, sentence, source) < 0:
        return Problem(TURNED, f"{shown} goes the other way in the cited passage")
    return None


_HOPED = re.compile(r"\b(?:est\b|estimates?\b|forecasts?\b|consensus\b|guidance\b)|预[测期计]|一致", re.IGNORECASE)
_SAYS_HOPED = re.compile(
    r"expect|consensus|estimat|forecast|guid|project|model|\b(?:our|we)\b|预|指引|一致|目标", re.IGNORECASE
)


def is_hoped(column: str) -> bool:
    """Whether the head of a column says that it is of what was expected, not of what came."""
    return _HOPED.search(column) is not None


def _is_fact(wanted: Fact, sentence: Reading) -> bool:
    """Whether a sentence tells a figure as reported, and nothing that was expected."""
    told = sentence.text[wanted.sentence[0] : wanted.sentence[1]]
    return bool(wanted.tense < 0 or wanted.past) and not _SAYS_HOPED.search(told)


def currency_of(fact: Fact, source: Source) -> str:
    """The currency of a bare figure of a passage: that which its row names, else the table's."""
    return (_currency(fact.row.label) if fact.row is not None else "") or source.currency


@lru_cache(maxsize=1024)
def _currency(label: str) -> str:
    return table_currency(label)


def _went(wanted: Fact, other: Fact, sentence: Reading, source: Source) -> int:
    """1 where a row went as the words say that it did to a figure, -1 where the other way, 0 where that is not told.

    From the other period that the sentence names; else from those before that it may mean: the year before where it says so,
    the period before, or both: `gross profit declined to 2,785 million in 2024`.
    """
    way = 0 if is_of_row_above(other) else _way(wanted, sentence)
    if not way or not other.periods or other.periods[0].period is None:
        return 0
    end = other.periods[0].period.end
    row = [
        (each, each.periods[0].period.end)
        for each in source.reading.facts
        if beside(each, other) and each.periods and each.periods[0].period
    ]
    start, stop = wanted.sentence
    times = [each for each in sentence.periods if start <= each.start < stop and not is_relative(each)]
    apart = [each for each in times if not fits(each, other.periods, source.shift)]
    if apart:
        row = [
            (each, day)
            for each, day in row
            if len(apart) == 1 and fits(apart[0], each.periods, source.shift) and day != end
        ]
    elif _ON_YEAR.search(sentence.text, start, stop):
        row = [(each, day) for each, day in row if 350 < (end - day).days < 380]
    else:
        row = [(each, day) for each, day in row if day < end]
        row = [(each, day) for each, day in row if day == max(day for _, day in row) or 350 < (end - day).days < 380]
    changes = {_change(worth(each.figure), worth(other.figure)) * (1 if day < end else -1) for each, day in row}
    return changes.pop() * way if len(changes) == 1 else 0


_ON_YEAR = re.compile(r"\b(?:year[- ]o|yoy|y/y|(?:a|the|last|previous|prior) year)|同比|上年|去年", re.IGNORECASE)


def _way(wanted: Fact, sentence: Reading) -> int:
    """Which way a sentence says that a figure was reached: by a word that leads to it, or the only one of a sentence with no
    other figure."""
    if wanted.loss:
        return 0  # one that widens goes down
    if wanted.worded and wanted.level and not (wanted.row or _came_from(sentence, wanted)):
        return -wanted.worded if wanted.negated else wanted.worded
    start, end = wanted.sentence
    values = [fact for fact in sentence.facts if start <= fact.figure.start < end and fact.figure.kind != "label"]
    ways = {-move.way if move.negated else move.way for move in sentence.moves if start <= move.start < end}
    times = [each for each in sentence.periods if start <= each.start < end and not is_relative(each)]
    return ways.pop() if len(values) == len(ways) == 1 and len(times) == 2 else 0


def _came_from(sentence: Reading, fact: Fact) -> bool:
    return _FROM.search(sentence.text, max(0, fact.figure.start - 12), fact.figure.start) is not None


_FROM = re.compile(r"\bfrom\s(?:about\s|around\s)?$|[由从较比]$", re.IGNORECASE)


def _change(one: Decimal, two: Decimal) -> int:
    """1 up, -1 down, 0 where it stays, or a loss is told, which may go either way."""
    return 0 if one < 0 and two < 0 else (two > one) - (two < one)


def beside(one: Fact, two: Fact) -> bool:
    """Whether two cells of one kind are of one row, or of one column of a metric whose rows are periods."""
    if one is two or one.row is None or two.row is None or one.figure.kind != two.figure.kind:
        return False
    return one.row is two.row or of_one_column(one, two)


def of_one_column(one: Fact, two: Fact) -> bool:
    """Whether two figures of rows that are periods stand in the one column of a metric."""
    rows = all(each.row and any(period.text in each.row.label for period in each.periods) for each in (one, two))
    return rows and bool(one.metrics & two.metrics) and one.figure.kind == two.figure.kind
