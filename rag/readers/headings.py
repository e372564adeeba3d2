"""What a heading looks like in a digest, how it is told from a statement beside it, and how several are parted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.language.analysis import CJK
from rag.language.sentences import sentences
from rag.readers.phrases import CONTAINERS, OPENERS, OTHERS, pattern

_CONTAINER = pattern(CONTAINERS)
_OPENER = pattern(OPENERS)
_KNOWN = pattern(CONTAINERS, OPENERS, OTHERS)
_MARKER = re.compile(
    r"(?:(?<=\s)|^)(?:"
    r"(?P<md>\#{1,6})(?=\s)"
    r"|(?P<num>\d{1,2})\s?[.．、](?![\d.])"
    r"|(?P<par>[(（]?\d{1,2}[)）])"
    r"|(?P<group>(?:Group|Part|Section|Chapter)\s?\d{1,2}(?:\s?[:：.]|(?=\s*$))"
    r"|(?:分组|组别?|部分|章节)\s?\d{1,2}(?:\s?[:：]|(?=\s*$)))"
    r"|(?P<zh>[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:章|部分|节)[、:： ]?)"
    r"|(?P<sub>[(（][一二三四五六七八九十]{1,3}[)）])"
    r"|(?P<box>【(?=[^】\n]{0,20}[^\d\s】])[^】\n]{2,21}】)"
    r")"
)
_COLON = re.compile(r"\s*[:：]\s*(?=[^\s,，.。;；、])")
_SPACE = re.compile(r"\s+(?=[^\sa-z,，.。;；、:：)）])")
_NO_MORE = re.compile(r"[\s:：*_]*$|\s+[^\sa-z&]")
_SURE = frozenset({"group", "zh", "sub", "box", "md"})
# What a digest says where the report says nothing, before a heading: no mark and often no stop follows it.
_NOTHING = re.compile(rf"(?:N/A|None|(?:No|Not)(?: [a-z]+)+)\s+(?=[A-Z])|(?:暂无|没有|无|未)[{CJK}]{{0,10}}\s+(?=\S+$)")
_SMALL = frozenset(
    """a an and as at by for from in into is its of on or over per the to under up via vs vs. with without amid between
    against after before during among toward towards across through about & + - – — / |""".split()
)
_STARTERS = frozenset("The A An No In On It This These That There As For With While Although Despite".split())
_CHINESE = re.compile(rf"[{CJK}]")
_TWO_CHINESE = re.compile(rf"(\S*[{CJK}])\s+(?=[{CJK}])")
_STOPPED = re.compile(r"[.!?;。\uff01\uff1f\uff1b]\s*$")
_INNER_STOP = re.compile(r"[。!?;\uff01\uff1f\uff1b]")
_TRIM = re.compile(r"^[\s#*_>【]+|[\s#*_:：\-–—|】]+$")
_WORD = re.compile(r"\S+")
_LONGEST = 160
# What a heading adds behind a name: `Nordhaven (Overweight; target SEK 168, from SEK 155)`.
_ASIDE = re.compile(r"(?<=\S)\s*[(\uff08][^()\uff08\uff09]*[)\uff09]$")


def clean_heading(text: str) -> str:
    """A heading as it is shown: one line, without ``#``, ``**``, ``【】`` or a closing colon."""
    return " ".join(_TRIM.sub("", text).split())


@lru_cache(4096)
def known_heading(text: str) -> bool:
    """Whether the whole of ``text`` is a listed heading, numbered or not."""
    if len(text) > _LONGEST:
        return False
    plain = clean_heading(text)
    marker = _MARKER.match(plain)
    rest = plain[marker.end() :].strip() if marker else plain
    return _KNOWN.fullmatch(rest) is not None or (marker is not None and marker["group"] is not None and not rest)


def known_prefix(text: str) -> int:
    """Length of the headings with which ``text`` begins, up to what follows them; 0 where a sentence only looks so.

    ``Investment Rating No rating …`` -> 18; ``Core Views on demand …`` -> 0.
    """
    at = 0
    while True:
        marker = _MARKER.match(text, at)
        begin = marker.end() if marker else at
        if marker and marker["box"]:
            at = begin
            continue
        while marker and begin < len(text) and text[begin].isspace():
            begin += 1
        match = _KNOWN.match(text, begin)
        step = match and (_COLON.match(text, match.end()) or _SPACE.match(text, match.end()))
        if not step:
            return at
        at = step.end()


def titled_prefix(text: str) -> int:
    """Length of a capitalised phrase before the word that opens a sentence: ``Market Overview The market …`` -> 16."""
    for count, match in enumerate(_WORD.finditer(text[:_LONGEST])):
        word = match[0]
        if count >= 2 and word in _STARTERS and re.match(r"\s+[^\sA-Z]", text[match.end() :]):
            return match.start()
        if count == 8 or word[-1] in ".,;:!?" or not (word[0].isupper() or (count and word in _SMALL)):
            return 0
    return 0


def known_suffix(text: str) -> int | None:
    """Where listed headings begin that ``text`` ends in, after an unmarked statement without a stop; None if nowhere.

    ``Not mentioned Core Insights`` -> 14.
    """
    near = max(0, len(text) - 120)
    for space in re.finditer(r"\s+(?=\S)", text[near:]):
        at = near + space.end()
        marker = _MARKER.match(text, at)
        begin = marker.end() if marker else at
        listed = _CONTAINER.match(text, begin) or _OPENER.match(text, begin)
        if (listed or (marker and marker.lastgroup in _SURE)) and all_headings(text[at:], loose=False):
            return at
    nothing = _NOTHING.match(text)
    if nothing and all_headings(text[nothing.end() :], loose=False):
        return nothing.end()
    return None


@lru_cache(4096)
def is_heading(text: str, *, loose: bool) -> bool:
    """Whether ``text``, standing where a heading may stand, reads as one.

    ``loose``: the place itself speaks for a heading (between a mark and a bullet), so a short phrase in sentence case
    will do; otherwise it must be numbered, listed, or capitalised throughout.
    """
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or not any(char.isalpha() for char in plain):
        return False
    marker = _MARKER.match(plain)
    if marker and marker["par"] and (len(plain) > 60 or re.search("[,，]", plain)):
        return False
    if marker or known_heading(plain):
        return not _says_more(plain[4:]) and not plain.endswith(("。", "."))
    body = plain.rstrip(":： ").strip("*_ ")
    body = _ASIDE.sub("", body) if loose else body
    if not body or _STOPPED.search(body) or _says_more(body) or "|" in body:
        return False
    if _CHINESE.search(body):
        return len(body) <= (30 if loose else 24) and (loose or re.search(r"[，,%％]", body) is None)
    return _english_heading(body, loose)


def _says_more(body: str) -> bool:
    """Whether a sentence ends inside, other than with an abbreviation."""
    return _INNER_STOP.search(body) is not None or (". " in body and len(sentences(body)) > 1)


def _english_heading(body: str, loose: bool) -> bool:
    words = body.split()
    if not words[0].lstrip("\"“'([")[:1].isupper() and not words[0][:1].isdigit():
        return False
    if len(words) > 14:
        return False
    if all(word in _SMALL or not word.lstrip("\"“'([")[:1].islower() or word != word.lower() for word in words):
        return True
    return loose and len(words) <= 6 and "," not in body


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: ``start``/``end`` in the text it was found in; ``style``: how it is written, as in ``Outline``."""

    start: int
    end: int
    style: str


def all_headings(text: str, *, loose: bool) -> bool:
    """Whether ``text`` is nothing but headings, one after another."""
    parts = split_headings(text)
    return bool(parts) and all(is_heading(text[part.start : part.end], loose=loose) for part in parts)


def split_headings(text: str) -> list[Heading]:
    """The headings that stand one after another in ``text``: ``Summary by Sections 1. Demand`` -> two."""
    edges = [0]
    for match in _MARKER.finditer(text):
        before = text[edges[-1] : match.start()]
        inside = before.count("(") + before.count("\uff08") > before.count(")") + before.count("\uff09")
        if before.strip("# ") and not inside:  # `### 1. Demand` is one heading, `target EUR 36)` no number of one
            edges.append(match.start())
    edges.append(len(text))
    return [
        part
        for begin, end in pairwise(edges)
        for part in _parts(text, begin, end)
        if text[part.start : part.end].strip()
    ]


def _parts(text: str, begin: int, end: int) -> Iterator[Heading]:
    marker = _MARKER.match(text, begin, end)
    if marker and marker["box"] and text[marker.end() : end].strip():
        yield Heading(begin, marker.end(), "box")
        yield from _parts(text, marker.end(), end)
        return
    if marker:
        yield Heading(begin, end, str(marker.lastgroup) + (str(len(marker["md"])) if marker["md"] else ""))
        return
    at = begin
    while at < end and (text[at].isspace() or text[at] in "*_"):
        at += 1
    container = _CONTAINER.match(text, at, end)
    match = container or _OPENER.match(text, at, end)
    if match is None or not _NO_MORE.match(text[match.end() : end]):
        yield from _unlisted(text, begin, end)
        return
    rest = match.end() if text[match.end() : end].strip(" *_:：") else end
    yield Heading(begin, rest, "container" if container else "opener")
    for part in _parts(text, rest, end):
        style = "inner" if part.style == "free" and not container else part.style
        yield Heading(part.start, part.end, style)


def _unlisted(text: str, begin: int, end: int) -> Iterator[Heading]:
    """A heading that opens nothing; two of them where a listed Chinese one and another are parted by a space."""
    two = _TWO_CHINESE.match(text, begin, end)
    if two and known_heading(two[1]) and not known_heading(text[begin:end]):
        yield Heading(begin, begin + len(two[1]), "plain")
        yield Heading(two.end(), end, "inner")
    else:
        yield Heading(begin, end, "plain" if known_heading(text[begin:end]) else "free")
