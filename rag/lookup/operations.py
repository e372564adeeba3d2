"""What a question wants done with the figures it asks for: nothing, a change, a trend, a share, a mean, a sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.language import analysis
from rag.language.lexicon import Expansion

Operation = Literal["value", "change", "trend", "share", "mean", "sum", "cagr"]
OVER_YEARS = frozenset({"change", "mean", "sum", "cagr"})  # what is done to the figures of several times

_CHANGE = re.compile(
    r"\b(?:growth|grow|grew|grown|chang\w*|increas\w*|decreas\w*|rise|rose|(?:fall|fell)(?! (?:on|to|under|within)\b)|declin\w*|improv(?:e[ds]?|ing)|worsen\w*|deteriorat\w*|widen\w*|narrow\w*|compare[ds]?|year[- ]over[- ]year|year[- ]on[- ]year|yoy|y/y)\b"
    r"|增长|增速|同比|增幅|降幅|变动|变化|改善|恶化|增加了|减少了|上升了|下降了|升幅|跌幅",
    re.IGNORECASE,
)
# A question for a direction: `Is operating margin going up or down?`, `Has debt come down since 2020?`
_TREND = re.compile(
    r"\b(?:go(?:ing|ne)?|went|trend(?:ing|ed)?|mov(?:ing|ed)|head(?:ing|ed)|com(?:e|ing)|edg(?:ing|ed)) (?:up|down|higher|lower)\b"
    r"|\bup or down\b|\bhigher or lower\b|\b(?:better|worse) or (?:better|worse)\b|\b(?:got|get|gett?ing|gotten|becom(?:e|ing)) (?:better|worse|bigger|smaller)\b"
    r"|\b(?:improving|worsening|rising|falling|growing|declining|shrinking|expanding|contracting|widening|narrowing|increasing|decreasing|deteriorating)\b"
    r"|\btrends?\b|\b(?:upward|downward)s?\b|在?(?:改善|恶化|上升|下降|扩大|收窄|走[高低])(?:吗|了吗)|(?:上升|增加)还是(?:下降|减少)|趋势|走势",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"^\W*(?:is|are|was|were|has|have|had|did|does|do)\b|[吗嘛][?？]?$", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"\bdifferences?\b|\bhow much (?:higher|lower|more|less|larger|smaller|bigger|greater)\b|差额|差值|相差",
    re.IGNORECASE,
)
_MEAN = re.compile(r"\b(?:average|mean)\b|平均|均值", re.IGNORECASE)
_SUM = re.compile(
    r"\bsum\b|\bcombined\b|\bin total\b|\baltogether\b|\bcumulative(?:ly)?\b|合计是|总共|一共|累计"
    r"|\b(?:total|aggregate)(?: amount| value| cost)? of\b(?:.*(?:19|20)\d\d){2}"
    r"|^(?!.*\b(?:at|as of|as at|end of)\b)(?=.*\btotals?\b)(?:.*\b(?:for|over|during|in)\b.*(?:19|20)\d\d.*(?:19|20)\d\d)"
    r"|^(?=.*\btotals?\b)(?:.*(?:19|20)\d\d){3}|\btotal\b.*\b(?:from|between|over|years) (?:19|20)\d\d (?:to|through|and|[-–]) (?:19|20)\d\d"
    r"|\btotal\b.*\b(?:over|for|in|during|across) the (?:past|last|three|two|four|five)\b.*\byears\b",
    re.IGNORECASE,
)
_ONE_BY_ONE = re.compile(r"\brespectively\b|\beach\b|\bper year\b|\bby year\b|分别|各", re.IGNORECASE)
_CAGR = re.compile(r"\bCAGR\b|\bcompound(?:ed)? annual|复合(?:年均|年|年度)?增[长速]", re.IGNORECASE)
_OF = re.compile(
    r"^\W{0,3}(?:\(?as\)? )?(?:a |an )?(?:the )?(?:%|per ?cent(?:age)?|share|proportion|fraction|ratio)(?: of| to)?(?: the| its| total)?\W{0,3}$"
    r"|^-to-(?:total )?$|^\W*(?:占|与|和|/|÷)\W*$",
    re.IGNORECASE,
)
# 营业收入和净利润是多少 asks for both; 净利润与营业收入的比例 for a ratio.
_BOTH = re.compile(r"^\s*(?:与|和|及|以及|、|跟)\s*$")
_RATIO_ZH = re.compile(r"比[例重值率]|占比|之比|[几多少]倍|平均|均值|相差|差额|差值")
_EACH = re.compile(r"分别|各(?:自|是|为|有|占)?")
PERCENT_OF = re.compile(r"\b(?:percentage|percent|share|proportion|fraction) of (?:the |its |total )*$", re.IGNORECASE)
# Canonical metrics that say what is done to another one.
GROWTH_OF = {"revenue growth": "revenue", "earnings growth": "net income"}


def operation_of(clause: str, items: Sequence[Expansion]) -> Operation:
    if _CAGR.search(clause):
        return "cagr"
    between = clause[items[0].end : items[1].start] if len(items) == 2 else ""
    if len(items) == 2 and _EACH.search(clause):
        return "mean" if _MEAN.search(clause) else "change" if _CHANGE.search(clause) else "value"
    if len(items) == 2 and _BOTH.search(between) and not _RATIO_ZH.search(clause):
        return "change" if _CHANGE.search(clause) else "value"
    if len(items) == 2 and (_OF.search(between) or PERCENT_OF.search(clause[: items[0].start])):
        return "mean" if _MEAN.search(clause) else "share"
    if _MEAN.search(clause):
        return "mean"
    if _TREND.search(clause) or (_YES_OR_NO.search(clause) and _CHANGE.search(clause)):
        return "trend"
    if (
        _CHANGE.search(clause)
        or (len(items) < 2 and _DIFFERENCE.search(clause))
        or any(e.canonical in GROWTH_OF for e in items)
    ):
        return "change"
    around = analysis.blanked(clause, [(e.start, e.end) for e in items])  # `total assets` asks for no sum
    return "sum" if _SUM.search(around) and not _ONE_BY_ONE.search(clause) else "value"
