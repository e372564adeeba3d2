"""How much what a cell tells of has grown or shrunk, and which of the sides the most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.citations import slot
from rag.compare.asked.side import Side
from rag.compare.asked.wanted import Aspect
from rag.compare.found.find import Piece
from rag.compare.told.amounts import Amount
from rag.figures.context import Fact, read
from rag.language.periods import Period
from rag.question.rise_fall import says

_SLOW = re.compile(
    r"\b(?:slow(?:er|est|ly)|least|(?:rise|rose|gr[eo]w|grow\w*|gained?|fell|fall|dropp?\w*) less)\b|[慢缓]|[涨跌增降]得?(?:更|最)?[少低]",
    re.IGNORECASE,
)
RANK = re.compile(
    r"\brank\w*|\bin order\b|\bsort\w*|排[名序]|怎么排|从[高大多快]到[低小少慢]|从[低小少慢]到[高大多快]", re.IGNORECASE
)


def change_of(piece: Piece, aspect: Aspect, side: Side) -> Amount | None:
    """The change in percent, or in points, that a cell gives of its side, signed; None where it gives none for sure."""
    start = max(0, piece.text.find(side.name)) if side.kind == "thing" else 0
    meant = (
        frozenset[str]().union(*(fact.metrics for fact in read(f"{aspect.label} 5%").facts))
        if aspect.label
        else frozenset()
    )
    facts = [fact for fact in read(piece.text).facts if fact.figure.start >= start and _is_change(fact)]
    own = [fact for fact in facts if fact.metrics & meant] or [fact for fact in facts if not (meant and fact.metrics)]
    if side.period:  # `0.9% in 2026 and 1.6% in 2027`
        own = [fact for fact in own if _is_of(fact, side.period)] or [fact for fact in own if not _years(fact)]
    if not own:
        return None
    figure = own[0].figure
    places = max(0, -int(figure.step.as_tuple().exponent))
    return Amount(figure.value * own[0].way, figure.text.strip().lstrip("+-−–"), True, figure.kind, True, figure.factor, places, None)  # fmt: skip


def _is_change(fact: Fact) -> bool:
    return bool(fact.figure.kind in ("percent", "points") and fact.way and fact.sure and fact.against != "expectations")


def _years(fact: Fact) -> list[Period]:
    return [time.period for time in fact.periods if time.period and time.period.kind == "year"]


def _is_of(fact: Fact, period: Period) -> bool:
    return any(time.period and time.period.label == period.label for time in fact.periods)


def most_changed(question: str, aspect: Aspect, told: Sequence[tuple[Side, Amount]], chinese: bool) -> tuple[str, list[int]]:  # fmt: skip
    """The sentence on who grew or fell most, and the order that it names the sides in; an empty one where changes cannot
    be set in order. A side that went the other way has its minus."""
    if len({amount.currency for _, amount in told}) > 1 or len({amount.value for _, amount in told}) < 2:
        return "", []
    falls = all(amount.value < 0 for _, amount in told) and not says(question, 1)
    slow = bool(_SLOW.search(question))
    order = sorted(range(len(told)), key=lambda i: told[i][1].value, reverse=slow == falls)
    parts = [f"{told[i][0].label} {_shown(told[i][1], falls)}{slot(n)}" for n, i in enumerate(order)]
    first, most = told[order[0]], len(told) > 2
    shown = f"{_shown(first[1], falls)}{slot(0)}"
    what = aspect.label
    if RANK.search(question):
        kind = ("降幅" if falls else "增速") if chinese else "fall" if falls else "growth"
        lead = f"{what}{kind}排序：" if chinese else f"{what or 'change'}, in order of {kind}: "
        return lead + ("，" if chinese else ", ").join(parts), order
    if chinese:
        grade = ("最" if most else "更") + (("小" if slow else "大") if falls else ("低" if slow else "高"))
        return (
            f"{first[0].label}的{what}{'降幅' if falls else '增速'}{grade}：{shown}；其余：{'，'.join(parts[1:])}",
            order,
        )
    grade = ("least" if slow else "most") if most else ("less" if slow else "more")
    return f"{first[0].label} {'fell' if falls else 'grew'} {grade}, {shown}; {', '.join(parts[1:])}", order


def _shown(amount: Amount, falls: bool) -> str:
    return f"−{amount.shown}" if amount.value < 0 and not falls else amount.shown
