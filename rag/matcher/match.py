"""How well a statement answers a question, by late interaction: each token of the one finds its closest in the other.

As in ColBERT (O. Khattab, M. Zaharia, 2020, https://arxiv.org/abs/2004.12832), but the closeness of each token goes
through a learned curve and is weighed by how much the token says, so that one thing that stands nowhere counts more than
many that stand there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.matcher.encoder import Encoded, Floats, Head, Matcher, matcher, of_follow_ups
from rag.matcher.gloss import gloss

MIDDLE = 0.6  # cosine at which the straight part of the curve is 0


def match(question: str, statements: Sequence[str], model: Matcher | None = None) -> list[float]:
    """For each statement the log-odds that it answers, against that nothing does: positive for yes.

    A statement reads best as ``title: heading - sentence``. Texts may be Chinese, English or both.
    """
    model = model or matcher()
    return _each(model, model.question(gloss(question)), statements)


def match_leaning(before: str, question: str, statements: Sequence[str], model: Matcher | None = None) -> list[float]:
    """The same for a follow-up as it was typed, read behind the question before it, which stands alone."""
    model = model or of_follow_ups()
    return _each(model, model.leaning(gloss(in_context(before, question))), statements)


def in_context(before: str, question: str) -> str:
    """A follow-up behind the question before it, as both are read together."""
    return f"{before} >> {question}"


def _each(model: Matcher, asked: Encoded, statements: Sequence[str]) -> list[float]:
    return [_logit(model.head, asked, model.statement(gloss(text))) for text in statements]


def _logit(head: Head, asked: Encoded, said: Encoded) -> float:
    closest: Floats = (asked.tokens.astype(np.float32) @ said.tokens.astype(np.float32).T).max(axis=1)
    curve = (
        head.slope * (closest - MIDDLE) + head.each + np.tanh(closest[:, None] * head.inner + head.shift) @ head.outer
    )
    return float(curve @ asked.weights + head.whole * (asked.whole @ said.whole) + head.bias)
