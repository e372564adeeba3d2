"""Do the passages hold what the question asks for? Decided piece by piece, so that a refusal names what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from rag.answer import decided
from rag.answer.gaps import ALIKE, another, unheard_of
from rag.answer.kinds import NUMBERS
from rag.answer.premise import contradicted
from rag.answer.reordered import reordered
from rag.answer.report_facts import Fact, facts
from rag.answer.scoring import weigh
from rag.answer.sections import aspect_section, named_section
from rag.answer.statement import NAMED, PRESENT, Statement
from rag.answer.statement_model import untimely
from rag.answer.unsaid import THRESHOLD, unsaid
from rag.answer.wanted import Wanted, want
from rag.figures.figure import VALUES
from rag.figures.find import figures
from rag.language.words import terms_of
from rag.question.concepts import Asked
from rag.question.turn import Turn
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Hits, Index
from rag.types import Evidence

TRIED = 12  # statements looked at for one that leaves nothing open
SURE = 0.8  # score from which a statement goes before the section whose heading has the words of the question
_WHAT_WAS = re.compile(
    r"^\s*(?:what|how (?:much|many|big|large|high|low|fast))\s+(?:is|was|are|were|did|does|has|of)\b|多少|几何",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"\b(?:how (?:long|old|soon|far|many (?:more )?(?:years|months|weeks|days))|years|months|terms?|life|lives|maturit\w+|period|duration|age)\b|多久|几[年月天]|期限|年限",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?<!exchange )(?<!at what )rates?\b(?! of exchange)|\bmargins?\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\W*\(?\d{1,2}[.)]\s")  # the number of a note or an item
_TIMES = frozenset({"month", "day", "hour"})  # units of a time that something takes
_JOINED = re.compile(
    r"(?:\band\b|\bor\b|&|,|、|,|，|和|与|及|跟|还有)(?:\s*\b(?:its?|the|of|their|his|her|a|an|how many|how much|what|also|in)\b|的|其|有多少|多少)*\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``answerable``: whether to answer at all; ``score``: 0..1, how surely the best statement answers.

    ``missing``: the pieces of the question that no retrieved statement holds, the weightiest first; of an answerable
    question, those that the answer leaves out. ``wanted``: the question without them. ``statements``: the surest first.
    ``facts``: what the reports themselves are known to be, where that is the question; ``section``: the passages of the
    section that it asks for by its heading. ``arguable``: not sure enough, but near enough that a model that reads
    the passages may find the answer. ``parts``: the verdicts on the clauses of a question that asks several things.
    """

    answerable: bool
    score: float
    missing: tuple[Asked, ...] = ()
    wanted: Wanted | None = None
    statements: tuple[Statement, ...] = ()
    facts: tuple[Fact, ...] = ()
    section: tuple[Evidence, ...] = ()
    arguable: bool = False
    parts: tuple[Judgement, ...] = ()
    otherwise: Statement | None = None


def judge(index: Index, question: str, hits: Hits, turn: Turn | None = None) -> Judgement:
    """Weigh the statements of the evidence, and answer when one of the surest answers surely enough (``decided``).

    Where a question asks for several things or about several names and some of them stand nowhere, it is judged
    without these, and they are given back as missing. ``turn``: the follow-up that the question was completed from.
    """
    known = facts(index, question, hits)
    if known:
        return Judgement(True, 1.0, wanted=want(index, question), facts=known)
    wanted = want(index, question, turn)
    statements = weigh(index, wanted, hits)
    if not statements or not (wanted.focus or wanted.names or wanted.periods):
        return Judgement(False, 0.0, (*wanted.names, *wanted.focus, *wanted.periods), wanted)
    if wanted.kind == "date" and not (wanted.focus or wanted.periods):  # every statement on it has some date or none
        return Judgement(False, 0.0, wanted.names, wanted, tuple(statements))
    section = named_section(index, hits, wanted) or aspect_section(index, hits, wanted)
    if section and not _told_elsewhere(wanted, statements[0], section):
        return Judgement(True, 1.0, (), wanted, tuple(statements), section=section)
    lost = _lost(wanted, statements)
    reduced = _without(wanted, _separable(wanted, lost))
    if reduced is not wanted:
        statements = weigh(index, reduced, hits)
    timely = [statement for statement in statements if not untimely(reduced, statement)]
    if timely and timely[0].score >= THRESHOLD:
        statements = timely
    return _verdict(index, wanted, reduced, lost, statements)


def _told_elsewhere(wanted: Wanted, best: Statement, section: Sequence[Evidence]) -> bool:
    """Whether one fact is asked for, and a statement outside of a section whose heading has its words says it surely."""
    asked = terms_of(wanted.question)
    if any(terms_of(heading) <= asked for heading in section[0].passage.section):  # named as it stands
        return False
    inside = any(item.passage.id == best.evidence.passage.id for item in section)
    sure = best.score >= SURE and min((*best.own, *best.names), default=0.0) >= PRESENT
    return wanted.shape == "fact" and (not wanted.aspects or wanted.kind in NUMBERS) and not inside and sure


def _verdict(
    index: Index, wanted: Wanted, reduced: Wanted, lost: tuple[Asked, ...], statements: list[Statement]
) -> Judgement:
    """Whether the surest statements answer the question without those of its missing pieces that can be left out."""
    if _asks_figure(reduced, statements[0]):  # a list of measures names each of them, and gives none
        figured = list(dropwhile(lambda statement: not _gives_figure(reduced, statement), statements))
        if figured and figured[0].evidence.report.passages > SHORT_REPORT:
            figured = [s for s in figured if _gives_figure(reduced, s) or s.match >= ALIKE]
        if not figured:
            metrics = tuple(piece for piece in reduced.focus if piece.kind == "metric")
            return Judgement(False, 0.0, tuple(dict.fromkeys((*lost, *metrics))), wanted, tuple(statements))
        statements = figured
    statements = reordered(reduced, statements)
    best = statements[0].score
    if untimely(reduced, statements[0]):  # what another time was is no answer, however well it fits
        return Judgement(False, best, tuple(dict.fromkeys((*lost, *reduced.periods))), wanted, tuple(statements))
    if against := contradicted(reduced, statements):
        return Judgement(False, best, lost, wanted, tuple(statements), otherwise=against)
    return _weighed(index, wanted, reduced, lost, statements)


def _weighed(
    index: Index, wanted: Wanted, reduced: Wanted, lost: tuple[Asked, ...], statements: list[Statement]
) -> Judgement:
    """The verdict: all signs for and against the surest statements, weighed together."""
    sure, lacking = surety_of(index, reduced, statements[0])
    if sure < decided.LEAST or lacking:
        for place, other in enumerate(statements[1:TRIED], 1):
            if decided.at_most(other) < decided.LEAST or untimely(reduced, other):
                continue
            of_other, open_ = surety_of(index, reduced, other)
            if of_other >= decided.LEAST and of_other >= sure and not open_:
                sure, lacking, statements = of_other, (), statements[place:]
                break
    if sure >= decided.LEAST:
        left_out = tuple(piece for piece in lost if piece not in (*reduced.focus, *reduced.names))
        return Judgement(True, statements[0].score, left_out, reduced, tuple(statements))
    nowhere = unsaid(index, reduced, statements[0])
    lost = tuple(dict.fromkeys((*lost, *lacking, *nowhere.pieces))) or _weakest(wanted, statements[0])
    arguable = statements[0].score >= (THRESHOLD if lacking else nowhere.least)
    return Judgement(False, statements[0].score, lost, wanted, tuple(statements), arguable=arguable)


def surety_of(index: Index, wanted: Wanted, statement: Statement) -> tuple[float, tuple[Asked, ...]]:
    """How surely a statement answers, 0..1, and what it leaves open."""
    of_another, long = another(index, wanted, statement), statement.evidence.report.passages > SHORT_REPORT
    if of_another and (not long or wanted.kind == "person"):  # who is asked for is told or not
        return 0.0, tuple(of_another)
    lacking = tuple(unheard_of(index, wanted, statement))
    if long:
        return decided.surety_in_long(wanted, statement, lacking, of_another), (*lacking, *of_another)
    return decided.surety(index, wanted, statement, lacking), lacking


def _asks_figure(wanted: Wanted, best: Statement) -> bool:
    """Whether a question asks what a metric, or how much of something, was at some time; of a filing, whether it asks how much."""
    if best.evidence.report.passages > SHORT_REPORT and wanted.kind in NUMBERS and wanted.shape == "fact":
        return True
    asked = [piece for piece in wanted.focus if piece.kind == "metric"]
    if wanted.language == "en" and wanted.head:  # `what is the policy on dividends` asks for none
        asked = [piece for piece in asked if piece.surface in wanted.head]
    metric = bool(asked) or wanted.kind in NUMBERS
    return metric and bool(wanted.periods) and wanted.shape == "fact" and bool(_WHAT_WAS.search(wanted.question))


def _gives_figure(wanted: Wanted, statement: Statement) -> bool:
    """Whether a statement gives a figure; one of a filing, of the kind that is asked for, and no time that something takes."""
    if statement.evidence.report.passages <= SHORT_REPORT:
        return any(figure.kind in VALUES and not figure.soft for figure in figures(statement.text))
    table = statement.evidence.passage.kind == "table"
    found = [figure for figure in figures(_ITEM.sub("", statement.text)) if figure.kind in VALUES]
    if _RATE.search(wanted.question) and not table:
        found = [figure for figure in found if figure.kind in ("percent", "points")]
    found = [figure for figure in found if figure.unit not in _TIMES or _HOW_LONG.search(wanted.question)]
    of_kind = statement.of_kind or table or wanted.kind == "percent"
    return of_kind and any(not figure.soft or wanted.kind == "count" for figure in found)


def _lost(wanted: Wanted, statements: Sequence[Statement]) -> tuple[Asked, ...]:
    """The pieces that stand in no statement, names first, then what is asked, then times; the weightiest first."""
    found = []
    about = [s for s in statements if all(value >= NAMED for value in s.names)] or list(statements)
    for pieces, values in (
        (wanted.names, [s.names for s in statements]),
        (wanted.focus, [s.holds for s in about]),
        (wanted.periods, [s.periods for s in about]),
    ):
        best = [max((row[j] for row in values), default=0.0) for j in range(len(pieces))]
        absent = [piece for piece, value in zip(pieces, best, strict=True) if value < PRESENT]
        found += sorted(absent, key=lambda piece: -piece.weight)
    return tuple(found)


def _weakest(wanted: Wanted, best: Statement) -> tuple[Asked, ...]:
    """What the surest statement lacks, when every piece stands somewhere but never together."""
    pairs = (*zip(wanted.names, best.names, strict=True), *zip(wanted.focus, best.holds, strict=True))
    pairs = (*pairs, *zip(wanted.periods, best.periods, strict=True))
    return tuple(piece for piece, value in pairs if value < PRESENT)


def _separable(wanted: Wanted, lost: Sequence[Asked]) -> frozenset[str]:
    """Those of the missing pieces that are one of several things asked for side by side, by their surface."""
    chosen: set[str] = set()
    for pieces in (
        [piece for piece in wanted.focus if piece.kind in ("metric", "term")],
        list(wanted.names),
    ):
        absent = [piece for piece in pieces if piece in lost]
        kept = [piece for piece in pieces if piece not in lost]
        chosen.update(a.surface for a in absent if any(side_by_side(wanted.question, a, k) for k in kept))
    return frozenset(chosen)


def side_by_side(question: str, one: Asked, other: Asked) -> bool:
    """Whether the later of two pieces follows an `and`, a comma or the like, with only small words between."""
    at = sorted((question.lower().find(piece.surface.lower()), len(piece.surface)) for piece in (one, other))
    if at[0][0] < 0:
        return False
    between = question[at[0][0] + at[0][1] : at[1][0]]
    return len(between) <= 60 and bool(_JOINED.search(between))


def _without(wanted: Wanted, surfaces: frozenset[str]) -> Wanted:
    if not surfaces:
        return wanted
    focus = tuple(piece for piece in wanted.focus if piece.surface not in surfaces)
    names = tuple(piece for piece in wanted.names if piece.surface not in surfaces)
    return replace(wanted, focus=focus, names=names, dropped=surfaces)
