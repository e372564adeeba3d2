"""What happens in the library and views rooms: listing, choosing, adding, correcting, removing, comparing."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from rag.errors import RagError
from rag.suggest import suggest
from ui import coverage, views
from ui import library_panel as panel
from ui.desk import Desk, parse_day
from ui.i18n import worded
from ui.render import welcome_html
from ui.rooms import Rooms
from ui.safe import esc
from ui.serve import MAX_FILES
from ui.source import empty


class Shelf:
    """The handlers around the list of reports; ``managed`` are the components that follow the report that is open."""

    def __init__(self, desk: Desk, rooms: Rooms) -> None:
        self.desk, self.library, self.rooms, self.t = desk, desk.library, rooms, rooms.t
        self.managed: list[Any] = [rooms.opened, rooms.manage, rooms.form, rooms.sure]
        self.seen: list[Any] = [
            rooms.search, rooms.broker, rooms.company, rooms.language, rooms.since, rooms.until, rooms.sort, rooms.chosen
        ]  # fmt: skip
        self.whole: list[Any] = [rooms.reports, rooms.broker, rooms.company, rooms.scope, rooms.welcome]

    def wire(self, blocks: gr.Blocks, quick: dict[str, Any]) -> None:
        """Connect the rooms' events; on a read-only page those that change anything do not exist, hidden or otherwise."""
        r = self.rooms
        for part in self.seen[:-1]:
            part.change(self._list, self.seen, [r.reports], trigger_mode="always_last", **quick)
        blocks.load(self._load, self.seen, self.whole, **quick)
        r.bridge.refresh(self._load, self.seen, self.whole, **quick)
        r.bridge.select(self._select, None, [r.chosen, r.scope, r.welcome], **quick)
        drawn = [r.views, r.targets, r.ratings]
        r.bridge.views(self._views, [r.viewed], [r.viewed, *drawn], **quick)
        r.viewed.input(self._views, [r.viewed], [r.viewed, *drawn], **quick)
        if not r.read_only:
            self._wire_changes(quick)

    def _wire_changes(self, quick: dict[str, Any]) -> None:
        r = self.rooms
        again = {"fn": self._load, "inputs": self.seen, "outputs": self.whole, **quick}
        r.upload.upload(
            self._add, [r.upload], [r.uploads, r.upload], concurrency_limit=8, concurrency_id="add",
            show_progress="hidden", api_visibility="private", trigger_mode="multiple",  # the default drops a second batch
        ).then(**again)  # fmt: skip
        r.bridge.replace(self._replace, None, [r.bridge], **quick).then(**again)
        fields = list(r.fields.values())
        r.edit.click(self._form, [r.opened], [r.form, r.sure, *fields], **quick)
        r.cancel.click(lambda: gr.update(visible=False), None, [r.form], **quick)
        # The first correction loads what embeds a report's passages again: a second or two in which the page has to say so.
        saving = gr.update(interactive=False, value=self.t["saving"])
        r.save.click(lambda: (_note(self.t["saving"]), saving), None, [r.notice, r.save], **quick).then(
            self._save, [r.opened, *fields], [r.form, r.proof, r.notice, r.save], **quick
        ).then(**again)
        shown, hidden = gr.update(visible=True), gr.update(visible=False)
        r.remove.click(lambda: (shown, hidden), None, [r.sure, r.form], **quick)
        r.keep.click(lambda: hidden, None, [r.sure], **quick)
        outputs = [r.proof, r.notice, r.chosen, *self.managed]
        r.remove_yes.click(self._remove, [r.opened, r.chosen], outputs, **quick).then(**again)

    def managing(self, report_id: str) -> tuple[Any, ...]:
        """Values for ``managed`` when this report is open in the proof room, or none is."""
        shown = bool(report_id) and not self.rooms.read_only
        return report_id, gr.update(visible=shown), gr.update(visible=False), gr.update(visible=False)

    def welcome(self, chosen: tuple[str, ...]) -> str:
        """What an empty conversation shows: questions that the chosen reports can answer."""
        questions = suggest(self.library, reports=chosen, prefer=self.rooms.tongue)
        return welcome_html(questions, bool(self.library.reports()), self.t)

    # listing and choosing

    def _list(self, *seen: Any) -> str:
        search, broker, company, language, since, until, sort, chosen = seen
        try:
            first, last = parse_day(since or ""), parse_day(until or "")
        except RagError as error:
            return problem(worded(self.t, str(error)))
        filters = panel.Filters(search or "", broker or "", company or "", language or "", first, last, sort or "date")
        known = self.library.reports()
        return panel.list_html(panel.matching(known, filters), len(known), chosen, self.t)

    def _load(self, *seen: Any) -> tuple[Any, ...]:
        known = self.library.reports()
        chosen = seen[-1]
        return (
            self._list(*seen),
            gr.update(choices=[(self.t["any_broker"], ""), *_named(panel.brokers(known))]),
            gr.update(choices=[(self.t["any_company"], ""), *_named(panel.companies(known))]),
            panel.scope_html(len(chosen), len(known), self.t),
            self.welcome(chosen),
        )

    def _select(self, event: gr.EventData) -> tuple[Any, ...]:
        known = self.library.reports()
        wanted = texts_of(event, "reports")
        chosen = tuple(report.id for report in known if report.id in wanted)
        scope = panel.scope_html(len(chosen), len(known), self.t)
        return chosen, scope, self.welcome(chosen)

    # changing

    async def _add(self, files: list[str] | None) -> AsyncIterator[Any]:
        paths = [str(path) for path in files or ()]
        if len(paths) > MAX_FILES:
            yield problem(self.t["add_too_many"].format(seen=len(paths), n=MAX_FILES)), None
            return
        async for batch in self.desk.intake.add(paths, self.t):
            yield panel.uploads_html(batch, self.t), None

    def _replace(self, event: gr.EventData) -> dict[str, Any]:
        """Remove the earlier version of a file that was just added."""
        new, _, old = text(event, "pair").partition("/")
        try:
            self.desk.intake.replace(new, old)
        except RagError as error:
            return command("toast", text=worded(self.t, str(error)))
        return command("toast", text=self.t["earlier_replaced"], replaced=text(event, "pair"))

    def _form(self, report_id: str) -> tuple[Any, ...]:
        values = panel.form_values(self.library.report(report_id))
        return gr.update(visible=True), gr.update(visible=False), *(values[name] for name in self.rooms.fields)

    def _save(self, report_id: str, *values: str) -> tuple[Any, ...]:
        ready = gr.update(interactive=True, value=self.t["save"])
        try:
            self.desk.edit(report_id, dict(zip(self.rooms.fields, values, strict=True)))
            return gr.update(visible=False), self.desk.reading(report_id, self.t), _note(self.t["saved"]), ready
        except RagError as error:
            return gr.skip(), gr.skip(), problem(worded(self.t, str(error))), ready

    def _remove(self, report_id: str, chosen: tuple[str, ...]) -> tuple[Any, ...]:
        try:
            self.library.remove(report_id)
        except RagError as error:
            return gr.skip(), problem(worded(self.t, str(error))), gr.skip(), *self.managing(report_id)
        rest = tuple(other for other in chosen if other != report_id)
        return empty(self.t), _note(self.t["removed"]), rest, *self.managing("")

    # comparing

    def _views(self, company: str | None) -> tuple[Any, ...]:
        found = self.library.views(company or None)
        everything = found if company else self.library.views()
        if company not in everything.companies and not found.views:
            company, found = "", everything
        targets, ratings = (views.target_points(found), views.rating_points(found)) if company else ([], [])
        table = views.table_html(found, views.starts(self.library, found), self.t)
        matrix = coverage.matrix_html(self.library.coverage(), self.library.reports(), self.t, company or "")
        choices = [(self.t["any_company"], ""), *_named(list(everything.companies))]
        hint = "" if company or not found.views else f'<p class="hint">{esc(self.t["views_pick"])}</p>'
        return (
            gr.update(choices=choices, value=company or ""),
            hint + table + matrix,
            _plot(targets, ("date", "target", "series", "currency", "report")),
            _plot(ratings, ("date", "level", "series", "rating", "report")),
        )

    def views_csv(self) -> bytes:
        """The whole table of views as CSV."""
        return views.csv_bytes(self.library.views())


def command(do: str, /, **values: Any) -> dict[str, Any]:
    """What ``page.js`` is told to do; ``id`` makes two equal commands different."""
    return {"do": do, "id": secrets.token_hex(5), **values}


def text(event: gr.EventData, name: str) -> str:
    """A text that the browser sent with an event; anything else counts as empty."""
    value = getattr(event, name, "")
    return value if isinstance(value, str) else ""


def texts_of(event: gr.EventData, name: str) -> tuple[str, ...]:
    """A list of texts that the browser sent with an event; whatever else is in it is left out."""
    values = getattr(event, name, [])
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def problem(words: str) -> str:
    """A message that something could not be done."""
    return f'<p class="problem" role="alert">{esc(words)}</p>'


def _note(words: str) -> str:
    return f'<p class="note" role="status">{esc(words)}</p>'


def _named(names: list[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def _plot(points: list[views.Point], columns: tuple[str, ...]) -> Any:
    """A chart's new data in the form that its component sends to the browser; shown from two days on."""
    kinds = {name: "nominal" for name in columns} | {columns[0]: "temporal", columns[1]: "quantitative"}
    drawn = views.steps(points)
    data = {"columns": list(columns), "data": [list(point) for point in drawn], "datatypes": kinds, "mark": "line"}
    days = sorted({point[0] for point in points})
    limits = [days[0] // 1000, drawn[-1][0] // 1000] if days else None  # here in seconds
    return gr.update(value=data, visible=len(days) > 1, x_lim=limits)
