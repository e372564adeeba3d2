"""The largest of the rows of one table, and those above a share of their total.

`What was the largest liability`, `Which segment grew fastest`, `Which categories are more than 20% of revenue`: the rows
that are compared are those of one table, without its totals; the answer names the first with the ones that come next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rag.language import analysis, lexicon
from rag.language.periods import Period
from rag.lookup.groups import Group, Named, groups, lines_of
from rag.lookup.question import IDLE, OF_THE_ASKING, Item, clause_of, item_of
from rag.lookup.table import Cell, before, same_time
from rag.lookup.times import times_of, years_of
from rag.lookup.words import scale_said, shown, shown_cell, slots
from rag.reports.names import called
from rag.search.retrieve import Hits, Index
from rag.types import Report

SHOWN = 3  # rows of an answer: the first, and what comes next
LISTED = 8  # rows above a share
LEAST = 1.0  # worth of a table that is sure to be the one
_MOST = re.compile(
    r"\b(?:largest|biggest|highest|greatest|most|top|best|strongest|fastest|largest-selling|best-selling)\b|最[大高多快]",
    re.IGNORECASE,
)
_LEAST = re.compile(r"\b(?:smallest|lowest|least|slowest|weakest|worst)\b|最[小低少慢]", re.IGNORECASE)
_FAST = re.compile(
    r"\b(?:fastest|slowest)\b|\b(?:most|least|highest|lowest|strongest|best|weakest)\b.{0,20}\bgrow\w*|\bgrew\b.{0,30}\b(?:most|least)\b|增[长速]最|最快|最慢",
    re.IGNORECASE,
)
# What fell, or grew least: `the largest drop in sales` is no largest row.
_FELL = re.compile(
    r"\b(?:largest|biggest|greatest|steepest|sharpest|worst)\b.{0,12}\b(?:drops?|declines?|decreases?|falls?|reductions?)\b|\bdrag(?:s|ged)?\b(?: (?:down|on))?"
    r"|\b(?:declined|decreased|fell|dropped|shrank|decline|decrease|fall|drop|shrink)\b(?: the)? most\b|下[降滑]最|降幅最|拖累",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:more|greater|higher|larger|over|above|at least|exceed\w*|upwards?)\b(?: than| of)? (?P<n>\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent)|超过\s*(?P<zh>\d{1,2}(?:\.\d+)?)\s*%",
    re.IGNORECASE,
)
_SIDES = {
    "liability": re.compile(r"\bliabilit(?:y|ies)\b|负债", re.IGNORECASE),
    "asset": re.compile(r"\bassets?\b|资产", re.IGNORECASE),
    "expense": re.compile(r"\b(?:operating |single )?(?:expenses?|costs?)\b|费用|成本", re.IGNORECASE),
}
# Things of one kind: how a question names them, and the words of the headings of a table of them.
_KINDS = (
    (re.compile(r"\b(?:segments?|business(?:es)?(?: (?:units?|lines?))?|divisions?)\b|板块|分部|业务", re.IGNORECASE), "segment segments business division divisions 分部 板块"),
    (re.compile(r"\b(?:regions?|geograph\w+|countr(?:y|ies)|(?:end )?markets?)\b|地区|区域", re.IGNORECASE), "region regions geographic geography geographical country countries area areas market markets 地区"),
    (re.compile(r"\b(?:products?(?: (?:lines?|categor(?:y|ies)|groups?))?|categor(?:y|ies)|product lines?|brands?|services?|channels?|sources? of revenue|revenue (?:streams?|sources?|lines?))\b|产品|品类", re.IGNORECASE), "product products category categories line lines brand service services disaggregated disaggregation source segment channel 产品"),
)  # fmt: skip
KIND_WORDS = frozenset().union(*(analysis.terms(words) for _, words in _KINDS))  # of the headings of all such tables
_PATTERNS = (_FELL, _MOST, _LEAST, _FAST, _OVER, *_SIDES.values(), *(pattern for pattern, _ in _KINDS))
_FREE = frozenset(
    analysis.terms(
        "sell sold sells bring brought brings contribute contributed contributes represent represents represented account accounted accounts make makes up "
        "single item items line book books balance sheet income statement which any there more than group fast faster profitable money part operating "
        "reportable reporting product service category name whose that performing performed perform source sources stream total overall of in on by for"
    )
)
_OTHERS = frozenset(analysis.terms("region regions geographic geography country customer customers channel 地区"))
NEAR, FAR, ANOTHER = (
    1.2,
    0.6,
    0.8,
)  # for the kind in a table's title, in a heading around it; for another kind in its title
NEARLY_ALL, HALF = Decimal("0.97"), Decimal("0.5")  # of the greatest total: the whole company's, or a part of it
ALL_WORTH, A_PART = 0.6, 1.5
_TAIL_OF_SIDE = re.compile(r"\b(?:revenues?|sales|income|earnings|profit|margin)\b|收入|利润", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is compared. ``side``: of a statement, else ``kind``: terms of what the rows are; ``over``: a share in percent."""

    side: str
    kind: frozenset[str]
    item: Item
    under: Item | None
    most: bool
    growth: bool
    over: Decimal | None
    when: tuple[Period, ...]
    chinese: bool


Said = tuple[str, tuple[Cell, ...]]


def wish(question: str, report: Report, today: date | None) -> Wish | None:
    """What rows a question compares; None where it compares none, or by something that is no line here."""
    clause = clause_of(question)
    over = _OVER.search(clause)
    fell = _FELL.search(clause)
    most, least = None if fell else _MOST.search(clause), fell or _LEAST.search(clause)
    if not (over or most or least):
        return None
    if _rest(clause, report, today):
        return None
    revenue = item_of("revenue")
    kind = next((frozenset(analysis.terms(words)) for pattern, words in _KINDS if pattern.search(clause)), frozenset())
    found = [e.canonical for e in lexicon.expand(clause) if e.kind in ("line_item", "metric")]
    side = next((name for name, pattern in _SIDES.items() if pattern.search(clause)), "")
    if over is not None or kind:
        side = ""
    if revenue is None or not (side or kind) or (side and _TAIL_OF_SIDE.search(clause)):
        return None
    item, under = revenue, None
    if "operating margin" in found or ("profit margin" in found and not over):
        item, under = item_of("operating income") or revenue, revenue
    elif own := next((name for name in found if name in ("operating income", "net income", "gross profit")), ""):
        item = item_of(own) or revenue
    elif [name for name in found if name not in ("revenue", "revenue growth", "growth", "proportion")] and not side:
        return None
    share = over and Decimal(over["n"] or over["zh"])
    growth = bool(fell or _FAST.search(clause)) and not over
    chinese = analysis.language(question) == "zh"
    return Wish(
        side, kind, item, under, not least or bool(most), growth, share, years_of(times_of(clause, today)), chinese
    )


def _rest(clause: str, report: Report, today: date | None) -> frozenset[str]:
    """What a question says beyond the rows, the lines and the times: `the most recalls` are in no table of revenue."""
    spans = [period.span for period in times_of(clause, today)]
    spans += [
        (e.start, e.end)
        for e in lexicon.expand(clause)
        if e.kind in ("line_item", "metric", "company", "statement", "unit", "currency") or e.canonical in OF_THE_ASKING
    ]
    spans += [match.span() for pattern in _PATTERNS for match in pattern.finditer(clause)]
    return analysis.content_words(analysis.blanked(clause, spans)) - IDLE - _FREE - called(report)


def extreme(index: Index, report: Report, hits: Hits, asked: Wish) -> Said:
    """The row that is the largest, or those above a share, said in a sentence. Raises LookupError where none is sure."""
    if asked.side:
        named = lines_of(index, report, asked.side)
        return _largest(_at(named, _time(named, asked)), asked, asked.side)
    found = groups(index, report, hits.evidence, asked.kind, asked.item)
    most = max((_whole(group, asked) for group in found), default=Decimal(0))
    best = max(found, key=lambda group: _worth(group, asked, most), default=None)
    if best is None or _worth(best, asked, most) < LEAST:
        raise LookupError("no table of these things")
    when = _time(best.named, asked)
    now = _at(best.named, when)
    if asked.over is not None:
        return _above(now, best, when, asked)
    if asked.growth:
        return _fastest(now, _at(best.named, before(_year(when))), asked)
    if asked.under is not None:
        return _margins(index, report, hits, now, when, asked)
    return _largest(now, asked, asked.item.name)


def _whole(group: Group, asked: Wish) -> Decimal:
    """The total of a table at the time asked for; the sum of its rows where it prints none."""
    now = [c.value for c in group.total if not c.percent and (not asked.when or same_time(c.when, asked.when[-1]))]
    if now:
        return max(now)
    rows: dict[str, Decimal] = {}
    when = asked.when[-1] if asked.when else max((n.cell.when for n in group.named), key=lambda period: period.end)
    for named in group.named:
        if same_time(named.cell.when, when) and not named.cell.percent:
            rows.setdefault(named.name, named.cell.value)
    return sum(rows.values(), Decimal(0))


def _worth(group: Group, asked: Wish, most: Decimal) -> float:
    """How surely a table is the one: of things of this kind, of this time, and with the total of the whole company."""
    times = [named.cell.when for named in group.named]
    if asked.when and not any(same_time(time, asked.when[-1]) for time in times):
        return 0.0
    own, outer = bool(group.near & asked.kind), bool(group.far & asked.kind)
    kind = NEAR if own else FAR * outer
    kind -= ANOTHER * bool(group.near & (_OTHERS - asked.kind))
    years, names = len({time.label for time in times}), len({named.name for named in group.named})
    share = _whole(group, asked) / most if most > 0 else Decimal(1)
    whole = 0.2 * bool(group.total) + ALL_WORTH * (share >= NEARLY_ALL) - A_PART * (share < HALF)
    return kind + whole + 0.05 * min(years, 4) + 0.02 * names


def _time(named: Sequence[Named], asked: Wish) -> Period:
    times = [each.cell.when for each in named]
    if not times:
        raise LookupError("no such rows")
    if asked.when:
        return asked.when[-1]
    return max(times, key=lambda period: (period.end, (period.end - period.start).days))


def _year(when: Period) -> Period:
    """The year of a time, to go back from it."""
    return when if when.kind == "year" else years_of(times_of(str(when.end.year), None))[0]


def _at(named: Sequence[Named], when: Period) -> list[Named]:
    """The first figure of each name at a time, amounts before shares."""
    out: dict[str, Named] = {}
    for each in named:
        if same_time(each.cell.when, when) and not each.cell.percent:
            out.setdefault(each.name, each)
    if len(out) < 2:
        raise LookupError("too few rows of this time")
    return list(out.values())


def _value(named: Named) -> Decimal:
    return abs(named.cell.value) if named.cell.cost else named.cell.value


def _largest(now: Sequence[Named], asked: Wish, of: str) -> Said:
    order = sorted(now, key=_value, reverse=asked.most)[:SHOWN]
    cells = tuple(named.cell for named in order)
    at = slots(cells)
    parts = [f"{named.name} {shown_cell(named.cell)}{at(named.cell)}" for named in order]
    head = cells[0].head
    if asked.chinese:
        return (
            f"{head}，{'最大' if asked.most else '最小'}的是{parts[0]}；其次：{'，'.join(parts[1:])}{scale_said(cells, True)}。",
            cells,
        )
    word = "largest" if asked.most else "smallest"
    what = f"{word} {of}" if asked.side else f"{word} by {asked.item.said}"
    return f"The {what}, {head}: {parts[0]}; next: {'; '.join(parts[1:])}{scale_said(cells, False)}.", cells


def _fastest(now: Sequence[Named], earlier: Sequence[Named], asked: Wish) -> Said:
    then = {named.name: named for named in earlier}
    pairs = [(named, then[named.name]) for named in now if named.name in then and then[named.name].cell.value > 0]
    pairs = _by_ratio(pairs, asked)
    cells = tuple(cell for after, first in pairs for cell in (first.cell, after.cell))
    at = slots(cells)
    parts = [
        f"{after.name} {shown_cell(first.cell)} ({first.cell.head}), {shown_cell(after.cell)} ({after.cell.head}){at(after.cell)}, "
        f"{_ratio_less_one(after.cell, first.cell)}"
        for after, first in pairs
    ]
    if asked.chinese:
        return (
            f"增长最{'快' if asked.most else '慢'}：{parts[0]}；其次：{'；'.join(parts[1:])}{scale_said(cells, True)}。",
            cells,
        )
    return (
        f"The {'fastest' if asked.most else 'slowest'} growth: {parts[0]}; next: {'; '.join(parts[1:])}{scale_said(cells, False)}.",
        cells,
    )


def _by_ratio(pairs: Sequence[tuple[Named, Named]], asked: Wish) -> list[tuple[Named, Named]]:
    """The first pairs by the ratio of the one to the other. Raises LookupError where there are too few to compare."""
    if len(pairs) < 2:
        raise LookupError("too few rows with both figures")
    return sorted(pairs, key=lambda pair: pair[0].cell.value / pair[1].cell.value, reverse=asked.most)[:SHOWN]


def _ratio_less_one(after: Cell, first: Cell) -> str:
    return (
        f"{shown(after.value, '')} / {shown(first.value, '')} − 1 = {shown((after.value / first.value - 1) * 100, '%')}"
    )


def _margins(index: Index, report: Report, hits: Hits, now: Sequence[Named], when: Period, asked: Wish) -> Said:
    """The highest of one line over another, each name's own."""
    if asked.under is None:
        raise LookupError("no margin")
    below: dict[str, Named] = {}
    for group in groups(index, report, hits.evidence, asked.kind, asked.under):
        if _worth(group, asked, Decimal(0)) >= LEAST:
            for named in group.named:
                if same_time(named.cell.when, when) and not named.cell.percent and named.cell.value > 0:
                    below.setdefault(named.name, named)
    pairs = [(named, below[named.name]) for named in now if named.name in below]
    pairs = [pair for pair in pairs if pair[0].cell.scale == pair[1].cell.scale]
    pairs = _by_ratio(pairs, asked)
    cells = tuple(cell for above, under in pairs for cell in (above.cell, under.cell))
    at = slots(cells)
    parts = [
        f"{above.name}: {asked.item.said} {shown_cell(above.cell)}{at(above.cell)}, {asked.under.said} {shown_cell(under.cell)}{at(under.cell)}, "
        f"{shown(above.cell.value, '')} / {shown(under.cell.value, '')} = {shown(above.cell.value / under.cell.value * 100, '%')}"
        for above, under in pairs
    ]
    lead = (
        f"{'最高' if asked.most else '最低'}："
        if asked.chinese
        else f"The {'highest' if asked.most else 'lowest'}, {cells[0].head}: "
    )
    return f"{lead}{'; '.join(parts)}{scale_said(cells, asked.chinese)}{'。' if asked.chinese else '.'}", cells


def _above(now: Sequence[Named], group: Group, when: Period, asked: Wish) -> Said:
    totals = [cell for cell in group.total if same_time(cell.when, when) and not cell.percent]
    if not totals or totals[0].value <= 0 or asked.over is None:
        raise LookupError("no total of these rows")
    whole = totals[0]
    over = sorted((n for n in now if n.cell.value / whole.value * 100 > asked.over), key=_value, reverse=True)[:LISTED]
    if not over:
        raise LookupError("none above this share")
    cells = (*(named.cell for named in over), whole)
    at = slots(cells)
    parts = [
        f"{named.name} {shown_cell(named.cell)}{at(named.cell)}, {shown(named.cell.value, '')} / {shown(whole.value, '')} = "
        f"{shown(named.cell.value / whole.value * 100, '%')}"
        for named in over
    ]
    end = f"{whole.label} {shown_cell(whole)}{at(whole)}"
    if asked.chinese:
        return f"{whole.head}，超过{asked.over}%的有：{'；'.join(parts)}；{end}{scale_said(cells, True)}。", cells
    return f"Of {end} in {whole.head}: {'; '.join(parts)}{scale_said(cells, False)}.", cells
