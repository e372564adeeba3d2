"""A question's way through the library, as growing turns; and turns as messages for the page. Knows no page."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from rag.errors import RagError
from rag.suggest import follow_ups
from rag.types import Answer, Passage, Report
from ui.paced import paced
from ui.render import question_html, turn_html
from ui.turns import Turn

log = logging.getLogger(__name__)
AT_ONCE = 0.08
"""Seconds that a question waits for its answer, to be shown together with it."""
BREATH = 0.05
"""Seconds between two steps of a growing answer: what comes sooner is shown with the next one."""
Words = Mapping[str, str]


class Asked(Protocol):
    """What a conversation needs of the library."""

    def stream(
        self, question: str, *, history: Sequence[str] = (), reports: Iterable[str] = ()
    ) -> Iterator[Answer]: ...

    def passages(self, report_id: str) -> tuple[Passage, ...]: ...

    def reports(self) -> list[Report]: ...


def new_key() -> str:
    """A name for a turn, unique in any conversation."""
    return secrets.token_hex(5)


def grow(library: Asked, turns: Sequence[Turn], question: str, reports: Sequence[str], t: Words) -> Iterator[Turn]:
    """The new turn: first empty, then with the growing answer, last finished (``done`` or ``failed``).

    ``turns``: what was asked before, whose questions complete a follow-up. ``reports``: ids to ask; none means all.
    Steps that follow each other at once come as one: every step costs the page more than the answer itself.
    """
    yield from paced(_grow(library, turns, question, reports, t), first=AT_ONCE, gap=BREATH)


def _grow(library: Asked, turns: Sequence[Turn], question: str, reports: Sequence[str], t: Words) -> Iterator[Turn]:
    started = time.perf_counter()
    turn = Turn(new_key(), question)
    yield turn
    history = tuple(earlier.question for earlier in turns if earlier.state != "failed")
    try:
        known = {report.id for report in library.reports()}
        scope = tuple(report for report in reports if report in known)
        for answer in library.stream(question, history=history, reports=scope):
            turn = replace(turn, answer=answer)
            yield turn
        more = follow_ups(library, turn.answer, asked=(*history, question)) if turn.answer else ()
        yield replace(turn, state="done", follow_ups=more, seconds=time.perf_counter() - started)
    except RagError as error:
        yield replace(turn, answer=None, state="failed", error=str(error))
    except Exception:  # the page is the outermost caller: it must say that something broke, and log what
        log.exception("a question failed")
        yield replace(turn, answer=None, state="failed", error=t["internal"])


def stopped(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns after the stop button: the one that was running ends with what it has."""
    return tuple(replace(turn, state="stopped") if turn.state == "running" else turn for turn in turns)


def up_to(turns: Sequence[Turn], key: str) -> tuple[Turn, ...]:
    """The turns before the one named: what stays when its question is edited and asked again."""
    for place, turn in enumerate(turns):
        if turn.key == key:
            return tuple(turns[:place])
    return tuple(turns)


def messages(turns: Iterable[Turn], t: Words, *, judged: bool = True) -> list[dict[str, str]]:
    """The conversation in the chat component's form; every content is HTML made by ``ui.render``."""
    out: list[dict[str, str]] = []
    for turn in turns:
        out.append({"role": "user", "content": question_html(turn, t)})
        out.append({"role": "assistant", "content": turn_html(turn, t, judged=judged)})
    return out
