"""Times that share a word, each written out: `the first and third quarters of 2025` is Q1 2025 and Q3 2025.

So that every one of them is found as a period of its own, and becomes a side.
"""

from __future__ import annotations

import re
from calendar import monthrange

from rag.reports.names import SEAM

_DAYS = re.compile(
    r"\b(?P<first>\d{1,2})(?P<and>\s+(?:and|to|vs\.?|versus)\s+)(?P<second>\d{1,2}\s+(?P<month>[A-Z][a-z]{2,8})(?:\s+20\d\d)?)\b"
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH_NAMES = _MONTH.strip("(?:)").split("|")
_MONTHS = re.compile(
    rf"\b(?P<first>{_MONTH})(?P<and>\s+(?:and|to|vs\.?|versus)\s+(?:the\s+)?(?:one\s+of\s+)?)(?P<second>{_MONTH}\s+(?P<year>20\d\d))\b"
)
_ZH_MONTHS = re.compile(
    r"(?P<year>20\d\d)\s*年\s*(?P<first>\d{1,2}\s*月)(?P<and>\s*(?:份)?\s*(?:和|与|及|、|到|至)\s*)(?P<second>\d{1,2}\s*月)"
)
# Each of several quarters of a year: `in each of the first three quarters of 2025`, 2025年前三季度各.
_QUARTERS = re.compile(
    r"\b(?:each|every|all)\s+(?:of\s+)?(?:the\s+)?(?:(?:first\s+)?(?P<count>two|three|four)\s+)?quarters?\s+(?:of|in)\s+(?P<year>20\d\d)\b"
    r"|(?P<zh>20\d\d)\s*年\s*(?:前(?P<zhcount>[两三二])个?季度(?=[各每分])|(?:各|每)个?季度)",
    re.IGNORECASE,
)
# `the first three quarters of 2025, quarter by quarter`, 2025年前三季度逐季
_ONE_BY_ONE = re.compile(
    r"\b(?:quarter by quarter|by quarter|each quarter|per quarter|every quarter)\b|逐季|分季度|各季度", re.IGNORECASE
)
_FIRST_QUARTERS = re.compile(
    r"\b(?:over|in|for|during|across|through)\s+(?:the\s+)?first\s+(?P<count>two|three)\s+quarters\s+of\s+(?P<year>20\d\d)\b"
    r"|(?P<zh>20\d\d)\s*年\s*前(?P<zhcount>[两三二])个?季度",
    re.IGNORECASE,
)
# `the September 2023 quarter`: the one that ended with that month.
_OF_MONTH = re.compile(rf"\b(?P<month>{_MONTH})(?:\s+of)?\s+(?P<year>20\d\d)\s+quarter\b")
_COUNTS = {"two": 2, "three": 3, "两": 2, "二": 2, "三": 3}
_NUMBERS = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
}
_NUMBER = "(?:first|second|third|fourth)"
_JOINT = r"\s*(?:,\s*(?:and|or)?|and|or|vs\.?|versus|against|to|with)\s*(?:(?:after|at|by|for|in|of)\s+)?(?:the\s+)?"
# `the first, second and third quarters of 2025`, `the first and the second half`.
_LIST = re.compile(
    rf"\b(?P<list>{_NUMBER}(?:{_JOINT}{_NUMBER})+)\s+(?P<kind>quarter|half|halve)s?\b(?:\s+(?:of\s+)?(?:fiscal\s+)?(?P<year>20\d\d)\b)?",
    re.IGNORECASE,
)
# `Q1, Q2 and Q3 2025`; and two times that a comma would run together: `Q2 2024, Q3 2024`.
_Q_LIST = re.compile(rf"\b(?P<list>[QH][1-4](?:{_JOINT}[QH][1-4])+)\s+(?:of\s+)?(?P<year>20\d\d)\b")
_COMMA = re.compile(r"\s*,\s*(?:(?:and|or)\s+)?")
_RUN_ON = re.compile(r"(\b[QH][1-4]\s+20\d\d)\s*,\s*(?=[QH][1-4]\b)")
_MONTH_LIST = re.compile(rf"\b(?P<list>{_MONTH}(?:{_JOINT}{_MONTH}){{2,}})\s+(?P<year>20\d\d)\b")
_ZH_MONTH_LIST = re.compile(
    r"(?P<year>20\d\d)\s*年\s*(?P<list>\d{1,2}\s*月(?:[底末份])?(?:[、和与及,，]\s*\d{1,2}\s*月[底末份]?){2,})"
)
# 2025年一、二、三季度, 第一和第三季度
_ZH_LIST = re.compile(
    r"(?:(?P<year>20\d\d)\s*年\s*)?(?<![十第前后])(?P<list>第?[一二三四](?:[、和与及到至,，]\s*第?[一二三四])+)个?季度"
)


def spelled_out(text: str) -> str:
    """The text with each time of a list in its own words."""
    text = _RUN_ON.sub(r"\1 and ", SEAM.sub(" ", text))
    text = _Q_LIST.sub(lambda m: _COMMA.sub(" and ", re.sub("([QH][1-4])", rf"\1 {m['year']}", m["list"])), text)
    text = _MONTH_LIST.sub(lambda m: _each(re.findall(_MONTH, m["list"]), m["year"]), text)
    text = _ZH_MONTH_LIST.sub(
        lambda m: "、".join(f"{m['year']}年{month}" for month in re.findall(r"\d{1,2}\s*月[底末]?", m["list"])), text
    )
    text = _DAYS.sub(lambda m: f"{m['first']} {m['month']}{m['and']}{m['second']}", text)
    text = _MONTHS.sub(lambda m: f"{m['first']} {m['year']}{m['and']}{m['second']}", text)
    text = _ZH_MONTHS.sub(lambda m: f"{m['year']}年{m['first']}{m['and']}{m['year']}年{m['second']}", text)
    text = _OF_MONTH.sub(_ended, text)
    if _ONE_BY_ONE.search(text):
        text = _FIRST_QUARTERS.sub(_each_quarter, text)
    text = _LIST.sub(_listed, text)
    text = _ZH_LIST.sub(_listed_in_chinese, text)
    return _QUARTERS.sub(_each_quarter, text)


def _each(times: list[str], year: str) -> str:
    return " and ".join(f"{time} {year}" for time in times)


def _ended(match: re.Match[str]) -> str:
    month = _MONTH_NAMES.index(match["month"]) + 1
    return f"quarter ended {match['month']} {monthrange(int(match['year']), month)[1]}, {match['year']}"


def _listed(match: re.Match[str]) -> str:
    letter = "Q" if match["kind"].lower() == "quarter" else "H"
    year = f" {match['year']}" if match["year"] else ""
    named = re.sub(
        _NUMBER, lambda word: f"{letter}{_NUMBERS[word[0].lower()]}{year}", match["list"], flags=re.IGNORECASE
    )
    return _COMMA.sub(" and ", named)


def _listed_in_chinese(match: re.Match[str]) -> str:
    year = f"{match['year']}年" if match["year"] else ""
    return "、".join(f"{year}{number}季度" for number in re.findall("[一二三四]", match["list"]))


def _each_quarter(match: re.Match[str]) -> str:
    """The quarters that are meant, one by one, so that each becomes a side."""
    count = _COUNTS.get((match["count"] or match["zhcount"] or "four").lower(), 4)
    if match["zh"]:
        return "、".join(f"{match['zh']}年{number}季度" for number in "一二三四"[:count]) + "分别"
    return "each of " + " and ".join(f"Q{number} {match['year']}" for number in range(1, count + 1))
