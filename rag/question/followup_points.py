"""What a pointer of a follow-up means: `its exports`, `it` for who was asked about, the year of `the second quarter`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.question.followup_parts import Parts, Spot

_OWNER = re.compile(r"\b(?:its|their|his|her)\b|它们?的|其(?!中|他|它|实|余|次)|公司的", re.IGNORECASE)
_WHO = re.compile(r"^\W*who(?:['’]s|\s+(?:is|was|are|were))\s+(?P<whom>[^?,;]{3,80}?)\s*\?*\s*$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|they|he|she)\b(?!['’])", re.IGNORECASE)
_THAT = re.compile(
    r"\b(?:that|those|these|of (?:it|them))\b(?!\s+(?:year|quarter|month|week|day|half|time|note|report|broker|company))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT = re.compile(
    r"\b(?:first|second|third|fourth)\s+(?:quarter|half)\b|\b[QH][1-4]\b|\b[1-4][QH]\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|[一二三四]季度|[上下]半年|(?<!\d)\d{1,2}月",
    re.IGNORECASE,
)


def owned(question: str, own: Parts) -> Parts:
    """`Its exports` asks for the exports of what was asked about; they are no new subject."""
    if own.subjects and not own.topics and not own.names and _OWNER.search(question):
        return replace(own, topics=own.subjects, subjects=())
    return own


def whom(question: str, before: str) -> str:
    """A question whose `it` is who the one before asked for: `Who is Foo's largest customer?` `How much did it buy?`"""
    asked = _WHO.match(before)
    if asked is None or not _PRONOUN.search(question):
        return question
    return _PRONOUN.sub(lambda _: asked["whom"], question, count=1)


def points_at_topic(question: str) -> bool:
    """Whether a question speaks of `that` or `those`: of what was asked for, not of whom it was asked."""
    return bool(_THAT.search(question))


def with_year(period: str, old: Sequence[Spot], chinese: bool) -> str:
    """A quarter, half or month without a year is of the year that was asked about before."""
    if _YEAR.search(period) or not _SHORT.search(period):
        return period
    years = {match[0] for spot in old for match in _YEAR.finditer(spot.text)}
    if len(years) != 1:
        return period
    year = years.pop()
    return f"{year}年{period}" if chinese else f"{period} of {year}"
