"""What is found for a question before anything is written: evidence and its judgement, figures, views, a comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.answer.judge import Judgement
from rag.answer.kinds import NUMBERS
from rag.answer.statement import PRESENT
from rag.answer.table_answer import grid
from rag.catalogue.answer import Listed
from rag.compare.asked.sides import sides
from rag.compare.asked.wanted import wanted_of
from rag.compare.comparison import Comparison, compare
from rag.compare.told.verdict import asks_order
from rag.figures.figure import VALUES
from rag.figures.find import figures
from rag.language import analysis, lexicon
from rag.language.periods import periods
from rag.language.words import terms_of
from rag.lookup.answer import Found, lacking, lookup, told
from rag.overview.across import across
from rag.overview.ahead import ahead
from rag.overview.answer import Overview, overview, says_nothing_of_it
from rag.overview.listing import asks_changes, listing
from rag.overview.officers import officer, runs
from rag.overview.screen import screen
from rag.overview.spoken import spoken
from rag.overview.stances import stances
from rag.question.compound import judged
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.question.part import is_said, part_asked
from rag.question.turn import Turn
from rag.search.retrieve import Hits, Index, reports_in
from rag.views.calls import calls
from rag.views.held_call import held_call, unrated
from rag.views.opinions import Opinions, opinions

if TYPE_CHECKING:
    from collections.abc import Callable

    from rag.library import Library

_HOW_MUCH = re.compile(r"\bhow (?:much|many)\b|\bby what\b|\bdifference\b|多少|相差|差额", re.IGNORECASE)
SEARCHED = 20  # passages taken from retrieval

Known = Comparison | Opinions | Found | Overview
"""What answers as it is."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What is found before anything is written. ``raw``: the hits with what only speaks to a model.

    ``known``: figures looked up, views or a comparison, which answer as they are; ``nothing``: it is certain that no
    report says what is asked.
    """

    raw: Hits
    hits: Hits
    verdict: Judgement
    known: Known | None
    nothing: bool


def searched(
    library: Library,
    question: str,
    scope: frozenset[str] | None,
    listed: Listed | None,
    lap: Callable[[str], None],
    turn: Turn | None = None,
) -> Searched:
    """Search, judge, look up and compare. ``listed``: what a list of reports had to say; ``lap`` is told each stage.

    ``turn``: the follow-up that the question was completed from, if it was.
    """
    index, encoder = library.index, library.encoder
    raw, hits, verdict = judged(index, encoder, question, limit=SEARCHED, scope=scope, turn=turn)
    lap("judge")
    whole = None if listed is not None else _whole(library, question, scope)
    if whole is not None:
        return Searched(raw, _in_front(hits, whole), verdict, whole, False)
    views = opinions(index, question, scope) or stances(index, question, scope)
    views = views or calls(index, question, scope)
    nothing = listed is not None or (views is not None and not views.drafts)
    found = None if views or nothing else (told if verdict.parts else lookup)(index, question, hits)
    known: Known | None = found or views
    if not (nothing or known or verdict.parts or _why(verdict)):
        table = compare(index, encoder, question, scope)
        says = table and (table.complete or _is_all_there_is(verdict, table)) and (verdict.answerable or table.sure)
        known = table if table and says and not _told_at_once(verdict, table) else None
        known = None if isinstance(known, Comparison) and _gives_none(verdict, known) else known
        known = known or calls(index, question, scope, side_by_side=True)
        nothing = table is None and known is None and _of_the_whole(index, question, scope, hits, verdict)
    elif found and not verdict.parts and asks_order(question) and (table := compare(index, encoder, question, scope)):
        told_of = table.full and len(table.drafts) > 1 and table.sides[0].kind != "period"
        told_of = told_of and not _works_out(found, question)
        known = table if told_of else known  # it says who has more; two times are set against each other by the lookup
    elif (found and _lacks(found, question)) or (verdict.parts and not nothing and not known):
        table = compare(index, encoder, question, scope)
        known = table if table and table.full and (found or (table.sure and len(table.aspects) == 1)) else known
    if known is None and not nothing and not verdict.parts:
        known = held_call(index, question, hits, verdict)
        if known is None and (runs(question) or not verdict.answerable):
            known = officer(index, question, scope)
    elif isinstance(known, Found):
        known = officer(index, question, scope, listed=True) or known
    if known is None and not nothing and (unsaid := _unsaid(index, question, hits, verdict)):
        nothing, verdict = True, replace(verdict, missing=(Asked(unsaid, "term", ((unsaid,),), 1.0),))
    lap("compare")
    return Searched(raw, _in_front(hits, known), verdict, known, nothing)


def _whole(library: Library, question: str, scope: frozenset[str] | None) -> Known | None:
    """What answers a question for turns of a call, rows of ratings, companies by a figure, or a report as a whole."""
    index = library.index
    found: Known | None = spoken(index, question, scope) or listing(index, question, scope)
    found = found or ahead(index, question, scope) or across(index, question, scope)
    return found or screen(index, library.encoder, question, scope) or overview(index, library.encoder, question, scope)


def _unsaid(index: Index, question: str, hits: Hits, verdict: Judgement) -> str:
    """What is asked for and certainly not said, although there is a statement on its subject; empty for nothing."""
    chinese = analysis.language(question) == "zh"
    if unrated(index, question, hits, verdict):
        return "评级" if chinese else "rating"
    if asks_changes(question):  # those that there are have been listed
        return "评级调整" if chinese else "rating change"
    if says_nothing_of_it(question, verdict):
        return "主营业务" if chinese else "what it does"
    return lacking(index, question, hits, verdict.statements[0].text if verdict.statements else "")


def _in_front(hits: Hits, known: Known | None) -> Hits:
    """The evidence with that of each side of a comparison, or of each figure, in front, so that none goes without."""
    if known is None:
        return hits
    cover = {item.passage.id: (row, own) for item, row, own in zip(hits.evidence, hits.cover, hits.own, strict=True)}
    nothing = (0.0,) * len(hits.concepts)
    first = {item.passage.id: item for item in known.evidence}
    evidence = (*first.values(), *(item for item in hits.evidence if item.passage.id not in first))
    rows = [cover.get(item.passage.id, (nothing, nothing)) for item in evidence]
    return replace(hits, evidence=evidence, cover=tuple(row for row, _ in rows), own=tuple(own for _, own in rows))


def _why(verdict: Judgement) -> bool:
    """Whether the question asks for a reason: `why were sales lower in May than in April` wants no table, found or not."""
    return verdict.wanted is not None and verdict.wanted.shape == "why"


def _works_out(found: Found, question: str) -> bool:
    """Whether a question asks how much, and the figures are set against each other: a table of them would only show them."""
    return bool(_HOW_MUCH.search(question)) and any(" = " in draft.text for draft in found.drafts)


def _lacks(found: Found, question: str) -> bool:
    """Whether a question names metrics that the figures which were looked up say nothing of."""
    asked = {item.canonical for item in lexicon.expand(question) if item.kind in ("metric", "line_item")}
    told = {item.canonical for draft in found.drafts for item in lexicon.expand(draft.text)}
    return len(asked) > 1 and not asked <= told


def _of_the_whole(index: Index, question: str, scope: frozenset[str] | None, hits: Hits, verdict: Judgement) -> bool:
    """Whether a part is compared and the best statement gives the whole: all sales are none of those `from mirrors`."""
    part = part_asked(question, hits.concepts, before=True)
    shelf = reports_in(index, scope)
    named = sides(question, shelf) if part and verdict.statements else ()
    if len(named) < 2 or named[0].kind not in ("company", "broker"):
        return False
    best = verdict.statements[0].evidence
    side = next((side for side in named if any(best.report.id in tier for tier in side.tiers)), named[0])
    left = [
        piece for piece in wanted_of(part, side, best.report) if not any(piece.surface in s.name.lower() for s in named)
    ]
    said = terms_of("\n".join((verdict.statements[0].text, *best.passage.section)))
    return not is_said(left, [covered(piece, said) for piece in left])


def _is_all_there_is(verdict: Judgement, compared: Comparison) -> bool:
    """Whether the one side that says anything says what would be answered anyway: then the table tells who says nothing."""
    best = verdict.statements[0].evidence.passage.id if verdict.statements else ""
    named = compared.sides[0].kind in ("company", "broker") and all(side.name for side in compared.sides)
    return named and compared.found == 1 and any(item.passage.id == best for item in compared.evidence)


def _gives_none(verdict: Judgement, compared: Comparison) -> bool:
    """Whether a figure is asked for, no statement answers, and the table has none either: `how big were A and B` is no comparison."""
    asks = verdict.wanted is not None and verdict.wanted.kind in NUMBERS
    told = (figure.kind in VALUES for draft in compared.drafts for figure in figures(draft.text))
    return asks and not verdict.answerable and not any(told)


def _told_at_once(verdict: Judgement, compared: Comparison) -> bool:
    """Whether one statement says all that is asked of every time: a table of times would only take it apart.

    Of other things, where the comparison gives nothing but the statement that answers anyway.
    """
    if not (verdict.answerable and verdict.statements):
        return False
    best = verdict.statements[0]
    if any(side.kind != "period" for side in compared.sides):
        said = {item.passage.id for item in compared.evidence}
        return compared.full and len(compared.drafts) == 1 and said == {best.evidence.passage.id}
    if len(best.periods) < 2 or min(best.periods) < 1.0 or min(best.holds, default=1.0) < PRESENT:
        return False
    passage = best.evidence.passage
    heads = " ; ".join(grid(passage.text).head) if passage.kind == "table" else ""
    said = {period.label for period in periods(f"{best.text} ; {heads}", best.evidence.report.date)}
    return all(side.period is None or side.period.label in said for side in compared.sides)
