"""Answers to questions for what every annual report must say, by the sentences that say it. See ``rag.question.topics``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from rag.answer.citations import Draft, slot
from rag.answer.extractive import checked, clean
from rag.answer.table_answer import grid, markdown
from rag.lookup.question import clause_of
from rag.lookup.times import times_of
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.search.told import Said, rest_of, said_of, topic_of
from rag.types import Evidence, Report

NEAR = 0.12  # in score, for a second sentence
REACH, LISTED, ITEM = 12, 8, 400  # passages after a sentence that opens a list, those of the list, characters of one
TABLE_NEAR, ROWS, HELD = 3, 6, 3  # passages up to a table, its rows that are shown, headings that both stand under
_OPENS = re.compile(r"\b(?:following table|table below)\b|[:：]\s*$", re.IGNORECASE)


def disclosed(index: Index, reports: Sequence[Report], question: str, today: date | None) -> list[Draft]:
    """What a long report says on the topic of a question; empty where it asks for none, or for something narrower."""
    if len(reports) != 1 or reports[0].passages <= SHORT_REPORT:
        return []
    clause = clause_of(question)
    topic = topic_of(clause)
    if topic is None:
        return []
    times = times_of(clause, today)
    rest = rest_of(clause, times, topic, reports[0])
    found = sorted(
        said_of(index, reports[0], topic, rest, times), key=lambda s: (-s.score, s.evidence.passage.ordinal, s.start)
    )
    if not found:
        return []
    near = [s for s in found[1:] if _beside(s, found[0])][: topic.most - 1]
    picked = sorted([found[0], *near], key=lambda s: (s.evidence.passage.ordinal, s.start))
    drafts = [_draft(s) for s in picked]
    return [*drafts, *_opened(index, picked[-1])] if topic.whole else drafts


def _beside(other: Said, first: Said) -> bool:
    """Whether a sentence is as sure as the first one, and stands with it: of one section, and near to it."""
    a, b = other.evidence.passage, first.evidence.passage
    return (
        other.score >= first.score - NEAR and a.section == b.section and abs((a.page or a.ordinal) - (b.page or b.ordinal)) <= 1
    )  # fmt: skip


def _draft(said: Said) -> Draft:
    return checked(clean(said.evidence.passage, said.start, said.end), said.evidence, (said.start, said.end))


def _opened(index: Index, said: Said) -> list[Draft]:
    """The list or the table that a sentence opens."""
    passage = said.evidence.passage
    opens = _OPENS.search(passage.text[said.start : said.end])
    if not opens or passage.kind == "table":
        return []
    follow = [p for p in index.report_passages(passage.report_id) if 0 < p.ordinal - passage.ordinal <= REACH]
    follow = [
        p
        for p in sorted(follow, key=lambda p: p.ordinal)
        if p.searchable and p.section[:HELD] == passage.section[:HELD]
    ]
    table = next((p for p in follow[:TABLE_NEAR] if p.kind == "table"), None)
    if table is not None and "table" in opens[0].lower() and grid(table.text).rows:
        return [_table(Evidence(table, said.evidence.report, 0.0))]
    listed = [p for p in takewhile(lambda p: p.kind != "table" and len(p.text) <= ITEM, follow)][:LISTED]
    made = [Evidence(p, said.evidence.report, 0.0) for p in listed] if opens[0][0] in ":\uff1a" else []
    return [checked(clean(e.passage, 0, len(e.passage.text)), e, (0, len(e.passage.text))) for e in made]


def _table(evidence: Evidence) -> Draft:
    """The first rows of a table, under their heads."""
    rows = grid(evidence.passage.text).rows
    block = next((n for n in range(1, len(rows)) if rows[n].start - rows[n - 1].end > 2), len(rows))
    rows = rows[: min(block, ROWS)]  # up to the line of words that begins those of another year
    text = markdown(evidence.passage, rows, lambda _: False, "", slot(0))
    return checked(text, evidence, (rows[0].start, rows[-1].end))
