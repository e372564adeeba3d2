"""What programs may call: ``ask`` and ``search`` as functions of plain values, and the files of the library over HTTP."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Body, FastAPI, Response
from fastapi.responses import FileResponse, JSONResponse

from rag.errors import InputError, RagError
from ui.desk import Desk

if TYPE_CHECKING:
    from rag.library import Library


def functions(library: Library) -> tuple[Callable[..., dict[str, Any]], Callable[..., list[dict[str, Any]]]]:
    """``ask`` and ``search`` of a library. Names, types and docstrings are what callers and MCP clients see."""

    def ask(
        question: str,
        reports: list[str] | None = None,
        broker: str = "",
        since: str = "",
        until: str = "",
        history: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the research reports of this library; every sentence carries checked citations.

        Args:
            question: The question, in English or Chinese, at most 4,000 characters.
            reports: Ids or file stems of the reports to ask; empty for all.
            broker: Only reports of brokers whose name contains this text; empty for all.
            since: Only reports of this date or later, as 2026-01-31; empty for all.
            until: Only reports of this date or earlier, as 2026-12-31; empty for all.
            history: Earlier questions of the conversation, oldest first.
        """
        answer = library.ask(
            question,
            history=tuple(history or ()),
            reports=tuple(reports or ()),
            broker=broker or None,
            since=since or None,
            until=until or None,
        )
        return answer.to_dict()

    def search(
        question: str,
        limit: int = 10,
        reports: list[str] | None = None,
        broker: str = "",
        since: str = "",
        until: str = "",
    ) -> list[dict[str, Any]]:
        """Find the passages of the research reports nearest to a question, best first, without an answer.

        Args:
            question: What to look for, in English or Chinese, at most 4,000 characters.
            limit: How many passages, 1 to 100.
            reports: Ids or file stems of the reports to search; empty for all.
            broker: Only reports of brokers whose name contains this text; empty for all.
            since: Only reports of this date or later, as 2026-01-31; empty for all.
            until: Only reports of this date or earlier, as 2026-12-31; empty for all.
        """
        found = library.retrieve(
            question,
            limit=max(1, min(100, limit)),
            reports=tuple(reports or ()),
            broker=broker or None,
            since=since or None,
            until=until or None,
        )
        return [evidence.to_dict() for evidence in found]

    return ask, search


def _kind(annotation: str) -> type[list[str] | int | str]:
    return list if "list" in annotation else int if annotation == "int" else str


def called(function: Callable[..., Any], body: Any) -> Response:
    """Call ``ask`` or ``search`` with a JSON object as its arguments; the result, or one sentence with status 400."""
    expected = inspect.signature(function).parameters
    try:
        if not isinstance(body, dict) or (unknown := [name for name in body if name not in expected]):
            seen = f"the key {unknown[0]!r}" if isinstance(body, dict) else f"JSON of type {type(body).__name__}"
            raise InputError(f"The request holds {seen}; expected an object with keys of: {', '.join(expected)}.")
        for name, value in body.items():
            kind = _kind(str(expected[name].annotation))
            if not isinstance(value, kind) or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
                wanted = {list: "a list of texts", int: "a number", str: "text"}[kind]
                raise InputError(f"{name} is of type {type(value).__name__}; expected {wanted}.")
        return JSONResponse(function(**{"question": "", **body}))
    except RagError as error:
        return JSONResponse({"error": str(error)}, status_code=400)


def _answering(function: Callable[..., Any]) -> Callable[[Any], Response]:
    def answer(body: Annotated[Any, Body()]) -> Response:
        return called(function, body)

    return answer


def add_routes(app: FastAPI, desk: Desk) -> None:
    """``POST /ask`` and ``/search``: the functions over plain HTTP; ``/file/<report>``: a report's own file;
    ``/page/<report>/<n>.png``: a page of a PDF. Only what the library holds.
    """
    for function in functions(desk.library):
        app.post(f"/{function.__name__}")(_answering(function))

    def file(report_id: str) -> Response:
        """PDFs open in the browser, text as text, anything else is downloaded; nothing of it runs."""
        try:
            report = desk.library.report(report_id)
            if report.kind in ("digest", "text", "markdown", "html"):
                return Response(desk.library.text(report.id), media_type="text/plain; charset=utf-8")
            path = desk.library.source(report.id)
        except RagError as error:
            return _missing(error)
        kind, way = (
            ("application/pdf", "inline") if report.kind == "pdf" else ("application/octet-stream", "attachment")
        )
        return FileResponse(path, media_type=kind, filename=Path(report.file).name, content_disposition_type=way)

    def page(report_id: str, page: int) -> Response:
        try:
            picture = desk.picture(report_id, page)
        except RagError as error:
            return _missing(error)
        return Response(picture, media_type="image/png", headers={"cache-control": "private, max-age=3600"})

    app.get("/file/{report_id}")(file)
    app.get("/page/{report_id}/{page}.png")(page)


def _missing(error: RagError) -> Response:
    return Response(str(error), status_code=404, media_type="text/plain; charset=utf-8")
