"""The web application: both languages' pages, the library's files, and the programs' interface, on FastAPI.

Import it after ``ui.serve.environment`` has been called. Gradio is imported here, in ``ui.page``, ``ui.rooms`` and
``ui.shelf``, and nowhere else.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from fastapi import FastAPI
from gradio.routes import App

from rag.errors import RagError
from ui.api import add_routes, functions
from ui.assets import Assets
from ui.desk import Desk
from ui.page import Page
from ui.rooms import HERE, theme
from ui.talk import add_talk

if TYPE_CHECKING:
    from rag.settings import Settings

# Gradio looks for matplotlib, which is not installed, in every folder of the path before and after each step of an answer.
sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]


def make_app(settings: Settings) -> FastAPI:
    """The whole page: both languages, files and the programs' interface. Raises RagError when the library cannot open."""
    from rag.library import Library

    desk = Desk(Library.open(settings))

    @contextlib.asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        warming = asyncio.create_task(asyncio.to_thread(desk.warm))
        yield
        await warming
        await asyncio.to_thread(desk.close)

    app = FastAPI(lifespan=closing, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Assets, folder=Path(gr.__file__).parent / "templates" / "frontend" / "assets")
    add_routes(app, desk)
    add_talk(app, desk, judged=not settings.ui_read_only)
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
    with _no_servers():
        chinese, english = (
            Page(desk, tongue, read_only=settings.ui_read_only, max_mb=settings.rag_max_file_mb)
            for tongue in ("zh", "en")
        )
        with english.blocks:
            for name, function in zip(("ask", "search"), functions(desk.library), strict=True):
                gr.api(_told(function), api_name=name, queue=False)  # type: ignore[attr-defined]
    gr.mount_gradio_app(app, chinese.blocks, "/zh", mcp_server=False, **look)
    gr.mount_gradio_app(app, english.blocks, "/", mcp_server=find_spec("mcp") is not None, **look)
    return app


@contextlib.contextmanager
def _no_servers() -> Iterator[None]:
    """Blocks make a web application at every step of being built, seven here; only those that are mounted are used."""
    made = App.create_app
    App.create_app = staticmethod(lambda *_, **__: FastAPI())  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        App.create_app = made  # type: ignore[method-assign]


def _told(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; our own errors reach its caller as their one sentence."""

    @functools.wraps(function)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except RagError as error:
            raise gr.Error(str(error), print_exception=False) from None

    return told
