"""Settings: each documented with its real default, and a bad value told in one sentence that names the variable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from pydantic import SecretStr

from rag import Settings
from rag.errors import SettingsError

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
DOCUMENTED = dict(re.findall(r"^#?([A-Z][A-Z_]*)=(.*)$", EXAMPLE, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    assert set(DOCUMENTED) == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_the_documented_value_is_the_default(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    default = getattr(Settings.load(), name)
    monkeypatch.setenv(name.upper(), DOCUMENTED[name.upper()])
    assert getattr(Settings.load(), name) == default


def test_the_example_file_works_as_it_is_and_with_all_its_values_in_force() -> None:
    for text in (EXAMPLE, re.sub(r"^#([A-Z_]+=)", r"\1", EXAMPLE, flags=re.MULTILINE)):
        Path(".env").write_text(text, encoding="utf-8")
        assert Settings.load() == Settings.load(_env_file=None)


def test_the_environment_wins_over_the_file_and_arguments_win_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("OPENAI_MODEL=from-file\nUI_PORT=7001\n", encoding="utf-8")
    monkeypatch.setenv("OPENAI_MODEL", "from-environment")
    settings = Settings.load(ui_host="0.0.0.0")
    assert (settings.openai_model, settings.ui_port, settings.ui_host) == ("from-environment", 7001, "0.0.0.0")


def test_lines_of_other_programs_in_the_file_do_not_matter() -> None:
    Path(".env").write_text("MIGRATIONS=yes\nCHROMA_SERVER_HOST=elsewhere\nWHATEVER=1\n", encoding="utf-8")
    assert Settings.load() == Settings.load(_env_file=None)


def test_a_home_under_the_users_own_folder_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_HOME", "~/reports")
    assert Settings.load().rag_home == Path("~/reports").expanduser()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RAG_ANSWERER", "magic"),
        ("RAG_EMBEDDING", "word2vec"),
        ("RAG_MAX_FILE_MB", "0"),
        ("UI_PORT", "http"),
        ("UI_PORT", "65536"),
        ("UI_PORT", "0"),
        ("UI_READ_ONLY", "perhaps"),
    ],
)
def test_a_bad_value_is_told_in_one_sentence(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    message = str(caught.value)
    assert name in message and value in message and "\n" not in message


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "UI_AUTH", "DATABASE_URL"):
        monkeypatch.setenv(name, "canary-value")
    settings = Settings.load()
    assert "canary" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert settings.openai_api_key == SecretStr("canary-value")


@pytest.mark.parametrize(
    ("environment", "model_writes", "openai_embeds"),
    [
        ({}, False, False),
        ({"OPENAI_API_KEY": "k"}, True, True),
        ({"OPENAI_API_KEY": ""}, False, False),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, True, False),
        ({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, True, False),
        ({"OPENAI_API_KEY": "k", "RAG_ANSWERER": "extractive", "RAG_EMBEDDING": "builtin"}, False, False),
        ({"RAG_ANSWERER": "llm", "RAG_EMBEDDING": "openai"}, True, True),
    ],
)
def test_what_auto_means(
    environment: dict[str, str], model_writes: bool, openai_embeds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = Settings.load()
    assert (settings.use_llm(), settings.use_openai_embedding()) == (model_writes, openai_embeds)


@pytest.mark.parametrize("content", ["名字=值\n".encode("gbk"), "UI_PORT=1\n".encode("utf-16")])
def test_an_unreadable_file_is_told_in_one_sentence(content: bytes) -> None:
    Path(".env").write_bytes(content)
    with pytest.raises(SettingsError, match=r"\.env"):
        Settings.load()
