"""One thing that every annual report says somewhere: how it is asked for, and which sentences answer it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.language import analysis


@dataclass(frozen=True, slots=True)
class Topic:
    """``asks``: of a question; ``says``: of sentences, the surest first; ``where``: of headings above them.

    ``words``: what is searched for, and what a question may say without asking for something narrower.
    ``most``: sentences of an answer. ``whole``: a sentence that opens a list or a table is given with it.
    ``dated``: what was so in another year than the one asked for is no answer. ``under``: only what stands under such a
    heading answers. ``counted``: of several numbers the greatest is meant, the total. ``also``: a sentence given behind.
    """

    name: str
    asks: re.Pattern[str]
    says: tuple[re.Pattern[str], ...]
    where: re.Pattern[str]
    words: frozenset[str]
    most: int = 2
    whole: bool = False
    dated: bool = False
    under: bool = False
    counted: bool = False
    also: re.Pattern[str] | None = None


NAME = r"(?-i:[A-Z][\w’'.-]+ (?:[A-Z]\. )?[A-Z][\w’'-]+)"  # of a person


def officer(name: str, asks: str, role: str, words: str) -> Topic:
    """Who holds an office: a person's name beside it, not one who held it before, or holds it in a part of the company."""
    role = rf"(?:{role})(?! (?-i:[A-Z]))"
    gap = r"(?:(?!\b(?:former|formerly|previously|prior|until)\b)[^;])"
    return made(
        name,
        rf"\bwho(?:['’]s| is| was| are| serves as)\b.{{0,40}}\b(?:{asks})|\bname of\b.{{0,40}}\b(?:{asks})",
        rf"(?:\bM(?:r|s|rs)\.|\bDr\.|{NAME}){gap}{{0,40}}\b(?:has (?:served|been)|serves|is|was (?:named|appointed|elected))\b{gap}{{0,120}}\b{role}"
        rf" @ {NAME}{gap}{{0,80}}\b{role} @ \bI, {NAME},{gap}{{0,60}}{role}",
        r"executive officers?|directors|management|certification|officers",
        f"who name person head heads run runs running leads {words} served serves appointed named mr ms mrs dr age",
        most=1,
    )


def made(
    name: str, asks: str, says: str, where: str, words: str, most: int = 2, *,
    whole: bool = False, dated: bool = False, under: bool = False, counted: bool = False, also: str = "",
) -> Topic:  # fmt: skip
    return Topic(
        name,
        re.compile(asks, re.IGNORECASE),
        tuple(re.compile(part, re.IGNORECASE) for part in says.split(" @ ")),
        re.compile(where, re.IGNORECASE),
        frozenset(analysis.terms(words)),
        most,
        whole,
        dated,
        under,
        counted,
        re.compile(also, re.IGNORECASE) if also else None,
    )
