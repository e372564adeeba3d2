"""`What is the rating on X?`: what the library read of the one report that it can mean, where the search found something else.

The surest statement may speak of the rating or the target without giving it (`our target price is based on a DCF`). The
library knows both, and where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.citations import Draft
from rag.answer.extractive import stated
from rag.answer.judge import Judgement
from rag.answer.table_answer import grid
from rag.compare.asked.names import ASKS_RATING
from rag.language import lexicon
from rag.language.analysis import content_terms, fold
from rag.language.periods import periods
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.question.understand import understand
from rag.reports.names import broker_keys, called
from rag.search.retrieve import Hits, Index
from rag.types import Passage, Report
from rag.views.groups import groups
from rag.views.opinions import Opinions, current_views, has_view

MOST = 3  # reports; of more a table is made elsewhere
# A price, and not what a company wants to reach: `climate targets`.
_TARGET = re.compile(
    r"\b(?:target\s+prices?|price\s+(?:targets?|objectives?)|PT|TP)\b|['’]s\s+target\s+(?:for|on)\b|目标价",
    re.IGNORECASE,
)
_CALL = terms_of(
    "rating ratings rated rate target price prices pt tp objective investment stock share shares company recommendation recommendations current "
    "currently latest now today give gives given say says have has does do report reports note broker analyst set 评级 目标价 目标价格 投资评级 给出 多少 最新 目前 股票 公司 分析师 券商"
)
_ELSE = re.compile(
    r"\b(?:why|how|reasons?|previous\w*|prior|former\w*|earlier|before|old|from|new|changed?|rais\w+|cut|lower\w*|upgrad\w+|downgrad\w+|based|deriv\w+|imply|implied|upside|when|who|which|esg|credit|compar\w*|highest|lowest|all|list|if|bull|bear)\b"
    r"|为什么|为何|如何|怎么|原因|依据|上次|前次|此前|上调|下调|谁|哪|比较|所有|列出|信用|空间",
    re.IGNORECASE,
)


def held_call(index: Index, question: str, hits: Hits, verdict: Judgement) -> Opinions | None:
    """The rating or target price that is asked for and that the surest statement does not give; None for anything else."""
    wanted = [
        name
        for name, asks in (("rating", ASKS_RATING), ("target_price", _TARGET))
        if asks.search(question) and not _ELSE.search(question)
    ]
    if not wanted or periods(question) or verdict.facts:
        return None
    reports = _meant(index, question, hits)
    if any(not _is_all(question, report) for report in reports):
        return None
    if not reports or _is_told(verdict, reports, wanted):
        return None
    drafts = [draft for report in reports for draft in _drafts(index, report, wanted)]
    evidence = {item.passage.id: item for draft in drafts for item in draft.evidence}
    return Opinions(tuple(drafts), tuple(evidence.values())) if drafts else None


def unrated(index: Index, question: str, hits: Hits, verdict: Judgement) -> bool:
    """Whether a company's rating is asked for and neither its reports nor the surest statement have one.

    That a house's analyst asked a question in a call is no view of the house.
    """
    if not ASKS_RATING.search(question) or _ELSE.search(question) or not (verdict.answerable and verdict.statements):
        return False
    if verdict.facts or verdict.parts or verdict.section:
        return False
    chosen = (hits.understood or understand(question, reports=index.reports().values())).certain or frozenset()
    best = verdict.statements[0]
    heading = best.evidence.passage.section[-1] if best.evidence.passage.section else ""
    said = f"{heading} {best.text}"
    if best.evidence.report.id not in chosen or any(has_view(index.reports()[id_]) for id_ in chosen):
        return False
    return not (ASKS_RATING.search(said) or any(item.kind == "rating" for item in lexicon.expand(said)))


def _meant(index: Index, question: str, hits: Hits) -> list[Report]:
    """The newest report with a view of each broker on the company that a question names and asks nothing else of."""
    held = index.reports()
    understood = hits.understood or understand(question, reports=held.values())
    chosen = [held[id_] for id_ in understood.certain or () if id_ in held]
    asked = {key for broker in understood.brokers for key in broker_keys(broker.name)}
    chosen = [r for r in chosen if has_view(r) and (not asked or not asked.isdisjoint(broker_keys(r.broker or "")))]
    ids = {report.id for report in chosen}
    shelf = groups([report for report in held.values() if report.companies or report.tickers])
    about = [group for group in shelf if not ids.isdisjoint(report.id for report in group.reports)] if ids else []
    newest = current_views(about[0], ids) if len(about) == 1 else []
    return newest if len(newest) <= MOST else []


def _is_all(question: str, report: Report) -> bool:
    """Whether a question says nothing beside what the report is called and that it asks for the call: no other house."""
    return frozenset(content_terms(question)) <= called(report) | _CALL


def _is_told(verdict: Judgement, reports: Sequence[Report], wanted: Sequence[str]) -> bool:
    """Whether the surest statement is of one of these reports and gives what is asked for."""
    if not (verdict.answerable and verdict.statements):
        return False
    best = verdict.statements[0]
    report = next((report for report in reports if report.id == best.evidence.report.id), None)
    said = fold(best.text)
    return report is not None and all(not (word := _word(report, name)) or word in said for name in wanted)


def _word(report: Report, name: str) -> str:
    """A rating or target as a text would have it, folded; empty for none."""
    if name == "rating":
        return fold(report.rating or "")
    return f"{report.target_price:g}" if report.target_price is not None else ""


def _drafts(index: Index, report: Report, wanted: Sequence[str]) -> list[Draft]:
    sources = {found.name: found for found in report.provenance}
    made: dict[tuple[str, int], Draft] = {}
    for name in wanted:
        source = sources.get(name)
        if source is None or source.start is None or source.source == "user":
            continue
        passages = index.report_passages(report.id)
        passage = next((p for p in passages if p.start <= (source.start or 0) < p.end), None)
        if passage is None:
            continue
        start, end = _span(passage, source.start - passage.start)
        if not is_planted(passage.text, start, end):
            made[passage.id, start] = stated(report, passage, start, end, report.title)
    return list(made.values())


def _span(passage: Passage, at: int) -> tuple[int, int]:
    """The sentence or row in which a character stands."""
    if passage.kind == "table":
        spans = [(row.start, row.end) for row in grid(passage.text).rows]
    else:
        spans = list(sentences(passage.text))
    return next(((start, end) for start, end in spans if start <= at < end), (0, len(passage.text)))
