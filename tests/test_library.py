"""Keeping reports, on real SQLite, Chroma and tantivy: add, replace, remove, edit, recover; nothing stored is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder

from rag import Library, Settings
from rag.errors import BusyError, InputError, ModelMismatch, ReaderError, StoreError
from rag.ingest.pipeline import embed

BODY = 'Harbour {name}: note\nOLD MILL RESEARCH·2025-04-0{day} 08:00\n\nInvestment Rating - {name} is rated "Buy" [1] Core Views - Throughput of {name} rose {figure}% on new cranes [2][4] - 码头吞吐量增长{figure}% [5]\n'


def write(folder: Path, name: str, figure: int = 12, day: int = 3) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_text(BODY.format(name=name, figure=figure, day=day), encoding="utf-8")
    return path


def settings(home: Path) -> Settings:
    return Settings.load(rag_home=home, _env_file=None)


def found(library: Library, question: str) -> list[str]:
    return [item.passage.text for item in library.retrieve(question, limit=3)]


@pytest.fixture(params=["exact", "chroma"])
def searched(request, monkeypatch):
    """Small libraries search vectors exactly; with the limit at 0 every search goes to Chroma."""
    if request.param == "chroma":
        monkeypatch.setattr("rag.store.store.EXACT_BELOW", 0)
        monkeypatch.setattr("rag.store.vector_index.OPEN_AFTER", 0)
        monkeypatch.setattr("rag.store.vector_index.WAIT", 60.0)
    return request.param


def test_the_same_bytes_change_nothing(rag_home, tmp_path):
    path = write(tmp_path / "in", "Alder")
    with Library.open(settings(rag_home)) as library:
        first = library.add(path)
        (again,) = library.add_many([path])
        assert again.status == "unchanged"
        assert again.report == first
        assert len(library.reports()) == 1
        ids = [passage.id for passage in library.passages(first.id)]
    with Library.open(settings(rag_home)) as library:
        assert [passage.id for passage in library.passages(first.id)] == ids


def test_a_file_seen_elsewhere_leaves_nothing_to_repair(rag_home, tmp_path):
    path = write(tmp_path / "in", "Alder")
    with Library.open(settings(rag_home)) as library:
        library.add(path)
        path.rename(path.with_name("moved.txt"))
        (result,) = library.add_many([tmp_path / "in"])
        assert (result.status, "Moved here" in result.message) == ("unchanged", True)
    with Library.open(settings(rag_home)) as library:
        assert (library.notices, library.reports()[0].stem) == ((), "moved")


def test_an_empty_path_is_not_the_current_folder(rag_home):
    with Library.open(settings(rag_home)) as library, pytest.raises(InputError, match="path is empty"):
        library.add_many(["  "])


def test_a_changed_file_replaces_its_predecessor(rag_home, tmp_path, searched):
    path = write(tmp_path / "in", "Alder", 12)
    with Library.open(settings(rag_home)) as library:
        old = library.add(path)
        write(tmp_path / "in", "Alder", 47)
        (result,) = library.add_many([path])
        assert result.status == "replaced"
        assert [report.id for report in library.reports()] == [result.report.id] != [old.id]
        assert "47%" in " ".join(found(library, "throughput growth"))
        assert "12%" not in " ".join(found(library, "throughput growth"))


def test_an_embedding_that_fails_leaves_the_old_version(rag_home, tmp_path):
    class Failing(HashEncoder):
        broken = False

        def passages(self, texts):
            if self.broken:
                raise StoreError("the embedding service is down")
            return super().passages(texts)

    path = write(tmp_path / "in", "Alder", 12)
    encoder = Failing()
    with Library.open(settings(rag_home), encoder=encoder) as library:
        library.add(path)
        write(tmp_path / "in", "Alder", 47)
        encoder.broken = True
        (result,) = library.add_many([path])
        assert result.status == "failed"
        encoder.broken = False
        assert "12%" in " ".join(found(library, "throughput growth"))


def test_removed_reports_are_not_found(rag_home, tmp_path, searched):
    with Library.open(settings(rag_home)) as library:
        library.add_many([write(tmp_path / "in", "Alder", 12), write(tmp_path / "in", "Birch", 33)])
        library.remove("Alder")
        assert [report.stem for report in library.reports()] == ["Birch"]
        assert all("Alder" not in text for text in found(library, "Alder rating"))
        with pytest.raises(InputError):
            library.remove("Alder")


def test_a_correction_survives_adding_again(rag_home, tmp_path):
    path = write(tmp_path / "in", "Alder")
    with Library.open(settings(rag_home)) as library:
        report = library.add(path)
        assert library.edit(report.id, broker="New Mill").broker == "New Mill"
        library.remove(report.id)
        assert library.add(path).broker == "New Mill"
        with pytest.raises(InputError):
            library.edit(report.id, colour="red")


def test_a_correction_that_a_new_version_inherits_is_embedded_with_it(rag_home, tmp_path):
    path = write(tmp_path / "in", "Alder", 12)
    encoder = HashEncoder()
    with Library.open(settings(rag_home), encoder=encoder) as library:
        library.edit(library.add(path).id, broker="Quite Another Broker")
        write(tmp_path / "in", "Alder", 47)
        report = library.add(path)
        assert report.broker == "Quite Another Broker"
        passages = library.passages(report.id)
        stored = library.index.vectors([passage.id for passage in passages])
        assert np.allclose(list(stored.values()), embed(report, passages, encoder))


def test_another_model_is_refused_until_reindex(rag_home, tmp_path):
    with Library.open(settings(rag_home), encoder=HashEncoder()) as library:
        library.add(write(tmp_path / "in", "Alder"))
    with Library.open(settings(rag_home), encoder=HashEncoder(version="2")) as library:
        with pytest.raises(ModelMismatch, match="reindex"):
            library.ask("What rating does Alder have?")
        assert library.reindex() == 3
        assert not library.ask("What rating does Alder have?").refused


def test_a_correction_between_an_interrupted_reindex_and_its_end_is_embedded(rag_home, tmp_path):
    path = write(tmp_path / "in", "Alder")
    with Library.open(settings(rag_home), encoder=HashEncoder()) as library:
        report = library.add(path)
    other = HashEncoder(version="2")
    with Library.open(settings(rag_home), encoder=other) as library:

        def interrupt(progress):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            library.reindex(on_progress=interrupt)
    with Library.open(settings(rag_home), encoder=HashEncoder()) as library:
        report = library.edit(report.id, broker="Quite Another Broker")
    with Library.open(settings(rag_home), encoder=other) as library:
        library.reindex()
        passages = library.passages(report.id)
        stored = library.index.vectors([passage.id for passage in passages])
        assert np.allclose(list(stored.values()), embed(report, passages, other))


def test_chroma_finds_what_exact_search_finds(rag_home, tmp_path, monkeypatch):
    with Library.open(settings(rag_home)) as library:
        library.add_many(
            [write(tmp_path / "in", name, number) for number, name in enumerate(["Alder", "Birch", "Cedar"], 11)]
        )
        vector = library.encoder.queries(["throughput on new cranes"])[0]
        exact = library.index.dense(vector, 5, None)
        monkeypatch.setattr("rag.store.store.EXACT_BELOW", 0)
        monkeypatch.setattr("rag.store.vector_index.OPEN_AFTER", 0)
        monkeypatch.setattr("rag.store.vector_index.WAIT", 60.0)
        through = library.index.dense(vector, 5, None)
        assert list(exact) == list(through)
        assert np.allclose(list(exact.values()), list(through.values()), atol=1e-4)
        one = library.reports()[0].id
        assert {id_[:16] for id_ in library.index.dense(vector, 5, frozenset({one}))} == {one[:16]}


@pytest.mark.parametrize("part", ["vectors", "lexical"])
def test_a_lost_or_damaged_index_is_rebuilt_from_the_ledger(rag_home, tmp_path, part, searched):
    with Library.open(settings(rag_home)) as library:
        library.add(write(tmp_path / "in", "Alder"))
    shutil.rmtree(rag_home / part)
    (rag_home / part).write_text("not a folder")
    (rag_home / part).unlink()
    with Library.open(settings(rag_home)) as library:
        assert any("rebuilt" in notice for notice in library.notices)
        assert "Alder" in found(library, "Alder rating")[0]


def test_a_dirty_index_is_rebuilt(rag_home, tmp_path):
    with Library.open(settings(rag_home)) as library:
        library.add(write(tmp_path / "in", "Alder"))
    for damaged in (rag_home / "lexical").rglob("*"):
        if damaged.is_file() and damaged.suffix in (".idx", ".term", ".store", ".pos", ".fast"):
            damaged.write_bytes(b"\0" * 8)
    with Library.open(settings(rag_home)) as library:
        assert "Alder" in found(library, "Alder rating")[0]


def test_a_damaged_ledger_is_one_sentence(rag_home, tmp_path):
    with Library.open(settings(rag_home)) as library:
        library.add(write(tmp_path / "in", "Alder"))
    (rag_home / "ledger.sqlite3").write_bytes(b"scrambled" * 100)
    with pytest.raises(StoreError, match="damaged"):
        Library.open(settings(rag_home))


def test_a_home_that_is_a_file_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="RAG_HOME"):
        Library.open(settings(tmp_path / "file"))


def test_one_writer_at_a_time_and_readers_go_on(rag_home, tmp_path, monkeypatch):
    path = write(tmp_path / "in", "Alder")
    with Library.open(settings(rag_home)) as writer, Library.open(settings(rag_home)) as reader:
        writer.add(path)
        assert [report.stem for report in reader.reports()] == ["Alder"]
        assert "Alder" in found(reader, "Alder rating")[0]
        with writer.lock.hold(), pytest.raises(BusyError), reader.lock.hold(wait=0.0):
            pytest.fail("two writers at once")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("binary.txt", bytes(range(256)) * 20),
        ("noise.pdf", b"%PDF-1.4\nnothing of a PDF"),
        ("sheet.xlsx", b"PK\x03\x04 not a workbook"),
    ],
)
def test_a_bad_file_never_stops_the_others(rag_home, tmp_path, name, data):
    good = write(tmp_path / "in", "Alder")
    (tmp_path / "in" / name).write_bytes(data)
    with Library.open(settings(rag_home)) as library:
        by_name = {Path(result.file).name: result for result in library.add_many([tmp_path / "in"])}
        assert by_name[good.name].status == "added"
        assert by_name[name].status == "failed"
        assert by_name[name].message.count("\n") == 0 and by_name[name].message.endswith(".")
        with pytest.raises(ReaderError):
            library.add(tmp_path / "in" / name)
        assert len(library.reports()) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(rag_home, tmp_path, encoding):
    path = write(tmp_path / "in", "Alder")
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    with Library.open(settings(rag_home)) as library:
        report = library.add(path)
        assert "码头吞吐量增长12%" in [passage.text for passage in library.passages(report.id)]


def test_the_kept_copy_is_the_file(rag_home, tmp_path):
    path = write(tmp_path / "in", "Alder")
    with Library.open(settings(rag_home)) as library:
        report = library.add(path)
        data = path.read_bytes()
        path.unlink()
        assert library.source(report.id).read_bytes() == data


@pytest.mark.parametrize(("idle", "last", "folded"), [(1, 1, 1), (1_000, 1, 0), (1, 1_000, 1)])
def test_the_indexes_are_written_while_a_file_is_waited_for(idle, last, folded, rag_home, tmp_path, monkeypatch):
    monkeypatch.setattr("rag.library_add.IDLE_FOLD", idle)
    monkeypatch.setattr("rag.library_add.LAST_FOLD", last)
    monkeypatch.setattr("rag.ingest.ahead.Job.ready", False)
    folder = [write(tmp_path / "in", name) for name in ("alder", "birch", "cedar")]
    with Library.open(settings(rag_home)) as library:
        seen = []

        def look(progress):
            state = library.index.vectors_index.state()
            seen.append((progress.result is None, state.count if state is not None else 0))

        added = library.add_many(folder, on_progress=look)
        each = added[0].report.passages
        assert [waiting for waiting, _ in seen] == [True, False] * 3
        before, after = folded * each, 2 * each if last == 1 else each
        assert [count for _, count in seen] == [0, 0, 0, before, before, after]
        assert library.index.vectors_index.state().count == 3 * each


def test_the_index_tells_which_terms_stand_in_a_report(rag_home, tmp_path):
    with Library.open(settings(rag_home)) as library:
        first, second = (
            library.add(write(tmp_path / "in", name, figure)) for name, figure in (("alder", 12), ("birch", 31))
        )
        asked = frozenset({"alder", "birch", "31%", "吞吐", "量吞"})
        assert library.index.report_terms(first.id, asked) == {"alder", "吞吐"}
        assert library.index.report_terms(second.id, asked) == {"birch", "31%", "吞吐"}
        write(tmp_path / "in", "alder", 31)
        changed = library.add(tmp_path / "in" / "alder.txt")
        assert library.index.report_terms(changed.id, asked) == {"alder", "31%", "吞吐"}
        assert library.index.report_terms(first.id, asked) == frozenset()
