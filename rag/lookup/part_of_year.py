"""The quarter or half of a cell that stands in its row's label or its column's head, while the year stands elsewhere.

Chinese reports print `第四季度` as a row under `2022年度`, or as a column under the title `2023年分季度主要财务数据`.
"""

from __future__ import annotations

import re

from rag.figures.context import Fact
from rag.language.periods import Period, periods

_PART = re.compile(r"\s*(第?[一二三四1-4]季度|[上下]半年)\s*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s*年)")


def part_of_year(fact: Fact, above: str) -> Period | None:
    """The part of a year that a cell is of; None where row and column tell none, or its year is not known for sure.

    ``above``: the words over the table.
    """
    label = _PART.fullmatch(fact.row.label) if fact.row else None
    if label is not None:
        years = {each.period.label for each in fact.periods if each.period and each.period.kind == "year"}
        return _of(years, label[1])
    heads = {each.text: each.period for each in fact.periods if each.period is not None}
    parts = [period for period in heads.values() if period.implied and period.kind in ("quarter", "half")]
    if len(heads) == 1 and parts and (head := _PART.fullmatch(next(iter(heads)))):
        return _of(set(_YEAR.findall(above)), head[1])
    return None


def _of(years: set[str], part: str) -> Period | None:
    return next(iter(periods(f"{next(iter(years))}年{part}")), None) if len(years) == 1 else None
