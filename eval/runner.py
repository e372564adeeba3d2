"""Runs question sets: builds a library from folders of reports, asks every question, scores and judges each answer."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.cases import Case, UsageError
from eval.double import ModelDouble
from eval.scoring import DEPTH, contract_problems, figure_scores, score, with_stems, worst_scores

if TYPE_CHECKING:
    from rag import Answer, Evidence, Library, Settings

FETCHED = 30  # passages retrieved, so that enough different pages are among them


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one case. ``problems`` is empty when it passed; ``scores`` holds the metrics that apply to it.

    ``retrieved`` and ``answer`` are JSON-ready; ``ask_seconds``/``search_seconds`` are wall times, kept out of every
    comparison because they differ between runs.
    """

    case: Case
    scores: dict[str, float]
    problems: tuple[str, ...]
    answer: dict[str, Any] | None = None
    retrieved: tuple[dict[str, Any], ...] = ()
    error: str | None = None
    ask_seconds: float = 0.0
    search_seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def passed(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was put into the library. ``failed``: file and reason of each file that is no report."""

    reports: int
    passages: int
    fingerprint: str
    failed: tuple[tuple[str, str], ...] = field(default_factory=tuple)


def settings_for(
    home: Path, *, answerer: str = "extractive", embedding: str = "builtin", server: str | None = None
) -> Settings:
    """Settings of an eval run: the built-in parts unless asked for otherwise, and never a shared database.

    ``server``: the address of a model, in place of the configured one.
    """
    from rag import Settings

    given = {"openai_base_url": server} if server else {}
    return Settings.load(
        rag_home=home, rag_answerer=answerer, rag_embedding=embedding, database_url=None, chroma_url=None, **given
    )


@contextmanager
def open_library(
    corpus: Sequence[Path], home: Path | None = None, *, answerer: str = "extractive", embedding: str = "builtin"
) -> Iterator[tuple[Library, Corpus]]:
    """A library that holds the corpus: in a temporary folder, or in ``home``, where unchanged reports are reused.

    With ``answerer`` llm and neither key nor server configured, the stand-in of ``eval.double`` writes the answers.
    Raises UsageError for a corpus path that does not exist.
    """
    from rag import Library

    for path in corpus:
        if not path.exists():
            raise UsageError(f"The corpus {path} does not exist; give a folder of reports.")
    with (
        tempfile.TemporaryDirectory(prefix="eval-", ignore_cleanup_errors=True) as temporary,
        ExitStack() as stack,
    ):
        settings = settings_for(home or Path(temporary), answerer=answerer, embedding=embedding)
        if answerer == "llm" and settings.openai_api_key is None and settings.openai_base_url is None:
            server = stack.enter_context(ModelDouble()).url
            settings = settings_for(home or Path(temporary), answerer=answerer, embedding=embedding, server=server)
        with Library.open(settings) as library:
            results = library.add_many(corpus)
            failed = tuple((Path(r.file).name, r.message) for r in results if r.status == "failed")
            reports = library.reports()
            passages = sum(report.passages for report in reports)
            yield library, Corpus(len(reports), passages, library.encoder.fingerprint, failed)


def run(
    library: Library,
    cases: Sequence[Case],
    *,
    jobs: int = 1,
    scoped: bool = False,
    on_result: Callable[[Result], None] | None = None,
) -> list[Result]:
    """Ask every case, in order. ``scoped`` restricts each question to the reports it lists; an error is a miss."""
    known = {report.stem: report.id for report in library.reports()}
    names = {Path(report.file).name: report.stem for report in library.reports()}
    results = []
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        futures = [pool.submit(run_case, library, case, known, names, scoped) for case in cases]
        for case, future in zip(cases, futures, strict=True):
            error = future.exception()
            result = future.result() if error is None else failed_case(case, error)
            results.append(result)
            if on_result:
                on_result(result)
    return with_parity(results)


def with_parity(results: Sequence[Result]) -> list[Result]:
    """Adds how cases fare beside their twins: the same question in full, or in the other language.

    A case whose twin passed scores 1 when it passes as well, under ``followup_parity`` or ``language_parity``: of what
    the engine can answer, the share that it can answer as a follow-up, or across languages.
    """
    passed = {result.case.id: result.passed for result in results}
    whole = []
    for result in results:
        twin = result.case.extra.get("twin")
        if passed.get(str(twin)):
            name = "followup_parity" if result.case.history else "language_parity"
            result = replace(result, scores=result.scores | {name: float(result.passed)})
        whole.append(result)
    return whole


def run_case(library: Library, case: Case, known: dict[str, str], names: dict[str, str], scoped: bool) -> Result:
    """Ask one case and retrieve for it. ``known``: report id by stem; ``names``: stem by file name."""
    filters = dict(case.filters)
    if scoped and case.docs:
        filters["reports"] = [known[names.get(stem, stem)] for stem in case.docs if names.get(stem, stem) in known]
    started = time.perf_counter()
    answer = library.ask(case.question, history=case.history, **filters)
    asked = time.perf_counter()
    evidence = library.retrieve(answer.resolved or case.question, limit=FETCHED, **filters)
    searched = time.perf_counter()
    problems = contract_problems(answer, library) + unknown_places(case, known, names)
    scores, problems = score(with_stems(case, names), answer, evidence, known, problems)
    scores |= figure_scores(answer, library)
    return Result(
        case,
        scores,
        tuple(problems),
        answer=given(answer, library),
        retrieved=tuple(shown(item) for item in evidence[:DEPTH]),
        ask_seconds=asked - started,
        search_seconds=searched - asked,
        tokens_in=answer.diagnostics.tokens_in or 0,
        tokens_out=answer.diagnostics.tokens_out or 0,
    )


def failed_case(case: Case, error: BaseException) -> Result:
    """The result of a case that raised: every metric at its worst."""
    message = f"{type(error).__name__}: {error}"
    return Result(case, worst_scores(case), (f"error: {message}",), error=message)


def unknown_places(case: Case, known: dict[str, str], names: dict[str, str]) -> list[str]:
    """Reports that the case expects and the library does not hold."""
    stems = {place.stem for place in case.places}
    return [f"not in the library: {stem}" for stem in sorted(stems) if names.get(stem, stem) not in known]


def given(answer: Answer, library: Library) -> dict[str, Any]:
    """The answer as it is written into a result file, with the whole of each cited passage; no timings."""
    whole = answer.to_dict()
    kept = ("resolved", "refused", "text", "answerer", "sentences", "notes")
    citations = []
    for citation in whole["citations"]:
        texts = {passage.id: passage.text for passage in library.passages(citation["report_id"])}
        cited = {key: citation[key] for key in ("marker", "kind", "numbers", "quote")}
        cited |= {"file": Path(citation["file"]).name, "passage": texts.get(citation["passage_id"], "")}
        citations.append(cited)
    return {key: whole[key] for key in kept} | {"citations": citations}


def shown(evidence: Evidence) -> dict[str, Any]:
    """One retrieved passage as it is written into a result file."""
    return {
        "stem": evidence.report.stem,
        "kind": evidence.passage.locator.kind,
        "numbers": list(evidence.passage.locator.numbers),
        "score": round(evidence.score, 4),
        "dense": round(evidence.dense, 4),
        "lexical": round(evidence.lexical, 4),
        "text": evidence.passage.text[:240],
    }
