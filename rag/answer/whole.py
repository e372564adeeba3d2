"""A measure that is asked for as such is the whole's: 不良率 before 零售贷款不良率, the margin before that of one region."""

from __future__ import annotations

import re

from rag.answer.statement import Statement, as_named, as_timely, promoted
from rag.answer.wanted import Wanted
from rag.language import lexicon
from rag.question.concepts import Asked

WHOLE = 0.5  # share of the best score from which a statement on the whole goes before one on a part
PARTS = frozenset({"product", "sector", "place"})  # kinds of the lexicon
_END = re.compile(r"[;；。]|\.\s")


def whole_first(wanted: Wanted, statements: list[Statement]) -> list[Statement]:
    """The statements with the surest on the whole in front, where nothing but a company's measure is asked for."""
    first = statements[0]
    metrics = [piece for piece in wanted.focus if piece.kind == "metric"]
    alone = len(metrics) == 1 and len(wanted.focus) == 1 and len(wanted.names) == 1
    if wanted.shape != "fact" or not alone or wanted.topics or not _of_a_part(metrics[0], first.text):
        return statements

    def is_whole(other: Statement) -> bool:
        says = min(other.own, default=0.0) >= min(*first.own, 1.0) and other.of_kind >= first.of_kind
        told = says and as_named(first, other) and as_timely(first, other)
        return told and not _of_a_part(metrics[0], other.text)

    return promoted(statements, WHOLE, is_whole)


def _of_a_part(metric: Asked, text: str) -> bool:
    """Whether every place of a text that has the metric has a product, sector or place before it in its sentence."""
    found = lexicon.expand(text)
    own = {entry.canonical for entry in lexicon.lookup(metric.surface)}
    said = [item for item in found if item.canonical in own]
    parts = [item for item in found if item.kind in PARTS]
    return bool(said) and all(
        any(part.end <= item.start and not _END.search(text, part.end, item.start) for part in parts) for item in said
    )
