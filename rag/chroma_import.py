"""Chroma, imported deaf to its surroundings: the only file that imports chromadb.

Chroma's settings are read from unprefixed environment variables and from a ``.env`` in the working folder, first while
it is imported: a line such as ``MIGRATIONS=yes`` that was meant for another program ends it. Ours are given as
arguments, so its class of settings is told to look at nothing else.
"""

from __future__ import annotations

import threading
from typing import Any

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

_importing = threading.Lock()


def chroma() -> Any:
    """The ``chromadb`` module."""
    with _importing:
        original = BaseSettings.__dict__["settings_customise_sources"]
        BaseSettings.settings_customise_sources = classmethod(_sources)  # type: ignore[method-assign, assignment]
        try:
            import chromadb
            from chromadb.config import Settings
        finally:
            BaseSettings.settings_customise_sources = original  # type: ignore[method-assign]
        Settings.settings_customise_sources = classmethod(_sources)  # type: ignore[method-assign, assignment]
    return chromadb


def settings() -> Any:
    """Chroma's settings: no telemetry, no reset; all else as it comes."""
    return chroma().config.Settings(anonymized_telemetry=False, allow_reset=False)


def _sources(
    cls: type[BaseSettings], settings_cls: type[BaseSettings], init_settings: Any, *others: Any, **named: Any
) -> tuple[PydanticBaseSettingsSource, ...]:
    """Arguments alone for Chroma's settings; for any other class that is made meanwhile, the usual sources."""
    if settings_cls.__module__.startswith("chromadb."):
        return (init_settings,)
    return (init_settings, *others, *named.values())
