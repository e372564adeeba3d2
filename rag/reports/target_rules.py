"""Wordings by which research reports give a target price and the one before, English and Chinese, with its currency.

Groups: ``value`` with ``cur`` before it and ``unit`` after it; the same with ``old`` in front for the earlier target;
``head``: what stands in brackets after the label.
"""

from __future__ import annotations

import re

from rag.reports.rating_rules import ZH_MOVED

_I = re.IGNORECASE
_ISO = (
    "USD|HKD|CNY|RMB|EUR|GBP|JPY|TWD|AUD|NZD|SGD|CAD|CHF|SEK|NOK|DKK|KRW|INR|THB|MYR|IDR|PHP|VND|BRL|MXN|ZAR|TRY|PLN|CZK|HUF"
    "|ILS|SAR|AED|QAR|RUB"
)
_SIGN = rf"US\$|HK\$|NT\$|NZ\$|A\$|S\$|C\$|R\$|{_ISO}|Rs\.?|CNH|人民币|港币|港元|美元|[$€£¥￥₹₩]"
_UNIT = rf"港元|港币|港幣|美元|人民币|欧元|英镑|日元|日圆|新台币|韩元|元|(?:{_ISO}|yuan|euros?|dollars?|pence|p)\b"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+"
_PER = r"(?:\s*(?:/|每|per\s+)\s*(?:股|share))?"
MONEY = rf"(?P<cur>{_SIGN})?\s*(?P<value>{_NUMBER})(?:\s*(?P<unit>{_UNIT}))?{_PER}"
_IN_FRONT = rf"(?P<cur>{_SIGN})\s*(?P<value>{_NUMBER})(?:\s*(?P<unit>{_UNIT}))?{_PER}"
_BEHIND = rf"(?P<cur>{_SIGN})?\s*(?P<value>{_NUMBER})\s*(?P<unit>{_UNIT}){_PER}"
_OLD = rf"(?P<oldcur>{_SIGN})?\s*(?P<old>{_NUMBER})(?:\s*(?P<oldunit>{_UNIT}))?{_PER}(?!\s*[%％])"
_HEAD = r"(?:[(（](?P<head>[^)）]{1,12})[)）])?"
_ZH_PRICE = r"(?:目标价(?:格|位|值)?|合理(?:价值|估值|股价))"
_EN_PRICE = r"\b(?:target\s+prices?|price\s+targets?|price\s+objective|(?:12|twelve)[- ]?m(?:on)?th\s+target|fair\s+value(?:\s+estimate)?|PT|TP)\b"
_ZH_MOVE = r"(?:上调|下调|调高|调低|调升|调降|提升|提高|降低)"
_BEFORE = r"[(（,，;；]?\s*(?:(?:原|前|前次|此前|上次)(?:值|为|目标价(?:格)?)?为?|from|previously|prev(?:ious)?\.?|prior|was|vs\.?|old)\s*[:：|]?\s*"
_SHARE = r"(?:为?每股\s*)?"

TARGETS = (
    re.compile(
        rf"{_ZH_PRICE}\s*{_HEAD}\s*(?:由|从|自)\s*(?:每股)?{_OLD}\s*(?:大幅|小幅|略微)?{ZH_MOVED}为?\s*(?:每股)?{MONEY}",
        _I,
    ),
    re.compile(
        rf"{_ZH_MOVE}[^。；;\n\d]{{0,8}}?{_ZH_PRICE}\s*(?:约)?\d+(?:\.\d+)?\s*[%％]\s*(?:至|到)为?\s*{MONEY}", _I
    ),
    re.compile(rf"{_ZH_MOVE}[^。；;\n\d]{{0,8}}?{_ZH_PRICE}\s*(?:由|从|自)?\s*{_OLD}\s*(?:至|到)为?\s*{MONEY}", _I),
    re.compile(
        rf"{_ZH_PRICE}\s*{_HEAD}[\s:：|为至到约是]*(?:{ZH_MOVED})?{_SHARE}\s*{MONEY}\s*{_BEFORE}(?:每股)?{_OLD}", _I
    ),
    re.compile(rf"{_ZH_PRICE}\s*{_HEAD}[\s:：|为至到约是]*(?:{ZH_MOVED})?{_SHARE}\s*{MONEY}", _I),
    re.compile(rf"{_EN_PRICE}[^.;\n\d]{{0,40}}?from\s+{_OLD}\s+to\s+{MONEY}", _I),
    re.compile(rf"{_EN_PRICE}[^.;\n\d]{{0,40}}?\d+(?:\.\d+)?\s*%\s+to\s+{MONEY}", _I),
    re.compile(rf"{_EN_PRICE}\s*{_HEAD}(?:(?!from)[^.;\n\d$€£¥]){{0,40}}?{MONEY}\s*{_BEFORE}(?:of\s+)?{_OLD}", _I),
    re.compile(rf"{_EN_PRICE}\s*{_HEAD}(?:(?!from)[^.;\n\d$€£¥]){{0,40}}?{MONEY}", _I),
    *(
        re.compile(rf"\btarget\s+(?:\w+\s+){{0,3}}?to\s+{money}(?:\s+from\s+{_OLD})?", _I)
        for money in (_IN_FRONT, _BEHIND)
    ),
    *(
        re.compile(rf"\btarget\s*[:：]?\s*{money}(?:\s*[(（,]\s*(?:was|from|prev(?:ious(?:ly)?)?\.?)\s+{_OLD})?", _I)
        for money in (_IN_FRONT, _BEHIND)
    ),
    re.compile(rf"\btarget\s+(?:of|at|is)\s+(?P<cur>{_SIGN})\s*(?P<value>{_NUMBER})(?:\s*(?P<unit>{_UNIT}))?", _I),
    re.compile(rf"\btarget\s+(?:of|at|is)\s+(?P<cur>{_SIGN})?(?P<value>{_NUMBER})\s*(?P<unit>{_UNIT})", _I),
)
OLD_TARGETS = (
    re.compile(rf"{_EN_PRICE}\s*\|[^|\n]{{1,24}}\|\s*(?:from|prev(?:ious)?\.?|prior|old|was)\s*\|?\s*{_OLD}", _I),
    re.compile(rf"(?<!维持)(?<!保持)(?:原|前次|前|此前|上次){_ZH_PRICE}\s*{_HEAD}\s*[:：|为]?\s*(?:每股)?{_OLD}", _I),
    re.compile(rf"\b(?:previous|prior|old|former)\s+{_EN_PRICE}\s*(?:[:：|]|of|was|is|at)?\s*{_OLD}", _I),
    re.compile(rf"{_EN_PRICE}\s*[(（]\s*(?:prev(?:ious)?|prior|old)\.?\s*[)）]\s*[:：|]?\s*{_OLD}", _I),
)
NOT_PRICE = re.compile(
    r"\s*(?:[%％]|x\b|[xX]\s?P|倍|亿|万|[-–]?\s?(?:months?|mths?|years?)\b|个月|(?:bn|billion|mn|million|trillion)\b"
    r"|(?:[-–—~～]|至|到|to\s)\s*(?:[A-Z]{0,3}[$€£¥￥]\s*)?\d|\s\d|[AE]\b)",
    re.IGNORECASE,
)
"""What after a number says that it is no price of its own: a percentage, a multiple, a sum, a time, the start of a range."""

CURRENCIES = {
    "US$": "USD", "$": "USD", "USD": "USD", "美元": "USD", "DOLLAR": "USD", "DOLLARS": "USD", "HK$": "HKD", "HKD": "HKD", "港元": "HKD",
    "港币": "HKD", "港幣": "HKD", "RMB": "CNY", "CNY": "CNY", "CNH": "CNY", "人民币": "CNY", "元": "CNY", "YUAN": "CNY", "€": "EUR",
    "EUR": "EUR", "EURO": "EUR", "EUROS": "EUR", "欧元": "EUR", "£": "GBP", "GBP": "GBP", "英镑": "GBP", "JPY": "JPY", "日元": "JPY",
    "日圆": "JPY", "NT$": "TWD", "新台币": "TWD", "NZ$": "NZD", "A$": "AUD", "S$": "SGD", "C$": "CAD", "R$": "BRL", "RS": "INR",
    "RS.": "INR", "₹": "INR", "₩": "KRW", "韩元": "KRW", "PENCE": "GBX", "P": "GBX",
} | {code: "CNY" if code == "RMB" else code for code in _ISO.split("|")}  # fmt: skip
"""Signs and words to ISO 4217 (GBX: pence); the yen sign is decided by the text around it."""
