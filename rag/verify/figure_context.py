"""What a figure says where it stands: which way it moved, for which period, as a fact or a forecast.

All of this is read from the words around the figure by rules, for a sentence of an answer and for the passage it cites
alike, so that the two can be compared. A rule that sees nothing says nothing: 0 or None.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.language.analysis import CJK, small_letters
from rag.language.sentences import sentences
from rag.verify.figure import Figure, Row
from rag.verify.figure_basis import Accounting, Against, accounting, bind_against, names_accounting, per, steady
from rag.verify.figure_metrics import bind_metrics
from rag.verify.figure_periods import bind_periods
from rag.verify.figure_side import Side, nouns_in, side_of
from rag.verify.figures import figures

_CHINESE = re.compile(f"[{CJK}]")
_UP_EN = (
    r"up|rose|ris(?:e|es|en|ing)|gr[eo]w|grows|grown|growing|growth|increas(?:e|es|ed|ing)|gain(?:s|ed)?(?!\s+(?:on|from|\())|climb(?:s|ed|ing)?"
    r"|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|expand(?:s|ed|ing)?|expansion"
    r"|higher|exceed(?:s|ed|ing)?|beats?|beating|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|upgrad(?:e|es|ed|ing)"
    r"|accelerat(?:e|es|ed|ing|ion)|widen(?:s|ed|ing)?|upside"
    r"|rebound(?:s|ed|ing)?|outperform(?:s|ed|ing)?|hik(?:e|es|ed|ing)|boost(?:s|ed|ing)?|topped"
)
_DOWN_EN = (
    r"down|fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)?"
    r"|miss(?:es|ed|ing)?|short\s+of|cuts?|cutting|reduc(?:e|es|ed|ing|tion|tions)|slid(?:e|es|ing)?|slip(?:s|ped|ping)?"
    r"|shr(?:i|a|u)nk(?:s|ing|age)?|contract(?:ed|ion|ing)|narrow(?:s|ed|ing)?|slump(?:s|ed|ing)?|plung(?:e|es|ed|ing)"
    r"|tumbl(?:e|es|ed|ing)|eas(?:e|es|ed)|downgrad(?:e|es|ed|ing)|slow(?:s|ed|er|ing|down)"
    r"|dip(?:s|ped|ping)?|retreat(?:s|ed|ing)?|lost|downside"
    r"|underperform(?:s|ed|ing)?|trim(?:s|med|ming)?|soften(?:s|ed|ing)?|shed|sank|sink(?:s|ing)?"
)
_UP_NEAR = r"more|above|ahead\s+of|premium|faster|greater|stretch(?:ed|es)?|plus"  # only beside a figure
_DOWN_NEAR = r"less|fewer|below|behind|discount|minus|off"
_UP_ZH = (
    r"增长|增加|多增|少[减降]|(?<![新递])增(?![持值发速幅资])|增幅|上升|上涨|涨幅|涨|提升|升至|(?<![攀])升(?![级])|攀升|提高|上调|上修|扩大|回升"
    r"|反弹|超(?:出|过)?(?:市场)?(?:一致)?预期|好于|高于|优于|多于|高出|走阔|走高|新高|扩张|激增|大增|猛增|翻番|翻倍"
    r"|[高多快](?=约?\d)"
)
_DOWN_ZH = (
    r"下降|下滑|下跌|跌幅|跌|降幅|少[增升]|多[减降]|(?<![加升])降(?![本息准噪维])|减少|(?<![缩])减(?![持值速产碳排税])|回落|下调|下修|缩小|收窄|走弱"
    r"|低于|不及|逊于|少于|弱于|差于|缩减|萎缩|走低|放缓|收缩|新低|减弱|锐减|骤降|腰斩"
    r"|[低少慢](?=约?\d)"
)
# Words of quality: up for a margin, down for a cost; where it may be either they say nothing.
_GOOD = r"improv(?:e|es|ed|ing|ements?)|better|stronger|strengthen(?:s|ed|ing)?|recover(?:s|ed|ing|y)?"
_BAD = r"deteriorat(?:e|es|ed|ing|ion)|worse|worsen(?:s|ed|ing)?|weaker|weaken(?:s|ed|ing)?"
_EITHER_WAY = re.compile(
    r"cost|expens|debt|leverage|ratio|\bnpls?\b|loss|churn|\bdays\b|/|不良|费用|负债|成本|亏损|杠杆|损失|周转"
)


def _bilingual(english: str, chinese: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern for English text, and one for text with Chinese in it: that tries all the more at every character.

    Both are for text of small letters, which is many times faster than to try both cases of each.
    """
    return re.compile(english), re.compile(f"{english}|{chinese}")


_MOVE = _bilingual(
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
    r"(?:\b(?:not|never|cannot|no longer|without|fail(?:ed|s)? to|unable to|nor)\b|n['’]t\b)(?:\s+\w+){0,2}\s*$"
    r"|(?:未能?|没有?|并非|并不|不再|不会|无法|尚未)\w{0,2}$",
    re.IGNORECASE,
)
_NOT_REALLY = re.compile(r"not only|no less|not just|不仅|不断|不只|没有?想到", re.IGNORECASE)
_LOSS = re.compile(
    r"(?:(?<!credit )(?<!loan )(?<!impairment )(?<!exchange )(?<!tax )\bloss(?:es)?\b(?:\s+(?:of|was|were|at|to|came to|reached|narrowed to|widened to))?|\blost"
    r"|(?:亏损|净亏)(?:收窄至|扩大至|缩小至|为|约|达)?)\s*$",
    re.IGNORECASE,
)
_LOSS_NEAR = re.compile(r"(?:\bloss(?:es)?\b|\blost\b|\bdeficit|亏损|净亏|由盈转亏)[^,，;；]*$", re.IGNORECASE)
_LOSES = re.compile(r"loss|lost|deficit|亏")
_LEVEL = re.compile(r"(?:\b(?:to|at|of|was|is|were|reached|stands?|stood at)|[至到为达])\s*$", re.IGNORECASE)
_JOINT = re.compile(r"[,，、;；:：()（）。]|\b(?:and|while|but|whereas)\b|[而但]", re.IGNORECASE)
_CARRY = re.compile(
    r"[\s,，、/()（）]*(?:(?:and|or|on|the|a|year|quarter|month|over|from|in|yoy|qoq|mom|y/y|q/q|m/m|y-o-y|q-o-q|same|period|last|by"
    r"|earlier|ago|year-on-year|year-over-year|quarter-on-quarter|quarter-over-quarter|respectively|sequentially|annually"
    r"|prior|previous|to|of|和|及|与|同比|环比|较|比|上年|去年|同期|上季|季度|分别|为|按年|按季)[\s,，、/]*)*",
    re.IGNORECASE,
)
_BEAT_TALK = _bilingual(
    r"(?:above|below|beat\w*|miss\w*|ahead of|exceed\w*|than|vs\.?|versus|in line with|short of|behind|surpass\w*|top\w*)\s+"
    r"(?:\w+\s+){0,3}?(?:expect\w*|consensus|estimat\w*|forecast\w*|guidance|projections?)"
    r"|(?:better|worse|higher|lower|stronger|weaker)-than-expected",
    r"超(?:出|过)?\w{0,4}预期|不及\w{0,4}预期|[好高优低差弱]于\w{0,4}预期|符合\w{0,4}预期",
)
_EXPECTED = re.compile(r"expect|consensus|estimat|forecast|guidance|projection|预期")
_FORECAST = _bilingual(
    r"\b(?:expect(?:s|ed|ing|ation|ations)?|forecasts?|forecast(?:ed|ing)|estimat(?:e|es|ed|ing)|project(?:s|ed|ion|ions)|guid(?:es|ed|ance)"
    r"|predict(?:s|ed)?|look(?:s|ed|ing)?\s+for|sees|(?:is|are)\s+seen|foresees?|anticipat(?:e|es|ed|ing|ion)|envisag(?:e|es|ed|ing)|(?:seen|put|pegged|set)\s+(?:at|to)|modell?ed|likely|will|should|may|could|would|plans?|planned|aims?|outlook)\b",
    r"(?<!模)拟(?![合态])|计划|预计|预期|预测|预估|料|有望|将(?![军领])|或(?:将|有|达|为)|估计|指引|展望|目标(?!价)|可达",
)
_FACT = _bilingual(
    r"\b(?:reported|recorded|posted|achieved|delivered|reali[sz]ed|registered|booked|came\s+in|actual(?:ly)?|printed)\b",
    r"实现|录得|达成|完成|实际|已(?![知有披公])",
)
# A past tense tells a fact where nothing tells a forecast; a text may also speak of a forecast in it.
_PAST = re.compile(
    r"\b(?:was|were|rose|fell|grew|sold|made|earned|reached|totall?ed|amounted|came|generated|increased|decreased|declined|dropped|climbed|jumped|gained|lost)\b"
)

_MAYBE_PAST = re.compile(r"\b(?:did|had)\b|\b(?!expected|estimated|projected|adjusted|diluted)[a-z]{2,}ed\b")


@dataclass(frozen=True, slots=True)
class Move:
    """A word of direction: 1 up, -1 down; ``near``: it counts only beside a figure; ``negated``: `did not rise`."""

    start: int
    end: int
    way: int
    near: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure (never a period) with what is said of it.

    ``way``: 1 up, -1 down, 0 unknown; ``worded``: the same by words alone, whatever the sign; ``sure``: the word stands
    beside the figure, or the figure has a sign; ``signed``: the figure itself is negative (a minus, brackets, a loss). the metrics it may be of. ``periods``: what it is for, () when unknown.
    ``tense``: 1 forecast, -1 reported, 0 unknown. ``sentence``: characters of the sentence it stands in.
    ``denied``: its clause says `not` before it. ``row``: where it stands in a table; its ``periods`` are then those of the
    column, its ``bases`` those of the row. ``side``: a profit or a loss, an inflow or an outflow, by the noun it is of.
    ``against``, ``per``, ``accounting``: see ``rag.verify.figure_basis``. ``past``: its sentence has a verb in the past; None
    where that cannot be told. ``steady``: it is said to stay what it was.
    """

    figure: Figure
    way: int
    worded: int
    sure: bool
    signed: bool
    loss: int
    level: bool
    negated: bool
    periods: tuple[Figure, ...]
    bases: tuple[Figure, ...]
    metrics: frozenset[str]
    tense: int
    sentence: tuple[int, int]
    denied: bool = False
    row: Row | None = None
    side: Side = ""
    against: Against = ""
    per: str = ""
    accounting: Accounting = ""
    past: bool | None = None
    steady: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # equal only to itself: one is made per text, and hashing is then free
class Reading:
    """Everything that is compared of one text."""

    text: str
    facts: tuple[Fact, ...]
    periods: tuple[Figure, ...]
    moves: tuple[Move, ...]
    spans: tuple[tuple[int, int], ...]
    metrics: frozenset[str]


@lru_cache(maxsize=2048)
def read(text: str) -> Reading:
    """The figures of a text in their context."""
    found = figures(text)
    spans = tuple(_clauses(text, sentences(text))) or ((0, len(text)),)
    moves = tuple(_moves(text, found))
    facts: list[Fact] = []
    starts, places = [start for start, _ in spans], [move.start for move in moves]
    bound, bases = bind_periods(text, found, spans)
    metrics, named = bind_metrics(text, found, spans)
    small = small_letters(text)
    nouns = nouns_in(small)
    against, by_accounts = bind_against(small, found), names_accounting(small)
    span, tense, past = (0, 0), 0, None
    loses, denies = _LOSES.search(small) is not None, _DENIAL.search(small) is not None
    for index, figure in enumerate(found):
        if figure.kind == "period":
            continue
        if spans[max(0, bisect_right(starts, figure.start) - 1)] != span:
            span = spans[max(0, bisect_right(starts, figure.start) - 1)]
            tense, past = _tense(text[span[0] : span[1]]), _past(text[span[0] : span[1]])
        near = moves[bisect_left(places, figure.start - _NEAR) : bisect_right(places, figure.end + _NEAR)]
        worded, sure, negated = _way(text, figure, found, near, span, facts)
        marked = figure.sign if not figure.unsure else 0
        lead = text[max(span[0], figure.start - 24) : figure.start]
        fact = Fact(
            figure,
            way=marked or worded,
            worded=worded,
            sure=sure or bool(marked),
            signed=marked < 0,
            loss=_loss(text, span, figure) if loses else 0,
            level=bool(_LEVEL.search(lead)),
            negated=negated,
            periods=bound[index],
            bases=bases[index],
            metrics=metrics[index],
            tense=_tense_of(bound[index], tense),
            sentence=span,
            denied=denies and _denied(text, span, figure),
            side=side_of(small, nouns, span[0], (figure.start, figure.end), negative=marked < 0)
            if figure.kind in ("money", "number")
            else "",
            against=against[index],
            per=per(small, figure),
            accounting=accounting(small, span[0], figure) if by_accounts else "",
            past=past,
            steady=not worded and steady(small, span[0], figure),
        )
        facts.append(fact)
    times = tuple(each for each in found if each.kind == "period")
    return Reading(text, tuple(facts), times, moves, spans, named)


def _loss(text: str, span: tuple[int, int], figure: Figure) -> int:
    """2 where a figure is said to be a loss, 1 where a loss is named in its clause, else 0."""
    if _LOSS.search(text[max(span[0], figure.start - 24) : figure.start]):
        return 2
    return int(bool(_LOSS_NEAR.search(text[max(span[0], figure.start - 48) : figure.start])))


_SEMICOLON = re.compile(r";\s+")


def _clauses(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, cut at semicolons: what stands behind one is a statement of its own."""
    for start, end in spans:
        for match in _SEMICOLON.finditer(text, start, end):
            yield start, match.end()
            start = match.end()
        yield start, end


_DENIAL = re.compile(
    r"\b(?:not|never|cannot|neither|nor|without)\b|n['’]t\b|\bno\b(?!\s+(?:more|less|fewer|later|earlier|change|doubt)\b|\.)|未(?!来)|没有|没能|并非|并不|不再|不会|无法|尚未"
)
_NO_DENIAL = re.compile(r"not (?:only|just|least|yet)|不仅|不断|不只|不但|会不会|是否|未经")
_CLAUSE = re.compile(
    r"[,，;；。:：()（）]|\.\s|\b(?:and|but|while|whereas|although|though|because|which|that|as|if|when|since|of which|despite|given)\b|而|但|尽管|虽然"
)


def _denied(text: str, span: tuple[int, int], figure: Figure) -> bool:
    """Whether the clause that a figure stands in says `not`."""
    low, high = max(span[0], figure.start - 90), min(span[1], figure.end + 60)
    text = small_letters(text)
    if not _DENIAL.search(text, low, high):
        return False
    joints = [match.end() for match in _CLAUSE.finditer(text, low, figure.start)]
    after = _CLAUSE.search(text, figure.end, high)
    clause = text[joints[-1] if joints else low : after.start() if after else high]
    return bool(_DENIAL.search(_NO_DENIAL.sub(" ", clause)))


_NEAR = 60  # characters around a figure in which a word of direction is looked for
_DASHES = ("-", "–", "—", "~")
_CHANGE_BEFORE = re.compile(r"(?:\b(?:from|by)|[从由])\s*$", re.IGNORECASE)
_RANGE_GAP = re.compile(r"\s*(?:[-–—~至到]|to)\s*", re.IGNORECASE)


@lru_cache(maxsize=2048)
def ranges(reading: Reading) -> tuple[tuple[Figure, Figure], ...]:
    """Pairs of figures that are the ends of one range: `10-15%`; not `from 10 to 15` or `up 5 to 20`, which are changes."""
    pairs = []
    for one, two in pairwise(reading.facts):
        a, b = one.figure, two.figure
        between = reading.text[a.end : b.start]
        changes = one.worded or _CHANGE_BEFORE.search(reading.text[max(0, a.start - 8) : a.start])
        alike = a.kind == b.kind or {a.kind, b.kind} == {"number", "money"}
        if not alike or a.kind in ("label", "ratio") or not _RANGE_GAP.fullmatch(between):
            continue
        if between.strip() in _DASHES or not changes:
            pairs.append((a, b))
    return tuple(pairs)


def _tense_of(bound: Sequence[Figure], tense: int) -> int:
    """Forecast (1) or reported (-1): by the mark of the figure's period (`2025E`, `2024A`), else that of its sentence."""
    if any(period.estimate for period in bound):
        return 1
    return -1 if any(period.actual for period in bound) else tense


def _moves(text: str, found: Sequence[Figure]) -> Iterator[Move]:
    small = small_letters(text)
    taken = {place for figure in found for place in range(figure.start, figure.end)}
    for match in _MOVE[_has_chinese(text)].finditer(small):
        kind = match.lastgroup or ""
        if match.start() in taken:
            continue
        if _BOUND.match(text, match.end()) and (
            kind.endswith("near") or match[0] in ("高于", "低于", "多于", "少于", "higher", "lower")
        ):
            continue
        if kind.startswith(("good", "bad")) and _EITHER_WAY.search(small):
            continue
        before = text[max(0, match.start() - 24) : match.start()]
        negated = bool(_NOT_BEFORE.search(before)) and not _NOT_REALLY.search(before)
        way = 1 if kind.startswith(("up", "good")) else -1
        if match[0].startswith(_WIDTH) and _OF_A_FALL.search(small, max(0, match.start() - 24), match.start()):
            way = -way
        yield Move(match.start(), match.end(), way, kind.endswith("near"), negated)


def _way(
    text: str,
    figure: Figure,
    found: Sequence[Figure],
    moves: Sequence[Move],
    span: tuple[int, int],
    facts: Sequence[Fact],
) -> tuple[int, bool, bool]:
    """Direction of a figure by the words around it, whether that is sure, and whether it is denied."""
    before, after = _nearest(text, figure, found, moves, span)
    if before and after:
        before = None if after[0] <= 2 < before[0] else before
    chosen = before or after
    if chosen:
        return chosen[1].way, True, chosen[1].negated
    if facts and facts[-1].worded and facts[-1].sentence == span and facts[-1].figure.kind == figure.kind:
        between = text[facts[-1].figure.end : figure.start]
        if len(between) < 60 and _CARRY.fullmatch(between):
            return facts[-1].worded, False, facts[-1].negated
    return 0, False, False


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
        if not 0 <= high - low <= reach or _JOINT.search(text, low, high):
            continue
        if any(each.kind != "period" and low <= each.start < high for each in found):
            continue
        if move.end <= figure.start:
            before = (high - low, move)
        elif after is None and not _leads(text, move, found):
            after = (high - low, move)
    return before, after


def _leads(text: str, move: Move, found: Sequence[Figure]) -> bool:
    """Whether a figure follows a word of direction at once, so that the word is that figure's: `64.5亿元降5.7%`."""
    for figure in found:
        if figure.start >= move.end and figure.kind != "period":
            return figure.start - move.end <= 4 and not _JOINT.search(text, move.end, figure.start)
    return False


@lru_cache(maxsize=1024)
def _past(sentence: str) -> bool | None:
    """Whether an English sentence has a verb in the past, and none of what would be."""
    small = small_letters(sentence)
    if _has_chinese(sentence) or " would " in small:
        return None
    return True if _PAST.search(small) else None if _MAYBE_PAST.search(small) else False


@lru_cache(maxsize=1024)
def _tense(sentence: str) -> int:
    """1 for a forecast, -1 for something reported, 0 when both or neither is said."""
    chinese, sentence = _has_chinese(sentence), small_letters(sentence)
    plain = _BEAT_TALK[chinese].sub(" ", sentence) if _EXPECTED.search(sentence) else sentence
    forecast, fact = bool(_FORECAST[chinese].search(plain)), bool(_FACT[chinese].search(plain))
    return 0 if forecast == fact else 1 if forecast else -1


def _has_chinese(text: str) -> bool:
    return not text.isascii() and _CHINESE.search(text) is not None
