"""The finance lexicon: what a word of a question is called elsewhere, in English and in Chinese.

``lexicon.tsv`` holds one concept per line; its columns are explained in its head. Matching is by whole words for Latin
script (case and plural ignored, unless the entry says otherwise) and by longest match for Chinese, left to right, so the
work is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.chinese import simplify
from rag.lexicon_file import ENTITY_KINDS, FLAGS, KINDS, STATEMENTS, Concept, concepts, version
from rag.tickers import find_tickers, normalise_ticker

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[^\W_{_CJK}]+")
_HAS_CJK = re.compile(rf"[{_CJK}]")
_GAP = re.compile(r"[\s\-‐‑–/&.,'’·+]{0,3}")


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept found in a text: ``surface == text[start:end]``; ``others``: all its forms but the one that matched."""

    start: int
    end: int
    surface: str
    concept: Concept
    others: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.concept.kind

    @property
    def canonical(self) -> str:
        return self.concept.canonical


@dataclass(frozen=True, slots=True)
class Entity:
    """A company, broker or index named in a text. ``certain`` is False where the name is an ordinary word as well."""

    start: int
    end: int
    surface: str
    concept: Concept
    certain: bool

    @property
    def kind(self) -> str:
        return self.concept.kind

    @property
    def name(self) -> str:
        return self.concept.canonical


def word_key(word: str) -> str:
    """A Latin word as it is compared: folded, without accents, and without the ``s`` of a plural (``CMES`` keeps it)."""
    if not word.isascii():
        folded = unicodedata.normalize("NFKD", word)
        word = "".join(char for char in folded if not unicodedata.combining(char))
    return word.lower() if len(word) < 5 and word.isupper() else singular(word.lower())


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """A lower-case English word without its plural ending (``policies`` -> ``policy``, ``losses`` -> ``loss``)."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sui":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@dataclass(frozen=True, slots=True)
class _Tables:
    """Latin: key -> entries, first word -> most words in a form. Chinese: form -> entries, first two characters ->
    longest form in characters."""

    latin: dict[str, list[tuple[int, str]]]
    latin_heads: dict[str, int]
    chinese: dict[str, list[tuple[int, str]]]
    chinese_heads: dict[str, int]
    tickers: dict[str, int]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    tables = _Tables({}, {}, {}, {}, {})
    for index, concept in enumerate(concepts()):
        for form in concept.english:
            keys = latin_keys(form)
            tables.latin.setdefault(" ".join(keys), []).append((index, form))
            if len(keys) > tables.latin_heads.get(keys[0], 0):
                tables.latin_heads[keys[0]] = len(keys)
        for form in concept.chinese:
            folded = simplify(form).lower()
            tables.chinese.setdefault(folded, []).append((index, form))
            if len(folded) > tables.chinese_heads.get(folded[:2], 0):
                tables.chinese_heads[folded[:2]] = len(folded)
        for ticker in concept.tickers:
            tables.tickers.setdefault(ticker, index)
    return tables


def latin_keys(form: str) -> list[str]:
    """The compared words of a Latin form; the ``s`` of a possessive is not one of them."""
    return [word_key(match[0]) for match in _WORD.finditer(form) if not _possessive(form, match)]


def _possessive(text: str, match: re.Match[str]) -> bool:
    return match[0] in ("s", "S") and match.start() > 0 and text[match.start() - 1] in "'’"


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    index: int
    form: str


def _latin_hits(text: str) -> Iterator[list[_Hit]]:
    """Matches at each word, longest first, that do not overlap; entries sharing a form come together."""
    tables = _tables()
    words = [match for match in _WORD.finditer(text) if not _possessive(text, match)]
    keys = [word_key(match[0]) for match in words]
    position = 0
    while position < len(words):
        found = _longest_latin(text, words, keys, position, tables)
        if found:
            yield found[1]
        position += found[0] if found else 1


def _longest_latin(
    text: str, words: list[re.Match[str]], keys: list[str], position: int, tables: _Tables
) -> tuple[int, list[_Hit]] | None:
    most = min(tables.latin_heads.get(keys[position], 0), len(words) - position)
    for count in range(most, 0, -1):
        entries = tables.latin.get(" ".join(keys[position : position + count]))
        if not entries or not _joined(text, words[position : position + count]):
            continue
        start, end = words[position].start(), words[position + count - 1].end()
        hits = [
            _Hit(start, end, index, form) for index, form in entries if _case_fits(text[start:end], form, index, count)
        ]
        if hits:
            return count, hits
    return None


def _joined(text: str, words: list[re.Match[str]]) -> bool:
    """Whether words stand together: nothing but spaces and joining marks between them, and no end of a sentence."""
    for left, right in pairwise(words):
        gap = text[left.end() : right.start()]
        gap = gap[2:] if gap[:2] in ("'s", "’s") else gap
        if not _GAP.fullmatch(gap) or (gap[:1] == "." and gap[1:2].isspace() and len(left[0]) > 4):
            return False
    return True


def _case_fits(surface: str, form: str, index: int, count: int) -> bool:
    flags = concepts()[index].flags
    if "exact" in flags or ("case" in flags and count == 1):
        return surface.startswith(form)
    return True


def _chinese_hits(text: str) -> Iterator[list[_Hit]]:
    tables = _tables()
    folded = simplify(text).lower()
    if len(folded) != len(text):  # a capital whose lower case is longer; such letters stand in no form
        folded = simplify(text)
    position = 0
    while position < len(folded) - 1:
        longest = tables.chinese_heads.get(folded[position : position + 2], 0)
        step = 1
        for length in range(min(longest, len(folded) - position), 1, -1):
            entries = tables.chinese.get(folded[position : position + length])
            if entries and _chinese_bounds(folded, position, position + length):
                yield [_Hit(position, position + length, index, form) for index, form in entries]
                step = length
                break
        position += step


def _chinese_bounds(text: str, start: int, end: int) -> bool:
    """A form that begins or ends in Latin letters or digits (``A股``, ``5G``) must not cut a longer word there."""
    before = start > 0 and text[start].isascii() and text[start - 1].isascii() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isascii() and text[end].isascii() and text[end].isalnum()
    return not (before or after)


def _hits(text: str) -> list[list[_Hit]]:
    """All matches in order; where a Chinese match and a Latin one overlap, the longer stays."""
    found = list(_latin_hits(text))
    if _HAS_CJK.search(text):
        found.extend(_chinese_hits(text))
    found.sort(key=lambda hits: (hits[0].start, -hits[0].end))
    kept: list[list[_Hit]] = []
    for hits in found:
        if kept and hits[0].start < kept[-1][0].end:
            if hits[0].end - hits[0].start > kept[-1][0].end - kept[-1][0].start:
                kept[-1] = hits
            continue
        kept.append(hits)
    return kept


def expand(question: str) -> tuple[Expansion, ...]:
    """The concepts that a text names, in order, each with its other forms in both languages."""
    found = []
    for hits in _hits(question):
        for hit in hits:
            concept = concepts()[hit.index]
            others = tuple(form for form in concept.forms if form != hit.form)
            found.append(Expansion(hit.start, hit.end, question[hit.start : hit.end], concept, others))
    return tuple(found)


def entities(text: str) -> tuple[Entity, ...]:
    """The companies, brokers and indices that a text names, by name or by ticker, in order."""
    found = []
    for hits in _hits(text):
        for hit in hits:
            concept = concepts()[hit.index]
            if concept.kind in ENTITY_KINDS:
                found.append(
                    Entity(hit.start, hit.end, text[hit.start : hit.end], concept, _certain(text, hit, concept))
                )
    taken = [(entity.start, entity.end) for entity in found]
    for match in find_tickers(text):
        concept_of = by_ticker(match.ticker)
        if concept_of and not any(start < match.end and match.start < end for start, end in taken):
            surface = text[match.start : match.end]
            sure = match.explicit or len(surface) > 3
            found.append(Entity(match.start, match.end, surface, concept_of, sure))
    return tuple(sorted(found, key=lambda entity: (entity.start, entity.end)))


def _certain(text: str, hit: _Hit, concept: Concept) -> bool:
    """A short name that is an ordinary word is a hint only; so is a one-word ``case`` name that opens a sentence."""
    chinese = bool(_HAS_CJK.search(hit.form))
    if "weak" in concept.flags and (len(hit.form) <= 2 if chinese else " " not in hit.form):
        return False
    if chinese or "case" not in concept.flags or " " in hit.form or not hit.form[1:].islower():
        return True
    return bool(re.search(r"[\w,;:’')]\s+$", text[max(0, hit.start - 8) : hit.start]))


def by_ticker(ticker: str) -> Concept | None:
    """The company of a ticker in any usual spelling (``700 HK``, ``00700.HK``, ``600519``, ``AAPL.O``), or None."""
    index = _tables().tickers.get(normalise_ticker(ticker))
    return None if index is None else concepts()[index]


def lookup(form: str) -> tuple[Concept, ...]:
    """The entries that have this very form, in either language; Latin without regard to case."""
    tables = _tables()
    entries = tables.chinese.get(simplify(form).lower()) or tables.latin.get(" ".join(latin_keys(form))) or []
    return tuple(concepts()[index] for index, _ in entries)


@lru_cache(maxsize=1)
def embedding_aliases() -> dict[str, str]:
    """Chinese form -> English phrase, for every entry that has both; the first entry wins where a form is shared."""
    aliases: dict[str, str] = {}
    for concept in concepts():
        if concept.english:
            for form in concept.chinese:
                aliases.setdefault(form, concept.english[0])
    return aliases


def of_kind(kinds: Iterable[str]) -> tuple[Concept, ...]:
    """The entries of some kinds, in the order of the file."""
    wanted = frozenset(kinds)
    return tuple(concept for concept in concepts() if concept.kind in wanted)


__all__ = [
    "ENTITY_KINDS",
    "FLAGS",
    "KINDS",
    "STATEMENTS",
    "Concept",
    "Entity",
    "Expansion",
    "by_ticker",
    "concepts",
    "embedding_aliases",
    "entities",
    "expand",
    "lookup",
    "of_kind",
    "version",
]
