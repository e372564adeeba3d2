"""Comparisons of views as such: `where do A and B disagree`, `who is more optimistic`, 谁更看好.

No statement holds these words. What a broker thinks of a company is its rating, its target price, and the figures that
it expects; of these, the ones that every side gives for the same time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rag.compare.asked.reports import REPORT_WORDS
from rag.compare.asked.side import COMPARE, Side
from rag.compare.asked.wanted import Aspect, wanted_of
from rag.compare.found.find import LONGEST, Piece
from rag.compare.found.rows import line
from rag.compare.found.values import has_value
from rag.language import lexicon
from rag.language.periods import periods
from rag.language.sentences import sentences
from rag.llm.planted import is_planted
from rag.question.concepts import MONTHS, asked
from rag.search.retrieve import Index
from rag.types import Evidence, Report

MOST_SHARED = 3  # figures beside rating and target
SHORT = 60  # passages up to which a report is read through for figures that the others give as well

_STANCE = re.compile(
    r"\b(?:(?:dis)?agree(?:s|d|ment)?|views?|stances?|opinions?|positions?|see|sees|think|thinks|optimistic|pessimistic|bullish|bearish|positive|negative|upbeat|downbeat"
    r"|cautious|constructive|conservative|aggressive|differ(?:s|ent|ence|ences)?|contradict\w*|calls?|confident|sceptical|skeptical|initiat\w*|reinstat\w*|downgrad\w*|upgrad\w*|coverage)\b"
    r"|看[好空多淡]|[乐悲]观|谨慎|保守|激进|积极|观点|看法|态度|分歧|不同|一致|立场|矛盾|首次覆盖",
    re.IGNORECASE,
)

# Words beside a view that ask for nothing else: when it is held, and of what.
_BESIDE = MONTHS | frozenset(
    "share shares stock stocks name price since spring summer autumn fall winter time now then year month week 春 夏 秋 冬 以来 股票 个股 股价".split()
)


def asks_stance(question: str, named: Sequence[Side], reports: Mapping[str, Report]) -> bool:
    """Whether brokers or reports are compared by their views, and by nothing else that the question names."""
    if named[0].kind not in ("broker", "report") or not _STANCE.search(question):
        return False
    pieces = [
        piece
        for piece in asked(_STANCE.sub(" ", question))
        if piece.kind != "period" and not COMPARE.fullmatch(piece.surface) and not REPORT_WORDS.fullmatch(piece.surface)
        if piece.surface.lower() not in _BESIDE
    ]
    left = {piece.surface for piece in pieces}
    for side in named:
        members = [reports[id_] for tier in side.tiers for id_ in tier]
        own = [{piece.surface for piece in wanted_of(pieces, side, report)} for report in members]
        left = left.intersection(*own) if own else left
    return not left


def stances(chinese: bool) -> tuple[Aspect, ...]:
    """What a view consists of, as columns."""
    heads = ("评级", "目标价") if chinese else ("rating", "target price")
    return tuple(Aspect(head, (form,)) for head, form in zip(heads, ("rating", "target price"), strict=True))


def shared_figures(
    index: Index, named: Sequence[Side], reports: Mapping[str, Report]
) -> list[tuple[Aspect, list[tuple[Piece, ...]]]]:
    """The metrics that every side gives a figure of for the same time, and each side's statement of it."""
    said = []
    for side in named:
        newest = max(
            (reports[id_] for tier in side.tiers[:1] for id_ in tier), key=lambda r: str(r.date or ""), default=None
        )
        if newest is None or newest.passages > SHORT:
            return []
        facts: dict[tuple[str, str], tuple[str, Piece]] = {}
        for key, label, piece in _facts(index, newest):
            facts.setdefault(key, (label, piece))
        said.append(facts)
    both = [key for key in said[0] if all(key in facts for facts in said[1:])]
    return [
        (Aspect(said[0][key][0], (), True), [(facts[key][1],) for facts in said])
        for key in both[:MOST_SHARED]
        if len({facts[key][1].text for facts in said}) > 1
    ]


def _facts(index: Index, report: Report) -> Iterator[tuple[tuple[str, str], str, Piece]]:
    """Metric and time, as they are compared and as a column is headed, with the statement that gives the figure."""
    for passage in index.report_passages(report.id):
        if passage.kind == "table":
            continue
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            when = periods(text, report.date)
            if end - start > LONGEST or len(when) != 1 or is_planted(passage.text, start, end) or not has_value(text):
                continue
            piece = Piece(line(text), Evidence(passage, report, 1.0), start, end)
            for item in lexicon.expand(text):
                if item.kind in ("metric", "line_item"):
                    yield (item.canonical, when[0].label), f"{item.surface}, {when[0].surface}", piece
