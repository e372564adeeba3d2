"""Two processes on one library of files: readers go on and see what is new, a second writer waits or is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from test_survival import open_at, write

from rag.errors import BusyError

READER = """
import json, sys, threading
from fakes import HashEncoder
from rag import Library
stop = threading.Event()
threading.Thread(target=lambda: sys.stdin.readline() and stop.set(), daemon=True).start()
with Library.open(encoder=HashEncoder()) as library:
    print("open", flush=True)
    counts, empty = [], 0
    while not stop.is_set():
        counts.append(len(library.reports()))
        found = library.retrieve("throughput", limit=3)
        empty += counts[-1] > 0 and not found
        for item in found:
            assert item.passage.text and item.report.id[:16] == item.passage.id[:16], item
    best = {r.stem: library.retrieve(f"throughput of {r.stem}", limit=1)[0].report.stem for r in library.reports()}
    print(json.dumps({"counts": counts, "empty": empty, "best": best}))
"""
WRITER = """
import sys
from fakes import HashEncoder
from rag import Library
with Library.open(encoder=HashEncoder()) as library:
    print("open", flush=True)
    sys.stdin.readline()
    for path in sys.argv[1:]:
        library.add(path)
"""
HOLDER = """
import sys
from fakes import HashEncoder
from rag import Library
with Library.open(encoder=HashEncoder()) as library, library.lock.hold():
    print("held", flush=True)
    sys.stdin.readline()
"""


def start(home: Path, env: dict[str, str], program: str, *args: str) -> subprocess.Popen[str]:
    env = env | {"RAG_HOME": str(home), "PYTHONPATH": f"{env['PYTHONPATH']}:{ROOT / 'tests'}"}
    return subprocess.Popen(
        [sys.executable, "-c", program, *args], env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def say(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


def test_a_reader_goes_on_while_two_others_write_and_sees_all_of_it(
    tmp_path: Path, offline_env: dict[str, str]
) -> None:
    home = tmp_path / "home"
    with open_at(home) as library:
        library.add(write(tmp_path / "in", "Alder", 11))
    lots = [
        [write(tmp_path / "in", f"Birch{'pq'[w]}{'abcdefgh'[n]}", 10 * w + n + 12) for n in range(8)] for w in range(2)
    ]
    with start(home, offline_env, READER) as reader:
        assert line(reader) == "open"
        writers = [start(home, offline_env, WRITER, *map(str, lot)) for lot in lots]
        for writer in writers:
            assert line(writer) == "open"
        for writer in writers:
            say(writer)
        for writer in writers:
            with writer:
                assert writer.wait(120) == 0
        say(reader)
        seen = json.loads(line(reader))
        assert reader.wait(60) == 0
    counts = seen["counts"]
    assert counts[0] == 1 and counts == sorted(counts) and len(set(counts)) > 2, counts
    assert seen["empty"] == 0
    assert len(seen["best"]) == 17 and all(stem == best for stem, best in seen["best"].items())


def test_a_second_writer_is_told_and_goes_on_when_the_first_is_gone(
    tmp_path: Path, offline_env: dict[str, str]
) -> None:
    home = tmp_path / "home"
    with start(home, offline_env, HOLDER) as holder, open_at(home) as library:
        assert line(holder) == "held"
        with pytest.raises(BusyError, match="wait until it has finished"), library.lock.hold(wait=0.1):
            pytest.fail("two writers at once")
        assert library.reports() == []
        say(holder)
        library.add(write(tmp_path / "in", "Alder", 11))  # waits for the lock
        assert [report.stem for report in library.reports()] == ["Alder"]
