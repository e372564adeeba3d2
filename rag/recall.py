"""What an earlier question of a conversation was answered with, found again: `the second one` of a list, `they` of a report.

Only names are taken from it, to complete a question with; it never becomes evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.catalogue.answer import catalogue
from rag.overview.events import events
from rag.searched import searched
from rag.types import Answer, Evidence
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
        answer = extract(library, question, there.hits, base, there.verdict, there.known)
        return replace(answer, evidence=(*answer.evidence, *_beside(library, answer)))


def _beside(library: Library, answer: Answer) -> Iterator[Evidence]:
    """What stands under the heading of the first statement of an answer: it tells whether that heading is a name."""
    if not answer.citations:
        return
    first, have = answer.citations[0], {item.passage.id for item in answer.evidence}
    whole = library.index.report_passages(first.report.id)
    section = next((passage.section for passage in whole if passage.id == first.passage_id), None)
    for passage in whole:
        if section and passage.section == section and passage.id not in have:
            yield Evidence(passage, first.report, 0.0)
