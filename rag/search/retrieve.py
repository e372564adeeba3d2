"""From a question to ranked evidence: understood, searched by words and by meaning, ranked, balanced over its sides.

Why scores and not ranks are fused: S. Bruch, S. Gai, A. Ingber, "An Analysis of Fusion Functions for Hybrid
Retrieval" (ACM TOIS 2023, https://arxiv.org/abs/2210.11934). A weak ranker's noise gets a full vote when ranks are
fused (measured; see eval/NOTES.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.language import analysis
from rag.language.embeddings import Encoder
from rag.language.lexicon import expand
from rag.language.words import space
from rag.question.concepts import Asked, asked, weigh
from rag.question.disclosed import disclosed, formally, without_talk
from rag.question.idle import without_idle
from rag.question.loosely import with_loose
from rag.question.terms import Terms, make_terms
from rag.question.understand import Understanding, understand
from rag.reports.names import has_cjk
from rag.search.rank import SHORT_REPORT, Ranked, Wanted, rank, statement_sign
from rag.search.route import Route, route
from rag.search.told import told_in
from rag.types import Evidence, Language, Passage, Report

CANDIDATES = 60  # of each search
RERANKED = 80
MEANING = 0.5  # of a cosine beside a share of the best BM25, when candidates are cut to RERANKED
FORMAL = 0.6  # weight of a formal word for what is asked in an everyday one, over the root of its terms
NAMED_BEFORE = 0.15  # weight of names within reports that were chosen by them
MOST_TOLD = 4  # reports in which sentences on a topic are looked for
STATEMENTS = 12  # candidates from each chosen report's statements that the question's metrics stand in


class Index(Protocol):
    """What retrieval needs of a library; passages that are not searchable never come out of ``dense`` and ``lexical``."""

    def steady(self) -> AbstractContextManager[None]:
        """Keep what this thread sees of the library as it is, for the length of a ``with``."""

    def dense(self, vector: NDArray[np.float32], limit: int, reports: frozenset[str] | None) -> dict[str, float]:
        """Passage id to cosine (-1..1) of the nearest ``limit`` passages; ``reports`` None means all."""

    def lexical(
        self, terms: Mapping[str, float], limit: int, reports: frozenset[str] | None,
        language: Language | None = None, tags: Collection[str] = (),
    ) -> dict[str, float]:  # fmt: skip
        """Passage id to BM25 score (>= 0) of the best ``limit`` passages for analysed terms and their weights.

        ``language``: only passages of this one; ``tags``: only passages of one of these statements.
        """

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The stored passages of these ids."""

    def vectors(self, ids: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The stored unit vectors of these ids."""

    def reports(self) -> dict[str, Report]:
        """All reports by id."""

    def report_passages(self, report_id: str) -> tuple[Passage, ...]:
        """All passages of a report in order, searchable or not."""

    def report_terms(self, report_id: str, among: frozenset[str]) -> frozenset[str]:
        """Those of ``among`` that stand in a report: index terms of its searchable passages."""

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """How many passages hold each analysed term, in their text or their context."""

    def size(self) -> int:
        """Number of searchable passages."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Ranked evidence and, for each piece of it, how far it covers each concept of the question (0..1).

    ``cover[i][j]``: evidence ``i``, concept ``j``, counting the passage's own words, its headings and its report's
    title, broker and date; ``own[i][j]`` counts the passage's own words alone. ``understood``: what the question names;
    ``route``: the reports it points to, and its sides; ``notes``: what was relaxed.
    """

    concepts: tuple[Asked, ...]
    evidence: tuple[Evidence, ...] = ()
    cover: tuple[tuple[float, ...], ...] = ()
    own: tuple[tuple[float, ...], ...] = ()
    understood: Understanding | None = None
    route: Route = field(default_factory=Route)
    notes: tuple[str, ...] = ()


def reports_in(index: Index, scope: frozenset[str] | None) -> list[Report]:
    """The reports to choose from; ``scope``: their ids, None for all."""
    return [report for id_, report in index.reports().items() if scope is None or id_ in scope]


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
    """Like ``retrieve``, with the question's concepts and how far each passage covers them.

    ``today``: the day from which words such as `last year` count; by default this day.
    """
    with index.steady():
        today = today or date.today()
        reports = index.reports()
        reports = reports if scope is None else {id_: reports[id_] for id_ in scope if id_ in reports}
        understood = understand(question, reports=reports.values(), today=today)
        way = route(understood, reports)
        left = _without_names(question, understood, way)
        scoped = scope is not None and len(reports) == 1
        # In reports that are known it is a place that a Chinese question looks for.
        chinese = understood.language == "zh" and (way.sure or scoped or bool(_alone(way, reports)))
        concepts = formally(asked(without_idle(without_talk(left)), today), left) if chinese else asked(left, today)
        concepts = tuple(with_loose(concepts, left))
        terms = {term for concept in concepts for form in concept.forms for term in form}
        concepts = weigh(concepts, index.document_frequency(terms), index.size(), space().rarity)
        told = told_in(index, _long(way, reports), question, today)
        wanted = Wanted(concepts, way, understood.statements, scoped, told, left if chinese else "")
        words = _words(left, understood, disclosed(left) if chinese else ())
        candidates = _candidates(index, encoder, left, words, understood, way, scope, told)
        ranked = rank(wanted, _likeliest(candidates, wanted), index)
        best = _balanced(ranked, way, limit)
        return Hits(
            concepts,
            tuple(ranked.evidence[i] for i in best),
            tuple(ranked.cover[i] for i in best),
            tuple(ranked.own[i] for i in best),
            understood,
            way,
            way.notes,
        )


def _long(way: Route, reports: Mapping[str, Report]) -> list[Report]:
    """The long reports that the question is surely about: in these it is worth looking for sentences on a topic."""
    known = way.first if way.sure or len(way.first) == 1 else frozenset(reports) if len(reports) == 1 else frozenset()
    held = [reports[id_] for id_ in sorted(known) if id_ in reports and reports[id_].passages > SHORT_REPORT]
    return held if len(held) <= MOST_TOLD else []


def _alone(way: Route, reports: Mapping[str, Report]) -> bool:
    """Whether one long report alone is likely meant, though its name in the question is a short one."""
    return len(way.first) == 1 and any(reports[id_].passages > SHORT_REPORT for id_ in way.first if id_ in reports)


def _without_names(question: str, understood: Understanding, way: Route) -> str:
    """A Chinese question without the names that have chosen its reports beyond doubt.

    A page that says the company's short name is no nearer to the answer than one that says `the company`.
    """
    if not way.sure or way.sides:
        return question
    names = {name for id_, name in understood.called.items() if id_ in way.first and has_cjk(name) and len(name) > 2}
    left = question
    for name in sorted(names, key=len, reverse=True):
        left = left.replace(name, " ")
    return left if left.strip(" ?？。") else question


def _words(left: str, understood: Understanding, formal: Sequence[str]) -> Terms:
    """What to search for: the words of a question without the names that chose its reports, and the formal ones for them."""
    words = understood.words if left == understood.question else make_terms(left, expand(left), understood.periods)
    if not formal:
        return words
    more = {term: FORMAL / len(terms) ** 0.5 for form in formal if (terms := analysis.terms(form)) for term in terms}
    return replace(words, chinese=more | words.chinese, merged=more | words.merged)


def _candidates(
    index: Index,
    encoder: Encoder,
    left: str,
    words: Terms,
    understood: Understanding,
    way: Route,
    scope: frozenset[str] | None,
    told: Collection[str],
) -> list[Evidence]:
    """Passages found by words (each language apart) and by meaning, in the whole scope and in the reports pointed to.

    ``left``: the question without the names that have chosen these; with those of ``told``, which speak to the
    question's topic in whatever words.
    """
    reports = index.reports()
    vector = encoder.queries([left])[0]
    near = reports.keys() if scope is None else scope
    first = way.first if way.first and len(way.first) < len(near) else frozenset()
    lexical = _lexical(index, words, scope, _languages(reports, near))
    dense = index.dense(vector, CANDIDATES, scope)
    chosen = first or (scope if scope is not None and len(scope) == 1 else frozenset())
    within: dict[str, float] = {}
    if chosen:
        quiet = _within(words, understood)
        within = _lexical(index, quiet, chosen, _languages(reports, chosen))
        if understood.statements:
            limit = STATEMENTS * len(chosen)
            within = _merge(index.lexical(quiet.merged, limit, chosen, None, understood.statements.keys()), within)
        dense = _merge(index.dense(vector, CANDIDATES, chosen), dense)
    passages = index.passages(sorted({*lexical, *within, *dense, *told}))
    if way.sure or chosen == near:  # beyond doubt: their passages are told apart by other words than names
        within = _as_high(within, lexical)
        lexical = {
            id_: value for id_, value in lexical.items() if id_ in passages and passages[id_].report_id not in chosen
        }
    lexical = _merge(within, lexical)
    return [
        Evidence(passage, reports[passage.report_id], 0.0, dense.get(id_, 0.0), lexical.get(id_, 0.0))
        for id_, passage in passages.items()
        if passage.report_id in reports
    ]


def _likeliest(found: list[Evidence], wanted: Wanted) -> list[Evidence]:
    """The candidates worth a closer look: the best of each language by words, meaning, report and statement."""
    tops: dict[str, float] = {}
    for item in found:
        tops[item.passage.language] = max(tops.get(item.passage.language, 0.0), item.lexical)

    def promise(item: Evidence) -> float:
        top = tops[item.passage.language] or 1.0
        said = item.lexical / top + MEANING * item.dense
        return (
            said
            + wanted.route.fits.get(item.report.id, 0.0)
            + statement_sign(item, wanted)
            + wanted.told.get(item.passage.id, 0.0)
        )

    return sorted(found, key=lambda item: (-promise(item), item.passage.id))[:RERANKED]


def _as_high(found: Mapping[str, float], like: Mapping[str, float]) -> dict[str, float]:
    """The same scores, so raised that the best is as high as the best of ``like``."""
    top, other = max(found.values(), default=0.0), max(like.values(), default=0.0)
    return {id_: value * other / top for id_, value in found.items()} if top and other else dict(found)


def _merge(first: Mapping[str, float], second: Mapping[str, float]) -> dict[str, float]:
    """Both, the greater score where they differ."""
    return {id_: max(first.get(id_, 0.0), second.get(id_, 0.0)) for id_ in first.keys() | second.keys()}


def _languages(reports: Mapping[str, Report], among: Iterable[str]) -> tuple[Language, ...]:
    return tuple(sorted({reports[id_].language for id_ in among if id_ in reports}))


def _lexical(
    index: Index,
    words: Terms,
    scope: frozenset[str] | None,
    languages: Sequence[Language],
) -> dict[str, float]:
    """Search each language with its own words; in a library of one language with the words of both."""
    if len(languages) < 2:
        return index.lexical(words.merged, CANDIDATES, scope)
    english = index.lexical(words.english, CANDIDATES, scope, "en")
    return english | index.lexical(words.chinese, CANDIDATES, scope, "zh")


def _within(words: Terms, understood: Understanding) -> Terms:
    """The words for a search within reports that names and times have chosen: the names say little about the place.

    Times say more: a table has the year that is asked for at its head (measured; see eval/NOTES.md).
    """
    quiet = words.names.union(*(analysis.terms(name) for name in understood.called.values()))

    def weighed(terms: Mapping[str, float]) -> dict[str, float]:
        return {term: weight * NAMED_BEFORE if term in quiet else weight for term, weight in terms.items()}

    return Terms(weighed(words.english), weighed(words.chinese), weighed(words.merged), words.names, words.periods)


def _balanced(ranked: Ranked, way: Route, limit: int) -> list[int]:
    """Positions of the best ``limit``; of a question with sides, each side's best come first, in turn."""
    if not way.sides:
        return list(range(min(limit, len(ranked.evidence))))
    queues = []
    for side in way.sides:
        places = {id_: place for place, id_ in enumerate(side)}
        rows = [i for i, item in enumerate(ranked.evidence) if item.report.id in places]
        queues.append(rows)
    turns = max(1, limit // (2 * len(queues)))
    picked = [queue[turn] for turn in range(turns) for queue in queues if turn < len(queue)]
    picked = list(dict.fromkeys(picked))
    rest = [i for i in range(len(ranked.evidence)) if i not in set(picked)]
    return (picked + rest)[:limit]
