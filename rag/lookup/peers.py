"""The company beside others in a table of its own filing: `与可比公司相比，毛利率各家是多少`.

A Chinese filing sets its issuer, called 发行人 or 公司 there, beside its rivals in one table; the rows of those that are
named, or of all, answer with the column that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.citations import Draft, slot
from rag.answer.extractive import checked
from rag.answer.table_answer import Grid, Row, headed, markdown
from rag.answer.wanted import Wanted, want
from rag.language import analysis
from rag.language.dictionary import words_in
from rag.language.periods import periods
from rag.lookup.rows import ids_with
from rag.lookup.table import tables_of
from rag.reports.names import called, names_of
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Hits, Index
from rag.types import Evidence, Report

MOST = 10  # rows of an answer
BEGINNING = 2  # characters of a name that may stand for it, and that it may have more of
HEAD = 0.6  # share of a head's neighbouring characters that the question has, from which its column is asked for
_BESIDE = re.compile(r"相比|对比|比较|相差|差多少|差异|差距|高还是|低还是|各家|分别|各自|可比公司|同行")
_ALL = re.compile(r"各家|可比公司|同行|竞争对手")
_OWN = frozenset("发行人 公司 本公司 本行".split())
_GROWTH = re.compile(r"增长|增速|增幅|同比")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]|(?:19|20)\d\d年?[度末]?")
_NUMBER = re.compile(r"^\d{1,2}\s+")


@dataclass(frozen=True, slots=True)
class _Fit:
    """A table with the rows and the columns (by their heads) that a question asks for, and how well these fit."""

    evidence: Evidence
    rows: tuple[Row, ...]
    heads: frozenset[str]
    score: float


def peers(index: Index, reports: Sequence[Report], hits: Hits, question: str) -> list[Draft]:
    """The rows of a table that has the company of one long report and those it is set beside; empty where none has."""
    if len(reports) != 1 or reports[0].passages <= SHORT_REPORT or analysis.language(question) != "zh":
        return []
    if not _BESIDE.search(question):
        return []
    wanted = want(index, question)
    asked = [piece for piece in (*wanted.focus, *wanted.names) if not _BESIDE.fullmatch(piece.surface)]
    tables = tables_of(index, reports[0], hits.evidence, ids_with(index, reports[0], asked))
    best = max(_fits(tables, question, wanted), key=lambda fit: fit.score, default=None)
    if best is None:
        return []
    passage, rows = best.evidence.passage, best.rows
    span = min(row.start for row in rows), max(row.end for row in rows)
    text = markdown(passage, list(rows), lambda head: head in best.heads, "", slot(0))
    draft = checked(text, best.evidence, span)
    return [draft] if draft.status == "supported" else []


def _fits(tables: Sequence[Evidence], question: str, wanted: Wanted) -> Iterator[_Fit]:
    for evidence in tables:
        table = headed(evidence.passage)
        own = [row for row in table.rows if _is_own(_label(row), evidence.report)]
        others = [row for row in table.rows if row not in own]
        named = [row for row in others if _is_named(_label(row), question)]
        chosen = named or (others if _ALL.search(question) else [])
        if len(own) != 1 or not chosen or len(chosen) >= MOST or not _holds(table, evidence, wanted):
            continue
        heads, score = _columns(table, evidence, question, wanted)
        if heads:
            rows = tuple(row for row in table.rows if row in own or row in chosen)
            yield _Fit(evidence, rows, heads, score + len(named))


def _label(row: Row) -> str:
    return _NUMBER.sub("", row.cells[0].strip())


def _is_own(label: str, report: Report) -> bool:
    return label in _OWN or label in report.companies or label in names_of(report).about


def _is_named(label: str, question: str) -> bool:
    """Whether a question names a row: whole, or by how its label begins (`北坡` of 北坡阀门)."""
    start = label[: max(BEGINNING, len(label) - BEGINNING)]
    return len(label) > 1 and (label in question or (len(start) >= BEGINNING and start in question))


def _columns(table: Grid, evidence: Evidence, question: str, wanted: Wanted) -> tuple[frozenset[str], float]:
    """The heads that a question has in its words, with how well; of a table by years, those asked for, if its title has the metric."""
    heads = [head for head in table.head[1:] if head]
    around = "\n".join((*table.title, *evidence.passage.section[-2:]))
    worth = {head: _shared(_ASIDE.sub("", head), question) for head in heads if not _differs(head, around, wanted)}
    top = max(worth.values(), default=0.0)
    if top >= HEAD:
        return frozenset(head for head, value in worth.items() if value == top), top
    metrics = [piece for piece in wanted.focus if piece.kind == "metric"]
    title = analysis.distinct_terms(around)
    if not metrics or not all(periods(head) for head in heads) or not all(each.said_by(title) for each in metrics):
        return frozenset(), 0.0
    years = {period.end.year for period in periods(question)}
    timely = {head for head in heads if not years or years & {period.end.year for period in periods(head)}}
    return frozenset(timely), HEAD


def _holds(table: Grid, evidence: Evidence, wanted: Wanted) -> bool:
    """Whether the report is called, or the table says, what a question names, as a half of its characters at least."""
    said = "\n".join((*table.title, *evidence.passage.section[-2:], evidence.passage.text))
    own = called(evidence.report)
    for piece in (*wanted.focus, *wanted.names):
        if _BESIDE.search(piece.surface) or piece.said_by(own):
            continue
        if 2 * sum(char in said for char in piece.surface) < len(piece.surface):
            return False
    return True


def _differs(head: str, around: str, wanted: Wanted) -> bool:
    """Whether a head is of another thing: it has a word of its own in place of one that is asked for, or no growth that is."""
    if _GROWTH.search(wanted.question) and not _GROWTH.search(head + around):
        return True
    words = (head[word.start : word.end] for word in words_in(head))
    strange = any(word not in wanted.question for word in words)
    pieces = [piece.surface for piece in wanted.focus if not _BESIDE.search(piece.surface)]
    return strange and any(_shared(piece, head + around) < 1 for piece in pieces)


def _shared(head: str, question: str) -> float:
    """The share of a head's pairs of neighbouring characters that a question has."""
    pairs = [head[at : at + 2] for at in range(len(head) - 1)]
    return sum(pair in question for pair in pairs) / len(pairs) if pairs else 0.0
