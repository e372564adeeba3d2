"""What a question sets side by side: companies, brokers, periods or reports, and the question about each of them alone.

A side is named by the question, or meant by words such as `the two brokers` where the library tells which. Reports are
given in tiers: those that fit best first, so that an older or more distant one is used only where these say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from rag.compare.names import MOST, Named, called_so, named_brokers, named_companies
from rag.compare.own_quarters import own_quarters
from rag.compare.reports import REPORT_WORDS, each_names_a_report, meant_reports, titled
from rag.compare.spelled_out import spelled_out
from rag.compare.strangers import strangers
from rag.language import lexicon
from rag.language.analysis import language
from rag.language.periods import Period, periods
from rag.question.match import time_fit
from rag.question.rise_fall import direction
from rag.reports.kept import kept
from rag.reports.names import names_of
from rag.types import Report
from rag.views.groups import Group, groups

Kind = Literal["company", "broker", "period", "report", "segment", "thing", "week"]
KEPT = 64  # questions whose sides are kept: each is asked for by the search and by the comparison
RESULTS = 60  # days after a quarter within which notes are written on its results
FITS = 0.6  # how well a report must fit a period to be the one of that period

COMPARE = re.compile(
    r"\b(?:compar\w*(?: (?:with|to))?|versus|vs\.?|differ\w*|relative to|(?:better|higher|lower|more|less|larger|smaller|faster|slower|bigger|wider) than|than|both|respective(?:ly)?"
    r"|how far apart|gap|chang(?:e|es|ed)|evolv\w*|moved?|(?:dis)?agree\w*(?! to\b)|side by side|each|which (?:of|company|broker|house|one|has|is)|whose"
    r"|contrast\w*|juxtapos\w*|rank\w*|tabulat\w*|stacks? up|measures? up|ahead of|behind|leads?|trails?|lags?|next to|beside|alongside|against|above|below|exceed\w*|surpass\w*|out(?:pac|grow|perform|sell|number)\w*|revis\w*|develop\w*|shift\w*)\b"
    r"|对比|比较|相比|差异|不同|区别|分别|各自?|变化|差距|哪家|哪个|谁|更[高低大小快慢多少]|还是|分歧|一致|放在一起|并列|排[名序]|差多少|相差|比[^,，。?？]{1,20}[高低多少大小快慢]|孰|调整|修正|[高低多少大小快慢优]于|不及|呢[?？]?$|又是|也是",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"^[\s,，、&]*(?:'s|’s)?[\s,，、&]*(?:and|or|vs\.?|versus|with|to|against|than|from|和|与|及|跟|同|对|对比|相比|比|还是|或|以及)?[\s,，、&]*(?:the\s+)?$",
    re.I,
)
_AND = re.compile(r"\b(?:and|or|vs|versus|than|against)\b|[,;&/、，；]", re.IGNORECASE)
_TOWARDS = re.compile(r"[对向给]$")  # A对B的销售收入, A向B采购
_OWNS = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_AGAINST = re.compile(
    r"(?:\b(?:with|against|over|and|to)|[和与跟同较比到至])\s*(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE
)
_REPORT_OF = re.compile(
    r"(?:['’]s)?\s+(?:(?:annual|interim|half-year|quarterly|full-year)\s+)?(?:reports?|notes?|filings?|10-?[kq]s?|weekly|updates?)\b|年?度?(?:年报|报告|研报|点评|中报|季报)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:\band\b|\bto\b|\bthrough\b|\buntil\b|至|到|和|与|[-–—~])\s*")


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


def sides(question: str, reports: Iterable[Report]) -> tuple[Side, ...]:
    """The sides of a comparison in the order of the question; empty when it compares nothing.

    ``reports``: those that may be searched.
    """
    return _sides(reports, question)


@kept(KEPT)
def _sides(shelf: tuple[Report, ...], question: str) -> tuple[Side, ...]:
    text = spelled_out(question)
    compares = bool(COMPARE.search(text))
    held = groups([report for report in shelf if report.companies or report.tickers])
    named = named_companies(text, held)
    when = times_in(text, shelf)
    explicit, compares = compares, compares or asks_figure(text) or len(when) > 2
    if compares:
        named = _with_strangers(text, named, shelf, held)
    spans = [span for _, span, _ in named]
    if len(named) > 1 and ((compares and (explicit or _set_beside(text, spans))) or _side_by_side(text, spans)):
        return _of_companies(text, named, when)
    about = _about(named[0][2] if named else None, shelf)
    brokers = named_brokers(text, about, as_such=len(named) == 1)
    brokers = brokers if named else _on_the_same(brokers)
    if len(brokers) > 1 and (compares or len(named) == 1 or _side_by_side(text, [span for _, span, _ in brokers])):
        return _of_brokers(text, brokers, when)
    chosen = list(brokers[0][2]) if len(brokers) == 1 else about
    if len(when) > 1 and not compares and each_names_a_report(text, when, chosen):
        return _of_periods(text, when, chosen if named or brokers else titled(text, chosen) or chosen)
    if len(when) > 1 and compares and (explicit or not _of_a_report(text, when)):
        return _of_periods(text, when, chosen)
    meant = meant_reports(text, chosen, bool(named), len(brokers))
    return tuple(Side("report", title_of(report), text, (frozenset({report.id}),)) for report in meant)


def _with_strangers(text: str, named: list[Named], shelf: Sequence[Report], held: Sequence[Group]) -> list[Named]:
    """The companies with those beside them that no report is on, in the order of the text."""
    if not any(group for _, _, group in named):
        return named
    houses = [span for _, span, _ in named_brokers(text, shelf)]
    others = [(label, span, called_so(label, held)) for label, span, _ in strangers(text, named, houses)]
    return sorted([*named, *others], key=lambda item: item[1])


def _side_by_side(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    return any(_JOINED.match(text[a[1] : b[0]]) is not None for a, b in pairwise(spans))


def _set_beside(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a conjunction or a comma stands between two names, or each owns what is asked: not where one does something to the other."""
    owned = all(_OWNS.match(text, end) or _OWNS.search(text[start:end]) for start, end in spans)
    between = [text[a[1] : b[0]] for a, b in pairwise(spans)]
    if language(text) == "zh":
        return owned or not any(map(_TOWARDS.search, between))
    return owned or any(map(_AND.search, between))


def _on_the_same(
    brokers: list[tuple[str, tuple[int, int], tuple[Report, ...]]],
) -> list[tuple[str, tuple[int, int], tuple[Report, ...]]]:
    """The brokers with their reports on what all of them write about, where no company is named; all where there is none."""
    on = [{report.companies[0] for report in members if report.companies} for _, _, members in brokers]
    shared = set.intersection(*on) if on else set()
    if not shared:
        return brokers
    return [
        (label, span, tuple(report for report in members if report.companies and report.companies[0] in shared))
        for label, span, members in brokers
    ]


def _about(group: Group | None, shelf: Sequence[Report]) -> list[Report]:
    return list(group.reports) if group else list(shelf)


def times_in(text: str, shelf: Sequence[Report]) -> list[Period]:
    """The periods that a text sets side by side; a range counts as its two ends, a year around the others not at all."""
    newest = max((report.date for report in shelf if report.date), default=None)
    found: dict[str, Period] = {}
    named = periods(text, newest)
    if _in_a_row(text, named):
        return list({period.label: period for period in named}.values())
    for period in named:
        ends = _range_ends(period)
        for end in ends or (period,):
            found.setdefault(end.label, end)
    apart = [p for p in found.values() if not any(_within(o, p) for o in found.values() if o is not p)]
    if (
        len(apart) == 2
        and (COMPARE.search(text) or direction(text))
        and _related(text[apart[0].span[1] : apart[1].span[0]])
    ):
        return apart  # `higher in Q1 2025 than in 2024`
    kinds = Counter(period.kind for period in apart)
    most = max(kinds, key=lambda kind: kinds[kind], default=None)
    return [period for period in apart if period.kind == most] if most and kinds[most] > 1 else apart[:1]


def _related(between: str) -> bool:
    """Whether the words between two times of several lengths set them against one another."""
    return bool(COMPARE.search(between) or _AGAINST.search(between))


def _in_a_row(text: str, named: Sequence[Period]) -> bool:
    """Whether times of several lengths stand right beside one another: `2031 and the first half of 2032`."""
    between = [text[a.span[1] : b.span[0]] for a, b in pairwise(named)]
    joined = [bool(gap.strip(" ,，") and _JOINED.match(gap)) for gap in between]
    return bool(joined) and all(joined) and all(p.kind != "range" or not _range_ends(p) for p in named)


def _of_a_report(text: str, when: Sequence[Period]) -> bool:
    """Whether some of the periods, but not all, only say which report is meant: `for 2024 in its 2023 report`."""
    named = [_REPORT_OF.match(text, text.find(p.surface) + len(p.surface)) is not None for p in when]
    return any(named) and not all(named)


def _within(inner: Period, outer: Period) -> bool:
    return (
        outer.start <= inner.start and inner.end <= outer.end and (inner.start, inner.end) != (outer.start, outer.end)
    )


def _range_ends(period: Period) -> tuple[Period, Period] | None:
    if period.kind != "range" or not re.search(r"between|from|\b(?:to|through|until)\b|至|到|从|and", period.surface):
        return None
    parts = [part for part in _ENDS.split(period.surface) if re.search(r"\d", part)]
    ends = [periods(part, period.end) for part in parts]
    if len(ends) != 2 or not all(len(end) == 1 for end in ends):
        return None
    return ends[0][0], ends[1][0]


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without some of its characters and the words that joined them to the rest."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split())


def asks_figure(text: str) -> bool:
    """Whether a metric, a rating or a target is asked for: of each of several names, then."""
    kinds = {item.kind for item in lexicon.expand(text)}
    return bool(kinds & {"metric", "line_item"}) or bool(
        re.search(r"\b(?:ratings?|target)\b|评级|目标价", text, re.IGNORECASE)
    )


def _of_companies(text: str, named: Sequence[Named], when: Sequence[Period]) -> tuple[Side, ...]:
    found = []
    for label, span, group in named[:MOST]:
        alone = without(text, [other for _, other, _ in named if other != span])
        own = list(group.reports) if group else []
        brokers = named_brokers(text, own)
        preferred = list(brokers[0][2]) if len(brokers) == 1 else own
        found.append(("company", label, alone, own, preferred, text[slice(*span)]))
    if len(when) > 1 and len(named) * len(when) <= MOST:
        return tuple(
            Side(
                "company",
                f"{label} {period.surface}",
                without(alone, surfaces(alone, when, period)),
                tiers_of(preferred, own, period),
                name,
                period,
            )
            for _, label, alone, own, preferred, name in found
            for period in when
        )
    period = when[0] if len(when) == 1 else None
    quarters = own_quarters(text, period, [own for _, _, _, own, _, _ in found])
    made = []
    for (_, label, alone, own, preferred, name), quarter in zip(found, quarters, strict=True):
        if period and quarter:  # the same months, by the company's own calendar
            report, day = quarter
            lead = "" if period.kind == "day" else "quarter ended "
            alone = alone.replace(period.surface, f"{lead}{day.surface}")
            made.append(Side("company", label, alone, tiers_of([report], own, None), name, day))
            continue
        first = preferred if period else newest_filing(preferred)
        tiers = tiers_of(first, own, period)
        if period and tiers and (told := _REPORT_OF.match(alone, alone.find(period.surface) + len(period.surface))):
            alone = f"{alone[: alone.find(period.surface)]} {alone[told.start() :]}"  # `with their Q2 2025 reports`
            made.append(Side("company", label, alone, tiers[:1], name))
            continue
        made.append(Side("company", label, alone, tiers, name, period))
    return tuple(made)


def newest_filing(reports: Sequence[Report]) -> Sequence[Report]:
    """The newest of several filings of a company, which holds where no time is asked for; else all its reports."""
    filings = [report for report in reports if report.period and report.broker is None and report.date]
    if len(filings) < 2 or len(filings) < len(reports):
        return reports
    return [max(filings, key=lambda report: report.date or date.min)]


def _of_brokers(
    text: str, brokers: Sequence[tuple[str, tuple[int, int], tuple[Report, ...]]], when: Sequence[Period]
) -> tuple[Side, ...]:
    found = []
    for label, span, members in brokers[:MOST]:
        alone = without(text, [other for _, other, _ in brokers if other != span])
        newest = max(members, key=lambda report: report.date or date.min)
        period = when[0] if len(when) == 1 else None
        fitting = [report for report in members if period and time_fit(period, report, names_of(report)) >= FITS]
        fitting = of_it(period, members) or fitting
        # Of several reports that fit, the newest holds; an older one only where that says nothing.
        latest = [max(fitting, key=lambda report: report.date or date.min)] if fitting else [newest]
        tiers = tuple(dict.fromkeys((*tiers_of(latest, fitting, None), *tiers_of([], list(members), None))))
        found.append(Side("broker", label, alone, tiers, text[slice(*span)], period))
    return tuple(found)


def _of_periods(text: str, when: Sequence[Period], chosen: Sequence[Report]) -> tuple[Side, ...]:
    """A side per period: the report of that period where the question speaks of reports, else all reports."""
    found = []
    for period in when[:MOST]:
        alone = without(text, surfaces(text, when, period))
        own = [report for report in chosen if time_fit(period, report, names_of(report)) >= FITS]
        own = (of_it(period, chosen) or own) if REPORT_WORDS.search(text) else own
        by_report = bool(own and REPORT_WORDS.search(text))
        tiers = (frozenset(report.id for report in own),) if by_report else tiers_of(own, list(chosen), period)
        kind: Kind = "report" if by_report and len(own) == 1 else "period"
        label = title_of(own[0]) if kind == "report" else period.surface
        found.append(Side(kind, label, alone, tiers, period.surface, None if by_report else period))
    return tuple(found)


def surfaces(text: str, when: Sequence[Period], kept: Period) -> list[tuple[int, int]]:
    """Where the other periods stand in a text; a range that holds them becomes the one that is kept."""
    spans = []
    for period in when:
        if period.label != kept.label and (at := text.find(period.surface)) >= 0:
            spans.append((at, at + len(period.surface)))
    return spans


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

    A note that tells no time of its own is on the quarter that has just ended.
    """
    if period is None:
        return []
    on = [report for report in reports if any(own.label == period.label for own in names_of(report).periods)]
    if on or period.kind != "quarter":
        return on
    end = period.end + timedelta(days=RESULTS)
    return [r for r in reports if not names_of(r).periods and r.date is not None and period.end < r.date <= end]


def title_of(report: Report) -> str:
    """What a report is called as a side: its broker and day where both are known, else its title."""
    who = report.broker or (report.companies[0] if report.companies else report.title)
    return f"{who}, {report.date.isoformat()}" if report.date and report.broker else report.title or who
