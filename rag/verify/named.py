"""Which figures of a passage a sentence names without the words about them: what a margin or a share is made of, the rates of
two times that it compares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rag.figures.columns import fits
from rag.figures.context import Fact
from rag.figures.metrics import families
from rag.verify.terms import Term

_MARGIN = re.compile(
    r"\b(?:gross |net |operating )?margin|毛利率|净利润?率|[利税费]率|费用率|派息率|分红(?:比例|率)|股息支付率|pay-?out ratio",
    re.IGNORECASE,
)
_PERCENT_OF = re.compile(r"(?<=%) of [a-z -]{3,30}")


def of_margin(text: str) -> frozenset[str]:
    """What a margin that a sentence names is made of."""
    named = {match[0].lower() for match in _MARGIN.finditer(text)}
    parts = {"revenue"} if named else set()
    parts |= {"gross profit" if "gross" in each or "毛" in each else "profit" for each in named if "费" not in each}
    return frozenset(parts)


def of_share(text: str) -> frozenset[str]:
    """What a share is said to be one of: `18.5% of revenue`."""
    return frozenset(name for match in _PERCENT_OF.finditer(text) for name in families(match[0]))


def of_times(fact: Fact, terms: Iterable[Term]) -> Iterator[Term]:
    """Terms, of which a gap in points names the rates of its period and of the one that it is measured against."""
    times = (*fact.periods, *fact.bases) if fact.figure.kind == "points" and fact.periods and fact.bases else ()
    for each in terms:
        rate = each.kind == "percent" and each.fact.row is None
        named = rate and any(fits(one, each.fact.periods, 0) for one in times if each.fact.periods)
        yield replace(each, named=True) if named else each
