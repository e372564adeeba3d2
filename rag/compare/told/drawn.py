"""How a comparison is written: the table, what the sides do not agree on, what was not found, which report holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rag.answer.citations import Draft, slot
from rag.compare.asked.side import Kind, Side
from rag.compare.asked.wanted import Aspect
from rag.compare.found.cells import in_header
from rag.compare.found.find import Piece
from rag.reports.names import broker_keys
from rag.reports.rating_scale import level
from rag.types import Evidence, Report
from rag.verify.sentence import verify_sentence

_HEADS: dict[Kind, tuple[str, str]] = {
    "company": ("Company", "公司"),
    "broker": ("Broker", "券商"),
    "period": ("Period", "期间"),
    "report": ("Report", "报告"),
    "segment": ("Segment", "项目"),
    "thing": ("Of", "对象"),
    "week": ("Period", "期间"),
}


def table(
    named: Sequence[Side], wanted: Sequence[Aspect], cells: Sequence[Sequence[Sequence[Piece]]], chinese: bool
) -> Draft:
    """One sentence of the answer: a Markdown table, the markers of each piece in its cell."""
    evidence: list[Evidence] = []
    quotes: list[tuple[int, int] | None] = []
    figures: list[tuple[str, ...]] = []
    head = [_HEADS[named[0].kind][chinese], *(a.label or ("报告所述" if chinese else "What is said") for a in wanted)]
    lines = [_row(head), "|" + " --- |" * len(head)]
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
    return Draft("\n".join(lines), tuple(evidence), tuple(quotes), tuple(figures))


def said_at_once(named: Sequence[Side], cells: Sequence[Sequence[Sequence[Piece]]], chinese: bool) -> Draft | None:
    """The one statement that stands in every cell of names that no report is on, alone: no table is to be drawn of it."""
    pieces = [piece for row in cells for pieces in row for piece in pieces]
    spans = {(piece.evidence.passage.id, piece.start, piece.end) for piece in pieces}
    if named[0].kind != "thing" or len(named) < 2 or len(spans) != 1 or not all(map(any, cells)):
        return None
    one = pieces[0]
    stop = "" if one.text.endswith((".", "。", "!", "?", "！", "？")) else "。" if chinese else "."
    return Draft(f"{one.text}{stop}", (one.evidence,), ((one.start, one.end),))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell_.replace("|", "/") for cell_ in cells) + " |"


def _dated(side: Side, row: Sequence[Sequence[Piece]]) -> str:
    """The day of the one report behind a row: its figures are as of then."""
    day = next(piece.report.date for pieces in row for piece in pieces)
    return f" ({day})" if day and str(day) not in side.label else ""


def _whose(report: Report) -> str:
    return ", ".join(filter(None, (report.broker, str(report.date) if report.date else "")))


def differ(named: Sequence[Side], aspect: Aspect, pieces: Sequence[Sequence[Piece]], chinese: bool) -> Draft | None:
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


def current(named: Sequence[Side], cells: Sequence[Sequence[Sequence[Piece]]], chinese: bool) -> tuple[str, ...]:
    """Of reports of one broker that are set side by side, which one holds now."""
    told = {piece.report.id: piece.report for row in cells for pieces in row for piece in pieces}
    dated = sorted((report for report in told.values() if report.date), key=lambda report: str(report.date))
    if named[0].kind != "report" or len(dated) < 2 or not _one_author(told.values()):
        return ()
    newest = dated[-1]
    if chinese:
        return (f"{newest.broker}的现行观点以{newest.date}的报告为准。",)
    return (f"{newest.broker}'s report of {newest.date} is the newest of them and current.",)


def only_newest(shown: int, held: int, chinese: bool) -> str:
    """That a weekly has more editions than are set side by side, as a note."""
    if chinese:
        return f"共有{held}期，这里只比较最近{shown}期。"
    return f"Of {held} editions the newest {shown} are compared."


def notes(
    named: Sequence[Side],
    wanted: Sequence[Aspect],
    cells: Sequence[Sequence[Sequence[Piece]]],
    reports: Mapping[str, Report],
    chinese: bool,
) -> tuple[str, ...]:
    """What was not found for whom, and what is known of it all the same."""
    notes: list[str] = []
    for side, row in zip(named, cells, strict=True):
        empty = [aspect for aspect, pieces in zip(wanted, row, strict=True) if not pieces]
        known = {aspect.label: told for aspect in empty if (told := in_header(side, aspect, reports, chinese))}
        notes += known.values()
        lacking = [aspect.label for aspect in empty if aspect.label not in known]
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
