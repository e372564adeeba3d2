"""Whose a statement is in a report about several: a morning note goes from company to company, a weekly from metal to metal.

Such a report has a section on each. That its title or another passage names one of them says nothing of the statements on
the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.language import lexicon
from rag.language.analysis import STOP_TERMS
from rag.language.words import terms_of
from rag.question.concepts import Asked
from rag.reports.names import called
from rag.types import Passage, Report

OTHERS = 0.3  # coverage of a name by a statement on another: below what counts as there
BESIDE = 1  # terms of a heading beside a name: `Foo and Bar`
FIRST, LEAD = 4, 24  # characters at which a statement's company starts, and within which it ends
LEAD_ZH = 6
_CJK = re.compile(r"[\u3400-\u9fff]")
_GOES_ON = re.compile(
    r"(?:its?|they|their|this|these|the (?:company|group|firm|bank)|management)\b|[其该它]|公司|集团|管理层",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(（][^()（）]{2,60}[)）]")
_LAST = re.compile(r"[,，;；、。()（）]|\.\s")  # what stands before the last name of a text
# What something is set against: `less than second-hand ones`, 与新房相比. A figure there is of the name, so that it tells of it.
_AGAINST = re.compile(
    r"\b(?:than|compared (?:with|to)|versus|vs\.?|unlike|as opposed to|relative to)\b[^,.;:()\d]*(?=[,.;:()]|$)"
    r"|(?:(?<![占环同])比(?![例率亚重较如特])|较(?![快大高低多少为好强弱差长])|不及|不如|[低高小大强弱优好慢快]于|跑[赢输])[^,，。;；:：()（）\d]*(?=[,，。;；:：()（）]|$)|[与和跟同][^,，。;；:：\d]{1,16}相比",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(（\[【].*")


def only_set_against(piece: Asked, text: str) -> bool:
    """Whether a text has a name only as what another is set against: `New homes have fallen less than second-hand ones`."""
    return piece.said_by(terms_of(text)) and not piece.said_by(terms_of(_AGAINST.sub(" ", text)))


def subject_headings(passages: Iterable[Passage]) -> tuple[frozenset[str], ...]:
    """The terms of each heading of a report, what stands in brackets left out."""
    headings = dict.fromkeys(passage.section[-1] for passage in passages if passage.section)
    return tuple(terms_of(_ASIDE.sub("", heading)) - STOP_TERMS for heading in headings)


def has_section(piece: Asked, headings: Iterable[frozenset[str]], report: Report) -> bool:
    """Whether a report has a section on a name, and is not on this alone."""
    only = len(report.companies) == 1 and piece.said_by(terms_of(report.companies[0]))
    beside = (terms - piece.terms for terms in headings if piece.said_by(terms))
    return not only and any(len(others) <= BESIDE for others in beside)


def of_another(piece: Asked, text: str, report: Report) -> bool:
    """Whether a statement starts with a company other than the name that is asked for, and its title is on neither."""
    title = called(report)
    if piece.said_by(title) or any(piece.said_by(terms_of(name)) for name in report.companies[:1]):
        return False
    for found in lexicon.entities(text[:LEAD]):
        if found.kind == "company" and found.certain and found.start <= FIRST:
            forms = [terms_of(form) for form in (found.name, *found.concept.forms)]
            return not any(piece.said_by(form) or form <= title for form in forms)
    return False


def leads(piece: Asked, passages: Iterable[Passage]) -> bool:
    """Whether a statement of a report starts with a name: it tells of this one, and another of another."""
    return any(piece.said_by(terms_of(_start(passage.text))) for passage in passages if passage.kind == "statement")


def goes_on(piece: Asked, before: Passage, passage: Passage) -> bool:
    """Whether a passage goes on with what the one before it says of a name: under the same mark, or by a pronoun."""
    if not piece.said_by(terms_of(before.text)):
        return False
    shares = before.locator.kind == passage.locator.kind and set(before.locator.numbers) & set(passage.locator.numbers)
    return bool(shares or _GOES_ON.match(passage.text))


def _start(text: str) -> str:
    """What a statement starts with: the words up to its first verb or mark, roughly."""
    return text[: LEAD if _CJK.search(text[:FIRST]) is None else LEAD_ZH]


def in_brackets_of_another(pieces: Iterable[Asked], name: Asked, text: str) -> list[Asked]:
    """Those of the pieces that a text gives only in brackets behind a name, and never behind the one that is asked for.

    Of `Prefer Foo (target 108), Bar is cut to Neutral` the target is not Bar's.
    """
    aside = [(match.start(), match.end()) for match in _BRACKETS.finditer(text)]
    if not aside or not name.said_by(terms_of(text)):
        return []
    outside = terms_of(_BRACKETS.sub(" ", text))
    found = []
    for piece in pieces:
        within = [(start, end) for start, end in aside if piece.said_by(terms_of(text[start:end]))]
        owners = [_LAST.split(text[:start].rstrip())[-1] for start, _ in within]
        if within and not piece.said_by(outside) and not any(name.said_by(terms_of(owner)) for owner in owners):
            found.append(piece)
    return found
