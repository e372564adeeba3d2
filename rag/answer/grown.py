"""The growth of a measure: `revenue growth` is told by `revenue rose 5%`, 收入增长 by `收入9.7亿元（yoy+8.5%）`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from rag.language import lexicon
from rag.language.words import terms_of
from rag.question.concepts import METRICS
from rag.question.rise_fall import MOVES

AFTER, BEFORE = 50, 12  # characters around the measure in which its change stands
_GROWTH = re.compile(
    r"(?P<of>.{2,}?)的?(?:同比|环比)?(?:增速|增长率?|增幅)|(?P<en>.{3,}) growth(?: rates?)?", re.IGNORECASE
)
# A change by its sign or its word beside a number: `(yoy + 8.4%)`, 同比-3%, `growth of 5%`.
_CHANGE = re.compile(
    r"(?:yoy|qoq|mom|y/y|q/q|同比|环比|按年|按季)[^\d,，;；。]{0,5}\d|[(（]\s?[-+−–]\s?\d[\d.]*\s?[%％]"
    r"|(?:增速|增幅|增长率|\bgrowth\b)[^,，;；。]{0,14}\d|\d[\d.]*\s?[%％](?:的)?(?:增速|增幅|增长| growth\b)",
    re.IGNORECASE,
)


def growth_test(surface: str) -> Callable[[str], bool] | None:
    """How to tell that a text gives the growth of the measure that a term names; None for a term that is no growth of one."""
    match = _GROWTH.fullmatch(surface)
    measure = match and (match["of"] or match["en"])
    forms = (
        [form for entry in lexicon.lookup(measure) if entry.kind in METRICS for form in entry.forms] if measure else []
    )
    return _test(tuple(forms)) if forms else None


@lru_cache(maxsize=256)
def _test(names: tuple[str, ...]) -> Callable[[str], bool]:
    asked = [terms_of(name) for name in names]

    def is_one(surface: str) -> bool:  # or one of its kinds: 归母净利 is a 利润
        own = [terms_of(form) for entry in lexicon.lookup(surface) if entry.kind in METRICS for form in entry.forms]
        return any(name <= other for name in asked for other in own)

    def tells(text: str) -> bool:
        return any(is_one(said.surface) and _changes(text, said.start, said.end) for said in lexicon.expand(text))

    return tells


def _changes(text: str, start: int, end: int) -> bool:
    """Whether a change stands beside what stands at ``text[start:end]``, before the next sentence."""
    behind = re.split(r"[;；。]|\.\s", text[end : end + AFTER], maxsplit=1)[0]
    ahead = re.split(r"[,，;；。、]", text[max(start - BEFORE, 0) : start])[-1]
    near = ahead + text[start:end] + behind
    return bool(_CHANGE.search(near) or MOVES.search(behind))
