"""Values of work in a thread: none is shown too often, the last one always, and closing ends the work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from ui.paced import paced, told


def test_of_values_that_come_at_once_only_the_last_is_passed_on() -> None:
    assert list(paced(iter(range(1000)), first=30, gap=30)) == [999]
    assert list(paced(iter(()), first=30)) == []


def test_a_value_is_passed_on_while_the_next_one_takes_its_time() -> None:
    heard = threading.Event()

    def work() -> Iterator[int]:
        yield 1
        assert heard.wait(30)
        yield 2

    values = paced(work())
    assert next(values) == 1
    heard.set()
    assert list(values) == [2]


def test_closing_ends_the_work_after_the_value_at_hand() -> None:
    go, ended, steps = threading.Event(), threading.Event(), []

    def work() -> Iterator[int]:
        try:
            for step in range(3):
                steps.append(step)
                yield step
                assert go.wait(30)
        finally:
            ended.set()

    values = paced(work())
    next(values)
    values.close()  # type: ignore[attr-defined]
    go.set()
    assert ended.wait(30) and steps == [0, 1]


def test_who_tells_learns_that_nobody_listens_and_may_go_on() -> None:
    go, heard = threading.Event(), []
    ended = threading.Event()

    def work(tell: Callable[[int], bool]) -> None:
        heard.append(tell(0))
        assert go.wait(30)
        heard.append(tell(1))
        ended.set()

    values = told(work)
    next(values)
    values.close()  # type: ignore[attr-defined]
    go.set()
    assert ended.wait(30) and heard == [True, False]
