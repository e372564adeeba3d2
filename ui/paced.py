"""Work in a thread of its own, whose values are passed on no faster than they can be shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")
_Passed = tuple[T] | None
"""A value, or the end."""


def paced(work: Iterator[T], *, first: float = 0.0, gap: float = 0.0, keep: bool = False) -> Iterator[T]:
    """The values of ``work``, of those that come close together only the newest; the last one always comes.

    ``first``: seconds that the first value may wait for a newer one; ``gap``: seconds between two values, at least.
    Whoever closes this iterator ends the work after the value at hand, unless it is to ``keep`` on.
    """
    passed: SimpleQueue[_Passed[T]] = SimpleQueue()
    unheard = threading.Event()
    threading.Thread(target=_run, args=(work, passed, unheard), daemon=not keep).start()
    newest: tuple[T] | None = None
    due = time.monotonic() + first
    try:
        while True:
            try:
                item = passed.get(timeout=None if newest is None else max(0.0, due - time.monotonic()))
            except Empty:
                assert newest is not None
                yield newest[0]
                newest, due = None, time.monotonic() + gap
                continue
            if item is None:
                break
            newest = item
        if newest is not None:
            yield newest[0]
    finally:
        if not keep:
            unheard.set()


def _run(work: Iterator[T], passed: SimpleQueue[_Passed[T]], unheard: threading.Event) -> None:
    """An error ends the values; it is told where errors of threads are told."""
    try:
        for value in work:
            passed.put((value,))
            if unheard.is_set():
                break
    finally:
        if isinstance(work, Generator):
            work.close()
        passed.put(None)
