"""What a question names: companies, brokers, periods, statements, metrics; and the words to look for in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from rag.language import lexicon
from rag.language.analysis import language
from rag.language.lexicon import Entity, Expansion
from rag.language.periods import Period, periods
from rag.question.match import Asked, fit, time_fit
from rag.question.terms import Terms, make_terms
from rag.reports.names import Name, names_of
from rag.reports.tickers import find_tickers
from rag.types import Language, Report

OF_IT = 0.5  # how well a report fits a period that it tells of
_YEARS_BACK = 12
NAMED, ITEM = 1.0, 0.5  # how surely a statement is meant that is named, and one that a named item stands in

# What no statement gives: reasons, and profit after items that are taken off.
_BESIDE = re.compile(r"^\s*why\b|为什么|为何|原因|缘何|扣非|扣除非经常", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:compar\w*|versus|vs\.?|differ\w*|relative to|better than|higher than|lower than|both|respectively|rank(?:ed|ing)?|trend(?:s|ed)?"
    r"|over time|across|between)\b|对比|比较|相比|差异|不同|区别|分别|排名|趋势|变化|各自",
    re.IGNORECASE,
)
_SPANS = re.compile(
    r"\b(?:which|what|all|each|every|several|different|other|various|do|most|many|any)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+)?"
    r"(?:brokers?|analysts?|reports?|filings?|firms?|companies|houses|quarters|years)\b"
    r"|\bacross (?:the |all )?\w+\b|\beach of\b|\bover the (?:years|quarters)\b"
    r"|各家|各券商|各机构|哪些券商|哪家券商|哪些公司|哪家公司|哪些报告|哪些研报|哪份报告|各报告|各公司|几家|多家|历年|各季度|各年|不同券商|券商们|机构如何",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question names. ``statements``: how surely each statement (by its code) is meant, 0..1.

    ``compares``: it sets things side by side; ``spans``: it asks over several reports. ``words``: what to look for.
    ``scores``: report id -> how well it fits the names and dates, 0..1 (absent: 0). ``certain``: the reports it must be
    about, or None when that cannot be told. ``called``: report id -> the report's own name by which it may be meant.
    """

    question: str
    language: Language
    brokers: tuple[Name, ...] = ()
    periods: tuple[Period, ...] = ()
    statements: dict[str, float] = field(default_factory=dict)
    compares: bool = False
    spans: bool = False
    words: Terms = field(default_factory=Terms)
    scores: dict[str, float] = field(default_factory=dict)
    certain: frozenset[str] | None = None
    called: dict[str, str] = field(default_factory=dict)


def understand(question: str, *, reports: Collection[Report] = (), today: date | None = None) -> Understanding:
    """What a question names, and which of the library's reports that fits. ``today``: from when ``last year`` counts."""
    expansions = lexicon.expand(question)
    entities = lexicon.entities(question)
    when = periods(question, today)
    companies = _names(entities, "company") + _codes(question, entities)
    brokers = _names(entities, "broker")
    types = _distinct(e.canonical for e in expansions if e.kind == "statement" and not e.concept.statement)
    asked = Asked(question, companies, brokers, when, types)
    found = fit(asked, reports)
    if (reported := _as_reported(when, found.certain, reports)) != when:
        when = reported
        found = fit(replace(asked, periods=when), reports)
    return Understanding(
        question=question,
        language="zh" if language(question) == "zh" else "en",
        brokers=brokers,
        periods=when,
        statements={} if _BESIDE.search(question) else _statements(expansions),
        compares=bool(_COMPARES.search(question)) or len(companies) > 1 or len({p.label for p in when}) > 1,
        spans=bool(_SPANS.search(question)),
        words=make_terms(question, expansions, when),
        scores=found.scores,
        certain=found.certain,
        called=found.called,
    )


def _as_reported(
    when: tuple[Period, ...], certain: frozenset[str] | None, reports: Collection[Report]
) -> tuple[Period, ...]:
    """``The third quarter`` without a year is the newest third quarter that the reports in question are of."""
    if not certain or not any(period.implied for period in when):
        return when
    about = [(report, names_of(report)) for report in reports if report.id in certain]

    def newest(period: Period) -> Period:
        if not period.implied:
            return period
        years = (period.earlier(back) for back in range(_YEARS_BACK))
        return next((y for y in years if any(time_fit(y, report, names) >= OF_IT for report, names in about)), period)

    return tuple(map(newest, when))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _names(entities: Iterable[Entity], kind: str) -> tuple[Name, ...]:
    """The named companies or brokers, each once, certain when any of its mentions is."""
    found: dict[str, Name] = {}
    for entity in entities:
        if entity.kind == kind:
            before = found.get(entity.name)
            certain = entity.certain or bool(before and before.certain)
            found[entity.name] = Name(entity.name, entity.concept.tickers, certain)
    return tuple(found.values())


def _codes(question: str, entities: tuple[Entity, ...]) -> tuple[Name, ...]:
    """Stock codes that say what they are but that the lexicon does not know."""
    known = {ticker for entity in entities for ticker in entity.concept.tickers}
    codes = _distinct(found.ticker for found in find_tickers(question) if found.explicit and found.ticker not in known)
    return tuple(Name(code, (code,)) for code in codes)


def _statements(expansions: Iterable[Expansion]) -> dict[str, float]:
    """The statements that the named items stand in: surely where one is named, or a ratio of items that stand there."""
    found: dict[str, float] = {}
    for expansion in expansions:
        concept = expansion.concept
        named = [(concept.statement, NAMED if concept.kind == "statement" else ITEM)]
        named += [(part.statement, NAMED) for name in concept.parts for part in lexicon.lookup(name)]
        for statement, sure in named:
            if statement:
                found[statement] = max(found.get(statement, 0.0), sure)
    return found
