"""Sides that a question means together and does not name: `rank the four banks by margin`, `which of its markets grew`.

Which they are is told by one report: by the statements under a heading that the question names, or by those that give
the same metric, each of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.compare.asked.metrics import is_metric
from rag.compare.asked.names import MOST, held_companies, named_companies
from rag.compare.asked.side import Side
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.when import times_in
from rag.language import lexicon
from rag.language.analysis import STOP_TERMS
from rag.language.embeddings import Encoder
from rag.language.periods import periods
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.reports.names import has_cjk
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index, search
from rag.types import Passage, Report

SEARCHED = 12  # passages in which the report is looked for that tells of all of them
LEAST = 3  # statements of one metric, each of something else, that make a set
_SET = re.compile(
    r"\brank\w*\b|\bsort\w*\b|\bin order of\b|\bwhich of (?:the|these|its|their|[\w’' ]{1,24}['’]s?)\b"
    r"|\b(?:which|what|who) \w+(?: \w+){0,5}? (?:the )?(?:most|least|fewest|\w+est)\b"
    r"|排[名序]|(?:哪(?:一?[家个只种类项块]|些|几[家个只])|谁)[^,，。]{0,16}最|各[家个]?[\u4e00-\u9fff]{1,8}(?:分别|相比|比较|对比)",
    re.IGNORECASE,
)
_GENERAL = frozenset("result summari section review key main data group part overview".split())
_NUMBER = re.compile(r"^\W*(?:\d+[.、)]\s*|[一二三四五六七八九十]+、\s*)?")
_LEAD_ZH = re.compile(
    r"^(?:预计|预测|其中|公司|本[周月期季]|上[周月]|(?:20\d\d年)?(?:前[一二三两]个?季度|单?第?[一二三四]季度|[上下]半年|全年))+"
)
# What the parts of a company are called: in a question, and in the heading that they stand under.
_PARTS = re.compile(
    r"\b(?:segments?|divisions?|business(?:es| lines)|product lines|units)\b|业务|产品|品类|板块|分部", re.IGNORECASE
)
_NO_NAME = re.compile(r"^(?:the|its|our|their|this|these|we|it|an?|of|in|on|at|for)\b", re.IGNORECASE)
_UNIT = re.compile(r"^the (?=(?:[\w-]+ ){1,3}(?:unit|segment|division|business|arm|branch)$)", re.IGNORECASE)
_VERB = re.compile(
    r"['’]s?\s|[:：,，(（]|\s[-–—]\s|\d|[$€£¥]|\b(?:is|are|was|were|has|have|had|will|should|would|can|may|brought|made|sold|took|came|stood|ran|ended"
    r"|closed|earned|grew|rose|fell|jumped|slipped|climbed|dropped|gained|lost|added|shrank|held|kept|stays?|expects?|plans?)\b|[为达由较升降涨跌增减报占]|同比|环比|评级"
)
_LONGEST, _LONGEST_ZH = 5, 10  # words, characters of a name


def members(index: Index, encoder: Encoder, question: str, shelf: Sequence[Report]) -> tuple[Side, ...]:
    """What a question means as a set, each as a side, as one report tells of it; empty where it means none."""
    text = spelled_out(question)
    if not _SET.search(text):
        return ()
    held = held_companies(shelf)
    owners = [group for _, _, group in named_companies(text, held) if group]
    own = [report for group in owners for report in group.reports] if len(owners) == 1 else list(shelf)
    hits = search(index, encoder, text, limit=SEARCHED, scope=frozenset(report.id for report in own))
    for report in dict.fromkeys(item.report for item in hits.evidence):
        if report.passages <= SHORT_REPORT and (names := _told_of(text, index.report_passages(report.id))):
            when = times_in(text, shelf)
            period = when[0] if len(when) == 1 else None
            return tuple(Side("thing", name, text, (frozenset({report.id}),), name, period) for name in names)
    return ()


def _told_of(text: str, passages: Sequence[Passage]) -> list[str]:
    """What the statements of a report are on that stand under a heading of the question, or give the metric that it names."""
    asked = terms_of(text) - STOP_TERMS
    parts = bool(_PARTS.search(text))
    under = [
        p for p in passages if any(_is_asked(each, asked) or (parts and _PARTS.search(each)) for each in p.section)
    ]
    if under and len(names := _names(under)) > 1:
        return names
    metrics = {item.canonical for item in lexicon.expand(text) if is_metric(item)}
    names = (
        _names([p for p in passages if metrics & _metrics(p.text) and any(map(str.isdigit, p.text))]) if metrics else []
    )
    return names if len(names) >= LEAST else []


def _is_asked(heading: str, asked: frozenset[str]) -> bool:
    """Whether a question says all that a heading says, as `end markets` says `Results by End Market`."""
    words = terms_of(_NUMBER.sub("", heading).split(" by ")[-1]) - STOP_TERMS - _GENERAL
    return bool(words) and words <= asked


def _metrics(text: str) -> set[str]:
    return {item.canonical for item in lexicon.expand(text) if is_metric(item)}


def _names(passages: Sequence[Passage]) -> list[str]:
    """What each statement begins with, or where they begin with no names the headings that they stand under."""
    found = list(dict.fromkeys(name for passage in passages for name in _subjects(passage)))
    if len(found) < 2:
        found = list(dict.fromkeys(_NUMBER.sub("", p.section[-1]).strip() for p in passages if p.section))
    return found if len(found) <= MOST else []


def _subjects(passage: Passage) -> Iterator[str]:
    for start, end in sentences(passage.text):
        text = passage.text[start:end].strip(" *-")
        text = _LEAD_ZH.sub("", text) if has_cjk(text) else text
        cuts = [match.start() for match in _VERB.finditer(text)]
        cuts += [period.span[0] for period in periods(text)]
        cuts += [item.start for item in lexicon.expand(text) if is_metric(item) or item.kind == "time"]
        name = _UNIT.sub("", text[: min(cuts, default=len(text))].strip(" *"))
        unit = name and not text.startswith(name)
        if has_cjk(name):
            named = 1 < len(name) <= _LONGEST_ZH
        else:
            named = (unit or name[:1].isupper()) and len(name.split()) <= _LONGEST and not _NO_NAME.match(name)
        if named:
            yield name
