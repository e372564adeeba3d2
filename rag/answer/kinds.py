"""What kind of value a question asks for (a count, an amount of money, a share, a date, a person), and whether a text holds one."""

from __future__ import annotations

import re
from typing import Literal

from rag.answer.statement_times import said_periods

Kind = Literal["number", "money", "percent", "count", "date", "person", "party"]
NUMBERS: frozenset[Kind] = frozenset({"number", "money", "percent", "count"})

_CURRENCY = (
    r"US\$|HK\$|[$€£¥￥]|\b(?:USD|EUR|GBP|CHF|JPY|RMB|CNY|HKD|TWD|KRW|INR|NOK|SEK|DKK|AUD|CAD|SGD|Rs)\b|(?<![A-Za-z])(?:Rmb|RMB|CNY|HK|USD|EUR)(?=\d)"
    r"|\b(?:yuan|renminbi|dollars?|euros?|pounds?|pence|yen|won|rupees?|francs?|kron(?:er|or|a)|cents?)\b"
)
_MONEY_ZH = r"元|块钱|美分|港币|人民币|欧元|日元|英镑|\d\s*[万亿]"
_SHARE = re.compile(
    r"[%％‰]|\b(?:per ?cent|percentage|pct|basis points?|bps?)\b|\b(?:hal(?:f|ves)|thirds?|quarters? of|fifths?|tenths?|most|majority|all|none|times|double[ds]?|twice)\b"
    r"|百分|个点|[一二三四五六七八九两几]成|倍|一半|全部|多数",
    re.IGNORECASE,
)
_MONEY = re.compile(rf"{_CURRENCY}|{_MONEY_ZH}|\bfree\b|免费", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![A-Za-z0-9_.,])[-+(]?(?:RMB|Rmb|CNY|HKD|USD|EUR|[$€£¥￥])?\s?\d[\d,]*(?:\.\d+)?")
_COUNT_WORD = re.compile(
    r"\b(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|(?<!first )(?<!second )half|double[ds]?|twice|triple[ds]?)\b"
    r"|[一二三四五六七八九十百千万两半]+(?:个|家|条|座|款|项|名|成|倍|亿|万|次|年|天|月|人|台|辆|架)",
    re.IGNORECASE,
)
# A figure that can count things: no currency before it, no percent sign or currency behind it.
_COUNTED = re.compile(
    rf"(?<![\d.,$€£¥￥A-Za-z-])(?<!(?:RMB|USD|CNY|HKD|EUR|GBP|NOK)\s)\d[\d,]*(?:\.\d+)?(?![\d.,]*\d)(?!\s*(?:[%％‰]|pct\b|per ?cent|basis points?|bps?\b|个?百分点|个?基点|[万亿百]*(?:元|美元|港元)|(?:million|billion|trillion|bn|mn|m)?\s*(?:{_CURRENCY})))",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TICKER = re.compile(r"[(（]\d{4,6}(?:\.[A-Z]{2})?[)）]")
_BARE_YEAR = re.compile(r"^(?:19|20)\d\d$")
_NAME = re.compile(
    r"(?<![A-Za-z])[A-Z][a-zé’'-]+ (?:[A-Z]\. )?[A-Z][a-zé’'-]+|(?:董事长|总裁|经理|分析师|总监|主席|行长|女士|先生)"
)

_ASIDE = re.compile(r"\([^()]*\)")

_ASKS_COUNT = re.compile(
    r"\bhow many\b(?!\s+(?:per ?cent\w*|percentage|basis|times|yuan|dollars|euros|pounds|rmb|usd|eur|hkd|millions?|billions?))"
    r"|\bwhat number of\b|多少(?=[名位个家辆台架座条项款人户次](?!百分点|基点|点|元))|几(?=[个家座条辆名位架台款项人](?!百分点|方面|基点|点))",
    re.IGNORECASE,
)
_ASKS_MONEY = re.compile(
    r"\bwhat (?:do|does|did|will|would|has|have)\b[^?]{0,60}\b(?:cost|pay|paid|charge|charged|spend|spent|fetch|sell for)\b"
    r"|\bhow much\b[^?]{0,60}\b(?:cost|costs|pay|paid|charge|charged|spend|spent|invest|invested|raise|borrow(?:ed)?|worth|owe)\b"
    r"|\bwhat\b[^?]{0,40}\bworth\b|\b(?:at|for) what price\b|\bwhat price\b|多少(?:钱|元|美元|港元|亿元|万元)|(?:售价|定价|工资|薪酬|造价)[^??]{0,6}多少",
    re.IGNORECASE,
)
_ASKS_SHARE = re.compile(
    r"\b(?:what|which) (?:percentage|per ?cent|proportion|fraction)\b|\b(?:what|which) (?:share|portion|part|slice|chunk) of\b|百分之几|占比|占[^??]{0,12}(?:多少|比例|几成)",
    re.IGNORECASE,
)
_ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much|large|big|high|low|long|far|fast|quickly|sharply|steeply|strongly|heavily|steep|wide|old)\b|\bby how\b"
    r"|\bwhat (?:percentage|percent|share|slice|chunk|portion|proportion|fraction|number|amount|price|value|multiple|ratio)\b"
    r"|\bwhat (?:is|was|are|were) (?:the |its |their |(?:[A-Z][\w&.’'-]* ){1,4})?(?:average|total|median|number of|amount of|size of|value of|price of|percentage of)\b"
    r"|\bwhat (?:do|does|did|will|would|has|have)\b[^?]{0,60}\b(?:cost|pay|paid|charge|charged|spend|spent|fetch|sell for|weigh|amount to|come to)\b|\bwhat\b[^?]{0,40}\bworth\b"
    r"|多少|几(?!个?方面|点|家)|多大|多高|多久|多快|占比|百分之",
    re.IGNORECASE,
)
_ASKS_DATE = re.compile(
    r"\bwhen\b|\b(?:in|on|by|since) (?:which|what) (?:year|month|day|date|quarter)\b|\bwhat (?:date|day|year|month)\b|何时|什么时候|哪一?(?:天|年|月|日)|什么时间",
    re.IGNORECASE,
)
_ASKS_PERSON = re.compile(r"^\s*who(?:se)?\b|\b(?:is|was) who\b|谁|哪位", re.IGNORECASE)
# `Who supplies the glass?` asks for a company; one in an office, or who did what only a person does, is a person.
_PEOPLE = re.compile(
    r"\b(?:c[efot]o|chief|boss|head(?:s|ed)?|chair\w*|president|founder|found(?:ed|s)|director|manager|governor|minister|secretary|counsel|analysts?|author(?:s|ed)?|wr[io]te[sn]?|written|economists?|lead(?:s|er)?|led"
    r"|runs?|ran|succe\w+|appoint\w*|resign\w*|name[ds]?|took over|tak(?:es|ing) over|join(?:s|ed)|said|says|say|told|comment\w*|speak\w*|spoke|sign(?:s|ed)|person|people)\b"
    r"|官|长|总|主席|董|人|经理|分析师|作者|撰写|写|说|接任|接替|任命|担任|辞|带队|掌舵|主管|老板",
    re.IGNORECASE,
)


def kind_of(question: str) -> Kind | None:
    """The kind of value that a question asks for, by its wording."""
    if _ASKS_PERSON.search(question):
        return "person" if _PEOPLE.search(question) else "party"
    if _ASKS_DATE.search(question):
        return "date"
    if not _ASKS_NUMBER.search(question):
        return "count" if _ASKS_COUNT.search(question) else None
    if _ASKS_SHARE.search(question):
        return "percent"
    if _ASKS_MONEY.search(question):
        return "money"
    return "count" if _ASKS_COUNT.search(question) else "number"


def holds_kind(text: str, kind: Kind | None, *, cells: bool = False) -> bool:
    """Whether a text holds a value of a kind; ``cells``: it is a row of a table, whose units stand elsewhere."""
    if kind in NUMBERS:
        plain = _TICKER.sub(" ", text)
        for period in said_periods(text, None):
            plain = plain.replace(period.surface, " ")
        if not cells and kind == "money":
            return bool(_MONEY.search(plain))
        if not cells and kind == "percent":
            return bool(_SHARE.search(plain))
        if not cells and kind == "count":
            return any(not _BARE_YEAR.match(m[0]) for m in _COUNTED.finditer(plain)) or bool(_COUNT_WORD.search(plain))
        return any(not _BARE_YEAR.match(m[0]) for m in _FIGURE.finditer(plain)) or bool(_COUNT_WORD.search(plain))
    if kind == "date":
        return bool(said_periods(text, None)) or bool(re.search(r"(?:19|20)\d\d|\d月", text))
    if kind == "party" and not text.isascii() and _HAN.search(text):
        return True  # Chinese names have no capitals
    return kind is None or bool(_NAME.search(_ASIDE.sub(" ", text)))  # what ADC stands for is nobody
