"""Which financial statement a table belongs to, told by the headings above it.

A filing has hundreds of tables that name revenue; the statement itself is the one an analyst means. Its heading says
so in nearly every filing, in words that accounting standards give.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rag.types import Passage

LONGEST = 140  # characters of a heading; a longer one is a sentence
LONGEST_LINE = 80  # ... unless it is several lines: the company, the statement, its years, its scale
HEADINGS = 4  # innermost headings looked at
OWN, PART, SUMMARY = 1.0, 0.6, 0.5

_NAMES = {
    "balance_sheet": r"balance sheets?|statements? of (?:consolidated )?(?:financial (?:position|condition)|condition)|资产负债表|财务状况表",
    "cash_flow": r"statements? of (?:consolidated )?cash flows?|cash flows? statements?|现金流量表",
    "income": r"statements? of (?:consolidated )?(?:operations|income|earnings|profit (?:and|or) loss|comprehensive (?:income|loss|earnings))"
    r"|income statements?|earnings statements?|利润表|损益表|收益表",
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _NAMES.items()}
_WHOLE = re.compile(r"consolidated|合并|综合", re.IGNORECASE)
_NOT_OWN = re.compile(
    r"\bnotes? to\b|\bindex\b|\bselected\b|\bsupplement|\bparent\b|\bsegment|\bpro forma\b|\bcondensed financial information\b"
    r"|\b(?:effect|impact|location|summary|analysis|discussion|reconcil\w*|line items?) |附注|母公司|目录|分析|项目变动",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s*(?:notes?\s+\d|notes? to\b|附注)", re.IGNORECASE)
_SUMMARY = re.compile(
    r"\b(?:selected|summary|key|five[- ]year|consolidated)\b.{0,30}\b(?:financial|operating)\b.{0,20}\b(?:data|information|highlights|results)\b"
    r"|\bfinancial (?:highlights|summary)\b|\bresults of operations\b|主要财务(?:数据|指标)|主要会计数据|财务(?:摘要|概要|概况)",
    re.IGNORECASE,
)


def statement_tags(passage: Passage) -> Mapping[str, float]:
    """Statement -> how surely this passage is a part of it, 0..1; empty for anything but a table.

    1 for the consolidated statement itself, 0.6 for a table under a heading that names it otherwise (of the parent, of a
    segment), 0.5 for every statement in a table of summary data.
    """
    return _tags(passage.section[-HEADINGS:]) if passage.kind == "table" else {}


def own_statements(passage: Passage) -> tuple[str, ...]:
    """The statements that this passage is a part of beyond doubt."""
    return tuple(name for name, strength in statement_tags(passage).items() if strength >= OWN)


@lru_cache(maxsize=20_000)
def _tags(headings: tuple[str, ...]) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for heading in headings:
        if _NOTE.match(heading):  # what stands under a note is a part of no statement, whatever the chapter is called
            found = {}
        if len(heading) > LONGEST and max(map(len, heading.split(" / "))) > LONGEST_LINE:
            continue
        for name, pattern in _PATTERNS.items():
            if pattern.search(heading):
                own = _WHOLE.search(heading) or any(pattern.fullmatch(line.strip()) for line in heading.split(" / "))
                strength = OWN if own and not _NOT_OWN.search(heading) else PART
                found[name] = max(found.get(name, 0.0), strength)
    if not found and any(len(h) <= LONGEST and _SUMMARY.search(h) for h in headings):
        return dict.fromkeys(_NAMES, SUMMARY)
    return found
