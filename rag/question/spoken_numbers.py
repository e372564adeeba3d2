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
    rf"|\b(?P<fold>{'|'.join(_FOLD)})\b|(?P<tens>[{_TENS_ZH}])成",
    re.IGNORECASE,
)
WEIGHT = 0.6


def spoken_numbers(question: str) -> list[tuple[int, int, Asked]]:
    """Where a share or a multiple stands in words, and the piece that it is, with the figures that say the same."""
    found = []
    for match in _SAID.finditer(question):
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
        return (f"{10 * (_TENS_ZH.index(match['tens']) + 1)}%",)
    part = match["part"].lower()
    if match["count"] is None and part != "half":
        return ()  # `the first quarter of 2024` is a time
    share = 100 * _COUNT[(match["count"] or "a").lower()] / _PARTS[part.removesuffix("s")]
    return tuple(dict.fromkeys((f"{int(share)}%", f"{round(share)}%"))) if share < 100 else ()
