"""This week and the one before, side by side: `how does this week's move compare with that of the week before`, 本周与上周.

A weekly tells both, one statement after the other, each counted from its own day and not from that of the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.compare.asked.side import Side
from rag.language.embeddings import Encoder
from rag.search.retrieve import Index, search
from rag.types import Report

SEARCHED = 12  # passages in which the newest report on the subject is looked for
NEAR_BEST = 0.8  # share of the best score from which a passage is on the subject
_THIS = re.compile(
    r"\b(?:this|the (?:latest|current)) (?P<en>week|month|quarter)(?:['’]s)?\b|\b(?:week|month|quarter)ly\b|[本当](?P<zh>[周月季])(?:度)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:the )?(?:last|previous|prior|preceding) (?P<en>week|month|quarter)(?:['’]s)?\b|\bthe (?P<en2>week|month|quarter) before(?: that)?\b"
    r"|(?:上(?:个|一)?|前一)(?P<zh>[周月季])(?:度)?",
    re.IGNORECASE,
)
_AT_ONCE = 12  # characters of a statement before the time that it is of


def weeks(index: Index, encoder: Encoder, question: str, shelf: Sequence[Report]) -> tuple[Side, ...]:
    """This week, month or quarter and the one before as sides; empty where a question does not set the two side by side."""
    this, before = _THIS.search(question), _BEFORE.search(question)
    if not (this and before):
        return ()
    bare = question
    for match in sorted((this, before), key=lambda found: -found.start()):
        bare = f"{bare[: match.start()]} {bare[match.end() :]}"
    hits = search(index, encoder, bare, limit=SEARCHED, scope=frozenset(report.id for report in shelf))
    top = max((item.score for item in hits.evidence), default=0.0)
    near = [item.report for item in hits.evidence if item.score >= NEAR_BEST * top]
    if not near:
        return ()
    newest = max(near, key=lambda report: str(report.date or ""))
    return tuple(
        Side("week", found[0], bare, (frozenset({newest.id}),), found[0])
        for found in sorted((this, before), key=lambda found: found.start())
    )


def of_week(side: Side, text: str) -> bool:
    """Whether a statement is of the time of a side: of the one before where it begins with that, else of this one."""
    earlier = _BEFORE.search(text)
    return bool(earlier and earlier.start() <= _AT_ONCE) == bool(_BEFORE.fullmatch(side.name))
