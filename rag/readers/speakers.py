"""Lines of a transcript: who takes part (`Jane Doe - Chief Financial Officer`) and whose words follow (`Jane Doe: …`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = r"(?:[A-Z][\w’'-]*\.?|de|van|von|der|del|al|bin|da)"
_NAME = rf"[A-Z][\w’'-]*\.?(?:[ \u00a0]{_PART}){{1,4}}"
_ROLE = (
    r"(?:(?:vice|senior|executive|group|interim|managing|general)\s+)*"
    r"(?:chief|president|chair|head|director|analyst|manager|treasurer|controller|founder|officer|partner|investor relations|ceo|cfo|coo|cto|secretary|economist|strategist|operator|moderator|host)"
)
_OFFICE = re.compile(
    r"\b(?:president|officer|director|manager|controller|treasurer|secretary|counsel|chair\w*)$", re.IGNORECASE
)
_LISTED = re.compile(
    rf"(?:[-*•]\s+)?(?P<name>{_NAME})(?:,\s*(?:CFA|Ph\.?D|MD))?\s*(?:\s[-–—]{{1,2}}\s|\s?[|:,]\s|\()(?P<role>[^.!?]{{0,50}}?\b(?i:{_ROLE})\b[^.!?]{{0,90}})\)?"
)
_LONGEST = 300  # characters of such a line
_TURN = re.compile(
    rf"(?P<name>{_NAME}|Operator|Moderator|[QA]|Question|Answer|Analyst|Management)\s*(?:\([^()]{{2,60}}\)|[-–—]\s[^:：.!?]{{2,60}})?\s*[:：]\s+(?=\S)"
)
_ZH_TURN = re.compile(
    r"(?P<name>[问答]|提问|回答|提问者|主持人|投资者|分析师|公司|管理层|[\u4e00-\u9fff]{2,4}(?:总|董事长|总经理|董秘)?)\s*[:：]\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who takes part, with what stands behind the name."""

    name: str
    role: str


def person_in(line: str) -> Person | None:
    """The person that a line of a list of those who take part names; None for any other line."""
    match = _LISTED.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    if match is None or _OFFICE.search(match["name"]):  # `Vice President, Chief Accounting Officer` names nobody
        return None
    return Person(match["name"], match["role"].strip(" )"))


def speaker_of(text: str) -> tuple[str, int] | None:
    """Whose words a passage opens with, and where they begin (0-based character); None where it names nobody."""
    match = _TURN.match(text) or _ZH_TURN.match(text)
    return (match["name"], match.end()) if match else None
