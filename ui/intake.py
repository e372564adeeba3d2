"""Uploaded files on their way into the library: what came of each, how far a batch is, and earlier versions of a file."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import RagError
from rag.types import AddResult, Progress, Report
from ui.i18n import Words
from ui.library_panel import UPLOAD_TYPES, Batch, Upload
from ui.paced import Paced
from ui.safe import visible

if TYPE_CHECKING:
    from rag.library import Library

log = logging.getLogger(__name__)
SHOWN_EVERY = 0.15
"""Seconds between two states of a batch that are shown."""


class _Stopped(Exception):
    """The page is closing: the rest of a batch stays out."""


class Intake:
    """Adds batches of uploads, several people's side by side; ``close`` stops them between two files."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._closing = threading.Event()
        self._running = 0
        self._ended = threading.Condition()

    def close(self, patience: float) -> None:
        """Stop what is being added after the file at hand; wait for that at most ``patience`` seconds."""
        self._closing.set()
        with self._ended:
            self._ended.wait_for(lambda: self._running == 0, patience)

    def add(self, paths: Sequence[str], t: Words) -> Paced[Batch]:
        """Add uploaded files; yields the state of all, again and again until each has its outcome.

        The work goes on when nobody looks any longer. The library keeps a copy of what it took in; the upload is deleted.
        """
        return Paced(lambda tell: self._add(paths, t, tell), gap=SHOWN_EVERY, keep=True)

    def _add(self, paths: Sequence[str], t: Words, tell: Callable[[Batch], bool]) -> None:
        rows = _Rows(paths, self._library, t)
        tell(rows.batch())

        def on_progress(now: Progress) -> None:
            rows.heard(now)
            tell(rows.batch(now))
            if self._closing.is_set():
                raise _Stopped

        with self._ended:
            self._running += 1
        left = t["internal"]
        try:
            if self._closing.is_set():
                raise _Stopped
            self._library.add_many(rows.places, on_progress=on_progress)
        except _Stopped:
            left = t["stopped"]
        except RagError as error:
            left = str(error)
        except Exception:  # the reader is told that something broke, the log what
            log.exception("adding uploads failed")
        finally:
            rows.end(left)
            tell(rows.batch())
            with self._ended:
                self._running -= 1
                self._ended.notify_all()

    def replace(self, new_id: str, old_id: str) -> None:
        """Take the earlier version of a file out; what a reader corrected in it is kept for the new one.

        Raises InputError when one of the two has left the library or they are not versions of one file.
        """
        new, old = self._library.report(new_id), self._library.report(old_id)
        corrected = {found.name: getattr(old, found.name) for found in old.provenance if found.source == "user"}
        if corrected:
            self._library.edit(new.id, **corrected)
        self._library.remove(old.id)


class _Rows:
    """The files of one batch and what came of each; ``places``: row numbers by path, for those that can be read."""

    def __init__(self, paths: Sequence[str], library: Library, t: Words) -> None:
        self._paths, self._library = [Path(path) for path in paths], library
        self._rows = [Upload(path.name, _refused(path.name, t)) for path in self._paths]
        self.places: dict[str, list[int]] = {}
        for number, (path, row) in enumerate(zip(self._paths, self._rows, strict=True)):
            if row.result is None:
                self.places.setdefault(path.as_posix(), []).append(number)

    def batch(self, now: Progress | None = None) -> Batch:
        return Batch(tuple(self._rows), now)

    def heard(self, now: Progress) -> None:
        """A file is being read, or its outcome is known; then the upload is no longer needed."""
        for number in self.places.get(now.file, ()):
            self._rows[number] = self._row(self._rows[number].name, now.result)
        if now.result is not None:
            Path(now.file).unlink(missing_ok=True)

    def _row(self, name: str, result: AddResult | None) -> Upload:
        new = result.report if result and result.status == "added" else None
        earlier = earlier_version(new, self._library.reports()) if new else None
        return Upload(name, result, reading=result is None, earlier=earlier)

    def end(self, left: str) -> None:
        """What has no outcome did not go in, for the reason ``left``; no upload stays."""
        for number, row in enumerate(self._rows):
            if row.result is None:
                self._rows[number] = Upload(row.name, AddResult(row.name, "failed", message=left))
        for path in self._paths:
            path.unlink(missing_ok=True)


def _refused(name: str, t: Words) -> AddResult | None:
    if Path(name).suffix.lower() in UPLOAD_TYPES:
        return None
    message = t["add_kind"].format(name=visible(name), kinds=", ".join(UPLOAD_TYPES))
    return AddResult(name, "failed", message=message)


def earlier_version(new: Report, reports: Sequence[Report]) -> Report | None:
    """Another report that came from a file of the same name; the one that was added last."""
    name = new.file_name.casefold()
    same = [other for other in reports if other.id != new.id and other.file_name.casefold() == name]
    return same[-1] if same else None
