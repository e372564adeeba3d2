"""What is asked of what: a suite is a question file and the folders of reports that it is asked of."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.cases import Case, UsageError, load_cases
from eval.claims import check_claims, load_claims
from eval.parallel import WORTH_IT, processes, run_in
from eval.runner import Corpus, Result, open_library, run

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"


@dataclass(frozen=True, slots=True)
class Suite:
    """``name`` marks its cases in a result file; ``corpus``: files or folders; ``claims``: sentences to verify."""

    name: str
    corpus: tuple[Path, ...]
    questions: tuple[Path, ...]
    claims: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How to ask; see ``python -m eval --help``. ``claims``: None checks them with the whole set only."""

    answerer: str = "extractive"
    embedding: str = "builtin"
    home: Path | None = None
    scoped: bool = False
    kinds: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    limit: int | None = None
    jobs: int = 1
    ids: tuple[str, ...] = ()
    claims: bool | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The results of one or several suites; seconds are wall time."""

    results: tuple[Result, ...]
    corpora: tuple[tuple[str, Corpus], ...]
    add_seconds: float
    ask_seconds: float


SHIPPED = (
    Suite("seed", (SEEDS,), (HERE / "questions.jsonl",)),
    Suite("corpus", (SEEDS, HERE / "corpus"), (HERE / "questions-corpus.jsonl",), (HERE / "claims.jsonl",)),
)


def chosen(suites: Sequence[Suite], options: Options) -> list[tuple[Suite, list[Case]]]:
    """The cases that the options leave of each suite. Raises UsageError when there are none."""
    picked: list[tuple[Suite, list[Case]]] = []
    total, left = 0, options.limit
    for suite in suites:
        cases = [replace(case, suite=suite.name) for path in suite.questions for case in load_cases(path)]
        total += len(cases)
        if options.kinds:
            cases = [case for case in cases if case.kind in options.kinds]
        if options.langs:
            cases = [case for case in cases if case.lang in options.langs]
        if options.ids:
            cases = [case for case in cases if case.id in options.ids]
        if left is not None:
            cases = cases[: max(0, left)]
            left -= len(cases)
        if cases:
            picked.append((suite, cases))
    if not picked:
        raise UsageError(f"None of the {total} questions is left by --id, --kind, --lang and --limit; widen them.")
    return picked


def few(suites: Sequence[Suite], of_each: int = 6) -> tuple[str, ...]:
    """Ids of the first cases of each kind over all suites, and of all follow-ups: some 140, quicker than all."""
    seen: Counter[str] = Counter()
    ids = []
    for case in (case for suite in reversed(suites) for path in suite.questions for case in load_cases(path)):
        seen[case.kind] += 1
        if case.kind == "followup" or seen[case.kind] <= of_each:
            ids.append(case.id)
    return tuple(ids)


def run_suites(suites: Sequence[Suite], options: Options) -> Run:
    """Build each suite's library and ask its questions."""
    results: list[Result] = []
    corpora: list[tuple[str, Corpus]] = []
    add = ask = 0.0
    apart = options.jobs if options.answerer == "extractive" else 1
    with processes(apart) as pool:
        for suite, cases in chosen(suites, options):
            started = time.perf_counter()
            home = options.home and (options.home / suite.name if len(suites) > 1 else options.home)
            opened = open_library(suite.corpus, home, answerer=options.answerer, embedding=options.embedding)
            with opened as (library, corpus):
                ready = time.perf_counter()
                if pool is not None and len(cases) >= WORTH_IT * apart:
                    results += run_in(pool, apart, library.home, options.embedding, cases, options.scoped)
                else:
                    results += run(library, cases, jobs=options.jobs, scoped=options.scoped)
                whole = not (options.ids or options.kinds or options.langs or options.limit)
                if whole if options.claims is None else options.claims:
                    for path in suite.claims:
                        results += check_claims(library, load_claims(path), suite.name)
                ask += time.perf_counter() - ready
            add += ready - started
            corpora.append((suite.name, corpus))
    return Run(tuple(results), tuple(corpora), add, ask)
