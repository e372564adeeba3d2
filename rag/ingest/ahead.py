"""Files are read on all cores, a few ahead of the one that is stored, and come out in the order they were given."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import RagError, ReaderError, StoreError
from rag.ingest import job as ingest_job
from rag.ingest.pipeline import Prepared, prepare, read_file
from rag.readers import is_harmless, is_pdf
from rag.store.files import Found
from rag.types import AddResult

if TYPE_CHECKING:
    from rag.ingest.worker import Message
    from rag.library import Library

AHEAD = 4  # files per worker that may be read or wait while another one is stored
HELD = 100 * 2**20  # bytes of files that may wait
SHARE_BYTES = 200_000  # least of each share of a long PDF; a short one is read sooner by one worker
INLINE_BYTES = 2**20  # of small texts are read here, which is sooner than a process starts; more of them go to workers


@dataclass(slots=True)
class Job:
    """One file on its way. ``known``: its outcome without reading it; ``data``: its bytes."""

    item: Found
    begun: float
    data: bytes = b""
    known: AddResult | None = None
    failed: RagError | None = None
    prepared: Prepared | None = None
    reading: Future[Message] | None = None

    @property
    def ready(self) -> bool:
        """Whether ``result`` need not wait."""
        return self.reading is None or self.reading.done()

    def result(self) -> Prepared:
        """The file as read, waiting for it. Raises RagError when it could not be."""
        if self.failed is not None:
            raise self.failed
        if self.prepared is None:
            assert self.reading is not None
            self.prepared = ingest_job.unpack(*self.reading.result())
        return self.prepared


class Ahead:
    """Starts the reading of a batch's files; for one call of ``add_many``."""

    def __init__(self, library: Library, found: Sequence[Found]) -> None:
        from rag.language.embeddings import StaticEncoder, builtin

        self._library = library
        self._found = found
        self._inline = INLINE_BYTES
        encoder = library.encoder
        self._embedded_there = isinstance(encoder, StaticEncoder) and encoder.fingerprint == builtin().fingerprint
        self._waiting: deque[Job] = deque()

    def jobs(self) -> Iterator[Job]:
        """The files in their order, each as soon as it is the next one; it may still be being read."""
        held = 0
        workers = self._library.workers.workers
        most = AHEAD * workers
        behind = sum(item.size for item in self._found)
        for item in self._found:
            behind -= item.size
            job = self._start(item, long=item.size * workers > behind)
            self._waiting.append(job)
            held += len(job.data)
            while len(self._waiting) > most or held > HELD:
                first = self._waiting.popleft()
                held -= len(first.data)
                yield first
        while self._waiting:
            yield self._waiting.popleft()

    def stop(self) -> None:
        """Give up what was not yet taken out."""
        if any(job.reading is not None and not job.reading.cancel() for job in self._waiting):
            self._library.workers.close()
        self._waiting.clear()

    def _start(self, item: Found, long: bool) -> Job:
        """``long``: while one worker read it, the others would soon have read all files behind it."""
        job = Job(item, time.monotonic())
        try:
            if item.refused:
                raise ReaderError(item.refused)
            job.data, report_id = read_file(item.path, self._library.max_bytes)
            job.known = unchanged(self._library, report_id, item)
            if job.known is None:
                if self._library.index.read_only:  # before the work of reading, whose result could not be stored
                    raise StoreError(
                        f"{self._library.home} cannot be written, so nothing can be added to it: "
                        "make the library's folder writable, or set RAG_HOME to one that is."
                    )
                self._read(job, report_id, long)
        except RagError as error:
            job.failed = error
        except (MemoryError, RecursionError):
            job.failed = ReaderError(f"{item.path.name} is too large or nested too deeply to be read; split it.")
        return job

    def _read(self, job: Job, report_id: str, long: bool) -> None:
        """Read a small text here; give any other file to a worker, or to several where they would soon be idle."""
        library, name, file = self._library, job.item.path.name, job.item.file
        if len(job.data) <= self._inline and is_harmless(job.data):
            self._inline -= len(job.data)
            encoder = library.encoder if self._embedded_there else None
            job.prepared = prepare(job.data, report_id, name, file, library.max_bytes, encoder)
            return
        request = ingest_job.request_for(report_id, name, file, library.max_bytes, self._embedded_there)
        workers = library.workers
        shares = min(workers.workers, len(job.data) // SHARE_BYTES) if long and is_pdf(job.data) else 1
        if shares > 1:
            job.reading = workers.submit_shares(name, request, job.data, shares)
        else:
            job.reading = workers.submit(name, request, job.data)


def unchanged(library: Library, report_id: str, item: Found) -> AddResult | None:
    """The result for bytes that the library already has; their new place is remembered if they are gone from the old."""
    stored = library.ledger.stored([report_id]).get(report_id)
    if stored is None:
        return None
    if stored.path == str(item.path):
        return AddResult(item.file, "unchanged", stored.report)
    if Path(stored.path).exists():
        return AddResult(item.file, "unchanged", stored.report, f"Has the same bytes as {stored.report.file}.")
    with library.lock.hold():
        replaced = library.ledger.at_path(str(item.path))
        if replaced is not None and replaced != report_id:
            library.remove(replaced)
        library.ledger.move(report_id, item.file, str(item.path))
        report = library.ledger.stored([report_id])[report_id].report
    return AddResult(item.file, "unchanged", report, f"Moved here from {stored.report.file}.")
