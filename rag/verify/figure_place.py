"""Where a figure of a sentence stands in a passage, and the figures that another may be worked out of it with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from rag.verify.figure import Figure
from rag.verify.figure_context import Fact
from rag.verify.figure_match import coarse, values_of
from rag.verify.figure_source import Source
from rag.verify.figure_words import alike

BEFORE = re.compile(
    r"\b(?:before|previous\w*|earlier|from|implied|implies|prior)\b|此前|之前|原先|[从由]", re.IGNORECASE
)
AMOUNTS = ("number", "money")
REACH = 90  # characters between a change and the level that it leads to


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of a sentence and where it stands: the fact of a passage, with the passage."""

    fact: Fact
    other: Fact
    source: Source


def others(place: Place, shown: frozenset[Decimal] = frozenset()) -> Iterator[Fact]:
    """The figures that one may have come from: of its row, or beside it in the same statement or the one before.

    ``shown``: values that the sentence has itself, of which the words tell the earlier from the later.
    """
    facts = place.source.reading.facts
    if place.other.row is not None:
        for each in facts:
            told = later(place, each) or shown.isdisjoint(values_of(each.figure, place.source.scale))
            if each.row is place.other.row and each is not place.other and told:
                yield each
        return
    alike = [each for each in facts if each.row is None and _comparable(each.figure, place.other.figure)]
    alike = [each for each in alike if each is place.other or each.figure.value not in shown]
    yield from (each for each in alike if each.sentence == place.other.sentence and each is not place.other)
    for one, two in pairwise(alike):
        near = two.figure.start - one.figure.end < 2 * REACH and one.sentence != two.sentence
        if near and one is place.other:
            yield two
        if near and two is place.other:
            yield one


def _comparable(one: Figure, two: Figure) -> bool:
    kinds = {one.kind, two.kind}
    return (len(kinds) == 1 or kinds <= set(AMOUNTS)) and one.unit == two.unit


def is_level(place: Place, other: Fact) -> bool:
    """Whether one of two figures is a level, which something went from or to."""
    text = place.source.reading.text
    return any(
        each.level or BEFORE.search(text, max(0, each.figure.start - 6), each.figure.start)
        for each in (place.other, other)
    )


def later(place: Place, other: Fact) -> int:
    """1 where the level of a sentence is of a later period than the other figure, -1 earlier, 0 where that is not said."""
    ends = [
        max((each.period.end for each in fact.periods if each.period), default=None) for fact in (place.other, other)
    ]
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return 0
    return 1 if ends[0] > ends[1] else -1


def in_money_of(figure: Figure, other: Figure, currency: str) -> bool:
    return alike(figure.currency, other.currency or currency)


def agrees(figure: Figure, value: Decimal) -> bool:
    """Whether a result is the figure: rounded to its digits, or within what a bound or a word of it leaves."""
    if figure.bound:
        return 0 <= (value - figure.value) * figure.bound < coarse(figure)
    return abs(value - figure.value) * 2 <= figure.step


def columns(source: Source) -> list[list[Fact]]:
    """The figures of a table by their column: the first of each row, the second, and so on."""
    rows: dict[int, list[Fact]] = {}
    for fact in source.reading.facts:
        if fact.row is not None:
            rows.setdefault(fact.sentence[0], []).append(fact)
    most = max(map(len, rows.values()), default=0)
    return [[row[index] for row in rows.values() if index < len(row)] for index in range(min(most, 6))]
