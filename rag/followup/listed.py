"""`The second one`, 第二个, of what the answer before listed; `what do they say on gold?` of the report that it was read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.followup.marks import NTH, PLACES, SAYS
from rag.followup.parts import parts_of
from rag.followup.text import upper
from rag.language.analysis import language
from rag.types import Answer, Report

Recall = Callable[[str], Answer]  # a question that stands alone -> what it was answered with
_ROW = re.compile(r"^\|\s*(?P<name>[^|]*[^|\s-])\s*\|", re.MULTILINE)
_TITLE = re.compile(r"^[\"“「《](?P<name>[^\"”」》]{3,120})[\"”」》]\s*[(（]", re.MULTILINE)
_POINTS = re.compile(
    r"(?:the\s+)?\b(?:first|second|third|last)\s+(?:one|of\s+(?:those|these|them))\b|(?:the\s+)?\b(?:first|second|third|last)\s+(?:stock|company|name|report|note|broker|item|bullet|point)\b(?:\s+(?:on|in)\s+(?:the|that|your)\s+list)?"
    r"|第[一二三四](?:个|家|份|只|条)(?!季)",
    re.IGNORECASE,
)
_BARE = re.compile(r"^\W*(?:(?:and|so|what about|how about|那|那么)\s*)?[^\w]*$", re.IGNORECASE)
_THEY = re.compile(
    r"\b(?:they|(?:the|that|this) (?:report|note|weekly|author|broker|house|analysts?))\b|(?:这|该|那)(?:份|篇)?(?:报告|研报|周报)|他们",
    re.IGNORECASE,
)
BACK = 3  # questions in which a list is looked for
MOST = 12  # items of a list that are looked at


def with_item(question: str, wholes: Sequence[str], reports: Sequence[Report], recall: Recall | None) -> str:
    """The question with the name that it means of the list that one of the last questions was answered with; else unchanged."""
    match = _POINTS.search(question)
    place = NTH.search(match[0].replace("条", "个").replace("只", "个")) if match else None
    if recall is None or place is None or match is None or len(parts_of(wholes[-1], reports).names) > 1:
        return question
    lists = (listed(recall(before).text) for before in reversed(wholes[-BACK:]))
    items = next((found for found in lists if len(found) > 1), ())
    at = PLACES[(place["en"] or place["zh"]).lower()]
    if not items or at >= len(items):
        return question
    rest = question[: match.start()] + question[match.end() :]
    if _BARE.match(rest):
        return f"{'介绍' if language(question) == 'zh' else 'What is said about '}{items[at]}?"
    return question[: match.start()] + items[at] + question[match.end() :]


def listed(text: str) -> tuple[str, ...]:
    """The names that an answer lists: of the rows of its table, or of the reports that it gives by title."""
    rows = [match["name"].strip() for match in _ROW.finditer(text)]
    names = rows or [match["name"] for match in _TITLE.finditer(text)]
    return tuple(dict.fromkeys(names))[:MOST]


def of_report(question: str, before: str, reports: Sequence[Report], recall: Recall | None) -> str:
    """`What do they say on gold?` with the house whose report ``before`` was answered from; else unchanged."""
    match = _THEY.search(question)
    if recall is None or match is None or not SAYS.search(question) or parts_of(before, reports).names:
        return question
    if parts_of(question, reports).names:
        return question
    houses = {citation.report.broker for citation in recall(before).citations}
    house = houses.pop() if len(houses) == 1 else None
    if not house:
        return question
    head = re.sub(r"\bdo(\s+)$", r"does\1", question[: match.start()], flags=re.IGNORECASE)
    return upper(f"{head}{house}{question[match.end() :]}")
