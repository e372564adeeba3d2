"""What a passage offers to work something out of: its figures with the words that they are named by, which change led to
which level, which of two figures is the earlier one, the middles of its ranges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from rag.figures.basis import marks_against
from rag.figures.columns import fits
from rag.figures.context import Fact, Reading, ranges
from rag.figures.figure import Figure, worth
from rag.figures.side import MINUS
from rag.figures.value import comparable
from rag.figures.when import is_relative
from rag.figures.words import alike
from rag.language import analysis
from rag.language.lexicon import expand
from rag.verify.arithmetic import from_to
from rag.verify.cells import is_hoped
from rag.verify.share import AMOUNTS
from rag.verify.source import Source

LEVELS = ("percent", "multiple", "points", *AMOUNTS)
_BALANCES = frozenset({"net cash", "net debt"})
_TIMES = ("month", "week", "day", "hour")
_TIME = re.compile(r"\d|[qh]\d?$|fy")
_MOST = 160  # figures of a passage up to which those that are not named are terms, too
_STOP = re.compile("[,，;；。(（]")
_TO = re.compile(
    r"(?:\s(?:[a-z]+(?:-on-[a-z]+)?|[qymw]/?o?/?[qymw])){0,4}\s(?:to|at)\s(?:about\s|around\s)?|[,，]?[至到为]约?",
    re.IGNORECASE,
)
_NO_LABEL = frozenset(
    analysis.stem(word)
    for word in "versus against compared from year quarter month week earlier ago prior previous last same period up down higher lower yoy qoq".split()
) | frozenset("同比 环比 同期 去年 上年 上期".split())


@dataclass(frozen=True, slots=True)
class Term:
    """A figure of a passage. ``value``: with its sign and the scale of its table; ``held``: the sentence has it; ``named``:
    the sentence has a word of its row, or of the words before it; ``part``: 1 for what the sentence says is more or
    less, -1 for what that is set against."""

    value: Decimal
    fact: Fact
    held: bool
    named: bool
    currency: str = ""
    part: int = 0

    @property
    def kind(self) -> str:
        return self.fact.figure.kind


def terms_of(
    source: Source, held: set[int], said: frozenset[str], metrics: frozenset[str], wanted: Figure
) -> Iterator[Term]:
    """The terms of a passage. ``held``: ids of the facts that the sentence has; ``said``, ``metrics``: its words and metrics;
    ``wanted``: the figure that is looked for: lengths of time are terms of one alone, and a small count is of the bare numbers
    that a table in millions has of units."""
    facts = source.reading.facts
    count = wanted.kind == "number" and not wanted.scaled and wanted.value < (source.scale or 0)
    rows = Counter(term for row in source.rows for term in row.terms | concepts_in(row.label))
    told = {
        id(fact)
        for fact, label in zip(facts, labels(source.reading), strict=True)
        if (
            bool(label & said)
            if fact.row is None
            else _is_named(label, said & (label | concepts_in(fact.row.label)), rows)
        )
        or not metrics.isdisjoint(fact.metrics)
    }
    told |= {id(two) for pair in mates(source.reading) for one, two in (pair, pair[::-1]) if id(one) in told | held}
    for fact in facts:
        figure = fact.figure
        if figure.kind not in LEVELS or (figure.unit in _TIMES and figure.unit != wanted.unit):
            continue
        own, named = id(fact) in held, id(fact) in told
        if own or named or len(facts) <= _MOST:
            bare = source.scale and not count and not figure.scaled and figure.kind in AMOUNTS and fact.row is not None
            value = worth(figure) * (source.scale or 1) if bare else worth(figure)
            value = -value if fact.side in MINUS and value > 0 else value
            yield Term(value, fact, own, named, figure.currency or (source.currency if fact.row else ""))


@lru_cache(maxsize=2048)
def concepts_in(text: str) -> frozenset[str]:
    """What the lexicon knows in a text, in either language: `=Japan` for 日本."""
    return frozenset(f"={each.canonical}" for each in expand(text))


def _is_named(label: frozenset[str], own: frozenset[str], rows: Counter[str]) -> bool:
    """Whether words of a sentence name a row of a table: half of its label, or one that no other row has. What the lexicon
    knows (`=machinery` of pumps and of valves) is no word of a label, and names a row as long as no other has it."""
    return len(own & label) * 2 >= max(len(label), 1) or any(rows[each] == 1 for each in own)


@lru_cache(maxsize=1024)
def labels(reading: Reading) -> tuple[frozenset[str], ...]:
    """For each figure of a text, the words that say what it is: of its row, else those before it and right behind it; of one
    with none the words of the figure before (`sales were 5 million, against 4 million`)."""
    out: list[frozenset[str]] = []
    text, facts, behind = reading.text, reading.facts, 0
    still = analysis.blanked(text, [(move.start, move.end) for move in reading.moves if not move.near])
    for index, fact in enumerate(facts):
        if fact.row is not None or fact.figure.kind == "label":  # a label (`M2`) is one of the words
            out.append(fact.row.terms if fact.row else frozenset())
            continue
        ahead = min(facts[index + 1].figure.start if index + 1 < len(facts) else len(text), fact.sentence[1])
        own, bare = (
            _label(each[max(behind, fact.sentence[0]) : fact.figure.start], each[fact.figure.end : ahead])
            for each in (text, still)
        )
        aside = text[behind : fact.figure.start].strip() in ("", "(", "（")  # `291GWh (37.9% share)`
        carried = out[-1] if out and behind > fact.sentence[0] and (aside or not bare) else frozenset()
        out.append(own | carried)
        behind = fact.figure.end
    return tuple(out)


def _label(before: str, behind: str) -> frozenset[str]:
    words = f"{before} {_STOP.split(behind)[0][:24]}"
    return frozenset(term for term in analysis.content_terms(words) if not _TIME.match(term)) - _NO_LABEL


# All that may stand between two figures that are set against each other.
_LINKS = frozenset(
    "slightly well far and up down rising falling higher lower more less better worse than compared with to from versus vs against after previously was "
    "the a an in at of over by year quarter month ago earlier before prior previous range net loss profit".split()
)
_LIGHT = frozenset(("and", "the", "a", "an", " ", ",", "，"))
_LINK = re.compile(
    r"[a-z]+|高于|低于|较|比|上年|去年|同期|上月|上季度?|年初|年末|[末底的为由从至到原]|前值|净?亏损?|净?盈利|[上下]?[升降增减调][至到为]|[\s,，:：(（)）.]"
)


@lru_cache(maxsize=1024)
def mates(reading: Reading) -> tuple[tuple[Fact, Fact], ...]:
    """Figures of one kind that a text sets against each other: `12, compared with 10 at the end of 2023`, `12 (2023: 10)`."""
    found = []
    marks = list(marks_against(reading.text))
    for one, two in pairwise(each for each in reading.facts if each.figure.kind in LEVELS):
        if one.sentence != two.sentence or one.row is not None or not _one_measure(one.figure, two.figure):
            continue
        if reading.text.startswith("/", one.figure.start - 1) or reading.text.startswith("/", two.figure.end):
            continue  # 由1.85/2.20元下调至1.62/1.94元
        opened = (
            two.figure.text.startswith(("(", "（")) and worth(two.figure) > 0
        )  # 31 (34): the bracket is the figure's
        between = _without_times(reading, one.figure.end, two.figure.start + opened).lower()
        words = _LINK.findall(between)
        if _LIGHT.issuperset(words) and any(one.figure.end <= low < two.figure.start for low, _ in marks):
            continue  # `8% above consensus and 11% higher on the year`
        if (
            between.strip(" ,，")
            and len("".join(words)) == len(between)
            and _LINKS.issuperset(each for each in words if each.isalpha() and each.isascii())
        ):
            found.append((one, two))
    return tuple(found)


_TO_ONLY = re.compile(r"\s*(?:to|至|到|[-–~])\s*")
_AND = re.compile(r"\s*(?:and|和|及|与|、|/)\s*")


@lru_cache(maxsize=1024)
def compared(reading: Reading) -> tuple[tuple[Fact, Fact], ...]:
    """The figures that a text sets against each other, the earlier one first: the second, where nothing else is told."""
    found = []
    for one, two in mates(reading):
        way = order(one, two, reading)
        if way or not _TO_ONLY.fullmatch(reading.text, one.figure.end, two.figure.start):  # no range
            found.append((one, two) if way > 0 else (two, one))
    return tuple(found)


@lru_cache(maxsize=1024)
def steps(reading: Reading) -> tuple[tuple[Fact, Fact], ...]:
    """Earlier and later figure of one thing: `12 (2023: 10)`, `12 against 10`, `12 and 10 in 2024 and 2023, respectively`."""
    found = list(compared(reading))
    for one, two in pairwise(reading.facts):
        listed = one.row is None and one.sentence == two.sentence and one.figure.kind == two.figure.kind
        if listed and one.periods and two.periods and _AND.fullmatch(reading.text, one.figure.end, two.figure.start):
            way = order(one, two, reading)
            found += [(one, two)] if way > 0 else [(two, one)] if way < 0 else []
    return tuple(found)


def _one_measure(one: Figure, two: Figure) -> bool:
    kinds = {one.kind, two.kind}
    return kinds <= {*AMOUNTS} and measured_alike(one, two) if kinds & {*AMOUNTS} else len(kinds) == 1


def _without_times(reading: Reading, start: int, end: int) -> str:
    """The characters between two figures without the periods among them, and what changes are measured against."""
    told = (*((each.start, each.end) for each in reading.periods), *marks_against(reading.text))
    inside = [(low, high) for low, high in told if start <= low and high <= end]
    return analysis.blanked(reading.text, inside)[start:end]


def order(one: Fact, two: Fact, reading: Reading) -> int:
    """1 where the first of two figures is the earlier one, -1 where the second is, 0 where neither their periods nor the words
    between them tell."""
    ends = [
        max(
            (
                each.period.end
                for each in fact.periods
                if each.period and not each.period.implied and not is_relative(each)
            ),
            default=None,
        )
        for fact in (one, two)
    ]
    if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
        return 1 if ends[0] < ends[1] else -1
    if one.row is not None and one.row is two.row and is_hoped(one.column) != is_hoped(two.column):
        return 1 if is_hoped(one.column) else -1  # what came is more or less than what was expected
    if one.sentence != two.sentence or one.row is not None or two.row is not None:
        return 0
    if one.figure.start > two.figure.start:
        return -from_to(two.figure, one.figure, reading.text)
    return from_to(one.figure, two.figure, reading.text)


def went(one: Term, two: Term, reading: Reading) -> int:
    """The way between two terms as ``order`` has it; where that tells none, to the one that the sentence is about."""
    return order(one.fact, two.fact, reading) or _is_of(two, one) - _is_of(one, two)


def _is_of(one: Term, two: Term) -> bool:
    """Whether a sentence is about the first of two terms, and sets it against the second."""
    return one.part > 0 and (two.part < 0 or not two.held)


def gap(one: Term, two: Term, reading: Reading) -> Iterator[tuple[Decimal, int]]:
    """What lies between an earlier term and a later one, and the way from one to the other; of two that are in no order, or of
    two losses, that may be told either way."""
    sides = one.fact.metrics & _BALANCES, two.fact.metrics & _BALANCES
    way = went(one, two, reading)
    if all(len(each) == 1 for each in sides) and sides[0] != sides[1]:
        yield one.value + two.value, 0  # from a net debt to a net cash
    elif way == 0:
        yield abs(two.value - one.value), 0
    elif way > 0:
        lost = one.value < 0 and two.value < 0
        yield two.value - one.value, 0 if lost else (two.value > one.value) - (two.value < one.value)


def of_own_change(one: Term, two: Term) -> bool:
    """Whether one of two amounts of a row of a table stands in a column of changes, and one does not: what lies between them is
    what was before, and no gap."""
    return one.fact.row is not None and one.fact.row is two.fact.row and bool(one.fact.way) != bool(two.fact.way)


@lru_cache(maxsize=1024)
def links(reading: Reading) -> tuple[tuple[Fact, Fact], ...]:
    """A level and a change that led to it: the nearest level before a change in its sentence, or right behind it after `to`."""
    out = []
    facts = reading.facts
    for index, change in enumerate(facts):
        if change.figure.kind not in ("percent", "points", *AMOUNTS) or change.level:
            continue
        for level in reversed(facts[:index]) if change.way else ():
            if level.sentence != change.sentence and level.row is None:
                break
            if _leads_to(level, change):
                out.append((level, change))
                break
        following = facts[index + 1] if index + 1 < len(facts) else None
        told = change.way or change.figure.kind != "percent"
        if (
            following is not None
            and told
            and _TO.fullmatch(reading.text, change.figure.end, following.figure.start)
            and _leads_to(following, change)
        ):
            out.append((following, change))
    return tuple(out)


def _leads_to(level: Fact, change: Fact) -> bool:
    one, two = level.figure.kind, change.figure.kind
    if level.row is not change.row or one not in ("percent", *AMOUNTS) or level.figure.unit in _TIMES:
        return False
    timed = [each for each in change.periods if not is_relative(each)]
    if level.row is not None and level.periods and timed and not any(fits(each, level.periods, 0) for each in timed):
        return False  # the column beside a change is that of the year before
    if two == "points":
        return one == "percent"
    steps = two != "percent" and measured_alike(level.figure, change.figure)
    return one in AMOUNTS and (two == "percent" or (steps and level.figure.value > change.figure.value))


def measured_alike(one: Figure, two: Figure) -> bool:
    """Whether two amounts may be of one measure; one may go without it beside the other."""
    return comparable(one, two) or (not (one.unit and two.unit) and alike(one.currency, two.currency))


@lru_cache(maxsize=1024)
def middles(reading: Reading) -> tuple[Decimal, ...]:
    """The middles of the ranges of a text, and what lies between two of them."""
    found = [(low.value + high.value) / 2 for low, high in ranges(reading)]
    return (*found, *(abs(a - b) for a, b in combinations(found, 2)))
