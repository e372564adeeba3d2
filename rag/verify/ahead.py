"""Reading passages for the check before they are cited: while a model writes, there is time for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from rag.figures.basis import all_against, pers_in
from rag.figures.context import Reading, ranges
from rag.language.analysis import small_letters
from rag.language.quote import find_quote
from rag.types import Evidence, Passage
from rag.verify import terms, wording
from rag.verify.alignment import index_of
from rag.verify.arithmetic import courses, of_rows
from rag.verify.carried import bases_of, carried
from rag.verify.cells import currency_of
from rag.verify.course import priors
from rag.verify.deeds import deeds
from rag.verify.labels import labels
from rag.verify.lists import lists
from rag.verify.owner import owners, pairs
from rag.verify.ratings import stances
from rag.verify.sentence import verify_sentence
from rag.verify.source import body_of, by_day, sources_of
from rag.verify.ways import turns

# Stands nowhere, and so goes through most steps of a check.
_NOWHERE = {"en": "Nothing rose 0.123457% to 8,765,432.1.", "zh": "没有任何东西上升0.123457%至8,765,432.1。"}
_DENYING = {"en": "Nobody would not be nowhere.", "zh": "没有任何人不会在任何地方。"}
_OF_READINGS: tuple[Callable[[Reading], Any], ...] = (
    bases_of, carried, courses, index_of, lists, of_rows, owners, pairs, priors, ranges, terms.labels, terms.links, terms.middles,
    terms.steps,
)  # fmt: skip
_OF_TEXTS: tuple[Callable[[str], Any], ...] = (
    all_against, deeds, pers_in, wording.denied, wording.expectation,
)  # fmt: skip


def read_ahead(passages: Iterable[Evidence | Passage | str], language: Literal["en", "zh"]) -> None:
    """Read passages that sentences of a language may cite, all that the check will ask of them: to check against a passage
    that was never read takes several times as long.

    What is kept is bounded: of so many texts as the check keeps, the oldest goes first.
    """
    for passage in passages:
        verify_sentence(_NOWHERE[language], [passage])
        for source in sources_of(passage):
            text = source.reading.text
            for of_reading in _OF_READINGS:
                of_reading(source.reading)
            for of_text in _OF_TEXTS:
                of_text(text)
            for part in (source.context, text):
                wording.names_in(part)
            by_day(text, source.day)
            stances(small_letters(text))
            labels(source.reading, language)
            turns(source.reading, language)
            wording.coverage(_NOWHERE[language], [source.everything, *(text[a:b] for a, b in source.reading.spans)])
            wording.likeness(_NOWHERE[language], [text])
            for told in (_DENYING[language], _NOWHERE["en"]):
                wording.denial(told, [text])
            for fact in source.reading.facts:
                currency_of(fact, source)
        find_quote(body_of(passage), body_of(passage))
