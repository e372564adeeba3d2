"""Shares and multiples that a question says in words, as reports print them: `two fifths` is 40%, `tenfold` 10 times."""

from __future__ import annotations

import re

from rag.language import analysis
from rag.question.concepts import Asked

_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_FOLD = {"twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10, "hundredfold": 100}
_TENS_ZH = "一二三四五六七八九"
_SAID = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_COUNT)})[ -])?(?P<part>half|thirds?|quarters?|fifths?|tenths?)(?= of\b)"
    rf"|\b(?P<fold>{'|'.join(_FOLD)})\b|(?P<tens>[{_TENS_ZH}])成(?P<half>半)?"
    rf"|(?P<whole>半数|过半|一半)|(?P<doubled>翻了?一?番|翻倍)",
    re.IGNORECASE,
)
# `the second half of July`, `the first three quarters of 2025`: a time.
_BEFORE_TIME = re.compile(r"\b(?:first|second|1st|2nd|last|latter|past|next|other|this)[\s-]+$", re.IGNORECASE)
_TIME = re.compile(
    r"\s+of\s+(?:the\s+)?(?:year|month|week|fiscal|financial|fy|(?:19|20)\d\d|(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber)\b",
    re.IGNORECASE,
)
WEIGHT = 0.6


def spoken_numbers(question: str) -> list[tuple[int, int, Asked]]:
    """Where a share or a multiple stands in words, and the piece that it is, with the figures that say the same."""
    found = []
    for match in _SAID.finditer(question):
        if _BEFORE_TIME.search(question, 0, match.start()) or _TIME.match(question, match.end()):
            continue
        figures = _figures(match)
        if figures:
            forms = tuple(tuple(analysis.terms(text)) for text in (match[0], *figures))
            found.append((*match.span(), Asked(match[0], "word", forms, WEIGHT)))
    return found


def _figures(match: re.Match[str]) -> tuple[str, ...]:
    if match["fold"]:
        times = _FOLD[match["fold"].lower()]
        return f"{times} times", f"{times}x", f"{times}倍"
    if match["tens"]:
        return (f"{10 * (_TENS_ZH.index(match['tens']) + 1) + 5 * bool(match['half'])}%",)
    if match["whole"]:
        return "50%", "half"
    if match["doubled"]:
        return "100%", "2倍", "doubled", "翻番", "翻倍"
    part = match["part"].lower()
    if match["count"] is None and part != "half":
        return ()  # `the first quarter of 2024` is a time
    share = 100 * _COUNT[(match["count"] or "a").lower()] / _PARTS[part.removesuffix("s")]
    return tuple(dict.fromkeys((f"{int(share)}%", f"{round(share)}%"))) if share < 100 else ()
