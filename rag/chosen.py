"""Which of several questions a follow-up is: the one that the rules made, unless the library surely answers another.

Only what is asked is chosen by it; no earlier question or answer becomes evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.question.compound import judged
from rag.question.spelled import in_characters
from rag.question.turn import Turn

if TYPE_CHECKING:
    from rag.answer.judge import Judgement
    from rag.library import Library

SURE = 0.8  # score from which another question may be meant
LOOKED_AT = 10  # passages


def chosen(library: Library, questions: Sequence[str], turn: Turn, scope: frozenset[str] | None) -> str:
    """One of the questions, which are in the order of what is likely; the first where none is surely answered otherwise.

    ``turn``: the follow-up that they are completed from.

    What is refused for a name, a time or a figure stays refused: more words are no reason to answer.
    """
    verdicts = {question: _judged(library, question, turn, scope) for question in questions[1:]}
    best = max(verdicts, key=lambda question: _sure(verdicts[question]), default=questions[0])
    if not verdicts or _sure(verdicts[best]) < SURE:
        return questions[0]
    first, other = _judged(library, questions[0], turn, scope), verdicts[best]
    if first.answerable:
        return best if _says(other) != _says(first) and other.score >= first.score else questions[0]
    return questions[0] if any(piece.kind not in ("word", "term") for piece in first.missing) else best


def _judged(library: Library, question: str, turn: Turn, scope: frozenset[str] | None) -> Judgement:
    question = in_characters(question, library.index.reports().values())
    with library.index.steady():
        *_, verdict = judged(library.index, library.encoder, question, limit=LOOKED_AT, scope=scope, turn=turn)
    return verdict


def _sure(verdict: Judgement) -> float:
    """How surely a question is answered, 0..1; nothing where it is refused."""
    return verdict.score if verdict.answerable else 0.0


def _says(verdict: Judgement) -> tuple[str, str]:
    """The surest statement, and where it stands."""
    first = verdict.statements[0] if verdict.statements else None
    return (first.evidence.passage.id, first.text) if first else ("", "")
