"""Words that pick one of several lines of the same name: `basic` and `diluted` earnings, `capital` and `operating` leases.

A line with the sister of a word that was asked for is another line, however much of the rest it shares.
"""

from __future__ import annotations

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
