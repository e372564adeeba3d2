"""Shares and changes in words: ``a third``, ``more than doubled``, 三分之一, 过半, 翻番, each as the percent that it stands for.

Such a word is round by nature: ``a third`` is said of 31% and of 35%, ``doubled`` of a rise by 90%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.figures.figure import Figure
from rag.figures.words import DIGITS, NUMBER_WORDS

_NTH = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
_CHANGES = {"halv": Decimal(-50), "doubl": Decimal(100), "tripl": Decimal(200), "quadrupl": Decimal(300)}
_OF_A_YEAR = re.compile(r"\b(?:first|second|this|last|that|latter|next|each|prior) $")
_MAY = re.compile(
    r"half|halv|thirds?\b|quarters?\b|fifth|sixth|seventh|eighth|tenth|doubl|tripl|quadrupl|分之|半|[翻减]|腰斩"
)
_NTHS = "third|quarter|fifth|sixth|seventh|eighth|tenth"
_TAIL = r"of(?! an?\b)|more|less|fewer|higher|lower|larger|smaller|bigger|above|below"
_NO_TIME = r"(?!-|\s+(?:of\s+)?(?:the\s+)?(?:fiscal|fy|year(?![- ]o)|(?:19|20)\d\d(?!\s[a-z])|this|last|next|ago|earlier|later|ended|[a-z]+ quarter)\b)"
_PARTS_EN = re.compile(
    # three-quarters, two thirds, one-fifth
    rf"(?<!first )(?<!last )(?<!next )\b(?P<count>one|two|three|four|five|six|seven)[- ](?P<many>{_NTHS})s?\b{_NO_TIME}"
    # a quarter of, by a third; not `a third plant`, `a quarter ago`
    rf"|\ban? (?P<one>{_NTHS})(?= (?:{_TAIL})\b){_NO_TIME}"
    rf"|(?:(?<=by )|(?<=about )|(?<=around )|(?<=roughly )|(?<=nearly )|(?<=almost )|(?<=over )|(?<=than )|(?<=under ))an? (?P<by>{_NTHS})\b(?=\s*(?:[,.;)(]|$|\s(?:to|in|from|and|or|over|on|year|as)\b)){_NO_TIME}"
    r"|(?<=[a-z] )an? (?P<last>third|fifth)(?=[.,;)]|$)"
    # half a percentage point, half as much again, over half, half of; not `the first half`
    r"|\b(?P<size>half|quarter)(?: an?)?[ -](?P<point>(?:percentage[ -]|percent[ -])?point)\b"
    r"|\b(?P<again>half as (?:much|many|large|high|big) again|half again)\b"
    rf"|\b(?:one[- ])?(?P<half>half)\b(?= (?:of(?! an?\b)|as|its|their|the)\b){_NO_TIME}"
    rf"|(?:(?<=by )|(?<=about )|(?<=around )|(?<=roughly )|(?<=nearly )|(?<=almost )|(?<=over )|(?<=than ))half\b(?P<halfby>){_NO_TIME}"
    # halved, more than doubled, tripling
    r"|\b(?P<verb>halv|doubl|tripl|quadrupl)(?:e[sd]?|ing)\b(?!-)(?! down)"
)
_CJK_COUNT = "一二两三四五六七八九十"
_PARTS_ZH = re.compile(
    rf"(?<![{_CJK_COUNT}百])(?P<whole>[{_CJK_COUNT}]|\d{{1,2}})分之(?P<part>[{_CJK_COUNT}]|\d{{1,2}})(?!\d)"
    r"|(?P<over>过|超|逾|超过)(?:一?半)(?![年月导径成])|(?P<halfzh>半数|一半|近半(?![年月]))"
    r"|翻(?:了|近|约)?(?P<times>[一两二三])?(?:番|倍)|(?P<cut>腰斩|减半)"
)
_BELOW = {2: 8, 3: 6, 4: 4, 5: 4}  # how wide a share is meant, in points, by its denominator
_ROOM = {2: 20, 3: 10, 4: 8, 5: 5}  # and how far what is `over` it may be over it


def parts_in(small: str) -> Iterator[Figure]:
    """The shares and changes that a text of small letters has in words, as percent with the step that they are round to."""
    if not _MAY.search(small):
        return
    yield from _english(small)
    yield from () if small.isascii() else _chinese(small)


def _english(small: str) -> Iterator[Figure]:
    for match in _PARTS_EN.finditer(small):
        if match["verb"]:
            yield _change(small, match.span(), _CHANGES[match["verb"]])
        elif match["again"]:
            yield _change(small, match.span(), Decimal(50))
        elif match["point"]:
            value = Decimal("0.5") if match["size"] == "half" else Decimal("0.25")
            yield Figure("points", match[0], *match.span(), value=value, step=Decimal("0.1"), part=True)
        elif match["half"] or match["halfby"] is not None:
            if not _OF_A_YEAR.search(small, max(0, match.start() - 9), match.start()):
                yield _share(small, match.span(), 1, 2)
        else:
            whole = _NTH[match["many"] or match["one"] or match["by"] or match["last"]]
            part = NUMBER_WORDS[match["count"]] if match["count"] else 1
            if part < whole:
                yield _share(small, match.span(), part, whole)


def _chinese(small: str) -> Iterator[Figure]:
    for match in _PARTS_ZH.finditer(small):
        if match["whole"]:
            whole, part = (_number(match[name]) for name in ("whole", "part"))
            if 0 < part < whole <= 12:
                yield _share(small, match.span(), part, whole)
        elif match["over"] or match["halfzh"]:
            yield _share(small, match.span(), 1, 2)
        elif match["cut"]:
            yield _change(small, match.span(), Decimal(-50))
        else:
            yield _change(small, match.span(), Decimal(2 ** DIGITS.get(match["times"] or "一", 1) - 1) * 100)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 10 if text == "十" else DIGITS[text]


def _share(small: str, span: tuple[int, int], part: int, whole: int) -> Figure:
    about, bound = _hedge(small, span)
    value = Decimal(part * 100) / whole
    room = _ROOM.get(whole, 4) if bound else _BELOW.get(whole, 2)
    return _figure(small, span, round(value, 1), room, about, bound, 0)


def _change(small: str, span: tuple[int, int], change: Decimal) -> Figure:
    about, bound = _hedge(small, span)
    room = (100 if bound else int(change) // 2) if change > 0 else (25 if bound else 8)
    return _figure(small, span, abs(change), room, about, bound, 1 if change > 0 else -1)


_OVER = re.compile(r"(?:\b(?:over|more than|above|at least|exceed\w*)|超过?|逾|不止|过)\s*(?:an?\s|one[- ])?$")
_UNDER = re.compile(
    r"(?:\b(?:under|less than|below|short of|not quite)|不到|不足|不及[^，,。]{0,12}的?|低于)\s*(?:an?\s|one[- ])?$"
)
_UNDER_ZH = re.compile(r"(?:不到|不足|不及)[^，,。；;]{1,16}的$")


def _hedge(small: str, span: tuple[int, int]) -> tuple[bool, int]:
    before = small[max(0, span[0] - 20) : span[0]]
    if small[span[0]] in "过超逾" or _OVER.search(before):
        return False, 1
    return (False, -1) if _UNDER.search(before) or _UNDER_ZH.search(before) else (True, 0)


def _figure(small: str, span: tuple[int, int], value: Decimal, room: int, about: bool, bound: int, sign: int) -> Figure:
    start, end = span
    return Figure(
        "percent", small[start:end], start, end, value=value, sign=sign, step=Decimal(room), about=about, bound=bound, part=True
    )  # fmt: skip
