"""The answer to a question for what a report says as a whole: its own summary where it has one, else its telling sentences.

Without a model nothing is retold: sentences stand as they are, in the order of the report, and the main figures of a
filing behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from rag.answer.citations import Draft, evidence_of
from rag.answer.judge import Judgement
from rag.catalogue.answer import newest_first, timely, title_of, topic_of
from rag.language import analysis
from rag.language.embeddings import Encoder
from rag.lookup.answer import lookup
from rag.overview.choose import Said, business, describes, performance, telling
from rag.overview.question import Wanted, request
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.reports.names import called, company_terms
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index, reports_in, search
from rag.types import Evidence, Passage, Report
from rag.views.opinions import quoted

MOST = 5  # reports
SAID = {1: 6, 2: 3, 3: 2}  # sentences of each of so many reports; of more one
FOUND = 20  # passages in which a figure is looked up
CONTEXT = 12  # passages that go along as evidence, for a model to sum up
_FIGURES = {
    "en": ("What was total revenue?", "What was net income?", "What was net cash provided by operating activities?"),
    "zh": ("营业收入是多少?", "净利润是多少?", "经营活动产生的现金流量净额是多少?"),
}


@dataclass(frozen=True, slots=True)
class Overview:
    """``drafts``: what the reports say, newest report first; ``notes``: how many more fit."""

    drafts: tuple[Draft, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()


def overview(index: Index, encoder: Encoder, question: str, scope: frozenset[str] | None = None) -> Overview | None:
    """What the reports that a question means say as a whole; None where it asks for something else, or none fits.

    ``scope``: report ids to choose from, None for all.
    """
    wanted = request(question)
    if wanted is None:
        return None
    held = reports_in(index, scope)
    concepts, when = topic_of(wanted.topic)
    if not (wanted.document or concepts):
        return None
    known = called if wanted.document else _named(concepts)
    fitting = [
        report
        for report in held
        if timely(report, wanted.topic, when) and all(covered(piece, known(report)) == 1.0 for piece in concepts)
    ]
    shown = newest_first(fitting)[:MOST]
    if wanted.wanted != "whole":
        if not concepts and len(shown) > 1:
            return None  # of which company is not said
        shown = shown[:1] if any(report.passages > SHORT_REPORT for report in shown) else shown
    chosen = _chosen(index, wanted.wanted, fitting if wanted.wanted == "business" else shown, question)
    chinese = analysis.language(question) == "zh"
    drafts = [draft for report, said in chosen for draft in _written(report, said, chinese, len(chosen) > 1)]
    if len(shown) == 1 and shown[0].passages > SHORT_REPORT and wanted.wanted != "business":
        drafts += _figures(index, encoder, shown[0])
    if not drafts:
        return None
    return Overview(tuple(drafts), evidence_of(drafts), _notes(len(fitting), len(held), chinese))


def says_nothing_of_it(question: str, verdict: Judgement) -> bool:
    """Whether a question only names something (`What does the Fed do?`) and the surest statement does not say what it does."""
    wanted = request(question)
    if wanted is None or wanted.wanted != "business" or not wanted.topic or verdict.wanted is None:
        return False
    topic = wanted.topic.lower()
    if not verdict.statements or any(piece.surface.lower() not in topic for piece in verdict.wanted.focus):
        return False
    return not describes(verdict.statements[0].text)


def context(index: Index, known: Overview) -> tuple[Evidence, ...]:
    """What is quoted, and the next telling passages of its reports, for a model to sum up."""
    reports = {item.report.id: item.report for item in known.evidence}
    found = {item.passage.id: item for item in known.evidence}
    for report in reports.values():
        for said in telling(index, report, CONTEXT // len(reports)):
            found.setdefault(said.passage.id, Evidence(said.passage, report, 0.9))
    return tuple(found.values())


def _chosen(index: Index, wanted: Wanted, reports: Sequence[Report], question: str) -> list[tuple[Report, list[Said]]]:
    """What is quoted of each report; for what a business is, of the longest that says so, which is likeliest to."""
    if wanted == "business":
        longest = sorted(reports, key=lambda report: (-report.passages, report.id))
        described = ((report, business(index, report, SAID[1])) for report in longest)
        return [*islice(((report, said) for report, said in described if said), 1)]
    most = SAID.get(len(reports), 1)
    if wanted == "performance":
        return [(report, performance(index, report, most)) for report in reports]
    return [(report, telling(index, report, most, question)) for report in reports]


def _named(concepts: Sequence[Asked]) -> Callable[[Report], frozenset[str]]:
    """By what a report must be called where only a name is given: a company it is on, or any name that is known as one."""
    return called if all(piece.kind == "name" for piece in concepts) else company_terms


def _figures(index: Index, encoder: Encoder, report: Report) -> list[Draft]:
    """The main figures of a report with statements, each with its row."""
    made: list[Draft] = []
    for question in _FIGURES[report.language]:
        hits = search(index, encoder, question, limit=FOUND, scope=frozenset({report.id}))
        if (found := lookup(index, question, hits)) and len(found.drafts) == 1:
            made += [draft for draft in found.drafts if draft.status == "supported"]
    return made


def _written(report: Report, said: Sequence[Said], chinese: bool, several: bool) -> list[Draft]:
    """A draft for each sentence; of ``several`` reports each begins with its title."""
    made = []
    for place, (passage, start, end) in enumerate(joined(said)):
        lead = f"{title_of(report, chinese)}{':' if chinese else ': '}" if several and place == 0 else ""
        made.append(quoted(report, passage, start, end, lead))
    return made


def joined(said: Sequence[Said]) -> list[tuple[Passage, int, int]]:
    """What is quoted, clauses of one sentence together: what ends in a semicolon and what follows it."""
    found: list[tuple[Passage, int, int]] = []
    for each in said:
        if found:
            passage, start, end = found[-1]
            follows = passage.id == each.passage.id and not passage.text[end : each.start].strip()
            if follows and passage.text[start:end].rstrip()[-1:] in ";；":
                found[-1] = (passage, start, each.end)
                continue
        found.append((each.passage, each.start, each.end))
    return found


def _notes(fitting: int, held: int, chinese: bool) -> tuple[str, ...]:
    if fitting <= MOST:
        return ()
    if chinese:
        return (f"{held}份报告中有{fitting}份符合,以上是最新的{MOST}份;写明报告或公司,可得到其要点。",)
    return (
        f"{fitting} of {held} reports fit; these are the {MOST} newest. Name a report or a company for its main points.",
    )
