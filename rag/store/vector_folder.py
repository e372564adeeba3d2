"""The Chroma folders that a worker process holds open, and the requests it answers about them."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from rag.store.vector_rows import CONFIGURATION, add, nearest, remove
from rag.store.vector_worker import unpack

COLLECTION = "passages"
Answer = tuple[dict[str, Any], bytes]


class Folders:
    """Open clients by path. ``do`` answers errors of Chroma as ``{"error": sentence}`` and closes the folder."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[Any, Any]] = {}
        self._verbs: dict[str, Callable[[str, dict[str, Any], bytes], Answer]] = {
            "open": self._do_open,
            "write": self._do_write,
            "count": self._do_count,
            "search": self._do_search,
            "close": self._do_close,
        }

    def do(self, request: dict[str, Any], attached: bytes) -> Answer:
        from rag.store.chroma_import import chroma

        path = request["path"]
        try:
            return self._verbs[request["do"]](path, request, attached)
        except (chroma().errors.ChromaError, ValueError, OSError, RuntimeError, KeyError) as error:
            self._do_close(path, request, b"")
            return {"error": f"{request['do']} of {path} failed ({error})"}, b""

    def _do_open(self, path: str, request: dict[str, Any], attached: bytes) -> Answer:
        """``create``: make what is missing. Answers the number of rows."""
        from rag.store.chroma_import import chroma, settings

        self._do_close(path, request, b"")
        client = chroma().PersistentClient(path, settings=settings())
        self._open[path] = (client, None)
        if request["create"]:
            collection = client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration=CONFIGURATION
            )
        else:
            collection = client.get_collection(COLLECTION, embedding_function=None)
        self._open[path] = (client, collection)
        return {"count": collection.count()}, b""

    def _do_write(self, path: str, request: dict[str, Any], attached: bytes) -> Answer:
        """Take out the reports ``gone``, then put in ``added``."""
        _, collection = self._open[path]
        with _one_core():
            remove(collection, request["gone"])
            add(collection, unpack(request["added"], attached))
        return {}, b""

    def _do_count(self, path: str, request: dict[str, Any], attached: bytes) -> Answer:
        return {"count": self._open[path][1].count()}, b""

    def _do_search(self, path: str, request: dict[str, Any], attached: bytes) -> Answer:
        """Attached: the vector. Answers ids, and cosines as float64 attached."""
        found = nearest(self._open[path][1], np.frombuffer(attached, "<f4"), request["limit"])
        return {"ids": list(found)}, np.array(list(found.values()), "<f8").tobytes()

    def _do_close(self, path: str, request: dict[str, Any], attached: bytes) -> Answer:
        client, _ = self._open.pop(path, (None, None))
        if client is not None:
            client.close()
        return {}, b""


@contextlib.contextmanager
def _one_core() -> Iterator[None]:
    """Keep all threads of this process on the core that it is on.

    Chroma hands each row from one thread to another and back, without ever using two cores; on a busy machine each of
    them would wait for a turn on its own core, twice as long in all.
    """
    core = _core()
    if core is None:
        yield
        return
    allowed = os.sched_getaffinity(0)
    try:
        _keep_on({core})
        yield
    finally:
        _keep_on(allowed)


def _core() -> int | None:
    """The number of the core that this process is on; None where that, or a choice of cores, is not to be had."""
    if sys.platform != "linux":
        return None
    try:
        return int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[36])
    except (OSError, LookupError, ValueError):  # there is no /proc, or not all of it
        return None


def _keep_on(cores: set[int]) -> None:
    done: set[str] = set()
    while threads := set(_threads()) - done:  # one that was not yet asked may have started another meanwhile
        for thread in threads:
            with contextlib.suppress(OSError):  # it has just ended
                os.sched_setaffinity(int(thread), cores)
        done |= threads


def _threads() -> list[str]:
    """The ids of the threads of this process."""
    try:
        return os.listdir("/proc/self/task")
    except OSError:
        return []
