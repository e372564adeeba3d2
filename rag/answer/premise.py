"""Questions that take something for granted (`Why was the target raised?`): whether the reports say the opposite.

A question that asks for a reason names what happened. Where the reports tell of the same thing that it went the other way,
no reason for it can be in them, and the reader has to learn that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from rag.answer.statement import PRESENT, Statement
from rag.answer.wanted import Wanted
from rag.language.words import terms_of
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.question.rise_fall import by_figures, direction
from rag.search.rank import SHORT_REPORT

LEAST = 0.2  # score of a statement that is looked at
LEAST_NAMED = 0.03  # ... in a short report on the company that the question names: it has one figure for one thing
CLAUSES = re.compile(r"(?<!\d)[,，](?!\d)|[;；。!?！？]|\.(?=\s|$)|,(?=\s)|\b(?:while|whereas|although|but)\b|但")
_RAISED = re.compile(
    r"\b(?:rais(?:e[sd]?|ing)|lift(?:s|ed)?|upgrad\w+|boost\w*|hik(?:e[sd]?|ing))\b|上调|调高", re.IGNORECASE
)
_CUT = re.compile(
    r"\b(?:cut(?:s|ting)?|lower(?:s|ed|ing)?|downgrad\w+|reduc\w+|trim(?:s|med)?)\b|下调|调低", re.IGNORECASE
)
_RATED = re.compile(r"\b(?:upgrad|downgrad)\w+|评级", re.IGNORECASE)
_NO_FACT = re.compile(
    r"\b(?:not|n['’]t|no|without|although|despite|though|but|instead|rather|even as|only|expect\w*|will|would|should|could|may|might)\b|没有?|未|不|虽|尽管|却|但|反而|而非|预计|预期|将|会",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:an? )?(?:up|down|higher|lower|ris\w+|rose|f[ae]ll\w*|gain\w*|increase\w*|decrease\w*|drop\w*|decline\w*|[+-]?\d)\b|\s*(?:同比|环比|较|比|上升|上涨|下滑|下降|下跌|增长|增加|减少|回落|回升|提升|提高)",
    re.IGNORECASE,
)


def contradicted(wanted: Wanted, statements: Sequence[Statement]) -> Statement | None:
    """The surest statement that says of what is asked that it went the other way, where none says that it went this way."""
    way = _asked_way(wanted)
    about = [piece for piece in wanted.focus if piece.kind in ("metric", "term") and not _way(piece.surface)]
    if not way or not about:
        return None
    narrow = [place for place, piece in enumerate(wanted.focus) if not _way(piece.surface)]
    own = [piece for piece in wanted.names if piece.surface in wanted.question]
    against: Statement | None = None
    for statement in statements:
        short = own and statement.evidence.report.passages <= SHORT_REPORT
        if statement.score < (LEAST_NAMED if short else LEAST) or min(statement.names, default=1.0) < PRESENT:
            continue
        if min(statement.periods, default=1.0) < PRESENT:
            continue
        told = _rated if _RATED.search(wanted.question) else _way
        ways = set(_ways(statement.text, [*about, *own], told)) or set(_ways(statement.text, about, told))
        if way in ways or way in _own_ways(statement.text, own, told):
            return None
        whole = all(statement.holds[place] >= PRESENT for place in narrow)  # passengers' revenue is not that of cargo
        if -way in ways and whole and against is None:
            against = statement
    return against


def _own_ways(text: str, own: Sequence[Asked], told: Callable[[str], int]) -> set[int]:
    """The ways of the clauses that name whom the question names: `A's share is up, B, at 21%, down 2 points`."""
    said = terms_of(text)
    own = [piece for piece in own if covered(piece, said) == 1.0]
    return set().union(*(_ways(text, [piece], told) for piece in own))


def _asked_way(wanted: Wanted) -> int:
    """1 where the question takes a rise for granted, -1 for a fall, 0 for neither."""
    question = wanted.question
    if wanted.shape != "why" or _NO_FACT.search(question):
        return 0
    for piece in wanted.names:
        question = question.replace(piece.surface, " ")
    return _way(question)


def _way(text: str) -> int:
    return direction(text) or bool(_RAISED.search(text)) - bool(_CUT.search(text))


def _rated(text: str) -> int:
    """The same of a rating, which nothing but a house raises or cuts."""
    return bool(_RAISED.search(text)) - bool(_CUT.search(text))


def _ways(text: str, about: Sequence[Asked], told: Callable[[str], int]) -> Iterator[int]:
    """The ways that the clauses of a text go which speak of all that is asked about, and those that go on with one of them.

    `Profit was 5bn, up 26% on the year but lower than the quarter before` goes both ways.
    """
    clauses = CLAUSES.split(text)
    for place, clause in enumerate(clauses):
        if all(covered(piece, terms_of(clause)) == 1.0 for piece in about):
            yield (told is _way and by_figures(clause)) or told(clause)
            yield from map(told, takewhile(_GOES_ON.match, clauses[place + 1 :]))
