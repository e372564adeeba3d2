"""The risks that a long report names: what opens each part of its chapter of risk factors.

Such a chapter runs over dozens of pages. What a reader wants of it first is which risks there are, each in the sentence
that its part begins with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.answer.citations import Draft
from rag.answer.extractive import checked, clean
from rag.language import analysis
from rag.language.sentences import sentences
from rag.llm.planted import is_planted
from rag.lookup.question import IDLE, clause_of
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.types import Evidence, Passage, Report

MOST = 8  # risks that are given
PARTS = 3  # parts of a chapter from which it is taken by its parts
SHORTEST, LONGEST = 12, 600  # characters of a sentence that names a risk

_ASKS = re.compile(
    r"\brisks?(?: factors?)?\b|\b(?:could|can|might|may) go wrong\b|\bworr(?:y|ies|ied)\b|\bconcerns\b|风险(?:因素|点|提示)?",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"\brisk factors\b|\bprincipal risks\b|^\W*(?:key |main )?risks?\W*$|^\W*(?:\w+ ){0,3}?risks (?:related to|relating to|associated with|from|inherent in)\b"
    r"|风险因素|(?:主要|特别)风险|风险提示",
    re.IGNORECASE,
)
# What names a risk in a paragraph of its own, above those that explain it; a sentence that goes on from another does not.
_TITLE = re.compile(
    r"(?!(?:These|This|Those|Such|Any|Furthermore|Further|Additionally|In addition|As a result|Moreover|However|For|Other than|Accordingly|Also|The following)\b)"
    r"[A-Z].*\b(?:may|could|might|can|would|will|if|fail\w*|depend\w*|subject|subjects|risks?|advers\w+|harm\w*|compet\w+|unable|uncertain\w*|face|rely|relies|reliance|volatil\w+|disrupt\w*|amplif\w+)\b",
    re.IGNORECASE | re.DOTALL,
)
_BULLET = re.compile(r"\s*[•●▪■–-]\s+")
_STARTS = re.compile(r"[\"“(（]?[A-Z\u4e00-\u9fff]")
_FREE = frozenset(
    analysis.terms(
        "risk risks factor factors main key principal major biggest top most important significant material what which are is there any name list "
        "give tell summarize summarise describe outline face faces facing faced company business it its management worried worry worries concerns "
        "concerned go wrong could can might may about does do identify mentioned see of to for the report filing annual main 主要 哪些 有 什么 风险 因素 公司 面临 存在 提示 是 的 重大"
    )
)


def risks(index: Index, reports: Sequence[Report], question: str) -> list[Draft]:
    """The risks of a long report; empty where a question asks for none, or for those of one thing."""
    if len(reports) != 1 or reports[0].passages <= SHORT_REPORT:
        return []
    clause = clause_of(question)
    if not _ASKS.search(clause) or analysis.content_words(clause) - IDLE - _FREE - called(reports[0]):
        return []
    chapter = [p for p in sorted(index.report_passages(reports[0].id), key=lambda p: p.ordinal) if _of_chapter(p)]
    parts: dict[tuple[str, ...], list[Passage]] = {}
    for passage in chapter:
        parts.setdefault(passage.section, []).append(passage)
    opening = [own[0] for section, own in parts.items() if not _CHAPTER.search(section[-1])]
    if len(opening) < PARTS:
        titles = [p for p, after in pairwise(chapter) if _is_title(p, after)]
        bullets = [p for p in chapter if _BULLET.match(p.text)]
        named = next((found for found in (titles, bullets) if len(found) >= PARTS), None)
        opening = named or [p for p in chapter if p.paragraph != chapter[0].paragraph]
    made = (_first(passage, reports[0]) for passage in _spread(opening))
    return [draft for draft in made if draft is not None]


def _is_title(passage: Passage, after: Passage) -> bool:
    """Whether a passage names a risk: one sentence that is a paragraph, above one of several sentences."""
    alone = after.paragraph != passage.paragraph and len(sentences(passage.text)) == 1
    return alone and bool(_TITLE.match(passage.text)) and len(sentences(after.text)) > 1


def _of_chapter(passage: Passage) -> bool:
    return (
        passage.searchable
        and passage.kind != "table"
        and any(_CHAPTER.search(heading) for heading in passage.section)
        and not is_planted(passage.text, 0, len(passage.text))
    )


def _spread(passages: Sequence[Passage]) -> list[Passage]:
    """As many as are given, from the whole chapter: it is ordered by subject, not by weight."""
    step = max(len(passages) / MOST, 1.0)
    return [passages[int(n * step)] for n in range(min(MOST, len(passages)))]


def _first(passage: Passage, report: Report) -> Draft | None:
    """The first whole sentence of a passage; None where it has none."""
    for start, end in sentences(passage.text):
        start += bullet.end() if (bullet := _BULLET.match(passage.text[start:end])) else 0
        text = passage.text[start:end]
        if SHORTEST <= end - start <= LONGEST and _STARTS.match(text):
            return checked(clean(passage, start, end), Evidence(passage, report, 1.0), (start, end))
    return None
