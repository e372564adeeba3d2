"""A count that each report tells of its own time, set against that of another one: `By how many did its headcount grow?`

Such a count stands in one sentence of each annual report, at its beginning: `we employed approximately 900 people`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rag.figures.context import Fact, read
from rag.language import analysis
from rag.language.periods import Period
from rag.lookup.finder import Made
from rag.lookup.question import Item, Sought, sought
from rag.lookup.table import Cell, same_time
from rag.lookup.words import change_said
from rag.reports.names import called
from rag.search.retrieve import Index
from rag.types import Evidence, Report

SEARCHED = 30  # passages of a report that are looked at
BEFORE, BEHIND = 70, 45  # characters around a figure in which stands what is counted
_MORE = re.compile(r"\bhow many (?:more|fewer|less)\b|\bdifference\b|\badd(?:ed)?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_PEOPLE = frozenset(analysis.terms("people persons workers add added"))


def counted(
    index: Index, reports: Sequence[Report], question: str, today: date | None
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """How a count changed between two times that two reports tell. Raises LookupError where this is not asked or told."""
    asked = sought(question, today)
    if len(reports) < 2 or asked is None or not _is_asked(asked, question, reports):
        raise LookupError("no change of a count")
    cells = tuple(_cell(index, reports, asked.items[0], when) for when in (asked.when[0], asked.when[-1]))
    made = [Made(cell.label, cell.when, cell.value, "", (cell,)) for cell in cells]
    yield change_said(made[0], made[1], False), cells


def _is_asked(asked: Sought, question: str, reports: Sequence[Report]) -> bool:
    known = frozenset[str]().union(*map(called, reports)) | _PEOPLE
    one = len(asked.items) == 1 and asked.items[0].name.startswith("number of ") and not asked.chinese
    changes = asked.operation == "change" or bool(_MORE.search(question))
    return one and changes and len(asked.when) > 1 and asked.rest <= known


def _cell(index: Index, reports: Sequence[Report], item: Item, when: Period) -> Cell:
    """The first count of a time: what a report begins with. Raises LookupError where there is none."""
    weights = {term: 1.0 for form in item.forms for term in form}
    for report in reports:
        ids = index.lexical(weights, SEARCHED, frozenset({report.id}))
        passages = [p for p in index.passages(ids).values() if p.kind != "table"]
        for passage in sorted(passages, key=lambda p: p.ordinal):
            for fact in read(passage.text).facts:
                name = _counted_name(passage.text, fact, item)
                if name and any(f.period and same_time(f.period, when) for f in fact.periods):
                    return Cell(
                        Evidence(passage, report, 0.0), name, *fact.sentence, fact.figure.value, when, when.label, 1.0,
                        False, None, cost=False, loss=False,
                    )  # fmt: skip
    raise LookupError(item.name)


def _counted_name(text: str, fact: Fact, item: Item) -> str:
    """The word for what a figure counts, right behind it or before it; empty where it is no such count."""
    figure = fact.figure
    if figure.kind != "number" or fact.row is not None:
        return ""
    start, end = fact.sentence
    behind = text[figure.start : min(figure.end + BEHIND, end)]
    before = text[max(figure.start - BEFORE, start) : figure.start]
    words = (*_WORD.findall(behind), *reversed(_WORD.findall(before)))
    return next((word for word in words if frozenset(analysis.terms(word)) in item.forms), "")
