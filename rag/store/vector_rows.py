"""Reports as rows of a Chroma collection, and what is asked of one: the same for a folder, a server and the cloud.

A row is what LlamaIndex's Chroma store writes of a node, without what it repeats: Chroma takes a metadata value as long to
write as a vector. Other LlamaIndex programs read it as a node (``ChromaVectorStore``) and can filter by ``document_id``,
the report's id. It has no text: the ledger has that. Searches go through the raw collection, whose distance is
1 - cosine (LlamaIndex would report exp(-distance)).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.store.rows import Embedded

# On 32,000 passages of filings these find 99.3% of the nearest 60, and 97.9% with 100 and 200, at 0.7 of the time to write.
CONFIGURATION = {"hnsw": {"space": "cosine", "ef_construction": 64, "ef_search": 400}}
BATCH = 1000  # rows per add; local Chroma takes 5,461
_SOURCE = "1"  # llama_index.core.schema.NodeRelationship.SOURCE


def add(collection: Any, reports: Iterable[Embedded], batch: int = BATCH) -> None:
    """Write the searchable passages of reports; an id that is there already keeps its old row: remove it first."""
    ids: list[str] = []
    metadatas: list[dict[str, str]] = []
    vectors: list[NDArray[np.float32]] = []
    for item in reports:
        ids.extend(item.vectors.ids)
        metadatas.extend(_metadata(item))
        vectors.extend(item.vectors.matrix)
    for start in range(0, len(ids), batch):
        end = start + batch
        collection.add(ids=ids[start:end], embeddings=vectors[start:end], metadatas=metadatas[start:end])


def _metadata(item: Embedded) -> Iterator[dict[str, str]]:
    """What stands beside each vector: the node without its text, and the report's id under LlamaIndex's name for it."""
    report_id = item.vectors.report_id
    for id_, page in zip(item.vectors.ids, item.pages.tolist(), strict=True):
        node = {
            "id_": id_,
            "metadata": {"report_id": report_id, "page": page},
            "relationships": {_SOURCE: {"node_id": report_id}},
        }
        yield {"_node_content": json.dumps(node, separators=(",", ":")), "document_id": report_id}


def remove(collection: Any, report_ids: Iterable[str]) -> None:
    """Take out all passages of reports."""
    for report_id in report_ids:
        collection.delete(where={"document_id": report_id})


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
