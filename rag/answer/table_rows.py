"""Which rows of a table answer a question that the table's title answers: all of them, or the one of the rank asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.statement import PRESENT, Statement
from rag.answer.table_answer import Row, grid
from rag.answer.wanted import Wanted
from rag.types import Evidence

MOST = 12  # rows of a table that is given whole
_RANK = re.compile(
    r"第([一二三四五六七八九十]|[1-9]\d?)大(?!股东大会)|\b(?:the )?(first|second|third|fourth|fifth)[- ]largest\b",
    re.IGNORECASE,
)
_LARGEST = re.compile(
    r"最大的?(?=[\u4e00-\u9fff]*(?:客户|供应商|股东))|\blargest (?=customers?|suppliers?|shareholders?|holders?)"
)
_RANKS = {char: place for place, char in enumerate("一二三四五六七八九十", 1)} | {
    word: place for place, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)
}
_WHO = re.compile(
    r"哪些|哪几|有谁|是谁|都有|各是|分别|名单|\bwho (?:are|were)\b|\bwhich\b|\blist\b|\bname\b", re.IGNORECASE
)
_RANKED = re.compile(
    r"前\s?(?:[三五十]|\d{1,2})\s?(?:大|名|位)|客户|供应商|股东|\btop (?:\w+)\b|\b(?:customers|suppliers|shareholders)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|sub-?total|total)", re.IGNORECASE)
_OTHERS = re.compile(r"\s*(?:其他|其它|others?\b)", re.IGNORECASE)


def rows_asked(picked: Sequence[Statement], wanted: Wanted) -> list[tuple[Evidence, Row]]:
    """The rows of the surest statement's table, where it is its title that answers; empty where a row itself does.

    `第二大客户` asks for the second row of a table of customers, `前五大客户有哪些` for all of them.
    """
    first = picked[0]
    passage = first.evidence.passage
    if passage.kind != "table":
        return []
    table = grid(passage.text)
    about = " ".join((*table.title, *table.head, *passage.section[-2:]))
    data = [row for row in table.rows if not _SUM.match(row.cells[0])]
    rank = rank_of(wanted.question)
    if rank is not None and _RANKED.search(about) and _starts(passage.text, table.rows):
        named = [row for row in data if not _OTHERS.match(row.cells[0])]
        return [(first.evidence, named[rank - 1])] if rank <= len(named) else []
    by_title = any(near >= PRESENT for near in first.near) and not any(own >= PRESENT for own in first.own)
    if by_title and _WHO.search(wanted.question) and _RANKED.search(wanted.question) and len(data) <= MOST:
        return [(first.evidence, row) for row in data]
    return []


def rank_of(question: str) -> int | None:
    """The rank that a question asks for, 1 for the largest; None where it asks for none."""
    if match := _RANK.search(question):
        word = (match[1] or match[2]).lower()
        return int(word) if word.isdigit() else _RANKS[word]
    return 1 if _LARGEST.search(question) else None


def _starts(text: str, rows: Sequence[Row]) -> bool:
    """Whether a passage has the beginning of its table: lines of title or heads stand before its rows."""
    return bool(rows) and rows[0].start > 0
