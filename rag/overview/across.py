"""One side of all reports at once: `What risks are mentioned across the reports?`, `有哪些催化剂？`.

Nothing says whose risks are meant, so no statement answers better than another. Each report says them under a heading of
its own, or behind words that open them; the first of these are quoted, newest report first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answer.citations import Draft, evidence_of
from rag.answer.wanted import want
from rag.catalogue.answer import newest_first, title_of
from rag.language import analysis
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.overview.answer import Overview
from rag.question.aspects import ASPECTS, Aspect
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index, reports_in
from rag.types import Passage, Report
from rag.views.opinions import quoted

MOST = 8  # reports
FOUND = 400  # passages in which the side is looked for
LENGTH = {"en": 260, "zh": 110}  # characters that are quoted of one report
LONGEST = 420  # ... and of one sentence
# What a passage on a side is found by, and what opens it where no heading does.
_SIDES = {
    "risks": ("risk risks threat 风险", r"(?:(?:key|main|downside|principal) )?risks?\b(?: factors?)?\s*[:：]|(?:主要)?风险(?:提示|因素)(?:[:：\s]|$)"),
    "watch": ("catalyst catalysts events 催化 关注 看点", r"catalysts?\s*[:：]|催化剂?(?:因素)?\s*[:：]"),
    "outlook": ("outlook prospects 展望 预计", r"outlook\s*[:：]|(?:后市)?展望\s*[:：]"),
    "picks": ("recommendation recommendations picks 投资建议 推荐", r"投资建议\s*[:：\s]|(?:top picks|recommendations?)\s*[:：]"),
}  # fmt: skip
_OPENS = {name: re.compile(rf"(?:^|(?<=[.。;；\s])){pattern}", re.IGNORECASE) for name, (_, pattern) in _SIDES.items()}
ASIDE = re.compile(
    r"(?:figure|table|chart|exhibit|source|note)s?\b\s*\d*\s*[:：]|(?:图表?|表)\s?\d|资料来源|数据来源", re.IGNORECASE
)
# Words beside the side that leave it that of all reports.
_OF_ALL = re.compile(
    r"biggest|largest|greatest|companies|company|stocks?|portfolio|coverage|covered?|library|here|brokers?|analysts?|ahead|coming(?: up)?|common(?:ly)?|general|most|top|major"
    r"|worried|concerned|wrong|investors?|分析师|机构|券商|公司|个股|行业|投资者|最|各|所有|全部|近期|共同|常见|普遍|担[心忧]|最担心|提示",
    re.IGNORECASE,
)


def across(index: Index, question: str, scope: frozenset[str] | None = None) -> Overview | None:
    """What the reports say on a side that is asked of all of them; None where a name, a time or more is asked.

    ``scope``: report ids to choose from, None for all.
    """
    if not any(aspect.asked.search(question) for aspect in ASPECTS if aspect.name in _SIDES):
        return None
    side = _side(index, question)
    if side is None:
        return None
    held = reports_in(index, scope)
    if len(held) < 2:
        return None
    short = {report.id: report for report in held if report.passages <= SHORT_REPORT}
    told = _told(index, side, short)
    if len(told) < 2 and len(short) < len(held):
        told += _told(index, side, {report.id: report for report in held if report.id not in short})
    if len(told) < 2:
        return None
    chinese = analysis.language(question) == "zh"
    told.sort(key=lambda item: (item[0].language == "zh") != chinese)  # stable: newest first within each
    drafts = [draft for report, spans in told[:MOST] for draft in _written(report, spans, chinese)]
    return Overview(tuple(drafts), evidence_of(drafts), _notes(len(told), chinese))


def risks_of(index: Index, report: Report) -> list[_Span]:
    """The first sentences in which a report names its risks."""
    side = next(aspect for aspect in ASPECTS if aspect.name == "risks")
    return _of_report([p for p in index.report_passages(report.id) if p.searchable], side, report)


def _side(index: Index, question: str) -> Aspect | None:
    """The one side that a question asks for, and nothing else."""
    wanted = want(index, question)
    if wanted.names or wanted.periods or wanted.shape in ("compare", "why") or len(wanted.aspects) != 1:
        return None
    (surface, aspect), *_ = wanted.aspects.items()
    others = [piece for piece in wanted.focus if piece.surface != surface and not _OF_ALL.fullmatch(piece.surface)]
    return aspect if aspect.name in _SIDES and not others else None


def _told(index: Index, side: Aspect, reports: dict[str, Report]) -> list[tuple[Report, list[_Span]]]:
    """What each report says on a side, newest report first; of one author on one company only the newest."""
    weights = dict.fromkeys(sorted(terms_of(_SIDES[side.name][0])), 1.0)
    ids = index.lexical(weights, FOUND, frozenset(reports)) if reports else {}
    passages = [passage for passage in index.passages(ids).values() if passage.searchable]
    own: dict[str, list[Passage]] = {}
    for passage in sorted(passages, key=lambda passage: (passage.report_id, passage.ordinal)):
        own.setdefault(passage.report_id, []).append(passage)
    found: list[tuple[Report, list[_Span]]] = []
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for report in newest_first(reports[id_] for id_ in own):
        author = (report.broker or report.id, report.companies or (report.id,))
        if author in seen:
            continue
        if spans := _of_report(own[report.id], side, report):
            seen.add(author)
            found.append((report, spans))
    return found


_Span = tuple[Passage, int, int]


def _of_report(passages: Sequence[Passage], side: Aspect, report: Report) -> list[_Span]:
    """The first sentences on a side, as many as are short enough together."""
    if side.name == "picks" and report.companies:  # what it says of the one that it is on is its call
        return []
    chosen: list[_Span] = []
    length = 0
    for passage, start, end in _spans(passages, side, opened=report.passages <= SHORT_REPORT):
        text = passage.text[start:end]
        if end - start > LONGEST or ASIDE.match(text) or len(terms_of(text) - called(report)) < 2:
            continue
        if chosen and length + end - start > LENGTH[passage.language]:
            break
        length += end - start
        if chosen and chosen[-1][0] is passage and not passage.text[chosen[-1][2] : start].strip():
            chosen[-1] = (passage, chosen[-1][1], end)
        else:
            chosen.append((passage, start, end))
    return chosen


def _spans(passages: Sequence[Passage], side: Aspect, *, opened: bool) -> Iterator[_Span]:
    """The sentences under a heading of the side; where there is none, with ``opened`` the one behind words that open it."""
    found = False
    for passage in passages:
        headed = passage.section and side.heading.search(passage.section[-1])
        if headed and passage.kind != "table" and not is_planted(passage.text, 0, len(passage.text)):
            yield from ((passage, start, end) for start, end in spans_of(passage))
            found = True
    for passage in [] if found or not opened else passages:
        match = _OPENS[side.name].search(passage.text)
        if match and passage.kind != "table" and not is_planted(passage.text, 0, len(passage.text)):
            end = next((b for _, b in sentences(passage.text) if b > match.end() + 2), match.end())
            yield passage, match.start(), end


def spans_of(passage: Passage) -> list[tuple[int, int]]:
    """What is quoted of a passage as one: a short statement of a digest whole, of others each sentence."""
    whole = passage.locator.kind == "mark" and len(passage.text) <= LONGEST
    return [(0, len(passage.text))] if whole else sentences(passage.text)


def _written(report: Report, spans: Sequence[_Span], chinese: bool) -> Iterator[Draft]:
    for place, (passage, start, end) in enumerate(spans):
        lead = "" if place else f"{title_of(report, chinese)}{'：' if chinese else ': '}"
        yield quoted(report, passage, start, end, lead)


def _notes(count: int, chinese: bool) -> tuple[str, ...]:
    if count <= MOST:
        return ()
    if chinese:
        return (f"{count}份报告谈到这一点，以上是其中{MOST}份；写明公司或报告，可得到它的全部内容。",)
    return (
        f"{count} reports speak of this; these are {MOST} of them. Name a company or a report for all that it says.",
    )
