"""Adding files to a library: read on all cores, stored one after the other, each wholly or not at all."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import InputError, RagError, StoreError
from rag.ingest.ahead import Ahead, Job, unchanged
from rag.ingest.pipeline import embed, make_entry
from rag.library_files import unsettled
from rag.store import files
from rag.store.rows import Entry, correct
from rag.types import AddResult, Progress, Report

if TYPE_CHECKING:
    from rag.library import Library

FOLD = 2_000  # passages that are written to the indexes at once, while other files are being read
IDLE_FOLD = 500  # the same where the next file has to be waited for anyway: what is left for the end has one core busy
LAST_FOLD = 100  # the same where that is the last file
FOLD_SECONDS = 20.0  # and how long they may wait for that while files go on being added
_log = logging.getLogger(__name__)


def add_many(
    library: Library, paths: Iterable[str | Path], on_progress: Callable[[Progress], None] | None = None
) -> list[AddResult]:
    """Add files and folders; the result has one entry per file, in order, and one per report that vanished.

    Raises InputError for an empty path, which would be the current folder.
    """
    paths = list(paths)
    if any(isinstance(path, str) and not path.strip() for path in paths):
        raise InputError("A path is empty: expected the name of a file or folder; `.` is the folder you are in.")
    given = [Path(path).expanduser() for path in paths]
    found = list(files.expand(given))
    run = _Run(library, total=len(found), bytes_total=sum(item.size for item in found))
    ahead = Ahead(library, found)
    try:
        for job in ahead.jobs():
            if not job.ready:
                if on_progress is not None:
                    on_progress(run.progress(job.item.file))
                run.fold(LAST_FOLD if len(run.results) == run.total - 1 else IDLE_FOLD)
            result = run.step(job)
            if on_progress is not None:
                on_progress(run.progress(job.item.file, result))
    finally:
        ahead.stop()
        run.fold()
    run.results.extend(_vanished(library, [path for path in given if path.is_dir()]))
    return run.results


@dataclass
class _Run:
    """One call of ``add_many``: what was done so far, and what the indexes do not have yet."""

    library: Library
    total: int
    bytes_total: int
    results: list[AddResult] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    stepped: float = 0.0
    folded: float = field(default_factory=time.monotonic)
    waiting: int = 0
    bytes_done: int = 0
    pages: int = 0
    passages: int = 0

    def step(self, job: Job) -> AddResult:
        """Store one file, once it has been read."""
        item = job.item
        try:
            result = job.known or self._add(job)
        except RagError as error:
            result = AddResult(item.file, "failed", None, str(error))
        seconds = time.monotonic() - max(job.begun, self.stepped)
        self.stepped = time.monotonic()
        result = AddResult(result.file, result.status, result.report, result.message, seconds)
        self.results.append(result)
        self.bytes_done += item.size
        self.fold(1 if time.monotonic() - self.folded > FOLD_SECONDS else FOLD)
        return result

    def progress(self, file: str, result: AddResult | None = None) -> Progress:
        """Where the run stands: a file is being waited for, or its outcome is known."""
        return Progress(
            done=len(self.results), total=self.total, file=file, result=result, bytes_done=self.bytes_done,
            bytes_total=self.bytes_total, pages=self.pages, passages=self.passages,
            seconds=time.monotonic() - self.started,
        )  # fmt: skip

    def _add(self, job: Job) -> AddResult:
        library = self.library
        library.check_model()
        prepared = job.result()
        entry = make_entry(prepared, job.item.path, library.encoder)
        result = commit(library, entry, job.data)
        self.waiting += len(entry.vectors)
        self.passages += len(entry.passages)
        self.pages += entry.report.pages
        return result

    def fold(self, least: int = 1) -> None:
        """Let the indexes catch up with the ledger, which has all that was added whether they can or not.

        Only where at least ``least`` passages wait for that.
        """
        if self.waiting < least:
            return
        self.waiting, self.folded = 0, time.monotonic()
        try:
            self.library.index.catch_up()
        except StoreError as error:
            _log.warning("%s What was added is in the ledger, and is indexed at the next start.", error)


def commit(library: Library, entry: Entry, data: bytes) -> AddResult:
    """Store one entry under the write lock: the kept copy first, then the ledger in one transaction."""
    item = files.Found(entry.report.file, Path(entry.path))
    with library.lock.hold():
        if (known := unchanged(library, entry.report.id, item)) is not None:
            return known
        library.check_model()
        replaced = library.ledger.at_path(entry.path)
        before = library.ledger.stored([replaced])[replaced] if replaced else None
        if fixed := library.ledger.corrections(entry.report.id, replaced):
            # A correction is part of the context that a passage is embedded with.
            vectors = embed(correct(entry.report, fixed), entry.passages, library.encoder)
            entry = replace(entry, vectors=vectors)
        with unsettled(library):
            files.keep(library.files, entry.report.id, entry.suffix, data)
            library.ledger.put(entry, library.encoder.fingerprint, replaces=replaced, data=data)
        files.settle(library.files, entry.report.id + entry.suffix)
        if before is not None:
            files.drop(library.files, [before.report.id + before.suffix])
        report = library.ledger.stored([entry.report.id])[entry.report.id].report
    message = "" if before is None else _replaced_message(before.report, report)
    return AddResult(item.file, "added" if before is None else "replaced", report, message)


def _replaced_message(old: Report, new: Report) -> str:
    corrected = [found.name for found in new.provenance if found.source == "user"]
    kept = f"; your corrections of {', '.join(corrected)} were kept" if corrected else ""
    return f"Replaces the earlier version {old.id[:12]}{kept}."


def _vanished(library: Library, folders: list[Path]) -> Iterator[AddResult]:
    """Reports that were added from these folders and whose files are no longer there; they stay in the library."""
    roots = [folder.absolute() for folder in folders]
    for stored in library.index.stored().values():
        path = Path(stored.path)
        if any(path.is_relative_to(root) for root in roots) and not path.exists():
            message = (
                f"Is no longer in the folder; the report stays until `python -m rag remove {stored.report.id[:12]}`."
            )
            yield AddResult(stored.report.file, "unchanged", stored.report, message)
