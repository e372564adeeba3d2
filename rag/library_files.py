"""The folder of a library and the files in it: opened, swept after an unclean end, finished around a transaction."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import BusyError, StoreError
from rag.store import files
from rag.store.files import LEDGER_FILE

if TYPE_CHECKING:
    from rag.library import Library


def recover(library: Library) -> tuple[str, ...]:
    """Bring indexes and kept files up to the ledger; what was found half-done or lost, one sentence each."""
    notices = library.index.recover()
    if library.index.read_only:
        return (f"{library.home} cannot be written: its reports can be searched, but not changed.", *notices)
    try:
        if files.unsettled(library.files) or files.strangers(library.files, _names(library)):
            with library.lock.hold(wait=0.0):
                notices += (*sweep(library), *_drop_removed(library))
    except BusyError:
        return notices  # they may be of the process that is writing
    return notices


def _names(library: Library) -> set[str]:
    return {id_ + item.suffix for id_, item in library.index.stored().items()}


def _drop_removed(library: Library) -> tuple[str, ...]:
    """Drop the copies of reports that were taken out; those of which the ledger knows nothing are only told of."""
    kept = files.strangers(library.files, _names(library))
    gone = library.ledger.removed(name.split(".")[0] for name in kept)
    files.drop(library.files, [name for name in kept if name.split(".")[0] in gone])
    lost = [name for name in kept if name.split(".")[0] not in gone]
    return (_strangers(lost, library.files),) if lost else ()


def sweep(library: Library) -> tuple[str, ...]:
    """Finish or drop the copies of files whose writer died before or after the ledger took in their reports.

    Under the write lock. What was done, in one sentence, or nothing.
    """
    library.swept = True
    names = files.unsettled(library.files)
    known = library.ledger.stored(name.split(".")[0] for name in names)
    half = [name for name in names if name.split(".")[0] not in known]
    files.drop(library.files, half)
    for name in names:
        files.settle(library.files, name)
    if not half:
        return ()
    count = f"{len(half)} report{'' if len(half) == 1 else 's'}"
    return (f"{count} had not been taken in when an earlier process ended: add the files again.",)


@contextmanager
def unsettled(library: Library) -> Iterator[None]:
    """Around keeping a copy and its transaction: first what earlier ones left, then what this one may leave."""
    if not library.swept:
        sweep(library)
    try:
        yield
    except BaseException:
        library.swept = False  # whether the ledger took it in is looked up by the next writer
        raise


def _strangers(names: list[str], folder: Path) -> str:
    count = f"{len(names)} source file{'' if len(names) == 1 else 's'}"
    return (
        f"{count} in {folder} belong to no report of this library (its ledger was lost or exchanged): "
        "add that folder to have them back, or delete them."
    )


def make_home(home: Path) -> bool:
    """Make the folder; whether it can be written. Raises StoreError when it can neither be written nor read."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)
        return True
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and os.access(home / LEDGER_FILE, os.R_OK):
            return False
        if error.errno == errno.ENOSPC and (home / LEDGER_FILE).exists():
            return True  # what is stored can be read, and what is removed makes room
        raise StoreError(
            f"RAG_HOME is {home}, which cannot be used ({error.strerror or error}): "
            "make it a folder that can be written, or set RAG_HOME to one."
        ) from None
