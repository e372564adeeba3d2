"""The one amount that a cell of a comparison gives: what it is worth in plain units, in which currency, and as of when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.compare.asked.wanted import Aspect
from rag.compare.found.find import Piece
from rag.compare.found.values import gives_rate, is_change, is_loss, is_value
from rag.figures.context import read
from rag.figures.figure import Figure
from rag.figures.find import figures
from rag.figures.side import side_of_row
from rag.figures.value import table_currency
from rag.language import lexicon
from rag.language.periods import Period, periods
from rag.lookup.table import scale_of

# `11 2亿元` in a text that lost its decimal points
_WHOLE_PART = re.compile(r"(?<![\d.,])(\d{1,4}) $")
_LOSS = re.compile(r"\bloss(?:es)?\b|亏损?", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:\s+(?:total|full-time|part-time|and|or|active|regular)\b)*\s+(?:employees|people|colleagues|associates|staff)\b|\s*(?:名|位|多名)?(?:在职)?员工",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(r"\bP/?[EBS]\b|\bmultiples?\b|\bprice[- ]to[- ]|市[盈净销]率|倍数", re.IGNORECASE)
_LISTED = re.compile(r"^\s*(?:、|,|，|and\b|和|及|/|(?:,\s*)?and\b)\s*$", re.IGNORECASE)
_SPAN = re.compile(r"(20\d\d)E?年?\s*(?:[-–—~～至到]|to|through)\s*(?:20)?(\d\d)")
_TO = re.compile(r"(?:[上下]调|调[高低整]|提[高升]|下?降|上?升)?[至到为]\s*$|^\s*(?:to|至|→)\s*$", re.IGNORECASE)
_EARLIER = re.compile(
    r"同期|[上去前]年|年初|[上前]期|\b(?:year|quarter) (?:ago|before|earlier)\b|\blast year\b", re.IGNORECASE
)
_UNIT = re.compile(r"\s*[(（][^()（）\d]*[)）]$")
_MINUS = re.compile(r"^[-–−]\s*|[()（）]")
_HEAD = re.compile(r"^.*[:：]\s*(?=[^:：]*$)", re.DOTALL)
_YUAN = re.compile(r"人民币|单位[:：]\s*[百千万亿]*元")
_DOLLARS = re.compile(r"(?<![A-Z])(?:US)?\$")
# Of every power of ten that a table may state.
_SCALES = {3: ("thousand", "千"), 4: ("ten thousand", "万"), 6: ("million", "百万"), 7: ("ten million", "千万"), 8: ("hundred million", "亿"), 9: ("billion", "十亿")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """``value``: signed, in ones, or percent as written. ``shown``: as the report writes it, with a table's scale in words.

    ``currency``: ISO 4217, empty where it is not told; ``scaled``: whether its scale is known; ``factor``: what one of
    the number as shown is worth; ``ends``: the last day of the one period that the cell names.
    """

    value: Decimal
    shown: str
    percent: bool
    currency: str
    scaled: bool
    factor: Decimal
    places: int
    period: Period | None


def amount_of(piece: Piece, aspect: Aspect, period: Period | None, chinese: bool) -> Amount | None:
    """The amount of a cell; None where it gives none, or several and it cannot be told which is meant."""
    text = piece.text if piece.verbatim else _cell(piece.text)
    percent = gives_rate(aspect)
    kinds = (
        ("percent", "number") if percent and not piece.verbatim else ("percent",) if percent else ("money", "number")
    )
    kinds = ("multiple", "number") if _MULTIPLE.search(aspect.label) else kinds
    found = [
        f for f in figures(text) if f.kind in kinds and (is_value(f, text) or not piece.verbatim or "multiple" in kinds)
    ]
    found = [f for f in found if percent or not is_change(f, text)]
    figure = _meant(text, found, aspect, piece.verbatim, period)
    if figure is None or (figure.unsure and piece.verbatim) or (figure.sign >= 0 and _LOSS.search(text)):
        return None
    said = periods(piece.text, piece.report.date)
    own = [p for p in said if period is None or p.overlaps(period)] or list(said)
    when = own[0] if len(own) == 1 and own[0].kind != "range" else None
    amount = _amount(piece, text, figure, percent, when, chinese)
    return amount if percent or piece.verbatim else _on_side(amount, piece.text, aspect)


def _on_side(amount: Amount, row: str, aspect: Aspect) -> Amount | None:
    """The amount of a row with the sign that it has as the aspect: a row that says `loss` is below nothing as a profit.

    None for a profit where losses are asked.
    """
    below = amount.value < 0 or side_of_row(row, negative=False) == "loss"
    if is_loss(aspect):
        return replace(amount, value=abs(amount.value), shown=_MINUS.sub("", amount.shown)) if below else None
    if below and amount.value > 0 and _is_profit(aspect):
        return replace(amount, value=-amount.value, shown=f"−{amount.shown}")
    return amount


def _is_profit(aspect: Aspect) -> bool:
    names = {name for form in aspect.forms for concept in lexicon.lookup(form) for name in concept.forms}
    return any(side_of_row(name, negative=False) == "profit" for name in names)


def _cell(text: str) -> str:
    """What stands behind the head of a row that is written out: `Revenue, 2019: 280,522 (in millions)`."""
    return _HEAD.sub("", _UNIT.sub("", text))


def _amount(piece: Piece, text: str, figure: Figure, percent: bool, period: Period | None, chinese: bool) -> Amount:
    value, shown, factor = figure.value, figure.text.strip(), figure.factor
    if whole := _WHOLE_PART.search(text[: figure.start]) if not text.isascii() else None:
        number = re.match(r"\d+", shown)
        digits = f"{whole[1]}.{number[0]}" if number else whole[1]
        value, shown = Decimal(digits) * factor, f"{whole[1]} {shown}"
    passage = piece.evidence.passage
    table = passage.kind == "table" and not piece.verbatim
    scale = None if figure.scaled or percent or not table else scale_of(piece.evidence)
    if scale:
        words = _SCALES[scale.adjusted()][chinese]
        shown = f"{shown}{words}" if chinese else f"{shown} {words}"
        value, factor = value * scale, factor * scale
    currency = figure.currency
    if table and not currency and not percent:
        around = "\n".join((*passage.section[-2:], passage.text))
        yuan = _YUAN.search(piece.text) or _YUAN.search(around)
        currency = table_currency(around) or ("USD" if _DOLLARS.search(around) else "CNY" if yuan else "")
    places = max(0, -int((figure.step / figure.factor).as_tuple().exponent)) if figure.factor else 0
    value = -value if figure.sign < 0 else value
    currency = "CNY" if currency == "元" else currency
    return Amount(value, shown, percent, currency, bool(figure.scaled or scale), factor, places, period)


def _meant(text: str, found: Sequence[Figure], aspect: Aspect, verbatim: bool, period: Period | None) -> Figure | None:
    """The figure of the metric: the only one; of a list of years that of the year; else the first behind its name."""
    if len(found) <= 1 or not verbatim:
        return found[0] if len(found) == 1 else None
    if period and (dated := _of_time(text, found, aspect, period)):
        return dated
    if people := [figure for figure in found if _PEOPLE.match(text, figure.end)]:
        return people[0]  # `5,477 full-time employees, of whom 662 …`
    meant = {item.canonical for form in aspect.forms for item in lexicon.expand(form)}
    named = [item for item in lexicon.expand(text) if item.kind in ("metric", "line_item")]
    front = [item for item in named if item.end <= found[0].start]
    own = [item for item in named if item.canonical in meant]
    own = own or (
        front if len({item.canonical for item in front}) == 1 else []
    )  # net profit, as that of the shareholders
    at = own[0].end if own else None
    if at is None:
        return None
    after = [figure for figure in found if figure.start >= at]
    if not after or any(at < item.start < after[0].start for item in named):
        return None
    listed = _list(text, after)
    if len(listed) > 1:
        return _of_year(text, listed, period)
    between = text[after[0].end : after[1].start] if len(after) > 1 else ""
    if _TO.search(between) and not _EARLIER.search(between):
        return after[1]  # `cut from 18.9 to 14.2`
    return after[0]


def _of_time(text: str, found: Sequence[Figure], aspect: Aspect, period: Period) -> Figure | None:
    """The one figure of the metric that is told for a time: `21.3 for 2031, 23.8 for 2032`."""
    meant = frozenset[str]().union(*(fact.metrics for fact in read(f"{aspect.label} 5").facts))
    spans = [
        fact.figure.start
        for fact in read(text).facts
        if fact.metrics & meant and any(time.period and time.period.label == period.label for time in fact.periods)
    ]
    told = [figure for figure in found if figure.start in spans]
    return told[0] if len(told) == 1 else None


def _list(text: str, found: Sequence[Figure]) -> list[Figure]:
    """The figures that stand in one row with the first: `19.8, 25.3 and 31.7`."""
    listed = [found[0]]
    for figure in found[1:]:
        if not _LISTED.match(text[listed[-1].end : figure.start]):
            break
        listed.append(figure)
    return listed


def _of_year(text: str, listed: Sequence[Figure], period: Period | None) -> Figure | None:
    """Of figures for several years in a row that of the year; None where the years are not told."""
    span = _SPAN.search(text, 0, listed[0].start)
    if span is None or period is None or period.kind != "year":
        return None
    first, last = int(span[1]), int(span[1][:2] + span[2])
    at = period.end.year - first
    return listed[at] if last - first + 1 == len(listed) and 0 <= at < len(listed) else None
