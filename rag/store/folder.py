"""The folder of a projection: numbered generations, and a state file that says what the current one holds.

A projection is only believed when its state says that its last write ended, and when its files are those that the
write left behind. Everything else is rebuilt from the ledger into a new generation, without opening the old one:
a damaged Chroma index can take the whole process down (see README, "How the library survives").
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from rag.errors import StoreError

STATE_FILE = "state.json"
Files = dict[str, tuple[int, int, int]]  # relative path: bytes, mtime in ns, crc32


@dataclass(frozen=True, slots=True)
class State:
    """What a projection holds: built to ledger ``sequence`` with vectors of ``model``; ``count`` passages.

    ``clean`` is False while it is being written, and stays so when the writer dies. ``owner``: identity of the ledger.
    ``dead``: passages that were taken out and that it still carries along.
    """

    generation: int
    sequence: int
    model: str
    count: int
    clean: bool = True
    files: Files = field(default_factory=dict)
    owner: str = ""
    dead: int = 0


class Folder:
    """``strict(path)`` tells which files only change when the projection is written; the others may change when read.

    ``owner``: identity of the ledger that it belongs to. Errors of the system are StoreErrors.
    """

    def __init__(self, root: Path, strict: Callable[[Path], bool], owner: str) -> None:
        self.root = root
        self.owner = owner
        self._strict = strict
        self._cached: tuple[tuple[int, int, int], State] | None = None

    def path(self, generation: int) -> Path:
        return self.root / f"gen-{generation:06d}"

    def read(self) -> State | None:
        """The state on disk, None when there is none that can be read; parsed again only when the file was replaced."""
        try:
            with (self.root / STATE_FILE).open("rb") as file:
                facts = os.fstat(file.fileno())
                key = (facts.st_ino, facts.st_mtime_ns, facts.st_size)
                if self._cached is not None and self._cached[0] == key:
                    return self._cached[1]
                values = json.load(file)
            values["files"] = {name: tuple(facts) for name, facts in values["files"].items()}
            state = State(**values)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        self._cached = (key, state)
        return state

    def exists(self) -> bool:
        """Whether anything was ever written here, sound or not."""
        return self.root.is_dir() and any(self.root.iterdir())

    def write(self, state: State) -> None:
        """Replace the state on disk in one step."""
        temporary = self.root / f"{STATE_FILE}.tmp"  # there is one writer at a time
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with temporary.open("w", encoding="utf-8") as file:
                json.dump(asdict(state), file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self.root / STATE_FILE)
        except OSError as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> StoreError:
        return StoreError(
            f"{self.root} cannot be written ({error.strerror or error}): free disk space, or make the library's folder "
            "writable; the reports are in the ledger, and the index is brought up from there."
        )

    def problem(self, contents: bool = False) -> str | None:
        """Why the current generation must not be opened, or None.

        Compares sizes and times, and reads what has another time than it should; with ``contents`` reads everything.
        """
        state = self.read()
        if state is None:
            return "its state file cannot be read" if (self.root / STATE_FILE).exists() else "it is missing"
        if state.owner != self.owner:
            return "it was built from another ledger"
        if not state.clean:
            return "it was being written when the process ended"
        base = self.path(state.generation)
        for name, (size, mtime, crc) in state.files.items():
            try:
                found = (base / name).stat()
            except OSError:
                return f"{name} is missing"
            if found.st_size != size:
                return f"{name} has {found.st_size:,} bytes instead of {size:,}"
            try:
                if (contents or found.st_mtime_ns != mtime) and _crc(base / name) != crc:
                    return f"{name} was changed by something else"
            except OSError as error:
                return f"{name} cannot be read ({error.strerror or error})"
        return None

    def listing(self, generation: int, known: Files) -> Files:
        """The strict files of a generation; checksums of files that are as in ``known`` are taken from there."""
        base = self.path(generation)
        found: Files = {}
        for path in sorted(base.rglob("*")):
            name = path.relative_to(base).as_posix()
            if not path.is_file() or not self._strict(path):
                continue
            facts = path.stat()
            before = known.get(name)
            same = before is not None and before[:2] == (facts.st_size, facts.st_mtime_ns)
            crc = before[2] if same and before else _crc(path)
            found[name] = (facts.st_size, facts.st_mtime_ns, crc)
        return found

    def begin(self, state: State) -> State:
        """Mark the projection as being written; call ``finish`` when it is whole again."""
        dirty = replace(state, clean=False, owner=self.owner)
        self.write(dirty)
        return dirty

    def finish(self, state: State) -> State:
        """Record the files of a completed write, and drop all other generations."""
        try:
            files = self.listing(state.generation, state.files)
        except OSError as error:
            raise self._unwritable(error) from None
        done = replace(state, clean=True, files=files, owner=self.owner)
        self.write(done)
        self._sweep(done.generation)
        return done

    def fresh(self) -> int:
        """Make the folder of a new generation and return its number; what an interrupted rebuild left is dropped."""
        state = self.read()
        numbers = [int(path.name[4:]) for path in self.root.glob("gen-*") if path.name[4:].isdigit()]
        self._sweep(state.generation if state else -1)
        generation = max(numbers, default=0) + 1
        try:
            self.path(generation).mkdir(parents=True)
        except OSError as error:
            raise self._unwritable(error) from None
        return generation

    def _sweep(self, keep: int) -> None:
        for path in self.root.glob("gen-*"):
            if path != self.path(keep):
                shutil.rmtree(path, ignore_errors=True)


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            crc = zlib.crc32(part, crc)
    return crc
