"""The part of a figure that a question asks for: `net sales from night ferries` is not answered by all net sales."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language import analysis, lexicon
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


# `来自潜艇的营业收入`, `潜艇业务收入`: in Chinese the part stands in front.
_IN_FRONT = re.compile(
    r"(?:来自|来源于|源自|在)?(?P<part>[^\s,，。;；?？:：、的]{2,12}?)(?:(?:业务|产品|板块|分部|部门|地区|市场)的?|(?:所?(?:产生|贡献|带来|实现))?的)$"
)
_WHOLE_ZH = re.compile(
    r"公司|集团|企业|合并|全年|整体|全部|总体?|累计|单季|当期|本期|上期|期[末初内]|年[末初]|报告期内?|(?:最近|近)[一二三四五六两几\d]+[年期]|[各历今去上本当同][年期]|归属于?|股东|所有者|[其该它]"
)
_ASKING_ZH = re.compile(r"[与和及同]|比|最|如何|怎|哪|什么|多少|谁|请|是|有|每|扣")


def part_asked(question: str, pieces: Sequence[Asked], *, before: bool = False) -> tuple[Asked, ...]:
    """What of a question names a part of its metric, right beside it; nothing where the whole is asked for.

    Of an English question these are some of its ``pieces``. ``before``: also what is asked of the metric, right in front
    of it (`rent charged to operating expense`).
    """
    found: list[Asked] = []
    for metric in lexicon.expand(question):
        if metric.kind not in METRICS:
            continue
        if not metric.surface.isascii():
            found += _in_front(question, metric.start)
            continue
        said = [_behind(question, metric.end)]
        if before and (match := _BEFORE.search(question[: metric.start])):
            said.append(match[1].lower())
        found += [p for words in said for p in pieces if _picks(p) and p.surface.lower() in words]
    return tuple(dict.fromkeys(found))


def _in_front(question: str, end: int) -> list[Asked]:
    """The part that a Chinese question names before its metric, which begins at ``end``."""
    names = [(item.start, item.end) for item in lexicon.expand(question) if item.kind in lexicon.ENTITY_KINDS]
    match = _IN_FRONT.search(analysis.blanked(question, [*(each.span for each in periods(question)), *names])[:end])
    part = _WHOLE_ZH.sub("", match["part"]) if match else ""
    if len(part) < 2 or _ASKING_ZH.search(part):
        return []
    return [Asked(part, "word", (tuple(analysis.terms(part)),))]


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
