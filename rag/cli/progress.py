"""How far a long command is, on stderr: a bar where somebody watches, now and then a line where it goes to a file."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rag.types import Progress

OnProgress = Callable[[Progress], None]
LINE_SECONDS = 15.0  # between lines where there is no terminal


@contextmanager
def bar(what: str, *, shown: bool) -> Iterator[OnProgress | None]:
    """A callback for ``on_progress=`` that shows steps done, the rate and the time left; None with ``shown`` False."""
    if not shown:
        yield None
    elif sys.stderr.isatty():
        with _drawn(what) as on_progress:
            yield on_progress
    else:
        yield _lines(what)


@contextmanager
def _drawn(what: str) -> Iterator[OnProgress]:
    """The bar; what is printed meanwhile appears above it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
    to_terminal = sys.stdout.isatty()
    with Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=to_terminal) as drawn:
        task = drawn.add_task(what, total=None, pace="")

        def on_progress(now: Progress) -> None:
            name = now.file.replace("\\", "/").rsplit("/", 1)[-1]
            description = f"{what} {name[:40]}".replace("[", r"\[").strip()
            drawn.update(task, description=description, total=now.total, completed=now.done, pace=pace(now))

        yield on_progress


def _lines(what: str) -> OnProgress:
    """Every quarter of a minute a line: ``Adding: 120 of 400, 98 pages/s, 0:42 left``."""
    last = time.monotonic()

    def on_progress(now: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= LINE_SECONDS and now.done < now.total:
            last = time.monotonic()
            print(", ".join(filter(None, (f"{what}: {now.done:,} of {now.total:,}", pace(now)))), file=sys.stderr)

    return on_progress


def pace(now: Progress) -> str:
    """``124 pages/s, 0:42 left``: what is known of the rate and the time left, in seconds."""
    parts = []
    if now.rate > 0:
        rate = f"{now.rate:,.0f}" if now.rate >= 10 else f"{now.rate:.1f}"
        parts.append(f"{rate} {'pages' if now.pages else 'passages'}/s")
    if now.remaining is not None and now.done < now.total:
        minutes, seconds = divmod(round(now.remaining), 60)
        parts.append(f"{minutes}:{seconds:02d} left")
    return ", ".join(parts)
