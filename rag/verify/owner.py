"""Whose a figure is: the name right before it, and the change that stands beside an amount.

Both are compared only where the passage gives the very name, or the very change, to another figure of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rag.figures.context import Fact, Reading
from rag.figures.figure import Figure
from rag.figures.value import same_value
from rag.language.analysis import CJK

_NAME = re.compile(r"[A-Z][\w&'’.-]*(?:\s+(?:of\s+)?[A-Z][\w&'’.-]*)*")
_NO_NAME = frozenset(
    "The This That These Those It Its In On At By For From And But While With As Of To Both Each All Sales Revenue Revenues Profit "
    "Net Gross Operating Total Adjusted Core RMB Rmb CNY USD HKD EUR GBP US HK Q1 Q2 Q3 Q4 H1 H2 FY YoY QoQ EPS EBITDA EBIT PE Compared "
    "Buy Sell Hold Neutral Overweight Underweight Outperform Underperform Add Reduce Accumulate "
    "Committee Board Company Management Group Directors "
    "January February March April May June July August September October November December".split()
)
_ZH_LABEL = re.compile(
    rf"(?:^|[,，、;；:：。(（\s]|其中|和|及|与)([{CJK}A-Za-z0-9&+\-]{{2,14}}?)(?:收入|营收|业务|销量|产品)?(?:[约占为达至超]|分别|同比|增长|下降|[（(]?\s*$)"
)
_WHO_EXPECTS = re.compile("我们|预[计测期]|指引")
_NO_NAME_ZH = frozenset("同比 环比 同环比 分别 公司 本公司 该公司 集团 全年 单季 当季 当期 其中 合计 总计 共计".split())
# Behind a capitalised word that begins a sentence and is a name, not just its first word.
_ACTS = re.compile(
    r"\s*(?:$|\(|['’]s\b|(?:[a-z]+\s)?(?:was|is|had|has|rose|fell|gained|lost|grew|reported|posted|added|dropped|jumped|slid|slipped|climbed|up|down)\b)"
)
_LINE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:业务|板块|分部)$")
_CHINESE = re.compile(f"[{CJK}]")
_CHANGE_GAP = re.compile(
    r"\s*(?:/\w+|[台辆吨箱件只户家标准万人次股份]{1,4})?\s*(?:[,，]|(?:[a-z]+\s+){0,3}[(（])?\s*(?:(?:同比|环比|分别|up|down|an? (?:increase|decrease|rise|fall|gain|drop) of|rising|falling|growing|growth of|or|which is|leav(?:es|ing)|impl(?:ies|ying)|offer(?:s|ing)|增长?|上升|上涨|下降|下滑|下跌"
    r"|减少|增加|提升|升|降|跌|涨|higher by|lower by|\+|of|by|约|about)\s*)*[-+]?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*[(（]\s*")
_LEVEL_GAP = re.compile(
    r"\s*(?:year[- ]on[- ]year|year[- ]over[- ]year|yoy|y/y|on the year|qoq|q/q|on the quarter)?\s*(?:to|at|至|到)\s*(?:约|about|around|roughly|nearly)?\s*",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[,，(（]\s*(?:or|about|some)?\s*")
_CHANGES = ("percent", "points")
_AMOUNTS = ("number", "money")


def check_owners(wanted: Reading, passages: Sequence[Reading]) -> dict[str, str]:
    """Figures of a sentence that a passage gives to another name or another amount, each with the reason."""
    problems: dict[str, str] = {}
    said = owners(wanted)  # looked at first: most sentences name no owner, and passages are not read for it then
    there = [
        (passage.facts[index].figure, names)
        for passage in (passages if said else ())
        for index, names in owners(passage).items()
    ]
    for index, names in said.items() if there else ():
        figure = wanted.facts[index].figure
        other = _other_owner(figure, names, there)
        if other and not _is_said(other, wanted.text) and not _unowned(figure, passages):
            problems[figure.text.strip()] = f"{figure.text.strip()} is {other}'s in the cited passage"
    changes = pairs(wanted)
    paired = [pair for passage in (passages if changes else ()) for pair in pairs(passage)]
    for amount, change in changes:
        if _mispaired(amount, change, paired):
            shown = change.figure.text.strip()
            problems[shown] = f"{shown} is of another figure in the cited passage"
    return problems


def _other_owner(figure: Figure, names: frozenset[str], there: Sequence[tuple[Figure, frozenset[str]]]) -> str:
    """The name that the passages give a figure to, where that is another one and ``names`` have figures of their own."""
    alike = [(other, known) for other, known in there if other.kind == figure.kind]
    exact = frozenset(name for _, known in alike for name in known) & names
    of_value = [known for other, known in alike if same_value(figure, other, None)]
    if not of_value or any(_shared(names, known, exact) for known in of_value):
        return ""
    if not any(_shared(names, known, exact) for _, known in alike):
        return ""
    return " and ".join(sorted(of_value[0]))


def _is_said(names: str, sentence: str) -> bool:
    """Whether a sentence says the name that a passage has before a figure, if not before the figure: then it may be meant."""
    return any(name in sentence.lower() for name in names.split(" and "))


def _unowned(figure: Figure, passages: Sequence[Reading]) -> bool:
    """Whether a passage has the figure where no name stands before it."""
    return any(
        fact.figure.kind == figure.kind and same_value(figure, fact.figure, None) and index not in owners(passage)
        for passage in passages
        for index, fact in enumerate(passage.facts)
    )


def _shared(one: frozenset[str], two: frozenset[str], exact: frozenset[str]) -> bool:
    """Whether two sets have a name in common; a name that the passages have as it is stands for nothing longer."""
    if one & two:
        return True
    return any(((a in b or b in a) and a not in exact) or _turned_round(a, b) for a in one for b in two)


def _turned_round(one: str, two: str) -> bool:
    """Whether two Chinese names are of the same characters: 资管规模合计 and 合计资管规模."""
    return min(len(one), len(two)) > 3 and bool(_CHINESE.match(one)) and set(one) == set(two)


@lru_cache(maxsize=2048)
def owners(reading: Reading) -> dict[int, frozenset[str]]:
    """For figures with a name between the figure before, or the beginning of the clause, and themselves: the names."""
    found: dict[int, frozenset[str]] = {}
    behind = 0
    for index, fact in enumerate(reading.facts):
        low = max(behind, fact.sentence[0])
        behind = fact.figure.end
        if fact.figure.kind in ("label", "ratio") or fact.row is not None:
            continue
        names = _names(reading, low, fact)
        if not names and index - 1 in found and _IN_BRACKETS.fullmatch(reading.text, low, fact.figure.start):
            names = found[index - 1]  # 1156万辆(70.0%)
        if names:
            found[index] = names
    return found


def _names(reading: Reading, low: int, fact: Fact) -> frozenset[str]:
    text, end = reading.text[low : fact.figure.start], fact.figure.start
    for period in reading.periods:
        if low < period.end and period.start < end:
            first, last = max(period.start, low) - low, min(period.end, end) - low
            text = f"{text[:first]}{' ' * (last - first)}{text[last:]}"
    names = [
        name
        for match in _NAME.finditer(text)
        if (name := _named(match[0]))
        and (low + match.start() > fact.sentence[0] or " " in name or _ACTS.match(text, match.end()))
    ]
    names += [
        _LINE.sub("", match[1])
        for match in (() if text.isascii() else _ZH_LABEL.finditer(text))
        if _CHINESE.search(match[1])
        and match[1] not in _NO_NAME_ZH
        and not _WHO_EXPECTS.search(match[1])
        and not any(match.start(1) <= move.start - low < match.end(1) for move in reading.moves)
    ]
    return frozenset(name.lower() for name in names)


def _named(words: str) -> str:
    """A name without the capitalised words around it that are none."""
    parts = words.split()
    while parts and parts[0] in _NO_NAME:
        parts.pop(0)
    while parts and parts[-1] in _NO_NAME:
        parts.pop()
    return re.sub("['’]s$", "", " ".join(parts)).rstrip(".'’")


@lru_cache(maxsize=2048)
def pairs(reading: Reading) -> tuple[tuple[Fact, Fact], ...]:
    """An amount and the change beside it: `37.3 billion (up 14%)`, `rose 15.9% to 28.0 billion`."""
    out = []
    listed = _ends_a_list(reading)
    for one, two in pairwise(reading.facts):
        a, b = one.figure, two.figure
        if one.sentence != two.sentence or one.row is not None or a.start in listed:
            continue  # of 1.2/3.4亿元,同比增长5%/6% the 5% is not that of the second
        between = reading.text[a.end : b.start]
        if a.kind in _AMOUNTS and b.kind in _CHANGES and _CHANGE_GAP.fullmatch(between):
            out.append((one, two))
        elif b.kind in _AMOUNTS and (a.kind in _CHANGES or _steps(one)) and _LEVEL_GAP.fullmatch(between):
            out.append((two, one))
        elif a.kind in _AMOUNTS and _steps(two) and _ASIDE.fullmatch(between):
            out.append((one, two))
    return tuple(out)


_LISTED = re.compile(r"\s*(?:[/、]|\band\b|和|及|与)\s*(?:约|about\s)?", re.IGNORECASE)


def _ends_a_list(reading: Reading) -> frozenset[int]:
    """Where the last figure of each list of amounts starts."""
    return frozenset(
        two.figure.start
        for one, two in pairwise(reading.facts)
        if two.figure.kind in _AMOUNTS and _LISTED.fullmatch(reading.text, one.figure.end, two.figure.start)
    )


def _steps(fact: Fact) -> bool:
    """Whether an amount is said to be a change: `fell by 9,100 tonnes`, `1,500 tonnes fewer`."""
    return fact.figure.kind in _AMOUNTS and fact.worded != 0 and fact.sure and not fact.level


def _mispaired(amount: Fact, change: Fact, there: Sequence[tuple[Fact, Fact]]) -> bool:
    """Whether the passages pair the amount with other changes only, and the change with other amounts only.

    Where both changes are told to be on the year, or both on the quarter, the amount's own is enough.
    """
    kind = change.figure.kind
    of_amount = [b for a, b in there if a.figure.value == amount.figure.value and b.figure.kind == kind]
    if not of_amount or any(same_value(change.figure, b.figure, None) for b in of_amount):
        return False
    of_change = any(b.figure.kind == kind and same_value(change.figure, b.figure, None) for _, b in there)
    return of_change or bool(change.against and any(b.against == change.against for b in of_amount))
