"""Where sentences end, in English and Chinese: spans into the text, so that a quote stays a slice of its report."""

from __future__ import annotations

import re

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CLOSERS = "\"'”’»)\\]\uff09】》〉」』*"
_STOP = re.compile(
    rf"(?P<stop>[.!?;…。\uff01\uff1f\uff1b\uff0e]+)(?P<close>[{_CLOSERS}]*(?:\s?(?:\[[A-Z]?\d{{1,3}}\])+)?)"
    r"|(?P<break>\n[^\S\n]*(?:\n\s*|(?=[-*•●|#])))"
)
_CHINESE_STOPS = frozenset("。\uff01\uff1f\uff1b\uff0e")  # 。 and the full-width ! ? ; .
_IS_CJK = re.compile(rf"[{_CJK}]")
_WIDE = f"{_CJK}\u3000-\u303f\uff00-\uffef"
_SEAM = re.compile(rf"(?<=[{_WIDE}])[^\S\n]*\n\s*(?=[{_WIDE}])")  # Chinese that is broken over two lines


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A stop after these never ends a sentence, whatever follows.
_BEFORE_A_NAME = _words(
    """mr mrs ms dr prof st sen gen gov hon messrs e.g i.e eg ie vs v cf viz approx est fig figs eq ref ca resp incl
    excl nos vol pp p ch sec dept"""
)
# These may stand at the end of a sentence; a new one is seen only when a word that opens sentences follows.
_MAY_END = _words(
    """inc corp ltd co plc llc bros cos intl int'l etc al jr sr ph.d
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun"""
)
_OPENERS = _words(
    """the a an this that these those it its in on at for from with by as if when while although though however but and
    we our they their he she his her there here after before since until during under over also both each all most many
    some no not meanwhile moreover furthermore additionally overall finally because given despite among to"""
)
_WORD_BEFORE = re.compile(r"(?<![^\W_])[^\W\d_](?:[^\W_]|[.'’&](?=[^\W_]))*$")
_INITIALS = re.compile(r"[A-Za-z](?:\.[A-Za-z])*")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"\s*[-*•]?\s*\(?\d{1,2}$")
_NUMBER_NAMED = re.compile(r"No\.\s?\d")  # in a name: `Foo Inc. No. 5`
_NEAR = 24


def sentences(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the sentences of ``text``: in order, without outer white space, covering all the rest.

    ``start``: where to begin, the end of a sentence.

    A sentence keeps its stop, the quotes or brackets that close after it, and citation marks that follow (``.[5]``). A
    stop inside a number (``2,244.00``), an abbreviation (``U.S.``, ``No. 5``) or a list number (``1. Demand``) ends
    nothing; a blank line, or a bullet on a new line, does. Chinese ``；`` ends a clause that is cited like a sentence.
    Time is linear in the length of the text.
    """
    spans: list[tuple[int, int]] = []
    for match in _STOP.finditer(text, start):
        if match["break"] is not None or _ends(text, start, match):
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, start, len(text))
    return spans


def one_line(text: str) -> str:
    """A text as one line: a line's end becomes a space, and nothing at all between two Chinese characters."""
    return " ".join(_SEAM.sub("", text).split())


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop that was found ends the sentence that begins at ``start``."""
    stop, at = match["stop"], match.start()
    after = text[match.end() : match.end() + _NEAR]
    following = after.lstrip()
    if stop == "\uff0e" and text[at - 1 : at].isdigit() and after[:1].isdigit():
        return False  # １２．５
    if not following or not _CHINESE_STOPS.isdisjoint(stop):
        return True
    if stop[0] == ";":
        return bool(_IS_CJK.match(following) or _IS_CJK.match(text[at - 1 : at]))
    if len(stop) > 1 or stop in "…!?":
        return (after[0].isspace() and not following[0].islower()) or (stop in "!?" and bool(_IS_CJK.match(after)))
    before = text[max(start, at - _NEAR) : at]
    if at - start <= _NEAR and _NUMBERED.fullmatch(before):
        return False
    if not after[0].isspace():  # `2.5`, `site.com` and `e.g.,` go on; `5%.公司` is two sentences
        return bool(_IS_CJK.match(after))
    if following[0].islower():
        return False
    word = _WORD_BEFORE.search(before)
    return word is None or not _is_abbreviation(word[0], following)


def _is_abbreviation(word: str, following: str) -> bool:
    plain = word.lower()
    if plain in ("no", "rs"):  # `No. 5`, `Rs. 4,500`
        return following[0].isdigit()
    if plain in _BEFORE_A_NAME:
        return True
    if plain not in _MAY_END and not (_INITIALS.fullmatch(word) and (len(word) > 1 or word.isupper())):
        return False
    opener = _WORD_AFTER.match(following)
    if opener is None or opener[0].lower() not in _OPENERS:
        return True
    return bool(_NUMBER_NAMED.match(following))
