"""What a question asks for, apart from what it asks it of: of `How many riders does Foo employ?` the riders.

A statement can hold all the names and most words of a question and still say nothing of the one thing that is asked for.
The head of the question is what tells this (D. Metzler and W. B. Croft, Analysis of Statistical Methods for Question
Classification, 2005); here it is found by the question's word order, without a parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.chinese import simplify
from rag.question.concepts import Asked

Spot = tuple[int, int, str]  # start, end, surface of a piece of the focus

_WH = re.compile(
    r"\b(?:(?P<how>how)(?: (?P<many>many|much)\b| \w+(?= (?:is|are|was|were)\b)|\b)|what|which|who(?:se)?|when|where)\b(?:['’]s)?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<=\s)[A-Z][\w&.-]+(?:\s[A-Z][\w&.-]*)*\s[A-Z][\w&.-]*(?:['’]s)?$"
)  # the rest of a name: Foo New Energy
_BE = re.compile(r"\s*(?:is|are|was|were|will be|would be|has been|have been)\b\s*(?:there\b)?", re.IGNORECASE)
_DO = re.compile(r"\s*(?:do|does|did|has|have|had|will|would|can|could|should|might|may|must)\b\s*", re.IGNORECASE)
# What ends the phrase of the thing asked for: a preposition, an auxiliary, a clause of its own.
_STOP = re.compile(
    r"\b(?:in|for|on|at|by|from|to|with|during|as|before|after|until|since|through|under|over|into|per|between|among|than|that|who|when|while"
    r"|according|if|of|is|are|was|were|be|been|do|does|did|has|have|had|will|would|can|could|should|might|may|must)\b|[,;:?()]",
    re.IGNORECASE,
)
# Nouns that only say of what sort the answer is, which need not say so itself.
_SORTS = frozenset(
    "subsector subsectors sub-sector sub-sectors sub-industry sub-industries company companies firm firms broker brokers house houses bank banks country countries region regions city cities segment segments "
    "business businesses division divisions unit units area areas product products supplier suppliers maker makers customer customers "
    "model models stock stocks name names sector sectors industry industries month months quarter quarters year years week day days date time title titles "
    "point points factor factors reason reasons driver drivers risk risks trigger triggers kind type sort way ways thing things group part parts side sides "
    "percentage percent proportion portion slice chunk fraction number amount value level total share money family layer layers element elements position stage case cases forecast forecasts estimate estimates expected outlook projection".split()
)
_SORT_ASKED = re.compile(
    rf"\b(?:which|what)\s+(?:(?!(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\b)[\w'’&-]+\s+){{0,3}}?({'|'.join(sorted(_SORTS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
# Verbs that any other verb may stand for, and words that say how much or in what order.
_LIGHT = frozenset(
    "spend spent earn earned make makes made become became get gets got go goes going come comes came coming happen happens happening move moving "
    "back fifths halves thirds roughly about around miss missed lets let core 主力 keep keeps help helped lift give given take takes bring brings use used need do be have own run runs work works hold held change changed "
    "gwh mwh kwh gw mw tonnes tons barrels ounces kilometers kilometres metres meters cubic thousand thousands million millions billion billions times "
    "develop perform fare stand see expect add plan guide one end away along outside inside next new".split()
)
_SORT_ZH = re.compile(
    r"^(?:变化|同比|环比|转向|程度|背后|好处|预计|预测|运行|影响|作用|领域|阶段|降到|升到|达到|上调到|下调到|增至|降至|用于|处于|进展|计划|公司|企业|机构|券商|银行|国家|地区|城市|业务|板块|产品|客户|行业|季度|月份?|年份?|时候|时间|原因|因素|风险|方面|金额|数量|水平|比例|占比)+$"
)
_WH_ZH = re.compile(r"多少|多[大高久快]|几(?!年)|什么|哪(?:些|个|家|一[个家年])?|谁|如何|怎么样|怎样|何时|是否")
_COUNTED = re.compile(r"^(?:[名位个家辆台张座项架吨次篇份款条种只间所人]|平方米|公里)+")
_LEAD_ZH = re.compile(r"(?:是|为|有|达到?|约|共|将|会|在|占|了|由)+$")


def sorts_asked(question: str) -> list[tuple[int, int]]:
    """Where a noun stands that only says of what sort the answer is: `which banks`, `which of its regions`.

    The answer names some of the sort, and need not say the noun.
    """
    return [match.span(1) for match in _SORT_ASKED.finditer(question)]


def head_of(question: str, focus: Sequence[Asked]) -> frozenset[str]:
    """Surfaces of the pieces of the focus that name what is asked for; empty where the word order does not tell."""
    low = question.lower()
    spots = sorted(
        (at, at + len(piece.surface), piece.surface) for piece in focus if (at := low.find(piece.surface.lower())) >= 0
    )
    spots = [spot for spot in spots if not _NAMED.search(question[: spot[1]])]
    zones = _zones_zh(simplify(question), spots) if _WH_ZH.search(question) else _zones(question, spots)
    inside = [spot[2] for spot in spots if any(start <= spot[0] and spot[1] <= end for start, end in zones)]
    named = frozenset(surface for surface in inside if not is_sort(surface))
    if named or not inside:
        return named
    behind = [spot[2] for spot in spots if spot[0] >= zones[0][1] and not is_sort(spot[2])]
    return frozenset(behind[:1])  # `what share of the sales`, `what forecast for the price`


def is_sort(surface: str) -> bool:
    """Whether a piece only says of what sort the answer is, or any other verb could stand for it."""
    return surface.lower().removesuffix("'s") in _SORTS | _LIGHT or bool(_SORT_ZH.match(surface))


def _zones(question: str, spots: Sequence[Spot]) -> list[tuple[int, int]]:
    """The characters of an English question in which the thing asked for stands."""
    match = _WH.search(question)
    if match is None:
        return []
    at = match.end()
    if be := _BE.match(question, at):  # `what was the price of`, `how high is the margin`
        start, end = _phrase(question, be.end(), spots)
        if re.match(r"\s*of\b", question[end:], re.IGNORECASE):
            end = max(end, _phrase(question, end + 3, spots)[1])
        return [(start, end)]
    if do := _DO.match(question, at):  # `what did Foo pay for its ships`: the verb and what stands behind it
        first = [spot for spot in spots if spot[0] >= do.end()][:2]
        return [(first[0][0], first[-1][1])] if first else []
    if match["how"] and not match["many"]:
        return []
    zones = [_phrase(question, at, spots)]
    aux = zones[0][1]
    if match["many"] and (
        do := _DO.match(question, aux) or _BE.match(question, aux)
    ):  # `how many cars did Foo deliver in`
        stop = _STOP.search(question, do.end())
        zones.append((do.end(), stop.start() if stop else len(question)))
    return zones


def _phrase(question: str, at: int, spots: Sequence[Spot]) -> tuple[int, int]:
    """From ``at`` to the first word that ends a phrase behind its first piece; nothing where a name alone stands there."""
    first = next((spot for spot in spots if spot[0] >= at), None)
    stop = _STOP.search(question, at)
    if first is None or (stop is not None and stop.start() < first[0] and stop[0].lower() != "of"):
        return at, at
    stop = _STOP.search(question, first[1])
    return at, stop.start() if stop else len(question)


def _zones_zh(question: str, spots: Sequence[Spot]) -> list[tuple[int, int]]:
    """The characters of a Chinese question in which the thing asked for stands: before `是多少`, or behind `多少名`."""
    match = _WH_ZH.search(question)
    if match is None:
        return []
    behind = question[match.end() :].rstrip("?？。.!！呢吗 ").lstrip("的 ")
    if _COUNTED.sub("", behind) and match[0] not in ("如何", "怎么样", "怎样"):
        return [(match.end(), len(question))]
    before = _LEAD_ZH.sub("", question[: match.start()])
    start = before.rfind("的") + 1
    inside = [spot for spot in spots if start <= spot[0] and spot[1] <= len(before)]
    inside = inside or [spot for spot in spots if spot[1] <= match.start()][-1:]
    return [(inside[0][0], inside[-1][1])] if inside else []
