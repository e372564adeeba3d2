"""What the brokers think of a company: each one's current call with its reasons, every statement cited in its own report.

`What do brokers think of X?` names no metric, and no statement holds its words. The library knows who holds a view on X:
the newest report of each broker with a rating or a target is its current view, what follows the call says why.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answer.citations import Draft, evidence_of
from rag.answer.extractive import checked, clean
from rag.answer.grounds import reasons
from rag.compare.asked.names import ASKS_RATING, ASKS_TARGET, MOST, named_brokers, one_company
from rag.compare.asked.side import is_chinese
from rag.language import analysis
from rag.language.periods import periods
from rag.language.sentences import sentences
from rag.llm.planted import is_planted
from rag.search.retrieve import Index, reports_in
from rag.types import Evidence, Passage, Report
from rag.views.groups import Group
from rag.views.views import cell, spreads_of

LONG = 420  # characters from which only the sentence with the call is quoted, not the whole passage
REASONS = 2  # statements beside the call, of one or two brokers; of more brokers one each

_HOUSES = re.compile(
    r"\b(?:brokers?|brokerages?|analysts?|(?:research )?houses?|the street|sell[- ]?side)\b|券商|机构|分析师|投行|卖方|大行|各家|研究员",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"\b(?:think|thinks|thought|say|says|saying|said|views?|viewed|feel|sees?|seen|make of|believes?|stands?|regard|opinions?|stances?|takes?|calls?|sentiment|verdicts?|thesis|bullish|bearish)\b"
    r"|怎么看|如何看|看法|观点|评价|态度|怎么说|立场|看多|看空",
    re.IGNORECASE,
)
# Two views are set side by side, which a table shows better.
_WHO_MORE = re.compile(
    r"\b(?:who|which)\b.{0,40}\b(?:more|most|less|least)\b|[谁哪][^,，。?？]{0,6}(?:更|最)", re.IGNORECASE
)
# Words that may stand beside: whoever asks why, for the shares, or for what holds now asks for the same.
_BESIDE = frozenset(
    "why reason reasons argument arguments because stock stocks share shares company current currently latest now today overall general different "
    "various other all most main each individual respective respectively make right moment summarise summarize summary overview give name list "
    "cautious bullish bearish positive negative optimistic pessimistic sceptical skeptical constructive confident".split()
)
_BESIDE_ZH = re.compile(
    r"(?:理由|原因|为什么|为何|目前|当前|最新|现在|各自?|分别|有何|有什么|有哪些|什么|怎么样|如何|是|对|的|给|家|们|公司|股票|个股|主要|总体|总结|一下|都|于|呢|吗|在|和|与|[,，、?？。\s])+"
)


@dataclass(frozen=True, slots=True)
class Opinions:
    """``drafts``: the calls and reasons, a broker after the other, newest first. ``evidence``: what they rest on.

    ``notes``: how far the targets are apart.
    """

    drafts: tuple[Draft, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()


def opinions(index: Index, question: str, scope: frozenset[str] | None = None) -> Opinions | None:
    """The brokers' views on the one company that a question asks them about; None where it asks for something else."""
    if not _VIEW.search(question) or periods(question) or ASKS_RATING.search(question) or ASKS_TARGET.search(question):
        return None
    named = one_company(question, reports_in(index, scope))
    if named is None:
        return None
    span, group = named
    asked = named_brokers(question, group.reports)
    if _WHO_MORE.search(question) and (len(asked) > 1 or (not asked and len(current_views(group)) > 1)):
        return None
    if not (asked or _HOUSES.search(question)) or _asks_more(question, [span, *(at for _, at, _ in asked)]):
        return None
    chosen = {report.id for _, _, reports in asked for report in reports}
    return _written(index, current_views(group, chosen)[:MOST], is_chinese(question))


def current_views(group: Group, among: Collection[str] = ()) -> list[Report]:
    """The newest report with a view of each broker on a company, newest first; ``among``: only of these ids, none for all."""
    views = [
        held[-1]
        for reports in group.by_broker
        if (held := [report for report in reports if has_view(report) and (not among or report.id in among)])
    ]
    return sorted(views, key=lambda report: report.date or date.min, reverse=True)


def has_view(report: Report) -> bool:
    return own_rating(report) is not None or report.target_price is not None


def own_rating(report: Report) -> str | None:
    """The rating of the company that a report is on; None where it only rates the industry."""
    return report.rating if report.rating_of != "industry" else None


def _asks_more(question: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether anything is asked for beside a view: `what do analysts say about its margins` is no such question."""
    for start, end in sorted(spans, reverse=True):
        question = f"{question[:start]} {question[end:]}"
    rest = _HOUSES.sub(" ", _VIEW.sub(" ", question))
    words = [surface for surface, _ in analysis.content_pieces(rest) if surface.isascii()]
    chinese = _BESIDE_ZH.sub("", "".join(char for char in rest if not char.isascii()))
    return bool(chinese) or any(word.lower() not in _BESIDE for word in words)


def _written(index: Index, current: Sequence[Report], chinese: bool) -> Opinions | None:
    """The views as sentences; None where none of them stands in a passage."""
    drafts: list[Draft] = []
    told: list[Report] = []
    for report in current:
        calls = calls_of(report, index.report_passages(report.id))
        if not calls:
            continue
        told.append(report)
        drafts += call_drafts(report, calls, chinese)
        after = reasons(index, calls[-1][0], REASONS if len(current) <= 2 else 1)
        drafts += [quoted(report, passage, 0, len(passage.text)) for passage in after]
    if not drafts:
        return None
    return Opinions(tuple(drafts), evidence_of(drafts), apart(told, chinese))


def calls_of(report: Report, passages: Sequence[Passage], only: str = "") -> list[tuple[Passage, int, int]]:
    """The statements that hold the rating and the target (``only``: one of the two), each once, in reading order."""
    sources = {found.name: found for found in report.provenance}
    found: dict[tuple[str, int], tuple[Passage, int, int]] = {}
    for name, value in (("rating", report.rating), ("target_price", report.target_price)):
        wanted = value is not None and only in ("", name)
        placed = cell(value, sources.get(name), passages) if wanted else None
        passage = next((p for p in passages if placed and p.id == placed.passage_id), None)
        if passage is None or placed is None or placed.start is None or passage.kind == "table":
            continue
        at = placed.start - passage.start
        spans = sentences(passage.text) if len(passage.text) > LONG else [(0, len(passage.text))]
        start, end = next(((a, b) for a, b in spans if a <= at < b), (0, len(passage.text)))
        if not is_planted(passage.text, start, end):
            found[passage.id, start] = (passage, start, end)
    return sorted(found.values(), key=lambda item: (item[0].ordinal, item[1]))


def call_drafts(
    report: Report, calls: Sequence[tuple[Passage, int, int]], chinese: bool, company: str = ""
) -> list[Draft]:
    """The statements of a call, the first of them behind who made it and when; ``company``: and on whom."""
    day = report.date.isoformat() if report.date else ""
    lead = ", ".join(filter(None, (company, report.broker or report.title, day))) + ("：" if chinese else ": ")
    return [quoted(report, *call, "" if number else lead) for number, call in enumerate(calls)]


def quoted(report: Report, passage: Passage, start: int, end: int, lead: str = "") -> Draft:
    """Characters of a passage as a sentence, behind a lead that says whose they are, unless they begin with that."""
    if report.broker and lead.startswith(report.broker) and passage.text[start:end].startswith(report.broker):
        lead = ""
    return checked(lead + clean(passage, start, end), Evidence(passage, report, 1.0), (start, end))


def apart(told: Sequence[Report], chinese: bool) -> tuple[str, ...]:
    """How far the current targets in one currency are apart."""
    notes = []
    for currency, count, low, high, middle in spreads_of(told):
        text = (
            f"{count}家券商的目标价为{low:g}至{high:g} {currency}，中位数{middle:g}。"
            if chinese
            else f"The targets of {count} brokers run from {low:g} to {high:g} {currency}; the median is {middle:g}."
        )
        notes.append(text)
    return tuple(notes)
