"""Reports as rows of a Chroma collection, and what is asked of one: the same for a folder, a server and the cloud.

Rows are written as LlamaIndex nodes through its Chroma store, so that other LlamaIndex programs can read the collection, and
searched through the raw collection, whose distance is 1 - cosine (LlamaIndex would report exp(-distance)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.store.rows import Embedded

EF_SEARCH = 200
CONFIGURATION = {"hnsw": {"space": "cosine", "ef_search": EF_SEARCH}}
BATCH = 1000  # nodes per add; local Chroma takes 5,461


def add(collection: Any, reports: Iterable[Embedded], batch: int = BATCH) -> None:
    """Write the searchable passages of reports; an id that is there already keeps its old row: remove it first."""
    from rag.ingest.pipeline import stored_nodes

    store = _store(collection)
    nodes: list[Any] = []
    for item in reports:
        nodes.extend(stored_nodes(item.report, item.passages, item.vectors))
        while len(nodes) >= batch:
            store.add(nodes[:batch])
            del nodes[:batch]
    if nodes:
        store.add(nodes)


def remove(collection: Any, report_ids: Iterable[str]) -> None:
    """Take out all passages of reports."""
    store = _store(collection)
    for report_id in report_ids:
        store.delete(report_id)


def nearest(collection: Any, vector: NDArray[np.float32], limit: int) -> dict[str, float]:
    """Passage id to cosine of the nearest ``limit``, nearest first."""
    found = collection.query(query_embeddings=[vector.tolist()], n_results=limit, include=["distances"])
    return {id_: 1.0 - float(d) for id_, d in zip(found["ids"][0], found["distances"][0], strict=True)}


def chunks(reports: Iterable[Embedded], passages: int = BATCH) -> Iterator[list[Embedded]]:
    """Reports in groups of at least ``passages`` searchable passages, the last group excepted."""
    group: list[Embedded] = []
    size = 0
    for item in reports:
        group.append(item)
        size += len(item.vectors.ordinals)
        if size >= passages:
            yield group
            group, size = [], 0
    if group:
        yield group


def _store(collection: Any) -> Any:
    from rag.store.chroma_import import chroma

    chroma()  # first, for LlamaIndex imports it too
    from llama_index.vector_stores.chroma import ChromaVectorStore

    return ChromaVectorStore(chroma_collection=collection)
