"""Which words mean nearly the same: cosine of single words in the built-in embedding, whatever model embeds passages."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag import analysis
from rag.embeddings import builtin

_WORD = re.compile(rf"[^\W\d_{analysis.CJK}]{{2,}}")
_MAX_WORDS = 100_000
_MAX_TEXTS = 50_000


class WordSpace:
    """Unit vectors of English words by their stem, filled as texts are seen; safe to share between threads."""

    def __init__(self) -> None:
        self._encoder = builtin()
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._seen: set[str] = set()
        self._lock = threading.Lock()

    def learn(self, texts: Iterable[str]) -> None:
        """Make the words of these texts known, all in one batch."""
        new: dict[str, str] = {}
        if len(self._seen) > _MAX_TEXTS:
            self._seen.clear()
        for text in texts:
            if text in self._seen:
                continue
            self._seen.add(text)
            for match in _WORD.finditer(analysis.fold(text)):
                stem = analysis.stem(match[0])
                if stem not in self._vectors and stem not in analysis.STOP_TERMS:
                    new.setdefault(stem, match[0])
        if not new:
            return
        vectors = self._encoder.passages(list(new.values()))
        with self._lock:
            if len(self._vectors) > _MAX_WORDS:
                self._vectors.clear()
                self._seen.clear()
            self._vectors.update(zip(new, vectors, strict=True))

    def rarity(self, word: str) -> float:
        """How much an English word says whatever the library, 0.35 (`anyone`) to 1 (names, terms of art)."""
        if not word.isascii() or not word.isalpha():
            return 1.0
        value = self._encoder.rarity(word)
        return min(max((value - 2.5) / 3.0, 0.35), 1.0) if value else 1.0

    def near(self, stems: Iterable[str], others: Iterable[str], least: float) -> dict[str, dict[str, float]]:
        """For each of ``stems`` those of ``others`` whose cosine to it is at least ``least``, with that cosine."""
        names = [other for other in others if other in self._vectors]
        wanted = [stem for stem in stems if stem in self._vectors]
        if not names or not wanted:
            return {}
        there = np.stack([self._vectors[name] for name in names])
        cosines = there @ np.stack([self._vectors[stem] for stem in wanted]).T
        found: dict[str, dict[str, float]] = {stem: {} for stem in wanted}
        for row, column in np.argwhere(cosines >= least):
            found[wanted[column]][names[row]] = float(cosines[row, column])
        return found

    def nearest(self, stem: str, others: Iterable[str]) -> float:
        """Cosine of the closest of ``others`` to a word, both as stems; 0 when either side is unknown."""
        vector = self._vectors.get(stem)
        if vector is None:
            return 0.0
        known = [found for other in others if (found := self._vectors.get(other)) is not None]
        return float((np.stack(known) @ vector).max()) if known else 0.0


@lru_cache(maxsize=1)
def space() -> WordSpace:
    """The process's word space."""
    return WordSpace()


@lru_cache(maxsize=50_000)
def terms_of(text: str) -> frozenset[str]:
    """The index terms of a text, as a set."""
    return frozenset(analysis.terms(text))
