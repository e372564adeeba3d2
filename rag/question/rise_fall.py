"""Whether a text speaks of a rise or of a fall, in the words of questions and statements."""

from __future__ import annotations

import re

_UP = re.compile(
    r"\b(?:ris(?:e|es|en|ing)|rose|increas\w*|grow\w*|grew|climb\w*|gain\w*|jump\w*|up|improv\w*|expan\w*|higher|widen\w*|surg(?:e|es|ed|ing)|soar\w*|advanc(?:e|es|ing)|advanced(?= (?:by\b|\d))|leap\w*)\b"
    r"|\d%? (?:more|above)\b|(?<![\d.%])\+\d|[增升](?=约?\d)|(?:比|较)[^,,;;。]{1,10}(?:略|仍|还|又)?[高贵多重](?=了?约?\d)|[贵](?=了?\d)|[大激猛剧骤暴]增|回升|反弹|上升|增长|提升|上涨|增加|上行|走高|上调|提高|改善|升至|增至|涨",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:fall\w*|fell|drop(?:s|ped|ping)?|declin\w*|decreas\w*|shrink\w*|shrank|shrunk|slip(?:s|ped|ping)?|slid\w*|down|lower\w*|worsen\w*|narrow\w*|contract(?:ed|ing|ion)|sank|sink|plung\w*|weaken\w*|cut)\b"
    r"|\b(?:lost|loses?|shed) (?:about |some |nearly )?\d|\d%? (?:less|fewer|below|under)\b|(?<![A-Za-z0-9.%])[-−]\d[\d.]*[%％]|降(?=约?\d)|(?:比|较)[^,,;;。]{1,10}(?:略|仍|还|又)?[低少轻](?=了?约?\d)|便宜(?=了?\d)|[降压收]到(?=约?\d)|[大骤锐]减|[大骤]降|下降|下滑|减少|下跌|回落|下行|走低|下调|降低|收窄|恶化|降至|减至|跌",
    re.IGNORECASE,
)
MOVES = re.compile(f"{_UP.pattern}|{_DOWN.pattern}", re.IGNORECASE)
# `goes from USD 3 billion in 2024 to USD 5 billion`, `由20%到23%`: the figures tell which way.
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = r"\d(?:[\d,]*\d)?(?:\.\d+)?"
_UNIT = r"\s?(?:%|(?:thousand|million|billion|trillion|bn|mn|tn)\b)?"
_FROM_TO = re.compile(
    rf"\bfrom\s+[^\d\s]{{0,4}}\s?(?P<a>{_NUMBER})(?P<ua>{_UNIT})(?:\s+in\s+\w+)?\s+to\s+(?:about |around |nearly )?[^\d\s]{{0,4}}\s?(?P<b>{_NUMBER})(?P<ub>{_UNIT})"
    rf"|[由从][^\d]{{0,8}}(?:20\d\d年)?(?P<c>{_NUMBER})[%％万亿]*[^\d]{{0,6}}(?:20\d\d年)?[到至][^\d]{{0,6}}(?:20\d\d年)?(?P<d>{_NUMBER})"
    rf"|\bto\s+[^\d\s]{{0,4}}\s?(?P<f>{_NUMBER})(?P<uf>{_UNIT})\w?\s+from\s+[^\d\s]{{0,4}}\s?(?P<e>{_NUMBER})(?P<ue>{_UNIT})",
    re.IGNORECASE,
)


def direction(text: str) -> int:
    """1 when a text speaks of a rise, -1 of a fall, 0 of neither or both."""
    up, down = bool(_UP.search(text)), bool(_DOWN.search(text))
    return up - down or (0 if up else by_figures(text))


def by_figures(text: str) -> int:
    """Which way a figure goes that is told as from one value to another; 0 where none is, or several differ."""
    ways = set()
    for match in _FROM_TO.finditer(text):
        first, last = match["a"] or match["c"] or match["e"], match["b"] or match["d"] or match["f"]
        if _YEAR.fullmatch(first) and _YEAR.fullmatch(last):
            continue
        if (match["ua"] or match["ue"] or "").strip() != (match["ub"] or match["uf"] or "").strip():
            continue
        a, b = (float(value.replace(",", "")) for value in (first, last))
        ways.add((b > a) - (b < a))
    return ways.pop() if len(ways) == 1 else 0


def says(text: str, way: int) -> bool:
    """Whether a text speaks of a rise (1) or a fall (-1), whatever else it speaks of."""
    return bool((_UP if way > 0 else _DOWN).search(text))


def beside(piece: str) -> str:
    """What a piece of a question says beside a rise or a fall: `GDP` of `GDP growth`, nothing of `growth`."""
    return _DOWN.sub(" ", _UP.sub(" ", piece)).strip()
