"""Figures that a sentence works out of others of a passage which it neither has nor names: a search that is as wide as the
digits of the figure bear.

What a sentence says of a figure (a share, a gap, a sum, what was before a change) asks for operations. They are tried on the
pairs of figures of a passage, the nearest first: both in the sentence, one of them and one of its row or statement, one of
them and any, two of one row or statement, any two. A figure of three digits is met by chance by one result in some hundreds,
one of two digits by one in tens: so far as the results tried are few beside that, meeting it is no chance.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from rag.figures.columns import fits
from rag.figures.context import Fact
from rag.figures.figure import Figure
from rag.figures.side import OPPOSITE
from rag.figures.value import digits
from rag.figures.when import is_relative, is_rest
from rag.figures.words import alike
from rag.verify.cells import of_one_column
from rag.verify.share import AMOUNTS, SUM, TOTAL, is_result, room
from rag.verify.source import Source
from rag.verify.terms import Term, gap, measured_alike, of_own_change, order

_ODDS = 5  # how many times as many results as were tried a figure must tell apart
_ODDS_OF_REST = 6  # ... for what a share leaves of a whole
_MANY = 100  # figures that it tells apart from which a hedge alone asks for a gap or a sum
_MOST = Decimal(5000)  # so that a large table costs no more
_REST = re.compile(
    r"\b(?:outside|other than|exclud\w+|except|without|rest|remain\w*|others?|non-?[a-z]+|not)\b|以外|之外|除|其余|其他|剩余|非",
    re.IGNORECASE,
)
_NEAREST = 7  # points of two that the sentence has and that stand beside each other
_BOTH = 6  # points of two that the sentence has
_REVISED = re.compile(
    r"\b(?:before|trim\w*|cut\w*|rais\w+|lift\w*|lower\w*|revis\w+|upgrad\w+|downgrad\w+)\b|[上下]调|[上下]修|调[高低整]|[此之]前",
    re.IGNORECASE,
)
_NEAR = ("gap", "growth", "share", "each")  # what must be said in the clause of a figure
_STOP = re.compile(r"[,，;；。:：](?!\d)|\s[-–—]\s")
_ASKS = {
    "gap": re.compile(
        r"\b(?:by|than|above|below|over|under|gap|net|differ\w*|between|add(?:s|ed|ing)?|gain\w*|los[te]\w*|short of|ahead of|remain\w*|rest|leav\w+|left|take away|without|exclud\w+|other|improv\w+|swing|step)\b"
        r"|[增减升降涨跌净]|[多少高低大小快慢]|差|相比|较|其余|剩余|其他|余下|改善|恶化|收窄|扩大",
        re.IGNORECASE,
    ),
    "sum": re.compile(
        SUM.pattern + r"|\b(?:of which|all told|sum to|with)\b|其中|[加及与和]|\bboth\b|\btwo\b|两", re.IGNORECASE
    ),
    "before": re.compile(
        r"\b(?:from|before|previous\w*|earlier|prior|ago|last|against|versus|vs|than|had been|impl\w+|mean\w*|must have|start\w*|infer\w*|work\w* back|back out|was|were)\b"
        r"|[由从较]|去年|上年|上期|上一?[周月季]|前一|年初|同期|此前|之前|原先|推[算知断]|据此|意味|[倒反]推|折算|前(?!\s?[\d一二三四五六七八九十])",
        re.IGNORECASE,
    ),
    "share": re.compile(
        r"\b(?:share|account\w*|portion|proportion|represent\w*|ratio|margin|ma[dk]e up|making up|contribut\w*|equals?|drove|complete\w*|deliver\w*|out of|of|came from|come from|per cent of|kept|keep)\b"
        r"|占|比重|率|贡献|完成|来自|其中|为",
        re.IGNORECASE,
    ),
    "part": re.compile(
        r"\b(?:of|share|impl\w+|worth|equal\w*|equiv\w*|about)\b|占|对应|约|折合|相当|其中", re.IGNORECASE
    ),
    "growth": re.compile(
        r"\b(?:up|down|ris\w+|rose|grew|grow\w*|f[ea]ll\w*|increase\w*|decrease\w*|gain\w*|higher|lower|more|less|change\w*|cheaper|dearer)\b|[增减升降涨跌]|[高低]于",
        re.IGNORECASE,
    ),
    "each": re.compile(
        r"\b(?:per|each|every|averag\w*)\b|\d(?:\s(?:[mb]n|[mb]illion|cents?|yuan))?\san?\s(?!year|quarter|month|week|day)[a-z]|/\s?[a-z\u4e00-\u9fff]|[每均单]",
        re.IGNORECASE,
    ),
    "times": re.compile(""),  # a multiple is one of something
}


def inferred(fact: Fact, terms: Sequence[Term], source: Source, text: str) -> bool:
    """Whether a figure of a sentence, which is ``text``, is what figures of a passage come to, and no figure that it may be a
    slip of stands there."""
    figure = fact.figure
    bears = min(figure.value / room(figure), _MOST)  # figures of about its size that it tells apart: 216 for 21.6
    clause = _clause(text, figure.start - fact.sentence[0], figure.end - fact.sentence[0])
    asked = frozenset(name for name, cue in _ASKS.items() if cue.search(clause if name in _NEAR else text))
    if figure.about:  # no hedge is needed for what the passage has
        asked |= {"share", "part"} | ({"gap", "sum"} if bears >= _MANY else set())
    if fact.way:
        asked |= {"gap", "growth"}
    if not asked or fact.denied:
        return False
    if figure.kind == "percent" and _is_rest(
        fact, [each for each in terms if each.kind == "percent"], bears, text, source
    ):
        return True
    slip = 4 if _is_slip(figure, terms) else 1
    revised = _REVISED.search(text) is not None
    dated = [each for each in source.periods if each.period and not is_relative(each)]
    tried: set[Decimal] = set()
    for index, pairs in enumerate(_by_nearness([each for each in terms if _may_lead_to(fact, each)], "share" in asked)):
        found, both = False, _NEAREST - index >= _BOTH
        for one, two in pairs:
            for value, way in _results(fact, one, two, source, _in_time(fact, one, two, asked, revised, dated)):
                tried.add(abs(value))
                found = found or is_result(fact, value, way) or (both and _is_times(figure, value))
            if len(tried) * (1 if both else _ODDS) * slip > bears:
                return False
        if found:
            return True
    return False


def _may_lead_to(fact: Fact, term: Term) -> bool:
    """Whether an operation leads from a term to a figure of its kind."""
    kind = fact.figure.kind
    if (term.fact.figure.soft and term.kind == "number") or (fact.side and term.fact.side == OPPOSITE.get(fact.side)):
        return False
    if kind in AMOUNTS:
        return term.kind == "percent" or _amounts_like(fact, term) or (kind == "money" and term.kind == "number")
    return term.kind in ("percent", "points") or (kind != "points" and term.kind in AMOUNTS)


def _is_times(figure: Figure, value: Decimal) -> bool:
    """Whether a result is what a multiple in whole numbers is round to: 两倍 of 2.04."""
    return (
        figure.kind == "multiple"
        and digits(figure) == 1
        and not figure.bound
        and abs(value - figure.value) * 8 <= figure.value
    )


def _clause(text: str, start: int, end: int) -> str:
    """The part of a sentence between two commas that a figure stands in."""
    low = max((match.end() for match in _STOP.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, end)
    return text[low : stop.start() if stop else len(text)]


def _is_rest(fact: Fact, rates: Sequence[Term], bears: Decimal, text: str, source: Source) -> bool:
    """Whether a percentage is what another leaves of a whole: the sentence or the passage is of what is outside, not both."""
    outside = _REST.search(text) is None
    rest = [
        100 - each.value
        for each in rates
        if each.fact.row is None and (_REST.search(source.reading.text, *each.fact.sentence) is not None) == outside
    ]
    return len(rest) * _ODDS_OF_REST <= bears and any(is_result(fact, each, 0) for each in rest)


def _is_slip(figure: Figure, terms: Sequence[Term]) -> bool:
    """Whether a passage has a figure that the sentence has not, and that one digit or the unit tells from the one looked for."""
    if digits(figure) < 3 or figure.part:
        return False
    own = _shown(figure)
    return any(
        _are_near(one, two)
        for each in terms
        if not each.held
        for one, two in zip(own, _shown(each.fact.figure), strict=True)
    )


def _are_near(one: str, two: str) -> bool:
    """Whether one digit tells two numbers of three digits or more apart, or the order of them; or one that is dropped."""
    short, long = sorted((one, two), key=len)
    if len(long) < 3 or len(long) - len(short) > 1:
        return False
    if len(short) < len(long):
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    return sum(map(str.__ne__, one, two)) <= 1 or sorted(one) == sorted(two)


def _shown(figure: Figure) -> tuple[str, str]:
    """The digits of a figure without its point, and without the zeros about them."""
    shown = str((figure.value / figure.step).to_integral_value())
    return shown, shown.strip("0")


def _by_nearness(terms: Sequence[Term], total: bool) -> list[list[tuple[Term, Term]]]:
    """The pairs of terms in groups, the nearest first: what the sentence has counts three times, what it names, a total that a share may be of, and
    standing beside each other once."""
    groups: list[list[tuple[Term, Term]]] = [[] for _ in range(_NEAREST + 1)]
    for one, two in combinations(terms, 2):
        if not _are_apart(one.fact, two.fact):
            known = (3 if each.held else each.named or (total and _is_total(each.fact)) for each in (one, two))
            points = sum(known) + _beside(one.fact, two.fact)
            groups[_NEAREST - points].append((one, two))
    return groups


def _is_total(fact: Fact) -> bool:
    return fact.row is not None and TOTAL.search(fact.row.label) is not None


def _beside(one: Fact, two: Fact) -> bool:
    """Whether two figures stand in one row or column of a table, or in one sentence of a text."""
    if one.row is None or two.row is None:
        return one.row is two.row and one.sentence == two.sentence
    return one.row is two.row or (one.periods, one.column) == (two.periods, two.column)


def _are_apart(one: Fact, two: Fact) -> bool:
    """Whether two figures stand in two rows and two columns of a table."""
    rows = one.row is not two.row and one.row is not None and two.row is not None
    return rows and (one.periods, one.column) != (two.periods, two.column) and not of_one_column(one, two)


def _in_time(
    fact: Fact, one: Term, two: Term, asked: frozenset[str], revised: bool, dated: Sequence[Figure]
) -> frozenset[str]:
    """What is asked for of two terms in view of their periods: for other periods than the figure's what was before, else all but
    that, unless it is a forecast that was revised."""
    told = [each for each in fact.periods if not is_relative(each)]
    times = (*one.fact.periods, *two.fact.periods) if one.fact.periods and two.fact.periods else dated
    if not told or not times:
        return asked
    if any(fits(each, times, 0) for each in told) or is_rest(told[0], times):
        inside = times is not dated and all(any(fits(each, own.fact.periods, 0) for each in told) for own in (one, two))
        return asked - {"before"} if inside and not revised else asked
    bases = [each for own in (one, two) if own.fact.row is None for each in own.fact.bases if not is_relative(each)]
    if bases and not any(fits(each, bases, 0) for each in told):
        return frozenset()  # what was before a change from 2024 was not so in 2023
    return asked & {"before"}


def _results(fact: Fact, one: Term, two: Term, source: Source, asked: Collection[str]) -> Iterator[tuple[Decimal, int]]:
    """What two terms come to by the operations that are asked for; each with the way of a change, or 0."""
    kind = fact.figure.kind
    for first, second in ((one, two), (two, one)):
        if kind in AMOUNTS:
            yield from _amounts(fact, first, second, source, asked)
        elif kind == "percent":
            yield from _percents(first, second, source, asked)
        elif kind == "points" and "gap" in asked and first.kind == second.kind and first.kind in ("percent", "points"):
            yield from gap(first, second, source.reading)
        elif kind == "multiple" and "times" in asked and second.value and _of_one_kind(first, second):
            yield first.value / second.value, 0
    added = kind == one.kind == two.kind == "percent" or (kind in AMOUNTS and _amounts_like(fact, one, two))
    if "sum" in asked and added:
        yield one.value + two.value, 0


def _amounts(fact: Fact, one: Term, two: Term, source: Source, asked: Collection[str]) -> Iterator[tuple[Decimal, int]]:
    """A gap, what was before a change, a share of an amount, an amount for each."""
    if not _amounts_like(fact, two):
        return
    if "each" in asked and two.kind == "money" and one.kind == "number" and one.value > 1:
        yield two.value / one.value, 0
    change = one.fact.way * (-1 if one.fact.negated else 1)
    if one.kind == "percent":
        ways = (change,) if change else (1, -1)
        before = [two.value / (1 + way * one.value / 100) for way in ways if way * one.value > -100]
        if "before" in asked and not one.fact.level:
            yield from ((each, 0) for each in before)
        if "growth" in asked and not one.fact.level:  # how much it came to
            yield from ((two.value - each, change) for each in before)
        if "part" in asked:
            yield one.value * two.value / 100, 0
    elif _amounts_like(fact, one):
        if "gap" in asked and not of_own_change(one, two):
            yield from gap(one, two, source.reading)
        if "before" in asked and change and not one.fact.level and abs(one.value) < abs(two.value):
            yield two.value - change * abs(one.value), 0


def _percents(one: Term, two: Term, source: Source, asked: Collection[str]) -> Iterator[tuple[Decimal, int]]:
    """A share, a growth, what was before a change in points."""
    if one.kind in AMOUNTS and two.kind in AMOUNTS and one.value and two.value:
        if not _alike(one, two):
            return
        if "share" in asked and abs(one.value) < abs(two.value):
            yield one.value / two.value * 100, 0
        if "growth" in asked and order(one.fact, two.fact, source.reading) >= 0:
            change = (two.value - one.value) / abs(one.value) * 100
            yield change, (change > 0) - (change < 0)
        step = one.fact.way * (-1 if one.fact.negated else 1)
        before = two.value - step * abs(one.value)
        if "growth" in asked and step and not one.fact.level and 0 < abs(one.value) < abs(two.value) and before:
            yield step * abs(one.value) / abs(before) * 100, step
    elif one.kind == "points" and two.kind == "percent" and "before" in asked:
        step = one.fact.way * (-1 if one.fact.negated else 1)
        fallen = -1 if two.fact.way < 0 and not two.fact.level else 1  # 降9.9%,少降0.7pct
        yield from ((two.value - fallen * way * one.value, 0) for way in ((step,) if step else (1, -1)))


def _amounts_like(fact: Fact, *terms: Term) -> bool:
    return all(
        each.kind in AMOUNTS
        and measured_alike(fact.figure, each.fact.figure)
        and alike(fact.figure.currency, each.currency)
        for each in terms
    )


def _of_one_kind(one: Term, two: Term) -> bool:
    return one.kind == two.kind == "percent" or (one.kind in AMOUNTS and two.kind in AMOUNTS and _alike(one, two))


def _alike(one: Term, two: Term) -> bool:
    return measured_alike(one.fact.figure, two.fact.figure) and alike(one.currency, two.currency)
