"""Which words mean nearly the same: cosine of single words in the built-in embedding, whatever model embeds passages."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.language import analysis, dictionary
from rag.language.embeddings import builtin

_WORD = re.compile(rf"[^\W\d_{analysis.CJK}]{{2,}}")
_MAX_WORDS = 100_000
_PAIRS = 200_000
_NO_WORD = -1  # the row of Chinese, stop words, single letters

_Table = tuple[dict[str, int], NDArray[np.float32]]  # row of each stem; unit vectors


class WordSpace:
    """Unit vectors of English words by their stem; safe to share between threads.

    A stem stands for one spelling, whatever texts were seen before: the first word of the embedding's vocabulary (which
    is ordered by how common words are) that has this stem, else the stem itself.
    """

    def __init__(self) -> None:
        self._encoder = builtin()
        words = [word for word in self._encoder.words() if _WORD.fullmatch(word)]
        self._spelling: dict[str, str] = {}
        for stem, word in zip(analysis.stems(words), words, strict=True):
            self._spelling.setdefault(stem, word)
        self._lock = threading.Lock()
        self._table: _Table = ({}, np.empty((1_000, self._encoder.dimensions), np.float32))
        self._used = 0
        self._cosine = lru_cache(maxsize=_PAIRS)(self._between)

    def rarity(self, word: str) -> float:
        """How much an English word says whatever the library, 0.35 (`anyone`) to 1 (names, terms of art)."""
        if not word.isascii():
            return self._of_run(word)
        if not word.isalpha():
            return 1.0
        value = self._encoder.rarity(word)
        return min(max((value - 2.5) / 3.0, 0.35), 1.0) if value else 1.0

    def _of_run(self, run: str) -> float:
        """The same of a run of Chinese, by the first English words for those that it is made of."""
        rare = [1.0] * len(run)
        for word in dictionary.words_in(run):
            first = word.glosses[0].split()
            rare[word.start : word.end] = [max(map(self.rarity, first))] * (word.end - word.start)
        return sum(rare) / len(rare)

    def near(self, stems: Iterable[str], others: Iterable[str], least: float) -> dict[str, dict[str, float]]:
        """For each of ``stems`` those of ``others`` whose cosine to it is at least ``least``, with that cosine."""
        asked, there = _sorted(stems), _sorted(others)
        rows, vectors = self._rows([*asked, *there])
        wanted = [stem for stem in asked if rows[stem] != _NO_WORD]
        names = [other for other in there if rows[other] != _NO_WORD]
        if not names or not wanted:
            return {}
        cosines = vectors.take([rows[name] for name in names], 0) @ vectors.take([rows[stem] for stem in wanted], 0).T
        found: dict[str, dict[str, float]] = {stem: {} for stem in wanted}
        for row, column in np.argwhere(cosines >= least):
            found[wanted[column]][names[row]] = float(cosines[row, column])
        return found

    def nearest(self, stem: str, others: Iterable[str]) -> float:
        """Cosine of the closest of ``others`` to a word, both as stems; 0 when either side is no English word."""
        if not _WORD.fullmatch(stem):
            return 0.0  # of Chinese terms there are many, and a passage has hundreds of others
        return max((self._cosine(*sorted((stem, other))) for other in others), default=0.0)

    def _between(self, first: str, second: str) -> float:
        """Cosine of two stems, 0 when one is no English word."""
        rows, vectors = self._rows([first, second])
        a, b = rows[first], rows[second]
        return float(vectors[a] @ vectors[b]) if _NO_WORD not in (a, b) else 0.0

    def _rows(self, stems: list[str]) -> _Table:
        """The table with these stems in it."""
        table = self._table
        if all(map(table[0].__contains__, stems)):
            return table
        with self._lock:
            if len(self._table[0]) > _MAX_WORDS:
                self._table, self._used = ({}, self._table[1][:0]), 0
            rows, vectors = self._table
            new = [stem for stem in stems if stem not in rows]
            words = [stem for stem in new if _WORD.fullmatch(stem) and stem not in analysis.STOP_TERMS]
            start, end = self._used, self._used + len(words)
            if end > len(vectors):
                rows, vectors = (
                    dict(rows),
                    np.concatenate([vectors[:start], np.empty_like(vectors, shape=(end, vectors.shape[1]))]),
                )
            vectors[start:end] = self._encoder.passages([self._spelling.get(word, word) for word in words])
            # what is in ``rows`` is already in ``vectors``: other threads look without the lock
            rows.update({**dict.fromkeys(new, _NO_WORD), **dict(zip(words, range(start, end), strict=True))})
            self._used, self._table = end, (rows, vectors)
            return self._table


def _sorted(stems: Iterable[str]) -> list[str]:
    """Each once, without numbers; in one order, so that sums are the same in every process."""
    return sorted({stem for stem in stems if not stem[0].isdigit()})


@lru_cache(maxsize=1)
def space() -> WordSpace:
    """The process's word space."""
    return WordSpace()


@lru_cache(maxsize=50_000)
def terms_of(text: str) -> frozenset[str]:
    """The index terms of a text, as a set."""
    return analysis.distinct_terms(text)
