"""One figure of a text: what stands there, and what it is worth in plain units."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Literal

from rag.language.periods import Period

Kind = Literal["number", "percent", "points", "money", "multiple", "ratio", "label", "period"]
VALUES = frozenset(
    {"number", "percent", "points", "money", "multiple", "ratio"}
)  # kinds that give the value of something

# The day from which words without a year count: far off, so that no report's own year is mistaken for it.
NO_YEAR = date(2079, 6, 30)


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a table that a figure stands in. ``terms``: its label as index terms; ``taken_off``: a row of expenses and
    the like, whose brackets need no minus in a sentence."""

    label: str
    terms: frozenset[str]
    taken_off: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """``text == source[start:end]``. ``value``: percent as written (12.5), points in percentage points, all else in ones.

    ``sign``: -1 for a minus or accounting brackets, 1 for a plus, 0 for none; ``unsure``: the minus may be a dash or the
    brackets an aside. ``value`` itself is never negative. ``unit``: the measure (``wh``, ``ton``, ``count``), ``pct``
    where percent and points cannot be told apart. ``factor``: the number as shown times this is the value; ``step``: the
    value of one in the last digit shown. ``bare``: the value if scale and unit were not shared with the next figure of a
    list, which is likely but not certain. ``bound``: 1 for `over`, -1 for `under`. ``soft``: a small number word (`three`, 两个), which may be mere style; a month that is part of a name (`WTI October crude`).
    ``part``: a share or a change in words (`a third`, 翻番), which ``step`` says how round it is.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: Decimal = Decimal(0)
    sign: int = 0
    unsure: bool = False
    unit: str = ""
    currency: str = ""
    scaled: bool = False
    factor: Decimal = Decimal(1)
    step: Decimal = Decimal(1)
    bare: Decimal | None = None
    about: bool = False
    bound: int = 0
    soft: bool = False
    period: Period | None = None
    estimate: bool = False
    actual: bool = False
    part: bool = False


_BEHIND_TEXT = attrgetter(*(each.name for each in fields(Figure)[2:]))


def worth(figure: Figure) -> Decimal:
    """The value with its sign, where that is sure."""
    return -figure.value if figure.sign < 0 and not figure.unsure else figure.value


def written(figure: Figure, text: str) -> Figure:
    """The figure with other characters: ``dataclasses.replace`` in a third of its time, for every figure of every text."""
    return Figure(figure.kind, text, *_BEHIND_TEXT(figure))
