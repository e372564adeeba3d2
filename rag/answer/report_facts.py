"""Questions about the reports themselves (who wrote it, when, how long), answered from their metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.language.analysis import content_terms, language
from rag.language.periods import Period
from rag.question.understand import understand
from rag.reports.names import broker_keys, company_terms
from rag.search.retrieve import Hits, Index
from rag.types import Passage, Report

Name = Literal["broker", "authors", "date", "pages", "target_price", "rating"]
_IN_TEXT = frozenset({"target_price", "rating"})  # mostly stated in a passage, which then answers better
MOST = 5  # reports; a question that fits more of them is not about one report
_DOCUMENT = r"(?:reports?|notes?|weekly|weeklies|daily|digest|preview|review|filing|piece|paper|initiation|commentary|publication|update)"
_ASKS: tuple[tuple[Name, re.Pattern[str]], ...] = (
    (
        "broker",
        re.compile(
            rf"\b(?:which|what) (?:broker|brokerage|house|bank|firm|securities (?:firm|house|company)|institution)s?\b[^?]{{0,25}}\b(?:wrote|published|issued|released|authored|produced|is behind)\b"
            rf"|\b(?:which|what) (?:broker|brokerage)\b[^?]{{0,20}}\b{_DOCUMENT}\b[^?]{{0,40}}\b(?:from|by)\b"
            r"|哪(?:一)?家(?:券商|机构|证券公司|公司|研究机构)(?:发布|撰写|写|出具|出|发)|(?:报告|研报|周报|点评)[^?？]{0,8}(?:是)?(?:由)?哪(?:一)?家(?:券商|机构|证券)",
            re.IGNORECASE,
        ),
    ),
    (
        "authors",
        re.compile(
            rf"^\s*who (?:wrote|authored|is the (?:author|analyst)|are the (?:authors|analysts))\b|\b(?:authors?|analysts?) of (?:the|this|that)\b[^?]{{0,40}}\b{_DOCUMENT}\b"
            r"|(?:报告|研报|周报|点评)[^?？]{0,10}(?:作者|分析师)[^?？]{0,4}(?:是谁|有谁|是哪)|谁(?:写|撰写)",
            re.IGNORECASE,
        ),
    ),
    (
        "date",
        re.compile(
            rf"\bwhen (?:is|was|were|did)\b[^?]{{0,60}}\b{_DOCUMENT}\b[^?]{{0,60}}\b(?:published|issued|released|dated|written|come out|appear)\b"
            rf"|\b(?:publication|issue|release) date\b|\bdate of (?:the|this|that)\b[^?]{{0,40}}\b{_DOCUMENT}\b|\bwhat date\b[^?]{{0,40}}\b{_DOCUMENT}\b[^?]{{0,40}}\b(?:published|issued|released|carry|bear)\b"
            r"|(?:报告|研报|周报|点评)[^?？]{0,10}(?:哪(?:一)?天|何时|什么时候|什么时间|哪日)(?:发布|出|发|写)|(?:报告|研报|周报|点评)[^?？]{0,6}发布(?:日期|时间)",
            re.IGNORECASE,
        ),
    ),
    (
        "pages",
        re.compile(
            rf"\bhow many pages\b|\bpage count\b|\bhow long is (?:the|this|that)\b[^?]{{0,40}}\b{_DOCUMENT}\b|(?:报告|研报)[^?？]{{0,6}}(?:多少|几)页|共?(?:多少|几)页",
            re.IGNORECASE,
        ),
    ),
    ("target_price", re.compile(r"\b(?:target price|price target|price objective)\b|目标价", re.IGNORECASE)),
    ("rating", re.compile(r"\b(?:rating|rated)\b|评级", re.IGNORECASE)),
)


# What a rating or target was before is no fact of the report, unless its text says so.
_EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|prior|former(?:ly)?|earlier|before|old|from)\b|上次|前次|此前|之前|原先|原来|上一次",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\bwhy\b|\breasons?\b|\bhow come\b|为什么|为何|原因|理由", re.IGNORECASE
)  # why it was set is none either
_EN: dict[Name, str] = {
    "broker": "is by {}",
    "authors": "was written by {}",
    "date": "is dated {}",
    "pages": "has {} pages",
    "target_price": "gives a target price of {}",
    "rating": "gives the rating {}",
}
_ZH: dict[Name, str] = {
    "broker": "由{}发布",
    "authors": "的作者为{}",
    "date": "的日期为{}",
    "pages": "共{}页",
    "target_price": "给出的目标价为{}",
    "rating": "给出的评级为{}",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a report, said in a sentence; ``passage`` and its characters hold the words it was read from.

    ``passage`` is None where they stand in no passage: the header of a digest, or the number of a file's pages.
    """

    report: Report
    text: str
    passage: Passage | None = None
    start: int = 0
    end: int = 0


def _dated_in(report: Report, when: Sequence[Period]) -> bool:
    return report.date is None or any(period.holds(report.date) for period in when)


def facts(index: Index, question: str, hits: Hits) -> tuple[Fact, ...]:
    """What the question asks of the reports it is about; empty when it asks for something else, or it cannot be told."""
    name = next((name for name, pattern in _ASKS if pattern.search(question)), None)
    if name is None or (name in _IN_TEXT and (_EARLIER.search(question) or _REASON.search(question))):
        return ()
    reports = index.reports()
    understood = hits.understood or understand(question, reports=reports.values())
    searched = {item.report.id for item in hits.evidence}
    chosen = understood.certain or frozenset[str]()
    if not chosen and name not in _IN_TEXT:
        found_in = {id_: reports[id_] for id_ in searched}
        chosen = _by_title(question, found_in) or _by_company(question, reports)
    if len(searched) == 1:
        chosen = chosen or frozenset(searched)
    if not 0 < len(chosen) <= MOST:
        return ()
    asked = {key for broker in understood.brokers for key in broker_keys(broker.name)}
    if asked and any(asked.isdisjoint(broker_keys(reports[id_].broker or "")) for id_ in chosen):
        return ()
    when = [each for each in understood.periods if each.kind in ("day", "week", "month") and not each.implied]
    if name in _IN_TEXT and when and not any(_dated_in(reports[id_], when) for id_ in chosen):
        return ()
    found = [_fact(index, reports[id_], name, question) for id_ in sorted(chosen) if id_ in reports]
    if name in _IN_TEXT and any(fact is None or fact.passage is not None for fact in found):
        return ()
    return tuple(fact for fact in found if fact)


def _by_title(question: str, reports: dict[str, Report]) -> frozenset[str]:
    """The reports whose title shares most words with the question, when these are clearly more than others share."""
    asked = set(content_terms(question))
    shared = {id_: len(asked & set(content_terms(f"{report.title}\n{report.stem}"))) for id_, report in reports.items()}
    best = max(shared.values(), default=0)
    return frozenset(id_ for id_, count in shared.items() if count == best) if best >= 2 else frozenset()


def _by_company(question: str, reports: Mapping[str, Report]) -> frozenset[str]:
    """The reports on the company that a question calls by a part of its name: the note on Alder, for Alder Foods."""
    asked = frozenset(content_terms(question))
    shared = {id_: asked & company_terms(report) for id_, report in reports.items() if report.companies}
    best = max(map(len, shared.values()), default=0)
    meant = {id_: words for id_, words in shared.items() if best and len(words) == best}
    return frozenset(meant) if len(set(meant.values())) == 1 else frozenset()


def _fact(index: Index, report: Report, name: Name, question: str) -> Fact | None:
    value = _value(report, name)
    if not value:
        return None
    text = _said(report, name, value, language(question) == "zh")
    source = next((found for found in report.provenance if found.name == name and found.start is not None), None)
    if source is not None and source.start is not None and source.end is not None:
        for passage in index.report_passages(report.id):
            if passage.start <= source.start and source.end <= passage.end:
                return Fact(report, text, passage, source.start - passage.start, source.end - passage.start)
    return Fact(report, text)


def _value(report: Report, name: Name) -> str:
    if name == "date":
        return report.date.isoformat() if report.date else ""
    if name == "pages":
        return str(report.pages) if report.pages else ""
    if name == "target_price":
        return f"{report.target_price:g} {report.currency or ''}".strip() if report.target_price else ""
    if name == "rating":
        return report.rating or ""
    return ", ".join(report.authors) if name == "authors" else report.broker or ""


def _said(report: Report, name: Name, value: str, chinese: bool) -> str:
    if chinese:
        return f"《{report.title}》{_ZH[name].format(value)}。"
    return f'"{report.title}" {_EN[name].format(value)}.'
