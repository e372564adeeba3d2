"""What a figure is told of, by the words beside it: one that a sentence tells of what its passage tells another figure of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rag.figures.context import Fact, Reading
from rag.figures.match import comparable
from rag.figures.metrics import spans_of
from rag.language import analysis

_TIME = re.compile(r"\d|[qh]\d?$|fy")
# What stands behind a figure and still tells what it is of: `9.2% for snacks`, `65,997 Class B shares`.
_ENDS = re.compile(
    r"[,，;；。:：(（)）]|\.\s|\b(?:and|while|whereas|but|or|versus|vs|against|compared|than|followed|with|after|from|up|down|on|as|by|which|this|that|because|due|owing|driven|(?:al|even )?though|where|when|if|above|below|ahead|more|less|higher|lower)\b|和|及|与|而"
)
_CLAUSE = re.compile(r"[,，;；。:：(（)）]|\b(?:and|while|whereas|but)\b|和|及|与|而")
_BEHIND = re.compile(r"\s*(?:for|in|of|on|at)\b")
_LITTLE = re.compile(r"同比|环比|同期|净?流[入出]|净额|分别|其中|约为?|达到?|[由从至到为较比的了占近超逾约]")
_NAME = re.compile(r"(?<=[a-z,;] )(?:[A-Z][a-z]{2,}|[A-Z]{3,})")
_OF_ZH = re.compile(r"[\u4e00-\u9fff]{1,7}")
_PROPER = re.compile(
    r"(?<=[A-Za-z,;:(] )[A-Z][\w&-]*[A-Za-z]|\b[A-Z][A-Z]+\b|\b[A-Z][\w-]+(?=\s(?:[A-Z]|led|held|had|has|was|is|were|rose|fell|grew)\b)"
)
_UNIT = re.compile(r"(?!的|来自|成为)[\u4e00-\u9fff]")
_LIST = re.compile(
    r"\s*(?:[/、,，&]|,?\s*(?:and|or)\b|和|及|与|至|to\b|[-–~])\s*(?:about|around|roughly|nearly|some|约)?\s*"
)
_NO_NAME = frozenset(
    analysis.stem(word)
    for word in "year quarter month week half earlier ago prior previous last same period up down higher lower more less rise rose risen fall fell grow grew growth increase decrease decline drop gain "
    "about around roughly nearly almost over under than level rate total net gross basic compared versus against yoy qoq year-on-year respectively figure come came reach stand stood report was were also "
    "company group share per report expect forecast estimate guide percent percentage point basis fiscal full first second third fourth end start change high low amount million billion".split()
) | frozenset(
    "同比 环比 同期 去年 上年 上期 增长 下降 上升 提升 减少 增加 实现 达到 公司 约为 预计 其中 分别 占比 上半 半年 年上 季度 一季 二季 三季 四季 单季 全年 年末 月末".split()
)
_REACH = 48


@dataclass(frozen=True, slots=True)
class Match:
    """The figures of the passages that bear one of the sentence out, each with its passage."""

    there: tuple[tuple[Fact, Reading], ...]


def mislabelled(wanted: Reading, matches: Mapping[int, Match]) -> dict[str, str]:
    """Figures of a sentence that it names by a word which the passage has beside another figure of their kind alone, each with
    the reason. ``matches``: by the place of a figure among those of the sentence, where it stands in the passages."""
    problems: dict[str, str] = {}
    for index, match in matches.items():
        fact = wanted.facts[index]
        if not words_of(wanted)[index] or fact.figure.kind in ("label", "ratio") or _listed(wanted, index):
            continue
        others = [_other(wanted, index, *found, match) for found in match.there]
        if others and all(others):
            shown = fact.figure.text.strip()
            problems[shown] = f"{shown} is not of {others[0]} in the cited passage"
    return problems


def _other(wanted: Reading, index: int, other: Fact, passage: Reading, match: Match) -> str:
    """The word of a sentence that stands beside another figure of the passage and not beside the one that it has."""
    if other.row is not None:
        return ""
    fact, said = wanted.facts[index], words_of(wanted)[index]
    words, count = words_of(passage), counts_of(passage)
    place = place_of(passage, other)
    own = words[place]
    for each, its in zip(passage.facts, words, strict=True):
        if each.figure.kind != other.figure.kind or any(each is one for one, _ in match.there):
            continue
        if each.figure.kind in ("number", "money") and not comparable(each.figure, other.figure):
            continue
        theirs = [word for word in (its - own) & said if count[word] <= 2]
        if not theirs or (own - its) & said or (other.metrics - each.metrics) & fact.metrics:
            continue
        theirs = [word for word in theirs if word not in topic_of(passage, place)]
        if theirs and _turned(wanted, index, each, own - its):
            return theirs[0]
        named = names_of(wanted)[index] & names_of(passage)[place_of(passage, each)]
        if (
            set(theirs) & named
            and names_of(passage)[place]
            and not names_of(passage)[place] & (topic_of(wanted, index) | said)
        ):
            return theirs[0]
    return ""


def _turned(wanted: Reading, index: int, other: Fact, words: frozenset[str]) -> bool:
    """Whether the sentence names the other figure by the words of this one: the two stand in each other's place."""
    return any(
        place != index
        and each.figure.kind == other.figure.kind
        and each.figure.value == other.figure.value
        and said & words
        for place, (each, said) in enumerate(zip(wanted.facts, words_of(wanted), strict=True))
    )


def _listed(reading: Reading, index: int) -> bool:
    """Whether a figure is one of a list or the end of a range, whose words are told before all of it."""
    facts, text = reading.facts, reading.text
    return any(
        0 <= first < len(facts) - 1 and _LIST.fullmatch(text, facts[first].figure.end, facts[first + 1].figure.start)
        for first in (index - 1, index)
    )


@lru_cache(maxsize=1024)
def counts_of(reading: Reading) -> Counter[str]:
    """How many figures of a text each word stands beside."""
    return Counter(word for words in words_of(reading) for word in words)


@lru_cache(maxsize=2048)
def words_of(reading: Reading) -> tuple[frozenset[str], ...]:
    """For each figure the words that tell what it is of: between it and the figure before, and behind it to the end of its
    clause; of one with none those of the figure before in its sentence."""
    out: list[frozenset[str]] = []
    text, facts, low, leads = reading.text, reading.facts, 0, False
    for index, fact in enumerate(facts):
        start, end = fact.figure.start, fact.figure.end
        first = max(low, fact.sentence[0])
        if first > fact.sentence[0] and (leads or _BEHIND.match(text, first)):
            match = _CLAUSE.search(text, first, start)
            first = match.end() if match else start
        joint = max((match.end() for match in _CLAUSE.finditer(text, first, start)), default=first)
        leads = not _terms(reading, (joint, start))  # its name is behind it: `driven by 27.9% growth in the north`
        ahead = min(
            facts[index + 1].figure.start if index + 1 < len(facts) else len(text), fact.sentence[1], end + _REACH
        )
        if (behind := _OF_ZH.match(text, end)) is not None:
            ahead = min(ahead, behind.end())
        stop = _UNIT.match(text, end) or _ENDS.search(text, end, ahead)
        own = _terms(reading, (first, start), (end, stop.start() if stop else ahead))
        out.append(own or (out[-1] if out and low > fact.sentence[0] else own))
        low = end
    return tuple(out)


def _terms(reading: Reading, *parts: tuple[int, int]) -> frozenset[str]:
    """The words of parts of a text that may name something: none of time, direction or measure."""
    text = " ".join(_bare(reading)[start:end] for start, end in parts)
    if not text.isascii():
        text = _LITTLE.sub(" ", text)
    return frozenset(term for term in analysis.content_terms(text) if not _TIME.match(term)) - _NO_NAME


def place_of(reading: Reading, fact: Fact) -> int:
    return next(place for place, each in enumerate(reading.facts) if each is fact)


@lru_cache(maxsize=2048)
def names_of(reading: Reading) -> tuple[frozenset[str], ...]:
    """For each figure those of its words that are written as names anywhere in the text but at the head of a sentence."""
    written = {match[0] for match in _PROPER.finditer(_bare(reading))}
    names = frozenset(term for name in written for term in analysis.content_terms(name))
    return tuple(words & names for words in words_of(reading))


@lru_cache(maxsize=2048)
def _bare(reading: Reading) -> str:
    """A text with blanks in place of its periods, words of direction and metrics, which are compared elsewhere."""
    spans = [(each.start, each.end) for each in reading.moves]
    spans += [(each.start, each.end) for each in reading.periods]
    return analysis.blanked(reading.text, [*spans, *spans_of(reading.text)])


@lru_cache(maxsize=2048)
def topic_of(reading: Reading, place: int) -> frozenset[str]:
    """The words before a figure in its sentence; only its own where a name stands before it."""
    fact = reading.facts[place]
    low = reading.facts[place - 1].figure.end if place else 0
    first = max(low, fact.sentence[0])
    if first > fact.sentence[0] and _NAME.search(_bare(reading), first, fact.figure.start):
        return words_of(reading)[place]
    return _terms(reading, (fact.sentence[0], fact.figure.start))
