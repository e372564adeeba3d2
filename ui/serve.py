"""Starting and stopping: the port is taken at once, a loading page answers until the heavy imports have ended."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from ui.guard import Guard, Policy, Receive, Scope, Send

if TYPE_CHECKING:
    from rag.settings import Settings

log = logging.getLogger(__name__)
MAX_FILES = 50
"""Files in one upload."""

_LOADING = b"""<!doctype html><html lang="en"><meta charset="utf-8"><noscript><meta http-equiv="refresh" content="1"></noscript>
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Report Chat</title><style>
:root{color-scheme:light dark}body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
display:grid;place-items:center;min-height:90vh;margin:0;text-align:center;color:#667}
i{display:block;width:9rem;height:3px;margin:1rem auto;border-radius:3px;background:linear-gradient(90deg,#8883,#4a6ee0,#8883)
0 0/200% 100%;animation:m 1.2s linear infinite}@keyframes m{to{background-position:-200% 0}}
@media (prefers-reduced-motion:reduce){i{animation:none}}</style>
<div role="status"><b>Report Chat</b><i></i>Opening the library\xe2\x80\xa6<br>\xe6\xad\xa3\xe5\x9c\xa8\xe6\x89\x93\xe5\xbc\x80\xe8\xb5\x84\xe6\x96\x99\xe5\xba\x93\xe2\x80\xa6\xe2\x80\xa6</div>
<script>setInterval(()=>fetch("/favicon.ico",{method:"HEAD",cache:"no-store"}).then(r=>r.status-503&&location.reload(),()=>0),150)</script></html>"""


class PortError(RagError):
    """The address to listen on cannot be used."""


class Shell:
    """The ASGI app that uvicorn runs: a loading page first, then the page that ``build`` makes in a thread.

    The page's own start-up and shut-down (its lifespan) run around its use. When building fails, ``failure`` holds the
    error and ``on_failure`` is called.
    """

    def __init__(self, build: Callable[[], Any], on_ready: Callable[[], None], on_failure: Callable[[], None]) -> None:
        self._build = build
        self._on_ready = on_ready
        self._on_failure = on_failure
        self._page: Any = None
        self.failure: BaseException | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif self._page is not None:
            await self._page(scope, receive, send)
        elif scope["type"] == "http":
            await _loading(send)
        else:
            await send({"type": "websocket.close", "code": 1013})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        stopping = asyncio.Event()
        living = asyncio.create_task(self._live(stopping))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        stopping.set()
        if self._page is None:
            living.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await living
        await send({"type": "lifespan.shutdown.complete"})

    async def _live(self, stopping: asyncio.Event) -> None:
        """Build the page and keep it until it is to stop; one task, for what it starts must be ended where it began."""
        try:
            page = await asyncio.to_thread(self._build)
            async with page.router.lifespan_context(page):
                self._page = page
                self._on_ready()
                await stopping.wait()
        except Exception as error:
            if self._page is not None:
                raise
            self.failure = error  # handed to the main thread, which ends the program with it
            self._on_failure()


async def _loading(send: Send) -> None:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(_LOADING)).encode()),
        (b"retry-after", b"2"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": _LOADING})


def listen(host: str, port: int) -> socket.socket:
    """A bound socket. Raises PortError, in one sentence, when the address is taken or not this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(512)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortError(
                f"Port {port} on {host} is in use by another program; stop that one, or set UI_PORT to a free port."
            ) from None
        raise PortError(
            f"The page cannot listen on {host}:{port} ({error.strerror or error}); set UI_HOST and UI_PORT to an address of this machine."
        ) from None
    return bound


def policy(settings: Settings) -> Policy:
    """The guard's rules for these settings."""
    named = {name.strip() for name in settings.ui_allowed_hosts.split(",") if name.strip()}
    own = {socket.gethostname(), settings.ui_host} - {"0.0.0.0", "::"}
    password = settings.ui_auth.get_secret_value() if settings.ui_auth else None
    return Policy(frozenset(named | own), password, settings.ui_read_only, MAX_FILES * settings.rag_max_file_mb * 2**20)


def address(settings: Settings) -> str:
    """The address to give to a person."""
    host = "127.0.0.1" if settings.ui_host in ("0.0.0.0", "::") else settings.ui_host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.ui_port}"


def run(settings: Settings) -> int:
    """Serve the page until SIGINT or SIGTERM; the exit code. Raises RagError for a port, setting or library in the way."""
    bound = listen(settings.ui_host, settings.ui_port)
    environment(settings)
    import uvicorn

    def build() -> Any:
        from ui.app import make_app

        return make_app(settings)

    def ready() -> None:
        sys.stdout.write(f"Report Chat is at {address(settings)}  (Ctrl+C stops it)\n")
        sys.stdout.flush()

    shell = Shell(build, ready, lambda: setattr(server, "should_exit", True))
    config = uvicorn.Config(
        Guard(shell, policy(settings)),
        log_level="warning",
        lifespan="on",
        timeout_graceful_shutdown=5,
        ws="none",
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    with bound, asyncio.Runner(loop_factory=config.get_loop_factory()) as loop:  # uvloop, where there is one
        loop.run(_serve(server, bound))
    if shell.failure is not None:
        raise shell.failure
    return 0


async def _serve(server: Any, bound: socket.socket) -> None:
    """Run uvicorn with our own signal handlers: it would raise the signal again at the end, and exit with its code."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.handle_exit, number, None)
    server.capture_signals = contextlib.nullcontext
    await server.serve(sockets=[bound])


def environment(settings: Settings) -> None:
    """What has to be set before gradio and numpy are imported: no analytics, no history of runs, temporary files in RAG_HOME.

    One question's vectors are multiplied by one thread: a second one spins for longer than the question takes, on a
    processor that another reader's question could have.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    temporary = settings.rag_home / "uploads"
    try:
        temporary.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PortError(
            f"The folder {settings.rag_home} cannot be written ({error.strerror}); set RAG_HOME to a folder that can."
        ) from None
    os.environ.update(
        GRADIO_ANALYTICS_ENABLED="False",
        GRADIO_ANALYTICS_CACHE_FREQUENCY=str(
            2**31
        ),  # else every event makes a table of all events for a page nobody sees
        GRADIO_RUN_HISTORY="False",
        GRADIO_SSR_MODE="False",
        GRADIO_TEMP_DIR=str(temporary.resolve()),
        HF_HUB_DISABLE_TELEMETRY="1",
        HF_HUB_OFFLINE="1",
        DO_NOT_TRACK="1",
    )
