"""Comparisons: a table with a row per side and a citation in every cell, and what the sides do not agree on.

Every cell is taken from the reports of its own side; a side that says nothing gets `not found`, never another's value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer.citations import Draft
from rag.answer.table_answer import grid
from rag.compare.drawn import current, differ, notes, table
from rag.compare.find import LOOKED_AT, Piece, asked_alone, best_piece, gather, is_chinese
from rag.compare.names import ASKS_RATING, ASKS_TARGET
from rag.compare.reports import REPORT_WORDS
from rag.compare.sides import COMPARE, Side, sides
from rag.compare.spelled_out import metrics_named
from rag.compare.stance import asks_stance, shared_figures, stances
from rag.compare.wanted import Aspect, wanted_of
from rag.language import lexicon
from rag.language.embeddings import Encoder
from rag.language.lexicon import Expansion
from rag.language.periods import periods
from rag.language.words import terms_of
from rag.lookup.answer import lookup
from rag.question.concepts import Asked, asked, covered
from rag.question.part import is_said, part_asked
from rag.search.retrieve import Hits, Index, search
from rag.types import Evidence, Report
from rag.views.views import Cell, cell

__all__ = ["Comparison", "compare", "gather", "sides"]

MOST_ASPECTS = 6
LONGEST_LINE = 60  # characters of the name of a line
MOST_VIEWS = 3  # brokers whose ratings stand in one cell
# An amount is asked for: what is said without a figure does not answer.
_AMOUNT = re.compile(
    r"\bhow (?:many|much)\b|\b(?:spend(?:ing|s)?|spent|costs?|expenses?|outlays?|amounts?|number|volumes?|shipments?|sales|price)\b|多少|几|支出|花费|费用|成本|数量|规模|销量|出货量",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``drafts``: the table, then what the sides do not agree on. ``cells[i][j]``: what side ``i`` says to aspect ``j``.

    ``notes``: what was not found for whom. ``found``: how many sides say anything.
    """

    sides: tuple[Side, ...]
    aspects: tuple[Aspect, ...]
    cells: tuple[tuple[tuple[Piece, ...], ...], ...]
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...] = ()

    @property
    def found(self) -> int:
        return sum(any(row) for row in self.cells)

    @property
    def complete(self) -> bool:
        """Whether it says something of two sides, or of one where the library has no report on another.

        Of one alone, too, where all are named and so is the metric: that it is not found for the other answers.
        """
        asked_for = all(side.name for side in self.sides) and all(a.metric and a.label for a in self.aspects)
        named = asked_for and self.sides[0].kind in ("company", "broker")
        return self.found > 1 or named or any(not side.tiers for side in self.sides)

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
    question = metrics_named(question)
    reports = index.reports()
    shelf = [report for report in reports.values() if scope is None or report.id in scope]
    named = sides(question, shelf)
    if len(named) < 2:
        return None
    chinese = is_chinese(question)
    as_such = not _names_metric(question) and asks_stance(question, named, reports)
    wanted = stances(chinese) if as_such else aspects(question, named)
    cells = tuple(tuple(_cell(index, encoder, side, aspect, reports) for aspect in wanted) for side in named)
    if as_such:
        shared = shared_figures(index, named, reports)
        wanted += tuple(aspect for aspect, _ in shared)
        cells = tuple((*row, *(pieces[i] for _, pieces in shared)) for i, row in enumerate(cells))
    if not any(any(row) for row in cells):
        return None
    rows = [(side, row) for side, row in zip(named, cells, strict=True) if side.name or any(row)]
    named, cells = tuple(side for side, _ in rows), tuple(row for _, row in rows)
    drafts = [table(named, wanted, cells, chinese)]
    drafts += [
        draft for j, aspect in enumerate(wanted) if (draft := differ(named, aspect, [row[j] for row in cells], chinese))
    ]
    told = (*notes(named, wanted, cells, chinese), *current(named, cells, chinese))
    return Comparison(named, wanted, cells, tuple(drafts), told)


def aspects(question: str, named: Sequence[Side]) -> tuple[Aspect, ...]:
    """What a question compares: ratings and targets, the metrics that it names, else the whole of it."""
    found: list[tuple[int, Aspect]] = []
    metrics = [
        item
        for item in lexicon.expand(question)
        if item.kind in ("metric", "line_item") and not any(item.surface.lower() in side.name.lower() for side in named)
    ]
    for pattern, label in ((ASKS_RATING, "rating"), (ASKS_TARGET, "target price")):
        match = pattern.search(question)
        if match and not any(item.start < match.end() and match.start() < item.end for item in metrics):
            found.append(
                (match.start(), Aspect(label if match[0].isascii() else match[0], (label,), without=(match[0],)))
            )
    found += [(same[0].start, Aspect(same[0].surface, _forms(same), True)) for same in _told_apart(metrics, named)]
    found.sort(key=lambda pair: pair[0])
    each = list({aspect.forms: aspect for _, aspect in found}.values())
    if not each:
        return (Aspect("", (), bool(_AMOUNT.search(question))),)
    labels = [aspect.label for aspect in each]
    return tuple(
        Aspect(a.label, a.forms, a.metric, tuple(label for label in labels if label != a.label))
        for a in each[:MOST_ASPECTS]
    )


def _told_apart(metrics: Sequence[Expansion], named: Sequence[Side]) -> list[list[Expansion]]:
    """The metrics, those of one meaning together where each company has its own word: `revenue of A and net sales of B`."""
    found: dict[str, list[Expansion]] = {}
    for item in metrics:
        found.setdefault(item.canonical if named[0].kind == "company" else item.surface.lower(), []).append(item)
    return list(found.values())


def _forms(same: Sequence[Expansion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.surface.lower() for item in same))


def _names_metric(question: str) -> bool:
    """Whether a question says what is to be compared: a metric, the rating or the target."""
    named = any(item.kind in ("metric", "line_item") for item in lexicon.expand(question))
    return named or bool(ASKS_RATING.search(question) or ASKS_TARGET.search(question))


def _cell(index: Index, encoder: Encoder, side: Side, aspect: Aspect, reports: dict[str, Report]) -> tuple[Piece, ...]:
    if aspect.forms in (("rating",), ("target price",)):
        known = _stated(index, side, aspect.forms[0], reports)
        if known:
            return known
    part: Piece | None = None
    question = asked_alone(side, aspect)
    line = _line_asked(side, aspect, reports)
    for number, tier in enumerate(side.tiers):
        hits = search(index, encoder, question, limit=LOOKED_AT, scope=tier)
        piece = _looked_up(index, hits, line) if line and not number else None
        if piece is not None and not _is_of_part(piece, hits.concepts, side):
            piece = None
        piece = piece or best_piece(hits, side, aspect)
        if piece is not None and side.kind == "period" and not _is_of_part(piece, hits.concepts, side):
            piece = None
        if piece is not None and not piece.part:
            return (piece,)
        part = part or piece
    return (part,) if part else ()


def _is_of_part(piece: Piece, concepts: Sequence[Asked], side: Side) -> bool:
    """Whether what a side says is of the part that is asked for: all sales are no answer for those `from Japan`."""
    part = wanted_of(part_asked(side.question, concepts, before=True), side, piece.report)
    passage = piece.evidence.passage
    title = grid(passage.text).title if passage.kind == "table" else ()
    said = terms_of("\n".join((piece.text, *passage.section, *title)))
    return is_said(part, [covered(each, said) for each in part])


def _line_asked(side: Side, aspect: Aspect, reports: dict[str, Report]) -> tuple[str, frozenset[str]] | None:
    """A question for the line of a statement, and the reports to look it up in; None where no line and time is meant.

    Without a time in the question: for the period of the newest filing.
    """
    label = aspect.label or _phrase(side, reports)
    if not (aspect.metric and label and side.tiers):
        return None
    scope = side.tiers[0]
    when = side.period or next(iter(periods(side.question)), None)
    if when is None:
        filings = [reports[id_] for id_ in scope if reports[id_].period]
        own = max(filings, key=lambda report: str(report.date or report.period), default=None)
        when = next(iter(periods(own.period or "")), None) if own else None
        scope = frozenset({own.id}) if own else scope
    if when is None:
        return None
    if not label.isascii():
        return f"{when.surface}的{label}是多少?", scope
    return f"What was the {'' if aspect.label else 'amount of '}{label} in {when.surface}?", scope


def _looked_up(index: Index, hits: Hits, line: tuple[str, frozenset[str]]) -> Piece | None:
    """The figure of a statement's line, where the side's reports have one line of that name for the time that is asked."""
    question, scope = line
    hits = replace(hits, route=replace(hits.route, first=scope, sides=()))
    found = lookup(index, question, hits)
    if found is None or len(found.drafts) != 1 or len(found.drafts[0].evidence) != 1 or "=" in found.drafts[0].text:
        return None
    draft = found.drafts[0]
    quote = draft.quotes[0]
    return Piece(draft.text.rstrip(".。"), draft.evidence[0], *quote, 1.0, False) if quote else None


def _phrase(side: Side, reports: dict[str, Report]) -> str:
    """The words of a side's question for a line that the lexicon does not know: `technology and content`."""
    if not side.tiers:
        return ""
    report = next(reports[id_] for id_ in side.tiers[0])
    pieces = [c for c in wanted_of(asked(side.question), side, report) if c.kind in ("word", "term")]
    words = [c.surface for c in pieces if not COMPARE.fullmatch(c.surface) and not _AMOUNT.fullmatch(c.surface)]
    words = [word for word in words if word in side.question and not REPORT_WORDS.fullmatch(word)]
    if not words:
        return ""
    start, end = side.question.find(words[0]), side.question.find(words[-1]) + len(words[-1])
    return side.question[start:end] if 0 < end - start <= LONGEST_LINE else ""


def _stated(index: Index, side: Side, what: str, reports: dict[str, Report]) -> tuple[Piece, ...]:
    """The rating or target that the side's reports state, as their metadata has it with its passage: the newest of each broker."""
    pieces: dict[str, Piece] = {}
    for tier in side.tiers:
        for report in sorted((reports[id_] for id_ in tier), key=lambda r: str(r.date or ""), reverse=True):
            value = _shown(report, what)
            if value and (report.broker or report.id).lower() not in pieces:
                source = {f.name: f for f in report.provenance}.get("rating" if what == "rating" else "target_price")
                placed = cell(value, source, index.report_passages(report.id))
                if piece := _piece(index, report, placed):
                    pieces[(report.broker or report.id).lower()] = piece
        if pieces:
            break
    return tuple(pieces.values())[:MOST_VIEWS]


def _shown(report: Report, what: str) -> str:
    if what == "rating":
        return report.rating or ""
    if report.target_price is None:
        return ""
    price = f"{report.target_price:,.4f}".rstrip("0").rstrip(".")
    return f"{price} {report.currency or ''}".strip()


def _piece(index: Index, report: Report, placed: Cell) -> Piece | None:
    if placed.passage_id is None or placed.start is None or placed.end is None:
        return None
    passage = index.passages([placed.passage_id])[placed.passage_id]
    span = (placed.start - passage.start, placed.end - passage.start)
    return Piece(str(placed.value), Evidence(passage, report, 1.0), *span, 1.0, False)
