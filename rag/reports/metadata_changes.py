"""What changed, where a front page sets it out in columns: ``| From | To``, with rating and target price below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.reports.front_matter import Piece
from rag.reports.rating_rules import EN, ZH
from rag.reports.target_rules import CURRENCIES, MONEY
from rag.types import Found

_FROM = r"(?:From|Old|Prior|Previous|Prev\.?|Was|原|前次|上次|调整前|此前)"
_TO = r"(?:To|New|Current|Now|新|现|本次|调整后|目前|最新)"
_HEADS = re.compile(rf"(?:^|\s){_FROM}(?=\s|$)", re.IGNORECASE), re.compile(rf"(?:^|\s){_TO}(?=\s|$)", re.IGNORECASE)
_RATING_ROW = re.compile(r"(?:.*\s)?(?:rating|recommendation)|(?:投资|股票|公司)?评级", re.IGNORECASE)
_TARGET_ROW = re.compile(
    r"(?:.*\s)?(?:(?:target|fair)\s(?:price|value)|price\s(?:target|objective)|PT|TP)(?:\s*[(（].{1,12}[)）])?"
    r"|目标价(?:格)?(?:\s*[(（].{1,8}[)）])?",
    re.IGNORECASE,
)
_RATING = re.compile(rf"(?:{EN}|{ZH})", re.IGNORECASE)
_MONEY = re.compile(MONEY, re.IGNORECASE)


def changes(parts: Sequence[Piece]) -> list[Found]:
    """Rating and target price with those before, from the first table that has both in columns of old and new."""
    for part in parts:
        rows = [(start, line.split(" | ")) for start, line in _lines(part)] if part.kind == "table" else []
        found: list[Found] = []
        columns: tuple[int, int] | None = None
        for start, cells in rows:
            columns = _columns(cells) or columns
            if columns and len(cells) > max(columns):
                found += _row(part, start, cells, columns)
        if found:
            return found
    return []


def _lines(part: Piece) -> Iterator[tuple[int, str]]:
    at = 0
    for line in part.text.split("\n"):
        yield at, line
        at += len(line) + 1


def _columns(cells: Sequence[str]) -> tuple[int, int] | None:
    """Which cells have the heads of old and new values over them."""
    old, new = ([n for n, cell in enumerate(cells) if head.match(cell)] for head in _HEADS)
    return (old[0], new[0]) if len(old) == 1 and len(new) == 1 and old != new else None


def _row(part: Piece, start: int, cells: list[str], columns: tuple[int, int]) -> list[Found]:
    label = cells[0].strip(" :：")
    values = [head.sub("", cells[n], count=1).strip() for head, n in zip(_HEADS, columns, strict=True)]
    spans = [start + len(" | ".join(cells[:n])) + (3 if n else 0) for n in columns]
    places = [
        (part.start + at + cells[n].index(value), value) for at, n, value in zip(spans, columns, values, strict=True)
    ]
    if _RATING_ROW.fullmatch(label) and all(map(_RATING.fullmatch, values)):
        names = ("previous_rating", "rating")
        return [_at(name, written(value), at, value, part) for name, (at, value) in zip(names, places, strict=True)]
    prices = [_MONEY.fullmatch(value) for value in values]
    if not _TARGET_ROW.fullmatch(label) or None in prices:
        return []
    fields = []
    for name, price, (at, value) in zip(("previous_target_price", "target_price"), prices, places, strict=True):
        assert price is not None
        fields.append(_at(name, price["value"].replace(",", ""), at, value, part))
        if name == "target_price" and (money := currency(price["cur"], price["unit"], label, part.text)):
            fields.append(_at("currency", money, at, value, part))
    return fields


def _at(name: str, value: str, at: int, quote: str, part: Piece) -> Found:
    return Found(name, value, quote, at, at + len(quote), part.page)


def written(rating: str) -> str:
    """A rating in one spelling: ``overweight`` -> ``Overweight``; Chinese as it is."""
    if not rating.isascii():
        return rating
    words = " ".join(word.capitalize() for word in rating.replace("-", " ").split())
    return "In-line" if words == "In Line" else words


def currency(sign: str | None, unit: str | None, head: str | None, text: str) -> str:
    """ISO 4217, by the sign before the figure, the unit after it, or the unit in brackets; the yen sign by the text."""
    if sign in ("¥", "￥"):
        return "CNY" if re.search(r"[\u4e00-\u9fff]|RMB|CNY", text, re.IGNORECASE) else "JPY"
    named = [mark for mark in (sign, unit) if mark] or [
        mark for mark in sorted(CURRENCIES, key=len, reverse=True) if head and len(mark) > 1 and mark in head.upper()
    ]
    if not named and head and (short := re.search(r"[$€£¥￥₹₩元]", head)):
        named = [short[0]]
    return CURRENCIES.get(named[0].upper(), "") if named else ""
