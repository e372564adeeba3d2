"""The same words around another figure, or around the opposite word: where a copied statement was changed.

Linear: each figure, period and word of direction is looked up in the passage by the words on either side of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.figures.context import Reading
from rag.figures.figure import Figure
from rag.language.analysis import CJK, small_letters

_TOKEN = re.compile(rf"[^\W\d_{CJK}]+|[{CJK}]")
_ONE_CJK = re.compile(rf"[{CJK}]")
_LIGHT = frozenset("+ - and the a an of".split())
_KEYS = ("l", "r")  # of the places of a word of direction
_SIDE, _BOTH = 4, 8  # weight of the tokens that must be the same, on each side and together


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure or a word of direction in its place. ``token`` is equal for equal values and for equal directions;
    ``weight``: of the words before and after it."""

    token: str
    kind: str
    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    weight: int


def changed(sentence: Reading, passages: Sequence[Reading]) -> Iterator[tuple[Slot, Slot]]:
    """Slots of the sentence that hold something else in the same place of a passage, each with the passage's slot."""
    small = [small_letters(passage.text) for passage in passages]
    for slot in slots(sentence):
        places = [
            (place, [each for each in place if each[:1].isalpha() and each not in _KEYS]) for place in _places(slot)
        ]
        same_place = [
            other
            for passage, text in zip(passages, small, strict=True)
            for place, words in places
            if all(map(text.__contains__, words))  # most texts have not all of them, and need no index then
            for other in index_of(passage).places.get(place, ())
            if other.kind == slot.kind
        ]
        if not same_place or any(other.token == slot.token for other in same_place):
            continue
        if not any(
            _beside(slot, other) for passage in passages for other in index_of(passage).tokens.get(slot.token, ())
        ):
            yield slot, same_place[0]


@dataclass(frozen=True, slots=True)
class _Index:
    """The slots of a passage by their place and by what they hold."""

    places: dict[tuple[str, ...], list[Slot]]
    tokens: dict[str, list[Slot]]


@lru_cache(maxsize=1024)
def index_of(passage: Reading) -> _Index:
    index = _Index({}, {})
    for slot in slots(passage):
        index.tokens.setdefault(slot.token, []).append(slot)
        for place in _places(slot):
            index.places.setdefault(place, []).append(slot)
    return index


def _beside(slot: Slot, other: Slot) -> bool:
    """Whether two equal slots stand between the same words, if only a few of them."""
    if slot.kind != other.kind:
        return False
    before = _alike(slot.before[::-1], other.before[::-1])
    after = _alike(slot.after, other.after)
    return before + after >= _SIDE and (before >= 2 or not slot.before) and (after >= 2 or not slot.after)


def _alike(one: Sequence[str], two: Sequence[str]) -> int:
    """Weight of the tokens that two sides begin with alike."""
    weight = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        weight += _one_weight(a)
    return weight


def _places(slot: Slot) -> Iterator[tuple[str, ...]]:
    """Keys of the place of a slot: both sides; for a word of direction also most of one side and little of the other."""
    left, right = slot.before, slot.after
    if slot.kind != "move":
        if slot.weight >= _BOTH:
            yield ("", *left, "|", *right)
        return
    for key, one, two in (("l", left, right[:1]), ("r", left[-1:], right)):
        if _weight(one) >= 2 and _weight(two) >= 1 and _weight(one) + _weight(two) >= 5:
            yield (key, *one, "|", *two)


@lru_cache(maxsize=1024)
def slots(reading: Reading) -> tuple[Slot, ...]:
    """The slots of a text in order."""
    taken: list[tuple[int, int, str, str]] = []
    for item in sorted(_items(reading)):
        if not taken or item[0] >= taken[-1][1]:
            taken.append(item)
    if not taken:
        return ()
    tokens: list[str] = []
    places: list[int] = []
    held: list[tuple[int, str, str]] = []  # place among the tokens, kind, text
    position = 0
    for start, end, token, kind in taken:
        for match in _TOKEN.finditer(reading.text, position, start):
            tokens.append(match[0].lower())
            places.append(match.start())
        held.append((len(tokens), kind, reading.text[start:end].strip()))
        tokens.append(token)
        places.append(start)
        position = max(position, end)
    for match in _TOKEN.finditer(reading.text, position):
        tokens.append(match[0].lower())
        places.append(match.start())
    weights = list(map(_one_weight, tokens))
    return tuple(
        Slot(tokens[index], kind, text, *_around(tokens, weights, index, *_bounds(reading, places, index)))
        for index, kind, text in held
    )


def _bounds(reading: Reading, places: Sequence[int], index: int) -> tuple[int, int]:
    """The first token of the sentence that a token stands in, and the first behind it."""
    place = places[index]
    for start, end in reading.spans:
        if start <= place < end:
            return bisect_left(places, start), bisect_left(places, end)
    return 0, len(places)


def _around(
    tokens: Sequence[str], weights: Sequence[int], index: int, first: int, last: int
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Tokens before and after in ``first:last``, up to a weight of _SIDE each; where they end, the other side makes up
    for it. With their weight together."""
    behind, ahead = range(index - 1, max(first - 1, index - 9), -1), range(index + 1, min(last, index + 9))
    after, held = _taken(weights, ahead, _SIDE)
    before, other = _taken(weights, behind, _BOTH - held if held < _SIDE else _SIDE)
    if other < _SIDE:
        after, held = _taken(weights, ahead, _BOTH - other)
    return tuple(tokens[index - before : index]), tuple(tokens[index + 1 : index + 1 + after]), other + held


def _taken(weights: Sequence[int], places: range, weight: int) -> tuple[int, int]:
    """How many places it takes to reach a weight, and the weight reached."""
    held = count = 0
    for place in places:
        if held >= weight:
            break
        held += weights[place]
        count += 1
    return count, held


def _weight(tokens: Sequence[str]) -> int:
    return sum(map(_one_weight, tokens))


@lru_cache(maxsize=20_000)
def _one_weight(token: str) -> int:
    """A Latin word or a figure says as much as two Chinese characters, a word such as `and` as one."""
    return 1 if token in _LIGHT or _ONE_CJK.fullmatch(token) else 2


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
