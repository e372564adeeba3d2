"""The figures of a table passage: each with the label of its row and the period of its column.

A reader writes a table as lines of cells between bars, its heads above it or in the sections (``2024 | 2023``). A cell in
accounting brackets is negative. The scale that a table states once (``in millions``) is no matter of this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rag.figures.context import Fact, Reading, read
from rag.figures.figure import Figure, Kind, Row
from rag.figures.find import figures, times_in
from rag.figures.metrics import families
from rag.figures.side import Side, side_of_row
from rag.figures.units import in_unit, measure_of
from rag.figures.words import CURRENCIES
from rag.language import analysis

BAR = " | "
_DIGIT = re.compile(r"\d")
_Head = tuple[tuple[Figure, ...], bool, frozenset[str], str, str]
_CELL = re.compile(
    r"(?P<cur>[A-Z]{0,3}[$€£¥]|RMB|HKD|USD|EUR|CNY|GBP)?\s*(?P<open>\(?)\s*(?P<minus>[-−–]?)\s*(?P<cur2>[$€£¥])?\s*"
    r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(?P<unit>%|x|X|倍|pts?|bps?|pp|ppt)?\s*\)?\s*(?P<after>%|pts?|bps?)?"
)
_MINUS = re.compile(r"\D*[(−–-]\D*\d")
_YEAR = re.compile(r"(?:FY)?(?:19|20)\d\d(?:[AEaepP]|年.{0,3})?")
_UNITS: dict[str, tuple[Kind, str]] = {
    "%": ("percent", "1"), "x": ("multiple", "1"), "倍": ("multiple", "1"), "pt": ("points", "1"), "pts": ("points", "1"), "pp": ("points", "1"),
    "ppt": ("points", "1"), "bp": ("points", "0.01"), "bps": ("points", "0.01"),
}  # fmt: skip
# The start of a head that the other heads of its line share: `Three Months Ended` of `Three Months Ended June 25, 2022 | June 26, 2021`.
_SPAN = re.compile(r"^.*?\b(?:ended|ending|as of|at)\b", re.IGNORECASE)
_SPAN_YEAR = re.compile(r"^((?P<lead>.*?\b(?:ended|ending|as of|at)\b).*?)(?:19|20)\d\d$", re.IGNORECASE)
_DATED = re.compile(r"(?:19|20)\d\d|\d[QH]\d|[QH]\d|FY ?\d|年|季")  # `Years ended December 31,` names no column
_UNDATED = re.compile(r"^(?:grand )?total$|\bthereafter\b|\bbeyond\b|^合计$|以后", re.IGNORECASE)
_DATE = re.compile(r"[A-Za-z]+\.? \d{1,2}, (?:19|20)\d\d")
_DAY_OPEN = re.compile(
    r"[A-Za-z]+\.?\s+\d{1,2},?$|\bended(?:\s+\d{1,2})?(?:\s+[A-Z][a-z]+)?,?$|^At(?:\s+\d{1,2})?\s+[A-Z][a-z]+$"
)
# Rows that the scale of the table is not for.
_UNSCALED = re.compile(
    r"per\b.{0,24}\bshare|\bEPS\b|per unit|\bprice\b|\b(?:ratio|margin|rate|yield)\b|(?<![\d.])\s?%|percent|headcount|employees|\bstaff\b|\bstores\b|\brooms\b|门店|\bdays\b|每股|股价|比率|率$|倍|人数|\bpence\b",
    re.IGNORECASE,
)
# Rows that are taken off: a figure in brackets is written without a minus in a sentence.
_TAKEN_OFF = re.compile(
    r"expens|expenditure|research|marketing|administrat|cost|loss|repa(?:y|id)|purchas|pa(?:id|yment)|used|withheld|dividend|tax|depreciat|amorti[sz]|decreas|deduct|less|provision|charge"
    r"|outflow|investing|financing|repurchas|deficit|distribut|allowance|write|fee|interest|dispos|retire|settle|forfeit|exercis|expire|treasury|liabilit|payable"
    r"|费用|研发|开支|成本|亏损|支付|偿还|购买|分配|税|折旧|摊销|减[:：少]?|流出|支出|减值|投资活动|筹资活动|负债",
    re.IGNORECASE,
)
_NET_OF = re.compile(r"\([^)]*\)|net of .*|before .*|after .*|税[前后]", re.IGNORECASE)  # `(loss)` is the other sign
_LOSS = re.compile(r"\bloss|deficit|亏损", re.IGNORECASE)
_DOWNWARD = re.compile(r"decreas|declin|reduc|降|减", re.IGNORECASE)
# A remark with amounts of its own, whose times are not the row's: `Receivables, less allowances of $2 ($3 in 2023)`.
_REMARK = re.compile(r"(?:, (?:less|net of)\b| \().*?[$€£¥]\s?\d.*$")
_CHANGE = re.compile(r"change|growth|yoy|y/y|increase|decrease|variance|同比|环比|增[长速幅]|变动|涨跌", re.IGNORECASE)


def is_table(text: str) -> bool:
    """Whether a text holds rows of cells: at least one line that has a bar and a figure in a cell behind it."""
    return BAR in text and any(_data(cells) for cells in map(_cells, text.split("\n")))


@lru_cache(maxsize=1024)
def read_table(text: str, above: str) -> Reading:
    """The facts of a table; ``above``: its innermost section, whose last part may be the heads of its columns."""
    facts: list[Fact] = []
    heads: tuple[_Head, ...] = ()
    outer = _outer_heads(above)
    position = 0
    measure = ""
    for line in text.split("\n"):
        cells = _cells(line)
        if _data(cells):
            facts.extend(_row_facts(line, cells, position, heads, outer, measure))
        elif len(cells) > 1:
            found = _heads(cells)
            heads = found if not heads or any(each[0] or each[2] for each in found) else heads
            measure = measure or measure_of(cells[0][1])
            facts.extend(_moved(fact, position) for fact in _told(line))  # `After 5 years` says so of its column
        elif _DIGIT.search(line):
            facts.extend(_moved(fact, position) for fact in _told(line))
        position += len(line) + 1
    times = times_in(text)
    times += tuple(each for head, *_ in (*heads, *outer) for each in head)
    metrics = frozenset(name for fact in facts for name in fact.metrics)
    return Reading(text, tuple(facts), times, (), ((0, len(text)),), metrics)


def _told(text: str) -> tuple[Fact, ...]:
    """The facts of a line or cell of running text; most heads have no figure but a period."""
    return read(text).facts if any(figure.kind != "period" for figure in figures(text)) else ()


def _cells(line: str) -> list[tuple[int, str]]:
    """Start and text of each cell."""
    cells, at = [], 0
    for cell in line.split("|"):
        inside = cell.strip()
        cells.append((at + len(cell) - len(cell.lstrip()), inside))
        at += len(cell) + 1
    if len(cells) > 2 and not cells[0][1] and line.lstrip().startswith("|"):
        cells = cells[1:]
    return cells


def _data(cells: Sequence[tuple[int, str]]) -> bool:
    """Whether a line is a row of figures: a cell behind the first holds a figure that is no year."""
    return len(cells) > 1 and any(_CELL.fullmatch(cell) and not _YEAR.fullmatch(cell) for _, cell in cells[1:])


def _outer_heads(above: str) -> tuple[_Head, ...]:
    """The periods of the columns as a section line tells them: ``... / Year ended 31 December / 2024 | 2023``."""
    parts = above.split(" / ")
    if "|" not in parts[-1]:
        return ()
    stub = parts[-2] if len(parts) > 1 else ""
    return _heads([(0, stub), *((0, cell.strip()) for cell in parts[-1].split("|"))], stub_is_title=True)


@lru_cache(maxsize=1024)
def _periods(head: str) -> tuple[Figure, ...]:
    return times_in(head)


def _heads(cells: Sequence[tuple[int, str]], stub_is_title: bool = False) -> tuple[_Head, ...]:
    """For each column behind the first, the periods of its head; one without takes those of the head before it. And
    whether it is a column of changes, the metrics that it names, its words where it has no period, and all of them.

    ``stub_is_title``: the first is a line above the heads, and never the head of a column.
    """
    stub, names = cells[0][1], [cell for _, cell in cells[1:]]
    dated = not stub_is_title and not _DAY_OPEN.search(stub) and _DATED.search(stub) and _periods(stub)
    titled = _IN_UNITS.search(stub) is not None
    # of every column without its own: `in millions, 2024 | North | South`, `2Q25, GBP m | Actual | Consensus | 2Q24`
    whole = dated if dated and (titled or not any(map(_periods, names))) else ()
    if dated and not whole:  # the line has no head above the labels: `December 31, 2022 | March 31, 2023`
        stub, names = "", [stub, *names]
    out: list[tuple[Figure, ...]] = []
    lead = ""
    changes = [index for index, name in enumerate(names) if _CHANGE.search(name) and not _periods(name)]
    for name in _spread(names):
        span = _SPAN.match(name)
        lead = span[0] if span else lead
        full = name
        if _YEAR.fullmatch(name) and _DAY_OPEN.search(stub):
            full = f"{stub.rstrip(',')}, {name}"
        elif lead and not span:
            full = f"{lead} {name}"
        own = _periods(full) or _periods(name)
        out.append(own or (() if _UNDATED.search(name) else out[-1] if out else whole))
    if len(changes) == 1:  # one column of changes is of the latest year: `2023 | 2022 | Change`
        timed = [each for index, each in enumerate(out) if each and index != changes[0]]
        if len(timed) > 1:
            out[changes[0]] = max(timed, key=lambda each: each[0].period.end if each[0].period else date.min)
    return tuple(
        (each, bool(_CHANGE.search(name)), families(name), "" if _periods(name) else name, name)
        for each, name in zip(out, names, strict=True)
    )


def _spread(names: Sequence[str]) -> list[str]:
    """Heads whose span is printed over the middle of its columns: it is the one of the years in front of it, too.

    ``2023 | Three Months Ended March 31, 2022 | 2023 | Nine Months Ended March 31, 2022``.
    """
    if not names or not _YEAR.fullmatch(names[0]):
        return list(names)
    out: list[str] = []
    span = None
    for name in reversed(names):
        span = _SPAN_YEAR.match(name) or span
        if span and _YEAR.fullmatch(name):
            name = f"{span[1]}{name}"
        elif span and _DATE.fullmatch(name):
            name = f"{span['lead']} {name}"
        out.append(name)
    return out[::-1]


def _row_facts(
    line: str,
    cells: Sequence[tuple[int, str]],
    position: int,
    heads: Sequence[_Head],
    outer: Sequence[_Head],
    measure: str,
) -> Iterator[Fact]:
    label = cells[0][1]
    first = 0 if _CELL.fullmatch(label) and not _YEAR.fullmatch(label) else 1
    values = cells[first:]
    count = len(values)
    columns: Sequence[_Head] = ()
    for each in (outer, heads):
        if len(each) == count or (len(each) == count + 1 and first == 0):
            columns = each[-count:]
            break
    for each in (heads, outer):  # cells that are empty to the end of a row are not written
        if not columns and first and len(each) > count and any(head for head, *_ in each):
            columns = each[:count]
    row = _row(label if first else "")
    own = _periods(_REMARK.sub("", row[0].label))
    if first and _DIGIT.search(label):
        said = (fact for fact in _told(label) if not own or fact.figure.kind in ("percent", "money"))
        yield from (_moved(fact, position + cells[0][0]) for fact in said)
    named = next(
        (f"({cell})" for head, (_, cell) in zip(columns, values, strict=False) if _UNIT.fullmatch(head[-1])), ""
    )
    levels = [cell for each, (_, cell) in zip(columns, values, strict=False) if not each[1]]
    # changes of a loss, and of what is taken off, may be told with the other sign
    of_amounts = bool(levels) and not row[1].loss and not any(_MINUS.match(cell) for cell in levels)
    for index, (start, cell) in enumerate(values):
        match = _CELL.fullmatch(cell)
        when, change, metrics, head, whole = columns[index] if columns else ((), False, frozenset(), "", "")
        if match is not None:
            figure = in_unit(_figure(match, cell, position + start), row[0].label, named, whole, measure)
            change = change and (figure.kind == "percent" or of_amounts) and not _DOWNWARD.search(line)
            times = when or own, own if when else ()
            yield _fact(figure, row, times, (position, position + len(line)), metrics, head, change)
        elif _DIGIT.search(cell):
            for fact in _told(cell):
                yield replace(_moved(fact, position + start), row=row[0], periods=fact.periods or when or own)


# What the head above the labels tells of the whole table: its currency and scale.
_IN_UNITS = re.compile(
    r"[,，(（/]\s?(?:in\s)?(?:[A-Z]{2,3}\$?|[$€£¥])\s?(?:m|mn|bn|k|million|billion)\b|单位|[百千]?[万亿][港美欧]?元"
)
_UNIT = re.compile(r"units?|单位", re.IGNORECASE)  # the head of a column that tells what each row is in


@dataclass(frozen=True, slots=True)
class _Said:
    """What the label of a row says of its figures. ``sides``: of one as it is, and of one with a minus."""

    unscaled: bool
    change: bool
    loss: int
    metrics: frozenset[str]
    sides: tuple[Side, Side]


@lru_cache(maxsize=4096)
def _row(label: str) -> tuple[Row, _Said]:
    plain = _NET_OF.sub(" ", label)
    said = _Said(
        unscaled=bool(_UNSCALED.search(label)),
        change=bool(_CHANGE.search(label)),
        loss=int(bool(_LOSS.search(plain))),
        metrics=families(label),
        sides=(side_of_row(plain, negative=False), side_of_row(plain, negative=True)),
    )
    return Row(label, analysis.content_words(label), bool(_TAKEN_OFF.search(plain))), said


def _fact(
    figure: Figure, row: tuple[Row, _Said], times: tuple[tuple[Figure, ...], tuple[Figure, ...]], line: tuple[int, int],
    metrics: frozenset[str], head: str, change: bool,
) -> Fact:  # fmt: skip
    """The fact of a cell: ``times``, those of its column and of its row; ``metrics`` and ``head`` of its column, which is one of
    changes where ``change`` says so."""
    place, said = row
    if figure.kind in ("number", "money") and said.unscaled:
        figure = replace(figure, scaled=True)
    signed = figure.sign < 0
    when, of_row = times
    tense = 1 if any(each.estimate for each in when) else -1 if any(each.actual for each in when) else 0
    way = figure.sign if figure.kind in ("percent", "points") and said.change else 0
    return Fact(
        figure, way=(figure.sign or 1) if change else way, worded=0, sure=False, signed=signed, loss=said.loss, level=False,
        negated=False, periods=when, bases=of_row, metrics=said.metrics or metrics, tense=tense, sentence=line, row=place,
        past=False if tense > 0 else None, side=said.sides[signed] if figure.kind in ("money", "number") else "", column=head,
    )  # fmt: skip


def _figure(match: re.Match[str], cell: str, start: int) -> Figure:
    kind: Kind
    kind, factor = _UNITS.get((match["unit"] or match["after"] or "").lower(), ("number", "1"))
    currency = CURRENCIES.get((match["cur"] or match["cur2"] or "").lower(), "")
    if currency and kind == "number":
        kind = "money"
    value = Decimal(match["n"].replace(",", ""))
    minus = bool(match["minus"]) or (bool(match["open"]) and cell.endswith((")", "%")))
    one = Decimal(factor)
    step = one.scaleb(int(value.as_tuple().exponent))
    return Figure(
        kind,
        cell,
        start,
        start + len(cell),
        value=value * one,
        sign=-1 if minus else 0,
        currency=currency,
        factor=one,
        step=step,
    )


def _moved(fact: Fact, by: int) -> Fact:
    """The same fact, with its characters counted from the start of the table."""
    figure = replace(fact.figure, start=fact.figure.start + by, end=fact.figure.end + by)
    return replace(fact, figure=figure, sentence=(fact.sentence[0] + by, fact.sentence[1] + by))
