"""Adding files to a library: one after the other, each wholly or not at all, none stopping the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rag import store_files as files
from rag.errors import RagError, ReaderError
from rag.ingest import make_entry, read_file
from rag.store_rows import Entry
from rag.types import AddResult, Progress, Report

if TYPE_CHECKING:
    from rag.library import Library

FOLD = 2_000  # passages that are written to the indexes at once
FOLD_SECONDS = 10.0  # and how long they may wait for that while files go on being added


def add_many(
    library: Library, paths: Iterable[str | Path], on_progress: Callable[[Progress], None] | None = None
) -> list[AddResult]:
    """Add files and folders; the result has one entry per file, in order, and one per report that vanished."""
    given = [Path(path).expanduser() for path in paths]
    found = list(files.expand(given))
    run = _Run(library, total=len(found), bytes_total=sum(item.size for item in found))
    try:
        for item in found:
            progress = run.step(item)
            if on_progress is not None:
                on_progress(progress)
    finally:
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
    folded: float = field(default_factory=time.monotonic)
    waiting: int = 0
    bytes_done: int = 0
    pages: int = 0
    passages: int = 0

    def step(self, item: files.Found) -> Progress:
        begun = time.monotonic()
        try:
            if item.refused:
                raise ReaderError(item.refused)
            result = self._add(item)
        except RagError as error:
            result = AddResult(item.file, "failed", None, str(error))
        seconds = time.monotonic() - begun
        result = AddResult(result.file, result.status, result.report, result.message, seconds)
        self.results.append(result)
        self.bytes_done += item.size
        if self.waiting and (self.waiting >= FOLD or time.monotonic() - self.folded > FOLD_SECONDS):
            self.fold()
        return Progress(
            done=len(self.results), total=self.total, file=item.file, result=result, bytes_done=self.bytes_done,
            bytes_total=self.bytes_total, pages=self.pages, passages=self.passages,
            seconds=time.monotonic() - self.started,
        )  # fmt: skip

    def _add(self, item: files.Found) -> AddResult:
        library = self.library
        library.check_model()
        data, report_id = read_file(item.path, library.max_bytes)
        if (known := _unchanged(library, report_id, item)) is not None:
            return known
        entry = make_entry(data, report_id, item.path, item.file, library.encoder, library.max_bytes)
        result = commit(library, entry, data)
        self.waiting += len(entry.vectors)
        self.passages += len(entry.passages)
        self.pages += entry.report.pages
        return result

    def fold(self) -> None:
        """Let the indexes catch up with the ledger."""
        if self.waiting:
            self.library.index.catch_up()
        self.waiting, self.folded = 0, time.monotonic()


def commit(library: Library, entry: Entry, data: bytes) -> AddResult:
    """Store one entry under the write lock: the kept copy first, then the ledger in one transaction."""
    item = files.Found(entry.report.file, Path(entry.path))
    with library.lock.hold():
        if (known := _unchanged(library, entry.report.id, item)) is not None:
            return known
        library.check_model()
        replaced = library.ledger.at_path(entry.path)
        before = library.ledger.stored([replaced])[replaced] if replaced else None
        with library.unsettled():
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


def _unchanged(library: Library, report_id: str, item: files.Found) -> AddResult | None:
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
