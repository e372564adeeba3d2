"""What happens on the page: which event calls what. Proving and saving; asking is ``ui.talk``, the library's part ``ui.shelf``."""

from __future__ import annotations

import base64
from typing import Any

import gradio as gr

from rag.errors import RagError
from ui import export, feedback, word
from ui.desk import Desk
from ui.i18n import Tongue, texts, worded
from ui.rooms import Rooms
from ui.shelf import Shelf, command, problem, text
from ui.turns import load_all

AT_ONCE = 100
"""Events handled at the same time; Gradio's own default is one."""
IDLE = 0.005
"""Seconds between two looks for a new question. Gradio's 0.001 keeps a twentieth of a processor busy with nothing, all day."""
QUICK: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


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
        self.blocks.max_threads = AT_ONCE
        self.blocks.queue(max_size=1000, default_concurrency_limit=AT_ONCE)
        queue = self.blocks._queue
        queue.sleep_when_free, queue.progress_update_sleep_when_free = IDLE, 100 * IDLE

    def _wire(self) -> None:
        r = self.rooms
        opened = [r.proof, *self.shelf.managed]
        r.bridge.cite(self._cite, None, opened, **QUICK)
        r.bridge.open(self._open, None, opened, **QUICK)
        r.bridge.export(self._export, None, [r.bridge], **QUICK)
        if not self.read_only:
            r.bridge.feedback(self._feedback, None, [r.bridge], **QUICK)

    # proof

    def _cite(self, event: gr.EventData) -> tuple[Any, ...]:
        cited = {"href": text(event, "href"), "quote": text(event, "quote")}
        return self.desk.proof(cited, self.t), *self.shelf.managing("")

    def _open(self, event: gr.EventData) -> tuple[Any, ...]:
        report_id = text(event, "report")
        try:
            return self.desk.reading(report_id, self.t), *self.shelf.managing(report_id)
        except RagError as error:
            return problem(worded(self.t, str(error))), *self.shelf.managing("")

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
            return command("toast", text=worded(self.t, str(error)))
        return command("toast", text=self.t["thanks"], turn=turns[-1].key, verdict=line["verdict"])


def _download(name: str, data: bytes) -> dict[str, Any]:
    return command("download", name=name, data=base64.b64encode(data).decode())
