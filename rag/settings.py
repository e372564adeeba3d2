"""Settings come from environment variables, then from a ``.env`` file in the working folder, then from these defaults.

Every variable is described in ``.env.example``; a test compares the two.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.errors import SettingsError


class Settings(BaseSettings):
    """One value per environment variable; names in code are the variables' names in lower case.

    Build it with ``Settings.load()``, which turns a bad value into a ``SettingsError`` that names the variable.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, env_ignore_empty=True
    )

    rag_home: Path = Path(".rag")
    database_url: SecretStr | None = None
    chroma_url: str | None = None
    chroma_api_key: SecretStr | None = None
    chroma_tenant: str | None = None
    chroma_database: str | None = None
    rag_answerer: Literal["auto", "extractive", "llm"] = "auto"
    rag_embedding: Literal["auto", "builtin", "openai"] = "auto"
    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = Field(default=None, repr=False)  # it may hold a password
    openai_model: str = "gpt-4.1-mini"
    openai_embedding_model: str = "text-embedding-3-small"
    openai_context_tokens: int = Field(default=8192, ge=1024)
    openai_max_tokens: int = Field(default=1024, ge=64)
    openai_timeout_seconds: float = Field(default=30.0, gt=0)
    openai_price_in: float | None = Field(default=None, ge=0)
    openai_price_out: float | None = Field(default=None, ge=0)
    ui_host: str = "127.0.0.1"
    ui_port: int = Field(default=7860, ge=1, le=65535)
    ui_auth: SecretStr | None = None
    ui_read_only: bool = False
    ui_allowed_hosts: str = ""
    rag_max_file_mb: int = Field(default=50, ge=1)
    rag_file_seconds: float = Field(default=300.0, gt=0)
    rag_worker_mb: int = Field(default=2048, ge=256)
    rag_workers: int = Field(default=0, ge=0)

    @field_validator("rag_home")
    @classmethod
    def _expand(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("openai_api_key")
    @classmethod
    def _without_space(cls, value: SecretStr | None) -> SecretStr | None:
        key = value.get_secret_value().strip() if value else ""
        return SecretStr(key) if key else None

    @field_validator("chroma_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://host")
        try:
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            usable = False
        if not usable or parts.username or parts.path.strip("/") or parts.query:
            raise ValueError("expected an address such as http://127.0.0.1:8000")
        return value

    @classmethod
    def load(cls, **overrides: Any) -> Settings:
        """Read the environment; ``overrides`` win over it. Raises SettingsError naming the variable and the value."""
        try:
            return cls(**overrides)
        except ValidationError as error:
            raise SettingsError(_explain(error)) from None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{os.path.abspath('.env')} cannot be read as UTF-8 text: {error}.") from None

    def use_openai_embedding(self) -> bool:
        """Whether passages are embedded by OpenAI: asked for, or `auto` with a key and no other server configured."""
        if self.rag_embedding == "auto":
            return self.openai_api_key is not None and self.openai_base_url is None
        return self.rag_embedding == "openai"

    def use_llm(self) -> bool:
        """Whether answers are written by a model: asked for, or `auto` with a key or a server configured."""
        if self.rag_answerer == "auto":
            return self.openai_api_key is not None or self.openai_base_url is not None
        return self.rag_answerer == "llm"


_SECRET = {"openai_api_key", "ui_auth", "database_url", "chroma_api_key"}


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "setting"
    seen = "a hidden value" if name in _SECRET else repr(first.get("input"))
    return (
        f"{name.upper()} is set to {seen}, which cannot be used: {first['msg']}. "
        f"Change it in the environment or in {os.path.abspath('.env')}."
    )
