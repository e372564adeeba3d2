"""What an earlier question of a conversation was answered with, found again: `the second one` of a list, `they` of a report.

Only names are taken from it, to complete a question with; it never becomes evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.catalogue.answer import catalogue
from rag.overview.events import events
from rag.searched import searched
from rag.types import Answer
from rag.written import cited, extract

if TYPE_CHECKING:
    from rag.library import Library


def recalled(library: Library, question: str, scope: frozenset[str] | None) -> Answer:
    """The extractive answer to a question that stands alone; without text where there is none."""
    base = Answer(question, "")
    with library.index.steady():
        listed = events(library.index, question, scope) or catalogue(library.index, question, scope)
        if listed is not None and listed.drafts:
            return cited(base, listed.drafts)
        there = searched(library, question, scope, listed, lambda _stage: None)
        if there.nothing or not (there.verdict.answerable or there.known):
            return base
        return extract(library, question, there.hits, base, there.verdict, there.known)
