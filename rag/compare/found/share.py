"""How much of what is asked of a side a text holds: the metric, the other words, the time."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag.compare.asked.side import Side
from rag.compare.asked.wanted import Aspect
from rag.compare.found.owner import meant_by
from rag.compare.found.times import IN_CONTEXT, OTHER_PERIOD, other_length, period_fit
from rag.compare.found.values import asks_change
from rag.figures.find import figures
from rag.language import analysis, lexicon
from rag.language.words import space, terms_of
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.question.rise_fall import beside, direction, says
from rag.types import Report

ENOUGH = 0.5  # share of what is asked that a sentence must hold
MOST_OF = 0.6  # share of what is asked beside periods and names that it must hold,
WORD_FOR_WORD = 0.4  # of which so much as it is asked, or as the lexicon has it
FIRST = 3  # words of a statement that tell what it is on,
AT_FIRST = 0.05  # ... and what it gets on top for one of them
LIKE = 0.8  # what counts of a metric that is only meant by words like it
METRIC = 0.7  # coverage of a metric from which a sentence is about it
_SHARE_OF = re.compile(
    r"(?<=%)\s+of\s+(?:(?:its|our|their|this|the|total|group|net|all|company)\s+)*\w+|占(?:公司|集团|总)?(?:营业|主营|销售)?(?:总)?(?:收入|营收|利润|成本)(?:的|比[例重]?)?",
    re.IGNORECASE,
)
# `32 times 2026 EPS` says nothing of the earnings.
_TIMES = re.compile(
    r"(?<=\btimes)\s+(?:(?:our|its|the|forward|trailing|expected|estimated|next|this|last|year['’]s|(?:fiscal\s+)?(?:FY)?\d+E?)\s+){0,4}(?:EPS|earnings|sales|revenues?|profits?|EBITDA|EBIT|book(?: value)?|cash flow)\b",
    re.IGNORECASE,
)
_SHARE_ASKED = re.compile(
    r"\b(?:share|percentage|proportion|part|portion|how much) of\b|占比|占|比[例重]", re.IGNORECASE
)
_FLAT = re.compile(r"\b(?:flat|unchanged|steady|stable)\b|持平|平稳|不变", re.IGNORECASE)
_CHANGE = terms_of("growth change move 增速 增幅 涨幅 跌幅 降幅 增长率")
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
            held += concept.weight * period_fit(concept.period or side.period, text, report)
            continue
        above = IN_CONTEXT * float(covered(concept, context) == 1.0)
        said = max(how_far_said(concept, text, words), above, float(_employs(concept, words)))
        value = said if said == 1.0 else max(covered(concept, words, near), said)
        own = aspect.metric and concept.surface.lower() in aspect.forms
        if own and brings_in(text, words, wanted, aspect):
            value = said = METRIC
        if own and ((said if row else value) < METRIC or (said < METRIC and names_other(text, aspect))):
            return 0.0  # a row that is only called alike is another line: 营业利润 is no 净利润
        value = value if said >= METRIC or not own else LIKE * value
        focus += concept.weight
        close += concept.weight * value
        exact += concept.weight * said
    if focus and (close < MOST_OF * focus or exact < WORD_FOR_WORD * focus):
        return 0.0
    if aspect.metric and other_length(side.question, text):
        return 0.0
    if side.period is not None and period_fit(side.period, text, report) <= OTHER_PERIOD:
        return 0.0  # the figure of another period is none of this side
    if side.period is not None and not any(concept.kind == "period" for concept in wanted):
        total += 1.0
        held += period_fit(side.period, text, report)
    return (held + close) / total if total else 0.0


def names_other(text: str, aspect: Aspect) -> bool:
    """Whether a text names metrics, and not the one that is compared: revenue is much like profit, and another figure."""
    asked = {name for form in aspect.forms for name in meant_by(form)}
    said = {item.canonical for item in lexicon.expand(text) if item.kind in ("metric", "line_item")}
    return bool(said) and said.isdisjoint(asked)


def brings_in(text: str, words: frozenset[str], wanted: Sequence[Asked], aspect: Aspect) -> bool:
    """Whether a text gives the revenue of a part without the word: `Games abroad reached 20.8 billion yuan`.

    It says the part that is asked for, gives money, and names no other metric.
    """
    if not any(c.canonical == "revenue" for form in aspect.forms for c in lexicon.lookup(form)):
        return False
    label = aspect.label.lower()
    part = [c for c in wanted if c.kind in ("word", "term", "name") and c.surface.lower() in label]
    if not part or any(covered(c, words) < 1.0 for c in part):
        return False
    if any(e.kind in ("metric", "line_item") for e in lexicon.expand(text)):
        return False
    return any(figure.kind == "money" for figure in figures(text))


def _employs(concept: Asked, words: Collection[str]) -> bool:
    """Whether a text says how many people there are with the verb: `we employed 5,210 people` names no headcount."""
    return bool(_STAFF & set(concept.forms)) and "employ" in words


def without_shares(text: str, question: str) -> str:
    """The text without what a share or a multiple is of: `37% of sales` says nothing of sales, unless a share is asked for."""
    text = _TIMES.sub(" ", text)
    return text if _SHARE_ASKED.search(question) else _SHARE_OF.sub(" ", text)


def begins_with(text: str, wanted: Sequence[Asked]) -> bool:
    """Whether a statement begins with one of the pieces: that is what it is on."""
    first = terms_of(" ".join(text.split()[:FIRST]))
    return any(piece.said_by(first) for piece in wanted if piece.kind not in ("word", "period"))


def moves(text: str) -> bool:
    """Whether a text tells a rise, a fall, or that there was none."""
    return says(text, 1) or says(text, -1) or bool(_FLAT.search(text))


def how_far_said(piece: Asked, text: str, words: Collection[str]) -> float:
    """How far a statement says a piece; a change that is asked for is said by a rise or a fall."""
    value = covered(piece, words)
    if value == 1.0 or not moves(text) or not (asks_change(piece.surface) or direction(piece.surface)):
        return value
    rest = terms_of(beside(piece.surface)) - _CHANGE
    return max(value, (1 + len(rest.intersection(words))) / (1 + len(rest)))
