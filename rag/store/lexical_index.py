"""The lexical index: BM25 over analysed terms, on disk, with tantivy. A projection of the ledger.

Terms come from ``rag.language.analysis.terms``, so tantivy only splits at spaces. BM25 as in Lucene (k1 1.2, b 0.75;
https://docs.rs/tantivy/latest/tantivy/query/struct.Bm25Weight.html). This is the only file that imports tantivy.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rag.errors import StoreError
from rag.language.analysis import terms as analyse
from rag.store.folder import Folder, State
from rag.types import Language

FORMAT = "terms-5"  # of what is indexed; an index of another format is built anew
CONTEXT_WEIGHT = 0.35  # of the context field (title, broker, date, section) against the text of the passage
SMALL = 1_000  # passages: up to here building anew takes a moment, and scores do not depend on what was once there
_HEAP = 64 * 2**20
_LONGEST = 200  # characters of a term; tantivy refuses terms above 65,530 bytes


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """One passage as it is indexed: ``body`` its text, ``context`` its context line, ``tags`` its language and statements."""

    id: str
    report_id: str
    body: str
    context: str
    tags: tuple[str, ...] = ()


class LexicalIndex:
    """Searches by any thread; ``update`` and ``rebuild`` only by the holder of the library's write lock."""

    name = "lexical index"

    def __init__(self, root: Path, owner: str, read_only: bool = False) -> None:
        self._folder = Folder(root, lambda path: path.suffix != ".lock", owner)
        self._lock = threading.Lock()
        self._open: tuple[int, Any, Any] | None = None  # generation, index, searcher
        self._seen: State | None = None
        self._read_only = read_only
        self._links: TemporaryDirectory[str] | None = None

    def may_wait(self, passages: int) -> bool:
        """Never: only what is written here can be found by its words."""
        return False

    def problem(self, model: str) -> str | None:
        """Why it must be rebuilt, or None. The embedding model does not matter here, the format of the index does."""
        state = self._folder.read()
        if state is not None and state.model != FORMAT:
            return "it was written by another version"
        return self._folder.problem()

    def state(self) -> State | None:
        """What the projection on disk holds."""
        return self._folder.read()

    def exists(self) -> bool:
        """Whether anything was ever written here, sound or not."""
        return self._folder.exists()

    def worn(self) -> bool:
        """Whether it is better built anew: BM25 counts passages that were taken out until their segment is merged."""
        state = self._folder.read()
        return state is not None and state.dead > (0 if state.count + state.dead <= SMALL else state.count // 5)

    def update(self, gone: Iterable[str], added: Iterable[LexicalRow], sequence: int, model: str) -> None:
        """Take out all passages of the reports ``gone``, put in ``added``, and remember the ledger's sequence number."""
        state = self._folder.read()
        if state is None:
            raise StoreError("The lexical index has no state: rebuild it by opening the library again.")
        self._write(state, gone, added, sequence)

    def rebuild(self, added: Iterable[LexicalRow], sequence: int, model: str) -> None:
        """Build a new generation from all passages of the ledger."""
        generation = self._folder.fresh()
        self._write(State(generation, 0, FORMAT, 0), (), added, sequence)

    def _write(self, state: State, gone: Iterable[str], added: Iterable[LexicalRow], sequence: int) -> None:
        import tantivy

        path = self._folder.path(state.generation)
        if state.sequence:
            state = self._folder.begin(state)
        try:
            index = tantivy.Index(_schema(), path=str(path))
            _register(index)
            writer = index.writer(_HEAP, 1)
            for report_id in gone:
                writer.delete_documents_by_term("report", report_id)
            for row in added:
                writer.add_document(_document(row))
            writer.commit()
            writer.wait_merging_threads()
            index.reload()
            count = index.searcher().num_docs
            dead = _dead(path)
        except (ValueError, OSError) as error:
            raise StoreError(
                f"The lexical index in {path} could not be written ({error}): free disk space or check the "
                "folder's permissions; it is brought up from the ledger at the next addition or start."
            ) from error
        self._folder.finish(replace(state, sequence=sequence, model=FORMAT, count=count, dead=dead))

    def _searcher(self) -> Any | None:
        """The searcher of what is on disk now; None when there is nothing that can be searched.

        An index that is being updated is searched as of its last commit, which tantivy replaces in one step.
        """

        with self._lock:
            for _ in range(3):  # what another process replaces while it is being opened is looked at again
                state = self._folder.read()
                if self._open is not None and (state is None or state is self._seen):
                    return self._open[2]
                if state is None or (state.clean and self._folder.problem() is not None):
                    return self._open[2] if self._open is not None else None
                try:
                    self._open, self._seen = self._opened(state), state
                    return self._open[2]
                except (ValueError, OSError) as error:
                    failed = error
                    if self._folder.read() == state:
                        break
            raise StoreError(
                f"The lexical index in {self._folder.root} cannot be opened ({failed}): "
                "delete that folder; it is rebuilt from the ledger at the next start."
            ) from failed

    def _opened(self, state: State) -> tuple[int, Any, Any]:
        import tantivy

        if self._open is not None and self._open[0] == state.generation and not self._read_only:
            index = self._open[1]
            index.reload()
        else:
            path = self._folder.path(state.generation)
            index = tantivy.Index.open(str(self._linked(path) if self._read_only else path))
            _register(index)
            index.config_reader("manual")
        return state.generation, index, index.searcher()

    def _linked(self, path: Path) -> Path:
        """A folder of links to an index that is read-only: tantivy wants to make a lock file beside what it opens."""
        if self._links is not None:
            self._links.cleanup()
        self._links = TemporaryDirectory(prefix="rag-")
        folder = Path(self._links.name)
        for file in path.iterdir():
            if file.suffix == ".json":
                shutil.copyfile(file, folder / file.name)
            elif file.suffix != ".lock":
                (folder / file.name).symlink_to(file)
        return folder

    def usable(self) -> bool:
        """Whether there is something on disk that can be searched."""
        return self._searcher() is not None

    def search(
        self, weights: Mapping[str, float], limit: int, reports: frozenset[str] | None,
        language: Language | None = None, tags: Collection[str] = (),
    ) -> dict[str, float]:  # fmt: skip
        """Passage id to score of the best ``limit``: sum over terms of weight x (BM25 body + 0.35 x BM25 context).

        ``language``: only passages of this one. ``tags``: only passages that carry one of these.
        """
        import tantivy

        searcher = self._searcher()
        if searcher is None or limit < 1 or not weights or (reports is not None and not reports):
            return {}
        schema, boost, term = _schema(), tantivy.Query.boost_query, tantivy.Query.term_query
        silent, must = tantivy.Query.const_score_query, tantivy.Occur.Must
        should = []
        for word, weight in weights.items():
            if weight > 0 and word:
                should.append((tantivy.Occur.Should, boost(term(schema, "body", word, "freq"), weight)))
                context = boost(term(schema, "context", word, "freq"), weight * CONTEXT_WEIGHT)
                should.append((tantivy.Occur.Should, context))
        if not should:
            return {}
        query = tantivy.Query.boolean_query(should)
        filters = []
        if language is not None:
            filters.append((must, silent(term(schema, "tags", language, "basic"), 0.0)))
        if tags:
            filters.append((must, silent(tantivy.Query.term_set_query(schema, "tags", sorted(tags)), 0.0)))
        if reports is not None:
            among = tantivy.Query.term_set_query(schema, "report", sorted(reports))
            filters.append((must, silent(among, 0.0)))
        if filters:
            query = tantivy.Query.boolean_query([(must, query), *filters])
        hits = searcher.search(query, limit=limit, count=False).hits
        return {searcher.doc(address)["id"][0]: float(score) for score, address in hits}

    def held(self, report_id: str, words: Iterable[str]) -> frozenset[str]:
        """Those of the terms that stand in the text of a passage of this report."""
        import tantivy

        searcher = self._searcher()
        if searcher is None:
            return frozenset()
        schema, must = _schema(), tantivy.Occur.Must
        of_report = (must, tantivy.Query.term_query(schema, "report", report_id, "basic"))

        def stands(word: str) -> bool:
            there = (must, tantivy.Query.term_query(schema, "body", word, "basic"))
            return bool(searcher.search(tantivy.Query.boolean_query([there, of_report]), limit=1, count=False).hits)

        return frozenset(word for word in words if word and stands(word))

    def document_frequency(self, words: Iterable[str]) -> dict[str, int]:
        """Number of passages that hold each term in text or context."""
        import tantivy

        searcher = self._searcher()
        counts: dict[str, int] = {}
        schema, should = _schema(), tantivy.Occur.Should
        for word in words:
            if searcher is None or not word:
                counts[word] = 0
                continue
            both = [(should, tantivy.Query.term_query(schema, name, word, "basic")) for name in ("body", "context")]
            query = tantivy.Query.boolean_query(both)
            counts[word] = int(searcher.search(query, limit=1, count=True).count)
        return counts

    def close(self) -> None:
        with self._lock:
            self._open = self._seen = None
            if self._links is not None:
                self._links.cleanup()
                self._links = None


def _dead(path: Path) -> int:
    """Passages that were taken out of segments and are still counted there."""
    segments = json.loads((path / "meta.json").read_text("utf-8"))["segments"]
    return sum(segment["deletes"]["num_deleted_docs"] for segment in segments if segment.get("deletes"))


def _document(row: LexicalRow) -> Any:
    import tantivy

    return tantivy.Document(
        id=row.id, report=row.report_id, body=_spaced(row.body), context=_context(row.context), tags=" ".join(row.tags)
    )


def _spaced(text: str) -> str:
    terms = analyse(text)
    if max(map(len, terms), default=0) > _LONGEST:
        terms = [term for term in terms if len(term) <= _LONGEST]
    return " ".join(terms)


_context = lru_cache(maxsize=100)(_spaced)  # one passage after the other stands under the same heading


_cached: list[Any] = []


def _schema() -> Any:
    if not _cached:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("report", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("body", tokenizer_name="spaces", index_option="freq")
        builder.add_text_field("context", tokenizer_name="spaces", index_option="freq")
        builder.add_text_field("tags", tokenizer_name="spaces", index_option="basic")
        _cached.append(builder.build())
    return _cached[0]


def _register(index: Any) -> None:
    import tantivy

    index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
