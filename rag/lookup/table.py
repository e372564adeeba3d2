"""The cell of a report's tables that holds a line for a time, found by its row's label and its column's head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from rag.answer.table_answer import grid
from rag.language import analysis
from rag.language.periods import Period
from rag.lookup.question import GLUE, Item
from rag.reports.names import names_of
from rag.reports.statements import OWN, statement_tags
from rag.search.retrieve import Index
from rag.types import Evidence, Report
from rag.verify.figure_context import Fact
from rag.verify.figure_match import table_scale
from rag.verify.figure_table import read_table

STATEMENTS = ("balance_sheet", "cash_flow", "income")
SEARCHED = 30  # passages of a report's statements that are looked at for one line
LABEL = 0.8  # how much of a row's label must be the line, in a table of the statements
ALONE = 0.95  # ... and in any other table
TOO_CLOSE = 0.04  # in score, for two rows of one table to be told apart
LIGHT = 0.1  # what a word weighs that adds nothing to a label
EXACT, WHOLE, OF_STATEMENT, OF_ANOTHER = 0.2, 0.05, 0.3, 0.1  # for a label as asked, a total, the right statement
_LIGHT = frozenset(
    analysis.terms(
        "total consolidated our net provided used from by in gaap reported and company companies period year expense"
    )
)
_OTHERS = frozenset(analysis.terms("other non before after deferred accrued"))  # they make another line of it
_TAIL = re.compile(
    r"\([^)]*\)|,?\s+net of .*$|,?\s+(?:including|excluding|less) .*$|\[[^\]]*\]|[（][^）]*[）]", re.IGNORECASE
)
_NOTHING = frozenset({"—", "-", "–", ""})


@dataclass(frozen=True, slots=True)
class Cell:
    """``start``, ``end``: its row in the passage's text. ``value``: signed, as it is printed, without the table's scale.
    ``head``: its time as the table has it. ``cost``, ``loss``: a row of what is taken off, of losses.
    """

    evidence: Evidence
    label: str
    start: int
    end: int
    value: Decimal
    when: Period
    head: str
    score: float
    percent: bool
    scale: Decimal | None
    cost: bool
    loss: bool

    @property
    def report(self) -> Report:
        return self.evidence.report


def cells(index: Index, reports: Sequence[Report], hits: Iterable[Evidence], item: Item) -> list[Cell]:
    """Every dated cell of the rows that are this line, the surest first, then in the order of ``reports``."""
    found: list[tuple[int, Cell]] = []
    for place, report in enumerate(reports):
        for evidence in _tables(index, report, hits, item):
            found += [(place, cell) for cell in _of_table(evidence, item)]
    found.sort(key=lambda each: (-each[1].score, each[0], each[1].evidence.passage.ordinal))
    return [cell for _, cell in found]


def taken_off(cell: Cell) -> Cell:
    """A cell for arithmetic: some print a cost in brackets and some do not; it counts without them."""
    return replace(cell, value=abs(cell.value)) if cell.cost else cell


def of_time(found: Sequence[Cell], when: Period, everywhere: bool = False) -> Cell | None:
    """The surest cell of a time; None where its table has two different ones that are as sure.

    ``everywhere``: None where any table has, for a line that no statement is known for.
    """
    fitting = [cell for cell in found if same_time(cell.when, when)]
    fitting = [cell for cell in fitting if not cell.percent] or fitting  # a share of the total stands beside the figure
    if not fitting:
        return None
    best = fitting[0]
    rivals = [
        c
        for c in fitting
        if c.score >= best.score - TOO_CLOSE and (everywhere or c.evidence.passage.id == best.evidence.passage.id)
    ]
    return best if len({cell.value for cell in rivals}) == 1 else None


def same_time(of_cell: Period, asked: Period) -> bool:
    """Whether a column is of the time asked for. A company's year is named by the year it ends in."""
    if asked.kind == "year":
        days = (of_cell.end - of_cell.start).days
        long = of_cell.kind == "year" or days >= 350 or of_cell.kind == "day"
        return long and days <= 380 and of_cell.end.year == asked.end.year
    if asked.kind in ("quarter", "half", "range"):
        return of_cell.label == asked.label or (
            abs(of_cell.end - asked.end) <= timedelta(days=6) and abs(of_cell.start - asked.start) <= timedelta(days=6)
        )
    return of_cell.label == asked.label


def _tables(index: Index, report: Report, hits: Iterable[Evidence], item: Item) -> Iterator[Evidence]:
    """The tables of a report that may hold a line: those of the statements, and those that were retrieved."""
    weights = {term: 1.0 for form in (*item.forms, item.only) for term in form}
    ids = index.lexical(weights, SEARCHED, frozenset({report.id}), None, STATEMENTS)
    seen = set()
    for evidence in hits:
        if evidence.report.id == report.id and evidence.passage.kind == "table":
            seen.add(evidence.passage.id)
            yield evidence
    for passage in index.passages(id_ for id_ in ids if id_ not in seen).values():
        yield Evidence(passage, report, 0.0, 0.0, ids[passage.id])


def _of_table(evidence: Evidence, item: Item) -> Iterator[Cell]:
    passage = evidence.passage
    above = passage.section[-1] if passage.section else ""
    tags = statement_tags(passage)
    place = _place(tags, item)
    own = frozenset(term for name in _names(evidence.report) for term in analysis.terms(name))
    scale = table_scale(passage.text) or table_scale(" ".join(passage.section[-2:]))
    rows: dict[tuple[int, str], float] = {}
    for fact in read_table(passage.text, above).facts:
        if fact.row is None or not fact.row.terms:
            continue
        key = (fact.sentence[0], fact.row.label)
        if key not in rows:
            rows[key] = (
                _fit(fact.row.label, item, own) if not item.only else _is_row(fact.row.label, item, own, evidence)
            )
        when = _when(fact)
        if rows[key] < (LABEL if place >= OF_ANOTHER else ALONE) or when is None or not _is_value(fact):
            continue
        value = -fact.figure.value if fact.figure.sign < 0 or fact.loss > 0 else fact.figure.value
        yield Cell(
            evidence, fact.row.label, *fact.sentence, value, when, _head(fact, when), rows[key] + place,
            fact.figure.kind == "percent", None if fact.figure.scaled or fact.figure.kind == "percent" else scale,
            fact.row.taken_off and fact.figure.kind != "percent" and not fact.loss, bool(fact.loss),
        )  # fmt: skip


def _names(report: Report) -> tuple[str, ...]:
    return (*report.companies, *names_of(report).concepts)


def _place(tags: Mapping[str, float], item: Item) -> float:
    """What the table's place adds: the statement that the line belongs to, another one, or none."""
    if item.statement and tags.get(item.statement, 0.0) >= OWN:
        return OF_STATEMENT
    return OF_ANOTHER if any(strength >= OWN for strength in tags.values()) else 0.0


def _is_value(fact: Fact) -> bool:
    return fact.figure.kind in ("number", "money", "percent", "multiple") and fact.figure.text.strip() not in _NOTHING


def _when(fact: Fact) -> Period | None:
    """The one time of a cell; None where its column is of none, or of several."""
    times = {figure.period.label: figure.period for figure in fact.periods if figure.period is not None}
    return next(iter(times.values())) if len(times) == 1 and not fact.bases else None


def _head(fact: Fact, when: Period) -> str:
    return when.label if when.kind == "year" else fact.periods[0].text.strip() or when.surface.strip() or when.label


def _is_row(label: str, item: Item, own: frozenset[str], evidence: Evidence) -> float:
    """1 for a label that says what was asked and nothing else; else 0. What else it is about may stand above the table."""
    terms = _label(label, own)
    for form in item.forms or (frozenset[str](),):
        if item.only | form <= terms and terms - item.only - form <= _LIGHT:
            return 1.0
    if item.forms and item.only <= terms and terms - item.only <= _LIGHT:
        passage = evidence.passage
        above = frozenset(analysis.terms("\n".join((*grid(passage.text).title, *passage.section[-2:]))))
        return float(any(form <= above for form in item.forms))
    return 0.0


def _label(label: str, own: frozenset[str]) -> frozenset[str]:
    return frozenset(t for t in analysis.terms(_TAIL.sub(" ", label)) if not t[0].isdigit()) - GLUE - own


def _fit(label: str, item: Item, own: frozenset[str]) -> float:
    """How much of a row's label is the line, 0..1, and a little more for a label as it was asked for, and for a total."""
    terms = _label(label, own)
    best = 0.0
    for form in item.forms:
        if form <= terms and not _OTHERS & (terms - form):
            extra = sum(LIGHT if term in _LIGHT else 1.0 for term in terms - form)
            best = max(best, len(form) / (len(form) + extra))
    if best < LABEL:
        return 0.0
    said = frozenset(analysis.terms(item.said)) - GLUE
    return best + EXACT * (terms == said) + WHOLE * ("total" in terms)
