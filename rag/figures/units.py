"""What the bare figures of a table are in, by the label of their row or the head over all rows."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from rag.figures.figure import Figure
from rag.figures.find import figures

_UNIT_OF_ROW = re.compile(r"[(（]([^()（）]{1,24})[)）]\s*$|,\s([^,]{1,18})$")
_RATIO = re.compile(r"\b[A-Z]{1,2}/[A-Z]")  # `P/E` is not in pence


@lru_cache(maxsize=4096)
def unit_of(label: str) -> Figure | None:
    """One of what a label says that its figures are in, as a figure: `Shipments, kt`, 归母净利润（亿元）, `Revenue (HK$ million)`."""
    match = _UNIT_OF_ROW.search(label)
    unit = (match[1] or match[2]).strip().split("/")[0] if match else ""
    if not unit or unit[0].isdigit() or unit.startswith("%") or (match and _RATIO.search(match[0])):
        return None
    for text in (f"1{unit}", f"1 {unit}"):
        one = figures(text)
        if len(one) == 1 and (one[0].start, one[0].end) == (0, len(text)) and one[0].kind in ("number", "money"):
            return one[0] if one[0].value != 1 or one[0].unit or one[0].currency else None
    return None


def measure_of(stub: str) -> str:
    """What all of a table is in by the head over its rows, in brackets: `Million tonnes`; empty for an amount of money."""
    one = unit_of(f"({stub.lower()})") if 0 < len(stub) < 24 else None
    return f"({stub.lower()})" if one is not None and one.unit and not one.currency else ""


def in_unit(figure: Figure, *labels: str) -> Figure:
    """A bare figure as so many of what its row, its column or else its table is in; it may be told as it is, too."""
    one = next(filter(None, map(unit_of, labels)), None) if figure.kind in ("number", "money") else None
    if one is None:
        return figure
    return replace(
        figure,
        kind=one.kind if one.kind == "money" else figure.kind,
        value=figure.value * one.value,
        step=figure.step * one.value,
        factor=one.value,
        unit=one.unit,
        currency=figure.currency or one.currency,
        scaled=True,
        bare=figure.value,
    )
