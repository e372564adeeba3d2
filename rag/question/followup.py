"""Follow-up questions: completed from the earlier ones before anything is searched. History never becomes evidence.

Rules only: a question that leans on the one before takes over what it leaves out (name, period, what is asked), and is
written as a question that can stand alone. A question with a subject of its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.language.analysis import language
from rag.question.followup_growth import of_growth
from rag.question.followup_parts import Parts, Spot, parts_of
from rag.question.followup_points import owned, points_at_topic, whom, with_year
from rag.question.followup_text import STOP, bracketed, elliptic, swapped, with_words
from rag.question.followup_time import step_of, stepped, written
from rag.types import Report

MOST = 8  # earlier questions looked at

_OPENER = re.compile(
    r"^\s*(?:(?:and|but|so|also|then|ok(?:ay)?|now|well|what about|how about|what else about|(?:the )?same (?:question )?for|now for)\b[\s,:]*)+"
    r"|^\s*(?:(?:那么|那|还有|另外|以及|其中|然后|同样|至于|再看看?|又|换成|换作|换到|改成|改为|如果是|要是|对于|再问一下|好的?[,，])[,，\s]*)+",
    re.IGNORECASE,
)
_CLOSER = re.compile(r"(?:\s*(?:呢|吗|嘛|怎么样|怎样|如何|then|as well|too))?\s*[?？。.!！]*\s*$", re.IGNORECASE)
_POINTER = re.compile(
    r"\b(?:it|its|they|their|theirs|them|this|that|these|those|the same|former|latter|he|she|his|her|there"
    r"|the (?:company|firm|bank|report|note|stock|shares?|broker|issuer|group|author|analysts?)(?:['’]s)?)\b"
    r"|它们?|他们?|她|其(?!中|他|它|实|余|次)|该(?:公司|股|行|报告|券商|机构)?|这[家份个只]|那[家份个只]|上述|此|公司(?=的)",
    re.IGNORECASE,
)
# `the ratings that Foo gave` points at nothing
_OF_WHOM = re.compile(r"(\b(?:the|all|any|both) (?:[\w-]+ ){1,3})that(?= [A-Z])")
_OWNER = re.compile(
    r"\b(?:its|their|his|her|the (?:company|firm|bank|group|stock)['’]s)\b|它们?的|其(?!中|他|它|实|余|次)|该公司的?|公司的",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|they|the (?:company|firm|bank|group|issuer))\b(?!['’])|它们?|该公司", re.IGNORECASE)
_AGAIN = re.compile(
    r"^\W*(?:(?:can you |could you |please )*(?:(?:give me |tell me |show me |any )?(?:some )?more(?: details?| information| about (?:that|this|it))?|details?|elaborate(?: on that| please)?|go on|continue|explain(?: that| further| more)?"
    r"|(?:say (?:it|that) |answer |reply )?in (?:chinese|english|mandarin)(?: please)?|translate(?: (?:it|that))?(?: (?:in)?to (?:chinese|english))?)|please|thanks?|详细(?:点|一点|些|说说|说明|讲讲)?|具体(?:点|一点|呢|说说)?|展开(?:讲讲|说说)?|继续|更多(?:细节|信息|内容)?"
    r"|(?:请)?(?:用|翻译成|换成)(?:中文|英文|英语)(?:回答|说|再说一遍)?|再?(?:说|讲)?(?:详细|具体)(?:点|一点|些)?)[\s,.!?。!?呢吧please]*$",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"^\W*(?:but |and |so )?(?:why(?: is that| so| not| was that| did that happen)?|how come|what(?:'s| is| was) the reason|为什么(?:呢|会这样)?|为何|原因(?:呢|是什么)?|怎么会这样)\W*$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\b(?:compare[ds]?|comparison|versus|vs\.?|relative to)\b|相比|对比|比较|^(?:和|与|跟|同).{1,20}比", re.IGNORECASE
)
_NTH = re.compile(
    r"\b(?P<en>first|second|third|former|latter|last)(?:\s+(?:one|of (?:those|these|them)))?\b(?!\s+(?:quarter|half|year|week|month))|第(?P<zh>[一二三四])[个家份](?!季)|(?P<late>后者)|(?P<early>前者)",
    re.IGNORECASE,
)
_PLACES = {
    "first": 0,
    "former": 0,
    "second": 1,
    "third": 2,
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "latter": -1,
    "last": -1,
}
_ASKS = re.compile(
    r"\b(?:what|which|who|how|when|where|why|is|are|was|were|do|does|did|has|have|had|will|can|list|name|give|summari[sz]e|tell)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:last|this|next|previous|prior|current|today|yesterday)\b|[上本下]个?(?:周|月|季|年)|[今去明昨]|目前|近期",
    re.IGNORECASE,
)
_DATELESS = re.compile(
    r"\b(?:target|rating|recommend|risk|analyst|author)|目标价|评级|风险|分析师|作者|建议", re.IGNORECASE
)


def is_follow_up(question: str, reports: Sequence[Report] = ()) -> bool:
    """Whether a question leans on what was asked before: it opens like one, points back, or has no subject of its own."""
    return _leans(question, parts_of(_core(question), reports))


def resolve(question: str, history: Sequence[str], reports: Sequence[Report] = (), today: date | None = None) -> str:
    """The question as one that can stand alone; unchanged when it is one already.

    ``history``: the earlier questions as they were asked, oldest first. ``reports``: those of the library, so that their
    companies and brokers are known as names. ``today``: from when `last week` counts in an earlier question.
    """
    if not history:
        return question
    day = today or date.today()
    turns = [*history[-MOST:], question]
    whole = turns[0]
    when = parts_of(whole, reports, day).periods
    for turn in turns[1:]:
        if step_of(turn) and when and not parts_of(whole, reports, day).periods:
            whole = with_words(whole, [when[-1].text], language(whole) == "zh")  # of a time that was named further back
        whole = _completed(turn, whole, reports, day)
        when = parts_of(whole, reports, day).periods or when
    return whole


def _core(question: str) -> str:
    """A question without the words that only join it to the one before."""
    return _CLOSER.sub("", _OPENER.sub("", question)).strip(" ,，")


def _leans(question: str, own: Parts) -> bool:
    if _AGAIN.search(question) or _WHY.search(question) or step_of(question):
        return True
    says = own.topics or own.words or own.changes
    if own.names:
        points = _IT.search(question) or _OWNER.search(question)
        if points and all(spot.kind == "broker" for spot in own.names):
            return True  # `what target price does Foo Securities have on it?`
        return not says or bool(_COMPARE.search(question) and _POINTER.search(_OF_WHOM.sub(r"\1", question)))
    if _POINTER.search(question) or _OPENER.search(question):
        return True
    if own.subjects:
        return False
    if not own.words:
        return True
    return len(own.words) + len(own.topics) <= 2 and not (len(own.words) > 1 and _ASKS.match(question.strip()))


def _completed(question: str, before: str, reports: Sequence[Report], today: date) -> str:
    """A question completed from the one before it, which stands alone."""
    question = whom(question, before)
    core = _core(question)
    own, old = owned(question, parts_of(core, reports)), parts_of(before, reports, today)
    if _sets_out(question, own, old):
        return question
    if not _leans(question, own):
        return _in_time(question, own, old) if _OPENER.search(question) else question
    if _AGAIN.search(question):
        return before
    if _WHY.search(question):
        return _because(question, before)
    if growth := of_growth(question, old):
        return growth
    if _COMPARE.search(question):
        return _compared(question, before, own, old)
    nth = _nth(question, old)
    if nth is not None and not own.topics:
        return swapped(before, [(spot, nth.text if spot is old.names[0] else "") for spot in old.names])
    return _moved(question, core, before, own, old) or _with_topic(question, core, before, own, old)


def _sets_out(question: str, own: Parts, old: Parts) -> bool:
    """Whether a question compares things of which the one before named none: it starts anew."""
    if len(own.names) < 2 or not _COMPARE.search(question) or _POINTER.search(question) or _OPENER.search(question):
        return False
    before = {spot.text.lower() for spot in old.names}
    return before.isdisjoint(spot.text.lower() for spot in own.names)


def _because(question: str, before: str) -> str:
    return f"为什么:{before}" if language(before) == "zh" else f"Why: {before}"


def _nth(question: str, old: Parts) -> Spot | None:
    """The name of the earlier question that `the second one` means."""
    match = _NTH.search(question)
    if match is None or len(old.names) < 2:
        return None
    word = (match["en"] or match["zh"] or "").lower()
    place = -1 if match["late"] else 0 if match["early"] else _PLACES[word]
    return old.names[place] if place < len(old.names) else None


def _compared(question: str, before: str, own: Parts, old: Parts) -> str:
    """The earlier question with the name or period that it is to be set beside."""
    others = [spot.text for spot in (*own.names, *own.periods)]
    step = step_of(question)
    if not others and step:
        moved = _step(old, step, language(before) == "zh")
        others = [re.sub(r"^(?:in|for|during|of|on) ", "", moved[1])] if moved else []
    if not others:
        return bracketed(question, [*old.names, *old.topics, *old.periods])
    stem = STOP.sub("", before)
    if language(before) == "zh":
        return f"{stem},与{'、'.join(others)}相比如何?"
    return f"{stem}, compared with {' and '.join(others)}?"


def _step(old: Parts, step: tuple[int, int, str, int], chinese: bool) -> tuple[Spot, str] | None:
    """The earlier question's period and the words for the one that a step leads to."""
    for spot in reversed(old.periods):
        moved = stepped(spot.period, step[2], step[3]) if spot.period else None
        if spot.period and moved:
            surface = spot.period.surface.strip()
            words = written(moved, surface, chinese)
            if spot.period.implied:  # no year was named
                words = re.sub(r"[\s,]*(?:19|20)\d\d年?", "", words)
            return spot, spot.text.replace(surface, words) if surface in spot.text else words
    return None


def _moved(question: str, core: str, before: str, own: Parts, old: Parts) -> str:
    """The earlier question with another name or period in the place of its own; empty when something else is asked."""
    chinese = language(before) == "zh"
    step = step_of(question)
    outside = [*own.topics, *own.words]
    if step:
        outside = [spot for spot in outside if not (step[0] <= question.find(spot.text) < step[1])]
    if own.changes and not outside and not own.names and not own.periods:
        return _changed(before, own.changes[0].text, chinese)
    if outside or not (own.names or own.periods or own.subjects or step):
        return ""
    swaps: list[tuple[Spot, str]] = []
    added: list[str] = []
    if step and (there := _step(old, step, chinese)):
        swaps.append(there)
    elif own.periods:
        period = with_year(core[own.periods[0].start : own.periods[-1].end], old.periods, chinese)
        if len(old.periods) == 1 or (old.periods and len(own.periods) == 1):
            swaps.extend((spot, period if index == 0 else "") for index, spot in enumerate(old.periods))
        else:
            added.append(period)
    elif step:
        added.append(question[step[0] : step[1]])
    new = [*own.names, *own.subjects]
    if new:
        same = _replaced(new, old)
        said = core[new[0].start : new[-1].end]
        if same:
            swaps.extend((spot, said if index == 0 else "") for index, spot in enumerate(same))
        else:
            added.append(said)
    whole = swapped(before, swaps)
    return with_words(whole, added, chinese)


def _replaced(new: Sequence[Spot], old: Parts) -> list[Spot]:
    """The names of the earlier question in whose place a new one stands."""
    kind = new[0].kind
    same = [spot for spot in old.names if spot.kind == kind]
    if kind == "subject":
        same = list(old.subjects)[: len(new)]
    if not same and kind != "subject":
        unknown = [spot for spot in old.names if spot.kind == "name"]
        same = unknown if len(unknown) == 1 else list(old.names) if len(old.names) == 1 else []
    return same


def _changed(before: str, change: str, chinese: bool) -> str:
    """The earlier question about the change of its figure."""
    return with_words(before, [change if change not in before else ""], chinese)


def _with_topic(question: str, core: str, before: str, own: Parts, old: Parts) -> str:
    """A new thing asked of the earlier question's subject, and of its period where such a thing has one."""
    chinese = language(question) == "zh"
    kinds = {spot.kind for spot in own.names}
    names = [spot for spot in old.names if spot.kind not in kinds] if kinds <= {"broker"} else []
    names = names or ([] if own.names else [*old.subjects])
    period = (
        []
        if own.periods or step_of(question)
        else [spot for spot in old.periods if _dated(own, spot) and not _RELATIVE.search(spot.text)]
    )
    carried = [*names, *period]
    if not own.topics and not own.changes:
        carried = [*names, *old.topics, *old.words, *([] if own.periods else old.periods)]
    elif not names:
        carried += list(old.words)
    if points_at_topic(question) or not (own.topics or own.changes or _ASKS.search(core) or chinese):
        carried = [*dict.fromkeys((*names, *old.subjects, *old.topics, *old.words, *period))]
    step = step_of(question)
    moved = _step(old, step, chinese) if step and not own.periods else None
    whole = question
    topic = _OWNER.sub("", core).strip()
    bare = own.topics and topic.startswith(own.topics[0].text) and not own.words and not _ASKS.search(core)
    if bare and len(names) == 1 and len(period) < 2 and not moved:
        return elliptic(topic, names[0], period, chinese)
    if len(names) == 1 and (owner := _OWNER.search(question)):
        mark = "的" if chinese and owner[0].endswith("的") else "" if chinese else "'s"
        whole = question[: owner.start()] + names[0].text + mark + question[owner.end() :]
        carried.remove(names[0])
    elif len(names) == 1 and own.topics and (it := _IT.search(question)):
        whole = question[: it.start()] + names[0].text + question[it.end() :]
        carried.remove(names[0])
    return bracketed(whole, carried, [moved[1]] if moved else [])


def _dated(own: Parts, spot: Spot) -> bool:
    """Whether a period goes with what is newly asked: a target price or a rating has the date of its report alone."""
    dateless = own.topics and all(_DATELESS.search(topic.text) for topic in own.topics)
    return not dateless or (spot.period is not None and spot.period.kind in ("day", "week", "month", "range"))


def _in_time(question: str, own: Parts, old: Parts) -> str:
    """`And what was Foo's capex?` is of the period asked about before, unless it names one."""
    if own.periods or not own.topics:
        return question
    return bracketed(question, [spot for spot in old.periods if _dated(own, spot)])
