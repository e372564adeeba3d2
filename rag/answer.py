"""Answers without a model: the statements that answer the question, in reading order, each with its own citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag import analysis
from rag.citations import Draft, slot
from rag.concepts import Asked, coverage
from rag.retrieve import Hits, Index
from rag.sentences import sentences
from rag.table_answer import table_rows
from rag.types import Evidence, Passage
from rag.verify import verify_sentence
from rag.words import space, terms_of

Shape = Literal["fact", "list", "compare", "section"]
MOST = {"fact": 3, "list": 8, "compare": 6, "section": 40}
CLOSE = {"fact": 0.86, "list": 0.6, "compare": 0.55, "section": 0.0}
WHOLE = 420  # characters: up to here a passage is quoted whole
GAIN = 0.12  # share of the question that a further passage must add to stand beside a clear first

_LIST = re.compile(
    r"^\s*(?:list|name|which|lay out|break down|summari[sz]e|outline|enumerate)\b|\bwhat (?:are|were)\b|\b(?:risks|drivers|reasons|factors|steps|measures|points|titles|segments)\b"
    r"|\b(?:each|respectively|all the|by (?:business|segment|region|product))\b|哪些|有何|列出|列举|分别|各(?:是|为|多少|业务)|总结|概括|概述",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\b(?:compare[ds]?|comparison|versus|vs\.?|differ(?:s|ence|ent)?|how far apart|both|respective(?:ly)?|change[ds]? between|the two)\b"
    r"|相比|对比|比较|差异|不同|分别|两(?:家|份|篇)",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\breasons?\b|\bbecause\b|\bwhat (?:explains|made|drove|drives|is behind|was behind)\b|为什么|为何|原因|理由",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage of the answer, and the characters of it that are quoted."""

    evidence: Evidence
    start: int
    end: int


def shape_of(question: str) -> Shape:
    """What kind of answer a question wants, by its wording."""
    if _COMPARE.search(question):
        return "compare"
    return "list" if _LIST.search(question) else "fact"


def drafts(index: Index, question: str, hits: Hits) -> list[Draft]:
    """The sentences of the extractive answer with what they rest on, in reading order."""
    section = _section(index, hits)
    if section:
        chosen = [Chosen(item, 0, len(item.passage.text)) for item in section[: MOST["section"]]]
    else:
        shape = shape_of(question)
        picked = _pick(hits, shape)
        chosen = [_trim(hits.evidence[i], hits.concepts, bool(_WHY.search(question))) for i in picked]
    return [_draft(piece, hits.concepts) for piece in _in_order(_without_repeats(chosen))]


def _section(index: Index, hits: Hits) -> list[Evidence]:
    """All statements of the section that the question asks for by its heading; empty when it names none.

    A heading is named when the words of the question, names and periods left out, are all in it and are most of it.
    """
    asked = [c for c in hits.concepts if c.kind in ("word", "term")]
    if not asked or not hits.evidence:
        return []
    for item in hits.evidence[:5]:
        for depth, heading in enumerate(item.passage.section):
            words = {term for term in terms_of(heading) if term not in analysis.STOP_TERMS and not term.isdigit()}
            wanted = {term for concept in asked for term in concept.forms[0]}
            if words and wanted and wanted <= words and len(wanted) * 2 >= len(words):
                prefix = item.passage.section[: depth + 1]
                return [
                    Evidence(passage, item.report, item.score)
                    for passage in index.report_passages(item.report.id)
                    if passage.section[: depth + 1] == prefix and passage.searchable
                ]
    return []


def _pick(hits: Hits, shape: Shape) -> list[int]:
    """Positions of the evidence that goes into the answer: the first, what is close to it, and what adds to it."""
    if shape == "compare":
        return _sides(hits)
    weights = [concept.weight for concept in hits.concepts]
    total = sum(weights) or 1.0
    first = hits.evidence[0]
    covered = list(hits.cover[0])
    picked = [0]
    for i, item in enumerate(hits.evidence[1:], start=1):
        if len(picked) >= MOST[shape]:
            break
        if item.report.id != first.report.id:
            continue
        added = [max(value - old, 0.0) for value, old in zip(hits.cover[i], covered, strict=True)]
        gain = sum(weight * value for weight, value in zip(weights, added, strict=True)) / total
        close = item.score >= CLOSE[shape] * first.score
        if (close and (shape == "list" or item.score >= 0.94 * first.score)) or gain >= GAIN:
            picked.append(i)
            covered = [max(value, old) for value, old in zip(hits.cover[i], covered, strict=True)]
    return picked


def _sides(hits: Hits) -> list[int]:
    """For a comparison: the best two passages of each report that comes close to the best."""
    first = hits.evidence[0]
    taken: dict[str, int] = {}
    picked: list[int] = []
    for i, item in enumerate(hits.evidence):
        if item.score < CLOSE["compare"] * first.score or len(picked) >= MOST["compare"]:
            continue
        if taken.get(item.report.id, 0) < 2 and (item.report.id in taken or len(taken) < 3):
            taken[item.report.id] = taken.get(item.report.id, 0) + 1
            picked.append(i)
    return picked + [i for i in _one_per_name(hits) if i not in picked]


def _one_per_name(hits: Hits) -> list[int]:
    """For each name of the question the best passage about it that also holds something else that is asked."""
    others = [j for j, concept in enumerate(hits.concepts) if concept.kind != "name"]
    found = []
    for j, concept in enumerate(hits.concepts):
        if concept.kind == "name":
            rows = enumerate(hits.cover)
            about = (i for i, row in rows if row[j] >= 1.0 and (not others or max(row[k] for k in others) >= 0.5))
            found.extend([i for i in [next(about, None)] if i is not None])
    return list(dict.fromkeys(found))


def _trim(item: Evidence, concepts: Sequence[Asked], whole: bool) -> Chosen:
    """The part of a passage that answers: all of a short one, else the run of sentences around the best of them."""
    text = item.passage.text
    limit = WHOLE * 2 if whole else WHOLE
    if len(text) <= limit:
        return Chosen(item, 0, len(text))
    spans = _rows(text) if item.passage.kind == "table" else sentences(text)
    words = space()
    values = [coverage(concepts, terms_of(text[start:end]), words.nearest) for start, end in spans]
    best = max(range(len(spans)), key=lambda i: (values[i], -i))
    low = high = best
    while True:
        sides = [i for i in (low - 1, high + 1) if 0 <= i < len(spans)]
        sides = [i for i in sides if max(spans[high][1], spans[i][1]) - min(spans[low][0], spans[i][0]) <= limit]
        if not sides:
            return Chosen(item, spans[low][0], spans[high][1])
        pick = max(sides, key=lambda i: (values[i], -i))
        low, high = min(low, pick), max(high, pick)


def _rows(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _without_repeats(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Drop what another passage already says nearly word for word; their marks stay with the one that is kept."""
    kept: list[Chosen] = []
    for piece in chosen:
        words = terms_of(piece.evidence.passage.text[piece.start : piece.end])
        if not any(_alike(words, terms_of(k.evidence.passage.text[k.start : k.end])) for k in kept):
            kept.append(piece)
    return kept


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= 0.9 * min(len(a), len(b)) and {t for t in a ^ b if t[0].isdigit()} == set()


def _in_order(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Reports in order of their best passage; within a report, reading order."""
    rank = {id_: i for i, id_ in enumerate(dict.fromkeys(piece.evidence.report.id for piece in chosen))}
    return sorted(chosen, key=lambda piece: (rank[piece.evidence.report.id], piece.evidence.passage.ordinal))


def _draft(piece: Chosen, concepts: Sequence[Asked]) -> Draft:
    passage = piece.evidence.passage
    if passage.kind == "table" and (rows := table_rows(passage.text, concepts)):
        return _checked(rows.markdown(slot(0)), piece.evidence, (rows.start, rows.end))
    return _checked(clean(passage, piece.start, piece.end), piece.evidence, (piece.start, piece.end))


def _checked(text: str, evidence: Evidence, quote: tuple[int, int]) -> Draft:
    """A draft with the verdict of the verification; words taken from the passage pass it, unless the reader erred."""
    said = evidence.passage.text[quote[0] : quote[1]]
    verdict = verify_sentence(said, [evidence])
    return Draft(text, (evidence,), (quote,), verdict.where, verdict.status, verdict.unverified, verdict.reason)


def clean(passage: Passage, start: int, end: int) -> str:
    """The quoted words as one line that ends in a stop; table rows keep their line breaks."""
    text = passage.text[start:end].strip()
    if passage.kind != "table":
        text = " ".join(text.split())
        if text and text[-1] not in ".!?。!?;；…:：":
            text += "。" if analysis.language(text) == "zh" else "."
    return text
