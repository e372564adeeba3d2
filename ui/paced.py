"""Work in a thread of its own, whose values are passed on no faster than they can be shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")


def paced(work: Iterator[T], *, first: float = 0.0, gap: float = 0.0) -> Iterator[T]:
    """The values of ``work``, which ends after the value at hand when this iterator is closed; see ``told``."""

    def run(tell: Callable[[T], bool]) -> None:
        try:
            for value in work:
                if not tell(value):
                    break
        finally:
            if isinstance(work, Generator):
                work.close()

    return told(run, first=first, gap=gap)


def told(
    work: Callable[[Callable[[T], bool]], None], *, first: float = 0.0, gap: float = 0.0, keep: bool = False
) -> Iterator[T]:
    """What ``work`` tells, by the function that it is given; of values close together only the newest, but always the last.

    ``first``: seconds that the first value may wait for a newer one; ``gap``: seconds between two values, at least.
    ``keep``: the program waits for the work at its end. Telling gives False once nobody listens. An error ends the
    values; it is reported where errors of threads are.
    """
    passed: SimpleQueue[tuple[T] | None] = SimpleQueue()
    unheard = threading.Event()

    def tell(value: T) -> bool:
        passed.put((value,))
        return not unheard.is_set()

    def run() -> None:
        try:
            work(tell)
        finally:
            passed.put(None)

    threading.Thread(target=run, daemon=not keep).start()
    try:
        yield from _thinned(passed, first, gap)
    finally:
        unheard.set()


def _thinned(passed: SimpleQueue[tuple[T] | None], first: float, gap: float) -> Iterator[T]:
    newest: tuple[T] | None = None
    due = time.monotonic() + first
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
