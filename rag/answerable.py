"""How surely the surest statement answers the whole question: the second half of the decision to answer or to refuse.

The score of a statement compares statements. Whether the best of them is an answer hangs on a few things that a mean over
all pieces hides: it says nothing of what is asked for, or of what it is asked of, or holds no value of the kind.
"""

from __future__ import annotations

import math

from rag import lexicon
from rag.concepts import Asked
from rag.scoring import PRESENT, Statement, head_held, is_exact
from rag.wanted import Wanted, is_past

# What a thing is asked of: a statement about another product, place or sector answers nothing.
_SUBJECTS = frozenset({"product", "place", "sector", "macro", "company", "line_item", "metric"})
NAMES = ("score", "head missing", "head in part", "subject missing", "other kind", "bias")
# Fitted by tools/fit_scoring.py on the sets of rag.scoring.WEIGHTS: logistic regression (L2 0.5) on the surest statement of
# each question, unanswerable ones counted twice.
WEIGHTS: tuple[float, ...] = (1.51, -1.15, -0.49, -1.18, -0.17, 1.38)
LEAST = 0.4  # from here a question is answered


def signs(wanted: Wanted, statement: Statement) -> tuple[float, ...]:
    """What speaks for and against a statement, in the order of NAMES; the first is the logit of its score, the rest 0 or 1."""
    score = min(max(statement.score, 1e-9), 1 - 1e-9)
    head = head_held(wanted, statement)
    return (
        math.log(score / (1 - score)),
        float(bool(head) and max(head) < PRESENT),
        float(bool(head) and max(head) >= PRESENT > min(head)),
        float(wanted.shape != "compare" and _subject(wanted, statement) < PRESENT),
        float(not statement.of_kind),
        1.0,
    )


def _subject(wanted: Wanted, statement: Statement) -> float:
    """The worst coverage of a product, a place or another thing that the question asks its head of; 1 without any."""
    kinds = {found.surface: found.kind for found in lexicon.expand(wanted.question)}

    def counts(piece: Asked) -> bool:
        if piece.surface in wanted.reference:
            return False
        exact = piece.kind == "number" or kinds.get(piece.surface) in ("place", "product") or is_exact(piece.surface)
        return exact or (kinds.get(piece.surface) in _SUBJECTS and piece.surface not in wanted.head)

    rows = zip(wanted.focus, statement.near, statement.holds, strict=True)
    return min((max(near, held) for piece, near, held in rows if counts(piece)), default=1.0)


def likelihood(wanted: Wanted, statement: Statement) -> float:
    """How surely a question whose surest statement this is has an answer, 0..1; none where a former state is not told."""
    if any(is_past(piece.surface) and near < PRESENT for piece, near in zip(wanted.focus, statement.near, strict=True)):
        return 0.0
    return 1.0 / (1.0 + math.exp(-sum(w * s for w, s in zip(WEIGHTS, signs(wanted, statement), strict=True))))
