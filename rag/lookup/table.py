"""The cell of a report's tables that holds a line for a time, found by its row's label and its column's head."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from rag.answer.table_answer import grid
from rag.figures.columns import fiscal_shift
from rag.figures.context import Fact
from rag.figures.figure import Row
from rag.figures.find import figures
from rag.figures.table import read_table
from rag.figures.value import table_scale
from rag.language import analysis
from rag.language.periods import Period, periods
from rag.lookup.labels_zh import as_holders
from rag.lookup.part_of_year import part_of_year
from rag.lookup.question import COST, GLUE, Item
from rag.lookup.times import is_a_year
from rag.reports.names import names_of
from rag.reports.statements import OWN, statement_tags
from rag.search.retrieve import Index
from rag.store.rows import passage_id
from rag.types import Evidence, Passage, Report

STATEMENTS = ("balance_sheet", "cash_flow", "income")
_ROW_UNIT = re.compile(r"^[ |]*[\u4e00-\u9fff][^|\n]*[(（][^|\n()（）]*[\u4e00-\u9fff][)）]\s*\|", re.MULTILINE)
_AMOUNT = re.compile(r"\|\s*[-−(]?(?!(?:19|20)\d\d\s*(?:\||$))\d[\d,]*(?:\.\d+)?[%％)）]?\s*(?:\||$)")
REACH = 2  # parts of a table to each side of one that was found
SEARCHED = 30  # passages of a report's statements that are looked at for one line
LABEL = 0.8  # how much of a row's label must be the line, in a table of the statements
ALONE = 0.95  # ... and in any other table
TOO_CLOSE = 0.04  # in score, for two rows of one table to be told apart
SHORT_OF_A_YEAR = 300  # days of some months that are none
SHARE = 1000  # percent: above that a figure is an amount
LIGHT = 0.1  # what a word weighs that adds nothing to a label
EXACT, WHOLE, OF_STATEMENT, OF_ANOTHER = 0.2, 0.05, 0.3, 0.1  # for a label as asked, a total, the right statement
_LIGHT = frozenset(
    analysis.terms(
        "total consolidated our net provided used from by in gaap reported and company companies period year expense"
    )
)
BARE = 0.9  # what a label is worth that leaves such a word to the line above it
_NO_COST = frozenset(
    analysis.terms("revenue sales sold goods services products income profit tax taxes interest operating total")
)
_TOTAL = frozenset({"total"})
_OTHERS = frozenset(analysis.terms("other non before after deferred accrued"))  # they make another line of it
REMARK = re.compile(
    r",?\s+(?:net )?and other$|\([^)]*\)|,?\s+net of .*$|,?\s+(?:including|excluding|less) .*$|\[[^\]]*\]|[（][^）]*[）]",
    re.IGNORECASE,
)
_SPELT_OUT = re.compile(r"\bend(?:ed|ing)\b|截至", re.IGNORECASE)  # `three months ended`: no quarter of a number
_FOOTNOTE = re.compile(r"(?:\s*\(\d{1,2}\))+$")
_PERCENT_OF = re.compile(r"\bas an? (?:percent(?:age)?|%) of\b", re.IGNORECASE)  # over a table of shares
_SET_ASIDE = re.compile(r"\b(?:provisions?|allowances?|reserves?|accru\w+)\b.*\bloss", re.IGNORECASE)  # itself no loss
_LAST_DAY = re.compile(r"^\W*[a-z]+\.? (?:28|29|30|31)\W*$", re.IGNORECASE)  # of a month of no year
_NOTHING = frozenset({"—", "-", "–", ""})


@dataclass(frozen=True, slots=True)
class Cell:
    """``start``, ``end``: its row in the passage's text. ``value``: signed, as it is printed, without the table's scale.
    ``head``: its time as the table has it. ``cost``, ``loss``: a row of what is taken off, of losses. ``form``: how a
    sentence writes such a figure, ``${} million``.
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
    form: str = "{}"

    @property
    def report(self) -> Report:
        return self.evidence.report


def cells(index: Index, reports: Sequence[Report], hits: Iterable[Evidence], item: Item) -> list[Cell]:
    """Every dated cell of the rows that are this line, the surest first, then in the order of ``reports``."""
    found: list[tuple[int, Cell]] = []
    for place, report in enumerate(reports):
        for evidence in tables_for(index, report, hits, item):
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
        if c.score >= best.score - TOO_CLOSE
        and (everywhere or c.evidence.passage.id == best.evidence.passage.id)
        and (c.when.kind == "day") == (best.when.kind == "day")  # a balance is no rival of what a year brought
    ]
    return best if len({cell.value for cell in rivals}) == 1 else None


def same_time(of_cell: Period, asked: Period) -> bool:
    """Whether a column is of the time asked for. A company's year is named by the year it ends in."""
    if asked.kind == "year":
        days = (of_cell.end - of_cell.start).days
        long = of_cell.kind in ("year", "day", "month") or days >= 350  # a balance `as of December 2016`
        return long and days <= 380 and of_cell.end.year == asked.end.year
    if asked.kind in ("quarter", "half", "range"):
        near = timedelta(days=6)
        starts = of_cell.kind == "day" or abs(of_cell.start - asked.start) <= near  # a balance is of the last day
        return of_cell.label == asked.label or (abs(of_cell.end - asked.end) <= near and starts)
    if asked.kind == "month" and of_cell.kind == "day":  # a balance of its last day
        return (of_cell.end.year, of_cell.end.month) == (asked.end.year, asked.end.month)
    return of_cell.label == asked.label


def own_time(asked: Period, report: Report) -> Period:
    """A quarter or half as the company of a report counts it: its first quarter of 2023 may end in October 2022."""
    if not _of_months(asked) or _SPELT_OUT.search(asked.surface):
        return asked
    shift = fiscal_shift(tuple(each for each in figures(report.period or "") if each.kind == "period"))
    if not shift:
        return asked
    start, end = (_months_back(day, shift) for day in (asked.start - timedelta(days=1), asked.end))
    return replace(asked, start=start + timedelta(days=1), end=end)


def _of_months(when: Period) -> bool:
    """Whether a time is a quarter, a half or some months."""
    return when.kind in ("quarter", "half") or (when.kind == "range" and (when.end - when.start).days < SHORT_OF_A_YEAR)


def _months_back(last: date, months: int) -> date:
    """The last day of the month so many months before one."""
    index = last.year * 12 + last.month - months
    return date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


def tables_for(index: Index, report: Report, hits: Iterable[Evidence], item: Item) -> list[Evidence]:
    """The tables of a report that may hold a line: those of the statements, and those that were retrieved."""
    weights = {term: 1.0 for form in (*item.forms, item.only) for term in form}
    ids = index.lexical(weights, SEARCHED, frozenset({report.id}), None, STATEMENTS)
    return tables_of(index, report, hits, ids)


def tables_of(index: Index, report: Report, hits: Iterable[Evidence], ids: Mapping[str, float]) -> list[Evidence]:
    """The tables among what was retrieved and what else was found (passage id -> score), with their other parts.

    A long table is several passages; the part that was found may not be the one that holds the row.
    """
    found = {item.passage.id: item for item in hits if item.report.id == report.id and item.passage.kind == "table"}
    for passage in index.passages(id_ for id_ in ids if id_ not in found).values():
        if passage.kind == "table":
            found[passage.id] = Evidence(passage, report, 0.0, 0.0, ids[passage.id])
    near = {
        passage_id(report.id, item.passage.ordinal + step): item
        for step in (*range(-REACH, 0), *range(1, REACH + 1))
        for item in found.values()
    }
    for id_, passage in index.passages(id_ for id_ in near if id_ not in found).items():
        first = near[id_].passage
        if passage.kind == "table" and (passage.section, passage.page) == (first.section, first.page):
            found[id_] = Evidence(passage, report, 0.0)
    return list(found.values())


def cells_where(
    evidence: Evidence,
    fit: Callable[[Fact], float],
    place: float = 0.0,
    when: Callable[[Fact], Period | None] = lambda _: None,
    under: Callable[[Fact], str] = lambda _: "",
) -> Iterator[Cell]:
    """The dated cells of a table that fit (0: it does not); ``place`` is added to their score.

    ``when``: the time of a cell whose column tells none; ``under``: what must be said beside its label to know it.
    """
    passage = evidence.passage
    above = passage.section[-1] if passage.section else ""
    scale = scale_of(evidence)
    facts = read_table(passage.text, above).facts
    shares = of_shares(facts, told_of_shares(passage))
    for fact in facts:
        if fact.row is None or not fact.row.terms or not is_value(fact):
            continue
        part = part_of_year(fact, above)
        of, score = part or _when(fact) or when(fact), fit(fact)
        if not score or of is None:
            continue
        made = cell_of(evidence, fact, of, score + place, scale, under(fact), part.surface if part else None)
        yield replace(made, percent=True) if shares else made


def cell_of(
    evidence: Evidence,
    fact: Fact,
    of: Period,
    score: float,
    scale: Decimal | None,
    beside: str = "",
    head: str | None = None,
) -> Cell:
    """A figure of a table as a cell; ``beside``: what is said beside its label; ``head``: its time as the table has it."""
    row = fact.row or Row("", frozenset(), False)
    value = fact.figure.value if fact.figure.bare is None else fact.figure.bare  # the label says what it is in
    lost = bool(fact.loss) and not _SET_ASIDE.search(row.label)
    value = -value if fact.figure.sign < 0 or lost else value
    percent = fact.figure.kind == "percent"
    label = f"{_FOOTNOTE.sub('', row.label)} ({beside})" if beside else _without_amounts(row.label)
    return Cell(
        evidence, label, *fact.sentence, value, of, _head(fact, of) if head is None else head, score, percent,
        None if fact.figure.scaled or percent else scale, row.taken_off and not percent and not lost, lost,
    )  # fmt: skip


def _without_amounts(label: str) -> str:
    """A label without a remark that has amounts of its own: `Receivables, less allowances of $5`."""
    short = REMARK.sub("", label).strip(" ,")
    return short if short and any(f.kind == "money" for f in figures(label[len(short) :])) else label


def scale_of(evidence: Evidence) -> Decimal | None:
    """The scale that a table states once, in its lines or in the headings above it.

    A Chinese unit in the label of a row is that of the row: `单店收入（万元） | 31.02` tells nothing of the row of shops.
    """
    passage = evidence.passage
    text = passage.text
    if _ROW_UNIT.search(text):
        text = "\n".join(line for line in text.split("\n") if not (_ROW_UNIT.match(line) and _AMOUNT.search(line)))
    return table_scale(text) or table_scale(" ".join(passage.section[-2:]))


def told_of_shares(passage: Passage) -> bool:
    """Whether the words over a table say that its figures are shares: `as a percentage of total revenues`."""
    return bool(_PERCENT_OF.search(" ".join((*passage.section[-1:], *grid(passage.text).title))))


def of_shares(facts: Sequence[Fact], told: bool) -> bool:
    """Whether a table gives every line as a share of one of them: only its first row need have percent signs.

    Where it is ``told`` so, some may be more than the whole: the costs of a year of losses.
    """
    values = [fact.figure for fact in facts if is_value(fact)]
    plain = [figure for figure in values if figure.kind != "percent"]
    return (
        len(plain) < len(values)
        and all(figure.kind == "number" and abs(figure.value) <= (SHARE if told else 100) for figure in plain)
        and any(figure.value == 100 for figure in plain)
    )


def labels_of(text: str) -> Iterator[str]:
    """What stands in front of the first bar of each line of a table: much cheaper than to read its figures."""
    for line in text.split("\n"):
        if "|" in line:
            yield line.strip().strip("|").partition("|")[0].strip()


def _of_table(evidence: Evidence, item: Item) -> Iterator[Cell]:
    place = _place(statement_tags(evidence.passage), item)
    least = LABEL if place >= OF_ANOTHER else ALONE
    own = own_terms(evidence.report)
    rows: dict[str, float] = {}
    bare = tuple(form - COST for form in item.forms if form & COST and form - COST and not form & _NO_COST)

    def worth(label: str) -> float:
        if label not in rows:
            rows[label] = _is_row(label, item, own, evidence) if item.only else fit_of(label, item, own)
            if not rows[label] and bare and place >= OF_STATEMENT:
                rows[label] = BARE * fit_of(label, replace(item, forms=bare), own)
        return rows[label] if rows[label] >= least else 0.0

    if any(map(worth, labels_of(evidence.passage.text))):
        yield from cells_where(evidence, lambda fact: worth(fact.row.label) if fact.row else 0.0, place)


def own_terms(report: Report) -> frozenset[str]:
    """The terms of what the company of a report is called."""
    names = (*report.companies, *names_of(report).concepts)
    return frozenset(term for name in names for term in analysis.terms(name))


def _place(tags: Mapping[str, float], item: Item) -> float:
    """What the table's place adds: the statement that the line belongs to, another one, or none."""
    if item.statement and tags.get(item.statement, 0.0) >= OWN:
        return OF_STATEMENT
    return OF_ANOTHER if any(strength >= OWN for strength in tags.values()) else 0.0


def is_value(fact: Fact) -> bool:
    return fact.figure.kind in ("number", "money", "percent", "multiple") and fact.figure.text.strip() not in _NOTHING


def _when(fact: Fact) -> Period | None:
    """The one time of a cell; None where its column is of none, or of several.

    A time in the row's label is its base (`compared with 2008`), but not that of a remark: `less allowances of $5 in 2008`,
    nor the last day of any year: `Balance, December 31`.
    """
    said = REMARK.sub(" ", fact.row.label) if fact.row else ""
    return (
        None if any(base.text in said and not _LAST_DAY.search(base.text) for base in fact.bases) else column_time(fact)
    )


def column_time(fact: Fact) -> Period | None:
    """The one time of the column of a cell, whatever times its row's label names.

    `2022-12-31 / 2022` heads balances and what flowed in one: such a column is of the year. So is one of `2021` under the
    first head of its row, `Year ended January 31, 2022`.
    """
    dated = [figure.period for figure in fact.periods if figure.period is not None and not figure.period.implied]
    times = {period.label: period for period in dated}
    years = [period for period in dated if period.kind == "year"]
    if years and all(period.end == years[0].end and period.kind in ("year", "day") for period in dated):
        times = {years[0].label: years[0]}
    elif len(dated) == 2 and dated[1].kind == "year" and (dated[0].kind == "day" or is_a_year(dated[0])):
        times = {dated[1].label: dated[1]}
    return next(iter(times.values())) if len(times) == 1 else None


def _head(fact: Fact, when: Period) -> str:
    if when.kind == "year":
        return when.label
    return (fact.periods[0].text.strip() if fact.periods else "") or when.surface.strip() or when.label


def _is_row(label: str, item: Item, own: frozenset[str], evidence: Evidence) -> float:
    """1 for a label that says what was asked and nothing else; else 0. What else it is about may stand above the table."""
    terms = label_of(label, own)
    for form in item.forms or (frozenset[str](),):
        if item.only | form <= terms and terms - item.only - form <= _LIGHT:
            return 1.0
    if item.forms and item.only <= terms and terms - item.only <= _LIGHT:
        passage = evidence.passage
        above = frozenset(analysis.terms("\n".join((*grid(passage.text).title, *passage.section[-2:]))))
        return float(any(form <= above for form in item.forms))
    return 0.0


def label_of(label: str, own: frozenset[str]) -> frozenset[str]:
    """The terms of a row's label that say what it is; ``own``: those of the company's name, which do not."""
    return frozenset(t for t in analysis.terms(as_holders(REMARK.sub(" ", label))) if not t[0].isdigit()) - GLUE - own


def fit_of(label: str, item: Item, own: frozenset[str]) -> float:
    """How much of a row's label is the line, 0..1, and a little more for a label as it was asked for, and for a total."""
    terms = label_of(label, own)
    best = 0.0
    for form in (form - own or form for form in item.forms):  # 公司 stands in 归属于母公司, and in its name
        if form <= terms and not _OTHERS & (terms - form):
            extra = sum(LIGHT if term in _LIGHT else 1.0 for term in terms - form)
            best = max(best, len(form) / (len(form) + extra))
    if best < LABEL:
        return 0.0
    said = frozenset(analysis.terms(as_holders(item.said))) - GLUE
    return best + EXACT * (terms - _TOTAL == said - _TOTAL) + WHOLE * ("total" in terms)


def before(when: Period) -> Period:
    """The year before a year, or before twelve months told by their days. Raises LookupError for any other time."""
    if when.kind != "year" and not is_a_year(when):
        raise LookupError("only years are averaged")
    return periods(str(when.end.year - 1))[0]


def year_before(when: Period) -> Period:
    """The same quarter, half or months a year earlier, or the year before. Raises LookupError for any other time."""
    return when.earlier(1) if _of_months(when) else before(when)
