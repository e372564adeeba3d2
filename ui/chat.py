"""A question's way through the library, as growing turns. Knows no page."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from rag.errors import RagError
from rag.suggest import follow_ups
from rag.types import Answer, Passage, Report
from ui.i18n import Words
from ui.turns import Turn

log = logging.getLogger(__name__)


class Asked(Protocol):
    """What a conversation needs of the library."""

    def stream(
        self, question: str, *, history: Sequence[str] = (), reports: Iterable[str] = ()
    ) -> Iterator[Answer]: ...

    def passages(self, report_id: str) -> tuple[Passage, ...]: ...

    def reports(self) -> list[Report]: ...


def grow(library: Asked, turn: Turn, history: Sequence[str], reports: Sequence[str], t: Words) -> Iterator[Turn]:
    """``turn`` with its growing answer, last finished (``done`` or ``failed``).

    ``history``: the questions before it, oldest first, which complete a follow-up. ``reports``: ids to ask; none means all.
    """
    started = time.perf_counter()
    try:
        known = {report.id for report in library.reports()}
        scope = tuple(report for report in reports if report in known)
        for answer in library.stream(turn.question, history=history, reports=scope):
            turn = replace(turn, answer=answer)
            yield turn
        more = _more(library, turn.answer, (*history, turn.question))
        yield replace(turn, state="done", follow_ups=more, seconds=time.perf_counter() - started)
    except RagError as error:
        yield replace(turn, answer=None, state="failed", error=str(error))
    except Exception:  # the page is the outermost caller: it must say that something broke, and log what
        log.exception("a question failed")
        yield replace(turn, answer=None, state="failed", error=t["internal"])


def _more(library: Asked, answer: Answer | None, asked: Sequence[str]) -> tuple[str, ...]:
    """Questions to go on with; after thanks and the like none, but who begins with a greeting is shown what can be asked."""
    if answer is None or not (answer.sentences or answer.refused or len(asked) == 1):
        return ()
    return follow_ups(library, answer, asked=asked)
