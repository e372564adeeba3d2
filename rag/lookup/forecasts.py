"""`2026年的盈利预测`, `2026年营业收入和净利润预测`: the rows of a broker's table of estimates, under the years asked for.

Such a table heads what was reported `2024A` and what is expected `2025E`; a sentence of the half-year that is over, with
the same words and the same year, is no forecast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rag.answer.citations import Draft, slot
from rag.answer.extractive import checked
from rag.answer.table_answer import Row, headed, markdown
from rag.language import analysis
from rag.lookup.finder import OWNERS
from rag.lookup.question import Item, Sought, clause_of, item_of, sought
from rag.lookup.table import LABEL, fit_of, own_terms, tables_of
from rag.reports.names import called
from rag.search.retrieve import Hits, Index
from rag.types import Evidence, Report

SEARCHED = 40  # passages of a report that are looked at
_WHOLE = re.compile(r"(?:盈利|业绩|(?<![净业毛额])利润)(?:预测|预期|预估)")
_FORECAST = re.compile(r"(?:预测|预计|预期|预估)(?:值|数)?")
_OTHERWISE = re.compile(
    r"为什么|为何|原因|[上下]调|调[高低整]|假设|变[化动]|谁|一致|上修|下修|超预期|不及|低于|高于|符合|同比|增速|增长|分别"
)
_ESTIMATE = re.compile(r"(?P<a>20\d\d)\s*年?\s*[（(]?\s*[EeFf](?![A-Za-z])|(?<![A-Za-z])[EF]\s?(?P<b>20\d\d)")
_USUAL = (("revenue",), (OWNERS, "net income"), ("earnings per share",), ("price-to-earnings ratio",))
Slot = tuple[Item, ...]  # a line, and what stands for it where a table has it not


def forecasts(index: Index, reports: Sequence[Report], hits: Hits, question: str, today: date | None) -> list[Draft]:
    """The estimates that a Chinese question asks one report for; empty where it asks for none, or one is not found."""
    clause = clause_of(question)
    whole = _WHOLE.search(clause)
    if len(reports) != 1 or not _FORECAST.search(clause) or _OTHERWISE.search(clause):
        return []
    plain = _WHOLE.sub("营业收入", clause) if whole else _FORECAST.sub("", clause)
    asked = sought(plain, today)
    if asked is None or not asked.items or asked.operation != "value" or asked.rest - called(reports[0]):
        return []
    if any(when.kind != "year" for when in asked.when):
        return []
    slots = _slots(asked, usual=whole is not None and len(asked.items) == 1)
    tables = _tables(index, reports[0], hits, slots)
    found = max((_of_table(parts, slots, asked) for parts in tables), key=len, default=[])
    if not found or (whole is None and len(found) < len(slots)):
        return []
    return _drafts(found, asked)


def _slots(asked: Sought, *, usual: bool) -> list[Slot]:
    if usual:
        return [_items(*names) for names in _USUAL]
    return [(item, *_items(OWNERS)) if item.name == "net income" else (item,) for item in asked.items]


def _items(*names: str) -> Slot:
    return tuple(item for name in names if (item := item_of(name)))


def _tables(index: Index, report: Report, hits: Hits, slots: Iterable[Slot]) -> list[list[Evidence]]:
    """The tables with estimates, each as its parts in order."""
    weights = {term: 1.0 for items in slots for item in items for form in item.forms[:4] for term in form}
    weights |= dict.fromkeys(analysis.terms("盈利预测 财务指标"), 1.0)
    ids = index.lexical(weights, SEARCHED, frozenset({report.id}))
    found: dict[tuple[str, ...], list[Evidence]] = {}
    for evidence in sorted(tables_of(index, report, hits.evidence, ids), key=lambda each: each.passage.ordinal):
        if any(_ESTIMATE.search(head) for head in headed(evidence.passage).head):
            found.setdefault(evidence.passage.section, []).append(evidence)
    return list(found.values())


def _of_table(parts: Sequence[Evidence], slots: Sequence[Slot], asked: Sought) -> list[tuple[Evidence, Row]]:
    """The row of each line in a table that has a column for each year that is asked for."""
    years = _years(headed(parts[0].passage).head)
    if not years or not {str(when.end.year) for when in asked.when} <= years:
        return []
    own = own_terms(parts[0].report)
    rows = [(part, row) for part in parts for row in headed(part.passage).rows if len(row.cells) > len(years)]
    found = []
    for items in slots:
        fits = ((part, row) for item in items for part, row in rows if fit_of(row.cells[0], item, own) >= LABEL)
        if (first := next(fits, None)) is not None:
            found.append(first)
    return found


def _years(heads: Iterable[str]) -> set[str]:
    return {match["a"] or match["b"] for head in heads for match in _ESTIMATE.finditer(head)}


def _drafts(found: Sequence[tuple[Evidence, Row]], asked: Sought) -> list[Draft]:
    """The rows of each part of the table under the years."""
    years = {str(when.end.year) for when in asked.when}

    def fits(head: str) -> bool:
        said = _years([head])
        return bool(said & years if years else said)

    by_part: dict[str, list[tuple[Evidence, Row]]] = {}
    for evidence, row in found:
        by_part.setdefault(evidence.passage.id, []).append((evidence, row))
    drafts = []
    for each in by_part.values():
        evidence, rows = each[0][0], sorted({row.start: row for _, row in each}.values(), key=lambda row: row.start)
        text = markdown(evidence.passage, rows, fits, "", slot(0))
        drafts.append(checked(text, evidence, (rows[0].start, rows[-1].end)))
    return drafts
