"""The numbers in brackets by which a digest points into its report: ``[5]``, ``[12][3]``, ``【7】``, ``[2, 5]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Not a mark: a year ([2024]), a share ([5]%), the text of a link ([1](http…)), a link definition ([1]: http…).
_MARK = re.compile(
    r"[\[\uff3b【〔]\^?\s{0,2}(?P<numbers>\d{1,4}(?:\s?[,\uff0c、;\uff1b\-–~\uff5e]\s?\d{1,4}){0,60})\s{0,2}[\]\uff3d】〕]"
    r"(?![%\uff05‰]|\((?:https?:|www\.|mailto:|[/#])|:\s*https?:)"
)
_BETWEEN = re.compile(r"[^\S\n]*[,，、;；]?[^\S\n]*")
_SPLIT = re.compile(r"\s?[,，、;；]\s?")
_RANGE = re.compile(r"\s?[-–~～]\s?")
_LONGEST_RANGE = 20


@dataclass(frozen=True, slots=True)
class MarkRun:
    """Marks that stand together: ``start``/``end`` characters of the text, ``numbers`` in their order, each once."""

    start: int
    end: int
    numbers: tuple[int, ...]


def mark_runs(text: str, start: int = 0, end: int | None = None) -> Iterator[MarkRun]:
    """Runs of marks in ``text[start:end]``, in order; marks parted by spaces or a comma are one run."""
    stop = len(text) if end is None else end
    began = last = -1
    found: dict[int, None] = {}  # in order, each once
    for match in _MARK.finditer(text, start, stop):
        numbers = _numbers(match["numbers"])
        if not numbers:
            continue
        opens, closes = _wide(text, match.start(), match.end(), max(start, last), stop)
        if last != opens and (last < 0 or not _BETWEEN.fullmatch(text, last, opens)):
            if last >= 0:
                yield MarkRun(began, last, tuple(found))
            began, found = opens, {}
        last = closes
        found.update(dict.fromkeys(numbers))
    if last >= 0:
        yield MarkRun(began, last, tuple(found))


def _wide(text: str, start: int, end: int, first: int, stop: int) -> tuple[int, int]:
    """The span of a mark with the second brackets or the carets round it: ``[[5]]``, ``^[5]^``."""
    if start > first and end < stop and text[start - 1] == "[" and text[end] == "]":
        start, end = start - 1, end + 1
    if start > first and text[start - 1] == "^":
        start -= 1
    if end < stop and text[end] == "^":
        end += 1
    return start, end


def _numbers(inside: str) -> tuple[int, ...]:
    """The numbers of one bracket, ranges written out; empty when one of them cannot be a mark (0, a year)."""
    if inside.isdecimal():
        number = int(inside)
        return () if number == 0 or 1900 <= number <= 2100 else (number,)
    found: list[int] = []
    for part in _SPLIT.split(inside):
        ends = [int(number) for number in _RANGE.split(part)]
        if any(number == 0 or 1900 <= number <= 2100 for number in ends):
            return ()
        if len(ends) == 2 and 0 < ends[1] - ends[0] <= _LONGEST_RANGE:
            found.extend(range(ends[0], ends[1] + 1))
        elif len(ends) == 1:
            found.append(ends[0])
        else:
            return ()
    return tuple(found)
