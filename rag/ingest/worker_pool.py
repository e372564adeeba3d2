"""Worker processes (``rag.ingest.worker``) with limits on time and memory per file: started, fed, replaced, ended.

They are started by ``subprocess``, so no guard in the caller's main module is needed, and threads may use them; on
Linux a ``nursery`` is, and they are forked from that.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from typing import IO, Any

from rag.errors import ReaderError
from rag.ingest import nursery
from rag.ingest.job import join_request, share_request
from rag.ingest.nursery import Nursery
from rag.ingest.worker import Message
from rag.ingest.worker_process import START_SECONDS, Spent, Worker

_START = """
import sys
sys.path[:] = sys.argv[1].split(sys.argv[2])
from rag.ingest.worker import serve
serve(int(sys.argv[3]))
"""


class WorkerPool:
    """Workers that start on first use and are kept; safe to use from several threads.

    ``workers``: how many, 0 for one per core. ``seconds``, ``memory_mb``: limits for each file.
    """

    def __init__(self, workers: int = 0, *, seconds: float = 300.0, memory_mb: int = 2_048) -> None:
        self.workers = workers or cores()
        self.seconds = seconds
        self.memory_mb = memory_mb
        self._idle: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._starting = threading.Lock()  # held while a process starts, which may take long
        self._threads: ThreadPoolExecutor | None = None
        self._nursery: Nursery | None = None
        self._forks = nursery.available()
        self._running: set[Worker] = set()
        self._closed = False
        for _ in range(self.workers):
            self._idle.put(None)

    def submit(self, name: str, request: dict[str, Any], data: bytes) -> Future[Message]:
        """Have a file's bytes read by the next free worker; ``name`` is for messages. The result may be a ReaderError."""
        return self._submit(self.run, name, request, data)

    def _submit(self, act: Callable[..., Any], *given: Any) -> Future[Any]:
        with self._lock:
            self._closed = False
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="reading")
            return self._threads.submit(act, *given)

    def submit_shares(self, name: str, request: dict[str, Any], data: bytes, of: int) -> Future[Message]:
        """The same for a PDF whose pages are read by ``of`` workers at once, a share each. Only ``close`` ends it."""
        shares, whole = [b""] * of, Future[Message]()
        lock = threading.Lock()
        whole.set_running_or_notify_cancel()

        def read(index: int) -> Message | None:
            _, share = self.run(name, share_request(request, index, of), data)
            with lock:
                shares[index] = share
                if not all(shares):  # none is without bytes once it is read
                    return None
            return self.run(name, *join_request(request, shares))

        def settle(share: Future[Message | None]) -> None:
            with lock:
                if whole.done():
                    return
                error = CancelledError() if share.cancelled() else share.exception()
                if error is not None:
                    whole.set_exception(error)
                elif (message := share.result()) is not None:
                    whole.set_result(message)

        for index in range(of):
            self._submit(read, index).add_done_callback(settle)
        return whole

    def run(self, name: str, request: dict[str, Any], data: bytes) -> Message:
        """The same, waiting for the result. Raises ReaderError: a limit was passed, or the worker died."""
        worker = self._idle.get()
        try:
            worker, fresh = self._ready(name, worker, request)
            try:
                return worker.ask(name, request, data, self.seconds)
            except Spent:
                if fresh:
                    raise
            worker, _ = self._ready(
                name, None, request
            )  # what earlier files left in its memory may have been the reason
            return worker.ask(name, request, data, self.seconds)
        finally:
            if worker is not None and not worker.alive:
                self._let_go(worker)
                worker = None
            self._idle.put(worker)

    def _ready(self, name: str, worker: Worker | None, request: dict[str, Any]) -> tuple[Worker, bool]:
        """A living worker, and whether it is new."""
        if worker is not None and worker.alive:
            return worker, False
        if worker is not None:
            self._let_go(worker)
        stopped = ReaderError(f"{name} was not read: reading was stopped; add it again.")
        with self._starting:
            if self._closed:
                raise stopped
            try:
                worker = self._start(bool(request.get("embed")))
            except OSError as error:
                raise ReaderError(
                    f"{name} was not read: the reading process did not start ({error.strerror or error}); "
                    "check memory, process limits and permissions."
                ) from None
        with self._lock:
            kept = not self._closed
            if kept:
                self._running.add(worker)
        if not kept:
            worker.end()
            raise stopped
        try:
            worker.wait_until_ready(name)
        except ReaderError:
            self._let_go(worker)
            raise
        return worker, True

    def _start(self, embeds: bool) -> Worker:
        """A new worker, forked where that can be done. Raises OSError."""
        for _ in range(2 if self._forks else 0):  # one that was long idle has ended
            try:
                if self._nursery is None:
                    self._nursery = Nursery(*_command(self.memory_mb), START_SECONDS)
                return Worker(self.memory_mb, partial(self._nursery.fork, embeds=embeds))
            except OSError:
                self._drop_nursery()
        self._forks = False
        return Worker(self.memory_mb, partial(_alone, self.memory_mb))

    def _drop_nursery(self) -> None:
        if self._nursery is not None:
            self._nursery.close()
            self._nursery = None

    def _let_go(self, worker: Worker) -> None:
        worker.end()
        with self._lock:
            self._running.discard(worker)

    def close(self) -> None:
        """End all workers now, also in the middle of a file; they start again when used."""
        with self._lock:
            self._closed = True
            threads, self._threads = self._threads, None
            running = list(self._running)
        for worker in running:
            worker.kill()
        if threads is not None:
            threads.shutdown(cancel_futures=True)
        for worker in running:
            self._let_go(worker)
        with self._starting:
            if self._closed:
                self._drop_nursery()


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _command(memory_mb: int) -> tuple[list[str], dict[str, str]]:
    """What starts a process with ``worker.serve``, and its environment."""
    paths = os.pathsep.join(part or os.getcwd() for part in sys.path)
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return [sys.executable, "-c", _START, paths, os.pathsep, str(memory_mb)], environment


def _alone(memory_mb: int, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    command, environment = _command(memory_mb)
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=errors, env=environment)
