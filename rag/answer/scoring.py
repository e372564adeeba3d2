"""The statements of the retrieved passages, each weighed against what the question wants.

A statement is a sentence, a short passage, or a row of a table with its title and heads. What it holds of the question
is counted piece by piece; one small linear model turns the counts into how surely the statement answers. The same number
chooses the statements of an answer and decides on refusal, so that nothing is refused that would be quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer.continued import told_before
from rag.answer.held import APART, BASE, Probe, probes
from rag.answer.matched import matched
from rag.answer.only_feared import left_of
from rag.answer.roles import is_role
from rag.answer.statement import NAMED, PRESENT, Statement, heading_of, is_title, split
from rag.answer.statement_model import FEATURES, features_of, model, share, weights_for
from rag.answer.statement_times import LAGGED, UNDATED, time_held
from rag.answer.wanted import Wanted
from rag.answer.whose import (
    OTHERS,
    has_section,
    is_bare_index,
    leads_others,
    of_another,
    of_the_trade,
    only_set_against,
    subject_headings,
)
from rag.language import lexicon
from rag.language.analysis import without_article
from rag.language.embeddings import vector
from rag.language.periods import Period, periods
from rag.language.sisters import sister
from rag.language.words import terms_of
from rag.llm.planted import asks_of_them, is_planted, speaks
from rag.question.aspects import SAID
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.question.rise_fall import beside as apart_from
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Hits, Index
from rag.types import Evidence, Report

CLOSER = 40  # of these, the ones whose names and times are looked at
IN_TITLE = 0.7  # coverage of a piece that stands in the report's title alone, which says what the report is about
WITH_TITLE = 0.9  # ... of which the statement says a part and the title the rest
METRIC_IN_TITLE = 0.4  # ... and of a metric: a title does not give its value
SPLIT = 0.6  # coverage of a metric of which the statement says a part and its heading the rest: `operations`, `gross margin`
WIDE = 0.7  # coverage of a piece that stands elsewhere in the same long passage or table
MOST = 120  # statements weighed; the rest of the evidence is too far down to matter
IN_TABLE = 0.6  # ... in another row of the table
ELSEWHERE = 0.85  # coverage of a name that stands in one of the first passages of a short report
SUBJECTS = frozenset({"place", "sector", "product"})  # kinds of the lexicon
TITLED = 0.93  # ... and of a sector or product that its title has and the statement has not
OF_OTHER = 0.4  # coverage of a rise or fall by a statement that has nothing else of what is asked
FRONT = 3  # ... of which there are so many
IN_FRONT = 0.7  # ... and of a place, sector or product that the question is about
MENTIONED = 0.5  # ... and of one that only another passage names
OF_ASPECT = 0.9  # least share of the best retrieval score of a statement of the aspect that is asked for


def weigh(index: Index, wanted: Wanted, hits: Hits) -> list[Statement]:
    """The statements of the evidence, the surest first."""
    places: list[tuple[int, Evidence, int, int]] = []
    for rank, item in enumerate(hits.evidence):
        places += [(rank, item, start, end) for start, end in split(item)]
        if len(places) >= MOST:
            break
    places = [place for place in places[: 2 * MOST] if not is_title(*place[1:])]
    if speaks(wanted.question) or not asks_of_them(wanted.question):
        places = [place for place in places if not is_planted(place[1].passage.text, *place[2:])]
    if not places:
        return []
    texts = [item.passage.text[start:end] for _, item, start, end in places]
    scale = _Scale(index, wanted, texts, hits.evidence)
    held = [scale.hold(place, text) for place, text in zip(places, texts, strict=True)]
    held.sort(key=lambda s: (-share(weights_for(wanted, s), s.holds) - 1.5 / (1 + s.rank), s.rank, s.start))
    closer = held[:CLOSER]
    cosines = _cosines(wanted.question, [statement.text for statement in closer])
    found = [scale.score(statement, cosine) for statement, cosine in zip(closer, cosines, strict=True)]
    found.sort(key=lambda s: (-s.score, s.rank, s.start))
    return matched(wanted, found)


def _capped(row: tuple[float, float, float]) -> tuple[float, float, float]:
    """What a statement holds of a rise that is one of something else: hardly more than the word."""
    own, near, whole = (min(value, OF_OTHER) for value in row)
    return own, near, whole


def _cosines(question: str, texts: Sequence[str]) -> list[float]:
    """How near each text is to the question in the built-in embedding, whatever model embeds the passages."""
    asked = vector(question)
    return [float(vector(text) @ asked) for text in texts]


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
        self._headings: dict[str, tuple[frozenset[str], ...]] = {}
        meant = [item for item in evidence if self.meant(item.report)]
        kinds = {found.surface: found.kind for found in lexicon.expand(wanted.question)}
        self.subjects = frozenset(p.surface for p in wanted.focus if kinds.get(p.surface) in SUBJECTS)
        self.topics = frozenset(p.surface for p in wanted.names if kinds.get(p.surface) in SUBJECTS) | wanted.topics
        self.ranks = {item.passage.id: rank for rank, item in enumerate(meant)}
        self.top = max(evidence[0].score, 1e-9)
        # whom it is asked of goes without saying where only one short report is searched
        reports = {item.report.id: item.report for item in evidence}
        self.unnamed = float(len(reports) == 1 and all(each.passages <= SHORT_REPORT for each in reports.values()))
        self.top_meant = max((item.score for item in meant), default=self.top)

    def meant(self, report: Report) -> bool:
        """Whether a report is on the sector or product that the question is about."""
        topics = [piece for piece in self.wanted.names if piece.surface in self.wanted.topics]
        return bool(topics) and all(piece.said_by(called(report)) for piece in topics)

    def hold(self, place: tuple[int, Evidence, int, int], text: str) -> Statement:
        """What a statement holds of the focus."""
        rank, item, start, end = place
        heading = self.heading(item, start)
        wide = terms_of(item.passage.text) if len(item.passage.text) > end - start else frozenset()
        said = _Said(text, heading, terms_of(without_article(text)), terms_of(heading), wide, called(item.report))
        rows = [self._held(probe, item.report, said) for probe in self.probes]
        bare = [bool(probe.way) and not apart_from(probe.piece.surface) for probe in self.probes]
        if any(bare) and not all(bare) and all(r[2] < PRESENT for r, only in zip(rows, bare, strict=True) if not only):
            rows = [_capped(row) if only else row for row, only in zip(rows, bare, strict=True)]
        if item.report.passages > SHORT_REPORT and item.passage.language == "zh":
            rows = [
                (row[0],) * 3 if is_role(self.wanted, probe.piece) else row
                for row, probe in zip(rows, self.probes, strict=True)
            ]
        own, beside, holds = (tuple(row[place] for row in rows) for place in range(3))
        return Statement(rank, item, start, end, own, holds, near=beside)

    def _held(self, probe: Probe, report: Report, said: _Said) -> tuple[float, float, float]:
        """What a statement holds of one piece: alone, with its heading, and with what its passage and report say."""
        if probe.piece.surface in self.wanted.reference:
            # it says which report is meant, and no statement of it more than others
            there = covered(probe.piece, self.index.report_terms(report.id, probe.piece.terms))
            return there, there, there
        alone = probe.find(said.terms)
        if alone == 1.0 and (probe.is_base(said.text) or probe.of_other(said.text)):
            return BASE, BASE, BASE
        if alone == 1.0 and probe.apart(said.text):  # its words stand in other things, whatever the heading adds
            return APART, APART, APART
        own = alone if alone == 1.0 else max(alone, probe.goes(said.text))
        beside = own
        if own < 1.0:
            beside = max(own, self._with_heading(probe, said), float(probe.headed(said.heading)))
        whole, metric, near = beside, probe.piece.kind == "metric", said.terms | said.above
        # that a title speaks of a rise says nothing of what a statement rises
        title = 0.0 if probe.way and not apart_from(probe.piece.surface) else probe.find_plain(said.called)
        if whole < PRESENT and probe.piece.surface in self.subjects and self.elsewhere(probe.piece, near, report):
            return own, beside, whole
        if whole < 1.0:
            whole = max(whole, (METRIC_IN_TITLE if metric else IN_TITLE) * title)
        if 0.0 < whole < WITH_TITLE and not metric and title < 1.0 and probe.find_plain(near):
            whole = WITH_TITLE if probe.find_plain(near | said.called) == 1.0 else whole
        if whole < WIDE and said.wide:
            whole = max(whole, WIDE * probe.find_plain(said.wide))
        if whole < IN_FRONT and probe.piece.surface in self.subjects and report.passages <= SHORT_REPORT:
            whole = max(whole, IN_FRONT * probe.find_plain(self.front(report)))
        return own, beside, whole

    def heading(self, item: Evidence, start: int) -> str:
        """What stands above a statement, and what it goes on with."""
        return "\n".join((heading_of(item), told_before(self.index, item, start)))

    @staticmethod
    def _with_heading(probe: Probe, said: _Said) -> float:
        value = probe.find(said.terms | said.above)
        return SPLIT if value == 1.0 and probe.piece.kind == "metric" and probe.find(said.above) < 1.0 else value

    def score(self, made: Statement, cosine: float) -> Statement:
        """The statement with its names, times and score."""
        item, text = made.evidence, made.text
        heading = self.heading(item, made.start)
        beside = terms_of(heading) | called(item.report)
        own, whole = terms_of(text) | beside, terms_of(item.passage.text) | beside
        row = item.passage.kind == "table"
        said = terms_of(text) | terms_of(heading)
        names = tuple(
            max(covered(piece, own), IN_TABLE * self.name(piece, whole, item.report))
            if row
            else min(self.name(piece, whole, item.report), self.topical(piece, said), self.owned(piece, made, said))
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
        features = features_of(self.wanted, placed, text, cosine, ratio)
        kind = bool(features[FEATURES.index("kind")])
        score = model(features) * left_of(self.wanted, text, heading)
        return replace(made, names=names, periods=times, features=features, score=score, of_kind=kind)

    def of_aspect(self, made: Statement) -> bool:
        """Whether a statement is of every aspect that is asked for, and of what it is asked of."""
        held = [
            value
            for piece, value in zip(self.wanted.focus, made.holds, strict=True)
            if piece.surface in self.wanted.aspects
        ]
        return bool(held) and min(held) >= SAID and min(made.names, default=self.unnamed) >= ELSEWHERE

    def time(self, piece: Asked, period: Period | None, text: str, heading: str, item: Evidence) -> float:
        """Whether a statement is of a time; in a short report that starts with it, one that names none is likely to be."""
        value = time_held(piece, period, text, heading, item)
        if value != UNDATED or item.report.passages > SHORT_REPORT:
            return value
        start = self.front(item.report) | called(item.report)
        return LAGGED if covered(piece, start) == 1.0 else value

    def elsewhere(self, piece: Asked, said: frozenset[str], report: Report) -> bool:
        """Whether a report has a section on a name, and a statement with these terms is neither in it nor names it."""
        if report.passages > SHORT_REPORT or piece.said_by(said):
            return False
        if report.id not in self._headings:
            self._headings[report.id] = subject_headings(self.index.report_passages(report.id))
        return has_section(piece, self._headings[report.id], report)

    def owned(self, piece: Asked, made: Statement, said: frozenset[str]) -> float:
        """The most that a name counts: next to nothing where a statement is on another one of several."""
        item = made.evidence
        topic = piece.surface in self.wanted.topics
        if topic and sister(piece.forms[0], terms_of(made.text)):  # new homes, asked for second-hand ones
            return OTHERS
        above = terms_of(heading_of(item)) | (frozenset() if topic else called(item.report))
        if only_set_against(piece, made.text) and not piece.said_by(above):
            return OTHERS
        said = said | terms_of(item.passage.text)
        if piece.said_by(said):
            return 1.0
        another = not topic and of_another(piece, made.text, item.report)
        another = another or self.elsewhere(piece, said, item.report)
        another = another or (
            piece.surface not in self.topics
            and leads_others(self.index, piece, item)
            and not is_bare_index(piece, made.text)
        )
        trade = piece.surface not in self.topics and of_the_trade(piece, made.text, item.passage.section)
        return OTHERS if another else NAMED if trade else 1.0

    def topical(self, piece: Asked, said: frozenset[str]) -> float:
        """The most that a sector or product counts: a title that has it says nothing of one statement more than of others."""
        return 1.0 if piece.surface not in self.wanted.topics or covered(piece, said) >= ELSEWHERE else TITLED

    def name(self, piece: Asked, terms: frozenset[str], report: Report) -> float:
        """Whether a statement is about a name: it or its report's title says so, or what a short report starts with does."""
        value = covered(piece, terms)
        if value >= ELSEWHERE or report.passages > SHORT_REPORT or any(char.isdigit() for char in piece.surface):
            return value
        if covered(piece, self.index.report_terms(report.id, piece.terms)) < 1.0:
            return value
        # what a report starts with says that it is about its company, not about a product that is asked for beside it
        of_company = any(other.said_by(called(report)) for other in self.wanted.names)
        if covered(piece, self.front(report)) == 1.0 and not of_company:
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
