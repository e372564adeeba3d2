"""One side of a comparison: what it is called, what is asked of it alone, and the reports that may say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from rag.language import analysis
from rag.language.periods import Period, periods
from rag.question.match import time_fit
from rag.reports.names import names_of
from rag.types import Report

Kind = Literal["company", "broker", "period", "report", "segment", "thing", "week"]
RESULTS = 60  # days after a quarter within which notes are written on its results
WRITTEN = 3  # days after its last one within which a weekly is written
FITS = 0.6  # how well a report must fit a period to be the one of that period
COMPARE = re.compile(
    r"\b(?:compar\w*(?: (?:with|to))?|versus|vs\.?|differ\w*|relative to|(?:better|higher|lower|more|less|larger|smaller|faster|slower|bigger|wider) than|than|both|respective(?:ly)?"
    r"|how far apart|gap|chang(?:e|es|ed)|evolv\w*|moved?|(?:dis)?agree\w*(?! to\b)|side by side|each|which (?:of|company|broker|house|one|has|is)|whose"
    r"|as [a-z]+ (?:on|about|as)\b.{1,60}\bas|contrast\w*|juxtapos\w*|rank\w*|tabulat\w*|stacks? up|measures? up|ahead of|behind|leads?|trails?|lags?|next to|beside|alongside|against|above|below|exceed\w*|surpass\w*|out(?:pac|grow|perform|sell|number)\w*|revis\w*|develop\w*|shift\w*)\b"
    r"|对比|比较|相比|差异|不同|区别|分别|各自?|变化|[怎如]么?[样何]?变|变了多少|差距|哪家|哪个|谁|更[高低大小快慢多少]|还是|分歧|一致|放在一起|并列|排[名序]|差多少|相差|比[^,，。?？]{1,20}[高低多少大小快慢]|孰|调整|修正|[高低多少大小快慢优]于|不及|呢[?？]?$|又是|也是",
    re.IGNORECASE,
)

_ASKED_IN_CHINESE = re.compile(
    "比较|对比|相比|分别|多少|什么|如何|怎|哪|谁|[吗呢]|各[家自是]|有何|[和与对]\\s*[A-Z].*的"
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side. ``question``: the question without the other sides; ``tiers``: report ids, best first, each tier holding
    the one before; empty where the library has no report for it. ``name``: how the question calls it, empty where it only
    speaks of the brokers or reports as such."""

    kind: Kind
    label: str
    question: str
    tiers: tuple[frozenset[str], ...]
    name: str = ""
    period: Period | None = None


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without some of its characters and the words that joined them to the rest."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split())


def tiers_of(preferred: Sequence[Report], own: Sequence[Report], period: Period | None) -> tuple[frozenset[str], ...]:
    """Report ids in growing sets: those on the period among the preferred, those that fit it, the preferred, all."""
    fitting = [r for r in preferred if period and time_fit(period, r, names_of(r)) >= FITS]
    tiers: list[frozenset[str]] = []
    for reports in (of_it(period, preferred), fitting, preferred, own):
        ids = frozenset(report.id for report in reports)
        if ids and ids not in tiers:
            tiers.append(ids)
    return tuple(tiers)


def of_it(period: Period | None, reports: Sequence[Report]) -> list[Report]:
    """Those of the reports that are on the period itself: a note that was only written in a quarter has no results of it.

    A note that tells no time of its own is on the quarter that has just ended. Of a day are the reports that are dated
    then, else the weeklies that are written right after it.
    """
    if period is None:
        return []
    if period.kind == "day" and (dated := [r for r in reports if r.date == period.end]):
        return dated
    if period.kind == "day" and (weeklies := [r for r in reports if _ends_on(r, period)]):
        return weeklies
    on = [report for report in reports if any(own.label == period.label for own in names_of(report).periods)]
    if on or period.kind != "quarter":
        return on
    end = period.end + timedelta(days=RESULTS)
    return [r for r in reports if not names_of(r).periods and r.date is not None and period.end < r.date <= end]


def _ends_on(report: Report, day: Period) -> bool:
    """Whether a report whose title gives the days that it is on is written right after a day."""
    weekly = any(own.kind == "day" for own in periods(report.title))
    return weekly and report.date is not None and 0 < (report.date - day.end).days <= WRITTEN


def title_of(report: Report) -> str:
    """What a report is called as a side: its broker and day where both are known, else its title."""
    who = report.broker or (report.companies[0] if report.companies else report.title)
    return f"{who}, {report.date.isoformat()}" if report.date and report.broker else report.title or who


def titles_of(reports: Sequence[Report]) -> list[str]:
    """What each of several reports is called as a side: with its title, too, where another is by the same broker of the same day."""
    called = [title_of(report) for report in reports]
    return [
        f"{name}: {report.title}" if called.count(name) > 1 and report.title != name else name
        for name, report in zip(called, reports, strict=True)
    ]


def is_chinese(question: str) -> bool:
    """Whether a question is asked in Chinese, whatever script its names are in."""
    return analysis.language(question) == "zh" or bool(_ASKED_IN_CHINESE.search(question))
