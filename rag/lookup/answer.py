"""Figures looked up in the tables of reports, and worked out from them where no line prints what is asked.

A sentence of this module shows its arithmetic, cites every row it takes a figure from, and passes the same check as any
other; where it does not pass, the question is answered as if this module did not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rag.answer.citations import Draft
from rag.language import analysis
from rag.language.periods import Period, periods
from rag.lookup.defined import Part, defined, first_line, worked
from rag.lookup.question import Item, Sought, item_of, narrowed, sought
from rag.lookup.ratios import RATIOS, Ratio
from rag.lookup.table import Cell, cells, of_time, taken_off
from rag.lookup.words import cagr_said, change_said, made_said, mean_said, shown, value_said
from rag.reports.names import names_of
from rag.search.retrieve import Hits, Index
from rag.types import Evidence, Report
from rag.verify.sentence import verify_sentence

MOST_REPORTS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """``drafts``: the sentences of the answer; ``evidence``: the tables they rest on, each once."""

    drafts: tuple[Draft, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A figure with what it was made of. ``steps``: the arithmetic as it is shown, empty for a figure of a table."""

    name: str
    when: Period
    value: Decimal
    unit: str
    cells: tuple[Cell, ...]
    steps: str = ""


def lookup(index: Index, question: str, hits: Hits, today: date | None = None) -> Found | None:
    """The answer to a question for figures of one company's tables, or None where not all of them are found for sure."""
    asked = defined(question, today or date.today()) or sought(question, today or date.today())
    reports = _reports(hits)
    if asked is None or not reports or (len(hits.route.sides) > 1 and len(_companies(reports)) > 1):
        return None
    known = frozenset(term for report in reports for term in _called(report))
    plain = sought(question, today or date.today())
    for each in (asked, plain, narrowed(plain, known) if plain else None):
        drafts = _drafts(_Finder(index, reports, hits, each), each) if each and each.items else []
        if drafts:
            first = {item.passage.id: item for draft in drafts for item in draft.evidence}
            return Found(tuple(drafts), tuple(first.values()))
    return None


def _drafts(finder: _Finder, asked: Sought) -> list[Draft]:
    """The sentences; none where one figure is not found for sure, or one sentence does not stand the check."""
    try:
        drafts = [_checked(text, made) for text, made in _answers(finder, asked)]
    except LookupError:
        return []
    sure = [draft for draft in drafts if draft is not None]
    return sure if len(sure) == len(drafts) else []


def _reports(hits: Hits) -> list[Report]:
    """The reports that the question is about: those that it names, else that of the best passage."""
    known = {item.report.id: item.report for item in hits.evidence}
    named = [known[id_] for id_ in hits.route.first if id_ in known]
    if not named:
        return [hits.evidence[0].report] if hits.evidence else []
    fits = hits.route.fits
    return sorted(named, key=lambda r: (-fits.get(r.id, 0.0), -(r.date or date.min).toordinal(), r.id))[:MOST_REPORTS]


def _companies(reports: Sequence[Report]) -> set[tuple[str, ...]]:
    return {report.companies for report in reports}


class _Finder:
    """Finds the cells of lines, each line once."""

    def __init__(self, index: Index, reports: Sequence[Report], hits: Hits, asked: Sought) -> None:
        self._index = index
        self._reports = reports
        self._hits = hits
        self._asked = asked
        self._found: dict[str, list[Cell]] = {}

    def cells(self, item: Item) -> list[Cell]:
        if item.name not in self._found:
            found = cells(self._index, self._reports, self._hits.evidence, item)
            self._found[item.name] = [cell for cell in found if self._is_meant(cell)]
        return self._found[item.name]

    def _is_meant(self, cell: Cell) -> bool:
        """Whether whatever else the question says stands in the row's label, or is what the report is called."""
        around = _around(cell)
        called = names_of(cell.report).concepts
        return self._asked.rest <= around and all(
            name in called or terms <= around for name, terms in self._asked.companies
        )

    def cell(self, item: Item, when: Period) -> Cell:
        """Raises LookupError where no cell, or no certain one, is found."""
        cell = of_time(self.cells(item), when, everywhere=bool(item.only))
        if cell is None:
            raise LookupError(item.name)
        return cell

    def newest(self, items: Sequence[Item]) -> Period:
        items = [first_line(item.formula) if item.formula is not None else item for item in items]
        times = [cell.when for item in items for cell in self.cells(item)[:4]]
        if not times:
            raise LookupError(items[0].name)
        return max(times, key=lambda period: period.end)

    def made(self, item: Item, when: Period) -> Made:
        """The figure as the question says that it is worked out, else as a table has it, else worked out from others."""
        if item.formula is not None:
            return self._defined(item, when)
        try:
            cell = taken_off(self.cell(item, when))
            return Made(item.said, when, cell.value, "%" if cell.percent else "", (cell,))
        except LookupError:
            for ratio in RATIOS.get(item.name, ()):
                try:
                    return self._ratio(item, ratio, when)
                except LookupError:
                    continue
            raise

    def _defined(self, item: Item, when: Period) -> Made:
        part = worked(item.formula, when, self._part) if item.formula is not None else None
        if part is None or not part.cells or not _alike(part.cells):
            raise LookupError(item.name)
        value = part.value * (100 if item.unit == "%" else 1)
        return Made(item.said, when, value, item.unit, tuple(dict.fromkeys(part.cells)), part.text)

    def _part(self, item: Item, when: Period) -> Part:
        """A line of a formula at a time."""
        made = self.made(item, when)
        if made.unit == "%":
            raise LookupError("a percentage among amounts")
        return Part(made.value, f"({made.steps})" if made.steps else shown(made.value, ""), 3, made.cells)

    def _ratio(self, item: Item, ratio: Ratio, when: Period) -> Made:
        above = [(sign, taken_off(self.cell(_line(name), when))) for sign, name in ratio.above]
        below = []
        if ratio.below:
            below = [taken_off(self.cell(_line(ratio.below), when))]
            if ratio.mean:
                below.append(taken_off(self.cell(_line(ratio.below), _before(when))))
        return _ratio_of(item.said, ratio, when, above, below)


def _ratio_of(name: str, ratio: Ratio, when: Period, above: Sequence[tuple[int, Cell]], below: Sequence[Cell]) -> Made:
    parts = [cell for _, cell in above] + list(below)
    if not _alike(parts):
        raise LookupError("figures of different scales")
    value = sum((sign * cell.value for sign, cell in above), Decimal(0))
    if len(above) == 1 and not below:
        return Made(name, when, value, "", tuple(parts))
    left = _sum_shown(above)
    if below:
        total = sum((cell.value for cell in below), Decimal(0))
        if total <= 0:
            raise LookupError("nothing to divide by")
        value = value / (total / len(below)) * (100 if ratio.unit == "%" else 1)
        divisors = [shown(cell.value, "") for cell in below]
        under = divisors[0] if len(divisors) == 1 else f"(({' + '.join(divisors)}) / {len(divisors)})"
        left = f"{f'({left})' if len(above) > 1 else left} / {under}"
    return Made(name, when, value, ratio.unit, tuple(parts), left)


def _alike(cells_: Sequence[Cell]) -> bool:
    """Whether figures may be set against each other: of one scale, and of one company."""
    return len({cell.scale for cell in cells_}) <= 1 and len({cell.report.companies for cell in cells_}) <= 1


def _sum_shown(above: Sequence[tuple[int, Cell]]) -> str:
    left = shown(above[0][1].value, "")
    for sign, cell in above[1:]:
        left += f" {'+' if sign * cell.value >= 0 else '−'} {shown(abs(cell.value), '')}"
    return left


def _line(name: str) -> Item:
    item = item_of(name)
    if item is None:
        raise LookupError(name)
    return item


def _before(when: Period) -> Period:
    if when.kind != "year":
        raise LookupError("only years are averaged")
    return periods(str(when.end.year - 1))[0]


def _around(cell: Cell) -> frozenset[str]:
    """The terms of a cell's label, and of what its report is called."""
    return frozenset(analysis.terms(cell.label)) | _called(cell.report)


@lru_cache(maxsize=2048)
def _called(report: Report) -> frozenset[str]:
    called = (report.title, report.stem, report.broker or "", *report.companies, *names_of(report).concepts)
    return frozenset(analysis.terms("\n".join(called)))


def _answers(finder: _Finder, asked: Sought) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The sentences with the cells they rest on. Raises LookupError where one of them is not found."""
    times = asked.when or (finder.newest(asked.items),)
    if asked.operation == "share" or (asked.operation == "mean" and len(asked.items) == 2):
        shares = [_share(finder, asked, when) for when in times]
        yield from ((made_said(made, asked.chinese), made.cells) for made in shares)
        if asked.operation == "mean" and len(shares) > 1:
            yield mean_said(shares, asked.chinese), tuple(cell for made in shares for cell in made.cells)
        return
    for item in asked.items:
        yield from _of_item(finder, item, times, asked)


def _share(finder: _Finder, asked: Sought, when: Period) -> Made:
    over, under = (taken_off(finder.cell(item, when)) for item in asked.items)
    name = f"{asked.items[0].said}{'占' if asked.chinese else ' / '}{asked.items[1].said}{'的比例' if asked.chinese else ''}"
    return _ratio_of(name, Ratio(((1, asked.items[0].name),), asked.items[1].name, "%"), when, [(1, over)], [under])


def _of_item(
    finder: _Finder, item: Item, times: Sequence[Period], asked: Sought
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    operation = asked.operation
    if operation in ("change", "cagr") and len(times) == 1:
        times = (_before(times[0]), times[0])
    if operation in ("change", "cagr"):
        times = (times[0], times[-1])
    made = [finder.made(item, when) for when in times]
    both = tuple(dict.fromkeys(cell for each in made for cell in each.cells))
    if not _alike(both):
        raise LookupError("figures of different scales")
    steps = [each for each in made if each.steps]
    yield from ((made_said(each, asked.chinese), each.cells) for each in steps)
    if operation == "change":
        yield change_said(made[0], made[-1], asked.chinese), both
    elif operation == "cagr":
        yield cagr_said(made[0], made[-1], asked.chinese), both
    elif operation == "mean" and len(made) > 1:
        yield mean_said(made, asked.chinese), both
    else:
        yield from ((value_said(each, asked.chinese), each.cells) for each in made if not each.steps)


def _checked(text: str, made: Sequence[Cell]) -> Draft | None:
    """The sentence with its rows, if it stands the check."""
    evidence = {cell.evidence.passage.id: cell.evidence for cell in made}
    rows = [[cell for cell in made if cell.evidence.passage.id == id_] for id_ in evidence]
    quotes = tuple((min(cell.start for cell in each), max(cell.end for cell in each)) for each in rows)
    verdict = verify_sentence(text, list(evidence.values()))
    if verdict.status != "supported":
        return None
    return Draft(text, tuple(evidence.values()), quotes, verdict.where)
