"""A figure of a table in the words that people use: 3,893 in thousands is about 3.9 million."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.lookup.table import Cell

LEAST = 1_000  # of its scale, below which a figure is said well enough by itself
_NAMES = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))


def rounded_said(value: Decimal, cells: Sequence[Cell]) -> str:
    """``, about 3.9 million`` for an amount of the scale of these cells; empty where that is not known, or says no more."""
    scale = next((cell.scale for cell in cells if cell.scale is not None), None)
    if scale is None or scale <= 1 or abs(value) < LEAST or any(cell.percent or cell.form != "{}" for cell in cells):
        return ""
    amount = value * scale
    unit, name = next((unit, name) for unit, name in _NAMES if abs(amount) >= unit)
    return f", about {'−' if value < 0 else ''}{(abs(amount) / unit).quantize(Decimal('0.1'), ROUND_HALF_UP):,f} {name}"
