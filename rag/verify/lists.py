"""Lists of figures: the same ones in another order are other figures, for what they are of stands in another list."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from decimal import Decimal
from functools import lru_cache

from rag.figures.context import Fact, Reading

_GAP = re.compile(r"\s*(?:[/、,，]|,?\s*and\b|和|及|与)\s*")
_LEAST = 3


@lru_cache(maxsize=2048)
def lists(reading: Reading) -> tuple[tuple[Fact, ...], ...]:
    """Runs of three figures of one kind or more, with nothing but separators between them; none of a table."""
    runs: list[list[Fact]] = []
    last: Fact | None = None
    for fact in reading.facts:
        joined = last is not None and last.row is None and last.figure.kind == fact.figure.kind
        if last is not None and joined and _GAP.fullmatch(reading.text, last.figure.end, fact.figure.start):
            runs[-1].append(fact)
        else:
            runs.append([fact])
        last = fact
    return tuple(tuple(run) for run in runs if len(run) >= _LEAST)


def other_order(wanted: Reading, passages: Sequence[Reading], found: Container[str]) -> dict[str, str]:
    """Figures of lists that the passages have in another order, each with the reason; a list may be turned round."""
    there = {_values(run) for passage in passages for run in lists(passage)}
    problems: dict[str, str] = {}
    for run in lists(wanted) if there else ():
        own = _values(run)
        same = [each for each in there if sorted(each) == sorted(own)]
        if not same or own in same or own[::-1] in same:
            continue
        moved = [fact for fact, value in zip(run, same[0], strict=True) if fact.figure.value != value]
        shown = [fact.figure.text.strip() for fact in moved]
        problems.update(
            (each, f"{each} stands in another place of the cited passage's list") for each in shown if each in found
        )
    return problems


def _values(run: Sequence[Fact]) -> tuple[Decimal, ...]:
    return tuple(fact.figure.value for fact in run)
