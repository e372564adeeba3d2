"""Sentences that a model would write from a row of a table: label, figure with scale and currency, period of the column."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from eval.plant_text import CJK, number, rescaled, shown
from rag import Evidence

_CELL = re.compile(
    r"(?P<cur>US\$|HK\$|[$€£¥])?\s?(?P<neg>[(\-−–]\s?\$?\s?)?(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\)?\s?(?P<pct>%)?"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCALE = re.compile(
    r"(?:\bin |\()(?P<a>thousands|millions|billions)\b|\b(?:USD|EUR|RMB|CNY|GBP) (?P<b>thousand|million|mn|billion|bn)\b|单位[::]\s?(?:人民币)?(?P<c>万|百万|亿)",
    re.I,
)
_POWER = {
    "thousands": 3,
    "thousand": 3,
    "millions": 6,
    "million": 6,
    "mn": 6,
    "billions": 9,
    "billion": 9,
    "bn": 9,
    "万": 4,
    "百万": 6,
    "亿": 8,
}
_CODES = re.compile(r"\b(USD|EUR|RMB|CNY|GBP)\b|人民币")
_NOT_MONEY = re.compile(
    r"per share|shares?\b|percent|rate|ratio|%|number|headcount|employees|stores|days|years|每股|股数|率|人数|倍", re.I
)
_DATE_HEAD = re.compile(
    r"(?i)(?:(?:three|six|nine|twelve) months ended|quarter ended|years? ended|as of|at)?[\s:]*(?:[A-Z][a-z]{2,8}\.? \d{1,2}, )?(?:19|20)\d\d[EeAa]?|(?:19|20)\d\d年(?:末|预测|度)?|[1-4]Q\d\d|(?:19|20)\d\d年?[一二三四]季度"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures: ``cells`` as (value, is a percentage, has its own currency); values are as printed, with sign."""

    label: str
    cells: tuple[tuple[Decimal, bool, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """``heads``: what the columns are for, one for each cell of a row; ``power`` of ten of bare amounts; currency sign."""

    evidence: Evidence
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    power: int
    currency: str
    chinese: bool


def grid_of(evidence: Evidence) -> Grid | None:
    """A table passage whose columns are periods, as a grid; None where this reading is not sure."""
    passage = evidence.passage
    above = " ".join(passage.section[-2:])
    lines = passage.text.split("\n")
    rows = [row for row in map(_row, lines) if row]
    heads = _heads(passage.section[-1].split(" / ")[-1] if passage.section else "") or next(
        (heads for heads in map(_heads, lines) if heads), ()
    )
    rows = [row for row in rows if len(row.cells) == len(heads)]
    if len(heads) < 2 or len(set(heads)) < len(heads) or len(rows) < 2 or len({row.label for row in rows}) < len(rows):
        return None
    text = f"{above} {passage.text}"
    scales = {_POWER[(match["a"] or match["b"] or match["c"]).lower()] for match in _SCALE.finditer(text)}
    if len(scales) > 1:
        return None
    signs = {cell[2] for row in rows for cell in row.cells if cell[2]}
    code = _CODES.search(text)
    currency = (
        signs.pop()
        if len(signs) == 1
        else ("RMB" if code and code[0] in ("RMB", "人民币", "CNY") else code[0])
        if code
        else ""
    )
    return Grid(evidence, heads, tuple(rows), scales.pop() if scales else 0, currency, bool(CJK.search(rows[0].label)))


def _heads(line: str) -> tuple[str, ...]:
    cells = [cell.strip() for cell in line.split(" | ")]
    if cells and not _DATE_HEAD.fullmatch(cells[0]):
        cells = cells[1:]
    if len(cells) < 2 or not all(_DATE_HEAD.fullmatch(cell) for cell in cells):
        return ()
    return tuple(cells)


def _row(line: str) -> Row | None:
    cells = [cell.strip() for cell in line.split(" | ")]
    label = cells[0].rstrip(":").strip()
    if (
        len(cells) < 3
        or not re.search(r"[A-Za-z\u4e00-\u9fff]{2}", label)
        or re.search(r"\d|\*", label)
        or len(label) > 60
    ):
        return None
    if re.fullmatch(r"(?i)total|other|net|subtotal|合计|其他|.*:", label) or not (
        label[0].isupper() or CJK.match(label)
    ):
        return None
    read = [_CELL.fullmatch(cell) for cell in cells[1:]]
    if any(match is None for match in read):
        return None
    found = []
    for match in read:
        if match is not None:
            value = number(match["n"])
            found.append((-value if match["neg"] else value, bool(match["pct"]), match["cur"] or ""))
    return Row(label, tuple(found))


def _money(grid: Grid, row: Row) -> bool:
    return bool(grid.currency) and not _NOT_MONEY.search(row.label)


def _value(grid: Grid, row: Row, column: int, pick: random.Random) -> str:
    """A cell as it would be written; empty where the row's measure is not clear."""
    value, percent, _own = row.cells[column]
    minus = "-" if value < 0 else ""
    if percent:
        return f"{minus}{shown(abs(value), grouped=True)}%"
    if not _money(grid, row):
        return ""
    plain = abs(value)
    if grid.chinese:
        amount = rescaled(plain.scaleb(grid.power), True, pick)
        return f"{minus}{amount}元" if amount else ""
    words = {3: " thousand", 6: pick.choice([" million", "mn"]), 9: pick.choice([" billion", "bn"]), 0: ""}[grid.power]
    amount = f"{plain:,f}{words}"
    if grid.power and pick.random() < 0.5:
        amount = rescaled(plain.scaleb(grid.power), False, pick) or amount
    sign = (
        grid.currency if grid.currency in ("$", "€", "£", "¥", "US$", "HK$") else grid.currency + pick.choice([" ", ""])
    )
    return f"{minus}{sign}{amount}"


def _when(head: str) -> str:
    """A column's head as a phrase of a sentence."""
    if CJK.search(head):
        return head.replace("预测", "")
    plain = re.sub(r"(?<=\d)[AaEe]$", "", head).strip()
    if re.match(r"(?i)(?:three|six|nine|twelve) months|quarter|years?", plain):
        return "in the " + re.sub(r"(?i)^years ended", "year ended", plain[0].lower() + plain[1:])
    if re.match(r"(?i)as of|at", plain):
        return plain[0].lower() + plain[1:]
    return ("as of " if re.match("[A-Z][a-z]", plain) else "in ") + plain


def _said(label: str) -> str:
    """A row's label inside a sentence."""
    return label if CJK.search(label) or label[:2].isupper() else label[0].lower() + label[1:]


def sentences_of(grid: Grid, pick: random.Random) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """(kind, right sentence, [(kind, false sentence) of its own]) for a few rows of a table."""
    for row in pick.sample(grid.rows, min(3, len(grid.rows))):
        a, b = pick.sample(range(len(grid.heads)), 2)
        value, other = _value(grid, row, a, pick), _value(grid, row, b, pick)
        if (
            not value
            or not other
            or row.cells[a][0] == row.cells[b][0]
            or any(re.search(r"\d[Ee]$|预测", grid.heads[c]) for c in (a, b))
        ):
            continue
        company = pick.choice(grid.evidence.report.companies) if grid.evidence.report.companies else "The company"
        frames = (
            ["{when}{label}为{value}。", "{label}在{when}为{value}。"]
            if grid.chinese
            else [
                "{Label} was {value} {when}.",
                "{When}, {label} came to {value}.",
                "{company} reported {label} of {value} {when}.",
            ]
        )
        frame = pick.choice(frames)

        def filled(label: str, value: str, head: str, frame: str = frame, company: str = company) -> str:
            when = _when(head)
            words = {
                "label": _said(label),
                "Label": label,
                "value": value,
                "when": when,
                "When": when[:1].upper() + when[1:],
                "company": company,
            }
            return frame.format(**words)

        false = [("column", filled(row.label, value, grid.heads[b]))]
        false += [("row", filled(each.label, value, grid.heads[a])) for each in _other_rows(grid, row, a)[:1]]
        yield "row", filled(row.label, value, grid.heads[a]), false
        yield from _changes(grid, row, a, b, pick)


def _other_rows(grid: Grid, row: Row, column: int) -> list[Row]:
    """Rows that share no word with a row and hold another figure."""
    words = set(re.findall(r"[a-z]{4,}|[\u4e00-\u9fff]", row.label.lower()))
    out = []
    for each in grid.rows:
        if not words & set(re.findall(r"[a-z]{4,}|[\u4e00-\u9fff]", each.label.lower())) and abs(
            each.cells[column][0]
        ) not in {abs(cell[0]) for cell in row.cells}:
            out.append(each)
    return out


def _changes(
    grid: Grid, row: Row, a: int, b: int, pick: random.Random
) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Growth and difference from one column to another, with the working shown."""
    early, late = sorted((a, b), key=lambda column: [*_YEAR.findall(grid.heads[column]), grid.heads[column]])
    first, last = row.cells[early][0], row.cells[late][0]
    if not (first > 0 and last > 0) or row.cells[a][1] or _YEAR.findall(grid.heads[a]) == _YEAR.findall(grid.heads[b]):
        return
    one, two = _value(grid, row, early, pick), _value(grid, row, late, pick)
    growth = abs(last - first) / first * 100
    if growth > 300 or growth < 1:
        return
    up = last > first
    right, wrong = f"{growth:.1f}%", f"{growth * pick.choice([Decimal('1.3'), Decimal('0.7')]) + 2:.1f}%"
    if grid.chinese:
        frame = "{label}{way}{growth},由{when1}的{one}{to}至{when2}的{two}。"
        ways = [("增长", "增"), ("下降", "降")]
    else:
        frame = pick.choice(
            [
                "{Label} {way} {growth}, from {one} {when1} to {two} {when2}.",
                "{Label} {way} by {growth} to {two} {when2} from {one} {when1}.",
            ]
        )
        ways = [("rose", ""), ("fell", "")]

    def filled(growth: str, up: bool) -> str:
        way, to = ways[0] if up else ways[1]
        return frame.format(
            label=row.label,
            Label=row.label,
            way=way,
            to=to,
            growth=growth,
            one=one,
            two=two,
            when1=_when(grid.heads[early]),
            when2=_when(grid.heads[late]),
        )

    yield "growth", filled(right, up), [("growth", filled(wrong, up)), ("direction", filled(right, not up))]
    power = grid.power or 0
    change = abs(last - first)
    sign = grid.currency
    if not grid.chinese and power:
        word = {3: "thousand", 6: "million", 9: "billion"}[power]
        way = "an increase" if up else "a decrease"
        frame2 = "{label} went from {one} {when1} to {two} {when2}, {way} of {sign}{change:,f} {word}."

        def told(change: Decimal, way: str) -> str:
            return frame2.format(
                label=row.label,
                one=one,
                two=two,
                when1=_when(grid.heads[early]),
                when2=_when(grid.heads[late]),
                way=way,
                sign=sign if len(sign) < 2 or sign.endswith("$") else sign + " ",
                change=change,
                word=word,
            )

        yield (
            "difference",
            told(change, way),
            [
                ("difference", told(change * 2 + 1, way)),
                ("direction", told(change, "a decrease" if up else "an increase")),
            ],
        )
