"""Wordings by which research reports give a rating, the rating before, and a target price, English and Chinese.

Groups: ``new`` and ``old`` ratings; ``value`` of a target with ``cur`` before it, ``unit`` after it, ``head`` in brackets.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
_EN = (
    r"(?:Strong(?:ly)?\s+Buy|Conviction\s+Buy|Buy|Overweight|Outperform|Accumulate|Add|Hold|Neutral|Equal[- ]?weight"
    r"|Market[- ]?perform|Sector[- ]?perform|In[- ]?line|Underweight|Underperform|Reduce|Strong\s+Sell|Sell)"
)
_ZH = (
    r"(?:强烈推荐|强烈买入|审慎推荐|谨慎推荐|审慎增持|谨慎增持|推荐|买入|增持|优于大市|跑赢行业|跑赢大市|领先大市|中性|持有"
    r"|同步大市|区间操作|减持|卖出|弱于大市|落后大市|跑输行业|回避)"
)
_OPEN = r"[“\"‘'「『《]?\s*"
_SHUT = r"\s*[”\"’'」』》]?"


def _named(words: str, group: str) -> str:
    return rf"{_OPEN}(?P<{group}>{words}){_SHUT}"


_ZH_MOVED = r"(?:上调|下调|调高|调低|提升|升|降)(?:评级)?(?:至|为|到)"
_ZH_GIVEN = rf"(?:维持|首次覆盖[，,]?\s*给予|首次给予|给予|重申|{_ZH_MOVED})"
_EN_MOVED = r"\b(?:upgrad|downgrad)\w*\s[^.;\n]{0,50}?"
_EN_GIVEN = (
    r"\b(?:(?:maintain|reiterat|retain|keep|remain|stay|assign|reaffirm|repeat|restor|rat)(?:e|s|es|ed|ing)?|kept|stays\s+at"
    r"|(?:initiat|resum)(?:e|es|ed|ing)\b[^.;\n]{0,50}?\b(?:at|with|on)|(?:up|down)grad(?:e|es|ed|ing)\b[^.;\n]{0,50}?\bto)"
)

RATINGS = (
    re.compile(rf"(?:由|从|自)\s*{_named(_ZH, 'old')}\s*(?:评级)?\s*{_ZH_MOVED}\s*{_named(_ZH, 'new')}"),
    re.compile(
        rf"{_ZH_GIVEN}(?:公司股票|公司|其|对其)?(?:的)?\s*{_named(_ZH, 'new')}"
        r"(?:的?\s*(?:投资)?评级|[，,。；;\s\[（(]|$)"
    ),
    re.compile(rf"(?:投资|股票|公司|最新)?评级\s*(?:[:：|为]|\s)\s*{_named(_ZH, 'new')}"),
    re.compile(rf"{_named(_ZH, 'new')}\s*[（(](?:维持|首次|上调|下调|调高|调低)[^）)]{{0,8}}[）)]"),
    re.compile(rf"{_ZH_GIVEN}[^。；;\n]{{0,24}}?{_named(_ZH, 'new')}\s*(?:投资)?评级"),
    re.compile(rf"{_EN_MOVED}from\s+{_named(_EN, 'old')}\s+to\s+(?:an?\s+)?{_named(_EN, 'new')}", _I),
    re.compile(rf"{_EN_MOVED}to\s+(?:an?\s+)?{_named(_EN, 'new')}\s*[,(]?\s*from\s+{_named(_EN, 'old')}", _I),
    re.compile(
        rf"{_EN_GIVEN}\s+(?:at\s+|it\s+)?(?:our|its|an?|the)?\s*{_named(_EN, 'new')}"
        r"(?=\s*(?:rating|recommendation|[,.;:\[(]|with|and|on|$))",
        _I,
    ),
    re.compile(
        rf"\b(?:rating|recommendation)\s*(?:[:：|]|is|of|at|-)\s*(?:[\w ]{{0,30}}?(?:at|to|is)\s+(?:an?\s+)?)?"
        rf"{_named(_EN, 'new')}(?!\w)",
        _I,
    ),
    re.compile(
        rf"^\s*{_named(_EN, 'new')}\s*[(（]\s*(?:from|prev|was|maintained|unchanged|upgrade|downgrade|initiat)",
        _I | re.M,
    ),
    re.compile(rf"^\s*{_named(_EN, 'new')}\s*$", _I | re.M),
    re.compile(rf"[“\"](?P<new>{_EN})[”\"]\s+(?:rating|recommendation)", _I),
)
OLD_RATINGS = (
    re.compile(rf"(?:前次|上次|此前|原|前)评级\s*(?:[:：为|]|\s)?\s*{_named(_ZH, 'old')}"),
    re.compile(rf"[（(]\s*(?:原|前次)\s*[:：]?\s*{_named(_ZH, 'old')}\s*[）)]"),
    re.compile(rf"[(（]\s*(?:from|prev(?:ious|iously|\.)?:?|was)\s+{_named(_EN, 'old')}\s*[)）]", _I),
    re.compile(rf"\b(?:previous|prior|old)\s+rating\s*[:：|]?\s*{_named(_EN, 'old')}(?!\w)", _I),
)
LABEL = re.compile(r".{0,14}(?:ratings?|recommendation|评级)", _I)
UNDER_LABEL = re.compile(
    rf"(?<!\w){_named(_EN + '|Positive|Negative|Attractive|Cautious|' + _ZH + '|看好|看淡|谨慎', 'new')}(?![A-Za-z])",
    _I,
)

_SIGN = r"US\$|HK\$|NT\$|A\$|S\$|C\$|RMB|CNY|HKD|USD|EUR|GBP|JPY|人民币|港币|港元|美元|[$€£¥￥]"
_UNIT = r"港元|港币|美元|人民币|欧元|英镑|日元|新台币|元|(?:HKD|USD|RMB|CNY|EUR|GBP|JPY|yuan)\b"
_MONEY = rf"(?P<cur>{_SIGN})?\s*(?P<value>\d[\d,]*(?:\.\d+)?)(?:\s*(?P<unit>{_UNIT}))?"
_OTHER = rf"(?:{_SIGN})?\s*\d[\d,]*(?:\.\d+)?(?:\s*(?:{_UNIT}))?"
_HEAD = r"(?:[(（](?P<head>[^)）]{1,12})[)）])?"
_ZH_PRICE = r"(?:目标价(?:格|位|值)?|合理(?:价值|估值)(?:区间)?)"
_EN_PRICE = r"\b(?:target\s+prices?|price\s+targets?|price\s+objective|12-month\s+target|PT|TP)\b"

TARGETS = (
    re.compile(rf"{_ZH_PRICE}\s*{_HEAD}\s*(?:由|从)\s*{_OTHER}\s*{_ZH_MOVED}\s*{_MONEY}", _I),
    re.compile(rf"(?:{_ZH_MOVED})?{_ZH_PRICE}\s*{_HEAD}[\s:：|为至到]*(?:{_ZH_MOVED})?\s*(?:人民币)?{_MONEY}", _I),
    re.compile(rf"{_EN_PRICE}[^.;\n\d]{{0,40}}?from\s+{_OTHER}\s+to\s+{_MONEY}", _I),
    re.compile(rf"{_EN_PRICE}\s*{_HEAD}[^.;\n\d$€£¥]{{0,30}}?{_MONEY}(?!\s*%)", _I),
    re.compile(rf"\btarget\s+(?:of|at|is)\s+{_MONEY}(?!\s*%)", _I),
)
CURRENCIES = {
    "US$": "USD", "$": "USD", "USD": "USD", "美元": "USD", "HK$": "HKD", "HKD": "HKD", "港元": "HKD", "港币": "HKD", "RMB": "CNY",
    "CNY": "CNY", "人民币": "CNY", "元": "CNY", "YUAN": "CNY", "€": "EUR", "EUR": "EUR", "欧元": "EUR", "£": "GBP", "GBP": "GBP",
    "英镑": "GBP", "JPY": "JPY", "日元": "JPY", "NT$": "TWD", "新台币": "TWD", "A$": "AUD", "S$": "SGD", "C$": "CAD",
}  # fmt: skip
"""Signs and words to ISO 4217; the yen sign is decided by the text around it."""
