"""The vector index on a Chroma server or in Chroma Cloud, shared by all processes of a library on any machine.

The collection is named after the ledger, and its metadata say what it holds: whose it is, the ledger's sequence number
and embedding model it was built to, how many passages, and whether the last write ended. A server that cannot be
reached stops nothing: searches are exact from the ledger meanwhile, and the next writer brings it up.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.settings import Settings
from rag.store.folder import State
from rag.store.rows import Embedded
from rag.store.vector_rows import CONFIGURATION, add, chunks, nearest, remove

LOOK_AGAIN = 1.0  # seconds between looks at a collection that is behind or being written
RETRY = 15.0  # seconds before a search tries a server again that could not be reached
CLOUD = {"spann": {"space": "cosine"}}
CLOUD_BATCH = 300  # records per write (https://docs.trychroma.com/cloud/quotas-limits)
_log = logging.getLogger(__name__)


def from_settings(settings: Settings, owner: str) -> ServerIndex | None:
    """The index that CHROMA_URL or CHROMA_API_KEY name, or None for Chroma inside RAG_HOME."""
    from rag.store import chroma_import

    key = settings.chroma_api_key.get_secret_value() if settings.chroma_api_key else None
    tenant, database, url = settings.chroma_tenant, settings.chroma_database, settings.chroma_url
    if url:
        return ServerIndex(lambda: chroma_import.connect(url, key, tenant, database), url, owner)
    if key:
        cloud = lambda: chroma_import.connect_cloud(key, tenant, database)  # noqa: E731
        return ServerIndex(cloud, "Chroma Cloud", owner, CLOUD, CLOUD_BATCH)
    return None


class Unreachable(StoreError):
    """The server did not answer."""


class ServerIndex:
    """Searches by any thread; ``update`` and ``rebuild`` only by the holder of the library's write lock.

    ``connect`` makes a Chroma client; ``where`` is what messages call it.
    """

    name = "vector index"

    def __init__(
        self, connect: Callable[[], Any], where: str, owner: str,
        configuration: dict[str, Any] = CONFIGURATION, batch: int = 1000,
    ) -> None:  # fmt: skip
        self._connect, self._where, self._owner = connect, where, owner
        self._configuration, self._batch = configuration, batch
        self._collection_name = f"reports-{owner}"
        self._lock = threading.Lock()
        self._client: Any = None
        self._held: tuple[Any, State] | None = None  # what is searched
        self._look_at = 0.0  # monotonic time before which nothing is looked up for a search

    # what the server holds

    def state(self) -> State | None:
        """What the collection says of itself; None when there is none. Raises Unreachable."""
        found = self._load()
        return found[1] if found is not None else None

    def problem(self, model: str) -> str | None:
        """Why it must be rebuilt, or None. Raises Unreachable."""
        found = self._load()
        if found is None:
            return "it is missing"
        collection, state = found
        if state.owner != self._owner:
            return "it was built from another ledger"
        if not state.clean:
            return "it was being written when the process ended"
        if state.model != model:
            return "it holds vectors of another embedding model"
        with self._errors():
            count = collection.count()
        return None if count == state.count else f"it holds {count:,} passages instead of {state.count:,}"

    def exists(self) -> bool:
        """Whether the collection exists. Raises Unreachable."""
        return self._load() is not None

    def may_wait(self, passages: int) -> bool:
        """Never: programs that share a server look for everything there."""
        return False

    def worn(self) -> bool:
        """Whether it is better built anew: a server looks after its room itself."""
        return False

    def _load(self) -> tuple[Any, State] | None:
        from rag.store.chroma_import import chroma

        with self._errors():
            try:
                collection = self._server().get_collection(self._collection_name, embedding_function=None)
            except chroma().errors.NotFoundError:
                return None
        facts = collection.metadata or {}
        try:
            return collection, State(
                0, int(facts["sequence"]), str(facts["model"]), int(facts["count"]), bool(facts["clean"]),
                owner=str(facts["owner"]),
            )  # fmt: skip
        except (KeyError, ValueError):
            return collection, State(0, 0, "", 0, clean=False)

    def _server(self) -> Any:
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def distrust(self) -> None:
        """Mark what could not be searched for rebuilding. For the holder of the write lock."""
        self._held = None
        found = self._load()
        if found is not None and found[1].clean:
            self._mark(found[0], replace(found[1], clean=False))

    @property
    def sequence(self) -> int | None:
        """The ledger sequence that searches see; None when nothing is searched."""
        held = self._held
        return held[1].sequence if held is not None else None

    # writing

    def update(self, gone: Iterable[str], added: Iterable[Embedded], sequence: int, model: str) -> None:
        """Take out all passages of the reports ``gone``, put in ``added``, and remember the ledger's sequence number."""
        found = self._load()
        if found is None:
            raise StoreError(f"The vector index at {self._where} is missing.")
        self._mark(found[0], replace(found[1], clean=False))
        self._write(found[0], gone, added, State(0, sequence, model, 0, owner=self._owner))

    def rebuild(self, added: Iterable[Embedded], sequence: int, model: str) -> None:
        """Build the collection anew from the ledger's vectors."""
        from rag.store.chroma_import import chroma

        state = State(0, sequence, model, 0, owner=self._owner)
        with self._errors():
            try:
                self._server().delete_collection(self._collection_name)
            except chroma().errors.NotFoundError:
                _log.debug("There is no collection %s yet.", self._collection_name)
            collection = self._server().create_collection(
                self._collection_name, embedding_function=None, configuration=self._configuration,
                metadata=_facts(replace(state, clean=False)),
            )  # fmt: skip
        self._write(collection, (), added, state)

    def _write(self, collection: Any, gone: Iterable[str], added: Iterable[Embedded], state: State) -> None:
        with self._errors():
            remove(collection, gone)
            for group in chunks(added, self._batch):
                add(collection, group, self._batch)
            state = replace(state, count=collection.count())
        self._mark(collection, state)
        self._held = (collection, state)

    def _mark(self, collection: Any, state: State) -> None:
        with self._errors():
            collection.modify(metadata=_facts(state))

    # searching

    def refresh(self, sequence: int) -> None:
        """Look whether the collection was brought up to what the ledger holds, when what is searched is older."""
        held = self._held
        if held is not None and held[1].sequence < sequence and time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + LOOK_AGAIN
            try:
                found = self._load()
            except StoreError:
                return  # the search that follows will say so
            if found is None or (found[1].clean and found[1].sequence > held[1].sequence):
                self._held = None

    def search(self, vector: NDArray[np.float32], limit: int, model: str) -> dict[str, float] | None:
        """Passage id to cosine of the nearest ``limit``, nearest first; None when it cannot be searched now.

        Raises StoreError when the server reports an error.
        """
        from rag.store.chroma_import import chroma

        try:
            held = self._held or self._ready(model)
            if held is None:
                return None
            if not held[1].count or not np.any(vector):
                return {}
            with self._errors():
                try:
                    return nearest(held[0], vector, min(limit, held[1].count))
                except chroma().errors.NotFoundError:  # being built anew
                    self._held = None
                    return None
        except Unreachable as error:
            _log.warning("%s Searches are exact until then.", error)
            self._held, self._look_at = None, time.monotonic() + RETRY
            return None

    def _ready(self, model: str) -> tuple[Any, State] | None:
        if time.monotonic() < self._look_at:
            return None
        self._look_at = time.monotonic() + LOOK_AGAIN
        found = self._load()
        if found is None or self.problem(model) is not None:
            return None
        self._held = found
        return found

    def close(self) -> None:
        """Let go of the connection."""
        self._held = None
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            from rag.store.chroma_import import disconnect

            disconnect(client)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Chroma's errors as ours."""
        from rag.store.chroma_import import chroma, unreachable

        try:
            yield
        except (chroma().errors.NotFoundError, StoreError):
            raise
        except unreachable() as error:
            raise Unreachable(
                f"The Chroma server at {self._where} cannot be reached ({str(error)[:200] or type(error).__name__}): "
                "check that it runs, and CHROMA_URL."
            ) from error
        except chroma().errors.ChromaError as error:
            raise StoreError(
                f"The Chroma server at {self._where} reported an error ({str(error)[:200]}): see its log; "
                "the index is rebuilt from the ledger."
            ) from error


def _facts(state: State) -> dict[str, str | int | bool]:
    return {
        "owner": state.owner, "sequence": state.sequence, "model": state.model, "count": state.count,
        "clean": state.clean,
    }  # fmt: skip
