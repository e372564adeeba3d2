"""Which sentences of a report are quoted for what it says as a whole, or for how the business is doing.

Chosen as L. Vanderwende et al. do (SumBasic, "Beyond SumBasic", Information Processing & Management 43, 2007): those whose
words the report uses most, each word counting less once it was said, with more weight on what opens a section.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.answer.kinds import holds_kind
from rag.language import analysis
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.question.aspects import GENERAL
from rag.question.rise_fall import direction
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.types import Passage, Report
from rag.views.opinions import calls_of, has_view

FRONT = 10  # passages of a short report in which it says what a company does
DESCRIBING = 2  # sentences on what a business is
EARNS = 3  # sentences on how a business is doing
LONGEST = 420  # characters of a sentence that is quoted
SHORTEST = {"en": 25, "zh": 10}
TELLING = 4  # terms of a sentence beside what the report is called
LENGTH = 1_600  # characters of all, together
OPENING = 1.4  # weight of what opens a section beside what follows
FEW = 8  # terms that a shorter sentence is counted as
TITLED = 1.5  # weight of a word of the title
SAME = 0.6  # share of words that two sentences of one content share
SPENT = 0.3  # what a word counts for once it was said


_STOP = re.compile(r"[.!?。！？;；](?:[\"'”’)）\]]|\s)*$")
_STARTS = re.compile(r"[\"'“‘(（《【]?[A-Z\d\u4e00-\u9fff]")
_ITSELF = re.compile(
    r"^(?:see|refer to|unless otherwise)\b|forward[- ]looking|actual results (?:may|could)|incorporated (?:herein )?by reference|\b(?:table|graph|chart|figure|discussion)s? (?:below|above|that follows?)|\bfollowing (?:table|graph|chart|discussion)"
    r"|[?？]\W*$|\bgood (?:morning|afternoon|evening|day)\b|\b(?:welcome to|thank you for|thanks for|(?:next|first) question)\b"
    r"|\bset forth (?:below|above)|\b(?:is|are) (?:calculated|defined|computed) (?:by|as)\b|\b(?:should|must) be read\b|下表|下图|如下|前瞻性",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    r"\bis (?:a|an|the|one of)\b|\b(?:we|the company) (?:are (?:a|an|the|one of)|is (?:a|an|the|one of)|design|develop|provide|offer|operate|sell|serve|manufacture|help)s?\b|\b(?:principally|primarily) engaged\b|(?:主要|专业|专门)从事|主营业务(?:为|是)|专注于|致力于",
    re.IGNORECASE,
)
# What something does, in a short report, is told by such a verb in the present.
_DOES = re.compile(
    r"\b(?:makes?|sells?|produces?|runs|operates?|offers?|provides?|develops?|supplies|supply|serves?|manages?|owns|leases|rents|builds|designs?|refines?|mines|sets|oversees|supervises|leading (?:maker|provider|supplier|producer))\b|生产|销售|提供|研发|从事|主营|业务|龙头|制造",
    re.IGNORECASE,
)
_EARNS = next(aspect.said for aspect in GENERAL if aspect.name == "performance")
_SUMMARY = re.compile(
    r"^\W*(?:\d{1,2}[.、)）]\s*)?(?:(?:executive |investment )?summary|key (?:takeaways?|points?|messages?|findings?|insights?|highlights?)|highlights"
    r"|core (?:insights?|views?|viewpoints?|points?)|main (?:points?|messages?|findings?)|(?:报告的?)?(?:核心|主要)(?:观点|要点|内容|结论)|投资要点|要点|内容提要|摘要)\W*$",
    re.IGNORECASE,
)
# The headings of the parts of a long report that tell what it is on.
_BUSINESS = re.compile(
    r"^\W*(?:item\s+1\b\W*)?(?:business|general|(?:business|company|corporate) (?:overview|description|profile)|overview(?: of .*)?|about .+|introduction|description of .*business|who we are|our company|letter to .*)\W*$"
    r"|公司(?:简介|概况|概述|基本情况)|发行人(?:基本情况|概况)|主营业务(?!毛利|收入|成本|的?变)|业务概要|从事的(?:主要)?业务|概览|概述",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"\b(?:results of operations|financial (?:highlights|performance|results|overview|review)|executive (?:summary|overview)|highlights|discussion and analysis)\b"
    r"|经营(?:情况|业绩|成果)|财务(?:概要|摘要|分析)|业绩|管理层讨论",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:outlook|guidance|strategy|priorities|prospects)\b|展望|发展战略|经营计划|发展规划", re.IGNORECASE
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

    @property
    def text(self) -> str:
        """Its words as they stand in the passage."""
        return self.passage.text[self.start : self.end]


def telling(index: Index, report: Report, most: int, question: str = "") -> list[Said]:
    """What is quoted of a report, in its order: all of its own summary where that is short enough, else the best."""
    whole = [p for p in index.report_passages(report.id) if p.searchable]
    prose = [p for p in whole if p.kind != "table"]
    summary = [p for p in prose if p.section and _SUMMARY.search(p.section[-1])]
    own = _sentences(summary, report)
    call = [Said(*span, frozenset(), True) for span in calls_of(report, whole)[:1]] if has_view(report) else []
    if own and len(own) <= most + 2 and sum(said.end - said.start for said in own) <= LENGTH:
        named = summary[0].section[-1].strip().lower() in question.lower()
        return own if named else _in_order([*call, *own])  # who asks for the core insights wants no more
    if own:
        return _in_order([*call, *_best(own, report, most - len(call))])
    prose = [p for p in prose if not any(_ASIDE.search(heading) for heading in p.section)]
    if len(prose) > SHORT_REPORT:
        return _in_order([*call, *_of_parts(prose, report, most - len(call))])
    return _in_order([*call, *_best(_sentences(prose or whole, report), report, most - len(call))])


def performance(index: Index, report: Report, most: int) -> list[Said]:
    """The first sentences of a report with figures of its sales and profits; of a long one those of its results."""
    prose = _prose(index, report)
    long = len(prose) > SHORT_REPORT
    said = _sentences(_part(prose, _RESULTS) if long else prose, report)
    told = [each for each in said if _EARNS.search(each.passage.text, each.start, each.end)]
    if long:
        return _in_order(_best([each for each in told if _has_figure(each) and direction(each.text)], report, EARNS))
    return told[: min(most, EARNS)]


def business(index: Index, report: Report, most: int) -> list[Said]:
    """What a report says its business is: a long one in a part of its own, a short one at its beginning, if at all."""
    prose = _prose(index, report)
    long = len(prose) > SHORT_REPORT
    said = _sentences(_part(prose, _BUSINESS) if long else prose[:FRONT], report)
    told = _describing(said)
    return told[: min(most, DESCRIBING)] if long or len(told) < len(said) else []


def describes(text: str) -> bool:
    """Whether a sentence says what something is or does."""
    return bool(_DESCRIBES.search(text) or _DOES.search(text))


def _prose(index: Index, report: Report) -> list[Passage]:
    return [p for p in index.report_passages(report.id) if p.searchable and p.kind != "table"]


def _part(passages: Iterable[Passage], heading: re.Pattern[str]) -> list[Passage]:
    return [p for p in passages if p.section and heading.search(p.section[-1])]


def _has_figure(said: Said) -> bool:
    """Whether a sentence holds an amount or a share, not only a number."""
    return holds_kind(said.text, "money") or holds_kind(said.text, "percent")


def _describing(said: Sequence[Said]) -> list[Said]:
    """The sentences that say what a company is or does, each once; all where none does."""
    told: list[Said] = []
    for each in said:
        new = not any(_alike(each.words, other.words) for other in told)
        if new and _DESCRIBES.search(each.passage.text, each.start, each.end):
            told.append(each)
    return told or list(said)


def _of_parts(passages: Sequence[Passage], report: Report, most: int) -> list[Said]:
    """What a long report says of its business, its results and its outlook; where it has no such parts, how it begins."""
    found: dict[str, Said] = {}  # by its words: chapters say the same again
    for heading, at_most in ((_BUSINESS, DESCRIBING), (_RESULTS, 2), (_AHEAD, 1)):
        count = min(at_most, max(most // 3, 1))
        said = [each for each in _sentences(_part(passages, heading), report) if each.text not in found]
        told = [each for each in said if _has_figure(each)]
        chosen = _describing(said)[:count] if heading is _BUSINESS else _best(told or said, report, count)
        found |= {each.text: each for each in chosen}
    if len(found) >= min(most, 2):
        return [*found.values()][:most]
    return _best(_sentences(passages[:SHORT_REPORT], report), report, most)


def _sentences(passages: Iterable[Passage], report: Report) -> list[Said]:
    """The sentences that can be quoted, in order; none of a passage that speaks to a language model."""
    found: list[Said] = []
    known = called(report)
    section: tuple[str, ...] | None = None
    for passage in passages:
        whole = passage.locator.kind == "mark" and len(passage.text) <= LONGEST
        for start, end in [(0, len(passage.text))] if whole else sentences(passage.text):
            if not SHORTEST[passage.language] <= end - start <= LONGEST:
                continue
            text = passage.text[start:end]
            words = terms_of(text) - analysis.STOP_TERMS
            stands = passage.locator.kind == "mark" or _is_sentence(text)
            if stands and len(words - known) >= TELLING and not is_planted(passage.text, 0, len(passage.text)):
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
        term: math.log1p(count) * (TITLED if term in title else 1.0)
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
    return total / max(len(said.words), FEW) * (OPENING if said.opens else 1.0)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= SAME * min(len(a), len(b))
