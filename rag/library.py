"""The library: reports go in, evidence and answers come out. Everything that lives in ``RAG_HOME`` belongs to it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rag.errors import InputError, ModelMismatch, ReaderError, StoreError
from rag.ingest.worker_pool import WorkerPool
from rag.library_files import make_home, recover
from rag.settings import Settings
from rag.store import files
from rag.store import scope as store_scope
from rag.store.ledger import Ledger
from rag.store.lock import WriteLock
from rag.store.rows import correct
from rag.store.store import Store
from rag.store.vector_server import from_settings
from rag.types import AddResult, Answer, Evidence, PageSpan, Passage, Progress, Report

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

    from rag.chat import Chat
    from rag.language.embeddings import Encoder
    from rag.llama import CitedQueryEngine, CitedRetriever
    from rag.llm.model import Model
    from rag.views.coverage import Coverage
    from rag.views.views import Views

MAX_QUESTION = 4_000  # characters
_log = logging.getLogger(__name__)


class Library:
    """Open one with ``Library.open()``; close it, or use it in a ``with`` statement. Safe to share between threads.

    ``notices``: what was found half-done or damaged at the start and repaired, one sentence each.
    """

    def __init__(
        self, settings: Settings, ledger: Ledger, encoder: Encoder | None, llm: Any | None, home: Path,
        read_only: bool = False,
    ) -> None:  # fmt: skip
        self.settings = settings
        self.home = home
        self.files = home / "files"
        self.llm = llm
        self.ledger = ledger
        self.lock = WriteLock(home / "write.lock", ledger.advisory_lock)
        self.index = Store(home, ledger, self.lock, read_only, from_settings(settings, ledger.identity))
        self.workers = WorkerPool(
            settings.rag_workers, seconds=settings.rag_file_seconds, memory_mb=settings.rag_worker_mb
        )
        self.notices: tuple[str, ...] = ()
        self._encoder = encoder
        self._loading = threading.Lock()
        self._model: Model | None = None
        self.swept = False  # whether what an earlier writer left was looked at

    @classmethod
    def open(
        cls, settings: Settings | None = None, *, encoder: Encoder | BaseEmbedding | None = None, llm: Any | None = None
    ) -> Library:
        """Open or create the library in ``settings.rag_home``, and repair what an unclean stop left behind.

        ``encoder``: anything like ``rag.language.embeddings.Encoder``, or a LlamaIndex embedding; by default what the settings
        say. ``llm``: a LlamaIndex LLM. A folder that cannot be written is opened for reading. Raises StoreError when
        the folder or the ledger cannot be used.
        """
        settings = settings or Settings.load()
        if encoder is not None and hasattr(encoder, "get_text_embedding_batch"):
            from rag.language.embeddings import from_llama

            encoder = from_llama(encoder)  # type: ignore[arg-type]
        home = settings.rag_home.absolute()
        read_only = not make_home(home)
        url = settings.database_url.get_secret_value() if settings.database_url else None
        library = cls(settings, Ledger.open(home, url, read_only), encoder, llm, home, read_only)
        try:
            library.notices = recover(library)
        except BaseException:
            library.close()
            raise
        return library

    # parts

    @property
    def encoder(self) -> Encoder:
        """The embedding model, loaded on first use."""
        with self._loading:
            if self._encoder is None:
                from rag.language.embeddings import choose

                self._encoder = choose(self.settings)
            return self._encoder

    @property
    def model(self) -> Model | None:
        """The model that writes answers; None where they are extractive. Raises ProviderError when it cannot be had."""
        with self._loading:
            if self._model is None:
                from rag.llm.model import choose

                self._model = choose(self.settings, self.llm)
            return self._model

    @property
    def max_bytes(self) -> int:
        """The largest file that is read, in bytes."""
        return self.settings.rag_max_file_mb * 2**20

    def check_model(self) -> None:
        """Raise ModelMismatch when the stored vectors come from another embedding model than the configured one."""
        stored, current = self.ledger.get("model"), self.encoder.fingerprint
        if stored is not None and stored != current and self.index.stored():
            raise ModelMismatch(
                f"The library's vectors were made with {stored}, the configured embedding model is {current}: "
                "run `python -m rag reindex` to embed all reports anew, or go back to the earlier model."
            )

    # keeping reports

    def add(self, path: str | Path) -> Report:
        """Add or replace one file; the same bytes again change nothing. Raises ReaderError, StoreError, ProviderError."""
        if Path(path).is_dir():
            raise InputError(f"{path} is a folder: expected a file; use add_many for folders.")
        (result,) = self.add_many([path])
        if result.report is None:
            raise ReaderError(result.message)
        return result.report

    def add_many(
        self, paths: Iterable[str | Path], *, on_progress: Callable[[Progress], None] | None = None
    ) -> list[AddResult]:
        """Add files and folders (walked to the bottom); one bad file never stops the others.

        The result has one entry per file in order, then one for each report whose file has vanished from a folder.
        """
        from rag.library_add import add_many

        return add_many(self, [paths] if isinstance(paths, str | Path) else paths, on_progress)

    def reports(self) -> list[Report]:
        """All reports, in the order they were added."""
        return list(self.index.reports().values())

    def report(self, name: str) -> Report:
        """The report with this id (or its beginning), file stem or name. Raises InputError for none or several."""
        return store_scope.find_one(self.index.reports(), name)

    def text(self, report_id: str) -> str:
        """A report's whole text; passages are slices of it."""
        return self.ledger.text(self.report(report_id).id) or ""

    def pages(self, report_id: str) -> tuple[PageSpan, ...]:
        """A report's pages as spans of its text; empty where the format has no pages."""
        return self.ledger.pages(self.report(report_id).id)

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        """All passages of a report, in order."""
        return self.index.report_passages(self.report(report_id).id)

    def source(self, report_id: str) -> Path:
        """The kept copy of a report's file. Raises StoreError when it is gone."""
        report = self.report(report_id)
        path = self.files / f"{report.id}{self.index.stored()[report.id].suffix}"
        if not path.is_file():
            files.settle(self.files, path.name)
        if not path.is_file() and (data := self.ledger.source(report.id)) is not None:
            files.restore(self.files, path.name, data)  # added on another machine
        if not path.is_file():
            raise StoreError(f"The kept copy {path} is missing: add {report.file} again after removing the report.")
        return path

    def remove(self, *report_ids: str) -> list[Report]:
        """Take reports out. Raises InputError for an unknown one, before anything is removed."""
        with self.lock.hold():
            gone = list({report.id: report for report in map(self.report, report_ids)}.values())
            if gone:
                names = [report.id + self.index.stored()[report.id].suffix for report in gone]
                self.ledger.remove(report.id for report in gone)
                files.drop(self.files, names)
                self.index.catch_up()
        return gone

    def edit(self, report_id: str, **fields: Any) -> Report:
        """Correct what the readers found: title, broker, authors, date, companies, … The correction survives re-adding.

        None or empty text says that the report does not state it; lists may be given as text with commas. Raises
        InputError for an unknown report, field or value.
        """
        from rag.ingest.pipeline import embed

        values = store_scope.corrections(fields)
        with self.lock.hold():
            self.check_model()
            report = self.report(report_id)
            changed = correct(report, values)
            passages = self.index.report_passages(report.id)
            vectors = embed(changed, passages, self.encoder)
            self.ledger.correct(report.id, values, passages, vectors, self.encoder.fingerprint)
            self.index.catch_up()
            return self.index.reports()[report.id]

    def reindex(self, on_progress: Callable[[Progress], None] | None = None) -> int:
        """Embed all reports anew with the configured model and rebuild the indexes; returns the number of passages.

        The library can be searched with the old vectors until the new ones are complete; an interrupted run is
        taken up where it stopped.
        """
        from rag.library_reindex import reindex

        return reindex(self, on_progress)

    # views

    def views(self, company: str | None = None) -> Views:
        """Ratings and target prices by company and broker, each value with its place; see ``rag.views.views``."""
        from rag.views.views import views

        name = company if company is None else clean_question(company)
        return views(self.reports(), self.index.report_passages, name)

    def coverage(self) -> Coverage:
        """How many reports each broker has on each company, by month."""
        from rag.views.coverage import coverage

        return coverage(self.reports())

    # asking

    def scope(
        self,
        reports: Iterable[str | Report] = (),
        broker: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> frozenset[str] | None:
        """Ids of the reports that pass all filters, None without a filter. Raises InputError for one that is unusable."""
        return store_scope.scope(self.index.reports(), reports, broker, since, until)

    def retrieve(self, question: str, *, limit: int = 10, **filters: Any) -> list[Evidence]:
        """The best ``limit`` passages for a question, best first; filters as in ``scope``."""
        from rag.question.spelled import in_characters
        from rag.search.retrieve import retrieve

        question = clean_question(question)
        if not isinstance(limit, int) or limit < 1:
            raise InputError(f"limit is {limit!r}: expected 1 or more.")
        scope = self.scope(**store_scope.known_filters(filters))
        self.check_model()
        question = in_characters(question, self.index.reports().values())
        return retrieve(self.index, self.encoder, question, limit=limit, scope=scope)

    def ask(self, question: str, *, history: Sequence[str] = (), **filters: Any) -> Answer:
        """The answer to a question; ``history``: earlier questions, oldest first; filters as in ``scope``."""
        from rag.engine import ask

        question = clean_question(question)
        scope = self.scope(**store_scope.known_filters(filters))
        self.check_model()
        return ask(self, question, history=_history(history), scope=scope)

    def stream(self, question: str, *, history: Sequence[str] = (), **filters: Any) -> Iterator[Answer]:
        """The same as growing answers; the last one is final."""
        from rag.engine import stream

        question = clean_question(question)
        scope = self.scope(**store_scope.known_filters(filters))
        self.check_model()
        return stream(self, question, history=_history(history), scope=scope)

    def query_engine(self, **filters: Any) -> CitedQueryEngine:
        """A LlamaIndex query engine over this library; its responses carry the whole ``answer``."""
        from rag.llama import CitedQueryEngine

        return CitedQueryEngine(self, **filters)

    def retriever(self, *, limit: int = 10, **filters: Any) -> CitedRetriever:
        """A LlamaIndex retriever over this library: its best ``limit`` passages as nodes with scores."""
        from rag.llama import CitedRetriever

        return CitedRetriever(self, limit=limit, **filters)

    def chat(self, **filters: Any) -> Chat:
        """A conversation that understands follow-up questions."""
        from rag.chat import Chat

        return Chat(self, **filters)

    def close(self) -> None:
        """End workers, release files and connections; harmless when called twice."""
        self.workers.close()
        self.index.close()
        if self._model is not None:
            self._model.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def clean_question(question: str) -> str:
    """The question without control characters. Raises InputError when nothing is left, or above 4,000 characters."""
    if not isinstance(question, str):
        raise InputError(f"The question is of type {type(question).__name__}: expected text.")
    kept = "".join(char if char.isprintable() else " " if char.isspace() else "" for char in question)
    cleaned = " ".join(kept.split())
    if not cleaned:
        raise InputError("The question is empty: expected a sentence or some words to search for.")
    if len(cleaned) > MAX_QUESTION:
        raise InputError(
            f"The question has {len(cleaned):,} characters: expected at most {MAX_QUESTION:,}; shorten it."
        )
    return cleaned


def _history(history: Sequence[str] | None) -> tuple[str, ...]:
    turns = (history,) if isinstance(history, str) else history or ()
    for turn in turns if isinstance(turns, Iterable) else (turns,):
        if not isinstance(turn, str):
            raise InputError(
                f"The history holds a {type(turn).__name__}: expected the earlier questions as text, oldest first."
            )
    return tuple(cleaned[:MAX_QUESTION] for turn in turns if (cleaned := " ".join(turn.split())))
