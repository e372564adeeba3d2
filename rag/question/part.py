"""The part of a figure that a question asks for: `net sales from drinkable kefir` is not answered by all net sales."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language import lexicon
from rag.language.periods import periods
from rag.question.concepts import METRICS, Asked

LONGEST = 6  # words of a part
HELD = 0.5  # weighted share of a part's pieces
_BEHIND = re.compile(
    r"\s+(?:(?:generated|earned|derived|coming|recorded|made)\s+)?(?:from|of|in|for|by|within|at)\s+(?:the\s+|its\s+|their\s+|our\s+)?",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,;?.()]|\s(?:and|or|as|with|in|for|during|between|from|versus|vs|compared|to|per|respectively)\s", re.IGNORECASE
)
_BEFORE = re.compile(r"((?:[\w'’-]+\s+){1,3})(?:to|of)\s+(?:the\s+|its\s+|their\s+)?$", re.IGNORECASE)
# What a whole is called by: `of the group`, `from operations`, and the scale a figure is wanted in.
_WHOLE = re.compile(
    r"(?:total|end|beginning|start|close|date|time|group|company|firm|business|whole|entire|overall|consolidated|aggregate|operations?|continuing|activit\w+|amount|levels?"
    r"|sum|values?|year|quarter|half|period|months?|line|items?|shareholders|stockholders|parent|usd?|us|dollars?|millions?|billions?|thousands?|percent\w*|ended|fiscal|statement|reports?|segments?|divisions?|units?|regions?|categor(?:y|ies)|products?)",
    re.IGNORECASE,
)


def part_asked(question: str, pieces: Sequence[Asked], *, before: bool = False) -> tuple[Asked, ...]:
    """The pieces of a question that name a part of its metric, right behind it; none where the whole is asked for.

    ``before``: also what is asked of the metric, right in front of it (`rent charged to operating expense`).
    """
    found: list[Asked] = []
    for metric in lexicon.expand(question):
        if metric.kind not in METRICS or not metric.surface.isascii():
            continue
        said = [_behind(question, metric.end)]
        if before and (match := _BEFORE.search(question[: metric.start])):
            said.append(match[1].lower())
        found += [p for words in said for p in pieces if _picks(p) and p.surface.lower() in words]
    return tuple(dict.fromkeys(found))


def is_said(part: Sequence[Asked], held: Sequence[float]) -> bool:
    """Whether so much of a part stands there (``held``: the coverage of each piece, 0..1) that it is the one meant."""
    weight = sum(piece.weight for piece in part)
    return not weight or sum(p.weight * value for p, value in zip(part, held, strict=True)) >= HELD * weight


def _behind(question: str, end: int) -> str:
    """The few words that follow a metric by a preposition, before the next time, mark or conjunction."""
    match = _BEHIND.match(question, end)
    if not match:
        return ""
    stops = [each.span[0] for each in periods(question) if each.span[0] >= match.end()]
    stop = _END.search(question, match.end())
    said = question[match.end() : min([*stops, stop.start() if stop else len(question)])].lower()
    return said if len(said.split()) <= LONGEST else ""


def _picks(piece: Asked) -> bool:
    """Whether a piece is a thing of its own, and no word for the whole or for a scale."""
    if piece.kind not in ("name", "word", "term") or _WHOLE.fullmatch(piece.surface):
        return False
    return not any(item.kind in METRICS or item.kind == "unit" for item in lexicon.expand(piece.surface))
