"""Three ways to search the same files, measured alike: this project, the LlamaIndex quick start, plain BM25.

The quick start is what its documentation shows: SimpleDirectoryReader, the default SentenceSplitter, a persistent
Chroma collection, and the sources that a CitationQueryEngine would show its model, with the same embedding as
this project. It needs ``llama-index-readers-file`` and ``docx2txt`` to read PDF and Word files. BM25 (k1 1.2, b 0.75; S.
Robertson, H. Zaragoza 2009) runs over paragraphs split at blank lines, words at spaces, in memory.
"""

from __future__ import annotations

import json
import math
import re
import resource
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.cases import UsageError


@dataclass(frozen=True, slots=True)
class Found:
    """A retrieved piece of text: the stem of its file, its 1-based page where known."""

    stem: str
    page: int | None
    text: str


class System(Protocol):
    """What is measured. ``size``: pieces of text that can be found."""

    def add(self, paths: Sequence[Path]) -> int: ...

    def search(self, question: str, limit: int) -> list[Found]: ...

    def size(self) -> int: ...


class Ours:
    """This project, through its public library."""

    def __init__(self, home: Path) -> None:
        from eval.runner import settings_for
        from rag import Library

        self.library = Library.open(settings_for(home))

    def add(self, paths: Sequence[Path]) -> int:
        results = self.library.add_many(paths)
        return sum(result.status == "failed" for result in results)

    def search(self, question: str, limit: int) -> list[Found]:
        found = self.library.retrieve(question, limit=limit)
        return [Found(item.report.stem, item.passage.page, item.passage.text) for item in found]

    def search_one_report(self, question: str, limit: int) -> None:
        """The same within one report: what a filter costs."""
        self.library.retrieve(question, limit=limit, reports=[self.library.reports()[0].id])

    def size(self) -> int:
        return sum(report.passages for report in self.library.reports())


class QuickStart:
    """LlamaIndex as its quick start and its citation example show it."""

    def __init__(self, home: Path) -> None:
        import chromadb
        from chromadb.config import Settings
        from llama_index.core import VectorStoreIndex
        from llama_index.vector_stores.chroma import ChromaVectorStore

        client = chromadb.PersistentClient(str(home), Settings(anonymized_telemetry=False))
        self.collection = client.get_or_create_collection("quickstart")
        store = ChromaVectorStore(chroma_collection=self.collection)
        self.index = VectorStoreIndex.from_vector_store(store, embed_model=_same_embedding(home.with_name("embedding")))
        self._engine: Any = None

    def add(self, paths: Sequence[Path]) -> int:
        from llama_index.core import SimpleDirectoryReader

        _need_readers(paths)
        failed = 0
        for path in paths:
            given = {"input_dir": str(path), "recursive": True} if path.is_dir() else {"input_files": [str(path)]}
            reader = SimpleDirectoryReader(**given, raise_on_error=False)
            documents = reader.load_data()
            failed += len(reader.input_files) - len({d.metadata.get("file_path") for d in documents})
            nodes = _split(documents)
            self.index.insert_nodes(nodes)
        return failed

    def search(self, question: str, limit: int) -> list[Found]:
        from llama_index.core import QueryBundle
        from llama_index.core.llms import MockLLM
        from llama_index.core.query_engine import CitationQueryEngine

        if self._engine is None:
            self._engine = CitationQueryEngine.from_args(self.index, llm=MockLLM(), similarity_top_k=limit)
        nodes = self._engine.retrieve(QueryBundle(question))
        return [_found(node.node) for node in self._engine._create_citation_nodes(nodes)][:limit]

    def size(self) -> int:
        return int(self.collection.count())


def _same_embedding(home: Path) -> Any:
    """This project's embedding as one of LlamaIndex; ``home``: a folder for the library that lends it."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    from eval.runner import settings_for
    from rag import Library

    encoder = Library.open(settings_for(home)).encoder

    class Same(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            vector: list[float] = encoder.queries([query])[0].tolist()
            return vector

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = encoder.passages(texts).tolist()
            return vectors

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return Same(embed_batch_size=512)


def _need_readers(paths: Sequence[Path]) -> None:
    """Raises UsageError when PDF or Word files are to be read and LlamaIndex's readers of them are not installed."""
    from importlib.util import find_spec

    files = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    if not any(file.suffix.lower() in (".pdf", ".docx") for file in files):
        return
    if find_spec("docx2txt") is None or find_spec("llama_index.readers") is None:
        raise UsageError(
            "The LlamaIndex quick start cannot read PDF and Word files here; "
            "run `pip install llama-index-readers-file docx2txt`, or leave it out with --system."
        )


def _split(documents: Sequence[Any]) -> list[Any]:
    from llama_index.core.node_parser import SentenceSplitter

    nodes: list[Any] = SentenceSplitter().get_nodes_from_documents(documents)
    return nodes


def _found(node: Any) -> Found:
    label = str(node.metadata.get("page_label", ""))
    name = str(node.metadata.get("file_name", ""))
    return Found(Path(name).stem, int(label) if label.isdigit() else None, node.get_content())


class Words:
    """Plain BM25 in memory: nothing is kept, nothing is understood."""

    def __init__(self, home: Path) -> None:
        self.pieces: list[Found] = []
        self.lengths: list[int] = []
        self.postings: dict[str, list[tuple[int, int]]] = {}

    def add(self, paths: Sequence[Path]) -> int:
        from llama_index.core import SimpleDirectoryReader

        _need_readers(paths)
        for path in paths:
            given = {"input_dir": str(path), "recursive": True} if path.is_dir() else {"input_files": [str(path)]}
            for document in SimpleDirectoryReader(**given, raise_on_error=False).load_data():
                place = _found(document)
                for text in filter(str.strip, re.split(r"\n\s*\n", document.get_content())):
                    self._index(Found(place.stem, place.page, text))
        return 0

    def _index(self, piece: Found) -> None:
        counts = Counter(piece.text.lower().split())
        for word, count in counts.items():
            self.postings.setdefault(word, []).append((len(self.pieces), count))
        self.pieces.append(piece)
        self.lengths.append(sum(counts.values()))

    def search(self, question: str, limit: int) -> list[Found]:
        total = len(self.pieces)
        mean = sum(self.lengths) / total if total else 1.0
        scores: dict[int, float] = {}
        for word in set(question.lower().split()):
            found = self.postings.get(word, [])
            rarity = math.log(1 + (total - len(found) + 0.5) / (len(found) + 0.5))
            for piece, count in found:
                norm = 1.2 * (0.25 + 0.75 * self.lengths[piece] / mean)
                scores[piece] = scores.get(piece, 0.0) + rarity * count * 2.2 / (count + norm)
        best = sorted(scores, key=lambda piece: (-scores[piece], piece))[:limit]
        return [self.pieces[piece] for piece in best]

    def size(self) -> int:
        return len(self.pieces)


SYSTEMS: dict[str, Callable[[Path], System]] = {"ours": Ours, "quickstart": QuickStart, "bm25": Words}


def measure(
    system: str, home: Path, corpus: Sequence[Path], questions: Sequence[str], askers: int, one_more: Path | None = None
) -> dict[str, Any]:
    """Add the corpus, search it one by one and by many at once, add ``one_more``; seconds, milliseconds, megabytes."""
    out: dict[str, Any] = {}
    engine = _timed(out, "start_seconds", lambda: SYSTEMS[system](home))
    out["failed_files"] = _timed(out, "add_seconds", lambda: engine.add(corpus))
    out["pieces"] = engine.size()
    out["peak_mb_after_add"] = _peak_mb()
    _timed(out, "first_search_seconds", lambda: engine.search("warm up", 10))
    out["results"] = []
    out["search_ms"] = []
    for question in questions:
        started = time.perf_counter()
        found = engine.search(question, 10)
        out["search_ms"].append((time.perf_counter() - started) * 1000)
        out["results"].append([[item.stem, item.page, item.text] for item in found])
    if isinstance(engine, Ours):
        out["filtered_ms"] = [_ms(engine.search_one_report, question) for question in questions[:100]]
    if askers:
        out["concurrent"] = concurrent(engine, questions, askers)
    if one_more:
        _timed(out, "one_more_seconds", lambda: engine.add([one_more]))
    out["peak_mb"] = _peak_mb()
    out["disk_mb"] = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 2**20
    return out


def concurrent(engine: System, questions: Sequence[str], askers: int) -> dict[str, Any]:
    """All questions by ``askers`` threads at once, each taking the next one: milliseconds each, questions a second."""
    times: list[float] = []
    waiting = list(questions)
    lock = threading.Lock()

    def ask() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                question = waiting.pop()
            took = _ms(engine.search, question)
            with lock:
                times.append(took)

    threads = [threading.Thread(target=ask) for _ in range(askers)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"ms": times, "per_second": len(times) / max(time.perf_counter() - started, 1e-9)}


def _ms(search: Callable[[str, int], object], question: str) -> float:
    started = time.perf_counter()
    search(question, 10)
    return (time.perf_counter() - started) * 1000


def _timed(out: dict[str, Any], name: str, work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = work()
    out[name] = time.perf_counter() - started
    return result


def _peak_mb() -> float:
    """The most memory this process has held, in megabytes (ru_maxrss is in kilobytes, on macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def main(spec_file: str) -> None:
    """What the benchmark starts for each measurement, so that memory and caches are one system's own."""
    spec = json.loads(Path(spec_file).read_text(encoding="utf-8"))
    corpus = [Path(path) for path in spec["corpus"]]
    one_more = Path(spec["one_more"]) if spec.get("one_more") else None
    out = measure(spec["system"], Path(spec["home"]), corpus, spec["questions"], spec["askers"], one_more)
    Path(spec["out"]).write_text(json.dumps(out), encoding="utf-8")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except UsageError as failure:
        sys.exit(str(failure))
