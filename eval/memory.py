"""The memory of this process and all its children together, watched while something runs (Linux; elsewhere this process alone)."""

from __future__ import annotations

import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_EVERY = 0.1  # seconds between two looks; a shorter peak can be missed


@dataclass
class Peak:
    """``mb``: the most megabytes (2**20 bytes) held at once; shared pages are counted once."""

    mb: float = 0.0


@contextmanager
def watched() -> Iterator[Peak]:
    """Watch memory for the length of a block; the value is final after it."""
    peak, stop = Peak(), threading.Event()

    def look() -> None:
        while True:
            peak.mb = max(peak.mb, tree_mb())
            if stop.wait(_EVERY):
                return

    thread = threading.Thread(target=look, name="memory", daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()
        peak.mb = max(peak.mb, tree_mb())


def tree_mb() -> float:
    """Megabytes of this process and its children now: proportional set size, so that shared pages count once."""
    if not (_PROC / "self/smaps_rollup").exists():
        return peak_mb()
    return sum(_pss_kb(pid) for pid in _tree(_PROC / "self")) / 1024


def peak_mb() -> float:
    """The most memory that this process alone has held, in megabytes (ru_maxrss: kilobytes, on macOS bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _tree(process: Path) -> Iterator[Path]:
    yield process
    for task in _children_files(process):
        try:
            children = task.read_text(encoding="ascii").split()
        except OSError:  # ended meanwhile
            continue
        for child in children:
            yield from _tree(_PROC / child)


def _children_files(process: Path) -> list[Path]:
    try:
        return list(process.glob("task/*/children"))
    except OSError:
        return []


def _pss_kb(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # ended meanwhile, or another user's
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
