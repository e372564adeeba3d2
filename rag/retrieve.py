"""From a question to ranked evidence: dense and lexical search, fused by normalised score.

Why scores and not ranks are fused: S. Bruch, S. Gai, A. Ingber, "An Analysis of Fusion Functions for Hybrid
Retrieval" (ACM TOIS 2023, https://arxiv.org/abs/2210.11934). A weak ranker's noise gets a full vote when ranks are
fused (measured; see eval/NOTES.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.concepts import Asked, asked, covered, weigh
from rag.embeddings import Encoder
from rag.passages import context_line
from rag.periods import Period
from rag.types import Evidence, Passage, Report
from rag.words import WordSpace, space, terms_of

CANDIDATES = 80
RERANKED = 60
DENSE_WEIGHT = 0.25
SYNONYM_WEIGHT = 0.5
COVERAGE_WEIGHT = 0.5
IN_REPORT = 0.6  # coverage of a name, period or figure that stands elsewhere in the same short report
SHORT_REPORT = 80  # passages


class Index(Protocol):
    """What retrieval needs of a library; passages that are not searchable never come out of ``dense`` and ``lexical``."""

    def dense(self, vector: NDArray[np.float32], limit: int, reports: frozenset[str] | None) -> dict[str, float]:
        """Passage id to cosine (-1..1) of the nearest ``limit`` passages; ``reports`` None means all."""

    def lexical(self, terms: Mapping[str, float], limit: int, reports: frozenset[str] | None) -> dict[str, float]:
        """Passage id to BM25 score (>= 0) of the best ``limit`` passages for analysed terms and their weights."""

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The stored passages of these ids."""

    def vectors(self, ids: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The stored unit vectors of these ids."""

    def reports(self) -> dict[str, Report]:
        """All reports by id."""

    def report_passages(self, report_id: str) -> tuple[Passage, ...]:
        """All passages of a report in order, searchable or not."""

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """How many passages hold each analysed term, in their text or their context."""

    def size(self) -> int:
        """Number of searchable passages."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Ranked evidence and, for each piece of it, how far it covers each concept of the question (0..1).

    ``cover[i][j]``: evidence ``i``, concept ``j``, counting the passage's own words, its headings and its report's
    title, broker and date; ``own[i][j]`` counts the passage's own words alone.
    """

    concepts: tuple[Asked, ...]
    evidence: tuple[Evidence, ...] = ()
    cover: tuple[tuple[float, ...], ...] = ()
    own: tuple[tuple[float, ...], ...] = ()


def retrieve(
    index: Index, encoder: Encoder, question: str, *, limit: int = 10, scope: frozenset[str] | None = None
) -> list[Evidence]:
    """The best ``limit`` passages for a question, best first; ``scope``: report ids to search, None for all."""
    return list(search(index, encoder, question, limit=limit, scope=scope).evidence)


def search(
    index: Index,
    encoder: Encoder,
    question: str,
    *,
    limit: int = 10,
    scope: frozenset[str] | None = None,
    today: date | None = None,
) -> Hits:
    """Like ``retrieve``, with the question's concepts and how far each passage covers them."""
    concepts = asked(question, today)
    terms = {term for concept in concepts for form in concept.forms for term in form}
    concepts = weigh(concepts, index.document_frequency(terms), index.size(), space().rarity)
    dense = index.dense(encoder.queries([question])[0], CANDIDATES, scope)
    lexical = index.lexical(lexical_query(concepts), CANDIDATES, scope)
    fused = fuse(dense, lexical)
    best = sorted(fused, key=lambda id_: (-fused[id_], id_))[: max(RERANKED, 2 * limit)]
    passages = index.passages(best)
    reports = index.reports()
    candidates = [
        Evidence(
            passages[id_], reports[passages[id_].report_id], fused[id_], dense.get(id_, 0.0), lexical.get(id_, 0.0)
        )
        for id_ in best
        if id_ in passages and passages[id_].report_id in reports
    ]
    return _rerank(index, candidates, concepts, limit)


def lexical_query(concepts: Sequence[Asked]) -> dict[str, float]:
    """Index terms to weights: the words as asked weigh 1; each other way to say it shares SYNONYM_WEIGHT."""
    query: dict[str, float] = {}
    for concept in concepts:
        for term in concept.forms[0]:
            query[term] = 1.0
    for concept in concepts:
        for form in concept.forms[1:]:
            for term in form:
                if term not in query:
                    query[term] = SYNONYM_WEIGHT / len(form)
    return query


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float]) -> dict[str, float]:
    """One score per passage, 0..1: lexical over its maximum, cosine between the worst and the best candidate."""
    top = max(lexical.values(), default=0.0) or 1.0
    low, high = min(dense.values(), default=0.0), max(dense.values(), default=0.0)
    width = (high - low) or 1.0
    weight = DENSE_WEIGHT if high > 0 else 0.0
    return {
        id_: (1 - weight) * lexical.get(id_, 0.0) / top + weight * max(dense.get(id_, low) - low, 0.0) / width
        for id_ in dense.keys() | lexical.keys()
    }


def _rerank(index: Index, candidates: Sequence[Evidence], concepts: Sequence[Asked], limit: int) -> Hits:
    """Order candidates by fused score and coverage of the question's concepts, and keep the best ``limit``."""
    words = space()
    words.learn([concept.surface for concept in concepts])
    words.learn(item.passage.text for item in candidates)
    total = sum(concept.weight for concept in concepts) or 1.0
    rows = []
    for item in candidates:
        cover, own = cover_of(item, concepts, words)
        cover = _with_report(index, item.report, concepts, cover)
        share = sum(c.weight * value for c, value in zip(concepts, cover, strict=True)) / total
        score = (1 - COVERAGE_WEIGHT) * item.score + COVERAGE_WEIGHT * share
        rows.append((replace(item, score=score), cover, own))
    rows.sort(key=lambda row: (-row[0].score, row[0].passage.id))
    rows = rows[:limit]
    return Hits(
        tuple(concepts), tuple(row[0] for row in rows), tuple(row[1] for row in rows), tuple(row[2] for row in rows)
    )


def _with_report(
    index: Index, report: Report, concepts: Sequence[Asked], cover: tuple[float, ...]
) -> tuple[float, ...]:
    """Names, periods and figures that stand elsewhere in a short report say what it is about: they count in part."""
    if report.passages > SHORT_REPORT or all(value >= IN_REPORT for value in cover):
        return cover
    terms: frozenset[str] | None = None
    wider = list(cover)
    for j, concept in enumerate(concepts):
        if concept.kind in ("name", "period", "number") and cover[j] < IN_REPORT:
            if terms is None:
                terms = frozenset().union(*(terms_of(passage.text) for passage in index.report_passages(report.id)))
            if covered(concept, terms) == 1.0:
                wider[j] = IN_REPORT
    return tuple(wider)


def cover_of(
    item: Evidence, concepts: Sequence[Asked], words: WordSpace
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """How far a passage covers each concept, with and without its context."""
    text = terms_of(item.passage.text)
    context = terms_of(context_line(item.report, item.passage))
    both = text | context
    cover, own = [], []
    for concept in concepts:
        alone = covered(concept, text, words.nearest)
        whole = 1.0 if alone == 1.0 else max(alone, covered(concept, both))
        if concept.period is not None and whole < 1.0 and _dated_in(item.report, concept.period):
            whole = 1.0
        cover.append(whole)
        own.append(alone)
    return tuple(cover), tuple(own)


def _dated_in(report: Report, period: Period) -> bool:
    """Whether a report is of a day, week or month that the question names."""
    return period.kind in ("day", "week", "month", "range") and report.date is not None and period.holds(report.date)
