"""What a library survives: kills, damaged indexes, a full disk, a folder that cannot be written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run
from fakes import HashEncoder
from test_library import write

from rag import Library, Settings
from rag.errors import StoreError
from rag.store import vector_folder

LINES = " - ".join(f"Berth {{name}} number{number} rose {number}.5% [{number}]" for number in range(1, 41))
NAMES = tuple(f"port{number}" for number in range(27))  # 1,080 passages: Chroma saves its index at 1,000


def long_report(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_text(f"{name}: berths\nMILL RESEARCH·2025-04-03 08:00\n\nCore Views - {LINES.format(name=name)}\n")
    return path


@pytest.fixture(autouse=True)
def asked_of_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.store.store.EXACT_BELOW", 0)
    monkeypatch.setattr("rag.store.vector_index.OPEN_AFTER", 0)
    monkeypatch.setattr("rag.store.vector_index.WAIT", 60.0)


def open_at(home: Path) -> Library:
    return Library.open(Settings.load(rag_home=home, _env_file=None), encoder=HashEncoder())


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose vector segment is on disk; copy it."""
    folder = tmp_path_factory.mktemp("saved")
    with open_at(folder / "library") as library:
        library.add_many([long_report(folder / "in", name) for name in NAMES])
        assert library.index.size() == 40 * len(NAMES)
    return folder / "library"


@pytest.fixture
def home(saved: Path, tmp_path: Path) -> Path:
    return shutil.copytree(saved, tmp_path / "library")  # with the times of its files


def segment(home: Path, name: str) -> Path:
    (found,) = (home / "vectors").glob(f"gen-*/*/{name}")
    return found


def assert_all_found(library: Library, through_chroma: bool) -> None:
    for name in (NAMES[3], NAMES[11]):
        vector = next(iter(library.index.vectors([library.passages(library.report(name).id)[7].id]).values()))
        assert next(iter(library.index.dense(vector, 3, None)))[:16] == library.report(name).id[:16]
        best = library.retrieve(f"Berth {name} number8", limit=1, reports=[name])[0]
        assert f"{name} number8" in best.passage.text and best.lexical > 0
    assert (library.index.vectors_index._held is not None) == through_chroma


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwritten(path: Path) -> None:
    times, size = path.stat(), path.stat().st_size
    path.write_bytes(os.urandom(min(size, 4096)) + bytes(max(0, size - 4096)))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


FILES = ("header.bin", "data_level0.bin", "link_lists.bin", "length.bin", "index_metadata.pickle")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("header.bin", truncated),
        ("data_level0.bin", Path.unlink),
        ("index_metadata.pickle", Path.unlink),
        ("../chroma.sqlite3", truncated),
        ("../chroma.sqlite3", Path.unlink),
    ],
)
def test_a_damaged_vector_index_is_rebuilt_at_the_start(home: Path, name: str, damage: Callable[[Path], None]) -> None:
    damage(segment(home, "header.bin").parent / name)
    with open_at(home) as library:
        assert any("vector index was rebuilt from the ledger" in notice for notice in library.notices)
        assert_all_found(library, through_chroma=True)


def test_damage_that_neither_size_nor_time_shows_is_found_before_chroma_opens_it(home: Path, tmp_path: Path) -> None:
    for name in FILES:
        overwritten(segment(home, name))
    with open_at(home) as library:
        assert_all_found(library, through_chroma=False)
        library.add(write(tmp_path / "in", "Alder"))
        assert_all_found(library, through_chroma=True)


@pytest.mark.parametrize("damage", [truncated, overwritten])
def test_damage_that_ends_the_process_which_opens_chroma_ends_no_other(
    home: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """The state file is made to vouch for the damaged files, as for a flaw that Chroma itself has written."""
    state = json.loads((home / "vectors/state.json").read_text())
    for name in FILES:
        path = segment(home, name)
        damage(path)
        known = f"{path.parent.name}/{name}"
        state["files"][known] = [path.stat().st_size, path.stat().st_mtime_ns, zlib.crc32(path.read_bytes())]
    (home / "vectors/state.json").write_text(json.dumps(state))
    with open_at(home) as library:
        assert library.notices == ()
        assert_all_found(library, through_chroma=False)
    with open_at(home) as library:
        assert any("vector index was rebuilt" in notice for notice in library.notices)
        assert_all_found(library, through_chroma=True)


def test_damage_while_the_library_is_open_loses_nothing(home: Path, tmp_path: Path) -> None:
    with open_at(home) as library:
        assert_all_found(library, through_chroma=True)
        for name in FILES:
            truncated(segment(home, name))
        library.add_many([long_report(tmp_path / "in", f"more{number}") for number in range(27)])
        library.remove("port3")
        library.add(long_report(tmp_path / "in", "port3"))
        library.index.catch_up()
        shutil.rmtree(home / "vectors")
        library.add(write(tmp_path / "in", "Alder"))
        assert_all_found(library, through_chroma=True)
    with open_at(home) as library:
        assert_all_found(library, through_chroma=True)


@pytest.mark.skipif(sys.platform != "linux", reason="threads are kept on a core on Linux")
def test_rows_are_written_on_one_core_and_searched_on_any(monkeypatch: pytest.MonkeyPatch) -> None:
    def cores() -> set[frozenset[int]]:
        return {frozenset(os.sched_getaffinity(int(thread))) for thread in os.listdir("/proc/self/task")}

    before, seen = cores(), []
    monkeypatch.setattr(vector_folder, "add", lambda *rows: seen.append(cores()))
    folders, over = vector_folder.Folders(), threading.Event()
    folders._open["here"] = (None, None)
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        folders._do_write("here", {"gone": [], "added": []}, b"")
        assert cores() == before
    finally:
        over.set()
        other.join()
    ((core,),) = seen
    assert len(core) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="threads are kept on a core on Linux")
def test_a_thread_that_starts_while_the_others_are_released_is_released_too(monkeypatch: pytest.MonkeyPatch) -> None:
    listed, asked = iter([["1"], ["1", "2"], ["1", "2"]]), []
    monkeypatch.setattr(vector_folder, "_threads", lambda: next(listed))
    monkeypatch.setattr(os, "sched_setaffinity", lambda thread, cores: asked.append(thread))
    vector_folder._keep_on({0})
    assert asked == [1, 2]


def test_rows_are_written_where_the_core_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(path: Path) -> str:
        raise FileNotFoundError(path)

    before, written = os.sched_getaffinity(0) if sys.platform == "linux" else set(), []
    monkeypatch.setattr(Path, "read_text", missing)
    monkeypatch.setattr(vector_folder, "add", lambda *rows: written.append(rows))
    folders = vector_folder.Folders()
    folders._open["here"] = (None, None)
    assert folders.do({"do": "write", "path": "here", "gone": [], "added": []}, b"") == ({}, b"")
    assert len(written) == 1 and (os.sched_getaffinity(0) if sys.platform == "linux" else set()) == before


def test_the_end_of_the_process_that_holds_chroma_is_not_noticed_by_a_user(home: Path, tmp_path: Path) -> None:
    with open_at(home) as library:
        assert_all_found(library, through_chroma=True)
        library.index.vectors_index._worker._process.kill()
        library.index.vectors_index._worker._process.wait()
        assert library.retrieve("Berth port3 number8", limit=1)
        library.index.vectors_index._worker and library.index.vectors_index._worker._process.kill()
        library.add(write(tmp_path / "in", "Alder"))
        assert_all_found(library, through_chroma=True)
    with open_at(home) as library:
        assert library.notices == ()


def test_a_few_new_reports_wait_for_chroma_and_are_found_all_the_same(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.store.vector_index.LARGE", 1000)
    monkeypatch.setattr("rag.store.vector_index.LATER", 100)

    def found(library: Library, name: str) -> bool:
        vector = next(iter(library.index.vectors([library.passages(library.report(name).id)[7].id]).values()))
        return next(iter(library.index.dense(vector, 3, None)))[:16] == library.report(name).id[:16]

    with open_at(home) as library, open_at(home) as reader:
        index = library.index.vectors_index
        before = index.state()
        assert before is not None and before.count == 1080
        assert_all_found(reader, through_chroma=True)
        library.add(long_report(tmp_path / "in", "late1"))
        library.add(long_report(tmp_path / "in", "late2"))
        assert index.state() == before, "80 passages were written at once"
        assert found(library, "late2") and found(reader, "late1")
        assert_all_found(library, through_chroma=True)
    with open_at(home) as library:
        assert library.notices == () and found(library, "late1")
        library.add(long_report(tmp_path / "in", "late3"))
        state = library.index.vectors_index.state()
        assert state is not None and (state.count, state.sequence) == (1200, library.ledger.sequence())
        library.add(long_report(tmp_path / "in", "late4"))
        assert found(library, "late4") and library.index.vectors_index.state() == state
        library.remove("late4")
        state = library.index.vectors_index.state()
        assert state is not None and (state.count, state.sequence) == (1200, library.ledger.sequence())
        assert_all_found(library, through_chroma=True)


def test_killed_writers_leave_whole_reports(run_python: Run) -> None:
    """A short run of the script that kills; see its text for a long one."""
    done = run_python(str(ROOT / "tools/crash.py"), "--kills", "3", "--longest", "3", "--seed", "11")
    assert done.returncode == 0, done.stdout + done.stderr


FULL = """
import resource, sys
from pathlib import Path
from fakes import HashEncoder
from rag import Library
from rag.store import vector_worker
from rag.library_add import commit

def limit(size):
    for pid in (0, vector_worker.shared()._process.pid):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

good, late = sys.argv[2:4], sys.argv[4:]
with Library.open(encoder=HashEncoder()) as library:
    library.add_many(good)
    limit(int(sys.argv[1]))
    results = library.add_many(late)
    failed = [r.message for r in results if r.status == "failed"]
    print(len(failed), *failed[:1], sep="\\n")
    assert all(library.retrieve("Berth number8", limit=1, reports=[Path(p).stem]) for p in good)
    for report in library.reports():
        assert library.passages(report.id) and library.source(report.id).read_bytes(), report.file
    limit(resource.RLIM_INFINITY)
    assert {r.status for r in library.add_many(late)} <= {"added", "unchanged"}
with Library.open(encoder=HashEncoder()) as library:
    for path in good + late:
        best = library.retrieve("Berth number8", limit=1, reports=[Path(path).stem])[0]
        assert Path(path).stem in best.passage.text and best.lexical > 0
    assert not library.index.lexical_index.problem("") and len(library.reports()) == len(good + late)
    assert not list(library.files.glob("*.new")) + list(library.files.glob("*.part"))
"""


@pytest.mark.parametrize("size", [0, 100_000, 500_000])
def test_a_full_disk_loses_nothing_and_adding_goes_on_when_there_is_room(
    size: int, tmp_path: Path, run_python: Run, offline_env: dict[str, str]
) -> None:
    """A limit on the size of files stands for a disk that is full at some point of adding."""
    paths = [str(long_report(tmp_path / "in", f"port{number}")) for number in range(8)]
    env = {"RAG_HOME": str(tmp_path / "home"), "PYTHONPATH": offline_env["PYTHONPATH"] + f":{ROOT / 'tests'}"}
    done = run_python("-c", FULL, str(size), *paths, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    count, *message = done.stdout.splitlines()
    if int(count):
        assert "free disk space" in message[0] and "stored" in message[0]


READ = """
import sys
from fakes import HashEncoder
from rag import Library
from rag.errors import StoreError
with Library.open(encoder=HashEncoder()) as library:
    print(*library.notices)
    assert "12%" in library.ask("How much did throughput of Alder rise?").text
    assert "12%" in library.retrieve("throughput of Alder", limit=1)[0].passage.text
    assert library.source("Alder").read_bytes()
    (result,) = library.add_many(sys.argv[1:])
    print(result.status, result.message)
    try:
        library.remove("Alder")
    except StoreError as error:
        print(error)
    assert len(library.reports()) == 1
"""


def without_writing(home: Path) -> list[str]:
    """Take away the right to write in a folder; the start of a command that does not get around that, as root does."""
    for path in [home, *home.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []


def test_a_folder_that_cannot_be_written_can_be_read(tmp_path: Path, offline_env: dict[str, str]) -> None:
    with open_at(tmp_path / "home") as library:
        library.add(write(tmp_path / "in", "Alder", 12))
    other = write(tmp_path / "in", "Birch", 34)
    env = offline_env | {"RAG_HOME": str(tmp_path / "home")}
    env["PYTHONPATH"] += f":{ROOT / 'tests'}"
    start = without_writing(tmp_path / "home")
    done = subprocess.run([*start, sys.executable, "-c", READ, str(other)], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    notice, added, removed = done.stdout.splitlines()
    assert notice.endswith("home cannot be written: its reports can be searched, but not changed.")
    assert added.startswith("failed") and "make the library's folder writable" in added
    assert "make the library's folder writable" in removed
    for path in [tmp_path / "home", *(tmp_path / "home").rglob("*")]:
        path.chmod(0o755)


def test_files_of_another_ledger_are_told_of_and_left_alone(tmp_path: Path) -> None:
    with open_at(tmp_path / "home") as library:
        kept = library.source(library.add(write(tmp_path / "in", "Alder")).id)
    (tmp_path / "home/ledger.sqlite3").unlink()
    with open_at(tmp_path / "home") as library:
        assert any("belong to no report" in notice for notice in library.notices)
        library.add(write(tmp_path / "in", "Birch", 34))
    with open_at(tmp_path / "home") as library:
        assert kept.exists()
        assert [result.status for result in library.add_many([tmp_path / "home/files"])].count("added") == 1
        assert not any("Alder" in item.passage.text for item in library.retrieve("throughput", reports=["Birch"]))
        assert {report.title for report in library.reports()} == {"Harbour Alder: note", "Harbour Birch: note"}


def test_what_was_half_done_is_finished_or_dropped_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with open_at(tmp_path / "home") as library:
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr("rag.store.files.settle", killed)
            library.add(write(tmp_path / "in", "Alder", 12))
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(library.ledger, "put", killed)
            library.add(write(tmp_path / "in", "Birch", 34))
    with open_at(tmp_path / "home") as library:
        assert any("1 report had not been taken in" in notice for notice in library.notices)
        assert [report.stem for report in library.reports()] == ["Alder"]
        assert [path.name for path in library.files.iterdir()] == [library.source("Alder").name]
    with open_at(tmp_path / "home") as library, pytest.raises(StoreError, match="missing"):
        library.source("Alder").unlink()
        library.source("Alder")
