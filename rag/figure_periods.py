"""Which period a figure is for, read from where the two stand: lists of equal length, `5% in 2024`, `2024: 5%`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.figures import Figure

_LIST_GAP = re.compile(
    r"\s*(?:[,，、/&]|,?\s*(?:and|or)\b|和|及|与|[-–~至])\s*(?:(?:about|约|and|和)\s*)?", re.IGNORECASE
)
_FOR = re.compile(
    r"\s*(?:\(|（)?\s*(?:(?:in|for|by|during|as\s+of|at|at\s+the\s+end\s+of|at\s+end|of|over)\s+)?(?:the\s+)?(?:end\s+of\s+|year-end\s+)?$",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"(?:\b(?:from|than|versus|vs\.?|against|compared\s+(?:with|to)|relative\s+to|over|since|on|than\s+in|than\s+(?:a|the))\s*(?:in\s+)?(?:the\s+)?"
    r"|[较比自对]|相比|相较于?)\s*$",
    re.IGNORECASE,
)


def bind_periods(text: str, found: Sequence[Figure], spans: Sequence[tuple[int, int]]) -> list[tuple[Figure, ...]]:
    """For each figure, the periods it is for: by lists of equal length, `5% in 2024`, `2024: 5%`; () when unknown."""
    bound: list[tuple[Figure, ...]] = [()] * len(found)
    for start, end in spans:
        inside = [index for index, figure in enumerate(found) if start <= figure.start < end]
        times = [index for index in inside if found[index].kind == "period"]
        if not times:
            continue
        done = _aligned(text, found, inside, bound)
        used = _attached(text, found, inside, bound, done)
        _governed(text, found, inside, bound, done, used)
    return bound


def _runs(text: str, found: Sequence[Figure], inside: Sequence[int], *, times: bool) -> list[list[int]]:
    """Runs of neighbouring figures of one kind with only list separators between them."""
    runs: list[list[int]] = []
    for index in inside:
        if (found[index].kind == "period") != times or found[index].kind in ("label", "ratio"):
            continue
        follows = bool(runs) and runs[-1][-1] == index - 1 and found[index - 1].kind == found[index].kind
        if follows and _LIST_GAP.fullmatch(text[found[index - 1].end : found[index].start]):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _years(text: str, found: Sequence[Figure], run: Sequence[int]) -> list[tuple[Figure, ...]]:
    """The periods of a run one by one; `2025-2027` stands for its years."""
    if len(run) > 1:
        return [(found[index],) for index in run]
    period = found[run[0]].period
    if period is None or period.kind != "range" or period.start.month != 1 or period.end.month != 12:
        return [(found[run[0]],)]
    return [(replace(found[run[0]], unit=str(year)),) for year in period.years]


def _aligned(text: str, found: Sequence[Figure], inside: Sequence[int], bound: list[tuple[Figure, ...]]) -> set[int]:
    """Lists of values beside lists of periods of the same length: the first for the first."""
    done: set[int] = set()
    lists = [_years(text, found, run) for run in _runs(text, found, inside, times=True)]
    lists = [each for each in lists if len(each) > 1]
    for run in _runs(text, found, inside, times=False):
        fitting = [each for each in lists if len(each) == len(run)]
        if len(run) > 1 and len(fitting) == 1:
            for index, period in zip(run, fitting[0], strict=True):
                bound[index] = period
                done.add(index)
    return done


def _attached(
    text: str, found: Sequence[Figure], inside: Sequence[int], bound: list[tuple[Figure, ...]], done: set[int]
) -> set[int]:
    """`19.4% for 2024`, `5bn (2025E)`: a period right behind its figure. Returns the periods so used."""
    used: set[int] = set()
    for index in inside:
        following = index + 1
        if (
            found[index].kind == "period"
            or index in done
            or following not in inside
            or found[following].kind != "period"
        ):
            continue
        between = text[found[index].end : found[following].start]
        if between.strip() and len(between) < 24 and _FOR.fullmatch(between):
            bound[index] = (found[following],)
            done.add(index)
            used.add(following)
    return used


def _governed(
    text: str,
    found: Sequence[Figure],
    inside: Sequence[int],
    bound: list[tuple[Figure, ...]],
    done: set[int],
    used: set[int],
) -> None:
    """Otherwise the period before the figure; else the only one of the sentence. A base of comparison is neither."""
    times = [index for index in inside if found[index].kind == "period" and index not in used]
    times = [index for index in times if not _BASE.search(text[max(0, found[index].start - 20) : found[index].start])]
    for index in inside:
        if index in done or found[index].kind == "period":
            continue
        before = [each for each in times if each < index]
        if before:
            last = before[-1]
            group = [last]
            while group[0] - 1 in before and _LIST_GAP.fullmatch(text[found[group[0] - 1].end : found[group[0]].start]):
                group.insert(0, group[0] - 1)
            bound[index] = tuple(found[each] for each in group)
        elif len(times) == 1 and not used:
            bound[index] = (found[times[0]],)
