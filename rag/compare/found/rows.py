"""A row of a table as a cell of a comparison: which row is asked for, and its figures of the time that is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.table_answer import Grid, Row, grid
from rag.compare.found.times import IN_CONTEXT, lengths
from rag.language import analysis
from rag.language.periods import Period, periods
from rag.language.words import space, terms_of
from rag.question.concepts import Asked
from rag.question.coverage import coverage, covered
from rag.reports.names import names_of
from rag.types import Evidence, Report

CLOSE_ROW = 0.85  # share of the best row's coverage from which another row may be meant as well
NEAR = 7  # days by which the end of a company's own quarter may differ from that of the calendar's
_MONTHS = {"quarter": 3, "half": 6, "year": 12}


_UNIT = re.compile(
    r"[(（][^()（）]{1,24}[)）]$|\b(?:USD|EUR|GBP|RMB|CNY|HKD|NOK|JPY|US\$|HK\$|[$€£])\s*(?:million|billion|thousand|mn|bn|m)\b"
    r"|\bin\s+(?:millions|thousands|billions)\b|(?:百万|亿|万|千)元|单位[:：]\s*\S{1,8}",
    re.IGNORECASE,
)


def shown_row(item: Evidence, row: Row, period: Period | None) -> str:
    """A row of a table as a cell: its label with the figures of a period; empty where the row has other periods alone."""
    table = heads_told(item)
    cells, _ = columns(table.head, row.cells, period, item.report)
    return as_text(table, row.cells[0], cells) if cells else ""


def as_text(table: Grid, label: str, cells: Sequence[tuple[str, str]]) -> str:
    unit = next((found[0] for title in reversed((*table.title, *table.head[:1])) if (found := _UNIT.search(title))), "")
    shown = "; ".join(f"{head}: {cell}" if head else cell for head, cell in cells)
    return line(f"{label} {shown}" + (f" ({unit.strip('()（）')})" if unit and unit not in label else ""))


def _beside_the_title(rows: Sequence[Row], asked: Sequence[Asked], title: frozenset[str]) -> Sequence[Asked]:
    """What the row itself has to say: under `Net sales by category` not the sales, where some row says all the rest."""
    metrics = [c for c in asked if c.kind == "metric" and covered(c, title) == 1.0]
    rest = [c for c in asked if c not in metrics and c.kind not in ("name", "period")]
    if metrics and rest and any(coverage(rest, terms_of(row.cells[0])) == 1.0 for row in rows):
        return rest
    return asked


def row_asked(rows: Sequence[Row], asked: Sequence[Asked], above: frozenset[str]) -> Row | None:
    """The row whose label says best what is asked under a title (its index terms: ``above``): of those close to the best `total assets`, not `total current assets`."""
    wanted = [concept for concept in _beside_the_title(rows, asked, above) if concept.kind not in ("name", "period")]
    terms = [terms_of(row.cells[0]) for row in rows]
    values = [coverage(wanted, words) if wanted else 0.0 for words in terms]
    if not any(values):
        near = space().nearest
        values = [coverage(wanted, words, near) if wanted else 0.0 for words in terms]
    best = max(values, default=0.0)
    close = [row for row, value in zip(rows, values, strict=True) if value >= CLOSE_ROW * best]
    order = {id(row): (-is_asked(row.cells[0], wanted), len(terms_of(row.cells[0]))) for row in close}
    return min(close, key=lambda row: order[id(row)]) if best > 0 else None


def is_asked(label: str, asked: Sequence[Asked]) -> int:
    """3 where a row's label is what is asked as it is asked, 2 where it is another name of it, 1 where it has all the
    words as asked and more, else 0."""
    named = tuple(term for term in analysis.terms(label) if term not in analysis.STOP_TERMS)
    return max((_says(named, concept) for concept in asked), default=0)


def _says(named: tuple[str, ...], concept: Asked) -> int:
    if not concept.forms:
        return 0
    return 3 if named == concept.forms[0] else 2 if named in concept.forms else int(set(concept.forms[0]) <= set(named))


def heads_told(item: Evidence) -> Grid:
    """The grid of a table's passage with the heads that its section tells in full, where there are as many."""
    table = grid(item.passage.text)
    told = item.passage.section[-1].split(" / ")[-1].split("|") if item.passage.section else []
    width = max((len(row.cells) for row in table.rows), default=0)
    if len(told) < 2 or len(told) != width - 1 or not all(periods(head) for head in told):
        return table
    return Grid(table.title, (table.head[0] if table.head else "", *(head.strip() for head in told)), table.rows)


def columns(
    head: Sequence[str], row: Sequence[str], period: Period | None, report: Report
) -> tuple[list[tuple[str, str]], float]:
    """Head and cell of the columns to show, and how well they fit a period, 0..1: only its own where one is headed by it.

    None where all are headed by other times, unless the report itself is of the period: its year may be its own.
    """
    if head and len(head) < len(row) and periods(head[0]):
        head = ("", *head)  # no head stands over the labels
    pairs = [(head[i] if i < len(head) else "", cell) for i, cell in enumerate(row[1:], start=1) if cell]
    if period is None:
        return pairs, 1.0
    own = [(name, cell) for name, cell in pairs if _is_of(name, period)]
    if own:
        return own[:1], 1.0
    of_then = any(own.label == period.label for own in names_of(report).periods)
    if not any(periods(name) for name, _ in pairs):
        told = of_then or len(pairs) == 1 or not any(own.kind == period.kind for own in names_of(report).periods)
        return (pairs, IN_CONTEXT) if told else ([], 0.0)
    if not of_then:
        return [], 0.0
    length = _MONTHS.get(period.kind)
    fitting = [(name, cell) for name, cell in pairs if not lengths(name) or length in lengths(name)]
    return fitting, 0.0


def _is_of(head: str, period: Period) -> bool:
    """Whether a column is of a period: it names it, or the day on which it ends, and no other length of time."""
    length, said = _MONTHS.get(period.kind), lengths(head)
    if length and said and length not in said:
        return False
    return any(_same(own, period) for own in periods(head))


def _same(own: Period, period: Period) -> bool:
    if own.label == period.label:
        return True
    if own.kind == "day" and period.kind in _MONTHS:
        return abs((own.end - period.end).days) <= NEAR
    return own.kind in ("day", "month") and period.kind in ("month", "range") and period.holds(own.end)


def line(text: str) -> str:
    """A cell: one line, without what would end it."""
    return " ".join(text.replace("|", "/").split()).strip(" ;；,，.。")


def group_of(text: str, start: int) -> str:
    """The nearest line of words above a row, which begins at character ``start``: what its group is called."""
    above = text[:start].splitlines()
    return next((each for each in reversed(above) if each.strip(" |") and not re.search(r"\d", each)), "")
