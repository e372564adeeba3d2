"""One writer at a time: a lock file in the library's folder, and an advisory lock where the ledger is PostgreSQL."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import BusyError, StoreError

WAIT = 60.0  # seconds a writer waits for another one; writes are short: one report, or one batch of an index


class WriteLock:
    """Re-entrant within a thread; between threads and processes only one holds it.

    ``outer`` is a further lock (of the database server) that is taken after the file's.
    """

    def __init__(self, path: Path, outer: Callable[[float], AbstractContextManager[None]] | None = None) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._file = FileLock(str(path), thread_local=False)
        self._outer = outer or (lambda _: nullcontext())
        self._depth = 0

    @contextmanager
    def hold(self, wait: float = WAIT) -> Iterator[None]:
        """Hold the lock; ``wait``: seconds to wait for another writer. Raises BusyError when it does not finish."""
        start = time.monotonic()
        if not self._threads.acquire(timeout=wait):
            raise BusyError(self._busy(wait))
        try:
            if self._depth:
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1
                return
            left = max(0.0, wait - (time.monotonic() - start))
            try:
                self._file.acquire(timeout=left, poll_interval=0.02)
            except Timeout:
                raise BusyError(self._busy(wait)) from None
            except OSError as error:
                raise StoreError(
                    f"The lock {self._path} cannot be made ({error.strerror or error}): "
                    "make the library's folder writable, or set RAG_HOME to one that is."
                ) from None
            try:
                with self._outer(left):
                    self._depth = 1
                    try:
                        yield
                    finally:
                        self._depth = 0
            finally:
                self._file.release()
        finally:
            self._threads.release()

    def _busy(self, wait: float) -> str:
        return (
            f"Another process has been writing to {self._path.parent} for more than {wait:.0f} s: "
            "wait until it has finished, or end it, then try again."
        )
