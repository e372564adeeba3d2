"""Reading in worker processes: the same result as here, limits kept, one bad file never stops the others."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import column, draw

from rag import Library, Settings
from rag.errors import ReaderError
from rag.ingest import ahead, nursery, worker_pool
from rag.ingest.job import pack, request_for, unpack
from rag.ingest.nursery import Nursery
from rag.ingest.pipeline import Prepared, embed, embedded_text, prepare, to_node
from rag.ingest.worker_pool import WorkerPool
from rag.language.embeddings import builtin
from rag.readers import pdf as reader
from rag.readers import pdf_shares, read_bytes
from rag.types import Found, Locator, PageSpan, Passage, Report

LINES = ["Orders grew in every region during the year, and", "the backlog at its end was as high as ever."]
ID = "ab" * 32
# What a worker runs in these tests: the real one, except that files of some names do what bad files do.
FAULTS = """
import os, sys, time
sys.path[:] = sys.argv[1].split(sys.argv[2])
from rag.ingest import job as ingest_job
from rag.ingest import worker
real, real_parsed = ingest_job.prepare, ingest_job.prepare_parsed
def prepare(data, report_id, name, *more):
    fault(name)
    return real(data, report_id, name, *more)
def prepare_parsed(parsed, report_id, file, *more):
    fault(os.path.basename(file))
    return real_parsed(parsed, report_id, file, *more)
def fault(name):
    if "crash" in name:
        os.abort()
    if "raise" in name:
        raise ZeroDivisionError("a bug in a library")
    if "hang" in name:
        print("hanging", os.getpid(), file=sys.stderr, flush=True)
        time.sleep(600)
    if "greedy" in name:
        held = bytearray(2**40)
ingest_job.prepare, ingest_job.prepare_parsed = prepare, prepare_parsed
worker.serve(int(sys.argv[3]))
"""


@pytest.fixture
def faults(monkeypatch):
    monkeypatch.setattr(worker_pool, "_START", FAULTS)


def pdf(text: str = "") -> bytes:
    return draw(lambda canvas: column(canvas, 60, 100, [*LINES, text]))


def read(pool: WorkerPool, name: str, data: bytes, embed: bool = True) -> Prepared:
    return unpack(*pool.run(name, request_for(ID, name, f"in/{name}", 2**25, embed), data))


def same(a: Prepared, b: Prepared) -> bool:
    assert a.vectors is not None and b.vectors is not None
    return (a.report, a.text, a.pages, a.passages) == (b.report, b.text, b.pages, b.passages) and bool(
        np.array_equal(a.vectors, b.vectors)
    )


def test_a_worker_gives_what_reading_here_gives():
    data = pdf()
    with_vectors = prepare(data, ID, "a.pdf", "in/a.pdf", 2**25, builtin())
    pool = WorkerPool(1)
    try:
        assert same(read(pool, "a.pdf", data), with_vectors)
        assert read(pool, "a.pdf", data, embed=False).vectors is None
    finally:
        pool.close()


def test_a_passage_is_embedded_as_its_llamaindex_node_would_be():
    from llama_index.core.schema import MetadataMode

    prepared = prepare(pdf(), ID, "a.pdf", "in/a.pdf", 2**25, None)
    assert prepared.passages
    for passage in prepared.passages:
        node = to_node(prepared.report, passage)
        assert node.get_content(MetadataMode.EMBED) == embedded_text(prepared.report, passage)
    other = HashEncoder()
    texts = [embedded_text(prepared.report, passage) for passage in prepared.passages if passage.searchable]
    assert np.allclose(embed(prepared.report, prepared.passages, other), other.passages(texts))


def test_bad_files_are_reported_and_the_worker_is_replaced(faults):
    pool = WorkerPool(1, seconds=60)
    good = pdf()
    try:
        expected = read(pool, "good.pdf", good)
        for name, reason in (
            ("crash.pdf", "stopped the process that read it"),
            ("raise.pdf", "ZeroDivisionError: a bug in a library"),
            ("greedy.pdf", "needs more memory"),
        ):
            with pytest.raises(ReaderError, match=f"{name}.*{reason}"):
                read(pool, name, good)
            assert same(read(pool, "good.pdf", good), expected)
        pool.seconds = 0.2
        with pytest.raises(ReaderError, match=r"hang\.pdf took longer than 0\.2 s"):
            read(pool, "hang.pdf", good)
    finally:
        pool.close()


def test_a_worker_that_ended_between_two_files_is_no_failure():
    pool = WorkerPool(1)
    try:
        first = read(pool, "a.pdf", pdf())
        (worker,) = pool._running
        worker.kill()
        assert same(read(pool, "a.pdf", pdf()), first)
    finally:
        pool.close()


forked = pytest.mark.skipif(not nursery.available(), reason="workers are forked on Linux")


def parent(worker) -> int:
    return int(Path(f"/proc/{worker._process.pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


@forked
def test_workers_are_forked_from_one_process_that_ends_with_the_pool(faults):
    pool, good = WorkerPool(2), pdf()
    try:
        expected = read(pool, "good.pdf", good)
        second = pool._ready("b.pdf", None, {})[0]
        made_by = pool._nursery._process
        assert {parent(worker) for worker in pool._running} == {made_by.pid}
        assert len({worker._process.pid for worker in pool._running}) == 2
        with pytest.raises(ReaderError, match=r"stopped the process that read it \(signal 6\)"):
            read(pool, "crash.pdf", good)
        second.kill()
        assert second._process.wait(20) == -signal.SIGKILL
        assert same(read(pool, "good.pdf", good), expected)
        assert pool._nursery._process is made_by
    finally:
        pool.close()
    assert made_by.returncode == 0 and pool._nursery is None


@forked
def test_workers_outlive_the_process_they_were_forked_from():
    pool = WorkerPool(1)
    try:
        first = read(pool, "a.pdf", pdf())
        (worker,) = pool._running
        pool._nursery._process.kill()
        pool._nursery._process.wait()
        assert same(read(pool, "a.pdf", pdf()), first)
        assert pool._running == {worker}
        worker.kill()
        assert same(read(pool, "a.pdf", pdf()), first)
        assert pool._running != {worker}
    finally:
        pool.close()


@forked
def test_processes_without_work_end_and_come_back(monkeypatch):
    soon = FAULTS.replace("worker.serve", "nursery.IDLE_SECONDS = worker.IDLE_SECONDS = 0.05; worker.serve")
    monkeypatch.setattr(worker_pool, "_START", soon.replace("import worker", "import nursery, worker"))
    pool = WorkerPool(1)
    try:
        first = read(pool, "a.pdf", pdf())
        assert pool._nursery._process.wait(20) == 0
        assert same(read(pool, "a.pdf", pdf()), first)
    finally:
        pool.close()


@forked
def test_workers_are_forked_also_where_the_caller_leaves_its_children_to_the_system(faults):
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # which processes that it starts inherit
    pool = WorkerPool(1)
    try:
        read(pool, "good.pdf", pdf())
        made_by = pool._nursery._process.pid
        with pytest.raises(ReaderError, match=r"stopped the process that read it \(signal 6\)"):
            read(pool, "crash.pdf", pdf())
        read(pool, "good.pdf", pdf())
        assert pool._nursery._process.pid == made_by
    finally:
        pool.close()
        signal.signal(signal.SIGCHLD, before)


def test_a_process_that_does_not_start_is_not_kept(monkeypatch):
    monkeypatch.setattr(worker_pool, "_START", "raise SystemExit('no')")
    pool = WorkerPool(1)
    try:
        with pytest.raises(ReaderError, match=r"did not start \(no\)"):
            read(pool, "a.pdf", pdf())
        assert pool._running == set()
    finally:
        pool.close()


@forked
def test_an_answer_that_comes_too_late_is_not_taken_for_the_next_one():
    made = Nursery([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ), 0.05)
    try:
        with pytest.raises(TimeoutError):
            made._ask(0)
        with pytest.raises(OSError, match="descriptor"):
            made._ask(0)
    finally:
        made._process.kill()
        made.close()


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux")
def test_nothing_is_forked_where_processes_have_no_descriptors(monkeypatch):
    def refused(pid):
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(os, "pidfd_open", refused)
    assert not nursery.available()


@pytest.mark.parametrize("known", [True, False])
def test_workers_are_started_one_by_one_where_they_cannot_be_forked(known, monkeypatch):
    if known:
        monkeypatch.setattr(nursery, "available", lambda: False)
    else:
        monkeypatch.setattr(Nursery, "_ask", lambda *asked: -errno.EAGAIN)
    pool = WorkerPool(1)
    try:
        assert same(read(pool, "a.pdf", pdf()), prepare(pdf(), ID, "a.pdf", "in/a.pdf", 2**25, builtin()))
        assert pool._nursery is None and not pool._forks
    finally:
        pool.close()


def test_closing_ends_a_worker_in_the_middle_of_a_file(faults):
    pool = WorkerPool(1)
    future = pool.submit("hang.pdf", request_for(ID, "hang.pdf", "hang.pdf", 2**25, False), b"")
    while not any("hanging" in worker._last_words() for worker in pool._running):
        assert not future.done()
        threading.Event().wait(0.01)
    pool.close()
    with pytest.raises(ReaderError):
        future.result(timeout=10)


def test_the_memory_limit_holds():
    pool = WorkerPool(1, memory_mb=400)
    large = b"<html><body>" + b"<p>A paragraph among very many.</p>" * 600_000
    try:
        with pytest.raises(ReaderError, match="memory"):
            read(pool, "large.html", large)
        assert read(pool, "small.md", b"# Title\n\nA paragraph.\n").passages
    finally:
        pool.close()


@pytest.mark.parametrize("share", [ahead.SHARE_BYTES, 1])
def test_one_bad_file_stops_nothing_and_order_is_kept(share, monkeypatch, faults, tmp_path, rag_home):
    monkeypatch.setattr(ahead, "SHARE_BYTES", share)
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["a.pdf", "b-crash.pdf", "c.pdf", "e-greedy.pdf", "f-raise.pdf", "g.txt", "h.pdf"]
    for name in names:
        data = f"# Plain text {name}\n\nA paragraph.\n".encode() if name.endswith("txt") else pdf(f"This is {name}.")
        (folder / name).write_bytes(data)
    seen = []
    with Library.open(Settings.load(rag_workers=2)) as library:
        results = library.add_many([folder], on_progress=seen.append)
        assert [Path(result.file).name for result in results] == names
        failed = {Path(result.file).name for result in results if result.status == "failed"}
        assert failed == {"b-crash.pdf", "e-greedy.pdf", "f-raise.pdf"}
        assert [Path(report.file).name for report in library.reports()] == ["a.pdf", "c.pdf", "g.txt", "h.pdf"]
        assert library.retrieve("Which file is this? h.pdf")
    done = [progress for progress in seen if progress.result is not None]
    assert [progress.result for progress in done] == results
    assert [progress.done for progress in done] == list(range(1, 8))
    assert done[-1].bytes_done == done[-1].bytes_total == sum(path.stat().st_size for path in folder.iterdir())


def pages(count: int) -> bytes:
    lines = [[*LINES, f"This is on page {number}."] for number in range(1, count + 1)]
    return draw(*[partial(column, x=60, top=100, lines=part) for part in lines])


def test_a_pdf_read_in_shares_is_what_it_is_when_read_by_one(monkeypatch):
    data = pages(7)
    monkeypatch.setattr(pdf_shares, "LEAST_PAGES", 2)
    for of in (1, 2, 5):  # the last two of five shares are empty
        shares = [pdf_shares.read_share(data, "a.pdf", index, of) for index in range(of)]
        assert pdf_shares.join(shares, "a.pdf") == reader.parse(data, "a.pdf")
        assert pdf_shares.join(shares, "a.txt") == read_bytes(data, "a.txt")  # with a word on its name
    assert [len(json.loads(pdf_shares.read_share(data, "a.pdf", index, 5))) for index in range(5)] == [2, 2, 3, 0, 0]


def test_a_share_with_too_much_text_is_not_kept(monkeypatch):
    monkeypatch.setattr(reader, "MAX_CHARS", 300)
    with pytest.raises(ReaderError, match=r"a\.pdf has more than 300 characters of text by page 3"):
        pdf_shares.read_share(pages(7), "a.pdf", 0, 1)
    with pytest.raises(ReaderError, match="by page 3"):
        read_bytes(pages(7), "a.pdf")


def test_shares_that_wait_end_with_the_pool():
    pool, held = WorkerPool(1), threading.Event()
    pool._submit(held.wait)
    waiting = pool.submit_shares("a.pdf", {}, b"", 2)
    closing = threading.Thread(target=pool.close)
    closing.start()
    try:
        with pytest.raises(CancelledError):
            waiting.result(20)
    finally:
        held.set()
        closing.join()


def test_workers_share_a_long_pdf():
    request, data = request_for(ID, "long.pdf", "in/long.pdf", 2**25, True), pages(60)
    pool = WorkerPool(2)
    try:
        shared = unpack(*pool.submit_shares("long.pdf", request, data, 2).result())
        assert same(shared, prepare(data, ID, "long.pdf", "in/long.pdf", 2**25, builtin()))
        with pytest.raises(ReaderError, match=r"torn\.pdf is damaged or cut off"):
            pool.submit_shares("torn.pdf", request | {"name": "torn.pdf"}, data[:2_000], 2).result()
    finally:
        pool.close()


def test_files_that_are_long_beside_those_behind_them_are_read_in_shares(tmp_path, rag_home, monkeypatch):
    monkeypatch.setattr(ahead, "SHARE_BYTES", 1)
    folder, shared = tmp_path / "in", []
    folder.mkdir()
    for name, count in (("a", 1), ("b-long", 40), ("c", 1), ("d", 1), ("e", 1)):
        (folder / f"{name}.pdf").write_bytes(pages(count))
    of_pool = WorkerPool.submit_shares

    def submit_shares(pool, name, *more):
        shared.append(name)
        return of_pool(pool, name, *more)

    monkeypatch.setattr(WorkerPool, "submit_shares", submit_shares)
    with Library.open(Settings.load(rag_workers=2)) as library:
        results = library.add_many([folder])
    assert [(result.status, result.report.pages) for result in results] == [("added", n) for n in (1, 40, 1, 1, 1)]
    assert shared == ["b-long.pdf", "d.pdf", "e.pdf"]


def test_a_small_text_starts_no_process(seeds, library, monkeypatch):
    monkeypatch.setattr(worker_pool, "_START", "raise SystemExit('no process was wanted')")
    assert [result.status for result in library.add_many([seeds])] == ["added"]


def test_another_encoder_embeds_in_the_library_s_own_process(tmp_path, rag_home):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    encoder = HashEncoder()
    with Library.open(encoder=encoder) as library:
        report = library.add(path)
        assert [embedded_text(report, p) for p in library.passages(report.id)] == encoder.seen


def test_an_interrupted_batch_keeps_what_was_stored(tmp_path, rag_home, monkeypatch):
    monkeypatch.setattr(ahead, "SHARE_BYTES", 1)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.pdf").write_bytes(pdf(f"Number {number} of twelve."))

    def stop(progress):
        if progress.done == 3:
            raise KeyboardInterrupt

    with Library.open() as library:
        with pytest.raises(KeyboardInterrupt):
            library.add_many([folder], on_progress=stop)
        assert [Path(report.file).name for report in library.reports()] == ["00.pdf", "01.pdf", "02.pdf"]
        assert not library.workers._running
        again = library.add_many([folder])
        assert [result.status for result in again] == ["unchanged"] * 3 + ["added"] * 9


def test_workers_end_with_the_process_that_started_them(tmp_path, offline_env):
    """Also when it is killed in the middle of a file and can do nothing about it."""
    script = tmp_path / "parent.py"
    script.write_text(
        "from rag.ingest import worker_pool\n"
        f"worker_pool._START = {FAULTS!r}\n"
        "from rag.ingest.job import request_for\n"
        "import threading\n"
        "pool = worker_pool.WorkerPool(1)\n"
        "pool.submit('hang.pdf', request_for('ab', 'hang.pdf', 'hang.pdf', 1000, False), b'')\n"
        "while not any('hanging' in worker._last_words() for worker in pool._running):\n"
        "    threading.Event().wait(0.01)\n"
        "print(next(iter(pool._running))._last_words().split()[1], flush=True)\n"
        "threading.Event().wait()\n"
    )
    parent = subprocess.Popen([sys.executable, str(script)], env=offline_env, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert ended(worker, within=20)


def ended(pid: int, within: float) -> bool:
    limit = time.monotonic() + within
    while time.monotonic() < limit:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        threading.Event().wait(0.02)
    return False


words = st.text(max_size=8)
numbers = st.integers(0, 9)
founds = st.builds(Found, words, words, words, st.none() | numbers, st.none() | numbers, st.none() | numbers)


@st.composite
def prepared_files(draw: st.DrawFn) -> Prepared:
    text = draw(st.text(max_size=40))
    passages = []
    for ordinal in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        locator = Locator(draw(st.sampled_from(["mark", "page"])), tuple(draw(st.lists(numbers, max_size=2))))
        passages.append(
            Passage(
                f"{ID[:16]}-{ordinal:05d}", ID, ordinal, text[start:end], start, end, "table", locator, draw(numbers),
                tuple(draw(st.lists(words, max_size=2))), draw(st.none() | numbers), "zh", draw(st.booleans()),
            )
        )  # fmt: skip
    report = Report(ID, draw(words), "a.pdf", "pdf", "en", provenance=tuple(draw(st.lists(founds, max_size=2))))
    pages = tuple(draw(st.lists(st.builds(PageSpan, numbers, numbers, numbers, st.none() | words), max_size=3)))
    rows = sum(passage.searchable for passage in passages)
    return Prepared(report, text, pages, tuple(passages), np.arange(rows * 3, dtype=np.float32).reshape(rows, 3))


@given(prepared_files())
def test_nothing_is_lost_on_the_way(prepared):
    message, attached = pack(prepared)
    assert same(unpack(json.loads(json.dumps(message)), attached), prepared)
