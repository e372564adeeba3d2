"""Follow-up questions as they are written out: an earlier question with more words, or with others in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.analysis import language
from rag.question.followup_parts import Spot

STOP = re.compile(r"\s*[?？。.!！]*\s*$")


def with_words(question: str, words: Sequence[str], chinese: bool) -> str:
    """A question with more words before its question mark."""
    words = [word.strip() for word in words if word.strip()]
    if not words:
        return question
    return f"{STOP.sub('', question)} ({('、' if chinese else ', ').join(words)})?"


def swapped(question: str, swaps: Sequence[tuple[Spot, str]]) -> str:
    """A question with other words in the place of some of its pieces; a piece left out takes its joint with it."""
    out = question
    for spot, words in sorted(swaps, key=lambda swap: -swap[0].start):
        head, tail = out[: spot.start], out[spot.end :]
        if words:
            lead = re.match(r"(?:in|for|during|of|on)\s+(?:the\s+)?", spot.text, re.IGNORECASE)
            keeps = (
                spot.kind == "period"
                and lead
                and not re.match(
                    r"(?:in|for|during|of|on|before|after|since|until|by|from|at|as)\b", words, re.IGNORECASE
                )
            )
            words = lead[0] + words if keeps and lead else words
        else:
            head = re.sub(
                r"\s*(?:,|、|&|\band\b|\bor\b|\bwith\b|\bversus\b|\bvs\.?|和|与|及|跟|对比)\s*$",
                "",
                head,
                flags=re.IGNORECASE,
            )
        out = head + words + tail
    return out


def elliptic(topic: str, name: Spot, period: Sequence[Spot], chinese: bool) -> str:
    """`capex` as `What about Foo's capex in FY2023?`."""
    when = period[0].text.strip() if period else ""
    when = re.sub(
        r"^(?:fiscal|financial|quarter|half|year|three|six|nine|twelve)\b", r"the \g<0>", when, flags=re.IGNORECASE
    )
    if chinese:
        return f"{name.text}{period[0].period.surface if period and period[0].period else when}的{topic}?"
    joint = "" if not when or (" " in when and when.split()[0].islower() and when.split()[0] != "the") else "in "
    return f"What about {name.text}'s {topic}{' ' if when else ''}{joint}{when}?"


def bracketed(question: str, carried: Sequence[Spot], more: Sequence[str] = ()) -> str:
    """A question with what it takes over in brackets behind it."""
    words = [_carried(spot) for spot in carried]
    words = [word for word in dict.fromkeys([*words, *more]) if word and word.lower() not in question.lower()]
    if not words:
        return question
    if [spot.kind for spot in carried] == ["period"] and not more and language(question) == "en":
        return f"{STOP.sub('', question)} {_placed(carried[0])}?"
    return f"{question.rstrip()} ({('、' if language(question) == 'zh' else ', ').join(words)})"


def _carried(spot: Spot) -> str:
    """A piece as it is taken over: of a time its own words, with how long it is where only its last day is named."""
    if spot.period is None:
        return spot.text
    if re.search(r"\bend(?:ed|ing)\b", spot.text, re.IGNORECASE):
        return re.sub(r"^(?:in|for|during|of|on)\s+(?:the\s+)?", "", spot.text.strip(), flags=re.IGNORECASE)
    return spot.period.surface.strip()


def _placed(spot: Spot) -> str:
    """A time with the small word that places it: what was so at the end of a year is asked of the year."""
    when = spot.period.surface.strip() if spot.period else spot.text.strip()
    lead = re.match(r"(?:in|for|during|on)\s+(?:the\s+)?", spot.text, re.IGNORECASE)
    if re.match(r"(?:last|this|next)\b", when, re.IGNORECASE):
        return when
    return f"{lead[0] if lead else 'on ' if spot.period and spot.period.kind == 'day' else 'in '}{when}"
