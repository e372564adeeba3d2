"""Sums of the columns of a table that a sentence gives without their terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from rag.figures.columns import fits
from rag.figures.context import Fact, Reading
from rag.figures.figure import Figure, worth
from rag.figures.value import coarse, digits
from rag.figures.words import alike
from rag.language import analysis
from rag.verify.source import Source

AMOUNTS = ("number", "money")
SUM = re.compile(
    r"\b(?:total\w*|sum|combined|together|altogether|in all|aggregate|plus|between them|add(?:s|ed|ing)? up)\b|合计|共计|总计|总共|总和|加总|相加|[=＝]",
    re.IGNORECASE,
)
_ROWS = 14  # rows of a table up to which all of a column may be summed
TOTAL_SAID = re.compile(r"\btotal\b|\ball\b|\bgroup\b|总|全部", re.IGNORECASE)
TOTAL = re.compile(r"total|合计|总计", re.IGNORECASE)


def whole(fact: Fact, source: Source) -> Decimal:
    """The sum of the column that a figure of a small table stands in, in the table's own scale; 0 where it has a row of totals."""
    for column in columns(source) if fact.row is not None else ():
        if any(each is fact for each in column):
            totals = any(each.row and TOTAL.search(each.row.label) for each in column)
            return (
                Decimal(0)
                if totals or len(column) > _ROWS
                else sum((worth(each.figure) for each in column), Decimal(0))
            )
    return Decimal(0)


def summed(fact: Fact, wanted: Reading, sources: Sequence[Source]) -> bool:
    """Whether a figure is the sum of a column of a table, or of the rows in it that the sentence names."""
    figure = fact.figure
    if fact.denied or figure.soft or figure.kind not in ("percent", *AMOUNTS) or not SUM.search(wanted.text):
        return False
    said = frozenset(analysis.content_terms(wanted.text))
    for source in sources:
        for column in columns(source) if source.table else ():
            fitting = [each for each in column if not TOTAL.search(each.row.label if each.row else "")]
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
    scaled = any(each.figure.scaled for each in kinds)
    return total * (source.scale or 1) if figure.kind in AMOUNTS and not scaled else total


def in_money_of(figure: Figure, other: Figure, currency: str) -> bool:
    return alike(figure.currency, other.currency or currency)


def agrees(figure: Figure, value: Decimal) -> bool:
    """Whether a result is the figure: rounded to its digits, or within what a bound or a word of it leaves."""
    if figure.bound:
        return 0 <= (value - figure.value) * figure.bound < coarse(figure)
    return abs(value - figure.value) * 2 <= room(figure)


def room(figure: Figure) -> Decimal:
    """How wide a stretch of values a figure may be rounded of."""
    if figure.bound:
        return coarse(figure)
    if figure.about and not figure.part and figure.kind in AMOUNTS and figure.value >= 10 * coarse(figure):
        return coarse(figure)  # `about 7,700` for 7,707
    return figure.step


def is_result(fact: Fact, value: Decimal, way: int) -> bool:
    """Whether a result is the figure, and goes the way that is said."""
    figure = fact.figure
    said = fact.way * (-1 if fact.negated else 1)
    if (way and said and way != said) or not agrees(figure, abs(value)):
        return False
    if figure.sign and not figure.unsure and figure.sign * (way or (value > 0) - (value < 0)) < 0:
        return False
    loose = figure.about or figure.bound or figure.part or (way and said)
    return bool(loose) or digits(figure) > 1 or abs(value) == figure.value


def columns(source: Source) -> list[list[Fact]]:
    """The figures of a table by their column: the first of each row, the second, and so on."""
    rows: dict[int, list[Fact]] = {}
    for fact in source.reading.facts:
        if fact.row is not None:
            rows.setdefault(fact.sentence[0], []).append(fact)
    most = max(map(len, rows.values()), default=0)
    return [[row[index] for row in rows.values() if index < len(row)] for index in range(min(most, 6))]
