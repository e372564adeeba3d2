"""Words of direction: where they stand in a text, which way they say, and which figure they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.figures.figure import Figure
from rag.figures.tense import bilingual, has_chinese
from rag.language.analysis import small_letters

if TYPE_CHECKING:
    from rag.figures.context import Fact

_UP_EN = (
    r"up|rose|ris(?:e|es|en|ing)|gr[eo]w|grows|grown|growing|growth|increas(?:e|es|ed|ing)|gain(?:s|ed)?(?!\s+(?:on|from|\())|climb(?:s|ed|ing)?"
    r"|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|expand(?:s|ed|ing)?|expansion"
    r"|higher|exceed(?:s|ed|ing)?|beats?|beating|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|upgrad(?:e|es|ed|ing)"
    r"|accelerat(?:e|es|ed|ing|ion)|widen(?:s|ed|ing)?|wider|upside(?! (?:to|potential to|versus|from)\b)"
    r"|positive\s(?:impact|effect|contribution)s?|rebound(?:s|ed|ing)?|outperform(?:s|ed|ing)?|hik(?:e|es|ed|ing)|boost(?:s|ed|ing)?|topped|outpac(?:e|es|ed|ing)"
    r"|add(?:s|ed|ing)?(?=\s(?:about\s|another\s|some\s)?[$€£¥]?\d)"
)
_DOWN_EN = (
    r"down|g(?:ave|iven?|ives|iving)\s+up|fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)?"
    r"|miss(?:es|ed|ing)?|short\s+of|cuts?|cutting|reduc(?:e|es|ed|ing|tion|tions)|slid(?:e|es|ing)?|slip(?:s|ped|ping)?"
    r"|negative\s(?:impact|effect|contribution)s?|shr(?:i|a|u)nk(?:s|ing|age)?|contract(?:ed|ion|ing)|contract(?=\s(?:by\s)?(?:about\s)?\d)|narrow(?:s|ed|ing|er)?|slump(?:s|ed|ing)?|plung(?:e|es|ed|ing)"
    r"|tumbl(?:e|es|ed|ing)|eas(?:e|es|ed)|downgrad(?:e|es|ed|ing)|slow(?:s|ed|er|ing|down)"
    r"|t(?:akes?|aking|ook) (?:away|off)|dip(?:s|ped|ping)?|retreat(?:s|ed|ing)?|lost|losing|downside(?! (?:to|risk)\b)|lags|lagged|trail(?:s|ed)?"
    # `trailing estimates`, not `trailing earnings`; `lag the sector`, not `a lag of two quarters`
    r"|(?:lag|lagging|trailing)(?=\s+(?:the|its|their|behind|consensus|expectations?|estimates?|forecasts?|guidance|peers|rivals)\b)"
    r"|easing(?=\s+(?:to|from|by)\b)|underperform(?:s|ed|ing)?|tighten(?:s|ed|ing)?|trim(?:s|med|ming)?|soften(?:s|ed|ing)?|shed|sank|sink(?:s|ing)?"
)
_UP_NEAR = r"more|dearer|above|ahead\s+of|premium|faster|greater|stretch(?:ed|es)?|plus|over(?=\s+(?:the|its|their|our)\s+(?:\S+\s+){0,2}?(?:median|average|consensus|mean|figure|target|old|previous)\b)"  # only beside a figure
_DOWN_NEAR = r"less|cheaper|fewer|below|under(?=\s+(?:the|its|their|a)\s+(?:(?:19|20)\d\d|(?:week|month|quarter|year|previous|prior|preceding)\b|\w*-?(?:peak|high|level|average|year|(?:\S+\s+){0,2}?(?:median|consensus|mean|figure|target|old)\b)))|behind|discount|minus|off"
_UP_ZH = (
    r"上行|增长|增加|多增|新增(?=[^\d，。,;；]{0,3}\d)|少[减降]|(?<![新递])增(?![持值发速幅资量])|增幅|上升|上涨|涨幅|涨|提升|升至|(?<![攀])升(?![级])|攀升|提高|上调|上修|扩大|回升"
    r"|反弹|超(?:出|过)?(?:市场)?(?:一致)?预期|好于|高于|优于|多于|高出|走阔|走高|新高|扩张|激增|大增|猛增|翻番|翻倍|溢价|跑赢"
    r"|[高多快贵]了?(?=约?(?:\d|[一二两三四五六七八九]成))"
)
_DOWN_ZH = (
    r"下行(?!周期|压力|风险)|下降|下滑|下跌|跌幅|跌|降幅|少[增升]|多[减降]|(?<![加升])降(?![本息准噪维])|减少|(?<![缩])减(?![持值速产碳排税])|回落|下调|下修|缩小|收窄|走弱"
    r"|低于|不及|逊于|少于|弱于|差于|缩减|萎缩|走低|放缓|收缩|新低|减弱|锐减|骤降|腰斩|折价|跑输"
    r"|[低少慢]了?(?=约?(?:\d|[一二两三四五六七八九]成))|便宜了?(?=约?\d)"
)
# Words of quality: up for a margin, down for a cost; where it may be either they say nothing.
_GOOD = r"improv(?:e|es|ed|ing|ements?)|better|stronger|strengthen(?:s|ed|ing)?|recover(?:s|ed|ing|y)?"
_BAD = r"deteriorat(?:e|es|ed|ing|ion)|worse|worsen(?:s|ed|ing)?|weaker|weaken(?:s|ed|ing)?"
_EITHER_WAY = re.compile(
    r"cost|expens|debt|leverage|ratio|\bnpls?\b|loss|churn|\bdays\b|/|不良|费用|负债|成本|亏损|杠杆|损失|周转"
)


_MOVE = bilingual(
    rf"\b(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN})|(?P<good>{_GOOD})|(?P<bad>{_BAD})|(?P<upnear>{_UP_NEAR})|(?P<downnear>{_DOWN_NEAR}))\b(?!-)",
    rf"(?P<upzh>{_UP_ZH})|(?P<downzh>{_DOWN_ZH})|(?P<goodzh>改善|好转|走强)|(?P<badzh>恶化|变差|转弱)",
)
# A fall that narrows goes up, one that widens goes down.
_WIDTH = ("narrow", "widen", "收窄", "缩小", "扩大", "走阔")
_OF_A_FALL = re.compile(r"(?:降幅|跌幅|减幅|\b(?:decline|fall|drop|decrease|contraction)\b)[^,，;；。.]*$")
# `more than 5 million`, `above 20%`, 低于5% set a bound: that is no movement.
_BOUND = re.compile(
    r"\s*(?:than\s+)?(?:about\s+|约)?(?:[$€£¥]|RMB|CNY|HK\$|US\$|Rmb)?\s?(?!(?:19|20)\d\d(?![\d,]|\.\d))\d",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:not|never|cannot|no longer|without|fail(?:ed|s)? to|unable to|nor)\b|n['’]t\b)(?:(?:\s+\w+){0,2}|\s+(?:expect|believe|think|see|anticipate)\w*(?:\s+\w+){1,4}\s+(?:to|will))\s*$"
    r"|(?:未能?|没有?|并非|并不|不再|不会|无法|尚未)\w{0,2}$",
    re.IGNORECASE,
)
_NOT_REALLY = re.compile(r"not only|no less|not just|不仅|不断|不只|没有?想到", re.IGNORECASE)
_JOINT = re.compile(r"[,，、;；:：()（）。]|\b(?:and|while|but|whereas)\b|[而但]", re.IGNORECASE)
_CARRY = re.compile(
    r"[\s,，、/()（）]*(?:(?:and|or|in|on|the|a|year|quarter|month|over|from|yoy|qoq|mom|y/y|q/q|m/m|y-o-y|q-o-q|same|period|last|by"
    r"|against|versus|compared|with|for (?:the )?(?:[a-z]+ ){0,2}[a-z]+|earlier|ago|year-on-year|year-over-year|quarter-on-quarter|quarter-over-quarter|respectively|sequentially|annually"
    r"|prior|previous|to|of|至|到|和|及|与|同比|环比|较|比|上年|去年|同期|上季|季度|分别|为|按年|按季)[\s,，、/]*)*",
    re.IGNORECASE,
)
_THAN = re.compile(r" than ")
_MAKES = re.compile(r"\bma(?:kes?|king|de) $")
_STOPS = re.compile(r"[;；。\n]|\.\s|\s-\s")
_COMMA = re.compile(rf"[,，]|{_STOPS.pattern}")
_GROWTH = re.compile(r"growth\b")  # a noun that another word of direction may be of: `cut its forecast of growth by 2%`
# What lies between a word of direction and a figure that is its all the same: `an increase in headcount of 1,200`.
_FAR = re.compile(r"[^,;.]*(?:\bgrowth\b[^,;.]*|\b(?:of|by|to)\s(?:about\s|around\s|approximately\s|roughly\s)?)")
_NOUN = re.compile(
    r"(?:increase|decrease|decline|rise|drop|fall|reduction|reduc|cut|lower|trimm|rais|lift|boost|hik|upgrad|downgrad)",
    re.IGNORECASE,
)
_FURTHER = 80
_AND_BY = re.compile(r"[^,;\d]{0,24}\band by\s(?:about\s)?", re.IGNORECASE)
_COMMA_TO = re.compile(r",\sto\s(?:about\s|around\s)?")  # `got better, to 59.5%`
_CAME = re.compile(r"\bfrom\s(?:about\s|around\s)?$", re.IGNORECASE)
NEAR = 84  # characters around a figure in which a word of direction is looked for

_TO = re.compile(r"\s*(?:to|[至到])\s*(?:about|around|roughly|some|约|大约)?\s*", re.IGNORECASE)
_OR = re.compile(
    r"(?:\s?/\w+|\s(?:an?|per)\s\w+|[元美人民币/吨桶克千公斤点股片]{0,4})?\s*[,，]?\s*(?:or|[(（]|即|或)\s*(?:about|around|roughly|nearly|almost|some|约)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Move:
    """A word of direction: 1 up, -1 down; ``near``: it counts only beside a figure; ``negated``: `did not rise`."""

    start: int
    end: int
    way: int
    near: bool
    negated: bool


def moves_in(text: str, found: Sequence[Figure]) -> Iterator[Move]:
    small = small_letters(text)
    taken = {place for figure in found for place in range(figure.start, figure.end)}
    parts = {figure.start for figure in found if figure.part}
    for match in _MOVE[has_chinese(text)].finditer(small):
        kind = match.lastgroup or ""
        if match.start() in taken or (
            match[0] == "up" and _MAKES.search(small, max(0, match.start() - 8), match.start())
        ):
            continue
        if _BOUND.match(text, match.end()) and (
            kind.endswith("near") or match[0] in ("高于", "低于", "多于", "少于", "higher", "lower")
        ):
            continue
        if parts and kind.endswith("near") and (than := _THAN.match(small, match.end())) and than.end() in parts:
            continue  # `more than a third`
        if match[0].startswith("tighten") and "spread" not in small:
            continue  # a policy that is tightened goes up
        if match[0] == "lost" and any(0 <= each.start - match.end() < 3 and each.kind == "money" for each in found):
            continue  # `lost $1.3 billion` is a loss, whatever it was before
        if kind.startswith(("good", "bad")) and _EITHER_WAY.search(_clause(small, match.start(), match.end())):
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        negated = bool(_NOT_BEFORE.search(before)) and not _NOT_REALLY.search(before)
        way = 1 if kind.startswith(("up", "good")) else -1
        if match[0].startswith(_WIDTH) and _OF_A_FALL.search(small, max(0, match.start() - 24), match.start()):
            way = -way
        yield Move(match.start(), match.end(), way, kind.endswith("near"), negated)


def _clause(small: str, start: int, end: int) -> str:
    """The clause of a word of quality, which tells what it is of: from the beginning of its sentence (`cover was 58%, an
    improvement of`) to the next comma."""
    before, after = small[max(0, start - 90) : start], small[end : end + 60]
    return _STOPS.split(before)[-1] + small[start:end] + _COMMA.split(after)[0]


def way_of(
    text: str,
    figure: Figure,
    found: Sequence[Figure],
    moves: Sequence[Move],
    span: tuple[int, int],
    last: Fact | None,
) -> tuple[int, bool, bool]:
    """Direction of a figure by the words around it, whether that is sure, and whether it is denied; ``last``: the one before."""
    rates = last is not None and last.sentence == span and last.figure.kind == figure.kind == "percent"
    if rates and _CAME.search(text, max(span[0], figure.start - 12), figure.start):
        return 0, False, False  # `rose 3.1%, down from 3.3%`: what fell is how fast it rises
    before, after = _nearest(text, figure, found, moves, span)
    if before and after:
        before = None if after[0] <= 2 < before[0] else before
    chosen = before or after
    if chosen:
        return chosen[1].way, True, chosen[1].negated
    if last and last.worded and last.sentence == span:
        opening = figure.start + (figure.unsure and figure.text.startswith("("))
        between = _without_periods(text, last.figure.end, opening, found)
        if last.figure.kind != figure.kind:
            change, level = (each.kind in ("percent", "points") for each in (figure, last.figure))
            if (change and not last.level and _OR.fullmatch(between)) or (level and _TO.fullmatch(between)):
                return last.worded, False, last.negated  # `down 6 dollars, or 1.2%`; 下调4%至50亿元
            if _AND_BY.fullmatch(between):
                return last.worded, False, last.negated  # `fell 0.6% in 2020 and by 2.8 billion in 2019`
        elif len(between) < 60 and _CARRY.fullmatch(between):
            return last.worded, False, last.negated
    return 0, False, False


def _without_periods(text: str, start: int, end: int, found: Sequence[Figure]) -> str:
    """The characters between two figures without the periods among them: ` in June, against `."""
    between = text[start:end]
    for each in reversed(found):  # the last first, so that places before it stay
        if each.kind == "period" and start <= each.start and each.end <= end:
            between = f"{between[: each.start - start]} {between[each.end - start :]}"
    return between


def _nearest(
    text: str, figure: Figure, found: Sequence[Figure], moves: Sequence[Move], span: tuple[int, int]
) -> tuple[tuple[int, Move] | None, tuple[int, Move] | None]:
    """The words of direction next to a figure, before and after, each with its distance; no joint or figure between."""
    before = after = None
    for move in moves:
        if not span[0] <= move.start < span[1]:
            continue
        low, high = (move.end, figure.start) if move.end <= figure.start else (figure.end, move.start)
        reach = (10 if move.near else 30) if move.end <= figure.start else (12 if move.near else 20)
        if low == move.end and high - low > reach and _NOUN.match(text, move.start) and _FAR.fullmatch(text, low, high):
            reach = _FURTHER
        if not 0 <= high - low <= reach or (
            _JOINT.search(text, low, high) and not _COMMA_TO.fullmatch(text, low, high)
        ):
            continue
        if any(each.kind not in ("period", "label") and low <= each.start < high for each in found):
            continue
        if move.end <= figure.start:
            if before is None or not _GROWTH.match(text, move.start):
                before = (high - low, move)
        elif after is None and not _leads(text, move, found):
            after = (high - low, move)
    return before, after


def _leads(text: str, move: Move, found: Sequence[Figure]) -> bool:
    """Whether a figure follows a word of direction at once, so that the word is that figure's: `64.5亿元降5.7%`."""
    for figure in found:
        if figure.start >= move.end and figure.kind != "period":
            if text[move.end : figure.start].startswith(" at "):
                return False  # `6.2% lower at 4.87 billion`
            return figure.start - move.end <= 4 and not _JOINT.search(text, move.end, figure.start)
    return False
