"""The store: the ledger with its two projections, kept together; what retrieval searches.

Readers look at the ledger's sequence number before each search: it is one number, read in a fraction of a
millisecond, and tells whether this or another process changed anything.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import BusyError, StoreError
from rag.ledger import Ledger
from rag.lexical_index import LexicalIndex, LexicalRow
from rag.passages import context_line
from rag.statements import own_statements
from rag.store_exact import ExactIndex
from rag.store_folder import State
from rag.store_lock import WriteLock
from rag.store_rows import Stored, Vectors
from rag.types import Language, Passage, Report
from rag.vector_index import VectorIndex
from rag.words import terms_of

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

EXACT_BELOW = 5_000  # passages: up to here exact search beats loading Chroma, which takes a second to import
SLACK = 100  # more hits asked of Chroma when some of them may be outdated
_CACHED_PASSAGES = 50_000
_log = logging.getLogger(__name__)
Feed = Callable[[Iterable[str]], Iterator[Any]]


class Projection(Protocol):
    """What the store needs of an index that is built from the ledger."""

    name: str

    def problem(self, model: str) -> str | None: ...
    def state(self) -> State | None: ...
    def exists(self) -> bool: ...
    def update(self, gone: Iterable[str], added: Iterable[Any], sequence: int, model: str) -> None: ...
    def rebuild(self, added: Iterable[Any], sequence: int, model: str) -> None: ...


class Store:
    """Implements ``rag.retrieve.Index``. Safe for threads; one instance per process and library is enough."""

    def __init__(self, home: Path, ledger: Ledger, lock: WriteLock) -> None:
        self.ledger = ledger
        self.lock = lock
        self.vectors_index = VectorIndex(home / "vectors")
        self.lexical_index = LexicalIndex(home / "lexical")
        self._exact = ExactIndex(self._load_vectors)
        self._mutex = threading.RLock()
        self._sequence = -1
        self._model = ""
        self._reports: dict[str, Report] = {}
        self._stored: dict[str, Stored] = {}
        self._size = 0
        self._passages: dict[str, Passage] = {}
        self._frequencies: dict[str, int] = {}
        self._prefixes: dict[str, str] = {}  # the first 16 digits of a report's id, as in passage ids -> the id
        self._changed: dict[str, int] = {}  # report id -> sequence of its last change that was seen
        self._feeds: tuple[tuple[Projection, Feed], ...] = (
            (self.lexical_index, self._rows),
            (self.vectors_index, self._nodes),
        )

    def _load_vectors(self, report_ids: Iterable[str]) -> Iterator[Vectors]:
        return self.ledger.vectors(report_ids, self._model)

    # keeping up

    def refresh(self) -> None:
        """Notice what this or another process has committed since the last look."""
        sequence = self.ledger.sequence()
        if sequence == self._sequence:
            return
        with self._mutex:
            changes = self.ledger.changes(self._sequence if self._sequence >= 0 else self._projected())
            touched = {change.report_id for change in changes if change.report_id is not None}
            for change in changes:
                if change.report_id is not None and change.kind != "move":
                    self._changed[change.report_id] = change.sequence
            if self._sequence < 0 or any(change.kind == "model" for change in changes):
                self._exact.forget()
                self.vectors_index.close()
                self._model = ""
            self._exact.forget(touched)
            self._take_in(self.ledger.stored(None if self._sequence < 0 else touched), touched)
            self._model = self._model or self.ledger.get("model") or ""
            self._passages = {id_: p for id_, p in self._passages.items() if p.report_id not in touched}
            self._frequencies = {}
            self._sequence = sequence

    def _take_in(self, fresh: dict[str, Stored], touched: set[str]) -> None:
        kept = {id_: fresh.get(id_, old) for id_, old in self._stored.items() if id_ not in touched or id_ in fresh}
        self._stored = {**kept, **fresh}
        self._reports = {id_: stored.report for id_, stored in self._stored.items()}
        self._prefixes = {id_[:16]: id_ for id_ in self._stored}
        self._size = sum(stored.searchable for stored in self._stored.values())

    def _projected(self) -> int:
        state = self.vectors_index.state()
        return state.sequence if state is not None else 0

    def recover(self) -> tuple[str, ...]:
        """Bring both projections up to the ledger; what was repaired, one sentence each. For the start of a process.

        When another process is writing, it is left alone: searches then use what is sound.
        """
        self.refresh()
        if not self._sequence or not any(self._wanting(index) for index, _ in self._feeds):
            return ()
        try:
            with self.lock.hold(wait=0.0):
                return self.catch_up()
        except BusyError:
            return ("Another process is writing to this library; its newest reports appear as it goes on.",)

    def _wanting(self, index: Projection) -> bool:
        state = index.state()
        return state is None or state.sequence != self._sequence or index.problem(self._model) is not None

    def catch_up(self, anew: bool = False) -> tuple[str, ...]:
        """Write to both projections what the ledger has and they have not; rebuild one that cannot be trusted.

        ``anew`` rebuilds both in any case.
        """
        with self.lock.hold():
            self.refresh()
            return tuple(notice for index, feed in self._feeds if (notice := self._catch_up(index, feed, anew)))

    def _catch_up(self, index: Projection, feed: Feed, anew: bool) -> str:
        state = index.state()
        problem = "it was asked for" if anew else index.problem(self._model)
        if state is None or problem is not None or state.sequence > self._sequence:
            reason = problem or "it is ahead of the ledger"
            first = not index.exists()
            if not first:
                level = logging.INFO if anew else logging.WARNING
                _log.log(level, "Rebuilding the %s of %d passages: %s.", index.name, self.size(), reason)
            index.rebuild(feed(self._reports), self._sequence, self._model)
            return f"The {index.name} was rebuilt from the ledger: {reason}."
        if state.sequence == self._sequence:
            return ""
        first_change: dict[str, str] = {}
        for change in self.ledger.changes(state.sequence):
            if change.report_id is not None and change.kind != "move":
                first_change.setdefault(change.report_id, change.kind)
        gone = [id_ for id_, kind in first_change.items() if kind != "add"]
        present = [id_ for id_ in first_change if id_ in self._reports]
        index.update(gone, feed(present), self._sequence, self._model)
        return f"The {index.name} took in {len(first_change)} changed reports that it had missed."

    def _rows(self, report_ids: Iterable[str]) -> Iterator[LexicalRow]:
        for report_id in report_ids:
            report = self._reports[report_id]
            for passage in self.ledger.report_passages(report_id):
                if passage.searchable:
                    tags = (passage.language, *own_statements(passage))
                    yield LexicalRow(passage.id, report_id, passage.text, context_line(report, passage), tags)

    def _nodes(self, report_ids: Iterable[str]) -> Iterator[TextNode]:
        from rag.ingest import stored_nodes

        for vectors in self.ledger.vectors(report_ids, self._model):
            id_ = vectors.report_id
            yield from stored_nodes(self._reports[id_], self.ledger.report_passages(id_), vectors)

    # what retrieval asks

    def dense(self, vector: NDArray[np.float32], limit: int, reports: frozenset[str] | None) -> dict[str, float]:
        """Passage id to cosine (-1..1) of the nearest ``limit`` passages, nearest first; ``reports`` None means all."""
        self.refresh()
        if not np.any(vector):
            return {}
        if reports is not None or self.size() <= EXACT_BELOW:
            among = self._reports if reports is None else [id_ for id_ in sorted(reports) if id_ in self._reports]
            return self._exact.search(vector, limit, among)
        found = self._approximate(vector, limit)
        return found if found is not None else self._exact.search(vector, limit, self._reports)

    def _approximate(self, vector: NDArray[np.float32], limit: int) -> dict[str, float] | None:
        """What Chroma finds, corrected exactly for the reports that changed since it was written."""
        index = self.vectors_index
        index.refresh(self._sequence)
        try:
            found = index.search(vector, limit + (SLACK if self._stale() else 0), self._model)
        except StoreError as error:
            _log.warning("%s Until then searches are exact.", error)
            self._distrust()
            return None
        if found is None:
            return None
        changed = self._stale()
        if not changed:
            return found
        outdated = {id_[:16] for id_ in changed}
        found = {id_: score for id_, score in found.items() if id_[:16] not in outdated}
        found.update(self._exact.search(vector, limit, [id_ for id_ in changed if id_ in self._reports]))
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return dict(best[:limit])

    def _stale(self) -> list[str]:
        """The reports that changed since Chroma was last written, as this process searches it."""
        built = self.vectors_index.sequence or 0
        return [id_ for id_, sequence in self._changed.items() if sequence > built]

    def _distrust(self) -> None:
        try:
            with self.lock.hold(wait=0.0):
                self.vectors_index.distrust()
        except StoreError:
            _log.info("The vector index could not be marked for rebuilding: another process is writing.")

    def lexical(
        self, terms: Mapping[str, float], limit: int, reports: frozenset[str] | None,
        language: Language | None = None, tags: Collection[str] = (),
    ) -> dict[str, float]:  # fmt: skip
        """Passage id to score of the best ``limit`` passages for analysed terms and their weights, best first.

        ``language``: only passages of this one; ``tags``: only passages of one of these statements.
        """
        self.refresh()
        found = self._lexical().search(terms, limit, reports, language, tags) if self.size() else {}
        return {id_: score for id_, score in found.items() if id_[:16] in self._prefixes}

    def _lexical(self) -> LexicalIndex:
        if not self.lexical_index.usable():
            raise BusyError("The lexical index is being rebuilt by another process: try again in a moment.")
        return self.lexical_index

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The stored passages of these ids, in their order; ids of removed reports are left out."""
        self.refresh()
        wanted = list(ids)
        missing = [id_ for id_ in wanted if id_ not in self._passages]
        if missing:
            with self._mutex:
                if len(self._passages) + len(missing) > _CACHED_PASSAGES:
                    self._passages = {}
                    missing = wanted
                self._passages.update(self.ledger.passages(missing))
        held = self._passages
        return {id_: held[id_] for id_ in wanted if id_ in held}

    def vectors(self, ids: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The stored unit vectors of these ids."""
        self.refresh()
        by_prefix: dict[str, list[str]] = {}
        for id_ in ids:
            by_prefix.setdefault(id_[:16], []).append(id_)
        known = [self._prefixes[prefix] for prefix in by_prefix if prefix in self._prefixes]
        found: dict[str, NDArray[np.float32]] = {}
        for part in self._exact.get(known):
            for id_ in by_prefix[part.report_id[:16]]:
                row = int(np.searchsorted(part.ordinals, int(id_[17:])))
                if row < len(part.ordinals) and part.id_at(row) == id_:
                    found[id_] = part.matrix[row]
        return found

    def reports(self) -> dict[str, Report]:
        """All reports by id, in the order they were added."""
        self.refresh()
        return self._reports

    def stored(self) -> dict[str, Stored]:
        """All reports by id with their paths."""
        self.refresh()
        return self._stored

    def report_passages(self, report_id: str) -> tuple[Passage, ...]:
        """All passages of a report in order, searchable or not."""
        return self.ledger.report_passages(report_id)

    def report_terms(self, report_id: str) -> frozenset[str]:
        """All index terms of a report; meant for short ones."""
        return frozenset().union(*(terms_of(passage.text) for passage in self.report_passages(report_id)))

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """How many passages hold each analysed term, in their text or their context."""
        self.refresh()
        wanted = list(terms)
        missing = [term for term in wanted if term not in self._frequencies]
        if missing:
            counts = self._lexical().document_frequency(missing) if self.size() else dict.fromkeys(missing, 0)
            self._frequencies.update(counts)
        return {term: self._frequencies[term] for term in wanted}

    def size(self) -> int:
        """Number of searchable passages."""
        self.refresh()
        return self._size

    def close(self) -> None:
        """Release the indexes and the database."""
        self.vectors_index.close()
        self.lexical_index.close()
        self.ledger.close()
