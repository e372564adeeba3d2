"""Whether a statement is a forecast where one is asked for, a fact where none is, and of whom the forecast is."""

from __future__ import annotations

import re

from rag.compare.asked.side import Side
from rag.figures.tense import tense_of
from rag.language.periods import periods
from rag.types import Report

NO_FORECAST = 0.3  # what is taken off a fact where a forecast is asked for,
FORECAST = 0.2  # and off a forecast where none is, nor a time that was not over when the report was written
OF_OTHERS = 0.25  # ... off the company's own guidance where it is a house's estimate that is asked for, or the reverse
_GUIDANCE = re.compile(r"\bguid(?:ance|es?|ed|ing)\b|\bmanagement\b|指引|管理层|承诺", re.IGNORECASE)
# What a forecast is measured by: `forecast at 651 million, near the middle of guidance`.
_BESIDE = re.compile(
    r"\b(?:above|below|within|than|of|to|with|against|versus|vs\.?)\s+(?:the\s+|its\s+|their\s+|company\s+|management['’]s\s+)*(?:guidance|guided)\b"
    r"|(?:[高低]于|超过|接近|处于|位于|比|较)(?:公司|管理层)?的?指引",
    re.IGNORECASE,
)


def amiss(side: Side, text: str, report: Report) -> float:
    """What is taken off a statement that is of another kind than a side's question asks for; 0 for none."""
    told = tense_of(text)
    if tense_of(side.question) > 0:
        guided = bool(_GUIDANCE.search(_BESIDE.sub(" ", text))) != bool(_GUIDANCE.search(side.question))
        speaks = side.kind == "broker" and side.name in text  # `Harbour has revenue of 4.7 billion for 2025`
        return NO_FORECAST if told <= 0 and not speaks else OF_OTHERS if guided else 0.0
    if told <= 0:
        return 0.0
    when = [side.period] if side.period else periods(side.question, report.date)
    return FORECAST if not when or (report.date and all(time.end < report.date for time in when)) else 0.0
