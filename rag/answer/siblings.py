"""Terms of the trade that are alike in all but one word: money from the north is none from the south."""

from __future__ import annotations

from rag.language import lexicon
from rag.language.chinese import simplify
from rag.question.concepts import Asked

KINDS = frozenset(
    {"metric", "line_item", "macro", "sector", "product"}
)  # of the lexicon, whose terms name one of several


def one_word_apart(piece: Asked, text: str) -> bool:
    """Whether a text has another term of the lexicon in the place of this one: 南向资金 for 北向资金, a gross for a net margin.

    It has as many words, or characters in Chinese, and all but one are the same, the last among them.
    """
    asked = _words(piece.surface)
    if len(asked) < 2:
        return False
    own = {entry.canonical for entry in lexicon.lookup(piece.surface) if entry.kind in KINDS}
    others = (said for said in lexicon.expand(text) if said.kind in KINDS and said.canonical not in own)
    return bool(own) and any(_differ_in_one(asked, _words(said.surface)) for said in others)


def _words(surface: str) -> tuple[str, ...]:
    return tuple(surface.lower().split()) if surface.isascii() else tuple(simplify(surface))


def _differ_in_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(one) == len(other) and one[-1] == other[-1] and sum(map(str.__ne__, one, other)) == 1
