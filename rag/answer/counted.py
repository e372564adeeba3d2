"""How many there are of a thing: the statement that counts it goes before one that has the word and some other number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.statement import Statement, promoted
from rag.answer.wanted import Wanted
from rag.figures.find import figures
from rag.language.words import terms_of

COUNTED = 0.6  # share of the best score from which a statement that counts goes first
_NEAR = 40  # characters between a number and what it counts
_ENDS = re.compile(r"[.,;:(](?=\D|$)|[；。：，（]")
# What stands between the thing and its number: `employees totalled about 9,000`, `门店数达1,200家`.
_LEADS = re.compile(
    r"(?:\b(?:was|were|is|are|of|totall?ed|totals?|had|ha[sd] reached|reached|numbered|at|to)|[数达为至有共超近约到])"
    r"\s*(?:\b(?:about|approximately|around|some|nearly|almost|over|more than|roughly)|[约超近过])?\s*$"
    r"|[\u4e00-\u9fff]\s*$",
    re.IGNORECASE,
)


_COUNTED_IN = re.compile(
    r"[(（]万?[家人台个件项名户辆座套次只支]次?[)）]|数量|[人家户台件项个]数|\bnumber of\b", re.IGNORECASE
)


def counted_first(wanted: Wanted, statements: Sequence[Statement]) -> list[Statement]:
    """The surest statement that counts what is asked for in front, where it is nearly as sure as the surest of all."""
    if wanted.kind != "count" or _is_row_of(wanted, statements[0]):
        return list(statements)
    return promoted(statements, COUNTED, lambda other: counts(wanted, other.text))


def _is_row_of(wanted: Wanted, statement: Statement) -> bool:
    """Whether a statement is the row of a table that counts what is asked for by its label: `关闭加盟店（家）`."""
    label, bar, _ = statement.text.strip("| ").partition("|")
    if not bar or statement.evidence.passage.kind != "table" or not _COUNTED_IN.search(label):
        return False
    said = terms_of(label)
    return any(said.issuperset(form) for piece in wanted.focus for form in piece.forms)


def counts(wanted: Wanted, text: str) -> bool:
    """Whether a number of a text counts what is asked for: it stands right before or behind it."""
    things = [frozenset(form) for piece in wanted.focus for form in piece.forms]
    for figure in figures(text):
        if figure.kind != "number" or figure.soft:
            continue
        after = _ENDS.split(text[figure.start : figure.end + _NEAR])[0]
        before = text[max(0, figure.start - _NEAR) : figure.start]
        before = before if _LEADS.search(before) else ""
        if any(thing <= terms for terms in (terms_of(after), terms_of(before)) for thing in things):
            return True
    return False
