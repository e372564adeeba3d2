"""One request to a model, read piece by piece on another thread, so that waiting can be cut short at any moment."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from rag.llm import provider
from rag.llm.provider import Service

BEAT = 0.2  # seconds: while nothing comes, a reader gets the chance to stop this often
_WHOLE = 4  # times the timeout: how long a reply may take altogether
_SYNC_CALLS = 32
_SETTLE = 5.0  # seconds: how long the end of a library waits for its connections to be closed


@dataclass(frozen=True, slots=True)
class Piece:
    """What came: some text, and what else the service said with it."""

    text: str = ""
    finish: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None


Put = Callable[[Piece], None]
Reading = Callable[[Put], Coroutine[Any, Any, None]]
Watching = Callable[[Put, threading.Event], None]


class Call:
    """Iterate for pieces, and None about five times a second while nothing comes; ``close`` stops the request.

    ``reading`` is a coroutine that reads the reply, and is cancelled; ``watching`` a plain function that looks at its
    event whenever a piece has come. One of them is given. Raises ProviderError: for an error of the service, when
    nothing comes for ``service.timeout`` seconds, and when the whole takes four times as long.
    """

    def __init__(self, service: Service, reading: Reading | None = None, watching: Watching | None = None) -> None:
        self._service = service
        self._queue: queue.SimpleQueue[Piece | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._future: Future[None]
        if reading is not None:
            self._future = asyncio.run_coroutine_threadsafe(reading(self._queue.put), _loop())
        elif watching is not None:
            context, read = copy_context(), partial(watching, self._queue.put, self._closed)
            self._future = _threads().submit(lambda: context.run(read))
        else:
            raise ValueError("A call needs something that reads its reply.")
        self._future.add_done_callback(lambda _: self._queue.put(None))

    def __iter__(self) -> Iterator[Piece | None]:
        started = heard = time.monotonic()
        while True:
            try:
                piece = self._queue.get(timeout=min(BEAT, self._service.timeout))
            except queue.Empty:
                if time.monotonic() - heard > self._service.timeout:
                    raise provider.timed_out(self._service) from None
                yield None
                continue
            if piece is None:
                return self._end()
            heard = time.monotonic()
            if heard - started > _WHOLE * self._service.timeout:
                raise provider.timed_out(self._service)
            yield piece

    def _end(self) -> None:
        error = self._future.exception() if not self._future.cancelled() else TimeoutError()
        if isinstance(error, Exception):
            failure = provider.explained(error, self._service)
            raise failure from None  # the service's own error may quote the key
        if error is not None:
            raise error

    def close(self) -> None:
        """Stop reading; the connection is closed. Harmless when the reply has ended."""
        self._closed.set()
        self._future.cancel()


def settle(work: Coroutine[Any, Any, None]) -> None:
    """Run ``work``, such as the closing of a client, where the requests run; gives up after a few seconds."""
    future = asyncio.run_coroutine_threadsafe(work, _loop())
    try:
        future.result(_SETTLE)
    except TimeoutError:
        future.cancel()


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """The event loop of this process's requests, on a thread of its own; it ends with the process."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="rag-llm", daemon=True).start()
    return loop


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_SYNC_CALLS, thread_name_prefix="rag-llm")
