"""Finds the cells that a question's figures stand in, each line once, and works out what no cell holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.answer.wanted import want
from rag.language import analysis
from rag.language.periods import Period, periods
from rag.lookup.defined import Part, first_line, worked
from rag.lookup.labels_zh import is_parent
from rag.lookup.question import AMOUNT, RATE, Item, Sought, item_of
from rag.lookup.ratios import RATIOS, Ratio, Unit
from rag.lookup.rows import in_words, row_cells
from rag.lookup.spoken import said_cells
from rag.lookup.table import Cell, before, cells, of_time, own_time, tables_for, taken_off, year_before
from rag.lookup.words import added, shown
from rag.reports.names import called, names_of
from rag.search.retrieve import Hits, Index
from rag.types import Evidence, Report

OF_A_YEAR = 350  # days
DAYS = 365  # of a turnover, as analysts count them
_LETTER = re.compile(r"[^\W\d_]")
_COSTS = Item("total costs", "total costs and expenses", (frozenset(analysis.terms("total costs expenses")),), "income")
OWNERS = "net profit attributable to shareholders"
YEARS = 3  # of a trend that is not asked for since a year


@dataclass(frozen=True, slots=True)
class Made:
    """A figure with what it was made of. ``steps``: the arithmetic as it is shown, empty for a figure of a table."""

    name: str
    when: Period
    value: Decimal
    unit: str
    cells: tuple[Cell, ...]
    steps: str = ""


class Finder:
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
            self._found[item.name] = self._of_group([cell for cell in found if self._is_meant(cell)])
        return self._found[item.name]

    @property
    def asked(self) -> Sought:
        """What is looked for."""
        return self._asked

    def _of_group(self, found: list[Cell]) -> list[Cell]:
        """The cells of the parent company alone where these are asked for, else those of the group, if there are any."""
        told = {cell: is_parent("\n".join((cell.label, *cell.evidence.passage.section[-2:]))) for cell in found}
        return [cell for cell in found if told[cell] == self._asked.parent] or found

    def tables(self, item: Item) -> list[Evidence]:
        """The tables that a line is looked for in, with their other parts."""
        hits = self._hits.evidence
        return [table for report in self._reports for table in tables_for(self._index, report, hits, item)]

    def _is_meant(self, cell: Cell) -> bool:
        """Whether whatever else the question says stands in the row's label, or is what the report is called."""
        around = _around(cell)
        companies = names_of(cell.report).concepts
        return self._asked.rest <= around and all(
            name in companies or terms <= around for name, terms in self._asked.companies
        )

    def cell(self, item: Item, when: Period) -> Cell:
        """Raises LookupError where no cell, or no certain one, is found."""
        cell = self._of_time(self.cells(item), when, everywhere=bool(item.only))
        if cell is None:
            raise LookupError(item.name)
        return cell

    def _of_time(self, found: Sequence[Cell], when: Period, *, everywhere: bool) -> Cell | None:
        """The cell of a time, as the companies count it, else as the calendar does."""
        for each in dict.fromkeys([*(own_time(when, report) for report in self._reports), when]):
            if (cell := of_time(found, each, everywhere)) is not None:
                return cell
        return None

    def newest(self, items: Sequence[Item]) -> Period:
        items = [first_line(item.formula) if item.formula is not None else item for item in items]
        times = [cell.when for item in items for cell in self.cells(item)[:4]]
        if not times:
            above = [_line(name) for i in items for ratio in RATIOS.get(i.name, ()) for _, name in ratio.above]
            times = [cell.when for item in above for cell in self.cells(item)[:4]]
        if not times:
            raise LookupError(items[0].name)
        way = -1 if self._asked.quarter else 1
        return max(times, key=lambda period: (period.end, way * (period.end - period.start).days))

    def series(self, item: Item, times: Sequence[Period], since: bool) -> list[Made]:
        """The figure at each time: those asked for, or the years up to the last of them that the tables print."""
        last = times[-1]
        if since:
            newest = self.newest([item])
            last = newest if newest.end > last.end else last
        if (last.end - last.start).days >= OF_A_YEAR or last.kind == "day":  # a balance of a day, a year of odd weeks
            last = periods(str(last.end.year))[0]
        if (len(times) > 1 and not since) or last.kind != "year":
            made = [self.made(item, when) for when in times]
            return made if len(made) > 1 else [self.made(item, year_before(last)), *made]
        years = [last]
        while len(years) < YEARS and (not since or years[0].end.year > times[0].end.year):
            years.insert(0, before(years[0]))
        out: list[Made] = []
        for when in reversed(years):
            try:
                out.insert(0, self.made(item, when))
            except LookupError:
                break
        return out

    def made(self, item: Item, when: Period) -> Made:
        """The figure as the question says that it is worked out, else as a table has it, else worked out from others."""
        if item.formula is not None:
            return self._defined(item, when)
        try:
            cell = taken_off(self._rate(item, when) or self.cell(item, when))
            return self._profit_called_margin(item, cell, when) or Made(
                item.said, when, cell.value, "%" if cell.percent else "", (cell,)
            )
        except LookupError:
            for ratio in RATIOS.get(item.name, ()):
                try:
                    return self._ratio(item, ratio, when)
                except LookupError:
                    continue
            if item.name == "net income" and self._asked.chinese:  # brokers print the owners' share alone
                return self.made(_line(OWNERS), when)
            return self._unnamed(item, when)

    def _rate(self, item: Item, when: Period) -> Cell | None:
        """The printed percentage, where that is what such a line is: `Gross margin` may be an amount, too."""
        if not any(ratio.unit == "%" for ratio in RATIOS.get(item.name, ())):
            return None
        return self._of_time([cell for cell in self.cells(item) if cell.percent], when, everywhere=False)

    def _profit_called_margin(self, item: Item, cell: Cell, when: Period) -> Made | None:
        """The gross margin where a statement calls the profit so: what is left of its revenue, over that; else None."""
        if item.name != "gross margin" or cell.percent:
            return None
        try:
            made = self._ratio(item, RATIOS[item.name][1], when)
        except LookupError:
            return None
        return made if made.cells[0].value - made.cells[1].value == cell.value else None

    def _unnamed(self, item: Item, when: Period) -> Made:
        """Gross profit, or its margin, of a statement that prints the difference under the costs without a name."""
        if item.name not in ("gross profit", "gross margin"):
            raise LookupError(item.name)
        revenue, costs = (taken_off(self.cell(line, when)) for line in (_line("revenue"), _COSTS))
        left = costs.evidence.passage.text[costs.end :].lstrip("\n").split("\n")[0]
        if shown(abs(revenue.value - costs.value), "") not in left or _LETTER.search(left):
            raise LookupError(item.name)
        unit: Unit = "%" if item.name == "gross margin" else ""
        ratio = Ratio(((1, "revenue"), (-1, _COSTS.name)), "revenue" if unit else "", unit)
        return ratio_of(item.said, ratio, when, [(1, revenue), (-1, costs)], [revenue] if unit else [])

    def _defined(self, item: Item, when: Period) -> Made:
        part = worked(item.formula, when, self._part) if item.formula is not None else None
        if part is None or not part.cells or not alike(part.cells):
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
                below.append(taken_off(self.cell(_line(ratio.below), before(when))))
        return ratio_of(item.said, ratio, when, above, below)


class RowFinder(Finder):
    """Finds the cells of the row that all the words of a question point to, whatever it is called."""

    def cells(self, item: Item) -> list[Cell]:
        if item.name not in self._found:
            wanted = want(self._index, item.said)
            where = self._index, self._reports, self._hits.evidence
            found = row_cells(*where, wanted) or row_cells(*where, in_words(wanted), alike=False)
            if item.unit == "%":
                found = [cell for cell in found if cell.percent or RATE.search(cell.label)]
            elif self._asked.operation == "value" and AMOUNT.search(item.said):
                found = [cell for cell in found if not cell.percent]
            self._found[item.name] = found
        return self._found[item.name]

    def cell(self, item: Item, when: Period) -> Cell:
        cell = self._of_time(self.cells(item), when, everywhere=True)
        if cell is None:
            raise LookupError(item.name)
        return cell

    def made(self, item: Item, when: Period) -> Made:
        made = super().made(item, when)
        return replace(made, name=made.cells[0].label)


class SaidFinder(RowFinder):
    """Finds the figures that a sentence gives for several times."""

    def cells(self, item: Item) -> list[Cell]:
        if item.name not in self._found:
            wanted = want(self._index, item.said)
            self._found[item.name] = said_cells(self._index, self._reports, self._hits.evidence, wanted)
        return self._found[item.name]


def ratio_of(name: str, ratio: Ratio, when: Period, above: Sequence[tuple[int, Cell]], below: Sequence[Cell]) -> Made:
    """The ratio of cells; ``above`` with their signs. Raises LookupError where they cannot be set against each other."""
    parts = [cell for _, cell in above] + list(below)
    if not alike(parts):
        raise LookupError("figures of different scales")
    value = sum((sign * cell.value for sign, cell in above), Decimal(0))
    if len(above) == 1 and not below:
        return Made(name, when, value, "", tuple(parts))
    left = added([(sign, cell.value) for sign, cell in above])
    if below:
        total = sum((cell.value for cell in below), Decimal(0))
        if total <= 0:
            raise LookupError("nothing to divide by")
        value = value / (total / len(below)) * (100 if ratio.unit == "%" else 1)
        divisors = [shown(cell.value, "") for cell in below]
        under = divisors[0] if len(divisors) == 1 else f"(({' + '.join(divisors)}) / {len(divisors)})"
        left = f"{f'({left})' if len(above) > 1 else left} / {under}"
        if ratio.days:
            if not value:
                raise LookupError("nothing to divide by")
            value, left = DAYS / value, f"{DAYS} / ({left})"
    return Made(name, when, value, ratio.unit, tuple(parts), left)


def alike(cells_: Sequence[Cell]) -> bool:
    """Whether figures may be set against each other: of one scale, and of one company."""
    known = {cell.scale for cell in cells_ if cell.scale is not None}
    beside = len({_place(cell) for cell in cells_}) == 1  # the first of several tables of a page tells for all
    scales = known if beside and known else {cell.scale for cell in cells_}
    return len(scales) <= 1 and len({cell.report.companies[:1] for cell in cells_}) <= 1


def _place(cell: Cell) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    """The page and the headings over a table, without the one that is its own."""
    passage = cell.evidence.passage
    return cell.report.id, passage.locator.numbers, passage.section[:-1]


def _line(name: str) -> Item:
    item = item_of(name)
    if item is None:
        raise LookupError(name)
    return item


def _around(cell: Cell) -> frozenset[str]:
    """The terms of a cell's label, and of what its report is called."""
    return frozenset(analysis.terms(cell.label)) | called(cell.report)
