"""One process that reads files (``rag.ingest.worker``), as its caller sees it: asked, timed, ended, and what it died of."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import tempfile
import threading
from collections.abc import Callable
from typing import IO, Any

from rag.errors import ReaderError
from rag.ingest.nursery import Forked
from rag.ingest.worker import Message, receive, send

START_SECONDS = 60.0  # for starting Python and importing the readers on a busy machine
EXIT_SECONDS = 5.0  # for ending by itself after its output closed
_log = logging.getLogger(__name__)


class Spent(ReaderError):
    """The worker ended without a result, for another reason than its time."""


class Worker:
    """One process: a file goes in, a result comes out."""

    def __init__(self, memory_mb: int, start: Callable[[IO[bytes]], Forked | subprocess.Popen[bytes]]) -> None:
        """``start``: makes the process, given a file for its errors; ``memory_mb``: its limit, for messages."""
        self._memory_mb = memory_mb
        self._last = ""
        self._reading = threading.Lock()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        try:
            self._process = start(self._errors)
        except OSError:
            self._errors.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def wait_until_ready(self, name: str) -> None:
        """Wait for the imports; ``name`` is the file that it will read. Raises ReaderError when the process ended."""
        if self._within(START_SECONDS, lambda: receive(self._output)) is None:
            self.end()
            raise ReaderError(
                f"{name} was not read: the reading process did not start ({self._last_words() or 'no message'}); "
                "check memory and processor limits, or raise RAG_WORKER_MB."
            )

    def ask(self, name: str, request: dict[str, Any], data: bytes, seconds: float) -> Message:
        """The answer to a request. Raises ReaderError when the file's time is over, Spent when the process ended."""
        late = threading.Event()
        answer = self._within(seconds, lambda: self._ask({**request, "seconds": seconds}, data), late)
        if answer is not None and "spent" not in answer[0]:
            if "error" in answer[0]:
                raise ReaderError(str(answer[0]["error"]))
            return answer
        if answer is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(EXIT_SECONDS)  # its exit code says why
        self.end()
        if late.is_set():
            raise ReaderError(
                f"{name} took longer than {seconds:g} s to read; split it, export it again, or raise RAG_FILE_SECONDS."
            )
        raise Spent(str(answer[0]["spent"]) if answer is not None else self._why(name))

    def _ask(self, request: dict[str, Any], data: bytes) -> Message | None:
        assert self._process.stdin is not None
        send(self._process.stdin, request, data)
        return receive(self._output)

    @property
    def _output(self) -> Any:
        return self._process.stdout

    def _within(self, seconds: float, act: Any, late: threading.Event | None = None) -> Message | None:
        """The result of ``act``, or None when the process died or was ended because its seconds were over."""

        def give_up() -> None:
            if late is not None:
                late.set()
            self.kill()

        timer = threading.Timer(seconds, give_up)
        timer.daemon = True
        timer.start()
        try:
            result: Message | None = act()
        except (OSError, ValueError):
            return None
        finally:
            timer.cancel()
        return result

    def _why(self, name: str) -> str:
        code = self._process.returncode
        if code is not None and code >= 0:
            last = self._last_words()
            _log.error("The process that read %s ended: %s", name, last or f"exit code {code}")
            return f"{name} met an error inside its reader ({last or f'exit code {code}'}); export it again."
        return (
            f"{name} stopped the process that read it (signal {-(code or 0)}), probably by needing more than the "
            f"{self._memory_mb} MB of memory that one file may use; split it, export it again, or raise RAG_WORKER_MB."
        )

    def _last_words(self) -> str:
        """The last line that the process wrote to its standard error."""
        with self._reading:
            if not self._errors.closed:
                self._errors.seek(0)
                lines = self._errors.read().decode("utf-8", "replace").split("\n")
                self._last = next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")
        return self._last

    def kill(self) -> None:
        """End the process at once; its streams stay open for the thread that waits for them."""
        self._process.kill()

    def end(self) -> None:
        """End the process and let go of its streams."""
        self._process.kill()
        self._process.wait()
        self._last_words()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
