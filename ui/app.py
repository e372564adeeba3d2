"""The page in Gradio: its components and what they call. The only file that imports gradio.

Import it after ``ui.serve.environment`` has been called. Layout is in ``page.css``; what Gradio's components cannot do (hover
cards, keys, history in the browser) is in ``page.js``, which talks to Python through the component ``bridge``.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import functools
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from fastapi import FastAPI

from rag.errors import RagError
from rag.suggest import suggest
from ui import chat, export, feedback, word
from ui import library_panel as panel
from ui.api import add_routes, functions
from ui.desk import Desk, parse_day, progress
from ui.i18n import Tongue, texts
from ui.render import welcome_html
from ui.safe import esc
from ui.serve import MAX_FILES
from ui.source import empty
from ui.turns import Turn, dump, load_all

if TYPE_CHECKING:
    from rag.settings import Settings

log = logging.getLogger(__name__)
Words = Mapping[str, str]
HERE = Path(__file__).parent
ASKING_AT_ONCE = 100
_FONTS = ("system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")  # fmt: skip


def theme() -> gr.themes.Base:
    """Colours and fonts; every font is the machine's own."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        font=_FONTS,
        font_mono=("ui-monospace", "SFMono-Regular", "Consolas", "monospace"),
    )


class Page:
    """The components of one language's page and the handlers between them. ``blocks`` is what gets mounted."""

    def __init__(self, desk: Desk, tongue: Tongue, *, read_only: bool, max_mb: int) -> None:
        self.desk, self.library, self.t = desk, desk.library, texts(tongue)
        self.tongue, self.read_only, self.max_mb = tongue, read_only, max_mb
        with gr.Blocks(
            title=self.t["app"], fill_width=True, analytics_enabled=False, delete_cache=(600, 3600)
        ) as self.blocks:
            self.turns, self.chosen = gr.State(()), gr.State(())
            self.opened, self.editing = gr.State(""), gr.State("")
            script = (HERE / "page.js").read_text("utf-8")
            self.bridge = gr.HTML(
                value={}, html_template="<i></i>", js_on_load=script, elem_id="bridge", words=self._words()
            )
            gr.HTML(self._top(), elem_id="top", js_on_load=None, apply_default_css=False)
            with gr.Row(elem_id="rooms"):
                with gr.Column(elem_id="library", min_width=0):
                    self._library_room()
                with gr.Column(elem_id="talk", min_width=0):
                    self._talk_room()
                with gr.Column(elem_id="proof", min_width=0):
                    self._proof_room()
            self._wire()
        self.blocks.max_threads = 2 * ASKING_AT_ONCE
        self.blocks.queue(max_size=1000, default_concurrency_limit=ASKING_AT_ONCE)

    # ------------------------------------------------------------ rooms

    def _words(self) -> dict[str, str]:
        return {name: self.t[name] for name in ("copied", "cancel", "comment", "comment_send", "wrong", "wrong_citation", "history_none", "delete_chat", "conversation", "library", "proof", "view_text", "view_page", "page_n")} | {"tongue": self.tongue}  # fmt: skip

    def _top(self) -> str:
        t = self.t
        other = "/?lang=en" if self.tongue == "zh" else "/zh/?lang=zh"
        badge = f'<span class="chip">{esc(t["read_only"])}</span>' if self.read_only else ""
        tabs = "".join(
            f'<button class="room-tab" id="tab-{name}">{esc(t[word])}</button>'
            for name, word in (("library", "library"), ("talk", "conversation"), ("proof", "proof"))
        )
        return (
            f'<a class="sr skip" href="#ask">{esc(t["skip"])}</a><div class="brand"><span class="logo" aria-hidden="true">[5]</span>'
            f'<h1>{esc(t["app"])}</h1>{badge}</div><nav class="tabs">{tabs}</nav>'
            f'<div class="corner"><a class="tool" id="other-language" href="{other}">{esc(t["other_language"])}</a>'
            f'<button class="tool" id="theme" title="{esc(t["theme"])}" aria-label="{esc(t["theme"])}">◐</button></div>'
        )

    def _library_room(self) -> None:
        t = self.t
        if not self.read_only:
            self.upload = gr.File(
                label=t["add_drop"],
                file_count="multiple",
                elem_id="upload",
                height=112,
            )
            gr.HTML(
                f'<p class="hint">{esc(t["add_hint"].format(mb=self.max_mb, n=MAX_FILES))}</p>',
                js_on_load=None,
                apply_default_css=False,
            )
            self.uploads = gr.HTML("", elem_id="uploads", js_on_load=None, apply_default_css=False)
        self.search = gr.Textbox(
            placeholder=t["search"], label=t["search"], show_label=False, container=False, elem_id="search"
        )
        with gr.Accordion(t["filters"], open=False, elem_id="filters"):
            self.broker = gr.Dropdown([(t["any_broker"], "")], value="", label=t["broker"])
            self.company = gr.Dropdown([(t["any_company"], "")], value="", label=t["company"])
            languages = [(t["any_language"], ""), (t["lang_en"], "en"), (t["lang_zh"], "zh")]
            self.language = gr.Dropdown(languages, value="", label=t["language"])
            self.since = gr.Textbox(label=t["since"], placeholder="2026-01-31", max_lines=1)
            self.until = gr.Textbox(label=t["until"], placeholder="2026-12-31", max_lines=1)
            orders = [(t[f"sort_{name}"], name) for name in ("date", "oldest", "title", "broker")]
            self.sort = gr.Dropdown(orders, value="date", label=t["sort"])
        self.reports = gr.HTML("", elem_id="reports", js_on_load=None, apply_default_css=False)

    def _talk_room(self) -> None:
        t = self.t
        gr.HTML(
            f'<button class="act" id="new-chat">＋ {esc(t["new_chat"])}</button>'
            f'<details id="history"><summary class="act">{esc(t["history"])}</summary><div class="menu"></div></details>'
            f'<details id="export"><summary class="act">{esc(t["export"])}</summary><div class="menu">'
            f'<button class="act" id="export-md">{esc(t["export_md"])}</button>'
            f'<button class="act" id="export-docx">{esc(t["export_docx"])}</button></div></details>',
            elem_id="talk-bar",
            js_on_load=None,
            apply_default_css=False,
        )
        self.chatbot = gr.Chatbot(
            elem_id="chat",
            label=t["conversation"],
            show_label=False,
            container=False,
            layout="panel",
            buttons=[],
            feedback_options=None,
            latex_delimiters=[],
            allow_tags=False,
            autoscroll=False,
            height="100%",
        )
        self.scope = gr.HTML("", elem_id="scope", js_on_load=None, apply_default_css=False)
        self.box = gr.Textbox(
            placeholder=t["ask_placeholder"],
            label=t["ask_label"],
            show_label=False,
            container=False,
            lines=1,
            max_lines=8,
            submit_btn=t["send"],
            autofocus=True,
            elem_id="ask",
        )

    def _proof_room(self) -> None:
        t = self.t
        self.proof = gr.HTML(empty(t), elem_id="proof-view", js_on_load=None, apply_default_css=False)
        with gr.Column(visible=False, elem_id="manage") as self.manage:
            with gr.Row(visible=True) as self.manage_bar:
                self.edit = gr.Button(t["edit"], size="sm")
                self.remove = gr.Button(t["remove"], size="sm")
            with gr.Column(visible=False) as self.form:
                gr.HTML(f"<h3>{esc(t['edit_title'])}</h3>", js_on_load=None, apply_default_css=False)
                self.fields = {
                    name: gr.Textbox(label=t[name], max_lines=1)
                    for name in ("title", "broker", "date", "rating", "companies")
                }
                with gr.Row():
                    self.save = gr.Button(t["save"], size="sm", variant="primary")
                    self.cancel = gr.Button(t["cancel"], size="sm")
            with gr.Column(visible=False) as self.sure:
                gr.HTML(f"<p>{esc(t['remove_sure'])}</p>", js_on_load=None, apply_default_css=False)
                with gr.Row():
                    self.remove_yes = gr.Button(t["remove_yes"], size="sm", variant="stop")
                    self.keep = gr.Button(t["cancel"], size="sm")
        self.notice = gr.HTML("", elem_id="notice", js_on_load=None, apply_default_css=False)

    # ------------------------------------------------------------ what happens

    def _wire(self) -> None:
        quick: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        talk = [self.box, self.chatbot, self.turns, self.bridge]
        slow: dict[str, Any] = {
            "show_progress": "hidden",
            "api_visibility": "private",
            "concurrency_limit": ASKING_AT_ONCE,
            "trigger_mode": "multiple",  # the default drops, without a word, what is sent while the last answer ends
        }
        state = [self.turns, self.chosen, self.editing]
        typed = self.box.submit(self._ask_typed, [self.box, *state], [*talk, self.editing], **slow)
        sent = self.bridge.ask(self._ask_sent, state, [*talk, self.editing], **slow)
        self.box.stop(self._stop, [self.turns], talk, cancels=[typed, sent], **quick)

        self.bridge.edit(self._edit_question, [self.turns], [self.box, self.editing], **quick)
        self.bridge.restore(self._restore, [self.chosen], [self.chatbot, self.turns, self.editing], **quick)
        self.bridge.cite(self._cite, None, [self.proof, *self._managed()], **quick)
        self.bridge.open(self._open, None, [self.proof, *self._managed()], **quick)
        self.bridge.select(self._select, None, [self.chosen, self.scope, self.chatbot], **quick)
        self.bridge.export(self._export, [self.turns], [self.bridge], **quick)
        seen: list[Any] = [
            self.search,
            self.broker,
            self.company,
            self.language,
            self.since,
            self.until,
            self.sort,
            self.chosen,
        ]
        for part in seen[:-1]:
            part.change(self._list, seen, [self.reports], trigger_mode="always_last", **quick)
        whole = [self.reports, self.broker, self.company, self.scope, self.chatbot]
        self.blocks.load(self._load, seen, whole, **quick)
        if not self.read_only:
            self._wire_changes(seen, whole, quick)

    def _wire_changes(self, seen: list[Any], whole: list[Any], quick: dict[str, Any]) -> None:
        """Events that change the library; on a read-only page they do not exist, hidden or otherwise."""
        added = self.upload.upload(
            self._add, [self.upload], [self.uploads, self.upload], concurrency_limit=8, concurrency_id="add", show_progress="hidden", api_visibility="private"
        )  # fmt: skip
        added.then(self._load, seen, whole, **quick)
        self.bridge.feedback(self._feedback, [self.turns], [self.bridge], **quick)
        fields = list(self.fields.values())
        self.edit.click(self._form, [self.opened], [self.form, self.sure, *fields], **quick)
        self.cancel.click(lambda: gr.update(visible=False), None, [self.form], **quick)
        self.save.click(self._save, [self.opened, *fields], [self.form, self.proof, self.notice], **quick).then(
            self._load, seen, whole, **quick
        )
        self.remove.click(
            lambda: (gr.update(visible=True), gr.update(visible=False)), None, [self.sure, self.form], **quick
        )
        self.keep.click(lambda: gr.update(visible=False), None, [self.sure], **quick)
        self.remove_yes.click(self._remove, [self.opened, self.chosen], [self.proof, self.notice, self.chosen, *self._managed()], **quick).then(
            self._load, seen, whole, **quick
        )  # fmt: skip

    def _managed(self) -> list[Any]:
        return [self.opened, self.manage, self.form, self.sure]

    def _managing(self, report_id: str) -> tuple[Any, ...]:
        shown = bool(report_id) and not self.read_only
        return report_id, gr.update(visible=shown), gr.update(visible=False), gr.update(visible=False)

    # asking

    def _messages(self, turns: Iterable[Turn]) -> list[dict[str, str]]:
        return chat.messages(turns, self.t, judged=not self.read_only)

    def _ask_typed(
        self, question: str, turns: tuple[Turn, ...], chosen: tuple[str, ...], editing: str
    ) -> Iterator[Any]:
        yield from self._ask(question, turns, chosen, editing)

    def _ask_sent(
        self, turns: tuple[Turn, ...], chosen: tuple[str, ...], editing: str, event: gr.EventData
    ) -> Iterator[Any]:
        """A question from a link, an example or the button that asks again (which names the turn it replaces)."""
        yield from self._ask(_text(event, "text"), turns, chosen, _text(event, "turn") or editing)

    def _ask(self, question: str, turns: tuple[Turn, ...], chosen: tuple[str, ...], editing: str) -> Iterator[Any]:
        if not question.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        earlier = chat.stopped(chat.up_to(turns, editing) if editing else turns)
        before = self._messages(earlier)
        busy, command = gr.update(value="", submit_btn=False, stop_btn=self.t["stop"]), gr.skip()
        for turn in chat.grow(self.library, earlier, question.strip(), chosen, self.t):
            if turn.state != "running":
                busy = gr.update(submit_btn=self.t["send"], stop_btn=False)
                command = _saved(len(earlier), turn)
            yield busy, before + self._messages([turn]), (*earlier, turn), command, ""
            busy = gr.skip()

    def _stop(self, turns: tuple[Turn, ...]) -> tuple[Any, ...]:
        ended = chat.stopped(turns)
        idle = gr.update(submit_btn=self.t["send"], stop_btn=False)
        command = _saved(len(ended) - 1, ended[-1]) if ended else gr.skip()
        return idle, self._messages(ended), ended, command

    def _edit_question(self, turns: tuple[Turn, ...], event: gr.EventData) -> tuple[Any, str]:
        key = _text(event, "turn")
        question = next((turn.question for turn in turns if turn.key == key), None)
        return (gr.skip(), "") if question is None else (question, key)

    def _restore(self, chosen: tuple[str, ...], event: gr.EventData) -> tuple[Any, ...]:
        """A conversation that the browser kept, or none for a new one."""
        turns = load_all(getattr(event, "turns", []))
        return gr.update(value=self._messages(turns), placeholder=self._welcome(chosen)), turns, ""

    # proof

    def _cite(self, event: gr.EventData) -> tuple[Any, ...]:
        return self.desk.proof({"href": _text(event, "href"), "quote": _text(event, "quote")}, self.t), *self._managing(
            ""
        )

    def _open(self, event: gr.EventData) -> tuple[Any, ...]:
        report_id = _text(event, "report")
        try:
            return self.desk.reading(report_id, self.t), *self._managing(report_id)
        except RagError as error:
            return _problem(str(error)), *self._managing("")

    def _export(self, turns: tuple[Turn, ...], event: gr.EventData) -> Any:
        kind, key = _text(event, "kind"), _text(event, "turn")
        name = self.t["app"].lower().replace(" ", "-")
        if kind == "docx":
            return _download(f"{name}.docx", word.document(turns, self.t))
        if kind == "csv":
            found = next((turn.answer for turn in turns if turn.key == key and turn.answer), None)
            return (
                gr.skip()
                if found is None
                else _download(f"{name}.csv", b"\xef\xbb\xbf" + export.tables_csv(found).encode())
            )
        return _download(f"{name}.md", export.conversation_markdown(turns, self.t).encode())

    def _feedback(self, turns: tuple[Turn, ...], event: gr.EventData) -> Any:
        key = _text(event, "turn")
        place = next((n for n, turn in enumerate(turns) if turn.key == key), None)
        if place is None:
            return gr.skip()
        try:
            line = feedback.record(turns[place], turns[:place], _text(event, "verdict"), _text(event, "comment"))
            feedback.store(self.library.home, line)
        except (RagError, OSError) as error:
            return _command("toast", text=str(error))
        return _command("toast", text=self.t["thanks"], turn=key, verdict=line["verdict"])

    # library

    def _list(self, *seen: Any) -> str:
        search, broker, company, language, since, until, sort, chosen = seen
        try:
            first, last = parse_day(since or ""), parse_day(until or "")
        except RagError as error:
            return _problem(str(error))
        filters = panel.Filters(search or "", broker or "", company or "", language or "", first, last, sort or "date")
        known = self.library.reports()
        return panel.list_html(panel.matching(known, filters), len(known), chosen, self.t)

    def _load(self, *seen: Any) -> tuple[Any, ...]:
        known = self.library.reports()
        by_broker = [(self.t["any_broker"], ""), *((name, name) for name in panel.brokers(known))]
        by_company = [(self.t["any_company"], ""), *((name, name) for name in panel.companies(known))]
        chosen = seen[-1]
        return (
            self._list(*seen),
            gr.update(choices=by_broker),
            gr.update(choices=by_company),
            panel.scope_html(len(chosen), len(known), self.t),
            gr.update(placeholder=self._welcome(chosen)),
        )

    def _welcome(self, chosen: tuple[str, ...]) -> str:
        return welcome_html(
            suggest(self.library, reports=chosen, prefer=self.tongue), bool(self.library.reports()), self.t
        )

    def _select(self, event: gr.EventData) -> tuple[Any, ...]:
        known = self.library.reports()
        wanted = {str(item) for item in getattr(event, "reports", [])}
        chosen = tuple(report.id for report in known if report.id in wanted)
        scope = panel.scope_html(len(chosen), len(known), self.t)
        return chosen, scope, gr.update(placeholder=self._welcome(chosen))

    def _add(self, files: list[str] | None) -> Iterator[Any]:
        paths = [str(path) for path in files or ()]
        if len(paths) > MAX_FILES:
            yield _problem(self.t["add_too_many"].format(seen=len(paths), n=MAX_FILES)), None
            return
        for rows in progress(self.desk.add(paths, self.t)):
            yield panel.uploads_html(rows, self.t), None

    def _form(self, report_id: str) -> tuple[Any, ...]:
        report = self.library.report(report_id)
        day = report.date.isoformat() if report.date else ""
        values = (report.title, report.broker or "", day, report.rating or "", ", ".join(report.companies))
        return gr.update(visible=True), gr.update(visible=False), *values

    def _save(self, report_id: str, *values: str) -> tuple[Any, ...]:
        try:
            self.desk.edit(report_id, dict(zip(self.fields, values, strict=True)))
            return gr.update(visible=False), self.desk.reading(report_id, self.t), _note(self.t["saved"])
        except RagError as error:
            return gr.skip(), gr.skip(), _problem(str(error))

    def _remove(self, report_id: str, chosen: tuple[str, ...]) -> tuple[Any, ...]:
        try:
            self.library.remove(report_id)
        except RagError as error:
            return gr.skip(), _problem(str(error)), gr.skip(), *self._managing(report_id)
        rest = tuple(other for other in chosen if other != report_id)
        return empty(self.t), _note(self.t["removed"]), rest, *self._managing("")


def _text(event: gr.EventData, name: str) -> str:
    """A text that the browser sent with an event; anything else counts as empty."""
    value = getattr(event, name, "")
    return value if isinstance(value, str) else ""


def _command(do: str, /, **values: Any) -> dict[str, Any]:
    """What ``page.js`` is told to do; ``id`` makes two equal commands different."""
    return {"do": do, "id": chat.new_key(), **values}


def _saved(keep: int, turn: Turn) -> dict[str, Any]:
    return _command("keep", after=keep, turn=dump(turn))


def _download(name: str, data: bytes) -> dict[str, Any]:
    return _command("download", name=name, data=base64.b64encode(data).decode())


def _problem(words: str) -> str:
    return f'<p class="problem" role="alert">{esc(words)}</p>'


def _note(words: str) -> str:
    return f'<p class="note" role="status">{esc(words)}</p>'


# ---------------------------------------------------------------- the web application


def make_app(settings: Settings) -> FastAPI:
    """The whole page: both languages, files and the programs' interface. Raises RagError when the library cannot open."""
    from rag.library import Library

    desk = Desk(Library.open(settings))

    @contextlib.asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(desk.close)

    app = FastAPI(lifespan=closing, docs_url=None, redoc_url=None, openapi_url=None)
    add_routes(app, desk)
    look = {
        "head": f"<style>{(HERE / 'page.css').read_text('utf-8')}</style>",
        "theme": theme(),
        "footer_links": [],
        "run_history": False,
        "show_error": False,
        "ssr_mode": False,
        "allowed_paths": [],
        "max_file_size": 2 * settings.rag_max_file_mb * 2**20,
        "enable_monitoring": False,
        "pwa": False,
    }
    chinese, english = (
        Page(desk, tongue, read_only=settings.ui_read_only, max_mb=settings.rag_max_file_mb) for tongue in ("zh", "en")
    )
    with english.blocks:
        for name, function in zip(("ask", "search"), functions(desk.library), strict=True):
            gr.api(_told(function), api_name=name, concurrency_limit=ASKING_AT_ONCE)  # type: ignore[attr-defined]
    gr.mount_gradio_app(app, chinese.blocks, "/zh", mcp_server=False, **look)
    gr.mount_gradio_app(app, english.blocks, "/", mcp_server=find_spec("mcp") is not None, **look)
    return app


def _told(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; our own errors reach its caller as their one sentence."""

    @functools.wraps(function)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except RagError as error:
            raise gr.Error(str(error), print_exception=False) from None

    return told
