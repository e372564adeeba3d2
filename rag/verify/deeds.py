"""What is told as done, as planned or as denied: a deed that a passage only plans is not done, one that it denies is not so.

Verbs of an English text by their form and the words before them, those of a Chinese one by the clause that they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.figures.tense import has_chinese
from rag.language import analysis
from rag.language.analysis import small_letters
from rag.language.sentences import sentences
from rag.verify.wording import DENIES_ALONE

Status = Literal["done", "ahead", "denied", "plain", ""]

_WORD = re.compile(r"[a-z][a-z'’-]*")
_BREAK = re.compile(
    r"[;:()]|,(?! (?:which|who|as)\b)|\.\s|\b(?:but|while|whereas|although|because|after|before|if|when|and)\b"
)
_PAST = {
    "sold": "sell", "bought": "buy", "built": "build", "took": "take", "taken": "take", "paid": "pay", "repaid": "repay",
    "began": "begin", "begun": "begin", "gave": "give", "given": "give", "spent": "spend", "met": "meet", "won": "win", "left": "leave",
    "withdrew": "withdraw", "withdrawn": "withdraw", "chose": "choose", "chosen": "choose", "ran": "run", "sent": "send",
}  # fmt: skip
_NO_VERBS = frozenset("yet longer still only just even ever also".split())  # `not yet`, `no longer` deny the next word
_MODAL = re.compile(
    r"\b(?:will|would|shall|should|may|might|could)(?: [a-z'’-]+){0,3} $|\b(?:subject to|awaits?|awaiting|pending|needs?) (?:[a-z'’-]+ ){0,3}$"
)
_TO = re.compile(
    r"\b(?:will|plans?|planned|planning|expect\w*|aim\w*|intend\w*|hop(?:es?|ing)|wants?|propos\w+|seek\w*|target\w*|set|due|likely|scheduled|slated|yet|still|about|mean[st]?|agreed|is|are|forecast\w*)\b"
    r"(?: [^ ]+){0,8}? to (?:be |have |have been )?(?:[a-z]+ly )?$"
)
_DENIES = re.compile(
    r"(?:\b(?:not|never|cannot|no longer|neither|nor|without|fail(?:ed|s)? to|refus\w+ to|stopped|ceased|no)|n['’]t)(?: (?:yet|be|been|have|has|a|an|any|the|its|their|longer|to|fully))* $"
    r"|\b(?:has|have|had|is|are) (?:yet|still) to (?:be |have |have been )?$"
)
# The beginning of all that denies, looked for first.
_SAYS_NOT = re.compile(r"\b(?:no|never|cannot|neither|without|fail|refus|stopped|ceased|yet|still)|n['’]t")
_NO_NOUN = re.compile(r"\b(?:no(?! longer)|without|nor|neither)(?: [a-z'’-]+){0,2} $")
_NONE_BEHIND = re.compile(r" (?:no|none|nothing|neither)\b")
_ATTRIBUTE = re.compile(r"\b(?:the|an?|its|their|our|previously|newly|recently|any|of|in)\s$")
_THINKS = frozenset(map(analysis.stem, "believe expect think anticipate consider see foresee".split()))
_OF_THOUGHT = re.compile(r"\b(?:be|have|has|had)(?: an?| any| the)? ([a-z-]+)")
COMMON = frozenset(
    map(
        analysis.stem,
        "reach rise fall grow increase decrease decline drop report post record earn make come go total amount average remain stay show see add reduce "
        "expect forecast estimate project base compare lead drive raise cut lower improve end name call say note state relate include exceed need use".split(),
    )
)
_ZH_CLAUSE = re.compile(r"[,，;；。:：\n]")
_ZH_DONE = re.compile(r"已(?![知有])|完成了?|实现了|了(?=\d)")
_ZH_AHEAD = re.compile(r"将(?![军领])|拟(?![合态])|计划|尚[未待]|有待|有望|预计|预期|争取|即将|还?没有?|未(?!来)")
_ZH_DEED = re.compile(
    r"已经?(?:实现|获[^，。,；;]{0,8}?)?(?P<what>批准|通过|核准|量产|投产|完工|建成|完成|上市|开工|交付|落地|竣工)"
)
_ZH_NOT_YET = re.compile(r"正在|将|拟|计划|尚[未待]|有待|待[^遇]|早日|有望|预计|争取")
_ZH_NOT = re.compile(r"(?<![是会])(?:[不未]有?|没有?|无|非(?!国际))(?:再|会|能|予)?(?P<what>[\u4e00-\u9fff]{2})")
_ZH_SAYS_NOT = re.compile(r"[不未无没非](?:再|会|能|予|有)?$")
_ALIKE = 0.6  # share of a Chinese clause's terms that another must hold to tell of the same deed


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of a text: its stem, how it is told, the terms of its sentence, and the word itself, as far as it stands there;
    ``verb``: it is not the noun of `no debt`."""

    stem: str
    status: Status
    around: frozenset[str]
    word: str
    verb: bool = True


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence in small letters. ``words``: where each that may be a verb begins, the word and its stem; ``thought``: words
    and stems of what is not believed; ``stems``: all of them."""

    text: str
    words: tuple[tuple[int, str, str], ...]
    thought: dict[str, str]
    stems: frozenset[str]


def misdone(sentence: str, passages: Sequence[str]) -> str:
    """Why a sentence tells a deed as done, planned or denied that the passages tell otherwise; empty when none is seen."""
    if has_chinese(sentence):
        return _in_chinese(sentence, [text for text in passages if has_chinese(text)])
    own = _sentences(sentence)
    others = [each for text in passages if not has_chinese(text) for each in _sentences(text)]
    shared = frozenset().union(*(each.stems for each in own)) & frozenset().union(*(each.stems for each in others))
    there = list(_deeds([each for each in others if _alike(each, own, shared)], shared))
    for deed in _deeds(own, shared):
        alike = [other for other in there if other.stem == deed.stem and len(deed.around & other.around) > 1]
        told = {other.status for other in alike} - {""}
        if deed.status == "done" and told == {"ahead"}:
            return f"the cited passage speaks of “{deed.word}” as something to come"
        if deed.status == "ahead" and told == {"done"} and deed.stem not in COMMON:
            return f"the cited passage speaks of “{deed.word}” as done"
        if deed.status in ("done", "plain", "ahead") and told == {"denied"}:
            return "the cited passage denies it"
        if deed.status == "denied" and deed.verb and told and told <= {"done", "plain"} and deed.stem not in COMMON:
            return DENIES_ALONE
    return ""


def deeds(text: str) -> tuple[object, ...]:
    """All that is kept of a text, once it is read: the deeds of an English one, the clauses of a Chinese one."""
    if has_chinese(text):
        return _clauses(text)
    return tuple(_deed(each.text, *word) for each in _sentences(text) for word in each.words)


@lru_cache(maxsize=2048)
def _sentences(text: str) -> tuple[_Sentence, ...]:
    """The sentences of an English text with the words that may be verbs."""
    small = small_letters(text)
    return tuple(_sentence(small[start:end]) for start, end in sentences(text))


def _sentence(whole: str) -> _Sentence:
    words = [(match.start(), match[0], stem) for match in _WORD.finditer(whole) if (stem := _verb_stem(match[0]))]
    thought = {word: analysis.stem(word) for word in (_thought(whole) if _SAYS_NOT.search(whole) else ())}
    return _Sentence(whole, tuple(words), thought, frozenset((*(stem for *_, stem in words), *thought.values())))


@lru_cache(maxsize=20_000)
def _verb_stem(word: str) -> str:
    """The stem of a word that may be a verb; empty for any other."""
    stem = analysis.stem(_PAST.get(word, word.removeprefix("un-")))
    none = stem in analysis.STOP_TERMS or len(stem) < 3 or word in _NO_VERBS or word.endswith("ly")
    return "" if none else stem


def _deeds(told: Sequence[_Sentence], stems: frozenset[str]) -> Iterator[Deed]:
    """How the words of these stems are told."""
    for each in told:
        if not each.stems.isdisjoint(stems):
            yield from (_deed(each.text, *word) for word in each.words if word[2] in stems)
            for word, stem in each.thought.items():
                if stem in stems:
                    yield Deed(stem, "denied", _terms(each.text), word)


@lru_cache(maxsize=20_000)
def _deed(whole: str, at: int, word: str, stem: str) -> Deed:
    """The verb that begins at ``at`` of a sentence of small letters."""
    low = max((place for place in _breaks(whole) if place <= at), default=0)
    clause = whole[max(low, at - 64) : at]
    denies = _SAYS_NOT.search(clause) is not None
    status = _status(word, clause, whole[max(0, at - 90) : at], denies)
    status = "denied" if _NONE_BEHIND.match(whole, at + len(word)) else status
    return Deed(stem, status, _terms(whole), word, not (denies and _NO_NOUN.search(clause)))


def _alike(one: _Sentence, others: Sequence[_Sentence], stems: frozenset[str]) -> bool:
    """Whether a sentence has one of the verbs, and two terms of one of the others."""
    return not one.stems.isdisjoint(stems) and any(len(_terms(one.text) & _terms(each.text)) > 1 for each in others)


@lru_cache(maxsize=2048)
def _breaks(text: str) -> tuple[int, ...]:
    return tuple(match.end() for match in _BREAK.finditer(text))


@lru_cache(maxsize=2048)
def _terms(text: str) -> frozenset[str]:
    return analysis.content_words(text)


def _status(word: str, clause: str, before: str, denies: bool) -> Status:
    """How a verb is told, by the words before it in its clause."""
    if word.startswith("un-") or (denies and _DENIES.search(clause)):
        return "denied"
    if _MODAL.search(clause) or (" to " in before and _TO.search(before)):
        return "ahead"
    if word.endswith("ed") or word in _PAST:
        return "" if _ATTRIBUTE.search(clause) else "done"
    if word.endswith(("ing", "ion", "al", "ment")):
        return ""
    return "plain"


def _thought(sentence: str) -> Iterator[str]:
    """What is not believed to be or to have: `we do not expect it to have a material impact`."""
    for match in _WORD.finditer(sentence):
        if analysis.stem(match[0]) in _THINKS and _DENIES.search(sentence[max(0, match.start() - 24) : match.start()]):
            stop = re.search(r"[;.]\s", sentence[match.end() :])
            end = match.end() + stop.start() if stop else len(sentence)
            for said in _OF_THOUGHT.finditer(sentence, match.end(), end):
                yield said[1]


def _in_chinese(sentence: str, passages: Sequence[str]) -> str:
    there = [clause for text in passages for clause in _clauses(text)]
    for clause in _clauses(sentence):
        said = _done_or_ahead(clause)
        own = _terms(clause) if said else frozenset[str]()
        alike = [other for other in there if own and len(own & _terms(other)) >= _ALIKE * len(own)]
        if alike and all(_done_or_ahead(each) == -said for each in alike):
            return f"the cited passage speaks of it as {'something to come' if said > 0 else 'done'}"
    return _not_yet(sentence, passages) or _denied_in_chinese(sentence, passages)


def _done_or_ahead(clause: str) -> int:
    """1 where a Chinese clause speaks of something as done alone, -1 as something to come alone, else 0."""
    return (_ZH_DONE.search(clause) is not None) - (_ZH_AHEAD.search(clause) is not None)


def _not_yet(sentence: str, passages: Sequence[str]) -> str:
    """What a Chinese sentence says in few words to be done where the passages only speak of it as something to come."""
    for what in (match["what"] for match in _ZH_DEED.finditer(sentence)):
        there = [text for text in passages if what in text]
        if there and all(
            _ZH_NOT_YET.search(text) and not re.search(f"已经?[^，。,；;]{{0,10}}?{what}", text) for text in there
        ):
            return f"the cited passage speaks of {what} as something to come"
    return ""


def _denied_in_chinese(sentence: str, passages: Sequence[str]) -> str:
    """A word that stands behind 不 in the passages and without it in the sentence, or the reverse, among the same words."""
    for one, others, reason in (
        *((text, [sentence], "the cited passage denies it") for text in passages),
        (sentence, passages, DENIES_ALONE),
    ):
        for match in _ZH_NOT.finditer(one):
            what = match["what"]
            places = [(text, each.start()) for text in (*passages, sentence) for each in re.finditer(what, text)]
            near = frozenset(analysis.content_words(one[max(0, match.start() - 12) : match.end() + 12]))
            stated = [text for text, at in places if text in others and not _ZH_SAYS_NOT.search(text[:at])]
            same = [text for text in stated if len(near & analysis.content_words(text)) > 3]
            denied = any(text in others and _ZH_SAYS_NOT.search(text[:at]) for text, at in places)
            if same and not denied and not (one is not sentence and _stated(what, one)):
                return reason
    return ""


def _stated(what: str, text: str) -> bool:
    return any(not _ZH_SAYS_NOT.search(text[: each.start()]) for each in re.finditer(what, text))


@lru_cache(maxsize=2048)
def _clauses(text: str) -> tuple[str, ...]:
    return tuple(clause for clause in _ZH_CLAUSE.split(text) if clause.strip())
