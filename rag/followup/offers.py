"""What else a follow-up may mean, beside what the rules made of it: proposed here, decided by what the library says.

A question with little of its own (`has it been delayed?`, `why so few?`, 多久回本) is of a company to the rules, and may be
of what was asked about before. Each offer has all that the follow-up names itself: more is asked by it, never less.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.catalogue.question import request as catalogued
from rag.followup.frame import Frame, Spot
from rag.followup.meant import ASKED_OF, figure_span, kinds
from rag.followup.shelf import Shelf
from rag.followup.write import bracketed
from rag.overview.question import request
from rag.question.turn import Turn

# whole questions, the likeliest first, and what they are completed from -> the one that is meant
Decide = Callable[[Sequence[str], Turn], str]

# Asked of somebody, whatever figure was asked for before.
_OF_SOMEBODY = re.compile(r"\bwho(?:se|m)?\b|\bthe (?:company|firm|bank|group|stock)\b|谁|公司", re.IGNORECASE)


def first(questions: Sequence[str], _turn: Turn) -> str:
    """The likeliest one: decides where nothing is known of what the library says."""
    return questions[0]


def offers(turn: str, made: str, old: Frame, shelf: Shelf) -> tuple[str, ...]:
    """Other whole questions that a follow-up may be, the likeliest first; none where it names somebody or something.

    ``made``: the one that the rules made of it. Where the follow-up asks for a figure, the offer is of the product, place
    or sector before it; else of the figure, or of all that was asked about.
    """
    own = shelf.read(turn)
    if own.names or own.subjects or _OF_SOMEBODY.search(turn) or request(made) or catalogued(made):
        return ()
    if any(_says(made, spot.text) for spot in old.subjects):
        return ()
    if any(kinds(spot.text) & ASKED_OF for spot in own.topics):
        found = [_things(made, old.subjects, old.words) if old.subjects else []]
    else:
        start, end = figure_span(old)
        figure = Spot(start, end, old.text[start:end], "topic")
        found = [_things(made, [figure] if figure.text else []), _things(made, old.subjects, old.topics, old.words)]
    wholes = (bracketed(made, [], [old.text[start:end] for start, end in runs]) for runs in found if runs)
    return tuple(whole for whole in dict.fromkeys(wholes) if whole != made)


def _things(made: str, *spots: Sequence[Spot]) -> list[tuple[int, int]]:
    """Where those pieces of a question that another one does not say stand side by side."""
    runs: list[tuple[int, int]] = []
    for spot in sorted((spot for each in spots for spot in each), key=lambda spot: spot.start):
        if _says(made, spot.text):
            continue
        if runs and spot.start - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], spot.end)
        else:
            runs.append((spot.start, spot.end))
    return runs


def _says(text: str, words: str) -> bool:
    return words.lower() in text.lower()
