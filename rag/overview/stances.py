"""Who is for a share or against it, and what speaks for it: `Who is bullish on X and why?`, `three reasons to buy X`, 谁看好X.

No statement says bullish. A broker is by its rating, and what it says behind its call is why; what speaks against a share
is what its reports name as risks, and why those who do not rate it a buy do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.citations import Draft, evidence_of
from rag.answer.grounds import reasons
from rag.compare.asked.names import MOST, one_company
from rag.compare.asked.side import is_chinese
from rag.language import analysis
from rag.language.periods import periods
from rag.language.sentences import sentences
from rag.overview.across import risks_of
from rag.overview.answer import joined
from rag.overview.choose import telling
from rag.reports.rating_scale import Stance, stance
from rag.search.retrieve import Index, reports_in
from rag.types import Passage, Report
from rag.views.groups import Group
from rag.views.opinions import Opinions, call_drafts, calls_of, current_views, own_rating, quoted

REASONS = 4  # statements of all brokers together where no number is asked for
EACH = 2  # ... of one broker where it is asked who thinks so
MOST_REASONS = 8
FRONT = 5  # passages; a call that stands there goes before its reasons

_WHO = re.compile(
    r"\b(?:who(?:['’]s| is| are| was)?|(?:is|are) (?:any(?:one|body|\s+(?:brokers?|analysts?|house|houses))?|there any(?:one|body| brokers?| analysts?)?)|(?:which|what|any|are the) (?:brokers?|analysts?|houses?|banks|firms))\b"
    r"|谁|哪(?:些|家|几家)(?:券商|机构|分析师|大行|投行)?|有没有(?:人|券商|机构|分析师)|有(?:券商|机构|分析师)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:bullish|positive|optimistic|constructive|upbeat|in favou?r of|recommend(?:s|ing)?)\b|看好|看多|唱多|乐观|推荐",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:bearish|negative|pessimistic|sceptical|skeptical|cautious|against)\b|不看好|看空|看淡|唱空|悲观|谨慎|不推荐",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|nobody|none|hardly)\b|n['’]t\b", re.IGNORECASE
)  # who is neither for nor against it
_DEGREE = re.compile(r"\b(?:more|most|less|least)\b", re.IGNORECASE)
_BUY = r"(?:buy(?:ing)?|own(?:ing)?|invest(?:ing)? in|like|liking|hold(?:ing)?|be(?:ing)? (?:bullish|positive|long)(?: on)?)"
_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|a few|some|several)"
_REASONS_FOR = re.compile(
    rf"(?:{_NUMBER}\s+)?(?:(?:main|good|key|best|top)\s+)?(?:reasons?|arguments?|case)\s+(?:to|for)\s+{_BUY}\b|\bbull(?:ish)?\s+(?:points?|arguments?|reasons?)\b|\bwhy (?:should|would|do|does|might) (?:i|we|one|anyone|you|investors?|people) {_BUY}\b"
    r"|(?:买入?|看好|看多|投资|持有)(?=.{1,16}的?(?:[一二三四五两几\d]个?)?(?:主要|核心)?理由)|(?:的|为什么)?(?:看好|看多|买入)的?(?:主要|核心)?(?:理由|逻辑)",
    re.IGNORECASE,
)
_REASONS_AGAINST = re.compile(
    rf"(?:{_NUMBER}\s+)?(?:(?:main|good|key|best|top)\s+)?(?:reasons?|arguments?|case)\s+(?:(?:not\s+to|against)\s+{_BUY}|to\s+(?:sell|avoid|short)|for\s+(?:selling|avoiding|shorting))\b|\bbear(?:ish)?\s+(?:points?|arguments?|reasons?)\b|\bwhy (?:should(?:n't| not)|would(?:n't| not)) (?:i|we|one|anyone|you|investors?) {_BUY}\b"
    r"|(?:不(?:要)?买入?|不看好|看空|卖出)(?=.{1,16}的?(?:[一二三四五两几\d]个?)?(?:主要|核心)?理由)|(?:不看好|看空|卖出|不买)的?(?:主要|核心)?理由",
    re.IGNORECASE,
)
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_BESIDE = frozenset(_WORDS) | frozenset(
    "why because reason reasons stock stocks share shares company give name list tell please main key good best top right now "
    "currently today other anyone anybody think thinks view views rating ratings case explain what".split()
)
_ZH_BESIDE = re.compile(
    r"(?:理由|原因|为什么|为何|逻辑|目前|当前|现在|分别|什么|哪些|请|给我|给出|列出|说说|[一二三四五两几\d]+[个条点]?|公司|股票|个股|股份|主要|核心|是|对|的|给|有|个|都|于|呢|吗|在|和|与|要|应该|还|[,，、?？。:：\s])+"
)


_COUNTED = {
    "en": "Read from the ratings in the library; no report says it.",
    "zh": "这是由资料库中的评级得出的,不是报告中的话。",
}


@dataclass(frozen=True, slots=True)
class _Wish:
    """``side``: 1 for, -1 against; ``who``: it is asked who thinks so; ``most``: reasons, all brokers' together."""

    side: int
    who: bool
    most: int
    span: tuple[int, int]


def stances(index: Index, question: str, scope: frozenset[str] | None = None) -> Opinions | None:
    """The calls on the one company that is asked about and their reasons, or its risks; None for other questions.

    ``scope``: report ids to choose from, None for all.
    """
    wish = _wish(question)
    if wish is None or periods(question):
        return None
    named = one_company(question, reports_in(index, scope))
    if named is None or _asks_more(question, [named[0], wish.span]):
        return None
    _, group = named
    chinese = is_chinese(question)
    views = current_views(group)[:MOST]
    meant = [report for report in views if _is_on(report, wish.side)]
    if wish.side < 0 and not wish.who:
        return _against(index, group, meant, wish.most)
    if meant:
        return _told(index, meant, wish, chinese)
    return _none(index, views, wish, chinese) if wish.who else None


def _wish(question: str) -> _Wish | None:
    for side, pattern in ((-1, _REASONS_AGAINST), (1, _REASONS_FOR)):
        if match := pattern.search(question):
            return _Wish(side, False, _number(question) or REASONS, match.span())
    if _WHO.search(question) and not _NOT.search(question):
        for side, pattern in ((-1, _AGAINST), (1, _FOR)):
            if match := pattern.search(question):
                return _Wish(side, True, MOST_REASONS, match.span())
    return None


def _number(question: str) -> int | None:
    """How many reasons are asked for."""
    if match := re.search(
        r"([一二两三四五六七八]|\d)个?(?=[^,，。]{0,8}(?:理由|原因))|\b(\d)\s+\w*\s*(?:reasons|arguments)", question
    ):
        word = match[1] or match[2]
        return int(word) if word.isdigit() else "零一二三四五六七八".find(word.replace("两", "二"))
    found = re.search(rf"\b({'|'.join(_WORDS)})\b", question, re.IGNORECASE)
    return _WORDS[found[1].lower()] if found else None


def _is_on(report: Report, side: int) -> bool:
    held: Stance | None = stance(own_rating(report))
    return held == "positive" if side > 0 else held == "negative"


def _asks_more(question: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether anything is asked for beside who thinks so and why."""
    for start, end in sorted(spans, reverse=True):
        question = f"{question[:start]} {question[end:]}"
    rest = _WHO.sub(" ", question)
    if _DEGREE.search(rest):
        return True  # `which house is more bullish` sets them side by side
    words = [surface for surface, _ in analysis.content_pieces(rest) if surface.isascii() and not surface.isdigit()]
    chinese = _ZH_BESIDE.sub("", "".join(char for char in rest if not char.isascii()))
    return bool(chinese) or any(word.lower() not in _BESIDE for word in words)


def _told(index: Index, views: Sequence[Report], wish: _Wish, chinese: bool) -> Opinions | None:
    """Each call with the reasons behind it."""
    drafts: list[Draft] = []
    left = wish.most
    for report in views:
        calls = calls_of(report, index.report_passages(report.id))
        if not calls or left <= 0:
            continue
        drafts += call_drafts(report, calls, chinese)
        passage, start, end = calls[-1]
        told = len(sentences(passage.text[start:end])) > 1 and not wish.who  # the call goes on with a reason of its own
        left -= told
        after = _why(index, report, calls, min(EACH if wish.who else wish.most - told, left))
        drafts += [quoted(report, *span) for span in after]
        left -= len(after)
    return Opinions(tuple(drafts), evidence_of(drafts)) if drafts else None


def _why(
    index: Index, report: Report, calls: Sequence[tuple[Passage, int, int]], most: int
) -> list[tuple[Passage, int, int]]:
    """What a report says behind its call; of one that makes its call at the end, what it says most of."""
    call = calls[-1][0]
    if call.ordinal <= FRONT:
        return [(passage, 0, len(passage.text)) for passage in reasons(index, call, most)]
    said = [each for each in telling(index, report, most + len(calls)) if each.passage.id != call.id]
    return joined(said)[:most]


def _none(index: Index, views: Sequence[Report], wish: _Wish, chinese: bool) -> Opinions | None:
    """That nobody thinks so, by the views that there are; None where there are none."""
    found = [(report, calls_of(report, index.report_passages(report.id))) for report in views]
    drafts = [draft for report, calls in found if calls for draft in call_drafts(report, calls, chinese)]
    if not drafts:
        return None
    lead = Draft(_nobody(wish.side, chinese), status="partly", reason=_COUNTED["zh" if chinese else "en"])
    return Opinions((lead, *drafts), evidence_of(drafts))


def _nobody(side: int, chinese: bool) -> str:
    if chinese:
        return f"资料库中没有{'看好' if side > 0 else '看空'}它的评级，现有的观点是："
    return f"No rating in the library is {'positive' if side > 0 else 'negative'}; the views that it holds are:"


def _against(index: Index, group: Group, views: Sequence[Report], most: int) -> Opinions | None:
    """The reasons of those who rate it a sell, then what the newest reports name as risks."""
    drafts: list[Draft] = []
    for report in views:
        if calls := calls_of(report, index.report_passages(report.id)):
            drafts += [quoted(report, passage, 0, len(passage.text)) for passage in reasons(index, calls[-1][0], EACH)]
    for report in reversed(group.reports):
        if len(drafts) < most:
            drafts += [quoted(report, *span) for span in risks_of(index, report)]
    return Opinions(tuple(drafts[:most]), evidence_of(drafts[:most])) if drafts else None
