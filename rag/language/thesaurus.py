"""Words that people ask with, and what reports say for them: `dearer` is a price that rose, 几成 is 占比.

``everyday_synonyms.tsv`` holds them, each language for itself. Unlike the dictionary of ordinary words it is loose: what
stands there may say the same, in the right report. So it counts for less than the word, and never for a name, a number,
a time or a measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.language import analysis
from rag.language.chinese import simplify

PATH = Path(__file__).parent.parent / "everyday_synonyms.tsv"
_LONGEST = 6  # words of an English phrase; characters of a Chinese one
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*|\d+%?")
# Words that may stand in a phrase: `tightening its belt` is `tightening belts`.
_LITTLE = frozenset("a an the its their his her our my your this these those some any".split())

Form = tuple[str, ...]  # index terms that stand together


@dataclass(frozen=True, slots=True)
class Loose:
    """A stretch ``text[start:end]`` and what may be said for it: ``phrases`` as written, ``forms`` as index terms."""

    start: int
    end: int
    phrases: tuple[str, ...]
    forms: tuple[Form, ...]


@lru_cache(maxsize=1)
def _table() -> dict[Form, tuple[str, ...]]:
    """What is asked, as the stems of its words or, in Chinese, as its characters -> what reports say, in the order of the file.

    A line of one column is of words that may each stand for each other.
    """
    found: dict[Form, dict[str, None]] = {}
    for line in PATH.read_text("utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        asked, _, said = line.partition("\t")
        for phrase in asked.split("|"):
            found.setdefault(_key(phrase), {}).update(dict.fromkeys((said or asked).split("|")))
    return {key: tuple(phrases) for key, phrases in found.items()}


def _key(phrase: str) -> Form:
    if not phrase.isascii():
        return (simplify(phrase),)
    return tuple(analysis.stem(word) for word in _WORD.findall(phrase.lower()) if word not in _LITTLE)


@lru_cache(maxsize=20_000)
def _form(phrase: str) -> Form:
    return tuple(term for term in analysis.terms(phrase) if term not in analysis.STOP_TERMS)


def _loose(start: int, end: int, key: Form) -> Loose:
    phrases = _table()[key]
    return Loose(start, end, phrases, tuple(dict.fromkeys(form for form in map(_form, phrases) if form)))


def english(text: str) -> Iterator[Loose]:
    """The known words and phrases of an English text from the left, the longest first, and those that stand within others.

    What `the currency is heading for` says is also said for `currency`.
    """
    words = [
        (match.start(), match.end(), analysis.stem(match[0]))
        for match in _WORD.finditer(text.lower())
        if match[0] not in _LITTLE
    ]
    for at in range(len(words)):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            key = tuple(stem for *_, stem in words[at : at + size])
            if key in _table():
                yield _loose(words[at][0], words[at + size - 1][1], key)


@lru_cache(maxsize=20_000)
def chinese(run: str) -> tuple[Loose, ...]:
    """The known words of a run of Chinese, by longest match from the left."""
    return tuple(_chinese(simplify(run)))


def _chinese(run: str) -> Iterator[Loose]:
    at = 0
    while at < len(run) - 1:
        ends = range(min(at + _LONGEST, len(run)), at + 1, -1)
        end = next((end for end in ends if (run[at:end],) in _table()), 0)
        if end:
            yield _loose(at, end, (run[at:end],))
        at = end or at + 1
