"""The scale of a table that states none, told from amounts about it: `increased by $7,122 million`, of a row 101,127 and 94,005."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from rag.figures.context import Fact
from rag.figures.figure import Figure, worth
from rag.figures.value import digits

_SCALES = tuple(Decimal(10) ** power for power in (3, 6, 9))
_AMOUNTS = ("number", "money")
_EXACT = 3  # digits from which one amount is enough
_LEAST = 2  # votes: amounts of fewer digits have one each


def scale_told(facts: Sequence[Fact], beside: Iterable[Fact]) -> Decimal | None:
    """What the bare numbers of a table's rows are to be multiplied with so that amounts of the text about it are cells, or what
    lies between two cells of a row; None where no scale fits, or more than one. ``facts``: of the table, ``beside``: of the text.
    """
    told = {
        (fact.figure.value, fact.figure.step): fact.figure
        for fact in (*beside, *(each for each in facts if each.row is None))
        if fact.figure.kind in _AMOUNTS and fact.figure.scaled and fact.figure.factor >= 1000
    }
    if not told:
        return None
    cells = tuple(_cells(facts))
    votes = {scale: sum(_votes(figure, cells, scale) for figure in told.values()) for scale in _SCALES}
    best = max(votes, key=lambda each: votes[each])
    return best if votes[best] >= _LEAST and sum(votes[best] == each for each in votes.values()) == 1 else None


def _cells(facts: Sequence[Fact]) -> Iterator[Decimal]:
    """The bare amounts of a table, and what lies between two neighbours of a row."""
    rows = [fact for fact in facts if fact.row is not None and fact.figure.kind in _AMOUNTS and not fact.figure.scaled]
    yield from (fact.figure.value for fact in rows)
    for one, two in pairwise(rows):
        if one.row is two.row:
            yield abs(worth(one.figure) - worth(two.figure))


def _votes(figure: Figure, cells: Sequence[Decimal], scale: Decimal) -> int:
    """How much an amount speaks for a scale: 2 where it has digits enough, or none less than the cells."""
    if not any(cell and abs(cell * scale - figure.value) * 2 <= figure.step for cell in cells):
        return 0
    return 2 if digits(figure) >= _EXACT or figure.step <= scale else 1
