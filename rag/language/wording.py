"""What the engine says to a person, in Chinese: one table of forms in both languages, ``rag/wording.tsv``.

Messages are made in English where something goes wrong: they pass through worker processes, are stored with a report
and stand in logs. A message is told in Chinese from its form: the text with what varies taken out. A test reads every
message that the engine can raise and fails where the table has no form for it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "wording.tsv"
_GAP = re.compile(r"\{(\w)\}")
_NUMBERS = "nm"
"""Gaps that hold nothing but numbers, so that no file's name is taken for a phrase."""
Form = tuple[tuple[str, ...], str, str]
"""The words of a form that do not vary, the form in English, and in Chinese."""


def in_chinese(message: str) -> str:
    """The message in Chinese, what varies in it kept; a message of no known form stays as it is."""
    for own, english, chinese in _forms():
        if all(map(message.__contains__, own)) and (match := _pattern(english).fullmatch(message)):
            return _GAP.sub(lambda gap: in_chinese(match[gap[1]]), chinese).strip()
    return message


@lru_cache(maxsize=1)
def _forms() -> tuple[Form, ...]:
    """Every form, those with more of their own words first: of two that fit, the one that says more is meant."""
    lines = [line for line in _FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [line.split("\t") for line in lines]
    pairs.sort(key=lambda pair: -len(_GAP.sub("", pair[0])))
    return tuple((tuple(_GAP.split(english)[::2]), english, chinese) for english, chinese in pairs)


@lru_cache(maxsize=512)  # one is made when it may fit: to make them all takes far longer than to check an answer
def _pattern(english: str) -> re.Pattern[str]:
    parts = _GAP.split(english)
    written = (
        (rf"(?P<{part}>[\d,. –-]+)" if part in _NUMBERS else f"(?P<{part}>.+?)") if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    )
    return re.compile("".join(written), re.DOTALL)
