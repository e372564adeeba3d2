"""The small linear model that turns what a statement holds of a question into how surely it answers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from rag.answer.kinds import holds_kind
from rag.answer.reasons import gives_reason, tells_effect
from rag.answer.statement import Statement
from rag.answer.wanted import Wanted
from rag.question.concepts import Asked

FOREIGN = 0.3  # weight of a word without a translation where the statement is in the other language
FEATURES = (
    "holds", "full", "metric", "term", "asked", "name", "period", "untimely", "kind", "reason", "cosine", "rank", "ratio", "head", "bias",
)  # fmt: skip


def features_of(wanted: Wanted, made: Statement, text: str, cosine: float, ratio: float) -> tuple[float, ...]:
    weights = weights_for(wanted, made)
    pieces = list(zip(wanted.focus, made.holds, weights, strict=True))
    head = _head_held(wanted, made)
    return (
        share(weights, made.holds),
        share(weights, [float(value >= 0.9) for value in made.holds]),
        min((value for piece, value, _ in pieces if piece.kind == "metric"), default=1.0),
        min((value for piece, value, _ in pieces if piece.kind == "term"), default=1.0),
        min(len(wanted.focus), 5) / 5,
        (max if wanted.shape == "compare" or wanted.apart else min)(made.names, default=1.0),
        (max if wanted.shape == "compare" else min)(made.periods, default=1.0),
        float(untimely(wanted, made)),
        float(holds_kind(text, wanted.kind, cells=made.evidence.passage.kind == "table")),
        float(wanted.shape == "why" and gives_reason(text) and tells_effect(wanted, text)),
        cosine,
        1.0 / (1 + made.rank),
        ratio,
        sum(head) / len(head) if head else share(weights, made.near),
        1.0,
    )


def _head_held(wanted: Wanted, made: Statement) -> list[float]:
    """Coverage of the pieces that name what is asked for; a metric has to stand in the statement, its table or heading."""
    return [
        near if piece.kind == "metric" else max(near, held)
        for piece, near, held in zip(wanted.focus, made.near, made.holds, strict=True)
        if piece.surface in wanted.head
    ]


def weights_for(wanted: Wanted, made: Statement) -> list[float]:
    """What each piece of the focus weighs for this statement."""
    if made.evidence.passage.language == wanted.language:
        return [piece.weight for piece in wanted.focus]
    return [
        piece.weight * (FOREIGN if piece.kind == "word" and not translated(piece) else 1.0) for piece in wanted.focus
    ]


def translated(piece: Asked) -> bool:
    """Whether a form of a piece is in the other script."""
    latin = piece.surface.isascii()
    return any(term.isascii() != latin for form in piece.forms for term in form)


def share(weights: Sequence[float], values: Sequence[float]) -> float:
    """Weighted mean (0..1); 1 where the question asks for nothing but names and times."""
    total = sum(weights)
    return sum(w * v for w, v in zip(weights, values, strict=True)) / total if total else 1.0


_UP_TO = re.compile(r"\b(?:months|weeks|quarter|half|year)\s+(?:to|ended|ending)\b", re.IGNORECASE)


def untimely(wanted: Wanted, made: Statement) -> bool:
    """Whether the statement is of none of the times that the question names; `the week` of some year is no time of its own."""
    dated = [value for piece, value in zip(wanted.periods, made.periods, strict=True) if piece.period is not None]
    dated = [] if _UP_TO.search(wanted.question) else dated  # the month only says where a longer time ends
    return max(dated or made.periods, default=1.0) < 0.25


# Fitted by tools/fit_scoring.py: logistic regression (L2 0.5) on question sets with known places (the shipped ones, and some
# 250 questions on other reports that are not shipped); for each question the statement at its place is set against the
# three surest elsewhere, which also makes every answered question an unanswerable one without its place.
# fmt: off
WEIGHTS: tuple[float, ...] = (1.88, 1.37, 0.72, 0.91, 1.52, 4.46, 2.20, -3.07, 1.61, 2.34, 0.85, 1.94, 3.73, 1.41, -18.65)
# fmt: on


def model(features: Sequence[float]) -> float:
    """How surely a statement answers, 0..1."""
    return chance(sum(w * f for w, f in zip(WEIGHTS, features, strict=True)))


def chance(odds: float) -> float:
    """Log-odds as a probability, 0..1."""
    return 1.0 / (1.0 + math.exp(-odds))


def log_odds(score: float) -> float:
    """A probability as log-odds, -21 to 21."""
    score = min(max(score, 1e-9), 1 - 1e-9)
    return math.log(score / (1 - score))
