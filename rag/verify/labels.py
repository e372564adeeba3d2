"""Whose a figure is, by the words that name it: those of a sentence, against those about the same figure in a passage, and those
about its other figures.

A figure is another's where the sentence names what sets that other one apart, and less of what sets its own apart. Metrics are
compared by their entry of the lexicon, the other words of a passage in another language by the lexicon and the dictionary.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from rag.figures.basis import marks_against
from rag.figures.context import Fact, Reading
from rag.figures.match import OTHER, Problem
from rag.figures.words import MEASURES
from rag.language import analysis
from rag.language.dictionary import chinese_forms, words_in
from rag.language.lexicon_file import concept
from rag.language.lexicon_match import hits_in
from rag.verify.deeds import COMMON
from rag.verify.source import Source

_END = re.compile(r"[。\n]|[.!?]\s")
_HARD = re.compile(rf"{_END.pattern}|[;；]|[:：](?![\d.])")
_JOINT = re.compile(
    r"[,，、)（）]|[(](?![A-Z]{2,6}[)])|\b(?:and|while|whereas|but|although|though|because|as|after|before|versus|vs|against|compared|from|than)\b|其中|[而但]"
)
# Behind it the first figure of a text may be of something else: `cash flow fell though profit reached 5 million`.
_CONTRARY = re.compile(r"\b(?:while|whereas|but|although|though|because)\b")
_BEHIND = re.compile(
    r"\s*(?:[a-z-]+\s+){0,3}?(?:in|of|for|on|at|by|from|to)\s[^,，;；]{0,60}|\s+[a-z-]{4,}(?:\s[a-z-]{4,})?"
)
_OF = re.compile(
    r"\s*of\s(?:[a-z-]+\s){1,4}?(?=(?:in|on|at|for|with|among)\s)|\s*of\s.*", re.DOTALL
)  # what it is a part of
_OF_MOVE = re.compile(r"\s(?:in|of|for)\s")
# `line 2`, `Phase 3`, `week 24`: numbers that are names.
_NUMBERED = re.compile(
    r"\b(?P<what>line|train|phase|week|unit|plant|stage|tier|block|well|series|class|reactor|mine|no\.)\s(?P<n>\d{1,3})\b(?![.,]?\d|\s?%)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|[\u4e00-\u9fff]+")
_LIGHT = (
    frozenset(
        analysis.stem(word)
        for word in "reached reach stood stand came come amounted amount recorded posted reported achieved total totalled made make brought "
        "contributed remained stayed level around about respectively was were had has year quarter month week half end period rate figure "
        "compared versus against same last previous prior earlier ago over only just also still now share percent points driven led due one ones "
        "helped thanks although management company group teu feu".split()
    )
    | frozenset(MEASURES)
    | COMMON
    | frozenset("达到 实现 录得 分别 合计 全年 单季 同期 去年 上年 上期 本期 报告 告期 期内 公司 其中".split())
)
_NONE: frozenset[Word] = frozenset()
_AMOUNTS = ("number", "money")
_TIMES = ("time", "unit", "rating", "statement")
_NAMES = ("place", "company", "broker", "index", "product")
_METRICS = ("metric", "line_item")
_SAYS_NO_METRIC = re.compile(r"over|-on-|growth|change|increase|decline|percent|basis point|share|target")
_MOST = 400  # figures of a passage up to which each is held against the others


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a label. ``forms``: what it may be in the terms of the sentence's language, one of which is enough; ``proper``: it
    is a name."""

    name: str
    forms: tuple[tuple[str, ...], ...]
    proper: bool = False

    def __hash__(self) -> int:
        return hash(self.name)  # a set asks for it often

    @property
    def metric(self) -> bool:
        return self.name.startswith("=")


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """``own``: the words about a figure; ``lead``: those that its sentence begins with; ``beside``: those before and behind it,
    ``item``: those of the item that it is listed under; ``named``: the words are its own, not those of the figure before;
    ``after``: those that stand behind it alone."""

    own: frozenset[Word]
    lead: frozenset[Word]
    beside: frozenset[Word] = _NONE
    item: frozenset[Word] = _NONE
    named: bool = True
    after: frozenset[Word] = frozenset()


def label_problem(wanted: Fact, other: Fact, sentence: Reading, source: Source) -> Problem | None:
    """When the sentence names a figure by the words of another one of the passage, and not by its own."""
    facts = source.reading.facts
    if len(facts) > _MOST or wanted.figure.kind in ("label", "ratio"):
        return None
    place = next((index for index, fact in enumerate(sentence.facts) if fact.figure.start == wanted.figure.start), None)
    if place is None:
        return None
    rivals = _rivals(other, facts)
    if not rivals:
        return None
    language = analysis.language(sentence.text)
    said = labels(sentence, language)[place]
    if not said.named:
        return None
    terms = _forms(said.beside), _forms(said.own | said.lead | said.item)
    there = labels(source.reading, language)
    own = there[next(index for index, fact in enumerate(facts) if fact is other)]
    if any(
        _of_other(
            terms, own, there[index], facts[index].sentence == other.sentence, akin=_akin_rows(facts[index], other)
        )
        for index in rivals
    ):
        return Problem(OTHER - 1, f"{wanted.figure.text.strip()} is of something else in the cited passage")
    return None


def _akin_rows(one: Fact, two: Fact) -> bool:
    """Whether two figures stand in rows that have a word in common: Product revenue and Services revenue."""
    return one.row is not None and two.row is not None and not one.row.terms.isdisjoint(two.row.terms)


def _rivals(other: Fact, facts: Sequence[Fact]) -> list[int]:
    """Where the other figures of one kind stand among those of a passage."""
    kind, of_table = other.figure.kind, other.row is not None
    kinds = _AMOUNTS if kind in _AMOUNTS else (kind,)
    return [
        index
        for index, fact in enumerate(facts)
        if fact is not other and (fact.row is not None) == of_table and fact.figure.kind in kinds
    ]


def _of_other(
    terms: tuple[frozenset[str], frozenset[str]], own: Label, rival: Label, near: bool, *, akin: bool
) -> bool:
    """``terms``: those of the words beside the figure of the sentence, and those of all words that it may be named by."""
    said, all_said = terms
    if own.own is rival.own:
        return False
    mine, theirs = own.own - rival.own, rival.own - own.own
    if not own.after:
        theirs -= rival.after  # `5 million and 6 million in Asia`: both may be in Asia
    if mine and theirs:
        parallel = near or akin or bool(own.own & rival.own)
        others = _hits(theirs, said)
        if not others:
            return False
        hits = _hits(mine, all_said)
        if others == len(theirs) and not hits:
            return near or not (all(word.proper for word in theirs) and not _proper(own.own | own.lead))
        if others == len(theirs) and hits < len(mine):
            return parallel and _proper(theirs) and _proper(mine)
        mine, theirs = (frozenset(word for word in words if not word.metric) for words in (mine, theirs))
        # Who the sentence of both begins with need not be named: `Kiln's tile revenue was 4 and sanitaryware revenue 2`.
        if near:
            mine, theirs = (
                frozenset(word for word in words if not (word.proper and word in own.lead)) for words in (mine, theirs)
            )
        others = _hits(theirs, said)
        most = others * 2 > len(theirs) or (others * 2 == len(theirs) and _proper(mine))
        return bool(mine and others) and parallel and most and not _hits(mine, all_said)
    if own.own == rival.own and own.lead != rival.lead:
        mine, theirs = own.lead - rival.lead - own.own, rival.lead - own.lead - own.own
        return bool(mine) and _hits(theirs, all_said) > 0 and not _hits(mine, all_said)
    return False


def _proper(words: frozenset[Word]) -> bool:
    return any(word.proper for word in words)


def _forms(words: frozenset[Word]) -> frozenset[str]:
    return frozenset(term for word in words for form in word.forms for term in form)


def _hits(wanted: frozenset[Word], said: frozenset[str]) -> int:
    """How many words are said, by themselves or by their stem: Europe and European."""
    return sum(any(all(_is_said(term, said) for term in form) for form in word.forms) for word in wanted)


@lru_cache(maxsize=20_000)
def _is_said(term: str, said: frozenset[str]) -> bool:
    return term in said or (len(term) > 3 and term.isascii() and any(_akin(term, word) for word in said))


def _akin(one: str, two: str) -> bool:
    return len(two) > 3 and (one.startswith(two) or two.startswith(one))


@lru_cache(maxsize=2048)
def labels(reading: Reading, language: str) -> tuple[Label, ...]:
    """The label of each figure of a text, for a sentence of a language."""
    out: list[Label] = []
    text, words = _words(reading, language)
    names = {each.start("n") for each in _NUMBERED.finditer(reading.text)}
    facts = [fact for fact in reading.facts if fact.figure.kind != "label" and fact.figure.start not in names]
    ends = {id(one): two.figure.start for one, two in pairwise(facts)}
    last = ""
    behind, before, after, lead, metrics, item = 0, _NONE, _NONE, _NONE, _NONE, _NONE
    for fact in reading.facts:
        if fact.row is not None:
            out.append(_of_cell(f"{fact.row.label} {fact.column}", language))
            continue
        if id(fact) not in ends and fact is not (facts[-1] if facts else None):
            out.append(Label(_NONE, _NONE))
            continue
        start, first = behind, not behind
        stops = list(_HARD.finditer(text, behind, fact.figure.start))
        hard = [match.end() for match in stops]
        first = first or _END.search(text, behind, fact.figure.start) is not None
        if hard:
            start = hard[-1]
            colon = stops[-1][0] in ":："  # `North: sales 5, profit 2; South: ...`
            item = _between(words, [behind, *hard][-2], stops[-1].start()) if colon else _NONE
        elif joint := (_JOINT if behind else _CONTRARY).search(text, behind, fact.figure.start):
            start = joint.end()
        own = _between(words, start, fact.figure.start)
        change = fact.figure.kind in ("percent", "points") and last in _AMOUNTS  # `handled 5m passengers, 3% more`
        before = own or (_NONE if hard else before | after if change else before)
        after = _between(words, *_after(reading, text, fact, ends.get(id(fact), len(text))))
        if first:
            lead, metrics = _between(words, behind, fact.figure.start) if not hard else own, _NONE
        named = bool(own or after)
        metrics = frozenset(word for word in before | after if word.metric) or metrics
        whole = before | after | (_NONE if hard and not first else metrics)
        out.append(Label(whole, lead, before | after, item, named, after - before))
        behind, last = fact.figure.end, fact.figure.kind
    return tuple(out)


@lru_cache(maxsize=4096)
def _of_cell(told: str, language: str) -> Label:
    """The label of a figure of a table, by the words of its row and over its column."""
    return Label(frozenset(word for _, word in _words_of(told, told, language)), _NONE)


def _between(words: Sequence[tuple[int, Word]], start: int, end: int) -> frozenset[Word]:
    low = bisect_left(words, start, key=itemgetter(0))
    return frozenset(word for _, word in words[low : bisect_left(words, end, low, key=itemgetter(0))])


def _after(reading: Reading, text: str, fact: Fact, end: int) -> tuple[int, int]:
    """Where the words stand behind a figure that say what it is of: `5% in Asia`, not `5% of sales`."""
    start = fact.figure.end
    for stop in (_HARD, _JOINT):
        match = stop.search(text, start, end)
        end = match.start() if match else end
    for move in reading.moves:
        if start <= move.start < end and not _OF_MOVE.match(text, move.end):
            end = move.start
    if fact.figure.kind == "percent" and (part := _OF.match(text, start, end)):
        start = part.end()
    found = _BEHIND.match(text, start, end)
    return found.span() if found else (start, start)


def words_about(reading: Reading, language: str) -> tuple[tuple[int, Word], ...]:
    """The words of a text that say what something is of, for a sentence of a language, and where each starts."""
    return _words(reading, language)[1]


def _words(reading: Reading, language: str) -> tuple[str, tuple[tuple[int, Word], ...]]:
    """A text with blanks for its periods, its words of direction and what changes are measured against; and its other words."""
    spans = [(each.start, each.end) for each in reading.periods]
    spans += [(each.start, each.end) for each in reading.moves if not each.near]
    text = analysis.blanked(reading.text, (*spans, *marks_against(reading.text)))
    figures = ((fact.figure.start, fact.figure.end) for fact in reading.facts if fact.figure.kind != "label")
    words = list(_words_of(reading.text, analysis.blanked(text, figures), language))
    for each in _NUMBERED.finditer(text):
        name = f"{each['what'].lower()}{each['n']}"
        words.append((each.start(), Word(name, ((name,),), proper=True)))
    return text, tuple(sorted(words, key=itemgetter(0)))


@lru_cache(maxsize=4096)
def _words_of(whole: str, text: str, language: str) -> tuple[tuple[int, Word], ...]:
    """The words of a text that say what something is of, and where each starts; ``text``: the ``whole`` one with blanks."""
    foreign = analysis.language(whole) != language
    out: list[tuple[int, Word]] = []
    spans: list[tuple[int, int]] = []
    for hit in (hits[0] for hits in hits_in(whole)):
        word = _named(hit.index, language, foreign)
        if word is not None and text[hit.start] != " " and text[hit.end - 1] != " ":
            spans.append((hit.start, hit.end))
            if word.name:
                out.append((hit.start, word))
    for match in _WORD.finditer(analysis.blanked(text, spans)):
        out.extend(
            (match.start() + at, word) for at, word in _plain_words(match[0], foreign) if word.name not in _LIGHT
        )
    return tuple(sorted(out, key=lambda each: each[0]))


@lru_cache(maxsize=20_000)
def _named(index: int, language: str, foreign: bool) -> Word | None:
    """A concept of the lexicon in the forms of a language, a metric also by its name; without a name where it says nothing of an
    owner. None where its words are compared as they are."""
    found = concept(index)
    metric = found.kind in _METRICS and not _SAYS_NO_METRIC.search(found.canonical)
    if not metric and not foreign:
        return None
    forms = found.chinese if language == "zh" else found.english
    told = tuple(filter(None, (tuple(analysis.content_words(form)) for form in forms)))
    if metric:
        name = f"={found.canonical}"
        return Word(name, ((name,), *told))
    return Word("" if found.kind in _TIMES else found.canonical, told, found.kind in _NAMES)


@lru_cache(maxsize=20_000)
def _plain_words(run: str, foreign: bool) -> tuple[tuple[int, Word], ...]:
    if not foreign:
        terms = analysis.content_terms(run)
        placed = ((0 if run.isascii() else index, term) for index, term in enumerate(terms))
        return tuple(
            (at, Word(term, ((term,),), run[0].isupper())) for at, term in placed if term.isascii() or len(term) > 1
        )
    if run.isascii():
        stem = analysis.stem(run.lower())
        return (
            ((0, Word(stem, chinese_forms(stem), run[0].isupper())),)
            if stem not in analysis.STOP_TERMS and chinese_forms(stem)
            else ()
        )
    return tuple((word.start, Word(run[word.start : word.end], word.english)) for word in words_in(run) if word.english)
