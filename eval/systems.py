"""Three ways to search the same files, measured alike: this project, the LlamaIndex quick start, plain BM25.

The quick start is what its documentation shows: SimpleDirectoryReader, the default SentenceSplitter, a persistent
Chroma collection, and the sources that a CitationQueryEngine would show its model, with the same embedding as
this project. It needs ``llama-index-readers-file``, ``pypdf``, ``docx2txt`` and ``striprtf`` to read PDF and Word files. BM25 (k1 1.2, b 0.75; S.
Robertson, H. Zaragoza 2009) runs over paragraphs split at blank lines, words at spaces, in memory.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.cases import UsageError

_ENDS = (".txt", ".md", ".pdf", ".docx", ".html")


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

    def search_in(self, stem: str, question: str, limit: int) -> object:
        """The same within one report: what a filter costs."""

    def size(self) -> int: ...

    def close(self) -> None: ...


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

    def search_in(self, stem: str, question: str, limit: int) -> object:
        return self.library.retrieve(question, limit=limit, reports=[stem])

    def size(self) -> int:
        return sum(report.passages for report in self.library.reports())

    def close(self) -> None:
        self.library.close()


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

    def search_in(self, stem: str, question: str, limit: int) -> object:
        from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters

        named = MetadataFilter(key="file_name", value=[stem + end for end in _ENDS], operator=FilterOperator.IN)
        filters = MetadataFilters(filters=[named])
        return self.index.as_retriever(similarity_top_k=limit, filters=filters).retrieve(question)

    def size(self) -> int:
        return int(self.collection.count())

    def close(self) -> None:
        """Chroma's client has nothing to close."""


def _same_embedding(home: Path) -> Any:
    """This project's embedding as one of LlamaIndex; ``home``: a folder for the library that lends it."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    from eval.runner import settings_for
    from rag import Library

    with Library.open(settings_for(home)) as library:
        encoder = library.encoder

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
            "run `pip install --no-deps llama-index-readers-file pypdf docx2txt striprtf`, or leave it out with --system."
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

    def search_in(self, stem: str, question: str, limit: int) -> object:
        return [piece for piece in self.search(question, len(self.pieces)) if piece.stem == stem][:limit]

    def size(self) -> int:
        return len(self.pieces)

    def close(self) -> None:
        """Nothing is held outside this process."""


SYSTEMS: dict[str, Callable[[Path], System]] = {"ours": Ours, "quickstart": QuickStart, "bm25": Words}
