"""Figures that a sentence gives for several times: `lease expense of $275 million, $223 million and $239 million in 2021, 2020 and 2019`.

What they are of stands before the first of them, or behind the last; every word of the question must be said there, in a
sentence before that it points back to, or in the headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.answer.held import Probe, probes
from rag.answer.wanted import Wanted
from rag.figures.context import Fact, read
from rag.figures.figure import Figure
from rag.language import analysis
from rag.language.periods import Period
from rag.language.words import terms_of
from rag.lookup.question import GLUE, IDLE, RATE
from rag.lookup.rows import WHOLE, ids_with, pieces_of
from rag.lookup.table import Cell, own_terms
from rag.lookup.words import undated
from rag.question.concepts import Asked
from rag.search.retrieve import Index
from rag.types import Evidence, Report

# What a piece is worth that stands before the figures, behind them, in the sentence before, in the headings.
LEAD, TAIL, BEFORE, ABOVE = 1.0, 0.92, 0.85, 0.8
OWN = 0.4  # how much of what stands before the figures must have been asked for
LONGEST = 70  # characters of what stands before the figures that are said
KINDS = frozenset({"money", "number", "percent", "multiple"})
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BETWEEN = re.compile(
    r"(?:[\s,()–—-]|\b(?:and|in|for|from|at|as of|as at|of|to|by|the|fiscal|years?|ended|ending|respectively|compared (?:to|with)|versus|was|were|approximately|about|or)\b)*",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:these|this|those|such|they|it|its|the (?:charges?|expenses?|costs?|amounts?|fair value))\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"\bof which\b|\bwhich\b|\bwhile\b|\bwhereas\b|[;:]", re.IGNORECASE)
_NEXT = re.compile(r",\s|\band\s", re.IGNORECASE)
# Words before figures that make something else of what they are of, unless they were asked for.
_OTHERS = frozenset(
    analysis.terms(
        "increase decrease change impact effect benefit adjustment reduction portion less excluding non other deferred "
        "foreign state gain loss unrecognized unamortized accumulated"
    )
)
_OF_WHOLE = re.compile(r"\s*of\b", re.IGNORECASE)
_STEP = re.compile(
    r"\b(?:increases?|decreases?|changes?|growth|declines?|reductions?|improvements?)\b.{0,12}\b(?:in|of)\b"
    r"|\b(?:increased|decreased|declined|grew|rose|fell)(?: by)?\W*$|\binclud(?:ed?|es|ing)\W*$",
    re.IGNORECASE,
)
_SAID = frozenset(
    analysis.terms(
        "recognize recognized record recorded incur incurred include included including respectively related paid had "
        "approximately aggregate consolidated statement income balance sheet accompanying company total net amount year "
        "during each all our its under within primarily expense"
    )
)
_STARTS = re.compile(
    r"^(?:[\s,;:•]|\b(?:and|but|also|in addition|as of|as at|at|for|during|in|the|of|which|fiscal|years?|ended|respectively|we|our|the company|its|additionally|(?:had |have |has )?(?:recognized|recorded|incurred|made|paid|had|reported|generated|received))\b)+",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",? (?:(?:which (?:is|are) )?(?:included|recorded|reflected|presented) (?:in|within)|net of)\b.*$", re.IGNORECASE
)
_STOPS = re.compile(
    r"(?:[\s,;:(]|\b(?:was|were|is|are|of|totall?ed|totall?ing|amount(?:ed|ing) to|approximately|about|approximated|to|at|in|for|recognized|recorded|aggregated|the|an?|had|by|(?:in|de)creased|rose|fell|grew|declined|a total)\b)+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Figures of one thing for several times, with the words before and behind them."""

    facts: tuple[Fact, ...]
    when: tuple[Period, ...]
    lead: str
    tail: str


def said_cells(index: Index, reports: Sequence[Report], hits: Sequence[Evidence], wanted: Wanted) -> list[Cell]:
    """Every figure that a sentence gives for one of several times and that is what is asked, the surest first."""
    must, free = pieces_of(wanted)
    if not must:
        return []
    found: list[Cell] = []
    for report in reports:
        own = own_terms(report)
        texts = list(_texts(index, report, hits, must))
        asked = probes(Wanted(wanted.question, wanted.language, must), [item.passage.text for item in texts])
        for evidence in texts:
            found += _of_passage(evidence, tuple(asked), free | own, own)
    return sorted(found, key=lambda cell: (-cell.score, cell.evidence.passage.ordinal))


def _texts(index: Index, report: Report, hits: Iterable[Evidence], must: Sequence[Asked]) -> Iterator[Evidence]:
    """The passages of running text that may say it."""
    ids = ids_with(index, report, must)
    found = {item.passage.id: item for item in hits if item.report.id == report.id}
    for passage in index.passages(id_ for id_ in ids if id_ not in found).values():
        found[passage.id] = Evidence(passage, report, 0.0, 0.0, ids[passage.id])
    return (item for item in found.values() if item.passage.kind != "table")


def _of_passage(
    evidence: Evidence, asked: Sequence[Probe], free: frozenset[str], own: frozenset[str]
) -> Iterator[Cell]:
    text = evidence.passage.text
    above = terms_of("\n".join(evidence.passage.section[-2:]))
    last = (0, 0)
    before: dict[tuple[int, int], str] = {}
    for span in read(text).spans:
        before[span] = text[slice(*last)]
        last = span
    for span, run in runs_of(text):
        score = _worth(run, asked, free, own, before.get(span, ""), above)
        if score:
            yield from _cells(evidence, span, run, score, asked)


def runs_of(text: str) -> Iterator[tuple[tuple[int, int], Run]]:
    """The figures of each sentence that are of one thing and of different times."""
    reading = read(text)
    spans: dict[tuple[int, int], list[Fact]] = {}
    for fact in reading.facts:
        if fact.row is None and fact.figure.kind in KINDS:
            spans.setdefault(fact.sentence, []).append(fact)
    for span, facts in spans.items():
        blocks: list[list[Fact]] = []
        for fact in facts:
            last = blocks[-1][-1] if blocks else None
            same = last is not None and (last.figure.kind, last.figure.unit) == (fact.figure.kind, fact.figure.unit)
            if last and same and _joined(text, last.figure, fact.figure, reading.periods):
                blocks[-1].append(fact)
            else:
                blocks.append([fact])
        start = span[0]
        for place, block in enumerate(blocks):
            stop = blocks[place + 1][0].figure.start if place + 1 < len(blocks) else span[1]
            when = _times(block)
            if when:
                lead = _CLAUSE.split(text[start : block[0].figure.start])[-1]
                if place:  # without the end of what was said of the figures before
                    lead = _NEXT.split(lead)[-1]
                yield span, Run(tuple(block), when, lead, _CLAUSE.split(text[block[-1].figure.end : stop])[0])
            start = block[-1].figure.end


def _joined(text: str, a: Figure, b: Figure, times: Sequence[Figure]) -> bool:
    between = text[a.end : b.start]
    for time in reversed([t for t in times if a.end <= t.start and t.end <= b.start]):
        between = between[: time.start - a.end] + between[time.end - a.end :]
    return bool(_BETWEEN.fullmatch(between))


def _times(block: Sequence[Fact]) -> tuple[Period, ...]:
    """The time of each figure, all different; empty where one has none. `December 31, 2021 and 2020` are two days."""
    periods = [fact.periods[0].period if len(fact.periods) == 1 else None for fact in block]
    if len(block) < 2 or any(period is None for period in periods):
        return ()
    known = [period for period in periods if period is not None]
    days = [period for period in known if period.kind == "day"]
    if days:
        known = [_day_in(period, days[0]) if period.kind == "year" else period for period in known]
    return tuple(known) if len({period.label for period in known}) == len(known) else ()


def _day_in(year: Period, day: Period) -> Period:
    surface = day.surface.replace(str(day.end.year), str(year.end.year))
    return replace(day.earlier(day.end.year - year.end.year), surface=surface)


def _worth(
    run: Run, asked: Sequence[Probe], free: frozenset[str], own: frozenset[str], before: str, above: frozenset[str]
) -> float:
    """0 where something that is asked is not said of the figures; else how closely they are what is asked, 0..1."""
    lead = terms_of(undated(run.lead))
    tail = terms_of(undated(run.tail))
    back = terms_of(before) if _POINTS_BACK.search(run.lead) else frozenset()
    layers = ((LEAD, lead), (TAIL, lead | tail), (BEFORE, lead | tail | back), (ABOVE, lead | tail | back | above))
    meant = set(free)
    total = held = 0.0
    for probe in asked:
        if probe.piece.kind == "name" and probe.find_plain(own) >= WHOLE:
            continue
        worth = next((w for w, terms in layers if probe.find_plain(terms) >= WHOLE), 0.0)
        if not worth:
            return 0.0
        weight = max(probe.piece.weight, 0.1)
        total += weight
        held += weight * worth
        meant |= probe.own
    said = frozenset(analysis.terms(_STARTS.sub("", undated(run.lead)))) - GLUE - own
    extra = {term for term in said - meant - IDLE - _SAID if not term[0].isdigit()}
    known = said & meant
    if (
        not total
        or (extra & _OTHERS)
        or _STEP.search(run.lead)
        or _is_share(run)
        or not (known or (lead | tail) & meant)
    ):
        return 0.0
    share = (len(known) + 1) / (len(known) + 1 + 0.5 * len(extra))
    return (held / total + share) / 2 if share >= OWN else 0.0


def _is_share(run: Run) -> bool:
    """Whether the figures are percentages of something, or of what no rate is: `65% and 62% of total revenue`."""
    percent = run.facts[0].figure.kind == "percent"
    return percent and bool(_OF_WHOLE.match(run.tail) or not RATE.search(run.lead))


def _cells(evidence: Evidence, span: tuple[int, int], run: Run, score: float, asked: Sequence[Probe]) -> Iterator[Cell]:
    figures = [fact.figure for fact in run.facts]
    factor = figures[0].factor
    if any(figure.factor != factor for figure in figures):
        return
    form = _DIGITS.sub("{}", figures[-1].text.strip().strip("()").rstrip("%"), count=1)
    label = _label(run, asked)
    for figure, when, fact in zip(figures, run.when, run.facts, strict=True):
        value = figure.value / factor
        if value == value.to_integral_value():
            value = value.quantize(Decimal(1))
        head = when.label if when.kind == "year" else when.surface.strip() or when.label
        percent = figure.kind == "percent"
        yield Cell(
            evidence, label, *span, -value if figure.sign < 0 or fact.loss > 0 else value, when, head, score, percent,
            None, cost=False, loss=False, form=form,
        )  # fmt: skip


def _label(run: Run, asked: Sequence[Probe]) -> str:
    """What the figures are of, as their sentence says it: by the words before them, or behind where those say none of it."""
    labels = [" ".join(_STOPS.sub("", _STARTS.sub("", undated(text))).split()) for text in (run.lead, run.tail)]
    lead = any(probe.find_plain(terms_of(labels[0])) >= WHOLE for probe in asked)
    label = labels[0] if lead else labels[1]
    if len(label) > LONGEST:
        label = _ASIDE.sub("", label)
    words = label.split()
    while len(" ".join(words)) > LONGEST:
        words.pop()
    return _STOPS.sub("", " ".join(words))
