"""A few words that only name something: the question before with it in the place of its own. `And Foo?`, `EPS?`, 储能那块呢, `a year earlier`.

A name takes the place of one of its kind, a thing that of one of its kind, of what the question is of, or goes in front of
the figure as a part of it; a figure that of the figure; a time that of the time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.followup.figure import OWNED, YES_NO_ZH, other_figure
from rag.followup.frame import Frame, Spot
from rag.followup.marks import ASKS, COMPARE, OWNER, POINTER, SAYS, core
from rag.followup.meant import ASKED_OF, alike, is_place, kinds, of_which, run_behind
from rag.followup.shelf import Shelf
from rag.followup.thing import KIND, WHERE, other_side, other_thing
from rag.followup.time import Step, moved_on, step_of, with_year
from rag.followup.write import STOP, bracketed, swapped, with_words
from rag.question.rise_fall import MOVES

_SENTENCE = re.compile(
    rf"{ASKS.pattern}|^(?:as|than|vs|versus|compared|also|not|no|yes|per)\b|\b(?:more|less|higher|lower|better|worse|exactly|again|else|drove|caused|behind)\b"
    r"|[谁哪吗怎何什两各吧,，它会让占]|关注|(.)不\1|多[少大高久]|几|[他她]们|预计|是否|有没有|能否|会不会|相比|对比|详细|具体|回答",
    re.IGNORECASE,
)
_EMPTY = frozenset("look looks looked like stand stands stood come comes came amount".split())
_APPENDED = re.compile(r"(?:in|on|at|after|before|during|over|against|because of|per)\b", re.IGNORECASE)
_OPPOSITE = re.compile(
    r"\b(?:the\s+)?(?:highest|lowest|biggest|largest|smallest|best|worst|most|least)\b|最[高低大小多少快慢好差]",
    re.IGNORECASE,
)
_END_OF = re.compile(r"(?:\w+\s+)*(?:(?:end|middle)\s+of\s+(?:the\s+)?|(?:end|mid|early|late)[- ])", re.IGNORECASE)
_BY = re.compile(r"(?:through|via|by|with|without|excluding|including|under)\b", re.IGNORECASE)
_WHAT_ZH = re.compile(r"(?<=[^了])又?(?:是|为|有)?(?:多少|什么|多大|多高)$")
_ASKS_ZH = re.compile(r"多少|什么|[谁哪]|几(?=[个家人次年天])")
_SMALL_ZH = re.compile(
    r"多少|[给说报]|什么|怎么样|如何|[那又的了呢吗是有在对和与跟比谁哪几个家也都到为,，?？\s]|[上下前后去今明本这]?(?:[一两二三]?个?(?:季度?|周|月|年))|同期|全年|[\x00-\x7f]"
)


def in_place(turn: str, wholes: Sequence[Frame], shelf: Shelf) -> str:
    """The question before with what a few words name in the place of its own; empty where they ask something else."""
    old = wholes[-1]
    said, step = core(turn), step_of(core(turn))
    own = _with_names(shelf.read(said), turn, old, shelf)
    if COMPARE.search(turn) or YES_NO_ZH.search(turn) or (OWNER.search(turn) and not old.firms):
        return ""
    if made := other_side(said, old):
        return made
    inside = [spot for spot in (*own.topics, *own.words) if spot.text not in _EMPTY]
    inside = [spot for spot in inside if not (step and step[0] <= spot.start < step[1])]
    if own.changes and not (inside or own.names or own.periods):
        change = own.changes[0].text
        return with_words(old.text, [change if change not in old.text else ""], old.chinese)
    if not inside and (own.names or own.periods or own.subjects or step):
        return _named(turn, own, [*wholes[:-1], _alone(own, old, shelf)], step)
    if added := _appended(said, own, old):
        return added
    asks = _WHAT_ZH.search(said)
    said = OWNED.sub("", _WHAT_ZH.sub("", said))
    timed = step and any(spot.start <= step[0] < spot.end for spot in own.periods)
    if not said or _SENTENCE.search(said) or (step and not timed):
        return ""
    if all(KIND.fullmatch(spot.text) or WHERE.fullmatch(spot.text) for spot in own.topics):
        return other_thing(said, own, wholes)
    return "" if own.names else other_figure(said, own, old, asks[0] if asks else "")


def _appended(said: str, own: Frame, old: Frame) -> str:
    """`And the lowest?` in the place of `the highest`, `after the deal?` behind all that was asked; else empty."""
    there = _OPPOSITE.search(old.text)
    if there and _OPPOSITE.fullmatch(said):
        return f"{old.text[: there.start()]}{said}{old.text[there.end() :]}"
    figures = any(kinds(spot.text) & ASKED_OF for spot in own.topics)
    taken = own.names or own.periods or figures or any(map(is_place, own.subjects)) or alike(own.subjects, old)
    behind = _BY.match(said) or (_APPENDED.match(said) and not taken)
    if not behind or old.chinese or _SENTENCE.search(said):
        return ""
    return f"{STOP.sub('', old.text)} {said[:1].lower()}{said[1:]}?"


def _named(turn: str, own: Frame, wholes: Sequence[Frame], step: Step | None) -> str:
    """The same where the words only name somebody, a thing or a time; empty where a verb asks something of them."""
    old, said = wholes[-1], own.text
    who = POINTER.search(turn) or not (own.firms or own.subjects)
    if SAYS.search(turn) and ((who and not SAYS.search(old.text)) or (own.houses and own.firms)):
        return ""  # `what did it say in March?`, 东篱怎么看
    if asks_else(said, own) or (own.subjects and (own.names or own.periods) and ASKS.search(said)):
        return ""
    if not (own.names or own.subjects) and ASKS.search(said) and MOVES.search(said):
        return ""  # `how much is it up this year?`
    if own.subjects and not (own.names or own.periods or step):
        return "" if _SENTENCE.search(said) else other_thing(said, own, wholes)
    return _whom_and_when(said, own, old, step)


def _with_names(own: Frame, turn: str, old: Frame, shelf: Shelf) -> Frame:
    """A word in capitals is a name where it does not begin the follow-up, or the reports of whom was asked about never
    say it: `how about Novo?`, but not `Gaming?`."""
    first = turn.strip()
    told = shelf.reports_of(old.firms[0].text) if len(old.firms) == 1 and shelf.holds else list(shelf.reports)
    names = [spot for spot in own.words if spot.text[:1].isupper()]
    names = [s for s in names if not first.startswith(s.text) or (shelf.holds and not shelf.says(s.text, told))]
    if not names or own.names or own.subjects or own.topics:
        return own
    words = tuple(spot for spot in own.words if spot not in names)
    return replace(own, names=tuple(replace(spot, kind="name") for spot in names), words=words)


def _alone(own: Frame, old: Frame, shelf: Shelf) -> Frame:
    """The question before with only that one of two names in whose place a new one may stand: of a company's deal with
    another, the one that the library has reports on, as it has on the new one, or the one that it has none on."""
    firms = old.firms
    if len(firms) != 2 or len(own.firms) != 1 or COMPARE.search(old.text):
        return old
    known = bool(shelf.reports_of(own.firms[0].text))
    like = [spot for spot in firms if bool(shelf.reports_of(spot.text)) == known]
    kept = [spot for spot in old.names if spot not in firms or spot in like]
    return replace(old, names=tuple(kept)) if len(like) == 1 else old


def asks_else(said: str, own: Frame) -> bool:
    """Whether a Chinese question asks something by a word that no list knows: 裁 of 一季度裁了多少人."""
    rest = said
    for spot in (*own.names, *own.periods, *own.subjects):
        rest = rest.replace(spot.text, "")
    return bool(_ASKS_ZH.search(rest)) and bool(_SMALL_ZH.sub("", rest)) and not said.isascii()


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
    if not firms and (thing := of_which(own, old)):
        return [thing]
    return firms if len(firms) == 1 else list(old.names) if len(old.names) == 1 else []


def _other_time(said: str, own: Frame, old: Frame, step: Step | None) -> tuple[list[tuple[Spot, str]], list[str]]:
    """What a new time, or a step in time, puts in the place of the earlier one, and what it adds where there was none."""
    if step and (there := moved_on(old, step)):
        return [there], []
    if own.periods:
        period = with_year(said[own.periods[0].start : own.periods[-1].end], old.periods, old.chinese)
        period = re.sub(r"\bend-(?=\d)", "end of ", period, flags=re.IGNORECASE)
        if old.chinese:
            period = re.sub(r"^(?:in|for|during|of|on)\s+(?:the\s+)?", "", period)
        if len(old.periods) == 1 and (at := _END_OF.match(old.periods[0].text)) and len(own.periods) == 1:
            when = own.periods[0]
            if when.period and not _END_OF.match(when.text):
                return [(old.periods[0], f"{at[0]}{when.period.surface.strip()}")], []
        if len(old.periods) == 1 or (old.periods and len(own.periods) == 1):
            return [(spot, period if index == 0 else "") for index, spot in enumerate(old.periods)], []
        return [], [period]
    return [], [said[step[0] : step[1]]] if step else []
