"""Lines of one company's tables set side by side: segments, regions, products. `Power devices or sensors?`, 境内和境外.

Which words of a question are such lines is told by the tables themselves: two or more rows are called so, and the question
joins their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rag.answer.table_answer import grid
from rag.compare.asked.metrics import asks_figure, is_metric
from rag.compare.asked.names import MOST, held_companies, named_companies, overlap
from rag.compare.asked.side import COMPARE, Side, tiers_of, without
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.when import surfaces, times_in
from rag.language import analysis, lexicon
from rag.language.embeddings import Encoder
from rag.language.periods import Period, periods
from rag.search.retrieve import Index, search
from rag.types import Evidence, Report

SEARCHED = 14  # passages in whose tables the names of lines are looked for
LONGEST = 60  # characters of a line's name
_FOOTNOTE = re.compile(r"(?:\s*\(\d{1,2}\)|\s*[⁰¹²³⁴-⁹⁽⁾]+|\s*[:：])+$")
_JOINT = re.compile(
    r"(?:\s*(?:,|、|;|&|\band\b|\bor\b|\bvs\.?|\bversus\b|\bwith\b|\bthan\b|\bagainst\b|和|与|及|跟|同|比|对|还是|以及))+\s*",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:the|its|their|in|of|from|for|those|that|segments?|business(?:es)?|divisions?|units?)\b|业务|板块|分部|地区|产品|的",
    re.IGNORECASE,
)

Span = tuple[int, int]


def segments(index: Index, encoder: Encoder, question: str, shelf: Sequence[Report]) -> tuple[Side, ...]:
    """The lines of one company's tables that a question sets side by side; empty where it does not."""
    text = spelled_out(question)
    if not (_JOINT.search(text) and (COMPARE.search(text) or asks_figure(text))):
        return ()
    held = held_companies(shelf)
    named = [each for each in named_companies(text, held) if each[2]]
    when = times_in(text, shelf)
    if len(named) != 1 or named[0][2] is None:
        return ()
    own = list(named[0][2].reports)
    tiers = tiers_of(own, own, when[0] if when else None)
    hits = search(index, encoder, text, limit=SEARCHED, scope=tiers[-1])
    taken = [named[0][1], *(each.span for each in periods(text))]
    spans = _in_a_row(text, _named_in(text, hits.evidence, taken))
    if not spans or len(spans) * max(1, len(when)) > MOST:
        return ()
    times: list[Period | None] = [*when] or [None]
    return tuple(_side(text, span, spans, own, when, period) for span in spans for period in times)


def _side(
    text: str,
    span: Span,
    spans: Sequence[Span],
    own: Sequence[Report],
    when: Sequence[Period],
    period: Period | None,
) -> Side:
    """A line as a side, at one of the times that are asked about."""
    name = text[slice(*span)]
    alone = without(text, [other for other in spans if other != span])
    alone = without(alone, surfaces(alone, when, period)) if period else alone
    label = f"{name} {period.surface}" if period and len(when) > 1 else name
    return Side("segment", label, alone, tiers_of(own, own, period), name, period)


def _named_in(text: str, evidence: Iterable[Evidence], taken: Sequence[Span]) -> list[Span]:
    """Where a text names rows of tables, of names within one another the longer, in the order of the text."""
    found: set[Span] = set()
    for label in dict.fromkeys(_labels(evidence)):
        inside = re.escape(label).replace(r"\ ", r"\s+")
        pattern = rf"(?<!\w){inside}(?!\w)" if label.isascii() else inside
        found.update(match.span() for match in re.finditer(pattern, text, re.IGNORECASE))
    kept: list[Span] = []
    for span in sorted(found, key=lambda each: each[0] - each[1]):
        within = [other for other in taken if overlap(span, other)]
        own = all(span[0] <= a and b <= span[1] and (a, b) != span for a, b in within)  # `Foo Europe`, of Foo
        if own and not any(overlap(span, other) for other in kept):
            kept.append(span)
    return sorted(kept)


def _labels(evidence: Iterable[Evidence]) -> Iterator[str]:
    """The names of rows and columns that are no metric, no time and no total."""
    for item in evidence:
        if item.passage.kind != "table":
            continue
        table = grid(item.passage.text)
        for name in (*(row.cells[0] for row in table.rows), *table.head):
            label = _FOOTNOTE.sub("", name).strip()
            terms = [term for term in analysis.terms(label) if term not in analysis.STOP_TERMS]
            if not terms or not 2 <= len(label) <= LONGEST or terms[0] in ("total", "合计"):
                continue
            whole = [e for e in lexicon.expand(label) if e.surface.lower() == label.lower()]
            if not (periods(label) or any(is_metric(e) or e.kind in ("statement", "time") for e in whole)):
                yield label


def _in_a_row(text: str, spans: Sequence[Span]) -> list[Span]:
    """The longest run of names that a text joins with one another; none of a single name."""
    metrics = [(e.start, e.end) for e in lexicon.expand(text) if is_metric(e)]
    runs: list[list[Span]] = [[span] for span in spans[:1]]
    for before, after in pairwise(spans):
        if _JOINT.fullmatch(_between(text, before[1], after[0], metrics)):
            runs[-1].append(after)
        else:
            runs.append([after])
    best = max(runs, key=len, default=[])
    return best if len(best) > 1 else []


def _between(text: str, start: int, end: int, metrics: Sequence[Span]) -> str:
    """The characters between two names, without what is asked of the first and small words."""
    between = text[start:end]
    for a, b in sorted(metrics, reverse=True):
        if start <= a and b <= end:
            between = between[: a - start] + between[b - start :]
    return " ".join(_BESIDE.sub(" ", between).split())
