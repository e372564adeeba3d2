"""How closely a Chinese passage says what is asked: in one sentence or row, with a figure or a reason where one is wanted.

A page of a prospectus repeats the words of its trade in every paragraph; spread over a passage they answer nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.language.analysis import fold
from rag.language.chinese import simplify
from rag.question.concepts import KIN, Asked
from rag.question.disclosed import formally
from rag.question.sought import Sought, sought
from rag.question.word_families import with_family
from rag.types import Evidence

LONG_REPORT = 80  # passages of a report that speaks of several years
OTHERWISE = 0.9  # said by another name than the question's
LACKING = 0.4  # of a sentence without the figure or the reason that is asked for
PARENT = 0.5  # of a statement of the parent company alone, where it is not asked for
_PARENT = "母公司"
_END = re.compile(r"[。；;！？!?\n]+")
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_CHANGES = frozenset("变动 变化 波动 变".split())
_CHANGED = re.compile(r"上升|下降|增加|减少|提高|提升|降低|增长|下滑|回落|变动|变化|波动|由负转正|扭亏")


def closeness(question: str, concepts: Sequence[Asked], found: Sequence[Evidence]) -> list[float]:
    """For each passage in Chinese, how far its best sentence or row covers the question, 0..1; 0 for any other."""
    long = bool(found) and all(item.report.passages > LONG_REPORT for item in found)  # a short one is of its day
    told = [concept for concept in concepts if concept.kind != "period" or (long and _is_year(concept))]
    pieces = formally(with_family(told), question)
    total = sum(piece.weight for piece in pieces) or 1.0
    wanted = sought(simplify(question))
    parent = PARENT if _PARENT not in simplify(question) else 1.0
    return [
        _best(item, pieces, wanted) / total * (parent if _PARENT in "".join(item.passage.section) else 1.0)
        if item.passage.language == "zh"
        else 0.0
        for item in found
    ]


def _is_year(concept: Asked) -> bool:
    return concept.period is not None and concept.period.kind == "year"


def _best(item: Evidence, pieces: Sequence[Asked], wanted: Sought | None) -> float:
    passage = item.passage
    heading = _plain(passage.section[-1]) if passage.kind == "table" and passage.section else ""
    text = _plain(passage.text)
    whole = f"{text}\n{heading}"
    here = [piece for piece in pieces if _held(piece, whole)]
    if not here:
        return 0.0
    best, before = 0.0, ""
    for sentence in _END.split(text):
        said = f"{sentence} {before or heading}"
        value = sum([piece.weight * _held(piece, said) for piece in here])
        if value > best and wanted is not None and not wanted.met(sentence):
            value *= LACKING
        best = max(best, value)
        before = sentence if wanted is not None and wanted.name == "reason" else ""
    return best


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    return simplify(fold(text) if _WIDE.search(text) else text.lower())


def _held(piece: Asked, text: str) -> float:
    """How far a sentence contains a piece of the question, 0..1."""
    value = 1.0
    for form in piece.forms:
        for term in form:
            if term not in text:
                break
        else:
            return value
        value = OTHERWISE
    for form in piece.kin:
        for term in form:
            if term not in text:
                break
        else:
            return KIN
    run = piece.surface
    if piece.kind != "word" or run.isascii():
        return 0.0
    if run in _CHANGES and _CHANGED.search(text):
        return OTHERWISE
    found = [run[at : at + 2] in text for at in range(len(run) - 1)]
    if True not in found:
        return 0.0
    return sum([left or right for left, right in zip([False, *found], [*found, False], strict=True)]) / len(run)
