"""Passages that speak to a language model, kept out of what is judged, quoted and shown as near to a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.llm.planted import asks_of_them, goes_on, is_planted, without_planted
from rag.search.retrieve import Hits
from rag.types import Evidence


def heard(hits: Hits, question: str) -> Hits:
    """The hits without passages that only speak to a language model; all of them where the question asks for these."""
    if asks_of_them(question):
        return hits
    behind = continued(hits.evidence)
    kept = [
        i
        for i, item in enumerate(hits.evidence)
        if without_planted(item.passage.text)[0] and item.passage.id not in behind
    ]
    if len(kept) == len(hits.evidence):
        return hits
    cover, own = (tuple(rows[i] for i in kept) if rows else rows for rows in (hits.cover, hits.own))
    return replace(hits, evidence=tuple(hits.evidence[i] for i in kept), cover=cover, own=own)


def continued(evidence: Sequence[Evidence]) -> frozenset[str]:
    """Ids of the passages right behind one that ends in words to a language model which announce them."""
    ends = {(item.report.id, item.passage.ordinal + 1) for item in evidence if goes_on(item.passage.text)}
    return frozenset(item.passage.id for item in evidence if (item.report.id, item.passage.ordinal) in ends)


def quotable(evidence: Sequence[Evidence], question: str) -> tuple[Evidence, ...]:
    """The evidence without passages in which any words speak to a language model: what stands uncited beside an answer."""
    if asks_of_them(question):
        return tuple(evidence)
    return tuple(item for item in evidence if not is_planted(item.passage.text, 0, len(item.passage.text)))


def note_on(evidence: Sequence[Evidence], question: str, chinese: bool) -> tuple[str, ...]:
    """What a reader is told where words to a language model were left out of an extractive answer: of which reports."""
    kept = {item.passage.id for item in quotable(evidence, question)}
    names = dict.fromkeys(item.report.file_name for item in evidence if item.passage.id not in kept)
    files = ", ".join(list(names)[:3])
    if not files:
        return ()
    if chinese:
        return (f"{files} 中有写给语言模型的指令,未被引用。",)
    return (f"{files} holds instructions to language models; they are not quoted.",)
