"""What the reports of one side say to one aspect of a comparison: the sentence, clause or table row that answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.answer.table_answer import grid
from rag.compare.asked.side import Side
from rag.compare.asked.wanted import Aspect, counts, wanted_of
from rag.compare.found.foreseen import amiss
from rag.compare.found.owner import whose
from rag.compare.found.rows import as_text, columns, heads_told, is_asked, line, row_asked
from rag.compare.found.share import AT_FIRST, ENOUGH, begins_with, share_of, without_shares
from rag.compare.found.values import gives_amount, has_value, is_amount
from rag.language.embeddings import Encoder
from rag.language.periods import periods
from rag.language.sentences import sentences
from rag.language.words import space, terms_of
from rag.llm.planted import is_planted
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.reports.names import company_terms, names_of
from rag.search.retrieve import Hits, Index, search
from rag.types import Evidence, Passage, Report

LOOKED_AT = 10  # passages per side and aspect
ROW_ITSELF = 0.15  # what a table's row gets on top when its label is what is asked, no more and no less
AS_ASKED = 0.05  # what a sentence gets on top that says every piece in the words of the question
PART = 0.2  # what is taken off the figure of a part, or of something else that is called the same
_VALUE = re.compile(r"(?<=: )\(?[$€£¥]?\s?\(?\d[\d,.]*")
BY_RANK = 0.25  # weight of the retrieval's score beside the coverage by the sentence itself
AS_GOOD = 0.9  # share of the best score from which a newer statement goes before it
LONGEST = 170  # characters of a cell
_CLAUSE = re.compile(  # not within a row of figures: `is put at RMB 195 billion, RMB 224 billion and RMB 251 billion`
    r"[;；,，](?!\d{3}\b)(?!\s*(?:and\s+|or\s+)?(?:[A-Z]{2,3}\b|Rmb|[A-Z]{0,2}[$¥€£])?\s*\d)\s*|(?<=[^\d])\s[-–—]\s"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a side says: ``text`` for a cell, from characters ``start..end`` of the evidence's passage. ``score``: 0..1.

    ``verbatim``: whether ``text`` is that slice; a table's cell is put together from its row and head. ``part``: its
    figure may be that of a part only.
    """

    text: str
    evidence: Evidence
    start: int
    end: int
    score: float = 1.0
    verbatim: bool = True
    part: bool = False

    @property
    def report(self) -> Report:
        return self.evidence.report


Cells = tuple[tuple[tuple[Piece, ...], ...], ...]
"""What side ``i`` says to aspect ``j``."""


def find(index: Index, encoder: Encoder, side: Side, aspect: Aspect) -> Piece | None:
    """The best piece of a side's reports on an aspect, from the first tier that has one; None where none does.

    What may be the figure of a part alone is taken only where no tier has anything better.
    """
    question = asked_alone(side, aspect)
    part: Piece | None = None
    for tier in side.tiers:
        best = best_piece(search(index, encoder, question, limit=LOOKED_AT, scope=tier), side, aspect)
        if best is not None and not best.part:
            return best
        part = part or best
    return part


def asked_alone(side: Side, aspect: Aspect) -> str:
    """The question that is searched for one side and aspect."""
    question = side.question
    for words in aspect.without:
        question = re.sub(rf"(?i){re.escape(words)}", " ", question)
    if side.kind == "company" and side.name and aspect.metric:  # every page of its reports may bear the name
        question = re.sub(rf"(?i){re.escape(side.name)}(?:['’]s?\b)?", " ", question)
    return question


def best_piece(hits: Hits, side: Side, aspect: Aspect) -> Piece | None:
    """The piece of the evidence that says most of what is asked of a side; None where none says enough.

    Where no time is asked for, the newest of those that say about as much.
    """
    pieces = _told_apart(_without_boilerplate(list(_pieces(hits, side, aspect))))
    best = max(pieces, key=lambda piece: piece.score, default=None)
    if best is None or side.kind != "company" or side.period is not None or periods(side.question):
        return best
    close = [piece for piece in pieces if piece.part == best.part and piece.score >= AS_GOOD * best.score]
    return max(close, key=lambda piece: (_day(piece.report), piece.score))


def _day(report: Report) -> date:
    """The day that a report is of: its own, else the end of its period."""
    return report.date or max((period.end for period in names_of(report).periods), default=date.min)


def _without_boilerplate(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without what several reports say word for word: disclaimers, and what a broker writes under each note."""
    said: dict[str, set[str]] = {}
    for piece in pieces:
        said.setdefault(piece.text, set()).add(piece.report.id)
    return [piece for piece in pieces if len(said[piece.text]) == 1 or not piece.verbatim or has_value(piece.text)]


def _told_apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Rows of one report that are called the same and give several figures are those of parts, as far as one can tell."""
    given: dict[tuple[str, str], set[str]] = {}
    for piece in pieces:
        if not piece.verbatim:
            given.setdefault((piece.report.id, _row_label(piece)), set()).update(_VALUE.findall(piece.text)[:1])
    return [
        replace(piece, part=True, score=piece.score - PART)
        if not piece.verbatim and len(given[piece.report.id, _row_label(piece)]) > 1
        else piece
        for piece in pieces
    ]


def _row_label(piece: Piece) -> str:
    passage = piece.evidence.passage
    return next((row.cells[0] for row in grid(passage.text).rows if row.start == piece.start), piece.text)


def _pieces(hits: Hits, side: Side, aspect: Aspect) -> Iterator[Piece]:
    """Every piece of the evidence that holds enough of what is asked of a side."""
    top = max((item.score for item in hits.evidence), default=0.0) or 1.0
    for item in hits.evidence:
        meant = wanted_of(hits.concepts, side, item.report, aspect.forms)
        wanted = [c for c in meant if counts(c, side.question, aspect)]
        if not wanted:
            wanted = [concept for concept in hits.concepts if concept.kind != "name"]
        for piece in _of_passage(item, wanted, side, aspect):
            yield replace(piece, score=(1 - BY_RANK) * piece.score + BY_RANK * item.score / top)


def _of_passage(item: Evidence, wanted: Sequence[Asked], side: Side, aspect: Aspect) -> Iterator[Piece]:
    passage = item.passage
    if passage.kind == "table":
        if piece := _of_table(item, wanted, side, aspect):
            yield piece
        return
    context = terms_of(" ".join(passage.section))
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        if is_planted(passage.text, start, end):
            continue
        if aspect.metric and not has_value(text):
            continue
        share = share_of(without_shares(text, side.question), context, wanted, side, item.report, aspect)
        if share >= ENOUGH:
            owner = _whose(text, wanted, item.report, aspect)
            if owner == "other":
                continue
            no_amount = is_amount(aspect, side.question) and not gives_amount(text)
            share += (
                AS_ASKED * _as_asked(text, wanted)
                + AT_FIRST * begins_with(text, wanted)
                - PART * ((owner == "part") + no_amount)
            )
            share -= amiss(side, text, item.report)
            start, end = _clause(passage, start, end, wanted, aspect)
            yield Piece(line(passage.text[start:end]), item, start, end, share, part=owner == "part" or no_amount)


def _whose(text: str, wanted: Sequence[Asked], report: Report, aspect: Aspect) -> str:
    if not (aspect.metric and aspect.label):
        return "own"
    return whose(text, aspect.label, company_terms(report).union(*(piece.terms for piece in wanted)))


def _as_asked(text: str, wanted: Sequence[Asked]) -> bool:
    """Whether a text says every piece but the periods in the words that it is asked in."""
    words = terms_of(text)
    return all(words.issuperset(concept.forms[0]) for concept in wanted if concept.kind != "period" and concept.forms)


def _clause(passage: Passage, start: int, end: int, wanted: Sequence[Asked], aspect: Aspect) -> tuple[int, int]:
    """The run of clauses of a long sentence that answers best: as short as holds what the whole sentence holds."""
    text = passage.text
    if end - start <= LONGEST:
        return start, end
    cuts = [start, *(start + match.end() for match in _CLAUSE.finditer(text[start:end])), end]
    spans = [(a, b) for i, a in enumerate(cuts) for b in cuts[i + 1 :] if 0 < b - a <= LONGEST]
    if aspect.metric:
        spans = [(a, b) for a, b in spans if has_value(text[a:b])]
    near = space().nearest
    best, chosen = -1.0, (start, end)
    for a, b in spans:
        words = terms_of(text[a:b])
        value = sum(concept.weight * covered(concept, words, near) for concept in wanted)
        value -= 0.0005 * (b - a)
        if value > best:
            best, chosen = value, (a, b)
    return chosen


def _of_table(item: Evidence, wanted: Sequence[Asked], side: Side, aspect: Aspect) -> Piece | None:
    """The row that answers, its column of the period alone where a head names it."""
    asked = [concept for concept in wanted if concept.kind != "period"]
    table = heads_told(item)
    context = terms_of(" ".join([*item.passage.section, *table.title]))
    row = row_asked(table.rows, asked, context)
    if row is None or not asked:
        return None
    label = row.cells[0]
    share = share_of(label, context, asked, Side(side.kind, side.label, "", ()), item.report, aspect, row=True)
    itself = share >= ENOUGH and is_asked(label, asked) > 1
    wanted_period = side.period or next((c.period for c in wanted if c.kind == "period" and c.period), None)
    cells, value = columns(table.head, row.cells, wanted_period, item.report)
    if wanted_period is not None:
        share = share * (0.75 + 0.25 * value)
    text = as_text(table, label, cells)
    share += ROW_ITSELF * itself
    if share < ENOUGH or not cells:
        return None
    part = not is_asked(label, asked) and _whose(label, asked, item.report, aspect) != "own"
    return Piece(text, item, row.start, row.end, share - PART * part, False, part)
