"""Sides that no report is on: a name that a question sets beside a company of the library, and that nothing here knows.

Such a side is told to have no report; without it a comparison would quietly answer for the other side alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.compare.asked.names import Named, overlap
from rag.language import lexicon
from rag.language.periods import periods

_WORD = r"[A-Z][\w&.’'-]*[\w.]"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:&\s+)?{_WORD}){{0,3}}")
_JOINT = r"\s*(?:['’]s?)?\s*,?\s*(?:\band\b|\bor\b|\bvs\.?|\bversus\b|\bwith\b|\bthan\b|\bagainst\b|&|,|和|与|及|跟|同|、|对比|还是)\s*(?:to\s+)?(?:that of\s+)?"
_JOINED = re.compile(_JOINT, re.IGNORECASE)
# `Foo's spending on research against Bar's`
_AGAINST = re.compile(
    r"['’]s?\s+(?:[\w&-]+\s+){1,6}?(?:and|or|vs\.?|versus|with|than|against|compared (?:to|with))\s+", re.IGNORECASE
)
_OWNS = re.compile(r"['’]s?$")
# In Chinese a name has no capitals; what it ends in tells a company.
_ZH_NAME = re.compile(
    r"(?:^|(?<=[和与及跟同对比较、]))(?:[\u4e00-\u9fff]{2,6}?(?:股份|集团|科技|控股|银行|重工|汽车|电子|医药|生物|能源|实业|食品|酒业|电气|材料|装备|药业|化学|电力|钢铁|地产|传媒|软件|通信|航空))"
)


def strangers(text: str, named: Sequence[Named], taken: Iterable[tuple[int, int]]) -> list[Named]:
    """Names beside a named company that no report is on. ``taken``: characters that are the names of brokers or of
    anything else that is known."""
    spans = [span for _, span, _ in named]
    known = [*spans, *taken, *(period.span for period in periods(text))]
    words = [(item.start, item.end) for item in lexicon.expand(text)]
    found: list[Named] = []
    for match in (*_NAME.finditer(text), *_ZH_NAME.finditer(text)):
        name = _OWNS.sub("", match[0])
        start, end = match.start(), match.start() + len(name)
        owns = name != match[0]  # a word that owns something is a name, whatever else it means: `against Block's`
        if len(name) < 2 or any(overlap((start, end), other) for other in (*known, *(() if owns else words))):
            continue
        if any(_beside(text, (start, end), span, owns) for span in spans):
            found.append((name, (start, end), None))
    return found


def _beside(text: str, one: tuple[int, int], other: tuple[int, int], owns: bool) -> bool:
    first, second = sorted((one, other))
    between = text[first[1] : second[0]]
    return bool(_JOINED.fullmatch(between) or (owns and one == second and _AGAINST.fullmatch(between)))
