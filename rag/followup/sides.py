"""`Which is higher?`, `who is more bullish?`, 差多少, `both`, `the former's capex`: follow-ups on what the last questions set side by side.

The sides are the names of the last question, where it has several, else its own and those of the nearest earlier question
that asked for another; where only the time was another, the times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag.followup.again import ASKED_ZH
from rag.followup.frame import Frame, Spot
from rag.followup.listed import names_of, of_kind, times_of
from rag.followup.marks import ASKS, COMPARE, OF_WHOM, OPENER, POINTER, core
from rag.followup.meant import figure_span
from rag.followup.shelf import Shelf
from rag.followup.time import COUNTS, ZH_UNITS, moved_on, step_of, stepped, with_year, written
from rag.followup.write import STOP, bracketed, elliptic, swapped, with_words
from rag.question.rise_fall import beside

_MORE = r"(?:(?:more|less) \w+|higher|lower|bigger|larger|smaller|greater|better|worse|highest|lowest|biggest|largest|smallest|ahead|faster|slower|more|most|less)"
_WHICH = re.compile(
    rf"(?:which|who|whose)(?:\s+(?:one|company|firm|broker|house|quarter|half|year|period|of\s+(?:them|the\s+(?:two|three)|these|those)))*\s*(?:['’]s|is|was|has|had|are|were|gives?|expects?|sees?)?\s*(?:the\s+)?{_MORE}(?:\s+one)?"
    r"|(?:是)?(?:[谁哪](?:一?[个家份])?|[两三]家(?:中|里)?[谁哪]家?)(?:的)?(?:更|最|比较)?[高低大小多少快慢好]+(?:一些|一点|些)?"
    r"|[谁哪](?:一?[个家])?[涨跌升降增减]得?更?[多少快慢猛狠]|(?:更|最)[高低大小多少快慢](?:的|的是)?[谁哪](?:一?[个家份])?",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"(?:who|which(?:\s+(?:one|broker|house|of\s+(?:them|the\s+two)))?)(?:\s+is|['’]s)\s+(?:the\s+)?(?:more|most|less|least)\s+(?:bullish|bearish|optimistic|pessimistic|positive|negative|cautious|upbeat|constructive|conservative|confident)"
    r"|[谁哪](?:一?[个家])?更?(?:看好|看多|看空|乐观|悲观|谨慎|积极|保守)",
    re.IGNORECASE,
)
_APART = re.compile(
    r"(?:what(?:['’]s| is| was)\s+)?(?:the\s+)?(?:difference|gap)(?:\s+between\s+(?:them|the\s+two))?|how\s+far\s+apart(?:\s+are\s+they)?|by\s+how\s+much|why\s+(?:the|that|such\s+a|this)\s+(?:big\s+)?(?:difference|gap|disagreement)|what(?:\s+has|['’]s)?\s+changed|what\s+explains\s+(?:the|that|this)\s+(?:difference|gap)|(?:why|where|how)\s+do\s+(?:they|the\s+two)\s+(?:differ|disagree)|(?:by\s+)?how\s+much\s+do\s+(?:they|the\s+two|these)\s+(?:differ|diverge)"
    r"|(?:[这那]?[两二][家者个年份]|它们|二者)?(?:之间)?(?:相?差(?:了)?(?:多少|距|额)|差[距额](?:是多少|多大)?|(?:主要)?分歧(?:在哪里?|是什么|点?在哪里?)?|为(?:什么|何)(?:有)?(?:差异|差别|差这么多|不同|不一样|分歧))",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?:both(?:\s+of\s+them)?|(?:can\s+you\s+)?compare(?:\s+(?:them|both|the\s+two))?|how\s+do\s+(?:they|the\s+two)\s+compare|side\s+by\s+side)(?:\s+please)?"
    r"|(?:[把将]?(?:[这那]?两[家者个份]|它们))?(?:放在?一起|一起)?(?:对比|比较)(?:一下|看看)?|两[家者个]都(?:要|列出来)?",
    re.IGNORECASE,
)
_BEFORES = re.compile(
    r"(?:the\s+)?(?P<n>two|three)(?:\s+(?P<unit>year|quarter|half|month)s?)?\s+(?:before|prior|earlier)(?:\s+(?:that|it))?"
    r"|(?:再)?(?:往)?前(?P<zh>两|三)(?:个)?(?P<zhunit>年|季度|月)(?:呢|的呢)?",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"(?:(?:can\s+you\s+|please\s+)*(?:also\s+)?(?:add|include|throw\s+in)|plus)\s+(?P<new>[^?]{2,60})|(?:再|请)?(?:加上|加入|补上|算上)(?P<zhnew>[^?？]{2,30})",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:by\s+)?how\s+much\s+(?:did|has|have)\s+(?:it|that|this|they)\s+(?P<verb>[a-z]+)(?:\s+by)?|(?:那|它)?(?P<zhverb>增|减|升|降|涨|跌|变化|增长|下降|上升|减少|增加)了?多少",
    re.IGNORECASE,
)
_IS_MORE = re.compile(
    rf"(?:is|are|was|were|do|does|did|has|have)\s+(?P<who>[^?,]{{2,40}}?)(?:['’]s)?\s+(?:the\s+|any\s+|have\s+(?:a\s+)?)?{_MORE}(?:\s+(?:one|then))?(?:\s+than\s+(?:that|it|this|them))?"
    rf"|(?:much\s+)?{_MORE}\s+than\s+(?:(?:for|at|of)\s+)?(?P<than>(?!that|it|this)[^?,]{{2,40}}?)(?:['’]s)?"
    r"|(?P<zhwho>[^,，?？]{2,20}?)的?(?:是不是|是否)?(?:会|要)?(?:更|比较)[高低大小多少快慢好]些?(?:吗|么)?"
    r"|(?:那)?(?:[和与跟]|同(?![比期]))(?P<zhand>[^,，?？]{2,20}?)(?:(?:相)?比,?(?:起来)?)?(?:(?P<zhmost>[谁哪][家个]?更?[高低大小多少快慢好])|怎么样|如何|(?P<gap>(?:相?差)(?:了)?多少))",
    re.IGNORECASE,
)
_EXTREME = re.compile(
    r"(?P<who>(?:which|what)(?: (?:one|other))?(?: (?:broker|house|bank|company|firm|stock|analyst)s?)?|who)\s+(?:else\s+)?(?:is|has|have|had|are|was|gives?|sets?)\s+(?:the\s+)?(?P<way>highest|lowest|biggest|largest|smallest|best|worst|most|least)(?:\s+one)?"
    r"|(?P<zh>[谁哪]一?[个家只]?(?:券商|公司|机构|银行)?)(?:的)?(?P<most>最[高低大小多少快慢好差])的?",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:vs\.?|versus|against|compared\s+(?:to|with))\s+(?:the\s+)?(?P<what>[\w&' -]{3,40})", re.IGNORECASE
)
MOST_ZH = 8  # characters of a name that no list knows
_ENDS = " \t,，?？。.!！呢呀啊"
_UNITS = frozenset({"half", "quarter", "month"})  # what a time is counted by; a day, as any other, by years


def set_beside(turn: str, wholes: Sequence[Frame], shelf: Shelf) -> str:
    """The question that a short follow-up on several sides means; empty where it is none, or there are no two sides.

    ``wholes``: the questions before, completed, oldest first.
    """
    said, last = OPENER.sub("", turn).strip(_ENDS), wholes[-1]
    if back := _BEFORES.fullmatch(said):
        return _times_before(back, last)
    if moved := _MOVED.fullmatch(said):
        return _between(moved, wholes)
    if added := _ADDED.fullmatch(said):
        return _with(shelf.read(f"for {added['new']}" if added["new"] else added["zhnew"]), last)
    if COMPARE.search(last.text) and (other := _only_named(core(turn), shelf)):
        return _with(other, last)
    if _VIEW.fullmatch(said):
        return _who(said, wholes)
    if (against := _IS_MORE.fullmatch(said)) and (made := _beside_the_last(against, last, shelf)):
        return made
    if against and against["than"]:
        return with_words(last.text, [said], last.chinese)  # `more than last year?`
    adds = bool(_WHICH.fullmatch(said) or _APART.fullmatch(said))
    made = _joined(wholes, said if adds else "") if adds or _BOTH.fullmatch(said) else ""
    return made or _of_all(said, last)


def _only_named(said: str, shelf: Shelf) -> Frame | None:
    """What a few words name, where they are nothing but a name."""
    own = shelf.read(said if not said.isascii() else f"for {said}")
    alone = len(own.names) == 1 and own.names[0].text == said
    return own if alone else None


def _of_all(said: str, last: Frame) -> str:
    """`Which broker has the lowest?`, 哪家最高: of all that have the figure that was asked of one; else empty."""
    match, figure = _EXTREME.fullmatch(said), last.text[slice(*figure_span(last))]
    if match is None or not figure:
        return ""
    whom = [*last.firms] if last.houses else []
    spots = [*whom, *(spot for spot in last.periods if spot.text.strip() not in figure)]
    if match["zh"]:
        return bracketed(f"{match['zh']}{figure}{match['most']}?", spots)
    return bracketed(f"{match['who']} has the {match['way']} {figure}?", spots)


def _beside_the_last(match: re.Match[str], last: Frame, shelf: Shelf) -> str:
    """`Is Foo's better?`, 和甲比谁高: the last question of Foo as well, and which it is; else empty."""
    who = match["who"] or match["than"] or match["zhwho"] or match["zhand"]
    other = shelf.read(who if match["zhwho"] else f"for {who}")
    if match["zhand"] and not other.names and len(who) <= MOST_ZH:
        other = replace(other, names=(Spot(0, 0, who, "company"),))
    if any(beside(spot.text) for spot in (*other.topics, *other.subjects)):
        return ""
    whole = _with(other, last)
    if whole and match["zhand"]:
        return f"{ASKED_ZH.sub('', whole)}{match['zhmost'] or match['gap'] or '相比如何'}?"
    return with_words(whole, [match[0]], last.chinese) if whole else ""


def _between(match: re.Match[str], wholes: Sequence[Frame]) -> str:
    """`By how much did it drop?` after a figure of two times: from the one to the other; empty where there is one time."""
    old = wholes[-1]
    owners = [spot for spot in old.names if spot.kind in ("company", "name")]
    times = sorted(times_of(wholes), key=lambda spot: spot.period.start if spot.period else date.max)
    if len(times) != 2 or len(owners) != 1 or not old.topics or not all(spot.period for spot in times):
        return ""
    first, last = (spot.period.surface.strip() for spot in times if spot.period)
    topic = old.text[slice(*figure_span(old))].strip()
    if old.chinese:
        return f"{owners[0].text}{last}的{topic}比{first}{match['zhverb'] or '变化'}了多少?"
    return f"By how much did {owners[0].text}'s {topic} {match['verb'] or 'change'} from {first} to {last}?"


def _with(own: Frame, old: Frame) -> str:
    """The question before with one more side: `add Foo`; empty where nothing is named."""
    there = [spot for spot in old.names if spot.kind in ("company", "broker", "name")]
    if not own.names or not there:
        return ""
    kind = own.names[0].kind
    if kind == "broker" and not old.houses:
        return ""
    alike = [spot for spot in there if spot.kind == kind] or (there if kind == "broker" else [*old.firms]) or there
    last = alike[-1]
    named = ("、" if old.chinese else " and ").join(spot.text for spot in own.names)
    if len(alike) > 1 and not old.chinese:
        joined = f"{alike[-2].text}, {last.text} and {named}"
        return f"{old.text[: alike[-2].start]}{joined}{old.text[last.end :]}"
    return f"{old.text[: last.end]}{'和' if old.chinese else ' and '}{named}{old.text[last.end :]}"


def _joined(wholes: Sequence[Frame], said: str) -> str:
    """The last question with all sides in the place of its own, and what is asked of them."""
    old = wholes[-1]
    own, names = names_of(wholes)
    if len(names) > 1:
        kept = old.of_kind(names[-1].kind)
        whole = old.text if len(kept) > 1 else swapped(old.text, [(own, _list(names, old.chinese))])
    elif len(times := times_of(wholes)) > 1:
        when = old.periods[0]
        whole = old.text if len(old.periods) > 1 else swapped(old.text, [(when, _list(times, old.chinese))])
    else:
        return ""
    return _asked(with_words(whole, [said] if said else [], old.chinese), old.chinese)


def _who(said: str, wholes: Sequence[Frame]) -> str:
    """`Who is more bullish on Foo, A or B?`; of all brokers where one alone was asked about."""
    company = next((spot for frame in reversed(wholes) for spot in frame.of_kind("company")), None)
    brokers = of_kind(wholes, "broker")
    if company is None:
        return ""
    if not said.isascii():
        return f"{'和'.join(spot.text for spot in brokers) if len(brokers) > 1 else '各券商'}对{company.text}{said}?"
    listed = f", {' or '.join(spot.text for spot in brokers)}" if len(brokers) > 1 else ""
    return f"{said} on {company.text}{listed}?"


def _list(spots: Sequence[Spot], chinese: bool) -> str:
    """Sides in a row; a time keeps the small word in front of it only where it is the first."""
    words = [
        spot.text.strip() if i == 0 or not spot.period else spot.period.surface.strip() for i, spot in enumerate(spots)
    ]
    return ("和" if chinese else " and ").join(words)


def _times_before(match: re.Match[str], old: Frame) -> str:
    """`And the two before?`: the times in front of the last one."""
    spot = next((each for each in reversed(old.periods) if each.period), None)
    if spot is None or spot.period is None:
        return ""
    chinese = old.chinese
    named = (match["unit"] or "").lower() or ZH_UNITS.get(match["zhunit"] or "")
    unit = named or (spot.period.kind if spot.period.kind in _UNITS else "year")
    count = COUNTS[(match["n"] or match["zh"]).lower()]
    moved = [stepped(spot.period, unit, -n) for n in range(1, count + 1)]
    surface = spot.period.surface.strip()
    words = [written(period, surface, chinese) for period in moved if period is not None]
    if len(words) < count:
        return ""
    joined = ("和" if chinese else " and ").join(words)
    said = spot.text.replace(surface, joined) if surface in spot.text else joined
    whole = swapped(old.text, [(spot, said if chinese or said != joined else f"in {said}")])
    return _asked(whole, chinese)


def _asked(whole: str, chinese: bool) -> str:
    """A heading such as `Foo's backlog in 2021 and 2020` as the question that it stands for."""
    if chinese or ASKS.search(whole) or COMPARE.search(whole):
        return whole
    return f"What was {whole}{'' if whole.rstrip().endswith('?') else '?'}"


def compared(turn: str, old: Frame, shelf: Shelf) -> str:
    """`Compared with Foo?`, 和去年比呢: the earlier question with the name or time that it is to be set beside; else empty."""
    if not COMPARE.search(turn):
        return ""
    said = core(turn)
    own, step = shelf.read(said), step_of(said)
    points = POINTER.search(OF_WHOM.sub(r"\1", turn)) and not own.firms
    if (own.topics or own.words) and (own.names or ASKS.search(core(turn))) and not points:
        return ""
    times = [] if step else [with_year(spot.text, old.periods, old.chinese) for spot in own.periods]
    moved = moved_on(old, step) if step and not own.names else None
    others = [*(spot.text for spot in own.names if spot.text not in old.text), *times]
    others += [said[step[0] : step[1]]] if step and not (moved or own.names or old.periods) else []
    others += [re.sub(r"^(?:in|for|during|of|on) ", "", moved[1])] if moved else []
    if not others and (than := _AGAINST.fullmatch(said)) and (own.subjects or own.words or own.topics):
        return f"{STOP.sub('', old.text)}, compared with {than['what']}?"
    if not others:
        return ""
    stem = STOP.sub("", old.text)
    if own.topics and not own.names and len(old.firms) == 1:  # `and net income, compared with 2023?`
        topic = ("和" if old.chinese else " and ").join(spot.text for spot in own.topics)
        stem = STOP.sub("", elliptic(topic, old.firms[0], old.periods[:1], old.chinese))
    if old.chinese:
        return f"{stem},与{'、'.join(others)}相比如何?"
    return f"{stem}, compared with {' and '.join(others)}?"
