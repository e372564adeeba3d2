"""The statements of the retrieved passages, each weighed against what the question wants.

A statement is a sentence, a short passage, or a row of a table with its title and heads. What it holds of the question
is counted piece by piece; one small linear model turns the counts into how surely the statement answers. The same number
chooses the statements of an answer and decides on refusal, so that nothing is refused that would be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.concepts import MIN_SIMILARITY, Asked, covered
from rag.embeddings import builtin
from rag.names import names_of
from rag.periods import Period, periods
from rag.retrieve import Hits, Index
from rag.sentences import sentences
from rag.statement_times import said_periods, time_held
from rag.table_answer import grid
from rag.types import Evidence, Report
from rag.wanted import Wanted, direction, says
from rag.words import space, terms_of

WHOLE = 420  # characters: up to here a passage is one statement
CLOSER = 40  # of these, the ones whose names and times are looked at
IN_TITLE = 0.7  # coverage of a piece that stands in the report's title alone, which says what the report is about
METRIC_IN_TITLE = 0.4  # ... and of a metric: a title does not give its value
WIDE = 0.7  # coverage of a piece that stands elsewhere in the same long passage or table
MOST = 120  # statements weighed; the rest of the evidence is too far down to matter
SHORT_REPORT = 80  # passages: in such a report a name that stands anywhere says what the whole is about
ELSEWHERE = 0.85  # coverage of a name that stands in another passage of a short report
FOREIGN = 0.3  # weight of a word without a translation where the statement is in the other language
FEW_LINES = 4  # passages
MIXED = 0.8  # coverage of a rise by a statement that speaks of a fall as well
PRESENT = 0.5  # coverage from which a piece counts as there
_FIGURE = re.compile(r"(?<![A-Za-z0-9_.,])[-+(]?[$€£¥]?\d[\d,]*(?:\.\d+)?")
_COUNT = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|half|double[ds]?|twice|triple[ds]?)\b"
    r"|[一二三四五六七八九十百千万两半]+(?:个|家|条|座|款|项|名|成|倍|亿|万|次|年|天|月)",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"^(?:19|20)\d\d$")
_REASON = re.compile(
    r"\b(?:because|since|as|due to|owing to|thanks to|driven by|led by|on the back of|helped by|hurt by|after|reflect\w*|result\w* (?:of|from)|attribut\w*"
    r"|caus\w*|reason\w*|stem\w*|so that|in order to)\b|因|由于|受益于|得益于|受.{0,12}影响|系|带动|拖累|驱动|源于",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?!\d+[.、]\s?|[^:：]*(?:19|20)\d\d)[^:：]{1,24}[:：]\s*\S"
)  # a heading that is a label with its value says nothing of what follows, unless it has a number or a year
_PERSON = re.compile(
    r"(?<![A-Za-z])[A-Z][a-zé’'-]+ (?:[A-Z]\. )?[A-Z][a-zé’'-]+|(?:董事长|总裁|经理|分析师|总监|主席|行长|女士|先生)"
)


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
    score: float = 0.0

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
    "holds", "full", "metric", "term", "asked", "name", "period", "untimely", "kind", "reason", "cosine", "rank", "ratio", "bias",
)  # fmt: skip


def weigh(index: Index, wanted: Wanted, hits: Hits) -> list[Statement]:
    """The statements of the evidence, the surest first."""
    places: list[tuple[int, Evidence, int, int]] = []
    for rank, item in enumerate(hits.evidence):
        places += [(rank, item, start, end) for start, end in split(item)]
        if len(places) >= MOST:
            break
    places = [place for place in places[: 2 * MOST] if not _is_title(*place[1:])]
    if not places:
        return []
    texts = [item.passage.text[start:end] for _, item, start, end in places]
    scale = _Scale(index, wanted, texts, max(hits.evidence[0].score, 1e-9))
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


class _Scale:
    """Weighs the statements of one question; remembers what it found out about each report and heading."""

    def __init__(self, index: Index, wanted: Wanted, texts: Sequence[str], top: float) -> None:
        self.index = index
        self.top = top
        self.wanted = wanted
        self.similar = _similar(wanted, texts)
        self.ways = [direction(piece.surface) if piece.kind != "name" else 0 for piece in wanted.focus]
        self._about: dict[str, frozenset[str]] = {}
        self._times: dict[str, tuple[Period | None, ...]] = {}

    def hold(self, place: tuple[int, Evidence, int, int], text: str) -> Statement:
        """What a statement holds of the focus."""
        rank, item, start, end = place
        terms = terms_of(text)
        near = terms | terms_of(_heading(item))
        wide = terms_of(item.passage.text) if len(item.passage.text) > end - start else frozenset()
        about = self.about(item.report)
        ways = self.ways
        own, holds = [], []
        for piece, way in zip(self.wanted.focus, ways, strict=True):
            alone = covered(piece, terms, self.similar)
            if way and alone < 1.0:
                alone = max(alone, _goes(text, way))
            own.append(alone)
            if alone < 1.0:
                title = METRIC_IN_TITLE if piece.kind == "metric" else IN_TITLE
                alone = max(alone, covered(piece, near, self.similar), title * covered(piece, about))
            if alone < WIDE and wide:
                alone = max(alone, WIDE * covered(piece, wide))
            if (
                piece.surface in self.wanted.reference
            ):  # it says which report is meant, and no statement of it more than others
                own[-1] = alone = covered(piece, self.index.report_terms(item.report.id))
            holds.append(alone)
        return Statement(rank, item, start, end, tuple(own), tuple(holds))

    def score(self, made: Statement, cosine: float) -> Statement:
        """The statement with its names, times and score."""
        item, text = made.evidence, made.text
        heading = _heading(item)
        terms = terms_of(item.passage.text) | terms_of(heading) | self.about(item.report)
        names = tuple(self.name(piece, terms, item.report) for piece in self.wanted.names)
        dated = self.times(item.report)
        times = tuple(
            time_held(piece, period, text, heading, item)
            for piece, period in zip(self.wanted.periods, dated, strict=True)
        )
        features = _features(
            self.wanted, replace(made, names=names, periods=times), text, cosine, item.score / self.top
        )
        return replace(made, names=names, periods=times, features=features, score=model(features))

    def about(self, report: Report) -> frozenset[str]:
        """Terms of what a report is called and who wrote it."""
        if report.id not in self._about:
            names = names_of(report)
            called = (report.title, report.broker or "", *report.companies, report.stem.replace("_", " "))
            self._about[report.id] = terms_of("\n".join((*called, *names.concepts, *names.tickers)))
        return self._about[report.id]

    def name(self, piece: Asked, terms: frozenset[str], report: Report) -> float:
        """Whether a statement is about a name: it or its report's title says so, or the rest of a short report does."""
        value = covered(piece, terms)
        if value >= ELSEWHERE or report.passages > SHORT_REPORT:
            return value
        return max(value, ELSEWHERE * float(covered(piece, self.index.report_terms(report.id)) == 1.0))

    def times(self, report: Report) -> tuple[Period | None, ...]:
        """The times asked for, as they count from the report's date where the question gives no year."""
        if report.id not in self._times:
            found = []
            for piece in self.wanted.periods:
                said = periods(piece.surface, report.date) if report.date and piece.period is None else ()
                found.append(piece.period or (said[0] if said else None))
            self._times[report.id] = tuple(found)
        return self._times[report.id]


def _goes(text: str, way: int) -> float:
    """How far a text speaks of a rise (1) or a fall (-1): wholly, among others, or not."""
    if direction(text) == way:
        return 1.0
    return MIXED if says(text, way) else 0.0


def _heading(item: Evidence) -> str:
    passage = item.passage
    parts = [heading for heading in passage.section if not _LABELLED.match(heading)]
    if passage.kind == "table":
        table = grid(passage.text)
        parts += [*table.title, *table.head]
    return "\n".join(parts)


def _similar(wanted: Wanted, texts: Sequence[str]) -> Callable[[str, Collection[str]], float]:
    """Cosine of a piece's word to the nearest word of a statement, looked up in one table made for all of them."""
    words = space()
    asked = {term for piece in wanted.focus if piece.kind != "number" for form in piece.forms for term in form}
    said = frozenset().union(*(terms_of(text) for text in texts))
    table = words.near(asked, said, MIN_SIMILARITY)

    def nearest(term: str, terms: Collection[str]) -> float:
        near = table.get(term)
        return max((value for other, value in near.items() if other in terms), default=0.0) if near else 0.0

    return nearest


def _features(wanted: Wanted, made: Statement, text: str, cosine: float, ratio: float) -> tuple[float, ...]:
    weights = weights_for(wanted, made)
    pieces = list(zip(wanted.focus, made.holds, weights, strict=True))
    return (
        _share(weights, made.holds),
        _share(weights, [float(value >= 0.9) for value in made.holds]),
        min((value for piece, value, _ in pieces if piece.kind == "metric"), default=1.0),
        min((value for piece, value, _ in pieces if piece.kind == "term"), default=1.0),
        min(len(wanted.focus), 5) / 5,
        (max if wanted.shape == "compare" or wanted.apart else min)(made.names, default=1.0),
        (max if wanted.shape == "compare" else min)(made.periods, default=1.0),
        float(untimely(wanted, made)),
        float(_is_kind(wanted, text)),
        float(wanted.shape == "why" and bool(_REASON.search(text))),
        cosine,
        1.0 / (1 + made.rank),
        ratio,
        1.0,
    )


def weights_for(wanted: Wanted, made: Statement) -> list[float]:
    """What each piece of the focus weighs for this statement."""
    if made.evidence.passage.language == wanted.language:
        return [piece.weight for piece in wanted.focus]
    return [
        piece.weight * (FOREIGN if piece.kind == "word" and len(piece.forms) == 1 else 1.0) for piece in wanted.focus
    ]


def _share(weights: Sequence[float], values: Sequence[float]) -> float:
    """Weighted mean (0..1); 1 where the question asks for nothing but names and times."""
    total = sum(weights)
    return sum(w * v for w, v in zip(weights, values, strict=True)) / total if total else 1.0


def untimely(wanted: Wanted, made: Statement) -> bool:
    """Whether the statement is of none of the times that the question names."""
    return bool(made.periods) and max(made.periods) < 0.25


def _is_kind(wanted: Wanted, text: str) -> bool:
    """Whether a text holds a value of the kind that is asked for."""
    if wanted.kind == "number":
        for period in said_periods(text, None):
            text = text.replace(period.surface, " ")
        return any(not _BARE_YEAR.match(match[0]) for match in _FIGURE.finditer(text)) or bool(_COUNT.search(text))
    if wanted.kind == "date":
        return bool(said_periods(text, None)) or bool(re.search(r"(?:19|20)\d\d|\d月", text))
    return wanted.kind is None or bool(_PERSON.search(text))


# Fitted by tools/fit_scoring.py: logistic regression (L2 0.5) on question sets with known places (the shipped ones, and 211
# questions on made-up reports that are not shipped); for each question the statement at its place is set against the
# three surest elsewhere, which also makes every answered question an unanswerable one without its place.
WEIGHTS: tuple[float, ...] = (1.87, 1.42, 0.79, 0.99, 1.55, 4.32, 1.87, -1.77, 1.73, 2.08, 1.11, 1.25, 2.74, -16.14)


def model(features: Sequence[float]) -> float:
    """How surely a statement answers, 0..1."""
    return float(1.0 / (1.0 + np.exp(-sum(w * f for w, f in zip(WEIGHTS, features, strict=True)))))
