"""The library as LlamaIndex objects: a query engine and a retriever. Only this file makes LlamaIndex responses and nodes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import AsyncStreamingResponse, Response, StreamingResponse
from llama_index.core.callbacks import CallbackManager
from llama_index.core.callbacks.schema import CBEventType, EventPayload
from llama_index.core.instrumentation import get_dispatcher  # type: ignore[attr-defined]
from llama_index.core.instrumentation.events.retrieval import RetrievalEndEvent, RetrievalStartEvent
from llama_index.core.instrumentation.events.synthesis import SynthesizeEndEvent, SynthesizeStartEvent
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.store.scope import known_filters
from rag.types import Answer, Evidence

if TYPE_CHECKING:
    from rag.library import Library

REVISED = "\n\n[revised]\n\n"  # in a stream of text, which cannot take words back: the whole answer follows
_THREADS = 32
_UNTOLD = ["marker", "report_id", "locator", "file"]  # metadata that a model that reads the node has no use for
_dispatcher = get_dispatcher(__name__)


@dataclass
class CitedResponse(Response):
    """A LlamaIndex response that carries the whole ``Answer``; ``source_nodes`` are the cited passages, then the rest."""

    answer: Answer | None = None


@dataclass
class CitedStream(StreamingResponse):
    """A streaming response; ``answer`` is there once ``response_gen`` has been read to its end, and is what counts.

    When words that were streamed do not stand in the answer any more (a draft that failed its check), the stream says
    ``[revised]`` on a line of its own, and the whole answer follows.
    """

    answer: Answer | None = None


@dataclass
class AsyncCitedStream(AsyncStreamingResponse):
    """An async streaming response; the same as CitedStream."""

    answer: Answer | None = None


class CitedQueryEngine(BaseQueryEngine):
    """Answers from a Library with checked citations.

    ``filters`` are those of ``Library.ask`` (reports, broker, since, until). With ``streaming=True`` ``query`` returns a
    CitedStream. Nothing of LlamaIndex's global Settings is read. Async methods work on threads, and cancelling them
    stops the model.
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
        self._filters = known_filters(filters)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """The passages of the library for a question, without an answer."""
        return self._retriever().retrieve(query_bundle)

    async def aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """The same, without blocking the loop."""
        return await self._retriever().aretrieve(query_bundle)

    def _retriever(self) -> CitedRetriever:
        return CitedRetriever(self._library, callback_manager=self.callback_manager, **self._filters)

    def _query(self, query_bundle: QueryBundle) -> CitedResponse | CitedStream:
        question = query_bundle.query_str
        if self._streaming:
            return self._stream(question)
        with self.callback_manager.event(CBEventType.QUERY, payload={EventPayload.QUERY_STR: question}) as event:
            *_, answer = self._grow(question)
            response = respond(answer)
            event.on_end(payload={EventPayload.RESPONSE: response})
        return response

    async def _aquery(self, query_bundle: QueryBundle) -> CitedResponse | AsyncCitedStream:
        question = query_bundle.query_str
        if self._streaming:
            return self._astream(question)
        with self.callback_manager.event(CBEventType.QUERY, payload={EventPayload.QUERY_STR: question}) as event:
            answer: Answer | None = None
            async for growing in _on_threads(self._grow(question)):
                answer = growing
            assert answer is not None
            response = respond(answer)
            event.on_end(payload={EventPayload.RESPONSE: response})
        return response

    def _grow(self, question: str) -> Generator[Answer, None, None]:
        """The growing answer, with the events that instrumentation expects of a query engine."""
        _dispatcher.event(RetrievalStartEvent(str_or_query_bundle=question))
        retrieving = self.callback_manager.event(CBEventType.RETRIEVE, payload={EventPayload.QUERY_STR: question})
        answer: Answer | None = None
        with retrieving as event:
            grown = iter(self._library.stream(question, **self._filters))
            first = next(grown)
            found = nodes(first.evidence)
            event.on_end(payload={EventPayload.NODES: found})
        _dispatcher.event(RetrievalEndEvent(str_or_query_bundle=question, nodes=found))
        _dispatcher.event(SynthesizeStartEvent(query=question))
        with self.callback_manager.event(CBEventType.SYNTHESIZE, payload={EventPayload.QUERY_STR: question}) as event:
            answer = first
            yield first
            for answer in grown:
                yield answer
            event.on_end(payload={EventPayload.RESPONSE: respond(answer)})
        _dispatcher.event(SynthesizeEndEvent(query=question, response=respond(answer)))

    def _stream(self, question: str) -> CitedStream:
        def tokens() -> Generator[str, None, None]:
            shown = ""
            for answer in self._grow(question):
                if answer.text != shown:
                    yield _more(shown, answer.text)
                    shown = answer.text
                _fill(response, answer)

        response = CitedStream(response_gen=tokens())
        return response

    def _astream(self, question: str) -> AsyncCitedStream:
        async def tokens() -> AsyncGenerator[str, None]:
            shown = ""
            async for answer in _on_threads(self._grow(question)):
                if answer.text != shown:
                    yield _more(shown, answer.text)
                    shown = answer.text
                _fill(response, answer)

        response = AsyncCitedStream(response_gen=tokens())
        return response


class CitedRetriever(BaseRetriever):
    """The library's passages for LlamaIndex: as nodes with a fused score (0..1, higher is better), best first.

    ``limit``: how many. ``filters`` are those of ``Library.retrieve``.
    """

    def __init__(
        self, library: Library, *, limit: int = 10, callback_manager: CallbackManager | None = None, **filters: Any
    ) -> None:
        super().__init__(callback_manager=callback_manager or CallbackManager([]))
        self._library = library
        self._limit = limit
        self._filters = known_filters(filters)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return nodes(self._library.retrieve(query_bundle.query_str, limit=self._limit, **self._filters))

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


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
        excluded_llm_metadata_keys=_UNTOLD,
        excluded_embed_metadata_keys=_UNTOLD,
    )


def nodes(evidence: Sequence[Evidence]) -> list[NodeWithScore]:
    """Retrieved evidence as scored nodes, best first."""
    return [NodeWithScore(node=to_node(item), score=item.score) for item in evidence]


def _metadata(answer: Answer) -> dict[str, Any]:
    return {
        "citations": [citation.to_dict() for citation in answer.citations],
        "refused": answer.refused,
        "notes": list(answer.notes),
    }


def _fill(response: CitedStream | AsyncCitedStream, answer: Answer) -> None:
    response.answer = answer
    response.source_nodes = source_nodes(answer)
    response.metadata = _metadata(answer)


def _more(shown: str, text: str) -> str:
    """What to stream after ``shown`` so that a reader has ``text``."""
    return text[len(shown) :] if text.startswith(shown) else REVISED + text


async def _on_threads(grown: Generator[Answer, None, None]) -> AsyncGenerator[Answer, None]:
    """A generator's items, each made on a thread; when the reader is cancelled, the generator is closed."""
    context = copy_context()
    step: Future[Answer | None] | None = None
    try:
        while True:
            step = _threads().submit(context.run, _next, grown)
            answer = await asyncio.wrap_future(step)
            if answer is None:
                return
            yield answer
    finally:
        _threads().submit(_close, step, grown)


def _next(grown: Iterator[Answer]) -> Answer | None:
    return next(grown, None)


def _close(step: Future[Answer | None] | None, grown: Generator[Answer, None, None]) -> None:
    if step is not None:
        wait([step])
    grown.close()


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="rag-async")
