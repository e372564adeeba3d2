"""Order candidate passages: words, meaning, coverage of the question, the statement asked for, the report it points to."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from rag.language.analysis import without_article
from rag.language.periods import Period
from rag.language.words import space, terms_of
from rag.question.concepts import MIN_SIMILARITY, Asked
from rag.question.coverage import covered
from rag.question.match import time_fit
from rag.reports.names import names_of
from rag.reports.passages import context_line
from rag.reports.statements import statement_tags
from rag.search.closeness import closeness
from rag.search.route import Route
from rag.types import Evidence, Report

# What each sign weighs; a score is their weighted mean, 0..1. Chosen on several sets at once, see eval/NOTES.md.
WEIGHTS = {
    "words": 0.25, "meaning": 0.13, "coverage": 0.6, "page": 0.1, "statement": 0.5, "report": 0.4, "told": 0.5, "close": 0.3
}  # fmt: skip
NAMED = 0.8  # weight of the report where a Chinese question's name has chosen it
LOOKED_AT = 24  # candidates of a Chinese question whose sentences are looked at one by one
OVERVIEW = 0.97  # of the score of a passage that stands in an overview: the part that it sums up says more
_SHORT_PART = re.compile(r"概览|概要|重大事项提示|特别提示|重要提示|摘要")
SHORT_REPORT = 80  # passages: in such a report a name that stands anywhere says what the whole is about
IN_REPORT = 0.6  # coverage of a name, period or figure that stands elsewhere in the same short report
NEVER_ALIKE = frozenset({"name", "number", "period"})
SUPPORT = (0.6, 0.4)  # what the second and third best passage of a page add to it


class Passages(Protocol):
    """What ranking needs of a library."""

    def report_terms(self, report_id: str, among: frozenset[str]) -> frozenset[str]:
        """Those of ``among`` that stand in a report: index terms of its searchable passages."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Evidence in order; ``cover`` and ``own``: see ``Hits``."""

    evidence: tuple[Evidence, ...]
    cover: tuple[tuple[float, ...], ...]
    own: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What candidates are ranked by. ``statements``: how surely each is meant, see ``Understanding``.

    ``scoped``: one report alone is searched; ``told``: passage id -> how surely it says what the question's topic is, see
    ``told_in``; ``chinese``: a Chinese question, less the names that chose its reports, where these are known; else empty.
    """

    concepts: tuple[Asked, ...]
    route: Route = field(default_factory=Route)
    statements: Mapping[str, float] = field(default_factory=dict)
    scoped: bool = False
    told: Mapping[str, float] = field(default_factory=dict)
    chinese: str = ""


def rank(wanted: Wanted, candidates: Sequence[Evidence], library: Passages) -> Ranked:
    """All candidates, best first. ``candidate.lexical`` and ``dense`` are raw; ``score`` becomes the weighted mean."""
    probes = _probes(wanted.concepts, candidates)
    elsewhere: dict[tuple[str, int], bool] = {}  # many candidates are of one report
    rows = []
    for item in candidates:
        cover, own = cover_of(item, probes)
        rows.append((item, _with_report(library, item.report, wanted.concepts, cover, elsewhere), own))
    signs = _signs(wanted, candidates, [row[1] for row in rows])
    scores = combine(signs, WEIGHTS)
    if wanted.chinese:
        scores = combine(_looked_at(wanted, candidates, signs, scores), _weights(wanted))
        scores = [
            OVERVIEW * score if _in_short(item) else score for item, score in zip(candidates, scores, strict=True)
        ]
    order = sorted(range(len(rows)), key=lambda i: (-scores[i], rows[i][0].passage.id))
    return Ranked(
        tuple(replace(rows[i][0], score=scores[i]) for i in order),
        tuple(rows[i][1] for i in order),
        tuple(rows[i][2] for i in order),
    )


def _in_short(item: Evidence) -> bool:
    """Whether a passage stands in the part of a Chinese filing that says in short what others tell."""
    return bool(item.passage.section) and bool(_SHORT_PART.search(item.passage.section[0]))


def _signs(wanted: Wanted, candidates: Sequence[Evidence], cover: Sequence[Sequence[float]]) -> dict[str, list[float]]:
    """What speaks for each candidate, 0..1, by the names of WEIGHTS."""
    total = sum(concept.weight for concept in wanted.concepts) or 1.0
    share = [sum(c.weight * v for c, v in zip(wanted.concepts, row, strict=True)) / total for row in cover]
    words = _words(candidates, share)
    return {
        "words": words,
        "meaning": _spread([item.dense for item in candidates]),
        "coverage": share,
        "page": _support(candidates, words),
        "statement": [statement_sign(item, wanted) for item in candidates],
        "report": _reports(candidates, wanted.route),
        "told": [wanted.told.get(item.passage.id, 0.0) for item in candidates],
    }


def combine(signs: Mapping[str, Sequence[float]], weights: Mapping[str, float]) -> list[float]:
    """The weighted mean of the signs, 0..1; a sign that no candidate has does not count."""
    used = [name for name, values in signs.items() if any(values)]
    whole = sum(weights[name] for name in used) or 1.0
    if not used:
        return [0.0] * len(next(iter(signs.values()), ()))
    columns = zip(*(signs[name] for name in used), strict=True)
    return [sum(weights[name] * value for name, value in zip(used, column, strict=True)) / whole for column in columns]


def _words(candidates: Sequence[Evidence], share: Sequence[float]) -> list[float]:
    """BM25 over its maximum, for each language apart, so that neither drowns the other.

    A language whose best passage covers little of the question is scaled down by that: its maximum is only noise.
    """
    best = max(share, default=0.0) or 1.0
    out = [0.0] * len(candidates)
    for language in {item.passage.language for item in candidates}:
        rows = [i for i, item in enumerate(candidates) if item.passage.language == language]
        top = max(candidates[i].lexical for i in rows) or 1.0
        scale = max(share[i] for i in rows) / best
        for i in rows:
            out[i] = scale * candidates[i].lexical / top
    return out


def _reports(candidates: Sequence[Evidence], route: Route) -> list[float]:
    """How well each passage's report fits; where the question says beyond doubt which are meant, these count in full."""
    top = max(route.fits.values(), default=0.0) if route.sure else 1.0
    return [route.fits.get(item.report.id, 0.0) / (top or 1.0) for item in candidates]


def _spread(values: Sequence[float]) -> list[float]:
    """Values between the worst and the best, 0..1; zeros (not found by this search) stay zero."""
    known = [value for value in values if value > 0]
    low, high = min(known, default=0.0), max(known, default=0.0)
    return [max(value - low, 0.0) / ((high - low) or 1.0) if value > 0 else 0.0 for value in values]


def _support(candidates: Sequence[Evidence], words: Sequence[float]) -> list[float]:
    """How much the next best passages of the same page say as well, 0..1."""
    pages: dict[tuple[str, int | None], list[float]] = {}
    for item, value in zip(candidates, words, strict=True):
        if item.passage.page is not None:
            pages.setdefault((item.report.id, item.passage.page), []).append(value)
    support = {
        page: sum(w * v for w, v in zip(SUPPORT, sorted(values, reverse=True)[1:3], strict=False))
        for page, values in pages.items()
    }
    return [support.get((item.report.id, item.passage.page), 0.0) for item in candidates]


def statement_sign(item: Evidence, wanted: Wanted) -> float:
    """How surely a passage is of a statement that is asked for; only where the report is known to be meant."""
    if not wanted.statements or not (wanted.scoped or item.report.id in wanted.route.first):
        return 0.0
    tags = statement_tags(item.passage)
    return max((sure * tags.get(name, 0.0) for name, sure in wanted.statements.items()), default=0.0)


def _weights(wanted: Wanted) -> Mapping[str, float]:
    """A Chinese name that has chosen its reports is no concept any more: the report stands for it."""
    return WEIGHTS | {"report": NAMED} if wanted.route.sure and not wanted.route.sides else WEIGHTS


def _looked_at(
    wanted: Wanted, candidates: Sequence[Evidence], signs: Mapping[str, list[float]], scores: Sequence[float]
) -> dict[str, list[float]]:
    """The signs with how closely the best candidates say what is asked; that of a statement counts by it.

    A prospectus prints its ratios, and its figures by product, beside the statements that they are made of.
    """
    close = [0.0] * len(candidates)
    best = sorted(range(len(candidates)), key=lambda i: -scores[i])[:LOOKED_AT]
    near = closeness(wanted.chinese, wanted.concepts, [candidates[i] for i in best])
    for i, value in zip(best, near, strict=True):
        close[i] = value if candidates[i].passage.language == "zh" else signs["coverage"][i]
    top = max(close, default=0.0) or 1.0
    statement = [sign * value / top for sign, value in zip(signs["statement"], close, strict=True)]
    return {**signs, "statement": statement, "close": close}


@dataclass(frozen=True, slots=True)
class _Probe:
    """One concept made ready to be looked for. ``terms``: every term that can count; ``like``: term -> like terms."""

    concept: Asked
    terms: frozenset[str]
    like: Mapping[str, Mapping[str, float]]
    known: dict[frozenset[str], float] = field(default_factory=dict)

    def find(self, terms: frozenset[str]) -> float:
        """How far a text with these terms contains the concept; passages share few combinations of its terms."""
        there = self.terms & terms
        if not there:
            return 0.0
        value = self.known.get(there)
        if value is None:
            value = self.known[there] = covered(self.concept, there, self._nearest)
        return value

    def _nearest(self, term: str, terms: Collection[str]) -> float:
        return max((cosine for other, cosine in self.like.get(term, {}).items() if other in terms), default=0.0)


def _probes(concepts: Sequence[Asked], candidates: Sequence[Evidence]) -> list[_Probe]:
    """The concepts with the terms of the candidates that are like theirs."""
    words = space()
    asked = {term for c in concepts if c.kind not in NEVER_ALIKE for term in c.likely}
    there = frozenset().union(*(terms_of(item.passage.text) for item in candidates))
    like = words.near(asked, there, MIN_SIMILARITY)
    probes = []
    for concept in concepts:
        own = concept.terms
        near = {} if concept.kind in NEVER_ALIKE else {term: like[term] for term in own if term in like}
        probes.append(_Probe(concept, own.union(*near.values()), near))
    return probes


def cover_of(item: Evidence, probes: Sequence[_Probe]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """How far a passage covers each concept, with and without its context."""
    text = terms_of(without_article(item.passage.text))
    context = terms_of(context_line(item.report, item.passage))
    both = text | context
    cover, own = [], []
    for probe in probes:
        alone = probe.find(text)
        whole = alone if alone == 1.0 or probe.terms.isdisjoint(context) else max(alone, probe.find(both))
        period = probe.concept.period
        if period is not None and whole < 1.0 and _is_of(item.report, period):
            whole = 1.0
        cover.append(whole)
        own.append(alone)
    return tuple(cover), tuple(own)


def _is_of(report: Report, period: Period) -> bool:
    """Whether a report is of the period that the question names: dated in it, or its own."""
    if period.kind in ("day", "week", "month", "range") and report.date is not None and period.holds(report.date):
        return True
    return time_fit(period, report, names_of(report)) >= 1.0


def _with_report(
    library: Passages,
    report: Report,
    concepts: Sequence[Asked],
    cover: tuple[float, ...],
    elsewhere: dict[tuple[str, int], bool],
) -> tuple[float, ...]:
    """Names, periods and figures that stand elsewhere in a short report say what it is about: they count in part.

    ``elsewhere``: report and concept -> whether it stands there, as far as it was looked up; grows.
    """
    if report.passages > SHORT_REPORT or all(value >= IN_REPORT for value in cover):
        return cover
    wider = list(cover)
    for j, concept in enumerate(concepts):
        if concept.kind not in ("name", "period", "number") or cover[j] >= IN_REPORT:
            continue
        there = elsewhere.get((report.id, j))
        if there is None:
            there = covered(concept, library.report_terms(report.id, concept.terms)) == 1.0
            elsewhere[report.id, j] = there
        if there:
            wider[j] = IN_REPORT
    return tuple(wider)
