"""A conversation: remembers the user's questions, so that a follow-up is understood; answers never become evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rag.store.scope import known_filters
from rag.types import Answer

if TYPE_CHECKING:
    from rag.library import Library


class Chat:
    """``history``: the questions asked so far, oldest first. Filters are those of ``Library.ask``."""

    def __init__(self, library: Library, **filters: Any) -> None:
        self._library = library
        self._filters = known_filters(filters)
        self.history: tuple[str, ...] = ()

    def ask(self, question: str) -> Answer:
        """The answer to a question that may lean on the earlier ones. Raises InputError for an unusable question."""
        answer = self._library.ask(question, history=self.history, **self._filters)
        self.history = (*self.history, question)
        return answer

    def stream(self, question: str) -> Iterator[Answer]:
        """The same, as growing answers; the last one is final. A question that was stopped has been asked, too."""
        earlier = self.history
        for answer in self._library.stream(question, history=earlier, **self._filters):
            self.history = (*earlier, question)
            yield answer
