"""How much of what is asked of each of several names a statement on one of them holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.said_by_value import value_test
from rag.compare.asked.side import Side
from rag.compare.asked.wanted import Aspect
from rag.compare.found.cells import says_view
from rag.compare.found.share import METRIC, MOST_OF, how_far_said, moves
from rag.compare.found.times import IN_CONTEXT
from rag.compare.found.values import asks_change, has_value
from rag.figures.find import figures
from rag.language import lexicon
from rag.language.words import space
from rag.question.concepts import Asked
from rag.question.coverage import covered

ENOUGH = 0.5  # share of what is asked that one of the statements must hold
SOME = 0.3  # ... and each of the others,
UNSAID = 0.5  # what a statement on the side holds where nothing else is asked: `what is expected of A and of B`
BESIDE = 40  # characters behind a name in which its rating or target stands
_SHARE = re.compile(r"\bshare\b|占比|份额|市占率", re.IGNORECASE)
_PART_OF = re.compile(r"(?:%|per ?cent) of\b|占[^,，。]{0,12}%", re.IGNORECASE)


def holds_of(
    text: str, words: frozenset[str], above: frozenset[str], wanted: Sequence[Asked], side: Side, aspect: Aspect
) -> float:
    """How much of what is asked a statement holds, 0..1; 0 where it lacks the metric or has no value for it."""
    if aspect.forms in (("rating",), ("target price",)):
        at = text.find(side.name) if side.kind == "thing" else -1
        beside = at < 0 or says_view(text[at : at + len(side.name) + BESIDE], aspect)
        return float(says_view(text, aspect)) * (1.0 if beside else ENOUGH)
    changes = asks_change(side.question)
    if (aspect.metric or changes) and not has_value(text):
        return 0.0
    total = held = exact = 0.0
    for piece in wanted:
        own = aspect.metric and piece.surface.lower() in aspect.forms
        said = how_far_said(piece, text, words)
        said = METRIC if said < METRIC and (_by_value(piece, text) or (own and _means(piece, text))) else said
        if covered(piece, above) == 1.0:
            said = max(said, IN_CONTEXT)
        value = max(said, covered(piece, words, space().nearest))
        if own and said < METRIC:
            return 0.0
        total += piece.weight
        held += piece.weight * value
        exact += piece.weight * said
    if not total:
        return UNSAID if not changes or moves(text) else SOME
    least = (
        ENOUGH if aspect.metric else MOST_OF
    )  # a figure beside half of the words, but a `credit rating` is no rating
    return held / total if side.kind == "thing" or exact >= least * total else 0.0


def _by_value(piece: Asked, text: str) -> bool:
    """Whether a text says a thing by its value alone: a price per ton, `(Overweight, target $112)`."""
    by_value = value_test(piece.surface)
    return bool(by_value and by_value(text))


def _means(piece: Asked, text: str) -> bool:
    """Whether a text gives sales without the word, or a share: `Ozempic sold DKK 31.8 billion`, `31% of the market`.

    Sales are money that no metric is named for.
    """
    if _SHARE.search(piece.surface):
        return bool(_PART_OF.search(text))
    sales = any("revenue" in item.canonical for item in lexicon.expand(piece.surface))
    other = any(item.kind in ("metric", "line_item") for item in lexicon.expand(text))
    return sales and not other and any(figure.kind == "money" for figure in figures(text))
