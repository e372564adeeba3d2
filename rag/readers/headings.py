"""What a heading looks like in a digest, and how headings nest.

The structure of a digest (marks, bullets, lines) decides where a heading may stand; the phrases listed here help only
where nothing separates a heading from its statement (``Report Summary Investment Rating No rating …``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.analysis import CJK

# Headings under which the rest of a digest is summed up part by part: what follows them is nested.
_CONTAINERS = (
    r"Summary (?:by|of|according to|based on) (?:the |each )?(?:Relevant |Related )?"
    r"(?:Sections?|Directory|Director(?:ies)|Chapters?|Catalog(?:ue)?s?|Contents?|Topics?)",
    r"(?:Section|Chapter|Sectional)(?:-by-Section)? Summar(?:y|ies)",
    r"(?:根据|按照?|依据?)?(?:报告)?(?:相关)?(?:目录|章节)(?:内容)?(?:分别)?(?:进行)?(?:总结|归纳|概括|摘要)",
    r"(?:分|各)(?:章节|目录|板块|部分|章)(?:内容)?(?:总结|归纳|概括|摘要)",
)
_WRAPPERS = (r"(?:Report )?Summary(?= Investment Rating)", r"Report Summary", r"报告(?:总结|摘要)")
# Headings that open a digest; they may stand before their statement with nothing between.
_OPENERS = (
    r"(?:The )?(?:Report(?:'s|’s)? )?(?:Industry |Company |Stock )?Investment Ratings?"
    r"(?: of the (?:Report|Industry|Company)| and Target Price)?",
    r"(?:The )?(?:Report(?:'s|’s)? )?(?:Core|Key|Main) (?:Insights?|View(?:point)?s?|Opinions?|Ideas?|Takeaways?|Points?)"
    r"(?: of the (?:Report|Industry|Company))?",
    r"(?:报告|研报)?(?:行业|公司|本报告)?(?:的)?投资评级",
    r"(?:报告|研报|本报告)?(?:的)?(?:核心|主要)(?:观点|要点|内容|结论)",
)
_OTHERS = (
    r"(?:Executive|Investment|Financial|Financial Performance|Market|Company|Industry) Summary",
    r"Investment (?:Recommendations?|Advice|Suggestions?|Thesis|Highlights|Strategy|Risks?|Logic)",
    r"(?:Financial|Earnings|Profit|Sales) (?:Performance|Forecasts?|Projections?|Highlights|Analysis|Data|Results)",
    r"Risk (?:Factors?|Warnings?|Tips?|Reminders?|Alerts?|Analysis)",
    r"(?:Market|Industry|Business|Company|Future|Policy) "
    r"(?:Overview|Outlook|Performance|Trends?|Dynamics|Segments?|Developments?|Conditions|Review|News)",
    r"Valuation(?: and (?:Rating|Recommendation)s?)?",
    r"(?:投资)(?:建议|要点|逻辑|亮点|策略|摘要)",
    r"(?:风险)(?:提示|因素|分析)",
    r"(?:盈利预测|业绩预测)(?:[、与和及]?(?:估值|投资评级|评级|投资建议))*",
    r"(?:估值|财务|业绩|市场|行业|公司|经营)(?:分析|表现|概况|概览|情况|回顾|展望|预测|摘要|数据)",
)


def _any(phrases: tuple[str, ...]) -> str:
    return "|".join(f"(?:{phrase})" for phrase in phrases)


_CONTAINER = re.compile(rf"(?:{_any(_CONTAINERS)})(?![A-Za-z])")
_OPENER = re.compile(rf"(?:{_any(_WRAPPERS + _OPENERS)})(?![A-Za-z])")
_KNOWN = re.compile(rf"(?:{_any(_CONTAINERS + _WRAPPERS + _OPENERS + _OTHERS)})(?![A-Za-z])")
_MARKER = re.compile(
    r"(?:(?<=\s)|^)(?:"
    r"(?P<md>\#{1,6})(?=\s)"
    r"|(?P<num>\d{1,2})\s?[.．、](?![\d.])"
    r"|(?P<group>(?:Group|Part|Section|Chapter)\s?\d{1,2}\s?[:：.]|(?:分组|部分|章节)\s?\d{1,2}\s?[:：])"
    r"|(?P<zh>[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:章|部分|节)[、:： ]?)"
    r"|(?P<sub>[(（][一二三四五六七八九十]{1,3}[)）])"
    r")"
)
_SMALL = frozenset(
    "a an and as at by for from in into is its of on or over per the to under up via vs vs. with without amid between "
    "against after before during among toward towards across through about & + - – — / |".split()
)
_STARTERS = frozenset("The A An No In On It This These That There As For With While Although Despite".split())
_CHINESE = re.compile(rf"[{CJK}]")
_STOPPED = re.compile(r"[.!?。!?；;]\s*$")
_INNER_STOP = re.compile(r"[。!?；;!?]|[a-z)\]%][.]\s")
_TRIM = re.compile(r"^[\s#*_>]+|[\s#*_:：\-–—|]+$")
_WORD = re.compile(r"\S+")
_LONGEST = 160


def clean_heading(text: str) -> str:
    """A heading as it is shown: one line, without ``#``, ``**`` or a closing colon."""
    return " ".join(_TRIM.sub("", text).split())


def known_heading(text: str) -> bool:
    """Whether the whole of ``text`` is a listed heading, numbered or not."""
    plain = clean_heading(text)
    marker = _MARKER.match(plain)
    return _KNOWN.fullmatch(plain[marker.end() :].strip() if marker else plain) is not None


def known_prefix(text: str) -> int:
    """Length of the listed headings with which ``text`` begins, their colon included; 0 when a sentence goes on there.

    ``Investment Rating No rating …`` -> 17; ``Core Views on demand …`` -> 0.
    """
    at = 0
    while True:
        marker = _MARKER.match(text, at)
        begin = marker.end() if marker else at
        begin += len(text[begin:]) - len(text[begin:].lstrip()) if marker else 0
        match = _KNOWN.match(text, begin)
        if match is None:
            return at
        colon = re.compile(r"\s*[:：]\s*").match(text, match.end())
        space = re.compile(r"\s+(?=[^\sa-z,.;:)])").match(text, match.end())
        step = colon or space
        if step is None or step.end() >= len(text) or text[step.end()] in ",，.。;；、":
            return at
        at = step.end()


def titled_prefix(text: str) -> int:
    """Length of a capitalised phrase before the word that opens a sentence: ``Market Overview The market …`` -> 16."""
    words = 0
    for match in _WORD.finditer(text[:_LONGEST]):
        word = match[0]
        if words >= 2 and word in _STARTERS and re.match(r"\s+[^\sA-Z]", text[match.end() :]):
            return match.start()
        if not (word[0].isupper() or word in _SMALL) or word[-1] in ".,;:!?" or words == 8:
            return 0
        words += 1
    return 0


def is_heading(text: str, *, loose: bool) -> bool:
    """Whether ``text``, standing where a heading may stand, reads as one.

    ``loose``: the place itself speaks for a heading (between a mark and a bullet), so a short phrase in sentence case
    will do; otherwise it must be numbered, listed, or capitalised throughout.
    """
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or not any(char.isalpha() for char in plain):
        return False
    if _MARKER.match(plain) or known_heading(plain):
        return not _INNER_STOP.search(plain[4:]) and not plain.endswith(("。", "."))
    body = plain.rstrip(":： ").strip("*_ ")
    if _STOPPED.search(body) or _INNER_STOP.search(body) or not body:
        return False
    if _CHINESE.search(body):
        return len(body) <= (30 if loose else 24) and not (not loose and re.search(r"[，,%％]", body))
    return _english_heading(body, loose)


def _english_heading(body: str, loose: bool) -> bool:
    words = body.split()
    first = words[0].lstrip("\"“'(")
    if not first or first[0].islower() or len(words) > 14:
        return False
    if all(word.lower() in _SMALL or not word.lstrip("\"“'([")[:1].islower() or word != word.lower() for word in words):
        return True
    return loose and len(words) <= 6 and "," not in body


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: ``start``/``end`` in the text it was found in; ``style`` says how it is written."""

    start: int
    end: int
    style: str


def split_headings(text: str) -> list[Heading]:
    """The headings that stand one after another in ``text``: ``Summary by Sections 1. Demand`` -> two."""
    starts = [match.start() for match in _MARKER.finditer(text)]
    edges = sorted({0, *starts, len(text)})
    found: list[Heading] = []
    for begin, end in zip(edges, edges[1:], strict=False):
        found.extend(_parts(text, begin, end))
    return [heading for heading in found if text[heading.start : heading.end].strip()]


def _parts(text: str, begin: int, end: int) -> Iterator[Heading]:
    marker = _MARKER.match(text, begin, end)
    if marker:
        style = str(marker.lastgroup) + (str(len(marker["md"])) if marker["md"] else "")
        yield Heading(begin, end, style)
        return
    at = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
    match = _CONTAINER.match(text, at, end)
    style = "container"
    if match is None:
        match, style = _OPENER.match(text, at, end), "opener"
    if match is None or not re.match(r"[\s:：]*$|\s+[^\sa-z&]", text[match.end() : end]):
        match, style = _KNOWN.fullmatch(text[at:end].strip(" :：")), "plain"
        zh = re.match(rf"(\S*[{CJK}])\s+(?=[{CJK}])", text[at:end])
        if match is None and zh and _KNOWN.fullmatch(zh[1]):
            yield Heading(at, at + len(zh[1]), "plain")
            yield Heading(at + zh.end(), end, "inner")
        else:
            yield Heading(at, end, "plain" if match else "free")
        return
    yield Heading(at, match.end(), style)
    if text[match.end() : end].strip(" :："):
        rest = match.end()
        inner = list(_parts(text, rest, end))
        yield from (
            Heading(h.start, h.end, "inner" if h.style == "free" and style == "opener" else h.style) for h in inner
        )
