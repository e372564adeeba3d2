"""A house's own figure and what the company guides to: `is A's estimate for X above guidance`, A对X的预测与公司指引相比.

Both may stand in one report: which statement is whose is told by whether it speaks of guidance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.compare.asked.metrics import asks_figure
from rag.compare.asked.names import held_companies, named_brokers, named_companies
from rag.compare.asked.side import Side, tiers_of, without
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.when import times_in
from rag.language.analysis import language
from rag.types import Report

_GUIDANCE = re.compile(
    r"\b(?:the |its |their )?(?:company|management|group)?(?:['’]s)? ?(?:own )?guid(?:ance|ed)(?: range)?\b|(?:公司|管理层)(?:自己|自身)?的?(?:业绩)?(?:指引|目标(?!价)|口径)|指引(?:区间)?",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"\b(?:the |its |our )?(?:broker|analyst|house)s?['’]?s?\b|券商|分析师|机构|研报", re.IGNORECASE)
_SET = re.compile(
    r"\b(?:above|below|within|inside|outside|in line with|against|compar\w+|versus|vs\.?|differ\w*|than|beyond|exceeds?|match\w*|between|with|stack up|over|under)\b"
    r"|[高低大小多少]于|超过|超出|相比|对比|比较|差[异距多]|一致|符合|区间|[和与跟比]",
    re.IGNORECASE,
)


def guided(question: str, shelf: Sequence[Report]) -> tuple[Side, ...]:
    """The company's guidance and the houses that a question sets against it, as sides; empty where it sets none."""
    text = spelled_out(question)
    guidance = _GUIDANCE.search(text)
    if not (guidance and _SET.search(text) and asks_figure(text)):
        return ()
    named = [n for n in named_companies(text, held_companies(shelf)) if n[2]]
    if len(named) != 1 or named[0][2] is None:
        return ()
    own = list(named[0][2].reports)
    houses = named_brokers(text, own)
    spans = [span for _, span, _ in houses]
    if not houses and (said := _HOUSE.search(text)):
        newest = max((r for r in own if r.broker), key=lambda r: r.date or date.min, default=None)
        houses = [(newest.broker or "", said.span(), (newest,))] if newest else []
        spans = [said.span()]
    if not houses or any(start < guidance.end() and guidance.start() < end for start, end in spans):
        return ()
    when = times_in(text, shelf)
    period = when[0] if len(when) == 1 else None
    label = "公司指引" if language(text) == "zh" else "guidance"
    bare = without(text, spans)
    ask = "预测" if language(text) == "zh" else "forecast"
    asked = without(bare, [match.span() for match in _GUIDANCE.finditer(bare)]) + f" {ask}"
    sides = [
        (span, Side("broker", name, asked, tiers_of(list(reports), list(reports), period), text[slice(*span)], period))
        for name, span, reports in houses
    ]
    sides.append((guidance.span(), Side("broker", label, bare, tiers_of(own, own, period), guidance[0], period)))
    return tuple(side for _, side in sorted(sides, key=lambda each: each[0]))
