"""What an answer may not leave open: a statement that fits in all but one of these is about something else.

The score of a statement is a mean, and a near miss scores well: the right company and figure, of another country, product,
phase or measure. So the pieces that pick one of several are looked at one by one. A word of the asking is never one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answer.gaps_zh import KNOWN, at_home, strange, unheard
from rag.answer.kinds import NUMBERS
from rag.answer.line_unsaid import line_unsaid
from rag.answer.roles import unfilled, unschooled
from rag.answer.said_by_value import is_end
from rag.answer.scoring import FRONT
from rag.answer.siblings import one_word_apart
from rag.answer.statement import PRESENT, Statement
from rag.answer.statement_times import said_periods
from rag.answer.table_answer import grid
from rag.answer.wanted import Wanted
from rag.answer.whose import OTHERS, clause_of_another, in_brackets_of_another
from rag.followup.frame import CHANGES
from rag.language import lexicon
from rag.language.analysis import terms
from rag.language.sentences import sentences
from rag.language.sisters import opposite
from rag.language.words import terms_of
from rag.question.concepts import METRICS, Asked, is_goods
from rag.question.coverage import covered
from rag.question.part import is_said, part_asked
from rag.reports.names import called, names_of
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.types import Report

PICKS = frozenset({"place", "sector", "product"})  # kinds of the lexicon that pick one of several
ALIKE = 4.0  # log-odds of the matcher from which a statement on another name may mean the one asked for
OWNER = 0.6  # coverage of an owner by a report that only names it elsewhere
THING = 0.75  # weight of an English word that may name a thing
YEARS = 25  # how far back the years of a report are looked for
_SPEAKERS = re.compile(r"brok\w+|analysts?|券商|机构|research houses?", re.IGNORECASE)  # who says it, not of what
_NUMERAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6} | {
    char: number for number, char in enumerate("一二三四五六七八九十", 1)
}  # fmt: skip
_WAS = re.compile(r"\b(?:was|were|did|had)\b", re.IGNORECASE)
_DUE = re.compile(
    r"\b(?:due|matur\w+|expected|scheduled|planned|forecast|guid\w+|committ?\w*|payable|future|expir\w+|project\w*|target\w*|amorti[sz]\w+|leases?|contributions?|obligations?)\b",
    re.IGNORECASE,
)
_LONG = frozenset({"year", "half", "quarter"})  # kinds of a time that results are of
_QUOTED = re.compile(r"[“\"「『《].*?[”\"」』》]")
_REPORT = re.compile(
    r"[\s-]*(?:annual |quarterly |interim |form )?(?:weekly|daily|report|note|review|preview|digest|filing|10-?[kq])\b|行业?(?:周报|日报|研报|报告|点评)",
    re.IGNORECASE,
)
_THING = r"phase|stage|plant|factory|line|fab|hall|tranche|round|generation"
_PHASE = re.compile(
    rf"\b(?P<a>first|second|third|fourth|fifth|sixth)\s+(?:{_THING})\b|\b(?:{_THING})\s+(?P<b>one|two|three|four|five|six|(?-i:I{{1,3}}|IV|VI?)|\d)\b"
    r"|(?P<c>(?<![一二三四五六七八九十])[一二三四五六七八九十]|(?<![\d.])\d)期(?![货间权])",
    re.IGNORECASE,
)


def unheard_of(index: Index, wanted: Wanted, statement: Statement) -> list[Asked]:
    """What picks one of several and stands nowhere, or not where it should: it may be said otherwise. None where things are compared."""
    if wanted.shape == "compare":
        return []
    kinds = {found.surface: found.kind for found in lexicon.expand(wanted.question)}
    found: list[Asked] = []
    figure = _is_figure_of_filing(wanted, statement)
    for piece, near, held in _open(wanted, statement):
        kind = kinds.get(piece.surface) or ("sector" if is_goods(piece) else None)
        picks = kind in PICKS and not _SPEAKERS.fullmatch(piece.surface) and not _is_left_out(wanted, piece)
        # a paragraph of a filing names many places, and its figure is of one
        if (near if picks and figure else max(near, held)) >= PRESENT:
            continue
        if piece.kind == "word" and near < KNOWN and _is_thing(wanted, piece) and _nowhere(index, piece, statement):
            found.append(piece)
        report = statement.evidence.report
        if unheard(index, wanted, piece, max(near, held), statement) or strange(index, wanted, piece, statement):
            found.append(piece)
        if (picks and not _in_front(index, piece, report) and not at_home(piece, statement)) or (
            kind in METRICS and not _counted(piece, statement.text) and _unmeasured(index, piece, near, report)
        ):
            found.append(piece)
    found += _topics(wanted, statement) + (_owners(wanted, statement) if statement.match >= ALIKE else [])
    return [*found, *_beyond(index, wanted, statement)]


def another(index: Index, wanted: Wanted, statement: Statement) -> list[Asked]:
    """What a statement has of something else: of another name, phase or part, or the opposite. However alike it reads, it is no answer."""
    if wanted.shape == "compare":
        return []
    found = [
        piece
        for piece, near, held in _open(wanted, statement)
        if max(near, held) < PRESENT
        and (
            is_end(wanted.question, piece.surface)  # who is first of several
            or (piece.kind in ("term", "metric") and one_word_apart(piece, statement.text))
        )
    ]
    found += _opposites(wanted, statement)
    found += [*line_unsaid(index, wanted, statement), *_part(wanted, statement)]
    found += _owners(wanted, statement) if statement.match < ALIKE else []
    found += _named_beside(wanted, statement) if _is_figure_of_filing(wanted, statement) else []
    return [*found, *_phases(wanted, statement), *unfilled(wanted, statement.text), *unschooled(wanted, statement.text)]


def _open(wanted: Wanted, statement: Statement) -> Iterator[tuple[Asked, float, float]]:
    """The pieces that have to be told, each with how far the statement has it beside itself and at all."""
    for piece, near, held in zip(wanted.focus, statement.near, statement.holds, strict=True):
        told = piece.surface in wanted.reference or piece.surface in wanted.aspects
        if not told and not _of_a_report(wanted.question, piece.surface):
            yield piece, near, held


def _is_figure_of_filing(wanted: Wanted, statement: Statement) -> bool:
    return wanted.kind in NUMBERS and statement.evidence.report.passages > SHORT_REPORT


def _is_left_out(wanted: Wanted, piece: Asked) -> bool:
    """Whether a place is one that does not count: `outside the United States` may be said as `abroad`."""
    return bool(re.search(rf"\boutside (?:of )?(?:the )?{re.escape(piece.surface)}\b", wanted.question, re.IGNORECASE))


def _owners(wanted: Wanted, statement: Statement) -> list[Asked]:
    """What a statement gives of another name than the one that is asked for, and an owner (`Foo's`) that it says nothing of."""
    held = dict(zip(wanted.names, statement.names, strict=True))
    if others := [name for name in wanted.names if name.surface in wanted.topics and 0 < held[name] <= OTHERS]:
        return others  # new homes are no second-hand ones
    names = [name for name in wanted.names if name.surface not in wanted.topics]
    if len(names) != 1:
        return []
    name = names[0]
    heads = [piece for piece in wanted.focus if piece.surface in wanted.head and piece.kind in ("metric", "term")]
    found = in_brackets_of_another(heads, name, statement.text)
    if not name.said_by(called(statement.evidence.report) | terms_of("\n".join(statement.evidence.passage.section))):
        found += clause_of_another(heads, name, statement.text)
    if statement.names and min(statement.names) <= OTHERS:  # it is on another one of several
        told = [piece for piece in wanted.focus if piece.surface not in wanted.reference]
        found += [piece for piece in told if piece.kind in ("metric", "term")] or [name]
    owner = re.escape(re.sub(r"['’]s$", "", name.surface))
    owned = re.search(rf"\b{owner}['’]s\b", wanted.question, re.IGNORECASE)
    if owned and statement.names and min(statement.names) < OWNER:
        found.append(name)
    return found


def _opposites(wanted: Wanted, statement: Statement) -> list[Asked]:
    """What a note's statement tells the opposite of: exports, asked for imports."""
    if statement.evidence.report.passages > SHORT_REPORT or wanted.shape == "why":
        return []
    other = opposite(wanted.question, "\n".join((*statement.evidence.passage.section, statement.text)))
    return [piece for piece in (*wanted.focus, *wanted.names) if other and other.lower() in piece.surface.lower()]


def _named_beside(wanted: Wanted, statement: Statement) -> list[Asked]:
    """Names other than the company's own that a figure of a filing does not stand with: a paragraph names several.

    The sentence before may have named what its figure is of.
    """
    passage = statement.evidence.passage
    if passage.kind == "table":
        return []
    before = sentences(passage.text[: statement.start])[-1:]
    near = [passage.text[start : statement.start] for start, _ in before]
    there = terms_of("\n".join((*near, statement.text, *passage.section))) | called(statement.evidence.report)
    return [name for name in wanted.names if covered(name, there) < PRESENT and name.surface not in wanted.topics]


def _part(wanted: Wanted, statement: Statement) -> tuple[Asked, ...]:
    """The part of a figure that is asked for, where a row of a table has nothing of it: the row is the whole's."""
    if statement.evidence.passage.kind != "table":
        return ()
    own = called(statement.evidence.report)
    pieces = (*wanted.focus, *(name for name in wanted.names if covered(name, own) < PRESENT))
    part = tuple(piece for piece in part_asked(wanted.question, pieces) if covered(piece, own) < PRESENT)
    held = dict(
        zip((*wanted.focus, *wanted.names), (*map(max, statement.near, statement.holds), *statement.names), strict=True)
    )
    passage = statement.evidence.passage
    said = terms_of("\n".join((statement.text, *passage.section, *grid(passage.text).title)))
    return () if is_said(part, [held.get(piece, covered(piece, said)) for piece in part]) else part


def _is_thing(wanted: Wanted, piece: Asked) -> bool:
    """Whether a word that no list knows is a thing or a place by how it stands: `many violins`, `on the moon`, 在火星的."""
    surface = re.escape(piece.surface)
    if not piece.surface.isascii():
        return bool(re.search(rf"(?:在|位于|来自){surface}(?=的|有|拥有|建)", wanted.question))
    if piece.weight < THING or "'" in piece.surface or "’" in piece.surface:
        return False
    plural = rf"(?:\b(?:many|of|for|on|the|its|their|from|with|by|any|other|new)|['’]s?)\s+{surface}\b"
    placed = rf"\b(?:in|on|at)\s+(?:the\s+)?{surface}\s*[?.]*$"
    many = bool(re.search(r"[^s]s$", piece.surface)) and re.search(plural, wanted.question, re.IGNORECASE)
    return bool(many or re.search(placed, wanted.question, re.IGNORECASE))


def _nowhere(index: Index, piece: Asked, statement: Statement) -> bool:
    """Whether the report of a statement has nothing of a word, which is of its language."""
    same = (statement.evidence.passage.language == "en") == piece.surface.isascii()
    report = statement.evidence.report
    return same and covered(piece, index.report_terms(report.id, piece.terms)) < KNOWN


def _unmeasured(index: Index, piece: Asked, near: float, report: Report) -> bool:
    """Whether a report has no such measure; a long one has every word somewhere, and must say it at the place itself."""
    if any(CHANGES.search(concept.canonical) for concept in lexicon.lookup(piece.surface)):
        return False  # 环比, said in many ways
    if report.passages > SHORT_REPORT:
        return near < PRESENT
    terms_there = index.report_terms(report.id, piece.terms)
    if not piece.surface.isascii() and report.language == "zh":
        return not (piece.said_by(terms_there) or piece.meant_by(terms_there))
    there = covered(piece, terms_there)
    return there < PRESENT or (there < 1.0 and len(piece.forms[0]) > 1 and piece.surface.isascii())


def _counted(piece: Asked, text: str) -> bool:
    """Whether a text gives an amount by its verb: 年产30万吨 for 产量."""
    verb = piece.surface[:-1] if piece.surface[-1] in "量额" else ""
    return bool(verb) and bool(re.search(rf"{re.escape(verb)}[^。;；]{{0,3}}\d", text))


def _in_front(index: Index, piece: Asked, report: Report) -> bool:
    """Whether a short report says at its start that the whole of it is about a place, product or sector."""
    if report.passages > SHORT_REPORT:
        return False
    first = sorted(index.report_passages(report.id), key=lambda passage: passage.ordinal)[:FRONT]
    return covered(piece, terms_of("\n".join(passage.text for passage in first))) >= PRESENT


def _topics(wanted: Wanted, statement: Statement) -> list[Asked]:
    """Sectors and products asked of a company: that its report's title names one does not make each statement about it.

    Unless they only say which report is meant: `the real-estate weekly`, a title in quotes.
    """
    if wanted.apart or not statement.evidence.report.companies or len(wanted.names) == len(wanted.topics):
        return []
    said = terms_of("\n".join((*statement.evidence.passage.section, statement.evidence.passage.text)))
    topics = [piece for piece in wanted.names if piece.surface in wanted.topics and covered(piece, said) < PRESENT]
    return [piece for piece in topics if not _of_a_report(wanted.question, piece.surface)]


def _of_a_report(question: str, surface: str) -> bool:
    """Whether a word stands before a word for a report, or inside quotes."""
    at = question.lower().find(surface.lower())
    inside = any(match.start() <= at < match.end() for match in _QUOTED.finditer(question))
    return inside or bool(_REPORT.match(question, at + len(surface)))


def _phases(wanted: Wanted, statement: Statement) -> list[Asked]:
    """Phases, plants or lines by number that a statement does not speak of."""
    asked = _numbered(wanted.question)
    if not asked:
        return []
    said = _numbered("\n".join((*statement.evidence.passage.section, statement.evidence.passage.text)))
    return [_exact(surface) for number, surface in asked.items() if said and number not in said]


def _numbered(text: str) -> dict[int, str]:
    """The numbers of the phases, plants and lines that a text names, and how it names each."""
    found: dict[int, str] = {}
    for match in _PHASE.finditer(text):
        word = (match["a"] or match["b"] or match["c"]).lower()
        found.setdefault(_NUMERAL.get(word) or int(word), match[0])
    return found


def _beyond(index: Index, wanted: Wanted, statement: Statement) -> list[Asked]:
    """Years outside those of which an undated report speaks; of one that names a single year, the next one is none."""
    report = statement.evidence.report
    times = [piece for piece in wanted.periods if piece.period is not None and not piece.period.implied]
    if report.passages > SHORT_REPORT and report.period:
        return [p for p in times if _to_come(wanted, p, statement)]
    if not times or report.date is not None or names_of(report).periods:
        return []
    years = _years(index, report) if report.passages <= SHORT_REPORT else ()
    if len(years) > 1:
        first, last = min(years), max(years)
        return [p for p in times if p.period and not (p.period.end.year >= first and p.period.start.year <= last)]
    asked = max(piece.period.start.year for piece in times if piece.period is not None)
    said = index.report_terms(report.id, frozenset(map(str, range(asked - YEARS, asked + 1))))
    newest = max(map(int, said), default=asked)
    return [piece for piece in times if piece.period is not None and piece.period.start.year > newest + 1]


def _to_come(wanted: Wanted, piece: Asked, statement: Statement) -> bool:
    """Whether a year, half or quarter begins after the time a filing is of, and a statement does not name it.

    Not where it only says which report is meant: `the 2020 report` of 2019 came out in 2020.
    """
    own = [period.end for period in names_of(statement.evidence.report).periods if period.kind in _LONG]
    if piece.period is None or piece.period.kind not in _LONG or not own or piece.period.start <= max(own):
        return False
    if _of_a_report(wanted.question, piece.surface):
        return False
    if wanted.kind in NUMBERS and _WAS.search(wanted.question) and not _DUE.search(wanted.question):
        return True  # what it was is not known then
    return dict(zip(wanted.periods, statement.periods, strict=True))[piece] < 1.0


def _years(index: Index, report: Report) -> frozenset[int]:
    """The years that a short report names, in whatever way: 2025, FY26, 24Q3."""
    texts = [report.title, *(passage.text for passage in index.report_passages(report.id))]
    return frozenset(
        day.year
        for text in texts
        for period in said_periods(text, None)
        if not period.implied
        for day in (period.start, period.end)
    )


def _exact(surface: str) -> Asked:
    return Asked(surface, "number", (tuple(terms(surface)),))
