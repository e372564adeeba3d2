"""Figures that are worked out from the passage though the sentence does not show how: the growth of a row, a share of two
rows, a sum of rows, the change between two amounts of a statement.

The result must stand beside a figure that was found (``rose 14.4% to USD 402.2 million``): it is worked out of that one's
own row, or of its neighbour in the same statement, and must go the way that is said. Anything else would find a way to any
number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from rag.language import analysis
from rag.verify.figure import Figure, worth
from rag.verify.figure_context import Fact, Reading
from rag.verify.figure_place import AMOUNTS, BEFORE, REACH, Place, agrees, in_money_of, is_level, later, others
from rag.verify.figure_share import SHARE, margin, ratio
from rag.verify.figure_source import Source

Locate = Callable[[Fact], Iterable[tuple[Source, Fact]]]


def derived(fact: Fact, known: Sequence[Fact], wanted: Reading, sources: Sequence[Source], locate: Locate) -> bool:
    """Whether a figure of a sentence follows from the passages' figures beside those that the sentence has of them.

    ``known``: the figures that were found; ``locate``: where one stands.
    """
    figure = fact.figure
    if fact.denied or figure.soft or figure.kind not in ("percent", "points", "number", "money", "multiple"):
        return False
    near = _near(fact, known)
    places = [Place(each, other, source) for each in near for source, other in locate(each)]
    if figure.kind == "percent" and any(
        _grows(fact, place, frozenset()) for place in _named_rows(fact, wanted, sources)
    ):
        return True
    shown = frozenset(each.figure.value for each in near)
    if figure.kind == "percent" and any(_grows(fact, place, shown) for place in places):
        return True
    if figure.kind != "multiple" and any(_differs(fact, place, shown) for place in places):
        return True
    if figure.kind in ("percent", "points", *AMOUNTS) and _before(fact, near, wanted):
        return True
    if figure.kind == "percent" and margin(fact, wanted, sources):
        return True
    if figure.kind not in ("percent", "multiple") or (fact.way and not _is_base(fact, wanted)):
        return False
    return SHARE.search(wanted.text) is not None and ratio(fact, places, wanted)


def _named_rows(fact: Fact, wanted: Reading, sources: Sequence[Source]) -> Iterator[Place]:
    """The figures of the rows that the words before a change name, though not their levels: `domestic revenue grew by 8.2%`."""
    if not fact.way or not any(source.table for source in sources):
        return
    start = max((each.figure.end for each in wanted.facts if each.figure.end <= fact.figure.start), default=0)
    said = frozenset(analysis.content_terms(wanted.text[max(start, fact.sentence[0]) : fact.figure.start]))
    for source in sources:
        for other in source.reading.facts if said else ():
            if other.row is not None and other.row.terms and other.row.terms <= said and _later_than_all(other, source):
                yield Place(fact, other, source)


def _later_than_all(fact: Fact, source: Source) -> bool:
    """Whether a figure is of the last period of its row."""
    place = Place(fact, fact, source)
    return all(later(place, each) > 0 for each in source.reading.facts if each.row is fact.row and each is not fact)


def _near(fact: Fact, known: Sequence[Fact]) -> list[Fact]:
    """The found levels on either side of a figure in its sentence, nearest first, four at most."""
    inside = [
        each
        for each in known
        if each.sentence == fact.sentence
        and each.figure.start != fact.figure.start
        and each.figure.kind in ("number", "money", "percent", "points")
        and not each.figure.soft
        and not each.figure.part
    ]
    inside.sort(key=lambda each: _distance(each.figure, fact.figure))
    return [each for each in inside if _distance(each.figure, fact.figure) <= REACH][:4]


def _distance(one: Figure, two: Figure) -> int:
    return max(one.start - two.end, two.start - one.end, 0)


def _grows(fact: Fact, place: Place, shown: frozenset[Decimal]) -> bool:
    """Whether a percentage is the growth from another figure to the level, or from the level to it where that is later."""
    if place.other.figure.kind not in AMOUNTS:
        return False
    for other in others(place, shown):
        level, base = worth(place.other.figure), worth(other.figure)
        if later(place, other) < 0:
            level, base = base, level
        if base and (level < 0) == (base < 0):
            change = (level - base) / base * 100
            if agrees(fact.figure, abs(change)) and _way(fact, change):
                return True
    return False


def _differs(fact: Fact, place: Place, shown: frozenset[Decimal]) -> bool:
    """Whether a figure is the difference of the level and another figure."""
    figure, kind = fact.figure, place.other.figure.kind
    rate = kind == "percent" or (place.other.row is not None and place.fact.figure.kind == "percent")
    if not (rate if figure.kind == "points" else figure.kind in AMOUNTS and kind in AMOUNTS):
        return False
    if not (fact.worded or figure.sign) or not in_money_of(figure, place.fact.figure, place.source.currency):
        return False
    bare = place.other.row is None or place.other.figure.scaled or place.fact.figure.value == place.other.figure.value
    scale = None if bare else place.source.scale  # of the levels as the sentence has them
    for other in others(place, shown):
        level, base = worth(place.other.figure), worth(other.figure)
        if place.other.worded < 0 and other.worded < 0 and not is_level(place, other):
            level, base = -level, -base  # `lost 9.3%, against 3.3%`
        if later(place, other) < 0:
            level, base = base, level
        change = (level - base) * (scale or 1)
        if (level < 0 and base < 0) or place.fact.loss:
            change = -change
        if agrees(figure, abs(change)) and _way(fact, change):
            return True
    return False


def _way(fact: Fact, change: Decimal) -> bool:
    """Whether a change goes the way that the sentence says; where it says none, it may be a rise alone."""
    way = fact.way * (-1 if fact.negated else 1)
    return change * way > 0 or (way == 0 and change > 0)


def _is_base(fact: Fact, wanted: Reading) -> bool:
    return BEFORE.search(wanted.text, max(fact.sentence[0], fact.figure.start - 12), fact.figure.start) is not None


def _before(fact: Fact, near: Sequence[Fact], wanted: Reading) -> bool:
    """Whether a level is that from which a found change led to a found level: `up 2.6 points to 44.1%, from 41.5%`."""
    figure = fact.figure
    if not BEFORE.search(wanted.text, max(fact.sentence[0], figure.start - 30), figure.start):
        return False
    for level in near:
        for change in near:
            steps = change.figure.kind == "points" and figure.kind == level.figure.kind == "percent"
            amounts = figure.kind in AMOUNTS and level.figure.kind in AMOUNTS and change.figure.kind in AMOUNTS
            if change is level or not change.way or not (steps or amounts):
                continue
            if agrees(figure, level.figure.value - change.way * change.figure.value):
                return True
    return False
