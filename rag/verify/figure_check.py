"""The figures of a sentence against the passages it cites: which stand there as the sentence has them, which do not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rag.language.periods import periods
from rag.types import Evidence, Passage
from rag.verify.alignment import changed
from rag.verify.arithmetic import follows
from rag.verify.figure import Figure, Row
from rag.verify.figure_columns import column_problem, fiscal_shift, row_problem
from rag.verify.figure_context import Fact, Reading, ranges, read
from rag.verify.figure_lists import other_order
from rag.verify.figure_match import (
    NOT_THERE,
    TURNED,
    Problem,
    is_relative,
    named_in,
    problem,
    readings,
    same_measure,
    same_value,
    slack,
    table_currency,
    table_scale,
    values_of,
)
from rag.verify.figure_owner import check_owners
from rag.verify.figure_shown import in_equations
from rag.verify.figure_table import is_table, read_table
from rag.verify.figures import figures

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
    context: str
    everything: str  # context and text
    periods: tuple[Figure, ...]
    named: frozenset[str]  # their labels
    scale: Decimal | None
    currency: str
    dated: tuple[str, ...]  # labels of periods that only the report's date makes exact
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


def source_of(passage: Evidence | Passage | str) -> Source:
    """A passage as it is compared; of evidence, the report's title, broker, date and sections are its context."""
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
    return _source(text, context, above, day, period)


@lru_cache(maxsize=1024)
def _context(
    title: str, broker: str | None, day: date | None, period: str, companies: Sequence[str], sections: Sequence[str]
) -> str:
    return joined([title, broker, str(day or ""), period, *companies, *sections])


@lru_cache(maxsize=1024)
def _source(text: str, context: str, above: str, day: date | None, period: str) -> Source:
    labels: tuple[str, ...] = ()
    if day and _RELATIVE.search(text):
        labels = tuple(each.label for each in periods(text, day))
    table = is_table(text)
    reading = read_table(text, above) if table else read(text)
    named = (*reading.periods, *_named(context)) if context else reading.periods
    named = tuple({(each.unit, each.period): each for each in reversed(named)}.values())[::-1]
    own = {fact.figure.currency for fact in reading.facts if fact.figure.currency} if table else set()
    currency = table_currency(f"{context} {text}") or (own.pop() if len(own) == 1 else "")
    scale = table_scale(text) or table_scale(above) or table_scale(context)
    rows = tuple(dict.fromkeys(fact.row for fact in reading.facts if fact.row is not None and fact.row.terms))
    values: list[tuple[Decimal, Figure, Fact]] = []
    for fact in reading.facts:
        if fact.figure.kind not in ("label", "ratio"):
            for figure in readings(fact.figure):
                values.extend((value, figure, fact) for value in dict.fromkeys(values_of(figure, scale)))
    values.sort(key=lambda each: each[0])
    shift = fiscal_shift(_named(period)) if period else 0
    return Source(
        reading=reading,
        context=context,
        everything=f"{context} {text}",
        periods=named,
        named=frozenset(each.unit for each in named),
        scale=scale,
        currency=currency,
        dated=labels,
        table=table,
        shift=shift,
        rows=rows,
        values=tuple(each[0] for each in values),
        valued=tuple((figure, fact) for _, figure, fact in values),
    )


@lru_cache(maxsize=512)
def _named(context: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures(context) if figure.kind == "period")


def joined(parts: Sequence[str | None]) -> str:
    """Non-empty parts with a separator that no rule reads."""
    return " · ".join(part for part in parts if part)


def check_figures(
    wanted: Reading, sources: Sequence[Source]
) -> tuple[dict[str, Fact], dict[str, str], list[dict[str, None]]]:
    """Figures found, by their text; what is wrong with the others; and the figures of each source."""
    found: dict[str, Fact] = {}
    problems: dict[str, str] = {}
    where: list[dict[str, None]] = [{} for _ in sources]
    missing: list[Fact] = []
    for fact in wanted.facts:
        shown = fact.figure.text.strip()
        results = [_look(fact, source, wanted) for source in sources]
        good = [index for index, result in enumerate(results) if result is None]
        for index in good:
            where[index][shown] = None
        if good:
            found[shown] = fact
            continue
        nearest = min((result for result in results if result), key=lambda result: result.rank)
        if not fact.figure.soft or nearest.rank <= TURNED or _contradicted(fact, wanted, sources):
            problems[shown] = nearest.text
            if nearest.rank > TURNED:
                missing.append(fact)
    problems.update(_ranges(wanted, sources, found))
    problems.update(other_order(wanted, [source.reading for source in sources], found))
    owned = check_owners(wanted, [source.reading for source in sources if not source.table])
    problems.update({shown: reason for shown, reason in owned.items() if shown in found})
    right, denied = in_equations(wanted, found, [(source.reading, source.scale) for source in sources])
    for shown, fact in right.items():
        problems.pop(shown, None)
        found.setdefault(shown, fact)
    for fact in missing:
        shown = fact.figure.text.strip()
        if shown in problems and shown not in denied and follows(fact, list(found.values()), wanted.text):
            problems.pop(shown, None)
            found[shown] = fact
    return found, problems, where


def _look(fact: Fact, source: Source, wanted: Reading) -> Problem | None:
    """None when the source has the figure as the sentence has it; else the nearest miss."""
    figure = fact.figure
    shown = figure.text.strip()
    if figure.kind in ("label", "ratio"):
        return None if _has_label(figure, source) else Problem(NOT_THERE, f"{shown} is not in the cited passages")
    best = Problem(NOT_THERE, f"{shown} is not in the cited passages")
    for own in readings(figure):
        for found, other in _candidates(own, source):
            if not same_measure(own, found, source.reading.text, source.currency):
                miss: Problem | None = Problem(6, f"the cited passage has {other.figure.text.strip()}, not {shown}")
            else:
                miss = problem(fact, other, wanted, source.reading.metrics)
                if miss is None and other.row is not None:
                    miss = column_problem(fact, other, source.shift) or row_problem(fact, other, wanted, source.rows)
            if miss is None:
                return None
            best = min(best, miss, key=lambda each: each.rank)
    return best


def _candidates(figure: Figure, source: Source) -> Iterator[tuple[Figure, Fact]]:
    """The figures of a source that have the value of one of the sentence, each once."""
    reach = slack(figure)
    start = bisect_left(source.values, figure.value - reach)
    end = bisect_right(source.values, figure.value + reach)
    seen: set[int] = set()
    for other, fact in source.valued[start:end]:
        if id(other) not in seen and same_value(figure, other, source.scale):
            seen.add(id(other))
            yield other, fact


def _ranges(wanted: Reading, sources: Sequence[Source], found: dict[str, Fact]) -> dict[str, str]:
    """Ranges of which each end stands in a passage, but in different ranges: `12.4-12.5` of `12.4-12.8` and `12.0-12.5`."""
    there = [each for source in sources if not source.table for each in ranges(source.reading)]
    problems: dict[str, str] = {}
    for low, high in ranges(wanted):
        touched = [
            each
            for each in there
            if low.value in (each[0].value, each[1].value) or high.value in (each[0].value, each[1].value)
        ]
        equal = any((low.value, high.value) == (a.value, b.value) for a, b in touched)
        if not equal and (touched or low.value >= high.value > 0):
            problems[low.text.strip()] = f"{low.text.strip()}-{high.text.strip()} is no range of the cited passages"
    return {shown: text for shown, text in problems.items() if shown in found}


def _has_label(figure: Figure, source: Source) -> bool:
    if figure.kind == "ratio":
        return any(fact.figure.unit == figure.unit for fact in source.reading.facts)
    return any(_stands_in(figure.unit, text) for text in (source.reading.text.lower(), source.context.lower()))


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text of small letters, not inside a longer word or number."""
    at = text.find(name)
    while at >= 0:
        if not _IN_WORD.match(text, at + len(name)) and not (at and _IN_WORD.match(text, at - 1)):
            return True
        at = text.find(name, at + 1)
    return False


_TIMES = ("month", "week", "day", "hour")
_IN_WORD = re.compile("[a-z0-9]")
_NEXT_WORD = re.compile(r"\s*([A-Za-z]{3,}|[\u4e00-\u9fff]{2})")


def _contradicted(fact: Fact, wanted: Reading, sources: Sequence[Source]) -> bool:
    """Whether the sources give another number of the very thing that a small number word counts."""
    if fact.figure.unit in _TIMES:
        word = fact.figure.text.split()[-1].rstrip("s")
        same = [
            f.figure for source in sources for f in source.reading.facts if f.figure.text.rstrip("s").endswith(word)
        ]
        return any(other.unit == fact.figure.unit and other.soft for other in same)
    thing = _NEXT_WORD.match(wanted.text, fact.figure.end)
    if thing is None:
        return False
    name = thing[1].lower()[:5]
    for source in sources:
        for other in source.reading.facts:
            said = _NEXT_WORD.match(source.reading.text, other.figure.end)
            if said and said[1].lower()[:5] == name and other.figure.value != fact.figure.value:
                return True
    return False


def check_periods(
    wanted: Reading, sources: Sequence[Source], found: dict[str, Fact], where: list[dict[str, None]]
) -> dict[str, str]:
    """Periods and dates of the sentence that no source names. Those that one does are added to ``where``."""
    problems: dict[str, str] = {}
    for figure in wanted.periods:
        if figure.soft:
            continue  # part of a name
        shown = figure.text.strip()
        named = False
        for source, own in zip(sources, where, strict=True):
            if figure.unit in source.named or figure.unit in source.dated or named_in(figure, source.periods):
                own[shown] = None
                named = True
        if named or (is_relative(figure) and any(fact.against for source in sources for fact in source.reading.facts)):
            continue  # `a year ago`, where the passage has a change on the year
        relative = [is_relative(each) and _kind(each) == _kind(figure) for source in sources for each in source.periods]
        if not ((is_relative(figure) or any(relative)) and not any(source.dated for source in sources)):
            problems[shown] = f"{shown} is not in the cited passages"
    return problems


def check_places(wanted: Reading, sources: Sequence[Source], problems: dict[str, str]) -> str:
    """Add figures that the same words surround another figure for; say which word of direction was turned."""
    turned = ""
    for slot, other in changed(wanted, [source.reading for source in sources if not source.table]):
        if slot.kind == "move":
            turned = f"It says {slot.text} where the cited passage says {other.text}."
        elif slot.text not in problems:
            problems[slot.text] = f"the cited passage has {other.text}, not {slot.text}, in that place"
    return turned


def _kind(figure: Figure) -> str:
    return figure.period.kind if figure.period else ""
