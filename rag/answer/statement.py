"""A statement: a sentence, a short passage, or a row of a table with its title and heads, and what it holds of a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer.table_answer import grid
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.search.rank import SHORT_REPORT
from rag.types import Evidence

WHOLE = 420  # characters: up to here a passage is one statement
WHOLE_ZH = 80  # ... on a page, or in a long report, in Chinese, which says three times as much in as many characters
OPENING = 13  # characters of a sentence that only opens the next: `应收账款回收的风险。`
_CLAUSE = ";；"
NAMED = 0.8  # coverage of a name from which a statement or its report is about it
PRESENT = 0.5  # coverage from which a piece counts as there
FEW_LINES = 4  # passages
_UNIT = re.compile(r"[(（]?(?:单位|金额单位|币种|单位及币种)\s*[:：]\s*[^\s\d,，。;；:：]{1,8}[)）]?")
_LABELLED = re.compile(
    r"(?!\d+[.、]\s?|[^:：]*(?:19|20)\d\d)[^:：]{1,24}[:：]\s*\S"
)  # a heading that is a label with its value says nothing of what follows, unless it has a number or a year


@dataclass(frozen=True, slots=True)
class Statement:
    """``passage.text[start:end]`` of evidence number ``rank`` (0-based, by retrieval), and what it holds.

    ``holds[j]``: coverage (0..1) of focus piece ``j`` by the statement with its heading; ``own[j]`` by its own words.
    ``names``/``periods``: the same for names (text, title, broker) and times. ``score``: 0..1, how surely it answers: of ``counted`` (0..1, by what it holds)
    and ``match`` (log-odds, by what the matcher reads; of a follow-up the mean of both readings).
    """

    rank: int
    evidence: Evidence
    start: int
    end: int
    own: tuple[float, ...] = ()
    holds: tuple[float, ...] = ()
    names: tuple[float, ...] = ()
    periods: tuple[float, ...] = ()
    features: tuple[float, ...] = ()
    near: tuple[float, ...] = ()
    score: float = 0.0
    counted: float = 0.0
    match: float = 0.0
    of_kind: bool = True

    @property
    def text(self) -> str:
        return self.evidence.passage.text[self.start : self.end]


def split(evidence: Evidence) -> list[tuple[int, int]]:
    """The spans of a passage's statements."""
    text = evidence.passage.text
    if evidence.passage.kind == "table" and (rows := grid(text).rows):
        return [(row.start, row.end) for row in rows]
    if evidence.passage.language == "zh" and (evidence.report.passages > SHORT_REPORT or evidence.passage.page):
        return [(0, len(text))] if len(text) <= WHOLE_ZH else _full_sentences(text)
    return [(0, len(text))] if len(text) <= WHOLE else sentences(text)


def _full_sentences(text: str) -> list[tuple[int, int]]:
    """Chinese sentences: a clause that ends in a semicolon goes with the next, and a short opening with what it opens."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if found:
            first, last = found[-1]
            clause = text[last - 1] in _CLAUSE and end - first <= WHOLE
            opening = last - first <= OPENING and not any(char.isdigit() for char in text[first:last])
            if clause or opening:
                found[-1] = (first, end)
                continue
        found.append((start, end))
    return found


def promoted(statements: Sequence[Statement], least: float, fits: Callable[[Statement], bool]) -> list[Statement]:
    """The statements, best first, with the first that fits in front, where it has this share of the best one's score."""
    for other in statements:
        if other.counted < least * statements[0].counted:
            break
        if fits(other):
            return [other, *(statement for statement in statements if statement is not other)]
    return list(statements)


def as_named(first: Statement, other: Statement) -> bool:
    """Whether another statement of the same report holds the names as far as the first, or enough."""
    same = other.evidence.report.id == first.evidence.report.id
    return same and all(new >= min(old, NAMED) for old, new in zip(first.names, other.names, strict=True))


def as_timely(first: Statement, other: Statement) -> bool:
    """Whether another statement holds the times as far as the first, or enough."""
    return all(new >= min(old, PRESENT) for old, new in zip(first.periods, other.periods, strict=True))


def is_title(item: Evidence, start: int, end: int) -> bool:
    """Whether a statement only repeats what its report is called, or gives the unit of a table.

    A report of a few lines may be no more than its title.
    """
    if _UNIT.fullmatch(item.passage.text, start, end):
        return True
    return (
        item.report.passages > FEW_LINES
        and end - start <= len(item.report.title) + 40
        and terms_of(item.passage.text[start:end]) <= terms_of(item.report.title)
    )


def heading_of(item: Evidence) -> str:
    passage = item.passage
    parts = [heading for heading in passage.section if not _LABELLED.match(heading)]
    if passage.kind == "table":
        table = grid(passage.text)
        parts += [*table.title, *table.head]
    return "\n".join(parts)
