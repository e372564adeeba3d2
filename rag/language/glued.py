"""Words that a conversion has run together: ``reasoningmodelstakesfarmorecompute`` is six of them.

Pages that take a dollar sign for the start of a formula lose every space up to the next one. The likeliest split into known
words is the one of least cost, where a word costs the logarithm of its rank by frequency (Zipf), found by dynamic programming.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parent.parent / "model" / "vocab.txt"
LEAST = 18  # letters of a run that may be several words
MEAN = 3  # letters of the words of a split, at least
FEWEST = 3  # words: two are as likely a word of their own, such as `counterrevolutionary`
LONGEST = 18  # letters of one word
PLURAL = 2.0  # what the plural of a known word costs beside it
_SHORT = frozenset("a an as at be by do go he if in is it me my no of on or so to up us we ai".split())


@lru_cache(maxsize=1)
def _costs() -> dict[str, float]:
    """Each whole word of the embedding's vocabulary, which is in order of frequency, with what it costs."""
    words = [line for line in VOCABULARY.read_text("utf-8").splitlines() if line.isascii() and line.isalpha()]
    known = {word: math.log(rank + 2) for rank, word in enumerate(words) if len(word) > 2 or word in _SHORT}
    return {f"{word}s": cost + PLURAL for word, cost in known.items() if len(word) > 3} | known


@lru_cache(maxsize=20_000)
def unglued(word: str) -> tuple[str, ...]:
    """The words that a lower-case run of letters is made of; the run itself where it is one, or no split is likely."""
    if len(word) < LEAST or not (word.isascii() and word.isalpha()) or word in _costs():
        return (word,)
    costs = _costs()
    best: list[tuple[float, int]] = [(0.0, 0)]  # by end: least cost, and where the last word of it starts
    for end in range(1, len(word) + 1):
        ways = [
            (best[start][0] + costs[word[start:end]], start)
            for start in range(max(0, end - LONGEST), end)
            if word[start:end] in costs
        ]
        best.append(min(ways, default=(math.inf, 0)))
    if best[-1][0] == math.inf:
        return (word,)
    parts: list[str] = []
    end = len(word)
    while end:
        start = best[end][1]
        parts.append(word[start:end])
        end = start
    return tuple(reversed(parts)) if FEWEST <= len(parts) <= len(word) // MEAN else (word,)
