"""A folder with every kind of bad file: each is reported with its reason, all others go in, nothing stored is lost."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import bad_files
import pytest
from conftest import Run

from rag import Library, library_add
from rag.cli import main
from rag.errors import ReaderError
from rag.ingest.pipeline import prepare, read_file
from rag.store.rows import Entry
from rag.types import AddResult

OTHERS = {  # what is no file of ``bad_files.FILES``: status and what the message says
    "26-copy-of-01.pdf": ("unchanged", "Has the same bytes as .*01-good.pdf"),
    "27-huge.txt": ("failed", "300.0 MB, the limit is 50 MB"),
    "28-pipe.txt": ("failed", "not a regular file"),
    "30-link-out.txt": ("failed", "link out of the folder"),
    "31-gone.txt": ("failed", "does not exist"),
    "32-round.txt": ("failed", "leads back to itself"),
    "inner.txt": ("added", ""),
}


def test_every_bad_file_is_reported_and_the_rest_goes_in(tmp_path: Path, run_python: Run) -> None:
    folder = tmp_path / "in"
    env = {"RAG_HOME": str(tmp_path / "home"), "RAG_WORKER_MB": "700"}
    keep = tmp_path / "kept.txt"
    keep.write_text("What was in the library before stays in it, whatever is added.\n")
    assert run_python("-m", "rag", "add", str(keep), env=env).returncode == 0
    bad_files.make(folder)
    done = run_python("-m", "rag", "add", str(folder), "--json", env=env)
    assert (done.returncode, done.stderr) == (1, "")
    results = {Path(result["file"]).name: result for result in json.loads(done.stdout)["results"]}
    expected = {name: ("added" if taken else "failed", said) for name, (_, taken, said) in bad_files.FILES.items()}
    expected |= OTHERS | {path.name: ("added", "") for path in folder.glob("*-good.pdf")}
    assert {name: result["status"] for name, result in results.items()} == {n: e[0] for n, e in expected.items()}
    for name, (_, said) in expected.items():
        told = " ".join([results[name]["message"], *results[name]["warnings"]])
        assert re.search(said, told), (name, told)
        assert bool(told) == bool(said), (name, told)
    os.environ["RAG_HOME"] = str(tmp_path / "home")
    with Library.open() as library:
        assert len(library.reports()) == 1 + sum(status == "added" for status, _ in expected.values())
        for question, file in (
            ("What stays in the library?", "kept.txt"),
            ("good file number 41", "41-good.pdf"),
            ("הכנסות החברה", "12-right-to-left.pdf"),
            ("营业收入达到多少亿元", "21-gb18030.txt"),
            ("Calls rose in the quarter", "15-scripts.html"),
            ("picture far larger than the page", "13-huge-picture.pdf"),
        ):
            assert question and file in {Path(item.report.file).name for item in library.retrieve(question, limit=4)}
        everything = "".join(library.text(report.id) for report in library.reports())
        assert "stolen" not in everything and "hidden words" not in everything and "Not in the folder" not in everything


def test_the_same_name_with_other_bytes_replaces(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(bad_files.pdf("The first version."))
    library.add(path)
    path.write_bytes(bad_files.pdf("The second version."))
    (result,) = library.add_many([path])
    assert result.status == "replaced" and len(library.reports()) == 1
    path.write_bytes(bad_files.no_pages())
    (result,) = library.add_many([path])
    assert result.status == "failed"
    assert "The second version." in library.text(library.reports()[0].id)


def test_what_is_no_file_is_told_from_one_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for path, reason in (
        (tmp_path / "pipe.pdf", "is a pipe"),
        (tmp_path, "is a folder"),
        (Path("/dev/zero"), "is a device"),
        (tmp_path / "absent.pdf", "No such file"),
        (tmp_path / ("x" * 300), "name too long"),
        (Path("nul\0byte"), "null byte"),
    ):
        with pytest.raises(ReaderError, match=reason):
            read_file(path, 1000)


def test_a_file_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    path, other = tmp_path / "secret.pdf", tmp_path / "open.pdf"
    path.write_bytes(bad_files.pdf("Not for everybody."))
    other.write_bytes(bad_files.pdf("For everybody."))
    opened = Path.open

    def refuse(self: Path, *args: object, **options: object) -> object:
        if self == path:  # root may read everything, so the refusal has to be played
            raise PermissionError(13, "Permission denied", str(path))
        return opened(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    results = library.add_many([path, other])
    assert [result.status for result in results] == ["failed", "added"]
    assert "secret.pdf cannot be read (Permission denied)" in results[0].message


def test_a_disk_without_room_for_a_file_loses_nothing(tmp_path: Path, offline_env: dict[str, str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (1, 3):
        (folder / f"{number}.pdf").write_bytes(bad_files.pdf(f"Small file number {number}."))
    (folder / "2.pdf").write_bytes(bad_files.pdf("Large.") + b"%" * 40 * 2**20)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30 * 2**20, 30 * 2**20))

    done = subprocess.run(
        [sys.executable, "-m", "rag", "add", str(folder)],
        env=offline_env | {"RAG_HOME": str(tmp_path / "home")},
        preexec_fn=little_room, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert re.search(r"failed +\S*2\.pdf: .*cannot be written \(File too large\)", done.stderr), done.stderr
    assert "2 added, 1 failed; the library holds 2 reports." in done.stdout
    assert not [path for path in (tmp_path / "home" / "files").iterdir() if path.stat().st_size > 2**20]


@pytest.mark.parametrize(
    ("number", "code", "word"), [(signal.SIGINT, 130, "Interrupted"), (signal.SIGTERM, 143, "Ended")]
)
def test_a_signal_ends_adding_cleanly(
    number: signal.Signals, code: int, word: str, tmp_path: Path, offline_env: dict[str, str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n:02}.pdf").write_bytes(bad_files.pdf(f"File number {n} of many."))
    env = offline_env | {"RAG_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "rag", "add", str(folder)]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    ) as adding:  # fmt: skip
        assert adding.stdout is not None and adding.stderr is not None
        first = adding.stdout.readline()
        adding.send_signal(number)
        rest, err = adding.stdout.read(), adding.stderr.read()
    assert first.startswith("added")
    assert (adding.returncode, "Traceback" in err) == (code, False), err
    said = re.fullmatch(rf"{word}.*; (\d+) added until then\. The same command goes on from there\.\n", err)
    assert said, err
    os.environ["RAG_HOME"] = str(tmp_path / "home")
    with Library.open() as library:
        assert len(library.reports()) == int(said[1]) == 1 + rest.count("added ")
        assert library.notices == ()


def test_the_bar_shows_rate_and_lines_go_above_it(tmp_path: Path, offline_env: dict[str, str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.pdf").write_bytes(bad_files.pdf(f"File number {n}."))
    leader, follower = pty.openpty()
    env = offline_env | {"RAG_HOME": str(tmp_path / "home"), "TERM": "xterm-256color", "COLUMNS": "100"}
    command = [sys.executable, "-m", "rag", "add", str(folder)]
    with subprocess.Popen(command, env=env, stdout=follower, stderr=follower) as process:
        os.close(follower)
        shown = b""
        try:
            while part := os.read(leader, 65536):
                shown += part
        except OSError:  # Linux's way to say that the other end is closed
            os.close(leader)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert process.returncode == 0
    assert len(re.findall(r"[\r\n]added ", plain)) == 3
    assert (
        re.search(r"Adding \d\.pdf .* [1-3]/3 [\d.,]+ pages/s", plain)
        and "3 added; the library holds 3 reports." in plain
    )


def test_what_was_done_until_an_interruption_is_one_json_document(
    tmp_path: Path, rag_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_text(f"File number {n} of five, with words of its own.\n")
    commit, begun = library_add.commit, []

    def interrupted(library: Library, entry: Entry, data: bytes) -> AddResult:
        begun.append(entry)
        if len(begun) == 3:
            raise KeyboardInterrupt
        return commit(library, entry, data)

    monkeypatch.setattr(library_add, "commit", interrupted)
    assert main(["add", str(folder), "--json"]) == 130
    out, err = capsys.readouterr()
    done = json.loads(out)
    assert (done["added"], done["failed"], done["interrupted"]) == (2, 0, True)
    assert [Path(result["file"]).name for result in done["results"]] == ["0.txt", "1.txt"]
    assert "2 added until then" in err
    monkeypatch.undo()
    os.environ["RAG_HOME"] = str(rag_home)
    with Library.open() as library:
        assert {report.stem for report in library.reports()} == {"0", "1"}


def test_a_name_that_is_no_text_is_told_and_the_rest_goes_in(tmp_path: Path, run_python: Run) -> None:
    """Names in another encoding come out of old archives; neither the ledger nor JSON could hold them."""
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xd6\xd0\xce\xc4.txt")).write_text("A good file.\n")
    except OSError:
        pytest.fail("this file system takes no such names: run the tests where it does")
    (folder / "good.txt").write_text("A good file with a good name.\n")
    done = run_python("-m", "rag", "add", str(folder), "--json", env={"RAG_HOME": str(tmp_path / "home")})
    assert done.returncode == 1
    good, bad = sorted(json.loads(done.stdout)["results"], key=lambda result: str(result["status"]))
    assert (good["status"], bad["status"]) == ("added", "failed")
    assert "whose bytes are not UTF-8: rename it" in bad["message"] and "\\udcd6" in bad["file"]


@pytest.mark.parametrize("run", ["x", "A", "a@", "a-", "(", "1,", "Q1 ", "target price ", "。", "| "])
def test_a_run_without_end_is_read(run: str) -> None:
    """Patterns that look back over letters took minutes for it; nothing here is timed, but it has to come to an end."""
    prepared = prepare((run * 40_000)[:40_000].encode(), "0" * 64, "a.txt", "a.txt", 10**6, None)
    assert all(len(passage.text) < 2_000 for passage in prepared.passages)


def test_a_library_that_cannot_be_written_reads_no_file_for_nothing(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(bad_files.pdf("Not to be read."))
    monkeypatch.setattr(library.index, "read_only", True)
    monkeypatch.setattr(library.workers, "submit", lambda *_: pytest.fail("it was read"))
    (result,) = library.add_many([path])
    assert result.status == "failed" and "make the library's folder writable" in result.message


def test_a_process_that_cannot_be_started_fails_its_file_alone(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "note.pdf", tmp_path / "note.txt"
    path.write_bytes(bad_files.pdf("In a process of its own."))
    other.write_text("Read where it is.\n")
    monkeypatch.setattr("rag.ingest.worker_pool.sys.executable", str(tmp_path / "absent"))
    results = library.add_many([path, other])
    assert [result.status for result in results] == ["failed", "added"]
    assert "the reading process did not start (No such file or directory)" in results[0].message
