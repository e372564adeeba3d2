"""Whose a question is that names nobody: `what could go wrong?`, `why did sensors fall` keep whom the one before asked about.

A question of a conversation that names no company and asks for no several ones is of the company of the question before.
One with a subject of its own (`copper`, `the unemployment rate`) may begin something new: it stays with the company only
where that company's reports speak of it, and no report is about the subject itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.catalogue.question import request as catalogued
from rag.followup.marks import ASKS, COMPARE, DATELESS, OPENER, POINTER, UNDATED, VIEW
from rag.followup.parts import Parts, Spot, parts_of
from rag.followup.text import ARTICLE, OF_A_VIEW, STOP, placed, upper
from rag.language import analysis, lexicon
from rag.overview.question import request
from rag.types import Report

Holds = Callable[[str, frozenset[str]], frozenset[str]]  # (report id, terms) -> those of the terms that stand in it
_SEVERAL = re.compile(
    r"\b(?:compan(?:y|ies)|stocks|names|firms|sectors?|industr(?:y|ies)|brokers?|houses|analysts|reports?|notes?|library|documents?|filings?)\b(?!['’]s)"
    r"|哪[些几个只家](?:公司|企业|股票|个股|标的|报告|研报|券商|机构|行业)|所有|全部|个股|各家|行业",
    re.IGNORECASE,
)
_OF_A_COMPANY = re.compile(r"\btarget|\brating|目标价|评级", re.IGNORECASE)
_BEGINS_ANEW = re.compile(r"^\W*(?:tell me about|talk about|let['’]?s talk about|换个话题|说说|介绍)", re.IGNORECASE)


def kept(question: str, before: str, reports: Sequence[Report], holds: Holds | None) -> str:
    """The question with whom ``before`` asked about, where it names nobody and is of nothing else; else unchanged.

    ``before``: the question in front, which stands alone. ``holds``: which words stand in a report, None where not known.
    """
    own, old = parts_of(question, reports), parts_of(before, reports)
    owner = _owner(old)
    if owner is None or _SEVERAL.search(question) or _BEGINS_ANEW.search(question):
        return question
    if owner.kind == "broker" and own.subjects and len((*own.subjects, *own.topics, *own.words)) > 1:
        return question  # what a house says is of nobody: `when is the Chinese GDP due?`
    if own.names and not _things_of(own, owner, question, reports, holds):
        return question
    if (
        catalogued(question)
        or (request(question) and not own.subjects)
        or _of_something_else(own, owner, reports, holds)
    ):
        return question
    return _written(question, own, old, owner)


def of_a_sector(question: str, before: str, reports: Sequence[Report], holds: Holds | None) -> bool:
    """Whether a question is of a subject that a report on no company is titled by, and that the reports of the company
    asked about before say nothing of: `what about copper stocks?` behind a chip maker's sales."""
    own, old = parts_of(question, reports), parts_of(before, reports)
    owner = _owner(old)
    if holds is None or owner is None or owner.kind != "company" or own.names or not own.subjects or old.subjects:
        return False
    if POINTER.search(question) or COMPARE.search(question):
        return False
    of_owner = [report for report in reports if _is_of(report, owner.text)]
    forms = [form for spot in own.subjects for form in _forms(spot.text)]
    titles = [report.title for report in reports if not report.companies]
    titled = any(_word(form).search(title) for form in forms for title in titles)
    return bool(of_owner) and titled and not any(_said(form, of_owner, holds) for form in forms)


def _owner(old: Parts) -> Spot | None:
    """Whom a question asks about: its one company, else its one other name or broker."""
    for kinds in (("company",), ("name",), ("broker",)):
        found = [spot for spot in old.names if spot.kind in kinds]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _of_something_else(own: Parts, owner: Spot, reports: Sequence[Report], holds: Holds | None) -> bool:
    """Whether the subject of a question is none that the owner's reports speak of, or one that a report is about."""
    if not own.subjects:
        return False
    of_company = any(_OF_A_COMPANY.search(spot.text) for spot in own.topics)
    of_owner = [report for report in reports if _is_of(report, owner.text)]
    if holds is None or not of_owner:
        return True
    forms = [_forms(spot.text) for spot in own.subjects]
    told = [[_word(form) for form in said] for said in forms]
    in_own = any(word.search(report.title) for report in of_owner for said in told for word in said)
    others = [report.title for report in reports if not report.companies]
    if not in_own and any(word.search(title) for title in others for said in told for word in said):
        return True
    return not of_company and not all(any(_said(form, of_owner, holds) for form in said) for said in forms)


def _things_of(own: Parts, owner: Spot, question: str, reports: Sequence[Report], holds: Holds | None) -> bool:
    """Whether all that a question names are things that the owner's reports speak of, and nobody that a report is of."""
    if holds is None or owner.kind != "company" or any(spot.kind != "name" for spot in own.names):
        return False
    of_owner = [report for report in reports if _is_of(report, owner.text)]
    for spot in own.names:
        whose = question[question.find(spot.text) + len(spot.text) :][:2] in ("'s", "’s")
        if (
            whose
            or any(_is_of(report, spot.text) for report in reports if report not in of_owner)
            or not _said(spot.text, of_owner, holds)
        ):
            return False
    return True


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name), re.IGNORECASE)


def _is_of(report: Report, name: str) -> bool:
    said = [_word(each) for each in re.split(r"\s*[(（)）]", name) if each]  # `Dongli (东篱证券)`
    known = (*report.companies, report.title, report.stem, report.broker or "")
    return any(word.search(each.replace("_", " ")) for word in said for each in known)


def _forms(text: str) -> tuple[str, ...]:
    """A word with what it is called elsewhere."""
    return (text, *(other for found in lexicon.expand(text) for other in found.others))


def _said(form: str, reports: Sequence[Report], holds: Holds) -> bool:
    terms = frozenset(analysis.terms(form))
    return bool(terms) and any(len(holds(report.id, terms)) == len(terms) for report in reports)


def _written(question: str, own: Parts, old: Parts, owner: Spot) -> str:
    """The question with its owner and, where it asks for a figure, the time asked about before."""
    dated = [spot for spot in old.periods if spot.period]
    figure = own.topics and not all(DATELESS.search(spot.text) for spot in own.topics)
    times = (
        dated
        if figure and len(dated) == 1 and not (own.periods or UNDATED.search(question) or VIEW.search(question))
        else []
    )
    stem = STOP.sub("", OPENER.sub("", question)).strip(" ,，")
    if analysis.language(question) == "zh":
        when = times[0].period.surface.strip() if times and times[0].period else ""
        return f"{owner.text}{when}{stem.removesuffix('呢')}?"
    when = f" {placed(times[0])}" if times else ""
    if not ASKS.search(stem):
        return f"What about {owner.text}'s {ARTICLE.sub('', stem)}{when}?"
    return upper(f"{stem} {'for' if OF_A_VIEW.search(stem) else 'at'} {owner.text}{when}?")
