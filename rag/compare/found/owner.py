"""Whose figure a text gives: that of what is asked, or of a part of it, or of something else that has the same name.

`Games revenue`, 海外收入 and 机械工业收入 are no revenue of the company; an `R&D credit` is no R&D.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from rag.compare.asked.metrics import WHOLE, is_metric
from rag.language import analysis, lexicon

# What follows a metric and makes it something else.
_SOMETHING_ELSE = re.compile(
    r"\s+(?:tax\s+)?(?:credits?|agreements?|arrangements?|programs?|programmes?|facilit(?:y|ies)|personnel|staff|teams?|cent(?:er|re)s?|projects?|activit(?:y|ies)|recognition|streams?)\b",
    re.IGNORECASE,
)
_PROFITS = {"net income", "net profit attributable to shareholders"}
_BEFORE = re.compile(r"([A-Za-z][A-Za-z&’'-]*)[\s-]+$")
_ADJUSTED = re.compile(
    r"\b(?:adjusted|non-(?:IFRS|GAAP)|underlying)\s+(?:\w+\s+)?$|(?:扣非后?|扣除非经常性损益后?的?|经调整)(?:归母|归属[^,，]{0,8}的)?$",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]+$")
_HAN_WHOLE = re.compile(
    r"公司|集团|实现|营业|主营|总|合计|全年|上半年|下半年|前三|单季|一季度|二季度|三季度|四季度|季度|半年|年度|年|月|同期|同比|环比|预计|预测|预期|料|约|为|的|其|其中|归母|归属|扣非|经调整|调整后"
    r"|非国际财务报告准则|当期|本期|期内|报告期|和|与|及|分别|把|将|对|由|从|给予|我们|期|末|上调|下调|维持|国际|财务|准则|整体|平均|销售|净|毛|研发"
)


def meant_by(metric: str) -> set[str]:
    """The metrics that one means, by their names in the lexicon: what notes call the net profit is that of the owners."""
    meant = {item.canonical for item in lexicon.expand(metric)}
    return meant | _PROFITS if meant & _PROFITS else meant


def whose(text: str, metric: str, known: Collection[str]) -> Literal["own", "part", "other"]:
    """Whether a text gives a metric itself, or in every mention only that of a part, or of something else.

    ``metric``: as the question has it; ``known``: index terms that may stand before it: the names of the company, and
    whatever else was asked. A text that names only other metrics counts as ``part``, one that names none as ``own``.
    """
    meant = meant_by(metric)
    named = [item for item in lexicon.expand(text) if is_metric(item)]
    found = [item for item in named if item.canonical in meant]
    if named and not found:
        return "part"
    kinds = {_kind(text, item.start, item.end, known) for item in found}
    return "own" if not kinds or "own" in kinds else "part" if "part" in kinds else "other"


def _kind(text: str, start: int, end: int, known: Collection[str]) -> Literal["own", "part", "other"]:
    if _SOMETHING_ELSE.match(text, end):
        return "other"
    if _is_adjusted(text, start, known):
        return "part"
    if word := _BEFORE.search(text, max(0, start - 40), start):
        return "own" if word[1].lower() in WHOLE or _is_known(word[1], known) else "part"
    han = _HAN.search(text, max(0, start - 16), start)
    left = _HAN_WHOLE.sub("", han[0]) if han else ""
    return "part" if len(left) > 1 and not _is_known(left, known) else "own"


def _is_adjusted(text: str, start: int, known: Collection[str]) -> bool:
    """Whether a figure is given without what does not recur, which was not asked for: 扣非净利润 is not 净利润."""
    match = _ADJUSTED.search(text, max(0, start - 16), start)
    return match is not None and not _is_known(match[0].strip(), known)


def _is_known(words: str, known: Collection[str]) -> bool:
    terms = [term for term in analysis.terms(words) if term not in analysis.STOP_TERMS]
    return all(term in known for term in terms)
