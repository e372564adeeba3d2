"""A few words that only name something: the question before with it in the place of its own. `And Foo?`, `EPS?`, 储能那块呢, `a year earlier`.

A name takes the place of one of its kind, a thing that of one of its kind, of what the question is of, or goes in front of
the figure as a part of it; a figure that of the figure; a time that of the time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.followup.frame import Frame, Shelf, Spot
from rag.followup.marks import ASKS, AUX, COMPARE, DATELESS, OWNER, POINTER, RELATIVE, SAYS, VIEW, core
from rag.followup.meant import acts, alike, figure_span, is_place, kinds, run_before, run_behind
from rag.followup.time import Step, from_now, step_of, stepped, written
from rag.followup.write import AHEAD, ARTICLE, STOP, bracketed, elliptic, swapped, upper, with_words
from rag.question.rise_fall import beside, direction

_SENTENCE = re.compile(
    rf"{ASKS.pattern}|^(?:from|to|as|than|vs|versus|compared|also|not|no|yes|per)\b|\b(?:more|less|higher|lower|better|worse|exactly|again|else|drove|caused|behind)\b"
    r"|[谁哪吗怎何什两各吧,，它会让]|(.)不\1|多[少大高久]|几|[他她]们|预计|是否|有没有|能否|会不会|相比|对比|详细|具体|回答",
    re.IGNORECASE,
)
_ZH_END = re.compile(r"(?:那一?[块边部]分?|这一?[块边部]分?|方面|的)$")
_KIND = re.compile(r"(?:业务|板块|分部|部门|segment|division|business|unit)s?", re.IGNORECASE)
_WHERE = re.compile(r"(?:海外|境外|国内|境内|overseas|abroad|domestic|international)", re.IGNORECASE)
_SCALE = frozenset(
    "total net annual quarterly full-year adjusted gross operating diluted basic first second third fourth fiscal consolidated group overall interim the its their of".split()
)
_OLD_PART = re.compile(r"(?:['’]s|\b(?:the|of|its))\s+(?P<part>(?:[^\W\d][\w&.-]*\s+){1,3})$", re.IGNORECASE)
_PREP = re.compile(r"^(?P<prep>about|on|of|at|in|for)\s+(?P<what>[^?]{2,40}?)\W*$", re.IGNORECASE)
_COUNTED = re.compile(
    r"how many\s+(\w[\w\s-]*?)\s+(?=(?:did|does|do|has|have|had|will|are|were|is|was)\b)", re.IGNORECASE
)
_MANY_OF = re.compile(r"[a-z]{2}(?<![sui])s$|staff|people$")
_EMPTY = frozenset("look looks looked like stand stands stood come comes came amount".split())
_TERM = re.compile(r"\b[\w.]+-(?:year|month|week|day)\s+(?=\S|$)", re.IGNORECASE)
_APPENDED = re.compile(r"(?:in|on|at|after|before|during|over|against|because of|per)\b", re.IGNORECASE)
_BY = re.compile(r"(?:through|via|by|with|without|excluding|including|under)\b", re.IGNORECASE)
_JOINT = re.compile(
    r"^(?:for|of|at|with|from|to|in|on|about|only|just)\s+(?=\S)(?:the\s+)?|['’]s$|^[只就]?[看说]", re.IGNORECASE
)
_ASKED_OF = {"metric", "line_item", "rating", "statement"}
_FORECAST = re.compile(r"(?:forecast|estimate|guidance|outlook|projection|consensus|预测|指引|预期)s?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT = re.compile(
    r"\b(?:first|second|third|fourth)\s+(?:quarter|half)\b|\b[QH][1-4]\b|\b[1-4][QH]\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|[一二三四]季度|[上下]半年|(?<!\d)\d{1,2}月",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"^给出?的|^(?:他们|她们|它们?|[他她])?的|^(?:其|(?:该|这家)公司的?)|^(?:on|in|for|of)\s+", re.IGNORECASE
)
_WHAT_ZH = re.compile(r"(?<=[^了])又?(?:是|为|有)?(?:多少|什么|多大|多高)$")
_YES_NO_ZH = re.compile(r"吗[?？]*$")
_ASKS_ZH = re.compile(r"多少|什么|[谁哪]|几(?=[个家人次年天])")
_SMALL_ZH = re.compile(
    r"多少|[给说报]|什么|怎么样|如何|[那又的了呢吗是有在对和与跟比谁哪几个家也都到为,，?？\s]|[上下前后去今明本这]?(?:[一两二三]?个?(?:季度?|周|月|年))|同期|全年|[\x00-\x7f]"
)
MOST, MOST_ZH = 4, 8  # words of a thing; characters


def in_place(turn: str, wholes: Sequence[Frame], shelf: Shelf) -> str:
    """The question before with what a few words name in the place of its own; empty where they ask something else."""
    old = wholes[-1]
    said, step = core(turn), step_of(core(turn))
    own = _with_names(shelf.read(said), turn)
    if COMPARE.search(turn) or _YES_NO_ZH.search(turn) or (OWNER.search(turn) and not old.firms):
        return ""
    inside = [spot for spot in (*own.topics, *own.words) if spot.text not in _EMPTY]
    inside = [spot for spot in inside if not (step and step[0] <= spot.start < step[1])]
    if own.changes and not (inside or own.names or own.periods):
        change = own.changes[0].text
        return with_words(old.text, [change if change not in old.text else ""], old.chinese)
    if not inside and (own.names or own.periods or own.subjects or step):
        return _named(turn, own, wholes, step)
    if _BY.match(said) and not (old.chinese or _SENTENCE.search(said)):
        return f"{STOP.sub('', old.text)} {said[:1].lower()}{said[1:]}?"
    asks = _WHAT_ZH.search(said)
    said = _OWNED.sub("", _WHAT_ZH.sub("", said))
    timed = step and any(spot.start <= step[0] < spot.end for spot in own.periods)
    if not said or _SENTENCE.search(said) or (step and not timed):
        return ""
    if all(_KIND.fullmatch(spot.text) or _WHERE.fullmatch(spot.text) for spot in own.topics):
        return _thing(said, own, wholes)
    return "" if own.names else _figure(said, own, old, asks[0] if asks else "")


def _named(turn: str, own: Frame, wholes: Sequence[Frame], step: Step | None) -> str:
    """The same where the words only name somebody, a thing or a time; empty where a verb asks something of them."""
    old, said = wholes[-1], own.text
    who = POINTER.search(turn) or not (own.firms or own.subjects)
    if SAYS.search(turn) and ((who and not SAYS.search(old.text)) or (own.houses and own.firms)):
        return ""  # `what did it say in March?`, 东篱怎么看
    if asks_else(said, own) or (own.subjects and (own.names or own.periods) and ASKS.search(said)):
        return ""
    if own.subjects and not (own.names or own.periods or step):
        return "" if _SENTENCE.search(said) else _thing(said, own, wholes)
    return _whom_and_when(said, own, old, step)


def _with_names(own: Frame, turn: str) -> Frame:
    """A word in capitals that does not begin the follow-up is a name: `how about Novo?`."""
    names = [spot for spot in own.words if spot.text[:1].isupper() and not turn.strip().startswith(spot.text)]
    if not names or own.names or own.subjects or own.topics:
        return own
    words = tuple(spot for spot in own.words if spot not in names)
    return replace(own, names=tuple(replace(spot, kind="name") for spot in names), words=words)


def asks_else(said: str, own: Frame) -> bool:
    """Whether a Chinese question asks something by a word that no list knows: 裁 of 一季度裁了多少人."""
    rest = said
    for spot in (*own.names, *own.periods, *own.subjects):
        rest = rest.replace(spot.text, "")
    return bool(_ASKS_ZH.search(rest)) and bool(_SMALL_ZH.sub("", rest)) and not said.isascii()


# ---------------------------------------------------------------- whom and when


def _whom_and_when(said: str, own: Frame, old: Frame, step: Step | None) -> str:
    swaps, added = _other_time(said, own, old, step)
    new = [*own.names, *own.subjects]
    if own.firms and own.subjects and not old.names and (things := alike(own.subjects, old)):
        end = run_behind(things[0].end, old.words if old.chinese else ())
        thing = Spot(things[0].start, end, old.text[things[0].start : end], "subject")
        return swapped(old.text, [*swaps, (thing, own.subjects[0].text)])  # 五粮液的普五
    if new:
        same = _same(new, own, old)
        if not same and len(new) > 1 and new[0].kind == "subject":
            return ""  # something else, of somewhere
        words = said[min(spot.start for spot in new) : max(spot.end for spot in new)]
        if same:
            swaps += [(spot, words if index == 0 else "") for index, spot in enumerate(same)]
        else:
            added.append(words)
    whole = swapped(old.text, swaps)
    if own.periods and all(spot.period and spot.period.kind != "year" for spot in own.periods):
        whole = whole.replace("的全年", "的").replace("全年", "")
    only_times = bool(added) and bool(own.periods) and not new
    return bracketed(whole, own.periods) if only_times else with_words(whole, added, old.chinese)


def _same(new: Sequence[Spot], own: Frame, old: Frame) -> list[Spot]:
    """The pieces of the earlier question in whose place new ones of their kind stand."""
    kind = new[0].kind
    if kind == "subject":
        return (alike(new, old) or ([] if is_place(new[0]) else list(old.subjects)))[: len(new)]
    same = [spot for spot in old.names if spot.kind == kind]
    if same or kind in ("broker", "index"):
        return same or (list(old.names) if len(old.names) == 1 and not old.firms else [])
    firms = list(old.firms)
    if not firms and (thing := _of_which(own, old)):
        return [thing]
    return firms if len(firms) == 1 else list(old.names) if len(old.names) == 1 else []


def _other_time(said: str, own: Frame, old: Frame, step: Step | None) -> tuple[list[tuple[Spot, str]], list[str]]:
    """What a new time, or a step in time, puts in the place of the earlier one, and what it adds where there was none."""
    if step and (there := moved_on(old, step)):
        return [there], []
    if own.periods:
        period = with_year(said[own.periods[0].start : own.periods[-1].end], old.periods, old.chinese)
        if old.chinese:
            period = re.sub(r"^(?:in|for|during|of|on)\s+(?:the\s+)?", "", period)
        if len(old.periods) == 1 or (old.periods and len(own.periods) == 1):
            return [(spot, period if index == 0 else "") for index, spot in enumerate(old.periods)], []
        return [], [period]
    return [], [said[step[0] : step[1]]] if step else []


def moved_on(old: Frame, step: Step) -> tuple[Spot, str] | None:
    """The earlier question's period and the words for the one that a step leads to."""
    for spot in reversed(old.periods):
        if relative := from_now(spot.text, step):
            return spot, relative
        moved = stepped(spot.period, step[2], step[3]) if spot.period else None
        if spot.period and moved:
            surface = spot.period.surface.strip()
            words = written(moved, surface, old.chinese)
            if spot.period.implied:  # no year was named
                words = re.sub(r"[\s,]*(?:19|20)\d\d年?", "", words)
            return spot, spot.text.replace(surface, words) if surface in spot.text else words
    return None


def with_year(period: str, old: Sequence[Spot], chinese: bool) -> str:
    """A quarter, half or month without a year is of the year that was asked about before."""
    if _YEAR.search(period) or RELATIVE.search(period) or not _SHORT.search(period):
        return period
    years = {match[0] for spot in old for match in _YEAR.finditer(spot.text)}
    if len(years) != 1:
        return period
    year = years.pop()
    return f"{year}年{period}" if chinese else f"{period} of {year}"


# ---------------------------------------------------------------- a thing, or a part


def _thing(said: str, own: Frame, wholes: Sequence[Frame]) -> str:
    """The question of another thing, or of a part: in the place behind the same small word, of its kind, or of what it is of."""
    old = wholes[-1]
    if behind := _behind_the_same(said, own, wholes):
        return behind
    what = _JOINT.sub("", ARTICLE.sub("", said) if said.isascii() else _ZH_END.sub("", said))
    if not what or len(what.split()) > MOST or (not what.isascii() and len(what) > MOST_ZH) or own.changes:
        return ""
    same = alike(own.subjects, old)
    measure = any("macro" in kinds(spot.text) for spot in own.subjects)
    if not same and old.names and (len(own.subjects) > 1 or (measure and not (old.firms or old.houses))):
        return ""  # something else, of somewhere
    if OWNER.search(said) or (measure and not (same or own.words)):
        return _figure(said, replace(own, topics=own.subjects, subjects=()), old)
    if same:
        same = same[: len(own.subjects)]
        lead = _TERM.search(old.text[: same[0].start])
        swaps = [(spot, what if i == 0 else "") for i, spot in enumerate(same)]
        whole = swapped(old.text, swaps)
        return f"{whole[: lead.start()]}{whole[same[0].start :]}" if lead and _TERM.search(what) else whole
    if _APPENDED.match(said) and not same and not old.chinese:
        return f"{STOP.sub('', old.text)} {said}?"
    if not own.topics and not own.periods and (thing := _of_which(own, old)):
        if old.text[thing.end :].startswith(what[-1]) and not what.isascii():
            return f"{old.text[: thing.end]}{what}{old.text[thing.end + 1 :]}"  # QX-217组, 对照组
        return swapped(old.text, [(thing, what)])
    return "" if own.periods else _part(what, old)


def _of_which(own: Frame, old: Frame) -> Spot | None:
    """The thing that a question is of: what stands behind `did` or `is`, else the only subject of one that names nobody."""
    things = [*(spot for spot in old.names if spot.kind in ("name", "index")), *old.subjects]
    things += [spot for spot in (*old.topics, *old.words) if not kinds(spot.text) & _ASKED_OF]
    acting = [spot for spot in things if acts(spot, old.text)]
    if not acting and not old.firms and old.subjects:
        first, last = old.subjects[0], old.subjects[-1]
        run = all(0 <= b.start - a.end <= 1 for a, b in zip(old.subjects, old.subjects[1:], strict=False))
        return Spot(first.start, last.end, old.text[first.start : last.end], "subject") if run else None
    return acting[0] if acting else None


def _behind_the_same(said: str, own: Frame, wholes: Sequence[Frame]) -> str:
    """`And about Foo?`: the nearest earlier question that asked about something, about this instead; else empty."""
    match = _PREP.match(said)
    if match is None or own.periods or (own.topics and match["prep"].lower() != "about"):
        return ""
    prep = match["prep"].lower()
    for old in reversed(wholes):
        unknown = [name for name in old.names if name.kind == "name" or prep == "for"]
        for spot in (*old.subjects, *unknown, *old.topics, *old.words):
            if prep in ("in", "at") and not (is_place(spot) and all(map(is_place, own.subjects))):
                continue
            lead = re.search(rf"\b{prep}\s+(?P<the>the\s+)?$", old.text[: spot.start], re.IGNORECASE)
            if lead and len(old.names) + len(old.topics) > (spot in old.names):
                what = re.sub(r"^the\s+", "", match["what"]) if lead["the"] else match["what"]
                return upper(swapped(old.text, [(spot, what)]))
    return ""


def _part(what: str, old: Frame) -> str:
    """The question for a part alone, or for another part: in front of the figure; empty where it asks for none of anybody."""
    figures = [spot for spot in old.topics if kinds(spot.text) & {"metric", "line_item"}]
    figures = [s for s in figures if not (direction(s.text) or _KIND.fullmatch(s.text) or VIEW.search(s.text))]
    ends = {spot.end for spot in (*old.subjects, *old.words)}
    topic = next((spot for spot in figures if spot.start - 1 in ends), figures[0] if figures else None)
    if topic is None or not old.names:
        return ""
    part = re.sub(r"^the\s+|\s+(?:segment|division|business|unit)s?$", "", what, flags=re.IGNORECASE)
    head, rest = old.text[: topic.start], old.text[topic.start :]
    start = run_before(topic.start, (*old.subjects, *old.words, *(old.topics if old.chinese else ())))
    if old.chinese:
        beside_it = any(spot.end in (topic.start, topic.start - 1) for spot in (*old.subjects, *old.words, *old.topics))
        if _WHERE.fullmatch(part):
            return old.text[:start] + part + old.text[start:]
        return old.text[:start] + part + ("的" if beside_it and head.endswith("的") else "") + rest
    found = _OLD_PART.search(head)
    if _WHERE.fullmatch(part):
        at = found.start("part") if found else topic.start
        return f"{old.text[:at]}{part} {old.text[at:]}"
    pieces = [
        s for s in (*old.subjects, *old.words) if re.search(r"['’]s\s+$", old.text[: s.start]) and s.start > topic.end
    ]
    if len(pieces) == 1:
        return old.text[: pieces[0].start] + part + old.text[pieces[0].end :]
    if start < topic.start and not set(old.text[start : topic.start].lower().split()) & _SCALE:
        return f"{old.text[:start]}{part} {rest}"
    timed = found and any(s.start < topic.start and s.end > found.start("part") for s in old.periods)
    if found and not timed and not set(found["part"].lower().split()) & _SCALE:
        return f"{head[: found.start('part')]}{part} {rest}"
    return f"{head}{part} {rest}"


# ---------------------------------------------------------------- another figure


def _figure(said: str, own: Frame, old: Frame, asks: str = "") -> str:
    """Another figure of whom the question before asked about, at its time; of a house where it is the house's to say."""
    topic = ARTICLE.sub("", _OWNED.sub("", said)).strip()
    whole = _forecast(topic, own, old)
    if whole or not topic:
        return whole
    start, end = figure_span(old)
    if not end and not old.firms and (measures := [s for s in old.subjects if "macro" in kinds(s.text)]):
        return swapped(old.text, [(measures[0], topic)])
    yes_no = _YES_NO_ZH.search(old.text) or re.match(rf"{AUX}\b", old.text, re.IGNORECASE)
    theirs = all(AHEAD.search(spot.text) or DATELESS.search(spot.text) for spot in own.topics)
    counted = _COUNTED.match(old.text)
    if counted and not (theirs or own.periods or "macro" in kinds(topic)) and _MANY_OF.search(topic):
        return f"{old.text[: counted.start(1)]}{topic}{old.text[counted.end(1) :]}"
    in_it = len(old.firms) > 1 or old.text.lower().startswith("who ") or (old.houses and (theirs or not old.firms))
    if theirs and len(old.houses) == len(old.firms) == 1 and (asks or not own.periods):
        return of_a_house(topic, old, asks)
    if in_it and end and not (own.periods or yes_no) and (theirs or beside(topic)):
        figure = Spot(start, end, old.text[start:end], "topic")
        times = [spot for spot in old.periods if start >= spot.end or end <= spot.start]
        drop = [(s, "") for s in times if theirs and all(DATELESS.search(t.text) for t in own.topics)]
        return swapped(old.text, [(figure, topic), *drop])
    owner = old.firms[0] if len(old.firms) == 1 else None
    if not old.names and not alike(own.subjects, old):
        owner = _of_which(own, old) or next(iter(old.subjects), None)
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
    longer = ("day", "week", "month", "range")
    return [
        s
        for s in old.periods
        if not RELATIVE.search(s.text) and (not dateless or (s.period and s.period.kind in longer))
    ]


def _forecast(topic: str, own: Frame, old: Frame) -> str:
    """`And the forecast for next year?` is of the figure that was asked for; empty for anything else."""
    start, end = figure_span(old)
    if len(own.topics) != 1 or not _FORECAST.fullmatch(own.topics[0].text) or own.words or not end:
        return ""
    figure = old.text[start:end]
    if AHEAD.search(figure) or DATELESS.search(figure):
        return ""
    owner = next(iter(old.firms), None) or next(iter(old.subjects), None) or _of_which(own, old)
    if owner is None:
        return ""
    word = own.topics[0].text
    if own.chinese:
        return f"{owner.text}{topic.replace(word, figure.removeprefix(owner.text) + word)}?"
    what = f"the {figure}" if owner.text in figure or owner.kind == "subject" else f"{owner.text}'s {figure}"
    return f"What is the {word} for {what}{topic.partition(word)[2]}?"
