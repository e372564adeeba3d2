"""Why a rating or a target was set: a note states its call first and what it rests on after it."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answer.reasons import gives_reason
from rag.answer.statement import Statement
from rag.answer.wanted import Wanted
from rag.llm.planted import speaks
from rag.search.retrieve import Index
from rag.types import Evidence, Passage

MOST = 2  # statements after the call
NEAR = 6  # ... among which one that gives a reason is looked for, where those give none
_CALL = re.compile(
    r"\b(?:ratings?|rated?|downgrad\w*|upgrad\w*|target prices?|price targets?|initiat\w*|recommend\w*|overweight|underweight|outperform|underperform)\b"
    r"|评级|目标价|首次覆盖|(?:给予|维持|下调至|上调至)[“\"「]",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:cut|rais\w+|lift\w*|lower\w*)\b|[上下]调", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:risks?|forecasts?|valuation|disclos\w*|disclaim\w*)\b|风险|盈利预测|声明", re.IGNORECASE)


def grounds(index: Index, first: Statement, wanted: Wanted) -> list[Evidence]:
    """The statements that follow a call in its report, where a question asks why it was made and it does not say so itself."""
    asks = _CALL.search(wanted.question) or _ASKED.search(wanted.question)
    if wanted.shape != "why" or not asks or not _CALL.search(first.text) or gives_reason(first.text):
        return []
    after = reasons(index, first.evidence.passage, NEAR)
    told = after[:MOST]
    if not any(gives_reason(p.text) for p in told):
        told += [p for p in after[MOST:] if gives_reason(p.text)][:1]
    return [replace(first.evidence, passage=p) for p in told]


def reasons(index: Index, call: Passage, most: int = MOST) -> list[Passage]:
    """The statements that follow a call in its report, without other calls, risks and forecasts."""
    after = sorted(
        (p for p in index.report_passages(call.report_id) if p.ordinal > call.ordinal and p.searchable),
        key=lambda p: p.ordinal,
    )
    told = [p for p in after if p.kind != "table" and not speaks(p.text) and not _CALL.search(p.text)]
    return [p for p in told if not any(_OTHER.search(heading) for heading in p.section[-1:])][:most]
