"""What a question sets side by side: companies, brokers, periods or reports, and the question about each of them alone.

A side is named by the question, or meant by words such as `the two brokers` where the library tells which. Reports are
given in tiers: those that fit best first, so that an older or more distant one is used only where these say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from rag.compare.asked.metrics import asks_figure
from rag.compare.asked.names import MOST, Named, called_so, held_companies, named_brokers, named_companies
from rag.compare.asked.own_quarters import own_quarters
from rag.compare.asked.reports import REPORT_WORDS, each_names_a_report, meant_reports, titled
from rag.compare.asked.side import COMPARE, FITS, Kind, Side, of_it, tiers_of, title_of, titles_of, without
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.strangers import strangers
from rag.compare.asked.wanted import OUTLOOK
from rag.compare.asked.when import JOINED, surfaces, times_in
from rag.language.analysis import language
from rag.language.periods import Period
from rag.question.match import time_fit
from rag.question.rise_fall import says
from rag.reports.kept import kept
from rag.reports.names import has_cjk, names_of
from rag.types import Report
from rag.views.groups import Group

KEPT = 64  # questions whose sides are kept: each is asked for by the search and by the comparison

_AND = re.compile(r"\b(?:and|or|vs|versus|than|against)\b|[,;&/、，；]", re.IGNORECASE)
_TOWARDS = re.compile(r"[对向给]$")  # A对B的销售收入, A向B采购
_OWNS = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_REPORT_OF = re.compile(
    r"(?:['’]s)?\s+(?:(?:annual|interim|half-year|quarterly|full-year)\s+)?(?:reports?|notes?|filings?|10-?[kq]s?|weekly|updates?)\b|年?度?(?:年报|报告|研报|点评|中报|季报)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|from|since)\b|从|至|到|较|比", re.IGNORECASE)


def sides(question: str, reports: Iterable[Report]) -> tuple[Side, ...]:
    """The sides of a comparison in the order of the question; empty when it compares nothing.

    ``reports``: those that may be searched.
    """
    return _sides(reports, question)


@kept(KEPT)
def _sides(shelf: tuple[Report, ...], question: str) -> tuple[Side, ...]:
    text = spelled_out(question)
    compares = bool(COMPARE.search(text))
    held = held_companies(shelf)
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
    if len(when) > 1 and (compares or _moves_between(text)) and (explicit or not _of_a_report(text, when)):
        return _of_periods(text, when, chosen)
    meant = meant_reports(text, chosen, bool(named), len(brokers))
    return tuple(
        Side("report", label, text, (frozenset({report.id}),))
        for report, label in zip(meant, titles_of(meant), strict=True)
    )


def _with_strangers(text: str, named: list[Named], shelf: Sequence[Report], held: Sequence[Group]) -> list[Named]:
    """The companies with those beside them that no report is on, in the order of the text."""
    if not any(group for _, _, group in named):
        return named
    houses = [span for _, span, _ in named_brokers(text, shelf)]
    others = [(label, span, called_so(label, held)) for label, span, _ in strangers(text, named, houses)]
    return sorted([*named, *others], key=lambda item: item[1])


def _moves_between(text: str) -> bool:
    """Whether it is asked if something has gone up or down from one time to another: `did it rise between April and July?`"""
    return bool(_BETWEEN.search(text)) and (says(text, 1) or says(text, -1))


def _side_by_side(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    return any(JOINED.match(text[a[1] : b[0]]) is not None for a, b in pairwise(spans))


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


def _of_a_report(text: str, when: Sequence[Period]) -> bool:
    """Whether some of the periods, but not all, only say which report is meant: `for 2024 in its 2023 report`."""
    named = [_REPORT_OF.match(text, text.find(p.surface) + len(p.surface)) is not None for p in when]
    return any(named) and not all(named)


def _of_companies(text: str, named: Sequence[Named], when: Sequence[Period]) -> tuple[Side, ...]:
    found = []
    for label, span, group in named[:MOST]:
        alone = without(text, [other for _, other, _ in named if other != span])
        own = list(group.reports) if group else []
        brokers = named_brokers(text, own)
        preferred = list(brokers[0][2]) if len(brokers) == 1 else own
        label = text[slice(*span)] if has_cjk(text[slice(*span)]) and not has_cjk(label) else label
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
        if not by_report and (on := of_it(period, chosen)) and not OUTLOOK.search(text):
            tiers = tuple(
                dict.fromkeys((frozenset(report.id for report in on), *tiers))
            )  # its results are told after it
        kind: Kind = "report" if by_report and len(own) == 1 else "period"
        label = title_of(own[0]) if kind == "report" else period.surface
        found.append(Side(kind, label, alone, tiers, period.surface, None if by_report else period))
    return tuple(found)
