"""Signs that begin a statement; what tells such a dash from a minus, a range, a hyphen and a dash in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.language.analysis import CJK
from rag.language.sentences import sentences
from rag.readers.front import Line
from rag.readers.headings import all_headings, known_heading, known_suffix
from rag.readers.marks import mark_runs

ROUND = "•●◆◇▪■□◦‣○►➢✓√\uf06c\uf06e\uf075\uf0a7\uf0b7\uf0d8"  # the last are Wingdings
_DASHES = r"\-–—−"
BULLET = re.compile(rf"(?<!\S)[{_DASHES}*·+](?=\s)|[{ROUND}]|−")
FIRST_BULLET = re.compile(
    rf"\s*(?:(?:[{_DASHES}*·{ROUND}]|>)(?=\s)|[{ROUND}]|[{_DASHES}](?=[^\s\d{_DASHES}.])|\+(?=\s\D))\s*"
)
LIST_NUMBER = re.compile(
    r"\s*(?:\d{1,2}\s?[)）]|[(（]\d{1,2}[)）]|[①-⑳]|\d{1,2}[.．、](?![\d.])|\#{1,6}(?=\s)"
    r"|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])\s*(?=\S)"
)
_SIGN = re.compile(rf"(?<=\s)[-*•](?=\s+[A-Z\"“{CJK}])")
BOLD_ONLY = re.compile(r"\s*(?:\*\*|__)[^*\n]{1,150}(?:\*\*|__)\s*[:：]?\s*")
AFTER_MARK = re.compile(r"[.。．,，;；、:：!！?？…)）】」』”’]+")
SPACED_HEAD = re.compile(rf"\s*(?P<name>[{CJK}]{{2,8}})[ \u3000](?=[^\s\-–—|])")  # `需求 9月装机下降[6]。出口 9月`
# Where spaces are set around all figures and foreign words, one says nothing: `营收 35 亿元[1]`.
_SPACE_BESIDE = re.compile(rf"(?<=[{CJK}])[ \u3000](?=[A-Za-z\d])(?!\d+[.)、])|(?<=[A-Za-z\d%])[ \u3000](?=[{CJK}])")
STOPPED = re.compile(r"[.。!！?？;；:：…][\"”’)）》」]*$")
_PER_CENT = r"\s?(?:%|％|‰|pct|ppts?|pp|bps?|个?百分点)"
_NEGATIVE = re.compile(
    rf"(?!(?:19|20)\d\d\b)\d[\d.,]*(?:{_PER_CENT}|\s?[元倍亿万x])?\s*(?:[),，、;；。.\]）/至~]|$)"
    rf"|\d[\d.,]*{_PER_CENT}\s*[-–]\s",
    re.IGNORECASE,
)
_TIGHT = re.compile(r"\d-\d|[A-Za-z]-[A-Za-z]")
_SPACED = re.compile(rf"[a-z] - [a-z]|\d - \d|\d - [a-z]|[a-z{CJK}] - \d[\d.]*%[,，、;；)）。]")
_NUMBER_AT_END = re.compile(r"\d[A-Za-z%％]{0,2}$")
_CHINESE = re.compile(rf"[{CJK}]")
NEAR = 300


@dataclass(frozen=True, slots=True)
class Style:
    """Habits of one digest. ``bulleted``: bullets follow its marks. ``leading``: marks stand before their statement.

    ``hyphens``: how hyphens in words and ranges are set: "spaced" (``2016 - 2023``: then a dash between spaces may be
    one), "tight" (``2016-2023``: then it may not) or "unknown". ``width``: characters of a hard-wrapped line, else 0.
    ``spaced_heads``: a Chinese heading is parted from what follows it by nothing but a space.
    """

    bulleted: bool
    leading: bool
    hyphens: str
    width: int
    spaced_heads: bool = False


def read_style(text: str, body: list[Line]) -> Style:
    """Count what is usual in this digest."""
    runs = bullets = signs = opening = closing = marked = widest = heads = 0
    for line in body:
        widest = max(widest, line.end - line.start)
        first = FIRST_BULLET.match(text, line.start, line.end)
        bullets += first is not None
        signs += sum(1 for _ in _SIGN.finditer(text, line.start, line.end))
        begins, at = first.end() if first else line.start, -1
        for run in mark_runs(text, line.start, line.end):
            runs += 1
            opening += at < 0 and run.start == begins
            stop = AFTER_MARK.match(text, run.end, line.end)
            at = stop.end() if stop else run.end
            bullets += FIRST_BULLET.match(text, at, line.end) is not None
            heads += SPACED_HEAD.match(text, at, line.end) is not None
        marked += at >= 0
        closing += at == line.end
    begin, end = (body[0].start, body[-1].end) if body else (0, 0)
    hyphens = "tight" if _TIGHT.search(text, begin, end) else "unknown"
    if _SPACED.search(text, begin, end):
        hyphens = "spaced"
    leading = opening >= 2 and opening * 10 >= marked * 6 and closing * 10 < marked * 3
    bulleted = bullets * 10 >= runs * 3 or signs * 10 >= runs * 6
    spaces = sum(1 for _ in _SPACE_BESIDE.finditer(text, begin, end)) if heads >= 3 else 0
    return Style(bulleted, leading, hyphens, widest if widest <= 130 else 0, heads >= 3 and heads * 2 > spaces)


def is_bullet(
    text: str, at: int, match: re.Match[str], end: int, style: Style, *, opened: bool, grouped: bool = False
) -> bool:
    """Whether the sign in ``match`` begins a statement.

    ``text[at:match.start()]`` came since the last bullet or mark; ``opened``: since a mark or the start of a line, so
    that it may be a heading; ``grouped``: under a lead-in, where statements are short. ``end``: of the segment.
    """
    sign = match[0]
    left = text[max(at, match.start() - NEAR) : match.start()].strip()
    right = text[match.end() : min(end, match.end() + 80)].lstrip()
    if not right or left.endswith("|") or right.startswith("|"):
        return False
    if sign in ROUND or not left:
        return True
    if sign in "·+":
        return False
    if opened and known_heading(left):
        return True
    if not _may_begin(right) or (right[0].isdigit() and _may_be_number(left, right, style)):
        return False
    spaced = text[match.start() - 1].isspace()
    if spaced and right.startswith("**"):
        return True
    if STOPPED.search(left) and not (left.endswith(".") and _goes_on(left)):
        return spaced or sign != "−"
    if heading_tail(left, style, opened=opened and match.start() - at <= NEAR) is not None:
        return True
    return spaced and _parts_statements(left, right, sign, style, opened, grouped)


def _may_begin(right: str) -> bool:
    """Whether a statement may begin like this: a capital, a digit, a quote, a sign of money, Chinese."""
    first = right[0]
    return first.isupper() or first.isdigit() or first in "\"“‘'*(（《「【$¥€£~约<>" or bool(_CHINESE.match(first))


def _may_be_number(left: str, right: str, style: Style) -> bool:
    """Whether a dash before digits can be that of a range (``2016 - 2023``) or a minus (``- 15.1%,``)."""
    if _NUMBER_AT_END.search(left):
        return True
    return style.hyphens != "tight" and _NEGATIVE.match(right) is not None


def _goes_on(left: str) -> bool:
    """Whether the stop at the end of ``left`` belongs to an abbreviation."""
    return len(sentences(left + " A")) == len(sentences(left))


def _parts_statements(left: str, right: str, sign: str, style: Style, opened: bool, grouped: bool) -> bool:
    """Whether a sign parts two statements although the first has neither a mark nor a stop."""
    if not opened and BOLD_ONLY.fullmatch(left):
        return True
    if style.hyphens == "spaced" and sign != "*":
        return False
    if opened and style.bulleted and left[0].islower() and right[0].isupper():
        return True  # a sentence that went on after its mark, then the next bullet
    if _CHINESE.search(left[-20:]):
        least = 2 if sign == "*" else 4 if grouped else 8
        return (sign == "*" or style.hyphens == "tight") and len(left) >= least and len(right) >= min(least, 4)
    words = (2, 2) if grouped else (5, 4)
    return len(left.split()) >= words[0] and len(right.split()) >= words[1] and right[0].isupper()


@lru_cache(256)
def heading_tail(content: str, style: Style, *, opened: bool) -> int | None:
    """Where the headings begin in which ``content`` ends: 0 when it holds nothing else, None when there are none."""
    if opened and all_headings(content, loose=style.bulleted):
        return 0
    shift = max(0, len(content) - NEAR)
    spans = sentences(content[shift:])
    for begin, _ in spans[-2:]:  # the last but one where a list number ends it: `… given. Summary 1. Demand`
        tail = content[shift + begin :]
        if begin != spans[0][0] and all_headings(tail, loose=False) and (_is_sure(tail, style) or known_heading(tail)):
            return shift + begin
    return known_suffix(content)


def _is_sure(tail: str, style: Style) -> bool:
    """Whether an unlisted heading after a sentence is one: it could be the left half of ``Sino - US``."""
    if re.match(r"\d|[(（一二三四五六七八九十]|#|【|Group|分组", tail):
        return True
    if _CHINESE.search(tail):
        return style.hyphens == "tight" and len(tail) >= 4
    return style.hyphens != "spaced" and len(tail.split()) >= 2
