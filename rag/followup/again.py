"""Follow-ups that ask the same again of another thing, in whatever words: put right (`no, I meant Foo`, `not Foo, the other
one`, 说错了,是…), asked of another house (`does Foo agree?`, …也这么看吗), or another way (`and when?`).

Each is written as the short form that says so (`and Foo?`), or is the earlier question with the new thing in the old one's place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.followup.marks import ASKS, AUX
from rag.followup.parts import Parts, parts_of
from rag.followup.points import acts, alike
from rag.followup.text import STOP, swapped, upper
from rag.language.analysis import language
from rag.types import Report

_SAME = re.compile(
    rf"\W*(?:(?:and|but|so)\s+)*{AUX}\s+(?P<who>[^?,]{{2,40}}?)\s+(?:also\s+)?(?:think|say|see|believe|feel|agree|share|do|expect)\w*"
    r"(?:\s+(?:so|that|it|the same(?: thing)?|(?:it )?that way|(?:that|this|the same) view|with (?:that|it|this|them)))?(?:\s+(?:too|as well|also))?\W*"
    r"|(?P<zh>[^,，?？]{2,20}?)(?:也|是不是也|是否也)?(?:是)?(?:这么|这样|同样|那么)(?:看|认为|想|说|觉得|判断)的?(?:吗|么)?[?？]?|(?P<zh2>[^,，?？]{2,20}?)(?:也)?(?:同意|认同|赞同)(?:吗|这[个一]?(?:看法|观点|说法|判断)吗?)?[?？]?",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\W*(?:(?:no|nope|sorry|wait|oops|actually)[\s,.!]+)*not\s+(?:for\s+|in\s+|of\s+)?(?P<old>[^,;.?]{2,40})[,;.]?\s+(?:but\s+|i\s+meant?\s+|rather\s+)?(?P<new>[^?]{2,60}?)\W*"
    r"|\W*(?:不对|错了|我?说错了)?[,，\s]*不是(?:问|说)?(?P<zhold>[^,，]{2,20})[,，]\s*(?:而?是|我[问说指]的是)(?P<zhnew>[^?？]{2,30}?)[?？]?",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*(?:,|、|&|\band\b|\bor\b|\bversus\b|\bvs\.?|和|与|及|跟)\s*")
_OTHER = re.compile(
    r"(?:the\s+)?other(?:\s+(?:one|company|bank|firm|broker|house|stock|name|quarter|year|report))?|另(?:外)?一?[家个只份]?(?:公司|券商|机构)?|别的那?[家个]",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"\W*(?:(?:and|but|so)\s+)*(?P<way>(?:by\s+|in\s+|to\s+|from\s+)?(?:when|where|since\s+when|at\s+what\s+\w+|how\s+(?:often|long|soon|many\s+\w+|much)|what\s+(?:level|price|rate|year|date)|which\s+(?:year|quarter|month)))(?P<rest>(?:\s+(?:in|for|during|by|at)\s[^?]+)?)\W*",
    re.IGNORECASE,
)
_WH = re.compile(
    rf"(?:(?:by|in|to|from)\s+)?(?:when|where|why|what|how)\b(?:\s+(?!{AUX}\b)\w+){{0,3}}\s+(?={AUX}\b)",
    re.IGNORECASE,
)
_ASKS_ZH = re.compile(r"多少|什么|[谁哪]|几(?=[个家人次年天])")
_SMALL_ZH = re.compile(
    r"多少|什么|怎么样|如何|[那又的了呢吗是有在对和与跟比谁哪几个家也都到为,，?？\s]|[上下前后去今明本这]?(?:[一两二三]?个?(?:季度?|周|月|年))|同期|[\x00-\x7f]"
)
MOST = 3  # words of a thing
_JOINED = re.compile(r"^(?:for|of|at|with|from|to)\s+(?=\S)(?:the\s+)?|['’]s$", re.IGNORECASE)
_WAYS_ZH = "[涨跌升降增减高低多少快慢变]|[上下][涨跌升降调行滑]|提[高升]|回[升落]|走[高低]|改善|恶化|够用"
_ZH_FURTHER = re.compile(
    rf"(?:那|又)?(?P<what>(?:(?:为什么|为何|怎么)(?:会|又)?|[比较][^,，?？]{{1,10}}?|周|环比)(?:大幅|明显)?(?:{_WAYS_ZH})[^,，?？]{{0,6}}?)[?？]?"
)
_ZH_ASKED = re.compile(
    r"(?:周|环比|同比)?(?:[涨跌升降增减]|增长|下降|上涨|下跌|上升|下滑|变化)?了?(?:是|有|报|为|达到?)?(?:多少|多大|多高|几.{0,2}|什么|如何|怎么样|吗)[?？]*$"
)
LEAST_ZH = 4  # characters that say what is asked about
_NO_THING = re.compile(rf"{ASKS.pattern}|[谁哪吗怎何什几]|多少|了$|[涨跌升降增减]", re.IGNORECASE)
_YES_NO = re.compile(rf"{AUX}\b", re.IGNORECASE)


def plainly(question: str, reports: Sequence[Report], today: date | None) -> str:
    """`Does Foo agree?` as `and Foo?`; unchanged where it is anything else."""
    match = _SAME.fullmatch(question)
    if match is None:
        return question
    who = match["who"] or match["zh"] or match["zh2"]
    own = parts_of(who, reports, today)
    if not own.names or own.topics or own.words or own.subjects:
        return question
    return f"{who}呢?" if language(question) == "zh" else f"and {who}?"


def put_right(question: str, wholes: Sequence[str], reports: Sequence[Report], today: date | None) -> str:
    """`Not Foo, Bar`, `not Foo, the other one`, 不是甲,是乙: the last question with the one in the place of the other; else empty."""
    match = _NOT.fullmatch(question)
    if match is None:
        return ""
    old, new = match["old"] or match["zhold"], match["new"] or match["zhnew"]
    if _OTHER.fullmatch(new):
        new = _other(old, wholes, reports, today)
    parts = parts_of(wholes[-1], reports, today)
    spots = (*parts.names, *parts.periods, *parts.subjects, *parts.topics, *parts.words)
    known = [spot for spot in spots if old.lower() in spot.text.lower() or spot.text.lower() in old.lower()]
    if not (known and new):
        return ""
    if not any(spot.text.lower() == new.lower() for spot in spots):
        return swapped(wholes[-1], [(known[0], new)])
    rest = _BEHIND.match(wholes[-1], known[0].end)  # of the two that were asked about, the new one alone
    return (
        f"{wholes[-1][: known[0].start]}{wholes[-1][rest.end() :]}" if rest else swapped(wholes[-1], [(known[0], "")])
    )


def _other(old: str, wholes: Sequence[str], reports: Sequence[Report], today: date | None) -> str:
    """The name that was asked about before ``old`` was: the nearest one that is not part of it."""
    for before in reversed(wholes):
        for spot in reversed(parts_of(before, reports, today).names):
            known = spot.text.lower()
            if spot.kind in ("company", "name") and known not in old.lower() and old.lower() not in known:
                return spot.text
    return ""


def another_way(question: str, before: str, old: Parts) -> str:
    """`And when?`, `how many times in the second half?`: the question before with another question word; else empty."""
    match = _WAY.fullmatch(question)
    asked = _WH.match(before) or _YES_NO.match(before)
    if match is None or asked is None:
        return ""
    time = match["rest"].strip()
    rest = swapped(before, [(spot, "") for spot in old.periods]) if time else before
    rest = rest[asked.end() :] if asked.re is _WH else rest[:1].lower() + rest[1:]
    return upper(f"{match['way']} {STOP.sub('', rest).strip()}{' ' if time else ''}{time}?")


def told_further(question: str, before: str) -> str:
    """`为什么下降?`, 比上周涨了多少: what the question before is about, and what is asked of it now; else empty."""
    match = _ZH_FURTHER.fullmatch(question)
    stem = _ZH_ASKED.sub("", before)
    if match is None or stem == before or len(stem) < LEAST_ZH or language(before) != "zh":
        return ""
    return f"{stem}{match['what']}?"


def like_for_like(core: str, before: str, own: Parts, old: Parts) -> str:
    """The question before of another thing of a kind that no list knows: `Ozempic?` for Wegovy, `lead?` for zinc; else empty.

    The old thing is the one that stands behind `did` or `is`, else the only subject of a question that names nobody.
    """
    if own.topics or own.periods or own.changes or _NO_THING.search(core) or len(core.split()) > MOST or not core:
        return ""
    if not (own.words or own.subjects or own.names) or any(spot.kind != "name" for spot in own.names):
        return _product(before, own, old)
    core = _JOINED.sub("", core)
    firms = [spot for spot in old.names if spot.kind in ("company", "broker")]
    candidates = [*(spot for spot in old.names if spot.kind in ("name", "index")), *old.subjects, *old.words]
    acting = [spot for spot in candidates if acts(spot, before)]
    if not acting and not firms and len(old.subjects) == 1:
        acting = [*old.subjects]
    if not acting or (own.subjects and (acting[0].kind == "subject" or alike(own.subjects, old))):
        return ""
    if before[acting[0].end :].startswith(core[-1]) and not core.isascii():
        core = core[:-1]  # QX-217组, 对照组
    return swapped(before, [(acting[0], core)])


def _product(before: str, own: Parts, old: Parts) -> str:
    """`五粮液的普五`: a thing of a company in the place of another, with what else says which one it was; else empty."""
    same = alike(own.subjects, old)[:1] if own.subjects and not any(s.kind == "company" for s in old.names) else []
    if not same or len(own.subjects) > 1 or any(spot.kind != "company" for spot in own.names):
        return ""
    end = next((spot.end for spot in old.words if spot.start == same[0].end and language(before) == "zh"), same[0].end)
    return f"{before[: same[0].start]}{own.subjects[0].text}{before[end:]}"


def asks_else(core: str, own: Parts) -> bool:
    """Whether a Chinese question asks something by a word that no list knows: 裁 of 一季度裁了多少人."""
    rest = core
    for spot in (*own.names, *own.periods, *own.subjects):
        rest = rest.replace(spot.text, "")
    return bool(_ASKS_ZH.search(rest)) and bool(_SMALL_ZH.sub("", rest)) and not core.isascii()
