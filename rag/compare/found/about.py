"""Which side a statement is on, told by the names in it, over it and in front of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag.compare.asked.side import Side
from rag.compare.asked.things import forms_of
from rag.compare.asked.weeks import of_week
from rag.language.words import terms_of
from rag.search.retrieve import Index
from rag.types import Evidence, Passage

UNDER = 0.8  # how surely a statement is on what the heading over it names,
CARRIED = 0.7  # and on what the statement before it names, where it begins with `its` or 该
_CARRIES = re.compile(
    r"^\W*(?:its|it|they|their|this|these|the (?:company|group|bank|metal|drug|fund))\b|^[该其]", re.IGNORECASE
)


def on_side(index: Index, item: Evidence, start: int, end: int, side: Side, named: Sequence[Side]) -> bool:
    """Whether a sentence is on a side and on none of the others; any sentence is where the side is no name."""
    if side.kind not in ("thing", "company") or not side.name:
        return True
    return bool(on(index, item, start, end, side, [forms_of(other.name) for other in named if other is not side]))


def on(
    index: Index, item: Evidence, start: int, end: int, side: Side, others: Sequence[Sequence[frozenset[str]]]
) -> float:
    """How surely a sentence is on a side, 0..1."""
    passage, own = item.passage, forms_of(side.name)
    text = passage.text[start:end]
    words = terms_of(text)
    if side.kind == "week":
        return float(of_week(side, text))
    if side.name in text or (_says(own[:1], words) and not _says_more(own[0], others, words)):
        return 1.0
    if _says(own, words) and not any(_says(forms[:1], words) for forms in others):
        return 1.0
    above = terms_of(passage.section[-1]) if passage.section else frozenset()
    if any(_says(forms, words) or (_says(forms, above) and not _says(own, above)) for forms in others):
        return 0.0
    alone = len(item.report.companies) == 1 or bool(item.report.period)  # a filing may give its company two names
    if side.kind in ("broker", "report", "period") or (side.kind == "company" and alone):
        return 1.0
    if _says(own, above):
        return UNDER
    before = before_it(index, passage) if _CARRIES.search(text) else None
    earlier = passage.text[:start] or (before.text if before else "")
    return CARRIED * (bool(_CARRIES.search(text)) and (side.name in earlier or _says(own, terms_of(earlier))))


def before_it(index: Index, passage: Passage) -> Passage | None:
    """The passage in front of one under the same heading."""
    whole = index.report_passages(passage.report_id)
    return next((p for p in whole if p.ordinal == passage.ordinal - 1 and p.section == passage.section), None)


def _says_more(own: frozenset[str], others: Sequence[Sequence[frozenset[str]]], words: Collection[str]) -> bool:
    """Whether a text says the longer name of another side that this one is a part of."""
    return any(own < forms[0] and forms[0].issubset(words) for forms in others if forms)


def _says(forms: Sequence[frozenset[str]], words: Collection[str]) -> bool:
    return any(form.issubset(words) for form in forms)
