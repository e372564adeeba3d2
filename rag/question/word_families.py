"""Everyday words that say the same thing in reports: `sell` and `sales`, `couriers` and `riders`, 卖出 and 销量.

The finance lexicon knows the terms of the trade; ``word_families.tsv`` knows the plain words that people ask with, in both
languages. It is looked up where a statement is weighed against a question, never to search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from rag.language import analysis
from rag.question.concepts import Asked

PATH = Path(__file__).parent.parent / "word_families.tsv"
# Chinese words are matched where they stand in an unbroken run of a question: what begins like this may also be said so.
_ZH = (
    (re.compile(r"^(?:卖|售|销)(?:出|掉|了)*"), ("销量", "销售", "售出", "卖出", "出货", "减持", "抛售")),
    (
        re.compile(r"(?:员工|职工|雇员)(?:总数|总人数|人数|数量)"),
        ("员工总数", "员工总人数", "员工人数", "在职员工", "在册员工", "职工人数", "雇员人数"),
    ),
    (re.compile(r"(?:员工|人手|雇员)(?!总数|总人数|人数|数量)"), ("员工", "雇员", "职工", "人员")),
    (re.compile(r"(?:收入|营收)占比"), ("占总营收", "占营业收入", "占总收入", "占营收", "占收入", "占主营业务收入")),
    (re.compile(r"^(?:交付|交车)"), ("交付", "交货", "deliveries", "delivered", "handed over")),
    (re.compile(r"^(?:上市|挂牌)"), ("上市", "挂牌", "登陆", "listed", "listing")),
    (re.compile(r"^(?:好处|益处)"), ("受益", "提升", "改善", "有利")),
    (re.compile(r"投产"), ("投产", "量产", "达产", "试产")),
    (re.compile(r"主营业务"), ("主营", "主要从事", "主要产品")),
    (re.compile(r"上限"), ("上限", "不超过", "不高于", "至多")),
    (re.compile(r"下限"), ("下限", "不低于", "不少于", "至少")),
    (re.compile(r"门店|店铺"), ("门店", "店")),
    (re.compile(r"研发投入"), ("研发",)),
    (
        re.compile(r"扣非"),
        (
            "扣除非经常性损益后归属于母公司股东的净利润",
            "扣除非经常性损益后归属于母公司所有者的净利润",
            "归属于母公司股东的扣除非经常性损益的净利润",
            "归属于上市公司股东的扣除非经常性损益的净利润",
            "扣除非经常性损益后的净利润",
        ),
    ),
    (re.compile(r"(?:资产管理|资管|管理资产)规模"), ("资产管理总规模", "管理资产总规模", "资产管理 总规模")),
    (re.compile(r"^(?:涨价|提价|上调价格)"), ("涨价", "提价", "上调", "上涨")),
    (re.compile(r"^(?:受欢迎|受青睐)"), ("青睐", "欢迎", "热销")),
)
_MEASURE = re.compile(r"..[量额]$")  # 出货500万台 says the 出货量
# Terms of the lexicon that reports also say shorter, or by one of several of their kind.
_TERMS: dict[str, tuple[str, ...]] = {
    "target price": ("target",),
    "price target": ("target",),
    "目标价": ("target", "合理价值", "合理估值"),
    "cfo": ("finance chief", "finance boss", "head of finance", "财务负责人"),
    "chief financial officer": ("finance chief", "finance boss", "head of finance", "财务负责人"),
    "ceo": ("boss",),
    "chief executive": ("boss",),
    "chief executive officer": ("boss",),
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


Form = tuple[str, ...]


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, tuple[Form, ...]], dict[str, tuple[Form, ...]]]:
    """English stem, and Chinese word -> the forms that may stand for it, as index terms, those of its language first."""
    english: dict[str, dict[Form, None]] = {}
    chinese: dict[str, dict[Form, None]] = {}
    for line in PATH.read_text("utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        left, right = (() if column == "-" else tuple(column.split()) for column in line.split("\t"))
        stems = dict.fromkeys((analysis.stem(word),) for word in left)
        words = dict.fromkeys(tuple(analysis.terms(word)) for word in right)
        for (stem,) in stems:
            english.setdefault(stem, {}).update(dict.fromkeys((*stems, *words)))
        for word in right:
            chinese.setdefault(word, {}).update(dict.fromkeys((*words, *stems)))
    return {key: tuple(forms) for key, forms in english.items()}, {key: tuple(forms) for key, forms in chinese.items()}


def kin(word: str, *, whole: bool = False) -> tuple[Form, ...]:
    """The forms that may stand for a word of either language; for a run of Chinese those of every family word in it.

    ``whole``: the run is one word, such as a term of the lexicon: the words within it say something else.
    """
    english, chinese = _tables()
    if word.isascii():
        return english.get(word, ())
    held = [known for known in chinese if known == word or (not whole and len(known) > 1 and known in word)]
    return tuple(dict.fromkeys(form for known in held for form in chinese[known]))


def with_family(pieces: Iterable[Asked]) -> list[Asked]:
    """The pieces of a question with the other words that may stand for them as further forms, and as their kin."""
    return [_widened(piece) for piece in pieces]


def _widened(piece: Asked) -> Asked:
    if piece.kind not in ("word", "term", "metric"):
        return piece
    more: list[Form] = []
    if piece.surface.lower() in _TERMS:
        more = [tuple(analysis.terms(form)) for form in _TERMS[piece.surface.lower()]]
    elif not piece.surface.isascii():
        short = [tuple(analysis.terms(piece.surface[:-1]))] if _MEASURE.search(piece.surface) else []
        more = short + [
            tuple(analysis.terms(form)) for pattern, forms in _ZH if pattern.search(piece.surface) for form in forms
        ]
    forms = tuple(dict.fromkeys((*piece.forms, *more)))
    word = piece.surface
    if word.isascii():
        word = piece.forms[0][0] if len(piece.forms[0]) == 1 else ""  # the table has single words
    others = tuple(
        form for form in (*piece.kin, *(kin(word, whole=piece.kind != "word") if word else ())) if form not in forms
    )
    return replace(piece, forms=forms, kin=others)
