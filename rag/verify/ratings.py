"""Ratings that a sentence gives and its passages give otherwise: ``keeps its Sell rating`` for 维持买入评级."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_BUY = r"buy|strong buy|outperform|overweight|accumulate|add|买入|增持|(?:谨慎)?推荐|强推|强烈推荐|跑赢(?:行业|大市|市场)?|优于大市"
_HOLD = r"hold|neutral|equal[- ]weight|market[- ]perform|in[- ]line|中性|持有|同步大市"
_SELL = r"sell|underperform|underweight|reduce|卖出|减持|回避|跑输(?:行业|大市|市场)?|弱于大市"
_NAMED = rf"[\"“'「]?\s?(?:(?P<{{0}}sell>{_SELL})|(?P<{{0}}buy>{_BUY})|(?P<{{0}}hold>{_HOLD}))(?![a-z])\s?[\"”'」]?"
# A word of rating before the name, or the word `rating` behind it.
_RATED = re.compile(
    r"(?:\brat(?:ed|es|ing)\b(?: (?:of|at|is|as|to|remains))?|\binitiat\w+ (?:at|with)|\b(?:up|down)grad\w+ (?:[a-z.]+ ){0,3}?to)(?: an?)?\s{0,2}"
    + _NAMED.format("a")
    + r"|\b(?:from|to)\s"
    + _NAMED.format("d")
    + r"(?=\s*(?:from|to|and|with|on|at|[,.;:)]|$))|[由从]\s?"
    + _NAMED.format("e")
    + r"|至\s?"
    + _NAMED.format("f")
    + "|"
    + _NAMED.format("b")
    + r"\s{0,2}(?:的|rating|评级|recommendation|is kept|is maintained)|(?:评级为?|给予|维持)\s{0,2}"
    + _NAMED.format("c")
)
_SAYS = ("rat", "initiat", "grad", "评级", "recommend", "is kept", "is maintained")


@lru_cache(maxsize=2048)
def stances(small: str) -> frozenset[str]:
    """The ratings that a text of small letters gives, as ``buy``, ``hold`` and ``sell``."""
    if not any(map(small.__contains__, _SAYS)):
        return frozenset()
    return frozenset((match.lastgroup or "")[1:] for match in _RATED.finditer(small))


def other_rating(sentence: str, passages: Iterable[str]) -> str:
    """Why a rating contradicts the passages; empty where they give it, or give none."""
    said = stances(sentence)
    there = frozenset().union(*map(stances, passages)) if said else frozenset()
    return "the cited passage gives another rating" if said and there and not said <= there else ""
