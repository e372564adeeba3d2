"""Figures that are worked out from the passage though the sentence does not show how: the growth of a row, a share of two
rows, a sum of rows, the change between two amounts of a statement.

The result must stand beside a figure that was found (``rose 14.4% to USD 402.2 million``): it is worked out of that one's
own row, or of its neighbour in the same statement, and must go the way that is said. Anything else would find a way to any
number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from rag.language import analysis
from rag.verify.figure import Figure
from rag.verify.figure_columns import fits
from rag.verify.figure_context import Fact, Reading
from rag.verify.figure_match import values_of
from rag.verify.figure_source import Source
from rag.verify.figure_words import alike

_SUM = re.compile(
    r"\b(?:total\w*|sum|combined|together|altogether|in all|aggregate|plus)\b|合计|共计|总计|总共|总和|加总|相加|[=＝]",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:share|account\w*|portion|proportion|represent\w*|ratio|margin|times|made? up|making up|contribut\w*|equal to|were|was)\b|% of|\bof\b|占|比|倍|率",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|previous\w*|earlier|from|implied|implies|prior)\b|此前|之前|原先|[从由]", re.IGNORECASE)
_AMOUNTS = ("number", "money")
_REACH = 90  # characters between a change and the level that it leads to
_ROWS = 14  # rows of a table up to which all of a column may be summed
_TOTAL_SAID = re.compile(r"\btotal\b|\ball\b|\bgroup\b|总|全部", re.IGNORECASE)
_SALES = re.compile(r"revenue|\bsales\b|turnover|收入|营收", re.IGNORECASE)
_MARGINS = tuple(
    (re.compile(name, re.IGNORECASE), re.compile(profit, re.IGNORECASE))
    for name, profit in (
        (r"\bgross (?:profit )?margin|毛利率", r"^gross (?:profit|income)|毛利"),
        (r"\b(?:operating|ebit) margin|(?:营业|经营)利润率", r"^operating (?:profit|income)|\bebit\b|营业利润|经营利润"),
        (r"\bebitda margin", r"\bebitda\b"),
        (r"\bnet (?:profit )?margin|净利率|净利润率", r"^net (?:profit|income)|净利润"),
        (r"\btax rate|税率", r"income tax|所得税"),
    )
)
_TOTAL = re.compile(r"total|合计|总计", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of a sentence and where it stands: the fact of a passage, with the passage."""

    fact: Fact
    other: Fact
    source: Source


Locate = Callable[[Fact], Iterable[tuple[Source, Fact]]]


def derived(
    fact: Fact, known: Sequence[Fact], wanted: Reading, sources: Sequence[Source], locate: Locate
) -> bool:
    """Whether a figure of a sentence follows from the passages' figures beside those that the sentence has of them.

    ``known``: the figures that were found; ``locate``: where one stands.
    """
    figure = fact.figure
    if fact.denied or figure.soft or figure.kind not in ("percent", "points", "number", "money", "multiple"):
        return False
    near = _near(fact, known, wanted)
    places = [Place(each, other, source) for each in near for source, other in locate(each)]
    if figure.kind == "percent" and any(_grows(fact, place, frozenset()) for place in _named_rows(fact, wanted, sources)):
        return True
    shown = frozenset(each.figure.value for each in near)
    if figure.kind == "percent" and any(_grows(fact, place, shown) for place in places):
        return True
    if figure.kind != "multiple" and any(_differs(fact, place, shown) for place in places):
        return True
    if figure.kind in ("percent", "points", *_AMOUNTS) and _before(fact, near, wanted):
        return True
    if figure.kind == "percent" and _margin(fact, wanted, sources):
        return True
    if figure.kind not in ("percent", "multiple") or (fact.way and not _is_base(fact, wanted)):
        return False
    return _SHARE.search(wanted.text) is not None and _ratio(fact, places, wanted)


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
    return all(_later(place, each) > 0 for each in source.reading.facts if each.row is fact.row and each is not fact)


def summed(fact: Fact, wanted: Reading, sources: Sequence[Source]) -> bool:
    """Whether a figure is the sum of a column of a table, or of the rows in it that the sentence names."""
    figure = fact.figure
    if fact.denied or figure.soft or figure.kind not in ("percent", *_AMOUNTS) or not _SUM.search(wanted.text):
        return False
    said = frozenset(analysis.content_terms(wanted.text))
    for source in sources:
        for column in _columns(source) if source.table else ():
            fitting = [each for each in column if not _TOTAL.search(each.row.label if each.row else "")]
            if fact.periods and fitting and fitting[0].periods and not any(
                fits(each, fitting[0].periods, source.shift) for each in fact.periods
            ):
                continue
            named = [each for each in fitting if each.row and each.row.terms and each.row.terms <= said]
            groups = (named, fitting if len(fitting) <= _ROWS else [])
            if not all(_in_money_of(figure, each.figure, source.currency) for each in fitting):
                continue
            if any(len(group) > 1 and _agrees(figure, _total(group, source, figure)) for group in groups):
                return True
    return False


def _near(fact: Fact, known: Sequence[Fact], wanted: Reading) -> list[Fact]:
    """The found levels on either side of a figure in its sentence, nearest first, three at most."""
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
    return [each for each in inside if _distance(each.figure, fact.figure) <= _REACH][:4]


def _distance(one: Figure, two: Figure) -> int:
    return max(one.start - two.end, two.start - one.end, 0)


def _others(place: Place, shown: frozenset[Decimal] = frozenset()) -> Iterator[Fact]:
    """The figures that one may have come from: of its row, or beside it in the same statement or the one before.

    ``shown``: values that the sentence has itself, of which the words tell the earlier from the later.
    """
    facts = place.source.reading.facts
    if place.other.row is not None:
        for each in facts:
            told = _later(place, each) or shown.isdisjoint(values_of(each.figure, place.source.scale))
            if each.row is place.other.row and each is not place.other and told:
                yield each
        return
    alike = [each for each in facts if each.row is None and _comparable(each.figure, place.other.figure)]
    alike = [each for each in alike if each is place.other or each.figure.value not in shown]
    yield from (each for each in alike if each.sentence == place.other.sentence and each is not place.other)
    for one, two in pairwise(alike):
        near = two.figure.start - one.figure.end < 2 * _REACH and one.sentence != two.sentence
        if near and one is place.other:
            yield two
        if near and two is place.other:
            yield one


def _comparable(one: Figure, two: Figure) -> bool:
    kinds = {one.kind, two.kind}
    return (len(kinds) == 1 or kinds <= set(_AMOUNTS)) and one.unit == two.unit


def _worth(fact: Fact) -> Decimal:
    return -fact.figure.value if fact.figure.sign < 0 and not fact.figure.unsure else fact.figure.value


def _is_level(place: Place, other: Fact) -> bool:
    """Whether one of two figures is a level, which something went from or to."""
    text = place.source.reading.text
    return any(
        each.level or _BEFORE.search(text, max(0, each.figure.start - 6), each.figure.start) for each in (place.other, other)
    )


def _later(place: Place, other: Fact) -> int:
    """1 where the level of a sentence is of a later period than the other figure, -1 earlier, 0 where that is not said."""
    ends = [
        max((each.period.end for each in fact.periods if each.period), default=None) for fact in (place.other, other)
    ]
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return 0
    return 1 if ends[0] > ends[1] else -1


def _grows(fact: Fact, place: Place, shown: frozenset[Decimal]) -> bool:
    """Whether a percentage is the growth from another figure to the level, or from the level to it where that is later."""
    if place.other.figure.kind not in _AMOUNTS:
        return False
    for other in _others(place, shown):
        level, base = _worth(place.other), _worth(other)
        if _later(place, other) < 0:
            level, base = base, level
        if base and (level < 0) == (base < 0):
            change = (level - base) / base * 100
            if _agrees(fact.figure, abs(change)) and _way(fact, change):
                return True
    return False


def _differs(fact: Fact, place: Place, shown: frozenset[Decimal]) -> bool:
    """Whether a figure is the difference of the level and another figure."""
    figure, kind = fact.figure, place.other.figure.kind
    if not (kind == "percent" if figure.kind == "points" else figure.kind in _AMOUNTS and kind in _AMOUNTS):
        return False
    if not (fact.worded or figure.sign) or not _in_money_of(figure, place.fact.figure, place.source.currency):
        return False
    scale = place.source.scale if place.other.row is not None and not place.other.figure.scaled else None
    for other in _others(place, shown):
        level, base = _worth(place.other), _worth(other)
        if place.other.worded < 0 and other.worded < 0 and not _is_level(place, other):
            level, base = -level, -base  # `lost 9.3%, against 3.3%`
        if _later(place, other) < 0:
            level, base = base, level
        change = (level - base) * (scale or 1)
        if (level < 0 and base < 0) or place.fact.loss:
            change = -change
        if _agrees(figure, abs(change)) and _way(fact, change):
            return True
    return False


def _in_money_of(figure: Figure, other: Figure, currency: str) -> bool:
    return alike(figure.currency, other.currency or currency)


def _way(fact: Fact, change: Decimal) -> bool:
    """Whether a change goes the way that the sentence says; where it says none, it may be a rise alone."""
    way = fact.way * (-1 if fact.negated else 1)
    return change * way > 0 or (way == 0 and change > 0)


def _is_base(fact: Fact, wanted: Reading) -> bool:
    return _BEFORE.search(wanted.text, max(fact.sentence[0], fact.figure.start - 12), fact.figure.start) is not None


def _before(fact: Fact, near: Sequence[Fact], wanted: Reading) -> bool:
    """Whether a level is that from which a found change led to a found level: `up 2.6 points to 44.1%, from 41.5%`."""
    figure = fact.figure
    if not _BEFORE.search(wanted.text, max(fact.sentence[0], figure.start - 30), figure.start):
        return False
    for level in near:
        for change in near:
            steps = change.figure.kind == "points" and figure.kind == level.figure.kind == "percent"
            amounts = figure.kind in _AMOUNTS and level.figure.kind in _AMOUNTS and change.figure.kind in _AMOUNTS
            if change is level or not change.way or not (steps or amounts):
                continue
            if _agrees(figure, level.figure.value - change.way * change.figure.value):
                return True
    return False


def _ratio(fact: Fact, places: Sequence[Place], wanted: Reading) -> bool:
    """Whether a percentage or a multiple is one figure over another: of two rows in one column, of one row in two columns,
    of a column's sum."""
    figure = fact.figure
    times = 1 if figure.kind == "multiple" else 100
    for one in places:
        if one.other.figure.kind not in _AMOUNTS:
            continue
        whole = _whole(one) if _TOTAL_SAID.search(wanted.text) else Decimal(0)
        if whole > 0 and times == 100 and _agrees(figure, one.other.figure.value / whole * 100):
            return True
        for base in (*_column(one, wanted), *(_others(one) if one.other.row is not None else ())):
            if base.figure.kind in _AMOUNTS and base.figure.value and _agrees(
                figure, abs(one.other.figure.value / base.figure.value) * times
            ):
                return True
    return _two_rows(fact, places, times)


def _column(place: Place, wanted: Reading) -> Iterator[Fact]:
    """The figures of the rows that are totals in the column of a figure, and of revenue where the sentence speaks of it."""
    if place.other.row is None:
        return
    sales = _SALES.search(wanted.text) is not None
    for each in place.source.reading.facts:
        if each.row is None or each.periods != place.other.periods:
            continue
        if _TOTAL.search(each.row.label) or (sales and "revenue" in each.metrics):
            yield each


def _margin(fact: Fact, wanted: Reading, sources: Sequence[Source]) -> bool:
    """Whether a percentage is a margin that the sentence names: of a profit that a row has, over revenue in that column."""
    before = wanted.text[max(fact.sentence[0], fact.figure.start - 80) : fact.figure.start]
    for name, profit in _MARGINS:
        if not name.search(before):
            continue
        for source in sources:
            facts = [each for each in source.reading.facts if each.row is not None]
            for above in (each for each in facts if each.row and profit.search(each.row.label)):
                for below in facts:
                    if "revenue" in below.metrics and below.periods == above.periods and below.figure.value and _agrees(
                        fact.figure, abs(above.figure.value / below.figure.value) * 100
                    ):
                        return True
    return False


def _whole(place: Place) -> Decimal:
    """The sum of the column that a figure of a small table stands in; 0 where it has a row of totals."""
    for column in _columns(place.source) if place.other.row is not None else ():
        if any(each is place.other for each in column):
            totals = any(each.row and _TOTAL.search(each.row.label) for each in column)
            return Decimal(0) if totals or len(column) > _ROWS else sum((_worth(each) for each in column), Decimal(0))
    return Decimal(0)


def _two_rows(fact: Fact, places: Sequence[Place], times: int) -> bool:
    """Whether the figures of two rows that the sentence cites from give the ratio, in any one column."""
    rows = list({id(each.other.row): each for each in places if each.other.row is not None}.values())
    for one in rows:
        for two in rows:
            if one.other.row is two.other.row or one.source is not two.source:
                continue
            above, below = (
                [each for each in place.source.reading.facts if each.row is place.other.row] for place in (one, two)
            )
            for a, b in zip(above, below, strict=False):
                if a.periods == b.periods and b.figure.value and _agrees(
                    fact.figure, abs(a.figure.value / b.figure.value) * times
                ):
                    return True
    return False


def _columns(source: Source) -> list[list[Fact]]:
    """The figures of a table by their column: the first of each row, the second, and so on."""
    rows: dict[int, list[Fact]] = {}
    for fact in source.reading.facts:
        if fact.row is not None:
            rows.setdefault(fact.sentence[0], []).append(fact)
    most = max(map(len, rows.values()), default=0)
    return [[row[index] for row in rows.values() if index < len(row)] for index in range(min(most, 6))]


def _total(group: Sequence[Fact], source: Source, figure: Figure) -> Decimal:
    kinds = [each for each in group if (each.figure.kind == "percent") == (figure.kind == "percent")]
    total = sum((_worth(each) for each in kinds), Decimal(0))
    return total * (source.scale or 1) if figure.kind in _AMOUNTS else total


def _agrees(figure: Figure, value: Decimal) -> bool:
    """Whether a result is the figure: rounded to its digits, or within what a bound or a word of it leaves."""
    if figure.bound:
        room = max(figure.step, figure.factor.scaleb(int((figure.value / figure.factor).normalize().as_tuple().exponent)))
        return 0 <= (value - figure.value) * figure.bound < room
    return abs(value - figure.value) * 2 <= figure.step
