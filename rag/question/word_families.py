"""Everyday words that say the same thing in reports: `sell` and `sales`, `couriers` and `riders`, 卖出 and 销量.

The finance lexicon knows the terms of the trade; this table knows the plain words that people ask with. It is looked up
where a statement is weighed against a question, never to search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from rag.language import analysis
from rag.question.concepts import Asked

_FAMILIES = """
sell sells sold selling sale sales revenue turnover
buy buys bought buying repurchase repurchased repurchases purchase purchases purchased acquire acquired acquisition takeover
repurchase repurchased repurchases buyback buybacks
pay pays paid paying payment payout
cost costs costing expense expenses
charge charges charged fee fees
spend spends spent spending expenditure expense expenses outlay budget budgeted invest invested
invest invests invested investment investments capex spending
deliver delivers delivered delivery deliveries handed handover
ship ships shipped shipment shipments
export exports exported
produce produces produced production output manufacture manufactures manufactured
employ employs employed employee employees staff workforce headcount workers
hire hires hired hiring payrolls jobs recruit recruited
layoff layoffs redundancies dismissed dismissal
own owns owned owner ownership stake holds held holding
earn earns earned earning earnings profit income made
profitable profitability profit margin earnings
lose loses lost losing loss losses shed
start starts started begin begins began begun launch launched launches open opens opened commence commenced
end ends ended finish finished close closed stop stops stopped halt halted cease
delay delays delayed postpone postponed late
raise raises raised lift lifts lifted increase increased hike hiked upgrade upgraded
reduce reduces reduced cut cuts trim trimmed slash slashed lower lowered downgrade downgraded
improve improves improved improvement better recover recovered recovery rebound
worsen worsened worse deteriorate deteriorated weaken weakened weaker weak
expensive cheap valuation valued multiple multiples times
volatile volatility swing swings swung fluctuate fluctuated fluctuation
forecast forecasts forecasted expect expects expected expectation predict predicts predicted project projected projection estimate estimates estimated model modelled modeled guide guided guidance seen see sees put
target targets aim aims goal goals plan plans planned
risk risks danger dangers threat threats downside wrong hazards
worry worries worried concern concerns concerned fear fears
rival rivals rivalry competitor competitors competition peer peers
customer customers client clients buyer buyers
supplier suppliers vendor vendors
factory factories plant plants mill mills fab fabs works site facility facilities
shop shops store stores outlet outlets branch branches
courier couriers rider riders driver drivers
car cars vehicle vehicles auto autos automobile automobiles
phone phones smartphone smartphones handset handsets mobile
home homes house houses housing property flat flats apartment apartments dwelling dwellings
worker workers employee employees staff
wage wages pay salary salaries earnings pay
shareholder shareholders investor investors holder holders stockholder stockholders
strategy strategic strategies
important importance pivotal crucial
audit audits audited auditor auditors
approve approved approval approves clearance
build builds built building construct constructed construction
queue wait waiting
shortage short shortfall scarce tight tightness
surplus oversupply glut excess
order orders ordered backlog book
contract contracts agreement agreements deal deals
licence licences license licenses licensing licensed
abroad overseas foreign international
home domestic local
dividend dividends payout
debt debts borrowings borrowing loans indebtedness leverage
cash liquidity
fast quick quickly speed rapid pace rate
beat beats exceeded exceed above topped surpass surpassed ahead
miss missed misses below short behind
like likes prefer prefers preferred favour favours favoured favor favors pick picks top
recommend recommends recommended advise advises advised prefer suggest suggests
"""
# Chinese words are matched where they stand in an unbroken run of a question: what begins like this may also be said so.
_ZH = (
    (re.compile(r"^(?:卖|售|销)(?:出|掉|了)*"), ("销量", "销售", "售出", "卖出", "出货", "减持", "抛售")),
    (re.compile(r"员工|人手|雇员"), ("员工", "雇员", "职工", "人员")),
    (re.compile(r"^(?:交付|交车)"), ("交付", "交货", "deliveries", "delivered", "handed over")),
    (re.compile(r"^(?:上市|挂牌)"), ("上市", "挂牌", "登陆", "listed", "listing")),
    (re.compile(r"^(?:好处|益处)"), ("受益", "提升", "改善", "有利")),
    (re.compile(r"投产"), ("投产", "量产", "达产", "试产")),
    (re.compile(r"主营业务"), ("主营", "主要从事", "主要产品")),
    (re.compile(r"门店|店铺"), ("门店", "店")),
    (re.compile(r"研发投入"), ("研发",)),
    (re.compile(r"^(?:涨价|提价|上调价格)"), ("涨价", "提价", "上调", "上涨")),
    (re.compile(r"^(?:受欢迎|受青睐)"), ("青睐", "欢迎", "热销")),
)
_MEASURE = re.compile(r"..[量额]$")  # 出货500万台 says the 出货量
# Terms of the lexicon that reports also say shorter, or by one of several of their kind.
_TERMS: dict[str, tuple[str, ...]] = {
    "target price": ("target",),
    "price target": ("target",),
    "目标价": ("target", "合理价值", "合理估值"),
    "valuation": ("P/E", "PE", "P/B", "PB", "EV/EBITDA"),
    "valuations": ("P/E", "PE", "P/B", "PB", "EV/EBITDA"),
    "valuation multiple": ("P/E", "PE", "P/B", "PB", "EV/EBITDA"),
    "valuation multiples": ("P/E", "PE", "P/B", "PB", "EV/EBITDA"),
    "capacity utilisation": ("runs at", "ran at", "running at"),
    "capacity utilization": ("runs at", "ran at", "running at"),
    "分红": ("利润分配", "现金红利", "派发红利"),
    "境外收入": ("境外 收入",),
    "海外收入": ("海外 收入", "境外 收入"),
    "国内收入": ("国内 收入", "境内 收入"),
    "产能利用率": ("开工率", "稼动率"),
    "one-off items": ("一次性", "one-off"),
    "one-off": ("一次性",),
    "估值": ("PE", "PB", "市盈率", "市净率"),
    "估值水平": ("PE", "PB", "市盈率", "市净率"),
}


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    """Stem -> the stems that may stand for it."""
    table: dict[str, dict[str, None]] = {}
    for line in _FAMILIES.strip().splitlines():
        stems = tuple(dict.fromkeys(analysis.stem(word) for word in line.split()))
        for stem in stems:
            table.setdefault(stem, {}).update(dict.fromkeys(stems))
    return {stem: tuple(other for other in others if other != stem) for stem, others in table.items()}


def with_family(pieces: Iterable[Asked]) -> list[Asked]:
    """The pieces of a question with the other words that may stand for them as further forms."""
    return [_widened(piece) for piece in pieces]


def _widened(piece: Asked) -> Asked:
    if piece.kind not in ("word", "term", "metric"):
        return piece
    if piece.surface.lower() in _TERMS:
        more = [tuple(analysis.terms(form)) for form in _TERMS[piece.surface.lower()]]
    elif not piece.surface.isascii():
        short = [tuple(analysis.terms(piece.surface[:-1]))] if _MEASURE.search(piece.surface) else []
        more = short + [
            tuple(analysis.terms(form)) for pattern, forms in _ZH if pattern.search(piece.surface) for form in forms
        ]
    elif len(piece.forms[0]) == 1:
        more = [(stem,) for stem in _table().get(piece.forms[0][0], ())]
    else:
        return piece
    return replace(piece, forms=tuple(dict.fromkeys((*piece.forms, *more)))) if more else piece
