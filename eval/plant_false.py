"""Right sentences made wrong in one place: another digit, unit, sign, side of zero, currency, period, direction, a `not`, a name."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from eval.plant_text import CJK, NUMBER

_UNITS = (
    (r"(?<=\d)\s?%", " percentage points"), (r"\s?(?:percentage points|个百分点)", "%"), (r"(?<=\d )billion\b", "million"),
    (r"(?<=\d )million\b", "billion"), (r"(?<=\d)bn\b", "mn"), (r"(?<=\d)mn\b", "bn"), (r"(?<=\d)万亿", "亿"),
    (r"(?<=\d)亿", "万"), (r"(?<=\d)万(?!亿)", "亿"), (r"(?<=\d)\s?(?:bps|bp|basis points|个基点)(?![a-z])", "%"),
)  # fmt: skip
_CURRENCIES = (
    (r"(?<=\d)(.?)港元", r"\1美元"), (r"(?<=[\d亿万])美元", "欧元"), (r"HK\$|HKD", "US$"), (r"RMB|CNY|人民币(?=\d)", "EUR "),
    (r"US\$|USD(?=\s?\d)", "HK$"), (r"(?<![A-Z])\$(?=\s?\d)", "€"), (r"€(?=\d)|EUR(?=\s?\d)", "$"), (r"(?<=[亿万])元", "美元"),
)  # fmt: skip
# `made up`, `piled up`, `up to` are no movements.
_WAYS = (
    (r"\brose\b", "fell"), (r"\bfell\b", "rose"), (r"\bincreased\b", "decreased"), (r"\bdecreased\b", "increased"),
    (r"\bup (?=[$\d])", "down "), (r"\bdown (?=[$\d])", "up "), (r"\bhigher than\b", "lower than"), (r"\blower than\b", "higher than"),
    (r"\bgrew\b", "shrank"), (r"\bgrowth of\b", "a decline of"), (r"\bdeclined\b", "increased"), (r"\bdropped\b", "jumped"),
    (r"\bclimbed\b", "slid"), (r"\bincrease of\b", "decrease of"), (r"\bdecrease of\b", "increase of"), (r"\braised\b", "cut"),
    (r"\bjumped\b", "dropped"), (r"\bwidened\b", "narrowed"), (r"\bnarrowed\b", "widened"), (r"同比增长", "同比下降"), (r"同比下降", "同比增长"),
    (r"同比下滑", "同比增长"), (r"同比\+", "同比-"), (r"同比-", "同比+"), (r"增长(?=约?\d)", "下降"), (r"下降(?=约?\d)", "增长"), (r"提升(?=约?\d)", "下降"),
    (r"上涨(?=\d)", "下跌"), (r"下跌(?=\d)", "上涨"), (r"上调", "下调"), (r"下调", "上调"), (r"高于", "低于"), (r"低于", "高于"),
    (r"超(?:出)?预期", "不及预期"), (r"不及预期", "超预期"), (r"环比增长", "环比下降"), (r"减少(?=约?\d)", "增加"), (r"增加(?=约?\d)", "减少"),
)  # fmt: skip
_NEGATIONS = (
    (r"\b(was|were|is|are)\b(?! not)(?=[^.]*\d)", r"\1 not"), (r"\b(rose|increased|grew)\b(?= (?:by |to )?[$\d])", "did not rise"),
    (r"\b(fell|decreased|declined)\b(?= (?:by |to )?[$\d])", "did not fall"), (r"(?<!未)(增长|下降|提升|上涨|下跌)(?=约?\d)", r"未\1"), (r"(?<!未)实现", "未实现"),
)  # fmt: skip
# A noun that says which side of zero an amount is on, right before the amount.
_AMOUNT_EN = r"(?= (?:[\w-]+ ){0,4}?(?:of|was|were|at|to|came to|reached) (?:about |nearly )?(?:[A-Z]{0,3}\s?[$€£¥]?\s?)\d[\d,.]*\s?(?:million|billion|bn|mn|m\b))"
_AMOUNT_ZH = r"(?=(?:为|达|约|实现|合计|额){0,2}\d[\d,.]*\s?(?:万|亿|百万)?元)"
_SIDES = (
    (rf"\b(?:net )?(?:profit|income)(?! tax){_AMOUNT_EN}", "net loss"), (rf"\b(?:net )?loss(?:es)?{_AMOUNT_EN}", "net profit"),
    (rf"\binflow{_AMOUNT_EN}", "outflow"), (rf"\boutflow{_AMOUNT_EN}", "inflow"), (rf"净?利润{_AMOUNT_ZH}", "净亏损"),
    (rf"净?亏损{_AMOUNT_ZH}", "净利润"), (rf"净流入{_AMOUNT_ZH}", "净流出"), (rf"净流出{_AMOUNT_ZH}", "净流入"),
)  # fmt: skip
_YEAR = re.compile(r"(?<![\d.,$])(?:19|20)\d\d(?![\d,]|\.\d)")
_SHORT = re.compile(r"(?<=FY)\d\d(?!\d)|(?<=[1-4]Q)\d\d(?!\d)|(?<=[12]H)\d\d(?!\d)")
_QUARTER = re.compile(
    r"(?<=Q)[1-4](?!\d)|(?<![\d.])[1-4](?=Q\d)|[一二三四](?=季度)|\b(?:first|second|third|fourth)(?= quarter)", re.I
)
_HALF = re.compile(r"上半年|下半年|\b(?:first|second)(?= half)|(?<=\d)[12](?=H\d\d)|(?<=H)[12](?!\d)")
_NEXT = {"1": "2", "2": "3", "3": "4", "4": "1", "一": "二", "二": "三", "三": "四", "四": "一"}
_NEXT |= {"first": "second", "second": "third", "third": "fourth", "fourth": "first"}
_OTHER_HALF = {"上半年": "下半年", "下半年": "上半年", "first": "second", "second": "first", "1": "2", "2": "1"}
_ESTIMATE = re.compile(r"(?<=\d\d)[Ee](?![A-Za-z])")
_LABEL_AROUND = re.compile(r"[A-Za-z]-?$")


def false_ones(sentence: str, sources: Sequence[str], pick: random.Random) -> Iterator[tuple[str, str]]:
    """(kind, false sentence), at most one of each kind; ``sources``: texts in which the false figure must not stand."""
    there = {each.replace(",", "") for each in re.findall(r"\d[\d,]*(?:\.\d+)?", " ".join(sources))}
    spots = [match for match in re.finditer(NUMBER, sentence) if _is_figure(sentence, match)]
    for kind, change in (("digit", _digit), ("longer", _longer), ("shorter", _shorter), ("point", _point)):
        made = [(match, change(match[0], pick)) for match in spots]
        made = [(match, new) for match, new in made if new and _truly_other(new, match[0], there)]
        if made:
            match, new = pick.choice(made)
            yield kind, sentence[: match.start()] + new + sentence[match.end() :]
    for kind, swaps in (
        ("unit", _UNITS),
        ("currency", _CURRENCIES),
        ("direction", _WAYS),
        ("side", _SIDES),
        ("negation", _NEGATIONS),
    ):
        made_of = list(_swapped(sentence, swaps))
        if made_of:
            yield kind, pick.choice(made_of)
    for kind, found in (("sign", list(_signs(sentence, spots))), ("period", list(_periods(sentence, pick)))):
        if found:
            yield kind, pick.choice(found)


def _is_figure(sentence: str, match: re.Match[str]) -> bool:
    """A number that counts something: no year, no list number, no part of a name or of a date."""
    if _YEAR.fullmatch(match[0]) or _LABEL_AROUND.search(sentence[: match.start()]):
        return False
    after, before = sentence[match.end() : match.end() + 12], sentence[max(0, match.start() - 12) : match.start()]
    if re.match(
        r"[A-Za-z]{1}(?![a-z])(?!\b)|[-/]\d|\s?[年月日季]|\s?(?:st|nd|rd|th)\b|[QH]\d|:\d|\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\s?(?:months?|quarters?|weeks?|days?|years?)\b",
        after,
    ):
        return False
    return not re.search(
        r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\.?|Note|Item|No\.?|Part|Form|Section|Rule|ASU|ASC|Topic|FY|[QH])\s?$|[-/:#§]$",
        before,
    )


def _truly_other(new: str, old: str, there: set[str]) -> bool:
    plain = new.replace(",", "")
    return plain not in there and float(plain) != float(old.replace(",", "")) and plain.lstrip("0.") != ""


def _digit(text: str, pick: random.Random) -> str:
    places = [i for i, char in enumerate(text) if char.isdigit()]
    place = pick.choice(places)
    new = pick.choice([d for d in "123456789" if d != text[place]])
    return text[:place] + new + text[place + 1 :]


def _longer(text: str, pick: random.Random) -> str:
    if "," in text:
        return ""
    place = pick.randint(1, len(text.partition(".")[0]))
    return text[:place] + pick.choice("123456789") + text[place:]


def _shorter(text: str, pick: random.Random) -> str:
    """One digit left out before the point: behind it, it could be a rounding."""
    whole, dot, rest = text.partition(".")
    if "," in whole or len(whole) < 2:
        return ""
    place = pick.randrange(len(whole))
    cut = whole[:place] + whole[place + 1 :]
    return "" if cut.startswith("0") else cut + dot + rest


def _point(text: str, pick: random.Random) -> str:
    plain = text.replace(",", "")
    whole, dot, rest = plain.partition(".")
    if not dot:
        return f"{whole[:-1]}.{whole[-1]}" if len(whole) > 1 else ""
    return pick.choice(
        [f"{whole}{rest[0]}" + (f".{rest[1:]}" if rest[1:] else ""), f"{whole[:-1] or '0'}.{whole[-1]}{rest}"]
    )


def _swapped(sentence: str, swaps: Sequence[tuple[str, str]]) -> Iterator[str]:
    for pattern, other in swaps:
        for match in re.finditer(pattern, sentence):
            yield sentence[: match.start()] + match.expand(other) + sentence[match.end() :]


def _signs(sentence: str, spots: Sequence[re.Match[str]]) -> Iterator[str]:
    """A minus before an amount or a percentage that has no sign and that no word says to have gone down."""
    for match in spots:
        lead, after = sentence[: match.start()], sentence[match.end() : match.end() + 12]
        if not re.match(r"\s?(?:%|million|billion|mn|bn|亿|万)", after) or _RANGE_AFTER.match(sentence, match.end()):
            continue
        cut = re.search(r"(?:US\$|HK\$|[$€£¥]|RMB|CNY|EUR|USD|人民币)?\s?$", lead)
        lead = lead[: cut.start()] if cut else lead
        if lead and (
            lead[-1] in "-–—+(~±/−" or _DOWN_BEFORE.search(lead) or not (lead[-1].isspace() or CJK.match(lead[-1]))
        ):
            continue
        yield lead + "-" + sentence[len(lead) :].lstrip()


_RANGE_AFTER = re.compile(r"[\w%]*\s?(?:[-–—~至到]|to\b)\s?[$€£¥]?\d")
_DOWN_BEFORE = re.compile(
    r"(?:\b(?:fell|fall|falling|down|dropp\w+|declin\w+|decreas\w+|lower\w*|reduc\w+|cut\w*|narrow\w*|loss\w*|less|below|outflow\w*|impair\w*|negative|minus)\b|[降减少跌亏滑缩低损出负])[^.。;；,，]*$"
    r"|(?:\d\s?[-–~至到]|\bto|\band|\bby|between)\s?$",
    re.IGNORECASE,
)


def _periods(sentence: str, pick: random.Random) -> Iterator[str]:
    for pattern in (_YEAR, _SHORT):
        for match in pattern.finditer(sentence):
            step = pick.choice([1, -1])
            new = f"{int(match[0]) + step:0{len(match[0])}d}"
            yield sentence[: match.start()] + new + sentence[match.end() :]
    for pattern, other in ((_QUARTER, _NEXT), (_HALF, _OTHER_HALF)):
        for match in pattern.finditer(sentence):
            yield sentence[: match.start()] + other[match[0].lower()] + sentence[match.end() :]
    for match in _ESTIMATE.finditer(sentence):
        yield sentence[: match.start()] + "A" + sentence[match.end() :]
