"""The command line as a program of its own: imports, terminals, pipes, signals, the progress bar."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run


def test_help_needs_no_library_and_no_heavy_import(run_python: Run) -> None:
    done = run_python("-X", "importtime", "-m", "rag", "--help", cwd=ROOT)
    assert done.returncode == 0 and "COMMAND" in done.stdout
    assert not [name for name in ("numpy", "sqlalchemy", "pydantic") if f"| {name}\n" in done.stderr]


def test_a_question_to_a_small_library_imports_neither_chroma_nor_llama_index_nor_gradio(
    filled: Path, run_python: Run
) -> None:
    done = run_python("-X", "importtime", "-m", "rag", "ask", "What rating?", env={"RAG_HOME": str(filled)})
    assert done.returncode == 0
    imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "rag.library" in imported
    assert not {"chromadb", "llama_index", "llama_index.core", "gradio", "openai", "rich", "tiktoken"} & imported


def test_the_whole_way_in_an_empty_home_without_network(run_python: Run, reports: Path, tmp_path: Path) -> None:
    env = {"RAG_HOME": str(tmp_path / "fresh"), "LC_ALL": "C"}
    for argv, code in (
        (["add", str(reports)], 0),
        (["list"], 0),
        (["ask", "How much did order intake rise?"], 0),
        (["search", "订单", "--json"], 0),
        (["reindex"], 0),
        (["remove", "cranes", "港口"], 0),
        (["show", "cranes"], 2),
        (["add", "nowhere.txt"], 1),
    ):
        done = run_python("-m", "rag", *argv, env=env)
        assert done.returncode == code, (argv, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr and "live call" not in done.stderr
        if code == 0:
            assert done.stderr == "", (argv, done.stderr)
    assert not list((tmp_path / "home").iterdir()), "nothing may be left in HOME"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_terminal_without_utf8_does_not_break_it(encoding: str, filled: Path, run_python: Run) -> None:
    env = {"RAG_HOME": str(filled), "PYTHONIOENCODING": encoding}
    for argv in (["list"], ["ask", "宁波工厂产能何时翻倍?"], ["show", "港口", "--text"], ["show", "没有"]):
        done = run_python("-m", "rag", *argv, env=env, encoding=encoding)
        assert done.returncode == (2 if argv == ["show", "没有"] else 0), done.stderr
        assert "Traceback" not in done.stderr
    done = run_python("-m", "rag", "list", "--json", env=env, encoding=encoding)
    assert "港口机械:订单与产能" in {report["title"] for report in json.loads(done.stdout)}


def test_a_closed_pipe_ends_quietly(filled: Path, offline_env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "rag", "show", "cranes", "--text"]
    with subprocess.Popen(
        command, env=offline_env | {"RAG_HOME": str(filled)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_ctrl_c_is_exit_code_130_and_one_word(offline_env: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "interrupted.py"
    script.write_text(
        "import signal, os, sys\nfrom rag.cli import commands, main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started without it\n"
        "commands.run = lambda args: os.kill(os.getpid(), signal.SIGINT)\nsys.exit(main(['list']))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], env=offline_env, capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Interrupted.\n")


def run_on_a_terminal(argv: list[str], env: dict[str, str]) -> tuple[int, str]:
    """Exit code and all that a program shows when stderr is a terminal."""
    leader, follower = pty.openpty()
    with subprocess.Popen(argv, env=env, stdout=subprocess.DEVNULL, stderr=follower) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # Linux's way to say that the other end is closed
                break
            if not part:
                break
            shown += part
    os.close(leader)
    return process.returncode, shown.decode("utf-8", "replace")


def test_a_progress_bar_is_drawn_for_people_and_only_for_them(
    rag_home: Path, reports: Path, offline_env: dict[str, str]
) -> None:
    env = offline_env | {"RAG_HOME": str(rag_home), "TERM": "xterm-256color", "COLUMNS": "100"}
    add = [sys.executable, "-m", "rag", "add", str(reports)]
    code, shown = run_on_a_terminal(add, env)
    assert code == 0 and "Adding" in shown and "2/2" in shown
    assert run_on_a_terminal([*add, "--json"], env) == (0, "")
