"""What a broker's report says about its view: rating and the one before, target price and currency, analysts, broker.

Rules for both languages. A rating counts only where the wording makes it one (``maintain Buy``, ``维持“买入”评级``,
``评级：增持``), so that "buy" in running text is none.
"""

from __future__ import annotations

import re
from collections import Counter

from rag.front_matter import Piece, found, matches, pieces
from rag.lexicon import entities
from rag.types import Found, Parsed

_EN = (
    r"(?:Strong(?:ly)?\s+Buy|Conviction\s+Buy|Buy|Overweight|Outperform|Accumulate|Add|Hold|Neutral|Equal[- ]?weight|"
    r"Market[- ]?perform|Sector[- ]?perform|In[- ]?line|Underweight|Underperform|Reduce|Strong\s+Sell|Sell)"
)
_ZH = (
    r"(?:强烈推荐|强烈买入|审慎推荐|谨慎推荐|审慎增持|谨慎增持|推荐|买入|增持|优于大市|跑赢行业|跑赢大市|领先大市|中性|持有|"
    r"同步大市|区间操作|减持|卖出|弱于大市|落后大市|跑输行业|回避)"
)
_Q = r"[“\"‘'「『《]?\s*"
_E = r"\s*[”\"’'」』》]?"
_ZH_RATING = (
    re.compile(
        rf"(?:由|从|自)\s*{_Q}(?P<old>{_ZH}){_E}\s*(?:评级)?\s*(?:上调|下调|调高|调低|升|降)(?:至|为|到)\s*{_Q}(?P<new>{_ZH}){_E}"
    ),
    re.compile(
        rf"(?:维持|首次覆盖[，,]?\s*给予|首次给予|给予|重申|上调(?:评级)?至|下调(?:评级)?至|上调为|下调为|调高至|调低至)(?:公司|其|公司股票)?\s*{_Q}(?P<new>{_ZH}){_E}(?:的?\s*(?:投资)?评级|[，,。；;\s\[（(]|$)"
    ),
    re.compile(rf"(?:投资|股票|公司|最新)?评级\s*(?:[:：|为]|\s)\s*{_Q}(?P<new>{_ZH}){_E}"),
    re.compile(rf"{_Q}(?P<new>{_ZH}){_E}\s*[（(](?:维持|首次|上调|下调|调高|调低)[^）)]{{0,8}}[）)]"),
    re.compile(rf"(?:维持|给予|重申)[^。；;\n]{{0,12}}?{_Q}(?P<new>{_ZH}){_E}\s*(?:投资)?评级"),
)
_ZH_OLD = re.compile(
    rf"(?:前次|上次|原|此前|前)评级\s*(?:[:：为|]|\s)?\s*{_Q}(?P<old>{_ZH}){_E}|[（(]\s*(?:原|前次)\s*[:：]?\s*(?P<old2>{_ZH})\s*[）)]"
)
_VERB = (
    r"(?:maintain(?:s|ed|ing)?|reiterat(?:e|es|ed|ing)|retain(?:s|ed|ing)?|keep(?:s|ing)?|kept|remain(?:s)?|stay(?:s|ing)?(?: at)?|"
    r"initiat(?:e|es|ed|ing)(?: coverage)?(?: on [^.;]{2,40}?)?(?: at| with)?|upgrad(?:e|es|ed|ing)(?: [^.;]{2,40}?)? to|"
    r"downgrad(?:e|es|ed|ing)(?: [^.;]{2,40}?)? to|assign(?:s|ed)?|rate(?:s|d)?|reaffirm(?:s|ed|ing)?|resum(?:e|es|ed|ing)[^.;]{0,30}?(?:at|with))"
)
_EN_RATING = (
    re.compile(
        rf"\b(?:upgrad|downgrad)\w*\s[^.;\n]{{0,50}}?from\s+{_Q}(?P<old>{_EN}){_E}\s+to\s+(?:an?\s+)?{_Q}(?P<new>{_EN})\b",
        re.I,
    ),
    re.compile(
        rf"\b(?:upgrad|downgrad)\w*\s[^.;\n]{{0,50}}?to\s+(?:an?\s+)?{_Q}(?P<new>{_EN}){_E}\s*[,(]?\s*from\s+{_Q}(?P<old>{_EN})\b",
        re.I,
    ),
    re.compile(
        rf"\b{_VERB}\s+(?:at\s+)?(?:our|its|an?|the)?\s*{_Q}(?P<new>{_EN}){_E}(?=\s*(?:rating|recommendation|[,.;:\[(]|with|and|on|$))",
        re.I,
    ),
    re.compile(
        rf"\b(?:rating|recommendation|stance|view)\s*(?:[:：|]|is|of|at|-)\s*(?:[\w ]{{0,30}}?(?:stays at|at|to)\s+)?{_Q}(?P<new>{_EN})\b",
        re.I,
    ),
    re.compile(
        rf"^\s*{_Q}(?P<new>{_EN}){_E}\s*[(（]\s*(?:from|prev(?:ious|\.)?|was|maintained|unchanged|upgrade[d]?|downgrade[d]?|initiation)\b",
        re.I | re.M,
    ),
    re.compile(rf"^\s*(?P<new>{_EN})\s*$", re.M | re.I),
    re.compile(rf"\b{_Q}(?P<new>{_EN}){_E}[- ]rated\b|[“\"](?P<quoted>{_EN})[”\"]\s+(?:rating|recommendation)", re.I),
)
_EN_OLD = re.compile(
    rf"[(（]\s*(?:from|prev(?:ious|iously|\.)?:?|was)\s+(?P<old>{_EN})\s*[)）]|(?:previous|prior|old)\s+rating\s*[:：|]?\s*(?P<old2>{_EN})\b",
    re.I,
)
_MONEY = r"(?P<cur>US\$|HK\$|NT\$|A\$|S\$|C\$|RMB|CNY|HKD|USD|EUR|GBP|JPY|人民币|港币|港元|美元|[$€£¥￥])?\s*(?P<value>\d[\d,]*(?:\.\d+)?)"
_ZH_UNIT = r"\s*(?P<unit>港元|港币|美元|人民币|欧元|英镑|日元|新台币|元)"
_TARGET = (
    re.compile(
        rf"(?:目标价(?:格|位)?|合理(?:价值|估值)|目标价值)(?:\s*\([^)]*\)|（[^）]*）)?(?:由|从)[^，,。]{{1,16}}?(?:上调|下调|调高|调低|提升|升|降)(?:至|到|为)\s*{_MONEY}(?:{_ZH_UNIT})?"
    ),
    re.compile(
        rf"(?:目标价(?:格|位)?|合理(?:价值|估值)(?:区间)?)\s*(?:[(（](?P<head>[^)）]{{1,8}})[)）])?\s*(?:上调|下调|调高|调低|提升|维持)?\s*(?:[:：为至到|]|\s)*\s*(?:人民币)?{_MONEY}(?:{_ZH_UNIT})?"
    ),
    re.compile(
        rf"\b(?:target\s+price|price\s+target|price\s+objective|PT|TP)\b[^.;\n\d]{{0,40}}?from\s+{_MONEY.replace('P<cur>', 'P<c0>').replace('P<value>', 'P<v0>')}\s+to\s+{_MONEY}",
        re.I,
    ),
    re.compile(
        rf"\b(?:target\s+price|price\s+target|price\s+objective|12-month\s+target|PT|TP)\b\s*(?:[(（](?P<head>[^)）]{{1,12}})[)）])?[^.;\n\d$€£¥]{{0,30}}?{_MONEY}(?!\s*%)",
        re.I,
    ),
)
_CURRENCIES = {
    "US$": "USD", "$": "USD", "USD": "USD", "美元": "USD", "HK$": "HKD", "HKD": "HKD", "港元": "HKD", "港币": "HKD", "RMB": "CNY",
    "CNY": "CNY", "人民币": "CNY", "元": "CNY", "€": "EUR", "EUR": "EUR", "欧元": "EUR", "£": "GBP", "GBP": "GBP", "英镑": "GBP",
    "JPY": "JPY", "日元": "JPY", "NT$": "TWD", "新台币": "TWD", "A$": "AUD", "S$": "SGD", "C$": "CAD",
}  # fmt: skip
_ZH_AUTHOR = re.compile(
    r"(?:首席|证券|资深|研究)?(?:分析师|研究员)\s*(?:[:：|]|\s)\s*(?P<names>[\u4e00-\u9fff]{2,4}(?:\s*[、，,/|]\s*[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff]))*)(?![\u4e00-\u9fff])"
)
_NOT_AUTHOR = frozenset(
    {
        "声明",
        "承诺",
        "简介",
        "执业",
        "证书",
        "及其",
        "登记",
        "联系",
        "介绍",
        "保证",
        "姓名",
        "团队",
        "执业证书",
        "邮箱",
        "电话",
    }
)
_EMAIL = re.compile(r"(?P<local>[A-Za-z]+(?:[._-][A-Za-z]+)+|[A-Za-z]{4,})@[\w.-]+\.\w+")
_PERSON = re.compile(
    r"\b(?P<name>[A-Z][a-z'’-]+(?:\s+[A-Z]\.)?(?:\s+[A-Z][a-z'’-]+){1,2})(?:,?\s+(?:CFA|CPA|PhD|Ph\.D\.|FRM|MD))*"
)


def research_fields(parsed: Parsed) -> list[Found]:
    """Rating, previous rating, target price, currency and authors, as far as the front says them."""
    parts = pieces(parsed)
    fields: list[Found] = []
    rating = _rating(parts)
    fields.extend(rating)
    fields.extend(_target(parts))
    fields.extend(_authors(parts))
    return fields


def _rating(parts: tuple[Piece, ...]) -> list[Found]:
    for pattern in (*_ZH_RATING, *_EN_RATING):
        for match, part in matches(pattern, parts):
            groups = match.groupdict()
            new = groups.get("new") or groups.get("quoted") or ""
            fields = [found("rating", _written(new), match, part)]
            old = groups.get("old")
            if old:
                fields.append(found("previous_rating", _written(old), match, part))
            else:
                fields.extend(_previous(parts))
            return fields
    return []


def _previous(parts: tuple[Piece, ...]) -> list[Found]:
    for pattern in (_ZH_OLD, _EN_OLD):
        for match, part in matches(pattern, parts):
            return [found("previous_rating", _written(match["old"] or match["old2"]), match, part)]
    return []


def _written(rating: str) -> str:
    """A rating in one spelling: ``overweight`` -> ``Overweight``; Chinese as it is."""
    return " ".join(word.capitalize() for word in rating.replace("-", " ").split()) if rating.isascii() else rating


def _target(parts: tuple[Piece, ...]) -> list[Found]:
    for pattern in _TARGET:
        for match, part in matches(pattern, parts):
            groups = match.groupdict()
            value = match["value"].replace(",", "")
            following = part.text[match.end() : match.end() + 1]
            if following in ("%", "％", "x", "倍") or (
                value.isdecimal() and 1990 <= int(value) <= 2100 and not groups["cur"]
            ):
                continue
            fields = [found("target_price", value, match, part)]
            currency = _currency(groups.get("cur"), groups.get("unit"), groups.get("head"), part.text)
            if currency:
                fields.append(found("currency", currency, match, part))
            return fields
    return []


def _currency(sign: str | None, unit: str | None, head: str | None, text: str) -> str:
    """ISO 4217. ``元`` after a sign is the sign's; the yen sign is the yuan's beside Chinese text."""
    if sign in ("¥", "￥"):
        return "CNY" if re.search(r"[\u4e00-\u9fff]|RMB|CNY", text) else "JPY"
    for mark in (sign, unit, *(re.findall(r"US\$|HK\$|港元|美元|人民币|RMB|元|USD|HKD|EUR|GBP", head or ""))):
        if mark:
            return _CURRENCIES.get(mark.upper() if mark.isascii() else mark, "")
    return ""


def _authors(parts: tuple[Piece, ...]) -> list[Found]:
    named: dict[str, Found] = {}
    for match, part in matches(_ZH_AUTHOR, parts):
        for name in re.split(r"[\s、，,/|]+", match["names"]):
            if name not in _NOT_AUTHOR:
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


def broker_field(parsed: Parsed, *, certain: bool) -> list[Found]:
    """The broker whose name stands most often on the first page, at the edges and in the legal part.

    ``certain``: whether anything says that the report is a broker's at all; without that, none is guessed.
    """
    if not certain:
        return []
    counts: Counter[str] = Counter()
    first: dict[str, Found] = {}
    for part in _signed_parts(parsed):
        for entity in entities(part.text):
            if entity.kind == "broker" and entity.certain:
                counts[entity.name] += 1
                start = part.start + entity.start
                quote = part.text[entity.start : entity.end]
                first.setdefault(entity.name, Found("broker", quote, quote, start, start + len(quote), part.page))
    if counts:
        return [first[counts.most_common(1)[0][0]]]
    houses = [(match, part) for match, part in matches(_ZH_HOUSE, _signed_parts(parsed))]
    if houses:
        name, _ = Counter(match["name"] for match, _ in houses).most_common(1)[0]
        return [found("broker", name, *next(pair for pair in houses if pair[0]["name"] == name), group="name")]
    return []


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
