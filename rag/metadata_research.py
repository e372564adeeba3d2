"""What a broker's report says about its view: rating and the one before, target price and currency, analysts, broker.

Rules for both languages. A rating counts only where the wording makes it one (``maintain Buy``, ``维持“买入”评级``,
``评级：增持``), so that "buy" in running text is none.
"""

from __future__ import annotations

import re
from collections import Counter

from rag.front_matter import Piece, found, matches, pieces
from rag.lexicon import entities
from rag.rating_rules import CURRENCIES, LABEL, OLD_RATINGS, RATINGS, TARGETS, UNDER_LABEL
from rag.types import Found, Parsed

_ZH_NAME = r"[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])"
_ZH_AUTHOR = re.compile(
    rf"(?:首席|证券|资深|研究)?(?:分析师|研究员)\s*(?:[:：|]|\s)\s*(?P<names>{_ZH_NAME}(?:\s*[、，,/|]\s*{_ZH_NAME})*)"
)
_NOT_AUTHOR = re.compile(r"声明|承诺|简介|执业|证书|及其|登记|联系|介绍|保证|姓名|团队|邮箱|电话")
_EMAIL = re.compile(r"(?P<local>[A-Za-z]+(?:[._-][A-Za-z]+)+|[A-Za-z]{4,})@[\w.-]+\.\w+")
_PERSON = re.compile(
    r"\b(?P<name>[A-Z][a-z'’-]+(?:\s+[A-Z]\.)?(?:\s+[A-Z][a-z'’-]+){1,2})(?:,?\s+(?:CFA|CPA|PhD|Ph\.D\.|FRM|MD))*"
)


def research_fields(parsed: Parsed) -> list[Found]:
    """Rating, previous rating, target price, currency and authors, as far as the front says them."""
    parts = pieces(parsed)
    return [*_rating(parts), *_target(parts), *_authors(parts)]


def _rating(parts: tuple[Piece, ...]) -> list[Found]:
    for part in parts:
        under = UNDER_LABEL.search(part.text) if LABEL.fullmatch(part.heading) else None
        if under:
            return [found("rating", _written(under["new"]), under, part), *_previous(parts)]
    for pattern in RATINGS:
        for match, part in matches(pattern, parts):
            fields = [found("rating", _written(match["new"]), match, part)]
            if old := match.groupdict().get("old"):
                return [*fields, found("previous_rating", _written(old), match, part)]
            return [*fields, *_previous(parts)]
    return []


def _previous(parts: tuple[Piece, ...]) -> list[Found]:
    for pattern in OLD_RATINGS:
        for match, part in matches(pattern, parts):
            return [found("previous_rating", _written(match["old"]), match, part)]
    return []


def _written(rating: str) -> str:
    """A rating in one spelling: ``overweight`` -> ``Overweight``; Chinese as it is."""
    return " ".join(word.capitalize() for word in rating.replace("-", " ").split()) if rating.isascii() else rating


def _target(parts: tuple[Piece, ...]) -> list[Found]:
    for pattern in TARGETS:
        for match, part in matches(pattern, parts):
            value = match["value"].replace(",", "")
            year = value.isdecimal() and 1990 <= int(value) <= 2100 and not match["cur"] and not match["unit"]
            if year or part.text[match.end() : match.end() + 1] in ("%", "％", "x", "倍"):
                continue
            fields = [found("target_price", value, match, part)]
            currency = _currency(match["cur"], match["unit"], match.groupdict().get("head"), part.text)
            return [*fields, found("currency", currency, match, part)] if currency else fields
    return []


def _currency(sign: str | None, unit: str | None, head: str | None, text: str) -> str:
    """ISO 4217, by the sign before the figure, the unit after it, or the unit in brackets; the yen sign by the text."""
    if sign in ("¥", "￥"):
        return "CNY" if re.search(r"[\u4e00-\u9fff]|RMB|CNY", text) else "JPY"
    named = [mark for mark in (sign, unit) if mark] or [
        mark for mark in sorted(CURRENCIES, key=len, reverse=True) if head and mark in head
    ]
    return CURRENCIES.get(named[0].upper(), "") if named else ""


def _authors(parts: tuple[Piece, ...]) -> list[Found]:
    named: dict[str, Found] = {}
    for match, part in matches(_ZH_AUTHOR, parts):
        for name in re.split(r"[\s、，,/|]+", match["names"]):
            if not _NOT_AUTHOR.search(name):
                named.setdefault(name, found("authors", name, match, part))
    if not named:
        named = _by_email(parts)
    return list(named.values())[:8]


def _by_email(parts: tuple[Piece, ...]) -> dict[str, Found]:
    """English names whose parts an e-mail address on the same page repeats: ``Jane Doe`` and ``jane.doe@...``."""
    locals_ = {match["local"].lower() for match, _ in matches(_EMAIL, parts)}
    named: dict[str, Found] = {}
    for match, part in matches(_PERSON, parts) if locals_ else ():
        words = [word.lower() for word in re.findall(r"[A-Za-z]{2,}", match["name"])]
        if any(_spells(local, words) for local in locals_):
            named.setdefault(match["name"], found("authors", match["name"], match, part, "name"))
    return named


def _spells(local: str, words: list[str]) -> bool:
    """Whether the part of an address before the @ is made of a person's names, or of an initial and the last name."""
    first, last = words[0], words[-1]
    joined = re.sub(r"[._-]", "", local)
    return joined in (first + last, last + first, first[0] + last, last + first[0])


def leading_broker(title: Found) -> list[Found]:
    """The broker that a title begins with: ``国盛证券：重申…``, ``大行评级丨海通国际：维持…``."""
    lead = _LEAD.match(title.value)
    house = lead and next((entity for entity in entities(lead["name"]) if entity.kind == "broker"), None)
    if not lead or not house or len(house.surface) < len(lead["name"]) - 2:
        return []
    start = None if title.start is None else title.start + lead.start("name")
    end = None if start is None else start + len(lead["name"])
    return [Found("broker", lead["name"], lead["name"], start, end, title.page)]


def broker_field(parsed: Parsed) -> list[Found]:
    """The broker whose name stands most often on the first page, in running lines and in the legal part of a PDF."""
    if not parsed.pages:
        return []
    parts = _signed_parts(parsed)
    counts: Counter[str] = Counter()
    first: dict[str, Found] = {}
    for part in parts:
        for entity in entities(part.text):
            quote = part.text[entity.start : entity.end]
            if entity.kind == "broker" and entity.certain and not _CODE.fullmatch(quote):
                counts[entity.name] += 1
                start = part.start + entity.start
                first.setdefault(entity.name, Found("broker", quote, quote, start, start + len(quote), part.page))
    if counts:
        return [first[counts.most_common(1)[0][0]]]
    houses = list(matches(_ZH_HOUSE, parts))
    if not houses:
        return []
    name, _ = Counter(match["name"] for match, _ in houses).most_common(1)[0]
    return [found("broker", name, *next(pair for pair in houses if pair[0]["name"] == name), group="name")]


_CODE = re.compile(r"[\d.A-Z]+")
_LEAD = re.compile(r"(?:[^:：|｜丨]{0,8}[|｜丨]\s*)?(?P<name>[^:：|｜丨\s][^:：|｜丨]{1,24}?)\s*[:：]")
_ZH_HOUSE = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,4}(?:证券|期货|国际))(?=股份|有限|研究|[\s|，,。）)（(]|$)"
)


def _signed_parts(parsed: Parsed) -> tuple[Piece, ...]:
    """Where a broker signs: the first page, running lines, and legal text."""
    front = pieces(parsed, legal=True)
    first = tuple(part for part in front if (part.page or 1) == 1)
    rest = tuple(
        Piece(parsed.text[block.start : block.end][:2_000], block.start, block.page, block.kind)
        for block in parsed.blocks
        if block.kind in ("chrome", "boilerplate") and (block.page or 1) > 1
    )
    return first + rest[:40] + rest[40:][-20:]
