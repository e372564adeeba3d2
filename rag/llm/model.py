"""The model that writes answers: OpenAI, a compatible server, or any LlamaIndex LLM. Only this file knows LlamaIndex's.

The libraries' retries are off: ``rag.llm.session`` holds the one policy. LlamaIndex's OpenAI objects print their key in
``repr`` and ``to_dict``, so that they are given none; the client below them holds it.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote, urlsplit, urlunsplit

from rag.errors import ProviderError
from rag.llm.call import Call, Piece, Put, Reading, Watching, settle
from rag.llm.provider import OPENAI_URL, Service, explained
from rag.llm.tokens import encoding_name

if TYPE_CHECKING:
    import httpx
    import openai
    from llama_index.core.base.llms.types import ChatMessage, ChatResponse
    from llama_index.core.llms.llm import LLM
    from openai.types.chat import ChatCompletionChunk

    from rag.settings import Settings

# Parameters that some servers and models refuse, and what to send in their place; None: nothing.
_INSTEAD: dict[str, str | None] = {
    "max_completion_tokens": "max_tokens",
    "max_tokens": "max_completion_tokens",
    "temperature": None,
    "stream_options": None,
}


_NO_ADDRESS = "OPENAI_BASE_URL is no address such as http://127.0.0.1:11434/v1; correct it."
_REDIRECTS = 3  # of one request; each is a call of its own to the service


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request."""

    role: Literal["system", "user", "assistant"]
    content: str


class Model:
    """A chat model. ``window``: tokens of question, passages and answer together; ``longest``: tokens of an answer, at
    most half of them.

    ``ends``: whether a whole reply says how it ended, so that one which does not was cut. ``encoding``: the name of the
    tiktoken encoding that its tokens are counted with.
    """

    def __init__(
        self, llm: LLM, name: str, settings: Settings, window: int, *, client: openai.AsyncOpenAI | None = None
    ) -> None:
        ours = client is not None
        self._llm = llm
        self._ours = ours
        self._client = client
        self._parameters: dict[str, Any] = {}
        self._refused: set[str] = set()
        self.name = name
        self.ends = ours
        self.window = window
        self.longest = min(settings.openai_max_tokens, window // 2)
        self.encoding = encoding_name(name)
        self.service = Service(f"The model {name}", "OPENAI_MODEL", settings.openai_timeout_seconds)
        if ours:
            limit = "max_tokens" if settings.openai_base_url else "max_completion_tokens"
            self._parameters = {"stream_options": {"include_usage": True}, limit: self.longest}

    def __repr__(self) -> str:
        return f"Model({self.name!r})"

    def call(self, messages: Sequence[Message]) -> Call:
        """Send a request; the call is read by iterating over it."""
        from llama_index.core.base.llms.types import ChatMessage

        turns = [ChatMessage(role=message.role, content=message.content) for message in messages]
        if self._ours:
            return Call(self.service, reading=self._reading(turns))
        return Call(self.service, watching=self._watching(turns))

    def _reading(self, turns: list[ChatMessage]) -> Reading:
        async def work(put: Put) -> None:
            async for chunk in await self._llm.astream_chat(turns, **self._parameters):
                put(_piece(chunk, chunk.delta or ""))

        return work

    def _watching(self, turns: list[ChatMessage]) -> Watching:
        """For an LLM of somebody else's: its async methods may be bound to another loop, or not be async at all."""

        def work(put: Put, closed: threading.Event) -> None:
            stream, seen = self._llm.stream_chat(turns), ""
            for chunk in stream:
                whole = chunk.message.content or ""
                put(_piece(chunk, chunk.delta if chunk.delta is not None else whole[len(seen) :]))
                seen = whole
                if closed.is_set():
                    break

        return work

    def close(self) -> None:
        """Close the connections to the service; a model that was given by the caller is the caller's to close."""
        if self._client is not None:
            settle(self._client.close())

    def adapt(self, parameter: str) -> bool:
        """Leave out a parameter that the service refused, or send its other name; False when that was tried before."""
        import openai

        if not self._ours or parameter in self._refused or parameter not in _INSTEAD:
            return False
        if parameter not in self._parameters and parameter != "temperature":
            return False  # it was never sent
        self._refused.add(parameter)
        value = self._parameters.pop(parameter, None)
        other = _INSTEAD[parameter]
        if other is not None and other not in self._refused:
            self._parameters[other] = value
        if parameter == "temperature":
            self._parameters[parameter] = openai.omit
        return True


def _piece(chunk: ChatResponse, text: str) -> Piece:
    choices = getattr(chunk.raw, "choices", None)
    usage = getattr(chunk.raw, "usage", None)
    finish = choices[0].finish_reason if choices else None
    return Piece(
        text,
        finish if isinstance(finish, str) else None,
        _count(getattr(usage, "prompt_tokens", None)),
        _count(getattr(usage, "completion_tokens", None)),
    )


def _count(tokens: Any) -> int | None:
    """A number of tokens as a service gives it; None where it is none: the client takes any JSON for it."""
    return tokens if type(tokens) is int and tokens >= 0 else None


def choose(settings: Settings, llm: Any | None = None) -> Model | None:
    """The model that the settings ask for, or the LlamaIndex LLM that was given; None for answers without a model.

    Raises ProviderError when a model is asked for but cannot be had: no key and no server, or a malformed address.
    """
    if settings.rag_answerer == "extractive" or (llm is None and not settings.use_llm()):
        return None
    if llm is not None:
        return _given(settings, llm)
    if settings.openai_api_key is None and settings.openai_base_url is None:
        raise ProviderError("RAG_ANSWERER is llm, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set.")
    return _configured(settings)


def _given(settings: Settings, llm: LLM) -> Model:
    try:
        known = llm.metadata
    except ValueError:  # OpenAI's class of LlamaIndex does not know the model's name
        return Model(llm, str(getattr(llm, "model", llm.class_name())), settings, settings.openai_context_tokens)
    window = min(settings.openai_context_tokens, known.context_window)
    name = known.model_name if known.model_name != "unknown" else llm.class_name()
    return Model(llm, name, settings, window)


def _configured(settings: Settings) -> Model:
    import httpx
    import openai
    from llama_index.llms.openai_like import OpenAILike

    base = settings.openai_base_url or OPENAI_URL
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
    wait = settings.openai_timeout_seconds
    service = Service(f"The model {settings.openai_model}", "OPENAI_MODEL", wait)
    address, login = _address(base)
    if not (key.isascii() and key.isprintable()):
        raise ProviderError("OPENAI_API_KEY holds characters that stand in no key; correct it.")
    try:
        client = openai.AsyncOpenAI(
            api_key=key,
            base_url=address,
            max_retries=0,
            timeout=httpx.Timeout(wait, connect=min(wait, 10.0)),
            http_client=openai.DefaultAsyncHttpxClient(
                auth=login, max_redirects=_REDIRECTS, event_hooks={"response": [_expect_events]}
            ),
        )
    except (ValueError, TypeError, httpx.InvalidURL):
        raise ProviderError(_NO_ADDRESS) from None
    llm = OpenAILike(
        model=settings.openai_model,
        api_key="hidden",
        api_base=address,
        temperature=0.0,
        max_retries=0,
        is_chat_model=True,
        context_window=settings.openai_context_tokens,
    )
    llm._aclient = _sealed(client, service)
    return Model(llm, service.name.removeprefix("The model "), settings, settings.openai_context_tokens, client=client)


def _address(base: str) -> tuple[str, tuple[str, str] | None]:
    """An address without the name and password in it, which logs would print, and these two."""
    try:
        parts = urlsplit(base)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        raise ProviderError(_NO_ADDRESS) from None
    if not parts.scheme or not host or parts.query or parts.fragment:
        raise ProviderError(_NO_ADDRESS)
    login = (unquote(parts.username or ""), unquote(parts.password or "")) if "@" in parts.netloc else None
    return urlunsplit((parts.scheme, host, parts.path, "", "")), login


def _sealed(client: openai.AsyncOpenAI, service: Service) -> Any:
    """What LlamaIndex uses of a client. Its errors are ours already: LlamaIndex tells its observers of them, and a
    service's own may quote the key. Chunks that some servers send with nothing in them are made what LlamaIndex expects.
    """

    import httpx
    import openai

    broken = (openai.OpenAIError, httpx.HTTPError, OSError, ValueError, TypeError, AttributeError)

    async def create(**request: Any) -> AsyncIterator[ChatCompletionChunk]:
        try:
            stream = await client.chat.completions.create(**request)
        except broken as error:
            raise explained(error, service) from None
        return chunks(stream)

    async def chunks(stream: Any) -> AsyncIterator[ChatCompletionChunk]:
        try:
            async for chunk in stream:
                chunk.choices = [choice for choice in chunk.choices or () if choice.delta is not None]
                yield chunk
        except broken as error:
            raise explained(error, service) from None
        finally:
            await stream.close()

    return SimpleNamespace(chat=SimpleNamespace(completions=SimpleNamespace(create=create)))


async def _expect_events(response: httpx.Response) -> None:
    """A page of HTML with status 200, from a proxy or a wrong address, would read as an empty reply."""
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if response.status_code == 200 and kind in ("text/html", "application/json", "application/xml", "text/xml"):
        raise ProviderError(
            f"OPENAI_BASE_URL sent {kind}, expected a stream of events from a Chat Completions server; check the address."
        )
