"""Files outside the ledger: what lies in a folder that is added, and the kept copy of every report's source."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.errors import StoreError

LEDGER_FILE = "ledger.sqlite3"  # in the folder of a library

SUFFIXES = frozenset(
    [".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text"]
)  # what a folder's files are taken for; a file that is named itself is read whatever its suffix
_OF_THE_SYSTEM = frozenset(["thumbs.db", "ehthumbs.db", "desktop.ini"])  # what file managers leave in folders
_LONE = re.compile(r"[\ud800-\udfff]")  # bytes of a file name that are no text, as Python keeps them
_TEMPORARY = ".part"  # not wholly written yet
_NEW = ".new"  # written, but not in the ledger yet


@dataclass(frozen=True, slots=True)
class Found:
    """A file to add, as it is shown (``file``) and where it is (``path``, absolute), or why it is not taken (``refused``)."""

    file: str
    path: Path
    refused: str = ""
    size: int = 0


def expand(paths: Iterable[str | Path]) -> Iterator[Found]:
    """The files of paths: a file is itself, a folder all that is below it, by name; hidden files, files of the
    system and libraries are passed over.

    Symlinks that lead out of the folder, and types that cannot be read, come back with the reason in ``refused``.
    """
    seen: set[Path] = set()
    for given in paths:
        shown = Path(given).expanduser()
        items = _walk(shown) if shown.is_dir() else [Found(shown.as_posix(), shown.absolute(), size=_size(shown))]
        for item in map(_named, items):
            key = item.path if item.refused else _target(item.path) or item.path
            if key not in seen:
                seen.add(key)
                yield item


def _target(path: Path) -> Path | None:
    """Where a path leads; None where its links lead round in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return None


def _named(item: Found) -> Found:
    """The item, or its refusal where its name is no text: the ledger, JSON and the page could not hold it."""
    if item.file.isprintable() or not _LONE.search(f"{item.file}{item.path}"):
        return item
    shown = item.file.encode("utf-8", "backslashreplace").decode()
    return Found(shown, item.path, f"{shown} has a name whose bytes are not UTF-8: rename it (or its folder).")


def _walk(folder: Path) -> Iterator[Found]:
    root = folder.resolve()
    for base, folders, names in os.walk(folder):
        here = Path(base)
        if LEDGER_FILE in names and here != folder:
            folders.clear()  # a library is no report
            continue
        for name in sorted(folders):
            if not name.startswith(".") and (here / name).is_symlink():
                yield _linked_folder(here / name, root)
        folders[:] = sorted(n for n in folders if not n.startswith(".") and not (here / n).is_symlink())
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in _OF_THE_SYSTEM:
                yield _look(here / name, root)


def _linked_folder(path: Path, root: Path) -> Found:
    where = "in the folder; its files are added from there" if path.resolve().is_relative_to(root) else "out of it"
    message = f"{path.name} is a link to a folder {where}: links to folders are not followed; add that folder itself."
    return Found(path.as_posix(), path.absolute(), message)


def _look(path: Path, root: Path) -> Found:
    file = path.as_posix()
    target = _target(path)
    if target is None:
        return Found(file, path.absolute(), f"{path.name} is a link that leads back to itself: remove it.")
    if path.is_symlink() and not target.is_relative_to(root):
        return Found(
            file, path.absolute(), f"{path.name} is a link out of the folder: add the file it points to itself."
        )
    if path.is_symlink() and not path.exists():
        return Found(file, path.absolute(), f"{path.name} is a link to a file that does not exist: remove it.")
    if not path.is_file():
        return Found(file, path.absolute(), f"{path.name} is not a regular file: only files can be reports.")
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        return Found(
            file,
            path.absolute(),
            f"{path.name} is of a type that is not read: expected one of {kinds}; save or export it as one of them.",
        )
    return Found(file, path.absolute(), size=_size(path))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def keep(folder: Path, report_id: str, suffix: str, data: bytes) -> None:
    """Write a report's source to ``folder/<id><suffix>.new``, before the ledger speaks of it; then ``settle`` it.

    Raises StoreError; nothing is left behind then.
    """
    _write(folder, f"{report_id}{suffix}{_NEW}", data, "nothing was stored of this file")


def restore(folder: Path, name: str, data: bytes) -> None:
    """Write a copy that another machine has put into the ledger. Raises StoreError."""
    _write(folder, name, data, "the report itself is in the ledger")


def _write(folder: Path, name: str, data: bytes, comfort: str) -> None:
    target = folder / name
    temporary = folder / f"{name}.{os.getpid()}{_TEMPORARY}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise StoreError(
            f"{target} cannot be written ({error.strerror or error}): free disk space or make the library's "
            f"folder writable; {comfort}."
        ) from None


def settle(folder: Path, name: str) -> None:
    """Give a kept copy its name, now that the ledger has the report. Harmless when it has it already."""
    with contextlib.suppress(OSError):
        os.replace(folder / f"{name}{_NEW}", folder / name)


def unsettled(folder: Path) -> list[str]:
    """The names (without ``.new``) of copies that were written for reports of which the ledger may not know.

    What was not wholly written is deleted.
    """
    if not folder.is_dir():
        return []
    for path in folder.glob(f"*{_TEMPORARY}"):
        with contextlib.suppress(OSError):
            path.unlink()
    return sorted(path.name.removesuffix(_NEW) for path in folder.glob(f"*{_NEW}"))


def drop(folder: Path, names: Iterable[str]) -> None:
    """Delete kept copies that no report refers to any more, settled or not."""
    for name in names:
        for path in (folder / name, folder / f"{name}{_NEW}"):
            with contextlib.suppress(OSError):
                path.unlink()


def strangers(folder: Path, referenced: set[str]) -> list[str]:
    """Names of kept copies that no report refers to: of removed reports, or of another ledger."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        names = [item.name for item in found if item.is_file() and not item.name.endswith((_NEW, _TEMPORARY))]
    return sorted(name for name in names if name not in referenced)
