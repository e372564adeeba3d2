"""The rows of one table that stand for things of one kind: segments, regions, products, the liabilities of a balance sheet.

A table of segments has one of three shapes: the names are its rows, under a line that says what is counted (`Net sales`);
or each name is a line of its own with the figures under it; or the names are its columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.figures.context import Fact
from rag.language import analysis
from rag.language.periods import Period, periods
from rag.lookup.question import Item
from rag.lookup.rows import Table, head_of, parents_of, read_of, stands_alone, time_of, words_alone
from rag.lookup.table import LABEL, Cell, cells_where, column_time, fit_of, own_terms, tables_of, taken_off
from rag.lookup.words import undated
from rag.reports.statements import OWN, statement_tags
from rag.search.retrieve import Index
from rag.types import Evidence, Report

SEARCHED = 60  # passages of a report that are looked at
FEWEST, MOST = 2, 16  # names of a table
TITLE = 5  # lines of a table that may be its title
_TOTAL = re.compile(r"\btotals?\b|\bconsolidated\b|合计|总计", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\beliminations?\b|\bunallocated\b|\bintersegment\b|\binter-segment\b|\bcorporate\b|\breconcil|^less\b|\bchange\b|^%|抵销|抵消",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?: \(|, (?:less|net of|includ|par )).*\d.*$", re.IGNORECASE)
_TIME_BEFORE = re.compile(
    r"^\W*(?:for|at|as of|in)?(?: the)?(?: fiscal)? ?(?:(?:years?|months|quarters?) (?:ended|ending)|ended)?\W+",
    re.IGNORECASE,
)  # of a head
_LETTERS = re.compile(r"[^\W\d_]{2}")
_ENDS = re.compile(r"[\s:：.]+$|(?:\s*\([a-z\d]{1,2}\))+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A figure of a table with the name of what it is of."""

    name: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Group:
    """What one table says of things of one kind. ``total``: the figures of all of them; ``near``, ``far``: the terms of its
    title and of the headings around it.
    """

    named: tuple[Named, ...]
    total: tuple[Cell, ...]
    near: frozenset[str]
    far: frozenset[str]


def groups(index: Index, report: Report, hits: Iterable[Evidence], kind: frozenset[str], item: Item) -> list[Group]:
    """The tables of a report that give a line for each of several things. ``kind``: terms that say of which things."""
    weights = dict.fromkeys(kind | {term for form in item.forms[:6] for term in form}, 1.0)
    ids = index.lexical(weights, SEARCHED, frozenset({report.id}))
    found = sorted(tables_of(index, report, hits, ids), key=lambda each: each.passage.ordinal)
    by_section: dict[tuple[int | None, tuple[str, ...]], list[Evidence]] = {}
    for evidence in found:
        by_section.setdefault((evidence.passage.page, evidence.passage.section), []).append(evidence)
    return [group for parts in by_section.values() for group in _of_parts(report, parts, item)]


def _of_parts(report: Report, parts: Sequence[Evidence], item: Item) -> Iterator[Group]:
    own = own_terms(report)
    tables, parent = [], ""
    for part in parts:
        parents, parent = parents_of(part, parent)
        tables.append(read_of(part, own, parents))
    section, lines = parts[0].passage.section, parts[0].passage.text.split("\n")
    title = " ".join((*section[-2:], *(line for line in lines[:TITLE] if "|" not in line)))
    near, far = frozenset(analysis.terms(title)), frozenset(analysis.terms(" ".join(section[-5:-2])))
    for shape in (_rows, _blocks, _columns):
        made = [named for table in tables for named in shape(table, item, near)]
        names = dict.fromkeys(n.name for n in made if _is_name(n.name))
        if FEWEST <= len(names) <= MOST:
            total = tuple(n.cell for n in made if _TOTAL.search(n.name) or _is(n.name, item))
            yield Group(tuple(n for n in made if n.name in names and not _is(n.name, item)), total, near, far)


def _is(text: str, item: Item) -> bool:
    return fit_of(text, item, frozenset()) >= LABEL


def _is_name(name: str) -> bool:
    return bool(name) and not _TOTAL.search(name) and not _NO_NAME.search(name)


def _rows(table: Table, item: Item, around: frozenset[str]) -> Iterator[Named]:
    """Names as rows, under the line, or in a table whose title says the line; up to the total."""
    titled = any(form <= around for form in item.forms)
    done: set[str] = set()

    def fit(fact: Fact) -> float:
        parent = table.parents.get(fact.sentence[0], "")
        label = fact.row.label if fact.row else ""
        if parent in done and fact.sentence[0] not in ends:
            return 0.0
        words = words_alone(parent)
        counted = _is(words, item) if parent and not time_of(words) else titled
        if counted and (_TOTAL.search(label) or _is(label, item)):
            done.add(parent)
            ends.add(fact.sentence[0])
        return 1.0 if counted else 0.0

    ends: set[int] = set()
    for cell in cells_where(table.evidence, fit, when=lambda fact: time_of(table.parents.get(fact.sentence[0], ""))):
        yield Named(_name(cell.label), cell)


def _blocks(table: Table, item: Item, around: frozenset[str]) -> Iterator[Named]:
    """Names as lines of their own, with the line under each."""
    names: list[str] = []

    def under(fact: Fact) -> str:
        names.append(_name(words_alone(table.parents.get(fact.sentence[0], ""))))
        return ""

    fit = _row_of(item)
    for cell in cells_where(table.evidence, fit, under=under):
        if names[-1] and not _is(names[-1], item) and not periods(names[-1]):
            yield Named(names[-1], cell)


def _columns(table: Table, item: Item, around: frozenset[str]) -> Iterator[Named]:
    """Names as columns, the line as a row, its time in the line above or the table's title."""
    names: list[str] = []

    def under(fact: Fact) -> str:
        head = head_of(table, fact)
        names.append(_name(_TIME_BEFORE.sub("", undated(head)) if periods(head) else head))
        return ""

    def when(fact: Fact) -> Period | None:
        return time_of(table.parents.get(fact.sentence[0], "")) or time_of(title)

    title = " ".join(table.evidence.passage.section[-1:])
    for cell in cells_where(table.evidence, _row_of(item), 0.0, when, under):
        if _LETTERS.search(names[-1]) and not periods(names[-1]):
            yield Named(names[-1], cell)


def _row_of(item: Item) -> Callable[[Fact], float]:
    return lambda fact: 1.0 if fact.row and _is(fact.row.label, item) else 0.0


def _name(text: str) -> str:
    """A label as a name: without what it includes, with figures of its own, in brackets or after a comma."""
    text = " ".join(text.split())
    if _ASIDE.search(text):
        text = _ASIDE.sub("", text)
    return _ENDS.sub("", text)


_SIDE = re.compile(
    r"^(?:total )?(?P<asset>(?:current )?assets?)\b(?!.*\bheld)|^(?P<liability>(?:current )?liabilities)\b(?! held)|^(?P<equity>(?:total )?(?:share|stock)(?:holders|owners)\W+.*(?:equity|deficit)|equity\b)",
    re.IGNORECASE,
)
_END_OF_SIDE = re.compile(r"^total (?:assets|liabilities)\b|^资产总计|^负债合计", re.IGNORECASE)
_SPENT = re.compile(
    r"^(?:(?:operating |total )?(?:costs?|expenses?)(?: and (?:expenses|costs))?|(?:operating|non-?interest) expenses)\b",
    re.IGNORECASE,
)
_NO_LINE = re.compile(
    r"^(?:total|net|gross|sub-?total)\b|合计|总计|\b(?:income|earnings|profit|loss) (?:from|before)\b|^(?:operating|net) (?:income|loss|profit)|^less\b",
    re.IGNORECASE,
)


def lines_of(index: Index, report: Report, side: str) -> list[Named]:
    """The lines of a statement that are of one side: ``asset``, ``liability`` or ``expense``, without totals."""
    statement = "income" if side == "expense" else "balance_sheet"
    ids = index.lexical(
        {"total": 1.0, "liabil": 1.0, "expens": 1.0, "net": 0.5}, SEARCHED, frozenset({report.id}), None, (statement,)
    )
    parts = sorted(tables_of(index, report, (), ids), key=lambda each: each.passage.ordinal)
    parts = [part for part in parts if statement_tags(part.passage).get(statement, 0.0) >= OWN]
    if not parts:
        return []
    first = parts[0].passage
    parts = [
        part
        for part in parts
        if part.passage.section == first.section and (part.passage.page or 0) - (first.page or 0) <= 1
    ]
    found: list[Named] = []
    now = "asset" if statement == "balance_sheet" else ""
    for part in parts:
        sides, now = _sides(part, now, statement)
        for cell in cells_where(part, lambda fact: 1.0, when=column_time):
            spent = side == "expense" and (cell.cost or sides.get(cell.start) == "expense")
            if (spent or sides.get(cell.start) == side) and not _NO_LINE.search(cell.label) and not cell.percent:
                found.append(Named(_name(cell.label), taken_off(cell)))
    return found


def _sides(part: Evidence, now: str, statement: str) -> tuple[dict[int, str], str]:
    """The side of each line of a part of a statement, by its first character; and the one that the next part begins in."""
    sides: dict[int, str] = {}
    at = 0
    for line in part.passage.text.split("\n"):
        label = line.strip().strip("|").partition("|")[0].strip()
        if statement == "income":
            if _SPENT.search(label) and stands_alone(line):
                now = "expense"
            elif re.match(r"total\b|(?:operating )?(?:income|loss|earnings)\b", label, re.IGNORECASE):
                now = ""
        elif match := _SIDE.search(label):
            now = match.lastgroup or now
        sides[at] = "" if _END_OF_SIDE.search(label) else now
        at += len(line) + 1
    return sides, now
