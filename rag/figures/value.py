"""What the figures of a text and of a table are worth, and whether two are one value of one measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rag.figures.figure import Figure
from rag.figures.words import CURRENCIES, alike, either

_SCALES = r"mn|m|million|millions|bn|billion|billions|thousand|thousands|'000|k"
# Currency and scale at the end of a line or cell, with no brackets about them: `Revenue by segment, EUR million`.
_AT_THE_END = (
    rf"(?:^|\n|[,:;–-]\s?|\s\|\s)(?P<currency>{either(CURRENCIES)})\s?(?P<scale>{_SCALES})\s*(?=$|\n|\||\s/\s)"
)
_STATED_LAST = re.compile(_AT_THE_END), ("million", "billion", "thousand", "m", "bn", "'000", "k")
# A scale that a table states once for all its bare numbers: `(RMB mn)`, `in millions`, 单位:百万元.
# For small letters, each with parts one of which is looked for first.
_TABLE_SCALES = (
    (
        re.compile(
            rf"\(\s*(?:in\s+)?(?:(?:{either(CURRENCIES)}|[a-z]{{3}}(?=\s))\s?)?(?P<scale>{_SCALES}|000['’]?s)\b[^)]{{0,60}}\)"
        ),
        ("(",),
    ),
    (re.compile(r"\bin\s+(?:[a-z$]{1,4}\s+)?(?P<scale>thousands|millions|billions)\b"), ("thousands", "illions")),
    _STATED_LAST,
    (
        re.compile(
            r"(?:^|\n|单位|人民币|\(|（)[：:\s人民币]{0,12}(?P<scale>千|万|百万|千万|亿|十亿)(?:元|港元|美元|[台辆吨套股头只桶户人家件片])"
        ),
        ("千", "万", "亿"),
    ),
)
_TABLE_FACTOR = {
    "000's": 3, "000’s": 3,
    "thousand": 3, "thousands": 3, "'000": 3, "000s": 3, "k": 3, "千": 3, "万": 4, "m": 6, "mn": 6, "million": 6, "millions": 6,
    "百万": 6, "千万": 7, "亿": 8, "bn": 9, "billion": 9, "billions": 9, "十亿": 9,
}  # fmt: skip
ROUNDED = 3  # digits that a rounded figure keeps without a word that says so


_TABLE_CURRENCIES = (
    (
        re.compile(rf"(?:\(|单位[:：]?|人民币)\s*(?:in\s+)?(?P<currency>{either(CURRENCIES)})"),
        ("(", "单位", "人民币"),
    ),
    _STATED_LAST,
)


def table_currency(text: str) -> str:
    """The currency of a table's bare numbers, where the table names it in brackets."""
    match = _first(_TABLE_CURRENCIES, text)
    return CURRENCIES[match["currency"]] if match else ""


def table_scale(text: str) -> Decimal | None:
    """What the bare numbers of a table are to be multiplied with, where the table says so."""
    match = _first(_TABLE_SCALES, text)
    return Decimal(10) ** _TABLE_FACTOR[match["scale"]] if match else None


def _first(patterns: Sequence[tuple[re.Pattern[str], Sequence[str]]], text: str) -> re.Match[str] | None:
    """The first match of any pattern in a text, whatever its letters; of two in one place that of the earlier pattern."""
    small = text.lower()
    found = [match for each, parts in patterns if any(map(small.__contains__, parts)) and (match := each.search(small))]
    return min(found, key=lambda match: match.start(), default=None)


def readings(figure: Figure) -> tuple[Figure, ...]:
    """A figure, and how it reads when it does not share scale and unit with the next one of its list."""
    if figure.bare is None:
        return (figure,)
    plain = replace(
        figure, kind="money" if figure.currency else "number", value=figure.bare, bare=None, unit="", scaled=False
    )
    return figure, plain


def values_of(other: Figure, scale: Decimal | None) -> tuple[Decimal, ...]:
    """What a figure of a passage is worth: as it stands, and times the scale that its table states."""
    if scale and not other.scaled and other.kind in ("number", "money"):
        return other.value, other.value * scale
    return (other.value,)


def slack(wanted: Figure) -> Decimal:
    """How far from the value of a figure of a sentence one of a passage can be at most to agree with it."""
    return max(wanted.step, coarse(wanted)) if wanted.about or wanted.bound else wanted.step


def same_value(wanted: Figure, other: Figure, scale: Decimal | None) -> bool:
    """Whether two figures have the same value, or the sentence's is the passage's correctly rounded.

    Rounding has to be marked (`about 27%` for 27.3%) where it leaves fewer than three digits; `$1.58 billion` may stand
    for $1,577 million. `over 80%` agrees with 84%.
    """
    values = values_of(other, scale)
    if wanted.scaled and wanted.factor >= 1000 and wanted.kind == "money":
        values = values[-1:]  # `$87.3 thousand` is not 87,310 of a table in thousands
    if wanted.part and other.part and bool(wanted.sign) != bool(other.sign):
        return False  # `halved` is not `half of it`
    if wanted.value in values:
        return not _without_scale(wanted, other, scale)
    if other.step < wanted.step and (wanted.about or digits(wanted) >= ROUNDED or _in_larger(wanted, other, scale)):
        return any(abs(value - wanted.value) * 2 <= wanted.step for value in values)
    if wanted.about and wanted.kind in ("number", "money") and not wanted.part:
        room = coarse(wanted)  # `about 6,200` for 6,240
        return wanted.value >= 10 * room and any(abs(value - wanted.value) * 2 <= room for value in values)
    if other.part and not wanted.bound and wanted.kind == "percent":
        return abs(other.value - wanted.value) <= 1  # 33% for `a third`
    if wanted.bound:
        room = coarse(wanted)
        low, high = (Decimal(0), room) if wanted.bound > 0 else (-room, Decimal(0))
        return any(low < value - wanted.value < high for value in values)
    return False


def _in_larger(wanted: Figure, other: Figure, scale: Decimal | None) -> bool:
    """Whether a figure of two digits is told in a larger scale than the passage's: `$1.9 million` for 1,933 thousand."""
    if wanted.kind not in ("number", "money") or not wanted.scaled or digits(wanted) < ROUNDED - 1:
        return False
    return wanted.factor > other.factor * (scale if scale and not other.scaled else 1)


def _without_scale(wanted: Figure, other: Figure, scale: Decimal | None) -> bool:
    """`$117,154` for a 117,154 of a table in millions: the amount is a million times less than it was."""
    if not scale or scale == 1 or other.scaled or wanted.value != other.value:
        return False
    return wanted.kind == "money" and wanted.value >= 1000 and other.kind in ("number", "money")


def digits(figure: Figure) -> int:
    """How many digits a figure shows, zeros in front left out."""
    shown = (figure.value / figure.step).to_integral_value()
    return len(str(abs(shown))) if shown else 0


def comparable(one: Figure, two: Figure) -> bool:
    """Whether two amounts are of one measure, and of currencies that may be one."""
    return (one.unit == two.unit or {one.unit, two.unit} == {"", "count"}) and alike(one.currency, two.currency)


def coarse(figure: Figure) -> Decimal:
    """The value of one in the last digit that is not a trailing zero: 10 for 80%, 1,000 for 81,000; of a share in words
    what it is round to."""
    if figure.part:
        return figure.step
    exponent = int((figure.value / figure.factor).normalize().as_tuple().exponent)
    return max(figure.step, figure.factor.scaleb(exponent))


_PERCENT_HEAD = re.compile(r"\A(?!.*\d\s?%).*%", re.DOTALL)  # a sign over the column, and none in the cells


def same_measure(wanted: Figure, other: Figure, source: str, currency: str) -> bool:
    """Whether two figures are of one kind: percent and points are not, 5 million and CNY 5 million may be.

    ``currency``: that of the passage's bare numbers, where its table names one.
    """
    kinds = {wanted.kind, other.kind}
    if "pct" in (wanted.unit, other.unit) and kinds <= {"percent", "points"}:
        return True
    if kinds in ({"percent"}, {"points"}, {"multiple"}):
        return True
    if kinds == {"multiple", "number"}:
        return not (wanted.unit or other.unit)
    if wanted.kind == "percent" and other.kind == "number":
        return not other.unit and other.factor == 1 and "|" in source and _PERCENT_HEAD.search(source) is not None
    if not kinds <= {"number", "money"}:
        return False
    if wanted.unit and other.unit and wanted.unit != other.unit:
        return False
    if wanted.currency and not other.currency and other.unit:
        return False
    return alike(wanted.currency, other.currency or currency)
