"""The pieces of a question with the words that reports may say for them, see ``rag.language.thesaurus``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag.language import analysis, lexicon, thesaurus
from rag.language.chinese import simplify
from rag.language.thesaurus import Loose
from rag.question.concepts import Asked

_KINDS = frozenset({"word", "term"})  # a name, a number, a time or a measure is said as it is
_PICKS = frozenset({"place", "sector", "product", "rating"})  # ... as is what picks one of several

# Nothing else may stand for an acronym, or for a word that picks one of several.
_EXACT = re.compile(
    r"(?-i:\w*[A-Z]\w*[A-Z]\w*)$|(?:previous|prior|former|overseas|abroad|domestic(?:ally)?|海外|境外|国外|国内|境内|上次|前次)$",
    re.IGNORECASE,
)


def is_exact(surface: str) -> bool:
    """Whether nothing else may stand for a word: an acronym, or one that picks one of several (`previous`, `overseas`)."""
    return bool(_EXACT.match(surface))


def with_loose(pieces: Iterable[Asked], question: str) -> list[Asked]:
    """The pieces with what may be said for them; a phrase of several words lends it to each piece that stands in it."""
    held = list(pieces)
    spans = [(span, question[span.start : span.end].lower()) for span in thesaurus.english(question)]
    picks = {found.surface for found in lexicon.expand(question) if found.kind in _PICKS}
    parted = thesaurus.parted(question)
    return [piece if piece.surface in picks else _loosened(piece, spans, parted) for piece in held]


def _parted(surface: str, parted: Iterable[tuple[str, Loose]]) -> Iterator[Loose]:
    """What may be said for the parts of phrases that stand at an end of a Chinese piece: a stop word cut them off there."""
    for part, loose in parted:
        if surface.endswith(part):
            yield replace(loose, start=len(surface) - len(part), end=len(surface))
        elif surface.startswith(part):
            yield replace(loose, start=0, end=len(part))


def _loosened(piece: Asked, spans: Sequence[tuple[Loose, str]], parted: Sequence[tuple[str, Loose]]) -> Asked:
    if piece.kind not in _KINDS or is_exact(piece.surface):
        return piece
    if not piece.surface.isascii():
        surface = simplify(piece.surface)
        found = (*thesaurus.chinese(surface), *_parted(surface, parted))
        if piece.kind == "word":
            found += thesaurus.singles(surface)
        if piece.kind == "term":
            found = tuple(each for each in found if each.end - each.start == len(piece.surface))
        return replace(piece, loose=found) if found else piece
    own = piece.surface.lower()
    if piece.kind == "term":
        found = tuple(span for span, words in spans if f" {own} " in f" {words} ")
    else:
        found = tuple(span for span, words in spans if piece.forms[0][0] in analysis.terms(words))
    return replace(piece, loose=tuple(replace(span, start=0, end=len(own)) for span in found)) if found else piece
