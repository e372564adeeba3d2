"""Read files in other processes, with limits on time and memory: a bad file ends its worker, never the caller.

A worker is this Python running ``serve``: paths go in on its standard input, results come back as JSON (never pickle,
which could run code). It is started by ``subprocess``, so it needs no guard in the caller's main module, and works
from threads. Hung or dead workers are replaced; the file they read is reported and the others go on.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from rag.errors import ReaderError
from rag.types import Block, Found, PageSpan, Parsed

SECONDS = 120.0
MEMORY_MB = 2_048
_MAX_BYTES = 50 * 2**20
_SIZE = struct.Struct(">Q")
_START = """
import sys
sys.path[:] = sys.argv[1].split(sys.argv[2])
from rag.readers.worker import serve
serve(int(sys.argv[3]))
"""


def read_isolated(
    path: str | Path, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB, max_bytes: int = _MAX_BYTES
) -> Parsed:
    """Read one file in a process of its own. Raises ReaderError, also when a limit was passed or the reader died."""
    with ReaderPool(1, seconds=seconds, memory_mb=memory_mb, max_bytes=max_bytes) as pool:
        return pool.read(path)


class ReaderPool:
    """Worker processes that live until ``close``; safe to use from several threads."""

    def __init__(
        self,
        workers: int | None = None,
        *,
        seconds: float = SECONDS,
        memory_mb: int = MEMORY_MB,
        max_bytes: int = _MAX_BYTES,
    ) -> None:
        """``workers``: default one per core; they start on first use. ``seconds``, ``memory_mb``: limits per file."""
        self.workers = workers or _cores()
        self.seconds = seconds
        self._memory_mb = memory_mb
        self._max_bytes = max_bytes
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(self.workers):
            self._idle.put(None)

    def read(self, path: str | Path) -> Parsed:
        """Read one file, waiting for a free worker. Raises ReaderError."""
        return self._run(Path(path).name, {"path": str(Path(path).absolute())}, b"")

    def read_bytes(self, data: bytes, name: str) -> Parsed:
        """Read a file's bytes, waiting for a free worker; ``name`` is used in messages. Raises ReaderError."""
        return self._run(name, {"name": name}, data)

    def _run(self, name: str, request: dict[str, Any], data: bytes) -> Parsed:
        worker = self._idle.get()
        try:
            if worker is None or not worker.alive:
                worker = _Worker(self._memory_mb)
            request |= {"seconds": self.seconds, "max_bytes": self._max_bytes, "bytes": len(data)}
            return worker.read(name, request, data)
        finally:
            self._idle.put(worker)

    def read_many(self, paths: Iterable[str | Path]) -> Iterator[tuple[Path, Parsed | ReaderError]]:
        """Read files on all workers; results come as they are ready, with few of them waiting in memory."""
        todo = iter([Path(path) for path in paths])
        lock = threading.Lock()
        done: queue.Queue[tuple[Path, Parsed | ReaderError] | None] = queue.Queue(self.workers + 1)
        stop = threading.Event()

        def work() -> None:
            while not stop.is_set():
                with lock:
                    path = next(todo, None)
                if path is None:
                    break
                try:
                    result: Parsed | ReaderError = self.read(path)
                except ReaderError as error:
                    result = error
                done.put((path, result))
            done.put(None)

        threads = [threading.Thread(target=work, daemon=True) for _ in range(self.workers)]
        for thread in threads:
            thread.start()
        try:
            running = self.workers
            while running:
                item = done.get()
                if item is None:
                    running -= 1
                else:
                    yield item
        finally:
            stop.set()
            for thread in threads:
                while thread.is_alive():
                    _drain(done)
                    thread.join(0.01)

    def close(self) -> None:
        """End the workers, once what they read is done; they start again when used."""
        for worker in [self._idle.get() for _ in range(self.workers)]:
            if worker is not None:
                worker.close()
            self._idle.put(None)

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _drain(waiting: queue.Queue[Any]) -> None:
    try:
        while True:
            waiting.get_nowait()
    except queue.Empty:
        return


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Worker:
    """One process: a path goes in, a result comes out."""

    def __init__(self, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        paths = os.pathsep.join(part or os.getcwd() for part in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, paths, os.pathsep, str(memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def read(self, name: str, request: dict[str, Any], data: bytes) -> Parsed:
        """Send a request and wait for its result, ending the process when its seconds are over."""
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(request["seconds"], give_up)
        timer.start()
        try:
            answer = self._ask(request, data)
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            raise ReaderError(self._why(name, request["seconds"], late.is_set()))
        if "error" in answer:
            raise ReaderError(str(answer["error"]))
        return unpack(answer)

    def _ask(self, request: dict[str, Any], data: bytes) -> dict[str, Any] | None:
        """The worker's answer, or None when it died before it gave one."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            _send(self._process.stdin, request, data)
            return _receive(self._process.stdout)
        except (OSError, ValueError):
            return None

    def _why(self, name: str, seconds: float, late: bool) -> str:
        if late:
            return f"{name} took longer than {seconds:g} s to read; split it or export it again."
        code = self._process.returncode
        if code > 0:
            return f"{name} met an error inside its reader (exit {code}, details in the log); export it again."
        return (
            f"{name} stopped its reader (signal {-code}), probably by needing more than the {self._memory_mb} MB "
            "of memory that one file may use; split it or export it again."
        )

    def close(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        self._process.kill()
        self._process.wait()


def serve(memory_mb: int) -> None:
    """The worker's loop: read a request, read the file, send the result; ends when the input closes."""
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with results
    _limit_memory(memory_mb)
    while True:
        request = _receive(source)
        if request is None:
            return
        _limit_time(request["seconds"])
        _send(target, _answer(request, source.read(request["bytes"]), memory_mb))


def _answer(request: dict[str, Any], data: bytes, memory_mb: int) -> dict[str, Any]:
    """The result of one request, or the sentence that says why there is none."""
    from rag.readers import read, read_bytes

    name = request.get("name") or Path(request["path"]).name
    try:
        if "path" in request:
            return pack(read(request["path"], max_bytes=request["max_bytes"]))
        return pack(read_bytes(data, name, max_bytes=request["max_bytes"]))
    except ReaderError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"{name} needs more than the {memory_mb} MB of memory that one file may use; split it."}
    except RecursionError:
        return {"error": f"{name} is nested too deeply to be read; export it again in a simpler form."}


def _limit_memory(memory_mb: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    limit = memory_mb * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """End a worker whose caller is gone: processor time of this file is limited as well."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def pack(parsed: Parsed) -> dict[str, Any]:
    """``Parsed`` as plain lists for JSON; headings, which repeat from block to block, are listed once."""
    sections: dict[tuple[str, ...], int] = {}
    blocks = [
        (b.kind, b.start, b.end, b.marks, sections.setdefault(b.section, len(sections)), b.page) for b in parsed.blocks
    ]
    return {
        "kind": parsed.kind,
        "text": parsed.text,
        "sections": list(sections),
        "blocks": blocks,
        "pages": [(p.number, p.start, p.end, p.label) for p in parsed.pages],
        "fields": [(f.name, f.value, f.quote, f.start, f.end, f.page, f.source) for f in parsed.fields],
        "warnings": parsed.warnings,
    }


def unpack(answer: dict[str, Any]) -> Parsed:
    """The inverse of ``pack``."""
    sections = [tuple(section) for section in answer["sections"]]
    return Parsed(
        kind=answer["kind"],
        text=answer["text"],
        blocks=tuple(
            Block(kind, start, end, tuple(marks), sections[section], page)
            for kind, start, end, marks, section, page in answer["blocks"]
        ),
        pages=tuple(PageSpan(*page) for page in answer["pages"]),
        fields=tuple(Found(*found) for found in answer["fields"]),
        warnings=tuple(answer["warnings"]),
    )


def _send(stream: IO[bytes], message: dict[str, Any], attached: bytes = b"") -> None:
    data = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    stream.write(_SIZE.pack(len(data)))
    stream.write(data)
    stream.write(attached)
    stream.flush()


def _receive(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message, or None at the end of the stream (also within a message)."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    data = stream.read(_SIZE.unpack(head)[0])
    if len(data) < _SIZE.unpack(head)[0]:
        return None
    message: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    return message
