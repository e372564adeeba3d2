"""Which side has the most: the sentence under a comparison that names the winner, the order or the difference.

Only amounts of one kind, one currency and a known scale are set in order; where they are not, a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answer.citations import Draft, slot, without_slots
from rag.compare.asked.side import Side
from rag.compare.asked.wanted import Aspect
from rag.compare.found.find import Piece
from rag.compare.found.values import asks_change
from rag.compare.told.amounts import Amount, amount_of
from rag.compare.told.changes import RANK, change_of, most_changed
from rag.figures.find import figures
from rag.figures.tense import tense_of
from rag.figures.words import alike
from rag.reports.rating_scale import level
from rag.types import Evidence
from rag.verify.sentence import verify_sentence

NEAR = 20  # days between the ends of two periods from which they are not the same

_HIGH = re.compile(
    r"\b(?:highest|biggest|largest|most|greatest|top|higher|bigger|larger|more|greater|ahead|leads?|exceeds?|tops|dearer|dearest|more expensive)\b"
    r"|最[高大多]|更[高大多]|[高大多]于|[谁哪][^,，。]{0,10}[高大多](?:[?？。]|$)",
    re.IGNORECASE,
)
_LOW = re.compile(
    r"\b(?:lowest|smallest|least|fewest|lower|smaller|less|fewer|cheaper|cheapest)\b"
    r"|最[低小少]|更[低小少]|[低小少]于|[谁哪][^,，。]{0,10}[低小少](?:[?？。]|$)",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\b(?:which|who|whose|or|does|do|did|is|are|was|were|has|have)\b|[哪谁]|还是|[吗?？]", re.IGNORECASE
)
_APART = re.compile(
    r"\bdifference\b|\bdiffer\b|\bgap\b|\bapart\b|\bby how much\b|\bhow much (?:higher|lower|more|less|larger|smaller|bigger)\b"
    r"|差多少|相差|差距|差额|[高低多少大小]多少|差了?几",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:faster|slower|harder|better|worse|more|less|most|least|fastest|slowest)\b|[更最][快慢]|[谁哪].{0,12}[快慢多少]",
    re.I,
)
_PRICE = re.compile(r"([\d,.]+) ([A-Z]{3})")
_BULLISH = re.compile(r"\b(?:bullish|optimistic|positive|upbeat|constructive|confident)\b|看[好多]|乐观|积极", re.I)
_BEARISH = re.compile(
    r"\b(?:bearish|pessimistic|negative|downbeat|cautious|conservative|sceptical|skeptical)\b|看[空淡]|悲观|谨慎|保守",
    re.IGNORECASE,
)


def verdicts(
    question: str,
    named: Sequence[Side],
    wanted: Sequence[Aspect],
    cells: Sequence[Sequence[Sequence[Piece]]],
    chinese: bool,
) -> tuple[list[Draft], list[str]]:
    """The sentences that say who has most, and the notes on what is not set in order; nothing where neither is asked."""
    if stance := _stance(question, named, wanted, cells, chinese):
        return [stance], []
    columns = [(aspect, [row[j] for row in cells]) for j, aspect in enumerate(wanted)]
    if asks_change(question):
        asked = asks_order(question) or _MORE.search(question)
        made = [_changes(question, named, aspect, column, chinese) for aspect, column in columns] if asked else []
        return [draft for draft in made if draft], []
    if not asks_order(question):
        return [], []
    drafts: list[Draft] = []
    notes: list[str] = []
    for aspect, column in columns:
        if aspect.metric or aspect.forms == ("target price",):
            draft, said = _levels(question, named, aspect, column, chinese)
            drafts += [draft] if draft else []
            notes += said
    return drafts, notes


def _levels(
    question: str, named: Sequence[Side], aspect: Aspect, column: Sequence[Sequence[Piece]], chinese: bool
) -> tuple[Draft | None, list[str]]:
    """The sentence that says whose amount is the largest, and the notes on it."""
    said = [(side, pieces[0]) for side, pieces in zip(named, column, strict=True) if len(pieces) == 1]
    amounts = [amount_of(piece, aspect, side.period, chinese) for side, piece in said]
    told = [(side, piece, a) for (side, piece), a in zip(said, amounts, strict=True) if a is not None]
    if len(told) < 2 or len(told) < len(said):
        return None, []
    if why := _apart_in_kind(told, chinese):
        return None, [why]
    draft = _written(question, aspect, told, chinese) if len({a.value for _, _, a in told}) > 1 else None
    notes = [_of_those(chinese)] if draft and len(told) < len(named) else []
    other = _other_times(told, chinese)
    return draft, [*notes, *([other] if other else [])]


def asks_view(question: str) -> bool:
    """Whether a question asks how positive, or how negative, somebody is."""
    return bool(_BULLISH.search(question) or _BEARISH.search(question))


def _changes(
    question: str, named: Sequence[Side], aspect: Aspect, column: Sequence[Sequence[Piece]], chinese: bool
) -> Draft | None:
    """The sentence that says whose change is the largest, where every side gives one."""
    said = [(side, row[0]) for side, row in zip(named, column, strict=True) if len(row) == 1]
    told = [(side, change) for side, piece in said if (change := change_of(piece, aspect, side))]
    if len(told) < len(named) or named[0].kind == "period":
        return None
    text, order = most_changed(question, aspect, told, chinese)
    return _checked(text + ("。" if chinese else "."), [said[i][1] for i in order]) if text else None


def asks_order(question: str) -> bool:
    """Whether a question asks which of its sides has more, in what order they stand, or how far they are apart."""
    return bool(RANK.search(question) or _APART.search(question) or _asks_most(question))


Told = tuple[Side, Piece, Amount]


def _asks_most(question: str) -> bool:
    return bool((_HIGH.search(question) or _LOW.search(question)) and _WHICH.search(question))


def _apart_in_kind(told: Sequence[Told], chinese: bool) -> str:
    """Why amounts cannot be set in order; empty where they can."""
    first = told[0][2]
    if not first.percent and not all(_one_currency(first.currency, a.currency) for _, _, a in told):
        listed = [f"{side.label} {a.currency or ('未注明' if chinese else 'not stated')}" for side, _, a in told]
        if chinese:
            return f"各方的货币不同或未注明，未作高低比较：{'，'.join(listed)}。"
        return f"The amounts are not in one currency, so they are not set in order: {', '.join(listed)}."
    if len({a.scaled for _, _, a in told}) > 1:
        return (
            "各方金额的单位不明，未作高低比较。"
            if chinese
            else "The scale of the amounts is not told for all, so they are not set in order."
        )
    ahead = [tense_of(piece.text) > 0 or any(each.estimate for each in figures(piece.text)) for _, piece, _ in told]
    when = [a.period for _, _, a in told]
    one_year = (
        len({time.label if time else "" for time in when}) == 1 and when[0] is not None and when[0].kind == "year"
    )
    if told[0][0].kind != "period" and len(set(ahead)) > 1 and not one_year:
        whose = [side.label for (side, _, _), estimated in zip(told, ahead, strict=True) if estimated]
        if chinese:
            return f"{'、'.join(whose)}的数字是预测值，其余为实际值，未作高低比较。"
        return f"{' and '.join(whose)}: the figure is an estimate and the others are not, so they are not set in order."
    return ""


def _one_currency(one: str, other: str) -> bool:
    return one == other or bool(one and other and alike(one, other))


def _of_those(chinese: bool) -> str:
    return "排序只涉及找到数字的各方。" if chinese else "The order is of those for whom a figure was found."


def _other_times(told: Sequence[Told], chinese: bool) -> str:
    """A note where the figures are of times that do not end together; periods that are compared need none."""
    ends = [(side, a.period) for side, _, a in told if a.period is not None]
    if len(ends) < len(told) or told[0][0].kind == "period" or len({side.name for side, _ in ends}) < len(ends):
        return ""
    days = [period.end for _, period in ends]
    if (max(days) - min(days)).days <= NEAR and len({period.kind in ("year", "half") for _, period in ends}) == 1:
        return ""
    listed = [f"{side.label} {period.surface.strip()}" for side, period in ends]
    if chinese:
        return f"各方数字的期间不同：{'，'.join(listed)}。"
    return f"The figures are not of the same time: {', '.join(listed)}."


def _written(question: str, aspect: Aspect, told: Sequence[Told], chinese: bool) -> Draft | None:
    low = bool(_LOW.search(question)) and not _HIGH.search(question)
    order = sorted(told, key=lambda each: each[2].value, reverse=not low)
    label = aspect.label or ("数字" if chinese else "figure")
    parts = [f"{side.label} {a.shown}{slot(i)}" for i, (side, _, a) in enumerate(order)]
    first, rest = order[0], parts[1:]
    two = len(order) == 2
    if chinese:
        what = f"{label}{'更' if two else '最'}{'低' if low else '高'}"
    else:
        what = f"the {'low' if low else 'high'}{'er' if two else 'est'} {label}"
    if RANK.search(question):
        text = (
            f"{label}从{'低到高' if low else '高到低'}：{'，'.join(parts)}"
            if chinese
            else f"{label} from {'low to high' if low else 'high to low'}: {', '.join(parts)}"
        )
    elif chinese:
        text = f"{first[0].label}的{what}：{first[2].shown}{slot(0)}；其余：{'，'.join(rest)}"
    else:
        text = f"{first[0].label} has {what}, {first[2].shown}{slot(0)}; {', '.join(rest)}"
    if len(order) == 2 and _APART.search(question) and (sum_ := _difference(order, chinese)):
        text = f"{text}；{sum_}" if chinese else f"{text}; {sum_}"
    return _checked(text + ("。" if chinese else "."), [piece for _, piece, _ in order])


def _difference(order: Sequence[Told], chinese: bool) -> str:
    """`149,998 million − 135,355 million = 14,643 million`; empty where the two are not shown in one scale."""
    high, low = sorted((order[0][2], order[1][2]), key=lambda a: a.value, reverse=True)
    if high.factor != low.factor or not high.factor:
        return ""
    places = max(high.places, low.places)
    number = f"{(high.value - low.value) / high.factor:,.{places}f}"
    unit = re.sub(r"^[^\d]*\(?[\d.,]+\)?", "", high.shown)
    lead = re.match(r"[^\d(]*", high.shown.lstrip("-–−"))
    if high.percent:
        unit = "个百分点" if chinese else " percentage points"
    total = f"{lead[0] if lead and not high.percent else ''}{number}{unit}"
    subtracted = f"({low.shown})" if low.value < 0 else low.shown
    return f"{'相差' if chinese else 'the difference is '}{high.shown} − {subtracted} = {total}"


def _checked(text: str, pieces: Sequence[Piece]) -> Draft | None:
    """The sentence with what it rests on, where the check of sentences bears it out."""
    evidence: tuple[Evidence, ...] = tuple(piece.evidence for piece in pieces)
    verdict = verify_sentence(without_slots(text), evidence)
    if verdict.unverified:
        return None
    return Draft(text, evidence, tuple((p.start, p.end) for p in pieces), tuple(verdict.where))


@dataclass(frozen=True, slots=True)
class _View:
    """What one broker says: ``at`` 0 (sell) to 5; ``price`` in ``currency``, 0 where no target is told."""

    side: Side
    at: int
    price: Decimal
    currency: str
    pieces: tuple[Piece, ...]


def _view(side: Side, wanted: Sequence[Aspect], row: Sequence[Sequence[Piece]]) -> _View | None:
    told = {aspect.forms: each[0] for aspect, each in zip(wanted, row, strict=True) if len(each) == 1}
    rating, target = told.get(("rating",)), told.get(("target price",))
    at = level(rating.text) if rating else None
    if rating is None or at is None:
        return None
    price = _PRICE.fullmatch(target.text) if target else None
    if target is None or price is None:
        return _View(side, at, Decimal(0), "", (rating,))
    return _View(side, at, Decimal(price[1].replace(",", "")), price[2], (rating, target))


def _stance(
    question: str,
    named: Sequence[Side],
    wanted: Sequence[Aspect],
    cells: Sequence[Sequence[Sequence[Piece]]],
    chinese: bool,
) -> Draft | None:
    """Who is for the shares, or against them: told by the ratings, and by the targets in one currency."""
    down = bool(_BEARISH.search(question))
    if named[0].kind != "broker" or not (down or _BULLISH.search(question)) or not _WHICH.search(question):
        return None
    found = [_view(side, wanted, row) for side, row in zip(named, cells, strict=True)]
    views = [view for view in found if view is not None]
    if len(views) < len(found):
        return None
    by_target = len({view.currency for view in views}) == 1 and bool(views[0].currency)
    order = sorted(views, key=lambda view: (view.at, view.price if by_target else 0), reverse=not down)
    first, second = order[:2]
    if first.at == second.at and (not by_target or first.price == second.price):
        return None
    pieces: list[Piece] = []
    shown: list[str] = []
    for view in order:
        words = [f"{piece.text}{slot(i)}" for i, piece in enumerate(view.pieces, start=len(pieces))]
        pieces += view.pieces
        shown.append(f"{view.side.label}：{'，'.join(words)}" if chinese else f"{view.side.label}: {', '.join(words)}")
    if chinese:
        text = f"{first.side.label}更{'谨慎' if down else '看好'}（{'；'.join(shown)}）。"
    else:
        text = f"{first.side.label} is the more {'cautious' if down else 'positive'} ({'; '.join(shown)})."
    return Draft(text, tuple(piece.evidence for piece in pieces), tuple((p.start, p.end) for p in pieces))
