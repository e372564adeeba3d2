"""Whether a quote stands in a text: the matching rule.

Width, case, white space and the shapes of quotation marks and dashes are folded; then the match is exact, and comes back
as characters of the original text. A match may not begin or end inside a number: ``2.3%`` is not in ``12.3%``, ``1234``
not in ``12 34``. A leading minus and accounting brackets belong to the number: ``5%`` is not in ``-5%``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rag.analysis import CJK

_SAME = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}
)
_CJK = re.compile(rf"[{CJK}]")
_MINUS_BEFORE = re.compile(r"(?:^|[\s(（:：,，;；/]|[^\x00-\x7f])[-+]\s?$")
_WORD = re.compile(r"[a-z]")
_SPACES = re.compile(r"[^\S ]|  |^ ")
_RUN = re.compile(r"\S+|\s+")


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Characters ``(start, end)`` of ``text`` where ``quote`` stands by the matching rule; None where it does not."""
    wanted, _ = _folded(quote.strip())
    body, offsets = _folded(text)
    if not wanted:
        return None
    at = body.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _whole(body, at, end):
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


@lru_cache(maxsize=8192)
def _char(char: str) -> str:
    """One character as it is compared: sometimes several, never none."""
    return unicodedata.normalize("NFKC", char).lower().translate(_SAME) or " "


@lru_cache(maxsize=2048)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as it is compared, and for each of its characters the offset of the original one.

    Runs of white space become one space; between two Chinese characters they vanish.
    """
    plain = text.translate(_SAME)
    if plain.isascii():
        return _folded_ascii(plain.lower())
    out: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        for folded in _char(char):
            if folded.isspace():
                if out and out[-1] != " ":
                    out.append(" ")
                    offsets.append(offset)
                continue
            if len(out) > 1 and out[-1] == " " and _CJK.match(folded) and _CJK.match(out[-2]):
                out.pop()
                offsets.pop()
            out.append(folded)
            offsets.append(offset)
    return "".join(out), tuple(offsets)


def _folded_ascii(text: str) -> tuple[str, tuple[int, ...]]:
    """The same for plain text of lower case, run by run."""
    if not _SPACES.search(text):
        return text, tuple(range(len(text)))
    out: list[str] = []
    offsets: list[int] = []
    for run in _RUN.finditer(text):
        if not run[0].isspace():
            out.append(run[0])
            offsets.extend(range(run.start(), run.end()))
        elif out:
            out.append(" ")
            offsets.append(run.start())
    return "".join(out), tuple(offsets)
