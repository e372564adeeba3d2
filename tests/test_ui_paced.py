"""Values of work in a thread: none is shown too often, the last one always, and whoever no longer listens ends the work."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

from ui_samples import heard

from ui.paced import Paced, paced


def test_of_values_that_come_at_once_only_the_last_is_passed_on() -> None:
    assert heard(lambda: paced(iter(range(1000)), first=30, gap=30)) == [999]
    assert heard(lambda: paced(iter(()), first=30)) == []


def test_a_value_is_passed_on_while_the_next_one_takes_its_time() -> None:
    seen = [threading.Event(), threading.Event()]

    def work() -> Iterator[int]:
        for number, before in enumerate(seen, 2):
            yield number - 1
            assert before.wait(30)
        yield 3

    async def values() -> list[int]:
        got = []
        async for value in paced(work()):
            got.append(value)
            if len(got) <= 2:
                seen[len(got) - 1].set()
        return got

    assert asyncio.run(values()) == [1, 2, 3]


def test_who_stops_reading_ends_the_work_after_the_value_at_hand() -> None:
    go, ended, waiting, steps = threading.Event(), threading.Event(), threading.Event(), []

    def work() -> Iterator[int]:
        try:
            for step in range(3):
                steps.append(step)
                yield step
                waiting.set()
                assert go.wait(30)
        finally:
            ended.set()

    async def one() -> None:
        values = aiter(paced(work()))
        assert await anext(values) == 0
        assert await asyncio.to_thread(waiting.wait, 30)
        await values.aclose()  # type: ignore[attr-defined]

    asyncio.run(one())
    go.set()
    assert ended.wait(30) and steps == [0, 1]


def test_a_stop_ends_the_values_though_the_work_hangs() -> None:
    go = threading.Event()

    def work() -> Iterator[int]:
        yield 0
        assert go.wait(30)
        yield 1

    async def stopped() -> list[int]:
        values, got = paced(work()), []
        async for value in values:
            got.append(value)
            values.stop()
        return got

    assert asyncio.run(stopped()) == [0]
    go.set()


def test_who_tells_learns_that_nobody_listens_and_may_go_on() -> None:
    go, ended, waiting, told = threading.Event(), threading.Event(), threading.Event(), []

    def work(tell: Callable[[int], bool]) -> None:
        told.append(tell(0))
        waiting.set()
        assert go.wait(30)
        told.append(tell(1))
        ended.set()

    async def one() -> None:
        values = aiter(Paced(work))
        await anext(values)
        assert await asyncio.to_thread(waiting.wait, 30)
        await values.aclose()  # type: ignore[attr-defined]

    asyncio.run(one())
    go.set()
    assert ended.wait(30) and told == [True, False]
