"""Answers to questions for what every annual report must say, by the sentences that say it. See ``rag.question.topics``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, islice, takewhile

from rag.answer.citations import Draft, slot
from rag.answer.extractive import checked, clean
from rag.answer.table_answer import grid, markdown
from rag.language.sentences import one_line, sentences
from rag.lookup.question import clause_of
from rag.lookup.times import times_of
from rag.question.topic import Topic
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.search.told import Said, rest_of, said_of, topic_of, under
from rag.types import Evidence, Passage, Report

NEAR = 0.12  # in score, for a second sentence
REACH, LISTED, ITEM = 12, 12, 400  # passages after a sentence that opens a list, items of it, characters of one
PLAIN = 3  # passages between two items
SHORT, CUT = 80, 60  # characters of an item that is only a name, of a sentence's cut head
TABLE_NEAR, ROWS, HELD = 3, 6, 3  # passages up to a table, its rows that are shown, headings that both stand under
_LIST_MARK = re.compile(r"\s*(?:[•●◆▪■‰–-]|[(（]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[)）])\s+(?=\S)", re.IGNORECASE)
_JOINS = re.compile(r"[;,]\s*(?:and|or)?\s*$", re.IGNORECASE)
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
    said = said_of(index, reports[0], topic, rest, times)
    found = sorted(said, key=lambda s: (-s.score, s.evidence.passage.ordinal, s.start))
    if not found:
        return []
    near = [s for s in found[1:] if _beside(s, found[0])][: topic.most - 1]
    picked = sorted([found[0], *near], key=lambda s: (s.evidence.passage.ordinal, s.start))
    if topic.whole and _opens(found[0]):
        picked = found[:1]  # its list is the answer
    drafts = [_draft(s) for s in (*picked, *_also(index, reports[0], topic, picked))]
    return [*drafts, *_opened(index, picked[-1])] if topic.whole else drafts


def _opens(said: Said) -> bool:
    return _OPENS.search(said.evidence.passage.text[said.start : said.end]) is not None


def _also(index: Index, report: Report, topic: Topic, picked: Sequence[Said]) -> list[Said]:
    """The sentence that a topic gives behind its answer, where it is not a part of it."""
    if topic.also is None or any(topic.also.search(s.evidence.passage.text, s.start, s.end) for s in picked):
        return []
    behind = replace(topic, says=(topic.also,), also=None)
    found = said_of(index, report, behind, frozenset(), ())
    return sorted(found, key=lambda s: (-s.score, s.evidence.passage.ordinal))[:1]


def part_lacking(index: Index, reports: Sequence[Report], question: str, today: date | None) -> str:
    """The topic of a question that a long report would have a part on, and has none; empty for any other."""
    clause = clause_of(question)
    topic = topic_of(clause)
    if topic is None or not topic.under or len(reports) != 1 or reports[0].passages <= SHORT_REPORT:
        return ""
    narrower = rest_of(clause, times_of(clause, today), topic, reports[0])
    return "" if narrower or under(index, reports[0], topic) else topic.name


def _beside(other: Said, first: Said) -> bool:
    """Whether a sentence is as sure as the first one, and stands with it: of one section, and near to it."""
    a, b = other.evidence.passage, first.evidence.passage
    return (
        other.score >= first.score - NEAR and a.section == b.section and abs((a.page or a.ordinal) - (b.page or b.ordinal)) <= 1
    )  # fmt: skip


def _draft(said: Said) -> Draft:
    passage = said.evidence.passage
    start = _begun(passage.text, said.start)
    return checked(clean(passage, start, said.end), said.evidence, (start, said.end))


def _begun(text: str, start: int) -> int:
    """Where a sentence begins that a line's end has cut: `Our` and, a line below, `competitors include:`."""
    if not text[start].islower():
        return start
    stop = max(text.rfind(mark, 0, start) for mark in (". ", "! ", "? "))
    first = stop + 2 if stop >= 0 else 0
    return first if start - first <= CUT and text[first : first + 1].isupper() else start


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
    if opens[0][0] not in ":\uff1a":
        return []
    if items := [*islice(_items(passage, said.end, follow), LISTED)]:
        return _written(said, items)
    listed = [p for p in takewhile(lambda p: p.kind != "table" and len(p.text) <= ITEM, follow)][:LISTED]
    return [checked(clean(p, 0, len(p.text)), _of(said, p), (0, len(p.text))) for p in listed]


def _of(said: Said, passage: Passage) -> Evidence:
    return Evidence(passage, said.evidence.report, 0.0)


def _items(opening: Passage, end: int, follow: Sequence[Passage]) -> Iterator[tuple[Passage, int, int]]:
    """The first sentence of each item that is marked as one, behind ``end`` of a passage and in those that follow.

    What explains an item is left out; a few passages without an item, or what opens another list, end it.
    """
    plain = 0
    for passage in (opening, *follow):
        if passage.section != opening.section or passage.kind == "table" or plain > PLAIN:
            return
        begin = end if passage is opening else 0
        spans = [(begin + a, begin + b) for a, b in sentences(passage.text[begin:])]
        marked = [(a + m.end(), b) for a, b in spans if (m := _LIST_MARK.match(passage.text[a:b])) and m.end() < b - a]
        yield from ((passage, a, b) for a, b in marked)
        plain = 0 if marked else plain + 1
        if passage is not opening and _OPENS.search(passage.text):
            return  # of another list


def _written(said: Said, items: Sequence[tuple[Passage, int, int]]) -> list[Draft]:
    """Items as sentences, short ones of one passage in one."""
    made = []
    for _, group in groupby(items, key=lambda item: item[0].id):
        own = [*group]
        passage = own[0][0]
        texts = [_JOINS.sub("", one_line(p.text[a:b])) for p, a, b in own]
        if len(own) > 1 and all(b - a <= SHORT for *_, a, b in own):
            texts, own = ["; ".join(texts)], [(passage, own[0][1], own[-1][2])]
        for text, (passage, a, b) in zip(texts, own, strict=True):
            made.append(checked(text if text[-1] in ".!?" else f"{text}.", _of(said, passage), (a, b)))
    return made


def _table(evidence: Evidence) -> Draft:
    """The first rows of a table, under their heads."""
    rows = grid(evidence.passage.text).rows
    block = next((n for n in range(1, len(rows)) if rows[n].start - rows[n - 1].end > 2), len(rows))
    rows = rows[: min(block, ROWS)]  # up to the line of words that begins those of another year
    text = markdown(evidence.passage, rows, lambda _: False, "", slot(0))
    return checked(text, evidence, (rows[0].start, rows[-1].end))
