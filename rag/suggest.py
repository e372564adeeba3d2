"""Example questions that the library can answer: made from the sections, ratings and companies of its reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Protocol

from rag.analysis import fold, language
from rag.types import Answer, Language, Passage, Report

_REPORTS = 12
"""Newest reports that examples are taken from."""
_NUMBERING = re.compile(
    r"^(?:\d{1,2}[.、)）:：]|[一二三四五六七八九十]+[、.]|[(（][一二三四五六七八九十\d]+[)）]|group \d+[:：]|分组\s*\d+[:：])\s*",
    re.I,
)
_GENERIC = re.compile(r"summary by section|^summary$|^other$|disclaimer|免责|^摘要$|分析师声明|风险揭示书", re.I)
_RATING = re.compile(r"rating|评级", re.I)
_CORE = re.compile(r"core (?:insight|view|point)|key (?:insight|takeaway|point)|核心观点|核心要点|主要观点", re.I)
_RISK = re.compile(r"^risks?\b|risk (?:factor|warning)|风险", re.I)
_LONGEST = 60

_ASK: dict[str, tuple[str, str]] = {
    "rating": ("What investment rating is given?", "给出的投资评级是什么？"),
    "rating_by": ("What rating does {broker} give {what}?", "{broker}对{what}的评级是什么？"),
    "target_by": ("What is {broker}'s target price for {what}?", "{broker}给{what}的目标价是多少？"),
    "core": ("What are the core insights?", "核心观点是什么？"),
    "core_by": ("What are {broker}'s core insights on {what}?", "{broker}对{what}的核心观点是什么？"),
    "risk": ("What are the main risks?", "主要风险有哪些？"),
    "risk_by": ("What risks does {broker} see for {what}?", "{broker}认为{what}有哪些风险？"),
    "section": ("What does the report say about {section}?", "关于{section}，报告说了什么？"),
    "section_by": ("What does {broker} say about {section}?", "关于{section}，{broker}说了什么？"),
}


class Readable(Protocol):
    """What suggestions need of the library."""

    def reports(self) -> list[Report]: ...

    def passages(self, report_id: str) -> tuple[Passage, ...]: ...


def suggest(library: Readable, *, limit: int = 4, reports: Iterable[str] = ()) -> tuple[str, ...]:
    """Up to ``limit`` questions, each in the language of its report, spread over the newest reports.

    ``reports``: ids to take them from; none means the whole library. An empty library gives none.
    """
    wanted = frozenset(reports)
    known = [report for report in library.reports() if not wanted or report.id in wanted]
    newest = sorted(known, key=lambda r: (r.date is not None, r.date.toordinal() if r.date else 0), reverse=True)
    named = len(known) > 1
    columns = [list(_of_report(r, library.passages(r.id), named=named, limit=limit)) for r in newest[:_REPORTS]]
    return _unique((q for row in zip_longest(*columns) for q in row if q), limit)


def follow_ups(library: Readable, answer: Answer, *, asked: Sequence[str] = (), limit: int = 3) -> tuple[str, ...]:
    """Questions on sections of the cited reports (after a refusal, of the whole library) that were not cited or asked."""
    cited = list(dict.fromkeys(citation.report.id for citation in answer.citations))
    if not cited:
        return tuple(q for q in suggest(library, limit=limit + len(asked)) if q not in asked)[:limit]
    known = {report.id: report for report in library.reports()}
    seen = {citation.passage_id for citation in answer.citations}
    columns = []
    for report_id in cited[:3]:
        if report_id in known:
            passages = library.passages(report_id)
            shown = frozenset(p.section for p in passages if p.id in seen)
            rest = [p for p in passages if p.section not in shown]
            columns.append(list(_of_report(known[report_id], rest, named=len(known) > 1, limit=limit + len(asked))))
    questions = (q for row in zip_longest(*columns) for q in row if q and q not in asked)
    return _unique(questions, limit)


def _of_report(report: Report, passages: Sequence[Passage], *, named: bool, limit: int) -> Iterator[str]:
    """Questions on one report: what its sections are about; with its broker's name when the library holds others."""
    tongue = _spoken(report, passages)
    by = {"broker": report.broker or "", "what": _subject(report, tongue)}
    suffix = "_by" if named and report.broker and by["what"] else ""
    if suffix and report.rating:
        yield _fill("rating_by", tongue, by)
    if suffix and report.target_price is not None:
        yield _fill("target_by", tongue, by)
    seen: set[str] = set()
    for section in _sections(passages):
        kind = _kind(section)
        if kind == "rating" and suffix and report.rating:
            continue
        if kind == "section":
            if language(section) != tongue or len(section) > _LONGEST or len(seen) >= limit:
                continue
            by["section"] = f"“{section}”" if tongue == "zh" else _quoted(section)
        name = kind + ("_by" if named and report.broker and (kind == "section" or by["what"]) else "")
        if name in _ASK or kind == "rating":
            seen.add(section)
            yield _fill(name if name in _ASK else kind, tongue, by)


def _fill(name: str, tongue: Language, values: dict[str, str]) -> str:
    return _ASK[name][1 if tongue == "zh" else 0].format(**values)


def _quoted(section: str) -> str:
    """A heading inside an English question: quoted, its own quotes softened."""
    return '"' + section.replace('"', "'").replace("“", "'").replace("”", "'") + '"'


def _kind(section: str) -> str:
    if _RATING.search(section):
        return "rating"
    if _CORE.search(section):
        return "core"
    return "risk" if _RISK.search(section) else "section"


def _subject(report: Report, tongue: Language) -> str:
    named = [company for company in report.companies if language(company) == tongue]
    return (named or list(report.companies) or list(report.tickers) or [""])[0]


def _spoken(report: Report, passages: Sequence[Passage]) -> Language:
    """The language most passages are in: a Chinese title may stand over an English body."""
    if not passages:
        return report.language
    chinese = sum(1 for passage in passages if passage.language == "zh")
    return "zh" if chinese * 2 > len(passages) else "en"


def _sections(passages: Sequence[Passage]) -> Iterator[str]:
    """The innermost headings that searchable passages stand under, in order, without numbering."""
    seen: set[str] = set()
    for passage in passages:
        if not passage.section or not passage.searchable:
            continue
        section = _NUMBERING.sub("", passage.section[-1].strip()).strip(" -—:：.。")
        if section and fold(section) not in seen and not _GENERIC.search(section):
            seen.add(fold(section))
            yield section


def _unique(questions: Iterable[str], limit: int) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for question in questions:
        kept.setdefault(fold(question), question)
        if len(kept) == limit:
            break
    return tuple(kept.values())
