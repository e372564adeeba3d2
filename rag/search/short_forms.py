"""Short forms that a report makes for its own names: `Rail & Harbour Services (RHS)`, and RHS from there on.

A question says the name, the sentences that answer it say the short form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rag.language import analysis
from rag.types import Report

if TYPE_CHECKING:
    from rag.search.retrieve import Index

MOST_BEFORE = 90  # characters before the bracket in which the name stands
FEWEST = 2  # letters of a short form that begin words of the name, in order
_SHORT = re.compile(r"\((?:the |our )?[“\"']?([A-Z][A-Z&]{1,6})[”\"']?\)")
_NAME = re.compile(r"(?:[A-Z][\w’'&-]*,? (?:(?:and|of|for|the|&) )*){1,8}$")
_USED = re.compile(r"\b[A-Z][A-Z&]{1,6}\b")


def short_forms(index: Index, report: Report, words: frozenset[str]) -> dict[str, frozenset[str]]:
    """Short form -> the terms of the name it stands for, of those whose name has one of ``words`` (analysed terms)."""
    found: dict[str, frozenset[str]] = {}
    for passage in index.report_passages(report.id):
        text = passage.text
        for match in _SHORT.finditer(text):
            if match[1] in found or (name := _name(match[1], text[: match.start()])) is None:
                continue
            found[match[1]] = frozenset(analysis.terms(name))
    return {short: terms for short, terms in found.items() if terms & words}


def in_full(text: str, stand_for: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The terms that the short forms of a text stand for."""
    if not stand_for:
        return frozenset()
    used = {match[0] for match in _USED.finditer(text)}
    return frozenset(term for short in used & stand_for.keys() for term in stand_for[short])


def _name(short: str, before: str) -> str | None:
    """The words right before a bracket that its short form stands for, as few as begin with its letters; None where none do."""
    match = _NAME.search(before[-MOST_BEFORE:])
    words = [*re.finditer(r"[A-Z][\w’'&-]*", match[0])] if match else []
    for count in range(FEWEST, len(words) + 1):
        if match and _stands_for(short, [word[0][0] for word in words[-count:]]):
            return match[0][words[-count].start() :]
    return None


def _stands_for(short: str, initials: Sequence[str]) -> bool:
    """Whether initials hold the letters of a short form in order: all but one, which may be that of the company."""
    letters = short.replace("&", "")
    at, held = -1, 0
    for initial in initials:
        found = letters.find(initial, at + 1)
        at, held = (found, held + 1) if found >= 0 else (at, held)
    return held >= max(FEWEST, len(letters) - 1)
