"""Whether a quote stands in a text: the matching rule.

Width, case, white space and the shapes of quotation marks and dashes are folded; then the match is exact, and comes back
as characters of the original text. A match may not begin or end inside a number: ``2.3%`` is not in ``12.3%``, ``1234``
not in ``12 34``. A leading minus and accounting brackets belong to the number: ``5%`` is not in ``-5%``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rag.language.analysis import CJK

_SAME = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}
)
_CJK = re.compile(rf"[{CJK}]")
_MINUS_BEFORE = re.compile(r"(?:^|[\s(（:：,，;；/]|[^\x00-\x7f])[-+]\s?$")
_CJK_GAP = re.compile(rf"(?<=[{CJK}]) (?=[{CJK}])")
_WORD = re.compile(r"[a-z]")


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Characters ``(start, end)`` of ``text`` where ``quote`` stands by the matching rule; None where it does not."""
    wanted, body = _folded(quote.strip()), _folded(text)
    if not wanted:
        return None
    at = body.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _whole(body, at, end):
            if len(body) == len(text) and text.isascii():
                return at, end
            offsets = _offsets(text)
            return offsets[at], offsets[end - 1] + 1
        at = body.find(wanted, at + 1)
    return None


def _whole(body: str, start: int, end: int) -> bool:
    """Whether a match begins and ends between words and numbers."""
    first, last = body[start], body[end - 1]
    if first.isdigit() and _inside_number(body, start):
        return False
    if last.isdigit() and (body[end : end + 1].isdigit() or re.match(r"[.,]\d", body[end : end + 2])):
        return False
    if _WORD.match(first) and start and _WORD.match(body[start - 1]):
        return False
    if _WORD.match(last) and _WORD.match(body[end : end + 1]):
        return False
    bracketed = body[start - 1 : start] == "(" and body[end : end + 1] == ")"
    return not (bracketed and re.fullmatch(r"[$€£¥]?[\d.,]*[.,]\d+", body[start:end]))


def _inside_number(body: str, start: int) -> bool:
    """Whether the digit at ``start`` goes on a number, or has a minus before it that belongs to it."""
    before = body[max(0, start - 3) : start]
    return bool(re.search(r"\d[.,]?$", before) and not re.search(r"\d[.,]\s$", before)) or bool(
        _MINUS_BEFORE.search(before)
    )


class _Folds(dict[int, str]):
    """For each character, what it is compared as: sometimes several, never none. Filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).lower().translate(_SAME) or " "
        self[code] = folded
        return folded


_FOLDS = _Folds()


@lru_cache(maxsize=2048)
def _folded(text: str) -> str:
    """The text as it is compared. Runs of white space become one space; between two Chinese characters they vanish."""
    plain = text.translate(_SAME)
    ascii_only = plain.isascii()
    plain = plain.lower() if ascii_only else text.translate(_FOLDS)
    end = " " if plain[-1:].isspace() else ""
    joined = " ".join(plain.split())
    joined = joined + end if joined else ""
    return joined if ascii_only else _CJK_GAP.sub("", joined)


@lru_cache(maxsize=1024)
def _offsets(text: str) -> tuple[int, ...]:
    """For each character of the text as it is compared, the offset of the original one."""
    last = ""
    offsets: list[int] = []
    before = ""  # the character before the last one
    for offset, char in enumerate(text):
        for folded in _FOLDS[ord(char)]:
            if folded.isspace():
                if not last or last == " ":
                    continue
                folded = " "
            elif last == " " and _CJK.match(folded) and _CJK.match(before):
                offsets.pop()
                last = ""
            before, last = (last or before), folded
            offsets.append(offset)
    return tuple(offsets)
