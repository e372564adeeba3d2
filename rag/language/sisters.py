"""Words that pick one of several lines of the same name: `basic` and `diluted` earnings, `capital` and `operating` leases.

A line with the sister of a word that was asked for is another line, however much of the rest it shares.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from rag.language import analysis

# The words of a line exclude each other; behind a bar, the noun that they must stand with.
_FAMILIES = """
basic diluted
current deferred noncurrent
federal state foreign
domestic foreign international overseas
granted exercised forfeited expired cancelled vested unvested nonvested exercisable
options warrants restricted
preferred common
operating investing financing | activities
operating capital finance financing | lease
gross net
secured unsecured
funded unfunded
realized unrealized
recognized unrecognized
amortized unamortized
billed unbilled
fixed variable floating
minimum maximum
high low
receivable payable
assets liabilities
residential commercial
new hand existing secondary | home
new hand existing secondary | hous
new used | car
consumer commercial
investment noninvestment | grade
products services
short long | term
"""


@lru_cache(maxsize=1)
def _families() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    found = []
    for line in _FAMILIES.strip().split("\n"):
        words, _, noun = line.partition("|")
        found.append((frozenset(analysis.terms(words)), frozenset(analysis.terms(noun))))
    return tuple(found)


def sister(asked: Collection[str], said: Collection[str]) -> str:
    """The term that was asked for and is not said, though a sister of it is; "" where there is none. Both are sets of terms."""
    for words, noun in _families():
        if noun and not (noun.issubset(asked) and noun.issubset(said)):
            continue
        there = words.intersection(said)
        wanted = words.intersection(asked)
        if there and wanted and not wanted & there:
            return min(wanted)
    return ""


# Two things of which a text tells one, in both languages: what it says of the one is no answer on the other.
_OPPOSITES = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (r"\bimport\w*\b|进口", r"\bexport\w*\b|出口"),
        (r"\bnorthbound\b|北向|北上", r"\bsouthbound\b|南向|南下"),
        (r"\bupstream\b|上游", r"\bdownstream\b|下游"),
        (r"\bwholesale\b|批发", r"\bretail\b|零售"),
        (r"\bonshore\b|陆上|陆风", r"\boffshore\b|海上|海风"),
        (r"\bthermal coal\b|动力煤", r"\b(?:coking|metallurgical) coal\b|焦煤"),
        (r"\b(?:domestic(?:ally)?|at home|home market)\b|国内|境内|内销", r"\b(?:overseas|abroad|international|foreign)\b|海外|境外|外销|国际(?:业务|市场|收入|销售)"),
        (r"\bbattery-grade\b|电池级", r"\bindustrial-grade\b|工业级"),
        (r"\bcarbonate\b|碳酸锂", r"\bhydroxide\b|氢氧化锂"),
        (r"\barabica\b", r"\brobusta\b"),
        (r"\bBrent\b|布伦特", r"\bWTI\b"),
        (r"\bmale\b|\bmen\b|男性", r"\bfemale\b|\bwomen\b|女性"),
        (r"\burban\b|城镇", r"\brural\b|农村"),
    )
)  # fmt: skip


def opposite(question: str, text: str) -> str:
    """What a question asks of (`imports`) where a text tells of its opposite alone; "" where it does not."""
    for pair in _OPPOSITES:
        for asked, other in (pair, pair[::-1]):
            match = asked.search(question)
            if match and not other.search(question) and other.search(text) and not asked.search(text):
                return match[0]
    return ""
