"""What a statement says without its word: `12,870 dollars a tonne` is a price, `tin: overweight` a rating."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.answer.grown import growth_test
from rag.language import lexicon
from rag.question.concepts import METRICS
from rag.question.rise_fall import direction

_PER = r"(?:metric )?(?:tonnes?|tons?|barrels?|bbl|ounces?|oz|pounds?|lbs?|kg|kilos?|kilogrammes?|bushels?|gallons?|MWh|kWh|MMBtu|MW|GB|pieces?|units?|wafers?|bottles?|heads?|square (?:metre|meter|foot))"
_PER_ZH = r"(?:吨|公斤|千克|斤|克|桶|盎司|磅|头|只|羽|瓶|箱|台|片|张|平方米|平米|立方米?|度|千瓦时|瓦|W|Wh)"
_NOT_PRICE = re.compile(
    r"\b(?:costs?|margins?|profits?|loss(?:es)?|lost|earn\w*|charges?|fees?|premiums?)\b|成本|[盈亏赚]|毛利|净利|净赚|费",
    re.IGNORECASE,
)
_PRICE = re.compile(
    rf"\d\s?(?:thousand|million|(?:US )?(?:dollars?|cents?|euros?|yuan|pence))?\s?(?:/|per |an? ){_PER}\b"
    rf"|(?:RMB|USD|CNY|EUR|yuan|cents|dollars)\s?(?:/|per |an? ){_PER}\b"
    rf"|(?:每|一){_PER_ZH}[^,,。;;\d]{{0,4}}\d|\d万?\s?(?:元|美元|欧元|港元|美分)?/{_PER_ZH}|\d万?(?:元|美元|欧元|港元|美分)(?:一|每){_PER_ZH}",
    re.IGNORECASE,
)
_ASKS_PRICE = re.compile(r"prices?|(?:现货|市场|成交|销售|出厂)?价格?|均价|报价", re.IGNORECASE)
_ASKS_RATING = re.compile(r"stance|rating|(?:investment )?rating|recommendation|(?:投资|行业)?评级", re.IGNORECASE)
_ASKS_AIM = re.compile(r"targets?|goals?|aims?|guidance|目标|指引", re.IGNORECASE)
_AIM = re.compile(
    r"\b(?:aim\w*|plans?|planned|wants?|hopes?|intends?|guid(?:es?|ed|ing|ance)|reiterat\w*|goals?|objective|targets?)\b|重申|力争|争取|计划|目标|指引|承诺|提出",
    re.IGNORECASE,
)
_ASKS_AHEAD = re.compile(
    r"forecasts?|estimates?|projections?|expect(?:s|ed|ations?)?|预测|预计|预期",
    re.IGNORECASE,
)
# How a text speaks of what is to come, whoever says so.
_AHEAD = re.compile(
    r"\b(?:will|should|shall|would|expect\w*|forecast\w*|estimat\w*|project(?:s|ed|ions?)|plan(?:s|ned)|guid(?:es?|ed|ing|ance)|target\w*|aims?|likely|due (?:to|in|by)|scheduled|slated|set to"
    r"|model(?:s|led)|seen at|(?:we|analysts|management|it) (?:see|look|expect|put|model)s?|looks? for|(?:rais|lift|cut|lower|trim)\w* (?:our|the|its)|by (?:the end of |year-end |mid-)?20\d\d|20\d\d ?E|\d\dE)\b"
    r"|预计|预测|预期|有望|计划|拟|将|目标|上调|下调|看到|力争|料|(?:20)?\d\dE",
    re.IGNORECASE,
)
# A price by the name of the goods, `oil price`, 铜价; not of a share, nor one that a target is.
_ASKS_PRICE_OF = re.compile(
    r"(?!(?:share|stock|target|closing|current|average|offer|issue|unit|selling|spot|list)\b)(?P<of>[a-z][a-z-]+) prices?|(?P<zh>[\u4e00-\u9fff]{1,4}?)(?<![股评定市均报目标])价格?",
    re.IGNORECASE,
)
_ASKS_UPSIDE = re.compile(
    r"(?:implied |potential )?upside(?: potential)?|(?:上涨|上升|潜在)空间|潜在涨幅", re.IGNORECASE
)
_UPSIDE = re.compile(
    r"\d\s?% (?:above|over|higher than|upside)|\bupside\b|(?:上涨|上升|潜在|尚有|有)[^,，。;；]{0,6}空间|潜在涨幅",
    re.IGNORECASE,
)
_ASKS_MULTIPLE = re.compile(r"(?:valuation )?multiples?|(?:估值)?倍数", re.IGNORECASE)
_MULTIPLE = re.compile(r"\d\s?(?:x\b|times\b|倍)", re.IGNORECASE)
# One term in Chinese, which asks for the figures of a forecast: that a text looks ahead is not enough.
_ASKS_FORECAST = re.compile(r"(?:盈利|业绩|利润)(?:预测|预期|预估)")
_FORECAST = re.compile(
    r"(?:预计|预测|预期|预估|上调|下调|维持)[^。；]{0,40}?(?:净利润?|EPS|每股收益|利润|营业?收入|营收)[^。；]{0,30}?\d",
    re.IGNORECASE,
)
# A currency by its sign: `$97`, `HK$80`, 500亿元.
_CURRENCIES = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(said))
    for asked, said in (
        (r"美元|美金|(?:US )?dollars?", r"(?<![A-Z])\$|US\$|USD|美元|美金|\bdollars?\b"),
        (r"港元|港币|Hong Kong dollars?", r"HK\$|HKD|港元|港币"),
        (r"欧元|euros?", r"€|EUR|欧元|\beuros?\b"),
        (r"英镑|pounds?(?: sterling)?", r"£|GBP|英镑|\bpounds?\b"),
        (r"日元|yen", r"JPY|日元|\byen\b"),
        (r"元|人民币|yuan|renminbi|RMB", r"RMB|CNY|[¥￥]|(?<![美港欧日])元|人民币|\byuan\b"),
    )
)
# Shares of one company that are two things: `BYD's H shares`, `BYD-H`, 1211.HK.
_CLASSES = tuple(
    (re.compile(rf"{letter}(?:[ -]?shares?|股)?", re.IGNORECASE), re.compile(rf"(?<![A-Za-z]){letter}(?:[ -]?shares?\b|股)|\w-{letter}\b|{ticker}"))
    for letter, ticker in (("A", r"\d\.(?:S[HZS]|C[HN])\b"), ("H", r"\d(?:\.HK| HK)\b"))
)  # fmt: skip
# Who is first or last of several.
_ENDS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(said, re.IGNORECASE))
    for asked, said in (
        (r"(?:the )?(?:best|strongest|fastest)|top perform\w+|表现最好|涨幅最大|领涨|最[好强快]", r"\b(?:best|(?:strong|fast|quick|high|larg|bigg|great|steep|sharp)est|led|leads?|leading|leaders?|topp?(?:ed|s)?|first|most|outperform\w*|ahead of|rank\w*|favou?rite|standouts?|stood out|shone|star)\b|领[涨先跑]|居首|第一|最[好强快大多高]|涨幅居前"),
        (r"(?:the )?(?:worst|weakest|slowest)|表现最差|跌幅最大|领跌|最[差弱慢]", r"\b(?:worst|(?:weak|slow|low|small|poor|larg|bigg|great|steep|sharp)est|lagg?(?:ed|ards?|s)?|last|least|most|bottom|underperform\w*|behind|trail\w*|drag\w*)\b|领跌|垫底|末位|最[差弱慢小少低]|跌幅居前"),
    )
)  # fmt: skip
_QUOTES = frozenset("\"'“”「」『』‘’")
_OPENS = frozenset(":(\uff1a\uff08")  # those of Chinese, too

Test = Callable[[str], bool]


def value_test(surface: str, *, moves: bool = False) -> Test | None:
    """How to tell that a text says a thing by its value; None for a thing that has to be named.

    ``moves``: it is asked how it moves.
    """
    if _ASKS_RATING.fullmatch(surface):
        return gives_rating
    if _ASKS_PRICE.fullmatch(surface):
        return moves_in_price if moves else gives_price
    if goods := _ASKS_PRICE_OF.fullmatch(surface):
        return _price_of(goods["of"] or goods["zh"])
    if _ASKS_UPSIDE.fullmatch(surface):
        return gives_upside
    if _ASKS_AIM.fullmatch(surface):
        return gives_aim
    if _ASKS_AHEAD.fullmatch(surface):
        return looks_ahead
    if _ASKS_MULTIPLE.fullmatch(surface):
        return gives_multiple
    if _ASKS_FORECAST.fullmatch(surface):
        return gives_forecast
    if (growth := growth_test(surface)) is not None:
        return growth
    return next((_matches(said) for asked, said in (*_CURRENCIES, *_CLASSES, *_ENDS) if asked.fullmatch(surface)), None)


def is_end(question: str, surface: str) -> bool:
    """Whether a word asks who did best or worst of several; `the best case` does not."""
    if not any(asked.fullmatch(surface) for asked, _ in _ENDS):
        return False
    does = rf"\b(?:do|does|did|done|doing|far(?:e[sd]?|ing)|perform\w*)\s+(?:the\s+)?{re.escape(surface)}\b"
    return not surface.isascii() or bool(re.search(does, question, re.IGNORECASE))


def _matches(said: re.Pattern[str]) -> Test:
    return lambda text: bool(said.search(text))


def _price_of(goods: str) -> Test:
    """How to tell that a text gives the price of something: it names it, and a price per unit."""
    named = re.compile(rf"\b{re.escape(goods)}\b" if goods.isascii() else re.escape(goods), re.IGNORECASE)
    return lambda text: bool(named.search(text)) and gives_price(text)


def gives_upside(text: str) -> bool:
    """Whether a text tells how far a target is above the price."""
    return bool(_UPSIDE.search(text))


def gives_multiple(text: str) -> bool:
    """Whether a text gives a multiple: `9x`, `14.5 times`, 18倍."""
    return bool(_MULTIPLE.search(text))


def gives_forecast(text: str) -> bool:
    """Whether a Chinese text gives what a company is expected to earn."""
    return bool(_FORECAST.search(text))


def gives_price(text: str) -> bool:
    """Whether a text has an amount per unit that is no cost, profit or fee."""
    return bool(_PRICE.search(text)) and not _NOT_PRICE.search(text)


def moves_in_price(text: str) -> bool:
    """Whether a text gives a price, or by how much something that it names no other measure of is up or down."""
    moved = direction(text) and re.search(r"\d\s?[%％]", text)
    return gives_price(text) or (bool(moved) and not any(found.kind in METRICS for found in lexicon.expand(text)))


def gives_aim(text: str) -> bool:
    """Whether a text tells what somebody means to reach."""
    return bool(_AIM.search(text))


def looks_ahead(text: str) -> bool:
    """Whether a text speaks of what is to come: an estimate need not be called one."""
    return bool(_AHEAD.search(text))


def gives_rating(text: str) -> bool:
    """Whether a text has a rating written as one: in quotes, with a capital, behind a colon, or a word that is nothing else."""
    for found in lexicon.expand(text):
        if found.kind != "rating":
            continue
        last, behind = text[: found.start].rstrip(" ")[-1:], text[found.end : found.end + 1]
        if last in _OPENS or (last in _QUOTES and (not behind or behind in _QUOTES)):
            return True
        if found.surface[:1].isupper() or re.fullmatch(r"(?:over|under)weight|(?:out|under)perform", found.surface):
            return True
    return False
