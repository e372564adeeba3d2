"""A question that says itself how its figure is worked out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation

from rag.language import analysis, lexicon
from rag.language.periods import Period
from rag.lookup.formula import Applied, Definition, Formula, Line, Number, Step, definition, formula_of, lines
from rag.lookup.operations import Operation
from rag.lookup.question import Item, Sought, clause_of, line_of
from rag.lookup.ratios import FORMULAS, Unit
from rag.lookup.table import Cell, before
from rag.lookup.times import times_of, years_of
from rag.lookup.words import shown

_LEAD = re.compile(r"^.*?\b(?:what|how)\b.*?\b(?:is|was|were|are)\b\s*(?:the\s+)?", re.IGNORECASE)
_TAIL = re.compile(r"\s+(?:of|for|at|in)\s+(?:the\s+)?[A-Z].*$")
_PERCENT = re.compile(r"%|\bper ?cents?\b|\bpercentage\b|\bmargin\b|百分|比例|[率比]$", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:average|mean)\b|平均", re.IGNORECASE)
_CHANGE = re.compile(r"\b(?:chang\w*|increas\w*|decreas\w*|growth|grow|grew|differ\w*)\b|变化|增长", re.IGNORECASE)
_NOT_ITSELF = re.compile(r"^\s*(?:/|÷|\bto\b|\bdivided\b|\bas an?\b|\bover\b)", re.IGNORECASE)
_LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2}
_ALONE = 3
_SIGNS = {"+": "+", "-": "−", "*": "*", "/": "/"}


@dataclass(frozen=True, slots=True)
class Part:
    """A formula at a time. ``text``: the arithmetic; ``level``: how closely its last step binds; ``cells``: its figures."""

    value: Decimal
    text: str
    level: int
    cells: tuple[Cell, ...] = ()

    def inside(self, level: int) -> str:
        """The arithmetic as a part of a step of this level."""
        return self.text if self.level >= level else f"({self.text})"


Valued = Callable[[Item, Period], Part]


def defined(question: str, today: date | None = None) -> Sought | None:
    """What a question asks for that gives the formula of it; None where it gives none."""
    given = definition(question) or _known(question)
    if given is None:
        return None
    start, end = given.span
    clause = clause_of(question[:start] + " " + question[end:])
    name = " ".join(_TAIL.sub("", _LEAD.sub("", given.name)).split())
    formula, after = given.formula, _after(clause, name)
    if _NOT_ITSELF.match(after):  # `net debt / EBITDA` where only net debt is defined
        return None
    if re.match(r"\s*%?\s*margin\b", after, re.IGNORECASE):
        formula, name = Step("/", formula, Line("revenue")), f"{name} margin"
    when = years_of(times_of(clause, today))
    named = times_of(name, today)
    for period in named:
        name = " ".join(name.replace(period.surface, " ").split())
    without = clause.lower().replace(name.lower(), " ")
    operation: Operation = "mean" if _MEAN.search(without) else "change" if _CHANGE.search(without) else "value"
    found = lexicon.expand(clause)
    companies = tuple((e.canonical, frozenset(analysis.terms(e.surface))) for e in found if e.kind == "company")
    unit = _unit(formula, f"{clause} {question[end:]}")
    item = Item(given.name, name or given.name, (), formula=formula, unit=unit)
    return Sought((item,), when, operation, frozenset(), companies, analysis.language(question) == "zh")


def _known(question: str) -> Definition | None:
    """The definition of a metric that has one of its own, and is no single ratio."""
    for found in lexicon.expand(question):
        if (body := FORMULAS.get(found.canonical)) and (formula := formula_of(body)) is not None:
            return Definition(found.surface, formula, (found.end, found.end))
    return None


def worked(formula: Formula, when: Period, valued: Valued) -> Part:
    """A formula at a time. Raises LookupError where a line of it is not found, or nothing comes of it."""
    return _worked(formula, when, valued, forced=False)


def first_line(formula: Formula) -> Item:
    """The line that stands first; its newest figure says of when a formula without a time is."""
    return line_of(next(lines(formula)).text)[0]


def _after(clause: str, name: str) -> str:
    at = clause.lower().find(name.lower())
    return clause[at + len(name) :] if at >= 0 and name else ""


def _unit(formula: Formula, asked: str) -> Unit:
    """What the figure is given in: only what ends in a division can be a percentage."""
    if not isinstance(formula, Step) or formula.operator not in "*/":
        return ""
    divides = formula.operator == "/" and not any(number.value >= 100 for number in _numbers(formula))
    return "%" if divides and _PERCENT.search(asked) else "x"


def _numbers(formula: Formula) -> Iterator[Number]:
    if isinstance(formula, Number):
        yield formula
    elif isinstance(formula, Step):
        yield from _numbers(formula.left)
        yield from _numbers(formula.right)


def _worked(formula: Formula, when: Period, valued: Valued, *, forced: bool) -> Part:
    if isinstance(formula, Number):
        return Part(formula.value, shown(formula.value, ""), _ALONE)
    if isinstance(formula, Line):
        item, own = line_of(formula.text)
        return valued(item, own[-1] if own and not forced else when)
    if isinstance(formula, Applied):
        return _applied(formula, when, valued)
    left = _worked(formula.left, when, valued, forced=forced)
    right = _worked(formula.right, when, valued, forced=forced)
    level = _LEVELS[formula.operator]
    text = f"{left.inside(level)} {_SIGNS[formula.operator]} {right.inside(level + (formula.operator in '-/'))}"
    return Part(_step(formula.operator, left.value, right.value), text, level, left.cells + right.cells)


def _step(operator: str, left: Decimal, right: Decimal) -> Decimal:
    try:
        return {
            "+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__,
        }[operator](right)  # fmt: skip
    except (DivisionByZero, InvalidOperation) as error:
        raise LookupError("nothing to divide by") from error


def _applied(formula: Applied, when: Period, valued: Valued) -> Part:
    """The mean over the times that its lines name, or of the year and the year before; the change between them."""
    own = {period.label: period for line in lines(formula.of) for period in line_of(line.text)[1]}
    times = sorted(own.values(), key=lambda period: period.end)
    if len(times) < 2:
        last = times[0] if times else when
        times = [before(last), last]
    parts = [_worked(formula.of, time, valued, forced=True) for time in times]
    cells = tuple(cell for part in parts for cell in part.cells)
    if formula.function == "change":
        first, last_ = parts[0], parts[-1]
        return Part(last_.value - first.value, f"({last_.inside(1)} − {first.inside(2)})", _ALONE, cells)
    total = sum((part.value for part in parts), Decimal(0))
    text = f"(({' + '.join(part.inside(1) for part in parts)}) / {len(parts)})"
    return Part(total / len(parts), text, _ALONE, cells)
