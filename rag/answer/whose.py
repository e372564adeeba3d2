"""Whose a statement is in a report about several: a morning note goes from company to company, a weekly from metal to metal.

Such a report has a section on each. That its title or another passage names one of them says nothing of the statements on
the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.language import lexicon
from rag.language.analysis import STOP_TERMS
from rag.language.words import terms_of
from rag.question.concepts import Asked
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.types import Evidence, Passage, Report

OTHERS = 0.3  # coverage of a name by a statement on another: below what counts as there
BESIDE = 1  # terms of a heading beside a name: `Foo and Bar`
FIRST, LEAD = 4, 24  # characters at which a statement's company starts, and within which it ends
LEAD_ZH = 6
_CJK = re.compile(r"[\u3400-\u9fff]")
_GOES_ON = re.compile(
    r"(?:its?|they|their|this|these|the (?:company|group|firm|bank)|management)\b|[其该它]|公司|集团|管理层",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\W*(?:\d\W*|[一二三四五六七八九十]\W*)?(?:(?:the )?(?:industry|sector|market)(?: (?:overview|situation|background|conditions|review|backdrop|trends?|landscape))?\W*$|(?:所处|所属)?(?:行业|市场|宏观)(?:情况|概况|概览|现状|背景|格局|发展|空间|规模|回顾|环境|分析|趋势)?\W*$)",
    re.IGNORECASE,
)
_INDEX = re.compile(r"\bthe index\b|指数|大盘", re.IGNORECASE)
_CLAUSES = re.compile(r"[;；。]|\.\s")
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


def _leads(piece: Asked, passages: Iterable[Passage]) -> bool:
    """Whether a statement of a report starts with a name: it tells of this one, and another of another."""
    return any(piece.said_by(terms_of(_start(passage.text))) for passage in passages if passage.kind == "statement")


def _goes_on(piece: Asked, before: Passage, passage: Passage) -> bool:
    """Whether a passage goes on with what the one before it says of a name: under the same mark, or by a pronoun."""
    if not piece.said_by(terms_of(before.text)):
        return False
    shares = before.locator.kind == passage.locator.kind and set(before.locator.numbers) & set(passage.locator.numbers)
    return bool(shares or _GOES_ON.match(passage.text))


def leads_others(index: Index, piece: Asked, item: Evidence) -> bool:
    """Whether a digest of several firms has statements of its own on a name, and this passage goes on with none."""
    report, passage = item.report, item.passage
    if report.passages > SHORT_REPORT or report.companies or piece.said_by(called(report)):
        return False
    if passage.kind != "statement":
        return False
    passages = index.report_passages(report.id)
    before = next((other for other in passages if other.ordinal == passage.ordinal - 1), None)
    return _leads(piece, passages) and (before is None or not _goes_on(piece, before, passage))


def of_the_trade(piece: Asked, text: str, section: Sequence[str]) -> bool:
    """Whether a statement stands under a heading on the whole trade and says nothing of a company that is asked for."""
    return bool(section) and bool(_TRADE.match(section[-1])) and not _GOES_ON.search(text) and piece.kind == "name"


def is_bare_index(piece: Asked, text: str) -> bool:
    """Whether a text speaks of the index (`the index`, 指数) without naming one, and an index is asked for."""
    kinds = {found.kind for found in lexicon.expand(piece.surface)}
    return "index" in kinds and bool(_INDEX.search(text)) and all(f.kind != "index" for f in lexicon.expand(text))


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


def clause_of_another(pieces: Iterable[Asked], name: Asked, text: str) -> list[Asked]:
    """Those of the pieces that a text gives only before it names whom they are asked of, in a clause on another.

    Of `甲指数市盈率22倍；乙指数风险溢价5%` the price-earnings ratio is not 乙's.
    """
    clauses = [clause for clause in _CLAUSES.split(text) if clause]
    named = [at for at, clause in enumerate(clauses) if name.said_by(terms_of(clause))]
    if not named or not named[0]:
        return []
    said = [found for found in lexicon.expand(clauses[named[0]]) if found.kind in ("metric", "line_item", "term")]
    others = (found for found in said if not name.said_by(terms_of(found.surface)))
    own = next((found for found in others if any(char.isdigit() for char in clauses[named[0]][found.end :])), None)
    found = []
    for piece in pieces:
        places = [at for at, clause in enumerate(clauses) if piece.said_by(terms_of(clause))]
        if places and own is not None and max(places) < named[0] and all(_has_owner(clauses[at]) for at in places):
            found.append(piece)
    return found


def _has_owner(clause: str) -> bool:
    return any(found.kind in lexicon.ENTITY_KINDS for found in lexicon.expand(clause))
