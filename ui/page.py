"""What happens on the page: which event calls what. Asking, proving and saving; the library's part is ``ui.shelf``."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import Any

import gradio as gr

from rag.errors import RagError
from ui import chat, export, feedback, word
from ui.desk import Desk
from ui.i18n import Tongue, texts
from ui.rooms import Rooms
from ui.shelf import Shelf, command, problem, text, texts_of
from ui.turns import Turn, dump, load_all

ASKING_AT_ONCE = 100
"""Questions answered at the same time; Gradio's own default is one."""
IDLE = 0.005
"""Seconds between two looks for a new question. Gradio's 0.001 keeps a twentieth of a processor busy with nothing, all day."""
QUICK: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
SLOW: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "concurrency_limit": ASKING_AT_ONCE,
    "trigger_mode": "multiple",  # the default drops, without a word, what is sent while the last answer ends
}


class Page:
    """One language's page. ``blocks`` is what gets mounted."""

    def __init__(self, desk: Desk, tongue: Tongue, *, read_only: bool, max_mb: int) -> None:
        self.desk, self.library, self.read_only = desk, desk.library, read_only
        with gr.Blocks(
            title=texts(tongue)["app"], fill_width=True, analytics_enabled=False, delete_cache=(600, 3600)
        ) as self.blocks:
            self.rooms = Rooms(tongue, read_only=read_only, max_mb=max_mb)
            self.t = self.rooms.t
            self.shelf = Shelf(desk, self.rooms)
            self._wire()
            self.shelf.wire(self.blocks, QUICK)
        self.blocks.max_threads = 2 * ASKING_AT_ONCE
        self.blocks.queue(max_size=1000, default_concurrency_limit=ASKING_AT_ONCE)
        queue = self.blocks._queue
        queue.sleep_when_free, queue.progress_update_sleep_when_free = IDLE, 100 * IDLE

    def _wire(self) -> None:
        r = self.rooms
        talk = [r.box, r.chatbot, r.turns, r.bridge]
        asked = r.bridge.ask(self._asked, [r.turns], talk, **SLOW)
        resumed = r.bridge.resume(self._resumed, None, talk, **SLOW)
        r.box.stop(self._stop, [r.turns], talk, cancels=[asked, resumed], **QUICK)
        r.bridge.edit(self._typing, None, [r.box], **QUICK)
        r.bridge.restore(self._restore, [r.chosen], [r.chatbot, r.turns], **QUICK)
        opened = [r.proof, *self.shelf.managed]
        r.bridge.cite(self._cite, None, opened, **QUICK)
        r.bridge.open(self._open, None, opened, **QUICK)
        r.bridge.export(self._export, None, [r.bridge], **QUICK)
        if not self.read_only:
            r.bridge.feedback(self._feedback, None, [r.bridge], **QUICK)

    # asking

    def _messages(self, turns: Iterable[Turn]) -> list[dict[str, str]]:
        return chat.messages(turns, self.t, judged=not self.read_only)

    def _asked(self, turns: tuple[Turn, ...], event: gr.EventData) -> Iterator[Any]:
        """A question: ``text``, the ``turn`` that it replaces, ``reports`` to ask, and how many turns the browser ``have``.

        The conversation lives in the browser; here is a copy, which is gone after a restart or a night's sleep. Then the
        browser is asked to send both again.
        """
        if getattr(event, "have", len(turns)) != len(turns):
            again = command("resume", text=text(event, "text"), turn=text(event, "turn"))
            yield gr.skip(), gr.skip(), gr.skip(), again
            return
        yield from self._ask(turns, event)

    def _resumed(self, event: gr.EventData) -> Iterator[Any]:
        """The same with the conversation as the browser kept it."""
        yield from self._ask(load_all(getattr(event, "turns", [])), event)

    def _ask(self, turns: tuple[Turn, ...], event: gr.EventData) -> Iterator[Any]:
        question, replaces = text(event, "text").strip(), text(event, "turn")
        if not question:
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        earlier = chat.stopped(chat.up_to(turns, replaces) if replaces else turns)
        before = self._messages(earlier)
        # Plain values where they will do: for an update, or a skip, Gradio makes the component anew each time.
        stoppable = False
        for turn in chat.grow(self.library, earlier, question, texts_of(event, "reports"), self.t):
            box: Any = gr.skip() if stoppable else ""
            told = None
            if turn.state != "running":
                told = _saved(len(earlier), turn)
                box = gr.update(submit_btn=self.t["send"], stop_btn=False) if stoppable else box
            elif not stoppable:
                stoppable = True
                box = gr.update(value="", submit_btn=False, stop_btn=self.t["stop"])
            yield box, before + self._messages([turn]), (*earlier, turn), told

    def _typing(self, event: gr.EventData) -> str:
        """An earlier question goes back into the box."""
        return text(event, "text")

    def _stop(self, turns: tuple[Turn, ...]) -> tuple[Any, ...]:
        ended = chat.stopped(turns)
        idle = gr.update(submit_btn=self.t["send"], stop_btn=False)
        told = _saved(len(ended) - 1, ended[-1]) if ended else gr.skip()
        return idle, self._messages(ended), ended, told

    def _restore(self, chosen: tuple[str, ...], event: gr.EventData) -> tuple[Any, ...]:
        """A conversation that the browser kept, or none for a new one."""
        turns = load_all(getattr(event, "turns", []))
        return gr.update(value=self._messages(turns), placeholder=self.shelf.welcome(chosen)), turns

    # proof

    def _cite(self, event: gr.EventData) -> tuple[Any, ...]:
        cited = {"href": text(event, "href"), "quote": text(event, "quote")}
        return self.desk.proof(cited, self.t), *self.shelf.managing("")

    def _open(self, event: gr.EventData) -> tuple[Any, ...]:
        report_id = text(event, "report")
        try:
            return self.desk.reading(report_id, self.t), *self.shelf.managing(report_id)
        except RagError as error:
            return problem(str(error)), *self.shelf.managing("")

    # what leaves the page

    def _export(self, event: gr.EventData) -> Any:
        kind, turns = text(event, "kind"), load_all(getattr(event, "turns", []))
        name = "report-chat"
        if kind == "docx":
            return _download(f"{name}.docx", word.document(turns, self.t))
        if kind == "views":
            return _download("views.csv", self.shelf.views_csv())
        if kind == "csv":
            found = next((turn.answer for turn in turns if turn.answer), None)
            return gr.skip() if found is None else _download(f"{name}.csv", export.tables_csv(found))
        return _download(f"{name}.md", export.conversation_markdown(turns, self.t).encode())

    def _feedback(self, event: gr.EventData) -> Any:
        """A verdict on the last of the ``turns`` that came with it."""
        turns = load_all(getattr(event, "turns", []))
        if not turns:
            return gr.skip()
        try:
            line = feedback.record(turns[-1], turns[:-1], text(event, "verdict"), text(event, "comment"))
            feedback.store(self.library.home, line)
        except (RagError, OSError) as error:
            return command("toast", text=str(error))
        return command("toast", text=self.t["thanks"], turn=turns[-1].key, verdict=line["verdict"])


def _saved(keep: int, turn: Turn) -> dict[str, Any]:
    return command("keep", after=keep, turn=dump(turn))


def _download(name: str, data: bytes) -> dict[str, Any]:
    return command("download", name=name, data=base64.b64encode(data).decode())
