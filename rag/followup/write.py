"""How a follow-up is written out: the earlier question with another name or time in it, or the new one with what it takes over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup.again import asks_else
from rag.followup.marks import (
    ASKS,
    AUX,
    DATELESS,
    FORMER,
    IT,
    NTH,
    OWNER,
    PLACES,
    POINTER,
    RELATIVE,
    SAYS,
    UNDATED,
    VIEW,
)
from rag.followup.part import is_place
from rag.followup.parts import Parts, Spot
from rag.followup.points import (
    alike,
    at_place,
    other_subjects,
    place_of,
    points_at_place,
    points_at_topic,
    with_year,
)
from rag.followup.text import AHEAD, STOP, agreeing, bracketed, elliptic, swapped, with_words
from rag.followup.time import from_now, step_of, stepped, written
from rag.language.analysis import language

# What is no name of a thing that is asked for: a question with a verb, or one that begins with a small word.
_SENTENCE = re.compile(
    rf"{ASKS.pattern}|^(?:in|for|of|at|on|by|with|from|to|as|than|vs|versus|compared|only|just|also|not|no|yes)\b|\b(?:only|instead|too|then|please)$|[谁哪吗怎何什]|多少|几|为|是|有|如|会|能|吧",
    re.IGNORECASE,
)
_YES_NO = re.compile(rf"{AUX}\b", re.IGNORECASE)
_DENIED = {"will": "won't", "can": "can't"}
_THEY = re.compile(r"\bthey\b", re.IGNORECASE)
FULL = 2  # words of its own from which a question says what it asks


def because(question: str, before: str) -> str:
    """`Why?` of the question before: of `did the margin fall?` why it did, of any other as it is, behind `Why:`."""
    if language(before) == "zh":
        return f"为什么:{before}"
    verb = _YES_NO.match(before)
    if verb is None:
        return f"Why: {before}"
    said = verb[0].lower()
    if re.search(r"\bnot\b", question, re.IGNORECASE):
        said = _DENIED.get(said, f"{said}n't")
    return f"Why {said}{before[verb.end() :]}"


def earlier_value(question: str, old: Parts, before: str) -> str:
    """`What was it before?` of a target or a rating; empty when anything else is asked."""
    topics = [spot for spot in old.topics if DATELESS.search(spot.text)]
    if not FORMER.fullmatch(question) or len(topics) != 1:
        return ""
    word = "此前的" if language(topics[0].text) == "zh" else "previous "
    return swapped(before, [(topics[0], word + topics[0].text)])


def nth(question: str, old: Parts) -> Spot | None:
    """The name of the earlier question that `the second one` means."""
    match = NTH.search(question)
    alike = [spot for spot in old.names if spot.kind == old.names[0].kind]
    if match is None or len(alike) < 2:
        return None
    word = (match["en"] or match["zh"] or "").lower()
    place = -1 if match["late"] else 0 if match["early"] else PLACES[word]
    return alike[place] if place < len(alike) else None


def compared(question: str, before: str, own: Parts, old: Parts) -> str:
    """The earlier question with the name or period that it is to be set beside."""
    chinese = language(before) == "zh"
    step = step_of(question)
    times = [] if step else own.periods
    others = [spot.text for spot in own.names] + [with_year(spot.text, old.periods, chinese) for spot in times]
    if not others and step:
        moved = _step(old, step, chinese)
        others = [re.sub(r"^(?:in|for|during|of|on) ", "", moved[1])] if moved else []
    if not others:
        return bracketed(question, [*old.names, *old.topics, *old.periods])
    stem = STOP.sub("", before)
    companies = [spot for spot in old.names if spot.kind in ("company", "name")]
    if own.topics and not own.names and len(companies) == 1:  # `and net income, compared with 2023?`
        topic = (" and ", "和")[chinese].join(spot.text for spot in own.topics)
        stem = STOP.sub("", elliptic(topic, companies[0], old.periods[:1], chinese))
    if chinese:
        return f"{stem},与{'、'.join(others)}相比如何?"
    return f"{stem}, compared with {' and '.join(others)}?"


def _step(old: Parts, step: tuple[int, int, str, int], chinese: bool) -> tuple[Spot, str] | None:
    """The earlier question's period and the words for the one that a step leads to."""
    for spot in reversed(old.periods):
        if relative := from_now(spot.text, step):
            return spot, relative
        moved = stepped(spot.period, step[2], step[3]) if spot.period else None
        if spot.period and moved:
            surface = spot.period.surface.strip()
            words = written(moved, surface, chinese)
            if spot.period.implied:  # no year was named
                words = re.sub(r"[\s,]*(?:19|20)\d\d年?", "", words)
            return spot, spot.text.replace(surface, words) if surface in spot.text else words
    return None


def moved(question: str, core: str, before: str, own: Parts, old: Parts) -> str:
    """The earlier question with another name or period in the place of its own; empty when something else is asked."""
    chinese = language(before) == "zh"
    step = step_of(question)
    outside = [*own.topics, *own.words]
    if step:
        outside = [spot for spot in outside if not (step[0] <= question.find(spot.text) < step[1])]
    if own.changes and not outside and not own.names and not own.periods:
        return _changed(before, own.changes[0].text, chinese)
    brokers = bool(own.names) and all(spot.kind == "broker" for spot in own.names)
    if SAYS.search(question) and not SAYS.search(before) and (brokers or (POINTER.search(question) and not own.names)):
        return ""  # `what did it say in March?`, 东篱怎么看
    if outside or asks_else(core, own) or not (own.names or own.periods or own.subjects or step):
        return ""
    swaps, added = _other_time(question, core, own, old, chinese)
    new = [*own.names, *own.subjects]
    if new:
        same = _replaced(new, old)
        if not same and len(new) > 1 and new[0].kind == "subject":
            return ""  # something else, of somewhere
        said = core[min(spot.start for spot in new) : max(spot.end for spot in new)]
        if same:
            swaps += [(spot, said if index == 0 else "") for index, spot in enumerate(same)]
        else:
            added.append(said)
    whole = swapped(before, swaps)
    return with_words(whole, added, chinese) if not _plain_times(added, own) else bracketed(whole, own.periods)


def _plain_times(added: Sequence[str], own: Parts) -> bool:
    """Whether all that a question adds is its times."""
    return bool(added) and bool(own.periods) and not (own.names or own.subjects)


def _other_time(
    question: str, core: str, own: Parts, old: Parts, chinese: bool
) -> tuple[list[tuple[Spot, str]], list[str]]:
    """What a new time, or a step in time, puts in the place of the earlier one, and what it adds where there was none."""
    step = step_of(question)
    if step and (there := _step(old, step, chinese)):
        return [there], []
    if own.periods:
        period = with_year(core[own.periods[0].start : own.periods[-1].end], old.periods, chinese)
        if len(old.periods) == 1 or (old.periods and len(own.periods) == 1):
            return [(spot, period if index == 0 else "") for index, spot in enumerate(old.periods)], []
        return [], [period]
    return [], [question[step[0] : step[1]]] if step else []


def _replaced(new: Sequence[Spot], old: Parts) -> list[Spot]:
    """The names of the earlier question in whose place a new one stands."""
    kind = new[0].kind
    same = [spot for spot in old.names if spot.kind == kind]
    if kind == "subject":
        same = (alike(new, old) or ([] if is_place(new[0]) else list(old.subjects)))[: len(new)]
    if not same and kind != "subject":
        unknown = [spot for spot in old.names if spot.kind == "name"]
        same = unknown if len(unknown) == 1 else list(old.names) if len(old.names) == 1 else []
    return same


def _changed(before: str, change: str, chinese: bool) -> str:
    """The earlier question about the change of its figure."""
    return with_words(before, [change if change not in before else ""], chinese)


def with_topic(question: str, core: str, before: str, own: Parts, old: Parts) -> str:
    """A new thing asked of the earlier question's subject, and of its period where such a thing has one."""
    chinese = language(question) == "zh"
    names, period = _owners(question, own, old), _times(question, own, old)
    place = place_of(before, old) if points_at_place(question) else []
    if place and not chinese:
        return at_place(question, names, place[0], period)
    carried = _carried(question, core, own, old, names, period, place)
    step = step_of(question)
    moved = _step(old, step, chinese) if step and not own.periods else None
    whole = question
    speaker = [spot for spot in names if spot.kind == "broker"]
    if len(speaker) == 1 and len(names) > 1 and SAYS.search(question) and (it := IT.search(question)):
        others = " and ".join(spot.text for spot in names if spot not in speaker)
        whole = f"{agreeing(question[: it.start()], it[0])}{speaker[0].text}{question[it.end() :]}"
        return (
            f"{STOP.sub('', whole)} on {others}?"
            if not chinese
            else f"{speaker[0].text}对{others}{question[it.end() :]}"
        )
    companies = [spot for spot in names if spot.kind == "company"]
    if (
        len(names) > 1
        and len(companies) == 1
        and not own.topics
        and (it := IT.search(question))
        and it[0].lower() == "it"
    ):
        return f"{question[: it.start()]}{companies[0].text}{question[it.end() :]}"  # no broker is an `it`
    topic = OWNER.sub("", core).strip()
    bare = own.topics and topic.startswith(own.topics[0].text) and not own.words and not ASKS.search(core)
    if bare and len(names) == 1 and len(period) < 2 and not moved:
        return elliptic(topic, names[0], period, chinese)
    if len(names) == 1 and (owner := OWNER.search(question)):
        mark = "的" if chinese and owner[0].endswith("的") else "" if chinese else "'s"
        whole = question[: owner.start()] + names[0].text + mark + question[owner.end() :]
        carried.remove(names[0])
    elif (
        len(names) == 1
        and (own.topics or own.words or _THEY.search(question))
        and not is_place(names[0])
        and (it := IT.search(question))
    ):
        if names[0].kind == "broker" and it[0].lower() == "it" and old.subjects:  # no broker is an `it`
            said = f"{question[: it.start()]}{old.subjects[0].text}{question[it.end() :]}"
            return bracketed(said, [names[0], *period])
        whole = agreeing(question[: it.start()], it[0]) + names[0].text + question[it.end() :]
        carried = [spot for spot in carried if spot.kind == "period"]
    if whole == question and not moved and (terse := _terse(core, own, names, carried, chinese)):
        return terse
    return bracketed(whole, carried, [moved[1]] if moved else [])


def _terse(core: str, own: Parts, names: Sequence[Spot], carried: Sequence[Spot], chinese: bool) -> str:
    """A few words for what is wanted of one name, as a question of it: `2025 profit forecast?`; empty for anything else."""
    rest = [spot for spot in carried if spot not in names]
    times = [spot for spot in rest if spot.kind == "period"]
    if len(names) != 1 or len(rest) > len(times) or len(times) > 1 or own.names or _SENTENCE.search(core):
        return ""
    if names[0].kind not in ("company", "name") or not (own.topics or own.words) or not core:
        return ""
    return elliptic(core, names[0], times, chinese)


def _owners(question: str, own: Parts, old: Parts) -> list[Spot]:
    """Whom the earlier question asked about, as far as the new one says nobody of the kind."""
    kinds = {spot.kind for spot in own.names}
    names = [spot for spot in old.names if spot.kind not in kinds] if kinds <= {"broker"} else []
    if own.topics and any(spot.kind == "company" for spot in names):
        names = [spot for spot in names if spot.kind != "name"]
    if _of_no_house(own, old) and any(spot.kind in ("company", "name") for spot in names):
        names = [spot for spot in names if spot.kind != "broker"]
    if own.subjects or own.topics:  # an index owns nothing, unless it is pointed at
        names = [spot for spot in names if spot.kind != "index" or OWNER.search(question)]
    return names or ([] if own.names else other_subjects(own, old))


def _of_no_house(own: Parts, old: Parts) -> bool:
    """Whether something is asked that no broker sets, after a target or a rating: a margin, who runs the company."""
    ratings = bool(old.topics) and all(DATELESS.search(spot.text) for spot in old.topics)
    return (
        ratings and bool(own.topics or own.words) and not any(AHEAD.search(s.text) for s in (*own.topics, *own.words))
    )


def _times(question: str, own: Parts, old: Parts) -> list[Spot]:
    """The times of the earlier question that hold for what is newly asked."""
    if own.periods or step_of(question) or VIEW.search(question) or UNDATED.search(question):
        return []
    return [spot for spot in old.periods if _dated(own, spot) and not RELATIVE.search(spot.text)]


def _carried(
    question: str, core: str, own: Parts, old: Parts, names: list[Spot], period: list[Spot], place: list[Spot]
) -> list[Spot]:
    """What a question takes over from the one before it, in the order in which it is written."""
    times = [] if own.periods or VIEW.search(question) or UNDATED.search(question) else [*old.periods]
    if points_at_topic(question):
        return [*dict.fromkeys((*names, *old.subjects, *old.topics, *old.words, *period))]
    if len(own.words) + len(own.subjects) >= FULL and ASKS.match(core):
        return [*names, *place, *times]  # it says itself what it asks
    if not (own.topics or own.changes or ASKS.search(core) or language(question) == "zh"):
        return [*dict.fromkeys((*names, *old.subjects, *old.topics, *old.words, *period))]
    if not own.topics and not own.changes:
        if names and own.words and not POINTER.search(question):
            return [*names, *times]  # it says itself what it asks
        return [*names, *old.topics, *old.words, *times]
    return [*names, *period, *(place or (old.words if not names else ()))]


def _dated(own: Parts, spot: Spot) -> bool:
    """Whether a period goes with what is newly asked: a target price or a rating has the date of its report alone."""
    dateless = own.topics and all(DATELESS.search(topic.text) for topic in own.topics)
    return not dateless or (spot.period is not None and spot.period.kind in ("day", "week", "month", "range"))


def in_time(question: str, own: Parts, old: Parts) -> str:
    """`And what was Foo's capex?` is of the period asked about before, unless it names one."""
    if own.periods or not own.topics:
        return question
    return bracketed(question, [spot for spot in old.periods if _dated(own, spot)])
