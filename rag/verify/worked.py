"""Figures that a sentence works out of its passages without showing how: what a change came from, the growth, gap or ratio
of two figures, what is left of a whole.

One search for all of them. The terms are figures of the passages: those that the sentence has too, and those that it names
by a word of their row or of the words before them. A share, a sum or a middle must be said to be one, a change must go the way
that is said, and the result must be the figure as it is rounded, with its sign, currency and period. With fewer asked for,
some way would lead to any number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

from rag.figures.columns import fits
from rag.figures.context import Fact, Reading
from rag.figures.figure import Figure, worth
from rag.figures.when import is_relative, is_rest
from rag.figures.words import alike
from rag.language import analysis
from rag.verify.cells import of_one_column
from rag.verify.inferred import inferred
from rag.verify.named import of_margin, of_share, of_times
from rag.verify.share import AMOUNTS, SUM, TOTAL_SAID, agrees, is_result, whole
from rag.verify.source import Source
from rag.verify.terms import (
    LEVELS,
    Term,
    concepts_in,
    gap,
    links,
    measured_alike,
    middles,
    of_own_change,
    terms_of,
    went,
)

Locate = Callable[[Fact], Iterable[tuple[Source, Fact]]]
Results = Iterator[tuple[Decimal, int]]  # each with the way of a change, or 0
_BEFORE = re.compile(
    r"\b(?:from|before|previous\w*|earlier|prior|ago|last|against|versus|vs|compar\w+|than|had been|impl\w+|points? to|equat\w+|was|were)\b"
    r"|[由从较比]|去年|上年|上期|上一?[周月季]|年初|同期|此前|之前|原先|对应|推算|据此|意味",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:share|account\w*|portion|proportion|represent\w*|ratio|margin|times|fold|made? up|making up|contribut\w*|equals?|equal|drove|done|complete\w*|through|deliver\w*|out)\b|% (?:of|share)|\bof\b"
    r"|占|比|倍|率|贡献|完成",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:of|share|impl\w+|put\w*|bring\w*|brought|worth|equal\w*|equiv\w*|about)\b|占|对应|约|折合|相当",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:above|below|more|less|higher|lower|fewer|increase\w*|decrease\w*|by)\b|[增减升降]|[多少高低]", re.IGNORECASE
)
_INFERRED = re.compile(r"\b(?:impl\w+|infer\w*|equiv\w*|works out|i\.e\.)|推算|据此|意味|相当于|[，,]即", re.IGNORECASE)
_REST = re.compile(r"\b(?:remain\w*|rest|other|others|not|balance)\b|其余|剩余|其他|余下|非", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:exclud\w*|without|before|ex|but for|net of)\b|[剔扣]除|不含|不计", re.IGNORECASE)
_EACH = re.compile(r"\b(?:an?|per|each|every)\b|/|每|平均|单", re.IGNORECASE)
_EACH_BEHIND = re.compile(r"\s?(?:/|(?:per|an?|each|every)\s[a-z])")
_EACH_BEFORE = re.compile(r"(?:每|平均|单)[^,，。；;\d]{0,10}$")
_MIDDLE = re.compile(r"\bmid-?point\b|\bmiddle of\b|中值|中点|中枢|中位", re.IGNORECASE)
_TOLERANCE = re.compile(r"[,(\s]*(?:plus or minus|plus/minus|\+/-|±|上下)\s*", re.IGNORECASE)
_TURNS = re.compile(r"\s?(?:turns?|times|x)\b")  # 0.3 turns, of 1.7x and 1.4x
_CAME_FROM = re.compile(
    r"\b(?:from|than|against|versus|vs|compared|above|below|over|under|between)\b[^,;]{0,32}$|(?:[从由较与和跟对]|(?<![同环])比)[^，,;；]{0,16}$",
    re.IGNORECASE,
)
# What may stand between a figure and how much more or less it is: `margin was 54%, some 3 points below`, 168亿元,比IFRS口径低36亿元.
_OF_IT = re.compile(
    r"(?:(?!\b(?:and|but|while|with|after|as|than)\b)[^,，;；。])*(?:[,，]\s?(?:(?:which|or|some|about|roughly|that|is|was) [^,;]{0,24}|(?:比|较|相比|高|低|多|少)[^,，;；。]*))?",
    re.IGNORECASE,
)
_OF_ZH = re.compile(r"(?:占|贡献)[^,，。;；\d]{0,12}$")


def worked_out(fact: Fact, known: Sequence[Fact], wanted: Reading, sources: Sequence[Source], locate: Locate) -> bool:
    """Whether a figure of a sentence follows from others that it shows, or from figures of one of the passages. ``known``:
    figures of the sentence that were found, or worked out before; ``locate``: where one stands in the passages."""
    figure = fact.figure
    if figure.kind not in LEVELS or (fact.denied and not _REST.search(wanted.text)):
        return False
    known = [each for each in known if each.figure.start != figure.start and each.figure.kind in LEVELS]
    text = wanted.text[fact.sentence[0] : fact.sentence[1]]
    shown = [Term(worth(each.figure), each, True, True, each.figure.currency) for each in known]
    told = _results(
        fact, shown, wanted, text, bases=bool(sources) or not fact.periods
    )  # else it is of another period there
    sure, plain, against = _borne(fact, told)
    if sure:
        return True
    placed = [(each, list(locate(each))) for each in known]
    said = frozenset(analysis.content_terms(wanted.text)) | concepts_in(wanted.text)
    metrics = wanted.metrics | of_margin(wanted.text) | of_share(wanted.text)
    loose = [each for each, (_, there) in zip(shown, placed, strict=True) if not there]
    parts = {id(other): _part_in(each, fact, wanted) for each, there in placed for _, other in there}
    for source in sources:
        held = {id(other) for _, there in placed for own, other in there if own is source}
        terms = [*of_times(fact, terms_of(source, held, said, metrics, figure)), *loose]
        terms = [replace(each, part=parts.get(id(each.fact), 0)) for each in terms]
        sure, own, other = _borne(fact, _results(fact, terms, source.reading, text))
        plain, against = plain or own, against or other
        if sure:
            return True
        wholes = _of_columns(terms, source) if figure.kind == "percent" and TOTAL_SAID.search(text) else ()
        if any(is_result(fact, value, 0) for value in wholes) or (not against and inferred(fact, terms, source, text)):
            return True
    return plain and not against


def _borne(fact: Fact, results: Results) -> tuple[bool, bool, bool]:
    """Whether a result is the figure with the way that is said of it; is the figure without telling a way; is the figure and goes
    the other way."""
    said = fact.way * (-1 if fact.negated else 1)
    plain = against = False
    for value, way in results:
        if is_result(fact, value, way):
            if way or not said:
                return True, False, False
            plain = True
        against = against or bool(said and way == -said and agrees(fact.figure, abs(value)))
    return False, plain, against


def _part_in(known: Fact, fact: Fact, wanted: Reading) -> int:
    """1 where a figure is what is said to be more or less by ``fact`` behind it (`margin was 54%, 3 points above`), -1 where it is
    what that is set against, 0 where neither can be told."""
    start = known.figure.start
    if known.sentence != fact.sentence or not fact.way:
        return 0
    if _CAME_FROM.search(wanted.text, max(0, start - 40), start):
        return -1
    return int(start < fact.figure.start and bool(_OF_IT.fullmatch(wanted.text, known.figure.end, fact.figure.start)))


def is_rest_said(text: str) -> bool:
    """Whether a text is of what is left of something, which it may say is not what the rest is."""
    return _REST.search(text) is not None


def _results(fact: Fact, terms: Sequence[Term], reading: Reading, text: str, *, bases: bool = True) -> Results:
    """What terms may come to, by what the sentence says of them; ``bases``: what a change came from, too."""
    figure = fact.figure
    if bases and figure.kind in ("percent", *AMOUNTS) and (fact.periods or _BEFORE.search(text)):
        yield from _bases(fact, terms, reading, text)
    if figure.kind == "number" and _TURNS.match(text, figure.end - fact.sentence[0]):
        turns = (pair for pair in _pairs(terms, fact) if pair[0].kind == pair[1].kind == "multiple")
        yield from (each for pair in turns for each in gap(*pair, reading))
    elif figure.kind in AMOUNTS:
        yield from ((value, 0) for value in _single(fact, terms, reading, text))
        yield from _amounts(fact, terms, reading, text)
    elif figure.kind == "percent":
        yield from _percents(fact, terms, reading, text)
    elif figure.kind == "points":
        for one, two in _pairs(terms, fact):
            metrics = one.fact.metrics, two.fact.metrics
            rates = one.kind == two.kind in ("percent", "points") and not (
                all(metrics) and metrics[0].isdisjoint(metrics[1])
            )
            of_index = {one.kind, two.kind} == {"number"} and min(one.value, two.value) > 100
            if (rates or of_index) and went(one, two, reading) >= 0:
                yield from (*gap(one, two, reading), *_gap_of_changes(one, two))
    elif figure.kind == "multiple":
        yield from ((two.value / one.value, 0) for one, two in _pairs(terms, fact) if one.value and _one_kind(one, two))


def _percents(fact: Fact, terms: Sequence[Term], reading: Reading, text: str) -> Results:
    """The growth from one amount to another, and one as a share of the other."""
    figure = fact.figure
    share = (_SHARE.search(text) or figure.part) and not (figure.part and figure.sign)  # `doubled` is a change
    for one, two in _pairs(terms, fact):
        if not one.value or not _one_kind(one, two):
            continue
        rates = one.kind in ("percent", "points")
        if (not rates or (figure.part and figure.sign)) and went(one, two, reading) >= 0:
            change = (two.value - one.value) / abs(one.value) * 100
            yield change, (change > 0) - (change < 0)
        if share and (not rates or figure.part or _of_whole(figure, text, fact.sentence[0])):
            yield two.value / one.value * 100, 0
    yield from _percents_of_words(terms, fact, reading, text)


def _percents_of_words(terms: Sequence[Term], fact: Fact, reading: Reading, text: str) -> Results:
    """What a word asks for: the rest of a whole, a sum, what is left without a part, the middle of a range."""
    if _REST.search(text):
        yield from ((100 - each.value, 0) for each in terms if each.kind == "percent" and (each.named or each.held))
    if SUM.search(text):
        yield from _sums([each for each in terms if each.kind == "percent"])
    if _WITHOUT.search(text):
        for one, two in _pairs(terms, fact):
            if (one.kind, two.kind) == ("points", "percent"):
                yield two.value - one.value, 0
    if _MIDDLE.search(text):
        yield from ((value, 0) for value in middles(reading))


def _amounts(fact: Fact, terms: Sequence[Term], reading: Reading, text: str) -> Results:
    """The gap between two amounts, their sum, and a share of one."""
    figure = fact.figure
    fitting = [
        each
        for each in terms
        if each.kind == "percent"
        or (each.kind in AMOUNTS and measured_alike(figure, each.fact.figure) and alike(figure.currency, each.currency))
    ]
    part, whole = _PART.search(text), _INFERRED.search(text)
    for one, two in _pairs(fitting, fact):
        if one.kind in AMOUNTS and two.kind in AMOUNTS:
            if not of_own_change(one, two):
                yield from gap(one, two, reading)
        elif part and two.kind in AMOUNTS:
            yield one.value * two.value / 100, 0
            if whole and one.value:
                yield two.value / one.value * 100, 0
    if SUM.search(text):
        yield from _sums([each for each in fitting if each.kind in AMOUNTS])


def _sums(terms: Sequence[Term]) -> Results:
    """Sums of two or three terms that the sentence names, or has, of one statement or column."""
    named = [each for each in terms if each.named or each.held][:10]
    for count in (2, 3):
        for group in combinations(named, count):
            first = group[0].fact
            if all(each.fact.row is first.row for each in group) or (
                first.row is not None
                and all(
                    each.fact.row and (each.fact.periods == first.periods or each.fact.column == first.column != "")
                    for each in group
                )
            ):
                yield sum((each.value for each in group), Decimal(0)), 0


def _gap_of_changes(one: Term, two: Term) -> Results:
    """What lies between a rise and a fall, which are told without their signs: 回落27.1个百分点, from +21.6% to -5.5%."""
    ways = one.fact.way, two.fact.way
    if one.kind == two.kind == "percent" and ways[0] * ways[1] < 0 and not (one.fact.level or two.fact.level):
        change = abs(two.value) * ways[1] - abs(one.value) * ways[0]
        yield change, (change > 0) - (change < 0)


def _one_kind(one: Term, two: Term) -> bool:
    kinds = {one.kind, two.kind}
    return kinds <= set(AMOUNTS) or kinds <= {"percent", "points"} or kinds == {"multiple"}


def _of_whole(figure: Figure, text: str, start: int) -> bool:
    """Whether a percentage is said to be one of something: `69% of sales growth`."""
    return text.startswith(" of", figure.end - start) or _OF_ZH.search(text[: figure.start - start]) is not None


def _pairs(terms: Sequence[Term], fact: Fact) -> Iterator[tuple[Term, Term]]:
    """Two terms that the sentence has or names, or of a row of which it has one; of one column where they are of two rows.
    Each pair both ways round. None of which both are for other periods than the figure that is looked for."""
    told = [each for each in fact.periods if not is_relative(each)]
    for one, two in combinations([each for each in terms if not each.fact.figure.soft or each.kind != "number"], 2):
        row = one.fact.row is not None and one.fact.row is two.fact.row
        known = (one.held or one.named or (row and two.held)) and (two.held or two.named or (row and one.held))
        if not known or (
            one.kind in AMOUNTS and two.kind in AMOUNTS and not measured_alike(one.fact.figure, two.fact.figure)
        ):
            continue
        times = (*one.fact.periods, *two.fact.periods) if one.fact.periods and two.fact.periods else ()
        if told and times and not (any(fits(each, times, 0) for each in told) or is_rest(told[0], times)):
            continue
        apart = one.fact.row is not None and two.fact.row is not None and one.fact.periods != two.fact.periods
        if row or not apart or of_one_column(one.fact, two.fact):
            yield one, two
            yield two, one


def _bases(fact: Fact, terms: Sequence[Term], reading: Reading, said: str) -> Results:
    """The levels from which the changes of a passage came, of the kind of a figure, and how much they changed where the sentence
    says that it is more or less."""
    figure, shown = fact.figure, {id(each.fact): each for each in terms if each.held or each.named}
    worths = {id(each.fact): abs(each.value) for each in terms if each.kind in AMOUNTS}  # in the scale of a table
    told = [each for each in fact.periods if not is_relative(each)]
    for level, change in links(reading):
        term, step = shown.get(id(level)), worths.get(id(change), change.figure.value)
        if told and not _before(told, level, change):
            continue
        ways = (change.way * (-1 if change.negated else 1),) if change.way else (1, -1)
        if term is None:
            continue
        money = measured_alike(figure, level.figure) and alike(figure.currency, term.currency)
        if figure.kind in AMOUNTS and term.kind in AMOUNTS and money:
            if change.figure.kind == "percent":
                before = [(term.value / (1 + way * step / 100), way) for way in ways if way * step > -100]
                yield from ((each, 0) for each, _ in before)
                if _CHANGE.search(said):
                    yield from ((term.value - each, way if term.value > 0 else 0) for each, way in before)
            else:
                yield from ((term.value - way * step, 0) for way in ways)
        elif figure.kind == term.kind == "percent" and change.figure.kind == "points":
            yield from ((term.value - way * step, 0) for way in ways)


def _before(told: Sequence[Figure], level: Fact, change: Fact) -> bool:
    """Whether a level may have come from where it was in the periods told: in none of its own, and in that which its change is
    measured against, where that is named."""
    if level.periods and all(fits(each, level.periods, 0) for each in told):
        return False
    bases = [each for each in change.bases if not is_relative(each)]
    return not bases or any(fits(each, bases, 0) for each in told)


def _is_each(fact: Fact, text: str) -> bool:
    """Whether a figure is said to be for one of something: `9.30 per passenger`."""
    start, end = fact.figure.start - fact.sentence[0], fact.figure.end - fact.sentence[0]
    return _EACH_BEHIND.match(text, end) is not None or _EACH_BEFORE.search(text, 0, start) is not None


def _single(fact: Fact, terms: Sequence[Term], reading: Reading, text: str) -> Iterator[Decimal]:
    """The middle of a range, the ends of one that is told by its middle (`1.32 billion, plus or minus 40 million`), and an
    amount for each of the count beside it (每10股派现金红利45.92元)."""
    if _MIDDLE.search(text):
        yield from middles(reading)
    each = _EACH.search(text)
    if _is_each(fact, text):
        own = [term for term in terms if term.named or term.held]
        counts = [term.value for term in own if term.kind == "number" and term.value > 1]
        yield from (term.value / count for term in own[:8] if term.kind == "money" for count in counts[:8])
    for one, two in pairwise(terms):
        if _TOLERANCE.fullmatch(reading.text, one.fact.figure.end, two.fact.figure.start):
            yield from (one.value - two.value, one.value + two.value)
        if each and one.fact.row is None and one.fact.sentence == two.fact.sentence:
            for count, amount in ((one, two), (two, one)):
                if count.kind == "number" and 1 < count.value < 10**7 and amount.kind in AMOUNTS:
                    yield amount.value / count.value


def _of_columns(terms: Sequence[Term], source: Source) -> Iterator[Decimal]:
    """The share of each figure of a table that the sentence has in its column, which has no row of totals."""
    for each in terms:
        if each.held and each.kind in AMOUNTS and (total := whole(each.fact, source)):
            yield worth(each.fact.figure) / total * 100
