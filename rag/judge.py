"""Do the passages hold what the question asks for? Decided piece by piece, so that a refusal names what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag import analysis
from rag.concepts import Asked
from rag.retrieve import Hits

DEPTH = 8  # passages looked at
THRESHOLD = 0.4
PRESENT = 0.5  # coverage from which a piece counts as there
FOREIGN = 0.3  # weight of a word that the lexicon does not know when the passages are in the other language
NO_FIGURE = 0.6  # what is left of the score when a number is asked for and the best passages hold none
NO_KEY = 0.6  # ... and when a metric, a period or a name that is asked for stands in none of them
NO_FOCUS = 0.7  # ... and when the thing asked for (`how many X`, `which X`, `who is the X of`) stands in none of them

_NUMBER = re.compile(
    r"\bhow (?:many|much|large|big|high|low|long|far)\b|\bwhat (?:percentage|percent|share|proportion|fraction|number|amount|price|value)\b"
    r"|\bin (?:which|what) year\b|多少|几(?!个?方面|点)|占比|百分之",
    re.IGNORECASE,
)
_FOCUS = re.compile(
    r"\b(?:(?:how many|how much|which|what)\s+((?:[\w&'-]+\s+){0,3}?[\w&'-]+)\s+"
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|of|in|on|at)\b"
    r"|who (?:is|was|are|were)\s+(?:the\s+)?((?:[\w&'-]+\s+){0,3}?[\w&'-]+)\s+(?:of|at|for|in)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``answerable``: whether to answer at all; ``score``: 0..1, how much of the question the best passages contain.

    ``missing``: the pieces of the question that no retrieved passage contains, the weightiest first.
    """

    answerable: bool
    score: float
    missing: tuple[Asked, ...] = ()


def judge(question: str, hits: Hits) -> Judgement:
    """Weigh what the best passages, and the best report, contain of the question.

    The score is the mean of three weighted shares of the question's pieces: those in the first passage, those in the
    passages of its report taken together, and those found word for word in any one passage. A metric, a period or a
    name that stands in no report about the names asked for costs much: what the reports say of another metric or year
    is no answer. A company or broker of the lexicon that is nowhere decides alone.
    """
    if not hits.evidence or not hits.concepts:
        return Judgement(False, 0.0, hits.concepts)
    concepts = _weigh_foreign(question, hits)
    rows = _about_names(hits)
    anywhere = [max((row[j] for row in rows), default=0.0) for j in range(len(concepts))]
    missing = sorted(
        (c for c, value in zip(concepts, anywhere, strict=True) if value < PRESENT), key=lambda c: -c.weight
    )
    score = _score(concepts, hits) * _penalty(question, concepts, anywhere, hits)
    if any(c.kind in ("metric", "period", "name") and c.weight > FOREIGN for c in missing):
        score *= NO_KEY
    lost = any(c.kind == "name" and len(c.forms) > 1 for c in missing)
    return Judgement(score >= THRESHOLD and not lost, score, tuple(missing))


def _score(concepts: Sequence[Asked], hits: Hits) -> float:
    cover = hits.cover[:DEPTH]
    home = hits.evidence[0].report.id
    same = [row for row, item in zip(cover, hits.evidence, strict=False) if item.report.id == home]
    union = [max(row[j] for row in same) for j in range(len(concepts))]
    exact = max(_share(concepts, [float(value >= 1.0) for value in row]) for row in cover)
    return (_share(concepts, cover[0]) + _share(concepts, union) + exact) / 3


def _weigh_foreign(question: str, hits: Hits) -> tuple[Asked, ...]:
    """Words that no lexicon entry carries over into the passages' language count for little."""
    own = analysis.language(question)
    if hits.evidence[0].passage.language == own:
        return hits.concepts
    return tuple(
        replace(c, weight=c.weight * FOREIGN) if len(c.forms) == 1 and c.kind in ("word", "name") else c
        for c in hits.concepts
    )


def _about_names(hits: Hits) -> list[tuple[float, ...]]:
    """Coverage rows of the reports whose passages hold every name of the question; of all reports where none does."""
    names = [j for j, concept in enumerate(hits.concepts) if concept.kind == "name"]
    reports: dict[str, list[tuple[float, ...]]] = {}
    for item, row in zip(hits.evidence, hits.cover, strict=True):
        reports.setdefault(item.report.id, []).append(row)
    rows = [row for group in reports.values() if _holds_all(group, names) for row in group]
    return rows or list(hits.cover)


def _holds_all(rows: Sequence[tuple[float, ...]], names: Sequence[int]) -> bool:
    return all(max(row[j] for row in rows) >= 1.0 for j in names)


def _penalty(question: str, concepts: Sequence[Asked], anywhere: Sequence[float], hits: Hits) -> float:
    factor = 1.0
    best = " ".join(item.passage.text for item in hits.evidence[:3])
    if _NUMBER.search(question) and not any(char.isdigit() for char in best):
        factor *= NO_FIGURE
    match = _FOCUS.search(question)
    if match:
        stems = set(analysis.terms(match[1] or match[2]))
        focus = [value for c, value in zip(concepts, anywhere, strict=True) if stems & set(c.forms[0])]
        if focus and max(focus) < PRESENT:
            factor *= NO_FOCUS
    return factor


def _share(concepts: Sequence[Asked], values: Sequence[float]) -> float:
    total = sum(concept.weight for concept in concepts) or 1.0
    return sum(concept.weight * value for concept, value in zip(concepts, values, strict=True)) / total
