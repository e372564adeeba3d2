"""Comparisons: a table with a row per side and a citation in every cell, and what the sides do not agree on.

Every cell is taken from the reports of its own side; a side that says nothing gets `not found`, never another's value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.answer.citations import Draft, slot
from rag.compare.find import LOOKED_AT, Piece, find, gather, is_chinese
from rag.compare.names import ASKS_RATING, ASKS_TARGET
from rag.compare.sides import Kind, Side, sides
from rag.compare.stance import asks_stance, shared_figures, stances
from rag.compare.wanted import Aspect
from rag.language import lexicon
from rag.language.embeddings import Encoder
from rag.language.lexicon import Expansion
from rag.language.periods import periods
from rag.lookup.answer import lookup
from rag.reports.names import broker_keys
from rag.reports.rating_scale import level
from rag.search.retrieve import Index, search
from rag.types import Evidence, Report
from rag.verify.sentence import verify_sentence
from rag.views.views import Cell, cell

__all__ = ["Comparison", "compare", "gather", "sides"]

MOST_ASPECTS = 6
MOST_VIEWS = 3  # brokers whose ratings stand in one cell
_HEADS: dict[Kind, tuple[str, str]] = {
    "company": ("Company", "公司"),
    "broker": ("Broker", "券商"),
    "period": ("Period", "期间"),
    "report": ("Report", "报告"),
}


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
    drafts = [_table(named, wanted, cells, chinese)]
    drafts += [
        draft
        for j, aspect in enumerate(wanted)
        if (draft := _differ(named, aspect, [row[j] for row in cells], chinese))
    ]
    notes = (*_notes(named, wanted, cells, chinese), *_current(named, cells, chinese))
    return Comparison(named, wanted, cells, tuple(drafts), notes)


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
    piece = _looked_up(index, encoder, side, aspect, reports) or find(index, encoder, side, aspect)
    return (piece,) if piece else ()


def _looked_up(index: Index, encoder: Encoder, side: Side, aspect: Aspect, reports: dict[str, Report]) -> Piece | None:
    """The figure of a statement's line, where the side's reports have one line of that name for the time that is asked.

    Without a time in the question: for the period of the newest filing.
    """
    if not (aspect.metric and aspect.label and side.tiers):
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
    asked = f"What was the {aspect.label} in {when.surface}?"
    if not aspect.label.isascii():
        asked = f"{when.surface}的{aspect.label}是多少?"
    found = lookup(index, asked, search(index, encoder, asked, limit=LOOKED_AT, scope=scope))
    if found is None or len(found.drafts) != 1 or len(found.drafts[0].evidence) != 1 or "=" in found.drafts[0].text:
        return None
    draft = found.drafts[0]
    quote = draft.quotes[0]
    return Piece(draft.text.rstrip(".。"), draft.evidence[0], *quote, 1.0, False) if quote else None


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


def _table(
    named: Sequence[Side], wanted: Sequence[Aspect], cells: Sequence[Sequence[Sequence[Piece]]], chinese: bool
) -> Draft:
    """One sentence of the answer: a Markdown table, the markers of each piece in its cell."""
    evidence: list[Evidence] = []
    quotes: list[tuple[int, int] | None] = []
    figures: list[tuple[str, ...]] = []
    head = [_HEADS[named[0].kind][chinese], *(a.label or ("报告所述" if chinese else "What is said") for a in wanted)]
    lines = [_row(head), "|" + " --- |" * len(head)]
    status = "supported"
    for side, row in zip(named, cells, strict=True):
        one = {piece.report.id for pieces in row for piece in pieces}
        dated = _dated(side, row) if len(one) == 1 else ""
        shown = []
        for pieces in row:
            parts = []
            for piece in pieces:
                whose = "" if len(pieces) == 1 else f" ({_whose(piece.report)})"
                day = f" ({piece.report.date})" if len(one) > 1 and len(pieces) == 1 and piece.report.date else ""
                parts.append(f"{piece.text}{whose}{day}{slot(len(evidence))}")
                evidence.append(piece.evidence)
                quotes.append((piece.start, piece.end))
                verdict = verify_sentence(piece.evidence.passage.text[piece.start : piece.end], [piece.evidence])
                figures.append(verdict.where[0] if verdict.where else ())
            shown.append("; ".join(parts) or ("未找到" if chinese else "not found"))
        lines.append(_row([side.label + dated, *shown]))
    return Draft("\n".join(lines), tuple(evidence), tuple(quotes), tuple(figures), "supported" if status else "partly")


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell_.replace("|", "/") for cell_ in cells) + " |"


def _dated(side: Side, row: Sequence[Sequence[Piece]]) -> str:
    """The day of the one report behind a row: its figures are as of then."""
    day = next(piece.report.date for pieces in row for piece in pieces)
    return f" ({day})" if day and str(day) not in side.label else ""


def _whose(report: Report) -> str:
    return ", ".join(filter(None, (report.broker, str(report.date) if report.date else "")))


def _differ(named: Sequence[Side], aspect: Aspect, pieces: Sequence[Sequence[Piece]], chinese: bool) -> Draft | None:
    """A sentence that says so where brokers, or reports, give different ratings, targets or figures."""
    if named[0].kind not in ("broker", "report") or aspect.forms not in (("rating",), ("target price",)):
        return None
    said = [(side, row[0]) for side, row in zip(named, pieces, strict=True) if row]
    values = {level(piece.text) if aspect.forms == ("rating",) else piece.text for _, piece in said}
    if len(said) < 2 or len(values) < 2 or None in values:
        return None
    parts = [f"{side.label} {piece.text}{slot(i)}" for i, (side, piece) in enumerate(said)]
    if _one_author(piece.report for _, piece in said):
        joined = (" → " if chinese else ", then ").join(parts)
        text = f"{aspect.label}的变化：{joined}。" if chinese else f"The {aspect.label} has changed: {joined}."
    elif chinese:
        text = f"各方的{aspect.label}不一致：" + "，".join(parts) + "。"
    else:
        text = f"They do not agree on the {aspect.label}: " + ", ".join(parts) + "."
    return Draft(text, tuple(p.evidence for _, p in said), tuple((p.start, p.end) for _, p in said))


def _one_author(reports: Iterable[Report]) -> bool:
    """Whether the reports are by one broker."""
    keys = [broker_keys(report.broker or "") for report in reports]
    return bool(keys) and bool(frozenset.intersection(*keys))


def _current(named: Sequence[Side], cells: Sequence[Sequence[Sequence[Piece]]], chinese: bool) -> tuple[str, ...]:
    """Of reports of one broker that are set side by side, which one holds now."""
    told = {piece.report.id: piece.report for row in cells for pieces in row for piece in pieces}
    dated = sorted((report for report in told.values() if report.date), key=lambda report: str(report.date))
    if named[0].kind != "report" or len(dated) < 2 or not _one_author(told.values()):
        return ()
    newest = dated[-1]
    if chinese:
        return (f"{newest.broker}的现行观点以{newest.date}的报告为准。",)
    return (f"{newest.broker}'s report of {newest.date} is the newest of them and current.",)


def _notes(
    named: Sequence[Side], wanted: Sequence[Aspect], cells: Sequence[Sequence[Sequence[Piece]]], chinese: bool
) -> tuple[str, ...]:
    notes = []
    for side, row in zip(named, cells, strict=True):
        lacking = [aspect.label for aspect, pieces in zip(wanted, row, strict=True) if not pieces]
        if not lacking:
            continue
        what = "、".join(filter(None, lacking)) if chinese else ", ".join(filter(None, lacking))
        if chinese:
            notes.append(
                f"没有找到{side.label}的{what or '相关内容'}。"
                if side.tiers
                else f"资料库中没有关于{side.label}的报告。"
            )
        else:
            said = f"Nothing was found on {what or 'this'} for {side.label}."
            notes.append(said if side.tiers else f"The library has no report on {side.label}.")
    return tuple(notes)
