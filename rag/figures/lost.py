"""Chinese text whose points and percent signs were lost on the way, each to a space: ``收入277 60亿元 同比增长0 80  ``.

Some text layers of PDFs hold no character for them. What stood there is told again by its surroundings, character for
character, so that places stay what they were: for the check alone, a passage is shown as it is.
"""

from __future__ import annotations

import re

_LEAST = 3  # numbers cut by a space from which a text counts as one that lost its points
_CUT = re.compile(r"(?<=\d) (?=\d)")
_RUN = re.compile(r"(?<![\d.QH])\d{1,4}(?: {1,2}\d{1,4})+(?!\d)")
_GAP = re.compile(r" {1,2}")
# `同比增长9 和6`, `增速5 ，`: a change without its percent sign, in a text that may have no points to lose.
_BARE_RATE = re.compile(
    r"(?:增[长速]|下[降滑跌]|上[升涨]|占比|率)[至为约]?\d{1,3} (?=[^\d成万亿元个倍台年月日A-Za-z]|$)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPACE_BEHIND = re.compile(r"\d ")
_YEARS = re.compile(r"(?<=20\d\d年) (?=20\d\d年)")
_PERIOD_BEHIND = re.compile(r"\s?(?:年|月|Q|H|季)")
_RATE = re.compile(
    r"(?<![\d.])(\d{1,4}(?:\.\d{1,4})?(?:/\d{1,4}(?:\.\d{1,4})?)*) (?=[^\d成万亿元个倍台年月日A-Za-z]|$)"
)
_RATED = re.compile(r"[\u4e00-\u9fff%Yy]\s{0,2}$")


def restored(text: str) -> str:
    """The text with its points and percent signs, of the same length; as it is where it has lost none."""
    if text.isascii() or "%" in text or "|" in text or re.search(r"\d\.\d", text):
        return text
    if len(_CUT.findall(text)) < _LEAST and len(_BARE_RATE.findall(text)) < _LEAST:
        return text
    text = _YEARS.sub("-", _RUN.sub(_run, text))
    return _RATE.sub(_rate, text)


def copies_lost(sentence: str) -> bool:
    """Whether a sentence may be a copy from a text that lost its points, with the spaces in their place."""
    return not sentence.isascii() and "%" not in sentence and _SPACE_BEHIND.search(sentence) is not None


def _run(match: re.Match[str]) -> str:
    """Numbers with spaces between: pairs of a whole and its fraction, years of a range, or a list of whole numbers."""
    shown, parts, gaps = match[0], re.split(r" {1,2}", match[0]), _GAP.findall(match[0])
    if _PERIOD_BEHIND.match(match.string, match.end()) and len(parts) == 2 and len(gaps[0]) == 1:
        return shown.replace(" ", "-")  # 20 22年
    if _YEAR.fullmatch(parts[0]):
        years = 2 if _YEAR.fullmatch(parts[1]) else 1
        head = shown[: _end(parts, gaps, years)]
        rest = shown[len(head) :]
        return head.replace(" ", "-", 1) + (_RUN.sub(_run, rest) if rest else "")
    out = []
    for piece in re.split(r"( {2})", shown):  # a percent sign and what stood behind it
        numbers = piece.split(" ")
        if piece == "  ":
            out.append("% ")
        elif len(numbers) == 2 and len(numbers[1]) == 3:
            out.append(",".join(numbers))  # 2 165万股
        elif len(numbers) == 2 and len(numbers[1]) == 4 and len(numbers[0]) < 3:
            out.append(".".join(numbers))  # 占总股本的1 9997
        elif len(numbers) % 2 == 0 and all(len(each) <= 2 for each in numbers[1::2]):
            out.append("/".join(f"{a}.{b}" for a, b in zip(numbers[::2], numbers[1::2], strict=True)))
        else:
            out.append("/".join(numbers))
    return "".join(out)


def _end(parts: list[str], gaps: list[str], count: int) -> int:
    """Where the first ``count`` parts end, with the gap behind them."""
    return sum(map(len, parts[:count])) + sum(map(len, gaps[:count]))


def _rate(match: re.Match[str]) -> str:
    """A number behind a word of change or of a rate, with a space where its percent sign was."""
    before = match.string[max(0, match.start() - 4) : match.start()]
    if _YEAR.fullmatch(match[1]) or not _RATED.search(before):
        return match[0]
    return f"{match[1]}%"
