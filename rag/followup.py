"""Follow-up questions: completed from the earlier ones before anything is searched. History never becomes evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag import analysis
from rag.concepts import Asked, asked
from rag.lexicon import entities

_OPENERS = re.compile(
    r"^\s*(?:and|but|so|also|then|ok(?:ay)?[, ]|what about|how about|what else|why(?: is that| so)?\s*\?|(?:which|what) of (?:these|those)"
    r"|那么?|还有|另外|以及|其中|然后|同样|至于|再|又)",
    re.IGNORECASE,
)
_POINTERS = re.compile(
    r"\b(?:it|its|they|their|them|this|that|these|those|the same|former|latter|there|he|she|his|her|the (?:company|firm|bank|report|note|stock|share|broker|year|quarter|week) before"
    r"|the (?:company|firm|report|note|stock|broker)|that (?:year|quarter|period|report|note))\b"
    r"|它|其(?!中|他|它|实|余|次)|该|这家|这份|这个|那个|那份|上述|此|他们|她",
    re.IGNORECASE,
)
_SELF_CONTAINED = 8


def is_follow_up(question: str) -> bool:
    """Whether a question leans on what was asked before: it opens like one, points back, or names nothing itself."""
    if _OPENERS.search(question):
        return True
    named = bool(entities(question))
    if _POINTERS.search(question) and not named:
        return True
    return not named and len(analysis.content_terms(question)) <= 2


def resolve(question: str, history: Sequence[str]) -> str:
    """The question with what it leaves out taken from the latest question that says it; unchanged when complete.

    Only names, periods and, when the new question has no metric of its own, the subject are carried over.
    """
    if not history or not is_follow_up(question):
        return question
    own = asked(question)
    carried = _carried(own, history)
    if not carried:
        return question
    joined = "、".join(carried) if analysis.language(question) == "zh" else ", ".join(carried)
    bracket = f"({joined})"
    stripped = question.rstrip()
    return f"{stripped} {bracket}"


def _carried(own: Sequence[Asked], history: Sequence[str]) -> list[str]:
    """Pieces of earlier questions, newest first, that the new question does not replace."""
    kinds = {concept.kind for concept in own}
    says_what = bool(kinds & {"metric", "term"})
    seen = {concept.forms[0] for concept in own}
    carried: list[str] = []
    for turn in reversed(history[-3:]):
        for concept in asked(turn):
            replaced = concept.kind in kinds & {"name", "period"}
            if concept.forms[0] in seen or replaced or (says_what and concept.kind not in ("name", "period", "number")):
                continue
            seen.add(concept.forms[0])
            carried.append(_as_written(concept.surface, turn))
        if not is_follow_up(turn):
            break
    return carried


def _as_written(surface: str, turn: str) -> str:
    """A piece as the user wrote it: pieces are folded to lower case."""
    at = turn.lower().find(surface.lower())
    return turn[at : at + len(surface)] if at >= 0 else surface
