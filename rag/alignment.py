"""The same words around another figure, or around the opposite word: where a copied statement was changed.

Linear: each figure, period and word of direction is looked up in the passage by the two tokens on either side of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.analysis import CJK
from rag.figure_context import Reading
from rag.figures import Figure

_TOKEN = re.compile(rf"[^\W\d_{CJK}]+|[{CJK}]")
_SIDE = 2  # tokens on each side that must be the same


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure or a word of direction in its place. ``token`` is equal for equal values and for equal directions."""

    token: str
    kind: str
    text: str
    around: tuple[str, ...]


def changed(sentence: Reading, passages: Sequence[Reading]) -> Iterator[tuple[Slot, Slot]]:
    """Slots of the sentence that hold something else in the same place of a passage, each with the passage's slot."""
    there: dict[tuple[str, ...], list[Slot]] = {}
    for passage in passages:
        for slot in slots(passage):
            for place in _places(slot):
                there.setdefault(place, []).append(slot)
    for slot in slots(sentence):
        same_place = [other for place in _places(slot) for other in there.get(place, ()) if other.kind == slot.kind]
        if same_place and all(other.token != slot.token for other in same_place):
            yield slot, same_place[0]


def _places(slot: Slot) -> Iterator[tuple[str, ...]]:
    """What surrounds a slot; for a word of direction, one token on one side is enough (`lower input costs`)."""
    if slot.kind != "move":
        yield ("", *slot.around)
    elif all(slot.around[1:3]):
        yield ("left", *slot.around[:3])
        yield ("right", *slot.around[1:])


@lru_cache(maxsize=1024)
def slots(reading: Reading) -> tuple[Slot, ...]:
    """The slots of a text in order."""
    items = sorted(_items(reading))
    taken: list[tuple[int, int, str, str]] = []
    for item in items:
        if not taken or item[0] >= taken[-1][1]:
            taken.append(item)
    tokens: list[tuple[str, str, str]] = []
    position = 0
    for start, end, token, kind in [*taken, (len(reading.text), len(reading.text), "", "")]:
        tokens.extend((match[0].lower(), "", "") for match in _TOKEN.finditer(reading.text, position, start))
        tokens.append((token, kind, reading.text[start:end].strip()))
        position = max(position, end)
    plain = [""] * _SIDE + [token for token, _, _ in tokens] + [""] * _SIDE
    return tuple(
        Slot(token, kind, text, (*plain[index : index + _SIDE], *plain[index + _SIDE + 1 : index + 2 * _SIDE + 1]))
        for index, (token, kind, text) in enumerate(tokens)
        if kind
    )


def _items(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    for fact in reading.facts:
        figure = fact.figure
        minus = "-" if figure.sign < 0 and not figure.unsure else ""
        yield (
            figure.start,
            figure.end,
            f"#{minus}{_value(figure)}",
            figure.kind if figure.kind == "period" else "figure",
        )
    for period in reading.periods:
        yield period.start, period.end, f"@{_part(period)}", "period"
    for move in reading.moves:
        yield move.start, move.end, "+" if move.way > 0 else "-", "move"


def _value(figure: Figure) -> str:
    return (
        f"{figure.value.normalize()} {figure.kind == 'points'}"
        if figure.kind not in ("label", "ratio")
        else figure.unit
    )


def _part(figure: Figure) -> str:
    """The label of a period; without its year where the text does not name one."""
    period = figure.period
    return f"{period.kind}{period.start:%m%d}" if period and period.implied else figure.unit
