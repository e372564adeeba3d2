"""What the words about a figure of a text leave out, and its surroundings tell: the period that leads the statements before it,
the one that it is compared with, that another figure is the adjusted one."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from rag.figures.context import Fact, Reading
from rag.figures.figure import Figure, worth
from rag.figures.match import TURNED, Problem, is_pace
from rag.figures.periods import is_base
from rag.figures.when import is_relative, named_in, same_period
from rag.verify.terms import compared, links

_OTHER = {"adjusted": "reported", "reported": "adjusted"}
_AGAINST = re.compile(
    r"[,，]?\s*(?:versus|vs\.?|against|compared (?:with|to)|from|[(（])\s*(?:an?\s\w+\sof\s)?", re.IGNORECASE
)


def place_problem(wanted: Fact, other: Fact, sentence: Reading, passage: Reading) -> Problem | None:
    """When a figure is told for the period that the passage compares it with, for another than the statements about it are on,
    or as an adjusted one where another figure is that."""
    shown = wanted.figure.text.strip()
    if wanted.level and wanted.worded and not wanted.loss and not wanted.negated and not is_pace(wanted, sentence):
        before = [one for one, two in compared(passage) if two is other]
        gone = {(worth(other.figure) > worth(one.figure)) - (worth(other.figure) < worth(one.figure)) for one in before}
        if gone == {-wanted.worded} and all(worth(each.figure) >= 0 and not each.loss for each in (other, *before)):
            return Problem(TURNED, f"{shown} goes the other way in the cited passage")
    periods = [each for each in wanted.periods if not is_relative(each)]
    if periods and not any(
        named_in(each, other.periods) or named_in(one, [each]) for each in periods for one in other.periods
    ):
        if all(named_in(each, bases_of(passage).get(id(other), ())) for each in periods):
            return Problem(3, f"{shown} is compared with {periods[0].text.strip()} in the cited passage")
        leading = carried(passage).get(id(other))
        if leading is not None and not any(_meet(each, leading) for each in periods):
            return Problem(3, f"{shown} is for {leading.text.strip()} in the cited passage")
    if wanted.accounting and not other.accounting and other.metrics:
        alike = (each for each in passage.facts if each.accounting == wanted.accounting and each is not other)
        if any(each.figure.kind == other.figure.kind and each.metrics & other.metrics for each in alike):
            return Problem(3, f"{shown} is of {_OTHER[wanted.accounting]} numbers in the cited passage")
    return None


def _meet(one: Figure, two: Figure) -> bool:
    """Whether two periods have a day in common, so far as their years are told."""
    a, b = one.period, two.period
    if a is None or b is None or a.implied or b.implied or same_period(one, two):
        return True
    return a.start <= b.end and b.start <= a.end


@lru_cache(maxsize=1024)
def bases_of(reading: Reading) -> dict[int, tuple[Figure, ...]]:
    """By the id of a level: the periods that it is compared with, `12 versus 10 in Q1 2024` or `12, down 2 from 2024`."""
    found: dict[int, tuple[Figure, ...]] = {}
    for level, change in links(reading):
        if change.bases:
            found[id(level)] = (*found.get(id(level), ()), *change.bases)
    for one, two in pairwise(reading.facts):
        if (
            one.sentence != two.sentence
            or one.figure.kind != two.figure.kind
            or not two.periods
            or two.periods == one.periods
        ):
            continue
        between = reading.text[one.figure.end : two.figure.start]
        for each in two.periods:
            if one.figure.end <= each.start < each.end <= two.figure.start:
                low, high = each.start - one.figure.end, each.end - one.figure.end
                between = f"{between[:low]}{between[high:].lstrip(' :：')}"
        if _AGAINST.fullmatch(between):
            found[id(one)] = two.periods
    return found


@lru_cache(maxsize=1024)
def carried(reading: Reading) -> dict[int, Figure]:
    """By the id of a figure of a statement without a period: the one that leads the last statement before that has one."""
    leading: list[tuple[int, Figure | None]] = []
    last: Figure | None = None
    for start, end in reading.spans:
        inside = [each for each in reading.periods if start <= each.start < end and not each.soft]
        first = min((fact.figure.start for fact in reading.facts if start <= fact.figure.start < end), default=end)
        ahead = [each for each in inside if each.end <= first and not is_base(reading.text, each)]
        leading.append((start, last if not inside else None))
        if inside:
            last = ahead[0] if ahead and not is_relative(ahead[0]) else None
    starts = [start for start, _ in leading]
    out = {}
    for fact in reading.facts:
        period = leading[max(0, bisect_right(starts, fact.figure.start) - 1)][1]
        if period is not None and not fact.periods:
            out[id(fact)] = period
    return out
