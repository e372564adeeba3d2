"""Statements that go before a surer one: one of the kind that is asked for, one with what is asked itself, one on the whole."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.counted import counted_first
from rag.answer.introduced import introduced_first
from rag.answer.statement import PRESENT, Statement, as_named, as_timely, promoted
from rag.answer.unsaid import THRESHOLD
from rag.answer.wanted import Wanted
from rag.answer.whole import whole_first
from rag.language.words import terms_of
from rag.question.concepts import Asked
from rag.search.rank import SHORT_REPORT

# Shares of the best score from which a statement goes before a surer one:
OF_KIND = 0.4  # one with a value of the kind before one without
SAYS_IT = 0.6  # one that has what is asked before a row that has it only around it
PROSE = 0.3  # a sentence before a row of a table, where a reason is asked for
NOTED = 0.5  # one of a note before one of a filing, where nobody is named


def reordered(wanted: Wanted, statements: list[Statement]) -> list[Statement]:
    """The statements, the surest first, with those in front that tell better what is asked."""
    statements = _notes_first(wanted, _prose_first(wanted, _head_first(wanted, _of_kind_first(statements))))
    return introduced_first(wanted, counted_first(wanted, whole_first(wanted, statements)))


def _of_kind_first(statements: list[Statement]) -> list[Statement]:
    """The statements with the surest of the kind that is asked for in front, where it says as much as the surest of all."""
    first = statements[0]
    if first.of_kind:
        return statements

    def says_as_much(other: Statement) -> bool:
        values = ((first.names, other.names), (first.holds, other.holds), (first.periods, other.periods))
        return other.of_kind and all(
            new >= min(old, PRESENT) for olds, news in values for old, new in zip(olds, news, strict=True)
        )

    return promoted(statements, OF_KIND, says_as_much)


def _head_first(wanted: Wanted, statements: list[Statement]) -> list[Statement]:
    """The statements with the surest on what is asked itself in front of the row of a table that has it only around it.

    `设备购置费` of a project is not the project's own row.
    """
    first = statements[0]
    heads = [piece for piece in wanted.focus if piece.surface in wanted.head]
    if first.evidence.passage.kind != "table" or not heads or _in_words(heads, first):
        return statements

    def says_it(other: Statement) -> bool:
        return as_named(first, other) and as_timely(first, other) and _in_words(heads, other)

    return promoted(statements, SAYS_IT, says_it)


def _in_words(pieces: Sequence[Asked], statement: Statement) -> bool:
    """Whether a statement, with the heading right above it, has a half of the words of each piece in one of its forms."""
    said = terms_of("\n".join((statement.text, *statement.evidence.passage.section[-1:])))
    return all(
        max((len(said.intersection(form)) / len(form) for form in piece.forms if form), default=1.0) >= PRESENT
        for piece in pieces
    )


def _prose_first(wanted: Wanted, statements: list[Statement]) -> list[Statement]:
    """The statements with the surest sentence on the same names in front of the row of a table, where a reason is asked for."""
    first = statements[0]
    if wanted.shape != "why" or first.evidence.passage.kind != "table":
        return statements

    def is_prose(other: Statement) -> bool:
        return other.evidence.passage.kind != "table" and as_named(first, other)

    return promoted(statements, PROSE, is_prose)


def _notes_first(wanted: Wanted, statements: list[Statement]) -> list[Statement]:
    """The statements with the surest of a note in front of a long filing's, where a question names nobody.

    A filing speaks of its own company, and somewhere in it stand the words of every question.
    """
    first = statements[0]
    if wanted.names or wanted.reference or first.evidence.report.passages <= SHORT_REPORT:
        return statements

    def is_note(other: Statement) -> bool:
        of_kind = other.of_kind or not first.of_kind
        return other.evidence.report.passages <= SHORT_REPORT and other.score >= THRESHOLD and of_kind

    return promoted(statements, NOTED, is_note)
