"""The query engine as a LlamaIndex object: the only file that turns our answers into LlamaIndex responses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import AsyncStreamingResponse, Response, StreamingResponse
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.types import Answer, Evidence

if TYPE_CHECKING:
    from rag.library import Library


@dataclass
class CitedResponse(Response):
    """A LlamaIndex response that carries the whole ``Answer``; ``source_nodes`` are the cited passages, then the rest."""

    answer: Answer | None = None


@dataclass
class CitedStream(StreamingResponse):
    """A streaming response; ``answer`` is there once ``response_gen`` has been read to its end."""

    answer: Answer | None = None


@dataclass
class AsyncCitedStream(AsyncStreamingResponse):
    """An async streaming response; ``answer`` is there once the stream has been read to its end."""

    answer: Answer | None = None


class CitedQueryEngine(BaseQueryEngine):
    """Answers from a Library with checked citations.

    ``filters`` are those of ``Library.ask`` (reports, broker, since, until). With ``streaming=True`` ``query`` returns a
    CitedStream. Nothing of LlamaIndex's global Settings is read.
    """

    def __init__(
        self,
        library: Library,
        *,
        streaming: bool = False,
        callback_manager: CallbackManager | None = None,
        **filters: Any,
    ) -> None:
        super().__init__(callback_manager=callback_manager or CallbackManager([]))
        self._library = library
        self._streaming = streaming
        self._filters = filters

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def _query(self, query_bundle: QueryBundle) -> CitedResponse | CitedStream:
        if self._streaming:
            return self._stream(query_bundle.query_str)
        return respond(self._library.ask(query_bundle.query_str, **self._filters))

    async def _aquery(self, query_bundle: QueryBundle) -> CitedResponse | AsyncCitedStream:
        if self._streaming:
            return self._astream(query_bundle.query_str)
        answer = await asyncio.to_thread(self._library.ask, query_bundle.query_str, **self._filters)
        return respond(answer)

    def _stream(self, question: str) -> CitedStream:
        def tokens() -> Generator[str, None, None]:
            shown = ""
            for answer in self._library.stream(question, **self._filters):
                yield answer.text[len(shown) :]
                shown = answer.text
                _fill(response, answer)

        response = CitedStream(response_gen=tokens())
        return response

    def _astream(self, question: str) -> AsyncCitedStream:
        done = object()
        grown: Iterator[Answer] = self._library.stream(question, **self._filters)

        async def tokens() -> AsyncGenerator[str, None]:
            shown = ""
            while True:
                answer = await asyncio.to_thread(next, grown, done)
                if not isinstance(answer, Answer):
                    return
                yield answer.text[len(shown) :]
                shown = answer.text
                _fill(response, answer)

        response = AsyncCitedStream(response_gen=tokens())
        return response


def respond(answer: Answer) -> CitedResponse:
    """An Answer as a LlamaIndex response."""
    return CitedResponse(
        response=answer.text, source_nodes=source_nodes(answer), metadata=_metadata(answer), answer=answer
    )


def source_nodes(answer: Answer) -> list[NodeWithScore]:
    """The answer's evidence as nodes, cited passages first; each node's ``marker`` is empty where it is not cited."""
    markers = {citation.passage_id: citation.marker for citation in answer.citations}
    ordered = sorted(answer.evidence, key=lambda e: e.passage.id not in markers)
    return [NodeWithScore(node=to_node(e, markers.get(e.passage.id, "")), score=e.score) for e in ordered]


def to_node(evidence: Evidence, marker: str = "") -> TextNode:
    """One passage as a LlamaIndex node; its id is the passage's id."""
    passage, report = evidence.passage, evidence.report
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "marker": marker,
            "report_id": report.id,
            "report_title": report.title,
            "broker": report.broker or "",
            "date": report.date.isoformat() if report.date else "",
            "locator": passage.locator.kind,
            "numbers": ",".join(str(number) for number in passage.locator.numbers),
            "file": report.file,
        },
    )


def _metadata(answer: Answer) -> dict[str, Any]:
    return {"citations": [citation.to_dict() for citation in answer.citations], "refused": answer.refused}


def _fill(response: CitedStream | AsyncCitedStream, answer: Answer) -> None:
    response.answer = answer
    response.source_nodes = source_nodes(answer)
    response.metadata = _metadata(answer)


def nodes(evidence: Sequence[Evidence]) -> list[NodeWithScore]:
    """Retrieved evidence as scored nodes, best first."""
    return [NodeWithScore(node=to_node(item), score=item.score) for item in evidence]
