"""Words that people ask with, and what reports say for them: `dearer` is a price that rose, 几成 is 占比.

``everyday_synonyms.tsv`` holds them, each language for itself. Unlike the dictionary of ordinary words it is loose: what
stands there may say the same, in the right report. So it counts for less than the word, and never for a name, a number,
a time or a measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.language import analysis, dictionary, lexicon
from rag.language.chinese import simplify

PATH = Path(__file__).parent.parent / "everyday_synonyms.tsv"
_CROSSED = 2  # names of one phrase in the other language
_LONGEST = 6  # words of an English phrase; characters of a Chinese one
_HAN = re.compile(r"[\u3400-\u9fff]+")
_DENIED = frozenset("不没无未别少难")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*|\d+%?")
# Words that may stand in a phrase: `tightening its belt` is `tightening belts`.
_LITTLE = frozenset("a an the its their his her our my your this these those some any".split())

Form = tuple[str, ...]  # index terms that stand together


@dataclass(frozen=True, slots=True)
class Loose:
    """A stretch ``text[start:end]`` and what may be said for it: ``phrases`` as written, ``forms`` as index terms.

    ``foreign``, ``far``: the same of the phrases' names in the other language.
    """

    start: int
    end: int
    phrases: tuple[str, ...]
    forms: tuple[Form, ...]
    foreign: tuple[str, ...] = ()
    far: tuple[Form, ...] = ()


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


def _forms(phrases: Iterable[str]) -> tuple[Form, ...]:
    return tuple(dict.fromkeys(form for form in map(_form, phrases) if form))


@lru_cache(maxsize=20_000)
def _said(key: Form) -> tuple[tuple[str, ...], tuple[Form, ...], tuple[str, ...], tuple[Form, ...]]:
    phrases = _table()[key]
    foreign = tuple(dict.fromkeys(other for phrase in phrases for other in _translated(phrase)))
    return phrases, _forms(phrases), foreign, _forms(foreign)


def _translated(phrase: str) -> tuple[str, ...]:
    """What a phrase of reports is called in the other language, by the lexicon or by the dictionary of ordinary words."""
    latin = phrase.isascii()
    entries = lexicon.lookup(phrase)
    if entries:
        return tuple(form for entry in entries for form in (entry.chinese if latin else entry.english)[:_CROSSED])
    if not latin:
        return dictionary.english_of().get(phrase, ())[:_CROSSED]
    return dictionary.chinese_of(analysis.stem(phrase))[:_CROSSED] if _WORD.fullmatch(phrase) else ()


def _loose(start: int, end: int, key: Form) -> Loose:
    return Loose(start, end, *_said(key))


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
    """The known words of a run of Chinese, also those that stand in others: 一吨煤 may be told as a phrase or by its words."""
    return tuple(_chinese(simplify(run)))


@lru_cache(maxsize=20_000)
def singles(run: str) -> tuple[Loose, ...]:
    """The known words of one character of a run of Chinese, such as verbs (卖, 涨), which are part of no longer known word."""
    plain = simplify(run)
    spans = [(word.start, word.end) for word in dictionary.words_in(plain)]
    spans += [(word.start, word.end) for word in chinese(plain) if word.end - word.start == 2]
    taken = {at for start, end in spans for at in range(start, end)}
    taken |= {at for at in range(1, len(plain)) if plain[at - 1] in _DENIED}
    return tuple(_loose(at, at + 1, (one,)) for at, one in enumerate(plain) if at not in taken and (one,) in _table())


@lru_cache(maxsize=2_000)
def parted(text: str) -> tuple[tuple[str, Loose], ...]:
    """What is left of the Chinese phrases that stop words part (谁说|了|算), each with what may be said for the whole phrase."""
    found = []
    for run in _HAN.finditer(simplify(text)):
        for each in chinese(run[0]):
            phrase = run[0][each.start : each.end]
            pieces = [surface for surface, _ in analysis.content_pieces(phrase)]
            if pieces != [phrase]:
                found += [(piece, each) for piece in pieces]
    return tuple(found)


def _chinese(run: str) -> Iterator[Loose]:
    denied = 0  # up to where a word with `not` goes: 不赚钱 is not 赚钱
    for at in range(len(run) - 1):
        for end in range(min(at + _LONGEST, len(run)), max(at + 1, denied), -1):
            if (run[at:end],) in _table():
                yield _loose(at, end, (run[at:end],))
                if _DENIED.intersection(run[at:end]):
                    denied = end
                    break
