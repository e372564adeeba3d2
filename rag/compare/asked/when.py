"""The times that a question sets side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rag.compare.asked.side import COMPARE
from rag.language.periods import Period, periods
from rag.question.rise_fall import direction
from rag.types import Report

JOINED = re.compile(
    r"^[\s,，、&]*(?:'s|’s)?[\s,，、&]*(?:and|or|vs\.?|versus|with|to|against|than|from|和|与|及|跟|同|对|对比|相比|比|还是|或|以及)?[\s,，、&]*(?:(?:for|of|at|on|by|in)\s+)?(?:the\s+)?$",
    re.I,
)
_AGAINST = re.compile(
    r"(?:\b(?:with|against|over|and|to)|[和与跟同较比到至]单?)\s*(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE
)
_ENDS = re.compile(r"\s*(?:\band\b|\bto\b|\bthrough\b|\buntil\b|至|到|和|与|[-–—~])\s*")


def times_in(text: str, shelf: Sequence[Report]) -> list[Period]:
    """The periods that a text sets side by side; a range counts as its two ends, a year around the others not at all."""
    newest = max((report.date for report in shelf if report.date), default=None)
    found: dict[str, Period] = {}
    named = periods(text, newest)
    if _in_a_row(text, named):
        return list({period.label: period for period in named}.values())
    for period in named:
        ends = _range_ends(period)
        for end in ends or (period,):
            found.setdefault(end.label, end)
    each = list(found.values())
    if len(each) == 2 == len(named) and COMPARE.search(text) and _related(text[named[0].span[1] : named[1].span[0]]):
        return each  # 单三季度比前三季度快
    apart = [p for p in found.values() if not any(_within(o, p) for o in found.values() if o is not p)]
    if (
        len(apart) == 2
        and (COMPARE.search(text) or direction(text))
        and _related(text[apart[0].span[1] : apart[1].span[0]])
    ):
        return apart  # `higher in Q1 2025 than in 2024`
    kinds = Counter(period.kind for period in apart)
    most = max(kinds, key=lambda kind: kinds[kind], default=None)
    return [period for period in apart if period.kind == most] if most and kinds[most] > 1 else apart[:1]


def _related(between: str) -> bool:
    """Whether the words between two times of several lengths set them against one another."""
    return bool(COMPARE.search(between) or _AGAINST.search(between))


def _in_a_row(text: str, named: Sequence[Period]) -> bool:
    """Whether times of several lengths stand right beside one another: `2031 and the first half of 2032`."""
    between = [text[a.span[1] : b.span[0]] for a, b in pairwise(named)]
    joined = [bool(gap.strip(" ,，") and JOINED.match(gap)) for gap in between]
    return bool(joined) and all(joined) and all(p.kind != "range" or not _range_ends(p) for p in named)


def _within(inner: Period, outer: Period) -> bool:
    return (
        outer.start <= inner.start and inner.end <= outer.end and (inner.start, inner.end) != (outer.start, outer.end)
    )


def _range_ends(period: Period) -> tuple[Period, Period] | None:
    if period.kind != "range" or not re.search(r"between|from|\b(?:to|through|until)\b|至|到|从|and", period.surface):
        return None
    parts = [part for part in _ENDS.split(period.surface) if re.search(r"\d", part)]
    ends = [periods(part, period.end) for part in parts]
    if len(ends) != 2 or not all(len(end) == 1 for end in ends):
        return None
    return ends[0][0], ends[1][0]


def surfaces(text: str, when: Sequence[Period], kept: Period) -> list[tuple[int, int]]:
    """Where the other periods stand in a text; a range that holds them becomes the one that is kept."""
    spans = []
    for period in when:
        if period.label != kept.label and (at := text.find(period.surface)) >= 0:
            end = at + len(period.surface)
            spans.append((at, end + (text[end : end + 1] in tuple("初底末"))))
    return spans
