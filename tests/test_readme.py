"""The README is executed: its Python and console blocks run with the seed reports and print what it says they print."""

from __future__ import annotations

import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ROOT, Run

from rag.cli.parser import make_parser

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder with the seed reports, as a checkout has them."""
    shutil.copytree(ROOT / "seeds", tmp_path / "checkout" / "seeds")
    return tmp_path / "checkout"


def same(printed: str, promised: str) -> bool:
    """Whether a text is as promised, where ``...`` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in promised.strip().split("..."))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def python_blocks() -> tuple[str, str]:
    """All Python blocks as one program, and the text blocks right after them as its output."""
    code = [text for kind, text in BLOCKS if kind == "python"]
    output = [text for (kind, _), (then, text) in pairwise(BLOCKS) if (kind, then) == ("python", "text")]
    assert len(code) == len(output) >= 3, "every Python block is followed by what it prints"
    return "\n".join(code), "\n".join(text.strip() for text in output)


def test_the_python_blocks_print_what_they_promise(folder: Path, run_python: Run) -> None:
    code, promised = python_blocks()
    done = run_python("-W", "error::DeprecationWarning:__main__", "-c", code, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert same(done.stdout, promised), done.stdout


def test_the_console_blocks_print_what_they_promise(folder: Path, run_python: Run) -> None:
    blocks = [text for kind, text in BLOCKS if kind == "console"]
    steps = [step for text in blocks for step in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)]
    assert len(steps) >= 3
    for command, promised in steps:
        program, *arguments = shlex.split(command)
        assert program == "python", command
        done = run_python(*arguments, cwd=folder)
        assert done.returncode == 0, (command, done.stderr)
        assert same(done.stdout, promised), (command, done.stdout)


def test_every_command_of_the_command_line_is_listed() -> None:
    (commands,) = (action.choices for action in make_parser()._actions if action.dest == "command")
    listed = " ".join(re.findall(r"^\| (`.*?) \|", README, re.MULTILINE))
    assert {name for name in commands if f"`{name}" not in listed} == set()


def test_every_make_target_it_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)\b", "\n".join(text for kind, text in BLOCKS if kind == "sh"))) <= targets


def test_every_link_and_picture_and_folder_it_names_exists() -> None:
    linked = [path for path in re.findall(r"\]\(([^)#]+)", README) if "://" not in path]
    folders = re.findall(r"^\| `([a-z]+/)` \|", README, re.MULTILINE)
    assert len(linked) >= 4 and len(folders) >= 5
    assert [path for path in (*linked, *folders) if not (ROOT / path).exists()] == []
