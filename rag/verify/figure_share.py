"""Shares, margins and sums that a sentence gives without their terms, worked out of the rows and columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rag.language import analysis
from rag.verify.figure import Figure, worth
from rag.verify.figure_columns import fits
from rag.verify.figure_context import Fact, Reading
from rag.verify.figure_place import AMOUNTS, Place, agrees, columns, in_money_of, others
from rag.verify.figure_source import Source

_SUM = re.compile(
    r"\b(?:total\w*|sum|combined|together|altogether|in all|aggregate|plus|between them)\b|合计|共计|总计|总共|总和|加总|相加|[=＝]",
    re.IGNORECASE,
)
SHARE = re.compile(
    r"\b(?:share|account\w*|portion|proportion|represent\w*|ratio|margin|times|made? up|making up|contribut\w*|equal to|were|was)\b|% of|\bof\b|占|比|倍|率",
    re.IGNORECASE,
)
_ROWS = 14  # rows of a table up to which all of a column may be summed
_TOTAL_SAID = re.compile(r"\btotal\b|\ball\b|\bgroup\b|总|全部", re.IGNORECASE)
_SALES = re.compile(r"revenue|\bsales\b|turnover|收入|营收", re.IGNORECASE)
_MARGINS = tuple(
    (re.compile(name, re.IGNORECASE), re.compile(profit, re.IGNORECASE))
    for name, profit in (
        (r"\bgross (?:profit )?margin|毛利率", r"^gross (?:profit|income)|毛利"),
        (
            r"\b(?:operating|ebit) margin|(?:营业|经营)利润率",
            r"^operating (?:profit|income)|\bebit\b|营业利润|经营利润",
        ),
        (r"\bebitda margin", r"\bebitda\b"),
        (r"\bnet (?:profit )?margin|净利率|净利润率", r"^net (?:profit|income)|净利润"),
        (r"\btax rate|税率", r"income tax|所得税"),
    )
)
_TOTAL = re.compile(r"total|合计|总计", re.IGNORECASE)


def ratio(fact: Fact, places: Sequence[Place], wanted: Reading) -> bool:
    """Whether a percentage or a multiple is one figure over another: of two rows in one column, of one row in two columns,
    of a column's sum."""
    figure = fact.figure
    times = 1 if figure.kind == "multiple" else 100
    for one in places:
        if one.other.figure.kind not in AMOUNTS:
            continue
        whole = _whole(one) if _TOTAL_SAID.search(wanted.text) else Decimal(0)
        if whole > 0 and times == 100 and agrees(figure, one.other.figure.value / whole * 100):
            return True
        for base in (*_column(one, wanted), *(others(one) if one.other.row is not None else ())):
            if (
                base.figure.kind in AMOUNTS
                and base.figure.value
                and agrees(figure, abs(one.other.figure.value / base.figure.value) * times)
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


def margin(fact: Fact, wanted: Reading, sources: Sequence[Source]) -> bool:
    """Whether a percentage is a margin that the sentence names: of a profit that a row has, over revenue in that column."""
    before = wanted.text[max(fact.sentence[0], fact.figure.start - 80) : fact.figure.start]
    for name, profit in _MARGINS:
        if not name.search(before):
            continue
        for source in sources:
            facts = [each for each in source.reading.facts if each.row is not None]
            for above in (each for each in facts if each.row and profit.search(each.row.label)):
                for below in facts:
                    if (
                        "revenue" in below.metrics
                        and below.periods == above.periods
                        and below.figure.value
                        and agrees(fact.figure, abs(above.figure.value / below.figure.value) * 100)
                    ):
                        return True
    return False


def _whole(place: Place) -> Decimal:
    """The sum of the column that a figure of a small table stands in; 0 where it has a row of totals."""
    for column in columns(place.source) if place.other.row is not None else ():
        if any(each is place.other for each in column):
            totals = any(each.row and _TOTAL.search(each.row.label) for each in column)
            return (
                Decimal(0)
                if totals or len(column) > _ROWS
                else sum((worth(each.figure) for each in column), Decimal(0))
            )
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
                if (
                    a.periods == b.periods
                    and b.figure.value
                    and agrees(fact.figure, abs(a.figure.value / b.figure.value) * times)
                ):
                    return True
    return False


def summed(fact: Fact, wanted: Reading, sources: Sequence[Source]) -> bool:
    """Whether a figure is the sum of a column of a table, or of the rows in it that the sentence names."""
    figure = fact.figure
    if fact.denied or figure.soft or figure.kind not in ("percent", *AMOUNTS) or not _SUM.search(wanted.text):
        return False
    said = frozenset(analysis.content_terms(wanted.text))
    for source in sources:
        for column in columns(source) if source.table else ():
            fitting = [each for each in column if not _TOTAL.search(each.row.label if each.row else "")]
            if (
                fact.periods
                and fitting
                and fitting[0].periods
                and not any(fits(each, fitting[0].periods, source.shift) for each in fact.periods)
            ):
                continue
            named = [each for each in fitting if each.row and each.row.terms and each.row.terms <= said]
            groups = (named, fitting if len(fitting) <= _ROWS else [])
            if not all(in_money_of(figure, each.figure, source.currency) for each in fitting):
                continue
            if any(len(group) > 1 and agrees(figure, _total(group, source, figure)) for group in groups):
                return True
    return False


def _total(group: Sequence[Fact], source: Source, figure: Figure) -> Decimal:
    kinds = [each for each in group if (each.figure.kind == "percent") == (figure.kind == "percent")]
    total = sum((worth(each.figure) for each in kinds), Decimal(0))
    return total * (source.scale or 1) if figure.kind in AMOUNTS else total
