"""Where to look: the reports that a question's names and dates point to, and the sides of a question about several.

What a question names beyond doubt is searched on its own, so that the right report always has candidates; what it only
suggests weighs in the ranking. Nothing is ever excluded, so a wrong guess costs a place and not the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.compare.asked.sides import sides
from rag.language import lexicon
from rag.question.match import COMPANY, TIME, time_fit
from rag.question.understand import Understanding
from rag.reports.names import names_of
from rag.types import Report

MOST_REPORTS = 24  # reports searched on their own
MOST_SIDES = 8
CLOSE = 0.8  # share of the best fit from which a report is searched on its own


@dataclass(frozen=True, slots=True)
class Route:
    """``fits``: report id -> how well it fits what the question names, 0..1. ``first``: the reports to search on their own.

    ``sides``: for a question about several things, the reports of each, best first; empty otherwise.
    ``sure``: whether the question says beyond doubt which company's reports it is about. ``notes``: what was relaxed.
    """

    fits: Mapping[str, float] = field(default_factory=dict)
    first: frozenset[str] = frozenset()
    sides: tuple[tuple[str, ...], ...] = ()
    sure: bool = False
    notes: tuple[str, ...] = ()


def route(understood: Understanding, reports: Mapping[str, Report]) -> Route:
    """The reports among ``reports`` that a question points to."""
    fits = {id_: fit for id_, fit in understood.scores.items() if id_ in reports}
    top = max(fits.values(), default=0.0)
    certain = frozenset(id_ for id_ in understood.certain or () if id_ in reports)
    close = sorted((id_ for id_, fit in fits.items() if fit >= CLOSE * top), key=lambda id_: (-fits[id_], id_))
    first = certain if certain and len(certain) <= MOST_REPORTS else frozenset(close[:MOST_REPORTS])
    sides = _sides(understood, reports, fits, certain)
    extra = frozenset(id_ for side in sides for id_ in side[:3])
    return Route(fits, first | extra, sides, bool(certain), _notes(understood, reports, certain))


def _sides(
    understood: Understanding, reports: Mapping[str, Report], fits: Mapping[str, float], certain: frozenset[str]
) -> tuple[tuple[str, ...], ...]:
    """The reports of each side as ``compare_sides`` tells them; else of each name, or each report, that is asked over."""
    if not (understood.compares or understood.spans):
        return ()
    pool = [id_ for id_, fit in sorted(fits.items(), key=lambda item: (-item[1], item[0])) if fit >= COMPANY]
    pool = pool or sorted(certain)
    groups: list[tuple[str, ...]] = []
    if len(named := sides(understood.question, reports.values())) > 1:
        for side in named:  # tier by tier, and within one those that fit the question best
            ids = dict.fromkeys(
                id_ for tier in side.tiers for id_ in sorted(tier, key=lambda id_: (-fits.get(id_, 0.0), id_))
            )
            groups.append(tuple(ids))
    elif len(called := _called(understood, fits)) > 1:
        groups = called
    elif 1 < len(pool) <= MOST_REPORTS and not any(p.kind != "year" for p in understood.periods):
        groups = [(id_,) for id_ in sorted(pool, key=lambda id_: _newest(reports[id_]))]
    found = tuple(dict.fromkeys(group for group in groups if group))
    return found[:MOST_SIDES] if len(found) > 1 else ()


def _called(understood: Understanding, fits: Mapping[str, float]) -> list[tuple[str, ...]]:
    """The reports of each name that the question may mean, in the order of the question."""
    groups: dict[str, list[str]] = {}
    for id_ in sorted(fits, key=lambda id_: (-fits[id_], id_)):
        if id_ in understood.called:
            groups.setdefault(understood.called[id_], []).append(id_)
    text = understood.question.lower()
    names = [name for name in groups if not any(name != other and name in other for other in groups)]
    return [tuple(groups[name]) for name in sorted(names, key=lambda name: text.find(name))]


def _newest(report: Report) -> tuple[int, str]:
    return (-report.date.toordinal() if report.date else 0, report.id)


def _notes(understood: Understanding, reports: Mapping[str, Report], certain: frozenset[str]) -> tuple[str, ...]:
    """What the question names and no report fits, where others are searched instead."""
    about = [reports[id_] for id_ in sorted(certain)]
    named = list(dict.fromkeys(report.companies[0] for report in about if report.companies))[:2]
    named = [lexicon.named_in(name, understood.language) for name in named]
    notes = []
    for period in understood.periods:
        if not about or any(time_fit(period, report, names_of(report)) >= TIME for report in about):
            continue
        if understood.language == "zh":
            notes.append(f"资料库中没有{'、'.join(named)}{period.surface}的报告,已检索其他期间的报告。")
        else:
            company = f" on {', '.join(named)}" if named else ""
            notes.append(f"No report{company} is of {period.surface}; those of other periods were searched.")
    return tuple(dict.fromkeys(notes))
