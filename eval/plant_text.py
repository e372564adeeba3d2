"""Figures of a text found and said otherwise, by patterns of their own: the check under test has no part in the test."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import Decimal

NUMBER = r"(?<![\d.,A-Za-z])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d])(?!,\d{3})"
CJK = re.compile(r"[\u4e00-\u9fff]")
_EN_SCALES = {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12}
_ZH_SCALES = {"万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_EN_AMOUNT = re.compile(rf"(?P<n>{NUMBER})(?P<gap>\s?)(?P<s>thousand|million|mn|billion|bn|trillion)\b")
_ZH_AMOUNT = re.compile(rf"(?P<n>{NUMBER})\s?(?P<s>万亿|百万|千万|亿|万)(?![亿千百])")
_PERCENT = re.compile(rf"(?P<n>{NUMBER})(?P<s>\s?%)(?!\s?(?:pts?|points))")
_POINTS_EN = re.compile(rf"(?P<n>{NUMBER})\s?(?P<s>percentage points|basis points|bps|bp|pp)\b")
_POINTS_ZH = re.compile(rf"(?P<n>{NUMBER})\s?(?P<s>个百分点|个基点|[bB][pP])(?![a-z])")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_PLAIN = re.compile(r"(?<![\d.,A-Za-z\-/–])(?!(?:19|20)\d\d(?!\d)|0)\d{4,9}(?![\d.,%A-Za-z年/\-–])")
_ACCOUNTING = re.compile(r"(?<=\S\s)\((?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)\)(?=[\s,.;]|$)")
_YUAN = re.compile(r"(?P<c>RMB|CNY|人民币|¥|￥)\s?(?=\d)|(?<=\d)(?P<e>yuan)\b")


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def shown(value: Decimal, grouped: bool = False) -> str:
    """A value without an exponent or trailing zeros behind the point."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{Decimal(text):,f}" if grouped else text


def rescaled(value: Decimal, chinese: bool, pick: random.Random) -> str:
    """A value in ones with another scale word, exactly; in the other language's words where asked."""
    names = _ZH_SCALES if chinese else {"million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12}
    fitting = []
    for name, power in names.items():
        scaled = value.scaleb(-power)
        if name not in ("百万", "千万") and Decimal("0.1") <= scaled < 100_000 and len(shown(scaled)) <= 9:
            fitting.append((name, scaled))
    if not fitting:
        return ""
    name, scaled = pick.choice(fitting)
    if chinese:
        return shown(scaled) + name
    return shown(scaled, grouped=True) + ("" if name in ("mn", "bn") else " ") + name


def _amount(match: re.Match[str], pick: random.Random) -> str:
    chinese = match["s"] in _ZH_SCALES
    power = (_ZH_SCALES if chinese else _EN_SCALES)[match["s"]]
    return rescaled(number(match["n"]).scaleb(power), chinese, pick)


def _percent(match: re.Match[str], pick: random.Random) -> str:
    return match["n"] + pick.choice([" percent", " per cent", "％", " %"])


def _points(match: re.Match[str], pick: random.Random) -> str:
    value = number(match["n"])
    if match["s"].lower() in ("bp", "bps", "basis points", "个基点"):
        value = value.scaleb(-2)
        forms = ["个百分点", "pct"] if CJK.search(match.string) else [" percentage points", "pp"]
        return shown(value) + pick.choice(forms)
    forms = ["个基点", "bp"] if CJK.search(match.string) else [" basis points", "bp", "bps"]
    return shown(value.scaleb(2)) + pick.choice(forms)


def _yuan(match: re.Match[str], pick: random.Random) -> str:
    return " yuan" if match["e"] else pick.choice(["RMB", "RMB ", "CNY", "CNY ", "人民币", "¥"])


def _full_width(match: re.Match[str], pick: random.Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() or char in ".%" else char for char in match[0])


Rewrite = Callable[[re.Match[str], random.Random], str]
REWRITES: tuple[tuple[str, re.Pattern[str], Rewrite], ...] = (
    ("scale", _EN_AMOUNT, _amount),
    ("scale", _ZH_AMOUNT, _amount),
    ("percent", _PERCENT, _percent),
    ("points", _POINTS_EN, _points),
    ("points", _POINTS_ZH, _points),
    ("separators", _GROUPED, lambda match, _: match[0].replace(",", "")),
    ("separators", _PLAIN, lambda match, _: f"{int(match[0]):,}"),
    ("brackets", _ACCOUNTING, lambda match, _: f"-{match['n']}"),
    ("currency", _YUAN, _yuan),
    ("width", re.compile(rf"{NUMBER}%"), _full_width),
)


def reworded_figures(sentence: str, pick: random.Random) -> list[tuple[str, str]]:
    """(kind, sentence) with one figure of a sentence said otherwise, for each kind that applies."""
    out = []
    for kind, pattern, rewrite in REWRITES:
        matches = list(pattern.finditer(sentence))
        if matches:
            match = pick.choice(matches)
            new = rewrite(match, pick)
            if new and new != match[0]:
                out.append((kind, sentence[: match.start()] + new + sentence[match.end() :]))
    return out


_HEDGED = re.compile(
    r"(?:about|around|approximately|roughly|nearly|almost|over|than|least|most|to|between|[-–~约近超逾达至])\s?[$€£¥]?\s?$",
    re.I,
)
_RANGED = re.compile(r"[元美港]*\s?(?:[-–—~至到]|to\b|and\b|,|/)\s?[$€£¥]?\d")


def approximate(sentence: str, pick: random.Random) -> list[tuple[str, str]]:
    """`about 27%` for 27.3%: a figure cut to fewer digits, by rounding, and marked as such."""
    out = []
    for pattern in (_PERCENT, _EN_AMOUNT, _ZH_AMOUNT):
        for match in pattern.finditer(sentence):
            whole, _, fraction = match["n"].replace(",", "").partition(".")
            if not fraction or len(whole) < 2 or _HEDGED.search(sentence[: match.start()]):
                continue
            if _RANGED.match(sentence, match.end()) or re.search(r"\d[-–~/]$|[+\-−]\s?$", sentence[: match.start()]):
                continue
            rounded = f"{number(match['n']):.0f}"
            rest = sentence[match.start() + len(match["n"]) :]
            lead = sentence[: match.start()]
            money = re.search(r"(?:US\$|HK\$|[$€£¥]|RMB ?|CNY ?|USD ?|EUR ?)$", lead)
            cut = money.start() if money else len(lead)
            hedge = (
                pick.choice(["约", "大约"]) if CJK.search(sentence) else pick.choice(["about ", "roughly ", "around "])
            )
            out.append(("about", lead[:cut] + hedge + lead[cut:] + rounded + rest))
    return [pick.choice(out)] if out else []


SAME_WORDS = (
    (r"\bincreased\b", "rose"), (r"\brose\b", "increased"), (r"\bgrew\b", "rose"), (r"\bdecreased\b", "fell"), (r"\bfell\b", "declined"),
    (r"\bdeclined\b", "fell"), (r"\bdropped\b", "fell"), (r"\bclimbed\b", "rose"), (r"\byear[- ]over[- ]year\b", "year on year"),
    (r"\byear-on-year\b", "YoY"), (r"\bYoY\b", "year on year"), (r"\bcompared (?:to|with)\b", "against"), (r"\bis expected to\b", "should"),
    (r"\bprimarily\b", "mainly"), (r"\bapproximately\b", "about"), (r"\bsales\b", "revenue"), (r"\bincrease of\b", "rise of"),
    (r"\bdecrease of\b", "fall of"), (r"同比增长", "同比上升"), (r"(?<!同比)增长", "增加"), (r"下降", "下滑"), (r"下滑", "下降"), (r"上涨", "上升"),
    (r"提升", "提高"), (r"实现营业收入", "营收"), (r"营业收入", "营收"), (r"归母净利润", "归属于母公司净利润"), (r"预计", "预期"), (r"分别为", "分别是"),
    (r"达到?(?=\d)", "为"), (r"公司", "该公司"), (r"上调", "调高"), (r"下调", "调低"), (r"维持", "保持"),
)  # fmt: skip
_EN_FRAMES = ("According to the report, {}", "The company says that {}", "The analysts note that {}", "In short: {}")
_ZH_FRAMES = ("报告指出,{}", "根据该报告,{}", "分析师认为,{}", "简而言之,{}")


def paraphrased(sentence: str, pick: random.Random) -> str:
    """The sentence with some of its words replaced by others of the same sense, in another frame."""
    new = sentence
    for pattern, other in pick.sample(SAME_WORDS, len(SAME_WORDS)):
        if re.search(pattern, new) and pick.random() < 0.6 and other not in new:
            new = re.sub(pattern, other, new)
    frame = pick.choice(_ZH_FRAMES if CJK.search(new) else _EN_FRAMES)
    if frame.startswith(("According", "报", "根")) or frame != "{}":
        lower = (
            new[0].lower() + new[1:]
            if new[:2].istitle() and not CJK.search(new) and re.match(r"(?:The|In|We|Our|This|As|For)\b", new)
            else new
        )
        new = frame.format(lower)
    return new


def clause_of(sentence: str) -> str:
    """The first clause of a sentence, where it holds a figure and can stand alone."""
    if CJK.search(sentence):
        first = re.split(r"[，;；]|,(?!\d)", sentence)[0]
        return first + "。" if re.search(r"\d", first) and len(first) > 8 and first != sentence.rstrip("。") else ""
    match = re.search(r",\s(?:while|and|but|as|with|which|due|because|reflecting|driven|compared)\b", sentence)
    if match and "respectively" not in sentence and re.search(r"\d", sentence[: match.start()]) and match.start() > 30:
        return sentence[: match.start()] + "."
    return ""
