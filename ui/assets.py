"""Gradio's own scripts, styles and page from memory: compressed once, kept by the browser. Plain ASGI.

Gradio reads and compresses each of some sixty files for every visitor, tells no browser to keep them, and writes the
page anew, uncompressed, each time; that was most of what opening the page cost.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from ui.guard import App, Receive, Scope, Send

_NAMED = re.compile(r"(?:/zh)?/assets/(?P<name>[\w.-]+\.(?P<kind>js|css))")  # the name holds a hash of what is in it
_KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_OURS = {"q", "lang"}
"""What may stand in the page's address and changes nothing in the page that is sent."""
PAGES = 16
"""Pages kept: one for each language and each name by which the server is called."""
_FOREVER = b"private, max-age=31536000, immutable"
_FORWARDED = ("host", "x-forwarded-host", "x-forwarded-proto")


class Assets:
    """ASGI middleware around Gradio's pages; ``folder``: where Gradio's built scripts and styles are."""

    def __init__(self, app: App, folder: Path) -> None:
        self._app, self._folder = app, folder
        self._files: dict[str, bytes] = {}
        self._pages: dict[tuple[str, ...], bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        packed = "gzip" in headers.get("accept-encoding", "")
        named = _NAMED.fullmatch(scope["path"]) if packed else None
        if named and (data := self._file(named["name"])):
            await _reply(send, data, _KINDS[named["kind"]], _FOREVER)
        elif packed and scope["path"] in ("/", "/zh/") and set(parse_qs(_query(scope))) <= _OURS:
            await self._page(scope, headers, receive, send)
        else:
            await self._app(scope, receive, send)

    def _file(self, name: str) -> bytes:
        """A script or style, compressed; empty when there is none of this name."""
        if name not in self._files:
            path = self._folder / name
            if not path.is_file():
                return b""
            self._files[name] = gzip.compress(path.read_bytes(), 6, mtime=0)
        return self._files[name]

    async def _page(self, scope: Scope, headers: dict[str, str], receive: Receive, send: Send) -> None:
        """The page as Gradio wrote it for the first who asked under this name."""
        key = (scope["path"], scope.get("scheme", ""), *(headers.get(name, "") for name in _FORWARDED))
        if key not in self._pages:
            said = _Said()
            await self._app({**scope, "query_string": b""}, receive, said)
            if said.status != 200:
                await said.again(send)
                return
            if len(self._pages) >= PAGES:
                self._pages.clear()
            self._pages[key] = gzip.compress(bytes(said.body), 6, mtime=0)
        await _reply(send, self._pages[key], "text/html; charset=utf-8", b"no-cache")


def _query(scope: Scope) -> str:
    return str(scope.get("query_string", b"").decode("latin-1"))


class _Said:
    """Takes in a whole response."""

    def __init__(self) -> None:
        self.status, self.body = 0, bytearray()
        self._messages: list[MutableMapping[str, Any]] = []

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        self._messages.append(message)
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")

    async def again(self, send: Send) -> None:
        """Pass it on as it came."""
        for message in self._messages:
            await send(message)


async def _reply(send: Send, data: bytes, kind: str, keep: bytes) -> None:
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(data)).encode()),
        (b"content-encoding", b"gzip"),
        (b"vary", b"accept-encoding"),
        (b"cache-control", keep),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": data})
