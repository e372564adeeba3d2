"""What a comparison asks of each side: ratings, targets, the metrics that the question names, else the whole of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag.compare.asked.metrics import WHOLE, is_metric
from rag.compare.asked.names import ASKS_RATING, ASKS_TARGET
from rag.compare.asked.side import COMPARE, Side
from rag.compare.asked.wanted import SIDE_WORDS, Aspect
from rag.language import lexicon
from rag.language.lexicon import Expansion
from rag.question.concepts import Asked, asked

MOST_ASPECTS = 6
MOST_IN_FRONT = 3  # pieces in front of a metric that may name a part of it
_MEASURES = frozenset({"year-over-year", "quarter-over-quarter", "growth"})
_OWNS = re.compile(r"['’]s?$")
# An amount is asked for: what is said without a figure does not answer.
AMOUNT = re.compile(
    r"\bhow (?:many|much|big|large|small|high|low|wide|long|tall|deep)\b|\b(?:spend(?:ing|s)?|spent|costs?|expenses?|outlays?|amounts?|number|volumes?|shipments?|sales|price)\b|多少|几|支出|花费|费用|成本|数量|规模|销量|出货量"
    r"|\b(?:higher|lower|larger|smaller|bigger|fewer)\b(?! (?:risks?|than expected))|更[高低大小多少]|[高低大小]多少",
    re.IGNORECASE,
)


def aspects(question: str, named: Sequence[Side], known: Collection[str] = ()) -> tuple[Aspect, ...]:
    """What a question compares: ratings and targets, the metrics that it names, else the whole of it.

    ``known``: index terms of the names that the reports of the sides go by; none of them is a part of a metric.
    """
    found: list[tuple[int, Aspect]] = []
    names = [side.name.lower() for side in named]
    metrics = [
        item
        for item in lexicon.expand(question)
        if is_metric(item) and not any(item.surface.lower() in name for name in names)
    ]
    # `净利润同比增速`: how it is measured is nothing that is compared beside it.
    metrics = [item for item in metrics if item.canonical not in _MEASURES] or metrics
    for pattern, label in ((ASKS_RATING, "rating"), (ASKS_TARGET, "target price")):
        match = pattern.search(question)
        if match and not any(item.start < match.end() and match.start() < item.end for item in metrics):
            found.append(
                (match.start(), Aspect(label if match[0].isascii() else match[0], (label,), without=(match[0],)))
            )
    pieces = [
        piece
        for piece in asked(question)
        if not any(piece.surface.lower() in name for name in names) and not _is_name(piece, known)
    ]
    for same in _told_apart(metrics, named):
        found.append((same[0].start, Aspect(_label(question, pieces, same[0]), _forms(same), True)))
    found.sort(key=lambda pair: pair[0])
    each = list({aspect.forms: aspect for _, aspect in found}.values())
    if not each:
        return (Aspect("", (), bool(AMOUNT.search(question))),)
    labels = [aspect.label for aspect in each]
    return tuple(
        Aspect(a.label, a.forms, a.metric, tuple(label for label in labels if label != a.label))
        for a in each[:MOST_ASPECTS]
    )


def _is_name(piece: Asked, known: Collection[str]) -> bool:
    return bool(_OWNS.search(piece.surface)) or (bool(piece.forms) and set(piece.forms[0]) <= set(known))


def _label(question: str, pieces: Sequence[Asked], metric: Expansion) -> str:
    """A metric with what stands right in front of it and names a part: `data center revenue`."""
    part = in_front(question, pieces, metric.start)
    start = question.lower().rfind(part[0].surface.lower(), 0, metric.start) if part else metric.start
    return question[start : metric.end]


def _told_apart(metrics: Sequence[Expansion], named: Sequence[Side]) -> list[list[Expansion]]:
    """The metrics, those of one meaning together where each company has its own word: `revenue of A and net sales of B`."""
    found: dict[str, list[Expansion]] = {}
    for item in metrics:
        found.setdefault(item.canonical if named[0].kind == "company" else item.surface.lower(), []).append(item)
    return list(found.values())


def _forms(same: Sequence[Expansion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.surface.lower() for item in same))


def in_front(question: str, pieces: Sequence[Asked], metric: int) -> list[Asked]:
    """The pieces that stand right in front of a metric, which begins at character ``metric``; in the order of the question."""
    found: list[Asked] = []
    low, end = question.lower(), metric
    while len(found) < MOST_IN_FRONT:
        before = low[:end].rstrip(" -")
        piece = next((p for p in pieces if names_a_part(p) and _ends_with(before, p.surface.lower())), None)
        if piece is None:
            break
        found.insert(0, piece)
        end = len(before) - len(piece.surface)
    return found


def names_a_part(piece: Asked) -> bool:
    """Whether a piece of a question may name a part of a metric: a word that is none of asking, and no time."""
    words = piece.surface.lower().split()
    return (
        piece.kind in ("word", "term", "name")
        and piece.surface.isascii()
        and not (WHOLE | SIDE_WORDS).issuperset(words)
        and not COMPARE.fullmatch(piece.surface)
        and not any(item.kind == "time" for item in lexicon.expand(piece.surface))
    )


def _ends_with(text: str, words: str) -> bool:
    return text.endswith(words) and not re.search(r"\w$", text[: len(text) - len(words)])
