"""From a file to a ledger entry: read, cut into passages, embed each passage together with its context.

The built-in model embeds where the file is read; any other runs as a LlamaIndex ingestion pipeline over one node per
passage. Ids are those of the passages, so they are the same on every run.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import ReaderError
from rag.reports.passages import context_line, make_passages
from rag.store.rows import Entry
from rag.types import PageSpan, Parsed, Passage, Report

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

    from rag.language.embeddings import Encoder


_NOTHING_FOUND = (
    "Nothing of it can be found by a question: all its text reads as headings, page headers or legal notes. "
    "Check the file, and export it again if text is missing."
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read and cut. ``vectors``: (n, dimensions) of its searchable passages; None: still to be made."""

    report: Report
    text: str
    pages: tuple[PageSpan, ...]
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32] | None = None


def read_file(path: Path, max_bytes: int) -> tuple[bytes, str]:
    """A file's bytes and their sha256. Raises ReaderError when it cannot be read or is above ``max_bytes``."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe or device would never end
            raise ReaderError(f"{path.name} is {_kind(found.st_mode)}, not a regular file: only files can be reports.")
        size = found.st_size
        if size <= max_bytes:
            with path.open("rb") as file:
                data = file.read(max_bytes + 1)
            size = len(data)
        if size > max_bytes:
            raise ReaderError(
                f"{path.name} has {size / 2**20:,.1f} MB, the limit is {max_bytes / 2**20:,.0f} MB: "
                "split it, or raise RAG_MAX_FILE_MB."
            )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReaderError(f"{path} cannot be read ({reason}): check the path and permissions.") from None
    return data, hashlib.sha256(data).hexdigest()


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"


def prepare(data: bytes, report_id: str, name: str, file: str, max_bytes: int, encoder: Encoder | None) -> Prepared:
    """Read and cut one file, and embed it where an encoder is given.

    ``name``: of the file, for messages; ``file``: where it was seen. Raises ReaderError for a file that is no report.
    """
    from rag.readers import read_bytes

    return prepare_parsed(read_bytes(data, name, max_bytes=max_bytes), report_id, file, encoder)


def prepare_parsed(parsed: Parsed, report_id: str, file: str, encoder: Encoder | None) -> Prepared:
    """The same for a file that was read already."""
    from rag.reports.metadata import make_report

    passages = make_passages(parsed, report_id)
    if not any(passage.searchable for passage in passages):
        parsed = replace(parsed, warnings=(*parsed.warnings, _NOTHING_FOUND))
    report = make_report(parsed, file, report_id, len(passages))
    vectors = None if encoder is None else embed(report, passages, encoder)
    return Prepared(report, parsed.text, parsed.pages, passages, vectors)


def make_entry(prepared: Prepared, path: Path, encoder: Encoder) -> Entry:
    """What goes into the ledger, embedded now if it was not yet. Raises ProviderError from the encoder."""
    vectors = prepared.vectors
    if vectors is None:
        vectors = embed(prepared.report, prepared.passages, encoder)
    return Entry(
        prepared.report, str(path), path.suffix.lower(), prepared.text, prepared.pages, prepared.passages, vectors
    )


def embed(report: Report, passages: Sequence[Passage], encoder: Encoder) -> NDArray[np.float32]:
    """Unit vectors (n, dimensions) of the n searchable passages, each embedded with its context line."""
    from rag.language.embeddings import StaticEncoder

    searchable = [passage for passage in passages if passage.searchable]
    if isinstance(encoder, StaticEncoder):  # without the pipeline: LlamaIndex takes a second to import, per process
        return encoder.passages([embedded_text(report, passage) for passage in searchable])
    return _embed_through_llama(report, searchable, encoder)


def embedded_text(report: Report, passage: Passage) -> str:
    """What is embedded of a passage: its context line, a line break, its own text; the same as its node gives."""
    context = context_line(report, passage)
    return f"{context}\n{passage.text}" if context else passage.text


def _embed_through_llama(report: Report, passages: Sequence[Passage], encoder: Encoder) -> NDArray[np.float32]:
    from llama_index.core.ingestion import IngestionPipeline

    from rag.language.embeddings import as_llama

    nodes = [to_node(report, passage) for passage in passages]
    if not nodes:
        return np.zeros((0, encoder.dimensions), dtype=np.float32)
    pipeline = IngestionPipeline(transformations=[as_llama(encoder)], disable_cache=True)
    embedded = pipeline.run(nodes=nodes, show_progress=False)
    return np.asarray([node.embedding for node in embedded], dtype=np.float32)


def to_node(report: Report, passage: Passage) -> TextNode:
    """A passage as a LlamaIndex node; the text that is embedded is its context line, a line break, its own text."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

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
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata=metadata,
        excluded_embed_metadata_keys=hidden,
        excluded_llm_metadata_keys=list(metadata),
        metadata_template="{value}",
        text_template="{metadata_str}\n{content}",
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=report.id)},
    )
