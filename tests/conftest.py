"""Every test runs in an empty folder, with none of the project's settings in the environment, and with no way out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cli_samples import filled, reports  # noqa: F401 - fixtures
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
sys.path.insert(0, str(TESTS / "offline"))

import netblock  # noqa: E402

if TYPE_CHECKING:
    from page_server import Served
    from playwright.sync_api import Browser

    from rag import Library

netblock.install()
# A slow machine is no failure, and every run tries the same examples: green stays green until something changes.
hypothesis_settings.register_profile(
    "project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("project")


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What several processes of ``pytest -n`` share out: whole files, and all tests of the one page as one lot."""
    for item in items:
        lot = "house" if "house" in getattr(item, "fixturenames", ()) else item.path.stem
        item.add_marker(pytest.mark.xdist_group(lot))


PREFIXES = ("RAG_", "OPENAI_", "UI_", "CHROMA_", "DATABASE_")


@pytest.fixture(autouse=True)
def clean_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty working folder, no settings; a call to another machine fails the test even where it was caught."""
    for name in [name for name in os.environ if name.startswith(PREFIXES)]:
        monkeypatch.delenv(name)
    empty = tmp_path / "cwd"
    empty.mkdir()
    monkeypatch.chdir(empty)
    netblock.attempts.clear()
    yield
    assert not netblock.attempts, f"live network calls to {netblock.attempts}"


@pytest.fixture
def seeds() -> Path:
    """The folder of reports that ship with the project."""
    return ROOT / "seeds"


@pytest.fixture
def rag_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library folder of this test's own, named by RAG_HOME; it does not exist yet."""
    home = tmp_path / "library"
    monkeypatch.setenv("RAG_HOME", str(home))
    return home


@pytest.fixture
def library(rag_home: Path) -> Iterator[Library]:
    """An empty library with the built-in embedding."""
    from rag import Library

    with Library.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def seed_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One library with the seed reports for all tests of a run: read it, never change it."""
    from rag import Library, Settings

    settings = Settings.load(rag_home=tmp_path_factory.mktemp("seeds") / "library", _env_file=None)
    with Library.open(settings) as opened:
        opened.add_many([ROOT / "seeds"])
        yield opened


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium. Missing is an error, never a skipped test: ``make test`` installs it."""
    found = shutil.which("chromium")
    assert found, "Chromium is not on PATH; run `make browser`, which installs it."
    return found


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    """A headless Chromium. Not for the whole run: while it lives, its event loop keeps asynchronous tests from starting."""
    from page_server import browser

    with browser(chromium) as started:
        yield started


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One page for most of its tests: the seed report, a Chinese digest, a hostile one, and a PDF of three pages."""
    from page_reports import CRANES, HOSTILE, ferry
    from page_server import served

    home = tmp_path_factory.mktemp("page")
    (home / "cranes.txt").write_text(CRANES, "utf-8")
    (home / "hostile.txt").write_text(HOSTILE, "utf-8")
    (home / "ferry.pdf").write_bytes(ferry())
    with served(home, ROOT / "seeds", home / "cranes.txt", home / "hostile.txt", home / "ferry.pdf") as page:
        yield page


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def offline_env(tmp_path: Path) -> dict[str, str]:
    """The environment for a program that a test starts: an empty HOME, no settings, and death on a live call."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return {**kept, "HOME": str(home), "PYTHONPATH": os.pathsep.join((str(TESTS / "offline"), str(ROOT)))}


@pytest.fixture
def run_python(offline_env: dict[str, str]) -> Run:
    """Start this Python with arguments in the offline environment (``env=`` adds to it) and wait for its end."""

    def run(*args: str, env: dict[str, str] | None = None, **options: Any) -> subprocess.CompletedProcess[str]:
        options = {"capture_output": True, "encoding": "utf-8", "timeout": 120} | options
        return subprocess.run([sys.executable, *args], env=offline_env | (env or {}), **options)

    return run
