"""Right sentences made wrong in one place: another digit, unit, sign, period or direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.figures.find import figures

_UNITS = [
    (r"(?<=\d)%", " percentage points"),
    (r"percentage points|个百分点|pct pts|ppt\b", "%"),
    (r"\bbillion\b", "million"),
    (r"\bmillion\b", "billion"),
    (r"(?<=\d)bn\b", "mn"),
    (r"(?<=\d)mn\b", "bn"),
    (r"万亿", "亿"),
    (r"(?<![万千百十])亿", "万"),
    (r"(?<=[\d.])万(?!亿)", "亿"),
    (r"\bbps?\b|个基点|基点", "%"),
    (r"港元", "美元"),
    (r"(?<!港)美元", "欧元"),
    (r"HK\$|HKD", "US$"),
    (r"RMB|Rmb|CNY", "EUR"),
    (r"US\$|USD", "HK$"),
    (r"(?<=\d)x\b", "%"),
    (r"(?<=\d)倍", "%"),
]
_WAYS = [
    ("rose", "fell"), ("fell", "rose"), ("increased", "decreased"), ("decreased", "increased"), ("up", "down"), ("down", "up"),
    ("higher", "lower"), ("lower", "higher"), ("grew", "shrank"), ("growth", "decline"), ("decline", "growth"),
    ("declined", "increased"), ("dropped", "jumped"), ("climbed", "slid"), ("increase", "decrease"), ("decrease", "increase"),
    ("beat", "missed"), ("missed", "beat"), ("raised", "cut"), ("cut", "raised"), ("improved", "deteriorated"),
    ("gained", "lost"), ("narrowed", "widened"), ("widened", "narrowed"), ("jumped", "dropped"), ("expanded", "contracted"),
    ("增长", "下降"), ("上升", "下降"), ("提升", "下降"), ("下降", "增长"), ("下滑", "增长"), ("减少", "增加"), ("增加", "减少"),
    ("上调", "下调"), ("下调", "上调"), ("上涨", "下跌"), ("下跌", "上涨"), ("收窄", "扩大"), ("高于", "低于"), ("低于", "高于"),
    ("超出预期", "不及预期"), ("改善", "恶化"), ("回落", "上升"), ("提高", "降低"),
]  # fmt: skip


def plants(sentence: str) -> Iterator[tuple[str, str]]:
    """(kind, false sentence) for every change that can be made to a right one."""
    yield from (("digit", each) for each in _digits(sentence))
    yield from (("unit", each) for each in _swapped(sentence, _UNITS))
    yield from (("sign", each) for each in _signs(sentence))
    yield from (("period", each) for each in _periods(sentence))
    # `made up`, `piled up` and `up to` are no movements; `fell -5%` is only odd.
    ways = [
        (rf"(?<!made )(?<!make )(?<!makes )(?<!piled )(?<!stood )(?<!held )\b{a}\b(?! to \d)" if a.isascii() else a, b)
        for a, b in _WAYS
    ]
    yield from (("direction", each) for each in _swapped(sentence, ways))


def _swapped(sentence: str, swaps: list[tuple[str, str]]) -> Iterator[str]:
    for pattern, other in swaps:
        for match in re.finditer(pattern, sentence):
            yield sentence[: match.start()] + other + sentence[match.end() :]


def _digits(sentence: str) -> Iterator[str]:
    for figure in figures(sentence):
        if figure.kind in ("period", "label", "ratio") or figure.soft:
            continue
        places = [i for i in range(figure.start, figure.end) if sentence[i].isdigit()]
        for place in places[:1] + places[-1:] if len(places) > 1 else places:
            new = str((int(sentence[place]) + 3) % 9 + 1)
            if new != sentence[place]:
                yield sentence[:place] + new + sentence[place + 1 :]


def _signs(sentence: str) -> Iterator[str]:
    for figure in figures(sentence):
        if figure.kind not in ("percent", "money", "number") or figure.soft or not sentence[figure.start].isdigit():
            if figure.sign and figure.kind in ("percent", "money", "number") and not figure.text.startswith("("):
                flipped = "-" if figure.text.startswith("+") else ""
                yield sentence[: figure.start] + flipped + sentence[figure.start + 1 :]
            continue
        if re.search(
            r"(?:fell|falling|down|dropped|declined|lower|by|下降|下滑|降|减|减少)\s?$|\d\s?[-–~至]$|[\d%]\s(?:to|and)\s$",
            sentence[: figure.start],
        ):
            continue
        yield sentence[: figure.start] + "-" + sentence[figure.start :]


def _periods(sentence: str) -> Iterator[str]:
    for figure in figures(sentence):
        if figure.kind != "period":
            continue
        old = sentence[figure.start : figure.end]
        year = re.search(r"(?:19|20)\d\d", old)
        if year:
            for step in (1, -1):
                yield (
                    sentence[: figure.start]
                    + old.replace(year[0], str(int(year[0]) + step), 1)
                    + sentence[figure.end :]
                )
        quarter = re.search(r"(?<=Q)[1-4]|[1-4](?=Q)|[一二三四](?=季度)", old)
        if quarter:
            rounds = "一二三四一" if quarter[0] in "一二三四" else "12341"
            new = rounds[rounds.index(quarter[0]) + 1]
            at = figure.start + quarter.start()
            yield sentence[:at] + new + sentence[at + 1 :]
