"""Which filings tell of something: `Which companies recorded a goodwill impairment?`, `Which filings mention a restructuring?`.

Every annual report has the words: how goodwill is tested, what a material weakness would be. What is wanted are those that
tell of one, each in the sentence that says so: with an amount or a verb in the past, and not of what may be, or was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.answer.citations import Draft, evidence_of
from rag.answer.extractive import checked, clean
from rag.answer.kinds import holds_kind
from rag.catalogue.answer import Listed, newest_first, title_of
from rag.compare.asked.names import named_companies
from rag.language import analysis
from rag.language.periods import periods
from rag.language.sentences import sentences
from rag.llm.planted import is_planted
from rag.overview.screen import WHO, asks_figure, filers, of_years
from rag.search.retrieve import Index, reports_in
from rag.types import Evidence, Passage, Report

MOST = 20  # filings that are listed
SEARCHED = 40  # passages of each that are looked at
LONGEST, SHORTEST = 420, 40  # characters of a sentence that is quoted
MOST_TERMS = 5  # of what is asked for
NEAR = 60  # characters between a denial and what it denies
TELLS = 1.0  # from which a sentence tells of one
_ASKED = re.compile(
    rf"^\W*(?:{WHO}|(?:which|what) (?:filings?|annual reports?|10-[kq]s?|reports))\s+"
    r"(?P<verb>mention(?:s|ed)?|report(?:s|ed)?|record(?:s|ed)?|disclos(?:e|es|ed)|ha(?:d|ve|s)(?: had| taken| recorded)?|took|takes?|recogni[sz]e[sd]?|booked|face[sd]?|describe[sd]?"
    r"|identif(?:y|ies|ied)|announce[sd]?|discuss(?:es|ed)?|refer(?:s|red)? to|talk(?:s|ed)? about|tells? of|suffered|incurred)\s+(?:an?\s+|any\s+|the\s+|some\s+)?(?P<what>[^?]+?)\W*$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:recorded|recogni[sz]ed|incurred|identified|announced|completed|approved|initiated|resulted|reported|disclosed|remediated|took|taken|implemented|began|commenced|entered into|settled|paid|filed|named|received|suffered|experienced|discovered|wrote|written|impaired|charged|terminated|closed|eliminated|raises?|existed|was not effective|were not effective)\b",
    re.IGNORECASE,
)
# What has not happened, and what is only how it is looked for.
_MAY_BE = re.compile(
    r"\b(?:may|could|might|would|should|if|whether|unless|in the event|more likely than not|risk that|defined as|is defined|reasonably likely|required to|designed to|is a deficiency|such as|forward-looking|standards? update|ASU|likelihood|requires|(?:be|is|are) (?:recorded|recogni[sz]ed|tested))\b",
    re.IGNORECASE,
)
_LOOKED_FOR = re.compile(
    r"\b(?:annual(?:ly)?|tested|testing|evaluat\w*|assess\w*|polic(?:y|ies)|estimated using|methods?|plans? (?:is|are|to)|expect\w*|will|anticipat\w*|intend\w*)\b",
    re.IGNORECASE,
)
# Things that happen, or do not; of others every filing that has the word `mentions` them.
_EVENT = re.compile(
    r"\b(?:impairments?|restructurings?|reorgani[sz]ations?|weakness(?:es)?|breach(?:es)?|defaults?|bankruptc(?:y|ies)|acquisitions?|mergers?|divestitures?|spin-?offs?|lay-?offs?|lawsuits?|settlements?|fines?|penalt(?:y|ies)"
    r"|recalls?|restatements?|write-?(?:downs?|offs?)|charges?|strikes?|attacks?|incidents?|going concern|investigations?|delistings?|closures?|accidents?|fraud|violations?|downgrades?|stock splits?|refinancings?|issuances?|repurchases?|buy-?backs?)\b",
    re.IGNORECASE,
)
_OF_EVENTS = re.compile(r"\b(?:record|recogni[sz]|incur|suffer|book|took|takes?|announc|identif)", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:no|not|never|none|nor|neither|without|nothing)\b", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[•●▪–-]|\(\w{1,3}\))\s+")
_ASIDE = re.compile(r"certification|exhibit|forward[- ]looking|glossary|definitions", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentence of a filing that tells of what is asked for, with how surely."""

    report: Report
    passage: Passage
    start: int
    end: int
    score: float


def events(index: Index, question: str, scope: frozenset[str] | None = None) -> Listed | None:
    """The filings that tell of what a question asks for, newest first, and which do not; None where it asks something else.

    ``scope``: report ids to choose from, None for all.
    """
    asked = _ASKED.match(question)
    if asked is None or asks_figure(question) or not (_EVENT.search(asked["what"]) or _OF_EVENTS.search(asked["verb"])):
        return None
    held = filers(reports_in(index, scope))
    when = periods(asked["what"])
    what = analysis.blanked(asked["what"], [period.span for period in when])
    terms = analysis.content_words(what)
    if len(held) < 2 or not 0 < len(terms) <= MOST_TERMS or named_companies(question, held):
        return None
    reports = newest_first(report for group in held for report in group.reports)
    if when:
        reports = of_years(reports, when)
    told = [best for report in reports if (best := _best(index, report, terms))]
    if not told:  # the words alone, in how it would be looked for, are no answer
        return Listed(f"a filing that tells of {what.strip()}") if _EVENT.search(what) else None
    drafts = [_draft(each) for each in told[:MOST]]
    without = [report.title for report in reports if report.id not in {each.report.id for each in told}]
    notes = (f"Not told by: {', '.join(without)}.",) if without else ()
    return Listed(what.strip(), tuple(drafts), evidence_of(drafts), notes)


def _best(index: Index, report: Report, terms: frozenset[str]) -> _Told | None:
    """The sentence of a filing that tells most surely of it."""
    found = [told for told in _sentences(index, report, terms) if told.score >= TELLS]
    return max(found, key=lambda told: (told.score, -told.passage.ordinal, -told.start), default=None)


def _sentences(index: Index, report: Report, terms: frozenset[str]) -> Iterator[_Told]:
    ids = index.lexical(dict.fromkeys(sorted(terms), 1.0), SEARCHED, frozenset({report.id}))
    for passage in index.passages(ids).values():
        aside = any(_ASIDE.search(heading) for heading in passage.section)
        if passage.kind == "table" or aside or is_planted(passage.text, 0, len(passage.text)):
            continue
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            if SHORTEST <= end - start <= LONGEST and terms <= frozenset(analysis.terms(text)):
                yield _Told(report, passage, start, end, _score(text, terms))


def _score(text: str, terms: frozenset[str]) -> float:
    """How surely a sentence tells of something that happened: below nothing where it denies it, or only may be."""
    at = [match.start() for match in re.finditer(r"\w+", text) if terms & frozenset(analysis.terms(match[0]))]
    near = [(max(0, place - NEAR), place + NEAR) for place in at]
    denied = any(_DENIES.search(text, *span) for span in near)
    done = any(_HAPPENED.search(text, *span) for span in near)
    return (
        1.0 * bool(_HAPPENED.search(text)) + 0.4 * done + 0.8 * holds_kind(text, "money") + 0.3 * bool(periods(text))
        - 1.5 * bool(_MAY_BE.search(text)) - 0.6 * bool(_LOOKED_FOR.search(text)) - 2.0 * denied
    )  # fmt: skip


def _draft(told: _Told) -> Draft:
    said = _BULLET.sub("", clean(told.passage, told.start, told.end))
    evidence = Evidence(told.passage, told.report, 1.0)
    return checked(f"{title_of(told.report, chinese=False)}: {said}", evidence, (told.start, told.end))
