"""What a worker does with one file, and how its result travels to the process that keeps the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import ReaderError
from rag.ingest.pipeline import Prepared, prepare, prepare_parsed
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
    name = request["name"]
    try:
        return _answer(request, data)
    except ReaderError as error:
        return {"error": str(error)}, b""
    except MemoryError:
        return {
            "spent": f"{name} needs more memory than one file may use; split it, export it again, or raise RAG_WORKER_MB."
        }, b""
    except RecursionError:
        return {"error": f"{name} is nested too deeply to be read; export it again in a simpler form."}, b""


def _answer(request: dict[str, Any], data: bytes) -> Message:
    from rag.language.embeddings import builtin

    name = request["name"]
    if share := request.get("share"):
        from rag.readers.pdf_shares import read_share

        return {}, read_share(data, name, *share)
    encoder = builtin() if request["embed"] else None
    if lengths := request.get("shares"):
        from rag.readers.pdf_shares import join

        ends = list(accumulate(lengths))
        parsed = join([data[end - length : end] for end, length in zip(ends, lengths, strict=True)], name)
        return pack(prepare_parsed(parsed, request["report_id"], request["file"], encoder))
    return pack(prepare(data, request["report_id"], name, request["file"], request["max_bytes"], encoder))


def share_request(request: dict[str, Any], index: int, of: int) -> dict[str, Any]:
    """The request for a share of a PDF's pages, which are attached to the answer; ``index`` is 0-based."""
    return {**request, "share": (index, of)}


def join_request(request: dict[str, Any], shares: Sequence[bytes]) -> tuple[dict[str, Any], bytes]:
    """The request, with its data, for the document of all its shares: answered as that for the whole file is."""
    return {**request, "shares": [len(share) for share in shares]}, b"".join(shares)


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
