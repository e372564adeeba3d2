"""How Chinese statements label their rows and title their tables, as far as questions word it otherwise."""

from __future__ import annotations

import re

from rag.language import analysis

_SHORT = re.compile(r"扣非(?!经常)后?(?:的)?")
DEDUCTED = "扣除非经常性损益"
DEDUCTED_TERMS = frozenset(analysis.terms(DEDUCTED))
_UNIT = re.compile(r"[（(](?:人民币)?[百千万亿]{0,2}(?:元|股|次|倍)(?:/[年股次])?[）)]")
_OWNERS = re.compile("所有者|拥有人|普通股股东")
_PLACE = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d))?\s*(?:[减加][:：]|其中[:：])?\s*"
)  # where a row stands in its statement: `四、净利润`, `减：营业成本`
# The owner's share of a profit, 归属于母公司, is no figure of the parent company.
_PARENT = re.compile(r"(?<!归属)(?<!归属于)(?<!于)母公司")


def in_full(question: str) -> str:
    """A question with 扣非 spelt out as the rows have it."""
    return _SHORT.sub(DEDUCTED, question)


def is_parent(text: str) -> bool:
    """Whether Chinese words are of the parent company alone, not of the group: 母公司资产负债表."""
    return bool(_PARENT.search(text))


def without_place(label: str) -> str:
    """A row's label without where it stands in its statement: 净利润 for 四、净利润."""
    return _PLACE.sub("", label) or label


def as_holders(label: str) -> str:
    """A Chinese label with one word for those who own a company, and without its unit and its place in the statement.

    归属于母公司所有者的净利润（元） is 归属于母公司股东的净利润; 四、净利润 is 净利润.
    """
    return _OWNERS.sub("股东", _UNIT.sub("", _PLACE.sub("", label))).replace(f"{DEDUCTED}后", f"{DEDUCTED} ")
