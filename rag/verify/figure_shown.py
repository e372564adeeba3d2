"""Figures that are the terms or the result of an equation which a sentence shows: ``218.4 - 188.6 = 29.8``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.verify.equations import CONSTANTS, Equation, equations, numbers_in
from rag.verify.figure import Figure
from rag.verify.figure_columns import fits
from rag.verify.figure_context import Fact, Reading


@dataclass(frozen=True, slots=True)
class _Result:
    """An equation that is right, what its result may be multiplied with, and the periods that its terms are for."""

    equation: Equation
    factors: frozenset[Decimal]
    periods: tuple[Figure, ...]


ONE = frozenset({Decimal(1)})
_EXACT = 3  # digits from which a result may be rounded without a word that says so


def in_equations(
    wanted: Reading, found: Mapping[str, Fact], passages: Sequence[tuple[Reading, Decimal | None]]
) -> Iterator[tuple[str, Fact]]:
    """Figures that are right by an equation on figures of the passages, and on counts such as 12 months.

    A term is written without the scale and unit of its figure: ``218.4`` for CNY 218.4 billion. So is the result, which
    may stand in the sentence once more, as CNY 29.8 billion.
    """
    shown_there = list(equations(wanted.text))
    if not shown_there:
        return
    known = {value: set(ONE) for shown in found for value in numbers_in(shown)}
    times: dict[Decimal, list[tuple[Figure, ...]]] = {}
    for passage, scale in passages:
        for fact in passage.facts:
            if fact.figure.kind not in ("label", "ratio"):
                value = fact.figure.value / fact.figure.factor
                known.setdefault(value, set()).add(
                    fact.figure.factor if fact.figure.scaled else scale or fact.figure.factor
                )
                times.setdefault(value, []).append(fact.periods)
    places: list[tuple[int, int]] = []
    results: list[_Result] = []
    for each in shown_there:
        values = [next(numbers_in(wanted.text[start:end])) for start, end in each.inputs]
        inputs = [value for value in values if value in known]
        if not each.right or not inputs or not all(value in known or value in CONSTANTS for value in values):
            continue
        factors = frozenset.intersection(*(frozenset(known[value]) for value in inputs)) | ONE
        known.setdefault(each.result, set()).update(factors)
        places += [*each.inputs, each.span]
        results.append(_Result(each, factors, _periods_of(inputs, times)))
    if places:
        yield from _borne_out(wanted, places, results)


def _borne_out(
    wanted: Reading, places: Sequence[tuple[int, int]], results: Sequence[_Result]
) -> Iterator[tuple[str, Fact]]:
    """The figures in the equations, and those outside that are a result; none whose like stands elsewhere unproven."""
    outside: set[str] = set()
    right: dict[str, Fact] = {}
    for fact in wanted.facts:
        shown = fact.figure.text.strip()
        if any(start < fact.figure.end and fact.figure.start < end for start, end in places) or any(
            _is_result(fact, each) for each in results
        ):
            right[shown] = fact
        else:
            outside.add(shown)
    yield from ((shown, fact) for shown, fact in right.items() if shown not in outside)


def _periods_of(inputs: Sequence[Decimal], times: Mapping[Decimal, Sequence[tuple[Figure, ...]]]) -> tuple[Figure, ...]:
    """The periods that the passages give the terms of an equation for; none where they do not say it of all."""
    there = [each for value in inputs for each in times.get(value, [()])]
    return tuple(figure for each in there for figure in each) if all(there) else ()


def _is_result(fact: Fact, result: _Result) -> bool:
    """Whether a figure is what an equation gives, rounded as it is shown, for a period of its terms, and goes the way that
    a growth went."""
    equation, factors = result.equation, result.factors
    if fact.periods and result.periods and not any(fits(each, result.periods, 0) for each in fact.periods):
        return False
    if fact.denied or (fact.way and equation.way and fact.way != equation.way):
        return False
    figure = fact.figure
    if figure.kind in ("label", "ratio") or (
        figure.kind != "points" and (figure.kind == "percent") != equation.percent
    ):
        return False
    return any(_same(figure, equation.result * factor) for factor in factors)


def _same(figure: Figure, value: Decimal) -> bool:
    if figure.value == value:
        return True
    digits = len(str((figure.value / figure.step).to_integral_value()))
    return (figure.about or digits >= _EXACT) and abs(figure.value - value) * 2 <= figure.step
