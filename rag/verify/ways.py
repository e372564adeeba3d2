"""Which way things go where no figure tells it: `costs to decline` of a passage that has `cost of shipping to increase`.

A word of direction is compared by what it is said of: the words of its clause, in either language. Of those of the passage that
are said of the same, all must go the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.figures.context import Reading
from rag.language import analysis
from rag.language.analysis import small_letters
from rag.verify.labels import Word, words_about

_CLAUSE = re.compile(
    r"[,，;；。:：()（）\n]|\.\s|\b(?:and|but|while|whereas|although|though|as|because|since|when|after|before|which|that|despite|thanks|on|to the extent)\b|[而但]"
)
# Words that set one thing over or under all others, and a level high or low.
_OTHERS = re.compile(
    r"\b(?:(?P<most>largest|biggest|highest|greatest|most|top)|(?P<least>smallest|lowest|least|bottom))\b"
    r"|(?P<mostzh>最[高大多快强])|(?P<leastzh>最[低小少慢弱])"
    r"|\b(?:(?P<high>record high|all-time high|highs?|peak(?:s|ed)?)|(?P<low>record low|all-time low|lows?|troughs?|bottom(?:s|ed)?))\b"
    r"|(?P<highzh>(?:历史)?(?:高位|高点)|新高)|(?P<lowzh>(?:历史)?(?:低位|低点)|新低)"
)
# Words that set something over or under what stands behind them.
_OVER = re.compile(
    r"(?P<over>[高多]于|超过|\b(?:(?:higher|more|greater) than|above|exceed(?:s|ed|ing)?|ahead of|topped)\b)"
    r"|(?P<under>[低少]于|不及|\b(?:(?:lower|less|fewer) than|below|under|behind|short of)\b)"
)
_KINDS = {"most": ("extent", 1), "least": ("extent", -1), "high": ("place", 1), "low": ("place", -1)}
_NEAR_FIGURE = 30  # characters from a word of direction within which a figure is the one that it is of


@dataclass(frozen=True, slots=True)
class Turn:
    """A word that says which way something goes. ``about``: the words of its clause; ``near``: those of them that are
    nearest to it."""

    kind: str
    way: int
    text: str
    about: frozenset[Word]
    near: frozenset[Word]


def turned_way(sentence: Reading, passages: Sequence[Reading]) -> str:
    """Why a sentence says of something that it goes another way than all the passages say of it; empty when none is seen."""
    language = analysis.language(sentence.text)
    own = [turn for turn in turns(sentence, language) if len(turn.near) > 1]
    there = [turn for passage in passages for turn in turns(passage, language)] if own else []
    for turn in own:
        said = frozenset(term for word in turn.near for form in word.forms for term in form)
        alike = [(hits, each) for each in there if each.kind == turn.kind and (hits := _alike(turn, each, said))]
        most = max((hits for hits, _ in alike), default=0)
        best = [each for hits, each in alike if hits == most]
        if best and all(each.way == -turn.way for each in best):
            return f"it says {turn.text} where the cited passage says {best[0].text}"
    return ""


def _alike(turn: Turn, other: Turn, said: frozenset[str]) -> int:
    """How many words two are said of alike; 0 where they may be said of different things."""
    hits = sum(any(all(term in said for term in form) for form in word.forms) for word in other.about)
    return hits if hits > 1 and hits >= 0.6 * len(turn.near) else 0


@lru_cache(maxsize=2048)
def turns(reading: Reading, language: str) -> tuple[Turn, ...]:
    """The words of a text that say which way something goes and that no figure is beside."""
    return tuple(_turns(reading, language))


def _turns(reading: Reading, language: str) -> Iterator[Turn]:
    words = words_about(reading, language)
    small = small_letters(reading.text)
    moves = [(each.start, each.end) for each in reading.moves if not each.near]
    for move in reading.moves:
        if not move.near and not _has_figure(reading, small, move.start, move.end):
            way = -move.way if move.negated else move.way
            about = _about(small, words, move.start, move.end, moves)
            yield Turn("move", way, reading.text[move.start : move.end], *about)
    for match in _OTHERS.finditer(small):
        kind, way = _KINDS[str(match.lastgroup).removesuffix("zh")]
        yield Turn(kind, way, match[0], *_about(small, words, *match.span(), moves))
    for match in _OVER.finditer(small):
        end = _CLAUSE.search(small, match.end(), match.end() + 60)
        over = _set_against(reading, words, match.end(), end.start() if end else match.end() + 60)
        yield Turn("over", 1 if match["over"] else -1, match[0], over, over)


def _has_figure(reading: Reading, small: str, start: int, end: int) -> bool:
    """Whether a figure stands near a word of direction in its clause."""
    return any(
        start - _NEAR_FIGURE < fact.figure.start < end + _NEAR_FIGURE
        and fact.figure.kind != "label"
        and not _CLAUSE.search(small, min(end, fact.figure.end), max(start, fact.figure.start))
        for fact in reading.facts
    )


def _set_against(reading: Reading, words: Sequence[tuple[int, Word]], start: int, end: int) -> frozenset[Word]:
    """What something is said to be more or less than: its words, figures and periods, of which the first is a figure's."""
    told = {word for at, word in words if start <= at < end}
    for fact in reading.facts:
        if start <= fact.figure.start < end and fact.figure.kind not in ("label", "ratio"):
            name = f"#{fact.figure.kind} {fact.figure.value.normalize()}"
            told.add(Word(name, ((name,),)))
    return frozenset(told) if any(word.name.startswith("#") for word in told) else frozenset()


def _about(
    small: str, words: Sequence[tuple[int, Word]], start: int, end: int, moves: Sequence[tuple[int, int]]
) -> tuple[frozenset[Word], frozenset[Word]]:
    """The words of a clause around a word of direction, up to the next one of these; and the nearest of them."""
    low = max((each.end() for each in _CLAUSE.finditer(small, max(0, start - 90), start)), default=max(0, start - 90))
    low = max((low, *(last for _, last in moves if last <= start)))
    after = _CLAUSE.search(small, end, end + 60)
    high = min((after.start() if after else end + 60, *(first for first, _ in moves if first >= end)))
    before = [word for at, word in words if low <= at < start]
    behind = [word for at, word in words if end <= at < high]
    return frozenset((*before[-10:], *behind[:6])), frozenset((*before[-5:], *behind[:3]))
