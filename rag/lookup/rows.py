"""The cell of any table that a question means: what it asks stands partly in the label, partly beside and above it.

A statement's line has a name that the lexicon knows. A row of a note or of a segment's table has not: `What were net sales
of the Seeds segment` means the row `Net sales` under the heading `Seeds`, the row `Seeds` under `Net sales`, or the column
`Seeds` of the row `Net sales`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.answer.grid import RULE
from rag.answer.held import Probe, probes
from rag.answer.table_answer import grid
from rag.answer.wanted import Wanted
from rag.figures.context import Fact
from rag.language import analysis, lexicon
from rag.language.periods import Period
from rag.language.words import terms_of
from rag.lookup.question import COST, DONE_TO, GLUE, IDLE, OF_THE_ASKING, clause_of
from rag.lookup.table import Cell, cells_where, label_of, labels_of, own_terms, tables_of
from rag.lookup.times import times_of
from rag.lookup.words import undated
from rag.question.concepts import Asked
from rag.reports.names import company_terms
from rag.reports.statements import OWN, statement_tags
from rag.search.retrieve import Index
from rag.types import Evidence, Report

SEARCHED = 40  # passages of a report that are looked at beside those that were retrieved
WHOLE = 0.9  # coverage from which a piece is said
LIKE, LIKE_WORTH = 0.7, 0.5  # ... by other words, and what that is worth
OWN_LABEL = 0.6  # how much of a label must have been asked for
# What a piece is worth that stands in the label, the column's head, the line of words above, the table's title, the headings.
LAYERS = (1.0, 0.97, 0.94, 0.88, 0.7)
SAID_OTHERWISE = 0.06  # what is taken off where a piece is not said in the words of the question
OF_STATEMENT = 0.1  # what the statements themselves are ahead of the notes
STRANGE = 0.1  # what is taken off for a column or a group of rows that was not asked for
OF_ANOTHER_KIND = 0.2  # ... and for one of shares or of growth where amounts are asked for
NO_TOTAL = 0.05  # ... and for a row that is no total where one is asked for
TOTAL_ONLY = 0.8  # how much of a label that only says that it is a total counts as asked for
NET = 0.3  # what `net` weighs in a label where it was not asked for
SHORT = 40  # characters of a head or a line above rows that is said beside a label
_ENDS = re.compile(r"^[\s(]+|\s*\((?:\$ )?in [a-z]+\)$|(?:\s*\(\d{1,2}\))+$|[\s:：.]+$", re.IGNORECASE)
_SHARE = re.compile(r"%|\bper ?cent|\bgrowth\b|\bchange\b|\bincrease\b|占比|比例|增长|增速", re.IGNORECASE)
_IN_SHARES = re.compile(r"%|\bper ?cent|\bshare of\b|\bproportion\b|占比|比例|比重|增速|占了?多少", re.IGNORECASE)
_SHARE_OF_ZH = re.compile(r"(?P<of>[\u4e00-\u9fff]{2,}?)(?P<share>占比|比例|比重)")
_SHARES_ZH = (("占比",), ("比例",), ("比重",))
_ONLY_YEAR = re.compile(r"^\W*(?:fiscal )?(?:19|20)\d\d\W*$", re.IGNORECASE)
_BELOW = " / "  # between a year and a line of words under it
_DENIED = re.compile(r"\bnot\b|\bnon-|未|非", re.IGNORECASE)
_LIGHT = frozenset(
    analysis.terms(
        "total net consolidated our other and of in for the from by at end ended year period months three six nine twelve"
    )
)
_TOLD = re.compile(r"(?:calculate|compute|determine|find|give|show|work|total|average|what|how|which)\b", re.IGNORECASE)
_PARTS = frozenset({"segment", "segments", "division", "divisions"})
_COSTS = tuple((term,) for term in sorted(COST))
_WHOLES = frozenset(analysis.terms("total consolidated balance"))
_OF_A_BALANCE = frozenset(analysis.terms("balance outstanding"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the terms of its title and of the headings around it, and of its company's name.

    ``called``: the terms of that name and of those by which its file calls it.
    """

    evidence: Evidence
    title: frozenset[str]
    headings: frozenset[str]
    own: frozenset[str]
    called: frozenset[str]
    heads: tuple[str, ...]
    parents: dict[int, str]


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for: pieces that must be said, and words that a label may have beside them.

    ``share``: of a share or of growth; ``alike``: words may be said otherwise; ``denied``: what is `not` something.
    """

    pieces: tuple[Probe, ...]
    free: frozenset[str]
    share: bool
    alike: bool
    denied: bool = False


def row_cells(
    index: Index, reports: Sequence[Report], hits: Sequence[Evidence], wanted: Wanted, *, alike: bool = True
) -> list[Cell]:
    """Every dated cell of which all is said that is asked, the surest first; ``alike``: words may be said otherwise."""
    must, free = pieces_of(wanted, frozenset().union(*map(own_terms, reports)))
    tables = [table for report in reports for table in tables_with(index, report, hits, must)]
    if not must or not tables:
        return []
    texts = [table.evidence.passage.text for table in tables]
    asked = tuple(probes(Wanted(wanted.question, wanted.language, must), texts))
    looked = Looked(asked, free, bool(_IN_SHARES.search(wanted.question)), alike, denies(wanted.question))
    found = [(place, cell) for place, table in enumerate(tables) for cell in _of_table(table, looked)]
    found.sort(key=lambda each: (-each[1].score, each[0]))
    return [cell for _, cell in found]


def in_words(wanted: Wanted) -> Wanted:
    """The same word for word: `total equity securities` is no total equity."""
    pieces = tuple(
        Asked(surface, "word", (tuple(terms),), 0.5)
        for surface, terms in analysis.content_pieces(undated(clause_of(wanted.question)))
        if not terms[0][0].isdigit()
    )
    return replace(wanted, focus=pieces, names=(), periods=())


def pieces_of(wanted: Wanted, own: frozenset[str] = frozenset()) -> tuple[tuple[Asked, ...], frozenset[str]]:
    """What must be said of a cell, and the terms of what need not: words of the asking, and of what is done to figures.

    `The Orchard segment` is Orchard, but not where its company is called so, too; ``own``: the terms of its name.
    """
    spans = [period.span for period in times_of(wanted.question, None)]
    doing = {e.surface for e in lexicon.expand(wanted.question) if e.canonical in OF_THE_ASKING | DONE_TO}
    spent = any(COST.intersection(form) for p in wanted.focus if p.kind == "metric" for form in p.forms)
    must: list[Asked] = []
    free: set[str] = set()
    spans_of_no_year = [piece for piece in wanted.periods if piece.period is None]  # `short-term`
    for piece in (*_shares_apart(wanted.focus), *wanted.names, *spans_of_no_year):
        at = wanted.question.lower().find(piece.surface.lower())
        dated = any(start <= at and at + len(piece.surface) <= end for start, end in spans)
        # a word of the asking may be part of a name: `Compute & Networking`, but not where it is what is to be done
        named = at >= 0 and wanted.question[at].isupper() and (at > 0 or not _TOLD.match(wanted.question))
        idle = not named and piece.kind != "metric" and set(piece.forms[0]) - GLUE <= IDLE | _LIGHT
        idle = idle or (spent and piece.forms[0] in _COSTS)
        idle = idle or (piece.surface.lower() in _PARTS and not _of_own(wanted.question[:at], own))
        if dated or idle or piece.surface in doing:
            free.update(piece.forms[0])
        else:
            must.append(replace(piece, forms=_COSTS) if piece.forms[0] in _COSTS else piece)
    if plain := [piece for piece in must if not set(piece.forms[0]) <= _OF_A_BALANCE]:  # `balance` alone is a row
        free.update(term for piece in must if piece not in plain for term in piece.forms[0])
        must = plain
    return tuple(must), frozenset(free)


def _of_own(before: str, own: frozenset[str]) -> bool:
    """Whether words end in the name of a company: `the Orchard` before `segment`."""
    words = before.split()
    return bool(words) and frozenset(analysis.terms(words[-1])) <= own


def _shares_apart(pieces: Iterable[Asked]) -> Iterator[Asked]:
    """The pieces with 收入占比 as 收入 and 占比: a table has the one in its title and the other over a column."""
    for piece in pieces:
        match = _SHARE_OF_ZH.fullmatch(piece.surface)
        if match is None:
            yield piece
            continue
        yield Asked(match["of"], "word", (tuple(analysis.terms(match["of"])),), weight=piece.weight)
        yield Asked(match["share"], "word", _SHARES_ZH, weight=piece.weight)


def ids_with(index: Index, report: Report, pieces: Sequence[Asked]) -> Mapping[str, float]:
    """The passages of a report with the words of some pieces: id -> score."""
    terms = {term: piece.weight or 0.1 for piece in pieces for form in piece.forms[:4] for term in form}
    return index.lexical(terms, SEARCHED, frozenset({report.id})) if terms else {}


def tables_with(index: Index, report: Report, hits: Iterable[Evidence], pieces: Sequence[Asked]) -> Iterator[Table]:
    """The tables of a report that may hold the cell: those that were retrieved, and others with the words."""
    own = own_terms(report)
    found = tables_of(index, report, hits, ids_with(index, report, pieces))
    last: dict[tuple[int, tuple[str, ...]], str] = {}
    read: dict[str, Table] = {}
    for evidence in sorted(found, key=lambda item: item.passage.ordinal):
        passage = evidence.passage
        parents, after = parents_of(evidence, last.get((passage.ordinal - 1, passage.section), ""))
        last[passage.ordinal, passage.section] = after
        read[passage.id] = read_of(evidence, own, parents)
    return (read[evidence.passage.id] for evidence in found)


def read_of(evidence: Evidence, own: frozenset[str], parents: dict[int, str]) -> Table:
    passage = evidence.passage
    table = grid(passage.text)
    inner = passage.section[-1].split(" / ") if passage.section else [""]
    told = inner.pop() if "|" in inner[-1] else ""
    heads = tuple(head.strip() for head in told.split("|"))
    if len(heads) + 1 != len(table.head):  # the section has no heads, or not one for each column
        heads = table.head[1:]
    title = terms_of("\n".join((*table.title, *inner, *passage.section[-2:-1])))
    called = own | company_terms(evidence.report)
    return Table(evidence, title, terms_of("\n".join(passage.section[-4:-2])), own, called, heads, parents)


def parents_of(evidence: Evidence, parent: str) -> tuple[dict[int, str], str]:
    """The first character of each row with the line of words that it stands under, ``Net sales:``, and the last of them.

    Below a line that is a year, a line of words has it in front: ``2022 / Net sales:``.
    ``parent``: that of the last row of the part of the table before this one.
    """
    rows = {row.start for row in grid(evidence.passage.text).rows}
    found: dict[int, str] = {}
    at = 0
    for line in evidence.passage.text.split("\n"):
        alone = stands_alone(line)
        if alone:
            year = parent.partition(_BELOW)[0]
            parent = f"{year}{_BELOW}{alone}" if _ONLY_YEAR.match(year) and not time_of(alone) else alone
        if at in rows:
            found[at] = parent
        at += len(line) + 1
    return found, parent


def words_alone(parent: str) -> str:
    """The line of words without the year that it stands under."""
    year, _, words = parent.partition(_BELOW)
    return words if _ONLY_YEAR.match(year) and words else parent


def stands_alone(line: str) -> str:
    """The words of a line of a table that has no cells, or only empty ones, beside them; "" for any other line."""
    first, *others = line.strip().strip("|").split("|")
    return "" if any(map(str.strip, others)) or RULE.match(line) else first.strip()


def _of_table(table: Table, looked: Looked) -> Iterator[Cell]:
    words = looked.free.union(*(probe.all for probe in looked.pieces))
    if all(words.isdisjoint(terms_of(label)) for label in labels_of(table.evidence.passage.text)):
        return
    known: dict[tuple[int, str], float] = {}

    tags = statement_tags(table.evidence.passage)
    inside = told_inside([table], looked)
    place = OF_STATEMENT if any(strength >= OWN for strength in tags.values()) else 0.0

    def fit(fact: Fact) -> float:
        start = fact.sentence[0]
        head = head_of(table, fact)
        key = (start, head)
        if key not in known:
            label = fact.row.label if fact.row else ""
            parent = table.parents.get(start, "")
            strange = strangeness(head, "" if place else parent, looked)
            value = fit_in(label, head, parent, table, looked, inside)
            known[key] = value and max(value - strange, 0.0)
        return known[key]

    def when(fact: Fact) -> Period | None:
        return time_of(table.parents.get(fact.sentence[0], ""))

    def under(fact: Fact) -> str:
        label = terms_of(fact.row.label) if fact.row else frozenset()
        lacking = [probe for probe in looked.pieces if probe.find_plain(label) < WHOLE]
        for text in (head_of(table, fact), words_alone(table.parents.get(fact.sentence[0], ""))):
            text = _ENDS.sub("", " ".join(undated(text).split()))
            if len(text) <= SHORT and any(probe.find_plain(terms_of(text)) >= WHOLE for probe in lacking):
                return text
        return ""

    yield from cells_where(table.evidence, fit, place, when, under)


@lru_cache(maxsize=1024)
def time_of(line: str) -> Period | None:
    found = times_of(line, None)
    return found[0] if len(found) == 1 else None


def head_of(table: Table, fact: Fact) -> str:
    """The head of the column of a cell; "" where the row has not as many cells as there are heads."""
    text = table.evidence.passage.text
    line = text[fact.sentence[0] : fact.sentence[1]]
    if line.strip().strip("|").count("|") != len(table.heads):
        return ""
    at = text.count("|", fact.sentence[0], fact.figure.start) - line.lstrip().startswith("|")
    return table.heads[at - 1] if 0 < at <= len(table.heads) else ""


@lru_cache(maxsize=4096)
def _said(text: str) -> frozenset[str]:
    """The terms of a head or of a line above rows that say of what the figures are."""
    return analysis.content_words(undated(text)) - _LIGHT


def told_inside(tables: Sequence[Table], looked: Looked) -> frozenset[str]:
    """The surfaces that a line above some rows of a table says: of the other rows its title or heading does not say them."""
    lines = [terms_of(line) for table in tables for line in dict.fromkeys(table.parents.values()) if line]
    return frozenset(
        probe.piece.surface for probe in looked.pieces if any(probe.find_plain(line) >= WHOLE for line in lines)
    )


def fit_in(
    label: str, head: str, parent: str, table: Table, looked: Looked, inside: frozenset[str] = frozenset()
) -> float:
    """0 where something that is asked is not said of the cell; else how closely it is what is asked, 0..1.

    ``inside``: what other rows of the table are told to be of.
    """
    if denies(label) != looked.denied:
        return 0.0
    own = label_of(undated(label), table.own)
    layers = [terms_of(label)]
    for more in (terms_of(head), terms_of(parent), table.title, table.headings):
        layers.append(layers[-1] | more)
    total = held = 0.0
    meant = set(looked.free)
    for probe in looked.pieces:
        known = {"name": table.called, "word": table.own}.get(probe.piece.kind, frozenset())
        if known and probe.find_plain(known) >= WHOLE:
            if not own and probe.find_plain(layers[0]) >= WHOLE:  # a row of the company itself, among those of others
                own, meant = layers[0] - GLUE, meant | layers[0]
            continue
        weight = max(probe.piece.weight, 0.1)
        total += weight
        there = layers[:3] if probe.piece.surface in inside else layers
        worth = _layer(probe, there, head, parent)
        if not worth and looked.alike and probe.piece.kind == "word" and probe.find(layers[2]) >= LIKE:
            worth = LIKE_WORTH
            meant |= probe.all
        if not worth:
            return 0.0
        as_asked = next((w for w, t in zip(LAYERS, layers, strict=True) if t.issuperset(probe.piece.forms[0])), 0.0)
        held += weight * (worth - SAID_OTHERWISE * (as_asked < worth))
        meant |= probe.own
    said = own & meant
    extra = sum(NET if term == "net" else 0.1 if term in _LIGHT else 1.0 for term in own - meant)
    share = len(said) / (len(said) + extra) if said else 0.0
    if own <= _LIGHT | _WHOLES and own & _WHOLES:  # `Total`, or `Ending balance`, under the name of the line
        share = TOTAL_ONLY
    if share < OWN_LABEL or not total:
        return 0.0
    return (held / total + share) / 2 - NO_TOTAL * ("total" in looked.free and "total" not in own)


def _layer(probe: Probe, layers: Sequence[frozenset[str]], head: str, parent: str) -> float:
    """What a piece is worth by the nearest layer that says it; 0 where none does, or a head that is of another line."""
    worth = next((w for w, t in zip(LAYERS, layers, strict=False) if probe.find_plain(t) >= WHOLE), 0.0)
    if (
        worth == LAYERS[2] and frozenset(probe.piece.forms[0]) - layers[0] <= COST
    ):  # `Marketing` under `Operating expenses`
        return worth
    beside = {LAYERS[1]: head, LAYERS[2]: parent}.get(worth, "")
    return 0.0 if is_of_another(beside, probe.piece.surface) else worth


@lru_cache(maxsize=4096)
def is_of_another(text: str, surface: str) -> bool:
    """Whether a head, or a line above rows, is another line than the one asked for: `Cost of sales` has the word of sales."""
    asked = {e.canonical for e in lexicon.expand(surface) if e.kind in ("line_item", "metric")}
    said = {e.canonical for e in lexicon.expand(text) if e.kind in ("line_item", "metric")}
    return bool(asked and said) and asked.isdisjoint(said)


def denies(text: str) -> bool:
    """Whether words say what something is not: `not recorded`, `non-current`."""
    return bool(_DENIED.search(text))


def strangeness(head: str, parent: str, looked: Looked) -> float:
    """What is taken off for a column, or a group of rows, of something that was not asked for."""
    meant = looked.free.union(*(probe.own for probe in looked.pieces))
    strange = sum(STRANGE for text in (head, parent) if _said(text) - meant)
    return strange + sum(OF_ANOTHER_KIND for text in (head, parent) if _SHARE.search(text) and not looked.share)
