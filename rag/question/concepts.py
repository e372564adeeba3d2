"""What a question asks for, piece by piece, and which of the pieces a passage contains.

A concept is a word, a phrase of the lexicon, a number, a name or a period, with every way to say it as analysed terms.
Coverage is judged piece by piece, so that a refusal can say what is missing instead of comparing one score to a limit.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from rag.language import analysis, dictionary
from rag.language.lexicon import Expansion, expand, lookup
from rag.language.periods import Period, column_heads, periods, spellings
from rag.language.thesaurus import Loose
from rag.question.terms import without_asides
from rag.reports.tickers import find_tickers

ConceptKind = Literal["word", "number", "term", "metric", "name", "period"]
NAMES = frozenset({"company", "broker", "index"})
METRICS = frozenset({"metric", "line_item"})
MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep oct nov dec".split()
)
MIN_SIMILARITY = 0.5
_HAN = re.compile(r"[\u3400-\u9fff]")
LETTER = re.compile(r"(?<![A-Za-z'’&])[A-Z](?![A-Za-z'’&])")  # a capital by itself
LISTS = re.compile(
    r"\blist(?:s|ed)?(?= (?:on|in|its shares)\b|[\s?.]*$)", re.IGNORECASE
)  # a company does, on an exchange
_BEFORE_METAL = "沪伦的和与及周末月年日度前"
IDF_SHARE = 0.7
KIN = 0.9  # coverage by another word of its family
# Words that speak of the asking or of reports as such, and say nothing of what a passage must contain.
QUESTION_WORDS = frozenset(
    "note notes piece pieces paper review preview author authors analyst analysts document documents figure figures "
    "number numbers print prints quote quoted lay lays make makes made come comes put puts set relation described differ "
    "differs difference apart attach attached let lets far big large name names list line kind sort way thing things "
    "happen happened look looks see seen think thinks thought view views use used anyone someone people based answer "
    "question information provided available ones two break summarise summarize summary overall main key "
    "理由 原因 情况 怎样 哪三件 那份 那篇 怎么看 看法 分别 各 大概 左右 现在 目前 给 篇 份 家 时 成 元 下 它 那它 请 列出 介绍 说明 简述 总结".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a question names. ``forms``: each way to say it, as analysed terms, as asked first.

    ``weight``: its inverse document frequency in the library, so that rare pieces count for more. ``period``: what a
    piece of kind ``period`` means. ``kin``: other words that may stand for it, see ``word_families``. ``loose``: stretches of
    it and what may be said for them, see ``rag.question.loosely``.
    """

    surface: str
    kind: ConceptKind
    forms: tuple[tuple[str, ...], ...]
    weight: float = 1.0
    period: Period | None = None
    kin: tuple[tuple[str, ...], ...] = ()
    loose: tuple[Loose, ...] = ()
    _sets: tuple[frozenset[str], ...] = field(init=False, repr=False, compare=False)  # of ``forms``; asked very often
    _kin: tuple[frozenset[str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sets", tuple(map(frozenset, self.forms)))
        object.__setattr__(self, "_kin", tuple(map(frozenset, self.kin)))

    @property
    def terms(self) -> frozenset[str]:
        """Every term that can count for it without likeness: those of its forms and kin, and of the words of a Chinese run."""
        loose = tuple(form for each in self.loose for form in (*each.forms, *each.far))
        return _all_terms(self.surface, self.kind, self.forms, (*self.kin, *loose))

    @property
    def likely(self) -> frozenset[str]:
        """Terms that a like term may stand for: those of its forms, and the English words of a Chinese run."""
        return frozenset(term for form in self.forms for term in form) | _glosses(self.surface, self.kind)

    def said_by(self, terms: Collection[str]) -> bool:
        """Whether all terms of one of the forms are there."""
        return any(form.issubset(terms) for form in self._sets)

    def meant_by(self, terms: Collection[str]) -> bool:
        """Whether another word of its family is there in full."""
        return any(form.issubset(terms) for form in self._kin)


@lru_cache(maxsize=4_000)
def _all_terms(
    surface: str, kind: ConceptKind, forms: tuple[tuple[str, ...], ...], kin: tuple[tuple[str, ...], ...]
) -> frozenset[str]:
    own = [*analysis.terms(surface), *(term for form in (*forms, *kin) for term in form)]
    if kind == "term" and surface.isascii():
        own += [term for stem in forms[0] for form in dictionary.chinese_forms(stem) for term in form]
    return (
        frozenset(own)
        | _glosses(surface, kind)
        | {t for w in _words(surface, kind) for form in w.chinese for t in form}
    )


def _words(surface: str, kind: ConceptKind) -> tuple[dictionary.Word, ...]:
    """The known words of a Chinese run, or term."""
    return dictionary.words_in(surface) if kind in ("word", "term") and not surface.isascii() else ()


@lru_cache(maxsize=4_000)
def _glosses(surface: str, kind: ConceptKind) -> frozenset[str]:
    return frozenset(term for word in _words(surface, kind) for form in word.english for term in form)


_BARE_MONTH = re.compile(r"(?<![\d年.])(?:1[0-2]|0?[1-9])月")  # of no year that is named


def asked(question: str, today: date | None = None) -> tuple[Asked, ...]:
    """The concepts of a question in order: periods, lexicon phrases by longest match, and the words between them.

    ``today``: the day from which words such as `last year` count.
    """
    question = without_asides(question)
    found: list[Asked] = []
    position = 0
    foreign = analysis.language(question) == "en"
    for start, end, concept in sorted(_known(question, today, foreign), key=lambda item: (item[0], -item[1])):
        if start < position:
            continue
        found.extend(_plain(question[position:start], foreign))
        position = end
        if concept is not None:
            found.append(concept)
    found.extend(_plain(question[position:], foreign))
    return _unique(found)


def _known(question: str, today: date | None, foreign: bool) -> Iterator[tuple[int, int, Asked | None]]:
    """Spans that are periods or in the lexicon; None for a span that carries no meaning of its own."""
    taken: list[tuple[int, int]] = []
    for period in periods(question, today):
        heads = () if foreign else column_heads(period)
        forms = _forms((period.surface, *spellings(period), *heads))
        taken.append(period.span)
        yield *period.span, Asked(period.surface, "period", forms, period=period)
    for month in _BARE_MONTH.finditer(question):
        if not any(start < month.end() and month.start() < end for start, end in taken):
            taken.append(month.span())
            yield *month.span(), Asked(month[0], "period", _forms((month[0],)))
    for ticker in find_tickers(question):
        if ticker.explicit and not any(start < ticker.end and ticker.start < end for start, end in taken):
            taken.append((ticker.start, ticker.end))
            surface = question[ticker.start : ticker.end]
            yield ticker.start, ticker.end, Asked(surface, "name", _forms((ticker.ticker.split(".")[0], surface)))
    found = expand(question)
    yield from _metals(question, [*taken, *((item.start, item.end) for item in found)], found)
    for (start, end), meant in itertools.groupby(found, key=lambda item: (item.start, item.end)):
        if any(a < end and start < b for a, b in taken):
            continue
        senses = list(meant)
        forms = _forms((senses[0].surface, *(other for sense in senses for other in sense.others)))
        kinds = {_kind_of(sense.kind) for sense in senses}
        kind = kinds.pop() if len(kinds) == 1 else "term"  # EV is a value and a car: either may be meant
        empty = not forms or all(term in analysis.STOP_TERMS for term in forms[0])
        if empty and all(sense.kind == "place" for sense in senses):  # the US, which only looks like a pronoun
            empty = False
        yield start, end, None if empty else Asked(senses[0].surface, kind, forms)


def _metals(
    question: str, taken: Sequence[tuple[int, int]], found: Sequence[Expansion]
) -> Iterator[tuple[int, int, Asked]]:
    """Goods that are called by one character before what is asked of them: 镍库存, 沪铜产量; the lexicon knows 镍价."""
    ends = {end for _, end in taken} | {item.end for item in found}
    for item in found:
        if item.kind not in METRICS:
            continue  # 金 of 金风投资 is no gold
        at = item.start - 1
        if at < 0 or not _HAN.match(question, at) or any(start <= at < end for start, end in taken):
            continue
        if at and _HAN.match(question, at - 1) and at not in ends and question[at - 1] not in _BEFORE_METAL:
            continue
        goods = [entry for entry in lookup(f"{question[at]}价") if entry.kind in ("sector", "product")]
        if goods:
            yield at, at + 1, Asked(question[at], "term", _forms((question[at] + "价", *goods[0].forms)))


def is_goods(piece: Asked) -> bool:
    """Whether a piece is goods called by one character."""
    return piece.kind == "term" and len(piece.surface) == 1 and not piece.surface.isascii()


def _kind_of(kind: str) -> ConceptKind:
    return "name" if kind in NAMES else "metric" if kind in METRICS else "term"


def _forms(surfaces: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Each way to say it as index terms; stop words are left out where something else remains.

    A capital by itself is none of them in any of the ways: A-shares are no shares, and a 4S store is no store.
    """
    forms: dict[tuple[str, ...], None] = {}
    surfaces = tuple(surfaces)
    letters = {letter.lower() for surface in surfaces for letter in LETTER.findall(surface)}
    for surface in surfaces:
        terms = tuple(analysis.terms(surface))
        content = tuple(term for term in terms if term not in analysis.STOP_TERMS or term in letters)
        if content or terms:
            forms[content or terms] = None
    return tuple(forms)


def _plain(text: str, foreign: bool) -> list[Asked]:
    """The words, numbers and Chinese runs of a stretch that the lexicon does not know.

    ``foreign``: whether Chinese stands in an English question, where it can only be a name.
    """
    pieces = []
    proper = _proper(text)
    for surface, terms in analysis.content_pieces(text):
        if (surface in QUESTION_WORDS and not LISTS.search(text)) or (len(surface) == 1 and not surface.isascii()):
            continue
        named = terms[0] in proper or (foreign and not surface.isascii())
        kind: ConceptKind = "number" if terms[0][0].isdigit() else "name" if named else "word"
        kin = dictionary.chinese_forms(terms[0]) if kind == "word" else ()
        pieces.append(Asked(surface, kind, (tuple(terms),), kin=kin))
    return pieces


_PROPER = re.compile(
    r"(?<=[(（])[A-Z][^\W_]+|(?<=[^\W_][,;:)]\s)[A-Z][^\W_]+|(?<=[^\W_]\s)[A-Z][^\W_]+|(?<![^\W_A-Z\u3400-\u9fff])[^\W_A-Z\u3400-\u9fff]+[A-Z]\w*|\b[A-Z]{2,}[a-z]*\b"
)


def _proper(text: str) -> set[str]:
    """Stems of the Latin words that are written like names: with a capital inside a sentence, or with several."""
    found = set()
    for match in _PROPER.finditer(text):
        if match[0].lower() not in MONTHS:
            found.update(analysis.terms(match[0])[:1])
    return found


def _unique(found: Sequence[Asked]) -> tuple[Asked, ...]:
    kept: dict[tuple[str, ...], Asked] = {}
    for concept in found:
        kept.setdefault(concept.forms[0], concept)
    return tuple(kept.values())


def weigh(
    concepts: Sequence[Asked], frequency: Mapping[str, int], size: int, rarity: Callable[[str], float] | None = None
) -> tuple[Asked, ...]:
    """Give each concept its weight: half for being asked, half for being rare in the library, times ``rarity``.

    Rareness is the idf of its most frequent form, ``ln(1 + (N - n + 0.5) / (n + 0.5))`` as in BM25, over that of a form
    that never occurs; it counts for half only, because a library of a few reports says little about words. A form
    occurs at most as often as its rarest term. ``frequency``: passages holding each term; ``size``: passages;
    ``rarity(word)``: 0..1, how much a single word says in general.
    """
    most = math.log(1 + (size + 0.5) / 0.5)
    weighed = []
    for concept in concepts:
        held = max((min(frequency.get(term, 0) for term in form) for form in concept.forms), default=0)
        held = min(held, size)
        idf = math.log(1 + (size - held + 0.5) / (held + 0.5))
        weight = IDF_SHARE * idf / most + 1 - IDF_SHARE
        if rarity is not None and concept.kind == "word":
            weight *= rarity(concept.surface)
        weighed.append(replace(concept, weight=weight))
    return tuple(weighed)
