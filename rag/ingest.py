"""From a file to a ledger entry: read, cut into passages, embed each passage together with its context.

Embedding runs as a LlamaIndex ingestion pipeline over one node per passage; ids are those of the passages, so they
are the same on every run. This file alone makes LlamaIndex nodes for storage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import ReaderError
from rag.store_rows import Entry, Vectors
from rag.types import Passage, Report

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

    from rag.embeddings import Encoder


def read_file(path: Path, max_bytes: int) -> tuple[bytes, str]:
    """A file's bytes and their sha256. Raises ReaderError when it cannot be read or is above ``max_bytes``."""
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise ReaderError(
                f"{path.name} has {size / 2**20:,.0f} MB, the limit is {max_bytes / 2**20:,.0f} MB: "
                "split it, or raise RAG_MAX_FILE_MB."
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReaderError(
            f"{path} cannot be read ({error.strerror or error}): check the path and permissions."
        ) from None
    return data, hashlib.sha256(data).hexdigest()


def make_entry(data: bytes, report_id: str, path: Path, file: str, encoder: Encoder, max_bytes: int) -> Entry:
    """Read, cut and embed one file. Raises ReaderError for a file that is no report, ProviderError from the encoder."""
    from rag.metadata import make_report
    from rag.passages import make_passages
    from rag.readers import read_bytes

    parsed = read_bytes(data, path.name, max_bytes=max_bytes)
    passages = make_passages(parsed, report_id)
    report = make_report(parsed, file, report_id, len(passages))
    vectors = embed(report, passages, encoder)
    return Entry(report, str(path), path.suffix.lower(), parsed.text, parsed.pages, passages, vectors)


def embed(report: Report, passages: Sequence[Passage], encoder: Encoder) -> NDArray[np.float32]:
    """Unit vectors (n, dimensions) of the n searchable passages, each embedded with its context line."""
    from llama_index.core.ingestion import IngestionPipeline

    from rag.embeddings import as_llama

    nodes = [to_node(report, passage) for passage in passages if passage.searchable]
    if not nodes:
        return np.zeros((0, encoder.dimensions), dtype=np.float32)
    pipeline = IngestionPipeline(transformations=[as_llama(encoder)], disable_cache=True)
    embedded = pipeline.run(nodes=nodes, show_progress=False)
    return np.asarray([node.embedding for node in embedded], dtype=np.float32)


def to_node(report: Report, passage: Passage, vector: NDArray[np.float32] | None = None) -> TextNode:
    """A passage as a LlamaIndex node; the text that is embedded is its context line, a line break, its own text."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    from rag.passages import context_line

    metadata: dict[str, str | int | float] = {
        "context": context_line(report, passage),
        "report_id": report.id,
        "title": report.title,
        "broker": report.broker or "",
        "date": report.date.isoformat() if report.date else "",
        "locator": passage.locator.kind,
        "numbers": ",".join(map(str, passage.locator.numbers)),
        "page": passage.page or 0,
        "language": passage.language,
    }
    hidden = [name for name in metadata if name != "context"]
    return TextNode(
        id_=passage.id,
        text=passage.text,
        embedding=None if vector is None else vector.tolist(),
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata=metadata,
        excluded_embed_metadata_keys=hidden,
        excluded_llm_metadata_keys=list(metadata),
        metadata_template="{value}",
        text_template="{metadata_str}\n{content}",
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=report.id)},
    )


def stored_nodes(report: Report, passages: Iterable[Passage], vectors: Vectors) -> Iterator[TextNode]:
    """The nodes of a stored report with their stored vectors."""
    rows = {int(ordinal): row for row, ordinal in enumerate(vectors.ordinals)}
    for passage in passages:
        if passage.searchable and passage.ordinal in rows:
            yield to_node(report, passage, vectors.matrix[rows[passage.ordinal]])
