"""Every error this package raises on purpose. Each message says what was seen, what was expected and what to do.

RagError
├── InputError          the caller's input is wrong: question, date, report id, path (CLI exit code 2)
├── SettingsError       an environment variable has an unusable value (CLI exit code 2)
├── ReaderError         a file cannot become a report; nothing was stored
├── StoreError          the library folder or database cannot be used
│   ├── BusyError       another process is writing; may be retried
│   └── ModelMismatch   the library was built with another embedding model; run `reindex`
└── ProviderError       a model or embedding service failed; `retryable` says whether asking again may help
"""

from __future__ import annotations


class RagError(Exception):
    """Base of all errors of this package; ``str(error)`` is one sentence for a person."""


class InputError(RagError):
    """The question, filter, id or path that was given cannot be used."""


class SettingsError(RagError):
    """An environment variable has a value that cannot be used."""


class ReaderError(RagError):
    """A file could not be read as a report. The library is as it was."""


class StoreError(RagError):
    """The library's folder, ledger or an index cannot be opened or written."""


class BusyError(StoreError):
    """Another process holds the write lock of the library."""


class ModelMismatch(StoreError):
    """The library's vectors come from another embedding model than the one configured."""


class ProviderError(RagError):
    """A model or embedding service failed.

    ``retryable``: whether the same call may succeed later. ``tokens_in``/``tokens_out``: what the failed call cost,
    where the service said so. ``retry_after``: seconds that the service asks to wait, where it does.
    """

    def __init__(
        self,
        message: str,
        *,
        retryable: bool = False,
        tokens_in: int = 0,
        tokens_out: int = 0,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.retry_after = retry_after
        self.tokens_in = tokens_in
        self.tokens_out = tokens_out
