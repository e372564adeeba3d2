"""What a figure is measured against: a change on the year or on the quarter, an amount per ton, adjusted profit or reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from rag.figures.figure import Figure
from rag.figures.tense import bilingual, has_chinese
from rag.figures.words import COUNTS, MEASURES, either
from rag.language.analysis import small_letters

Against = Literal["", "a year before", "the period before", "expectations"]
Accounting = Literal["", "adjusted", "reported"]

# Small letters, as all below. Words of Latin letters stand behind one mark of a word's beginning: that is tried faster.
_YEAR = (
    r"y/?o/?y|y-o-y|y/y|year[- ]o(?:n|ver)[- ]year|on the year|year-(?:earlier|ago)|a year (?:ago|earlier|before)|annually"
    r"|(?:than|from|over|on|versus|with|to) (?:in )?(?:the )?(?:previous|prior|last|preceding) year\b(?! ?[-'’]?s? ?(?:end|close))|same (?:period|quarter|month|half) (?:of )?(?:last|a|the (?:previous|prior)) year"
)
_BEFORE = (
    r"[qmw]/?o/?[qmw]|[qmw]-o-[qmw]|q/q|m/m|w/w|(?P<step>quarter|month|week)[- ]o(?:n|ver)[- ](?P=step)|on the (?:quarter|month|week)|sequential(?:ly)?"
    r"|(?:than|from|over|under|below|above|on|with|to) (?:in )?(?:the |a )?(?:previous|prior|last|preceding) (?:quarter|month|week)"
    r"|(?:quarter|month|week) (?:before|earlier)|(?:prior|previous|preceding)-(?:quarter|month|week)"
)
_HOPED = r"(?:above|below|beat\w*|miss\w*|ahead of|exceed\w*|short of|topp?\w*|surpass\w*|than) (?:[\w']+ ){0,3}?(?:consensus|expectations?|estimates?|forecasts?|guidance)"
_AGAINST_EN = rf"\b(?:(?P<year>{_YEAR})|(?P<before>{_BEFORE})|(?P<hoped>{_HOPED}))\b"
_AGAINST = bilingual(
    _AGAINST_EN,
    r"(?P<yearzh>同比|按年|[上去]年同期)|(?P<beforezh>环比|按[季月]|上一?季度?|[上前]一?[月周])"
    r"|(?P<hopedzh>[超高低好差]于?[^，,。；;\d]{0,6}预期|不及[^，,。；;\d]{0,6}预期|[比较][^，,。；;\d]{0,6}预期(?=[高低多少]))",
)
_KINDS: dict[str, Against] = {"year": "a year before", "before": "the period before", "hoped": "expectations"}
_REACH = 30  # characters between a change and what it is measured against
_BY = re.compile(r"\s(?:by|of)\s(?:about\s|around\s|some\s)?[\d$€£¥]")  # `topped expectations by 5%` says so of the 5%
_STOP = re.compile(r"[;；。，,、]|\band\b|\bbut\b|\bwhile\b|\.\s")
_CJK = re.compile("[\u4e00-\u9fff]")

_OTHERS = {
    "t": "ton 1",
    "boe": "barrel 1",
    "pound": "pound",
    "lb": "pound",
    "斤": "catty",
    "watt": "w 1",
    "w": "w 1",
    "瓦": "w 1",
    "10股": "share 10",
}
_UNIT = either([*MEASURES, *COUNTS, *_OTHERS, "head", "person", "vehicle", "car", "unit"])
_PER = re.compile(rf"\s?(?:/|per\s|an?\s|每)\s?(?P<unit>{_UNIT})(?!\s(?:earlier|before|ago))")
_PER_BEFORE = re.compile(
    rf"(?:每(?P<unit>{_UNIT})|/(?P<other>{_UNIT}))[^\d，,。；;]{{0,6}}$|(?P<ten>10)股?派[^\d，,。；;]{{0,6}}$"
)

_ADJUSTED = (
    r"\bnon-?\s?(?:ifrs|gaap)\b|\badjusted\b|\bunderlying\b|非(?:ifrs|gaap|国际)|经调整|调整后|扣非|\brecurring\b"
)
_REPORTED = r"(?<!non-)(?<!non)(?<!non )\b(?:ifrs|gaap)\b|\bstatutory\b|(?<!非)(?:ifrs|gaap|国际(?:财务报告|会计)?准则)"
_SAYS_ACCOUNTING = tuple(
    "ifrs gaap adjusted underlying recurring statutory 非国际 经调整 调整后 扣非 国际财务报告 国际会计 国际准则".split()
)
_ACCOUNTING = re.compile(f"(?P<adjusted>{_ADJUSTED})|(?P<reported>{_REPORTED})")
_ACCOUNTING_BEHIND = re.compile(rf"\s(?:for|of|in|on|under)\s(?:(?:an?|the)\s)?(?:{_ACCOUNTING.pattern})")
_STEADY = re.compile(
    r"(?:\b(?:leaves?|left|held|keeps?|kept|keeping|maintain(?:s|ed|ing)?|unchanged|flat|stable|steady|(?:reiterat|confirm|reaffirm)(?:es|s|ed|ing)|remain(?:s|ed|ing)?|stays?|stayed)\b|维持|保持|持平|不变|稳定在)(?:[^,，;；。\d]|(?<!\d)20\d\d(?!\d)){0,40}$"
)
_SAYS_STEADY = re.compile(
    "leave|left|held|keep|kept|maintain|unchanged|flat|stable|steady|reiterat|confirm|reaffirm|remain|stay|维持|保持|持平|不变|稳定在"
)
_STILL = re.compile(
    r"(?:/[^\W\d]{1,8}?)?(?:[,，]\s?(?=[较与同环]))?[^,，;；。.\d]{0,12}(?:\bunchanged\b|\bflat\b|不变|持平)|[^,，;；。.\d()]{0,32}\(unchanged\b|,? (?:unchanged|flat)\b"
)


def bind_against(small: str, found: Sequence[Figure]) -> list[Against]:
    """For each figure of a text of small letters, what its change is measured against; empty where that is not said."""
    if not any(figure.kind in ("percent", "points") for figure in found):
        return [""] * len(found)
    marks = _marks(small)
    return [_against(small, figure, found, marks) if marks else "" for figure in found]


@lru_cache(maxsize=1024)
def _marks(text: str) -> tuple[tuple[int, int, Against], ...]:
    small = small_letters(text)
    found = _AGAINST[has_chinese(small)].finditer(small)
    return tuple((each.start(), each.end(), _KINDS[str(each.lastgroup).removesuffix("zh")]) for each in found)


def all_against(text: str) -> frozenset[Against]:
    """All that changes are said to be measured against in a text."""
    return frozenset(kind for *_, kind in _marks(text))


def marks_against(text: str) -> Iterator[tuple[int, int]]:
    """Where a text says so."""
    return ((start, end) for start, end, _ in _marks(text))


def _against(small: str, figure: Figure, found: Sequence[Figure], marks: Sequence[tuple[int, int, Against]]) -> Against:
    """The words beside a change: in Chinese before it (同比增长8%), in English behind it (`8% more than a year ago`)."""
    if figure.kind not in ("percent", "points"):
        return ""
    behind = next((each for each in marks if each[0] >= figure.end and not _BY.match(small, each[1])), None)
    before = next((each for each in reversed(marks) if each[1] <= figure.start), None)
    if behind and not _beside(small, figure.end, behind[0], found):
        behind = None
    if before and not _beside(small, before[1], figure.start, found):
        before = None
    chosen = (before or behind) if before and _CJK.search(small, before[0], before[1]) else (behind or before)
    return chosen[2] if chosen else ""


def _beside(small: str, low: int, high: int, found: Sequence[Figure]) -> bool:
    if high - low > _REACH or _STOP.search(small, low, high):
        return False
    return not any(each.kind != "period" and low <= each.start < high for each in found)


def per(small: str, figure: Figure) -> str:
    """What an amount is for one of (`wh 1e3` for a kWh, `ton 1`); empty for an amount as such."""
    if figure.kind not in ("money", "number", "multiple"):
        return ""
    match = _PER.match(small, figure.end) or _PER_BEFORE.search(small, max(0, figure.start - 14), figure.start)
    if match is None:
        return ""
    unit = next(each for each in match.groupdict().values() if each)
    return "share 10" if unit == "10" else _one(unit)  # 10派5.5元


def _one(unit: str) -> str:
    return " ".join(MEASURES[unit]) if unit in MEASURES else _OTHERS.get(unit, "one 1")


@lru_cache(maxsize=1024)
def pers_in(text: str) -> frozenset[str]:
    """All that something is said to be for one of in a text, as ``per`` has it."""
    return frozenset(_one(match["unit"]) for match in _PER.finditer(small_letters(text)))


def accounting(small: str, start: int, figure: Figure) -> Accounting:
    """Whether a figure is of adjusted numbers or of those by the standards: the word right behind it (`5 billion for IFRS
    profit`), else the last one of it in its clause."""
    behind = _ACCOUNTING_BEHIND.match(small, figure.end)
    if behind:
        return "adjusted" if behind["adjusted"] else "reported"
    kind: Accounting = ""
    for match in _ACCOUNTING.finditer(small, start, figure.start):
        kind = "adjusted" if match.lastgroup == "adjusted" else "reported"
    return kind


@lru_cache(maxsize=2048)
def _may_be_steady(small: str) -> bool:
    return _SAYS_STEADY.search(small) is not None


def steady(small: str, start: int, figure: Figure) -> bool:
    """Whether a figure is said to stay what it was: `flat at 1.21%`, 维持在 21 元."""
    return _may_be_steady(small) and bool(
        _STEADY.search(small, max(start, figure.start - 48), figure.start) or _STILL.match(small, figure.end)
    )


@lru_cache(maxsize=2048)
def names_accounting(small: str) -> bool:
    """Whether a text says adjusted or reported at all."""
    return any(map(small.__contains__, _SAYS_ACCOUNTING))
