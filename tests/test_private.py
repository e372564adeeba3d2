"""Nothing leaves this machine, and nothing around the program changes what it does."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from conftest import ROOT, Run

WRITE = """
from rag import Library
with Library.open() as library:
    library.add_many([sys.argv[1]])
    print(len(library.reports()), library.index.vectors_index.state().count)
"""


def test_variables_and_lines_that_chroma_would_read_change_nothing(run_python: Run) -> None:
    """Chroma reads unprefixed variables, and .env, while it is imported: a foreign MIGRATIONS=yes ended the program."""
    foreign = {
        "MIGRATIONS": "yes",
        "IS_PERSISTENT": "perhaps",
        "CHROMA_API_IMPL": "no.such.Class",
        "ALLOW_RESET": "maybe",
    }
    Path(".env").write_text("".join(f"{name}={value}\n" for name, value in foreign.items()), encoding="utf-8")
    for env in ({}, foreign):
        done = run_python(
            "-c", f"import sys\n{WRITE}", str(ROOT / "seeds"), env={"RAG_HOME": f"library-{len(env)}", **env}
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.split() == ["1", "12"]


def test_chroma_is_told_to_send_nothing(run_python: Run) -> None:
    program = (
        "from rag.store.chroma_import import settings; print(settings().anonymized_telemetry, settings().allow_reset)"
    )
    done = run_python("-c", program, env={"ANONYMIZED_TELEMETRY": "True"})
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_other_settings_classes_still_read_their_surroundings(run_python: Run) -> None:
    program = (
        "from rag.store.chroma_import import chroma; chroma()\n"
        "from rag import Settings; print(Settings.load().ui_port, Settings.load().openai_model)"
    )
    Path(".env").write_text("OPENAI_MODEL=from-file\n", encoding="utf-8")
    done = run_python("-c", program, env={"UI_PORT": "7001"})
    assert done.stdout.split() == ["7001", "from-file"], done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status, response.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8")


def test_the_page_starts_without_network_in_an_empty_home_and_stops_on_sigterm(
    offline_env: dict[str, str], tmp_path: Path
) -> None:
    """A call to another machine would end the program with 97 (``offline/sitecustomize.py``)."""
    port = free_port()
    env = offline_env | {"RAG_HOME": str(tmp_path / "library"), "UI_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-m", "ui"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as page:
        try:
            assert page.stdout and page.stderr
            line = page.stdout.readline()
            assert f"http://127.0.0.1:{port}" in line, page.stderr.read()
            status, html = fetch(f"http://127.0.0.1:{port}/")
            config = json.loads(fetch(f"http://127.0.0.1:{port}/config")[1])
        finally:
            page.send_signal(signal.SIGTERM)
            stopping = time.monotonic()
        assert page.wait(timeout=30) == 0
        assert time.monotonic() - stopping < 15
        assert page.stderr.read() == ""
    assert status == 200
    assert config.get("analytics_enabled") is not True
    outside = set(re.findall(r"(?:src|href)=[\"']?(?:https?:)?//([^/\"' >]+)", html)) - {f"127.0.0.1:{port}"}
    assert not outside, "the page names other hosts"
    assert not list((tmp_path / "home").iterdir()), "nothing may be left in HOME"


def test_a_port_in_use_is_told_in_one_sentence(offline_env: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        env = offline_env | {"RAG_HOME": str(tmp_path / "library"), "UI_PORT": str(port)}
        done = subprocess.run([sys.executable, "-m", "ui"], env=env, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 1
    assert str(port) in done.stderr and "UI_PORT" in done.stderr and done.stderr.count("\n") == 1
