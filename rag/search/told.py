"""What a long report says on the topic of a question, sentence by sentence, and how surely. See ``rag.question.topics``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rag.language import analysis, lexicon
from rag.language.periods import Period
from rag.language.sentences import sentences
from rag.lookup.question import IDLE, clause_of
from rag.lookup.times import times_of
from rag.question.topic import Topic
from rag.question.topics import topics
from rag.reports.names import called, names_of
from rag.search.short_forms import in_full, short_forms
from rag.types import Evidence, Passage, Report

if TYPE_CHECKING:
    from rag.search.retrieve import Index

SEARCHED = 80  # passages that are looked at
LESS_SURE = 0.25  # what each pattern of a topic is behind the one before it
HEADING, OTHER_YEAR, TOO_LONG, MAYBE = 0.3, 0.35, 0.3, 0.3
LONGEST = 900  # characters of a sentence that says one thing
SAME_YEAR = 0.1
BEST = 6  # passages of a report that are marked in its ranking
FREE = frozenset(
    analysis.terms(
        "able ever any some own currently current present presently material materially important significant ongoing still reported report during year "
        "subject exposed business company group there who which what does name primary primarily main mainly under over about because recent new past "
        "hit please tell list give know say says said many much mostly really actually itself themselves his her its their us our you your me i in on of for"
    )
)
# A risk or a plan, not a fact.
_MAYBE = re.compile(r"\b(?:may|could|might|would|can)\b|\bif\b|\b(?:expect|plan|intend)s? to\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(\w+s) (?:and|or) \w+s\b(?= (?:does|do|did|has|have|had|are|were|is)\b)", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that speaks to a topic, with how surely, and its characters of its passage."""

    evidence: Evidence
    start: int
    end: int
    score: float


def topic_of(clause: str) -> Topic | None:
    """The topic that a question asks for, if it asks for one."""
    return next((topic for topic in topics() if topic.asks.search(clause)), None)


def told_in(index: Index, reports: Sequence[Report], question: str, today: date | None) -> dict[str, float]:
    """Passage id -> how surely it says what the question's topic is, 0..1: the best of each report; empty without a topic."""
    clause = clause_of(question)
    topic = topic_of(clause)
    if topic is None:
        return {}
    times = times_of(clause, today)
    marked: dict[str, float] = {}
    for report in reports:
        best: dict[str, float] = {}
        for said in said_of(index, report, topic, rest_of(clause, times, topic, report), times):
            id_ = said.evidence.passage.id
            best[id_] = max(best.get(id_, 0.0), said.score)
        top = max(best.values(), default=0.0)
        order = sorted((id_ for id_, score in best.items() if score > 0), key=lambda id_: (-best[id_], id_))
        marked |= {id_: best[id_] / top for id_ in order[:BEST]}
    return marked


def rest_of(clause: str, times: Sequence[Period], topic: Topic, report: Report) -> frozenset[str]:
    """What a question says beyond the topic: a sentence that answers it must say that, too."""
    if topic.counted:  # `how many stores and clubs does it run`: a filing may count both as stores
        clause = _BOTH.sub(lambda m: m[1] + " " * (len(m[0]) - len(m[1])), clause)
    spans = [period.span for period in times]
    named = [e for e in lexicon.expand(clause) if e.kind == "company"]
    own = names_of(report).concepts  # another company, one that is bought, is a part of what is asked
    spans += [(e.start, e.end) for e in named if e.canonical in own]
    return analysis.content_words(analysis.blanked(clause, spans)) - IDLE - FREE - topic.words - called(report)


def said_of(
    index: Index, report: Report, topic: Topic, rest: frozenset[str], times: Sequence[Period]
) -> Iterator[Said]:
    """The sentences of a report that speak to a topic and say ``rest``, too, or a short form that stands for it."""
    years = {period.end.year for period in times} if topic.dated else set()
    stand_for = short_forms(index, report, rest) if rest else {}
    for passage, lexical in _searched(index, report, topic, rest):
        if passage.kind == "table" and not topic.whole:
            continue  # but a table may be all there is: that of the securities on the cover
        evidence = Evidence(passage, report, 0.0, 0.0, lexical)
        above = " / ".join(passage.section[-3:])
        heading = HEADING * bool(topic.where.search(above))
        for start, end, text, sure in _telling(topic.says, passage):
            if not rest <= frozenset(analysis.terms(f"{text} {above}")) | in_full(text, stand_for):
                continue
            score = 1.0 - LESS_SURE * sure + heading - _dated_otherwise(text, years)
            score -= TOO_LONG * (end - start > LONGEST) + MAYBE * bool(_MAYBE.search(text))
            yield Said(evidence, start, end, score + _of_all(topic, text, passage))


def _searched(index: Index, report: Report, topic: Topic, rest: frozenset[str]) -> Iterator[tuple[Passage, float]]:
    """The passages in which a topic may be spoken of, with their BM25 scores; of one with a part of its own, that part."""
    if topic.under:
        yield from ((p, 0.0) for p in under(index, report, topic))
        return
    weights = dict.fromkeys(topic.words, 1.0) | dict.fromkeys(rest, 2.0)
    ids = index.lexical(weights, SEARCHED, frozenset({report.id}))
    yield from ((passage, ids[id_]) for id_, passage in index.passages(ids).items())


def under(index: Index, report: Report, topic: Topic) -> list[Passage]:
    """The passages of the part of a report that a topic has."""
    whole = index.report_passages(report.id)
    return [p for p in whole if p.searchable and any(topic.where.search(heading) for heading in p.section[-3:])]


@lru_cache(maxsize=2_000)  # the search and the answer look at the same passages
def _telling(says: tuple[re.Pattern[str], ...], passage: Passage) -> tuple[tuple[int, int, str, int], ...]:
    """The sentences of a passage that one of ``says`` knows: characters, words, and which one; a table as a whole."""
    if passage.kind == "table":
        pieces = [(0, len(passage.text), f"{passage.section[-1] if passage.section else ''} {passage.text}")]
    else:
        pieces = [(start, end, passage.text[start:end]) for start, end in sentences(passage.text)]
    found = []
    for start, end, text in pieces:
        sure = next((n for n, pattern in enumerate(says) if pattern.search(text)), None)
        if sure is not None:
            found.append((start, end, text, sure))
    return tuple(found)


def _of_all(topic: Topic, text: str, passage: Passage) -> float:
    """A little more for what stands early in the report, and of counts of people or stores for the greatest."""
    early = 0.1 / (1 + passage.ordinal / 100)
    if not topic.counted:
        return early
    counts = [int(n.replace(",", "")) for n in _NUMBER.findall(text) if n.replace(",", "") and n[-1] != ","]
    people = [n for n in counts if not 1900 < n < 2100]
    return early + (len(str(max(people))) * 0.1 if people else -1.0)


def _dated_otherwise(text: str, years: set[int]) -> float:
    """What is taken off a sentence that is of other years than those asked for; less than nothing of one that is of them."""
    own = {int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", text)}
    return -SAME_YEAR if years & own else OTHER_YEAR if years and own else 0.0
