"""What lies ahead for a company: `Key dates for X`, `What catalysts are coming up for X?`, X未来有哪些催化剂.

Some reports have a list of catalysts. Others name the dates where they come up, a trial here, a plant there: these are
found by their times, which lie after the report's own date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rag.answer.citations import evidence_of
from rag.answer.said_by_value import looks_ahead
from rag.compare.asked.names import one_company
from rag.compare.asked.side import is_chinese
from rag.language.periods import Period, periods
from rag.llm.planted import is_planted
from rag.overview.across import ASIDE, LONGEST, spans_of
from rag.overview.answer import Overview
from rag.question.aspects import ASPECTS
from rag.reports.names import names_of
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index, reports_in
from rag.types import Passage, Report
from rag.views.opinions import quoted

MOST = 8  # sentences
REPORTS = 4  # the newest on the company
_ASKS = re.compile(
    r"\b(?:catalysts?|(?:key|important|upcoming|next|main) (?:dates?|events?|milestones?)|milestones|(?:dates?|events?|milestones?) (?:ahead|to watch|coming up)|what(?:['’]s| is| lies) (?:ahead|coming up|next))\b"
    r"|催化剂?|(?:重要|关键|主要)?(?:时间|日期)?节点|(?:重要|关键)(?:的)?(?:时间点|日期|日子|事件|里程碑)|里程碑",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"\b(?:why|how|price|results?|revenue|margin|drive|drove|driving|rating)\b|为什么|为何|多少|影响|涨|跌",
    re.IGNORECASE,
)
# What only says how large a figure will be is a forecast, and no event.
_FORECAST = re.compile(
    r"\b(?:forecasts?|estimates?|EPS|(?:we|consensus) (?:expect|see|model|put|forecast)s?|guid\w+|assum\w+|target price|rating)\b|(?:我们)?(?:预计|预测|给予|维持)[^。;；]{0,30}(?:收入|利润|EPS|每股收益|PE|评级)|目标价",
    re.IGNORECASE,
)
_WATCH = next(aspect for aspect in ASPECTS if aspect.name == "watch")


def ahead(index: Index, question: str, scope: frozenset[str] | None = None) -> Overview | None:
    """What the newest reports on the one company that is named say is to come, soonest first; None for other questions.

    ``scope``: report ids to choose from, None for all.
    """
    if not _ASKS.search(question) or _ELSE.search(question) or periods(question):
        return None
    named = one_company(question, reports_in(index, scope))
    if named is None:
        return None
    _, group = named
    reports = [report for report in reversed(group.reports) if report.passages <= SHORT_REPORT][:REPORTS]
    found = [(when, report, span) for report in reports for when, span in _of_report(index, report)]
    told = {(item[1].id, item[2][0].id, item[2][1]): item for item in sorted(found, key=lambda item: item[0])}
    if not told:
        return None
    drafts = [quoted(report, *span) for _, report, span in [*told.values()][:MOST]]
    return Overview(tuple(drafts), evidence_of(drafts), _note(reports, is_chinese(question)))


def _of_report(index: Index, report: Report) -> Iterator[tuple[date, tuple[Passage, int, int]]]:
    """The sentences of its list of what to watch, and those that name a time after the report, with the day it ends."""
    own = {period.label for period in names_of(report).periods}
    for passage in index.report_passages(report.id):
        if passage.kind == "table" or not passage.searchable or is_planted(passage.text, 0, len(passage.text)):
            continue
        listed = bool(passage.section and _WATCH.heading.search(passage.section[-1]))
        for start, end in spans_of(passage):
            text = passage.text[start:end]
            if end - start > LONGEST or ASIDE.match(text) or (_FORECAST.search(text) and not listed):
                continue
            if report.date is None and not looks_ahead(text):  # what is later than an undated report is not known
                continue
            times = [period for period in periods(text, report.date) if _is_ahead(period, report, own)]
            if times or listed:
                yield min((period.end for period in times), default=date.max), (passage, start, end)


def _is_ahead(period: Period, report: Report, own: set[str]) -> bool:
    """Whether a time is a day, a month, a quarter or a half that lies after the report."""
    near = period.kind in ("day", "month", "quarter", "half", "week") or "end" in period.surface.lower()
    return near and (report.date is None or period.end > report.date) and period.label not in own


def _note(reports: list[Report], chinese: bool) -> tuple[str, ...]:
    newest = max((report.date for report in reports if report.date is not None), default=None)
    if newest is None:
        return ()
    if chinese:
        return (f"以上是截至{newest.isoformat()}的报告提到的以后的时间。",)
    return (f"These are the later dates that reports up to {newest.isoformat()} name.",)
