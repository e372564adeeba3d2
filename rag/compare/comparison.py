"""Comparisons: a table with a row per side and a citation in every cell, and what the sides do not agree on.

Every cell is taken from the reports of its own side; a side that says nothing gets `not found`, never another's value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rag.answer.citations import Draft
from rag.compare.asked.aspects import aspects
from rag.compare.asked.bare_quarters import with_years
from rag.compare.asked.editions import editions
from rag.compare.asked.guided import guided
from rag.compare.asked.halves import halves
from rag.compare.asked.members import members
from rag.compare.asked.metrics import growth_apart, metrics_named, without_sort
from rag.compare.asked.names import ASKS_RATING, ASKS_TARGET, held_companies, named_companies
from rag.compare.asked.outcome import outcome
from rag.compare.asked.reports import MOST_REPORTS
from rag.compare.asked.segments import segments
from rag.compare.asked.side import Side, is_chinese
from rag.compare.asked.sides import sides
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.things import on_the_named, things
from rag.compare.asked.wanted import Aspect
from rag.compare.asked.weeks import weeks
from rag.compare.found.cells import cell_of
from rag.compare.found.find import Cells, Piece
from rag.compare.found.heads import of_the_same_table
from rag.compare.found.holds import ENOUGH
from rag.compare.found.parallel import together
from rag.compare.found.read import Column, read_all
from rag.compare.found.share import names_other
from rag.compare.found.stance import asks_stance, shared_figures, stances
from rag.compare.found.times import UNTOLD, period_fit
from rag.compare.found.values import is_amount
from rag.compare.told.drawn import current, differ, notes, only_newest, said_at_once, table
from rag.compare.told.verdict import asks_view, verdicts
from rag.figures.find import figures
from rag.language import lexicon
from rag.language.embeddings import Encoder
from rag.language.periods import Period, periods
from rag.reports.names import called
from rag.search.retrieve import Index, search
from rag.types import Evidence, Report

SEARCHED = 12  # passages in which the year of a quarter is looked for that is named without one
CERTAIN = 0.8  # how surely each side must answer a question that is refused as a whole
_QUOTED = re.compile(r"\b(?:rates?|prices?|quotes?)$|价格?$", re.IGNORECASE)  # what is quoted for a thing


@dataclass(frozen=True, slots=True)
class Comparison:
    """``drafts``: the table, or the one statement on all sides, then what the sides do not agree on. ``cells[i][j]``: what side ``i`` says to aspect ``j``.

    ``notes``: what was not found for whom. ``found``: how many sides say anything. ``tried``: no rule says that the
    question compares, only that each side answers.
    """

    sides: tuple[Side, ...]
    aspects: tuple[Aspect, ...]
    cells: Cells
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...] = ()
    tried: bool = False

    @property
    def found(self) -> int:
        return sum(any(row) for row in self.cells)

    @property
    def complete(self) -> bool:
        """Whether it says something of two sides, or of one where the library has no report on another.

        Of one alone, too, where all are named and so is the metric: that it is not found for the other answers.
        """
        kind = self.sides[0].kind
        named = all(a.metric for a in self.aspects) and all(side.name for side in self.sides) and kind != "report"
        named = named or (kind == "report" and all(a.label for a in self.aspects))
        return self.found > 1 or named or any(not side.tiers for side in self.sides)

    @property
    def sure(self) -> bool:
        """Whether what else was to be refused may be answered so: of names that no report is on, where all that is said is to
        the point, and some of it of the time that is asked; of sides that reports are on, always."""
        said = [
            (side, piece) for side, row in zip(self.sides, self.cells, strict=True) for each in row for piece in each
        ]
        timed = [
            side.period is None
            or side.period.kind == "week"
            or period_fit(side.period, piece.text, piece.report) > UNTOLD
            for side, piece in said
        ]
        if self.tried:
            return all(piece.score >= CERTAIN for _, piece in said)
        return self.sides[0].kind != "thing" or (all(piece.score >= ENOUGH for _, piece in said) and any(timed))

    @property
    def full(self) -> bool:
        """Whether every side says something to every aspect."""
        return all(all(row) for row in self.cells)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passages of its cells, a side after the other, each once: what an answer on all sides rests on."""
        pieces = [piece for row in self.cells for pieces in row for piece in pieces]
        return tuple({piece.evidence.passage.id: piece.evidence for piece in pieces}.values())


def compare(index: Index, encoder: Encoder, question: str, scope: frozenset[str] | None = None) -> Comparison | None:
    """The table that answers a comparison, None where the question compares nothing or no side says anything."""
    shelf = [report for report in index.reports().values() if scope is None or report.id in scope]

    about = _about(question, shelf)

    @cache
    def told_of() -> list[Period]:
        hits = search(index, encoder, question, limit=SEARCHED, scope=frozenset(report.id for report in about))
        return [time for item in hits.evidence for time in periods(item.passage.text, item.report.date)]

    text = with_years(spelled_out(metrics_named(question)), about, told_of)
    named = _sides(index, encoder, text, shelf)
    if len(named) < 2:
        return _of_editions(index, encoder, text, shelf) or _of_halves(index, encoder, text, shelf)
    if named[0].kind == "segment":
        text = with_years(spelled_out(metrics_named(question, of_parts=True)), about, told_of)
    text = _as_stated(text, named[0].kind)
    named = tuple(replace(side, question=_as_stated(side.question, side.kind)) for side in named)
    wanted, cells = _found(index, encoder, text, named)
    if not any(any(row) for row in cells):
        return _of_editions(index, encoder, text, shelf) if named[0].kind in ("period", "thing") else None
    if _of_no_time(named, cells):
        return None
    return _told(index, text, named, wanted, cells)


def _of_editions(index: Index, encoder: Encoder, question: str, shelf: Sequence[Report]) -> Comparison | None:
    """What each report says that a question may set side by side; None where one of them does not answer."""
    every = editions(index, encoder, question, shelf)
    named = every[-MOST_REPORTS:]
    if not named:
        return None
    wanted = _whole(question, named)
    column = read_all(index, encoder, named, wanted)
    if not column:
        return None
    found = _tried(index, question, named, wanted, column)
    left_out = (only_newest(len(named), len(every), is_chinese(question)),) if len(named) < len(every) else ()
    return replace(found, notes=(*found.notes, *left_out))


def _of_halves(index: Index, encoder: Encoder, question: str, shelf: Sequence[Report]) -> Comparison | None:
    """What answers each half of a question; None where they are no two things, and have no answers of their own."""
    reports = index.reports()
    for one, other in halves(question, shelf):
        own = [reports[id_] for id_ in one.tiers[-1]]
        tiers = (frozenset(r.id for r in on_the_named(index, question, own, (one.label, other.label))),)
        named = (replace(one, tiers=tiers), replace(other, tiers=tiers))
        wanted = _whole(question, named)
        column = read_all(index, encoder, named, wanted)
        said = {(piece.evidence.passage.id, piece.start, piece.end) for pieces in column for piece in pieces}
        if len(said) == len(named):
            return _tried(index, question, named, wanted, column)
    return None


def _whole(question: str, named: tuple[Side, ...]) -> Aspect:
    """All that a question asks of each side, as one aspect without a name."""
    return replace(aspects(question, named)[0], label="", forms=(), without=())


def _tried(index: Index, question: str, named: tuple[Side, ...], wanted: Aspect, column: Column) -> Comparison:
    return replace(_told(index, question, named, (wanted,), tuple((cell,) for cell in column)), tried=True)


def _about(question: str, shelf: Sequence[Report]) -> Sequence[Report]:
    """The reports on the companies that a question names, all where there are none: a quarter is their newest one."""
    named = named_companies(question, held_companies(shelf))
    return [report for _, _, group in named if group for report in group.reports] or shelf


def _as_stated(question: str, kind: str) -> str:
    """A question in the words of statements: growth apart from its metric, and without the sort of sides that it names."""
    return growth_apart(without_sort(question) if kind in ("company", "thing") else question)


def _sides(index: Index, encoder: Encoder, question: str, shelf: Sequence[Report]) -> tuple[Side, ...]:
    """The sides of a question, the surest way to tell them first: what reports are on, rows of tables, names in statements, sets."""
    named = guided(question, shelf) or weeks(index, encoder, question, shelf) or outcome(question, shelf)
    named = named or sides(question, shelf)
    if len(named) < 2 or named[0].kind == "period" or not all(side.tiers for side in named):
        named = segments(index, encoder, question, shelf) or named
    if len(named) < 2 or not all(side.tiers for side in named):
        named = things(index, encoder, question, shelf, named) or named
    return named if len(named) > 1 else members(index, encoder, question, shelf)


def _found(index: Index, encoder: Encoder, question: str, named: tuple[Side, ...]) -> tuple[tuple[Aspect, ...], Cells]:
    """What is asked of each side, and what each says to it."""
    reports = index.reports()
    as_such = not _names_metric(question) and asks_stance(question, named, reports)
    if not as_such and named[0].kind in ("company", "thing") and asks_view(question) and not _names_metric(question):
        ratings = stances(is_chinese(question))[:1]  # `is the house more positive on A than on B?`
        rated = _cells(index, encoder, question, named, ratings)
        if all(any(row) for row in rated):
            return ratings, rated
    wanted = stances(is_chinese(question)) if as_such else aspects(question, named, _known(named, reports))
    cells = of_the_same_table(named, wanted, _cells(index, encoder, question, named, wanted))
    if as_such:
        shared = shared_figures(index, named, reports)
        wanted += tuple(aspect for aspect, _ in shared)
        cells = tuple((*row, *(pieces[i] for _, pieces in shared)) for i, row in enumerate(cells))
    return wanted, cells


def _told(index: Index, question: str, named: tuple[Side, ...], wanted: tuple[Aspect, ...], cells: Cells) -> Comparison:
    """The table, what the sides do not agree on, who has most, and the notes."""
    chinese = is_chinese(question)
    rows = [
        (side, row)
        for side, row in zip(named, cells, strict=True)
        if side.name or side.kind == "report" or any(row)  # of the two notes, that one says nothing is to be told
    ]
    named, cells = tuple(side for side, _ in rows), tuple(row for _, row in rows)
    if once := said_at_once(named, cells, chinese):
        return Comparison(named, wanted, cells, (once,))
    columns = [[row[j] for row in cells] for j in range(len(wanted))]
    apart = [differ(named, aspect, column, chinese) for aspect, column in zip(wanted, columns, strict=True)]
    most, unordered = verdicts(question, named, wanted, cells, chinese)
    drafts = (table(named, wanted, cells, chinese), *(draft for draft in apart if draft), *most)
    lacking = notes(named, wanted, cells, index.reports(), chinese)
    return Comparison(named, wanted, cells, drafts, (*lacking, *current(named, cells, chinese), *unordered))


def _cells(index: Index, encoder: Encoder, question: str, named: Sequence[Side], wanted: Sequence[Aspect]) -> Cells:
    """What each side says to each aspect; what one alone does not say, in the words of the others."""
    reports = index.reports()
    columns: list[tuple[tuple[Piece, ...], ...]] = []
    for aspect in wanted:
        column: tuple[tuple[Piece, ...], ...] = ((),) * len(named)
        if all(side.kind not in ("thing", "week") for side in named):
            column = tuple(cell_of(index, encoder, side, named, aspect, reports) for side in named)
        if not all(column) and named[0].kind != "segment":
            column = together(index, encoder, question, named, aspect, column)
        if (
            not all(column)
            and any(column)
            and named[0].kind in ("broker", "report")
            and not is_amount(aspect, question)
        ):
            column = together(index, encoder, question, named, replace(aspect, metric=False), column)
        if not any(column) and named[0].kind == "thing" and aspect.metric and _QUOTED.search(aspect.label):
            column = _unnamed(index, encoder, question, named, aspect)
        if named[0].kind not in ("segment", "week"):
            column = read_all(index, encoder, named, aspect, column) or column
        columns.append(column)
    return tuple(tuple(column[i] for column in columns) for i in range(len(named)))


def _unnamed(
    index: Index, encoder: Encoder, question: str, named: Sequence[Side], aspect: Aspect
) -> tuple[tuple[Piece, ...], ...]:
    """The price of each side where statements give it without the word: the `freight rate` of `A to B fell 7.1% to USD 1,228`."""
    bare = " ".join(question.replace(aspect.label, " ").split())
    column = together(index, encoder, bare, named, replace(aspect, label="", forms=()))
    said = [piece.text for pieces in column for piece in pieces]
    priced = all(any(f.kind == "money" for f in figures(text)) and not names_other(text, aspect) for text in said)
    return column if priced and all(column) else ((),) * len(named)


def _of_no_time(named: Sequence[Side], cells: Sequence[Sequence[Sequence[Piece]]]) -> bool:
    """Whether all that is found of several times is one statement that does not name them: it sets nothing side by side."""
    said = {piece.text: piece for row in cells for pieces in row for piece in pieces}
    if named[0].kind != "period" or len(said) != 1 or not all(any(row) for row in cells):
        return False
    piece = next(iter(said.values()))
    told = {period.label for period in periods(piece.text, piece.report.date)}
    return not all(side.period is None or side.period.label in told for side in named)


def _known(named: tuple[Side, ...], reports: Mapping[str, Report]) -> frozenset[str]:
    """The index terms of the names that the reports of the sides go by."""
    return frozenset(term for side in named for tier in side.tiers for id_ in tier for term in called(reports[id_]))


def _names_metric(question: str) -> bool:
    """Whether a question says what is to be compared: a metric, the rating or the target."""
    named = any(item.kind in ("metric", "line_item") for item in lexicon.expand(question))
    return named or bool(ASKS_RATING.search(question) or ASKS_TARGET.search(question))
