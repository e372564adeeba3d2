"""Reports set side by side: `the two notes on X`, `the initiation and the downgrade`, `how did their view change`.

Which reports are meant is told by their broker, company, topic and date, oldest first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.language import analysis, lexicon
from rag.language.periods import Period
from rag.language.words import terms_of
from rag.types import Report

MOST_REPORTS = 4  # of one broker, one company or one topic, that are sides of a comparison

_KINDS = r"(?:reports?|notes?|pieces?|papers?|updates?|digests?|weekl(?:y|ies)|dail(?:y|ies)|monthl(?:y|ies)|quarterl(?:y|ies)|articles?)"
_OLD = r"(?:earlier|first|initial|initiat\w+|old(?:er)?|original|previous|start of coverage)"
_NEW = r"(?:later|second|latest|newer|new|updates?|reinstat\w+|resum\w+|downgrad\w*|upgrad\w*|correct\w+|follow-?up|recent|current)"
_REPORTS = re.compile(
    rf"\b(?:two|both|three)\s+(?:of\s+)?(?:the\s+)?(?:[\w&.'’-]+\s+){{0,3}}?{_KINDS}\b"
    rf"|\b{_OLD}\b.{{0,60}}\b{_NEW}\b"
    r"|[两三](?:份|篇)(?:[\u4e00-\u9fff]{0,6})?(?:报告|研报|点评|纪要|周报)|前后两|首次覆盖.{0,24}(?:最新|更新|下调|上调|点评|后来|之后)|[上前]一[篇份].{0,24}[这本最新]",
    re.IGNORECASE,
)
# What one author says at several times: its view, its rating or target, a forecast of its own.
_CHANGED = re.compile(
    r"\b(?:chang\w+|revis\w+|evolv\w+|mov(?:e|ed)|shift\w*|raised?|cut|lower(?:ed)?|lifted|turned|over time|since)\b|变化|变动|调整|修正|上调|下调|转变",
    re.IGNORECASE,
)
_OF_AN_AUTHOR = re.compile(
    r"\b(?:views?|stances?|opinions?|ratings?|recommendations?|targets?|forecasts?|estimates?|expectations?)\b|看法|观点|态度|评级|目标价|预测|预期",
    re.IGNORECASE,
)
REPORT_WORDS = re.compile(
    r"\b(?:reports?|notes?|pieces?|papers?|updates?|weekl(?:y|ies)|dail(?:y|ies)|monthl(?:y|ies)|filings?|10-?[kq]s?)\b|报告|研报|点评|周报|月报|年报|季报|中报",
    re.IGNORECASE,
)
_TOPICS = frozenset({"sector", "product"})  # kinds of the lexicon


def meant_reports(text: str, chosen: Sequence[Report], named: bool, by: int) -> list[Report]:
    """The reports that a text sets side by side, oldest first; none where it does not.

    ``chosen``: those on what it names; ``named``: whether it names a company; ``by``: how many brokers it names.
    """
    over_time = by == 1 and (named or same_subject(chosen)) and _CHANGED.search(text) and _OF_AN_AUTHOR.search(text)
    if not (over_time or _REPORTS.search(text)):
        return []
    if not named and by == 0:
        chosen = titled(text, chosen)
    if len(chosen) > MOST_REPORTS:
        chosen = [report for report in chosen if report.broker or report.rating or report.target_price is not None]
    if not 2 <= len(chosen) <= MOST_REPORTS or (by and not named and not same_subject(chosen)):
        return []
    return sorted(chosen, key=lambda report: report.date or date.min)


def titled(text: str, shelf: Sequence[Report]) -> list[Report]:
    """The reports whose titles have a sector or a product that the text names."""
    topics = [
        [frozenset(analysis.terms(form)) for form in (item.surface, *item.others)]
        for item in lexicon.expand(text)
        if item.kind in _TOPICS
    ]
    if not topics:
        return []
    return [report for report in shelf if any(form <= terms_of(report.title) for forms in topics for form in forms)]


def same_subject(reports: Sequence[Report]) -> bool:
    """Whether reports are on one company, as their first names say."""
    return len({report.companies[:1] for report in reports}) == 1


def each_names_a_report(text: str, when: Sequence[Period], reports: Sequence[Report]) -> bool:
    """Whether the times of a text are the days, weeks or months of reports: `the weekly of 6 June and that of 13 June`."""
    return bool(REPORT_WORDS.search(text)) and all(
        period.kind in ("day", "week", "month")
        and any(report.date is not None and period.holds(report.date) for report in reports)
        for period in when
    )
