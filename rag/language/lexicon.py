"""The finance lexicon: what a word of a question is called elsewhere, in English and in Chinese.

``lexicon.tsv`` holds one concept per line; its columns are explained in its head. Matching is by whole words for Latin
script (case and plural ignored, unless the entry says otherwise) and by longest match for Chinese, left to right, so the
work is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rag.language.chinese import simplify
from rag.language.dictionary import english_of
from rag.language.lexicon_file import ENTITY_KINDS, Concept, concept, concepts, version
from rag.language.lexicon_match import HAS_CJK, Hit, hits_in, latin_keys, tables, word_key
from rag.reports.tickers import find_tickers, normalise_ticker

_INSIDE = re.compile(r"[\w,;:’')]\s+$")
_OWNS = re.compile(r"['’]s\b")


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


def expand(question: str) -> tuple[Expansion, ...]:
    """The concepts that a text names, in order, each with its other forms in both languages."""
    found = []
    for hits in hits_in(question):
        for hit in hits:
            entry, form = concept(hit.index), hit.form.lower()
            others = tuple(other for other in entry.forms if other.lower() != form)
            found.append(Expansion(hit.start, hit.end, question[hit.start : hit.end], entry, others))
    return tuple(found)


def entities(text: str) -> tuple[Entity, ...]:
    """The companies, brokers and indices that a text names, by name or by ticker, in order."""
    found = []
    for hits in hits_in(text):
        for hit in hits:
            entry = concept(hit.index)
            if entry.kind in ENTITY_KINDS:
                found.append(Entity(hit.start, hit.end, text[hit.start : hit.end], entry, _certain(text, hit, entry)))
    ends = {entity.start: entity.end for entity in found}
    for match in find_tickers(text):
        listed = by_ticker(match.ticker)
        if listed and not any(place in ends for place in range(match.start, match.end)):
            sure = match.explicit or match.end - match.start > 3
            found.append(Entity(match.start, match.end, text[match.start : match.end], listed, sure))
    return tuple(sorted(found, key=lambda entity: (entity.start, entity.end)))


def _certain(text: str, hit: Hit, entry: Concept) -> bool:
    """Whether a name of an entry that is ``weak`` can only be the name: a capital inside a sentence, or an owner."""
    chinese = bool(HAS_CJK.search(hit.form))
    if "weak" not in entry.flags or (len(hit.form) > 2 if chinese else " " in hit.form):
        return True
    if chinese or "case" not in entry.flags:
        return False
    inside = _INSIDE.search(text[max(0, hit.start - 8) : hit.start])
    return bool(inside or _OWNS.match(text, hit.end))


def by_ticker(ticker: str) -> Concept | None:
    """The company of a ticker in any usual spelling (``700 HK``, ``00700.HK``, ``600519``, ``AAPL.O``), or None."""
    index = tables().tickers.get(normalise_ticker(ticker))
    return None if index is None else concept(index)


def lookup(form: str) -> tuple[Concept, ...]:
    """The entries that have this very form, in either language; Latin without regard to case."""
    known = tables()
    found = known.chinese.get(simplify(form).lower()) or known.latin.get(" ".join(latin_keys(form))) or ()
    return tuple(map(concept, found))


def named_in(name: str, language: str) -> str:
    """What a company is called in a language (`en`, `zh`), 比亚迪 in English `BYD`; its name as given where that is not known."""
    known = [entry for entry in lookup(name) if entry.kind == "company"]
    forms = (known[0].chinese if language == "zh" else known[0].english) if len(known) == 1 else ()
    return name if not forms or name in forms else forms[0]


@lru_cache(maxsize=1)
def embedding_aliases() -> dict[str, str]:
    """Chinese form -> English phrase, for every entry that has both; the first entry wins where a form is shared.

    The ordinary words come after the terms of the trade.
    """
    aliases: dict[str, str] = {}
    for entry in concepts():
        if entry.english:
            for form in entry.chinese:
                aliases.setdefault(form, entry.english[0])
    for word, glosses in english_of().items():
        aliases.setdefault(word, glosses[0])
    return aliases


def of_kind(kinds: Iterable[str]) -> tuple[Concept, ...]:
    """The entries of some kinds, in the order of the file."""
    wanted = frozenset(kinds)
    return tuple(entry for entry in concepts() if entry.kind in wanted)


__all__ = [
    "ENTITY_KINDS",
    "Concept",
    "Entity",
    "Expansion",
    "by_ticker",
    "concepts",
    "embedding_aliases",
    "entities",
    "expand",
    "lookup",
    "named_in",
    "of_kind",
    "version",
    "word_key",
]
