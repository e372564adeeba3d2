"""Answers to questions for what every annual report must say, by the sentences that say it. See ``topics``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from rag.answer.citations import Draft, slot
from rag.answer.extractive import checked, clean
from rag.answer.table_answer import grid, markdown
from rag.language import analysis, lexicon
from rag.language.periods import Period
from rag.language.sentences import sentences
from rag.lookup.question import IDLE, clause_of, times_of
from rag.lookup.topics import Topic, topics
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.types import Evidence, Passage, Report

SEARCHED = 80  # passages that are looked at
LESS_SURE = 0.25  # what each pattern of a topic is behind the one before it
HEADING, NEAR, OTHER_YEAR, TOO_LONG, MAYBE = 0.3, 0.12, 0.35, 0.3, 0.3
LONGEST = 900  # characters of a sentence that says one thing
REACH, LISTED, ITEM = 12, 8, 400  # passages after a sentence that opens a list, those of the list, characters of one
TABLE_NEAR, ROWS, HELD = 3, 6, 3  # passages up to a table, its rows that are shown, headings that both stand under
FREE = frozenset(
    analysis.terms(
        "able ever any some own currently current present presently material materially important significant ongoing still reported report during year "
        "subject exposed business company group there who which what does name primary primarily main mainly under over about because recent new past "
        "hit please tell list give know say says said many much mostly really actually itself themselves his her its their us our you your me i in on of for"
    )
)
_OPENS = re.compile(r"\b(?:following table|table below)\b|[:：]\s*$", re.IGNORECASE)
_MAYBE = re.compile(r"\b(?:may|could|might|would|can)\b|\bif\b", re.IGNORECASE)  # a risk, not a fact
_NUMBER = re.compile(r"\d[\d,]*")


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence that speaks to a topic, with how surely, and its characters of its passage."""

    evidence: Evidence
    start: int
    end: int
    score: float


def disclosed(index: Index, reports: Sequence[Report], question: str, today: date | None) -> list[Draft]:
    """What a long report says on the topic of a question; empty where it asks for none, or for something narrower."""
    if len(reports) != 1 or reports[0].passages <= SHORT_REPORT:
        return []
    clause = clause_of(question)
    topic = next((topic for topic in topics() if topic.asks.search(clause)), None)
    if topic is None:
        return []
    times = times_of(clause, today)
    rest = _rest(clause, times, topic, reports[0])
    found = sorted(
        _said(index, reports[0], topic, rest, times), key=lambda s: (-s.score, s.evidence.passage.ordinal, s.start)
    )
    if not found:
        return []
    near = [s for s in found[1:] if _beside(s, found[0])][: topic.most - 1]
    picked = sorted([found[0], *near], key=lambda s: (s.evidence.passage.ordinal, s.start))
    drafts = [_draft(s) for s in picked]
    return [*drafts, *_opened(index, picked[-1])] if topic.whole else drafts


def _rest(clause: str, times: Sequence[Period], topic: Topic, report: Report) -> frozenset[str]:
    """What a question says beyond the topic: a sentence that answers it must say that, too."""
    spans = [period.span for period in times]
    spans += [(e.start, e.end) for e in lexicon.expand(clause) if e.kind == "company"]
    clause = analysis.blanked(clause, spans)
    said = {term for term in analysis.content_terms(clause) if not term[0].isdigit()}
    return frozenset(said) - IDLE - FREE - topic.words - called(report)


def _said(index: Index, report: Report, topic: Topic, rest: frozenset[str], times: Sequence[Period]) -> Iterator[_Said]:
    weights = dict.fromkeys(topic.words, 1.0) | dict.fromkeys(rest, 2.0)
    ids = index.lexical(weights, SEARCHED, frozenset({report.id}))
    years = {period.end.year for period in times} if topic.dated else set()
    for id_, passage in index.passages(ids).items():
        if passage.kind == "table" and not topic.whole:
            continue  # but a table may be all there is: that of the securities on the cover
        evidence = Evidence(passage, report, 0.0, 0.0, ids[id_])
        above = " / ".join(passage.section[-3:])
        heading = HEADING * bool(topic.where.search(above))
        spans = sentences(passage.text) if passage.kind != "table" else [(0, len(passage.text))]
        for start, end in spans:
            text = passage.text[start:end]
            if passage.kind == "table":
                text = f"{passage.section[-1] if passage.section else ''} {text}"
            sure = next((n for n, pattern in enumerate(topic.says) if pattern.search(text)), None)
            if sure is None or not rest <= frozenset(analysis.terms(f"{text} {above}")):
                continue
            score = 1.0 - LESS_SURE * sure + heading - _dated_otherwise(text, years)
            score -= TOO_LONG * (end - start > LONGEST) + MAYBE * bool(_MAYBE.search(text))
            yield _Said(evidence, start, end, score + _of_all(topic, text, passage))


def _of_all(topic: Topic, text: str, passage: Passage) -> float:
    """A little more for what stands early in the report, and of numbers of people for the greatest."""
    early = 0.1 / (1 + passage.ordinal / 100)
    if topic.name != "employees":
        return early
    counts = [int(n.replace(",", "")) for n in _NUMBER.findall(text) if n.replace(",", "") and n[-1] != ","]
    people = [n for n in counts if not 1900 < n < 2100]
    return early + (len(str(max(people))) * 0.1 if people else -1.0)


def _dated_otherwise(text: str, years: set[int]) -> float:
    """What is taken off a sentence that is of other years than those asked for."""
    own = {int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", text)}
    return OTHER_YEAR if years and own and not own & years else 0.0


def _beside(other: _Said, first: _Said) -> bool:
    """Whether a sentence is as sure as the first one, and stands with it: of one section, and near to it."""
    a, b = other.evidence.passage, first.evidence.passage
    return (
        other.score >= first.score - NEAR and a.section == b.section and abs((a.page or a.ordinal) - (b.page or b.ordinal)) <= 1
    )  # fmt: skip


def _draft(said: _Said) -> Draft:
    return checked(clean(said.evidence.passage, said.start, said.end), said.evidence, (said.start, said.end))


def _opened(index: Index, said: _Said) -> list[Draft]:
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
