"""What else a follow-up may mean, beside what the rules made of it: proposed here, decided by what the library says.

A question with little of its own (`has it been delayed?`, `why so few?`, 多久回本) is of a company to the rules, and may be
of what was asked about before. Each offer has all that the follow-up names itself: more is asked by it, never less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.catalogue.question import request as catalogued
from rag.followup.frame import Frame
from rag.followup.meant import ASKED_OF, figure_span, kinds
from rag.followup.shelf import Shelf
from rag.followup.write import bracketed
from rag.overview.question import request

Decide = Callable[[Sequence[str]], str]  # whole questions, the likeliest first -> the one that is meant

# Asked of somebody, whatever figure was asked for before.
_OF_SOMEBODY = re.compile(r"\bwho(?:se|m)?\b|\bthe (?:company|firm|bank|group|stock)\b|谁|公司", re.IGNORECASE)


def first(questions: Sequence[str]) -> str:
    """The likeliest one: decides where nothing is known of what the library says."""
    return questions[0]


def offers(turn: str, made: str, old: Frame, shelf: Shelf) -> tuple[str, ...]:
    """Other whole questions that a follow-up may be, the likeliest first. ``made``: the one that the rules made of it."""
    own = shelf.read(turn)
    if not _leans(own) or any(_says(made, spot.text) for spot in old.subjects) or request(made) or catalogued(made):
        return ()
    start, end = figure_span(old)
    figure = old.text[start:end]
    things = _things(old, made)
    found = [bracketed(made, [], [figure])] if figure and not _says(made, figure) else []
    found += [bracketed(made, [], things)] if things else []
    return tuple(other for other in dict.fromkeys(found) if other != made)


def _things(old: Frame, made: str) -> list[str]:
    """What a question is about, beside whom and when, and another one does not say: as it stands side by side in it."""
    spots = [spot for spot in (*old.subjects, *old.topics, *old.words) if not _says(made, spot.text)]
    runs: list[tuple[int, int]] = []
    for spot in sorted(spots, key=lambda spot: spot.start):
        if runs and spot.start - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], spot.end)
        else:
            runs.append((spot.start, spot.end))
    return [old.text[start:end] for start, end in runs]


def _leans(own: Frame) -> bool:
    """Whether a follow-up names nobody, no thing and no figure of its own."""
    figures = [spot for spot in own.topics if kinds(spot.text) & ASKED_OF]
    return not (own.names or own.subjects or figures or _OF_SOMEBODY.search(own.text))


def _says(text: str, words: str) -> bool:
    return words.lower() in text.lower()
