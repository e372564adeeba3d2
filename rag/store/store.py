"""The store: the ledger with its two projections, kept together; what retrieval searches.

Readers look at the ledger's sequence number before each search: it is one number, read in a fraction of a
millisecond, and tells whether this or another process changed anything.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import BusyError, StoreError
from rag.reports.passages import context_line
from rag.reports.statements import own_statements
from rag.store.catch_up import Feed, Projection, Target, behind, bring_up, rebuild
from rag.store.exact import ExactIndex
from rag.store.ledger import Ledger
from rag.store.lexical_index import LexicalIndex, LexicalRow
from rag.store.lock import WriteLock
from rag.store.rows import Embedded, Stored, Vectors
from rag.store.vector_index import VectorIndex
from rag.store.vector_server import ServerIndex
from rag.types import Language, Passage, Report

EXACT_BELOW = 5_000  # passages: up to here exact search is faster than asking Chroma
SLACK = 100  # more hits asked of Chroma when some of them may be outdated
PATIENCE = 3.0  # seconds between a searching process's attempts to bring up the lexical index, where no writer does
_CACHED_PASSAGES = 50_000
_CACHED_TERMS = 200_000
_CACHED_WHOLE = 20_000  # passages of reports that are kept whole, some 30 MB
_log = logging.getLogger(__name__)


class Store:
    """Implements ``rag.search.retrieve.Index``. Safe for threads; one instance per process and library is enough."""

    def __init__(
        self, home: Path, ledger: Ledger, lock: WriteLock, read_only: bool = False, server: ServerIndex | None = None
    ) -> None:
        """``read_only``: search what is there, and write nothing in ``home``; ``server``: vectors are not in ``home``."""
        self.ledger = ledger
        self.lock = lock
        self.read_only = read_only
        self._home = home
        self.vectors_index = server or VectorIndex(home / "vectors", ledger.identity, read_only)
        self.lexical_index = LexicalIndex(home / "lexical", ledger.identity, read_only)
        self._exact = ExactIndex(self._load_vectors)
        self._mutex = threading.RLock()
        self._held = threading.local()
        self._sequence = -1
        self._model = ""
        self._reports: dict[str, Report] = {}
        self._stored: dict[str, Stored] = {}
        self._size = 0
        self._passages: dict[str, Passage] = {}
        self._wholes: dict[str, tuple[Passage, ...]] = {}
        self._frequencies: dict[str, int] = {}
        self._terms: dict[tuple[str, str], bool] = {}  # report id and term -> whether it stands there
        self._prefixes: dict[str, str] = {}  # the first 16 digits of a report's id, as in passage ids -> the id
        self._changed: dict[str, int] = {}  # report id -> sequence of its last change that was seen
        self._tried = 0.0  # when the lexical index was last brought up for a search
        self._feeds: tuple[tuple[Projection, Feed], ...] = (
            (self.lexical_index, self._rows),
            (self.vectors_index, self._embedded),
        )

    def _load_vectors(self, report_ids: Iterable[str]) -> Iterator[Vectors]:
        return self.ledger.vectors(report_ids, self._model)

    # keeping up

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Look for changes once; for this thread the library then stays as it is until the end of the ``with``."""
        self.refresh()
        before = getattr(self._held, "steady", False)
        self._held.steady = True
        try:
            yield
        finally:
            self._held.steady = before

    def refresh(self) -> None:
        """Notice what this or another process has committed since the last look."""
        if getattr(self._held, "steady", False):
            return
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
            self._wholes = {id_: whole for id_, whole in self._wholes.items() if id_ not in touched}
            self._terms = {}
            self._frequencies = {}
            self._sequence = sequence

    def _take_in(self, fresh: dict[str, Stored], touched: set[str]) -> None:
        kept = {id_: fresh.get(id_, old) for id_, old in self._stored.items() if id_ not in touched or id_ in fresh}
        self._stored = {**kept, **fresh}
        self._reports = {id_: stored.report for id_, stored in self._stored.items()}
        self._prefixes = {id_[:16]: id_ for id_ in self._stored}
        self._size = sum(stored.searchable for stored in self._stored.values())

    def _projected(self) -> int:
        try:
            state = self.vectors_index.state()
        except StoreError:
            return 0  # a server that does not answer: everything is taken for new to it
        return state.sequence if state is not None else 0

    def recover(self) -> tuple[str, ...]:
        """Bring both projections up to the ledger; what was repaired, one sentence each. For the start of a process.

        When another process is writing, it is left alone: searches then use what is sound.
        """
        self.refresh()
        if self.read_only or not self._sequence or not any(behind(index, self._target()) for index, _ in self._feeds):
            return ()
        try:
            with self.lock.hold(wait=0.0):
                return self.catch_up()
        except BusyError:
            return ("Another process is writing to this library; its newest reports appear as it goes on.",)

    def _target(self) -> Target:
        return Target(self.ledger, self._reports, self._sequence, self._model)

    def catch_up(self, anew: bool = False) -> tuple[str, ...]:
        """Write to both projections what the ledger has and they have not; rebuild one that cannot be trusted.

        ``anew`` rebuilds both in any case, and raises StoreError where that fails.
        """
        with self.lock.hold():
            self.refresh()
            if anew:
                for index, feed in self._feeds:
                    rebuild(index, feed, self._target(), "it was asked for")
                return ()
            target = self._target()
            with ThreadPoolExecutor(len(self._feeds)) as both:  # one is written here, the other by a process of its own
                notices = list(both.map(lambda pair: bring_up(pair[0], pair[1], target), self._feeds))
            self._frequencies = {}
            return tuple(notice for notice in notices if notice)

    def _bring_up_words(self) -> None:
        """Let the lexical index catch up when no writer does: the writer died, or keeps its index on another machine."""
        state = self.lexical_index.state()
        if self.read_only or (state is not None and state.sequence >= self._sequence):
            return
        if time.monotonic() - self._tried < PATIENCE:
            return
        self._tried = time.monotonic()
        try:
            with self.lock.hold(wait=0.0):
                self.refresh()
                bring_up(*self._feeds[0], self._target())
                self._frequencies = {}
        except StoreError as error:
            _log.info("The lexical index is left as it is: %s", error)

    def _rows(self, report_ids: Iterable[str]) -> Iterator[LexicalRow]:
        for report_id in report_ids:
            report = self._reports[report_id]
            for passage in self.ledger.report_passages(report_id):
                if passage.searchable:
                    tags = (passage.language, *own_statements(passage))
                    yield LexicalRow(passage.id, report_id, passage.text, context_line(report, passage), tags)

    def _embedded(self, report_ids: Iterable[str]) -> Iterator[Embedded]:
        for vectors in self.ledger.vectors(report_ids, self._model):
            yield Embedded(vectors, self.ledger.pages_of_passages(vectors.report_id)[vectors.ordinals])

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
        self._bring_up_words()
        if not self.lexical_index.usable():
            if self.read_only:
                raise StoreError(
                    f"The lexical index of {self._home} is missing or damaged, and cannot be rebuilt in a folder that is "
                    "read-only: open the library once where the folder can be written."
                )
            raise BusyError(
                "The lexical index is not there yet: another process rebuilds it, or there is no room to write it; "
                "try again in a moment, or free disk space."
            )
        return self.lexical_index

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The stored passages of these ids, in their order; ids of removed reports are left out."""
        self.refresh()
        wanted = list(ids)
        held = self._passages  # another thread may put a new one in its place
        if any(id_ not in held for id_ in wanted):
            with self._mutex:
                missing = [id_ for id_ in wanted if id_ not in self._passages]
                if len(self._passages) + len(missing) > _CACHED_PASSAGES:
                    self._passages, missing = {}, wanted
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
        self.refresh()
        whole = self._wholes.get(report_id)  # a question asks for the same few reports again and again
        if whole is None:
            with self._mutex:  # no other thread notices a change between the reading and the keeping
                whole = self.ledger.report_passages(report_id)
                if sum(map(len, self._wholes.values())) + len(whole) > _CACHED_WHOLE:
                    self._wholes = {}
                self._wholes[report_id] = whole
        return whole

    def report_terms(self, report_id: str, among: frozenset[str]) -> frozenset[str]:
        """Those of ``among`` that stand in a report: index terms of its searchable passages."""
        self.refresh()
        if len(self._terms) > _CACHED_TERMS:
            self._terms = {}
        known = self._terms  # another thread may put a new one in its place
        missing = [term for term in among if (report_id, term) not in known]
        if missing:
            held = self._lexical().held(report_id, missing) if self.size() else frozenset[str]()
            known.update({(report_id, term): term in held for term in missing})
        return frozenset(term for term in among if known[report_id, term])

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """How many passages hold each analysed term, in their text or their context."""
        self.refresh()
        wanted = list(terms)
        index = self._lexical() if self.size() else None
        known = self._frequencies  # another thread may put a new one in its place
        missing = [term for term in wanted if term not in known]
        if missing:
            known.update(index.document_frequency(missing) if index is not None else dict.fromkeys(missing, 0))
        return {term: known[term] for term in wanted}

    def size(self) -> int:
        """Number of searchable passages."""
        self.refresh()
        return self._size

    def close(self) -> None:
        """Release the indexes and the database."""
        self.vectors_index.close()
        self.lexical_index.close()
        self.ledger.close()
