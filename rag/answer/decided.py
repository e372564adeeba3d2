"""Whether the surest statement of a note answers the question: the counts and the matcher, less what it leaves open.

What speaks against a statement is seldom final: a word of the question that its report has nowhere may be said otherwise,
which the matcher sees, or it may be the one thing that is asked. So no sign decides alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.matched import SURE_TIME
from rag.answer.statement import Statement
from rag.answer.statement_model import chance, log_odds
from rag.answer.unsaid import MOSTLY_UNSAID, SPECIFIC_UNSAID, subject_unsaid, unsaid
from rag.answer.wanted import Wanted
from rag.question.concepts import Asked
from rag.search.retrieve import Index

# Log-odds. Few and round: weights fitted for twenty signs on 500 questions did worse on others than these.
LEFT_OPEN = 4.0  # ... less where the statement leaves open what no answer may, or is of something else
UNREAD = 6.0  # ... and the matcher does not see it said otherwise either, with at least READ
READ = 2.0
READ_NAMELESS = 4.0  # ... with at least this, where it has a name that is asked for nowhere
NAMELESS = 0.15  # score by the counts below which whoever a statement names is not the person asked for
TERM_UNHEARD = 1.0  # ... less where a term that is asked for stands nowhere in the report
UNHEARD = 3.5  # ... less where most of what is asked stands nowhere in the report
BIAS = 3.4  # 2.6 refuses more of what no report answers, and more of what one does
LEAST = 0.5  # from here a question is answered
# Of a long report, which has most words somewhere:
LONG_BIAS = 3.0
OF_ANOTHER = 5.0  # ... less where the statement has something of another thing
UNNAMED = 6.0  # ... less where neither the statement nor the report has a name that is asked for
UNTIMELY = 2.0  # ... less where it is not told to be of the time that is asked for
OTHER_KIND = 4.0  # ... less where it gives nothing of the kind that is asked for


def at_most(statement: Statement) -> float:
    """How surely a statement answers if nothing speaks against it, 0..1: cheap to know, as it is told by its score."""
    return chance(log_odds(statement.score) + BIAS)


def surety(index: Index, wanted: Wanted, statement: Statement, lacking: Sequence[Asked]) -> float:
    """How surely a statement of a short report answers, 0..1; ``lacking``: what it leaves open."""
    odds = log_odds(at_most(statement))
    nameless = min(statement.names, default=1.0) == 0.0  # neither it nor its report has a name that is asked for
    if nameless or lacking or subject_unsaid(index, wanted, statement):
        odds -= LEFT_OPEN if statement.match >= (READ_NAMELESS if nameless else READ) else UNREAD
    if wanted.kind == "person" and statement.counted < NAMELESS:
        odds -= UNREAD
    least = unsaid(index, wanted, statement).least
    odds -= UNHEARD * (least == MOSTLY_UNSAID) + TERM_UNHEARD * (least == SPECIFIC_UNSAID)
    return chance(odds)


def surety_in_long(
    wanted: Wanted, statement: Statement, lacking: Sequence[Asked], of_another: Sequence[Asked] = ()
) -> float:
    """How surely a statement of a long report answers, 0..1; ``lacking``: what it leaves open; ``of_another``: what it
    has of something else, which in a table may be told apart wrongly."""
    odds = log_odds(statement.score) + LONG_BIAS
    odds -= max(LEFT_OPEN * bool(lacking), OF_ANOTHER * bool(of_another))
    odds -= UNNAMED * (min(statement.names, default=1.0) == 0.0)
    odds -= UNTIMELY * (min(statement.periods, default=1.0) < SURE_TIME) + OTHER_KIND * (not statement.of_kind)
    return chance(odds)
