"""The ordinary words of reports, Chinese and English: 下滑 is to decline, and `decline` is 下滑 or 下降.

The finance lexicon knows the terms of the trade and the names; ``everyday_words.tsv`` knows the words between them, one
Chinese word a line with the English words that say the same, the commonest first. It gives the built-in embedding its
vectors for Chinese words, a search the words of the other language, and a run of Chinese the words that it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.language import analysis
from rag.language.chinese import simplify

PATH = Path(__file__).parent.parent / "everyday_words.tsv"
FIRST = 2  # English words of a Chinese word that another must share to say the same
MOST = 6  # Chinese words for an English one, those that it says first before others

_PREPOSITIONS = frozenset("about as at by for from in into of on than to upon with".split())

Form = tuple[str, ...]  # index terms that stand together


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a Chinese run: ``run[start:end]``; ``bigrams``: its own terms; ``glosses``: its English words.

    ``english``, ``chinese``: what says the same, as index terms.
    """

    start: int
    end: int
    bigrams: Form
    glosses: tuple[str, ...]
    english: tuple[Form, ...]
    chinese: tuple[Form, ...]


@lru_cache(maxsize=1)
def english_of() -> dict[str, tuple[str, ...]]:
    """Chinese word -> English words and phrases, the commonest first."""
    found: dict[str, tuple[str, ...]] = {}
    for line in PATH.read_text("utf-8").splitlines():
        if line and line[0] != "#":
            word, _, glosses = line.partition("\t")
            found[word] = tuple(glosses.split("|"))
    return found


@lru_cache(maxsize=1)
def _chinese_of() -> dict[Form, tuple[str, ...]]:
    """The content terms of an English word or phrase -> the Chinese words for it, those that it says first before others."""
    ranked: dict[Form, list[tuple[int, str]]] = {}
    for word, glosses in english_of().items():
        for place, gloss in enumerate(glosses):
            if form := _content(gloss):
                ranked.setdefault(form, []).append((place, word))
    return {
        form: tuple(dict.fromkeys(word for _, word in sorted(words, key=lambda item: item[0])))
        for form, words in ranked.items()
    }


def chinese_of(stem: str) -> tuple[str, ...]:
    """The Chinese words for an English one, given by its stem."""
    return _chinese_of().get((stem,), ())[:MOST]


@lru_cache(maxsize=20_000)
def chinese_forms(stem: str) -> tuple[Form, ...]:
    """The same as index terms."""
    return tuple(map(_terms, chinese_of(stem)))


@lru_cache(maxsize=20_000)
def words_in(run: str) -> tuple[Word, ...]:
    """The known words of a run of Chinese, by longest match from the left."""
    return tuple(_words_in(simplify(run)))


def _words_in(run: str) -> Iterator[Word]:
    known = english_of()
    at = 0
    while at < len(run) - 1:
        end = next((end for end in range(min(at + 6, len(run)), at + 1, -1) if run[at:end] in known), 0)
        if end:
            word = run[at:end]
            english = tuple(dict.fromkeys(form for gloss in known[word] if (form := _content(gloss))))
            chinese = tuple(_terms(other) for other in _alike(word))
            yield Word(at, end, _terms(word), known[word], english, chinese)
        at = end or at + 1


@lru_cache(maxsize=1)
def _first_said_by() -> dict[str, list[str]]:
    """English word or phrase -> the Chinese words that it is one of the first for."""
    found: dict[str, list[str]] = {}
    for word, glosses in english_of().items():
        for gloss in glosses[:FIRST]:
            found.setdefault(gloss, []).append(word)
    return found


@lru_cache(maxsize=20_000)
def _alike(word: str) -> tuple[str, ...]:
    """Other Chinese words of which the first English words are the same."""
    own = english_of()[word][:FIRST]
    return tuple(other for other in _first_said_by()[own[0]] if other != word and english_of()[other][0] in own)


@lru_cache(maxsize=20_000)
def _terms(word: str) -> Form:
    return tuple(analysis.terms(word))


@lru_cache(maxsize=20_000)
def _content(gloss: str) -> Form:
    """The index terms of an English word or phrase without its stop words; none where one is left that says less.

    ``focus on`` may be found as `focus`, but ``out of stock`` is no `stock`, and ``auto show`` no `auto`.
    """
    form = tuple(term for term in analysis.terms(gloss) if term not in analysis.STOP_TERMS)
    return () if len(form) == 1 and not _PREPOSITIONS.issuperset(gloss.split()[1:]) else form
