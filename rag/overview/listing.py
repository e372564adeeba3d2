"""Rows of ratings: `List all target prices in the weekly`, `Which stocks are rated Sell in the weekly?`, `What was upgraded?`.

A weekly rates fifteen companies in one table, and a sheet of rating changes names the old rating beside the new one. The
rows are quoted as they stand; changes come from such rows, from the reports that changed a rating, and from sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from rag.answer.citations import Draft, evidence_of, slot
from rag.answer.extractive import checked
from rag.answer.table_answer import Row, headed, markdown
from rag.catalogue.answer import newest_first
from rag.language import analysis, lexicon
from rag.language.periods import periods
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.overview.answer import Overview
from rag.reports.names import called
from rag.reports.rating_scale import level
from rag.search.retrieve import Index, reports_in
from rag.types import Evidence, Passage, Report
from rag.views.calls import calls
from rag.views.opinions import Opinions, quoted

MOST_ROWS = 40
MOST_TABLES = 3
MOST_CHANGES = 12
_RATINGS = "buy sell hold neutral overweight underweight outperform underperform 买入 增持 持有 中性 减持 卖出"
FOUND = 80  # passages in which changes are looked for
LOWEST = 1  # level of the scale up to which a stock is one to avoid
_AVOID = frozenset({"avoid"})
_FEWEST = 2  # cells with a rating from which a table rates its rows
Kind = Literal["values", "rated", "changes"]

_THINGS = r"(?:stocks?|compan(?:y|ies)|shares|names|tickers|countries|markets|sectors|banks|ones)"
_DOC = r"(?:\s+(?:in|of|from|by|on|according\s+to)\s+(?:the\s+)?(?P<doc>.+?))?"
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("values", rf"(?:please\s+)?(?:list|show|give|what\s+are|name)(?:\s+me)?\s+(?:all\s+)?(?:of\s+)?(?:the\s+)?(?P<what>target\s+prices|price\s+targets|targets|ratings|recommendations|calls)(?:\s+and\s+(?P<more>target\s+prices|price\s+targets|targets|ratings))?{_DOC}"),
    ("rated", rf"(?:which|what|list\s+(?:all\s+)?(?:the\s+)?)\s*{_THINGS}\s+(?:(?:are|is|were|was|that\s+are|has|have)\s+)?(?:(?:an?\s+)?rated\s+|(?:an?\s+)|rated\s+as\s+)?[\"“']?(?P<rating>[A-Za-z -]{{3,20}}?)[\"”']?(?:\s+ratings?|\s+rated)?{_DOC}"),
    ("rated", rf"(?:which|what)\s+{_THINGS}\s+(?:(?:should|would|must)\s+(?:i|we|one|you|investors)\s+|are\s+(?:best\s+)?(?:to\s+be\s+)?|to\s+)(?P<rating>avoid(?:ed)?){_DOC}"),
    ("changes", rf"(?:which|what|who)\s+(?:{_THINGS}\s+)?(?:were|was|got|have\s+been|has\s+been|are|is)?\s*(?P<way>upgraded|downgraded|raised|cut)(?P<when>\s+(?:this|last|in|during|since|on|today|yesterday|recently|lately)\b.*?)?{_DOC}"),
    ("changes", rf"(?:which|what)\s+{_THINGS}\s+did\s+(?P<doc2>.+?)\s+(?P<way>upgrade|downgrade)(?P<when>\s+(?:this|last|in|during|since|on|today|recently)\b.*?)?"),
    ("changes", rf"(?:any|list\s+(?:all\s+)?(?:the\s+)?|show\s+(?:me\s+)?(?:all\s+)?(?:the\s+)?|what\s+are\s+the|were\s+there\s+any)\s*(?:recent\s+|latest\s+)?(?P<way>upgrades|downgrades|rating\s+changes)(?P<when>\s+(?:this|last|in|during|since|on|today|recently)\b.*?)?{_DOC}"),
)  # fmt: skip
_ENGLISH = tuple((kind, re.compile(rf"{text}\W*", re.IGNORECASE)) for kind, text in _PATTERNS)
_CHINESE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("values", re.compile(r"(?:请)?(?:列出|列举)(?P<doc>.{0,20}?)[里中]?的?(?:所有|全部|各公司的?)?(?P<what>目标价|评级)[。?？]?")),
    ("changes", re.compile(r"(?P<when>本周|上周|本月|上月|最近|今天)?(?P<doc>.{0,16}?)[里中]?有?哪些(?:股票|公司|个股|标的)(?:被|获|获得)?(?P<way>上调|下调)了?(?:评级)?[?？]?")),
    ("rated", re.compile(r"(?P<doc>.{0,64}?)[里中]?(?:有)?哪些(?:股票|公司|个股|标的)的?(?:评级)?(?:为|是|被评为|获)[“\"]?(?P<rating>.{2,6}?)[”\"]?(?:评级)?的?[?？]?")),
)  # fmt: skip
_OF_RATINGS = re.compile(
    rf"\b{_THINGS}\b.*grade|\b(?:up|down)grades\b|\brating|评级|(?:股票|个股|标的).*[上下]调", re.IGNORECASE
)
_UP = re.compile(r"upgrad|raise|上调", re.IGNORECASE)
_DOWN = re.compile(r"downgrad|\bcut\b|下调", re.IGNORECASE)
_COLUMN = re.compile(r"\b(?:rating|recommendation|call|stance|view)s?\b|^(?:to|new)$|评级", re.IGNORECASE)
_TARGET = re.compile(r"\b(?:target|TP|PT)\b|目标价", re.IGNORECASE)
_OLD = re.compile(r"^(?:from|old|previous|prior|before)\b|^(?:原|前次|上次)", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}\b|[A-Z][a-z]{2})|[A-Z][a-z]{2,8} \d{1,2}\b|\d{1,2}月\d{1,2}日")
_MOVED = {
    1: re.compile(r"\bupgrad(?:ed?|es|ing)\b|上调.{0,4}评级|评级.{0,4}上调", re.IGNORECASE),
    -1: re.compile(r"\bdowngrad(?:ed?|es|ing)\b|下调.{0,4}评级|评级.{0,4}下调", re.IGNORECASE),
}
# ... or a verb that is used of prices, too, with the rating behind it.
_PUT = {
    1: re.compile(r"\b(?:rais|lift)(?:ed?|es|ing)\b[^.;,]{0,40}?\bto\b|(?:上调|调升|升)(?:至|到|为)", re.IGNORECASE),
    -1: re.compile(r"\b(?:cuts?|lower(?:ed|s)?)\b[^.;,]{0,40}?\bto\b|(?:下调|调降|降)(?:至|到|为)", re.IGNORECASE),
}
_GIVEN = re.compile(
    r"(?<!from )(?<!由)[\"“](?P<rating>[A-Za-z -]{3,20}|[\u4e00-\u9fff]{2,6})[\"”](?!\s*(?:to|(?:上调|下调|升|降)(?:至|到|为)))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,，;；。]")
_WORD = re.compile(r"[A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+))?|[\u4e00-\u9fff]{2,4}")
_BEHIND = 16  # characters behind such a verb in which the rating stands


@dataclass(frozen=True, slots=True)
class _Wish:
    """``way``: 1 for upgrades, -1 for downgrades, 0 for both; ``rating``: names of it in the lexicon."""

    kind: Kind
    doc: frozenset[str]
    when: str = ""
    way: int = 0
    rating: frozenset[str] = frozenset()
    column: re.Pattern[str] | None = None


def listing(index: Index, question: str, scope: frozenset[str] | None = None) -> Overview | None:
    """The rows or changes that a question asks for; None where it asks for something else, or there are none.

    ``scope``: report ids to choose from, None for all.
    """
    wish = _wish(question)
    if wish is None:
        return None
    held = reports_in(index, scope)
    fitting = newest_first(report for report in held if wish.doc <= called(report))
    if wish.kind == "changes":
        return _changes(index, wish, fitting, analysis.language(question) == "zh")
    if wish.kind == "rated" and not wish.doc:
        return _rated(index, wish, fitting, calls(index, question, scope))
    tables = [*islice((draft for report in fitting for draft in _rows(index, wish, report)), MOST_TABLES)]
    return Overview(tuple(tables), evidence_of(tables)) if tables else None


def _rated(index: Index, wish: _Wish, reports: Sequence[Report], views: Opinions | None) -> Overview | None:
    """The views of this rating in the whole library: those of single reports (``views``), then rows of tables, newest first.

    None where no table has any: then the views answer alone.
    """
    known = {report.id: report for report in reports}
    said = sorted(terms_of(" ".join((*wish.rating, "rating target price ticker 评级 目标价"))))
    ids = index.lexical(dict.fromkeys(said, 1.0), FOUND, frozenset(known)) if known else {}
    tabled = {passage.report_id for passage in index.passages(ids).values() if passage.kind == "table"}
    tables = [draft for id_, report in known.items() if id_ in tabled for draft in _rows(index, wish, report)]
    told = _sentences_rated(index, wish, known)
    if not (tables or told):
        return None
    own = views.drafts if views else ()
    quoted_already = {draft.evidence[0].passage.id for draft in own if draft.evidence}
    told = [draft for draft in told if draft.evidence[0].passage.id not in quoted_already]
    drafts = (*own, *told[:MOST_CHANGES], *tables[:MOST_TABLES])
    return Overview(drafts, evidence_of(drafts), views.notes if views else ())


def _sentences_rated(index: Index, wish: _Wish, known: dict[str, Report]) -> list[Draft]:
    """Sentences of reports on several companies that give one of them this rating: `… is cut to "Sell"`."""
    weights = dict.fromkeys(sorted(terms_of(" ".join((*wish.rating, _RATINGS)))), 1.0)
    ids = index.lexical(weights, FOUND, frozenset(id_ for id_, report in known.items() if not report.companies))
    made = []
    place = {id_: n for n, id_ in enumerate(known)}
    for passage in sorted(index.passages(ids).values(), key=lambda p: (place[p.report_id], p.ordinal)):
        for start, end in sentences(passage.text) if passage.kind != "table" and passage.searchable else ():
            if _gives(passage.text[start:end], wish.rating) and not is_planted(passage.text, start, end):
                made.append(quoted(known[passage.report_id], passage, start, end))
    return made


def _gives(sentence: str, wanted: frozenset[str]) -> bool:
    """Whether a sentence gives something a rating, in quotes or behind a word for it, and not as the former one."""
    return any(_is_rated(match["rating"], wanted) for match in _GIVEN.finditer(sentence))


def asks_changes(question: str) -> bool:
    """Whether a question asks which stocks a rating was changed of: a sentence on other upgrades is no answer."""
    wish = _wish(question)
    return wish is not None and wish.kind == "changes" and bool(_OF_RATINGS.search(question))


def _wish(question: str) -> _Wish | None:
    text = " ".join(question.split())
    for kind, pattern in (*_ENGLISH, *_CHINESE):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        parts = match.groupdict()
        doc = terms_of(parts.get("doc") or parts.get("doc2") or "")
        if kind == "values" and doc:
            asked = f"{parts['what']} {parts.get('more') or ''}"
            both = bool(parts.get("more"))
            column = _TARGET if _TARGET.search(asked) or "target" in asked.lower() else _COLUMN
            return _Wish(kind, doc, column=None if both else column)
        if kind == "rated" and (rating := _ratings(parts["rating"])):
            return _Wish(kind, doc, rating=rating)
        if kind == "changes":
            way = bool(_UP.search(parts["way"])) - bool(_DOWN.search(parts["way"]))
            return _Wish(kind, doc, (parts.get("when") or "").strip(), way)
    return None


def _ratings(word: str) -> frozenset[str]:
    """Names of the rating in the lexicon; of what is to be avoided, the lowest levels of the scale."""
    if word.strip().lower().startswith("avoid"):
        return _AVOID
    return frozenset(concept.canonical for concept in lexicon.lookup(word.strip()) if concept.kind == "rating")


def _tables(index: Index, report: Report) -> Iterator[tuple[Passage, tuple[str, ...], tuple[Row, ...]]]:
    """The tables of a report that rate what stands in their rows."""
    for passage in index.report_passages(report.id):
        if passage.kind != "table" or not passage.searchable or is_planted(passage.text, 0, len(passage.text)):
            continue
        table = headed(passage)
        if sum(_rating_of(row, table.head) is not None for row in table.rows) >= _FEWEST:
            yield passage, table.head, table.rows


def _rating_of(row: Row, head: Sequence[str]) -> str | None:
    """The rating that a row gives: in a column so called, else the last cell that is one, a former one left out."""
    rated = [
        (at, cell)
        for at, cell in enumerate(row.cells[1:], 1)
        if level(cell) is not None and not (at < len(head) and _OLD.search(head[at]))
    ]
    named = [cell for at, cell in rated if at < len(head) and _COLUMN.search(head[at])]
    found = named or [cell for _, cell in rated]
    return found[-1] if found else None


def _old_rating(row: Row, head: Sequence[str]) -> str | None:
    cells = [cell for at, cell in enumerate(row.cells) if at < len(head) and _OLD.search(head[at])]
    return next((cell for cell in cells if level(cell) is not None), None)


def _rows(index: Index, wish: _Wish, report: Report) -> Iterator[Draft]:
    for passage, head, rows in _tables(index, report):
        chosen = [row for row in rows if wish.kind == "values" or _is_rated(_rating_of(row, head), wish.rating)]
        if chosen:
            yield _table(report, passage, chosen[:MOST_ROWS], _shown(wish))


def _is_rated(rating: str | None, wanted: frozenset[str]) -> bool:
    if rating is None:
        return False
    low = level(rating)
    return bool(_ratings(rating) & wanted) or (wanted == _AVOID and low is not None and low <= LOWEST)


def _shown(wish: _Wish) -> Callable[[str], bool]:
    """The columns that are shown: that which is asked for, else rating and target."""
    if wish.kind == "values" and wish.column is not None:
        column = wish.column
        return lambda head: bool(column.search(head))
    return lambda head: bool(_COLUMN.search(head) or _TARGET.search(head))


def _table(report: Report, passage: Passage, rows: Sequence[Row], fits: Callable[[str], bool]) -> Draft:
    span = min(row.start for row in rows), max(row.end for row in rows)
    if any(periods(row.cells[0]) or _DAY.match(row.cells[0]) for row in rows):
        fits = _all  # the first cell says when, and not of whom the row is
    return checked(markdown(passage, rows, fits, report.title, slot(0)), Evidence(passage, report, 1.0), span)


def _all(_: str) -> bool:
    return False


def _changes(index: Index, wish: _Wish, reports: Sequence[Report], chinese: bool) -> Overview | None:
    """Rows, reports and sentences that tell of a rating changed, newest first; of the time asked for where there are any."""
    when = periods(wish.when, date.today()) if wish.when and not wish.doc else ()  # the week of a weekly is its own
    timely = [
        report for report in reports if all(report.date is not None and period.holds(report.date) for period in when)
    ]
    drafts = _told(index, wish, timely)
    notes: tuple[str, ...] = ()
    if not drafts and when:
        drafts = _told(index, wish, reports)
        named = when[0].surface
        notes = (
            (f"没有{named}的评级变动,以下是最近的。",)
            if chinese
            else (f"No report of {named} changes a rating; these are the newest changes.",)
        )
    return Overview(tuple(drafts), evidence_of(drafts), notes) if drafts else None


def _told(index: Index, wish: _Wish, reports: Iterable[Report]) -> list[Draft]:
    known = {report.id: report for report in reports}
    weights = dict.fromkeys(sorted(terms_of(f"upgrade upgraded downgrade downgraded 上调 下调 评级 {_RATINGS}")), 1.0)
    ids = index.lexical(weights, FOUND, frozenset(known)) if known else {}
    said = index.passages(ids).values()
    made: list[Draft] = []
    for report in known.values():
        found = [draft for table in _tables(index, report) for draft in _moved_rows(report, wish, *table)]
        own = sorted((p for p in said if p.report_id == report.id and p.kind != "table"), key=lambda p: p.ordinal)
        spans = [(p, a, b) for p in own if p.searchable for a, b in sentences(p.text) if _moves(p.text[a:b], wish.way)]
        for passage, start, end in spans[:2]:
            if not is_planted(passage.text, start, end):
                found.append(quoted(report, passage, start, end))
        made += found
        if len(made) >= MOST_CHANGES:
            break
    return made[:MOST_CHANGES]


def _moves(sentence: str, way: int) -> bool:
    """Whether a sentence tells of a rating that was changed this way: the word, and a rating that it was changed to."""
    ways = [way] if way else [1, -1]
    if any(_MOVED[each].search(sentence) for each in ways):
        return any(item.kind == "rating" for item in lexicon.expand(sentence)) or _names_rating(sentence)
    put = [match.end() for each in ways for match in _PUT[each].finditer(sentence)]
    return any(_names_rating(_CLAUSE.split(sentence[end : end + _BEHIND])[0]) for end in put)


def _names_rating(words: str) -> bool:
    """Whether words name a rating as it is written: `Underweight`, `"Buy"`, 增持."""
    found = (level(match[0]) is not None for match in _WORD.finditer(words))
    return any(found) or any(item.kind == "rating" for item in lexicon.expand(words))


def _moved_rows(
    report: Report, wish: _Wish, passage: Passage, head: tuple[str, ...], rows: tuple[Row, ...]
) -> Iterator[Draft]:
    moved = []
    for row in rows:
        old, new = level(_old_rating(row, head)), level(_rating_of(row, head))
        if old is not None and new is not None and old != new and wish.way in (0, 1 if new > old else -1):
            moved.append(row)
    if moved:
        yield _table(report, passage, moved, _all)
