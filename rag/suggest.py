"""Example questions that the library can answer: made from the sections, ratings and companies of its reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Protocol

from rag.language.analysis import fold, language
from rag.overview.turns import talk_of
from rag.types import Answer, Language, Passage, Report

_REPORTS = 12
"""Newest reports that examples are taken from."""
_NUMBERING = re.compile(
    r"^(?:\d{1,2}[.、)）:：]|[一二三四五六七八九十]+[、.]|[(（][一二三四五六七八九十\d]+[)）]|group \d+[:：]|分组\s*\d+[:：])\s*",
    re.I,
)
_GENERIC = re.compile(
    r"summary by section|^summary$|^other$|disclaimer|免责|^摘要$|分析师声明|风险揭示书"
    r"|^form [\w-]+$|^part [ivx\d]+$|table of contents|^signatures?$|^exhibits?\b|^index\b|securities registered"
    r"|incorporated by reference|^目录$|^释义$|重要提示|备查文件",
    re.I,
)
_RATING = re.compile(r"rating|评级", re.I)
_CORE = re.compile(r"core (?:insight|view|point)|key (?:insight|takeaway|point)|核心观点|核心要点|主要观点", re.I)
_RISK = re.compile(r"^risks?\b|risk (?:factor|warning)|风险", re.I)
# Headings that say nothing of what stands below them: who took part, the line of house and date, a table's name.
_EMPTY = re.compile(
    r"^(?:participants|corporate participants|conference call participants|presentation|questions? and answers?|q&a|operator|contents|estimates|forecasts?|financials?|charts?|figures?)$"
    r"|^for the .{0,30}\b(?:ended|ending)\b|^(?:联席|联合)?保荐(?:人|机构)|conference call|transcript|分析师|未公布|^目标价|\banalysts?\b|(?:19|20)\d\d(?:-\d\d?-\d\d?|年\d)",
    re.I,
)
# Headings with a question of their own, which reads better than one for the section.
_NATURAL: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?:(?:company |business |earnings )?outlook|prospects)$|^(?:前景|展望|公司展望)$", re.I), "outlook"),
    (re.compile(r"^(?:key |share price )?catalysts?$|^催化剂?$", re.I), "catalysts"),
    (re.compile(r"^(?:management |company )?guidance$|^(?:业绩)?指引$", re.I), "guidance"),
    (re.compile(r"^bull(?:s)?(?:,| and|/).{0,10}bears?(?: cases?)?$", re.I), "cases"),
    (re.compile(r"^pros (?:and|&) cons$", re.I), "pros"),
    (re.compile(r"^(?:the )?pipeline$", re.I), "pipeline"),
    (re.compile(r"^use of (?:the )?proceeds$", re.I), "proceeds"),
)
_RATED: dict[Language, re.Pattern[str]] = {"en": re.compile(r"\bBuy\b"), "zh": re.compile("买入")}
_LEAST_RATED = 3  # rows with that rating from which a report's table is worth a question
_LONGEST = 60
_SHORTEST = {"en": 4, "zh": 2}  # characters of a heading that says something
_MAIN = {"en": ("revenue", "net income", "operating income"), "zh": ("营业收入", "净利润")}
_PERIOD = re.compile(r"[^(（]*?\d{4}年(?:上半年|前三季度|第?[一二三四]季度)?|[^(（]+")
_GRID = re.compile(r"\s[|/]\s|\d{4}[AE年]?\s*[|]")

_ASK: dict[str, tuple[str, str]] = {
    "rating": ("What investment rating is given?", "给出的投资评级是什么？"),
    "rating_by": ("What rating does {broker} give {what}?", "{broker}对{what}的评级是什么？"),
    "target_by": ("What is {broker}'s target price for {what}?", "{broker}给{what}的目标价是多少？"),
    "core": ("What are the core insights?", "核心观点是什么？"),
    "core_by": ("What core insights does {broker} give on {what}?", "{broker}对{what}的核心观点是什么？"),
    "metric_of": ("What was {what}'s {metric} in {period}?", "{what}{period}的{metric}是多少？"),
    "risk": ("What are the main risks?", "主要风险有哪些？"),
    "risk_by": ("What risks does {broker} see for {what}?", "{broker}认为{what}有哪些风险？"),
    "outlook": ("What is the outlook for {what}?", "{what}的前景如何？"),
    "catalysts": ("What are the catalysts for {what}?", "{what}有哪些催化剂？"),
    "guidance": ("What guidance does {what} give?", "{what}的业绩指引是什么？"),
    "cases": ("What are the bull and bear cases for {what}?", "{what}的乐观和悲观情形是什么？"),
    "pros": ("What are the pros and cons of {what}?", "{what}的优缺点是什么？"),
    "pipeline": ("What is in the pipeline of {what}?", "{what}的研发管线有哪些？"),
    "proceeds": ("What is the use of proceeds of {what}?", "{what}的募集资金用途是什么？"),
    "call_people": ("Who took part in the {what} call?", "{what}的电话会有谁参加？"),
    "call_asked": ("What did {speaker} ask?", "{speaker}问了什么？"),
    "rated": ("Which stocks are rated Buy in “{title}”?", "“{title}”中哪些公司的评级为买入？"),
    "section": ("What does the report say about {section}?", "关于{section}，报告说了什么？"),
    "section_in": ("What does “{title}” say about {section}?", "“{title}”中关于{section}说了什么？"),
    "section_on": ("What does {broker} say about {section} of {what}?", "关于{what}的{section}，{broker}说了什么？"),
    "section_by": ("What does {broker} say about {section}?", "关于{section}，{broker}说了什么？"),
}


class Readable(Protocol):
    """What suggestions need of the library."""

    def reports(self) -> list[Report]: ...

    def passages(self, report_id: str) -> tuple[Passage, ...]: ...


def suggest(
    library: Readable, *, limit: int = 4, reports: Iterable[str] = (), prefer: Language | None = None
) -> tuple[str, ...]:
    """Up to ``limit`` questions, each in the language of its report, spread over the newest reports.

    ``reports``: ids to take them from; none means the whole library. ``prefer``: reports in this language come first.
    An empty library gives none.
    """
    wanted = frozenset(reports)
    known = [report for report in library.reports() if not wanted or report.id in wanted]
    newest = sorted(known, key=lambda r: (r.language == prefer, r.date.toordinal() if r.date else 0), reverse=True)
    named = len(library.reports()) > 1
    brokers = Counter(report.broker for report in library.reports())
    columns = [
        list(_of_report(r, library.passages(r.id), named=named, alone=brokers[r.broker] == 1, limit=limit))
        for r in newest[:_REPORTS]
    ]
    return _varied(columns, limit)


def _varied(columns: Sequence[Sequence[str]], limit: int) -> tuple[str, ...]:
    """Questions of the reports in turn, of each the first that does not begin like one before it; then the rest."""
    picked: list[str] = []
    begun: Counter[str] = Counter()
    left = [list(column) for column in columns if column]
    if len(left) == 1:
        return _unique(left[0], limit)
    while len(picked) < limit and any(left):
        for column in left:
            if not column or len(picked) == limit:
                continue
            question = min(column, key=lambda q: (begun[_opening(q)], column.index(q)))
            column.remove(question)
            if fold(question) not in map(fold, picked):
                picked.append(question)
                begun[_opening(question)] += 1
    return tuple(picked)


def _opening(question: str) -> str:
    """What tells the kind of a question: its first words, or the last ones in Chinese."""
    if question.isascii() or language(question) == "en":
        return " ".join(question.split()[:2]) if not question.startswith("What does") else "What does … say"
    return question[-6:]


def follow_ups(library: Readable, answer: Answer, *, asked: Sequence[str] = (), limit: int = 3) -> tuple[str, ...]:
    """Questions on sections of the cited reports (after a refusal, of the whole library) that were not cited or asked."""
    cited = list(dict.fromkeys(citation.report.id for citation in answer.citations))
    if not cited:
        return tuple(q for q in suggest(library, limit=limit + len(asked)) if q not in asked)[:limit]
    known = {report.id: report for report in library.reports()}
    seen = {citation.passage_id for citation in answer.citations}
    brokers = Counter(report.broker for report in known.values())
    columns = []
    for report_id in cited[:3]:
        if report_id in known:
            passages = library.passages(report_id)
            shown = frozenset(p.section for p in passages if p.id in seen)
            rest = [p for p in passages if p.section not in shown]
            report = known[report_id]
            made = _of_report(
                report, rest, named=len(known) > 1, alone=brokers[report.broker] == 1, limit=limit + len(asked),
                said=fold(f"{answer.question} {answer.text}"),
            )  # fmt: skip
            columns.append(list(made))
    questions = (q for row in zip_longest(*columns) for q in row if q and q not in asked)
    return _unique(questions, limit)


def _of_report(
    report: Report, passages: Sequence[Passage], *, named: bool, alone: bool, limit: int, said: str = ""
) -> Iterator[str]:
    """Questions on one report. ``named``: say whose report is meant, because the library holds others.

    ``alone``: its broker has no other report here, so that the broker's name is enough for that. ``said``: what was
    asked and answered last, folded; a rating, target price or metric in it is not asked for again.
    """
    tongue = _spoken(report, passages)
    values = {"broker": report.broker or "", "what": _subject(report, tongue), "title": report.title}
    by = named and bool(values["broker"] and values["what"])
    if by and report.rating and fold(report.rating) not in said:
        yield _fill("rating_by", tongue, values)
    if by and report.target_price is not None and f"{report.target_price:g}" not in said:
        yield _fill("target_by", tongue, values)
    if values["what"] and report.period and not report.broker:  # a filing: what it is read for, before its headings
        values["period"] = (_PERIOD.match(report.period) or [report.period])[0].strip()
        for metric in (metric for metric in _MAIN[tongue] if metric not in said):
            yield _fill("metric_of", tongue, values | {"metric": metric})
    yield from _of_form(passages, values, tongue)
    for section in list(_sections(report, passages))[: 2 * limit]:
        if kind := _kind_asked(section, tongue, values, by=by, alone=alone, named=named):
            yield _fill(kind, tongue, values | {"section": f"“{section}”" if tongue == "zh" else _quoted(section)})


def _kind_asked(section: str, tongue: Language, values: dict[str, str], *, by: bool, alone: bool, named: bool) -> str:
    """Which question is asked for a section; empty for none."""
    natural = next((name for pattern, name in _NATURAL if pattern.search(section)), "")
    if natural and values["what"]:
        return natural
    kind = _kind(section)
    if kind == "rating" and named:
        return ""
    if kind != "section":
        kind += "_by" if by else "_none" if named else ""
    elif language(section) != tongue or not _SHORTEST[tongue] <= len(section) <= _LONGEST:
        return ""
    else:
        kind += _naming(values, alone=alone) if named else ""
    return kind if kind in _ASK else ""


def _of_form(passages: Sequence[Passage], values: dict[str, str], tongue: Language) -> Iterator[str]:
    """Questions that the form of a report invites: a call has those who ask, a weekly a table of ratings."""
    talk = talk_of(passages)
    asking = (
        (turn.speaker for turn in talk.turns if turn.asks and "analyst" in talk.role_of(turn.speaker)) if talk else ()
    )
    if outside := next(iter(asking), ""):
        yield _fill("call_asked", tongue, values | {"speaker": outside})
        if values["what"]:
            yield _fill("call_people", tongue, values)
    tables = (p for p in passages if p.kind == "table" and p.searchable)
    if len(values["title"]) <= _LONGEST and any(_rates(p.text, _RATED[tongue]) for p in tables):
        yield _fill("rated", tongue, values)


def _rates(table: str, rated: re.Pattern[str]) -> bool:
    """Whether enough rows of a table give a rating."""
    return rated.search(table) is not None and sum(bool(rated.search(row)) for row in table.split("\n")) >= _LEAST_RATED


def _naming(values: dict[str, str], *, alone: bool) -> str:
    """Which form of a question on a section says unmistakably whose report is meant; ``_none`` where no form does."""
    if values["broker"] and alone:
        return "_by"
    if values["broker"] and values["what"]:
        return "_on"
    return "_in" if len(values["title"]) <= _LONGEST else "_none"


def _fill(name: str, tongue: Language, values: dict[str, str]) -> str:
    return _ASK[name][1 if tongue == "zh" else 0].format(**values)


def _quoted(section: str) -> str:
    """A heading inside an English question: quoted, its own quotes softened."""
    return '"' + section.replace('"', "'").replace("“", "'").replace("”", "'") + '"'


def _kind(section: str) -> str:
    if _RATING.search(section):
        return "rating"
    if _CORE.search(section):
        return "core"
    return "risk" if _RISK.search(section) else "section"


def _subject(report: Report, tongue: Language) -> str:
    named = [company for company in report.companies if language(company) == tongue]
    return (named or list(report.companies) or list(report.tickers) or [""])[0]


def _spoken(report: Report, passages: Sequence[Passage]) -> Language:
    """The language most passages are in: a Chinese title may stand over an English body."""
    if not passages:
        return report.language
    chinese = sum(1 for passage in passages if passage.language == "zh")
    return "zh" if chinese * 2 > len(passages) else "en"


def _sections(report: Report, passages: Sequence[Passage]) -> Iterator[str]:
    """The innermost headings that searchable passages stand under, in order, without numbering and the title."""
    seen: set[str] = {fold(report.title)}
    for passage in passages:
        if not passage.section or not passage.searchable:
            continue
        section = _NUMBERING.sub("", passage.section[-1].strip()).strip(" -—:：.。")
        house = fold(report.broker or "")
        if house and fold(section).startswith(house):
            continue
        if (
            section
            and fold(section) not in seen
            and not _EMPTY.search(section)
            and not _GENERIC.search(section)
            and not _GRID.search(section)
        ):
            seen.add(fold(section))
            yield section


def _unique(questions: Iterable[str], limit: int) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for question in questions:
        kept.setdefault(fold(question), question)
        if len(kept) == limit:
            break
    return tuple(kept.values())
