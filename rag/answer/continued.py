"""Statements that go on with the one before them: `Of which Europe …`, 其中欧洲…, `They …`.

What they are of stands in the statement before, and goes without saying in them.
"""

from __future__ import annotations

import re

from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.types import Evidence

_GOES_ON = re.compile(
    r"\W*(?:其中|当中|(?:of|within|among) (?:which|this|that|these|those|them|it)\b"
    r"|(?-i:[Ii]t|[Tt]hey)\b|(?:this|these|that|those) (?!week|month|quarter|year|half|morning|afternoon|season|summer|winter)\w)",
    re.IGNORECASE,
)


def told_before(index: Index, item: Evidence, start: int) -> str:
    """The passage before that a statement of a short report goes on with; empty where it stands for itself."""
    passage = item.passage
    if start or passage.kind == "table" or item.report.passages > SHORT_REPORT or not _GOES_ON.match(passage.text):
        return ""
    before = (
        other
        for other in index.report_passages(item.report.id)
        if other.ordinal == passage.ordinal - 1 and other.kind != "table" and other.section == passage.section
    )
    return next((other.text for other in before), "")
