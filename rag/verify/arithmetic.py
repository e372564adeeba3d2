"""Arithmetic that a sentence shows: growth, difference, ratio and sum of figures that stand in its passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from rag.verify.figure import Figure, worth
from rag.verify.figure_context import Fact, Reading, ranges

_SUM = re.compile(
    r"\b(?:total\w*|sum|combined|together|altogether|in all|aggregate|add up|between them)\b|合计|共计|总计|总共|总和|加总|相加|[=＝]",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:differ\w*|gap|spread|apart|between|by|net)\b|净增|净减|相差|差距|差额|之差|[=＝]|\bfrom\b.*\bto\b|[从由].*[至到]"
    r"|\b(?:more|fewer|less|higher|lower|above|below)\b[^.]{0,20}\bthan\b|[比较].*(?:[多少高低]|增加|减少|增长|下降|上升)"
    r"|\b(?:above|below|ahead of|short of)\b|\ba(?:n)? (?:rise|fall|gain|drop|increase|decrease|decline|improvement) of\b|(?:[提上]升|提高|下降|回落|扩大|收窄|增加|减少)(?:了|约)?\d",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\bfrom\b.*\bto\b|\b(?:to|up|down|rose|fell|grew|increase|decrease|growth|decline|gain|drop)\b.*\bfrom\b|\b(?:vs\.?|versus|against|compared)\b|[从由].*[至到增升降减跌涨]|较|相比|相较|[=＝]|->|→",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:share|account\w*|portion|proportion|represent\w*|ratio|margin|times|fold)\b|% of|占|比|倍|率|[=＝/÷]",
    re.IGNORECASE,
)


_IMPLIED = re.compile(
    r"\bimpl(?:y|ies|ied|ying)\b|\bequivalent\b|\bthat is\b|\bi\.e\.|相当于|对应|意味着|即", re.IGNORECASE
)
_MIDDLE = re.compile(r"\bmid-?point\b|\baverage\b|\bmiddle of\b|中值|中点|平均|均值", re.IGNORECASE)
_EACH = re.compile(r"\b(?:an?|per|each|every) |/|每|平均")
_LOST = re.compile(r"\bloss|\blost\b|亏", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:by|up|down|more|less|higher|lower|fewer|rose|fell|grew|increase\w*|decrease\w*)\b|[增降减升跌涨]",
    re.IGNORECASE,
)
_FROM_END = re.compile(
    r"(?:\b(?:from|versus|vs\.?|against|compared (?:with|to))(?: the)?|\b(?:than|above|below|ahead of|short of)(?: (?:the|its))?(?: (?!to\b|in\b|and\b)[a-z]+){0,2}(?: of)?|(?:[从由较]|(?<!占)比|[高低]于)(?:\d{4}年)?[^\d，。,;；增降升减跌涨滑低高多少快慢]{0,8})(?:\s(?:about|around|roughly|nearly|almost|some|over|approximately))?\s*$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[;；。]|\b(?:and|but|while)\b", re.IGNORECASE)
_STEP = re.compile(r"\s(?:above|below|ahead|short|higher|lower|more|less|fewer)\b", re.IGNORECASE)
_THAN = re.compile(r"\bthan\b|比", re.IGNORECASE)
_OF_A_LOSS = ("narrow", "widen", "收窄", "扩大")
# Words that set two figures of a sentence against each other: `1,090, less than the 1,411 of a year ago`.
_MOVES_BEHIND = re.compile(
    r"(?:的[^，。,;；\d]{0,8})?(?:有所|略有|明显|大幅|小幅|进一步)?[^，。,;；\d的]{2}"
)  # 较上年的482有所扩大
_COMPARED = re.compile(
    r"\b(?:(?P<more>more|higher|larger|greater|better|above)|(?P<less>less|lower|fewer|smaller|below))(?: than)? (?:the|its)\s*$",
    re.IGNORECASE,
)
_TO_END = re.compile(
    r"(?:\bto(?: (?:about|around|roughly|nearly|almost|some|over))?|[至到](?:约|近|大?概)?(?:\d{4}年[^\d，。,;；]{0,4})?|->|→)\s*$",
    re.IGNORECASE,
)


def follows(fact: Fact, known: Sequence[Fact], sentence: str) -> bool:
    """Whether a figure is the shown result of arithmetic on figures of the same sentence that were found.

    The result may be rounded to the digits it is shown with. The sentence must say what was done (`total`, `up`, 占).
    """
    figure = fact.figure
    if figure.kind in ("label", "ratio", "period") or figure.soft or fact.denied:
        return False
    inputs = [each for each in known if each.figure.kind in ("number", "money", "percent", "points", "multiple")]
    inputs = [each for each in inputs if each.figure.start != figure.start and not each.figure.soft]
    if _adds_up(figure, known) or _for_each(figure, known, sentence):
        return True
    if _SUM.search(sentence) and figure.kind in ("number", "money"):
        amounts = [each.figure for each in inputs if each.figure.kind in ("number", "money")]
        alike = all(_comparable(figure, each) for each in amounts)
        if alike and any(_equal(figure, value, 0, fact.way) for value, _ in _sums(amounts[:6])):
            return True
    inputs = [each for each in inputs if each.sentence == fact.sentence]
    return any(_equal(figure, value, way, fact.way) for value, way in _results(figure, inputs[:8], sentence))


def _adds_up(figure: Figure, known: Sequence[Fact]) -> bool:
    """Whether a count is exactly the two right before it: `41 carriers and charters nine more, a fleet of 50`."""
    before = [each.figure for each in known if each.figure.kind == "number" and each.figure.end <= figure.start]
    last = sorted(before, key=lambda each: each.start)[-2:]
    if figure.kind != "number" or figure.value < 10 or len(last) < 2 or figure.start - last[0].start > 120:
        return False
    return sum(each.value for each in last) == figure.value and all(_comparable(figure, each) for each in last)


def _for_each(figure: Figure, known: Sequence[Fact], sentence: str) -> bool:
    """Whether an amount is what another comes to for each of a count: `six ships for 14.6 million, or 2.4 million a ship`."""
    if figure.kind not in ("number", "money") or not _EACH.search(sentence, max(0, figure.start - 8), figure.end + 8):
        return False
    counts = [each.figure.value for each in known if each.figure.kind == "number" and 1 < each.figure.value < 10**7]
    amounts = [each.figure for each in known if each.figure.kind == figure.kind and _comparable(figure, each.figure)]
    return any(abs(worth(a) / count - figure.value) * 2 <= figure.step for a in amounts for count in counts)


def _results(figure: Figure, inputs: Sequence[Fact], sentence: str) -> Iterator[tuple[Decimal, int]]:
    """Possible results with their direction (0 where there is none)."""
    amounts = [each.figure for each in inputs if each.figure.kind in ("number", "money")]
    percents = [each.figure for each in inputs if each.figure.kind in ("percent", "points")]
    pairs = [(a, b) for a, b in _neighbours(amounts, sentence) if _comparable(a, b) and worth(a)]
    if figure.part:
        yield from _in_words(figure, amounts, percents, inputs, sentence)
    elif figure.kind == "percent":
        if _FROM_TO.search(sentence):
            yield from _growths(pairs)
        if _SHARE.search(sentence):
            minus = -1 if figure.sign < 0 and _LOST.search(sentence) else 0
            yield from ((abs(worth(b) / worth(a)) * 100, minus) for a, b in pairs)
        if _SUM.search(sentence):
            yield from _sums([each for each in percents if each.kind == "percent"])
    if figure.kind == "points" and _DIFFERENCE.search(sentence):
        yield from _differences(_neighbours(percents, sentence))
    yield from _worked_out(figure, amounts, percents, sentence)
    if figure.kind in ("number", "money"):
        if _DIFFERENCE.search(sentence):
            yield from _differences([(a, b) for a, b in pairs if _comparable(figure, a)])
        if _SUM.search(sentence):
            yield from _sums([each for each in amounts if _comparable(figure, each)])
    shares = pairs if figure.kind in ("multiple", "number") and _SHARE.search(sentence) else []
    yield from ((abs(worth(b) / worth(a)), 0) for a, b in shares)


def _in_words(
    figure: Figure, amounts: Sequence[Figure], percents: Sequence[Figure], inputs: Sequence[Fact], sentence: str
) -> Iterator[tuple[Decimal, int]]:
    """What a share or a change in words may be: the growth between two figures of one kind, or one over the other."""
    multiples = [each.figure for each in inputs if each.figure.kind == "multiple"]
    rates = [each for each in percents if not each.part]
    pairs = [(a, b) for group in (amounts, multiples, rates) for a, b in _neighbours(group, sentence)]
    pairs = [(a, b) for a, b in pairs if _comparable(a, b) and worth(a) and worth(b)]
    if figure.sign or _CHANGED.search(sentence):
        yield from _growths(pairs)
    for a, b in () if figure.sign else pairs:
        yield from ((abs(worth(b) / worth(a)) * 100, 0), (abs(worth(a) / worth(b)) * 100, 0))


def _worked_out(
    figure: Figure, amounts: Sequence[Figure], percents: Sequence[Figure], sentence: str
) -> Iterator[tuple[Decimal, int]]:
    """What an amount and a share of it imply for the whole, and the middle of two figures."""
    if figure.kind in ("number", "money") and _IMPLIED.search(sentence):
        rates = [each for each in percents if each.value]
        yield from ((worth(a) / each.value * 100, 0) for a in amounts for each in rates)
        yield from ((worth(a) * each.value / 100, 0) for a in amounts for each in rates)
    if figure.kind in ("number", "money", "percent") and _MIDDLE.search(sentence):
        alike = [each for each in (percents if figure.kind == "percent" else amounts) if _comparable(figure, each)]
        yield from (((worth(a) + worth(b)) / 2, 0) for a, b in combinations(alike, 2))


def _neighbours(figures: Sequence[Figure], sentence: str) -> list[tuple[Figure, Figure]]:
    """Figures side by side, the earlier value first: `from a to b`, `b from a`, 由a至b; both ways where it is not said."""
    pairs: list[tuple[Figure, Figure]] = []
    for a, b in pairwise(sorted(figures, key=lambda each: each.start)):
        order = from_to(a, b, sentence)
        pairs.extend([(a, b)] if order > 0 else [(b, a)] if order < 0 else [(a, b), (b, a)])
    return pairs


def from_to(a: Figure, b: Figure, sentence: str) -> int:
    """1 when the text says that the value went from ``a`` to the later ``b``, -1 for the reverse, 0 when it says neither."""
    before, between = sentence[max(0, a.start - 12) : a.start], sentence[a.end : b.start]
    if _FROM_END.search(before) and _TO_END.search(between):
        return 1
    return -1 if _FROM_END.search(between) and len(between) < 90 else 0


@lru_cache(maxsize=2048)
def _single(reading: Reading) -> tuple[Fact, ...]:
    """The figures that have a value, a range by its lower end."""
    upper = {high.start for _, high in ranges(reading)}
    kinds = ("number", "money", "percent", "multiple")
    return tuple(each for each in reading.facts if each.figure.kind in kinds and each.figure.start not in upper)


@lru_cache(maxsize=2048)
def courses(reading: Reading) -> frozenset[tuple[Decimal, Decimal]]:
    """(earlier, later) values of a text that says from which to which a figure went."""
    plain = _single(reading)
    found = set()
    for one, two in pairwise(plain):
        order = from_to(one.figure, two.figure, reading.text) if one.sentence == two.sentence else 0
        if order and one.figure.kind == two.figure.kind and one.row is None:
            ends = (one.figure.value, two.figure.value)
            found.add(ends if order > 0 else ends[::-1])
    return frozenset(found)


def misdirected(reading: Reading) -> str:
    """What contradicts itself, such as `up from 5% to 4%`; empty when nothing does."""
    plain = _single(reading)
    amounts = [each for each in plain if each.figure.kind in ("number", "money")]
    rates = [each for each in plain if each.figure.kind == "percent"]
    beside = (*pairwise(plain), *pairwise(amounts), *pairwise(rates))
    for one, two in {(one.figure.start, two.figure.start): (one, two) for one, two in beside}.values():
        a, b = one.figure, two.figure
        if _STEP.match(reading.text, a.end):
            continue  # `5 million above 20 million` is a difference, not a level
        if _miscompared(one, two, reading.text):
            return f"{a.text.strip()} and {b.text.strip()} compare the other way than it says"
        if _THAN.search(reading.text, a.end, b.start):
            continue  # `85 more than 185` is no change from one to the other
        order = from_to(a, b, reading.text)
        if not order or a.kind != b.kind or not _comparable(a, b) or one.sentence != two.sentence:
            continue
        # `to a from b` and `a, down from b` speak of levels; `fell 7%, against 3% before` does not.
        start = a.end if order < 0 and not one.level else max(one.sentence[0], a.start - 60)
        end = behind.end() if order < 0 and (behind := _MOVES_BEHIND.match(reading.text, b.end)) else b.start
        moves = [move for move in reading.moves if start <= move.start < end and not move.negated]
        if one.loss and moves and not reading.text[moves[-1].start : moves[-1].end].lower().startswith(_OF_A_LOSS):
            continue  # a loss that falls may become greater; one that narrows does not
        if not moves or (moves[-1].end <= b.start and _JOINT.search(reading.text, moves[-1].end, b.start)):
            continue
        change = (worth(b) - worth(a)) * order
        if change * moves[-1].way < 0:
            return f"{a.text.strip()} and {b.text.strip()} go the other way than it says"
    return ""


def _miscompared(one: Fact, two: Fact, text: str) -> bool:
    """Whether two figures are said to be more and less than each other and are the reverse."""
    a, b = one.figure, two.figure
    if a.kind != b.kind or not _comparable(a, b) or one.sentence != two.sentence or one.loss or a.part or b.part:
        return False
    match = _COMPARED.search(text, a.end, b.start) if b.start - a.end < 90 else None
    return match is not None and (worth(a) - worth(b)) * (1 if match["more"] else -1) < 0


def _growths(pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[tuple[Decimal, int]]:
    for a, b in pairs:
        change = (worth(b) - worth(a)) / abs(worth(a)) * 100
        yield abs(change), 1 if change > 0 else -1


def _differences(pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[tuple[Decimal, int]]:
    for a, b in pairs:
        yield abs(worth(b) - worth(a)), 1 if worth(b) > worth(a) else -1


def _sums(figures: Sequence[Figure]) -> Iterator[tuple[Decimal, int]]:
    for count in range(2, min(len(figures), 5) + 1):
        for group in combinations(figures, count):
            yield abs(sum((worth(each) for each in group), Decimal(0))), 0


def _comparable(a: Figure, b: Figure) -> bool:
    return (a.unit == b.unit or {a.unit, b.unit} == {"", "count"}) and (
        not a.currency or not b.currency or a.currency == b.currency
    )


def _equal(figure: Figure, value: Decimal, way: int, wanted_way: int) -> bool:
    """Equal to the digits shown; a change must also go the way that is said, and a minus needs one that goes down."""
    minus = figure.sign < 0 and not figure.unsure
    if figure.bound and figure.part:
        near = 0 <= (value - figure.value) * figure.bound < figure.step
    else:
        near = abs(value - figure.value) * 2 <= figure.step
    return near and way * wanted_way >= 0 and not (minus and way >= 0)
