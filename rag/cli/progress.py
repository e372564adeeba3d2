"""A progress bar on stderr, for people: never in a pipe, never with ``--json``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rag.types import Progress

OnProgress = Callable[[Progress], None]


@contextmanager
def bar(what: str, *, shown: bool) -> Iterator[OnProgress | None]:
    """A callback for ``on_progress=`` that draws steps done, the rate and the time left; None where nobody watches."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task(what, total=None, pace="")

        def on_progress(now: Progress) -> None:
            name = now.file.replace("\\", "/").rsplit("/", 1)[-1]
            description = f"{what} {name[:40]}".replace("[", r"\[").strip()
            drawn.update(task, description=description, total=now.total, completed=now.done, pace=pace(now))

        yield on_progress


def pace(now: Progress) -> str:
    """``124 pages/s, 0:42 left``: what is known of the rate and the time left, in seconds."""
    parts = []
    if now.rate > 0:
        parts.append(f"{now.rate:,.0f} {'pages' if now.pages else 'passages'}/s")
    if now.remaining is not None and now.done < now.total:
        minutes, seconds = divmod(round(now.remaining), 60)
        parts.append(f"{minutes}:{seconds:02d} left")
    return ", ".join(parts)
