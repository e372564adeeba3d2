"""Finding the lexicon's forms in a text: whole words of Latin script, longest match of Chinese, in linear time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.language.chinese import simplify
from rag.language.lexicon_file import concept, lines

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[^\W_{_CJK}]+")
HAS_CJK = re.compile(rf"[{_CJK}]")
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "|"}
_GAP = re.compile(r"[\s\-‐‑–/&.,'’·+]{0,3}")


@lru_cache(maxsize=50_000)
def word_key(word: str) -> str:
    """A Latin word as it is compared: folded, without accents, and without the ``s`` of a plural (``CMES`` keeps it)."""
    if not word.isascii():
        folded = unicodedata.normalize("NFKD", word)
        word = "".join(char for char in folded if not unicodedata.combining(char))
    return word.lower() if len(word) < 5 and word.isupper() else singular(word.lower())


def singular(word: str) -> str:
    """A lower-case English word without its plural ending (``policies`` -> ``policy``, ``losses`` -> ``loss``)."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sui":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@dataclass(frozen=True, slots=True)
class Tables:
    """Where forms stand in the file. ``latin``: compared words joined by spaces -> entries; ``latin_heads``: first word
    -> the lengths of the forms in words, longest first; ``latin_pairs``: the first two words of the forms that have so many; ``chinese``: form -> entries; ``chinese_heads``: first two characters -> longest form in
    characters; ``tickers``: normal form -> entry."""

    latin: dict[str, tuple[int, ...]]
    latin_heads: dict[str, tuple[int, ...]]
    latin_pairs: set[str]
    chinese: dict[str, tuple[int, ...]]
    chinese_heads: dict[str, int]
    tickers: dict[str, int]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables of the whole file, made once; the file's Chinese is simplified and its tickers normal already."""
    made = Tables({}, {}, set(), {}, {}, {})
    for index, line in enumerate(lines()):
        _, english, chinese, tickers, _ = line.split("\t", 4)
        if english != "-":
            _file_latin(made, english, index)
        if chinese != "-":
            _file_chinese(made, chinese.lower(), index)
        if tickers != "-":
            for ticker in tickers.split("|"):
                made.tickers.setdefault(ticker, index)
    return made


def _file_latin(made: Tables, column: str, index: int) -> None:
    latin, heads = made.latin, made.latin_heads
    plain = column.replace("'s", "").translate(_SPACED) if column.isascii() else None
    for form in (plain or column).split("|"):
        keys = [word_key(word) for word in form.split()] if plain else latin_keys(form)
        key = " ".join(keys)
        latin[key] = (*latin[key], index) if key in latin else (index,)
        known = heads.get(keys[0], ())
        if len(keys) not in known:
            heads[keys[0]] = tuple(sorted((*known, len(keys)), reverse=True))
        if len(keys) > 1:
            made.latin_pairs.add(f"{keys[0]} {keys[1]}")


def _file_chinese(made: Tables, column: str, index: int) -> None:
    chinese, heads = made.chinese, made.chinese_heads
    for form in column.split("|"):
        chinese[form] = (*chinese[form], index) if form in chinese else (index,)
        if len(form) > heads.get(form[:2], 0):
            heads[form[:2]] = len(form)


def latin_keys(form: str) -> list[str]:
    """The compared words of a Latin form; the ``s`` of a possessive is not one of them."""
    if form.isascii():
        return [word_key(word) for word in form.replace("'s", "").translate(_SPACED).split()]
    return [word_key(match[0]) for match in _WORD.finditer(form) if not _possessive(form, match)]


def _possessive(text: str, match: re.Match[str]) -> bool:
    return match[0] in ("s", "S") and match.start() > 0 and text[match.start() - 1] in "'’"


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found at ``text[start:end]``; ``index``: the entry's place in the file."""

    start: int
    end: int
    index: int
    form: str


def _latin_hits(text: str) -> Iterator[list[Hit]]:
    """Matches at each word, longest first, that do not overlap; entries sharing a form come together."""
    words = list(_WORD.finditer(text))
    keys = [word_key(match[0]) for match in words]
    if "s" in keys:
        words = [match for match in words if not _possessive(text, match)]
        keys = [word_key(match[0]) for match in words]
    heads, reached = tables().latin_heads, 0
    for position in [place for place, key in enumerate(keys) if key in heads]:
        if position >= reached and (found := _longest_latin(text, words, keys, position)):
            reached = position + found[0]
            yield found[1]


def _longest_latin(
    text: str, words: list[re.Match[str]], keys: list[str], position: int
) -> tuple[int, list[Hit]] | None:
    known = tables()
    lengths = known.latin_heads[keys[position]]
    if lengths[0] > 1 and " ".join(keys[position : position + 2]) not in known.latin_pairs:
        lengths = lengths[-1:] if lengths[-1] == 1 else ()  # of several words it is none
    for count in lengths:
        key = " ".join(keys[position : position + count]) if count > 1 else keys[position]
        if key not in known.latin or position + count > len(words):
            continue
        if count > 1 and not _joined(text, words[position : position + count]):
            continue
        start, end = words[position].start(), words[position + count - 1].end()
        if written := _written(text[start:end], key, count):
            return count, [Hit(start, end, index, form) for index, form in written]
    return None


def _joined(text: str, words: list[re.Match[str]]) -> bool:
    """Whether words stand together: nothing but spaces and joining marks between them, and no end of a sentence."""
    for left, right in pairwise(words):
        gap = text[left.end() : right.start()]
        gap = gap[2:] if gap[:2] in ("'s", "’s") else gap
        if not _GAP.fullmatch(gap) or (gap[:1] == "." and gap[1:2].isspace() and len(left[0]) > 4):
            return False
    return True


@lru_cache(maxsize=20_000)
def _written(surface: str, key: str, count: int) -> tuple[tuple[int, str], ...]:
    """The entries that a match stands for, each with its form; those whose case has to fit and does not are none of them."""
    found = []
    for index in tables().latin[key]:
        flags = concept(index).flags
        strict = "exact" in flags or ("case" in flags and count == 1)
        forms = _forms_of(index, key)
        if form := next((form for form in forms if not strict or surface.startswith(form.rstrip("."))), None):
            found.append((index, form))
    return tuple(found)


@lru_cache(maxsize=4096)
def _forms_of(index: int, key: str) -> tuple[str, ...]:
    """The forms of an entry whose compared words are these."""
    return tuple(form for form in concept(index).english if " ".join(latin_keys(form)) == key)


def _chinese_hits(text: str) -> Iterator[list[Hit]]:
    known = tables()
    folded = simplify(text).lower()
    if len(folded) != len(text):  # a capital whose lower case is longer; such letters stand in no form
        folded = simplify(text)
    heads, reached = known.chinese_heads, 0
    for start in [place for place in range(len(folded) - 1) if folded[place : place + 2] in heads]:
        longest = heads[folded[start : start + 2]] if start >= reached else 0
        for length in range(min(longest, len(folded) - start), 1, -1):
            form = folded[start : start + length]
            entries = known.chinese.get(form)
            if entries and _chinese_bounds(folded, start, start + length):
                yield [Hit(start, start + length, index, form) for index in entries]
                reached = start + length
                break


_ASKED_OF = frozenset("大小高长远久少")
_NUMERALS = frozenset("〇零一二三四五六七八九")


def _chinese_bounds(text: str, start: int, end: int) -> bool:
    """A form that begins or ends in Latin letters or digits (``A股``, ``5G``) must not cut a longer word there.

    Nor may one that begins or ends in a Chinese numeral cut a number: 三一 is no company in 二零三一年; nor one that
    begins in what is asked with 多 cut the question: 大金 is none in 多大金额.
    """
    if (start and text[start] in _NUMERALS and text[start - 1] in _NUMERALS) or (
        end < len(text) and text[end - 1] in _NUMERALS and text[end] in _NUMERALS
    ):
        return False
    if start and text[start - 1] == "多" and text[start] in _ASKED_OF:
        return False
    before = start > 0 and text[start].isascii() and text[start - 1].isascii() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isascii() and text[end].isascii() and text[end].isalnum()
    return not (before or after)


@lru_cache(maxsize=1024)
def hits_in(text: str) -> tuple[list[Hit], ...]:
    """All matches in order; where a Chinese match and a Latin one overlap, the longer stays."""
    found = list(_latin_hits(text))
    if HAS_CJK.search(text):
        found.extend(_chinese_hits(text))
    found.sort(key=lambda hits: (hits[0].start, -hits[0].end))
    kept: list[list[Hit]] = []
    for hits in found:
        if kept and hits[0].start < kept[-1][0].end:
            if hits[0].end - hits[0].start > kept[-1][0].end - kept[-1][0].start:
                kept[-1] = hits
            continue
        kept.append(hits)
    return tuple(kept)
