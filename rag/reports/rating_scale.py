"""How ratings compare: one scale from sell to strong buy for the words of both languages.

Houses mean different things by the same word; the scale only orders the words, so that a change within one house has a
direction. Levels: 5 strong buy, 4 buy, 3 add, 2 hold, 1 reduce, 0 sell.
"""

from __future__ import annotations

from typing import Literal

Stance = Literal["positive", "neutral", "negative"]
_LEVELS = {
    5: "strong buy|strongly buy|conviction buy|强烈推荐|强烈买入|强推",
    4: "buy|overweight|outperform|sector outperform|market outperform|industry outperform|long term buy|speculative buy|trading buy"
    "|positive|attractive|买入|推荐|优于大市|优于大盘|优于市场|强于大市|强于市场|跑赢行业|跑赢大市|跑赢大盘|跑赢市场|领先大市|超配|看好",
    3: "accumulate|add|增持|收集|审慎增持|谨慎增持|审慎推荐|谨慎推荐|审慎买入|谨慎买入",
    2: "hold|neutral|equal weight|market weight|sector weight|market perform|sector perform|peer perform|industry perform|in-line|in line"
    "|中性|持有|标配|同步大市|大市同步|与大市同步|跟随大市|区间操作",
    1: "reduce|underweight|underperform|sector underperform|market underperform|industry underperform|negative|cautious"
    "|减持|低配|弱于大市|弱于市场|落后大市|逊于大市|跑输行业|跑输大市|回避|看淡|谨慎",
    0: "sell|strong sell|卖出|沽售|沽出",
}  # fmt: skip
_LEVEL = {word: level for level, words in _LEVELS.items() for word in words.split("|")}


def level(rating: str | None) -> int | None:
    """0 (sell) to 5 (strong buy); None for a word that is not on the scale."""
    word = " ".join((rating or "").lower().replace("-", " ").split())
    return _LEVEL.get(word)


def stance(rating: str | None) -> Stance | None:
    """Whether a rating is for the shares, against them, or neither."""
    at = level(rating)
    if at is None:
        return None
    return "positive" if at >= 3 else "neutral" if at == 2 else "negative"
