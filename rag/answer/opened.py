"""The items of a list whose opening sentence was chosen: `the following conditions must be met:` says nothing without them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answer.statement import Statement
from rag.answer.table_answer import Row, grid
from rag.answer.wanted import Wanted
from rag.language.sentences import sentences
from rag.llm.planted import is_planted
from rag.search.retrieve import Index
from rag.types import Evidence, Passage

MOST = 12  # items
LONGEST = 900  # characters of them, together
REACH = 12  # passages after the opening one
BULLET = 3  # characters between two passages from which a bullet stands between them, not only a line's end
ITEM = re.compile(
    r"\s*(?:[(（]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])\s?[)）]|\d{1,2}\s?(?:[)）、]|[.．](?!\d))|[一二三四五六七八九十]{1,3}、|[①-⑳]|[-•●◆▪■])"
)
_OPENS = re.compile(r"[:：]\s*$")
_GOES_ON = re.compile(r"[:：;；]\s*(?:and|or|以及|和|或)?\s*$")

TABLE_NEAR, TABLE_ROWS = 2, 8  # passages up to a table that a sentence opens, and its rows that are shown
_OPENS_TABLE = re.compile(
    r"(?:\bas follows\b|\b(?:the )?following\b|\btable below\b|\bsummari[sz]ed below\b|\bset forth below\b|如下|下表).{0,80}[:：]\s*$",
    re.IGNORECASE | re.DOTALL,
)

Span = tuple[Evidence, int, int]


def opened(index: Index, first: Statement, wanted: Wanted) -> list[Span]:
    """What follows the surest statement where it ends in a colon or within a list, up to the list's end.

    Where a list is asked for and the statement is one item of it, also the items before it and the line that opens them.

    Each is a passage of the same section, with the characters of it; empty for a question that asks for one value, and
    for a report with marks of its own, whose statements stand alone.
    """
    passage = first.evidence.passage
    if wanted.kind is not None or passage.locator.kind == "mark" or passage.kind == "table":
        return []
    found = _before(index, first) if wanted.shape == "list" and ITEM.match(first.text) else []
    return items_after(index, first, found)


def items_after(index: Index, first: Statement, before_it: Sequence[Span] = ()) -> list[Span]:
    """The items of a list behind a statement that ends in a colon or within one; ``before_it``: those found before it."""
    found = list(before_it)
    before, listed, length = first.text, bool(_OPENS.search(first.text)), 0
    for other, start, end, bullet in _after(index, first):
        text = other.text[start:end]
        item = bool(ITEM.match(text)) or bullet
        goes_on = bool(_GOES_ON.search(before))
        if not (goes_on or (item and (listed or _is_listed(before)))):
            break
        length += len(text)
        if len(found) == MOST or length > LONGEST:
            break
        found.append((Evidence(other, first.evidence.report, first.evidence.score), start, end))
        before, listed = text, listed or item
    return found


def opened_table(index: Index, said: Statement) -> tuple[Evidence, tuple[Row, ...]] | None:
    """The table that a statement opens, which says nothing without it, and its first rows; None where it opens none."""
    passage = said.evidence.passage
    if passage.locator.kind == "mark" or passage.kind == "table" or not _OPENS_TABLE.search(said.text):
        return None
    follow = [p for p in index.report_passages(passage.report_id) if 0 < p.ordinal - passage.ordinal <= TABLE_NEAR]
    table = next((p for p in sorted(follow, key=lambda p: p.ordinal) if p.kind == "table" and p.searchable), None)
    if table is None or table.page != passage.page or not (rows := grid(table.text).rows):
        return None
    return Evidence(table, said.evidence.report, said.evidence.score), rows[:TABLE_ROWS]


def _before(index: Index, first: Statement) -> list[Span]:
    """The items before one, back to the line that opens their list; empty where no line does."""
    passage = first.evidence.passage
    back = [p for p in index.report_passages(passage.report_id) if 0 < passage.ordinal - p.ordinal <= REACH]
    units = [(p, *span) for p in sorted(back, key=lambda p: p.ordinal) for span in sentences(p.text)]
    units += [(passage, *span) for span in sentences(passage.text[: first.start])]
    found: list[Span] = []
    for other, start, end in reversed(units[-MOST:]):
        text = other.text[start:end]
        opens = bool(_OPENS.search(text))
        if other.section != passage.section or not other.searchable or is_planted(other.text, 0, len(other.text)):
            return []
        found.append((Evidence(other, first.evidence.report, first.evidence.score), start, end))
        if opens:
            return found[::-1]
        if not ITEM.match(text):
            return []
    return []


def _is_listed(text: str) -> bool:
    """Whether the last sentence of a text is an item of a list."""
    spans = sentences(text)
    return bool(spans) and bool(ITEM.match(text[spans[-1][0] :]))


def _after(index: Index, first: Statement) -> Iterator[tuple[Passage, int, int, bool]]:
    """The sentences after a statement: of its passage, then of those that follow it in its section.

    With each, whether a bullet stands between it and the sentence before.
    """
    passage = first.evidence.passage
    for start, end in sentences(passage.text[first.end :]):
        yield passage, first.end + start, first.end + end, False
    last = passage
    follow = [p for p in index.report_passages(passage.report_id) if 0 < p.ordinal - passage.ordinal <= REACH]
    for other in sorted(follow, key=lambda p: p.ordinal):
        other_kind = other.kind == "table" or other.section != passage.section
        if other_kind or not other.searchable or is_planted(other.text, 0, len(other.text)):
            return
        for place, (start, end) in enumerate(sentences(other.text)):
            yield other, start, end, place == 0 and other.page == last.page and other.start - last.end >= BULLET
        last = other
