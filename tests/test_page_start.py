"""The page starts at once, says what is in its way, and ends cleanly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from page_reports import INSIGHTS
from page_server import ROOT, TOGETHER, Served, environment, fetch, free_port, served


def start(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m ui`` to its end."""
    command = [sys.executable, "-m", "ui"]
    env = environment(tmp_path, **settings)
    return subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60)


def test_a_port_in_use_is_one_sentence(house: Served, tmp_path: Path) -> None:
    port = house.url.rsplit(":", 1)[1]
    ended = start(tmp_path, UI_PORT=port)
    assert ended.returncode == 1 and ended.stdout == ""
    assert ended.stderr == (
        f"Port {port} on 127.0.0.1 is in use by another program; stop that one, or set UI_PORT to a free port.\n"
    )


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({"UI_PORT": "many"}, 2, "UI_PORT"),
        ({"UI_HOST": "203.0.113.7", "PYTHONPATH": str(ROOT)}, 1, "UI_HOST"),  # the offline guard would speak first
        ({"RAG_HOME": "/dev/null/x"}, 1, "RAG_HOME"),
    ],
)
def test_what_cannot_work_is_one_sentence(settings: dict[str, str], code: int, words: str, tmp_path: Path) -> None:
    ended = start(tmp_path, **({"UI_PORT": str(free_port())} | settings))
    assert ended.returncode == code and words in ended.stderr and ended.stderr.count("\n") == 1, ended.stderr


def test_the_page_says_that_it_is_loading(tmp_path: Path) -> None:
    port = free_port()
    env = environment(tmp_path, UI_PORT=str(port))
    process = subprocess.Popen([sys.executable, "-m", "ui"], env=env, cwd=tmp_path, stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout as output:
        try:
            status = 0
            while status == 0:
                try:
                    status, words = fetch(f"http://127.0.0.1:{port}/")
                except OSError:
                    assert process.poll() is None
            assert status == 503 and "Opening the library" in words and 'http-equiv="refresh"' in words
            assert b"Report Chat is at" in output.readline()
            assert fetch(f"http://127.0.0.1:{port}/")[0] == 200
        finally:
            process.terminate()
            assert process.wait(30) == 0
    assert "GRADIO_TEMP_DIR" not in os.environ, "the settings for gradio stay in the page's process"


def test_fifty_people_ask_at_once_and_each_keeps_streaming(tmp_path: Path) -> None:
    """Every step of every answer waits until all fifty are there: were fewer served at a time, nobody would be."""
    with served(tmp_path / "home", ROOT / "seeds", script=TOGETHER) as own:

        def ask(number: int) -> list[dict[str, Any]]:
            body = json.dumps({"key": f"person{number}", "text": INSIGHTS}).encode()
            asked = urllib.request.Request(f"{own.url}/talk", body, {"content-type": "application/json"})
            with urllib.request.urlopen(asked, timeout=90) as stream:
                return [json.loads(line) for line in stream]

        with ThreadPoolExecutor(50) as people:
            for number, lines in enumerate(people.map(ask, range(50))):
                assert len(lines) >= 3 and all(f"a-person{number}" in line["html"] for line in lines)
                assert [line["turn"] is not None for line in lines] == [False] * (len(lines) - 1) + [True]
                assert lines[-1]["turn"]["state"] == "done" and "model competition" in lines[-1]["html"]


def test_one_thread_multiplies_vectors(tmp_path: Path) -> None:
    """The page's environment is set before numpy reads it; a second thread would spin after every question."""
    script = (
        "import os, sys, ui.__main__\n"
        "from rag.settings import Settings\n"
        "from ui.serve import environment\n"
        "environment(Settings.load())\n"
        "assert 'numpy' not in sys.modules and 'gradio' not in sys.modules\n"
        "import numpy\n"
        "numpy.ones((2000, 256)) @ numpy.ones(256)\n"
        "numpy.ones((400, 400)) @ numpy.ones((400, 400))\n"
        "print(len(os.listdir('/proc/self/task')))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], env=environment(tmp_path), cwd=tmp_path, capture_output=True, text=True
    )
    assert ended.returncode == 0 and ended.stdout == "1\n", ended.stderr
