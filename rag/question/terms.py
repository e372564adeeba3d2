"""The words to look for: those of the question, and what its concepts are called elsewhere, in each language.

A synonym weighs less than the question's own word, and of many synonyms the later ones weigh less again, so that a
concept with ten names does not drown one with two. Each language has a list of its own in which it is not the weaker
one; rankings of English and Chinese passages can then be set beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rag.language import analysis, dictionary, lexicon, thesaurus
from rag.language.lexicon import Concept, Expansion
from rag.language.periods import Period, spellings

SYNONYM, LATER, MOST_FORMS = 0.5, 0.8, 6
TRANSLATION, PART, ASIDE = 0.7, 0.35, 0.3
LOOSE = 0.3  # what may be said for it
PLAIN = 0.5  # an ordinary word in the other language
_CJK = re.compile(r"[\u3400-\u9fff]")
# Sentences about the form of the answer, not about what is asked.
_ASIDES = re.compile(
    r"(?:\b(?:please\s+)?(?:round|give|provide|answer|respond|reply|express|state|calculate|report)\b[^.?!]{0,60}"
    r"\b(?:decimals?|decimal places?|percent|millions|thousands|billions|sentences?|words|bullet points?|table|format)\b[^.?!]*)"
    r"|(?:\bif\b[^.?!]{0,120}\b(?:not (?:useful|meaningful|relevant|applicable)|cannot be)\b[^.?!]*[.?!]?)"
    r"|(?:(?:请|并)?(?:保留|四舍五入|精确到|单位(?:为|是|[::]))[^。？！，,]{0,20})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Analysed term -> weight (1 for a word of the question) for searching passages of one language or of both.

    ``names`` and ``periods``: the terms that come from a company, broker or time; where these already choose the
    report, they say little about the place in it.
    """

    english: dict[str, float] = field(default_factory=dict)
    chinese: dict[str, float] = field(default_factory=dict)
    merged: dict[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()


def make_terms(question: str, expansions: Iterable[Expansion], when: Iterable[Period]) -> Terms:
    """The weighted terms of a question whose concepts and periods are known."""
    found = tuple(expansions)
    own = _own(question)
    zh_asked = analysis.language(question) == "zh"
    english, chinese = dict(own), dict(own)
    names: set[str] = set()
    for expansion in found:
        if "quiet" in expansion.concept.flags:
            continue
        _add(english, expansion.concept.english, expansion.surface, TRANSLATION if zh_asked else SYNONYM)
        _add(chinese, expansion.concept.chinese, expansion.surface, SYNONYM if zh_asked else TRANSLATION)
        for part in _parts(expansion.concept):
            _add(english, part.english[:2], "", PART)
            _add(chinese, part.chinese[:2], "", PART)
        if expansion.kind in lexicon.ENTITY_KINDS:
            names.update(term for form in (expansion.surface, *expansion.others) for term in analysis.terms(form))
    _add_plain(question, found, english, chinese)
    times: set[str] = set()
    for period in when:
        for form in spellings(period):
            _add(chinese if _CJK.search(form) else english, (form,), "", SYNONYM)
            times.update(analysis.terms(form))
        times.update(analysis.terms(period.surface))
    merged = {term: max(english.get(term, 0.0), chinese.get(term, 0.0)) for term in english | chinese}
    return Terms(english, chinese, merged, frozenset(names), frozenset(times))


def _add_plain(question: str, found: Iterable[Expansion], english: dict[str, float], chinese: dict[str, float]) -> None:
    """Add what the ordinary words of a question are called in the other language."""
    rest = analysis.blanked(question, ((item.start, item.end) for item in found))
    for surface, terms in analysis.content_pieces(rest):
        if not surface.isascii():
            for each in thesaurus.chinese(surface):
                _add(chinese, each.phrases, surface, LOOSE)
                _add(english, each.foreign, surface, LOOSE)
        if surface.isascii():
            _add(chinese, dictionary.chinese_of(terms[0]), surface, PLAIN)
            continue
        for word in dictionary.words_in(surface):
            _add(english, word.glosses, surface, PLAIN)
    for surface, each in thesaurus.parted(rest):
        _add(chinese, each.phrases, surface, LOOSE)
        _add(english, each.foreign, surface, LOOSE)
    for each in thesaurus.english(rest):
        _add(english, each.phrases, rest[each.start : each.end], LOOSE)
        _add(chinese, each.foreign, rest[each.start : each.end], LOOSE)


def without_asides(question: str) -> str:
    """The question with remarks about the answer's form blanked out; every other character keeps its place."""
    return _ASIDES.sub(lambda match: " " * len(match[0]), question)


def _own(question: str) -> dict[str, float]:
    """The question's content terms; those that stand only in a remark about the answer's form weigh little."""
    plain = set(analysis.content_terms(without_asides(question)))
    everything = dict.fromkeys(analysis.content_terms(question), ASIDE)
    return everything | dict.fromkeys(plain, 1.0)


def _add(weights: dict[str, float], forms: Iterable[str], surface: str, weight: float) -> None:
    """Add the terms of the first forms of a concept; a form's weight is spread over its words."""
    asked = set(analysis.terms(surface))
    used = 0
    for form in forms:
        terms = [term for term in dict.fromkeys(analysis.terms(form)) if term not in analysis.STOP_TERMS]
        new = [term for term in terms if term not in asked]
        if not new:
            continue
        each = weight * LATER**used / len(terms) ** 0.5
        for term in new:
            weights[term] = max(weights.get(term, 0.0), each)
        used += 1
        if used == MOST_FORMS:
            return


def _parts(concept: Concept) -> list[Concept]:
    return [found for part in concept.parts for found in lexicon.lookup(part)]
