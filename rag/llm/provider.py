"""Errors of the OpenAI client as ours: one seam for the model and for the embedding.

Messages name the status and the setting to look at, and never quote the service: its 401 repeats the key, and a proxy's
error page may hold anything.
"""

from __future__ import annotations

import email.utils
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.errors import ProviderError

if TYPE_CHECKING:
    import httpx
    import openai

OPENAI_URL = "https://api.openai.com/v1"
ATTEMPTS = 3
LONGEST_PAUSE = 10.0  # seconds, whatever Retry-After says
PAUSES = (0.5, 2.0)  # seconds before the second and the third attempt
# As OpenAI, vLLM, SGLang, TGI, llama.cpp, LM Studio, Gemini, Mistral, Moonshot, DashScope and Zhipu word it.
_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window|limit)|max(?:imum)?[ _](?:context|model length)|too many (?:input )?tokens"
    r"|too (?:long|large for)|token limit|range of input length|\b(?:inputs?|prompts?)\b[^.]{0,60}(?:exceed|must (?:be <|have less))"
    r"|超长|(?:输入|上下文|token)[^。]{0,12}超(?:过|出)",
    re.IGNORECASE,
)
_PARAMETERS = re.compile(r"\b(?:max_completion_tokens|max_tokens|stream_options|temperature)\b")


class TooLong(ProviderError):
    """The request does not fit into the model's context window; a shorter one may."""


class BadParameter(ProviderError):
    """The service takes no parameter of this ``name``; the same request without it may be answered."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Service:
    """What errors are told of. ``timeout``: seconds that were waited; ``name`` begins a sentence."""

    name: str
    model_setting: str
    timeout: float


def pause(failure: ProviderError, attempt: int) -> float:
    """Seconds before the next try: what Retry-After says, else growing with ``attempt`` (0-based), never above 10."""
    seconds = PAUSES[min(attempt, len(PAUSES) - 1)]
    return min(seconds if failure.retry_after is None else failure.retry_after, LONGEST_PAUSE)


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds from ``retry-after-ms`` or ``retry-after`` (seconds or a date); None where there is none to be read."""
    try:
        if headers.get("retry-after-ms"):
            return max(float(headers["retry-after-ms"]) / 1000, 0.0)
        value = headers.get("retry-after", "")
        if value.replace(".", "", 1).isdigit():
            return float(value)
        return max(email.utils.parsedate_to_datetime(value).timestamp() - time.time(), 0.0) if value else None
    except (ValueError, TypeError):
        return None


def explained(error: Exception, service: Service) -> ProviderError:
    """Our error for one that a call raised: one sentence, without key, text or address."""
    import httpx
    import openai

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ProviderError):
            return cause
        cause = cause.__cause__
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException | TimeoutError):
        return timed_out(service)
    if isinstance(error.__cause__, httpx.TooManyRedirects | httpx.UnsupportedProtocol):
        return ProviderError(f"{service.name} is said to be elsewhere, again and again; check OPENAI_BASE_URL.")
    if isinstance(error, openai.APIStatusError):
        return _status(error, service)
    if isinstance(error, openai.APIConnectionError | httpx.TransportError | OSError):
        return ProviderError(
            f"{service.name} cannot be reached, or broke the connection; check the network and OPENAI_BASE_URL.",
            retryable=True,
        )
    if isinstance(error, openai.APIError):
        if _TOO_LONG.search(error.message):
            return TooLong(f"{service.name}: the request is too long; check OPENAI_CONTEXT_TOKENS.")
        return ProviderError(f"{service.name} reported an error in the middle of its reply.", retryable=True)
    return unusable(error, service)


def timed_out(service: Service) -> ProviderError:
    """Nothing came for too long."""
    return ProviderError(
        f"{service.name} did not answer within {service.timeout:g} seconds; try again later.", retryable=True
    )


def unusable(error: Exception, service: Service) -> ProviderError:
    """What came cannot be read as a reply."""
    return ProviderError(
        f"{service.name}'s reply cannot be used ({type(error).__name__}); check OPENAI_BASE_URL.",
    )


def _status(error: openai.APIStatusError, service: Service) -> ProviderError:
    status, code = error.status_code, str(error.code or "")
    if status == 429 and code == "insufficient_quota":
        return ProviderError(f"{service.name} answered 429: the account's quota is used up; check its billing.")
    words = f"{code} {error.message}"
    if status == 413 or (status in (400, 422, 500) and _TOO_LONG.search(words)):
        return TooLong(f"{service.name} answered {status}: the request is too long; check OPENAI_CONTEXT_TOKENS.")
    if status in (400, 422):
        named = _PARAMETERS.search(words)
        parameter = str(error.param).split(".")[0].split("[")[0] if error.param else named[0] if named else ""
        if parameter:
            message = f"{service.name} answered {status}: it refused the request; check {service.model_setting}."
            return BadParameter(message, parameter)
    reasons = {
        400: f"it refused the request; check {service.model_setting}",
        401: "it refused the key; check OPENAI_API_KEY",
        403: f"the key has no access; check OPENAI_API_KEY and {service.model_setting}",
        404: f"it knows no such model or address; check {service.model_setting} and OPENAI_BASE_URL",
        429: "it is over its rate limit; try again later",
    }
    reason = reasons.get(status, "it failed; try again later" if status >= 500 else "it refused the request")
    return ProviderError(
        f"{service.name} answered {status}: {reason}.",
        retryable=status in (408, 409, 429) or status >= 500,
        retry_after=_retry_after(error.response.headers),
    )
