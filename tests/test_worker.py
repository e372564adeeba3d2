"""Reading in worker processes: the same result as here, limits kept, one bad file never stops the others."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import column, draw

from rag.errors import ReaderError
from rag.readers import read
from rag.readers.worker import ReaderPool, pack, read_isolated, unpack
from rag.types import Block, Found, PageSpan, Parsed

LINES = ["Orders grew in every region during the year, and", "the backlog at its end was as high as ever."]


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(draw(lambda canvas: column(canvas, 60, 100, LINES)))
    return path


def test_a_worker_gives_what_the_reader_gives(report):
    assert read_isolated(report) == read(report)


def test_many_files_come_back_with_one_bad_among_them(tmp_path, report):
    good = []
    for number in range(6):
        good.append(tmp_path / f"{number}.md")
        good[-1].write_text(f"# Title {number}\n\nA paragraph.\n")
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(report.read_bytes()[:300])
    with ReaderPool(2) as pool:
        results = dict(pool.read_many([*good, bad, report, tmp_path / "absent.pdf"]))
        assert {path.name: results[path].text[:9] for path in good} == {f"{n}.md": f"# Title {n}" for n in range(6)}
        assert "is damaged" in str(results[bad])
        assert "does not exist" in str(results[tmp_path / "absent.pdf"])
        assert results[report] == read(report)


def test_a_batch_can_be_left_early(tmp_path, report):
    with ReaderPool(2) as pool:
        for path, _ in pool.read_many([report] * 20):
            assert path == report
            break
        assert pool.read(report) == read(report)


def test_bytes_can_be_read_as_well_as_files(report):
    with ReaderPool(1) as pool:
        assert pool.read_bytes(report.read_bytes(), "report.pdf") == read(report)


def test_a_file_over_the_time_limit_is_given_up_and_the_next_is_read(tmp_path, report):
    slow = tmp_path / "slow.html"
    slow.write_text("<html><body>" + "<p>A paragraph among very many.</p>" * 400_000)
    with ReaderPool(1, seconds=60) as pool:
        pool.read(report)
        pool.seconds = 0.3
        begun = time.monotonic()
        with pytest.raises(ReaderError, match=r"slow\.html took longer than 0\.3 s"):
            pool.read(slow)
        assert time.monotonic() - begun < 10
        pool.seconds = 60
        assert pool.read(report) == read(report)


def test_a_file_over_the_memory_limit_is_refused(tmp_path):
    large, small = tmp_path / "large.html", tmp_path / "small.md"
    large.write_text("<html><body>" + "<p>A paragraph among very many.</p>" * 300_000)
    small.write_text("# Title\n\nA paragraph.\n")
    with ReaderPool(1, memory_mb=150) as pool:
        with pytest.raises(ReaderError, match="150 MB of memory"):
            pool.read(large)
        assert pool.read(small) == read(small)


words = st.text(max_size=8)
numbers = st.integers(0, 9)
blocks = st.builds(
    Block,
    st.sampled_from(["paragraph", "table"]),
    numbers,
    numbers,
    st.tuples() | st.tuples(numbers),
    st.tuples() | st.tuples(words, words),
    st.none() | numbers,
)
parsed = st.builds(
    Parsed,
    st.just("pdf"),
    words,
    st.lists(blocks).map(tuple),
    st.lists(st.builds(PageSpan, numbers, numbers, numbers, st.none() | words)).map(tuple),
    st.lists(st.builds(Found, words, words, words, st.none() | numbers)).map(tuple),
    st.lists(words).map(tuple),
)


@given(parsed)
def test_packing_loses_nothing(value):
    assert unpack(json.loads(json.dumps(pack(value)))) == value
