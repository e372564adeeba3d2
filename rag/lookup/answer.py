"""Figures looked up in the tables of reports, and worked out from them where no line prints what is asked.

A sentence of this module shows its arithmetic, cites every row it takes a figure from, and passes the same check as any
other; where it does not pass, the question is answered as if this module did not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from rag.answer.citations import Draft, evidence_of, without_slots
from rag.language.periods import Period, periods
from rag.lookup.absent import no_such_line, unexplained, year_lacking
from rag.lookup.causes import asks_why, causes
from rag.lookup.counted import counted
from rag.lookup.defined import defined
from rag.lookup.disclosed import disclosed, part_lacking
from rag.lookup.extremes import extreme, wish
from rag.lookup.finder import Finder, Made, RowFinder, SaidFinder, alike, ratio_of
from rag.lookup.forecasts import forecasts
from rag.lookup.operations import OVER_YEARS
from rag.lookup.pairs import related
from rag.lookup.peers import peers
from rag.lookup.question import Item, Sought, item_of, narrowed, row_sought, sought
from rag.lookup.ratios import FORMULAS, Ratio
from rag.lookup.relation import Relation, left_of, margin, relation
from rag.lookup.risks import risks
from rag.lookup.segments import of_parts, parts_asked
from rag.lookup.table import Cell, taken_off, year_before
from rag.lookup.talk import diluted
from rag.lookup.times import in_its_years
from rag.lookup.words import cagr_said, change_said, made_said, mean_said, rows_of, sum_said, trend_said, value_said
from rag.reports.names import called, names_of
from rag.search.retrieve import Hits, Index
from rag.types import Evidence, Report
from rag.verify.sentence import Verdict, verify_sentence

MOST_REPORTS = 4
_WAY = re.compile(r" (?:rose|fell) from ")
_ROUND = re.compile(r", about −?[\d,.]+ [mb]illion\b")


@dataclass(frozen=True, slots=True)
class Found:
    """``drafts``: the sentences of the answer; ``evidence``: the tables they rest on, each once."""

    drafts: tuple[Draft, ...]
    evidence: tuple[Evidence, ...]


def lookup(index: Index, question: str, hits: Hits, today: date | None = None) -> Found | None:
    """The answer to a question for figures of one company's tables, or None where not all of them are found for sure."""
    today = today or date.today()
    reports = _reports(hits)
    if not reports or (len(hits.route.sides) > 1 and len(_companies(reports)) > 1):
        return None
    one = _of_one(reports)
    if len(_companies(reports)) == 1 and (drafts := _sure(counted(index, reports, question, today))):
        return _found(drafts)
    if said := (
        disclosed(index, one, question, today)
        or causes(index, one, question, today)
        or risks(index, one, question)
        or peers(index, one, hits, question)
        or forecasts(index, reports, hits, question, today)
    ):
        return _found(said)
    if len(reports) == 1 and (asked := wish(question, reports[0], today)) is not None:
        drafts = _sure(extreme(index, reports[0], hits, asked) for _ in (0,))
        return _found(drafts) if drafts else None
    if asks_why(question):
        finder = unexplained(index, reports, question, hits, today)
        drafts = _drafts(finder, finder.asked, _unexplained) if finder is not None else []
        return _found(drafts) if drafts else None
    dated = in_its_years(question, one[0]) if len(_companies(reports)) == 1 else question
    for each in dict.fromkeys((dated, diluted(dated))):
        if drafts := _figures(index, reports, hits, each, today):
            return _found(drafts)
    drafts = _margin(index, reports, hits, question, today)
    return _found(drafts) if drafts else None


def _figures(index: Index, reports: Sequence[Report], hits: Hits, question: str, today: date) -> list[Draft]:
    """The figures that a question asks for, in the first way of reading it in which all of them are found; else none."""
    one = _of_one(reports)
    parts = parts_asked(question, today)
    if parts is not None:
        found = [(each, drafts) for each in reports if (drafts := _sure(of_parts(index, each, hits, parts)))]
        if len(_companies([each for each, _ in found])) == 1:  # nobody need be named where one company has such a part
            return found[0][1]
    set_ = relation(question, today) if len(one) == 1 else None
    if set_ is not None and (drafts := _sure(related(index, one, hits, set_))):
        return drafts
    plain = _as_share(_in_words(sought(question, today), question), set_)
    known = frozenset(term for report in reports for term in called(report))
    for each in (defined(question, today), plain, narrowed(plain, known) if plain else None):
        if each and each.items and (drafts := _drafts(Finder(index, reports, hits, each), each)):
            return drafts
    row = row_sought(question, today)
    if row is None:
        return []
    finders = [RowFinder(index, reports, hits, row)]
    if row.operation in OVER_YEARS:
        finders.append(SaidFinder(index, reports, hits, row))
        finders.sort(key=lambda finder: -max((cell.score for cell in finder.cells(row.items[0])), default=0.0))
    return next((drafts for finder in finders if (drafts := _drafts(finder, row))), [])


def _in_words(asked: Sought | None, question: str) -> Sought | None:
    """What is asked for, without short forms that have other meanings where it is asked in full: `CCC` is a rating, too."""
    if asked is None or not any(item.name in FORMULAS and item.name in question.lower() for item in asked.items):
        return asked
    items = (replace(item, forms=tuple(f for f in item.forms if len(f) > 1) or item.forms) for item in asked.items)
    return replace(asked, items=tuple(items))


def _as_share(asked: Sought | None, set_: Relation | None) -> Sought | None:
    """Two lines of which the one is asked for as a share of the other: the two alone answer nothing."""
    if (
        asked is None
        or set_ is None
        or set_.kind not in ("share", "multiple")
        or (asked.operation, len(asked.items)) != ("value", 2)
    ):
        return asked
    over = [item for item in asked.items if item.said.lower() in set_.parts[0].lower()]
    under = [item for item in asked.items if item.said.lower() in set_.parts[1].lower() and item not in over]
    if not len(over) == len(under) == 1:
        return None
    upper = replace(over[0], unit="x" if set_.kind == "multiple" else "%")
    return replace(asked, operation="share", items=(upper, under[0]))


def _margin(index: Index, reports: Sequence[Report], hits: Hits, question: str, today: date) -> list[Draft]:
    """The margin of a segment, from its profit and its revenue in one table, or that of what is sold, from what it costs."""
    asked = (margin(question, today), left_of(question, today)) if len(reports) == 1 else ()
    made = (_sure(related(index, reports, hits, set_)) for set_ in asked if set_ is not None)
    return next((drafts for drafts in made if drafts), [])


def told(index: Index, question: str, hits: Hits) -> Found | None:
    """What a report discloses on a question's topic, where that is all it asks, also in several parts; else None."""
    said = disclosed(index, _of_one(_reports(hits)), question, date.today())
    return _found(said) if said else None


def lacking(index: Index, question: str, hits: Hits, best: str = "") -> str:
    """What a filing would have a part on and has none, or the year that its tables do not go back to; else empty.

    ``best``: the words that would answer.
    """
    reports = _reports(hits)
    lacks = part_lacking(index, _of_one(reports), question, date.today())
    if lacks or len(_companies(reports)) > 1:
        return lacks
    return year_lacking(index, reports, hits, question, date.today(), best)


def _found(drafts: Sequence[Draft]) -> Found:
    return Found(tuple(drafts), evidence_of(drafts))


def _unexplained(finder: Finder, asked: Sought) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """That a margin which a question wants explained is no line of the statement."""
    yield no_such_line(finder, asked.items[0], asked.when or (_newest(finder, asked),), asked.chinese)


def _drafts(
    finder: Finder,
    asked: Sought,
    answers: Callable[[Finder, Sought], Iterator[tuple[str, tuple[Cell, ...]]]] | None = None,
) -> list[Draft]:
    """The sentences; none where one figure is not found for sure, or one sentence does not stand the check."""
    return _sure((answers or _answers)(finder, asked))


def _sure(answers: Iterable[tuple[str, tuple[Cell, ...]]]) -> list[Draft]:
    try:
        drafts = [figure_draft(text, made) for text, made in answers]
    except LookupError:
        return []
    sure = [draft for draft in drafts if draft is not None]
    return sure if len(sure) == len(drafts) else []


def _reports(hits: Hits) -> list[Report]:
    """The reports that the question is about: those that it names, else that of the best passage."""
    known = {item.report.id: item.report for item in hits.evidence}
    named = [known[id_] for id_ in hits.route.first if id_ in known]
    if not named:
        return [hits.evidence[0].report] if hits.evidence else []
    fits = hits.route.fits
    return sorted(named, key=lambda r: (-fits.get(r.id, 0.0), -_day(r).toordinal(), r.id))[:MOST_REPORTS]


def _day(report: Report) -> date:
    return report.date or max((period.end for period in names_of(report).periods), default=date.min)


def _of_one(reports: Sequence[Report]) -> Sequence[Report]:
    """Of one company's reports the first: that of the time asked for, else the newest. It says what the company discloses."""
    return reports[:1] if reports and reports[0].companies and len(_companies(reports)) == 1 else reports


def _companies(reports: Sequence[Report]) -> set[tuple[str, ...]]:
    return {report.companies[:1] for report in reports}


def _answers(finder: Finder, asked: Sought) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The sentences with the cells they rest on. Raises LookupError where one of them is not found."""
    times = asked.when or _years_back(_newest(finder, asked), asked.last)
    if asked.operation == "share" or (asked.operation == "mean" and len(asked.items) == 2):
        shares = [_share(finder, asked, when) for when in times]
        yield from ((made_said(made, asked.chinese), made.cells) for made in shares)
        if asked.operation == "mean" and len(shares) > 1:
            yield mean_said(shares, asked.chinese), tuple(cell for made in shares for cell in made.cells)
        return
    for item in asked.items:
        yield from _of_item(finder, item, times, asked)


def _years_back(newest: Period, count: int) -> tuple[Period, ...]:
    """So many years up to the newest time; without a number, that time alone."""
    years = [periods(str(newest.end.year - back))[0] for back in reversed(range(count))]
    return tuple(years) or (newest,)


def _newest(finder: Finder, asked: Sought) -> Period:
    """The newest time of a line that is asked for; of a trend that no line shows, that of the revenue."""
    try:
        return finder.newest(asked.items)
    except LookupError:
        revenue = item_of("revenue") if asked.operation == "trend" else None
        if revenue is None:
            raise
        return finder.newest([revenue])


def _share(finder: Finder, asked: Sought, when: Period) -> Made:
    over, under = (taken_off(finder.cell(item, when)) for item in asked.items)
    name = f"{asked.items[0].said}{'占' if asked.chinese else ' / '}{asked.items[1].said}{'的比例' if asked.chinese else ''}"
    return ratio_of(
        name,
        Ratio(((1, asked.items[0].name),), asked.items[1].name, asked.items[0].unit or "%"),
        when,
        [(1, over)],
        [under],
    )


def _of_item(
    finder: Finder, item: Item, times: Sequence[Period], asked: Sought
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    operation = asked.operation
    if operation == "trend":
        yield from _trend(finder, item, times, asked)
        return
    if operation in ("change", "cagr") and len(times) == 1:
        times = (year_before(times[0]), times[0])
    if operation in ("change", "cagr"):
        times = (times[0], times[-1])
    made = [finder.made(item, when) for when in times]
    both = tuple(dict.fromkeys(cell for each in made for cell in each.cells))
    if not alike(both):
        raise LookupError("figures of different scales")
    steps = [each for each in made if each.steps]
    if operation == "change" and steps and made[0].unit == made[-1].unit != "":
        yield trend_said(made, asked.chinese), both  # the check does not work with what was worked out
        return
    yield from ((made_said(each, asked.chinese), each.cells) for each in steps)
    if operation == "change":
        yield change_said(made[0], made[-1], asked.chinese), both
    elif operation == "cagr":
        yield cagr_said(made[0], made[-1], asked.chinese), both
    elif operation == "mean" and len(made) > 1:
        yield mean_said(made, asked.chinese), both
    elif operation == "sum" and len(made) > 1:
        yield sum_said(made, asked.chinese), both
    else:
        yield from ((value_said(each, asked.chinese), each.cells) for each in made if not each.steps)


def _trend(
    finder: Finder, item: Item, times: Sequence[Period], asked: Sought
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The figures of the years there are, and which way they went: in the last year, and over all of them."""
    try:
        made = finder.series(item, times, asked.since)
    except LookupError:
        made = []
    if not made:
        yield no_such_line(finder, item, times, asked.chinese)
        return
    if len(made) < 2 or not alike([cell for each in made for cell in each.cells]):
        raise LookupError(item.name)
    if any(each.steps for each in made):
        yield trend_said(made, asked.chinese), tuple(cell for each in made for cell in each.cells)
        return
    steps = [(made[0], made[-1])] if len(asked.when) > 1 or asked.since else list(pairwise(made))
    for first, last in reversed(steps):
        yield change_said(first, last, asked.chinese), tuple(dict.fromkeys(first.cells + last.cells))


def _stands(text: str, sources: Sequence[Evidence]) -> tuple[str, Verdict]:
    """The sentence as it stands the check, or the last way to word it: without the amount in round words, or a word for its way.

    A passage may have a word for another way, of something else: which way it went is seen from the figures.
    """
    exact = _ROUND.sub("", text)
    for each in dict.fromkeys((text, exact, _WAY.sub(" went from ", exact, count=1))):
        verdict = verify_sentence(without_slots(each), sources)
        if verdict.status == "supported":
            break
    return each, verdict


def figure_draft(text: str, made: Sequence[Cell]) -> Draft | None:
    """The sentence with its rows, each cited for the figures that it holds, if it stands the check."""
    sources = {cell.evidence.passage.id: cell.evidence for cell in made}
    text, verdict = _stands(text, list(sources.values()))
    if verdict.status != "supported":
        return None
    rows = list(rows_of(made))
    found = {id_: verdict.where[n] if n < len(verdict.where) else () for n, id_ in enumerate(sources)}
    figures: list[tuple[str, ...]] = []
    for place, (id_, start, end) in enumerate(rows):
        row = sources[id_].passage.text[start:end]
        last = all(other != id_ for other, _, _ in rows[place + 1 :])
        own = tuple(figure for figure in found[id_] if last or figure in row)
        found[id_] = tuple(figure for figure in found[id_] if figure not in own)
        figures.append(own)
    return Draft(text, tuple(sources[id_] for id_, _, _ in rows), tuple((a, b) for _, a, b in rows), tuple(figures))
