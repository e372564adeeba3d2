"""Whether a figure of a sentence is a figure of a passage: same value, measure, sign, period, direction, tense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.figures.context import Fact, Reading
from rag.figures.figure import Figure
from rag.figures.side import MINUS, OPPOSITE, Side
from rag.figures.tense import tense_of
from rag.figures.when import any_same_period, is_relative, named_in, of_that_year

_A: dict[Side, str] = {side: f"{'an' if side[0] in 'io' else 'a'} {side}" for side in OPPOSITE}
TURNED = 2  # rank of a figure whose direction or sign is turned round
OTHER = 5  # rank of a figure that the passage has for another period, metric or tense
NOT_THERE = 9  # rank of a figure that the passage does not have at all


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a figure that stands in a passage does not bear the sentence out; the lower the rank, the nearer it was."""

    rank: int
    text: str


def problem(
    wanted: Fact, other: Fact, sentence: Reading, passage: Reading, named_metrics: frozenset[str]
) -> Problem | None:
    """What is said differently of the same figure in a sentence and in a passage; None when nothing is.

    ``named_metrics``: the metrics that the passage names. A figure is of another metric only when the passage names the
    one that the sentence means, beside another figure.
    """
    text = wanted.figure.text.strip()
    turned = _turned(wanted, other, sentence, text)
    if turned:
        return turned
    if wanted.figure.bound * other.figure.bound < 0:
        return Problem(2, f"{text} is a bound on the other side in the cited passage")
    unlike = _other_period(wanted, other, sentence.text, passage) or _other_basis(wanted, other)
    if unlike:
        return Problem(3, f"{text} {unlike} in the cited passage")
    disjoint = bool(wanted.metrics and other.metrics) and not wanted.metrics & other.metrics
    disjoint = disjoint and not (
        wanted.figure.kind == "percent" and _OF_WHICH.search(sentence.text, 0, wanted.figure.start)
    )
    if (
        disjoint
        and wanted.metrics <= named_metrics
        and wanted.figure.kind != "multiple"
        and not _sized(wanted.figure)
        and not _is_named(other, wanted, sentence)
    ):
        return Problem(4, f"{text} is of {' or '.join(sorted(other.metrics))} in the cited passage")
    ahead = wanted.tense
    if ahead > 0 > other.tense and (not _foretold(wanted, sentence) or _came_from(wanted, sentence)):
        ahead = 0
    told = wanted.past and not wanted.tense and other.tense > 0 and (other.past is False or other.row is not None)
    told = told and not _IS.search(
        sentence.text, max(wanted.sentence[0], wanted.figure.start - 24), wanted.figure.start
    )
    if ahead * other.tense < 0 or told:
        is_what = "a forecast" if other.tense > 0 else "reported"
        return Problem(5, f"{text} is {is_what} in the cited passage")
    return None


# A share of what was told before it: `5 billion, of which 30% is paid out`.
_OF_WHICH = re.compile(r"\b(?:of|from) which(?: (?:about|around|roughly|some|only))? $|其中(?:约|的)?$")
_IS = re.compile(r"\b(?:is|are)\b[^,;]*$", re.IGNORECASE)  # `sales reached 5 and the dividend is 0.28`
_PACE = re.compile(
    r"\b(?:slow|eas|cool|moderat|accelerat|quicken|pick)(?:s|ed|es|ing)?\b[^,;]*$|(?:放缓|回落|加快|加速)[^,，;；]*$",
    re.IGNORECASE,
)


_GROWTH = re.compile(r"(?P<noun>\bgrowth\b|\binflation\b|增[长速])[^,，;；.。\d]{0,32}$", re.IGNORECASE)


def is_pace(fact: Fact, sentence: Reading) -> bool:
    """Whether a figure is said to be how fast something grows, which may have become less: `growth of 1.8%`."""
    start, end = max(fact.sentence[0], fact.figure.start - 48), fact.figure.start
    told = _GROWTH.search(sentence.text, start, end) if fact.figure.kind == "percent" and not fact.figure.sign else None
    return told is not None and not any(told.end("noun") < move.start < end for move in sentence.moves)


def _paced(fact: Fact, sentence: Reading) -> bool:
    """Whether a rate of change is one that something slowed or picked up to, which a passage may tell as a rise."""
    return _PACE.search(sentence.text, max(fact.sentence[0], fact.figure.start - 40), fact.figure.start) is not None


_FROM = re.compile(r"(?:\bfrom\s(?:about\s)?|[从由])$", re.IGNORECASE)


def _came_from(fact: Fact, sentence: Reading) -> bool:
    """Whether a figure is one that something is to rise or fall from."""
    return _FROM.search(sentence.text, max(0, fact.figure.start - 12), fact.figure.start) is not None


_JOINT = re.compile(r"[,，;；]|\band\b|\bbut\b|\bwhile\b")


def _foretold(fact: Fact, sentence: Reading) -> bool:
    """Whether the clause of a figure tells a forecast, not just another one of its sentence; or its period is marked as one."""
    start, end = fact.sentence
    joints = [match.end() for match in _JOINT.finditer(sentence.text, start, fact.figure.start)]
    after = _JOINT.search(sentence.text, fact.figure.end, end)
    clause = sentence.text[joints[-1] if joints else start : after.start() if after else end]
    return any(each.estimate for each in fact.periods) or tense_of(clause) > 0


_WORD = re.compile(r"[a-z][a-z-]{3,}|[\u4e00-\u9fff]{2,}")
_COMMON = frozenset(
    "total assets income profit sales revenue margin operating intangible liabilities expenses rate".split()
)


def _part_of(one: str, two: str) -> bool:
    """Whether one metric is the other told more closely: `total debt` and `long-term debt`."""
    a, b = (frozenset(_WORD.findall(each)) - {"total", "group", "other"} for each in (one, two))
    return bool(a and b) and (a <= b or b <= a)


def _is_named(other: Fact, wanted: Fact, sentence: Reading) -> bool:
    """Whether a word of a figure's metric stands right behind it (`of which 0.5 billion was short-term`), or in the sentence
    where no other figure is of that metric."""
    names = {word for metric in other.metrics for word in _WORD.findall(metric)}
    names -= {word for metric in wanted.metrics for word in _WORD.findall(metric)}
    if any(_part_of(one, two) for one in wanted.metrics for two in other.metrics):
        return True
    claimed = any(
        each is not wanted and each.figure.kind == wanted.figure.kind and each.metrics & other.metrics
        for each in sentence.facts
    )
    text = sentence.text.lower()
    if not claimed and any(name in text for name in names):
        return True
    low, high = wanted.figure.end, min(wanted.sentence[1], wanted.figure.end + 40)
    high = min((each.figure.start for each in sentence.facts if each.figure.start >= low), default=high)
    behind = sentence.text[low:high].lower().lstrip(" ,").split(",")[0]
    words = {word for metric in other.metrics for word in _WORD.findall(metric)} - _COMMON
    return any(word in behind for word in words)


def _turned(wanted: Fact, other: Fact, sentence: Reading, text: str) -> Problem | None:
    """Another sign, side or direction, or what is denied on one side only."""
    if _other_sign(wanted, other, sentence):
        return Problem(1, f"{text} has another sign in the cited passage")
    if wanted.side and OPPOSITE[wanted.side] == other.side:
        return Problem(1, f"{text} is {_A[other.side]} in the cited passage")
    if wanted.side in ("profit", "inflow", "surplus") and other.row is not None and other.signed and not wanted.signed:
        return Problem(1, f"{text} has another sign in the cited passage")
    if wanted.denied != other.denied and not (wanted.denies and other.denies):
        return Problem(2, f"{text} is denied on one side and stated on the other")
    paced = (wanted.level and not other.level and wanted.figure.kind == "percent" and _paced(wanted, sentence)) or (
        other.level and is_pace(wanted, sentence)
    )
    if wanted.way * other.way < 0 and (wanted.sure or other.sure) and wanted.negated == other.negated and not paced:
        return Problem(2, f"{text} goes the other way in the cited passage")
    if wanted.way * other.way > 0 and wanted.negated != other.negated:
        return Problem(2, f"{text} is denied on one side and stated on the other")
    return None


def _other_period(wanted: Fact, other: Fact, text: str, passage: Reading) -> str:
    """What is said of the periods of a figure where they are others, or it is compared with others; else empty."""
    if other.row is not None:
        return ""  # its column is looked at
    unlike = wanted.periods and other.periods and not _of_same(wanted.periods, other.periods)
    unlike = unlike and not of_that_year(text, wanted.periods, other.periods)
    if wanted.figure.unit in ("day", "week", "month", "hour") and (
        "-" in wanted.figure.text or text.startswith("期", wanted.figure.end)
    ):
        return ""  # a `364-day` loan is one whenever it was taken
    unlike = unlike and not any(is_relative(each) for each in (*wanted.periods, *other.periods))
    if unlike and _is_bound(wanted, other, passage):
        return "is for " + ", ".join(each.text.strip() for each in other.periods)
    if wanted.bases and other.bases and not any_same_period(wanted.bases, other.bases):
        return "is compared with " + ", ".join(each.text.strip() for each in other.bases)
    return ""


_BESIDE = 12  # characters between a figure and the period right behind it


def _is_bound(wanted: Fact, other: Fact, passage: Reading) -> bool:
    """Whether it is sure that a figure of a passage is not for the periods of a sentence: the passage does not name them about it,
    has another figure of its kind for them, or the figure's own period stands right beside it."""
    low, high = _about(other, passage)
    about = [each for each in passage.periods if low <= each.start < high]
    if not any(named_in(each, about) for each in wanted.periods):
        return True
    start, end = other.figure.start, other.figure.end
    if any(0 <= each.start - end < _BESIDE or 0 <= start - each.end < _BESIDE // 2 for each in other.periods):
        return True
    return any(
        each is not other
        and _KINDS.get(each.figure.kind) == _KINDS.get(other.figure.kind)
        and any(named_in(one, each.periods) for one in wanted.periods)
        for each in passage.facts
    )


def _about(fact: Fact, passage: Reading) -> tuple[int, int]:
    """Where the sentence of a figure and the nearest ones with figures on both sides of it begin and end."""
    own = fact.sentence
    before = [each.sentence[0] for each in passage.facts if each.sentence[1] <= own[0]]
    behind = [each.sentence[1] for each in passage.facts if each.sentence[0] >= own[1]]
    return max(before, default=own[0]), min(behind, default=own[1])


_KINDS = {"number": 1, "money": 1, "percent": 2, "points": 2, "multiple": 3, "ratio": 4, "label": 5}


def _other_basis(wanted: Fact, other: Fact) -> str:
    """What is said of the basis of a figure where it is another; else empty."""
    if other.row is not None:
        return ""
    if wanted.steady and other.worded and other.sure:
        return "moved"
    rate = wanted.figure.kind == "percent" and not wanted.level  # prices that rose 3.4% when inflation stayed there
    if other.steady and wanted.worded and wanted.sure and not rate:
        return "did not change"
    if wanted.against and other.against and wanted.against != other.against:
        return f"is measured against {other.against}"
    if wanted.per and other.per and wanted.per != other.per:
        return "is for another unit"
    if wanted.accounting and other.accounting and wanted.accounting != other.accounting:
        return f"is of {other.accounting} numbers"
    return ""


def _of_same(wanted: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether two figures are for the same periods: one of each, or all of them where both list as many."""
    if len(wanted) == len(others) > 1:
        return all(named_in(each, others) for each in wanted) and all(named_in(each, wanted) for each in others)
    return any(named_in(each, others) for each in wanted)


def _sized(figure: Figure) -> bool:
    """Whether a figure has a measure of its own (`3nm`, `27GWh`), which tells more than the metric named near it."""
    return figure.unit not in ("", "count", "pct")


def _other_sign(wanted: Fact, other: Fact, sentence: Reading) -> bool:
    """Whether one side is negative and the other is not. `-5%` may stand for `fell 5%`; a loss needs no minus."""
    if wanted.figure.sign * other.figure.sign < 0:
        aside = wanted.figure.unsure and wanted.figure.text.lstrip().startswith(
            ("(", "（")
        )  # `less than volume (1.9%)`
        return not aside
    if wanted.figure.unsure or other.figure.unsure:
        return False
    if wanted.signed and not other.signed:
        change = wanted.figure.kind in ("percent", "points") and not other.level and other.worded < 0 <= wanted.worded
        return not (change or (other.loss and not wanted.loss))
    if other.signed and not wanted.signed:
        return not (other.row is not None and other.row.taken_off) and not (
            wanted.worded < 0
            or wanted.loss
            or wanted.side in MINUS
            or _falls(wanted, sentence)
            or _spends(wanted, sentence)
            or _named_in_brackets(wanted, other, sentence)
        )
    if wanted.figure.kind not in ("money", "number"):
        return False
    lost = [each.loss or each.side in MINUS for each in (wanted, other)]
    return (wanted.loss == 2 and not lost[1]) or (other.loss == 2 and not lost[0])


_SPENDS = re.compile(
    r"\b(?:used|uses|spent|spends|paid|pays|consumed|burn(?:s|ed|t)?|outflows?|costs?|expenses?|charges?)\b[^;；。]*$|(?:流出|支出|支付|耗用|费用|成本)[^;；。]*$",
    re.IGNORECASE,
)


_IN_BRACKETS = re.compile(r"\(([a-z]{4,})")


def _named_in_brackets(wanted: Fact, other: Fact, sentence: Reading) -> bool:
    """Whether a sentence says of a figure what its row has in brackets for those with a minus: a net expense of 183 million
    in a row `Other income (expense)`."""
    label = other.row.label.lower() if other.row is not None else ""
    match = _IN_BRACKETS.search(label)
    if match is None:
        return False
    before = sentence.text[max(wanted.sentence[0], wanted.figure.start - 40) : wanted.figure.start]
    return match[1].rstrip("s") in before.lower().replace(label, " ")


def _spends(fact: Fact, sentence: Reading) -> bool:
    """Whether money is said to go out, which needs no minus: `used $10 billion`."""
    return _SPENDS.search(sentence.text, max(fact.sentence[0], fact.figure.start - 90), fact.figure.start) is not None


def _falls(fact: Fact, sentence: Reading) -> bool:
    """Whether the last word of direction before a figure, with no other figure between, says down."""
    before = [other.figure.end for other in sentence.facts if other.figure.end <= fact.figure.start]
    moves = [move for move in sentence.moves if max(before, default=fact.sentence[0]) <= move.start < fact.sentence[1]]
    return any(move.way < 0 and (move.end <= fact.figure.start or move.start - fact.figure.end < 20) for move in moves)
