"""Follow-ups that ask the same again: as it was, of what was meant instead (`no, Foo`, 不是甲,是乙), of another house (`does Foo
agree?`), another way (`and when?`), or why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup.frame import Frame
from rag.followup.marks import AGAIN, AUX, DATELESS, FORMER, OPENER, WHY
from rag.followup.shelf import Shelf
from rag.followup.write import ARTICLE, OWNER_ZH, STOP, swapped, upper, with_words
from rag.question.rise_fall import MOVES, beside

_SAME = re.compile(
    rf"\W*(?:(?:and|but|so)\s+)*{AUX}\s+(?P<who>[^?,]{{2,40}}?)\s+(?:also\s+)?(?:think|say|see|believe|feel|agree|share|do|expect)\w*"
    r"(?:\s+(?:so|that|it|the same(?: thing)?|(?:it )?that way|(?:that|this|the same) view|with (?:that|it|this|them)))?(?:\s+(?:too|as well|also))?\W*"
    r"|(?P<zh>[^,，?？]{2,20}?)(?:也|是不是也|是否也)?(?:是)?(?:这么|这样|同样|那么)(?:看|认为|想|说|觉得|判断)的?(?:吗|么)?[?？]?|(?P<zh2>[^,，?？]{2,20}?)(?:也)?(?:同意|认同|赞同)(?:吗|这[个一]?(?:看法|观点|说法|判断)吗?)?[?？]?",
    re.IGNORECASE,
)
_OOPS = r"(?:(?:no|nope|sorry|wait|oops|whoops|actually|i\s+meant?)[\s,.!]+)*"
_NOT = re.compile(
    rf"\W*{_OOPS}not\s+(?:for\s+|in\s+|of\s+)?(?P<old>[^,;.?]{{2,40}})[,;.]?\s+(?:but\s+|i\s+meant?\s+|rather\s+)?(?P<new>[^?]{{2,60}}?)\W*"
    r"|\W*(?:不对|错了|我?说错了)?[,，\s]*不是(?:问|说)?(?P<zhold>[^,，]{2,20})[,，]\s*(?:而?是|我[问说指]的是)(?P<zhnew>[^?？]{2,30}?)[?？]?",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(
    rf"\W*{_OOPS}(?P<new>[^,;.?]{{2,40}}?)[,;]?\s+(?:and\s+)?not\s+(?P<old>[^,;.?]{{2,40}}?)\W*", re.IGNORECASE
)
_BEHIND = re.compile(r"\s*(?:,|、|&|\band\b|\bor\b|\bversus\b|\bvs\.?|和|与|及|跟)\s*")
_OTHER = re.compile(
    r"(?:the\s+)?other(?:\s+(?:one|company|bank|firm|broker|house|stock|name|quarter|year|report))?|另(?:外)?一?[家个只份]?(?:公司|券商|机构)?|别的那?[家个]",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"\W*(?:(?:and|but|so)\s+)*(?P<way>(?:by\s+|in\s+|to\s+|from\s+|for\s+|at\s+)?(?:when|where|since\s+when|at\s+what\s+\w+|how\s+(?:often|long|soon|many\s+\w+|much)|what\s+(?:level|price|rate|year|date)|which\s+(?:year|quarter|month)))(?P<rest>(?:\s+(?:in|for|during|by|at)\s[^?]+)?)\W*",
    re.IGNORECASE,
)
_WH = re.compile(
    rf"(?:(?:by|in|to|from)\s+)?(?:when|where|why|what|how)\b(?:\s+(?!{AUX}\b)\w+){{0,3}}\s+(?={AUX}\b)|whom?\s+(?!is\b|are\b|was\b|were\b)",
    re.IGNORECASE,
)
_WAYS_ZH = "[涨跌升降增减高低多少快慢变]|[上下][涨跌升降调行滑]|提[高升]|回[升落]|走[高低]|改善|恶化|够用"
_ZH_FURTHER = re.compile(
    rf"(?:那|又)?(?P<what>(?:能不?能?|可以?|会不?会?)持续吗|可持续吗|[上下]调了?多少|[涨跌升降增减][了没](?:吗|多少)?|有(?:没有)?变化吗?|(?:排名?|是)第几|谁更?[高低大小多少快慢]|算高吗|高不高|怎么走|(?:(?:为什么|为何|怎么)(?:会|又|能|可以)?|[比较][^,，?？]{{1,10}}?|周|环比)(?:大幅|明显|这么)?(?:{_WAYS_ZH})[^,，?？]{{0,6}}?)[?？]?"
)
_REASON_ZH = (
    "原因|理由|缘由|缘故|因素|逻辑|为什么|为何|何故|怎么|拖累|推动|带动|驱动|拉动|支撑|导致|造成|引起|影响|来自|背后"
)
_GOES_ZH = "放缓|加[快速]|企稳|回暖|承压|走[强弱平]|转[正负弱强]|扭亏|不变|持平|超预期|不及预期|偏[高低]|持续"
# Words that say nothing beside a reason or a way that something goes: 下降是什么原因, 怎么反而升了, 主要拖累是什么.
_ONLY_SAYS_ZH = re.compile(
    rf"{_REASON_ZH}|{_GOES_ZH}|{MOVES.pattern}|是|的|了|呢|吗|又|还|也|却|反而|反倒|会|能|可以|这么|那么|如此|主要|最大|什么|哪些|谁|啥|大幅|明显|有所|略|多少|幅度|一些|点|有|在|于|因为|由于|由|受|[大多快少猛涨跌升降增减,，?？\s]",
    re.IGNORECASE,
)
_SAYS_WAY_ZH = re.compile(rf"{_REASON_ZH}|{_GOES_ZH}|{MOVES.pattern}|[升降增减]了", re.IGNORECASE)
_WHICH_ZH = re.compile(r"(?:什么|怎样的|怎么样的|多少)(?=[\u4e00-\u9fff]{2,8}[?？]*$)")
ASKED_ZH = re.compile(
    r"(?:(?<![本上])周|环比|同比)?(?:[涨跌升降增减]|增长|下降|上涨|下跌|上升|下滑|变化)?了?(?:是|有|报|为|达到?)?(?:多少|多大|多高|几.{0,2}|什么|如何|怎么样|吗)[?？]*$"
)
_OF_WHAT = re.compile(
    r"\W*(?:and\s+|so\s+)?(?:(?:up|down)\s+)?(?:on|at|to|from|in|by|with|for|against)\s+(?:what|which|whom)\b(?:\s+[\w-]+){0,3}\W*",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"^(?:有没有|有)(?:人|谁|券商|机构)|^(?:does|do|did|is|has)\s+any(?:one|body|\s+(?:broker|house|analyst)s?)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:who|whom|whose|broker|house|analyst)\b|谁|哪[家个]", re.IGNORECASE)
LEAST_ZH = 4  # characters that say what is asked about
_YES_NO = re.compile(rf"{AUX}\b", re.IGNORECASE)
_DENIED = {"will": "won't", "can": "can't"}


def asked_again(turn: str, old: Frame) -> str:
    """The last question once more, where a follow-up asks only for more of it, why, what it was before, or another way."""
    if AGAIN.search(turn):
        return _ANYBODY.sub("哪家券商" if old.chinese else "Which house", old.text) if _WHO.search(turn) else old.text
    if WHY.search(turn):
        return _because(turn, old)
    if _OF_WHAT.fullmatch(turn) and not _WAY.fullmatch(turn):
        return with_words(old.text, [turn.strip(" ?.")], old.chinese)
    return _earlier_value(turn, old) or _another_way(turn, old) or _told_further(turn, old)


def agreeing_house(turn: str, shelf: Shelf) -> str:
    """`Does Foo agree?` as `and Foo?`; unchanged where it is anything else."""
    match = _SAME.fullmatch(turn)
    if match is None:
        return turn
    own = shelf.read(match["who"] or match["zh"] or match["zh2"])
    if not own.names or own.topics or own.words or own.subjects:
        return turn
    return f"{own.text}呢?" if own.chinese else f"and {own.text}?"


def put_right(turn: str, wholes: Sequence[Frame], shelf: Shelf) -> str:
    """`Not Foo, Bar`, `Bar, not Foo`, `not Foo, the other one`, 不是甲,是乙: the last question with the one in the place of the
    other; else empty."""
    match = _NOT.fullmatch(turn) or _BUT_NOT.fullmatch(turn)
    if match is None:
        return ""
    groups = match.groupdict()
    wrong, right = groups["old"] or groups.get("zhold") or "", groups["new"] or groups.get("zhnew") or ""
    wrong, right = ARTICLE.sub("", wrong), right if _OTHER.fullmatch(right) else ARTICLE.sub("", right)
    if _OTHER.fullmatch(right):
        right = _other(wrong, wholes)
    last = wholes[-1]
    spots = (*last.names, *last.periods, *last.subjects, *last.topics, *last.words)
    known = [spot for spot in spots if wrong.lower() in spot.text.lower() or spot.text.lower() in wrong.lower()]
    if not (known and right):
        return ""
    if not any(spot.text.lower() == right.lower() for spot in spots):
        return swapped(last.text, [(known[0], right)])
    rest = _BEHIND.match(last.text, known[0].end)  # of the two that were asked about, the new one alone
    return f"{last.text[: known[0].start]}{last.text[rest.end() :]}" if rest else swapped(last.text, [(known[0], "")])


def _other(wrong: str, wholes: Sequence[Frame]) -> str:
    """The name that was asked about before ``wrong`` was: the nearest one that is not part of it."""
    for frame in reversed(wholes):
        for spot in reversed(frame.names):
            known = spot.text.lower()
            if spot.kind in ("company", "name") and known not in wrong.lower() and wrong.lower() not in known:
                return spot.text
    return ""


def _because(turn: str, old: Frame) -> str:
    """`Why?` of `did the margin fall?` is why it did, of any other question that question as it is, behind `Why:`."""
    verb = _YES_NO.match(old.text)
    if old.chinese:
        stem = stem_zh(old.text)
        figure = any(
            beside(spot.text) and old.text.find(spot.text) + len(spot.text) == len(stem) for spot in old.topics
        )
        way = MOVES.search(old.text, len(stem))
        return (
            f"{stem}{way[0] if way else '变化'}的原因是什么?" if stem != old.text and figure else f"为什么:{old.text}"
        )
    if verb is None:
        return f"Why: {old.text}"
    said = verb[0].lower()
    if re.search(r"\bnot\b", turn, re.IGNORECASE):
        said = _DENIED.get(said, f"{said}n't")
    return f"Why {said}{old.text[verb.end() :]}"


def _earlier_value(turn: str, old: Frame) -> str:
    """`What was it before?` of a target or a rating; empty when anything else is asked."""
    topics = [spot for spot in old.topics if DATELESS.search(spot.text)]
    if not FORMER.fullmatch(turn):
        return ""
    if len(topics) != 1:
        return with_words(old.text, ["此前" if old.chinese else "previously"], old.chinese)
    word = "previous " if topics[0].text.isascii() else "此前的"
    return swapped(old.text, [(topics[0], word + topics[0].text)])


def _another_way(turn: str, old: Frame) -> str:
    """`And when?`, `how many times in the second half?`: the question before with another question word; else empty."""
    match = _WAY.fullmatch(turn)
    asked = _WH.match(old.text) or _YES_NO.match(old.text)
    if match is None or asked is None:
        return ""
    time = match["rest"].strip()
    rest = swapped(old.text, [(spot, "") for spot in old.periods]) if time else old.text
    rest = rest[asked.end() :] if asked.re is _WH else rest[:1].lower() + rest[1:]
    return upper(f"{match['way']} {STOP.sub('', rest).strip()}{' ' if time else ''}{time}?")


def _told_further(turn: str, old: Frame) -> str:
    """`为什么下降?`, 比上周涨了多少, 下滑是什么原因: what the question before is about, and what is asked of it now; else empty."""
    match = _ZH_FURTHER.fullmatch(turn)
    stem = stem_zh(old.text)
    if stem == old.text or len(stem) < LEAST_ZH or not old.chinese:
        return ""
    if match:
        return f"{stem}{match['what']}?"
    said = STOP.sub("", OWNER_ZH.sub("", OPENER.sub("", turn)))
    only = _SAYS_WAY_ZH.search(said) and not _ONLY_SAYS_ZH.sub("", said)
    return f"{stem}{said}?" if only else ""


def stem_zh(question: str) -> str:
    """What a Chinese question asks about, without its asking; unchanged where that does not end it: 给甲什么评级, 收入是多少."""
    stem = ASKED_ZH.sub("", question)
    return (
        stem if stem != question else STOP.sub("", _WHICH_ZH.sub("", question)) if _WHICH_ZH.search(question) else stem
    )
