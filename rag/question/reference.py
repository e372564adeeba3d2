"""The words of a question that only say which report is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.concepts import Asked

# The words in front that say which report is meant: `The July note on Alder with a target of 90: what …`, `根据…的研报,…`.
_WHICH_REPORT = re.compile(
    r"^\W*(?:(?:according to|under|in|per|from|by|on|as for)\s+)?[^?:,]*?"
    r"\b(?:note|report|review|preview|weekly|daily|digest|initiation|update|filing|commentary|piece)\b[^?:]{0,80}?[:,]\s+(?=\S)"
    r"|^(?:根据|按照|按|在|据)?[^?？:：,，]{0,40}(?:研报|报告|周报|日报|点评|深度|首次覆盖|晨报)[^?？:：,，]{0,20}[:：,，]",
    re.IGNORECASE,
)


def reference(question: str, focus: Sequence[Asked]) -> frozenset[str]:
    """Those pieces of the focus that stand only in front, where the question says which report it means."""
    match = _WHICH_REPORT.match(question)
    if match is None:
        return frozenset()
    front, rest = match[0].lower(), question[match.end() :].lower()
    found = {piece.surface for piece in focus if piece.surface.lower() in front and piece.surface.lower() not in rest}
    return frozenset(found) if len(found) < len(focus) else frozenset()
