"""Exact dense search over the ledger's vectors, kept in memory per report once they were needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from rag.store.rows import Vectors


class ExactIndex:
    """Dot products with unit vectors. ``load`` reads the vectors of reports; reports without any are left out."""

    def __init__(self, load: Callable[[Iterable[str]], Iterator[Vectors]]) -> None:
        self._load = load
        self._held: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    def forget(self, report_ids: Iterable[str] | None = None) -> None:
        """Drop reports that changed; None drops all."""
        with self._lock:
            if report_ids is None:
                self._held.clear()
            else:
                for report_id in report_ids:
                    self._held.pop(report_id, None)

    def get(self, report_ids: Iterable[str]) -> list[Vectors]:
        """The vectors of reports, from memory or the ledger."""
        wanted = list(report_ids)
        missing = [id_ for id_ in wanted if id_ not in self._held]
        if missing:
            with self._lock:
                for vectors in self._load(missing):
                    self._held[vectors.report_id] = vectors
        return [found for id_ in wanted if (found := self._held.get(id_)) is not None]

    def search(self, vector: NDArray[np.float32], limit: int, report_ids: Iterable[str]) -> dict[str, float]:
        """Passage id to cosine of the nearest ``limit`` passages of these reports, nearest first."""
        parts = [part for part in self.get(report_ids) if len(part.ordinals)]
        if not parts or limit < 1:
            return {}
        scores = np.concatenate([part.matrix @ vector for part in parts])
        count = min(limit, len(scores))
        best = np.argpartition(-scores, count - 1)[:count]
        best = best[np.lexsort((best, -scores[best]))]
        ends = np.cumsum([len(part.ordinals) for part in parts])
        found: dict[str, float] = {}
        for row in best:
            part_number = int(np.searchsorted(ends, row, side="right"))
            part = parts[part_number]
            offset = int(row) - (int(ends[part_number - 1]) if part_number else 0)
            found[part.id_at(offset)] = float(scores[row])
        return found
