"""Work in a thread of its own, whose values are passed on no faster than they can be shown."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
Tell = Callable[[T], bool]


class Paced(Generic[T]):
    """What ``work`` tells, by the function that it is given; of values close together only the newest, but always the last.

    ``first``: seconds that the first value may wait for a newer one; ``gap``: seconds between two values, at least.
    ``keep``: the program waits for the work at its end. Telling gives False once nobody listens. An error ends the
    values; it is reported where errors of threads are. Made inside a running event loop; read once.
    """

    def __init__(
        self, work: Callable[[Tell[T]], None], *, first: float = 0.0, gap: float = 0.0, keep: bool = False
    ) -> None:
        self._first, self._gap = first, gap
        self._loop = asyncio.get_running_loop()
        self._changed, self._over = asyncio.Event(), asyncio.Event()
        self._newest: list[T] = []  # none or one
        self._lock = threading.Lock()
        self._unheard = threading.Event()
        threading.Thread(target=self._run, args=(work,), daemon=not keep).start()

    def _run(self, work: Callable[[Tell[T]], None]) -> None:
        try:
            work(self._tell)
        finally:
            self._call(self._end)

    def _tell(self, value: T) -> bool:
        with self._lock:
            waiting, self._newest = self._newest, [value]
        if not waiting:  # else the reader has been woken and will find this one
            self._call(self._changed.set)
        return not self._unheard.is_set()

    def _call(self, what: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and whoever listened with it
            self._loop.call_soon_threadsafe(what)

    def _end(self) -> None:
        self._over.set()
        self._changed.set()

    def stop(self) -> None:
        """End the values now; the work learns of it when it next tells."""
        self._unheard.set()
        self._end()

    async def __aiter__(self) -> AsyncIterator[T]:
        due = None
        try:
            while not self._unheard.is_set():
                await self._changed.wait()
                now = time.monotonic()
                await self._until_over(self._first if due is None else due - now)
                ended = self._over.is_set()
                self._changed.clear()
                with self._lock:
                    values, self._newest = self._newest, []
                if values and not self._unheard.is_set():
                    yield values[0]
                    due = time.monotonic() + self._gap
                if ended:
                    break
        finally:
            self._unheard.set()

    async def _until_over(self, seconds: float) -> None:
        if seconds > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), seconds)


def paced(work: Iterator[T], *, first: float = 0.0, gap: float = 0.0) -> Paced[T]:
    """The values of ``work``, which ends after the value at hand when they are stopped or no longer read."""

    def run(tell: Tell[T]) -> None:
        try:
            for value in work:
                if not tell(value):
                    break
        finally:
            if isinstance(work, Generator):
                work.close()

    return Paced(run, first=first, gap=gap)
