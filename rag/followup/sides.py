"""`Which is higher?`, `who is more bullish?`, 差多少, `both`, `the former's capex`: follow-ups on what the last questions set side by side.

The sides are the names of the last question, where it has several, else its own and those of the nearest earlier question
that asked for another; where only the time was another, the times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.followup.marks import ASKS, COMPARE, OPENER
from rag.followup.pair import same
from rag.followup.part import run_before
from rag.followup.parts import Parts, Spot, parts_of
from rag.followup.text import STOP, bracketed, swapped, with_words
from rag.followup.time import COUNTS, ZH_UNITS, step_of, stepped, written
from rag.language.analysis import language
from rag.types import Report

MOST = 4  # sides
_MORE = r"(?:(?:more|less) \w+|higher|lower|bigger|larger|smaller|greater|better|worse|highest|lowest|biggest|largest|smallest|ahead|faster|slower|more|most|less)"
_WHICH = re.compile(
    rf"(?:which|who|whose)(?:\s+(?:one|company|firm|broker|house|of\s+(?:them|the\s+(?:two|three)|these|those)))*\s*(?:['’]s|is|was|has|had|are|were|gives?|expects?|sees?)?\s*(?:the\s+)?{_MORE}(?:\s+one)?"
    r"|(?:是)?(?:[谁哪](?:一?[个家份])?|[两三]家(?:中|里)?[谁哪]家?)(?:的)?(?:更|最|比较)?[高低大小多少快慢好]+(?:一些|一点|些)?"
    r"|(?:更|最)[高低大小多少快慢](?:的|的是)?[谁哪](?:一?[个家份])?",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"(?:who|which(?:\s+(?:one|broker|house|of\s+(?:them|the\s+two)))?)(?:\s+is|['’]s)\s+(?:the\s+)?(?:more|most|less|least)\s+(?:bullish|bearish|optimistic|pessimistic|positive|negative|cautious|upbeat|constructive|conservative|confident)"
    r"|[谁哪](?:一?[个家])?更?(?:看好|看多|看空|乐观|悲观|谨慎|积极|保守)",
    re.IGNORECASE,
)
_APART = re.compile(
    r"(?:what(?:['’]s| is| was)\s+)?(?:the\s+)?(?:difference|gap)(?:\s+between\s+(?:them|the\s+two))?|how\s+far\s+apart(?:\s+are\s+they)?|by\s+how\s+much|(?:by\s+)?how\s+much\s+do\s+(?:they|the\s+two|these)\s+(?:differ|diverge)"
    r"|(?:[这那]?[两二][家者个年份]|它们|二者)?(?:之间)?(?:相?差(?:了)?(?:多少|距|额)|差[距额](?:是多少|多大)?)",
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
_NTH = re.compile(
    r"(?P<early>\bthe\s+(?:former|first\s+one)\b|前者)|(?P<late>\bthe\s+(?:latter|second\s+one)\b|后者)", re.IGNORECASE
)
_ADDED = re.compile(
    r"(?:(?:can\s+you\s+|please\s+)*(?:also\s+)?(?:add|include|throw\s+in)|plus)\s+(?P<new>[^?]{2,60})|(?:再|请)?(?:加上|加入|补上|算上)(?P<zhnew>[^?？]{2,30})",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:by\s+)?how\s+much\s+(?:did|has|have)\s+(?:it|that|this|they)\s+(?P<verb>[a-z]+)(?:\s+by)?|(?:那|它)?(?P<zhverb>增|减|升|降|涨|跌|变化|增长|下降|上升|减少|增加)了?多少",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:vs\.?|versus|against|compared\s+(?:to|with))\s+(?:the\s+)?(?P<what>[\w&' -]{3,40})", re.IGNORECASE
)
_ENDS = " \t,，?？。.!！呢呀啊"
_UNITS = frozenset({"half", "quarter", "month"})  # what a time is counted by; a day, as any other, by years


def set_beside(question: str, earlier: Sequence[str], reports: Sequence[Report], today: date | None) -> str:
    """The question that a short follow-up on several sides means; empty where it is none, or there are no two sides.

    ``earlier``: the questions before, completed, oldest first.
    """
    said = OPENER.sub("", question).strip(_ENDS)
    if back := _BEFORES.fullmatch(said):
        return _times_before(back, earlier[-1], parts_of(earlier[-1], reports, today))
    if (than := _AGAINST.fullmatch(said)) and not _named(than["what"], reports, today):
        return f"{STOP.sub('', earlier[-1])}, compared with {than['what']}?"
    if moved := _MOVED.fullmatch(said):
        return _between(moved, _read(earlier, reports, today))
    if added := _ADDED.fullmatch(said):
        return _with(added["new"] or added["zhnew"], earlier[-1], reports, today)
    if _VIEW.fullmatch(said):
        return _who(said, _read(earlier, reports, today))
    adds = bool(_WHICH.fullmatch(said) or _APART.fullmatch(said))
    if not adds and not _BOTH.fullmatch(said):
        return ""
    return _joined(_read(earlier, reports, today), said if adds else "")


def _read(earlier: Sequence[str], reports: Sequence[Report], today: date | None) -> list[tuple[str, Parts]]:
    return [(whole, parts_of(whole, reports, today)) for whole in earlier]


def with_nth(question: str, earlier: Sequence[str], reports: Sequence[Report], today: date | None) -> str:
    """`The former's capex`, 后者的目标价, with the name or time that is meant; unchanged where it means none."""
    match = _NTH.search(question)
    if match is None or not OPENER.sub("", question).strip(_ENDS)[len(match[0]) :].strip(_ENDS):
        return question
    if any(spot.kind in ("company", "broker") for spot in parts_of(question, reports, today).names):
        return question
    last = parts_of(earlier[-1], reports, today)
    of_time = re.search(r"\b(?:in|for|of|during)\s+$", question[: match.start()], re.IGNORECASE)
    if of_time and len(last.names) < 2 and len(last.periods) > 1:
        chosen: Sequence[Spot] = last.periods
    else:
        chosen = _names(_read(earlier, reports, today))[1]
    if len(chosen) < 2:
        return question
    spot = chosen[0] if match["early"] else chosen[-1]
    text = spot.period.surface.strip() if spot.period else spot.text
    made = question[: match.start()] + text + question[match.end() :]
    if spot.kind == "broker":  # a broker's figures are those of the company that was asked about
        made = bracketed(made, [each for each in last.names if each.kind == "company"])
    return made


def _named(words: str, reports: Sequence[Report], today: date | None) -> bool:
    """Whether words name somebody or a time, or only point at one."""
    own = parts_of(words, reports, today)
    return bool(own.names or own.periods or step_of(words) or not (own.subjects or own.words))


def _between(match: re.Match[str], wholes: Sequence[tuple[str, Parts]]) -> str:
    """`By how much did it drop?` after a figure of two times: from the one to the other; empty where there is one time."""
    old = wholes[-1][1]
    owners = [spot for spot in old.names if spot.kind in ("company", "name")]
    times = sorted(_times(wholes), key=lambda spot: spot.period.start if spot.period else date.max)
    if len(times) != 2 or len(owners) != 1 or not old.topics or not all(spot.period for spot in times):
        return ""
    first, last = (spot.period.surface.strip() for spot in times if spot.period)
    before = wholes[-1][0]
    topic = before[run_before(old.topics[0].start, (*old.subjects, *old.words)) : old.topics[-1].end].strip()
    if language(before) == "zh":
        return f"{owners[0].text}{last}的{topic}比{first}{match['zhverb'] or '变化'}了多少?"
    return f"By how much did {owners[0].text}'s {topic} {match['verb'] or 'change'} from {first} to {last}?"


def _with(new: str, before: str, reports: Sequence[Report], today: date | None) -> str:
    """The question before with one more side: `add Foo`; empty where nothing is named."""
    old, own = parts_of(before, reports, today), parts_of(new, reports, today)
    kinds = ("company", "broker", "name")
    there = [spot for spot in old.names if spot.kind in kinds]
    if not own.names or not there:
        return ""
    alike = [spot for spot in there if spot.kind == own.names[0].kind] or there
    last = alike[-1]
    chinese = language(before) == "zh"
    named = ("、" if chinese else " and ").join(spot.text for spot in own.names)
    if len(alike) > 1 and not chinese:
        joined = f"{alike[-2].text}, {last.text} and {named}"
        return f"{before[: alike[-2].start]}{joined}{before[last.end :]}"
    return f"{before[: last.end]}{'和' if chinese else ' and '}{named}{before[last.end :]}"


def _joined(wholes: Sequence[tuple[str, Parts]], said: str) -> str:
    """The last question with all sides in the place of its own, and what is asked of them."""
    before, old = wholes[-1]
    chinese = language(before) == "zh"
    own, names = _names(wholes)
    if len(names) > 1:
        kept = [spot for spot in old.names if spot.kind == names[-1].kind]
        whole = before if len(kept) > 1 else swapped(before, [(own, _list(names, chinese))])
    elif len(times := _times(wholes)) > 1:
        when = old.periods[0]
        whole = before if len(old.periods) > 1 else swapped(before, [(when, _list(times, chinese))])
    else:
        return ""
    return _asked(with_words(whole, [said] if said else [], chinese), chinese)


def _who(said: str, wholes: Sequence[tuple[str, Parts]]) -> str:
    """`Who is more bullish on Foo, A or B?`; of all brokers where one alone was asked about."""
    company = next((s for _, old in reversed(wholes) for s in old.names if s.kind == "company"), None)
    brokers = _of_kind(wholes, "broker")
    if company is None:
        return ""
    if language(said) == "zh":
        return f"{'和'.join(spot.text for spot in brokers) if len(brokers) > 1 else '各券商'}对{company.text}{said}?"
    listed = f", {' or '.join(spot.text for spot in brokers)}" if len(brokers) > 1 else ""
    return f"{said} on {company.text}{listed}?"


def _names(wholes: Sequence[tuple[str, Parts]]) -> tuple[Spot, list[Spot]]:
    """The name that the last question asked about, and it with those that it is set beside, in the order they came up."""
    old = wholes[-1][1]
    for kind in ("broker", "company", "name"):
        here = [spot for spot in old.names if spot.kind == kind]
        found = _of_kind(wholes, kind) if here else []
        if len(found) > 1:
            return here[0], found
    return (old.names[0] if old.names else Spot(0, 0, "", "name")), []


def _of_kind(wholes: Sequence[tuple[str, Parts]], kind: str) -> list[Spot]:
    """The names of a kind in the last questions, until there are two; what only the time tells apart has none."""
    names: list[Spot] = []
    for number, (_, parts) in enumerate(reversed(wholes)):
        new = [spot for spot in parts.names if spot.kind == kind]
        other = [spot for spot in new if not any(same(spot.text, known.text) for known in names)]
        if number == 1 and new and not other and len(_times(wholes)) > 1:
            return names
        names = [*other, *names]
        if len(names) > 1:
            break
    return names if 1 < len(names) <= MOST else names[:1]


def _times(wholes: Sequence[tuple[str, Parts]]) -> list[Spot]:
    """The times of the last question, or its own and that of the one before."""
    last = list(wholes[-1][1].periods)
    if len(last) != 1 or len(wholes) < 2:
        return last
    before = [spot for spot in wholes[-2][1].periods if _surface(spot) != _surface(last[0])]
    return [*before[-1:], *last]


def _surface(spot: Spot) -> str:
    return spot.period.label if spot.period else spot.text


def _list(spots: Sequence[Spot], chinese: bool) -> str:
    """Sides in a row; a time keeps the small word in front of it only where it is the first."""
    words = [
        spot.text.strip() if i == 0 or not spot.period else spot.period.surface.strip() for i, spot in enumerate(spots)
    ]
    return ("和" if chinese else " and ").join(words)


def _times_before(match: re.Match[str], before: str, old: Parts) -> str:
    """`And the two before?`: the times in front of the last one."""
    spot = next((each for each in reversed(old.periods) if each.period), None)
    if spot is None or spot.period is None:
        return ""
    chinese = language(before) == "zh"
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
    whole = swapped(before, [(spot, said if chinese or said != joined else f"in {said}")])
    return _asked(whole, chinese)


def _asked(whole: str, chinese: bool) -> str:
    """A heading such as `Foo's backlog in 2021 and 2020` as the question that it stands for."""
    if chinese or ASKS.search(whole) or COMPARE.search(whole):
        return whole
    return f"What was {whole}{'' if whole.rstrip().endswith('?') else '?'}"
