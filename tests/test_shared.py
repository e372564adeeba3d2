"""One library for many: a ledger in PostgreSQL, vectors on a Chroma server; the same results as in a folder."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import servers
from conftest import ROOT, Run
from fakes import HashEncoder
from test_library import write

from rag import Library, Settings
from rag.errors import BusyError, StoreError
from rag.store.vector_server import ServerIndex

QUESTIONS = ("throughput of Birch on new cranes", "What rating does Cedar have?", "码头吞吐量增长多少")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.ChromaServer]:
    server = servers.ChromaServer(tmp_path_factory.mktemp("chroma") / "data")
    yield server
    server.stop()


@pytest.fixture
def database(postgres: str, request: pytest.FixtureRequest) -> str:
    """The address of a new, empty database."""
    import psycopg

    name = f"test_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return f"{postgres}/{name}"


@pytest.fixture(autouse=True)
def asked_of_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small libraries search vectors exactly; here every search goes to Chroma."""
    monkeypatch.setattr("rag.store.store.EXACT_BELOW", 0)
    monkeypatch.setattr("rag.store.vector_index.OPEN_AFTER", 0)
    monkeypatch.setattr("rag.store.vector_index.WAIT", 60.0)
    monkeypatch.setattr("rag.store.vector_server.LOOK_AGAIN", 0.0)
    monkeypatch.setattr("rag.store.vector_server.RETRY", 0.0)


def open_at(home: Path, **settings: Any) -> Library:
    return Library.open(Settings.load(rag_home=home, _env_file=None, **settings), encoder=HashEncoder())


def told(library: Library) -> list[Any]:
    """All that a user sees of a library: its reports, what it finds, what it answers."""
    answers = [library.ask(question).to_dict() for question in QUESTIONS]
    for answer in answers:
        answer.pop("diagnostics")
    found = [item.to_dict() for question in QUESTIONS for item in library.retrieve(question, limit=5)]
    return [report.to_dict() for report in library.reports()] + found + answers


def live(library: Library, folder: Path) -> None:
    """Add, replace, edit and remove."""
    names = ("Alder", "Birch", "Cedar", "Dogwood")
    library.add_many([write(folder, name, figure) for figure, name in enumerate(names, 11)])
    write(folder, "Birch", 77)
    assert [result.status for result in library.add_many([folder / "Birch.txt"])] == ["replaced"]
    library.edit("Cedar", broker="New Mill", date="2025-07-01")
    library.remove("Dogwood")
    write(folder, "Birch", 12)
    write(folder, "Dogwood", 14)


@pytest.mark.parametrize("where", ["postgres", "server", "postgres and server"])
def test_the_same_results_as_in_a_folder(
    where: str, tmp_path: Path, database: str, chroma_server: servers.ChromaServer
) -> None:
    settings = {"database_url": database} if "postgres" in where else {}
    settings |= {"chroma_url": chroma_server.url} if "server" in where else {}
    with open_at(tmp_path / "plain") as plain:
        live(plain, tmp_path / "in")
        wanted = told(plain)
    with open_at(tmp_path / "home", **settings) as shared:
        live(shared, tmp_path / "in")
        assert told(shared) == wanted
        if "server" in where:
            assert isinstance(shared.index.vectors_index, ServerIndex)
            assert shared.index.vectors_index.sequence == shared.ledger.sequence(), "it was searched on the server"
            assert not (tmp_path / "home" / "vectors").exists()
    with open_at(tmp_path / "home", **settings) as again:
        assert again.notices == ()
        assert told(again) == wanted
    if "postgres" in where:
        with open_at(tmp_path / "other machine", **settings) as other:
            assert told(other) == wanted
            report = other.reports()[0]
            (tmp_path / "home" / "files").rename(tmp_path / "gone")
            assert other.source(report.id).read_bytes() == (tmp_path / "in" / "Alder.txt").read_bytes()


WRITER = """
import sys
from fakes import HashEncoder
from rag import Library
with Library.open(encoder=HashEncoder()) as library:
    print("open", flush=True)
    sys.stdin.readline()
    for result in library.add_many(sys.argv[1:]):
        assert result.status == "added", result.message
"""


def start(home: Path, env: dict[str, str], *args: str, program: str = WRITER) -> subprocess.Popen[str]:
    env = env | {"RAG_HOME": str(home)}
    env["PYTHONPATH"] += f":{ROOT / 'tests'}"
    return subprocess.Popen(
        [sys.executable, "-c", program, *args], env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def test_two_machines_write_and_a_third_that_is_open_all_the_time_sees_both(
    tmp_path: Path, database: str, chroma_server: servers.ChromaServer, offline_env: dict[str, str], monkeypatch: Any
) -> None:
    monkeypatch.setattr("rag.store.store.PATIENCE", 0.0)
    folders = [tmp_path / "one", tmp_path / "two"]
    for number, folder in enumerate(folders):
        for figure in range(5):
            write(folder, f"Report{number}x{figure}", 10 * number + figure + 11)
    env = offline_env | {"DATABASE_URL": database, "CHROMA_URL": chroma_server.url}
    with open_at(tmp_path / "reader", database_url=database, chroma_url=chroma_server.url) as reader:
        assert reader.reports() == []
        writers = [start(tmp_path / f"home {folder.name}", env, str(folder)) for folder in folders]
        for writer in writers:
            assert writer.stdout and writer.stdout.readline() == "open\n"
        for writer in writers:
            assert writer.stdin
            writer.stdin.write("go\n")
            writer.stdin.close()
        for writer in writers:
            with writer:
                assert writer.wait(120) == 0
        assert len(reader.reports()) == 10
        for report in reader.reports():
            best = reader.retrieve(f"throughput of {report.stem}", limit=1, reports=[report.id])[0]
            assert report.stem in best.passage.text and best.lexical > 0
        assert reader.index.vectors_index.problem(reader.encoder.fingerprint) is None


HOLDER = """
from fakes import HashEncoder
from rag import Library
import sys
with Library.open(encoder=HashEncoder()) as library, library.lock.hold():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_writer_elsewhere_keeps_others_out_until_it_dies(
    tmp_path: Path, database: str, offline_env: dict[str, str]
) -> None:
    writer = start(tmp_path / "there", offline_env | {"DATABASE_URL": database}, program=HOLDER)
    with writer, open_at(tmp_path / "here", database_url=database) as library:
        assert writer.stdout and writer.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match="wait until it has finished"), library.lock.hold(wait=0.1):
            pytest.fail("two writers at once")
        assert library.reports() == []
        writer.kill()
        writer.wait()
        library.add(write(tmp_path / "in", "Alder"))


def test_killed_writers_leave_whole_reports_in_both_servers(
    tmp_path: Path, database: str, chroma_server: servers.ChromaServer, run_python: Run
) -> None:
    env = {"DATABASE_URL": database, "CHROMA_URL": chroma_server.url}
    done = run_python(str(ROOT / "tools/crash.py"), "--kills", "2", "--longest", "2", "--seed", "7", env=env)
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_the_server_reports_are_added_and_found_and_it_catches_up_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = servers.ChromaServer(tmp_path / "data")
    try:
        with open_at(tmp_path / "home", chroma_url=server.url) as library:
            library.add(write(tmp_path / "in", "Alder", 12))
            server.stop()
            assert "12%" in library.retrieve("throughput of Alder", limit=1)[0].passage.text
            library.add(write(tmp_path / "in", "Birch", 34))
            assert "34%" in library.retrieve("throughput of Birch", limit=1)[0].passage.text
            (said,) = {record.message for record in caplog.records if "behind until then" in record.message}
            assert server.url in said and "cannot be reached" in said
        with open_at(tmp_path / "home", chroma_url=server.url) as library:
            assert any("cannot be reached" in notice for notice in library.notices)
        server.start()
        with open_at(tmp_path / "home", chroma_url=server.url) as library:
            assert any("took in 1 changed report" in notice for notice in library.notices)
            assert "34%" in library.retrieve("throughput of Birch", limit=1)[0].passage.text
            assert library.index.vectors_index.sequence == library.ledger.sequence()
    finally:
        server.stop()


@pytest.mark.parametrize("loss", ["deleted", "emptied", "unfinished"])
def test_a_collection_that_is_not_what_it_says_is_built_anew(
    loss: str, tmp_path: Path, chroma_server: servers.ChromaServer
) -> None:
    from rag.store import chroma_import

    with open_at(tmp_path / "home", chroma_url=chroma_server.url) as library:
        library.add(write(tmp_path / "in", "Alder", 12))
        name = f"reports-{library.ledger.identity}"
    client = chroma_import.connect(chroma_server.url, None, None, None)
    collection = client.get_collection(name, embedding_function=None)
    if loss == "deleted":
        client.delete_collection(name)
    elif loss == "emptied":
        collection.delete(collection.get()["ids"][:1])
    else:
        collection.modify(metadata=dict(collection.metadata or {}) | {"clean": False})
    chroma_import.disconnect(client)
    with open_at(tmp_path / "home", chroma_url=chroma_server.url) as library:
        assert any("vector index was rebuilt" in notice for notice in library.notices)
        assert "12%" in library.retrieve("throughput of Alder", limit=1)[0].passage.text
        assert library.index.vectors_index.sequence == library.ledger.sequence()


def test_a_server_that_never_answers_is_told_in_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.store.chroma_import.CONNECT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with open_at(tmp_path / "home", chroma_url=url) as library:
            library.add(write(tmp_path / "in", "Alder", 12))
            assert "12%" in library.retrieve("throughput of Alder", limit=1)[0].passage.text
            (said,) = library.index.catch_up()
            assert "timed out" in said and url in said


def test_chroma_cloud_is_asked_through_its_own_client_within_its_limits(
    tmp_path: Path, chroma_server: servers.ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cloud cannot be reached from a test: its constructor is replaced, and what it makes is a local server's client."""
    import chromadb
    from chromadb.api.models.Collection import Collection

    made: list[dict[str, Any]] = []
    sizes: list[int] = []
    create, add = chromadb.api.client.Client.create_collection, Collection.add

    def cloud(settings: Any, **arguments: Any) -> Any:
        made.append(arguments)
        return chromadb.HttpClient(port=chroma_server.port, settings=settings)

    def create_collection(self: Any, name: str, configuration: Any, **others: Any) -> Any:
        assert configuration == {"spann": {"space": "cosine"}}
        return create(self, name, configuration={"hnsw": {"space": "cosine"}}, **others)

    def counted(self: Any, ids: Any, **others: Any) -> Any:
        sizes.append(len(ids))
        return add(self, ids=ids, **others)

    monkeypatch.setattr(chromadb, "CloudClient", cloud)
    monkeypatch.setattr(chromadb.api.client.Client, "create_collection", create_collection)
    monkeypatch.setattr(Collection, "add", counted)
    keys = {"chroma_api_key": "canary", "chroma_tenant": "t", "chroma_database": "d"}
    with open_at(tmp_path / "home", **keys) as library:
        library.add_many([write(tmp_path / "in", f"Alder{number}", number) for number in range(11, 121)])
        assert "55%" in library.retrieve("throughput of Alder55", limit=1, reports=["Alder55"])[0].passage.text
    assert made[0] == {"api_key": "canary", "tenant": "t", "database": "d"}
    assert max(sizes) <= 300 and sum(sizes) == 330


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "DATABASE_URL"),
        ("mysql://user:hidden@127.0.0.1/x", "mysql"),
        ("postgresql://user:hidden@127.0.0.1:1/x", "cannot be reached"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence_without_its_password(
    url: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=says) as caught:
        open_at(tmp_path / "home", database_url=url)
    assert "hidden" not in str(caught.value) and "\n" not in str(caught.value)


def test_a_ledger_that_goes_away_and_comes_back_leaves_the_library_usable(
    tmp_path: Path, database: str, postgres: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Connections that the server has closed are noticed and replaced."""
    import psycopg

    caplog.set_level(logging.ERROR)
    with open_at(tmp_path / "home", database_url=database) as library:
        library.add(write(tmp_path / "in", "Alder", 12))
        with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'")
        assert "12%" in library.retrieve("throughput of Alder", limit=1)[0].passage.text
        library.add(write(tmp_path / "in", "Birch", 34))
        assert len(library.reports()) == 2
