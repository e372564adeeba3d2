"""The vector index: Chroma on disk, in cosine space. A projection of the ledger.

Rows are written as LlamaIndex nodes through its Chroma store, so that other LlamaIndex programs can read the collection, and
searched through the raw collection, whose distance is 1 - cosine (LlamaIndex would report exp(-distance)).
Local Chroma is not safe against kill -9, nor against two writing processes: see ``store_folder`` for what follows.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.store_folder import Folder, State

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

COLLECTION = "passages"
EF_SEARCH = 200
BATCH = 1000  # nodes per add; Chroma takes 5,461


def _strict(name: str) -> bool:
    """Opening Chroma touches its SQLite file; the files of the vector segment change only when it is written."""
    return not name.startswith("chroma.sqlite3")


class VectorIndex:
    """Searches by any thread; ``update`` and ``rebuild`` only by the holder of the library's write lock."""

    name = "vector index"

    def __init__(self, root: Path) -> None:
        self._folder = Folder(root, strict=_strict)
        self._lock = threading.RLock()
        self._client: Any = None
        self._collection: Any = None
        self._held: State | None = None  # the state on disk when the client was opened or last wrote

    def problem(self, model: str) -> str | None:
        """Why it must be rebuilt, or None: unclean, damaged, or made of vectors of another model. Opens nothing."""
        found = self._folder.problem()
        state = self._folder.read()
        if found is None and state is not None:
            if state.model != model:
                return "it holds vectors of another embedding model"
            if not (self._folder.path(state.generation) / "chroma.sqlite3").exists():
                return "chroma.sqlite3 is missing"
            return _sqlite_problem(self._folder.path(state.generation) / "chroma.sqlite3")
        return found

    def state(self) -> State | None:
        """What the projection on disk holds."""
        return self._folder.read()

    def exists(self) -> bool:
        """Whether anything was ever written here, sound or not."""
        return self._folder.exists()

    def distrust(self) -> None:
        """Mark what is on disk for rebuilding, because it could not be read. For the holder of the write lock."""
        state = self._folder.read()
        if state is not None and state.clean:
            self._folder.begin(state)

    @property
    def sequence(self) -> int | None:
        """The ledger sequence that searches see: that of the open client, else of the disk; None when unusable."""
        with self._lock:
            if self._held is not None:
                return self._held.sequence
            state = self._folder.read()
            return state.sequence if state is not None and state.clean else None

    def update(self, gone: Iterable[str], added: Iterable[TextNode], sequence: int, model: str) -> None:
        """Take out all passages of the reports ``gone``, put in ``added``, and remember the ledger's sequence number."""
        state = self._folder.read()
        if state is None:
            raise StoreError("The vector index has no state: rebuild it by opening the library again.")
        with self._lock:
            if self._held != state:  # another process wrote since: what this one holds in memory is old
                self.close()
            self._write(self._folder.begin(state), gone, added, sequence, model)

    def rebuild(self, added: Iterable[TextNode], sequence: int, model: str) -> None:
        """Build a new generation from the ledger's vectors, without opening the old one."""
        with self._lock:
            self.close()
            generation = self._folder.fresh()
            self._write(State(generation, 0, model, 0, clean=False), (), added, sequence, model)

    def _write(self, state: State, gone: Iterable[str], added: Iterable[TextNode], sequence: int, model: str) -> None:
        from rag.chroma_import import chroma

        chroma()  # first, for LlamaIndex imports it too
        from llama_index.vector_stores.chroma import ChromaVectorStore

        with _errors(self._folder.path(state.generation)):
            try:
                if self._collection is None:
                    self._connect(state.generation, create=True)
                store = ChromaVectorStore(chroma_collection=self._collection)
                for report_id in gone:
                    store.delete(report_id)
                for batch in _batches(added, BATCH):
                    store.add(list(batch))
                count = self._collection.count()
            except BaseException:
                self.close()
                raise
        self._held = self._folder.finish(replace(state, sequence=sequence, model=model, count=count))

    def _connect(self, generation: int, create: bool) -> None:
        from rag.chroma_import import chroma, settings

        path = self._folder.path(generation)
        self._client = chroma().PersistentClient(str(path), settings=settings())
        if create:
            self._collection = self._client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": EF_SEARCH}}
            )
        else:
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)

    def _ready(self, model: str) -> bool:
        """Open what is on disk if it is sound; with a client at hand, keep that one."""
        if self._collection is not None:
            return True
        state = self._folder.read()
        if state is None or not state.clean or self.problem(model) is not None:
            return False
        self._connect(state.generation, create=False)
        if self._collection is None or self._collection.count() != state.count:
            self.close()
            return False
        self._held = state
        return True

    def refresh(self, sequence: int) -> None:
        """Let go of a client that is older than what another process has written to disk, if that reaches ``sequence``."""
        with self._lock:
            if self._held is None or self._held.sequence >= sequence:
                return
            state = self._folder.read()
            if state is not None and state.clean and state.sequence > self._held.sequence:
                self.close()

    def search(
        self, vector: NDArray[np.float32], limit: int, model: str, wait: float = 0.05
    ) -> dict[str, float] | None:
        """Passage id to cosine of the nearest ``limit``, nearest first; None when it cannot be used now.

        That is while it is being written (for longer than ``wait`` seconds), unclean, or damaged.
        """
        if not self._lock.acquire(timeout=wait):
            return None
        try:
            with _errors(self._folder.root):
                if not self._ready(model):
                    return None
                held = self._held.count if self._held else 0
                if not held or not np.any(vector):
                    return {}
                found = self._collection.query(
                    query_embeddings=[vector.tolist()], n_results=min(limit, held), include=["distances"]
                )
            return {id_: 1.0 - float(d) for id_, d in zip(found["ids"][0], found["distances"][0], strict=True)}
        except StoreError:
            self.close()
            raise
        finally:
            self._lock.release()

    def close(self) -> None:
        """Release the client and its files."""
        with self._lock:
            client, self._client, self._collection, self._held = self._client, None, None, None
            if client is not None:
                client.close()


def _batches(nodes: Iterable[TextNode], size: int) -> Iterator[list[TextNode]]:
    batch: list[TextNode] = []
    for node in nodes:
        batch.append(node)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _sqlite_problem(path: Path) -> str | None:
    """Whether an SQLite file has lost its head or its end (its header says how many pages it has)."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\0") or len(header) < 100:
        return f"{path.name} does not begin like an SQLite file"
    page = int.from_bytes(header[16:18], "big")
    expected = int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)
    size = path.stat().st_size
    return f"{path.name} has {size:,} bytes, its header says {expected:,}" if size < expected else None


@contextmanager
def _errors(where: Path) -> Iterator[None]:
    """Chroma's errors as ours."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, OSError, RuntimeError) as error:
        if isinstance(error, ChromaError | OSError | RuntimeError):
            raise StoreError(
                f"The vector index in {where} cannot be used ({error}): delete that folder; "
                "it is rebuilt from the ledger at the next start."
            ) from error
        raise
