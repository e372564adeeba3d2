"""From which figure to which a text says that something went, and whether it contradicts itself in that."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from rag.figures.context import Fact, Reading, ranges
from rag.figures.figure import Figure, worth

_FROM_END = re.compile(
    r"(?:\b(?:from|versus|vs\.?|against|compared (?:with|to))(?: the)?|\b(?:than|above|below|ahead of|short of)(?: (?:the|its))?(?: (?!to\b|in\b|and\b)[a-z]+){0,2}(?: of)?|(?:[从由较]|(?<!占)比|[高低]于)(?:\d{4}年)?(?:\d{1,2}月)?[^\d，。,;；增降升减跌涨滑低高多少快慢]{0,8}|[，,][上去]年同期(?:为|是|亏损|盈利)?|[(（](?:previously|formerly|prior|was|原先?|此前|之前)为?:?)(?:\s(?:about|around|roughly|nearly|almost|some|over|approximately))?\s*$",
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
    r"\b(?:(?P<more>more|higher|larger|greater|better|above)|(?P<less>less|lower|fewer|smaller|below))(?: than)? (?:the|its)\s*$"
    r"|\b(?:(?P<wider>bigger|larger|greater|wider|deeper|heavier)|(?P<narrower>smaller|lower|narrower|lighter)) (?:[a-z]+ )?(?:loss|deficit|outflow) than"
    r"(?: (?:the|its))?\s*$"
    r"|^[，,]?[^，,;；。\d]{0,4}(?:(?P<zhmore>[快高多大强]于|(?<!不)超过|高出)|(?P<zhless>[慢低少小弱]于|不及))(?:\d{4}年)?[^，,;；。\d]{0,12}$",
    re.IGNORECASE,
)
# `profit grew more than revenue (9.9% versus 8.7%)`
_BEFORE_BRACKET = re.compile(
    r"\b(?:(?P<more>more|faster|quicker|higher)|(?:less|slower|lower)) than [A-Za-z&' -]{2,40}[(]$", re.IGNORECASE
)
_VERSUS = re.compile(r"\s(?:versus|vs\.?|against|compared (?:with|to))\s", re.IGNORECASE)
# `sales rose to 8 from 7, but profit fell from 6 to 5`: the 6 is not what the 7 came from.
_OTHER_CHANGE = re.compile(r"[,;，；]|\b(?:and|but|while|whereas)\b", re.IGNORECASE)
_TO_NEXT = re.compile(r"[^,;，；。.\d-]{0,24}(?:\bto\b|[至到])", re.IGNORECASE)
_TO_END = re.compile(
    r"(?:\bto(?: (?:about|around|roughly|nearly|almost|some|over))?|[至到](?:约|近|大?概)?(?:\d{4}年[^\d，。,;；]{0,4})?(?:\d{1,2}月[末底]?的?)?|->|→)\s*$",
    re.IGNORECASE,
)


def from_to(a: Figure, b: Figure, sentence: str) -> int:
    """1 when the text says that the value went from ``a`` to the later ``b``, -1 for the reverse, 0 when it says neither."""
    before, between = sentence[max(0, a.start - 12) : a.start], sentence[a.end : b.start]
    if _FROM_END.search(before) and _TO_END.search(between):
        return 1
    if len(between) >= 90 or not _FROM_END.search(between):
        return 0
    return 0 if _OTHER_CHANGE.search(between) and _TO_NEXT.match(sentence, b.end) else -1


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


@lru_cache(maxsize=1024)
def of_rows(reading: Reading) -> frozenset[tuple[Decimal, Decimal]]:
    """(earlier, later) values of each row of a table: of two columns that follow each other, in either order of time."""
    found = set()
    for one, two in pairwise(reading.facts):
        if one.row is None or one.row is not two.row or one.figure.kind != two.figure.kind:
            continue
        ends = [max((each.period.end for each in fact.periods if each.period), default=None) for fact in (one, two)]
        if ends[0] and ends[1] and ends[0] != ends[1] and not (one.signed or two.signed):
            values = (one.figure.value, two.figure.value)
            found.add(values if ends[0] < ends[1] else values[::-1])
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
    if a.kind != b.kind or not _comparable(a, b) or one.sentence != two.sentence or a.part or b.part:
        return False
    if a.kind == "percent" and _VERSUS.fullmatch(text[a.end : b.start]):
        told = _BEFORE_BRACKET.search(text[max(one.sentence[0], a.start - 60) : a.start])
        return told is not None and (a.value - b.value) * (1 if told["more"] else -1) < 0
    match = _COMPARED.search(text[a.end : b.start]) if b.start - a.end < 90 else None
    if match is None:
        return False
    if match["wider"] or match["narrower"]:  # of what was lost, with a minus or without
        return (a.value - b.value) * (1 if match["wider"] else -1) < 0
    return not one.loss and (worth(a) - worth(b)) * (1 if match["more"] or match["zhmore"] else -1) < 0


def _comparable(a: Figure, b: Figure) -> bool:
    """Whether two figures may be levels of one thing; the later one is often written without the unit of the first."""
    alike = a.unit == b.unit or {a.unit, b.unit} == {"", "count"}
    return (alike or (not (a.unit and b.unit) and a.value < 2 * b.value < 4 * a.value)) and (
        not a.currency or not b.currency or a.currency == b.currency
    )
