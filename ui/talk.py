"""A conversation over HTTP: ``/talk`` answers as it grows, ``/talk/stop`` ends that, ``/talk/show`` draws what was said.

The conversation lives in the browser: a question comes with the ones before it, nothing is kept here. An answer is one
request and one stream of JSON lines, each with the one turn that grows. Gradio's queue needs two requests and sends
the whole conversation with every step, twice: that was half of what an answer cost and all that grew with its length.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Body, FastAPI, Response
from fastapi.responses import JSONResponse, StreamingResponse

from rag.errors import InputError, RagError
from ui.chat import grow
from ui.desk import Desk
from ui.i18n import Tongue, Words, texts
from ui.paced import paced
from ui.render import turn_html
from ui.turns import Turn, dump, load_all

ASKING_AT_ONCE = 100
"""Questions answered at the same time; what comes beyond waits."""
AT_ONCE = 0.015
"""Seconds that the beginning of an answer waits for its end, to be shown together with it."""
BREATH = 0.05
"""Seconds between two steps of a growing answer: what comes sooner is shown with the next one."""
MOST = 400
"""Questions of a conversation that are looked at."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a browser sends: the turn's key, the question, the earlier ones, reports to ask, and the page's language."""

    turn: Turn
    history: tuple[str, ...]
    reports: tuple[str, ...]
    tongue: Tongue


def question_of(body: Any) -> Question:
    """A question from JSON. Raises InputError, in one sentence, for anything that is none."""
    if not isinstance(body, dict):
        raise InputError(f"The request holds JSON of type {type(body).__name__}; expected an object.")
    key, text = body.get("key"), body.get("text")
    if not isinstance(key, str) or not (key.isascii() and key.isalnum() and len(key) <= 32):
        raise InputError("key names the turn; expected 1 to 32 letters and digits.")
    if not isinstance(text, str) or not text.strip():
        raise InputError("text is the question; expected a text that is not empty.")
    history, reports = (_texts(body.get(name)) for name in ("history", "reports"))
    return Question(Turn(key, text.strip()), history[-MOST:], reports, _tongue(body))


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _tongue(body: Mapping[str, Any]) -> Tongue:
    return "zh" if body.get("tongue") == "zh" else "en"


class Talks:
    """The answers that are growing, by the key of their turn; keys are random, so that nobody stops another's."""

    def __init__(self, desk: Desk, *, judged: bool) -> None:
        self._desk, self._judged = desk, judged
        self._growing: dict[str, Callable[[], None]] = {}
        self._room = asyncio.Semaphore(ASKING_AT_ONCE)

    async def ask(self, body: Annotated[Any, Body()]) -> Response:
        """A stream of lines ``{"html": …, "turn": …}``; ``turn`` is null until the answer is complete."""
        try:
            asked = question_of(body)
        except RagError as error:
            return JSONResponse({"error": str(error)}, 400)
        return StreamingResponse(self._lines(asked), media_type="application/x-ndjson", headers=_FRESH)

    async def _lines(self, asked: Question) -> AsyncIterator[str]:
        turn, t = asked.turn, texts(asked.tongue)
        async with self._room:
            growing = paced(grow(self._desk.library, turn, asked.history, asked.reports, t), first=AT_ONCE, gap=BREATH)
            self._growing[turn.key] = growing.stop
            try:
                async for turn in growing:
                    yield self._line(turn, t)
            finally:
                growing.stop()
                self._growing.pop(turn.key, None)
        if turn.state == "running":
            yield self._line(replace(turn, state="stopped"), t)

    def _line(self, turn: Turn, t: Words) -> str:
        kept = None if turn.state == "running" else dump(turn)
        return json.dumps({"html": turn_html(turn, t, judged=self._judged), "turn": kept}, ensure_ascii=False) + "\n"

    async def stop(self, body: Annotated[Any, Body()]) -> Response:
        """End the answer of the turn ``key``: its stream ends with what it has."""
        key = body.get("key") if isinstance(body, dict) else None
        if stop := self._growing.get(key) if isinstance(key, str) else None:
            stop()
        return JSONResponse({"stopped": stop is not None}, headers=_FRESH)

    def show(self, body: Annotated[Any, Body()]) -> Response:
        """The HTML of each of the ``turns`` that a browser kept, by key; those that are none are left out."""
        given = body if isinstance(body, dict) else {}
        t = texts(_tongue(given))
        html = {turn.key: turn_html(turn, t, judged=self._judged) for turn in load_all(given.get("turns"))}
        return JSONResponse(html, headers=_FRESH)


_FRESH = {"cache-control": "no-store", "x-accel-buffering": "no"}


def add_talk(app: FastAPI, desk: Desk, *, judged: bool) -> None:
    """Add the three routes; ``judged``: readers may judge the answers."""
    talks = Talks(desk, judged=judged)
    app.post("/talk")(talks.ask)
    app.post("/talk/stop")(talks.stop)
    app.post("/talk/show")(talks.show)
