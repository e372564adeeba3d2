"""Local Chroma in a process of its own: a damaged index can end that process, never the caller's.

Opening, counting or writing a torn Chroma folder may segfault, and some damage shows only at the next write, after
every probe has passed. So no folder is opened in the caller's process. The worker is this Python running ``serve``;
messages are JSON with vectors attached as raw float32. One worker serves all libraries of a process, is started on
first use, and ends when its input closes or the process ends.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.store.rows import Embedded, Vectors

_HEAD = struct.Struct(">QQ")  # bytes of JSON, bytes attached
_START = """
import sys
sys.path[:] = sys.argv[1].split(sys.argv[2])
from rag.store.vector_worker import serve
serve()
"""


class Worker:
    """One process that holds open Chroma folders; requests are answered one after the other."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - read when the process dies, closed with it
        self.pid = os.getpid()
        paths = os.pathsep.join(part or os.getcwd() for part in sys.path)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, paths, os.pathsep],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
            )  # fmt: skip
        except OSError as error:
            raise StoreError(f"The process for the vector index cannot be started ({error}).") from None

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(
        self, request: dict[str, Any], attached: bytes = b"", *, seconds: float, wait: float = -1
    ) -> tuple[dict[str, Any], bytes] | None:
        """The answer and what is attached to it; None when other requests keep the worker busy for ``wait`` seconds.

        Raises StoreError when Chroma reports an error, the process dies, or takes longer than ``seconds``.
        """
        if not self._turn.acquire(timeout=wait):
            return None
        try:
            timer = threading.Timer(seconds, self._process.kill)
            timer.start()
            try:
                answer = self._exchange(request, attached)
            finally:
                timer.cancel()
        except BaseException:
            self.close()  # an interrupted exchange leaves half a message behind
            raise
        finally:
            self._turn.release()
        if "error" in answer[0]:
            raise StoreError(answer[0]["error"])
        return answer

    def _exchange(self, request: dict[str, Any], attached: bytes) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            _send(self._process.stdin, request, attached)
            answer = _receive(self._process.stdout)
        except (OSError, ValueError):
            answer = None
        if answer is None:
            raise StoreError(f"{request['do']} of {request.get('path', 'it')} {self._why()}")
        return answer

    def _why(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        code = self._process.poll()
        with contextlib.suppress(OSError, ValueError):
            self._log.seek(max(0, self._log.seek(0, os.SEEK_END) - 2000))
            last = self._log.read().decode("utf-8", "replace").strip().splitlines()[-1:]
            if last and (code is None or code > 0):
                return f"failed ({last[0][:200]})"
        return "took too long" if code == -signal.SIGKILL else f"ended its process (signal {-(code or 0)})"

    def close(self) -> None:
        """End the process. What it was writing is left unfinished, which its folder's state file tells."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._log):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


_guard = threading.Lock()
_shared: list[Worker] = []


def here() -> int:
    """The id of this process, as ``Worker.pid`` has it."""
    return os.getpid()


def shared() -> Worker:
    """The worker of this process; a new one when there is none or it has died."""
    with _guard:
        if _shared and (not _shared[0].alive or _shared[0].pid != os.getpid()):
            stale = _shared.pop()
            if stale.pid == os.getpid():
                stale.close()
        if not _shared:
            _shared.append(Worker())
        return _shared[0]


@atexit.register
def _end() -> None:
    with _guard:
        if _shared and _shared[0].pid == os.getpid():
            _shared.pop().close()


# messages


def pack(group: Iterable[Embedded]) -> tuple[list[Any], bytes]:
    """Reports as JSON values, and their vectors as bytes, one after the other."""
    items = list(group)
    values = [
        {
            "report_id": item.vectors.report_id,
            "ordinals": item.vectors.ordinals.tolist(),
            "pages": item.pages.tolist(),
            "dimensions": item.vectors.matrix.shape[1],
        }
        for item in items
    ]
    return values, b"".join(np.ascontiguousarray(item.vectors.matrix, "<f4").tobytes() for item in items)


def unpack(values: Iterable[Any], attached: bytes) -> Iterable[Embedded]:
    """The inverse of ``pack``."""
    start = 0
    for value in values:
        shape = (len(value["ordinals"]), value["dimensions"])
        matrix: NDArray[np.float32] = np.frombuffer(attached, "<f4", shape[0] * shape[1], start).reshape(shape)
        start += matrix.nbytes
        ordinals, pages = (np.array(value[name], "<i4") for name in ("ordinals", "pages"))
        yield Embedded(Vectors(value["report_id"], ordinals, matrix), pages)


def _send(stream: IO[bytes], message: dict[str, Any], attached: bytes = b"") -> None:
    data = json.dumps(message, separators=(",", ":")).encode("ascii")
    stream.write(_HEAD.pack(len(data), len(attached)))
    stream.write(data)
    stream.write(attached)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message, or None at the end of the stream, also when it ends within a message."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    size, extra = _HEAD.unpack(head)
    data, attached = stream.read(size), stream.read(extra)
    return (json.loads(data), attached) if len(data) == size and len(attached) == extra else None


# the worker's side


def serve() -> None:
    """Read requests, do them, send results; ends when the input closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller, who then ends this process
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with results
    from rag.store.chroma_import import chroma
    from rag.store.vector_folder import Folders

    chroma()  # takes a second, in which the caller has better things to do
    folders = Folders()
    while (message := _receive(source)) is not None:
        request, attached = message
        try:
            _send(target, *folders.do(request, attached))
        except BrokenPipeError:
            return
