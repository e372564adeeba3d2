"""Figures of the parts of a company by their names, and what comes of them: `What operating margin did Orchard earn?`

A filing prints the sales and the profit of its segments, regions and products in tables of one line for each, or one column,
or one block; ``groups`` reads all three. A part is taken by its whole name, and only where the question says nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.language import analysis, lexicon
from rag.language.lexicon import Expansion
from rag.language.periods import Period
from rag.lookup.extremes import KIND_WORDS
from rag.lookup.finder import Finder, Made, alike, ratio_of
from rag.lookup.groups import groups
from rag.lookup.operations import operation_of
from rag.lookup.question import IDLE, Item, Sought, clause_of, item_of
from rag.lookup.ratios import Ratio
from rag.lookup.relation import PORTION
from rag.lookup.table import Cell, before, own_time, same_time
from rag.lookup.times import times_of, undated_in, years_of
from rag.lookup.words import change_said, made_said, related_said, undated, value_said
from rag.reports.names import called
from rag.search.retrieve import Hits, Index
from rag.types import Report

Said = tuple[str, tuple[Cell, ...]]

MOST_NAMES = 3
_MARGINS = {"operating margin": "operating income", "gross margin": "gross profit", "profit margin": "operating income", "net margin": "net income"}  # fmt: skip
_LINES = frozenset({"revenue", "operating income", "gross profit", "net income"})
_PART = r"(?:segments?|business(?:es)?|divisions?|units?|regions?|categor(?:y|ies)|lines?)"
_OWN_NAME = re.compile(rf"\s+{_PART}\b", re.IGNORECASE)
_SHARE = re.compile(rf"\b{PORTION} of\b", re.IGNORECASE)
_SALES = re.compile(r"\b(?:net )?(?:revenues?|sales)$", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"\bdifference\b|\bgap\b|\bhow much (?:bigger|larger|higher|more|greater|smaller|lower|less)\b|\bexceed\w*\b|\b(?:more|less|higher|lower|larger|bigger|greater|smaller)\b.{0,40}\bthan\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"\bcombined\b|\btogether\b|\bsum\b|\badded\b|\bin total\b|\btotal of\b", re.IGNORECASE)
_WHY = re.compile(r"\bwhy\b|\bwho\b|\bwhich\b|\bwhen\b|\bexpect\w*|\bguidance\b|\bforecast\w*|\bdr[io]ve\w*|\bcause\w*|\bratio of\b|\bmultiple\b|\btimes\b", re.IGNORECASE)  # fmt: skip
_FREE = frozenset(
    analysis.terms(
        "segment segments business businesses division divisions unit units region regions category categories line lines reportable operating its own "
        "earn earned make made come came contribute contributed contribution bring brought account accounted represent represented belong belonged stem stemmed "
        "derive derived generate generated attributable out margin profit percent percentage portion part share slice chunk fraction proportion difference gap between bigger "
        "larger higher more greater smaller lower less than exceed exceeded exceeds together combined sum added cent points point turn turned over ring rung "
        "company whole entire group consolidated external customers land landed work works sell sold show shown per say said much"
    )
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What is asked of parts of a company: the line, over another or not, the times, what is done to the figures."""

    clause: str
    item: Item
    under: Item | None
    when: tuple[Period, ...]
    kind: str


def parts_asked(question: str, today: date | None) -> Parts | None:
    """What a question asks of the parts of a company; None where it asks for no line that is printed for parts."""
    clause = clause_of(question)
    found = lexicon.expand(clause)
    named = times_of(clause, today)
    if _WHY.search(clause) or undated_in(found, named) or analysis.language(clause) != "en":
        return None
    names = [_line(e) for e in found if _is_line(e)]
    margin = next((_MARGINS[name] for name in names if name in _MARGINS), "")
    lines = [name for name in dict.fromkeys(names) if name in _LINES]
    revenue = item_of("revenue")
    if revenue is None or len(lines) > (2 if margin else 1) or not (margin or lines):
        return None
    said = next((e.surface for e in found if _line(e) == lines[0]), "") if lines and not margin else ""
    item = item_of(margin or lines[0])
    if item is None:
        return None
    item = replace(item, said=said or item.said)
    operation = operation_of(clause, [])
    if margin:
        kind = "margin"
    elif _SHARE.search(clause):
        kind = "share"
    elif _DIFFERENCE.search(clause):
        kind = "difference"
    elif _SUM.search(clause):
        kind = "sum"
    else:
        kind = "change" if operation in ("change", "trend") else "value" if operation == "value" else ""
    times = years_of(named)
    return Parts(clause, item, revenue if margin else None, times, kind) if kind else None


def of_parts(index: Index, report: Report, hits: Hits, asked: Parts) -> Iterator[Said]:
    """The sentences with their cells. Raises LookupError where a part, or a figure of it, is not found for sure."""
    above = _Tables(index, report, hits, asked)
    names = above.names
    times = asked.when or (above.newest(),)
    if asked.kind in ("difference", "sum") and len(names) > 1:
        for when in times:
            cells = tuple(above.cell(name, when) for name in names)
            yield related_said(asked.kind, cells, 1), cells
        return
    if (asked.kind in ("difference", "sum") and len(times) < 2) or (asked.kind == "share" and len(names) > 1):
        raise LookupError("one part alone, or a part of a part")
    for name in names:
        yield from _of_name(index, hits, above, name, times, asked)


def _of_name(
    index: Index, hits: Hits, above: _Tables, name: str, times: Sequence[Period], asked: Parts
) -> Iterator[Said]:
    if asked.kind in ("change", "difference"):
        first, last = (times[0], times[-1]) if len(times) > 1 else (before(times[0]), times[0])
        made = [_made(above.cell(name, when), when) for when in (first, last)]
        yield change_said(made[0], made[1], False), tuple(cell for each in made for cell in each.cells)
        return
    for when in times:
        cell = above.cell(name, when)
        if asked.kind == "value":
            yield value_said(_made(cell, when), False), (cell,)
        elif asked.kind == "share":
            whole = above.whole(cell, when)
            yield related_said("share", (cell, whole), 1), (cell, whole)
        elif asked.under is not None:
            under = _Tables(above.index, above.report, hits, replace(asked, item=asked.under), (name,)).cell(name, when)
            line = next(name for name, profit in _MARGINS.items() if profit == asked.item.name)
            ratio = Ratio(((1, asked.item.name),), asked.under.name, "%")
            margin = ratio_of(f"{line} of {name}", ratio, when, [(1, cell)], [under])
            yield made_said(margin, False), margin.cells


def _line(found: Expansion) -> str:
    """The canonical name of a line; what ends in sales or revenue is the revenue of a part: `Services revenue`."""
    known = found.canonical in _LINES or found.canonical in _MARGINS
    return found.canonical if known or not _SALES.search(found.surface) else "revenue"


def _is_line(found: Expansion) -> bool:
    return found.kind in ("line_item", "metric") or bool(_SALES.search(found.surface))


def _line_span(found: Expansion) -> tuple[int, int]:
    """The characters of a line that are no part's name."""
    sales = _SALES.search(found.surface)
    return (found.start + sales.start() if sales else found.start), found.end


def _made(cell: Cell, when: Period) -> Made:
    return Made(cell.label, when, cell.value, "", (cell,))


class _Tables:
    """The tables of one line by parts, with the names of those that a question means."""

    def __init__(self, index: Index, report: Report, hits: Hits, asked: Parts, names: tuple[str, ...] = ()) -> None:
        self.index, self.report, self.asked, self._hits = index, report, asked, hits
        item = asked.item
        segment = tuple(form | {"segment"} for form in item.forms)
        self._groups = groups(index, report, hits.evidence, KIND_WORDS, replace(item, forms=(*item.forms, *segment)))
        self.names = names or self._meant()

    def newest(self) -> Period:
        times = [n.cell.when for g in self._groups for n in g.named if n.name in self.names]
        return max(times, key=lambda period: (period.end, (period.end - period.start).days))

    def cell(self, name: str, when: Period) -> Cell:
        """The figure of a part at a time, in the table that has most of them. Raises LookupError where there is none."""
        for group in self._groups:
            found = [
                n.cell
                for n in group.named
                if _key(n.name) == _key(name) and self._at(n.cell, when) and not n.cell.percent
            ]
            if found and len({cell.value for cell in found}) == 1:
                cell = found[0]
                return replace(cell, label=_named(name, cell.label, self.asked.item))
        raise LookupError(name)

    def whole(self, part: Cell, when: Period) -> Cell:
        """The figure of the whole company. Raises LookupError where it is not found, or not above the part."""
        asked = Sought((self.asked.item,), (when,), "value", frozenset(), (), False)
        whole = Finder(self.index, [self.report], self._hits, asked).cell(self.asked.item, when)
        beside = [
            cell for group in self._groups for cell in group.total
            if cell.evidence.passage.id == part.evidence.passage.id and self._at(cell, when) and cell.value == whole.value
        ]  # fmt: skip
        whole = beside[0] if beside else whole
        if not alike((part, whole)) or not 0 < part.value <= whole.value:
            raise LookupError("no whole of it")
        return whole

    def _at(self, cell: Cell, when: Period) -> bool:
        return any(same_time(cell.when, each) for each in (own_time(when, self.report), when))

    def _meant(self) -> tuple[str, ...]:
        """The names that the question has, the longest ones. Raises LookupError where it has none, or says more than them."""
        own = called(self.report)
        found = lexicon.expand(self.asked.clause)
        parts = {_key(n.name): n.name for group in self._groups for n in group.named}
        firms = [e for e in found if e.kind == "company" and not self._is_part(e, frozenset(parts), own)]
        if any(not analysis.content_words(e.surface) & own for e in firms):
            raise LookupError("another company")
        spans = [p.span for p in times_of(self.asked.clause, None)] + [(e.start, e.end) for e in firms]
        clause = analysis.blanked(self.asked.clause, spans)
        said = analysis.content_words(clause)
        named = {key for key in parts if ((key - own) or key) <= said and key - IDLE - _FREE}
        keys = [key for key in parts if key in named and not any(key < other for other in named)]
        names = frozenset().union(*keys)
        lines = [_line_span(e) for e in found if _is_line(e) and (_line(e) in _LINES or _line(e) in _MARGINS)]
        left = analysis.content_words(analysis.blanked(clause, lines)) - IDLE - _FREE - own - names
        if not keys or left or len(keys) > MOST_NAMES:
            raise LookupError("other words than the names of parts")
        return tuple(parts[key] for key in sorted(keys, key=lambda key: _place(self.asked.clause, key)))

    def _is_part(self, firm: Expansion, parts: frozenset[frozenset[str]], own: frozenset[str]) -> bool:
        """Whether a company's name is that of a part: `AWS`, `the Activision segment of Activision Blizzard`."""
        terms = analysis.content_words(firm.surface)
        return terms in parts and (not terms <= own or bool(_OWN_NAME.match(self.asked.clause, firm.end)))


def _place(clause: str, key: frozenset[str]) -> int:
    """Where the first word of a name stands in a clause."""
    words = clause.split()
    return next((place for place, word in enumerate(words) if key & analysis.content_words(word)), len(words))


def _named(name: str, label: str, item: Item) -> str:
    """A part's name with the line: `Orchard net sales`; a label that has both is left."""
    if _key(name) <= analysis.content_words(label) and (label != name or analysis.content_words(label) != _key(name)):
        return label
    line = item.said if label == name or _key(name) <= analysis.content_words(label) else label
    line = re.sub(r"^segment |\s*\(loss\)$", "", undated(line).strip(" ,"), flags=re.IGNORECASE)
    return f"{name} {line[:1].lower()}{line[1:]}"


def _key(name: str) -> frozenset[str]:
    """The terms of a part's name without those of a line: `Bitcoin revenue` is Bitcoin."""
    terms = analysis.content_words(name)
    lines = [(e.start, e.end) for e in lexicon.expand(name) if e.canonical in _LINES]
    return analysis.content_words(analysis.blanked(name, lines)) or terms
