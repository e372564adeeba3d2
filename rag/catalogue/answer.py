"""The answer to a question for reports: each report that fits, with what it says of the topic, newest first.

A report fits by its title, broker, companies or file where one does so, else by what its passages hold; a period is that
in which it was published, or its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.answer.citations import Draft, evidence_of
from rag.answer.extractive import checked, clean
from rag.catalogue.question import Request, request
from rag.language import analysis
from rag.language.periods import Period, periods
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted_hits import quotable
from rag.question.concepts import Asked, asked
from rag.question.coverage import covered
from rag.question.match import time_fit
from rag.reports.names import called, names_of
from rag.search.retrieve import Index
from rag.store.rows import passage_id
from rag.types import Evidence, Passage, Report
from rag.views.groups import groups
from rag.views.opinions import calls_of, has_view

MOST = 20  # reports that are listed
LONGEST = 240  # characters of what a report is quoted with
TELLING = 5  # different terms from which a sentence says something
_DATELINE = 14  # different terms of a line that gives a report's date, at most
_FIRST = 8  # passages in which the first that can be quoted is looked for
_OPEN = re.compile(r"\b(since|after|before|until|till|up to)\s+$|(?:自|从)$", re.IGNORECASE)
_OPEN_AFTER = re.compile(r"\s*(以来|以后|之后|起|以前|之前)")
_WHEN = re.compile(
    r"\b(?:since|after|before|until|till|up to|during)\b|以来|以后|之后|以前|之前|[自从]$", re.IGNORECASE
)
_UNTIL = frozenset("before until till 以前 之前".split()) | {"up to"}


@dataclass(frozen=True, slots=True)
class Listed:
    """``drafts``: a sentence for each report; ``notes``: how many there are, and in what order."""

    topic: str
    drafts: tuple[Draft, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()


def catalogue(
    index: Index, question: str, scope: frozenset[str] | None = None, today: date | None = None
) -> Listed | None:
    """The reports that a question asks for, none where no report fits; None when it asks for something else.

    ``scope``: report ids to choose from, None for all.
    """
    wanted = request(question)
    held = {id_: report for id_, report in index.reports().items() if scope is None or id_ in scope}
    if wanted is None or not held:
        return None
    chinese = analysis.language(question) == "zh"
    if wanted.wanted in ("brokers", "companies") and not wanted.topic:
        return _grouped(index, wanted, [*held.values()], chinese)
    concepts, when = topic_of(wanted.topic, today)
    timed = [report for report in held.values() if timely(report, wanted.topic, when)]
    fitting, others = _fitting(index, wanted, concepts, timed)
    if wanted.wanted == "brokers":  # who covers something: in its title, and by a name
        fitting = [report for report in fitting if all(covered(piece, called(report)) == 1.0 for piece in concepts)]
        if any(report.broker for report in fitting):
            return _grouped(index, wanted, fitting, chinese)
    if wanted.wanted == "latest":
        fitting = [report for report in fitting if report.date is not None]
    if not fitting:
        return Listed(wanted.topic)
    shown = fitting[: 1 if wanted.wanted == "latest" else MOST]
    made = [_row(index, report, concepts, chinese) for report in shown]
    drafts = [draft for draft in made if draft is not None]
    evidence = evidence_of(drafts)
    if wanted.wanted == "count":
        drafts.insert(0, _counted(wanted, len(fitting), len(held), chinese))
    notes = () if wanted.wanted == "latest" else _notes(len(fitting), others, chinese)
    return Listed(wanted.topic, tuple(drafts), evidence, notes)


def topic_of(topic: str, today: date | None = None) -> tuple[tuple[Asked, ...], tuple[Period, ...]]:
    """What the reports have to name, and when they have to be of."""
    today = today or date.today()
    when = periods(topic, today)
    for period in reversed(when):
        start, end = period.span
        topic = f"{_WHEN.sub(' ', topic[:start])} {_WHEN.sub(' ', topic[end:])}"
    return tuple(piece for piece in asked(topic, today) if piece.kind != "period"), when


def timely(report: Report, topic: str, when: Sequence[Period]) -> bool:
    """Whether a report is of all times that a topic names, by its date or what it covers."""
    return all(_is_of(report, topic, period) for period in when)


def _is_of(report: Report, topic: str, period: Period) -> bool:
    start, end = period.span
    if word := _OPEN.search(topic[:start]) or _OPEN_AFTER.match(topic, end):
        if report.date is None:
            return False
        until = (word[1] or "").lower() in _UNTIL
        return report.date < period.start if until else report.date >= period.start
    if report.date is not None and period.holds(report.date):
        return True
    return time_fit(period, report, names_of(report)) >= 1.0


def _fitting(
    index: Index, wanted: Request, concepts: Sequence[Asked], reports: Iterable[Report]
) -> tuple[list[Report], int]:
    """The reports on the topic, newest first, and how many more only mention it."""
    by_title: list[Report] = []
    by_text: list[Report] = []
    for report in reports:
        names = called(report)
        if all(covered(piece, names) == 1.0 for piece in concepts):
            by_title.append(report)
        elif all(covered(piece, names | index.report_terms(report.id, piece.terms)) == 1.0 for piece in concepts):
            by_text.append(report)
    if wanted.mentions or not by_title:
        return newest_first([*by_title, *by_text]), 0
    return newest_first(by_title), len(by_text)


def newest_first(reports: Iterable[Report]) -> list[Report]:
    """Reports by date, one without by the end of what it covers; those with neither last."""
    return sorted(reports, key=lambda report: (-_day(report).toordinal(), report.title, report.id))


def _day(report: Report) -> date:
    return report.date or max((period.end for period in names_of(report).periods), default=date.min)


def _row(index: Index, report: Report, concepts: Sequence[Asked], chinese: bool) -> Draft | None:
    """A report with what it says of the topic; None where it has no passage that can be quoted."""
    told = [piece for piece in concepts if piece.kind != "name"]  # that it is on a company says its title
    found = _said(index, report, told)
    if found is None:
        return None
    passage, start, end = found
    said = clean(passage, start, end).replace("\n", " ")
    if end - start >= LONGEST:
        said = said.rstrip(".。") + "…"
    text = f"{title_of(report, chinese)}{':' if chinese else ': '}{said}"
    return checked(text, Evidence(passage, report, 1.0), (start, end))


def _said(index: Index, report: Report, concepts: Sequence[Asked]) -> tuple[Passage, int, int] | None:
    """A passage and the characters of it that a report is quoted with: on the topic, else its call, else how it begins."""
    if not concepts and has_view(report) and (views := calls_of(report, index.report_passages(report.id))):
        return views[0]
    usable = _passages(index, report, concepts)
    if not usable:
        return None
    if concepts:
        return usable[0], *_span(usable[0], concepts, frozenset())
    known = called(report) | terms_of("\n".join((str(report.date or ""), *report.authors)))
    spans = [(passage, *_span(passage, (), known)) for passage in usable]
    return next((span for span in spans if _tells(span[0].text[span[1] : span[2]], report, known)), spans[0])


def _tells(text: str, report: Report, known: frozenset[str]) -> bool:
    """Whether a text says more than what its report is called, and is no line of its date and authors."""
    words = terms_of(text)
    if len(words) <= _DATELINE and any(period.start == period.end == report.date for period in periods(text)):
        return False
    return len(words - known) >= TELLING


def title_of(report: Report, chinese: bool, by: bool = True) -> str:
    """Title, broker (``by``) and date."""
    about = [part for part in (report.broker if by else "", report.date.isoformat() if report.date else "") if part]
    if chinese:
        return f"《{report.title}》" + (f"({','.join(about)})" if about else "")
    return f'"{report.title}"' + (f" ({', '.join(about)})" if about else "")


def _passages(index: Index, report: Report, concepts: Sequence[Asked]) -> list[Passage]:
    """The passages that say most of the topic, or the first of the report; without those that only speak to a model."""
    weights = {term: 1.0 for piece in concepts for form in piece.forms for term in form}
    ids = list(index.lexical(weights, 3, frozenset({report.id}))) if weights else []
    ids += [passage_id(report.id, ordinal) for ordinal in range(min(_FIRST, report.passages))]
    passages = [passage for passage in index.passages(ids).values() if passage.searchable]
    return [item.passage for item in quotable([Evidence(passage, report, 1.0) for passage in passages], "")]


def _span(passage: Passage, concepts: Sequence[Asked], known: frozenset[str]) -> tuple[int, int]:
    """The sentence or row that names most of the topic, the first of those that says something beside ``known`` terms.

    Of a long one its beginning.
    """
    spans = _lines(passage.text) if passage.kind == "table" else sentences(passage.text)
    if not spans:
        return 0, len(passage.text)

    def worth(span: tuple[int, int]) -> tuple[int, bool]:
        words = terms_of(passage.text[span[0] : span[1]])
        return sum(covered(piece, words) == 1.0 for piece in concepts), len(words - known) >= TELLING

    start, end = max(spans, key=worth)
    if end - start <= LONGEST:
        return start, end
    cut = passage.text.rfind(" ", start + LONGEST // 2, start + LONGEST)
    return start, cut if cut > 0 else start + LONGEST


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def _counted(wanted: Request, count: int, held: int, chinese: bool) -> Draft:
    if chinese:
        text = (
            f"资料库中有{held}份报告。" if not wanted.topic else f"{held}份报告中,与“{wanted.topic}”有关的有{count}份。"
        )
        return Draft(text, status="partly", reason="这是在资料库中数出来的,不是报告中的话。")
    text = f"The library holds {held} report{'' if held == 1 else 's'}."
    if wanted.topic:
        text = f'Found for "{wanted.topic}": {count} of {held} report{"" if held == 1 else "s"}.'
    return Draft(text, status="partly", reason="Counted in the library; no report says it.")


def _notes(count: int, others: int, chinese: bool) -> tuple[str, ...]:
    """What is left out of the list; nothing where nothing is."""
    notes = []
    if count > MOST:
        notes.append(
            f"共{count}份报告符合,列出最新的{MOST}份。"
            if chinese
            else f"{count} reports fit; the {MOST} newest are listed."
        )
    if others:
        many = "" if others == 1 else "s"
        verb = "mentions" if others == 1 else "mention"
        notes.append(
            f"另有{others}份报告在正文中提到。" if chinese else f"{others} more report{many} {verb} it in passing."
        )
    return tuple(notes)


def _grouped(index: Index, wanted: Request, reports: Sequence[Report], chinese: bool) -> Listed:
    """The brokers or companies that there are reports by or on, those with most reports first."""
    held: dict[str, list[Report]] = {}
    if wanted.wanted == "companies":
        held = {group.name: list(group.reports) for group in groups([report for report in reports if report.companies])}
    for report in reports:
        if wanted.wanted == "brokers" and report.broker:
            held.setdefault(report.broker, []).append(report)
    order = sorted(held.items(), key=lambda item: (-len(item[1]), item[0]))
    made = (_group(index, name, newest_first(own), wanted, chinese) for name, own in order[:MOST])
    drafts = tuple(draft for draft in made if draft is not None)
    return Listed("", drafts, evidence_of(drafts), _grouped_note(len(held), chinese))


def _group(index: Index, name: str, reports: Sequence[Report], wanted: Request, chinese: bool) -> Draft | None:
    """A broker or company with its newest report, and how many more there are, which no report says."""
    newest, more = reports[0], len(reports) - 1
    found = _said(index, newest, ())
    if found is None:
        return None
    passage, start, end = found
    text = f"{name}{':' if chinese else ': '}{title_of(newest, chinese, wanted.wanted != 'brokers')}"
    draft = checked(text, Evidence(passage, newest, 1.0), (start, end))
    rest = f",另有{more}份报告" if chinese else f", and {more} more report{'' if more == 1 else 's'}"
    return replace(draft, text=f"{text}{rest if more else ''}{'。' if chinese else '.'}")


def _grouped_note(count: int, chinese: bool) -> tuple[str, ...]:
    if count <= MOST:
        return ()
    return (
        f"共{count}家,列出报告最多的{MOST}家。"
        if chinese
        else f"{count} in all; the {MOST} with most reports are listed.",
    )
