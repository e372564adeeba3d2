"""The engine inside other LlamaIndex apps: tool, router, agents, chat engine, retriever, events, streams, async."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from llama_index.core import Settings as LlamaSettings
from llama_index.core.agent.workflow import FunctionAgent, ReActAgent
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole, ToolCallBlock
from llama_index.core.callbacks import CallbackManager
from llama_index.core.callbacks.llama_debug import LlamaDebugHandler
from llama_index.core.callbacks.schema import CBEventType
from llama_index.core.chat_engine import CondenseQuestionChatEngine
from llama_index.core.instrumentation import get_dispatcher
from llama_index.core.instrumentation.event_handlers import BaseEventHandler
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata, MockLLM
from llama_index.core.llms.function_calling import FunctionCallingLLM
from llama_index.core.memory import ChatMemoryBuffer
from llama_index.core.query_engine import RetrieverQueryEngine, RouterQueryEngine
from llama_index.core.response_synthesizers import get_response_synthesizer
from llama_index.core.schema import QueryBundle
from llama_index.core.selectors import LLMSingleSelector
from llama_index.core.tools import QueryEngineTool
from llama_index.core.vector_stores import MetadataFilter, MetadataFilters, VectorStoreQuery
from llama_index.vector_stores.chroma import ChromaVectorStore
from llm_samples import write_reports
from openai_server import OpenAIServer, event, fails, hangs, says, sends
from pydantic import PrivateAttr

from rag import Library, Settings
from rag.llama import REVISED
from rag.store import chroma_import, vector_rows
from rag.store.rows import Embedded, Vectors

QUESTION = "What is the passenger share on the Skarn route?"
ANSWER = "The company carries 38% of all passengers on the Skarn route [7]."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("llama")
    with Library.open(Settings.load(rag_home=home / "library", _env_file=None)) as library:
        library.add_many([write_reports(home / "reports")])
    return home / "library"


@pytest.fixture
def library(folder):
    with Library.open(Settings.load(rag_home=folder, _env_file=None)) as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_global_settings(monkeypatch):
    """LlamaIndex's global Settings build an OpenAI model when they are looked at."""
    for name in ("llm", "embed_model"):
        monkeypatch.setattr(type(LlamaSettings), name, property(lambda _: pytest.fail("Settings were read")))


class Scripted(CustomLLM):
    """A completion model that says one text after the other."""

    _texts: list[str] = PrivateAttr()
    _prompts: list[str] = PrivateAttr()

    def __init__(self, *texts: str) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._texts, self._prompts = list(texts), []

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scripted", context_window=8000)

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
        self._prompts.append(prompt)
        return CompletionResponse(text=self._texts.pop(0))

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any):
        whole = self.complete(prompt).text
        return (
            CompletionResponse(text=whole[: end + 3], delta=whole[end : end + 3]) for end in range(0, len(whole), 3)
        )


class Calling(FunctionCallingLLM):
    """A model that calls the tool it is given once, then says what the tool said."""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="calling", is_function_calling_model=True, is_chat_model=True)

    def _reply(self, messages: Sequence[ChatMessage]) -> ChatResponse:
        last = messages[-1]
        if last.role == MessageRole.TOOL:
            return ChatResponse(message=ChatMessage(role="assistant", content=last.content), delta=last.content)
        block = ToolCallBlock(tool_call_id="1", tool_name="reports", tool_kwargs={"input": QUESTION})
        return ChatResponse(message=ChatMessage(role="assistant", blocks=[block]), delta="")

    def _prepare_chat_with_tools(self, tools, user_msg=None, chat_history=None, **_: Any) -> dict[str, Any]:
        return {"messages": [*(chat_history or []), *([user_msg] if user_msg else [])]}

    def get_tool_calls_from_response(self, response, error_on_no_tool_call=True, **_: Any):
        from llama_index.core.llms.llm import ToolSelection

        return [
            ToolSelection(tool_id=b.tool_call_id, tool_name=b.tool_name, tool_kwargs=b.tool_kwargs)
            for b in response.message.blocks
            if isinstance(b, ToolCallBlock)
        ]

    async def astream_chat(self, messages, **_: Any):
        async def once():
            yield self._reply(messages)

        return once()

    def chat(self, messages, **_: Any):
        return self._reply(messages)

    async def achat(self, messages, **_: Any):
        return self._reply(messages)

    def stream_chat(self, messages, **_: Any):
        return iter([self._reply(messages)])

    def complete(self, prompt, formatted=False, **_: Any):
        raise NotImplementedError

    def stream_complete(self, prompt, formatted=False, **_: Any):
        raise NotImplementedError

    async def acomplete(self, prompt, formatted=False, **_: Any):
        raise NotImplementedError

    async def astream_complete(self, prompt, formatted=False, **_: Any):
        raise NotImplementedError


def tool_of(library: Library) -> QueryEngineTool:
    return QueryEngineTool.from_defaults(library.query_engine(), name="reports", description="Research reports")


def test_as_a_tool(library):
    output = tool_of(library).call(input=QUESTION)
    assert output.content == ANSWER
    assert output.raw_output.answer.citations[0].marker == "[7]"


def test_in_a_router(library):
    llm = Scripted('[{"choice": 1, "reason": "the only one"}]')
    router = RouterQueryEngine(
        selector=LLMSingleSelector.from_defaults(llm=llm), query_engine_tools=[tool_of(library)], llm=llm
    )
    response = router.query(QUESTION)
    assert str(response) == ANSWER and response.metadata["citations"][0]["marker"] == "[7]"


@pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecationWarning")  # LlamaIndex's agents look at it
async def test_in_a_function_agent(library):
    agent = FunctionAgent(tools=[tool_of(library)], llm=Calling(callback_manager=CallbackManager([])))
    assert str(await agent.run("How big is the share?")) == ANSWER


@pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecationWarning")  # LlamaIndex's agents look at it
@pytest.mark.filterwarnings("ignore:is_running called:DeprecationWarning")
async def test_in_a_react_agent(library):
    llm = Scripted(
        f'Thought: I need the reports.\nAction: reports\nAction Input: {{"input": "{QUESTION}"}}\n',
        "Thought: I can answer without using any more tools.\nAnswer: 38% [7]",
    )
    result = await ReActAgent(tools=[tool_of(library)], llm=llm).run("How big is the share?")
    assert str(result) == "38% [7]" and "38% of all passengers" in llm._prompts[-1]


def test_in_a_chat_engine(library):
    llm = Scripted(QUESTION)
    chat = CondenseQuestionChatEngine(
        query_engine=library.query_engine(),
        condense_question_prompt=_condense(),
        memory=ChatMemoryBuffer.from_defaults(chat_history=[ChatMessage(role="user", content="Hello")], llm=llm),
        llm=llm,
        callback_manager=CallbackManager([]),
    )
    response = chat.chat("and the share?")
    assert str(response) == ANSWER and response.source_nodes[0].node.metadata["marker"] == "[7]"


def _condense():
    from llama_index.core import PromptTemplate

    return PromptTemplate("{chat_history}\n{question}")


def test_the_retriever_gives_scored_nodes(library):
    found = library.retriever(limit=3).retrieve(QUESTION)
    assert len(found) == 3 and found[0].node.text.startswith("The company carries 38%")
    assert found[0].score > found[-1].score and found[0].node.metadata["numbers"] == "7"
    engine = RetrieverQueryEngine(
        library.retriever(limit=2),
        get_response_synthesizer(
            llm=MockLLM(callback_manager=CallbackManager([])), callback_manager=CallbackManager([])
        ),
        callback_manager=CallbackManager([]),
    )
    assert "38%" in str(engine.query(QUESTION))


async def test_the_retriever_works_async(library):
    assert len(await library.retriever(limit=2).aretrieve(QUESTION)) == 2
    found = await library.query_engine().aretrieve(QueryBundle(QUESTION))
    assert found[0].node.text == library.retriever(limit=1).retrieve(QUESTION)[0].node.text


def test_events_of_instrumentation_in_order(library):
    seen: list[str] = []

    class Handler(BaseEventHandler):
        def handle(self, event: Any, **_: Any) -> None:
            seen.append(event.class_name())

    root = get_dispatcher()
    handler = Handler()
    root.add_event_handler(handler)
    try:
        library.query_engine().query(QUESTION)
    finally:
        root.event_handlers.remove(handler)
    wanted = [
        "QueryStartEvent",
        "RetrievalStartEvent",
        "RetrievalEndEvent",
        "SynthesizeStartEvent",
        "SynthesizeEndEvent",
        "QueryEndEvent",
    ]
    assert [name for name in seen if name in wanted] == wanted


def test_callbacks_are_called(library):
    debug = LlamaDebugHandler(print_trace_on_end=False)
    library.query_engine(callback_manager=CallbackManager([debug])).query(QUESTION)
    for kind in (CBEventType.QUERY, CBEventType.RETRIEVE, CBEventType.SYNTHESIZE):
        (pair,) = debug.get_event_pairs(kind)
        assert len(pair) == 2


def test_no_key_in_events_and_callbacks(folder):
    """What LlamaIndex tells its observers of a model's calls."""
    key = "sk-canary-events"
    seen: list[str] = []

    class Handler(BaseEventHandler):
        def handle(self, event: Any, **_: Any) -> None:
            seen.append(repr(event) + str(event.model_dump(exclude={"nodes", "response"})))

    root, handler = get_dispatcher(), Handler()
    told = event({"error": {"message": f"no such key: {key}"}})
    with OpenAIServer(chat=[fails(500), sends(told)]) as server:  # both quote the key
        settings = Settings.load(rag_home=folder, openai_base_url=server.url, openai_api_key=key, _env_file=None)
        root.add_event_handler(handler)
        try:
            with Library.open(settings) as library:
                answer = library.query_engine().query(QUESTION).answer
        finally:
            root.event_handlers.remove(handler)
    assert answer.answerer == "llm"
    assert any("LLMChatStartEvent" in text for text in seen) and not [text for text in seen if key in text]


@pytest.mark.parametrize("llm", ["scripted", "mock"])
def test_any_llm_of_llama_index_can_write(folder, llm):
    written = (
        Scripted("NO ANSWER") if llm == "scripted" else MockLLM(max_tokens=5, callback_manager=CallbackManager([]))
    )
    with Library.open(Settings.load(rag_home=folder, _env_file=None), llm=written) as library:
        answer = library.ask(QUESTION)
    if llm == "scripted":
        assert answer.refused and answer.answerer == "llm" and answer.diagnostics.model == "scripted"
        assert "The question is: " + QUESTION in written._prompts[0]
    else:  # it repeats the prompt, which is no answer
        assert answer.answerer == "extractive" and answer.text == ANSWER and answer.notes


def test_an_llm_that_breaks_gives_way(folder):
    with Library.open(Settings.load(rag_home=folder, _env_file=None), llm=Scripted()) as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "extractive" and "cannot be used" in answer.notes[0]


def test_a_stream_of_text_says_when_words_are_taken_back(folder):
    wrong = "The company carries 83% of all passengers on the Skarn route [{0}].\nNothing else is known about it [{0}]."
    with OpenAIServer(chat=[says(wrong)]) as server:
        settings = Settings.load(rag_home=folder, openai_base_url=server.url, _env_file=None)
        with Library.open(settings) as library:
            response = library.query_engine(streaming=True).query(QUESTION)
            text = "".join(response.response_gen)
    assert text.count(REVISED) == 1 and text.startswith("The company carries 83%")
    assert response.answer.text == text.rpartition(REVISED)[2] and "38%" in response.answer.text


async def test_async_streams_and_does_not_block_the_loop(folder):
    with OpenAIServer(chat=[hangs]) as server:
        settings = Settings.load(
            rag_home=folder, openai_base_url=server.url, openai_timeout_seconds=0.6, _env_file=None
        )
        with Library.open(settings) as library:
            response = await library.query_engine(streaming=True).aquery(QUESTION)
            text, ticks = "", 0

            async def tick() -> None:
                nonlocal ticks
                while True:
                    await asyncio.sleep(0.01)
                    ticks += 1

            clock = asyncio.create_task(tick())
            async for part in response.response_gen:
                text += part
            clock.cancel()
    assert ticks > 10  # while the model was silent
    assert text.endswith(ANSWER) and response.answer.answerer == "extractive"


async def test_cancelling_hangs_up(folder):
    with OpenAIServer(chat=[hangs]) as server:
        settings = Settings.load(rag_home=folder, openai_base_url=server.url, _env_file=None)
        with Library.open(settings) as library:
            task = asyncio.create_task(library.query_engine().aquery(QUESTION))
            await asyncio.to_thread(server.reached.wait, 5)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(server.hung_up.wait, 5)


async def test_many_async_questions_share_one_library(folder):
    with OpenAIServer() as server:
        settings = Settings.load(rag_home=folder, openai_base_url=server.url, _env_file=None)
        with Library.open(settings) as library:
            engine = library.query_engine()
            answers = await asyncio.gather(*(engine.aquery(QUESTION) for _ in range(12)))
    assert {answer.answer.answerer for answer in answers} == {"llm"} and len({str(answer) for answer in answers}) == 1


def test_rows_of_the_vector_index_come_back_as_nodes_through_llama_indexs_own_chroma_store(tmp_path):
    reports, kept, gone = np.eye(4, dtype=np.float32), "a" * 64, "b" * 64
    settings = chroma_import.settings()
    client = chroma_import.chroma().PersistentClient(str(tmp_path), settings=settings)
    collection = client.create_collection("rows", embedding_function=None, configuration=vector_rows.CONFIGURATION)
    for number, report_id in enumerate((kept, gone)):
        vectors = Vectors(report_id, np.array([0, 3], np.int32), reports[2 * number : 2 * number + 2])
        vector_rows.add(collection, [Embedded(vectors, np.array([1, 7], np.int32))], batch=1)
    store = ChromaVectorStore(chroma_collection=collection)
    named = MetadataFilters(filters=[MetadataFilter(key="document_id", value=kept)])

    found = store.query(VectorStoreQuery(query_embedding=reports[1].tolist(), similarity_top_k=4, filters=named))
    assert found.ids == [f"{'a' * 16}-00003", f"{'a' * 16}-00000"] == [node.node_id for node in found.nodes]
    assert found.similarities[0] == pytest.approx(1.0)
    node = found.nodes[0]
    assert (node.metadata, node.ref_doc_id) == ({"report_id": kept, "page": 7}, kept)
    assert node.get_content() == ""

    store.delete(gone)
    assert collection.count() == 2
    vector_rows.remove(collection, [kept])
    assert collection.count() == 0
    client.close()
