"""Questions for what a filing says on something that it names: what is asked of it may be worded in any way.

`What is its quarrel with the transit authority about` is answered by what the filing says on the authority, whatever word
it has for a quarrel. A figure, a date or a person is there or not; what is said on a name of its own is there with the name.
"""

from __future__ import annotations

from rag.answer.in_context import asks_words
from rag.answer.statement import NAMED, PRESENT, Statement
from rag.answer.wanted import Wanted
from rag.question.coverage import covered
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT

TERMS = frozenset({"term", "number", "metric"})  # kinds of what is named without a name of its own


def told_of(wanted: Wanted, statement: Statement) -> bool:
    """Whether a statement of a long report is on all that a question for words names, the report's company among it.

    Where the company is all that it names, on all its terms.
    """
    report = statement.evidence.report
    if report.passages <= SHORT_REPORT or not asks_words(wanted) or wanted.language != "en":
        return False
    own = called(report)
    company = [covered(name, own) >= NAMED for name in wanted.names]
    if not any(company) or min(statement.names) < NAMED or min(statement.periods, default=1.0) < PRESENT:
        return False
    terms = [
        max(near, held)
        for piece, near, held in zip(wanted.focus, statement.near, statement.holds, strict=True)
        if piece.kind in TERMS and piece.surface not in wanted.reference
    ]
    return not all(company) or min(terms, default=0.0) >= PRESENT
