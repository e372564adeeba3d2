"""The real page in a process of its own, and a real browser before it, for the tests of the page."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from rag import Library, Settings

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
PATIENCE = 60_000  # milliseconds: a busy machine is no failure
expect.set_options(timeout=PATIENCE)
CHROMIUM = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SLOWLY = """
import sys, time
from rag.library import Library
real = Library.stream
def slow(self, *args, **kwargs):
    for part in real(self, *args, **kwargs):
        time.sleep(0.8)
        yield part
Library.stream = slow
from ui.__main__ import main
sys.exit(main())
"""
TOGETHER = """
import sys, threading, time
from rag.library import Library
real = Library.stream
everybody = threading.Barrier(50)
def together(self, *args, **kwargs):
    everybody.wait(timeout=60)
    for part in real(self, *args, **kwargs):
        everybody.wait(timeout=60)
        time.sleep(0.2)  # what comes closer together is shown together
        yield part
Library.stream = together
from ui.__main__ import main
sys.exit(main())
"""

HOLDING = """
import os, pathlib, sys, time
from rag import library_add
real = library_add.commit
def held(*args):
    while not pathlib.Path(os.environ["HOME"], "go").exists():
        time.sleep(0.05)
    return real(*args)
library_add.commit = held
from ui.__main__ import main
sys.exit(main())
"""


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **settings: str) -> dict[str, str]:
    """What the page's process gets: an empty HOME, a library folder, no way to another machine."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    path = os.pathsep.join((str(TESTS / "offline"), str(ROOT)))
    own = {"HOME": str(home), "PYTHONPATH": path, "RAG_HOME": str(home / "library"), "PYTHONUNBUFFERED": "1"}
    return {**kept, **own, **settings}


@dataclass
class Served:
    """A running page: its address, its process, its library folder and the file with what it wrote."""

    url: str
    process: subprocess.Popen[bytes]
    home: Path
    log: Path


@contextmanager
def served(home: Path, *reports: Path, script: str = "", port: int = 0, **settings: str) -> Iterator[Served]:
    """Add reports, start the page and wait until it answers; at the end SIGTERM, which must end it cleanly.

    ``script``: Python that starts the page in another way than ``python -m ui``; ``port``: 0 takes a free one.
    """
    home.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    env = environment(home, UI_PORT=str(port), **settings)
    if reports:
        with Library.open(Settings.load(rag_home=home / "library", _env_file=None)) as library:
            library.add_many(reports)
    command = ["-c", script] if script else ["-m", "ui"]
    log = home / "page.log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, *command], env=env, cwd=home, stdout=out, stderr=out)
        try:
            wait_ready(log, process)
            yield Served(f"http://127.0.0.1:{port}", process, home / "library", log)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                code = process.wait(PATIENCE / 1000)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise
    assert code == 0, f"the page ended with {code} after SIGTERM:\n{log.read_text('utf-8')}"


def wait_ready(log: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the page says where it is; its output on failure."""
    for _ in range(2 * PATIENCE // 100):
        text = log.read_text("utf-8")
        if "Report Chat is at" in text:
            return
        assert process.poll() is None, text
        time.sleep(0.1)
    raise AssertionError(f"the page did not start:\n{text}")


def fetch(url: str, **headers: str) -> tuple[int, str]:
    """Status and text of a GET, errors included."""
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return reply.status, reply.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8", "replace")


@dataclass
class Visit:
    """One browser window; ``trouble`` collects console errors, page errors and requests to other hosts."""

    page: Page
    trouble: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question, send it with Enter, and wait for the answer to be complete."""
        before = self.page.locator(".question").count()
        self.page.fill("#ask textarea", question)
        self.page.press("#ask textarea", "Enter")
        self.page.wait_for_function("n => document.querySelectorAll('.question').length > n", arg=before)
        self.finished()

    def finished(self) -> None:
        """Wait until no answer is growing."""
        self.page.wait_for_function(
            "() => document.querySelectorAll('.answer').length > 0 && !document.querySelector('.answer.running')"
        )

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()


@contextmanager
def browser(executable: str) -> Iterator[Browser]:
    """A headless Chromium of Debian's."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=CHROMIUM)
        try:
            yield started
        finally:
            started.close()


@contextmanager
def visit(browser: Browser, url: str, *, harmless: tuple[str, ...] = (), **context: Any) -> Iterator[Visit]:
    """A window of its own on the page; at the end nothing may have gone wrong in it.

    ``harmless``: parts of console messages that this test provokes on purpose.
    """
    options = {"viewport": {"width": 1360, "height": 860}, "locale": "en-US", "accept_downloads": True} | context
    window = browser.new_context(**options)
    window.set_default_timeout(PATIENCE)
    seen = Visit(window.new_page())
    own = url.split("/")[2].split("?")[0]

    def outside(route: Route) -> None:
        seen.trouble.append(f"outside request: {route.request.url}")
        route.abort()

    window.route(lambda address: address.startswith("http") and address.split("/")[2] != own, outside)
    seen.page.on("console", lambda m: seen.trouble.append(f"console: {m.text}") if m.type == "error" else None)
    seen.page.on("pageerror", lambda error: seen.trouble.append(f"page: {error}"))
    seen.page.goto(url)
    seen.page.wait_for_selector("body[data-ready=yes]", state="attached")
    try:
        yield seen
        left = [line for line in seen.trouble if not any(part in line for part in harmless)]
        assert not left, left
    finally:
        window.close()
