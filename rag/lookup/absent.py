"""That a company's income statement has no line to work a margin out from, and which lines it has instead; and that a
row is not printed for a year.

A bank has no gross profit, and many financial companies print no operating income. A question for the way that such a
figure went is answered by what the statement does print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rag.answer.citations import slot
from rag.figures.context import read
from rag.language import analysis, lexicon
from rag.language.periods import Period
from rag.lookup.finder import Finder, RowFinder
from rag.lookup.question import Item, Sought, clause_of, item_of, row_sought, sought
from rag.lookup.table import Cell, labels_of
from rag.lookup.times import times_of, years_of
from rag.lookup.words import rows_of, scale_said, shown_cell
from rag.reports.statements import OWN, statement_tags
from rag.search.retrieve import Hits, Index
from rag.types import Report

# What a label of the statement would have for the figure to be worked out by someone, even where it was not found here.
_NEEDS = {
    "gross margin": (re.compile(r"\bgross (?:profit|margin)|\bcosts? of |\bcosts and expenses\b|毛利|营业成本", re.IGNORECASE), "gross profit or cost of sales", "毛利或营业成本"),
    "operating margin": (re.compile(r"\b(?:operating|operations)\b|营业利润", re.IGNORECASE), "operating income", "营业利润"),
}  # fmt: skip
FEWEST_YEARS = 2  # of a row, to tell that a report has none before them
_INSTEAD = ("revenue", "total expenses", "profit before tax", "net income")
_TOTAL = Item("total expenses", "total expenses", (frozenset({"total", "expens"}),), "income")


def no_such_line(finder: Finder, item: Item, times: Sequence[Period], chinese: bool) -> tuple[str, tuple[Cell, ...]]:
    """What is said of a margin that the statement has no line for, with the rows that it has instead.

    Raises LookupError where the statement may have the line, or is not known.
    """
    if item.name not in _NEEDS:
        raise LookupError(item.name)
    needs, line, line_in_chinese = _NEEDS[item.name]
    found = [cell for name in _INSTEAD if (cell := _cell(finder, name, times)) is not None]
    sections = {(cell.report.id, cell.evidence.passage.section) for cell in found}
    if len(found) < 2 or len(sections) > 1 or len({cell.head for cell in found}) > 1:
        raise LookupError(item.name)
    parts = [part for part in finder.tables(_item("revenue")) if (part.report.id, part.passage.section) in sections]
    if any(needs.search(label) for part in parts for label in labels_of(part.passage.text)):
        raise LookupError(item.name)
    rows = list(rows_of(found))
    if len(rows) < len(found):
        raise LookupError(item.name)
    said = "; ".join(f"{cell.label} {shown_cell(cell)}{slot(place)}" for place, cell in enumerate(found))
    # Worded without a denial: the rows of a table cannot bear one out. That there is no such line was looked for above.
    if chinese:
        text = f"利润表以下列项目代替{line_in_chinese}（{item.said}所依据的项目），{found[0].head}：{said}{scale_said(found, True)}。"
    else:
        text = (
            f"Instead of {line}, which a {item.said} is worked out from, the income statement prints for "
            f"{found[0].head}: {said}{scale_said(found, False)}."
        )
    return text, tuple(found)


def unexplained(
    index: Index, reports: Sequence[Report], question: str, hits: Hits, today: date | None
) -> Finder | None:
    """What looks for the lines of a margin whose change a question wants explained; None where it asks for no margin."""
    clause = clause_of(question)
    named = next((e.canonical for e in lexicon.expand(clause) if e.canonical in _NEEDS), None)
    if named is None or (item := item_of(named)) is None:
        return None
    chinese = analysis.language(question) == "zh"
    asked = Sought((item,), years_of(times_of(clause, today)), "trend", frozenset(), (), chinese)
    return Finder(index, reports, hits, asked)


def _item(name: str) -> Item:
    item = _TOTAL if name == _TOTAL.name else item_of(name)
    if item is None:
        raise LookupError(name)
    return item


def _cell(finder: Finder, name: str, times: Sequence[Period]) -> Cell | None:
    """The cell of a line of the income statement itself."""
    try:
        item = _item(name)
        cell = finder.cell(item, times[-1] if times else finder.newest([item]))
    except LookupError:
        return None
    own = statement_tags(cell.evidence.passage).get("income", 0.0) >= OWN
    return cell if own and cell.value != Decimal(0) else None


def year_lacking(
    index: Index, reports: Sequence[Report], hits: Hits, question: str, today: date | None, best: str = ""
) -> str:
    """The year that a question asks a figure of, where all tables that have its row begin later; empty for any other.

    ``best``: the words that would answer: not where they give a figure of that year.
    """
    row = row_sought(question, today)
    if row is None or row.operation != "value" or [when.kind for when in row.when] != ["year"]:
        return ""
    year = row.when[0].end.year
    if figure_of_year(best, year):
        return ""
    plain = sought(question, today)
    finders: list[tuple[Finder, Item]] = [(RowFinder(index, reports, hits, row), row.items[0])]
    if plain and len(plain.items) == 1 and not plain.rest:
        finders.append((Finder(index, reports, hits, plain), plain.items[0]))
    for finder, item in finders:
        years = {cell.when.end.year for cell in finder.cells(item) if cell.when.kind in ("year", "range")}
        if len(years) >= FEWEST_YEARS and year < min(years):
            return str(year)
    return ""


def figure_of_year(text: str, year: int) -> bool:
    """Whether a text gives a figure of a year."""
    times = (each.period for fact in read(text).facts for each in fact.periods)
    return any(time is not None and (time.kind, time.end.year) == ("year", year) for time in times)
