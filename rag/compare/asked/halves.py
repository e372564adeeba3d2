"""A question cut in two where a word joins what it asks for: `contrast total exports with shipments to the US`.

For what no rule knows as a name. Whether the halves are two things is told by their answers: each has one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.compare.asked.names import held_companies, named_companies, overlap
from rag.compare.asked.side import COMPARE, Side, is_chinese, without
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.when import times_in
from rag.language.periods import periods
from rag.types import Report

Span = tuple[int, int]
MOST_JOINTS = 2  # places that are tried
_JOINT = re.compile(
    r"\s+(?:and|or|against|versus|vs\.?|with|than|compared (?:with|to))\s+(?:the\s+|its\s+|that of\s+)?", re.I
)
_JOINT_ZH = re.compile(  # not within a word: 参与, 涉及, 跟踪
    r"(?<=[\u4e00-\u9fff])(?:以及|(?<![总共饱缓])和(?!谐)|(?<![参给赋])与(?!会)|(?<![涉普提])及(?![时格])|跟(?![踪进随])|、)(?=[\u4e00-\u9fff])|还是"
)
_BEFORE = re.compile(
    r"(?:.*(?:\b(?:the|its|of|in|for|at|on|to|is|are|was|were|do|does|did|between|compare|contrast|set|put|how|what|which|by)\b|['’]s\b|[,;:]))?\s*",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?:(?!\s(?:in|for|at|on|during|over|this|last|by)\b)[^,;:?.])+")
_BEFORE_ZH = re.compile(r"(?:.*(?:[的里中对,，:：]|比较|对比|公司|季度|(?<=\d)[年月]))?")
_BEHIND_ZH = re.compile(r"(?:(?!的|各|分别|相[比差]|对比|比较|谁|哪|有何|差|怎|如何|[,，?？])[^?？。])+")


def halves(question: str, shelf: Sequence[Report]) -> Iterator[tuple[Side, Side]]:
    """The two things that a question may set side by side, the likeliest first; none where it compares nothing."""
    text = spelled_out(question)
    if not COMPARE.search(text):
        return
    named = named_companies(text, held_companies(shelf))
    own = list(named[0][2].reports) if len(named) == 1 and named[0][2] else list(shelf)
    tiers = (frozenset(report.id for report in own),)
    when = times_in(text, shelf)
    period = when[0] if len(when) == 1 else None
    fixed = [*(span for _, span, _ in named), *(time.span for time in periods(text))]
    for (a, b), (c, d) in _cuts(text, fixed):
        one, other = (without(text, [span]) for span in ((b, d), (a, c)))
        yield (
            Side("thing", text[a:b].strip(), one, tiers, "", period),
            Side("thing", text[c:d].strip(), other, tiers, "", period),
        )


def _cuts(text: str, fixed: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Where what stands before a joining word begins and ends, and the same behind it; with what both share left to both.

    ``fixed``: names and times, which are part of neither.
    """
    chinese = is_chinese(text)
    joint, before, behind = (_JOINT_ZH, _BEFORE_ZH, _BEHIND_ZH) if chinese else (_JOINT, _BEFORE, _BEHIND)
    for match in list(joint.finditer(text))[:MOST_JOINTS]:
        lead, tail = before.match(text, 0, match.start()), behind.match(text, match.end())
        if not (lead and tail):
            continue
        left = (max([lead.end(), *(end for _, end in fixed if end <= match.start())]), match.start())
        if not text[slice(*left)].strip() or any(overlap(span, (match.end(), tail.end())) for span in fixed):
            continue
        yield left, (match.end(), tail.end())
        first = re.match(r"[\w-]+(?=\s+\w)", text[match.end() : tail.end()])
        if first and not chinese:  # `consumer and producer prices`
            yield left, (match.end(), match.end() + first.end())
