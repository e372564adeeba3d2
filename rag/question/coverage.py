"""How far a text says what a question names: in the same words, in others, or in the other language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from rag.language import dictionary
from rag.language.chinese import simplify
from rag.language.thesaurus import Loose
from rag.question.concepts import KIN, MIN_SIMILARITY, Asked
from rag.question.idle import LITTLE_WORDS

LOOSE, FAR = 0.8, 0.6  # coverage by what may say the same, and by its name in the other language
Similar = Callable[[str, Collection[str]], float]


def _characters_said(run: str, terms: Collection[str]) -> list[bool]:
    """Which characters of a Chinese run stand in a bigram of the passage."""
    found = [run[index : index + 2] in terms for index in range(len(run) - 1)]
    if not found:
        return [run in terms]
    return [left or right for left, right in zip([False, *found], [*found, False], strict=True)]


def _run_covered(run: str, terms: Collection[str]) -> float:
    """Share of a Chinese run's characters that stand in a bigram of the passage; bigrams across words do not count."""
    return sum(_characters_said(run, terms)) / len(run)


def _run_meant(run: str, terms: Collection[str], similar: Similar | None, loose: Sequence[Loose]) -> float:
    """Share of a Chinese run that is said, be it in other words or in English; what is in no known word must stand there."""
    words = dictionary.words_in(run)
    if not words and not loose:
        return 0.0
    said = [float(there) for there in _characters_said(run, terms)]
    known: set[int] = set()
    for word in words:
        known.update(range(word.start, word.end))
        said[word.start : word.end] = [_word_said(word, terms, similar)] * (word.end - word.start)
    for each in loose:
        if there := _is_meant(each, terms):  # what may be said for 下来 need not be, no more than its characters
            known.update(range(each.start, each.end))
            said[each.start : each.end] = [max(value, there) for value in said[each.start : each.end]]
    counted = [value for at, value in enumerate(said) if at in known or run[at] not in LITTLE_WORDS]
    return sum(counted) / len(counted) if counted else 0.0


def _is_meant(loose: Loose, terms: Collection[str]) -> float:
    """How far a text says what may be said for a stretch of a question: in its own language, in the other, or not."""
    if any(all(term in terms for term in form) for form in loose.forms):
        return LOOSE
    return FAR if any(all(term in terms for term in form) for form in loose.far) else 0.0


def _term_meant(form: tuple[str, ...], terms: Collection[str]) -> float:
    """Share of the words of an English term that a text says, in either language."""
    said = [
        stem in terms or any(all(term in terms for term in other) for other in dictionary.chinese_forms(stem))
        for stem in form
    ]
    return sum(said) / len(said)


def _word_said(word: dictionary.Word, terms: Collection[str], similar: Similar | None) -> float:
    if all(term in terms for term in word.bigrams):
        return 1.0
    if any(all(term in terms for term in form) for form in (*word.english, *word.chinese)):
        return KIN
    if similar is None:
        return 0.0
    near = max((similar(form[0], terms) for form in word.english if len(form) == 1), default=0.0)
    return min(near, KIN) if near >= MIN_SIMILARITY else 0.0


def covered(concept: Asked, terms: Collection[str], similar: Similar | None = None) -> float:
    """How far a passage with these terms contains a concept, 0..1; 1 when every term of one of its forms is there.

    ``similar(term, terms)``: cosine of the nearest of the passage's terms, for words said otherwise. Names and numbers
    are there or not: nothing is similar to a year.
    """
    if concept.said_by(terms):
        return 1.0
    best, run = 0.0, simplify(concept.surface)
    if concept.kind == "word" and not run.isascii():
        best = max(_run_covered(run, terms), _run_meant(run, terms, similar, concept.loose))
    if best == 1.0 or concept.kind in ("name", "number", "period"):
        return best
    for form in concept.forms:
        missing = [term for term in form if term not in terms]
        if similar is None or len(form) > 3:
            near = 0.0
        else:
            near = sum(value for term in missing if (value := similar(term, terms)) >= MIN_SIMILARITY)
        best = max(best, min((len(form) - len(missing) + near) / len(form), 0.95))
    if concept.kind == "term":
        other = _term_meant(concept.forms[0], terms) if run.isascii() else _run_meant(run, terms, similar, ())
        best = max(best, min(other, KIN))
    if best < KIN and concept.meant_by(terms):
        return KIN
    return max(best, loosely_said(concept, terms)) if best < LOOSE and concept.loose else best


def loosely_said(concept: Asked, terms: Collection[str]) -> float:
    """How far a text says what may be said for a concept as a whole: ``LOOSE``, ``FAR`` or not."""
    whole = len(concept.surface)
    return max((_is_meant(each, terms) for each in concept.loose if each.end - each.start == whole), default=0.0)


def coverage(concepts: Sequence[Asked], terms: Collection[str], similar: Similar | None = None) -> float:
    """Weighted share of the concepts that a passage with these terms contains, 0..1; 1 for a question without any."""
    total = sum(concept.weight for concept in concepts)
    if not total:
        return 1.0
    return sum(concept.weight * covered(concept, terms, similar) for concept in concepts) / total
