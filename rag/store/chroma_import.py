"""Chroma, imported deaf to its surroundings: the only file that imports chromadb.

Chroma's settings are read from unprefixed environment variables and from a ``.env`` in the working folder, first while
it is imported: a line such as ``MIGRATIONS=yes`` that was meant for another program ends it. Ours are given as
arguments, so its class of settings is told to look at nothing else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

CONNECT_SECONDS = 5.0
SECONDS = 60.0  # for one request to a server
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


def connect(url: str, key: str | None, tenant: str | None, database: str | None) -> Any:
    """A client of a Chroma server; ``key`` goes into the header that Chroma reads. Raises one of ``unreachable()``."""
    module, parts = chroma(), urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 8000)
    _answers(
        f"{parts.scheme}://{parts.hostname if ':' not in (parts.hostname or '') else f'[{parts.hostname}]'}:{port}"
    )
    return _patient(
        module.HttpClient, host=parts.hostname, port=port, ssl=secure,
        headers={"x-chroma-token": key} if key else {}, settings=settings(),
        tenant=tenant or "default_tenant", database=database or "default_database",
    )  # fmt: skip


def connect_cloud(key: str, tenant: str | None, database: str | None) -> Any:
    """A client of Chroma Cloud; tenant and database may be left to what the key belongs to."""
    return _patient(chroma().CloudClient, tenant=tenant, database=database, api_key=key, settings=settings())


def disconnect(client: Any) -> None:
    """Close a server's client and its connections, which Chroma's own ``close`` leaves open."""
    client.close()
    for part in (client, client._admin_client):
        part._server._session.close()


def unreachable() -> tuple[type[Exception], ...]:
    """What is raised when a server does not answer, or answers like no Chroma server."""
    import httpx

    return (httpx.HTTPError, OSError)


def _answers(address: str) -> None:
    """Chroma's client would wait for ever for a server that takes a connection and says nothing."""
    import httpx

    httpx.get(f"{address}/api/v2/heartbeat", timeout=CONNECT_SECONDS).raise_for_status()


def _patient(make: Callable[..., Any], **arguments: Any) -> Any:
    """A client with a limit on the time of each request, which Chroma gives no other way to set."""
    try:
        client = make(**arguments)
    except ValueError as error:
        raise ConnectionError(str(error)) from error
    for part in (client, client._admin_client):
        part._server._session.timeout = SECONDS
    return client


def _sources(
    cls: type[BaseSettings], settings_cls: type[BaseSettings], init_settings: Any, *others: Any, **named: Any
) -> tuple[PydanticBaseSettingsSource, ...]:
    """Arguments alone for Chroma's settings; for any other class that is made meanwhile, the usual sources."""
    if settings_cls.__module__.startswith("chromadb."):
        return (init_settings,)
    return (init_settings, *others, *named.values())
