"""Reports that a question sets side by side without naming them: the notes on one company, the editions of one weekly.

`How full were its plants at the start of the year and in autumn?`: the times do not tell which report says which, so each
is asked, and only where every one of them answers is it a comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.compare.asked.names import held_companies, named_companies
from rag.compare.asked.reports import MOST_REPORTS
from rag.compare.asked.side import Side, of_it, titles_of, without
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.when import times_in
from rag.language.embeddings import Encoder
from rag.language.periods import Period, periods
from rag.reports.names import broker_keys, key
from rag.search.retrieve import Index, search
from rag.types import Report

SEARCHED = 6  # passages in which the weekly is looked for that is meant
_SEVERAL = re.compile(  # what is compared, several times, or one of several: `in spring and how much in autumn`, `which week`
    r"\b(?:compar\w*|versus|vs|against|differ\w*|chang(?:e|ed|es)|evolv\w*|whose|higher|lower)\b|\bwhat happened to\b|\bbetween\b|\bfrom\b.{1,60}?\bto\b|\b(?:two|faster|slower)\b"
    r"|\b(?:both|each)\s+(?:of\s+)?(?:the(?:se|m|ir)?\s+)?(?:\w+\s+)?(?:weeks?|months?|quarters?|years?|halves|half|times?|notes?|reports?|papers?|editions?|issues?|weekl(?:y|ies)|houses?|brokers?|analysts?)\b"
    r"|\bwhich (?:week|month|quarter|year|half|edition|issue)\b|\band (?:how|what|after|in|at|by|for|then)\b"
    r"|对比|比较|相比|变化|[怎如]么?[样何]?变|相差|差多少|谁[的更]|(?<!变)更(?![新换改正])|两(?!融)|各(?![项种类])|从.{1,20}到|哪[一个]*[周月季期]",
    re.IGNORECASE,
)
_SERIES = re.compile(r"\b(?:weeks?|weekl(?:y|ies)|editions?|issues?|monthl(?:y|ies))\b|周|月报|[两各]期", re.IGNORECASE)
_NAMED = re.compile(r"[^(（\d:：|]+")  # a weekly's title before its days


def editions(index: Index, encoder: Encoder, question: str, shelf: Sequence[Report]) -> tuple[Side, ...]:
    """The reports as sides, oldest first; empty where a question asks for nothing that could be set side by side.

    More than ``MOST_REPORTS`` only of a weekly.
    """
    text = spelled_out(question)
    if not _SEVERAL.search(text):
        return ()
    named = named_companies(text, held_companies(shelf))
    if len(named) == 1 and named[0][2]:
        meant = [report for report in named[0][2].reports if report.broker]
    elif not named:
        meant = _series(index, encoder, text, shelf)
    else:
        meant = []
    meant.sort(key=lambda report: report.date or date.min)
    when = times_in(text, shelf)
    if len(when) == 1 and when[0].kind in ("day", "week"):  # the one report of then says all
        meant = of_it(when[0], meant)
    own = [(report, _time_of(report, when, meant)) for report in meant]
    if len(when) > 1:  # each report is of one of them, and each of them has one
        own = [(report, time) for report, time in own if time]
        if {time for _, time in own} != set(when):
            return ()
        text = without(text, [time.span for time in periods(text) if any(w.surface in time.surface for w in when)])
    if len(own) < 2 or (named and len(own) > MOST_REPORTS):
        return ()
    return tuple(
        Side("report", label, text, (frozenset({report.id}),), "", time)
        for (report, time), label in zip(own, titles_of([report for report, _ in own]), strict=True)
    )


def _time_of(report: Report, when: Sequence[Period], meant: Sequence[Report]) -> Period | None:
    """Which of the times that a question names a report is asked for; None for none."""
    if len(when) == 1:
        return None if when[0].kind == "day" else when[0]
    return next((time for time in when if report in of_it(time, meant)), None)


def _series(index: Index, encoder: Encoder, text: str, shelf: Sequence[Report]) -> list[Report]:
    """The editions of the weekly that the surest passages are of."""
    if not (_SERIES.search(text) or any(period.kind in ("day", "week") for period in times_in(text, shelf))):
        return []
    hits = search(index, encoder, text, limit=SEARCHED, scope=frozenset(report.id for report in shelf))
    first = next((item.report for item in hits.evidence), None)
    return [report for report in shelf if first and same_series(first, report)]


def same_series(one: Report, other: Report) -> bool:
    """Whether two reports are by one broker and called the same but for their days."""
    a, b = (key("".join(_NAMED.findall(_without_times(report.title))[:1])) for report in (one, other))
    same = a == b != ""
    return same and (one.id == other.id or bool(broker_keys(one.broker or "") & broker_keys(other.broker or "")))


def _without_times(title: str) -> str:
    return without(title, [time.span for time in periods(title)])
