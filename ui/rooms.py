"""The components of one page: library, conversation, views and proof. What they do is in ``ui.page`` and ``ui.shelf``.

Layout is in ``page.css``; what Gradio's components cannot do (hover cards, keys, history in the browser) is in
``page*.js``, which talk to Python through the component ``bridge``, and to ``ui.talk`` over HTTP.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from ui import library_panel as panel
from ui.i18n import Tongue, texts
from ui.safe import esc
from ui.serve import MAX_FILES
from ui.source import empty

HERE = Path(__file__).parent
_TOLD = (
    "copied cancel editing comment comment_send wrong wrong_citation history_none delete_chat conversation library proof "
    "view_text view_page page_n add_drop searching edit_again lost add_big"
).split()


def html(value: str = "", elem_id: str | None = None) -> gr.HTML:
    """A piece of our own HTML: no template, no script, no default look."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)


def theme() -> gr.themes.Base:
    """Colours and fonts; every font is the machine's own."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        font=("system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"),
        font_mono=("ui-monospace", "SFMono-Regular", "Consolas", "monospace"),
    )  # fmt: skip


class Rooms:
    """The components, made inside the ``gr.Blocks`` that is open."""

    def __init__(self, tongue: Tongue, *, read_only: bool, max_mb: int) -> None:
        self.tongue, self.t = tongue, texts(tongue)
        self.read_only, self.max_mb = read_only, max_mb
        self.chosen, self.opened = gr.State(()), gr.State("")
        words = {name: self.t[name] for name in _TOLD} | {"tongue": tongue, "read_only": read_only, "max_mb": max_mb}
        script = "".join((HERE / name).read_text("utf-8") for name in ("page.js", "page_talk.js", "page_actions.js"))
        self.bridge = gr.HTML(value={}, html_template="<i></i>", js_on_load=script, elem_id="bridge", words=words)
        html(self._top(), "top")
        with gr.Row(elem_id="rooms"):
            with gr.Column(elem_id="library", min_width=0):
                self._library()
            with gr.Column(elem_id="talk", min_width=0):
                self._talk()
            with gr.Column(elem_id="views", min_width=0):
                self._views()
            with gr.Column(elem_id="proof", min_width=0):
                self._proof()

    def _top(self) -> str:
        t = self.t
        other = "/?lang=en" if self.tongue == "zh" else "/zh/?lang=zh"
        badge = f'<span class="chip">{esc(t["read_only"])}</span>' if self.read_only else ""
        names = (("library", "library"), ("talk", "conversation"), ("views", "views"), ("proof", "proof"))
        tabs = "".join(f'<button class="room-tab" id="tab-{name}">{esc(t[word])}</button>' for name, word in names)
        return (
            f'<div class="bar"><a class="sr skip" href="#ask">{esc(t["skip"])}</a><div class="brand">'
            f'<span class="logo" aria-hidden="true">[5]</span><h1>{esc(t["app"])}</h1>{badge}</div>'
            f'<nav class="tabs" aria-label="{esc(t["rooms"])}">{tabs}</nav>'
            f'<div class="corner"><a class="tool" id="other-language" href="{other}">{esc(t["other_language"])}</a>'
            f'<button class="tool" id="theme" title="{esc(t["theme"])}" aria-label="{esc(t["theme"])}">◐</button>'
            "</div></div>"
        )

    def _library(self) -> None:
        t = self.t
        if not self.read_only:
            # no file_types: the component would throw away a whole choice of files for one that does not fit
            self.upload = gr.File(label=t["add_drop"], file_count="multiple", elem_id="upload", height=112)
            html(f'<p class="hint">{esc(t["add_hint"].format(mb=self.max_mb, n=MAX_FILES))}</p>')
            self.uploads = html("", "uploads")
        self.search = gr.Textbox(
            placeholder=t["search"], label=t["search"], show_label=False, container=False, elem_id="search"
        )
        with gr.Accordion(t["filters"], open=False, elem_id="filters"), gr.Row(elem_id="filter-grid"):
            self.broker = self._choice("broker", [(t["any_broker"], "")])
            self.company = self._choice("company", [(t["any_company"], "")])
            languages = [(t["any_language"], ""), (t["lang_en"], "en"), (t["lang_zh"], "zh")]
            self.language = self._choice("language", languages)
            self.sort = self._choice("sort", [(t[f"sort_{name}"], name) for name in panel.SORTS])
            self.since = gr.Textbox(label=t["since"], placeholder="2026-01-31", max_lines=1, min_width=90)
            self.until = gr.Textbox(label=t["until"], placeholder="2026-12-31", max_lines=1, min_width=90)
        self.reports = html("", "reports")

    def _choice(self, name: str, choices: list[tuple[str, str]]) -> gr.Dropdown:
        return gr.Dropdown(choices, value=choices[0][1], label=self.t[name], min_width=90)

    def _talk(self) -> None:
        t = self.t
        html(
            f'<button class="act" id="new-chat">＋ {esc(t["new_chat"])}</button>'
            f'<details id="history"><summary class="act">{esc(t["history"])}</summary><div class="menu"></div></details>'
            f'<details id="export"><summary class="act">{esc(t["export"])}</summary><div class="menu">'
            f'<button class="act" id="export-md">{esc(t["export_md"])}</button>'
            f'<button class="act" id="export-docx">{esc(t["export_docx"])}</button></div></details>',
            "talk-bar",
        )
        self.welcome = html("", "welcome")
        html(f'<div class="turns" role="log" aria-label="{esc(t["conversation"])}"></div>', "chat")  # filled by page.js
        self.scope = html("", "scope")
        gr.Textbox(
            placeholder=t["ask_placeholder"], label=t["ask_label"], show_label=False, container=False, lines=1,
            max_lines=8, submit_btn=t["send"], stop_btn=t["stop"], autofocus=True, interactive=True, elem_id="ask",
        )  # fmt: skip

    def _views(self) -> None:
        t = self.t
        html(f'<h2>{esc(t["views_title"])}</h2><p class="hint">{esc(t["views_sub"])}</p>', "views-head")
        self.viewed = gr.Dropdown([(t["any_company"], "")], value="", label=t["company"], elem_id="views-company")
        self.targets = self._chart("targets", "target", t["target"])
        self.ratings = self._chart("ratings", "level", t["rating_axis"], y_lim=[-0.3, 5.3])
        self.views = html("", "views-table")

    def _chart(self, name: str, y: str, y_title: str, **more: Any) -> Any:
        """A chart over time, one colour per broker. Gradio's own (Vega-Lite, part of the page) asks no other host."""
        t = self.t
        return gr.LinePlot(
            x="date", y=y, color="series", title=t[f"chart_{name}"], x_title=" ", y_title=y_title, color_title=t["broker"],
            x_axis_format="%Y-%m-%d", y_axis_format=",.6~g", tooltip="all", height=250, label=t[f"chart_{name}"],
            show_label=False, visible=False, elem_id=f"chart-{name}", container=False, **more,
        )  # fmt: skip

    def _proof(self) -> None:
        t = self.t
        self.proof = html(empty(t), "proof-view")
        with gr.Column(visible=False, elem_id="manage") as self.manage:
            with gr.Row():
                self.edit = gr.Button(t["edit"], size="sm")
                self.remove = gr.Button(t["remove"], size="sm")
            with gr.Column(visible=False) as self.form:
                html(f"<h3>{esc(t['edit_title'])}</h3>")
                with gr.Row(elem_id="fields"):
                    self.fields: dict[str, Any] = {
                        name: gr.Textbox(label=t[f"field_{name}"], max_lines=1, min_width=150) for name in panel.FIELDS
                    }
                with gr.Row():
                    self.save = gr.Button(t["save"], size="sm", variant="primary")
                    self.cancel = gr.Button(t["cancel"], size="sm")
            with gr.Column(visible=False) as self.sure:
                html(f"<p>{esc(t['remove_sure'])}</p>")
                with gr.Row():
                    self.remove_yes = gr.Button(t["remove_yes"], size="sm", variant="stop")
                    self.keep = gr.Button(t["cancel"], size="sm")
        self.notice = html("", "notice")
