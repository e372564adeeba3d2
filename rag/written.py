"""Answers as they are written without a model: the sentences with their citations, or the refusal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.answer.citations import Draft, cite
from rag.answer.extractive import drafts
from rag.answer.judge import Judgement
from rag.answer.refusal import left_out, refusal_text
from rag.compare.comparison import Comparison
from rag.language import analysis
from rag.llm.planted_hits import quotable
from rag.overview.answer import Overview
from rag.question.concepts import Asked
from rag.search.retrieve import Hits, reports_in
from rag.searched import Known
from rag.types import Answer, Citation, Diagnostics, Evidence, Sentence
from rag.views.opinions import Opinions

if TYPE_CHECKING:
    from rag.library import Library

SHOWN = 10  # passages that an answer carries as its evidence


def extract(
    library: Library,
    question: str,
    hits: Hits,
    base: Answer,
    verdict: Judgement,
    known: Known | None,
) -> Answer:
    """The answer in the words of the reports: what is known as it is, else the statements that answer."""
    made = known.drafts if known else drafts(library.index, question, hits, verdict)
    note = "" if known else left_out(verdict.missing, chinese=analysis.language(base.question) == "zh")
    told = known.notes if isinstance(known, Comparison | Opinions | Overview) else ()
    answer = cited(replace(base, notes=(*base.notes, *([note] if note else []), *told)), made)
    text = "\n".join([answer.text, note]).strip()
    return replace(answer, text=text, evidence=shown(question, hits, answer.citations))


def cited(base: Answer, made: Sequence[Draft]) -> Answer:
    """The answer with these sentences and their citations."""
    sentences, citations = cite(made)
    found = sum(len(citation.figures) for citation in citations)
    missed = sum(len(sentence.unverified_figures) for sentence in sentences)
    return replace(
        base,
        text=joined(sentences),
        sentences=sentences,
        citations=citations,
        diagnostics=Diagnostics(figures=found + missed, figures_found=found),
    )


def shown(question: str, hits: Hits, citations: Sequence[Citation]) -> tuple[Evidence, ...]:
    """The evidence that an answer carries: all that it cites, then the best of the rest, each best first."""
    cited = {citation.passage_id for citation in citations}
    nearest = [item for item in hits.evidence if item.passage.id in cited]
    others = [item for item in quotable(hits.evidence, question) if item.passage.id not in cited]
    most = max(SHOWN, len(nearest))
    return tuple(sorted((nearest + others)[:most], key=lambda item: (item.passage.id not in cited, -item.score)))


def refuse(
    library: Library,
    hits: Hits,
    verdict: Judgement,
    base: Answer,
    scope: frozenset[str] | None,
    named: Sequence[str] = (),
) -> Answer:
    """Say what was searched and what is missing; the nearest passages go along as evidence, uncited."""
    searched = reports_in(library.index, scope)
    missing: Sequence[Asked | str] = named or verdict.missing
    chinese = analysis.language(base.question) == "zh"
    against = verdict.otherwise
    text = refusal_text(
        searched,
        missing,
        chinese=chinese,
        nearest=bool(hits.evidence),
        held=len(library.index.reports()),
        otherwise=against.text if against else "",
    )
    return replace(_led_by(base, against.evidence) if against else base, refused=True, text=text)


def _led_by(base: Answer, first: Evidence) -> Answer:
    """The answer with this passage in front of its evidence."""
    rest = [item for item in base.evidence if item.passage.id != first.passage.id]
    return replace(base, evidence=(first, *rest[: SHOWN - 1]))


def joined(sentences: Sequence[Sentence]) -> str:
    """Sentences as the text of an answer, one a line."""
    return "\n".join(sentence.text for sentence in sentences)


def steps(answer: Answer) -> Iterator[Answer]:
    """The sentences of a whole answer, one more each time, without the last step."""
    for count in range(1, len(answer.sentences)):
        shown = answer.sentences[:count]
        used = max((index for sentence in shown for index in sentence.citations), default=-1) + 1
        yield replace(answer, sentences=shown, text=joined(shown), citations=answer.citations[:used])
