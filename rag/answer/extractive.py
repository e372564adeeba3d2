"""Answers without a model: the statements that answer the question, in reading order, each with its own citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.answer.beside import beside, fuller, reason_beside, reasons_headed
from rag.answer.citations import Draft, slot
from rag.answer.grounds import grounds
from rag.answer.held import asks_share
from rag.answer.in_context import asks_words, in_context
from rag.answer.judge import Judgement, judge
from rag.answer.opened import opened, opened_table
from rag.answer.report_facts import Fact
from rag.answer.sections import under_one_heading
from rag.answer.statement import NAMED, PRESENT, Statement
from rag.answer.table_answer import Row, markdown, row_at
from rag.answer.table_rows import rows_asked
from rag.answer.told_next import answer_behind, under_why
from rag.answer.unsaid import THRESHOLD
from rag.answer.wanted import Wanted
from rag.language import analysis, lexicon
from rag.language.periods import periods
from rag.language.sentences import one_line, sentences
from rag.language.words import terms_of
from rag.llm.planted import asks_of_them, is_planted, speaks
from rag.question.coverage import covered
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Hits, Index
from rag.types import Evidence, Passage, Report
from rag.verify.reasons import in_chinese
from rag.verify.sentence import verify_sentence

MOST = {"fact": 2, "why": 2, "list": 8, "compare": 6, "section": 40}
CLOSE = {"fact": 0.97, "why": 0.85, "list": 0.65, "compare": 0.5}  # share of the best score, to stand beside it
NEWER = 0.75  # share of the best score from which a newer report of the same broker goes before it
NOW = 0.4  # ... where the question says that it wants what holds now
CURRENT = 0.5  # coverage of a time from which a newer statement is of it
ADDS = 0.5  # share of the best score from which a statement may add what the best one lacks
BEHIND = 4.0  # log-odds of the matcher that another statement of an answer may be behind the first
ALSO = 4.0  # log-odds of the matcher from which a second statement answers, too, if it has as much of what is asked; in a long report, something new of it
ALSO_SCORE = 0.97  # ... with a score of at least this
LISTED = 0.15  # ... where that is one of several things which the question names in a row
ADDS_IN_LONG = 0.8  # ... in a report so long that something in it has every word
SUBJECTS = frozenset({"product", "place", "company"})  # to name one of these alone adds nothing
_BULLET = re.compile(r"^[•●◆▪■‰](?:\s+|(?=[A-Z]))")
_NOTE_MARK = re.compile(r"^\(\d{1,2}\) (?=[A-Z])")  # of a note below a table, or an item
_NOW = re.compile(r"\b(?:current(?:ly)?|now|latest|most recent(?:ly)?|today)\b|目前|当前|最新|现在|如今", re.IGNORECASE)

_CHANGE_HEAD = re.compile(
    r"\b(?:change[sd]?|growth|increase|decrease|variance|yoy|qoq|y/y|q/q)\b|-over-|变动|变化|增[减长]|同比|环比",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage of the answer, and the characters of it that are quoted."""

    evidence: Evidence
    start: int
    end: int


def drafts(index: Index, question: str, hits: Hits, verdict: Judgement | None = None) -> list[Draft]:
    """The sentences of the extractive answer with what they rest on, in reading order."""
    verdict = verdict or judge(index, question, hits)
    if verdict.parts:
        made = [draft for part in verdict.parts if part.answerable for draft in drafts(index, question, hits, part)]
        return list({(draft.text, tuple(item.passage.id for item in draft.evidence)): draft for draft in made}.values())
    if verdict.facts:
        return [_of_report(fact) for fact in verdict.facts]
    wanted = verdict.wanted
    if wanted is None or not verdict.statements:
        return []
    if verdict.section:
        chosen = [Chosen(item, 0, len(item.passage.text)) for item in verdict.section[: MOST["section"]]]
    else:
        if headed := under_why(verdict.statements, index, wanted):
            return _written([Chosen(item, 0, len(item.passage.text)) for item in headed], wanted)
        picked = _pick(verdict.statements, wanted)
        if told := grounds(index, picked[0], wanted) or reasons_headed(index, picked[0], wanted):
            told = [*_its_own(picked[0]), *told]
            return _written([Chosen(item, 0, len(item.passage.text)) for item in told], wanted)
        if rows := rows_asked(picked, wanted):
            return _written([Chosen(item, row.start, row.end) for item, row in rows], wanted)
        if wanted.shape in ("fact", "list") and (whole := under_one_heading(index, picked[0], wanted)):
            return _written([Chosen(item, 0, len(item.passage.text)) for item in whole], wanted)
        chosen = _quoted(picked, wanted)
        alone = len({s.evidence.report.id for s in picked}) == 1
        near = beside(index, verdict.statements, picked[0], wanted) if alone else []
        near += reason_beside(index, picked[0], wanted) if alone else []
        near += fuller(index, picked[0]) if alone and wanted.shape != "compare" else []
        chosen += [Chosen(item, 0, len(item.passage.text)) for item in near]
        chosen += _opened(index, picked, wanted) if alone else []
    chosen = [part for piece in chosen for part in _with_answer(index, piece)]
    return _written(_in_order(_without_repeats(chosen)), wanted)


def _quoted(picked: Sequence[Statement], wanted: Wanted) -> list[Chosen]:
    """What is quoted of the statements, each part of a paragraph once."""
    out: list[Chosen] = []
    for said in picked:
        span = in_context(said.evidence, said.start, said.end) if asks_words(wanted) else (said.start, said.end)
        if not any(
            k.evidence.passage.id == said.evidence.passage.id and k.start < span[1] and span[0] < k.end for k in out
        ):
            out.append(Chosen(said.evidence, *span))
    return out


def _opened(index: Index, picked: Sequence[Statement], wanted: Wanted) -> list[Chosen]:
    """The items, or the first rows, of the list or the table that a statement opens."""
    listed = [Chosen(*span) for said in picked for span in opened(index, said, wanted)]
    table = next(filter(None, (opened_table(index, said) for said in picked)), None)
    return listed or ([Chosen(table[0], row.start, row.end) for row in table[1]] if table else [])


def _its_own(first: Statement) -> list[Evidence]:
    """The passage of a call that goes on behind it with reasons of its own, as a paragraph does; none of a digest's mark."""
    passage = first.evidence.passage
    own = passage.kind == "paragraph" and passage.locator.kind != "mark" and len(sentences(passage.text)) > 1
    return [first.evidence] if own else []


def _with_answer(index: Index, piece: Chosen) -> list[Chosen]:
    """What is quoted, and what answers it where that is a question itself."""
    behind = answer_behind(index, piece.evidence, piece.start, piece.end)
    return [piece, Chosen(*behind)] if behind else [piece]


def _pick(statements: Sequence[Statement], wanted: Wanted) -> list[Statement]:
    """The statements of the answer: the surest, what is as sure, and what adds a piece that it lacks."""
    if wanted.shape == "compare" or wanted.apart:
        sides = _sides(statements, wanted)
        if len(sides) > 1:
            return sides
    shape = wanted.shape
    first = _newest(statements, wanted)
    long = first.evidence.report.passages > SHORT_REPORT and shape in ("fact", "why")
    least, adds = (CLOSE["fact"], ADDS_IN_LONG) if long else (CLOSE[shape], ADDS)
    # the other rows of its table are no part of what a row says
    held = list(first.near if first.evidence.passage.kind == "table" else first.holds)
    picked = [first]
    subjects = {found.surface for found in lexicon.expand(wanted.question) if found.kind in SUBJECTS}
    asks = [piece.surface not in subjects for piece in wanted.focus]
    for other in statements[1:]:
        if len(picked) >= MOST[shape]:
            break
        if other.evidence.report.id != first.evidence.report.id:
            continue
        new = [
            h
            for h, (value, old) in enumerate(zip(other.own, held, strict=True))
            if value >= 0.9 and old < PRESENT and asks[h]
        ]
        # one with a higher score was set behind for a reason
        as_read = other.match >= first.match - BEHIND
        close = as_read and max(least * first.counted, THRESHOLD) <= other.counted and other.score <= first.score
        listed = any(wanted.focus[h].surface in wanted.listed for h in new)
        whole = all(value >= old - 0.1 for value, old in zip(other.holds, first.holds, strict=True))
        sure = as_read and other.match >= ALSO and other.score >= ALSO_SCORE and other.counted >= ADDS * first.counted
        also = sure and (new if long else whole)
        if close or also or (new and other.counted >= (LISTED if listed else adds) * first.counted):
            picked.append(other)
            held = [max(pair) for pair in zip(other.holds, held, strict=True)]
    return picked


def _newest(statements: Sequence[Statement], wanted: Wanted) -> Statement:
    """The surest statement; of as good ones by one author, the one of its newest report, unless a time is asked."""
    first = statements[0]
    now, author = bool(_NOW.search(wanted.question)), _author(first.evidence.report)
    if (wanted.periods and not now) or first.evidence.report.date is None or author is None:
        return first
    rivals = [
        s
        for s in statements
        if s.counted >= (NOW if now else NEWER) * first.counted
        and s.match >= first.match - BEHIND
        and s.evidence.report.date is not None
        and _author(s.evidence.report) == author
        and all(value >= old - 0.1 for value, old in zip(s.holds, first.holds, strict=True))
        and s.names == first.names
        and all(value >= min(old, CURRENT) for value, old in zip(s.periods, first.periods, strict=True))
    ]
    newest = max(rivals, key=lambda s: (s.evidence.report.date or date.min, s.score), default=first)
    return newest if (newest.evidence.report.date or date.min) > first.evidence.report.date else first


def _author(report: Report) -> str | None:
    """Who wrote a report: its broker; of a company's own filings, which are of a period, the company."""
    return report.broker or (report.companies[0] if report.companies and report.period else None)


def _sides(statements: Sequence[Statement], wanted: Wanted) -> list[Statement]:
    """For a comparison: the best statement for each name or time that is asked about, else of each close report."""
    least = max(THRESHOLD, CLOSE["compare"] * statements[0].score)
    found: list[Statement] = []
    if len(wanted.names) > 1:
        for j in range(len(wanted.names)):
            found += [s for s in statements if s.names[j] >= NAMED and _speaks(s)][:1]
    if len(wanted.periods) > 1:
        for j in range(len(wanted.periods)):
            found += [s for s in statements if s.periods[j] >= 1.0 and s.score >= least][:1]
    if len(found) < 2:
        reports: dict[str, Statement] = {}
        for s in statements:
            if s.score >= least:
                reports.setdefault(s.evidence.report.id, s)
        found = [*found, *list(reports.values())[:3]]
    return list(dict.fromkeys(found))[: MOST["compare"]]


def _speaks(statement: Statement) -> bool:
    """Whether a statement is good enough for its side of a comparison: it answers, or it holds all that is asked."""
    return statement.score >= THRESHOLD / 2 or min(statement.holds, default=0.0) >= PRESENT


def _without_repeats(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Drop what another passage already says nearly word for word; their marks stay with the one that is kept."""
    kept: list[Chosen] = []
    for piece in chosen:
        words = terms_of(piece.evidence.passage.text[piece.start : piece.end])
        if not any(_alike(words, terms_of(k.evidence.passage.text[k.start : k.end])) for k in kept):
            kept.append(piece)
    return kept


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= 0.9 * min(len(a), len(b)) and {t for t in a ^ b if t[0].isdigit()} == set()


def _in_order(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Reports in order of their best passage; within a report, reading order."""
    rank = {id_: i for i, id_ in enumerate(dict.fromkeys(piece.evidence.report.id for piece in chosen))}
    return sorted(
        chosen, key=lambda piece: (rank[piece.evidence.report.id], piece.evidence.passage.ordinal, piece.start)
    )


def _written(chosen: Sequence[Chosen], wanted: Wanted) -> list[Draft]:
    """The pieces as sentences, none that speaks to a language model; rows of one table together."""
    if speaks(wanted.question) or not asks_of_them(wanted.question):
        chosen = [piece for piece in chosen if not is_planted(piece.evidence.passage.text, piece.start, piece.end)]
    out: list[Draft] = []
    tables: dict[str, list[tuple[Chosen, Row]]] = {}
    for piece in chosen:
        passage = piece.evidence.passage
        row = row_at(passage.text, piece.start) if passage.kind == "table" else None
        if row is not None:
            tables.setdefault(passage.id, []).append((piece, row))
            if len(tables[passage.id]) > 1:
                continue
            out.append(Draft("", (piece.evidence,)))  # the place of the table, filled below
        else:
            out.append(checked(clean(passage, piece.start, piece.end), piece.evidence, (piece.start, piece.end)))
    out = [_table(tables[d.evidence[0].passage.id], wanted) if not d.text else d for d in out]
    marked = [draft for draft in out if _NOTE_MARK.match(draft.text)]
    if len(marked) == 1:  # the mark of one of several items says nothing where it stands alone
        out = [replace(d, text=_NOTE_MARK.sub("", d.text)) if d is marked[0] else d for d in out]
    return out


def _table(rows: Sequence[tuple[Chosen, Row]], wanted: Wanted) -> Draft:
    evidence = rows[0][0].evidence
    span = min(row.start for _, row in rows), max(row.end for _, row in rows)
    many = wanted.shape in ("compare", "list", "why")

    def fits(head: str) -> bool:
        if _CHANGE_HEAD.search(head) and not _CHANGE_HEAD.search(wanted.question):
            return False  # `Quarter-over-Quarter Change` is no figure of the quarter
        said = terms_of(head)
        for piece in wanted.periods:
            if covered(piece, said) == 1.0:
                return True
            if piece.period and any(p.label == piece.period.label for p in periods(head, evidence.report.date)):
                return True
            if piece.period and any(
                piece.period.start <= p.start and p.end <= piece.period.end for p in periods(head, evidence.report.date)
            ):
                return True
        return False

    marker = slot(0)
    text = markdown(
        evidence.passage,
        [row for _, row in rows],
        fits if not many else lambda _: False,
        "",
        marker,
        asks_share(wanted.question),
    )
    return checked(text, evidence, span)


def _of_report(fact: Fact) -> Draft:
    """A sentence on a report itself: cited where its words stand in a passage, else marked as not citable."""
    if fact.passage is not None:
        evidence = Evidence(fact.passage, fact.report, 1.0)
        return Draft(fact.text, (evidence,), ((fact.start, fact.end),))
    reason = "It stands in the report's header or file, not in a passage."
    return Draft(
        fact.text, status="partly", reason=in_chinese(reason) if analysis.language(fact.text) == "zh" else reason
    )


def checked(text: str, evidence: Evidence, quote: tuple[int, int]) -> Draft:
    """A draft with the verdict of the verification; words taken from the passage pass it, unless the reader erred."""
    said = evidence.passage.text[quote[0] : quote[1]]
    verdict = verify_sentence(said, [evidence])
    return Draft(text, (evidence,), (quote,), verdict.where, verdict.status, verdict.unverified, verdict.reason)


def stated(report: Report, passage: Passage, start: int, end: int, caption: str = "") -> Draft:
    """A sentence of a report, or the row of a table that begins at ``start``; ``caption``: instead of the table's title."""
    row = row_at(passage.text, start) if passage.kind == "table" else None
    text = markdown(passage, [row], lambda _: False, caption, slot(0)) if row else clean(passage, start, end)
    return checked(text, Evidence(passage, report, 1.0), (start, end))


def clean(passage: Passage, start: int, end: int) -> str:
    """The quoted words as one line that ends in a stop; table rows keep their line breaks."""
    text = passage.text[start:end].strip()
    if passage.kind != "table":
        text = _BULLET.sub("", one_line(text))
        if text and text[-1] not in ".!?。!?;；…:：":
            text += "。" if analysis.language(text) == "zh" else "."
    return text
