"""The vector index: Chroma on disk, in cosine space. A projection of the ledger.

Local Chroma is not safe against kill -9, nor against two writing processes, and a damaged folder can take down the
process that opens it: ``store_folder`` tells what may be opened at all, and ``vector_worker`` opens it elsewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.store import vector_worker
from rag.store.folder import Folder, State
from rag.store.rows import Embedded
from rag.store.vector_rows import chunks

OPEN_AFTER = 20  # searches of a process before it opens Chroma, which takes seconds; a single question is not worth it
WAIT = 0.0  # seconds that a search waits for an index that is being opened or written: made exactly it takes a few ms
QUEUE = 0.05  # seconds that it waits for other searches
SECONDS = 30.0  # for a search
WORN = 5_000  # passages that may have been taken out in any case
LARGE = 5_000  # passages from which an addition is not written at once: Chroma takes seconds to open
LATER = 2_000  # passages that may then be missing; they are searched exactly, in a millisecond
WRITE_SECONDS = 600.0  # for a batch of passages, or for opening


def _strict(path: Path) -> bool:
    """Opening Chroma touches its SQLite file; the files of a vector segment change only when it is written.

    That is once Chroma has saved the segment (every 1,000 rows); before, each opening makes them anew, and the rows
    come from the SQLite file.
    """
    return not path.name.startswith("chroma.sqlite3") and (path.parent / "index_metadata.pickle").exists()


class VectorIndex:
    """Searches by any thread; ``update`` and ``rebuild`` only by the holder of the library's write lock."""

    name = "vector index"

    def __init__(self, root: Path, owner: str, read_only: bool = False) -> None:
        """``read_only``: a folder that cannot be written; opening Chroma writes, so that it is never opened."""
        self._read_only = read_only
        self._folder = Folder(root, _strict, owner)
        self._lock = threading.RLock()
        self._worker: vector_worker.Worker | None = None  # where the folder is open
        self._held: State | None = None  # the state on disk when it was opened or last written there
        self._searches = 0
        self._opener: threading.Thread | None = None
        self._engaged = False  # whether it is being opened or written
        self._failed: StoreError | None = None
        self._bad: State | None = None  # what could not be opened, and is not tried again as long as it is on disk

    def problem(self, model: str, contents: bool = False) -> str | None:
        """Why it must be rebuilt, or None: unclean, damaged, or made of vectors of another model. Opens nothing."""
        found = self._folder.problem(contents)
        state = self._folder.read()
        if found is not None or state is None:
            return found
        if state.model != model:
            return "it holds vectors of another embedding model"
        return _sqlite_problem(self._folder.path(state.generation) / "chroma.sqlite3")

    def state(self) -> State | None:
        """What the projection on disk holds."""
        return self._folder.read()

    def exists(self) -> bool:
        """Whether anything was ever written here, sound or not."""
        return self._folder.exists()

    def worn(self) -> bool:
        """Whether it is better built anew: Chroma gives no room back for what is taken out."""
        state = self._folder.read()
        return state is not None and state.dead > max(state.count, WORN)

    def may_wait(self, passages: int) -> bool:
        """Whether so many new passages need not be written yet."""
        state = self._folder.read()
        return state is not None and state.count >= LARGE and passages < LATER

    def distrust(self) -> None:
        """Mark what could not be read for rebuilding, unless it was written anew since. For the holder of the lock."""
        failed, state = self._held, self._folder.read()
        self.close()
        if state is not None and state.clean and (failed is None or failed == state):
            self._folder.begin(state)

    @property
    def sequence(self) -> int | None:
        """The ledger sequence that searches see: that of the open folder, else of the disk; None when unusable."""
        held = self._held
        if held is not None:
            return held.sequence
        state = self._folder.read()
        return state.sequence if state is not None and state.clean else None

    # writing

    def update(self, gone: Iterable[str], added: Iterable[Embedded], sequence: int, model: str) -> None:
        """Take out all passages of the reports ``gone``, put in ``added``, and remember the ledger's sequence number."""
        state = self._folder.read()
        if state is None:
            raise StoreError("The vector index has no state: rebuild it by opening the library again.")
        with self._lock:
            if not self._open_here(state):  # another process wrote since, or nothing is open yet
                self.close()
                if (problem := self.problem(model, contents=True)) is not None:
                    raise StoreError(f"The vector index is not sound: {problem}.")
            self._write(self._folder.begin(state), gone, added, sequence, model)

    def rebuild(self, added: Iterable[Embedded], sequence: int, model: str) -> None:
        """Build a new generation from the ledger's vectors, without opening the old one."""
        with self._lock:
            self.close()
            generation = self._folder.fresh()
            self._write(State(generation, 0, model, 0, clean=False), (), added, sequence, model)

    def _write(self, state: State, gone: Iterable[str], added: Iterable[Embedded], sequence: int, model: str) -> None:
        self._engaged = True
        try:
            if not self._open_here(self._held) and self._open(state, create=True) != state.count:
                raise StoreError("The vector index has lost passages. It is rebuilt from the ledger.")
            taken_out, put_in = list(gone), 0
            for group in chunks(added):
                put_in += sum(len(item.vectors.ordinals) for item in group)
                values, attached = vector_worker.pack(group)
                self._ask("write", attached, seconds=WRITE_SECONDS, gone=taken_out, added=values)
                taken_out = []
            if taken_out:
                self._ask("write", seconds=WRITE_SECONDS, gone=taken_out, added=[])
            count = self._ask("count", seconds=WRITE_SECONDS)[0]["count"]
            dead = state.dead + state.count + put_in - count
            self._held = self._folder.finish(replace(state, sequence=sequence, model=model, count=count, dead=dead))
        except BaseException:
            self.close()
            raise
        finally:
            self._engaged = False

    # the worker

    def _open_here(self, state: State | None) -> bool:
        return state is not None and self._held == state and self._worker is not None and self._worker.alive

    def _open(self, state: State, create: bool) -> int:
        """Open a generation in the worker; how many rows it has."""
        self._worker, self._held = vector_worker.shared(), state
        return int(self._ask("open", seconds=WRITE_SECONDS, create=create)[0]["count"])

    def _ask(
        self, do: str, attached: bytes = b"", *, seconds: float, wait: float = -1, **request: Any
    ) -> tuple[dict[str, Any], bytes]:
        """Raises StoreError; ``_Busy`` among them when the worker has no time within ``wait`` seconds."""
        assert self._worker is not None and self._held is not None
        path = str(self._folder.path(self._held.generation))
        try:
            answer = self._worker.ask({"do": do, "path": path, **request}, attached, seconds=seconds, wait=wait)
        except StoreError as error:
            raise StoreError(f"The vector index cannot be used: {error}. It is rebuilt from the ledger.") from error
        if answer is None:
            raise _Busy("The vector index is busy.")
        return answer

    # searching

    def refresh(self, sequence: int) -> None:
        """Let go of a folder that is older than what another process has written to disk, if that reaches ``sequence``."""
        held = self._held
        if held is None or held.sequence >= sequence:
            return
        state = self._folder.read()
        if (
            state is not None
            and state.clean
            and state.sequence > held.sequence
            and self._lock.acquire(timeout=max(WAIT, QUEUE))
        ):
            try:
                self.close()
            finally:
                self._lock.release()

    def search(self, vector: NDArray[np.float32], limit: int, model: str) -> dict[str, float] | None:
        """Passage id to cosine of the nearest ``limit``, nearest first; None when it cannot be used now.

        That is while it is not open yet, being written, unclean, or damaged. Raises StoreError when it failed.
        """
        if not self._ready(model) or not self._lock.acquire(timeout=WAIT if self._engaged else max(WAIT, QUEUE)):
            return None
        try:
            held = self._held
            if held is None or not self._open_here(held):
                self.close()  # its process has ended: it is opened again in a new one
                return None
            if not held.count or not np.any(vector):
                return {}
            data = np.ascontiguousarray(vector, "<f4").tobytes()
            answer, attached = self._ask(
                "search", data, seconds=SECONDS, wait=max(WAIT, QUEUE), limit=min(limit, held.count)
            )
            return dict(zip(answer["ids"], np.frombuffer(attached, "<f8").tolist(), strict=True))
        except _Busy:
            return None
        finally:
            self._lock.release()

    def _ready(self, model: str) -> bool:
        """Whether the folder is open; opens it in the background once there have been some searches."""
        if self._failed is not None:
            failed, self._failed = self._failed, None
            raise failed
        if self._held is not None and self._worker is not None:
            return True
        self._searches += 1
        if self._read_only or self._searches <= OPEN_AFTER:
            return False
        if self._opener is None or not self._opener.is_alive():
            self._opener = threading.Thread(target=self._open_in_peace, args=(model,), daemon=True)
            self._opener.start()
        self._opener.join(WAIT)
        return self._held is not None

    def _open_in_peace(self, model: str) -> None:
        with self._lock:
            self._engaged = True
            try:
                self._open_sound(model)
            finally:
                self._engaged = False

    def _open_sound(self, model: str) -> None:
        """Open what is on disk if it is clean and every file of the vector segment is as it was written."""
        state = self._folder.read()
        if self._held is not None or state is None or not state.clean or state == self._bad:
            return
        if self.problem(model, contents=True) is not None:
            return
        try:
            if self._open(state, create=False) != state.count:
                raise StoreError("The vector index has lost passages. It is rebuilt from the ledger.")
        except StoreError as error:
            if self._folder.read() == state:
                self._failed, self._bad = error, state
            else:  # another process replaced it just now
                self.close()

    def close(self) -> None:
        """Let the worker release the folder."""
        with self._lock:
            worker, held, self._worker, self._held = self._worker, self._held, None, None
            if worker is not None and held is not None and worker.alive and worker.pid == vector_worker.here():
                path = str(self._folder.path(held.generation))
                try:
                    worker.ask({"do": "close", "path": path}, seconds=SECONDS)
                except StoreError:
                    return  # it has let go of everything


class _Busy(StoreError):
    """The worker serves somebody else."""


def _sqlite_problem(path: Path) -> str | None:
    """Whether an SQLite file is missing or has lost its head or its end (its header says how many pages it has)."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        return f"{path.name} cannot be read ({error.strerror or error})"
    if not header.startswith(b"SQLite format 3\0") or len(header) < 100:
        return f"{path.name} does not begin like an SQLite file"
    page = int.from_bytes(header[16:18], "big")
    expected = int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)
    return f"{path.name} has {size:,} bytes, its header says {expected:,}" if size < expected else None
