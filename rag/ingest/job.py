"""What a worker does with one file, and how its result travels to the process that keeps the library."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import ReaderError
from rag.ingest.pipeline import Prepared, prepare
from rag.ingest.worker import Message
from rag.store.rows import passage_id, report_from_json, report_to_json
from rag.types import Locator, PageSpan, Passage


def request_for(report_id: str, name: str, file: str, max_bytes: int, embed: bool) -> dict[str, Any]:
    """The request that ``answer`` takes; ``embed``: whether the built-in model embeds the passages there as well."""
    return {"report_id": report_id, "name": name, "file": file, "max_bytes": max_bytes, "embed": embed}


def answer(request: dict[str, Any], data: bytes) -> Message:
    """The result of one request, or the sentence that says why there is none.

    ``spent`` in place of ``error``: memory ran out, so the process had better be replaced.
    """
    from rag.language.embeddings import builtin

    name = request["name"]
    try:
        encoder = builtin() if request["embed"] else None
        return pack(prepare(data, request["report_id"], name, request["file"], request["max_bytes"], encoder))
    except ReaderError as error:
        return {"error": str(error)}, b""
    except MemoryError:
        return {
            "spent": f"{name} needs more memory than one file may use; split it, export it again, or raise RAG_WORKER_MB."
        }, b""
    except RecursionError:
        return {"error": f"{name} is nested too deeply to be read; export it again in a simpler form."}, b""


def pack(prepared: Prepared) -> Message:
    """A result for JSON, with the vectors' bytes; headings, which repeat from passage to passage, are listed once."""
    sections: dict[tuple[str, ...], int] = {}
    vectors = prepared.vectors
    message = {
        "report": report_to_json(prepared.report),
        "text": prepared.text,
        "pages": [(p.number, p.start, p.end, p.label) for p in prepared.pages],
        "passages": [
            (
                p.start, p.end, p.kind, p.locator.kind, p.locator.numbers, p.paragraph,
                sections.setdefault(p.section, len(sections)), p.page, p.language, p.searchable,
            )
            for p in prepared.passages
        ],
        "sections": list(sections),
        "shape": None if vectors is None else vectors.shape,
    }  # fmt: skip
    return message, b"" if vectors is None else np.ascontiguousarray(vectors, "<f4").tobytes()


def unpack(message: dict[str, Any], attached: bytes) -> Prepared:
    """The inverse of ``pack``."""
    report = report_from_json(message["report"])
    sections = [tuple(section) for section in message["sections"]]
    vectors: NDArray[np.float32] | None = None
    if message["shape"] is not None:
        vectors = np.frombuffer(attached, "<f4").reshape(message["shape"]).astype(np.float32, copy=False)
    passages = tuple(_passages(report.id, message["text"], message["passages"], sections))
    pages = tuple(PageSpan(*page) for page in message["pages"])
    return Prepared(report, message["text"], pages, passages, vectors)


def _passages(report_id: str, text: str, rows: list[Any], sections: list[tuple[str, ...]]) -> Iterable[Passage]:
    for ordinal, (start, end, kind, locator, numbers, paragraph, section, page, language, searchable) in enumerate(
        rows
    ):
        yield Passage(
            id=passage_id(report_id, ordinal),
            report_id=report_id,
            ordinal=ordinal,
            text=text[start:end],
            start=start,
            end=end,
            kind=kind,
            locator=Locator(locator, tuple(numbers)),
            paragraph=paragraph,
            section=sections[section],
            page=page,
            language=language,
            searchable=searchable,
        )
