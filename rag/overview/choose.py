"""Which sentences of a report are quoted for what it says as a whole, or for how the business is doing.

Chosen as L. Vanderwende et al. do (SumBasic, "Beyond SumBasic", Information Processing & Management 43, 2007): those whose
words the report uses most, each word counting less once it was said, with more weight on what opens a section.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rag.compare.opinions import calls_of, has_view
from rag.language import analysis
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted_hits import quotable
from rag.question.aspects import GENERAL
from rag.question.rise_fall import direction
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.types import Evidence, Passage, Report

FRONT = 10  # passages of a short report in which it says what a company does
EARNS = 3  # sentences on how a business is doing
LONGEST = 420  # characters of a sentence that is quoted
SHORTEST = {"en": 25, "zh": 10}
TELLING = 4  # terms of a sentence beside what the report is called
LENGTH = 1_600  # characters of all, together
OPENING = 1.4  # weight of what opens a section beside what follows
SAME = 0.6  # share of words that two sentences of one content share
SPENT = 0.3  # what a word counts for once it was said


_STOP = re.compile(r"[.!?。！？;；](?:[\"'”’)）\]]|\s)*$")
_STARTS = re.compile(r"[\"'“‘(（《【]?[A-Z\d\u4e00-\u9fff]")
_ITSELF = re.compile(
    r"^(?:see|refer to|unless otherwise)\b|forward[- ]looking|actual results (?:may|could)|incorporated (?:herein )?by reference|\b(?:table|graph|chart|figure|discussion)s? (?:below|above|that follows?)|\bfollowing (?:table|graph|chart|discussion)"
    r"|\bset forth (?:below|above)|\b(?:is|are) (?:calculated|defined|computed) (?:by|as)\b|\b(?:should|must) be read\b|下表|下图|如下|前瞻性",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d(?:[.,]\d+)?\s?(?:%|percent|million|billion|bps|basis points|亿|万|个百分点)|[$€£¥]\s?\d", re.IGNORECASE
)
_DESCRIBES = re.compile(
    r"\bis (?:a|an|the|one of)\b|\b(?:we|the company) (?:are (?:a|an|the|one of)|is (?:a|an|the|one of)|design|develop|provide|offer|operate|sell|serve|manufacture|help|seek to be)s?\b|\b(?:principally|primarily) engaged\b|\bhelps people\b|(?:主要|专业|专门)从事|主营业务(?:为|是)|专注于|致力于",
    re.IGNORECASE,
)
_EARNS = next(aspect.said for aspect in GENERAL if aspect.name == "performance")
_SUMMARY = re.compile(
    r"^\W*(?:\d{1,2}[.、)）]\s*)?(?:(?:executive |investment )?summary|key (?:takeaways?|points?|messages?|findings?|insights?|highlights?)|highlights"
    r"|core (?:insights?|views?|viewpoints?|points?)|main (?:points?|messages?|findings?)|(?:报告的?)?(?:核心|主要)(?:观点|要点|内容|结论)|投资要点|要点|内容提要|摘要)\W*$",
    re.IGNORECASE,
)
# The parts of a long report that tell what it is on, and how many sentences of each are quoted: those that begin it where
# it describes the business, else the telling ones.
_PARTS = (
    (
        re.compile(
            r"^\W*(?:item\s+1\b\W*)?(?:business|general|(?:business|company|corporate) (?:overview|description|profile)|overview(?: of .*)?|about .+|introduction|description of .*business|who we are|our company|letter to .*)\W*$"
            r"|公司(?:简介|概况|概述|基本情况)|发行人(?:基本情况|概况)|主营业务(?!毛利|收入|成本|的?变)|业务概要|从事的(?:主要)?业务|概览|概述",
            re.IGNORECASE,
        ),
        2,
        True,
    ),
    (
        re.compile(
            r"\b(?:results of operations|financial (?:highlights|performance|results|overview|review)|executive (?:summary|overview)|highlights|discussion and analysis)\b"
            r"|经营(?:情况|业绩|成果)|财务(?:概要|摘要|分析)|业绩|管理层讨论",
            re.IGNORECASE,
        ),
        2,
        False,
    ),
    (
        re.compile(
            r"\b(?:outlook|guidance|strategy|priorities|prospects)\b|展望|发展战略|经营计划|发展规划", re.IGNORECASE
        ),
        1,
        False,
    ),
)
_ASIDE = re.compile(
    r"\b(?:risks?|disclaimer|disclosures?|exhibits?|signatures?|forward[- ]looking|certifications?|glossary|definitions?)\b|风险|免责|声明|释义|备查|目录",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a report: ``words``, its terms; ``opens``: whether it is the first of its section."""

    passage: Passage
    start: int
    end: int
    words: frozenset[str]
    opens: bool


def telling(index: Index, report: Report, most: int, question: str = "") -> list[Said]:
    """What is quoted of a report, in its order: all of its own summary where that is short enough, else the best."""
    whole = sorted(index.report_passages(report.id), key=lambda passage: passage.ordinal)
    whole = [item.passage for item in quotable([Evidence(p, report, 1.0) for p in whole if p.searchable], "")]
    summary = [p for p in whole if p.kind != "table" and p.section and _SUMMARY.search(p.section[-1])]
    own = _sentences(summary, report)
    call = [Said(*span, frozenset(), True) for span in calls_of(report, whole)[:1]] if has_view(report) else []
    if own and len(own) <= most + 2 and sum(said.end - said.start for said in own) <= LENGTH:
        named = summary[0].section[-1].strip().lower() in question.lower()
        return own if named else _in_order([*call, *own])  # who asks for the core insights wants no more
    usable = [p for p in whole if p.kind != "table" and not any(_ASIDE.search(heading) for heading in p.section)]
    if own:
        usable = summary
    elif len(usable) > SHORT_REPORT:
        return _in_order([*call, *_of_parts(usable, report, most - len(call))])
    best = _best(_sentences(usable or whole, report), report, most - len(call))
    return _in_order([*call, *best])


def performance(index: Index, report: Report, most: int, question: str = "") -> list[Said]:
    """The first sentences of a report with figures of its sales and profits; of a long one those of its results."""
    whole = sorted(index.report_passages(report.id), key=lambda passage: passage.ordinal)
    whole = [p for p in whole if p.searchable and p.kind != "table"]
    long = len(whole) > SHORT_REPORT
    if long:
        (_, (results, _, _), _) = _PARTS
        whole = [p for p in whole if p.section and results.search(p.section[-1])]
    usable = [item.passage for item in quotable([Evidence(p, report, 1.0) for p in whole], question)]
    told = [each for each in _sentences(usable, report) if _EARNS.search(each.passage.text, each.start, each.end)]
    if long:
        moved = [each for each in told if _FIGURE.search(each.passage.text, each.start, each.end) and _moves(each)]
        return _in_order(_best(moved, report, EARNS))
    return told[: min(most, EARNS)]


def business(index: Index, report: Report, most: int, question: str = "") -> list[Said]:
    """What a report says its business is: a long one in a part of its own, a short one at its beginning, if at all."""
    whole = sorted(index.report_passages(report.id), key=lambda passage: passage.ordinal)
    heading, count, _ = _PARTS[0]
    whole = [p for p in whole if p.searchable and p.kind != "table"]
    long = len(whole) > SHORT_REPORT
    part = [p for p in whole if p.section and heading.search(p.section[-1])] if long else whole[:FRONT]
    usable = [item.passage for item in quotable([Evidence(p, report, 1.0) for p in part], question)]
    said = _sentences(usable, report)
    told = _describing(said)
    return told[: min(most, count)] if long or len(told) < len(said) else []


def _describing(said: Sequence[Said]) -> list[Said]:
    """The sentences that say what a company is or does, each once; all where none does."""
    told: list[Said] = []
    for each in said:
        new = not any(_alike(each.words, other.words) for other in told)
        if new and _DESCRIBES.search(each.passage.text, each.start, each.end):
            told.append(each)
    return told or list(said)


def _moves(said: Said) -> bool:
    """Whether a sentence tells which way something went."""
    return direction(said.passage.text[said.start : said.end]) != 0


def _of_parts(passages: Sequence[Passage], report: Report, most: int) -> list[Said]:
    """What a long report says of its business, its results and its outlook; where it has no such parts, how it begins."""
    found: dict[str, Said] = {}
    for heading, most_of_it, first in _PARTS:
        count = min(most_of_it, max(most // 3, 1))
        part = [p for p in passages if p.section and heading.search(p.section[-1])]
        said = [each for each in _sentences(part, report) if each.passage.text[each.start : each.end] not in found]
        told = [each for each in said if _FIGURE.search(each.passage.text, each.start, each.end)]
        chosen = _describing(said)[:count] if first else _best(told or said, report, count)
        found |= {each.passage.text[each.start : each.end]: each for each in chosen}
    if len(found) >= min(most, 2):
        return [*found.values()][:most]
    return _best(_sentences(passages[:SHORT_REPORT], report), report, most)


def _sentences(passages: Iterable[Passage], report: Report) -> list[Said]:
    found: list[Said] = []
    known = called(report)
    section: tuple[str, ...] | None = None
    for passage in passages:
        whole = passage.locator.kind == "mark" and len(passage.text) <= LONGEST
        for start, end in [(0, len(passage.text))] if whole else sentences(passage.text):
            words = frozenset(terms_of(passage.text[start:end])) - analysis.STOP_TERMS
            shortest = SHORTEST[passage.language]
            if passage.locator.kind != "mark" and not _is_sentence(passage.text[start:end]):
                continue
            if shortest <= end - start <= LONGEST and len(words - known) >= TELLING:
                found.append(Said(passage, start, end, words, passage.section != section))
                section = passage.section
    return found


def _is_sentence(text: str) -> bool:
    """Whether a text stands alone: no caption, no item of a list, nothing about the document itself."""
    return bool(_STARTS.match(text) and _STOP.search(text)) and not _ITSELF.search(text)


def _best(said: Sequence[Said], report: Report, most: int) -> list[Said]:
    """The sentences that say most of what the report speaks of, none twice, the best first."""
    counts = Counter(term for each in said for term in each.words)
    title = terms_of(report.title)
    weight = {
        term: math.log1p(count) * (1.5 if term in title else 1.0)
        for term, count in counts.items()
        if count > 1 or term in title
    }
    left, chosen, length = list(said), list[Said](), 0
    while left and len(chosen) < most:
        best = max(left, key=lambda each: (_worth(each, weight), -each.passage.ordinal, -each.start))
        left = [each for each in left if each is not best and not _alike(each.words, best.words)]
        if chosen and length + best.end - best.start > LENGTH:
            continue
        chosen.append(best)
        length += best.end - best.start
        weight.update({term: weight[term] * SPENT for term in best.words if term in weight})
    return chosen


def _in_order(said: Iterable[Said]) -> list[Said]:
    """As they stand in the report, each once."""
    found = {(each.passage.ordinal, each.start): each for each in said}
    return [found[place] for place in sorted(found)]


def _worth(said: Said, weight: dict[str, float]) -> float:
    """Mean weight of a sentence's words, a short one counted as one of eight words."""
    total = sum(weight.get(term, 0.0) for term in sorted(said.words))
    return total / max(len(said.words), 8) * (OPENING if said.opens else 1.0)


def _alike(a: Collection[str], b: Collection[str]) -> bool:
    return len(set(a) & set(b)) >= SAME * min(len(a), len(b))
