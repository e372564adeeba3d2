"""Statements that only say what may go wrong, or what is planned, where neither is asked for."""

from __future__ import annotations

import re

from rag.answer.wanted import Wanted

FEARED = 0.5  # what is left of the score of a risk where no risk is asked for
PLANNED = 0.6  # ... and of a plan where no plan is asked for
_PLANS = re.compile(r"(?:公司|集团|我们|发行人)(?:计划|力争|拟|将力争|规划)|未来[一二三四五1-5两]年|^(?:计划|力争)")
_ASKS_PLAN = re.compile(r"计划|目标|规划|未来|将|预计|预测|预期|展望|打算|准备|募|拟|建设|投产|提升|哪些|什么|为")
_FEARS = re.compile(
    r"\brisks?(?: factors?)?\s*$|^\W*risks?\b|风险(?:提示|因素)?\s*$|^\W*风险", re.IGNORECASE | re.MULTILINE
)
_FEARS_TEXT = re.compile(
    r"\W*(?:\d\W*)?(?:[一二三四五六七八九]、)?(?:(?:key |main )?risks?\b|(?:主要)?风险(?:提示|因素))", re.IGNORECASE
)


def left_of(wanted: Wanted, text: str, heading: str) -> float:
    """The share of its score, 0..1, that such a statement keeps."""
    return (FEARED if _feared(wanted, text, heading) else 1.0) * (PLANNED if _planned(wanted, text) else 1.0)


def _feared(wanted: Wanted, text: str, heading: str) -> bool:
    """Whether a statement only says what may go wrong, and the question does not ask for that."""
    risks = any(aspect.name == "risks" for aspect in wanted.aspects.values())
    return not risks and bool(_FEARS.search(heading) or _FEARS_TEXT.match(text))


def _planned(wanted: Wanted, text: str) -> bool:
    """Whether a Chinese statement only says what a company means to reach, and what it has is asked for."""
    return bool(_PLANS.search(text)) and not _ASKS_PLAN.search(wanted.question) and not wanted.periods
