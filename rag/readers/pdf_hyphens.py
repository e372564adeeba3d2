"""Whether a hyphen at a line's end only divides a word (``busi-ness``) or belongs to it (``long-term``).

The page's other words decide first; then the words of the embedding model's vocabulary, some 20,000 common ones.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cached_property, lru_cache
from importlib.resources import files

_TOKEN = re.compile(r"[^\W\d_]+(?:[-\u00ad][\r\n]*[^\W\d_]+)*")
_PREFIXES = frozenset(
    {"anti", "co", "cross", "ex", "mid", "multi", "non", "off", "over", "pre", "self", "semi", "under"}
)
_SHORT = frozenset({"as", "at", "by", "in", "of", "on", "or", "so", "to", "up"})
_ENDINGS = 4  # letters of an ending that a known word may go without


class PageWords(Container[str]):
    """The words of a page in lower case, hyphened ones whole; those that a line's end divides are left out."""

    def __init__(self, raw: str) -> None:
        self._text = raw.lower()

    def __contains__(self, word: object) -> bool:
        # A search in the text says no most of the time, so that hardly a page's words need to be told apart.
        return isinstance(word, str) and word in self._text and word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        found = frozenset(_TOKEN.findall(self._text))
        return found.difference([word for word in found if "\u00ad" in word or "\n" in word or "\r" in word])


def drops_hyphen(left: str, right: str, known: Container[str]) -> bool:
    """Whether ``left`` + ``right`` are one word without the hyphen between; ``known``: the words of the page."""
    before = re.split(r"[^\w-]|-", left)[-1]
    match = re.match(r"[^\W\d_]*", right)
    after = match[0] if match else ""
    capitals = before.isupper() and after.isupper() and len(after) > 1
    if not before or not (after[:1].islower() or capitals) or (before.isupper() and len(before) > 1 and not capitals):
        return False
    first, second = before.lower(), after.lower()
    if f"{first}-{second}" in known:
        return False
    common = vocabulary()
    if first + second in common or first + second in known:
        return True
    whole = (first in common or first in known) and (second in common or second in known)
    if capitals or whole or first in _PREFIXES:
        return False
    return _is_form(first, second, common) or first not in common


def _is_form(first: str, second: str, common: frozenset[str]) -> bool:
    """Whether a common word begins before the hyphen and ends after it: ``fluctu-ations`` by ``fluctuation``."""
    joined = first + second
    least = max(len(first) + 1, len(joined) - _ENDINGS)
    return any(joined[:end] in common or joined[:end] + "e" in common for end in range(len(joined), least - 1, -1))


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Common English words, from the vocabulary of the model that ships with the package."""
    lines = files("rag").joinpath("model/vocab.txt").read_text(encoding="utf-8").split("\n")
    return _SHORT.union(line for line in lines if len(line) > 2 and line.isascii() and line.isalpha())
