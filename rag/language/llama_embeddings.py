"""LlamaIndex embeddings as Encoders and the other way round, and OpenAI's as one of them.

One retry policy stands here (the libraries' own multiply: LlamaIndex retries around a client that retries); the
service's errors become ProviderError in ``rag.llm.provider``.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import openai
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from numpy.typing import NDArray

from rag.errors import ProviderError, SettingsError
from rag.llm.provider import ATTEMPTS, OPENAI_URL, Service, explained, pause, unusable

if TYPE_CHECKING:
    from rag.language.embeddings import Encoder
    from rag.settings import Settings

TIMEOUT_SECONDS = 30.0
_BATCH = 256  # texts in one request; the service takes 2,048 texts and 300,000 tokens
_LONGEST = 6_000  # characters: under the service's 8,191 tokens even for Chinese
_SERVICE = Service("The embedding service", "OPENAI_EMBEDDING_MODEL", TIMEOUT_SECONDS)


class LlamaEncoder:
    """Any LlamaIndex embedding as an Encoder: rows normalised, blank texts zero, errors mapped, few retries."""

    def __init__(self, model: BaseEmbedding, *, fingerprint: str | None = None) -> None:
        self._model = model
        self._dimensions = 0
        self.fingerprint = fingerprint or f"{model.class_name()}:{model.model_name}"

    def __repr__(self) -> str:
        return f"LlamaEncoder({self.fingerprint!r})"

    @property
    def dimensions(self) -> int:
        """Length of a vector. Asks the model once when nothing was embedded yet; may raise ProviderError."""
        if not self._dimensions:
            self.queries(["length"])
        return self._dimensions

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (len(texts), dimensions). Raises ProviderError."""
        return self._embed(texts, lambda batch: self._model.get_text_embedding_batch(batch))

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, shape (len(texts), dimensions). Raises ProviderError."""
        return self._embed(texts, lambda batch: [self._model.get_query_embedding(text) for text in batch])

    def _embed(self, texts: Sequence[str], call: Callable[[list[str]], list[list[float]]]) -> NDArray[np.float32]:
        rows = [row for row, text in enumerate(texts) if text.strip()]
        parts = []
        for start in range(0, len(rows), _BATCH):
            batch = [texts[row][:_LONGEST] for row in rows[start : start + _BATCH]]
            parts.append(self._checked(_retried(lambda batch=batch: call(batch)), len(batch)))  # type: ignore[misc]
        out = np.zeros((len(texts), self._dimensions if parts else self.dimensions), np.float32)
        if parts:
            vectors = np.concatenate(parts)
            out[rows] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return out

    def _checked(self, vectors: list[list[float]], count: int) -> NDArray[np.float32]:
        """The vectors as an array (count, dimensions); ProviderError when the service sent anything else."""
        lengths = {len(vector) for vector in vectors}
        if len(vectors) != count or len(lengths) != 1 or 0 in lengths:
            raise ProviderError(
                f"The embedding service sent {len(vectors)} vectors of lengths {sorted(lengths)} for {count} texts, "
                f"expected one of equal length for each; check OPENAI_EMBEDDING_MODEL and OPENAI_BASE_URL."
            )
        array = np.asarray(vectors, np.float32)
        if self._dimensions not in (0, array.shape[1]) or not np.isfinite(array).all():
            raise ProviderError(
                f"The embedding service sent vectors of length {array.shape[1]}, expected finite ones of length "
                f"{self._dimensions or array.shape[1]}; check OPENAI_EMBEDDING_MODEL."
            )
        self._dimensions = int(array.shape[1])
        return array


def openai_encoder(settings: Settings) -> LlamaEncoder:
    """OpenAI's embeddings, or a compatible server's. Raises SettingsError when there is neither key nor server."""
    from llama_index.embeddings.openai import OpenAIEmbedding

    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    if not key and not settings.openai_base_url:
        raise SettingsError(
            "RAG_EMBEDDING is openai, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set; "
            "set one of them, or RAG_EMBEDDING=builtin."
        )
    base = settings.openai_base_url or OPENAI_URL
    model = OpenAIEmbedding(
        model_name=settings.openai_embedding_model,
        api_key="hidden",  # these objects print their key in repr and to_dict: the client below holds the real one
        api_base=base,
        max_retries=0,
        timeout=TIMEOUT_SECONDS,
        embed_batch_size=_BATCH,
    )
    # Servers without keys want some value.
    model._client = openai.OpenAI(api_key=key or "none", base_url=base, max_retries=0, timeout=TIMEOUT_SECONDS)
    return LlamaEncoder(model, fingerprint=f"openai:{settings.openai_embedding_model}")


def _retried(call: Callable[[], list[list[float]]]) -> list[list[float]]:
    """Call up to ATTEMPTS times, pausing before each retry; the last error leaves as ProviderError."""
    for attempt in range(ATTEMPTS):
        try:
            return call()
        except openai.OpenAIError as error:
            failure = explained(error, _SERVICE)
        except (ValueError, TypeError, AttributeError) as error:  # what the client raises on a reply of another shape
            failure = unusable(error, _SERVICE)
        if not failure.retryable or attempt == ATTEMPTS - 1:
            break
        time.sleep(pause(failure, attempt))
    raise failure  # outside the handler: the service's own error, which may quote the key, is not chained


class EncoderEmbedding(BaseEmbedding):
    """An Encoder as a LlamaIndex embedding; async calls run in a thread."""

    _encoder: Any = PrivateAttr()

    def __init__(self, encoder: Encoder, **kwargs: Any) -> None:
        super().__init__(model_name=encoder.fingerprint, embed_batch_size=_BATCH, **kwargs)
        self._encoder = encoder

    @classmethod
    def class_name(cls) -> str:
        return "EncoderEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._floats(self._encoder.queries([query]))[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._floats(self._encoder.passages(texts))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)

    @staticmethod
    def _floats(vectors: NDArray[np.float32]) -> list[list[float]]:
        rows: list[list[float]] = vectors.tolist()
        return rows
