"""One turn of a conversation, and the small JSON form in which a browser keeps it.

A conversation lives in the browser, not on the server: what comes back from there is checked field by field, and a turn
that does not have the right shape is left out rather than repaired.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from rag.types import Answer, Citation, Diagnostics, Evidence, Locator, LocatorKind, Passage, Report, Sentence, Status

NEAREST = 5
"""How many of a refusal's nearest passages are shown and kept."""
_TEXT_LIMIT = 20_000
_LIST_LIMIT = 400

State = Literal["running", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Turn:
    """``key``: unique within the conversation, letters and digits; ``error``: one sentence when ``state`` is failed."""

    key: str
    question: str
    answer: Answer | None = None
    state: State = "running"
    error: str = ""
    seconds: float = 0.0
    follow_ups: tuple[str, ...] = ()


def dump(turn: Turn) -> dict[str, Any]:
    """The JSON form of a finished turn: what rendering needs, without the evidence behind a full answer."""
    answer = turn.answer
    return {
        "key": turn.key,
        "question": turn.question,
        "state": turn.state,
        "error": turn.error,
        "seconds": round(turn.seconds, 3),
        "follow_ups": list(turn.follow_ups),
        "answer": None if answer is None else _dump_answer(answer),
    }


def _dump_answer(answer: Answer) -> dict[str, Any]:
    nearest = answer.evidence[:NEAREST] if answer.refused else ()
    return {
        "question": answer.question,
        "text": answer.text,
        "refused": answer.refused,
        "answerer": answer.answerer,
        "resolved": answer.resolved,
        "notes": list(answer.notes),
        "model": answer.diagnostics.model,
        "figures": answer.diagnostics.figures,
        "figures_found": answer.diagnostics.figures_found,
        "dropped": answer.diagnostics.dropped_markers,
        "tokens": [answer.diagnostics.tokens_in, answer.diagnostics.tokens_out],
        "cost": answer.diagnostics.cost,
        "sentences": [s.to_dict() for s in answer.sentences],
        "citations": [c.to_dict() for c in answer.citations],
        "evidence": [{**e.to_dict(), "text": e.passage.text[:600]} for e in nearest],
    }


def load_all(data: Any) -> tuple[Turn, ...]:
    """Turns from what a browser kept; anything that is not a turn is left out. Keys stay unique."""
    if not isinstance(data, list):
        return ()
    found: dict[str, Turn] = {}
    for item in data[:_LIST_LIMIT]:
        turn = load(item)
        if turn is not None:
            found.setdefault(turn.key, turn)
    return tuple(found.values())


def load(data: Any) -> Turn | None:
    """One turn from its JSON form, or None when it does not have that form."""
    try:
        key = str(data["key"])
        state = str(data["state"])
        if not (key.isalnum() and len(key) <= 32) or state not in ("done", "stopped", "failed"):
            return None
        answer = data["answer"]
        return Turn(
            key=key,
            question=_text(data["question"]),
            answer=None if answer is None else _load_answer(answer),
            state=cast(State, state),
            error=_text(data["error"]),
            seconds=float(data["seconds"]),
            follow_ups=_texts(data["follow_ups"])[:6],
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None


def _load_answer(data: dict[str, Any]) -> Answer:
    tokens = [None if count is None else int(count) for count in data.get("tokens", ())] or [None, None]
    cost = data.get("cost")
    citations = tuple(_load_citation(item) for item in data["citations"][:_LIST_LIMIT])
    sentences = tuple(_load_sentence(item, len(citations)) for item in data["sentences"][:_LIST_LIMIT])
    return Answer(
        question=_text(data["question"]),
        text=_text(data["text"]),
        sentences=sentences,
        citations=citations,
        evidence=tuple(_load_evidence(item) for item in data["evidence"][:NEAREST]),
        refused=data["refused"] is True,
        answerer=_text(data["answerer"]),
        resolved=_optional(data["resolved"]),
        notes=_texts(data["notes"]),
        diagnostics=Diagnostics(
            dropped_markers=int(data["dropped"]),
            figures=int(data["figures"]),
            figures_found=int(data["figures_found"]),
            model=_optional(data["model"]),
            tokens_in=tokens[0],
            tokens_out=tokens[1],
            cost=None if cost is None else float(cost),
        ),
    )


def _load_sentence(data: dict[str, Any], citations: int) -> Sentence:
    status = data["status"]
    if status not in ("supported", "partly", "unsupported"):
        raise ValueError(status)
    return Sentence(
        text=_text(data["text"]),
        citations=tuple(i for i in map(int, data["citations"]) if 0 <= i < citations),
        status=cast(Status, status),
        unverified_figures=_texts(data["unverified_figures"]),
        reason=_text(data["reason"]),
    )


def _load_report(data: dict[str, Any]) -> Report:
    day = data["date"]
    return Report(
        id=_text(data["report_id"]),
        title=_text(data["report_title"]),
        file=_text(data["file"]),
        kind="text",
        language="en",
        broker=_optional(data["broker"]),
        date=date.fromisoformat(day) if day else None,
    )


def _load_locator(data: dict[str, Any]) -> Locator:
    if data["kind"] not in ("mark", "page", "paragraph"):
        raise ValueError(data["kind"])
    return Locator(cast(LocatorKind, data["kind"]), tuple(int(n) for n in data["numbers"][:50]))


def _load_citation(data: dict[str, Any]) -> Citation:
    return Citation(
        marker=_text(data["marker"]),
        report=_load_report(data),
        passage_id=_text(data["passage_id"]),
        locator=_load_locator(data),
        quote=_text(data["quote"]),
        start=int(data["start"]),
        end=int(data["end"]),
        figures=_texts(data["figures"]),
    )


def _load_evidence(data: dict[str, Any]) -> Evidence:
    report = _load_report(data)
    text, page = _text(data["text"]), data["page"]
    passage = Passage(
        id=_text(data["passage_id"]),
        report_id=report.id,
        ordinal=0,
        text=text,
        start=0,
        end=len(text),
        kind="paragraph",
        locator=_load_locator(data),
        paragraph=1,
        section=_texts(data["section"]),
        page=int(page) if page is not None else None,
    )
    return Evidence(passage=passage, report=report, score=float(data["score"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value[:_TEXT_LIMIT]


def _optional(value: Any) -> str | None:
    return None if value is None else _text(value)


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(_text(value) for value in list(values)[:_LIST_LIMIT])
