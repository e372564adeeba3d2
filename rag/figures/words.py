"""The words around a number, as data: currencies, scales, measures, number words, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

# Currency words that stand before or after a number -> ISO code; `$` alone does not say which dollar.
CURRENCIES = {
    "rmb": "CNY", "cny": "CNY", "cn¥": "CNY", "人民币": "CNY", "yuan": "CNY", "renminbi": "CNY", "元人民币": "CNY",
    "hk$": "HKD", "hkd": "HKD", "港元": "HKD", "港币": "HKD", "us$": "USD", "usd": "USD", "u.s. dollars": "USD",
    "美元": "USD", "美金": "USD", "nt$": "TWD", "twd": "TWD", "ntd": "TWD", "新台币": "TWD", "s$": "SGD", "sgd": "SGD",
    "a$": "AUD", "aud": "AUD", "c$": "CAD", "cad": "CAD", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "欧元": "EUR", "£": "GBP", "gbp": "GBP", "英镑": "GBP", "jpy": "JPY", "yen": "JPY", "日元": "JPY", "¥": "¥",
    "₩": "KRW", "krw": "KRW", "won": "KRW", "韩元": "KRW", "inr": "INR", "₹": "INR", "rs": "INR", "chf": "CHF", "瑞士法郎": "CHF",
    "挪威克朗": "NOK", "瑞典克朗": "SEK", "丹麦克朗": "DKK", "加元": "CAD", "澳元": "AUD", "新加坡元": "SGD", "卢比": "INR",
    "$": "$", "dollar": "$", "dollars": "$", "元": "元", "cents": "cent", "cent": "cent", "us cents": "cent", "singapore cents": "cent", "hk cents": "cent", "港仙": "cent", "分钱": "cent", "pence": "pence", "便士": "pence",
    "singapore dollars": "SGD", "australian dollars": "AUD", "canadian dollars": "CAD", "hong kong dollars": "HKD",
}  # fmt: skip
CURRENCIES |= {
    code.lower(): code
    for code in "SEK NOK DKK PLN CZK HUF RUB BRL MXN ARS CLP COP THB IDR MYR VND PHP ZAR NGN EGP AED SAR QAR ILS NZD PKR".split()
}
# What a sign that names no country may stand for.
LOOSE = {
    "$": frozenset({"USD", "HKD", "SGD", "AUD", "CAD", "TWD"}),
    "¥": frozenset({"CNY", "JPY", "元"}),
    "元": frozenset({"CNY", "¥"}),
    "cent": frozenset({"USD", "HKD", "SGD", "AUD", "CAD", "EUR", "CNY", "元", "$"}),
    "pence": frozenset({"GBP"}),
}
HUNDREDTHS = frozenset({"cent", "pence"})  # of the currency that they stand for

SCALES = {
    "thousand": 3, "k": 3, "千": 3, "million": 6, "millions": 6, "mn": 6, "mln": 6, "m": 6, "百万": 6, "bn": 9,
    "bln": 9, "billion": 9, "billions": 9, "b": 9, "trillion": 12, "trillions": 12, "tn": 12, "trn": 12, "tr": 12,
    "t": 12, "万": 4, "萬": 4, "十万": 5, "千万": 7, "亿": 8, "億": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
    "兆": 12, "hundred": 2, "lakh": 5, "crore": 7,
}  # fmt: skip

PERCENT = frozenset({"%", "percent", "per cent", "per-cent"})
# `pct` is percent to some writers and percentage points to others: it agrees with both.
LOOSE_PERCENT = frozenset({"pct", "pcts", "个pct"})
POINTS = frozenset(
    "pp|pps|ppt|ppts|%pts|%pt|百分点|个百分点|percentage points|percentage point|percentage-point|percent points|"
    "per-cent points|pct pts|pct points|points|point".split("|")
)
BASIS_POINTS = frozenset(["bp", "bps", "basis points", "basis point", "个基点", "基点", "个bp"])
MULTIPLES = frozenset({"x", "×", "times", "倍", "-fold", "fold"})

# Other measures -> (measure, factor to its smallest unit). Two different measures are two different figures.
MEASURES: dict[str, tuple[str, str]] = {
    "kwh": ("wh", "1e3"), "mwh": ("wh", "1e6"), "gwh": ("wh", "1e9"), "twh": ("wh", "1e12"), "千瓦时": ("wh", "1e3"),
    "度电": ("wh", "1e3"), "kw": ("w", "1e3"), "mw": ("w", "1e6"), "gw": ("w", "1e9"), "tw": ("w", "1e12"),
    "千瓦": ("w", "1e3"), "兆瓦": ("w", "1e6"), "吉瓦": ("w", "1e9"), "ton": ("ton", "1"), "tons": ("ton", "1"),
    "tonne": ("ton", "1"), "tonnes": ("ton", "1"), "吨": ("ton", "1"), "mt": ("ton", "1e6"), "mtpa": ("ton", "1e6"), "kt": ("ton", "1e3"), "万吨": ("ton", "1e4"), "kg": ("kg", "1"), "kilogram": ("kg", "1"), "kilograms": ("kg", "1"),
    "公斤": ("kg", "1"), "barrel": ("barrel", "1"), "barrels": ("barrel", "1"), "bbl": ("barrel", "1"), "桶": ("barrel", "1"),
    "bpd": ("bpd", "1"), "boe/d": ("bpd", "1"), "boepd": ("bpd", "1"), "kboe/d": ("bpd", "1e3"), "mboe/d": ("bpd", "1e6"), "mmboe/d": ("bpd", "1e6"), "barrels of oil equivalent per day": ("bpd", "1"), "barrels of oil equivalent a day": ("bpd", "1"), "boe": ("barrel", "1"), "barrels of oil equivalent": ("barrel", "1"), "barrel of oil equivalent": ("barrel", "1"), "b/d": ("bpd", "1"), "kb/d": ("bpd", "1e3"), "mb/d": ("bpd", "1e6"), "barrels per day": ("bpd", "1"), "barrels a day": ("bpd", "1"), "桶/日": ("bpd", "1"), "oz": ("ounce", "1"), "ounce": ("ounce", "1"), "ounces": ("ounce", "1"), "盎司": ("ounce", "1"),
    "年": ("month", "12"), "year": ("month", "12"), "years": ("month", "12"), "yr": ("month", "12"), "yrs": ("month", "12"),
    "个月": ("month", "1"), "month": ("month", "1"), "months": ("month", "1"), "周": ("week", "1"), "week": ("week", "1"),
    "weeks": ("week", "1"), "天": ("day", "1"), "日": ("day", "1"), "day": ("day", "1"), "days": ("day", "1"),
    "小时": ("hour", "1"), "hour": ("hour", "1"), "hours": ("hour", "1"), "分钟": ("minute", "1"), "minutes": ("minute", "1"),
    "quarters": ("month", "3"), "个季度": ("month", "3"), "km": ("metre", "1e3"), "公里": ("metre", "1e3"),
    "kilometers": ("metre", "1e3"), "kilometres": ("metre", "1e3"), "miles": ("mile", "1"), "nm": ("nm", "1"), "纳米": ("nm", "1"), "nanometer": ("nm", "1"), "nanometers": ("nm", "1"),
    "nanometre": ("nm", "1"), "nanometres": ("nm", "1"),
    "l": ("litre", "1"), "litre": ("litre", "1"), "litres": ("litre", "1"), "liter": ("litre", "1"), "liters": ("litre", "1"),
    "mm": ("mm", "1"), "毫米": ("mm", "1"), "sqm": ("sqm", "1"), "square meters": ("sqm", "1"), "square metres": ("sqm", "1"), "sq m": ("sqm", "1"), "sq.m": ("sqm", "1"),
    "万平": ("sqm", "1e4"), "平方米": ("sqm", "1"), "平米": ("sqm", "1"), "㎡": ("sqm", "1"),
    "sqft": ("sqft", "1"), "square feet": ("sqft", "1"), "acres": ("acre", "1"), "亩": ("mu", "1"), "shares": ("share", "1"),
    "share": ("share", "1"), "股": ("share", "1"), "tb": ("byte", "1e12"), "gb": ("byte", "1e9"), "mb": ("byte", "1e6"),
    "teu": ("teu", "1"), "个标箱": ("teu", "1"), "成": ("percent", "10"),
}  # fmt: skip
# What is counted one by one: all the same measure, in both languages.
COUNTS = frozenset(
    "units unit vehicles cars sets pieces stores outlets shops people persons employees staff customers users members "
    "companies projects countries cities 辆 台 套 部 家 个 人 名 位 件 座 间 只 款 项 条 户 艘 架 份 张 台套 万辆 家门店".split()
)

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINALS = {
    word: value for value, word in enumerate("third fourth fifth sixth seventh eighth ninth tenth".split(), start=3)
}


def alike(one: str, two: str) -> bool:
    """Whether two currencies may be one: `$` may be any dollar, `¥` a yuan or a yen, none any."""
    return not one or not two or one == two or two in LOOSE.get(one, ()) or one in LOOSE.get(two, ())


# What stands right before a number and says how exactly it is meant.
HEDGE = re.compile(
    r"(?:(?P<about>\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|close to|some|circa|ca\.)|[~≈]|约(?:[占为合是至达][^\d,，。;；]{0,12})?|近|大概|大约|接近)"
    r"|(?P<under>\b(?:under|(?:no )?less than|below|at most|no more than|fewer than)|<|≤|不足|(?<!不)低于|不到|(?:不超过|不高于)(?:[^\d，。,;；]{1,10}的)?|至多|最多|(?<!不)少于|(?<!不)小于)"
    r"|(?P<over>\b(?:over|more than|above|exceed\w*|surpass\w*|at least|upwards of|as much as|greater than)|>|≥|超过?|突破|站上|逾|(?:不低于|不少于)(?:[^\d，。,;；]{1,10}的)?|不小于|至少|最少|高达|高于"
    r"|多于|大于))\s*$",
    re.IGNORECASE,
)


# How what HEDGE finds ends: looked at first, for most numbers have nothing of the kind before them.
HEDGE_ENDS = tuple(
    "about around approximately approx approx. roughly nearly almost to some circa ca. under than below most exceed over above least "
    "of as ~ ≈ 约 近 概 于 < ≤ 足 到 破 上 过 少 多 的 > ≥ 超 逾 达".split()
)


def chinese_number(text: str) -> Decimal | None:
    """``三十五`` -> 35, ``两百`` -> 200, ``三点五`` -> 3.5, ``三亿五千万`` -> 3.5E+8 (exact to its last unit).

    None when it is no number.
    """
    whole, point, part = text.partition("点")
    if point:
        value = chinese_number(whole)
        digits = "".join(str(DIGITS[char]) for char in part if char in DIGITS)
        return None if value is None or len(digits) < len(part) or value >= 1_000 else Decimal(f"{int(value)}.{digits}")
    for scale, power in (("亿", 8), ("万", 4)):
        whole, found, rest = text.partition(scale)
        if found:
            parts = (chinese_number(whole), chinese_number(rest) if rest else Decimal(0))
            return None if None in parts else _joined(parts[0], parts[1], power)
    return _below_ten_thousand(text)


def _joined(whole: Decimal | None, rest: Decimal | None, power: int) -> Decimal | None:
    """A number of a scale and what stands behind it, written so that its exponent is that of its last digit."""
    return ((whole or Decimal(0)) * Decimal(10) ** power + (rest or Decimal(0))).normalize()


def _below_ten_thousand(text: str) -> Decimal | None:
    total, digit = 0, -1
    for char in text:
        if char in DIGITS:
            if digit >= 0 and total == 0:
                return None  # two digits side by side: a year or a code, not a number
            digit = DIGITS[char]
        elif char in _TENS:
            total += (1 if digit < 0 else digit) * _TENS[char]
            digit = -1
        else:
            return None
    return Decimal(total + max(digit, 0)) if text else None


def either(forms: Iterable[str]) -> str:
    """A regular expression for the longest of the forms that fits; Latin words end where a word ends."""
    parts = []
    for form in sorted(forms, key=len, reverse=True):
        end = r"(?![A-Za-z])" if form[-1].isascii() and form[-1].isalpha() else ""
        parts.append(re.escape(form).replace(r"\ ", r"\s+") + end)
    return "|".join(parts)
