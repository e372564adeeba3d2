"""Another figure in the place of the one that was asked for (`and its capex?`), and arithmetic on it: its growth (`and the growth
rate?`), its share, its parts, what it is for each.
"""

from __future__ import annotations

import re

from rag.followup.frame import Frame, Spot
from rag.followup.marks import AUX, DATELESS, RELATIVE, VIEW
from rag.followup.meant import alike, figure_span, kinds, of_which
from rag.followup.write import AHEAD, ARTICLE, STOP, elliptic, placed, swapped, with_words
from rag.question.rise_fall import beside

_WHAT = r"(?:growth(?:\s+rate)?|rate\s+of\s+(?:growth|change|increase|decline)|change|increase|decrease|decline)"
_OVER = r"(?:\s+(?:over|from|on|versus|vs\.?|compared\s+(?:with|to))\s+(?:the\s+)?(?:previous|prior|last|year)\s*(?:year|before|earlier)?|\s+year[- ](?:over|on)[- ]year|\s+yoy)?"
_ASKS = re.compile(
    rf"(?:and\s+|so\s+)?(?:what(?:\s+(?:was|is)|['’]s)\s+)?(?:the\s+|its\s+)?(?:annual\s+|yoy\s+|year[- ](?:over|on)[- ]year\s+|percentage\s+|percent\s+|%\s+)*{_WHAT}{_OVER}"
    rf"|(?:and\s+)?(?:by\s+)?how\s+(?:much|fast)\s+(?:did|has)\s+(?:it|that|this)\s+(?:grow|grown|rise|risen|fall|fallen|changed?|increased?|decreased?){_OVER}"
    r"|(?:and\s+)?(?:by\s+)?how\s+(?:much|many)\s+(?:more|less|fewer|higher|lower|better|worse|larger|smaller)\s+(?:is|was|are|were)\s+(?:that|it|this|they)\s+(?:than|compared\s+with)\s+(?:in\s+)?(?:the|a|last)\s*(?:year|previous\s+year|prior\s+year|year\s+before)(?:\s+(?:earlier|before|ago))?"
    r"|(?:and\s+)?(?:how\s+does\s+(?:that|it|this)\s+compare\s+|compared?\s+)(?:with|to)\s+(?:(?:the|a)\s+)?(?:year\s+(?:earlier|before|ago)|last\s+year|(?:previous|prior)\s+year)"
    r"|(?:那|这)?(?:和|与|跟|同|较|比|相比)(?:去年|上年|前一年|上一年)(?:同期)?(?:相?比|相比较)?(?:呢|如何|怎么样|多了多少|少了多少|增长多少|增长了多少|变化多少)?"
    r"|(?:and\s+|what about\s+)?(?:the\s+)?(?:yoy|y/y|year[- ](?:over|on)[- ]year)|(?:那)?同比"
    r"|(?:那|其|它的?)?(?:同比)?(?:增速|增长率|增幅|涨幅|降幅|变化幅度|同比变化|同比增长)(?:是多少|有多少|如何|怎么样|呢)?|(?:那|它)?(?:同比)?(?:增长|变化|下降)了?多少",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:and\s+|so\s+)?(?:(?:what|how\s+much)\s+(?:is|was)\s+(?:that|it|this)\s+)?(?:as\s+)?(?:in\s+)?(?:a\s+|the\s+|what\s+)?(?:%|per\s*cent(?:age)?|share|proportion|fraction)\s+of\s+(?P<of>(?![^?]*\b(?:did|does|do|has|had|(?:is|was|are|were)(?!\s+(?:that|it|this)\b)|comes?|came|goes|went|from)\b)[\w' -]{3,40}?)(?:\s+(?:is|was)\s+(?:that|it|this))?"
    r"|(?:它|那)?占(?P<zhof>[\u4e00-\u9fff]{2,8}?)(?:的)?(?:比例|比重|比|多少|多大比例)(?:是多少|多少)?|(?:那)?占比(?P<zh>是多少|多少|呢)?",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?:and\s+)?(?P<en>per\s+(?:diluted\s+)?(?:share|employee|customer|unit|store|barrel|tonne|ton|ounce|day))|(?P<zh>每股|人均|单店|每吨)(?:呢)?",
    re.IGNORECASE,
)
_PARTS = r"(?:(?:business\s+)?segments?|regions?|products?|geograph(?:y|ies)|divisions?|countr(?:y|ies)|channels?|business(?:es)?|customers?)"
_SPLIT = re.compile(
    rf"(?:and\s+)?(?:(?:can\s+you\s+)?(?:split|break)(?:\s+(?:it|that|this))?(?:\s+down|\s+up)?\s+|(?:the\s+)?(?:breakdown|split)\s+|broken\s+down\s+)?(?P<by>by\s+{_PARTS})(?:\s+please)?|(?:the\s+)?(?:breakdown|split)"
    r"|(?:那)?(?:按|分)(?P<zh0>业务|产品|地区|区域|板块|分部|渠道|国家)(?:来?看|拆分|划分)?(?:一下)?|(?:拆分|细分)(?:一下|来看)?",
    re.IGNORECASE,
)
_EXPECTS = re.compile(r"\b(?:expect|forecast|model|estimate|assume|project)\b|预[计测期]|测算", re.IGNORECASE)
_FORECAST = re.compile(
    r"(?:forecast|estimate|guidance|outlook|projection|consensus)s?|(?:全年|年度)?(?:业绩)?(?:预测|指引|预期)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"how many\s+(\w[\w\s-]*?)\s+(?=(?:did|does|do|has|have|had|will|are|were|is|was)\b)", re.IGNORECASE
)
_MANY_OF = re.compile(r"[a-z]{2}(?<![sui])s$|staff|people$")
OWNED = re.compile(
    r"^给出?的|^(?:他们|她们|它们?|[他她])?的|^(?:其|(?:该|这家)公司的?)|^(?:on|in|for|of)\s+", re.IGNORECASE
)
YES_NO_ZH = re.compile(r"吗[?？]*$")
_ENDS = " \t?？。.!！呢"


def of_the_figure(question: str, old: Frame) -> str:
    """The question before for the growth, the share, the split or the ratio of its figure; empty where none is asked for."""
    made = (each(question, old.text, old) for each in (_of_growth, _of_share, _of_split, _of_each))
    return next((whole for whole in made if whole), "")


def _of_growth(question: str, before: str, old: Frame) -> str:
    """The question for the growth of the figure that the one before asked for; empty when it asks for anything else."""
    if not _ASKS.fullmatch(question.strip(_ENDS)) or len(old.names) > 1:
        return ""
    if not any(beside(spot.text) for spot in old.topics):
        return with_words(before, ["同比" if old.chinese else "year on year"], old.chinese)
    name = old.names[0].text if old.names else ""
    when = old.periods[0].period.surface.strip() if old.periods and old.periods[0].period else ""
    topic = " ".join(spot.text for spot in old.topics if beside(spot.text))
    if old.chinese:
        return f"{name}{when}的{topic}同比变化多少?"
    owner = f"{name}'s {topic}" if name else topic
    return f"How much did {owner} grow{f' {placed(old.periods[0])}' if when else ''}?"


def _of_each(question: str, before: str, old: Frame) -> str:
    """`Per share?`, 每股呢: the figure of the question before for each; else empty."""
    match = _EACH.fullmatch(question.strip(_ENDS))
    topic = next((spot for spot in old.topics if beside(spot.text)), None)
    if match is None or topic is None:
        return ""
    if match["zh"]:
        return f"{before[: topic.start]}{match['zh']}{before[topic.start :]}"
    return f"{before[: topic.end]} {match['en']}{before[topic.end :]}"


def _of_split(question: str, before: str, old: Frame) -> str:
    """`Split by segment please`, 分地区呢: the figure of the question before by its parts; else empty."""
    match = _SPLIT.fullmatch(question.strip(_ENDS))
    if match is None or not old.topics or not old.names:
        return ""
    stem = STOP.sub("", before)
    if old.chinese:
        topic = old.topics[0]
        return f"{before[: topic.start]}分{match['zh0'] or '业务'}{before[topic.start :]}"
    return f"{stem} {match['by'] or 'by segment'}?"


def _of_share(question: str, before: str, old: Frame) -> str:
    """`As a percentage of total sales?`, 占营收多少: the share that the figure of the question before has; else empty."""
    match = _SHARE.fullmatch(question.strip(_ENDS))
    owners = [spot for spot in old.names if spot.kind in ("company", "name")]
    figure = [
        spot for spot in old.topics if match and spot.text.lower() != (match["of"] or match["zhof"] or "").lower()
    ]
    if match is None or len(owners) != 1 or not (figure or old.subjects or old.words):
        return ""
    spots = sorted((*old.subjects, *old.words, *old.topics), key=lambda spot: spot.start)
    what = before[spots[0].start : max(spot.end for spot in spots)] if figure else (old.subjects or old.words)[0].text
    when = old.periods[0] if len(old.periods) == 1 else None
    if old.chinese:
        time = when.period.surface.strip() if when and when.period else ""
        return f"{owners[0].text}{time}{what}占{match['zhof'] or '营业收入'}的比例是多少?"
    of = re.sub(r"^(?:the|its|their)\s+", "", (match["of"] or "total revenue").strip(), flags=re.IGNORECASE)
    return f"What percentage of {owners[0].text}'s {of}{f' {placed(when)}' if when else ''} was {what}?"


def other_figure(said: str, own: Frame, old: Frame, asks: str = "") -> str:
    """Another figure of whom the question before asked about, at its time; of a house where it is the house's to say."""
    topic = ARTICLE.sub("", OWNED.sub("", said)).strip()
    whole = _forecast(topic, own, old)
    if whole or not topic:
        return whole
    start, end = figure_span(old)
    if not end and not old.firms and (measures := [s for s in old.subjects if "macro" in kinds(s.text)]):
        return swapped(old.text, [(measures[0], topic)])
    yes_no = YES_NO_ZH.search(old.text) or re.match(rf"{AUX}\b", old.text, re.IGNORECASE)
    theirs = all(AHEAD.search(spot.text) or DATELESS.search(spot.text) for spot in own.topics)
    counted = _COUNTED.match(old.text)
    if counted and not (theirs or own.periods or "macro" in kinds(topic)) and _MANY_OF.search(topic):
        return f"{old.text[: counted.start(1)]}{topic}{old.text[counted.end(1) :]}"
    says = theirs or _EXPECTS.search(old.text)
    in_it = len(old.firms) > 1 or old.text.lower().startswith("who ") or (old.houses and (says or not old.firms))
    if theirs and len(old.houses) == len(old.firms) == 1 and (asks or not own.periods):
        return of_a_house(topic, old, asks)
    if in_it and end and not (own.periods or yes_no) and (theirs or beside(topic)):
        figure = Spot(start, end, old.text[start:end], "topic")
        times = [spot for spot in old.periods if start >= spot.end or end <= spot.start]
        drop = [(s, "") for s in times if theirs and all(DATELESS.search(t.text) for t in own.topics)]
        return swapped(old.text, [(figure, topic), *drop])
    owner = old.firms[0] if len(old.firms) == 1 else None
    if not old.names and not alike(own.subjects, old):
        owner = of_which(own, old) or next(iter(old.subjects), None)
    return elliptic(topic, owner, own_times(own, old), not said.isascii(), asks) if owner else ""


def of_a_house(topic: str, old: Frame, asks: str) -> str:
    """What a house says of a company: `What is Foo's target for Bar?`."""
    house, firm = old.houses[0].text, old.firms[0].text
    if old.chinese or not topic.isascii():
        return f"{house}对{firm}的{topic}{asks or '是什么'}?"
    return f"What is {house}'s {topic} for {firm}?"


def own_times(own: Frame, old: Frame) -> list[Spot]:
    """The times of the earlier question that hold for what is newly asked: none for a target, which has its report's date."""
    if own.periods or VIEW.search(own.text) or "全年" in own.text:
        return []
    dateless = bool(own.topics) and all(DATELESS.search(topic.text) for topic in own.topics)
    return [
        s
        for s in old.periods
        if not RELATIVE.search(s.text) and (not dateless or (s.period and (s.period.end - s.period.start).days < 60))
    ]


def _forecast(topic: str, own: Frame, old: Frame) -> str:
    """`And the forecast for next year?` is of the figure that was asked for; empty for anything else."""
    start, end = figure_span(old)
    if len(own.topics) != 1 or not _FORECAST.fullmatch(own.topics[0].text) or own.words or not end:
        return ""
    figure = old.text[start:end]
    if AHEAD.search(figure) or DATELESS.search(figure):
        return ""
    owner = next(iter(old.firms), None) or next(iter(old.subjects), None) or of_which(own, old)
    if owner is None:
        return ""
    word = own.topics[0].text
    if own.chinese:
        return f"{owner.text}{topic.replace(word, figure.removeprefix(owner.text) + word)}?"
    what = f"the {figure}" if owner.text in figure or owner.kind == "subject" else f"{owner.text}'s {figure}"
    return f"What is the {word} for {what}{topic.partition(word)[2]}?"
