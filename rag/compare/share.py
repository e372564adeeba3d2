"""How much of what is asked of a side a text holds: the metric, the other words, the time."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag.compare.sides import Side
from rag.compare.wanted import Aspect
from rag.language import analysis
from rag.language.periods import Period, periods
from rag.language.words import space, terms_of
from rag.question.concepts import Asked, covered
from rag.types import Report

ENOUGH = 0.5  # share of what is asked that a sentence must hold
MOST_OF = 0.6  # share of what is asked beside periods and names that it must hold,
WORD_FOR_WORD = 0.4  # of which so much as it is asked, or as the lexicon has it
METRIC = 0.7  # coverage of a metric from which a sentence is about it
IN_CONTEXT = 0.7  # coverage by a heading, a table's title, or the report's own period
OTHER_PERIOD = 0.2  # by a sentence that names another period than the one asked for
_SHARE_OF = re.compile(
    r"(?<=%)\s+of\s+(?:(?:its|our|their|this|the|total|group|net|all|company)\s+)*\w+|占(?:公司|集团|总)?(?:营业|主营|销售)?(?:总)?(?:收入|营收|利润|成本)(?:的|比[例重]?)?",
    re.IGNORECASE,
)
_SHARE_ASKED = re.compile(
    r"\b(?:share|percentage|proportion|part|portion|how much) of\b|占比|占|比[例重]", re.IGNORECASE
)
_STAFF = frozenset((term,) for term in analysis.terms("headcount employees"))


def share_of(
    text: str,
    context: frozenset[str],
    wanted: Sequence[Asked],
    side: Side,
    report: Report,
    aspect: Aspect,
    row: bool = False,
) -> float:
    """How much of what is wanted a sentence holds, 0..1; 0 where it lacks the metric, or most of what is compared.

    ``row``: the text is the label of a table's row. A period alone makes no answer: most of the other pieces must be there, and half of those word for word.
    """
    words, near = terms_of(text), space().nearest
    total = held = focus = close = exact = 0.0
    for concept in wanted:
        total += concept.weight
        if concept.kind == "period":
            held += concept.weight * period_fit(concept.period, text, report)
            continue
        above = IN_CONTEXT * float(covered(concept, context) == 1.0)
        said = max(covered(concept, words), above, float(_employs(concept, words)))
        value = max(covered(concept, words, near), said)
        own = aspect.metric and concept.surface.lower() in aspect.forms
        if own and (said if row else value) < METRIC:
            return 0.0  # a row that is only called alike is another line: 营业利润 is no 净利润
        focus += concept.weight
        close += concept.weight * value
        exact += concept.weight * said
    if focus and (close < MOST_OF * focus or exact < WORD_FOR_WORD * focus):
        return 0.0
    if aspect.metric and other_length(side.question, text):
        return 0.0
    if side.period is not None and aspect.metric and period_fit(side.period, text, report) <= OTHER_PERIOD:
        return 0.0  # the figure of another period is none of this side
    if side.period is not None and not any(concept.kind == "period" for concept in wanted):
        total += 1.0
        held += period_fit(side.period, text, report)
    return (held + close) / total if total else 0.0


_SPAN = re.compile(
    r"\b(?P<en>three|six|nine|twelve)[- ]months?\b(?:\s+(?:period\s+)?end(?:ed|ing))?|\b(?P<unit>quarter|half[- ]year|(?:fiscal\s+)?year)\s+ended\b|\b(?P<first>first\s+(?:nine|six|three)\s+months)\b",
    re.IGNORECASE,
)
_MONTHS_OF = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "quarter": 3, "half": 6}


def lengths(text: str) -> set[int]:
    """For how many months a text says that its figures are: `in the nine months ended 30 September`."""
    found = set()
    for match in _SPAN.finditer(text):
        words = re.split(r"[-\s]+", match[0].lower())
        found.add(next((_MONTHS_OF[word] for word in words if word in _MONTHS_OF), 12))
    return found


def other_length(question: str, text: str) -> bool:
    """Whether a text gives figures for another length of time than the one that is asked about, and none for that."""
    asked, said = lengths(question), lengths(text)
    return bool(asked and said) and asked.isdisjoint(said)


def _employs(concept: Asked, words: Collection[str]) -> bool:
    """Whether a text says how many people there are with the verb: `we employed 5,210 people` names no headcount."""
    return bool(_STAFF & set(concept.forms)) and "employ" in words


def without_shares(text: str, question: str) -> str:
    """The text without what a share is of: `37% of sales` says nothing of sales, unless a share is asked for."""
    return text if _SHARE_ASKED.search(question) else _SHARE_OF.sub(" ", text)


def period_fit(period: Period | None, text: str, report: Report) -> float:
    """How far a sentence is about a period: it names it, or it names none and its report is of then."""
    if period is None:
        return 0.0
    named = periods(text, report.date)
    if any(own.label == period.label for own in named):
        return 1.0
    if period.kind == "year" and named and all(own.kind in ("quarter", "half") for own in named):
        return OTHER_PERIOD  # a quarter is not the year
    if any(own.kind == period.kind and not own.overlaps(period) for own in named):
        return OTHER_PERIOD
    if any(own.overlaps(period) and own.kind in ("range", "half", "quarter", "year") for own in named):
        return IN_CONTEXT if period.kind != "year" else 0.9
    told = periods(f"{report.title} {report.period or ''}", report.date)
    if any(own.label == period.label or (own.overlaps(period) and own.kind == "year") for own in told):
        return IN_CONTEXT
    if any(own.kind == period.kind and not own.overlaps(period) for own in told):
        return OTHER_PERIOD
    return IN_CONTEXT if report.date and period.holds(report.date) else 0.4
