"""How surely the surest statement of a long report answers the whole question (of a note: ``decided``).

The score of a statement compares statements. Whether the best of them is an answer hangs on a few things that a mean over
all pieces hides: it says nothing of what is asked for, or of what it is asked of, or holds no value of the kind.
"""

from __future__ import annotations

from rag.answer.kinds import NUMBERS
from rag.answer.statement import PRESENT, Statement
from rag.answer.statement_model import chance, head_held, log_odds
from rag.answer.wanted import Wanted, is_past
from rag.language import lexicon
from rag.question.loosely import is_exact

# What a thing is asked of: a statement about another product, place or sector answers nothing.
_SUBJECTS = frozenset({"sector", "macro", "company", "line_item", "metric"})
NAMES = ("score", "head missing", "head in part", "subject missing", "scope missing", "other kind", "bias")
# Fitted by tools/fit_scoring.py on the sets of rag.answer.statement_model.WEIGHTS: logistic regression (L2 0.5) on the surest statement of
# each question, unanswerable ones counted twice.
WEIGHTS: tuple[float, ...] = (1.47, -0.46, -0.04, -0.17, -1.46, -0.20, 1.01)
LEAST = 0.3  # from here a question is answered
NARROWED = 0.45  # ... where a place, number, product or what a figure is of is not told, or the time is not sure
TIMELY = 0.75  # fit of a time from which it is sure


def signs(wanted: Wanted, statement: Statement) -> tuple[float, ...]:
    """What speaks for and against a statement, in the order of NAMES; the first is the logit of its score, the rest 0 or 1."""
    head = head_held(wanted, statement)
    subject, scope = (1.0, 1.0) if wanted.shape == "compare" else _around(wanted, statement)
    return (
        log_odds(statement.score),
        float(bool(head) and max(head) < PRESENT),
        float(bool(head) and max(head) >= PRESENT > min(head)),
        float(subject < PRESENT),
        float(scope < PRESENT),
        float(not statement.of_kind),
        1.0,
    )


def _around(wanted: Wanted, statement: Statement) -> tuple[float, float]:
    """The worst coverage of what the question asks its head of, and of what narrows it: a place, a number, a product by name."""
    kinds = {found.surface: found.kind for found in lexicon.expand(wanted.question)}
    subject = scope = 1.0
    for piece, near, held in zip(wanted.focus, statement.near, statement.holds, strict=True):
        kind = kinds.get(piece.surface)
        if piece.surface in wanted.reference:
            continue
        if piece.kind == "number" or kind in ("place", "product") or is_exact(piece.surface):
            scope = min(scope, max(near, held))
        elif kind in _SUBJECTS and piece.surface not in wanted.head:
            subject = min(subject, max(near, held))
    return subject, scope


def _only_a_place(wanted: Wanted, statement: Statement) -> bool:
    """Whether all that a statement holds of a question without a name is a place: `a hot pot restaurant in Shanghai`."""
    kinds = {found.surface: found.kind for found in lexicon.expand(wanted.question)}
    others = [
        near  # that the rest of its report has something like it says nothing
        for piece, near in zip(wanted.focus, statement.near, strict=True)
        if kinds.get(piece.surface) != "place"
    ]
    return bool(others) and len(others) < len(wanted.focus) and not wanted.names and max(others) < PRESENT


def _is_half_untraced(statement: Statement) -> bool:
    """Whether a statement has no trace of two things that are asked for or more, and so of half of the question."""
    traces = [max(near, held) for near, held in zip(statement.near, statement.holds, strict=True)]
    return 2 <= traces.count(0.0) >= len(traces) / 2


def likelihood(wanted: Wanted, statement: Statement) -> float:
    """How surely a question whose surest statement this is has an answer, 0..1; none where a former state is not told."""
    if any(is_past(piece.surface) and near < PRESENT for piece, near in zip(wanted.focus, statement.near, strict=True)):
        return 0.0
    if _only_a_place(wanted, statement):
        return 0.0
    found = signs(wanted, statement)
    sure = chance(sum(w * s for w, s in zip(WEIGHTS, found, strict=True)))
    narrowed = bool(found[NAMES.index("scope missing")]) or min(statement.periods, default=1.0) < TIMELY
    narrowed = narrowed or (
        bool(found[NAMES.index("head missing")]) and (wanted.kind in NUMBERS or _is_half_untraced(statement))
    )
    return sure if not narrowed or sure >= NARROWED else 0.0
