"""Which metric a figure is of: the nearest name of one in its sentence, by the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.figures.figure import Figure
from rag.language.lexicon_file import concept
from rag.language.lexicon_match import Hit, hits_in

# Names of a comparison or a mood, not of something that has a value.
_NO_METRIC = re.compile(
    r"(?:over|on)-(?:year|quarter|month|week)|growth|change|consensus|expectation|guidance|estimate|forecast|constant|percent|basis point|target"
)
# What writers use for one another: a swap inside a family is no error that a rule can see.
_FAMILIES = (
    ("gross profit", re.compile(r"gross (?:profit|income)")),
    ("profit", re.compile(r"profit|income|earnings(?! per share)|(?:net|operating|pre-?tax) loss")),
    ("revenue", re.compile(r"revenue|sales|turnover")),
    ("spending", re.compile(r"expens|cost|expenditure")),
)
_LOSS = re.compile(r"(?<!credit )(?<!impairment )\b(?:operating|net|pre-?tax) loss(?:es)?\b|(?:经营|净|营业)亏损")
# Before the name of something that is left out, or that a share is of.
_LEFT_OUT = re.compile(
    r"(?:\b(?:before|excluding|excl\.?|ex|net of|without)\s|(?:\b(?:share|percentage|proportion|per ?cent|ratio)|%) (?:of|to)\s(?:(?:its|the|their|total|net|group)\s)*|[扣剔]除|不含|不计)\s*$",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(r"\s*(?:[,，、/&]|,?\s*and\b|和|及|与)\s*(?:the\s+)?", re.IGNORECASE)
_LEADS = re.compile(r"\s(?:of|at)\s(?:about\s|around\s|some\s)?")
_STOP = re.compile(r"[,，;；.。]")
TURN = re.compile(r"\b(?:while|whereas|but)\b|[;；]|[,，](?:而|但)")
_NEXT = re.compile(r",\s+and\s+(?:by|our|we|the|its|their|it)\b")
_REACH = 32  # characters from a figure to a metric named after it: `12% growth in revenue`


def bind_metrics(
    text: str, found: Sequence[Figure], spans: Sequence[tuple[int, int]]
) -> tuple[list[frozenset[str]], frozenset[str]]:
    """For each figure, the metrics it may be of (empty: unknown); and all metrics that the text names."""
    named = [
        (hit, family)
        for hits in hits_in(text)
        for hit in hits
        if (family := _family(hit.index)) and not _LEFT_OUT.search(text, max(0, hit.start - 24), hit.start)
    ]
    bound: list[frozenset[str]] = []
    inside: list[tuple[Hit, str]] = []
    reached = previous = 0
    ahead = _starts(found, len(text))
    for figure, following in zip(found, ahead, strict=True):
        if figure.start >= reached:
            span = next(((start, end) for start, end in spans if start <= figure.start < end), (0, len(text)))
            inside = [(each, family) for each, family in named if span[0] <= each.start < span[1]]
            reached = span[1]
        before = _before(text, figure, inside, previous)
        bound.append(frozenset({*before, *_after(text, figure, inside, following)}))
        if figure.kind != "period":
            previous = figure.end
    return bound, frozenset(family for _, family in named)


def _before(text: str, figure: Figure, inside: Sequence[tuple[Hit, str]], previous: int) -> list[str]:
    """The metrics between the figure before, which ends at ``previous``, and this one, else the nearest before; with
    those in one list with them."""
    if ("loss" in text or "亏损" in text) and _LOSS.search(text, previous, figure.start):
        return ["profit"]
    earlier = [(each, family) for each, family in inside if each.end <= figure.start]
    families: list[str] = []
    for index in range(len(earlier) - 1, -1, -1):
        each, family = earlier[index]
        if (
            not families
            and each.start < previous
            and (TURN.search(text, each.end, figure.start) or _NEXT.search(text, each.end, figure.start))
        ):
            return []  # `debt rose to 5 million, while cash fell to 3 million`
        listed = not families or _LIST_GAP.fullmatch(text[each.end : earlier[index + 1][0].start])
        if not listed and each.start < previous:
            break
        families.append(family)
    return families


def _starts(found: Sequence[Figure], end: int) -> list[int]:
    """For each figure, where the next one begins that is no period; ``end`` where there is none."""
    ahead: list[int] = []
    for figure in reversed(found):
        ahead.append(end)
        if figure.kind != "period":
            end = figure.start
    return ahead[::-1]


def _after(text: str, figure: Figure, inside: Sequence[tuple[Hit, str]], following: int) -> list[str]:
    """The metric right after a figure, when no other figure, the next of which is at ``following``, comes first."""
    for each, family in inside:
        if each.start >= figure.end:
            near = each.start - figure.end <= _REACH and each.start <= following
            if figure.kind == "percent" and text.startswith(" of ", figure.end):
                return []  # of that it is a part
            if near and _LEADS.fullmatch(text, each.end, following):
                return []  # `lost 1.3 billion on revenue of 28.0 billion`
            return [family] if near and not _STOP.search(text, figure.end, each.start) else []
    return []


@lru_cache(maxsize=4096)
def families(label: str) -> frozenset[str]:
    """The metrics that a label names."""
    named = (_family(hit.index) for hits in hits_in(label) for hit in hits)
    return frozenset(name for name in named if name)


@lru_cache(maxsize=4096)
def _family(index: int) -> str:
    """The metric or family of metrics that an entry of the lexicon names; empty where it names none."""
    entry = concept(index)
    name = entry.canonical.lower()
    if entry.kind not in ("line_item", "metric") or _NO_METRIC.search(name):
        return ""
    if not re.search(r"margin|ratio|per share|rate|/", name):
        for family, pattern in _FAMILIES:
            if pattern.search(name):
                return family
    return name
