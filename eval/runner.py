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

from eval import metrics
from eval.cases import Case, UsageError
from eval.double import ModelDouble
from eval.metrics import Hit

if TYPE_CHECKING:
    from rag import Answer, Evidence, Library, Settings

DEPTH = 10  # passages that metrics look at
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
    return results


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
    stems = {report_id: stem for stem, report_id in known.items()}
    problems = contract_problems(answer, library) + unknown_places(case, known, names)
    result = judge(case, answer, evidence, stems, names, problems)
    return Result(
        case,
        *result,
        answer=given(answer),
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


def worst_scores(case: Case) -> dict[str, float]:
    """The scores of a case about which nothing came back."""
    if not case.answerable:
        return {"refusal_recall": 0.0, "passed": 0.0}
    scores = dict.fromkeys(retrieval_scores([], case), 0.0) if case.places else {}
    if case.places:
        scores |= {"citation_precision": 0.0, "citation_recall": 0.0}
    if case.must or case.must_not:
        scores["must_contain"] = 0.0
    return scores | {"false_refusal": 1.0, "passed": 0.0}


def retrieval_scores(hits: Sequence[Hit], case: Case) -> dict[str, float]:
    """Ranking metrics of one answerable case: over passages, over places (pages or marks), over reports."""
    units = case.units
    places = metrics.distinct(hits)
    return {
        "hit@1": metrics.hit_at(hits, units, 1),
        "hit@3": metrics.hit_at(hits, units, 3),
        "hit@5": metrics.hit_at(hits, units, 5),
        "recall@10": metrics.recall_at(hits, units, 10),
        "mrr": metrics.reciprocal_rank(hits, units),
        "ndcg@10": metrics.ndcg_at(hits, units, 10),
        "place_hit@1": metrics.hit_at(places, units, 1),
        "place_hit@5": metrics.hit_at(places, units, 5),
        "place_hit@10": metrics.hit_at(places, units, 10),
        "report_hit@1": metrics.report_hit_at(hits, units, 1),
        "report_hit@5": metrics.report_hit_at(hits, units, 5),
    }


def judge(
    case: Case,
    answer: Answer,
    evidence: Sequence[Evidence],
    stems: dict[str, str],
    names: dict[str, str],
    problems: Sequence[str],
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Scores and problems of one answer."""
    case = _with_stems(case, names)
    retrieved = [_hit(stems, item.report.id, item.passage.locator.numbers) for item in evidence]
    cited = [_hit(stems, item.report.id, item.locator.numbers) for item in answer.citations]
    found_problems = [*problems]
    scores: dict[str, float] = {}
    if case.answerable:
        scores |= _answerable_scores(case, answer, retrieved, cited)
        found_problems += _answerable_problems(case, answer, retrieved, cited, scores)
    else:
        scores["refusal_recall"] = float(answer.refused)
        if not answer.refused:
            found_problems.append("wrongly answered")
        found_problems += [f"must not contain {p!r}" for p in metrics.present(case.must_not, _words(answer))]
    if answer.diagnostics.figures:
        scores["figures_found"] = answer.diagnostics.figures_found / answer.diagnostics.figures
    scores["passed"] = float(not found_problems)
    return scores, tuple(found_problems)


def _answerable_scores(case: Case, answer: Answer, retrieved: list[Hit], cited: list[Hit]) -> dict[str, float]:
    scores: dict[str, float] = {}
    if case.places:
        scores |= retrieval_scores(retrieved, case)
        if not answer.refused:
            scores["citation_precision"] = metrics.citation_precision(cited, case.units)
        scores["citation_recall"] = metrics.citation_recall(cited, case.units)
    if case.must or case.must_not:
        text = _words(answer)
        wrong = metrics.missing(case.must, text) or metrics.present(case.must_not, text)
        scores["must_contain"] = float(not answer.refused and not wrong)
    scores["false_refusal"] = float(answer.refused)
    return scores


def _answerable_problems(
    case: Case, answer: Answer, retrieved: list[Hit], cited: list[Hit], scores: dict[str, float]
) -> list[str]:
    """What went wrong, in words: the first thing that explains the rest comes first."""
    problems = []
    if case.places and metrics.recall_at(retrieved, case.units, DEPTH) < 1:
        problems.append("not retrieved")
    if answer.refused:
        return ["wrongly refused", *problems]
    if case.places and scores["citation_recall"] < 1:
        if not problems:
            problems.append("retrieved but not used")
        if cited:
            problems.append("wrong citation")
    text = _words(answer)
    problems += [f"lacks {pattern!r}" for pattern in metrics.missing(case.must, text)]
    problems += [f"must not contain {pattern!r}" for pattern in metrics.present(case.must_not, text)]
    # A place that search ranked low is no fault of an answer that cites it and says what it must.
    return [] if problems == ["not retrieved"] and scores.get("citation_recall") == 1 else problems


def contract_problems(answer: Answer, library: Library) -> list[str]:
    """Breaches of the citation contract: quotes that are no slice, sentences whose markers are not their citations'."""
    problems = []
    for citation in answer.citations:
        texts = {passage.id: passage.text for passage in library.passages(citation.report.id)}
        if not citation.quote or texts.get(citation.passage_id, "")[citation.start : citation.end] != citation.quote:
            problems.append(f"contract: the quote of {citation.marker} is no slice of its passage")
        if not all(f"{number}]" in citation.marker for number in citation.locator.numbers):
            problems.append(f"contract: {citation.marker} does not show its locator {citation.locator.numbers}")
    for sentence in answer.sentences:
        markers = [answer.citations[index].marker for index in sentence.citations]
        if sentence.status == "supported" and not markers:
            problems.append(f"contract: a supported sentence cites nothing: {sentence.text[:60]!r}")
        problems += [f"contract: {m} is not in its sentence" for m in markers if m not in sentence.text]
    return problems


def unknown_places(case: Case, known: dict[str, str], names: dict[str, str]) -> list[str]:
    """Reports that the case expects and the library does not hold."""
    stems = {place.stem for place in case.places}
    return [f"not in the library: {stem}" for stem in sorted(stems) if names.get(stem, stem) not in known]


def given(answer: Answer) -> dict[str, Any]:
    """The answer as it is written into a result file: no evidence texts, no timings."""
    whole = answer.to_dict()
    kept = ("resolved", "refused", "text", "answerer", "sentences", "notes")
    citations = [
        {key: citation[key] for key in ("marker", "file", "kind", "numbers", "quote")}
        | {"file": Path(citation["file"]).name}
        for citation in whole["citations"]
    ]
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


def _with_stems(case: Case, names: dict[str, str]) -> Case:
    """The case with file names in its places turned into stems."""
    return replace(case, places=tuple(replace(p, stem=names.get(p.stem, p.stem)) for p in case.places))


def _hit(stems: dict[str, str], report_id: str, numbers: Sequence[int]) -> Hit:
    return Hit(stems.get(report_id, report_id), frozenset(numbers))


def _words(answer: Answer) -> str:
    return metrics.without_markers(answer.text)
