"""Arithmetic that a sentence shows: growth, difference, ratio and sum of figures that stand in its passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from rag.figure_context import Fact
from rag.figures import Figure

_SUM = re.compile(
    r"\b(?:total\w*|sum|combined|together|altogether|in all|aggregate|add up)\b|合计|共计|总计|总共|总和|加总|相加|[=＝]",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:differ\w*|gap|spread|apart|between|by)\b|相差|差距|差额|之差|[=＝]|\bfrom\b.*\bto\b|[从由].*[至到]",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\bfrom\b.*\bto\b|\b(?:vs\.?|versus|against|compared)\b|[从由].*[至到增升降减跌涨]|较|相比|相较|[=＝]|->|→",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:share|account\w*|portion|proportion|represent\w*|ratio|times|fold)\b|% of|占|比|倍|率|[=＝/÷]", re.IGNORECASE
)


def follows(fact: Fact, known: Sequence[Fact], sentence: str) -> bool:
    """Whether a figure is the shown result of arithmetic on figures of the same sentence that were found.

    The result may be rounded to the digits it is shown with. The sentence must say what was done (`total`, `up`, 占).
    """
    figure = fact.figure
    if figure.kind in ("label", "ratio", "period") or figure.soft:
        return False
    inputs = [each for each in known if each.figure.kind in ("number", "money", "percent", "points", "multiple")]
    inputs = [each for each in inputs if each.figure.start != figure.start and not each.figure.soft]
    inputs = [each for each in inputs if each.sentence == fact.sentence]
    return any(_equal(figure, value, way, fact.way) for value, way in _results(figure, inputs[:8], sentence))


def _results(figure: Figure, inputs: Sequence[Fact], sentence: str) -> Iterator[tuple[Decimal, int]]:
    """Possible results with their direction (0 where there is none)."""
    amounts = [each.figure for each in inputs if each.figure.kind in ("number", "money")]
    percents = [each.figure for each in inputs if each.figure.kind in ("percent", "points")]
    pairs = [(a, b) for a, b in _neighbours(amounts) if _comparable(a, b) and _value(a)]
    if figure.kind == "percent":
        if _FROM_TO.search(sentence):
            yield from _growths(pairs)
        if _SHARE.search(sentence):
            yield from ((abs(_value(b) / _value(a)) * 100, 0) for a, b in pairs)
        if _SUM.search(sentence):
            yield from _sums([each for each in percents if each.kind == "percent"])
    if figure.kind == "points" and _DIFFERENCE.search(sentence):
        yield from _differences(_neighbours(percents))
    if figure.kind in ("number", "money"):
        if _DIFFERENCE.search(sentence):
            yield from _differences([(a, b) for a, b in pairs if _comparable(figure, a)])
        if _SUM.search(sentence):
            yield from _sums([each for each in amounts if _comparable(figure, each)])
    if figure.kind in ("multiple", "number") and _SHARE.search(sentence):
        yield from ((abs(_value(b) / _value(a)), 0) for a, b in pairs)


def _neighbours(figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Each figure with the next one, both ways round: what is calculated with stands side by side."""
    ordered = sorted(figures, key=lambda each: each.start)
    pairs = list(pairwise(ordered))
    return pairs + [(b, a) for a, b in pairs]


def _growths(pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[tuple[Decimal, int]]:
    for a, b in pairs:
        change = (_value(b) - _value(a)) / abs(_value(a)) * 100
        yield abs(change), 1 if change > 0 else -1


def _differences(pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[tuple[Decimal, int]]:
    for a, b in pairs:
        yield abs(_value(b) - _value(a)), 1 if _value(b) > _value(a) else -1


def _sums(figures: Sequence[Figure]) -> Iterator[tuple[Decimal, int]]:
    for count in range(2, min(len(figures), 5) + 1):
        for group in combinations(figures, count):
            yield abs(sum((_value(each) for each in group), Decimal(0))), 0


def _value(figure: Figure) -> Decimal:
    return -figure.value if figure.sign < 0 and not figure.unsure else figure.value


def _comparable(a: Figure, b: Figure) -> bool:
    return a.unit == b.unit and (not a.currency or not b.currency or a.currency == b.currency)


def _equal(figure: Figure, value: Decimal, way: int, wanted_way: int) -> bool:
    """Equal to the digits shown; a growth must also go the way that is said."""
    return abs(value - figure.value) * 2 <= figure.step and way * wanted_way >= 0
