"""A cell of a comparison: what one side says to one aspect, from its own reports alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.answer.said_by_value import value_test
from rag.compare.asked.aspects import AMOUNT
from rag.compare.asked.names import ASKS_RATING, ASKS_TARGET
from rag.compare.asked.reports import REPORT_WORDS
from rag.compare.asked.side import COMPARE, Side
from rag.compare.asked.wanted import Aspect, counts, wanted_of
from rag.compare.found.about import on_side
from rag.compare.found.alone import alone
from rag.compare.found.find import LOOKED_AT, Piece, asked_alone, best_piece
from rag.compare.found.heads import column_called
from rag.compare.found.lines import line_called
from rag.compare.found.parts import is_of_part
from rag.compare.found.times import told_in
from rag.compare.found.values import gives_amount, is_amount, is_loss
from rag.language.embeddings import Encoder
from rag.language.periods import periods
from rag.lookup.answer import lookup
from rag.question.concepts import asked
from rag.reports.names import names_of
from rag.reports.rating_scale import level
from rag.search.retrieve import Hits, Index, search
from rag.types import Evidence, Report
from rag.views.views import Cell, cell

SHORT = 60  # passages up to which a report is read back for the time that its statements are of
_RESULTS = ("quarter", "half", "year")
_CAPITALS = re.compile(r"\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?\b")
_UP_TO_AMOUNT = re.compile(r"(?:\s+[a-z]+){1,2}(?=\s+(?:spending|expenses?|costs?|outlays?)\b)", re.IGNORECASE)
LONGEST_LINE = 60  # characters of the name of a line
MOST_VIEWS = 3  # brokers whose ratings stand in one cell
# What says how long a time is that is named by its last day: `the quarter ended 30 September`.
_ENDED = re.compile(
    r"(?:the\s+)?(?:(?:fiscal|financial)\s+)?(?:quarter|half|year|(?:three|six|nine|twelve)[- ]months?(?:\s+period)?)\s+end(?:ed|ing)\s+$",
    re.IGNORECASE,
)


def cell_of(
    index: Index, encoder: Encoder, side: Side, named: Sequence[Side], aspect: Aspect, reports: dict[str, Report]
) -> tuple[Piece, ...]:
    """What a side says to an aspect: its stated views, the line of its statements, the sentence or row that says most, or
    what answers the question when it is asked of the side alone."""
    if aspect.forms in (("rating",), ("target price",)):
        known = _stated(index, side, aspect.forms[0], reports)
        if known:
            return known
    part: Piece | None = None
    question = asked_alone(side, aspect)
    line = _line_asked(side, aspect, reports)
    for number, tier in enumerate(side.tiers):
        hits = search(index, encoder, question, limit=LOOKED_AT, scope=tier)
        looked_up = _looked_up(index, hits, line) if line and not number else None
        lined = line_called(hits, side, aspect)
        headed = column_called(hits, side, aspect)
        sure = next(
            (p for p in (looked_up, lined) if p and _is_meant(index, p, hits, side, named, aspect, behind=True)), None
        )
        sure = headed if headed and (headed.score == 1 or sure is None) and not lined else sure
        piece = sure or best_piece(hits, side, aspect)
        if piece is None or not (
            sure or _is_meant(index, piece, hits, side, named, aspect, behind=side.kind in ("period", "segment"))
        ):
            continue
        if not piece.part:
            return (piece,)
        part = part or piece
    if part is None or (is_amount(aspect, side.question) and not gives_amount(part.text)):
        piece = alone(index, encoder, side, aspect)
        if piece is not None and says_view(piece.text, aspect) and not of_another_time(index, piece, side):
            part = piece if _on_it(index, piece, side, named) else part
    return (part,) if part else ()


def _is_meant(
    index: Index, piece: Piece, hits: Hits, side: Side, named: Sequence[Side], aspect: Aspect, *, behind: bool
) -> bool:
    """Whether a piece is of the side, the part, the kind and the time that are asked for."""
    if not is_of_part(piece, hits.concepts, side, aspect, behind=behind) or not _on_it(index, piece, side, named):
        return False
    return says_view(piece.text, aspect) and not of_another_time(index, piece, side)


def _on_it(index: Index, piece: Piece, side: Side, named: Sequence[Side]) -> bool:
    """Whether a statement is on none of the others: a note tells of rivals, too."""
    return not piece.verbatim or on_side(index, piece.evidence, piece.start, piece.end, side, named)


def says_view(text: str, aspect: Aspect) -> bool:
    """Whether a statement that is to give a rating or a target names one; any will do where neither is asked for."""
    if aspect.forms == ("target price",):
        return bool(ASKS_TARGET.search(text)) and gives_amount(text)
    if aspect.forms == ("rating",):
        by_value = value_test("rating")
        named = any(level(match[0]) is not None for match in _CAPITALS.finditer(text))
        return named or bool(by_value and by_value(text)) or bool(ASKS_RATING.search(text))
    return True


def of_another_time(index: Index, piece: Piece, side: Side) -> bool:
    """Whether a statement without a time follows one of another time than the side's: in its passage, or in a report that
    has no time itself."""
    report, passage = piece.report, piece.evidence.passage
    if side.period is None or told_in(piece.text, report, side.period):
        return False
    texts = [passage.text[: piece.start] if piece.verbatim else ""]
    if not (report.date or report.period or names_of(report).periods or report.passages > SHORT):
        before = [p for p in index.report_passages(report.id) if p.ordinal < passage.ordinal]
        texts += [p.text for p in reversed(before)]
    for text in texts:
        said = [p for p in periods(text, report.date) if p.kind in _RESULTS]
        if said:
            return not any(p.overlaps(side.period) for p in said)
    return False


def _line_asked(side: Side, aspect: Aspect, reports: dict[str, Report]) -> tuple[str, frozenset[str]] | None:
    """A question for the line of a statement, and the reports to look it up in; None where no line and time is meant.

    Without a time in the question: for the period of the newest filing.
    """
    label = _as_a_line(aspect) or _phrase(side, reports)
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
        return f"{when.surface}{side.name if side.kind == 'segment' else ''}的{label}是多少?", scope
    if side.kind == "segment":
        label = f"{label} of {side.name}"
    if re.match(r"(?:end|close|beginning|start) of\b", when.surface):
        return f"What was the {label} at the {when.surface}?", scope
    time = _ENDED.search(side.question[: max(0, side.question.find(when.surface))])
    return (
        f"What was the {'' if aspect.label else 'amount of '}{label} in {time[0] if time else ''}{when.surface}?",
        scope,
    )


def _as_a_line(aspect: Aspect) -> str:
    """The label of an aspect as statements have it: a loss stands in the line of the profit."""
    if is_loss(aspect):
        return "net income" if aspect.label.isascii() else "归母净利润"
    return aspect.label


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
    pieces = [c for c in pieces if counts(c, side.question, Aspect(""))]
    words = [c.surface for c in pieces if not COMPARE.fullmatch(c.surface) and not AMOUNT.fullmatch(c.surface)]
    words = [word for word in words if word in side.question and not REPORT_WORDS.fullmatch(word)]
    if not words:
        return ""
    start, end = side.question.find(words[0]), side.question.find(words[-1]) + len(words[-1])
    if more := _UP_TO_AMOUNT.match(side.question, end):
        end = more.end()  # `product development spending`: a word of comparing may be one of the line's
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
                if piece := _piece(index, report, placed) or _repeated(index, report, what):
                    pieces[(report.broker or report.id).lower()] = piece
        if pieces:
            break
    return tuple(pieces.values())[:MOST_VIEWS]


def _repeated(index: Index, report: Report, what: str) -> Piece | None:
    """A target that only the header gives, where the text repeats it in a text without its points: 目标价11 38元."""
    if what == "rating" or report.target_price is None:
        return None
    number = f"{report.target_price:.4f}".rstrip("0").rstrip(".").replace(".", "[ .]")
    said = re.compile(rf"(?:{ASKS_TARGET.pattern})[^。.;；\d]{{0,12}}(?<!\d){number}(?![\d.]|[ ,]\d)", re.IGNORECASE)
    for passage in index.report_passages(report.id):
        if match := said.search(passage.text):
            return Piece(_shown(report, what), Evidence(passage, report, 1.0), *match.span(), 1.0, False)
    return None


def in_header(side: Side, aspect: Aspect, reports: Mapping[str, Report], chinese: bool) -> str:
    """That a rating or target stands in the header of the side's newest report alone, as a note; empty where it does not."""
    if aspect.forms not in (("rating",), ("target price",)) or not side.tiers:
        return ""
    told = [reports[id_] for id_ in side.tiers[-1] if _shown(reports[id_], aspect.forms[0])]
    report = max(told, key=lambda r: str(r.date or ""), default=None)
    if report is None or (aspect.forms == ("rating",) and report.rating_of == "industry"):
        return ""
    value, day = _shown(report, aspect.forms[0]), f" ({report.date})" if report.date else ""
    if chinese:
        return f"{side.label}的{aspect.label}{value}{day}只见于报告的页眉，没有可引用的段落。"
    return f"{side.label}: the {aspect.label} of {value}{day} stands in the header of the report alone, where no passage can be cited."


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
