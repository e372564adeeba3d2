"""Ratings and target prices over many brokers or companies: `Which stocks are rated Buy?`, `X的目标价有哪些？`.

Each current view (the newest of its broker on the company) is a sentence of its own report, cited. Questions that ask
for more than that are left to the other ways of answering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answer.citations import Draft, evidence_of
from rag.compare.asked.names import ASKS_RATING, ASKS_TARGET, BROKERS, named_brokers, named_companies, one_company
from rag.language import analysis, lexicon
from rag.language.lexicon import Expansion
from rag.language.periods import periods
from rag.reports.rating_scale import stance
from rag.search.retrieve import Index, reports_in
from rag.types import Report
from rag.views.groups import Group, groups
from rag.views.opinions import Opinions, apart, call_drafts, calls_of, current_views, own_rating, quoted

MOST = 20  # views that are listed

_MANY = re.compile(
    r"\b(?:companies|stocks|shares|names|brokers|brokerages|analysts|houses|ratings|recommendations|(?:target\s+)?prices|(?:price\s+)?targets|who|all|any|every)\b"
    r"|哪些|所有|全部|各家|列出|列举|哪家|哪几|谁|几家",
    re.IGNORECASE,
)
_WORDS = frozenset(
    "which what who list show give me all every any the company companies stock stocks share shares name names broker brokers brokerage "
    "brokerages analyst analysts house houses is are have has do does rate rates rated rating ratings target targets price prices recommend "
    "recommends recommended recommendation recommendations a an as with on for of by in at from there we you our your library current currently "
    "now latest please and or their its to note notes report reports piece pieces set sets setting put puts published see how differ differs different difference differences vary varies between across among compare".split()
)
_OLD = re.compile(
    r"\b(?:previous\w*|former\w*|old|older|earlier|first|initial\w*|initiat\w+|before|was|were|did|history|over time)\b|之前|此前|原|前次|首次|历史|曾",
    re.IGNORECASE,
)
_WORDS_ZH = re.compile(
    "公司|股票|个股|标的|券商|机构|分析师|投行|评级|目标价格?|给予|评为|获得|获|被|予以|列出|列举|所有|全部|哪些|哪家|哪几家|几家|谁|各家|目前|当前|最新|现在|资料库|报告|都|有|是|为|了|的|中|里|对|在"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """``ratings``: names of ratings in the lexicon, any of which will do; empty for every view. ``target``: one is needed."""

    ratings: frozenset[str]
    target: bool
    group: Group | None = None


def calls(
    index: Index, question: str, scope: frozenset[str] | None = None, side_by_side: bool = False
) -> Opinions | None:
    """A sentence or two for each view that is asked for, none where no view fits; None for other questions.

    ``side_by_side``: also where the brokers of one company are asked about, which a table shows better.
    """
    rated = [item for item in lexicon.expand(question) if item.kind == "rating"]
    if not side_by_side and not rated and (held_now := _of_one_broker(index, question, scope)):
        return held_now
    if not _asks_calls(question, rated):  # told from the words alone: the library is not looked through for others
        return None
    reports = reports_in(index, scope)
    held = groups([report for report in reports if report.companies or report.tickers])
    wanted = _wanted(question, rated, held, side_by_side)
    if wanted is None:
        return None
    chinese = analysis.language(question) == "zh"
    meant = held if wanted.group is None else [wanted.group]
    current = [(group, report) for group in meant for report in current_views(group)]
    fitting = [(group, report) for group, report in current if _fits(report, wanted)]
    made = [(report, _lines(index, group, report, chinese)) for group, report in fitting[:MOST]]
    shown = [report for report, lines in made if lines]
    drafts = tuple(draft for _, lines in made for draft in lines)
    spread = apart(shown, chinese) if wanted.group is not None else ()
    return Opinions(drafts, evidence_of(drafts), (*_note(len(shown), len(fitting), chinese), *spread))


def _of_one_broker(index: Index, question: str, scope: frozenset[str] | None) -> Opinions | None:
    """The rating or target that a broker has on a company now: not that of an older report, nor of another broker."""
    asks = [pattern is ASKS_RATING for pattern in (ASKS_RATING, ASKS_TARGET) if pattern.search(question)]
    if len(asks) != 1 or periods(question) or _OLD.search(question):
        return None
    named = one_company(question, reports_in(index, scope))
    if named is None:
        return None
    span, group = named
    brokers = named_brokers(question, group.reports)
    if len(brokers) != 1 or _asks_more(question, [span, brokers[0][1]]):
        return None
    views = [report for report in brokers[0][2] if (own_rating(report) if asks[0] else report.target_price) is not None]
    if not views or (len(views) == 1 and len(current_views(group)) < 2):
        return None
    newest = max(views, key=lambda report: report.date or date.min)
    told = calls_of(newest, index.report_passages(newest.id), "rating" if asks[0] else "target_price")
    drafts = tuple(quoted(newest, passage, start, end) for passage, start, end in told)
    return Opinions(drafts, evidence_of(drafts)) if drafts else None


def _asks_calls(question: str, rated: Sequence[Expansion]) -> bool:
    calls_named = rated or ASKS_TARGET.search(question) or ASKS_RATING.search(question)
    return bool(calls_named and _MANY.search(question)) and not periods(question)


def _wanted(question: str, rated: Sequence[Expansion], held: Sequence[Group], side_by_side: bool) -> Wanted | None:
    named = named_companies(question, held)
    if len(named) > 1 or (named and named[0][2] is None):
        return None
    if bool(named and not rated and BROKERS.search(question)) != side_by_side:
        return None
    if _asks_more(question, [*((item.start, item.end) for item in rated), *(span for _, span, _ in named)]):
        return None
    target = bool(ASKS_TARGET.search(question))
    return Wanted(frozenset(item.canonical for item in rated), target, named[0][2] if named else None)


def _asks_more(question: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether anything is asked for beside names, ratings and targets."""
    for start, end in sorted(spans, reverse=True):
        question = f"{question[:start]} {question[end:]}"
    words = re.findall(r"(?<!['’])\b[A-Za-z]+", question)
    chinese = re.sub(r"[^\u4e00-\u9fff]", "", _WORDS_ZH.sub(" ", question))
    return bool(chinese) or bool(re.search(r"\d", question)) or any(word.lower() not in _WORDS for word in words)


def _fits(report: Report, wanted: Wanted) -> bool:
    if wanted.target and report.target_price is None:
        return False
    if not wanted.ratings:
        return wanted.target or report.rating is not None
    rating = own_rating(report)
    if rating is None:
        return False
    own = {concept.canonical for concept in lexicon.lookup(rating) if concept.kind == "rating"}
    if "positive" in wanted.ratings and stance(rating) == "positive":
        return True
    return bool(own & wanted.ratings) or ("cautious" in wanted.ratings and stance(rating) == "negative")


def _lines(index: Index, group: Group, report: Report, chinese: bool) -> list[Draft]:
    company = "" if report.broker is None and group.name in report.title else group.name
    return call_drafts(report, calls_of(report, index.report_passages(report.id)), chinese, company)


def _note(shown: int, fitting: int, chinese: bool) -> tuple[str, ...]:
    """What is left out of the list; nothing where nothing is."""
    if shown >= fitting:
        return ()
    if chinese:
        return (f"共有{fitting}个现行观点符合,列出{shown}个。",)
    return (f"{fitting} current views fit; {shown} of them are listed.",)
