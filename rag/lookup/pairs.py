"""The figures of one table that a question sets against each other, and what comes of them.

A part and its whole stand in two rows of a column (`Debt securities` over `Total net revenues`), in two columns of a row
(`Operating leases` over `Total`), or in a schedule by years (`2017` over `Total`). Where several pairs fit as well, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from rag.answer.held import probes
from rag.answer.wanted import Wanted, want
from rag.language.periods import Period, periods
from rag.language.words import terms_of
from rag.lookup.relation import Bucket, Relation
from rag.lookup.rows import (
    LAYERS,
    SAID_OTHERWISE,
    WHOLE,
    Looked,
    Table,
    denies,
    fit_in,
    in_words,
    is_of_another,
    pieces_of,
    strangeness,
    tables_with,
    told_inside,
)
from rag.lookup.spots import YEAR, Spot, cell_at, joined, last_of, row_of, spots_of
from rag.lookup.table import Cell, own_terms, own_time, same_time
from rag.lookup.words import related_said, undated
from rag.reports.statements import OWN, statement_tags
from rag.search.retrieve import Hits, Index
from rag.types import Report

STATEMENT = 0.1  # what the statements themselves are ahead of the notes
UNDATED = 0.15  # what is taken off where nothing says of when a figure is
APART = 0.06  # ... where the figures stand under different lines of words
CLOSE = 0.025  # in score, for two pairs to be told apart
MOST_CELLS = 6  # of one part in one table
_TOTAL = re.compile(r"^\W*(?:grand )?totals?\b", re.IGNORECASE)
_ONLY_TOTAL = re.compile(r"^(?:.*[ /])?(?:totals?|consolidated)\W*$", re.IGNORECASE)
_LATER = re.compile(
    r"thereafter|beyond|\b(?:after|more than|over|less than|within)\b|^\D{0,6}\d ?(?:-|–|to|and) ?\d", re.IGNORECASE
)
_AVERAGE = re.compile(r"\baverages?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Set:
    """Figures of one table that belong together; ``below``: how many of the last ones make up the whole, added."""

    cells: tuple[Cell, ...]
    score: float
    below: int = 1


def related(
    index: Index, reports: Sequence[Report], hits: Hits, asked: Relation
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """A sentence for each time asked for, with its cells. Raises LookupError where they are not found for sure."""
    looked, tables = _looked(index, reports, hits, asked)
    read = [[spot for table in parts for spot in spots_of(table)] for parts in joined(tables)]
    times: Sequence[Period | None] = () if asked.bucket else asked.when
    for when in times or (None,):
        found = [each for spots in read if spots for each in _sets(spots, looked, asked, when)]
        best = _surest(found, newest=when is None)
        yield related_said(asked.kind, best.cells, best.below), best.cells


def _looked(index: Index, reports: Sequence[Report], hits: Hits, asked: Relation) -> tuple[list[Looked], list[Table]]:
    wanted = [want(index, part) for part in asked.parts]
    if any(not pieces_of(each)[0] for each in wanted):
        wanted = [in_words(each) for each in wanted]
    own = frozenset[str]().union(*map(own_terms, reports))
    must = [pieces_of(each, own) for each in wanted]
    if not all(pieces for pieces, _ in must):
        raise LookupError("nothing to look for")
    every = tuple(dict.fromkeys(piece for pieces, _ in must for piece in pieces))
    tables = [table for report in reports for table in tables_with(index, report, hits.evidence, every)]
    texts = [table.evidence.passage.text for table in tables]
    looked = [
        Looked(
            tuple(probes(Wanted(each.question, each.language, pieces), texts)),
            free,
            False,
            False,
            denies(each.question),
        )
        for each, (pieces, free) in zip(wanted, must, strict=True)
    ]
    if asked.kind == "share":  # the part of a line may be called by it: `Bitcoin revenue` of the revenue
        whole = frozenset().union(*(probe.own for probe in looked[1].pieces))
        looked[0] = replace(looked[0], free=looked[0].free | whole)
    return looked, tables


def _sets(spots: Sequence[Spot], looked: Sequence[Looked], asked: Relation, when: Period | None) -> Iterator[Set]:
    passage = spots[0].table.evidence.passage
    place = STATEMENT if any(strength >= OWN for strength in statement_tags(passage).values()) else 0.0
    place -= APART * bool(_AVERAGE.search(" ".join(passage.section[-1:])))  # none is asked for
    if asked.bucket is not None:
        yield from _scheduled(spots, looked[1], asked.bucket, place)
        return
    timed = [(spot, off) for spot in spots if (off := _off(spot, when, spot.table.evidence.report)) is not None]
    yield from _rows(timed, looked, asked, place)
    yield from _across(timed, looked, asked, place)
    if asked.kind == "share":
        yield from _columns(timed, looked, place)


def _off(spot: Spot, when: Period | None, report: Report) -> float | None:
    """What is taken off for the time of a figure; None where it is of another."""
    if when is None:
        return 0.0
    if spot.when is None:
        of_report = periods(report.period or "")
        return UNDATED if of_report and of_report[0].end.year == when.end.year else None
    return 0.0 if any(same_time(spot.when, each) for each in (own_time(when, report), when)) else None


def _rows(
    timed: Sequence[tuple[Spot, float]], looked: Sequence[Looked], asked: Relation, place: float
) -> Iterator[Set]:
    """The parts in rows of their own, in one column."""
    by_head: dict[tuple[str, str], list[tuple[Spot, float]]] = {}
    for spot, off in timed:
        by_head.setdefault((spot.head, spot.when.label if spot.when else ""), []).append((spot, off))
    both = _together(looked)
    for spots in by_head.values():
        fitting = [list(_fitting(spots, each, both)) for each in looked]
        if asked.kind == "share":
            fitting[0] = [each for each in fitting[0] if not _is_another_line(each[0], looked[0], asked.parts[1])]
        if not all(fitting):
            continue
        for chosen in product(*fitting):
            rows = {row_of(spot) for spot, _ in chosen}
            if len(rows) == len(chosen) and _sound(asked.kind, [spot for spot, _ in chosen]):
                apart = APART * (len({spot.parent for spot, _ in chosen}) > 1)
                score = sum(value for _, value in chosen) / len(chosen) + place - apart
                yield Set(tuple(cell_at(spot) for spot, _ in chosen), score)


def _across(
    timed: Sequence[tuple[Spot, float]], looked: Sequence[Looked], asked: Relation, place: float
) -> Iterator[Set]:
    """The parts in columns of their own, in one row: `Revenue` of `Orchard` and of `Meadow`."""
    by_row: dict[tuple[str, int], list[tuple[Spot, float]]] = {}
    for spot, off in timed:
        by_row.setdefault(row_of(spot), []).append((spot, off))
    both = _together(looked)
    for spots in by_row.values():
        fitting = [
            [(spot, value) for spot, value in _fitting(spots, each, both) if _in_head(spot, each)] for each in looked
        ]
        for chosen in product(*fitting) if all(fitting) else ():
            one_time = len({spot.when.label if spot.when else "" for spot, _ in chosen}) == 1
            apart = len({spot.head for spot, _ in chosen}) == len(chosen)
            if one_time and apart and _sound(asked.kind, [spot for spot, _ in chosen]):
                score = sum(value for _, value in chosen) / len(chosen) + place
                yield Set(tuple(cell_at(spot, spot.head) for spot, _ in chosen), score)


def _is_another_line(spot: Spot, part: Looked, whole: str) -> bool:
    """Whether a row that only stands under the part is another line than the whole: the expenses of a segment."""
    own = terms_of(spot.label)
    return is_of_another(spot.label, whole) and not any(probe.piece.said_by(own) for probe in part.pieces)


def _in_head(spot: Spot, looked: Looked) -> bool:
    """Whether the head of a column says some of what is looked for, beside its time."""
    head = terms_of(undated(spot.head))
    return any(probe.find_plain(head) >= WHOLE for probe in looked.pieces)


def _fitting(spots: Sequence[tuple[Spot, float]], looked: Looked, both: Looked) -> Iterator[tuple[Spot, float]]:
    found = []
    inside = told_inside([spot.table for spot, _ in spots], looked)
    for spot, off in spots:
        value = fit_in(spot.label, spot.head, spot.parent, spot.table, looked, inside)
        value = value and value - strangeness(spot.head, spot.parent, both) - off
        if value > 0:
            found.append((spot, value))
    found.sort(key=lambda each: -each[1])
    yield from found[:MOST_CELLS]


def _columns(timed: Sequence[tuple[Spot, float]], looked: Sequence[Looked], place: float) -> Iterator[Set]:
    """The part in a column of its own, the whole under `Total`, in the row that the whole is called by."""
    over, under = looked
    rows: dict[tuple[str, int], list[tuple[Spot, float]]] = {}
    for spot, off in timed:
        rows.setdefault(row_of(spot), []).append((spot, off))
    for spots in rows.values():
        whole = [spot for spot, _ in spots if _ONLY_TOTAL.match(spot.head)]
        if len(whole) != 1:
            continue
        value = fit_in(whole[0].label, "", whole[0].parent, whole[0].table, under)
        for spot, off in spots if value else ():
            head = terms_of(undated(spot.head))
            own = [probe for probe in over.pieces if probe.find_plain(head) >= WHOLE]
            as_asked = [probe for probe in own if head.issuperset(probe.piece.forms[0])]
            if spot is not whole[0] and len(own) == len(over.pieces) and _sound("share", (spot, whole[0])):
                cells = tuple(cell_at(each, each.head) for each in (spot, whole[0]))
                said = LAYERS[1] - SAID_OTHERWISE * (len(as_asked) < len(own))
                yield Set(cells, (value + said) / 2 + place - off)


def _scheduled(spots: Sequence[Spot], looked: Looked, bucket: Bucket, place: float) -> Iterator[Set]:
    """What falls due at a time, over all of it: in the columns of a row, or in the rows of a column."""
    lines: dict[object, list[tuple[Spot, str, float]]] = {}
    for spot in spots:
        value = fit_in(spot.label, "", spot.parent, spot.table, looked)
        if value:
            lines.setdefault(row_of(spot), []).append((spot, spot.head, value + 0.05))
        above = _said_above(spot, looked)
        if above:
            lines.setdefault(spot.head, []).append((spot, spot.label, above))
    for line in lines.values():
        due = [(spot, name, value) for spot, name, value in line if _is_due(name)]
        whole = [spot for spot, name, _ in line if _TOTAL.match(name) or _ONLY_TOTAL.match(name)]
        if len(due) < 2:
            continue
        meant = [
            (spot, value) for place_, (spot, name, value) in enumerate(due) if bucket.fits(last_of(name), not place_)
        ]
        below = whole[:1] or [spot for spot, _, _ in due]
        by_column = len({row_of(spot) for spot, _, _ in due}) == 1
        if len(meant) == 1 and (not whole or _sound("share", (meant[0][0], whole[0]))):
            chosen = [meant[0][0], *below]
            yield Set(tuple(cell_at(s, s.head if by_column else "") for s in chosen), meant[0][1] + place, len(below))


def _is_due(name: str) -> bool:
    """Whether a head or label is a time of a schedule."""
    return bool(YEAR.match(last_of(name)) or _LATER.search(last_of(name)))


def _said_above(spot: Spot, looked: Looked) -> float:
    """How closely the head and the title say what a row of years is of; 0 where something is not said."""
    layers = [terms_of(spot.head)]
    for more in (terms_of(spot.parent), spot.table.title, spot.table.headings):
        layers.append(layers[-1] | more)
    worth = [
        next((w for w, t in zip(LAYERS[1:], layers, strict=True) if probe.find_plain(t) >= WHOLE), 0.0)
        for probe in looked.pieces
    ]
    return sum(worth) / len(worth) if all(worth) else 0.0


def _together(looked: Sequence[Looked]) -> Looked:
    """All that is looked for, as one: what the parts have around them is strange to none of them."""
    pieces = tuple(probe for each in looked for probe in each.pieces)
    return Looked(pieces, frozenset().union(*(each.free for each in looked)), False, False)


def _sound(kind: str, spots: Sequence[Spot]) -> bool:
    """Whether figures can be what is asked: a part is no more than its whole."""
    if kind not in ("share", "multiple"):
        return True
    part, whole = (abs(spot.fact.figure.value) for spot in spots[:2])
    return whole > 0 and (kind == "multiple" or part <= whole)


def _surest(found: Sequence[Set], newest: bool) -> Set:
    """The set that fits best. Raises LookupError where there is none, or another with other figures fits as well.

    Of several, the one whose figures stand on two pages is that of the whole company: each of the others is of a part.
    """
    if newest and found:
        last = max(max(cell.when.end for cell in each.cells) for each in found)
        found = [each for each in found if max(cell.when.end for cell in each.cells) == last]
    if not found:
        raise LookupError("no such figures in one table")
    best = max(found, key=lambda each: each.score)
    rivals = [each for each in found if each.score >= best.score - CLOSE]
    if len({_values(each) for each in rivals}) == 1:
        return best
    pages: dict[tuple[Decimal, ...], set[object]] = {}
    for each in rivals:
        pages.setdefault(_values(each), set()).add(_page(each))
    twice = [values for values, printed in pages.items() if len(printed) > 1]
    of_two = [each for each in rivals if [_values(each)] == twice]
    if {_labels(each) for each in of_two} != {_labels(each) for each in rivals}:  # none, or a rival of another line
        raise LookupError("several figures fit as well")
    return max(of_two, key=lambda each: each.score)


def _values(found: Set) -> tuple[Decimal, ...]:
    return tuple(cell.value for cell in found.cells)


def _labels(found: Set) -> tuple[str, ...]:
    return tuple(cell.label for cell in found.cells)


def _page(found: Set) -> object:
    """The page that the figures stand on."""
    return found.cells[0].report.id, found.cells[0].evidence.passage.locator.numbers
