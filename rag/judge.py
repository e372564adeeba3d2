"""Do the passages hold what the question asks for? Decided piece by piece, so that a refusal names what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from rag.concepts import Asked
from rag.retrieve import Hits

DEPTH = 8  # passages looked at
THRESHOLD = 0.4
PRESENT = 0.5  # coverage from which a piece counts as there


@dataclass(frozen=True, slots=True)
class Judgement:
    """``answerable``: whether to answer at all; ``score``: 0..1, how much of the question the best passages contain.

    ``missing``: the pieces of the question that no retrieved passage contains, the weightiest first.
    """

    answerable: bool
    score: float
    missing: tuple[Asked, ...] = ()


def judge(hits: Hits) -> Judgement:
    """Weigh what the best passage, and the best report, contain of the question.

    The score is the mean of three weighted shares of the question's pieces: those in the first passage, those in the
    passages of its report taken together, and those found word for word in any one passage. A name or a ticker that no
    passage contains decides alone: a report on another company does not answer.
    """
    concepts = hits.concepts
    if not hits.evidence:
        return Judgement(False, 0.0, concepts)
    if not concepts:
        return Judgement(False, 0.0)
    cover = hits.cover[:DEPTH]
    home = hits.evidence[0].report.id
    same = [row for row, item in zip(cover, hits.evidence, strict=False) if item.report.id == home]
    union = [max(row[j] for row in same) for j in range(len(concepts))]
    exact = max(_share(concepts, [float(value >= 1.0) for value in row]) for row in cover)
    score = (_share(concepts, cover[0]) + _share(concepts, union) + exact) / 3
    anywhere = [max(row[j] for row in hits.cover) for j in range(len(concepts))]
    missing = [c for c, value in zip(concepts, anywhere, strict=True) if value < PRESENT]
    missing.sort(key=lambda c: -c.weight)
    lost = any(c.kind == "name" for c in missing) and all(
        value < 1.0 for c, value in zip(concepts, anywhere, strict=True) if c.kind == "name"
    )
    return Judgement(score >= THRESHOLD and not lost, score, tuple(missing))


def _share(concepts: tuple[Asked, ...], values: tuple[float, ...] | list[float]) -> float:
    total = sum(concept.weight for concept in concepts) or 1.0
    return sum(concept.weight * value for concept, value in zip(concepts, values, strict=True)) / total
