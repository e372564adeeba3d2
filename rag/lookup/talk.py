"""Figures that are asked for in talk, by the name that a statement gives them: `how much cash does it have`."""

from __future__ import annotations

import re

_WHO = r"(?P<who>.{1,60}?)"
_BY_NAME = (
    (
        re.compile(rf"\bhow much cash (?:does|do|did|has|have|is|was) {_WHO} (?:have|hold|held|got|sitting on|keep)\b(?: on hand| left| in the bank)?", re.IGNORECASE),
        r"what were the cash and cash equivalents of \g<who>",
    ),
    (re.compile(rf"\bhow much (?:money|profit) (?:did|does|do|has|have) {_WHO} (?:make|made|earn|earned)\b", re.IGNORECASE), r"what was the net income of \g<who>"),
    (re.compile(rf"\bhow much (?:money )?(?:did|does|do|has|have) {_WHO} (?:lose|lost)\b(?! (?:on|from|to)\b| in (?!fiscal|fy|q\d|\d))", re.IGNORECASE), r"what was the net loss of \g<who>"),
    (
        re.compile(rf"^\W*(?:did|does|do|has|have) {_WHO} (?:make|made|making|earn|earned|lose|lost|turn|turned|post|posted|report|reported) (?:any |a |an? (?:net )?)?(?:money|profits?|loss(?:es)?)\b", re.IGNORECASE),
        r"what was the net income of \g<who>",
    ),
    (re.compile(rf"^\W*(?:is|was|are|were|has|have) {_WHO} (?:been )?(?:profitable|loss-making|in the (?:black|red))\b", re.IGNORECASE), r"what was the net income of \g<who>"),
    (
        re.compile(rf"\bhow much (?:did|does|do|has|have) {_WHO} (?:sell|sold) (?P<to>to|in) (?P<whom>.{{3,50}}?)(?: (?:customers|clients|buyers))?(?= in \d| in fiscal|\W*$)", re.IGNORECASE),
        r"what were the sales \g<to> \g<whom> of \g<who>",
    ),
    (re.compile(r"\bhow much (?:money )?(?:came|comes|flowed) in (?:from|through) ", re.IGNORECASE), "what was the revenue from "),
    (re.compile(r"\bdividends?\b(?P<between>(?! per share).{1,40}?) per (?:common )?share\b", re.IGNORECASE), r"dividends per share\g<between>"),
)  # fmt: skip
_EPS = re.compile(
    r"(?<!basic )(?<!diluted )(?<!undiluted )\b(?:eps|earnings per share)\b|(?<!基本)(?<!稀释)每股收益", re.IGNORECASE
)


def by_name(question: str) -> str:
    """The question with the names of statements for what it asks in talk."""
    for pattern, named in _BY_NAME:
        question = pattern.sub(named, question)
    return question


def diluted(question: str) -> str:
    """The question for earnings per share as one for the diluted ones, which are meant where neither is said."""
    return _EPS.sub(lambda m: "稀释每股收益" if m[0][0] == "每" else "diluted earnings per share", question)
