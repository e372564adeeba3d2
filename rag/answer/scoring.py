"""The statements of the retrieved passages, each weighed against what the question wants.

A statement is a sentence, a short passage, or a row of a table with its title and heads. What it holds of the question
is counted piece by piece; one small linear model turns the counts into how surely the statement answers. The same number
chooses the statements of an answer and decides on refusal, so that nothing is refused that would be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.answer.held import APART, Probe, probes
from rag.answer.kinds import holds_kind
from rag.answer.reasons import gives_reason, tells_effect
from rag.answer.statement_times import LAGGED, UNDATED, time_held
from rag.answer.table_answer import grid
from rag.answer.wanted import Wanted
from rag.language.embeddings import builtin
from rag.language.periods import Period, periods
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted import asks_of_them, is_planted, speaks
from rag.question.aspects import SAID
from rag.question.concepts import Asked, covered
from rag.reports.names import called
from rag.search.retrieve import Hits, Index
from rag.types import Evidence, Report

WHOLE = 420  # characters: up to here a passage is one statement
CLOSER = 40  # of these, the ones whose names and times are looked at
IN_TITLE = 0.7  # coverage of a piece that stands in the report's title alone, which says what the report is about
WITH_TITLE = 0.9  # ... of which the statement says a part and the title the rest
METRIC_IN_TITLE = 0.4  # ... and of a metric: a title does not give its value
SPLIT = 0.6  # coverage of a metric of which the statement says a part and its heading the rest: `operations`, `gross margin`
WIDE = 0.7  # coverage of a piece that stands elsewhere in the same long passage or table
MOST = 120  # statements weighed; the rest of the evidence is too far down to matter
SHORT_REPORT = 80  # passages: in such a report a name that stands anywhere says what the whole is about
IN_TABLE = 0.6  # ... in another row of the table
ELSEWHERE = 0.85  # coverage of a name that stands in one of the first passages of a short report
FRONT = 3  # ... of which there are so many
MENTIONED = 0.5  # ... and of one that only another passage names
FOREIGN = 0.3  # weight of a word without a translation where the statement is in the other language
FEW_LINES = 4  # passages
OF_ASPECT = 0.9  # least share of the best retrieval score of a statement of the aspect that is asked for
FEARED = 0.5  # what is left of the score of a risk where no risk is asked for
_FEARS = re.compile(
    r"\brisks?(?: factors?)?\s*$|^\W*risks?\b|风险(?:提示|因素)?\s*$|^\W*风险", re.IGNORECASE | re.MULTILINE
)
_FEARS_TEXT = re.compile(
    r"\W*(?:\d\W*)?(?:[一二三四五六七八九]、)?(?:(?:key |main )?risks?\b|(?:主要)?风险(?:提示|因素))", re.IGNORECASE
)
_UP_TO = re.compile(r"\b(?:months|weeks|quarter|half|year)\s+(?:to|ended|ending)\b", re.IGNORECASE)
PRESENT = 0.5  # coverage from which a piece counts as there
_LABELLED = re.compile(
    r"(?!\d+[.、]\s?|[^:：]*(?:19|20)\d\d)[^:：]{1,24}[:：]\s*\S"
)  # a heading that is a label with its value says nothing of what follows, unless it has a number or a year


@dataclass(frozen=True, slots=True)
class Statement:
    """``passage.text[start:end]`` of evidence number ``rank`` (0-based, by retrieval), and what it holds.

    ``holds[j]``: coverage (0..1) of focus piece ``j`` by the statement with its heading; ``own[j]`` by its own words.
    ``names``/``periods``: the same for names (text, title, broker) and times. ``score``: 0..1, how surely it answers.
    """

    rank: int
    evidence: Evidence
    start: int
    end: int
    own: tuple[float, ...] = ()
    holds: tuple[float, ...] = ()
    names: tuple[float, ...] = ()
    periods: tuple[float, ...] = ()
    features: tuple[float, ...] = ()
    near: tuple[float, ...] = ()
    score: float = 0.0
    of_kind: bool = True

    @property
    def text(self) -> str:
        return self.evidence.passage.text[self.start : self.end]


def split(evidence: Evidence) -> list[tuple[int, int]]:
    """The spans of a passage's statements."""
    text = evidence.passage.text
    if evidence.passage.kind == "table" and (rows := grid(text).rows):
        return [(row.start, row.end) for row in rows]
    return [(0, len(text))] if len(text) <= WHOLE else sentences(text)


FEATURES = (
    "holds", "full", "metric", "term", "asked", "name", "period", "untimely", "kind", "reason", "cosine", "rank", "ratio", "head", "bias",
)  # fmt: skip


def weigh(index: Index, wanted: Wanted, hits: Hits) -> list[Statement]:
    """The statements of the evidence, the surest first."""
    places: list[tuple[int, Evidence, int, int]] = []
    for rank, item in enumerate(hits.evidence):
        places += [(rank, item, start, end) for start, end in split(item)]
        if len(places) >= MOST:
            break
    places = [place for place in places[: 2 * MOST] if not _is_title(*place[1:])]
    if speaks(wanted.question) or not asks_of_them(wanted.question):
        places = [place for place in places if not is_planted(place[1].passage.text, *place[2:])]
    if not places:
        return []
    texts = [item.passage.text[start:end] for _, item, start, end in places]
    scale = _Scale(index, wanted, texts, hits.evidence)
    held = [scale.hold(place, text) for place, text in zip(places, texts, strict=True)]
    held.sort(key=lambda s: (-_share(weights_for(wanted, s), s.holds) - 1.5 / (1 + s.rank), s.rank, s.start))
    closer = held[:CLOSER]
    cosines = _cosines(wanted.question, [statement.text for statement in closer])
    found = [scale.score(statement, cosine) for statement, cosine in zip(closer, cosines, strict=True)]
    return sorted(found, key=lambda s: (-s.score, s.rank, s.start))


def _is_title(item: Evidence, start: int, end: int) -> bool:
    """Whether a statement only repeats what its report is called; a report of a few lines may be no more than that."""
    return (
        item.report.passages > FEW_LINES
        and end - start <= len(item.report.title) + 40
        and terms_of(item.passage.text[start:end]) <= terms_of(item.report.title)
    )


def _cosines(question: str, texts: Sequence[str]) -> list[float]:
    """How near each text is to the question in the built-in embedding, whatever model embeds the passages."""
    asked = _vector(question)
    return [float(_vector(text) @ asked) for text in texts]


@lru_cache(maxsize=8_000)
def _vector(text: str) -> NDArray[np.float32]:
    vector: NDArray[np.float32] = builtin().passages([text])[0]
    return vector


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement and what stands around it. ``above``: terms of its heading; ``wide``: of its passage where that is
    longer; ``called``: of what its report is called."""

    text: str
    heading: str
    terms: frozenset[str]
    above: frozenset[str]
    wide: frozenset[str]
    called: frozenset[str]


class _Scale:
    """Weighs the statements of one question; remembers what it found out about each report and heading."""

    def __init__(self, index: Index, wanted: Wanted, texts: Sequence[str], evidence: Sequence[Evidence]) -> None:
        self.index = index
        self.wanted = wanted
        self.probes = probes(wanted, texts)
        self._fronts: dict[str, frozenset[str]] = {}
        self._times: dict[str, tuple[Period | None, ...]] = {}
        meant = [item for item in evidence if self.meant(item.report)]
        self.ranks = {item.passage.id: rank for rank, item in enumerate(meant)}
        self.top = max(evidence[0].score, 1e-9)
        self.top_meant = max((item.score for item in meant), default=self.top)

    def meant(self, report: Report) -> bool:
        """Whether a report is on the sector or product that the question is about."""
        topics = [piece for piece in self.wanted.names if piece.surface in self.wanted.topics]
        return bool(topics) and all(piece.said_by(called(report)) for piece in topics)

    def hold(self, place: tuple[int, Evidence, int, int], text: str) -> Statement:
        """What a statement holds of the focus."""
        rank, item, start, end = place
        heading = _heading(item)
        wide = terms_of(item.passage.text) if len(item.passage.text) > end - start else frozenset()
        said = _Said(text, heading, terms_of(text), terms_of(heading), wide, called(item.report))
        rows = [self._held(probe, item.report, said) for probe in self.probes]
        own, beside, holds = (tuple(row[place] for row in rows) for place in range(3))
        return Statement(rank, item, start, end, own, holds, near=beside)

    def _held(self, probe: Probe, report: Report, said: _Said) -> tuple[float, float, float]:
        """What a statement holds of one piece: alone, with its heading, and with what its passage and report say."""
        if probe.piece.surface in self.wanted.reference:
            # it says which report is meant, and no statement of it more than others
            there = covered(probe.piece, self.index.report_terms(report.id, probe.piece.terms))
            return there, there, there
        alone = probe.find(said.terms)
        if alone == 1.0 and probe.apart(said.text):  # its words stand in other things, whatever the heading adds
            return APART, APART, APART
        own = alone if alone == 1.0 else max(alone, probe.goes(said.text))
        beside = own
        if own < 1.0:
            beside = max(own, self._with_heading(probe, said), float(probe.headed(said.heading)))
        whole, metric, title = beside, probe.piece.kind == "metric", probe.find_plain(said.called)
        if whole < 1.0:
            whole = max(whole, (METRIC_IN_TITLE if metric else IN_TITLE) * title)
        near = said.terms | said.above
        if 0.0 < whole < WITH_TITLE and not metric and title < 1.0 and probe.find_plain(near):
            whole = WITH_TITLE if probe.find_plain(near | said.called) == 1.0 else whole
        if whole < WIDE and said.wide:
            whole = max(whole, WIDE * probe.find_plain(said.wide))
        return own, beside, whole

    @staticmethod
    def _with_heading(probe: Probe, said: _Said) -> float:
        value = probe.find(said.terms | said.above)
        return SPLIT if value == 1.0 and probe.piece.kind == "metric" and probe.find(said.above) < 1.0 else value

    def score(self, made: Statement, cosine: float) -> Statement:
        """The statement with its names, times and score."""
        item, text = made.evidence, made.text
        heading = _heading(item)
        beside = terms_of(heading) | called(item.report)
        own, whole = terms_of(text) | beside, terms_of(item.passage.text) | beside
        row = item.passage.kind == "table"
        names = tuple(
            max(covered(piece, own), IN_TABLE * self.name(piece, whole, item.report))
            if row
            else self.name(piece, whole, item.report)
            for piece in self.wanted.names
        )
        dated = self.times(item.report)
        times = tuple(
            self.time(piece, period, text, heading, item)
            for piece, period in zip(self.wanted.periods, dated, strict=True)
        )
        placed = replace(made, names=names, periods=times)
        ratio = item.score / (self.top_meant if item.passage.id in self.ranks else self.top)
        placed = replace(placed, rank=self.ranks.get(item.passage.id, made.rank))
        if self.wanted.aspects and self.of_aspect(placed):  # it was searched by a word that it need not have
            placed, ratio = replace(placed, rank=0), max(ratio, OF_ASPECT)
        features = _features(self.wanted, placed, text, cosine, ratio)
        kind = bool(features[FEATURES.index("kind")])
        score = model(features) * (FEARED if self.feared(text, heading) else 1.0)
        return replace(made, names=names, periods=times, features=features, score=score, of_kind=kind)

    def of_aspect(self, made: Statement) -> bool:
        """Whether a statement is of every aspect that is asked for, and of what it is asked of."""
        held = [
            value
            for piece, value in zip(self.wanted.focus, made.holds, strict=True)
            if piece.surface in self.wanted.aspects
        ]
        return min(held) >= SAID and min(made.names, default=0.0) >= ELSEWHERE

    def feared(self, text: str, heading: str) -> bool:
        """Whether a statement only says what may go wrong, and the question does not ask for that."""
        risks = any(aspect.name == "risks" for aspect in self.wanted.aspects.values())
        return not risks and bool(_FEARS.search(heading) or _FEARS_TEXT.match(text))

    def time(self, piece: Asked, period: Period | None, text: str, heading: str, item: Evidence) -> float:
        """Whether a statement is of a time; in a short report that starts with it, one that names none is likely to be."""
        value = time_held(piece, period, text, heading, item)
        if value != UNDATED or item.report.passages > SHORT_REPORT:
            return value
        start = self.front(item.report) | called(item.report)
        return LAGGED if covered(piece, start) == 1.0 else value

    def name(self, piece: Asked, terms: frozenset[str], report: Report) -> float:
        """Whether a statement is about a name: it or its report's title says so, or what a short report starts with does."""
        value = covered(piece, terms)
        if value >= ELSEWHERE or report.passages > SHORT_REPORT or any(char.isdigit() for char in piece.surface):
            return value
        if covered(piece, self.index.report_terms(report.id, piece.terms)) < 1.0:
            return value
        if covered(piece, self.front(report)) == 1.0:
            return max(value, ELSEWHERE)
        return value if piece.surface in self.wanted.topics else max(value, MENTIONED)

    def front(self, report: Report) -> frozenset[str]:
        """Terms of what a report starts with, which says whom it is about."""
        if report.id not in self._fronts:
            first = sorted(self.index.report_passages(report.id), key=lambda passage: passage.ordinal)[:FRONT]
            self._fronts[report.id] = terms_of("\n".join(passage.text for passage in first))
        return self._fronts[report.id]

    def times(self, report: Report) -> tuple[Period | None, ...]:
        """The times asked for, as they count from the report's date where the question gives no year."""
        if report.id not in self._times:
            found = []
            for piece in self.wanted.periods:
                said = periods(piece.surface, report.date) if report.date and piece.period is None else ()
                found.append(piece.period or (said[0] if said else None))
            self._times[report.id] = tuple(found)
        return self._times[report.id]


def _heading(item: Evidence) -> str:
    passage = item.passage
    parts = [heading for heading in passage.section if not _LABELLED.match(heading)]
    if passage.kind == "table":
        table = grid(passage.text)
        parts += [*table.title, *table.head]
    return "\n".join(parts)


def _features(wanted: Wanted, made: Statement, text: str, cosine: float, ratio: float) -> tuple[float, ...]:
    weights = weights_for(wanted, made)
    pieces = list(zip(wanted.focus, made.holds, weights, strict=True))
    head = head_held(wanted, made)
    return (
        _share(weights, made.holds),
        _share(weights, [float(value >= 0.9) for value in made.holds]),
        min((value for piece, value, _ in pieces if piece.kind == "metric"), default=1.0),
        min((value for piece, value, _ in pieces if piece.kind == "term"), default=1.0),
        min(len(wanted.focus), 5) / 5,
        (max if wanted.shape == "compare" or wanted.apart else min)(made.names, default=1.0),
        (max if wanted.shape == "compare" else min)(made.periods, default=1.0),
        float(untimely(wanted, made)),
        float(holds_kind(text, wanted.kind, cells=made.evidence.passage.kind == "table")),
        float(wanted.shape == "why" and gives_reason(text) and tells_effect(wanted, text)),
        cosine,
        1.0 / (1 + made.rank),
        ratio,
        sum(head) / len(head) if head else _share(weights, made.near),
        1.0,
    )


def head_held(wanted: Wanted, made: Statement) -> list[float]:
    """Coverage of the pieces that name what is asked for; a metric has to stand in the statement, its table or heading."""
    return [
        near if piece.kind == "metric" else max(near, held)
        for piece, near, held in zip(wanted.focus, made.near, made.holds, strict=True)
        if piece.surface in wanted.head
    ]


def weights_for(wanted: Wanted, made: Statement) -> list[float]:
    """What each piece of the focus weighs for this statement."""
    if made.evidence.passage.language == wanted.language:
        return [piece.weight for piece in wanted.focus]
    return [
        piece.weight * (FOREIGN if piece.kind == "word" and not translated(piece) else 1.0) for piece in wanted.focus
    ]


def translated(piece: Asked) -> bool:
    """Whether a form of a piece is in the other script."""
    latin = piece.surface.isascii()
    return any(term.isascii() != latin for form in piece.forms for term in form)


def _share(weights: Sequence[float], values: Sequence[float]) -> float:
    """Weighted mean (0..1); 1 where the question asks for nothing but names and times."""
    total = sum(weights)
    return sum(w * v for w, v in zip(weights, values, strict=True)) / total if total else 1.0


def untimely(wanted: Wanted, made: Statement) -> bool:
    """Whether the statement is of none of the times that the question names; `the week` of some year is no time of its own."""
    dated = [value for piece, value in zip(wanted.periods, made.periods, strict=True) if piece.period is not None]
    dated = [] if _UP_TO.search(wanted.question) else dated  # the month only says where a longer time ends
    return max(dated or made.periods, default=1.0) < 0.25


# Fitted by tools/fit_scoring.py: logistic regression (L2 0.5) on question sets with known places (the shipped ones, and some
# 250 questions on other reports that are not shipped); for each question the statement at its place is set against the
# three surest elsewhere, which also makes every answered question an unanswerable one without its place.
# fmt: off
WEIGHTS: tuple[float, ...] = (1.88, 1.37, 0.72, 0.91, 1.52, 4.46, 2.20, -3.07, 1.61, 2.34, 0.85, 1.94, 3.73, 1.41, -18.65)
# fmt: on


def model(features: Sequence[float]) -> float:
    """How surely a statement answers, 0..1."""
    return float(1.0 / (1.0 + np.exp(-sum(w * f for w, f in zip(WEIGHTS, features, strict=True)))))
