"""One question's dealings with a model: the one retry policy, and what was spent.

A request that fails in a way that may pass is sent again, at most ``provider.ATTEMPTS`` times for a question, after a
pause that the service may set, and only while no more than the timeout has gone by: a slow failure is not repeated.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Sequence
from enum import Enum

from rag.errors import ProviderError
from rag.llm.call import BEAT
from rag.llm.model import Message, Model
from rag.llm.provider import ATTEMPTS, BadParameter, TooLong, pause
from rag.llm.tokens import count
from rag.settings import Settings

_log = logging.getLogger(__name__)
_CHARACTERS = 8  # per token that was asked for at most: a reply that is longer does not keep to the limit


class Signal(Enum):
    """What a reader is told beside text."""

    WAIT = "nothing has come yet; a good moment to stop"
    AGAIN = "the reply broke off and is asked for anew: forget what came"


class Session:
    """``notes``: what happened on the way, for the diagnostics. ``spoke``: whether any call was answered.

    ``broken``: the failure that ended the policy; the model is not asked again for this question.
    """

    def __init__(self, model: Model, settings: Settings) -> None:
        self.model = model
        self.notes: list[str] = []
        self.spoke = False
        self.broken: ProviderError | None = None
        self.tokens_in = 0
        self.tokens_out = 0
        self._prices = (settings.openai_price_in, settings.openai_price_out)
        self._failed = 0

    def read(self, messages: Sequence[Message]) -> Generator[str | Signal, None, str]:
        """The reply's text as it comes; returns how it ended: ``stop``, or ``length`` when it was too long.

        Raises ProviderError once the policy is at its end.
        """
        started = time.monotonic()
        while True:
            try:
                return (yield from self._once(messages))
            except ProviderError as error:
                failure = error
            self.notes.append(str(failure))
            _log.info("%s", failure)
            if isinstance(failure, TooLong):
                raise failure
            if isinstance(failure, BadParameter) and self.model.adapt(failure.name):
                yield Signal.AGAIN
                continue
            self._failed += 1
            spent = time.monotonic() - started
            if not failure.retryable or self._failed >= ATTEMPTS or spent >= self.model.service.timeout:
                self.broken = failure
                raise failure
            yield from _rest(pause(failure, self._failed - 1))
            yield Signal.AGAIN

    def _once(self, messages: Sequence[Message]) -> Generator[str | Signal, None, str]:
        call = self.model.call(messages)
        parts: list[str] = []
        size, finish, limit = 0, None, _CHARACTERS * self.model.longest
        usage: tuple[int | None, int | None] = (None, None)
        try:
            for piece in call:
                if piece is None:
                    yield Signal.WAIT
                    continue
                finish = piece.finish or finish
                usage = (piece.tokens_in or usage[0], piece.tokens_out or usage[1])
                if piece.text:
                    parts.append(piece.text)
                    size += len(piece.text)
                    yield piece.text
                if size > limit:
                    finish = "length"
                    break
        finally:
            call.close()
            if parts or finish:
                self._spend(messages, "".join(parts), usage)
        return self._ended(finish, "".join(parts))

    def _ended(self, finish: str | None, text: str) -> str:
        name = self.model.service.name
        if finish == "content_filter":
            raise ProviderError(f"{name} withheld its reply: the service's content filter stopped it.")
        if finish is None and self.model.ends:
            raise ProviderError(f"{name}'s reply was cut off before its end.", retryable=True)
        if not text.strip():
            hint = "; OPENAI_MAX_TOKENS may be too small" if finish == "length" else ""
            raise ProviderError(f"{name} sent an empty reply{hint}.", retryable=finish != "length")
        return "length" if finish == "length" else "stop"

    def _spend(self, messages: Sequence[Message], text: str, usage: tuple[int | None, int | None]) -> None:
        """Count tokens: the service's own numbers where it gives them, else tiktoken's."""
        self.spoke = True
        read, written = usage
        if read is None or written is None:
            said = f"tokens were counted here, as {self.model.encoding}"
            self.notes.extend([] if said in self.notes else [said])
        if read is None:
            read = sum(count(message.content, self.model.encoding) + 4 for message in messages)
        self.tokens_in += read
        self.tokens_out += count(text, self.model.encoding) if written is None else written

    @property
    def cost(self) -> float | None:
        """What was spent, in the currency of the price settings; None when they are not set."""
        price_in, price_out = self._prices
        if price_in is None or price_out is None:
            return None
        return (self.tokens_in * price_in + self.tokens_out * price_out) / 1e6


def _rest(seconds: float) -> Generator[Signal, None, None]:
    """A pause that can be left at any moment."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, BEAT))
        yield Signal.WAIT
