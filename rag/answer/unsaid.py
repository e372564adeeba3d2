"""What a question asks for that its report says nowhere, and how sure a statement must be to answer all the same."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answer.statement import PRESENT, Statement
from rag.answer.statement_model import weights_for
from rag.answer.wanted import TOPICS, Wanted
from rag.language import lexicon
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.search.retrieve import Index

THRESHOLD = 0.2  # score of a statement from which it is worth a look; ``decided`` says whether it answers
SPECIFIC, SPECIFIC_UNSAID = 0.7, 0.35  # ... where a term, metric or number of at least this weight stands nowhere
MOSTLY, MOSTLY_UNSAID = 0.5, 0.3  # ... where at least this share of what is asked stands nowhere
HELD = 0.7  # coverage of a term by a statement from which it is not looked for elsewhere


@dataclass(frozen=True, slots=True)
class Unsaid:
    """``pieces``: what stands nowhere in the report; ``least``: the score that the surest statement needs, 0..1."""

    pieces: tuple[Asked, ...]
    least: float


def unsaid(index: Index, wanted: Wanted, best: Statement) -> Unsaid:
    """What of the focus the report of the surest statement holds nowhere.

    Words said otherwise in the statement itself count as said. A term of the lexicon, a metric or a number has to stand
    somewhere in full, in any of its forms: that a report speaks of targets says nothing of a target price.
    """
    weights = weights_for(wanted, best)
    rows = [
        (piece, weight, held)
        for piece, weight, held in zip(wanted.focus, weights, best.holds, strict=True)
        if piece.surface not in wanted.reference
    ]
    terms = index.report_terms(best.evidence.report.id, frozenset().union(*(piece.terms for piece, _, _ in rows)))
    found = {id(piece): covered(piece, terms) for piece, _, _ in rows}
    specific = [
        piece
        for piece, weight, held in rows
        if (piece.kind in ("metric", "number") or (piece.kind == "term" and not piece.loose))
        and weight >= SPECIFIC
        and held < HELD
        and found[id(piece)] < 1.0
    ]
    nowhere = [(piece, weight) for piece, weight, held in rows if held < PRESENT and found[id(piece)] < PRESENT]
    share = sum(weight for _, weight in nowhere) / (sum(weight for _, weight, _ in rows) or 1.0)
    least = SPECIFIC_UNSAID if specific else MOSTLY_UNSAID if share >= MOSTLY else THRESHOLD
    return Unsaid(tuple(dict.fromkeys((*specific, *(piece for piece, _ in nowhere)))), least)


def subject_unsaid(index: Index, wanted: Wanted, best: Statement) -> bool:
    """Whether a question without a name is about something that the report of its surest statement speaks of nowhere.

    A sector or a product; in Chinese, where names have no capital, also the word that the question starts with when no
    list knows it: `西山矿什么时候投产` is not answered by what another mine does.
    """
    if wanted.names or wanted.shape == "compare":
        return False
    terms = index.report_terms(best.evidence.report.id, frozenset().union(*(piece.terms for piece in wanted.focus)))
    kinds = {found.surface: found.kind for found in lexicon.expand(wanted.question)}
    for piece, held in zip(wanted.focus, best.holds, strict=True):
        strange = (
            piece.kind == "word"
            and not piece.surface.isascii()
            and not piece.kin
            and len(wanted.focus) > 1
            and wanted.question.startswith(piece.surface)
        )
        subject = kinds.get(piece.surface) in TOPICS and piece.surface not in wanted.reference
        if (subject or strange) and held < PRESENT and covered(piece, terms) < (1.0 if subject else PRESENT):
            return True
    return False
