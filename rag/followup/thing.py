"""Another thing, or a part: in the place of one of its kind, of what the question before is of, or in front of the figure.

`And gaming?`, 储能那块呢, `and about Europe?`, `Ozempic?` for Wegovy, `lead?` for zinc.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.followup.figure import other_figure
from rag.followup.frame import Frame, Spot
from rag.followup.marks import OWNER, VIEW
from rag.followup.meant import alike, is_place, kinds, of_which, run_before
from rag.followup.write import ARTICLE, swapped, upper
from rag.question.rise_fall import direction

_ZH_END = re.compile(r"(?:那一?[块边部]分?|这一?[块边部]分?|方面|的)$")
KIND = re.compile(r"(?:业务|板块|分部|部门|segment|division|business|unit)s?", re.IGNORECASE)
WHERE = re.compile(r"(?:海外|境外|国内|境内|overseas|abroad|domestic|international)", re.IGNORECASE)
_SCALE = frozenset(
    "total net annual quarterly full-year adjusted gross operating diluted basic first second third fourth fiscal consolidated group overall interim the its their of".split()
)
_PREP = re.compile(r"^(?P<prep>about|on|of|at|in|for|to|with|from)\s+(?P<what>[^?]{2,40}?)\W*$", re.IGNORECASE)
_JOINT = re.compile(
    r"^(?:(?:those|(?:the )?ones|any)\s+)?(?:for|of|at|with|from|to|in|on|about|only|just)\s+(?=\S)(?:the\s+)?|['’]s$|^[只就]?[看说]",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\b(?:reports?|notes?|documents?|research)\b|报告|研报", re.IGNORECASE)
_TERM = re.compile(r"\b[\w.]+-(?:year|month|week|day)\s+(?=\S|$)", re.IGNORECASE)
_ABROAD = re.compile(r"\b(?:overseas|abroad|foreign|international(?:ly)?)\b|海外|境外|国外|外销", re.IGNORECASE)
_HOME = re.compile(r"\b(?:domestic(?:ally)?|at home|home(?: market)?)\b|国内|境内|内销|本土", re.IGNORECASE)
_IN_THE = re.compile(r"^(?:in|on|from)\s+(?:the\s+)?|\s+markets?$|市场$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"[a-z]+")
_TO = re.compile(r"(?:to|from|with)\s+|[对向往从自]", re.IGNORECASE)
MOST, MOST_ZH = 4, 8  # words of a thing; characters


def other_thing(said: str, own: Frame, wholes: Sequence[Frame]) -> str:
    """The question of another thing, or of a part: in the place behind the same small word, of its kind, or of what it is of."""
    old = wholes[-1]
    if behind := _behind_the_same(said, own, wholes):
        return behind
    what = _JOINT.sub("", ARTICLE.sub("", said) if said.isascii() else _ZH_END.sub("", said))
    if not what or len(what.split()) > MOST or (not what.isascii() and len(what) > MOST_ZH) or own.changes:
        return ""
    same = alike(own.subjects, old)
    measure = any("macro" in kinds(spot.text) for spot in own.subjects)
    if not same and len(old.names) == 1 and not old.topics and _REPORTS.search(old.text):
        return swapped(old.text, [(old.names[0], what)])  # `which reports cover Foo?`: `and those on soybeans?`
    if not same and old.names and (len(own.subjects) > 1 or (measure and not (old.firms or old.houses))):
        return ""  # something else, of somewhere
    if OWNER.search(said) or (measure and not (same or own.words)):
        return other_figure(said, replace(own, topics=own.subjects, subjects=()), old)
    if own.subjects and all(map(is_place, own.subjects)) and (made := _from_where(said, what, same, old)):
        return made
    if same:
        same = same[-len(own.subjects) :] if old.chinese else same[: len(own.subjects)]
        lead = _TERM.search(old.text[: same[0].start])
        swaps = [(spot, what if i == 0 else "") for i, spot in enumerate(same)]
        whole = swapped(old.text, swaps)
        return f"{whole[: lead.start()]}{whole[same[0].start :]}" if lead and _TERM.search(what) else whole
    if not own.topics and not own.periods and (thing := of_which(own, old)):
        return _instead(what, thing, bool(own.subjects), old)
    return "" if own.periods else _part(what, old)


def _instead(what: str, thing: Spot, known: bool, old: Frame) -> str:
    """The question before of ``what`` in the place of the thing that it is of. ``known``: it is of another kind than that."""
    if old.text[thing.end :].startswith(what[-1]) and not what.isascii():
        return f"{old.text[: thing.end]}{what}{old.text[thing.end + 1 :]}"  # QX-217组, 对照组
    if _ADJECTIVE.fullmatch(what) and not kinds(what) and "macro" in kinds(thing.text):
        what = f"{what} {thing.text}"  # `core` of inflation
    if known:  # it is no `10-year Bund` anything
        start = run_before(thing.start, (*old.subjects, *old.words))
        lead = _TERM.search(old.text, 0, start)
        start = lead.start() if lead and lead.end() == start else start
        thing = replace(thing, start=start, text=old.text[start : thing.end])
    return swapped(old.text, [(thing, what)])


def other_side(said: str, old: Frame) -> str:
    """`At home?` behind `overseas sales`, 内销 behind 外销: the other of the two; empty where neither or both are meant."""
    for there, here, word, word_zh in ((_ABROAD, _HOME, "domestic", "国内"), (_HOME, _ABROAD, "overseas", "海外")):
        was = there.search(old.text)
        if was and not here.search(old.text) and here.fullmatch(_IN_THE.sub("", said)):
            new = said if not said.isascii() else word_zh if old.chinese else word
            return f"{old.text[: was.start()]}{new}{old.text[was.end() :]}"
    return ""


def _from_where(said: str, what: str, same: Sequence[Spot], old: Frame) -> str:
    """A place for a measure that was asked for without one, or by whose: 对美国 of 出口, `to the US` of `China's exports`."""
    measure = next((spot for spot in old.subjects if "macro" in kinds(spot.text)), None)
    to = _TO.match(said)
    if measure is None or (same and (not to or any(old.text[: spot.start].endswith(to[0]) for spot in same))):
        return ""
    if old.chinese:
        start = run_before(measure.start, old.words)
        return f"{old.text[:start]}{said if to else what}{old.text[start:]}"
    if to:
        return f"{old.text[: measure.end]} {said}{old.text[measure.end :]}"
    return "" if old.names else f"{old.text[: measure.start]}{what} {old.text[measure.start :]}"


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
            beside = [*old.names, *old.topics, *old.subjects]
            if lead and len(beside) > (spot in beside):
                what = re.sub(r"^the\s+", "", match["what"]) if lead["the"] else match["what"]
                return upper(swapped(old.text, [(spot, what)]))
    return ""


def _part(what: str, old: Frame) -> str:
    """The question for a part alone, or for another part: in front of the figure; empty where it asks for none of anybody."""
    figures = [spot for spot in old.topics if kinds(spot.text) & {"metric", "line_item"}]
    figures = [s for s in figures if not (direction(s.text) or KIND.fullmatch(s.text) or VIEW.search(s.text))]
    ends = {spot.end for spot in (*old.subjects, *old.words)}
    topic = next((spot for spot in figures if spot.start - 1 in ends), figures[0] if figures else None)
    if topic is None or not old.names:
        return ""
    part = re.sub(r"^the\s+|\s+(?:segment|division|business|unit)s?$", "", what, flags=re.IGNORECASE)
    head, rest = old.text[: topic.start], old.text[topic.start :]
    start = run_before(topic.start, (*old.subjects, *old.words, *(old.topics if old.chinese else ())))
    if old.chinese:
        beside_it = any(spot.end in (topic.start, topic.start - 1) for spot in (*old.subjects, *old.words, *old.topics))
        if WHERE.fullmatch(part):
            return old.text[:start] + part + old.text[start:]
        return old.text[:start] + part + ("的" if beside_it and head.endswith("的") else "") + rest
    if start < topic.start and not set(old.text[start : topic.start].lower().split()) & _SCALE:
        return f"{old.text[:start]}{part} {rest}"
    return f"{head}{part} {rest}"
