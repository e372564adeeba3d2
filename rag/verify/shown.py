"""Figures that are the terms or the result of an equation which a sentence shows: ``218.4 - 188.6 = 29.8``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.figures.columns import fits
from rag.figures.context import Fact, Reading
from rag.figures.figure import Figure
from rag.figures.when import is_rest
from rag.verify.equations import CONSTANTS, Equation, equations, numbers_in


@dataclass(frozen=True, slots=True)
class _Result:
    """An equation that is right, what its result may be multiplied with, the periods that its terms are for, and the way
    that a change went which it works out: 1 up, -1 down, 0 unknown."""

    equation: Equation
    factors: frozenset[Decimal]
    periods: tuple[Figure, ...]
    way: int


ONE = frozenset({Decimal(1)})
_EXACT = 3  # digits from which a result may be rounded without a word that says so


def in_equations(
    wanted: Reading, found: Mapping[str, Fact], passages: Sequence[tuple[Reading, Decimal | None]]
) -> tuple[dict[str, Fact], frozenset[str]]:
    """Figures that are right by an equation on figures of the passages, and on counts such as 12 months; and those that are
    its result but told for another period, or the other way.

    A term is written without the scale and unit of its figure: ``218.4`` for CNY 218.4 billion. So is the result, which
    may stand in the sentence once more, as CNY 29.8 billion.
    """
    text = _without_units(wanted)
    shown_there = list(equations(text))
    if not shown_there:
        return {}, frozenset()
    known = {value: set(ONE) for shown in found for value in numbers_in(shown)}
    for fact in found.values():
        figure = fact.figure
        if figure.kind not in ("label", "ratio"):
            known.setdefault(figure.value / figure.factor, set()).add(figure.factor)
    times: dict[Decimal, list[tuple[Figure, ...]]] = {}
    for passage, scale in passages:
        for fact in passage.facts:
            if fact.figure.kind not in ("label", "ratio"):
                value = fact.figure.value / fact.figure.factor
                known.setdefault(value, set()).add(
                    fact.figure.factor if fact.figure.scaled else scale or fact.figure.factor
                )
                change = fact.way and not fact.level  # which leads to another period
                times.setdefault(value, []).append(() if change else fact.periods)
    rates = {
        fact.figure.value * (-1 if fact.way < 0 else 1)
        for passage, _ in passages
        for fact in passage.facts
        if fact.figure.kind == "percent"
    }
    places: list[tuple[int, int]] = []
    results: list[_Result] = []
    for each in shown_there:
        values = [next(numbers_in(text[start:end])) for start, end in each.inputs]
        inputs = [value for value in values if value in known]
        if not each.right or not inputs or not all(_is_term(value, known, rates) for value in values):
            continue
        inside = (
            fact.figure
            for fact in wanted.facts
            if any(fact.figure.start < high and low < fact.figure.end for low, high in each.inputs)
        )
        if len({figure.factor for figure in inside if figure.scaled}) > 1:
            continue
        joined = frozenset.union if each.open else frozenset.intersection
        factors = joined(*(frozenset(known[value]) for value in inputs)) | ONE
        known.setdefault(each.result, set()).update(factors)
        places += [*each.inputs, each.span]
        results.append(_Result(each, factors, _periods_of(inputs, times), each.way or _way_of(each, values, times)))
    return _borne_out(wanted, places, results) if places else ({}, frozenset())


def _is_term(value: Decimal, known: Mapping[Decimal, object], rates: Collection[Decimal]) -> bool:
    """Whether a number of an equation is a figure of the passages, a count, or what a change multiplies by: 1.408 for +40.8%."""
    return value in known or value in CONSTANTS or (value - 1) * 100 in rates


_OF_A_NUMBER = frozenset("0123456789,.%()（）-−–+")


def _without_units(wanted: Reading) -> str:
    """A text of as many characters with blanks for the currencies, scales and units of its figures."""
    text = wanted.text
    if not any(each in text for each in "=＝≈(（"):
        return text
    for figure in (fact.figure for fact in wanted.facts if fact.figure.kind not in ("label", "ratio")):
        shown = "".join(each if each in _OF_A_NUMBER else " " for each in text[figure.start : figure.end])
        text = f"{text[: figure.start]}{shown}{text[figure.end :]}"
    return text


def _borne_out(
    wanted: Reading, places: Sequence[tuple[int, int]], results: Sequence[_Result]
) -> tuple[dict[str, Fact], frozenset[str]]:
    """The figures in the equations, and those outside that are a result; none whose like stands elsewhere unproven. And
    those outside that have the value of a result, but are not what it is."""
    outside: set[str] = set()
    denied: set[str] = set()
    right: dict[str, Fact] = {}
    for fact in wanted.facts:
        shown = fact.figure.text.strip()
        if any(start < fact.figure.end and fact.figure.start < end for start, end in places) or any(
            _is_result(fact, each) for each in results
        ):
            right[shown] = fact
        else:
            outside.add(shown)
            if any(_has_value(fact, each) for each in results):
                denied.add(shown)
    return {shown: fact for shown, fact in right.items() if shown not in outside}, frozenset(denied)


def _way_of(
    equation: Equation, values: Sequence[Decimal], times: Mapping[Decimal, Sequence[tuple[Figure, ...]]]
) -> int:
    """1 where a difference takes the earlier of two periods from the later, -1 where the reverse, 0 for any other."""
    if not equation.minus:
        return 0
    ends = [{each.period.end for own in times.get(value, ()) for each in own if each.period} for value in values]
    if any(len(each) != 1 for each in ends):
        return 0
    one, two = (min(each) for each in ends)
    return (one > two) - (one < two)


def _periods_of(inputs: Sequence[Decimal], times: Mapping[Decimal, Sequence[tuple[Figure, ...]]]) -> tuple[Figure, ...]:
    """The periods that the passages give the terms of an equation for; none where they do not say it of all."""
    there = [each for value in inputs for each in times.get(value, [()])]
    return tuple(figure for each in there for figure in each) if all(there) else ()


def _is_result(fact: Fact, result: _Result) -> bool:
    """Whether a figure is what an equation gives, rounded as it is shown, for a period of its terms, and goes the way that
    a growth went."""
    if fact.periods and result.periods and not any(fits(each, result.periods, 0) for each in fact.periods):
        rest = result.equation.minus and is_rest(fact.periods[0], result.periods)
        if not rest:
            return False
    if fact.denied or (fact.way and result.way and fact.way != result.way):
        return False
    return _has_value(fact, result)


def _has_value(fact: Fact, result: _Result) -> bool:
    figure, equation = fact.figure, result.equation
    if figure.kind in ("label", "ratio") or (
        not equation.open and figure.kind != "points" and (figure.kind == "percent") != equation.percent
    ):
        return False
    if equation.open and figure.kind == "percent":
        return _same(figure, equation.result * 100) or _same(figure, equation.result)
    if equation.open:  # its result stands outside, rounded as it is shown
        return any(abs(figure.value - equation.result * factor) * 2 <= figure.step for factor in result.factors)
    return any(_same(figure, equation.result * factor) for factor in result.factors)


def _same(figure: Figure, value: Decimal) -> bool:
    if figure.value == value:
        return True
    digits = len(str((figure.value / figure.step).to_integral_value()))
    return (figure.about or digits >= _EXACT) and abs(figure.value - value) * 2 <= figure.step
