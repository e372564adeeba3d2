"""The way of a question: completed, searched, judged, answered, checked. One function, used by page, CLI and eval."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rag import analysis
from rag.answer import drafts
from rag.citations import cite
from rag.followup import resolve
from rag.judge import Judgement, judge
from rag.refusal import left_out, refusal_text
from rag.retrieve import Hits, search
from rag.types import Answer, Diagnostics, Sentence

if TYPE_CHECKING:
    from rag.library import Library

SEARCHED = 20  # passages taken from retrieval
SHOWN = 10  # passages that an answer carries as its evidence


def ask(library: Library, question: str, *, history: Sequence[str] = (), scope: frozenset[str] | None = None) -> Answer:
    """The answer to a clean question; ``history``: earlier questions, oldest first; ``scope``: report ids or None."""
    watch = _Watch()
    full = resolve(question, history)
    watch.lap("resolve")
    hits = search(library.index, library.encoder, full, limit=SEARCHED, scope=scope)
    watch.lap("search")
    verdict = judge(library.index, full, hits)
    watch.lap("judge")
    base = Answer(question, "", evidence=hits.evidence[:SHOWN], resolved=full if full != question else None)
    answer = (
        _extract(library, full, hits, base, verdict)
        if verdict.answerable
        else _refuse(library, hits, verdict, base, scope)
    )
    watch.lap("answer")
    return replace(answer, diagnostics=replace(answer.diagnostics, seconds=watch.seconds()))


def stream(
    library: Library, question: str, *, history: Sequence[str] = (), scope: frozenset[str] | None = None
) -> Iterator[Answer]:
    """The same as growing answers, a sentence more each time; the last one is final."""
    answer = ask(library, question, history=history, scope=scope)
    for count in range(1, len(answer.sentences)):
        shown = answer.sentences[:count]
        used = max((index for sentence in shown for index in sentence.citations), default=-1) + 1
        yield replace(answer, sentences=shown, text=joined(shown), citations=answer.citations[:used])
    yield answer


def joined(sentences: Sequence[Sentence]) -> str:
    """Sentences as the text of an answer, one a line."""
    return "\n".join(sentence.text for sentence in sentences)


def _extract(library: Library, question: str, hits: Hits, base: Answer, verdict: Judgement) -> Answer:
    sentences, citations = cite(drafts(library.index, question, hits, verdict))
    note = left_out(verdict.missing, chinese=analysis.language(base.question) == "zh")
    cited = {citation.passage_id for citation in citations}
    nearest = [item for item in hits.evidence if item.passage.id in cited]
    others = [item for item in hits.evidence if item.passage.id not in cited]
    evidence = tuple(sorted((nearest + others)[: max(SHOWN, len(nearest))], key=lambda item: -item.score))
    found = sum(len(citation.figures) for citation in citations)
    missed = sum(len(sentence.unverified_figures) for sentence in sentences)
    return replace(
        base,
        text="\n".join([joined(sentences), note]).strip(),
        notes=(note,) if note else (),
        sentences=sentences,
        citations=citations,
        evidence=evidence,
        diagnostics=Diagnostics(figures=found + missed, figures_found=found),
    )


def _refuse(library: Library, hits: Hits, verdict: Judgement, base: Answer, scope: frozenset[str] | None) -> Answer:
    """Say what was searched and what is missing; the nearest passages go along as evidence, uncited."""
    reports = library.index.reports()
    searched = [report for id_, report in reports.items() if scope is None or id_ in scope]
    chinese = analysis.language(base.question) == "zh"
    text = refusal_text(searched, verdict.missing, chinese=chinese, nearest=bool(hits.evidence), held=len(reports))
    return replace(base, refused=True, text=text)


class _Watch:
    """Wall time by stage, in seconds."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = now - self._last
        self._last = now

    def seconds(self) -> dict[str, float]:
        return {**self._laps, "total": self._last - self._start}
