"""A passage as the check compares it: its figures in order of value, and the words above it that name a period or a company."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rag.figures.columns import fiscal_shift
from rag.figures.context import Fact, Reading, read
from rag.figures.figure import Figure, Row
from rag.figures.find import times_in
from rag.figures.flat import split
from rag.figures.lost import restored
from rag.figures.scale import scale_told
from rag.figures.table import is_table, read_table
from rag.figures.value import readings, table_currency, table_scale, values_of
from rag.language.periods import periods
from rag.types import Evidence, Passage

_BETWEEN = " · "
_MARKERS = re.compile(r"(?:\s*\[\d{1,3}\])+(?P<next>[.。]?\s+[-–—]\s+)?")
# Words that only the report's date makes a period of.
_RELATIVE = re.compile(
    r"\b(?:last|this|next|previous|prior|current|year|quarter|month|week|today|yesterday|half|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|[12]h|[1-4]q|q[1-4]|h[12])\b|[年月季周日]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A passage, and the words above it (title, broker, date, section) that may name a period or a company."""

    reading: Reading
    as_it_is: str  # the text of a passage that lost its points, as it stands; empty where none was lost
    context: str
    everything: str  # context and text
    periods: tuple[Figure, ...]
    named: frozenset[str]  # their labels
    scale: Decimal | None
    currency: str
    day: date | None
    table: bool
    shift: int
    rows: tuple[Row, ...]
    values: tuple[Decimal, ...]  # every value that a figure may have, in order
    valued: tuple[tuple[Figure, Fact], ...]  # the figure and fact of each


def body_of(passage: Evidence | Passage | str) -> str:
    """The passage's own text."""
    if isinstance(passage, Evidence):
        return passage.passage.text
    return passage.text if isinstance(passage, Passage) else passage


def sources_of(passage: Evidence | Passage | str) -> tuple[Source, ...]:
    """A passage as it is compared: its running text and its table are two, where the table has no bars. Of evidence, the report's
    title, broker, date and sections are the context."""
    text, context, above = body_of(passage), "", ""
    day, period = None, ""
    if isinstance(passage, Evidence):
        report, sections = passage.report, passage.passage.section
        day, period = report.date, report.period or ""
        context = _context(report.title, report.broker, day, period, report.companies, sections)
        above = sections[-1] if sections else ""
    elif isinstance(passage, Passage):
        context = joined(passage.section)
        above = passage.section[-1] if passage.section else ""
    told, rows = split(_without_markers(text))
    if not rows:
        return (_source(told, context, above, day, period),)
    table = _source(rows, context, above, day, period, told)
    return (_source(told, context, above, day, period), table) if told.strip() else (table,)


def _without_markers(text: str) -> str:
    """A text of notes without the numbers of their sources; what stands behind one and a dash is a line of its own."""
    return _MARKERS.sub(_blank, text) if "[" in text else text


def _blank(match: re.Match[str]) -> str:
    if not match["next"]:
        return ""
    return ".\n" if match.string.isascii() else "。\n"


@lru_cache(maxsize=1024)
def _context(
    title: str, broker: str | None, day: date | None, period: str, companies: Sequence[str], sections: Sequence[str]
) -> str:
    return joined([title, broker, str(day or ""), period, *companies, *sections])


@lru_cache(maxsize=1024)
def _source(text: str, context: str, above: str, day: date | None, period: str, beside: str = "") -> Source:
    """``beside``: the text about a table, which may tell its scale."""
    as_it_is, text = text, restored(text)
    table = is_table(text)
    reading = read_table(text, above) if table else read(text)
    named = (*reading.periods, *_named(context)) if context else reading.periods
    named = tuple({(each.unit, each.period): each for each in reversed(named)}.values())[::-1]
    own = {fact.figure.currency for fact in reading.facts if fact.figure.currency} if table else set()
    currency = table_currency(f"{context}\n{text}") or (own.pop() if len(own) == 1 else "")
    scale = table_scale(text) or table_scale(above) or table_scale(context) or table_scale(beside)
    if table and scale is None:
        scale = scale_told(reading.facts, read(beside).facts)
    rows = tuple(dict.fromkeys(fact.row for fact in reading.facts if fact.row is not None and fact.row.terms))
    values, valued = in_order(reading, scale)
    shift = fiscal_shift(_named(period)) if period else 0
    return Source(
        reading=reading,
        as_it_is=as_it_is if as_it_is != text else "",
        context=context,
        everything=f"{context} {text}",
        periods=named,
        named=frozenset(each.unit for each in named),
        scale=scale,
        currency=currency,
        day=day,
        table=table,
        shift=shift,
        rows=rows,
        values=values,
        valued=valued,
    )


@lru_cache(maxsize=1024)
def by_day(text: str, day: date | None) -> tuple[str, ...]:
    """Labels of periods that only the report's date makes exact; few sentences ask for them."""
    return tuple(each.label for each in periods(text, day)) if day and _RELATIVE.search(text) else ()


Values = tuple[tuple[Decimal, ...], tuple[tuple[Figure, Fact], ...]]


@lru_cache(maxsize=1024)
def in_order(reading: Reading, scale: Decimal | None) -> Values:
    """Every value that a figure of a text may have, in order, and the figure and fact of each."""
    values: list[tuple[Decimal, Figure, Fact]] = []
    for fact in reading.facts:
        if fact.figure.kind not in ("label", "ratio"):
            for figure in readings(fact.figure):
                values.extend((value, figure, fact) for value in dict.fromkeys(values_of(figure, scale)))
    values.sort(key=lambda each: each[0])
    return tuple(each[0] for each in values), tuple((figure, fact) for _, figure, fact in values)


@lru_cache(maxsize=512)
def _named(context: str) -> tuple[Figure, ...]:
    """The periods of a context, part by part: most are shared with other passages of the report."""
    parts = [times_in(part) for part in context.split(_BETWEEN)]
    if any(each.period and each.period.implied for part in parts for each in part):
        return times_in(context)  # a part of a year takes its year from the other parts
    return tuple(figure for part in parts for figure in part)


def joined(parts: Sequence[str | None]) -> str:
    """Non-empty parts with a separator that no rule reads."""
    return _BETWEEN.join(part for part in parts if part)
