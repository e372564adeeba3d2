"""Asking on several cores: each process opens the same library and takes every n-th case.

Threads would not do: an extractive answer is work of this process alone, and Python does that of one thread at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from eval.cases import Case
from eval.runner import Result, run, settings_for, with_parity

WORTH_IT = 20  # cases per process, below which starting one takes longer than it saves


@contextmanager
def processes(jobs: int) -> Iterator[ProcessPoolExecutor | None]:
    """So many processes for the length of a block, started when first used; None for one job."""
    if jobs <= 1:
        yield None
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield pool


def run_in(
    pool: ProcessPoolExecutor, jobs: int, home: Path, embedding: str, cases: Sequence[Case], scoped: bool
) -> list[Result]:
    """The same as ``runner.run``, over the library in ``home``, with extractive answers."""
    shares = [cases[start::jobs] for start in range(jobs)]
    futures = [pool.submit(_share, home, embedding, tuple(share), scoped) for share in shares]
    by_id = {result.case.id: result for future in futures for result in future.result()}
    return with_parity([by_id[case.id] for case in cases])


def _share(home: Path, embedding: str, cases: tuple[Case, ...], scoped: bool) -> list[Result]:
    from rag import Library

    with Library.open(settings_for(home, embedding=embedding)) as library:
        return run(library, cases, scoped=scoped)
