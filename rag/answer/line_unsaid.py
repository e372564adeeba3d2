"""What a question for a figure says of its line and a place of a filing does not: that place is of another line.

A filing has hundreds of lines that share most of their words. `The price of warrants granted` is not answered by that of
options, nor sales of ice cream by those of cream.
"""

from __future__ import annotations

import re

from rag.answer.kinds import NUMBERS
from rag.answer.statement import PRESENT, Statement
from rag.answer.table_answer import grid
from rag.answer.wanted import Wanted
from rag.language.sisters import sister
from rag.language.words import terms_of
from rag.lookup.question import GLUE, IDLE
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.question.verbs import is_verb
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index

SAYS = 0.3  # weight from which a word says something of a line
UNSAID = 0.3  # coverage under which a word is not said at all
IN_A_TABLE = 0.6  # ... by a row with its heads and title: words that are only alike name another line
_FIGURE = re.compile(
    r"^(?:.{0,60}[,:]\s*)?\W*(?:what|how much|how many|by how much|by what)\b"
    r"(?!.{0,40}\b(?:reasons?|factors?|driv\w+|drove|causes?d?|methods?|polic\w+|kinds?|types?|risks?|highlights?|challenges?|main|key|trends?|initiatives?|developments?|strateg\w+|events?"
    r"|issues?|concerns?|actions?|steps|components?|means?|assumptions?|names?|impacts?|effects? of|happen\w*)\b)",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:how (?:much|many)|amount|value|total|sum|percentage|percent|portion|share|proportion|average|difference|change|growth|increase|decrease|price|rate|number|cost|"
    r"(?:19|20)\d\d)\b|[A-Za-z]s? (?:expense|revenue|sales|income)",
    re.IGNORECASE,
)
_UNREAL = re.compile(r"\b(?:would|could|if|why|when|who|whether|should)\b", re.IGNORECASE)
_WHAT_IS = re.compile(r"\bwhat (?:is|was|are|were)\b", re.IGNORECASE)
# Words of a question on a line that a table has no need of.
_DONE = re.compile(
    r"(?:paid|pay|incurred|recogni[sz]ed|related?|associated|attributable|attributed|used?|charged|received?|issued|account(?:s|ed)?|consist\w*|compris\w*|represent\w*|exceed\w*|provided?|"
    r"due|held|hold|owned?|taken|give[ns]?|gave|ha[sd]|occurred|impact\w*|affect\w*|resulting|including|excluding|greater|less|more|per|cent|respective\w*|corresponding|outside|portion|sum|part|both)",
    re.IGNORECASE,
)


def line_unsaid(index: Index, wanted: Wanted, statement: Statement) -> tuple[Asked, ...]:
    """The words for the line that a question asks a figure of, where a long report's statement has nothing like them."""
    if (
        wanted.language != "en"
        or wanted.shape not in ("fact", "list")
        or statement.evidence.report.passages <= SHORT_REPORT
    ):
        return ()
    if not (_FIGURE.search(wanted.question) and _MEASURED.search(wanted.question)) or _UNREAL.search(wanted.question):
        return ()
    if wanted.kind not in NUMBERS and not _WHAT_IS.search(wanted.question):
        return ()  # `what does the filing disclose about`
    own = called(statement.evidence.report)
    passage = statement.evidence.passage
    table = passage.kind == "table"
    found = [
        piece
        for piece, near, held in zip(wanted.focus, statement.near, statement.holds, strict=True)
        if (near < IN_A_TABLE if table or _nowhere(index, piece, statement) else max(near, held) < UNSAID)
        and _of_line(piece)
        and not is_verb(wanted.question, piece.surface)
        and piece.surface not in wanted.reference
        and covered(piece, own) < PRESENT
    ]
    return tuple(found) or _sisters(wanted, statement)


def _nowhere(index: Index, piece: Asked, statement: Statement) -> bool:
    """Whether the whole report has nothing of a word."""
    return covered(piece, index.report_terms(statement.evidence.report.id, piece.terms)) < UNSAID


def _of_line(piece: Asked) -> bool:
    idle = set(piece.forms[0]) - GLUE <= IDLE
    return (
        piece.kind in ("word", "term", "metric")
        and piece.weight >= SAYS
        and not idle
        and not _DONE.fullmatch(piece.surface)
    )


def _sisters(wanted: Wanted, statement: Statement) -> tuple[Asked, ...]:
    """The word that picks another line than the row of a table: `capital` where the row is of operating leases."""
    passage = statement.evidence.passage
    if passage.kind != "table":
        return ()
    question = terms_of(wanted.question)
    other = sister(question, terms_of(statement.text.strip("| ").partition("|")[0]))
    table = grid(passage.text)
    alone = [line for line in passage.text.split("\n") if "|" not in line]
    around = terms_of("\n".join((statement.text, *table.title, *table.head, *alone, *passage.section[-2:])))
    if not other or other in around:
        return ()
    return tuple(piece for piece in wanted.focus if other in piece.forms[0])
