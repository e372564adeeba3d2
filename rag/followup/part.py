"""A part of what was asked about in the place of another or of the whole: `and gaming?`, 储能那块呢, `and about Europe?`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup.marks import ASKS, VIEW
from rag.followup.parts import Parts, Spot, parts_of
from rag.followup.text import swapped, upper
from rag.language.analysis import language
from rag.language.lexicon import expand
from rag.question.rise_fall import direction
from rag.types import Report

_ZH_END = re.compile(r"(?:那一?[块边部]分?|这一?[块边部]分?|方面|的)$")
_WHAT_KIND = re.compile(r"(?:业务|板块|分部|部门|segment|division|business|unit)s?", re.IGNORECASE)
_SENTENCE = re.compile(
    r"^(?:in|for|of|at|on|by|with|from|to|as|than|vs|versus|compared|only|just|also|not|no|yes|why|per|including|excluding|without)\b|\b(?:only|instead|too|then|please|more|less|higher|lower|better|worse|change|changes|details?|source|page|one|ones|exactly|again|else)\b|\d"
    r"|[谁哪吗怎何什两各吧]|多少|几[个家年份]|为何|是否|是不是|有没有|能不能|能否|会不会|如何|相比|对比|详细|具体|同比|环比|上一|前一|后一|回答",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:海外|境外|国内|境内|overseas|abroad|domestic|international)", re.IGNORECASE)
_SCALE = frozenset(
    "total net annual quarterly full-year adjusted gross operating diluted basic first second third fourth fiscal consolidated group overall interim the its their of".split()
)
_OLD_PART = re.compile(r"(?:['’]s|\b(?:the|of|its))\s+(?P<part>(?:[^\W\d][\w&.-]*\s+){1,3})$", re.IGNORECASE)
_AFTER = re.compile(r"^(?P<prep>about|on|of|at|in|for)\s+(?P<the>the\s+)?(?P<what>[^?]{2,40}?)\W*$", re.IGNORECASE)
MOST = 3  # words of a part


def of_part(core: str, before: str, own: Parts, old: Parts) -> str:
    """The question before for a part alone, or for another part; empty where something else is asked."""
    part = _part(core, own, old)
    topic = _parted(old)
    if not part or topic is None:
        return ""
    head, rest = before[: topic.start], before[topic.start :]
    if language(before) == "zh":
        beside = [
            spot for spot in (*old.subjects, *old.words, *old.topics) if spot.end in (topic.start, topic.start - 1)
        ]
        start = run_before(topic.start, (*old.subjects, *old.words, *old.topics))
        if _WHERE.fullmatch(part):
            return before[:start] + part + before[start:]
        return before[:start] + part + ("的" if beside and head.endswith("的") else "") + rest
    if _WHERE.fullmatch(part):
        found = _OLD_PART.search(head)
        at = found.start("part") if found else topic.start
        return f"{before[:at]}{part} {before[at:]}"
    owned = [
        s for s in (*old.subjects, *old.words) if re.search(r"['’]s\s+$", before[: s.start]) and s.start > topic.end
    ]
    if len(owned) == 1:
        return before[: owned[0].start] + part + before[owned[0].end :]
    start = run_before(topic.start, (*old.subjects, *old.words))
    if start < topic.start and not set(before[start : topic.start].lower().split()) & _SCALE:
        return f"{before[:start]}{part} {rest}"
    found = _OLD_PART.search(head)
    if (
        found
        and not any(spot.start < topic.start and spot.end > found.start("part") for spot in old.periods)
        and not set(found["part"].lower().split()) & _SCALE
    ):
        return f"{head[: found.start('part')]}{part} {rest}"
    return f"{head}{part} {rest}"


def run_before(start: int, spots: Sequence[Spot]) -> int:
    """Where the words begin that stand right in front of character ``start``, each beside the next."""
    for spot in sorted(spots, key=lambda each: -each.start):
        if 0 <= start - spot.end <= 1:
            start = spot.start
    return start


def _parted(old: Parts) -> Spot | None:
    """What was asked for of a part, or of the whole: the figure with a part in front of it, else the first."""
    figures = [
        spot
        for spot in old.topics
        if any(found.kind in ("metric", "line_item") for found in expand(spot.text))
        and not (direction(spot.text) or _WHAT_KIND.fullmatch(spot.text) or VIEW.search(spot.text))
    ]
    ends = {spot.end for spot in (*old.subjects, *old.words)}
    return next((spot for spot in figures if spot.start - 1 in ends), figures[0] if figures else None)


def _part(core: str, own: Parts, old: Parts) -> str:
    """The words of a follow-up that are nothing but the name of a part."""
    if own.names or own.periods or own.changes or not (own.subjects or own.words or _WHERE.search(core)):
        return ""
    if (
        any(not (_WHAT_KIND.fullmatch(spot.text) or _WHERE.fullmatch(spot.text)) for spot in own.topics)
        or ASKS.search(core)
        or not old.names
    ):
        return ""
    part = core if core.isascii() else _ZH_END.sub("", core)
    if _SENTENCE.search(part) or len(part.split()) > MOST or (not part.isascii() and len(part) > 8):
        return ""
    return re.sub(r"^the\s+|\s+(?:segment|division|business|unit)s?$", "", part, flags=re.IGNORECASE)


def is_place(spot: Spot) -> bool:
    """Whether a piece of a question is a place."""
    return any(found.kind == "place" for found in expand(spot.text))


def about(core: str, wholes: Sequence[str], reports: Sequence[Report]) -> str:
    """`And about Foo?`: the nearest earlier question that asked about something, about this instead; else empty."""
    match = _AFTER.match(core)
    own = parts_of(core, reports)
    if match is None or own.periods or ASKS.search(core) or (own.topics and match["prep"].lower() != "about"):
        return ""
    for before in reversed(wholes):
        old = parts_of(before, reports)
        unknown = [name for name in old.names if name.kind == "name" or match["prep"].lower() == "for"]
        for spot in (*old.subjects, *unknown, *old.topics, *old.words):
            if match["prep"].lower() in ("in", "at") and not (is_place(spot) and all(map(is_place, own.subjects))):
                continue
            lead = re.search(rf"\b{match['prep']}\s+(?:the\s+)?$", before[: spot.start], re.IGNORECASE)
            if lead and len(old.names) + len(old.topics) > (spot in old.names):
                the = "" if re.search(r"\bthe\s+$", before[: spot.start], re.IGNORECASE) else match["the"] or ""
                return upper(swapped(before, [(spot, the + match["what"])]))
    return ""
