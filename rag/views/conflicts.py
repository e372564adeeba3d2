"""What a reader must know beside an answer: that a newer report supersedes a cited one, that other reports disagree.

Said as notes, each side with its date and place, so that the answer's own citations stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rag.compare.asked.names import ASKS_RATING, ASKS_TARGET, find_name
from rag.compare.asked.side import Side, is_chinese
from rag.compare.asked.wanted import Aspect
from rag.compare.found.find import find
from rag.figures.find import figures
from rag.language import lexicon
from rag.language.embeddings import Encoder
from rag.language.periods import periods
from rag.reports.names import broker_keys
from rag.reports.rating_scale import stance
from rag.search.retrieve import Index
from rag.types import Citation, Locator, Report
from rag.views.groups import Group, groups
from rag.views.views import cell

OTHERS = 4  # brokers whose newest report is looked at
TOLERANCE = Decimal("0.005")  # share by which two figures may differ and still be the same, rounded


def remarks(index: Index, encoder: Encoder, question: str, citations: Sequence[Citation]) -> tuple[str, ...]:
    """Notes on the cited reports: which of them are superseded, and where others say something else to the question."""
    cited = {citation.report.id: citation.report for citation in citations}
    written = [report for report in cited.values() if report.broker and (report.companies or report.tickers)]
    if not written:
        return ()
    held = _companies(index)
    chinese = is_chinese(question)
    notes: list[str] = []
    for report in written:
        group = next((group for group in held if any(report.id == other.id for other in group.reports)), None)
        if group is None:
            continue
        notes += superseded(report, group, frozenset(cited), chinese)
        others = _others(report, group, frozenset(cited))
        notes += _views(index, question, report, others)
        notes += _figures(index, encoder, question, report, others, citations)
    return tuple(dict.fromkeys(notes))


def apart(index: Index, question: str, citations: Sequence[Citation]) -> tuple[str, ...]:
    """That brokers which are all cited do not agree on the rating or the target that the question asks for."""
    if not (ASKS_RATING.search(question) or ASKS_TARGET.search(question)):
        return ()
    cited = {citation.report.id for citation in citations}
    notes: list[str] = []
    for group in _companies(index):
        told = [[report for report in reports if report.id in cited] for reports in group.by_broker]
        newest = [reports[-1] for reports in told if reports and reports[-1].broker]
        newest.sort(key=lambda report: report.date or date.min, reverse=True)
        rated = [report for report in newest if report.rating and report.rating_of != "industry"]
        if ASKS_RATING.search(question) and any(_turned(rated[0], other) for other in rated[1:]):
            notes.append(
                _not_agreed(question, [_view(index, each, "rating", each.rating or "") for each in rated], "rating")
            )
        priced = [report for report in newest if report.target_price is not None]
        priced = [report for report in priced if report.currency == priced[0].currency]
        if ASKS_TARGET.search(question) and len({report.target_price for report in priced}) > 1:
            notes.append(_not_agreed(question, [_target(index, each) for each in priced], "target price"))
    return tuple(notes)


def _companies(index: Index) -> tuple[Group, ...]:
    return groups([report for report in index.reports().values() if report.companies or report.tickers])


def _not_agreed(question: str, said: Sequence[str], on: str) -> str:
    if is_chinese(question):
        return f"各券商的{'评级' if on == 'rating' else '目标价'}不一致：{'；'.join(said)}。"
    return f"The brokers do not agree on the {on}: {'; '.join(said)}."


def superseded(report: Report, group: Group, cited: frozenset[str], chinese: bool) -> list[str]:
    """That the same broker has a newer report on the company, which the answer does not cite."""
    own = next((reports for reports in group.by_broker if report in reports), (report,))
    newest = own[-1]
    if newest.id in cited or not (newest.date and report.date and newest.date > report.date):
        return []
    if chinese:
        return [
            f"{report.broker}{report.date}关于{group.name}的报告已有更新：以{newest.date}的报告《{newest.title}》为准。"
        ]
    return [
        f"{report.broker}'s report of {report.date} on {group.name} is superseded by its report of {newest.date}, "
        f"“{newest.title}”, which is current."
    ]


def _others(report: Report, group: Group, cited: frozenset[str]) -> list[Report]:
    """The newest report of each other broker on the company, newest first, that the answer does not cite."""
    newest = [reports[-1] for reports in group.by_broker if report not in reports and reports[-1].broker]
    newest = [other for other in newest if other.id not in cited]
    return sorted(newest, key=lambda other: other.date or date.min, reverse=True)[:OTHERS]


def _views(index: Index, question: str, report: Report, others: Sequence[Report]) -> list[str]:
    """Ratings of another direction, or other targets in the same currency, where the question asks for them."""
    said: list[str] = []
    if ASKS_RATING.search(question) and report.rating and report.rating_of != "industry":
        apart = [other for other in others if other.rating_of != "industry" and _turned(report, other)]
        said += [_view(index, other, "rating", other.rating or "") for other in apart]
    if ASKS_TARGET.search(question) and report.target_price is not None:
        for other in others:
            if other.target_price not in (None, report.target_price) and other.currency == report.currency:
                said.append(_target(index, other))
    if not said:
        return []
    return [
        ("其他券商看法不同：" + "；".join(said) + "。")
        if is_chinese(question)
        else f"Other brokers see it differently: {'; '.join(said)}."
    ]


def _turned(report: Report, other: Report) -> bool:
    here, there = stance(report.rating), stance(other.rating)
    return here is not None and there is not None and here != there


def _target(index: Index, report: Report) -> str:
    return _view(index, report, "target_price", f"{report.target_price:g} {report.currency or ''}".strip())


def _view(index: Index, report: Report, name: str, value: str) -> str:
    source = next((found for found in report.provenance if found.name == name), None)
    placed = cell(value, source, index.report_passages(report.id))
    return f"{value} ({_who(report, placed.locator)})"


def _figures(
    index: Index,
    encoder: Encoder,
    question: str,
    report: Report,
    others: Sequence[Report],
    citations: Sequence[Citation],
) -> list[str]:
    """Another figure for the metric and the period that the question names, told by both reports themselves."""
    metrics = [item for item in lexicon.expand(question) if item.kind in ("metric", "line_item")]
    when = periods(question)
    if len(metrics) != 1 or len(when) != 1 or not others:
        return []
    aspect = Aspect(metrics[0].surface, (metrics[0].surface.lower(),), True)
    quote = next((c for c in citations if c.report.id == report.id and _names(c.quote, when[0].label, report)), None)
    here = _one_figure(quote.quote) if quote else None
    if quote is None or here is None:
        return []
    apart = []
    at = find_name(question, broker_keys(report.broker or ""))
    asked = f"{question[: at[0]]} {question[at[1] :]}" if at else question  # of the other broker, too
    for other in others:
        side = Side("report", other.broker or "", asked, (frozenset({other.id}),), other.broker or "", when[0])
        piece = find(index, encoder, side, aspect)
        if piece is None or not _names(piece.text, when[0].label, other):
            continue
        there = _one_figure(piece.text)
        if there is not None and there[:2] == here[:2] and abs(there[2] - here[2]) > TOLERANCE * abs(here[2]):
            apart.append(f"{there[3]} ({_who(other, piece.evidence.passage.locator)})")
    if not apart:
        return []
    first = f"{here[3]} ({_who(report, quote.locator)})"
    if is_chinese(question):
        return [f"各报告的数字不同（{aspect.label}，{when[0].surface}）：{'；'.join([first, *apart])}。"]
    return [f"The reports differ on {aspect.label}, {when[0].surface}: {'; '.join([first, *apart])}."]


def _names(text: str, label: str, report: Report) -> bool:
    return any(period.label == label for period in periods(text, report.date))


def _one_figure(text: str) -> tuple[str, str, Decimal, str] | None:
    """Kind, currency, value and wording of the first figure of a statement that is no period."""
    for figure in figures(text):
        if figure.kind in ("money", "percent", "number", "multiple") and not figure.soft:
            return figure.kind, figure.currency, figure.value * (figure.sign or 1), figure.text
    return None


def _who(report: Report, locator: Locator | None) -> str:
    parts = [report.broker or report.title, str(report.date) if report.date else "", _place(locator)]
    return ", ".join(part for part in parts if part)


def _place(locator: Locator | None) -> str:
    if locator is None:
        return ""
    word = {"mark": "", "page": "p. ", "paragraph": "¶ "}[locator.kind]
    brackets = "".join(f"[{number}]" for number in locator.numbers)
    return brackets if locator.kind == "mark" else word + ", ".join(map(str, locator.numbers))
