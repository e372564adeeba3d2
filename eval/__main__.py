"""``python -m eval``: ask a set of questions offline and print how good the answers are."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval import report
from eval.cases import Case, UsageError, load_cases
from eval.metrics import Summary
from eval.runner import Result, open_library, run
from rag import RagError

HERE = Path(__file__).parent
QUESTIONS = (HERE / "questions.jsonl",)
CORPUS = (HERE.parent / "seeds",)
THRESHOLDS = HERE / "thresholds.json"

_DESCRIPTION = """\
Ask questions of a folder of reports, offline, and score retrieval, citations, answers and refusals.

Without options it runs the shipped questions on the shipped reports and exits 1 when a metric is below the threshold
in eval/thresholds.json. Any other set: --corpus DIR --questions FILE (JSON Lines, one question per line)."""
_EPILOG = """\
A question line: {"id": "q1", "lang": "en", "kind": "single", "question": "...", "history": [], "docs": ["file-stem"],
"marks": [["file-stem", [5, 64]]], "need": "any", "must": ["regex"], "must_not": ["regex"], "answerable": true}

Exit codes: 0 all thresholds held, 1 a threshold was broken, 2 wrong usage or input."""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    p = argparse.ArgumentParser(
        "python -m eval", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("--corpus", type=Path, action="append", metavar="DIR", help="reports to ask (may be repeated)")
    p.add_argument("--questions", type=Path, action="append", metavar="FILE", help="question file (may be repeated)")
    p.add_argument("--json", type=Path, metavar="OUT", help="write the whole run, case by case")
    p.add_argument("--home", type=Path, metavar="DIR", help="keep the library here and reuse it (default: temporary)")
    p.add_argument("--answerer", choices=("extractive", "llm"), default="extractive", help="who writes the answers")
    p.add_argument("--embedding", choices=("builtin", "openai"), default="builtin", help="who embeds the passages")
    p.add_argument("--scoped", action="store_true", help="restrict each question to the reports in its 'docs'")
    p.add_argument("--kind", action="append", metavar="KIND", help="only questions of this kind (may be repeated)")
    p.add_argument("--lang", action="append", metavar="LANG", help="only questions of this language (may be repeated)")
    p.add_argument("--limit", type=int, metavar="N", help="only the first N questions")
    p.add_argument("--jobs", type=int, default=1, metavar="N", help="questions asked at the same time (default 1)")
    p.add_argument("--min", action="append", default=[], metavar="METRIC=VALUE", help="lowest value that passes")
    p.add_argument("--max", action="append", default=[], metavar="METRIC=VALUE", help="highest value that passes")
    p.add_argument("--failures", action="store_true", help="list every question that did not pass")
    return p


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (argparse itself exits 2 on wrong usage)."""
    args = parser().parse_args(argv)
    try:
        return evaluate(args)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except RagError as error:
        print(error, file=sys.stderr)
        return 1


def evaluate(args: argparse.Namespace) -> int:
    """Ask, score, print, write; 1 when a threshold is broken."""
    shipped = not (args.corpus or args.questions or args.kind or args.lang or args.limit)
    floors, ceilings = limits(args.min), limits(args.max)
    if shipped:
        stored = json.loads(THRESHOLDS.read_text(encoding="utf-8"))
        floors, ceilings = stored["min"] | floors, stored["max"] | ceilings
    cases = chosen(args)
    started = time.perf_counter()
    corpus_paths = tuple(args.corpus or CORPUS)
    with open_library(corpus_paths, args.home, answerer=args.answerer, embedding=args.embedding) as (library, corpus):
        ready = time.perf_counter()
        results = run(library, cases, jobs=args.jobs, scoped=args.scoped)
        done = time.perf_counter()
    broken = broken_limits(report.summaries(results), floors, ceilings)
    if shipped:
        broken += [f"{file} could not be added: {reason}" for file, reason in corpus.failed]
    about = {
        "questions": [str(path) for path in args.questions or QUESTIONS],
        "corpus": [str(path) for path in corpus_paths],
        "answerer": args.answerer,
        "scoped": args.scoped,
        "seconds": {"add": round(ready - started, 2), "ask": round(done - ready, 2)},
    }
    if args.json:
        write_json(args.json, report.to_dict(results, corpus, **about, broken=broken))
    print(report.table(results))
    print(_footer(results, corpus.reports, corpus.passages, ready - started, done - ready))
    for file, reason in corpus.failed:
        print(f"not added: {file}: {reason}", file=sys.stderr)
    if args.failures or broken:
        print(report.failures(results))
    for line in [f"error: {r.case.id}: {r.error}" for r in results if r.error] + [f"BROKEN: {b}" for b in broken]:
        print(line, file=sys.stderr)
    return 1 if broken else 0


def chosen(args: argparse.Namespace) -> list[Case]:
    """The cases that the options leave. Raises UsageError when there are none."""
    cases = [case for path in args.questions or QUESTIONS for case in load_cases(path)]
    total = len(cases)
    cases = [c for c in cases if (not args.kind or c.kind in args.kind) and (not args.lang or c.lang in args.lang)]
    if args.limit is not None:
        cases = cases[: max(0, args.limit)]
    if not cases:
        raise UsageError(f"None of the {total} questions is left by --kind, --lang and --limit; widen them.")
    return cases


def limits(options: Sequence[str]) -> dict[str, float]:
    """``metric=value`` options as a mapping. Raises UsageError for any other form."""
    found = {}
    for option in options:
        name, _, value = option.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            raise UsageError(f"A limit reads METRIC=VALUE, such as hit@5=0.8; {option!r} does not.") from None
    return found


def broken_limits(
    summary: Mapping[str, Summary], floors: Mapping[str, float], ceilings: Mapping[str, float]
) -> list[str]:
    """One sentence per limit that does not hold. Raises UsageError for a metric that the run did not measure."""
    unknown = sorted((set(floors) | set(ceilings)) - set(summary))
    if unknown:
        known = ", ".join(sorted(summary))
        raise UsageError(f"No question measures the metric {unknown[0]!r}; this run measures {known}.")
    low = [f"{m} is {summary[m].value:.3f}, at least {v:g} expected" for m, v in floors.items() if summary[m].value < v]
    high = [
        f"{m} is {summary[m].value:.3f}, at most {v:g} expected" for m, v in ceilings.items() if summary[m].value > v
    ]
    return low + high


def write_json(path: Path, data: object) -> None:
    """Write a result file. Raises UsageError when the path cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The result file {path} cannot be written ({error}); choose another place.") from None


def _footer(results: Sequence[Result], reports: int, passages: int, add: float, ask: float) -> str:
    times = report.timing(results)
    passed = sum(result.passed for result in results)
    return (
        f"\n{report.intervals(results)}\n\n{passed} of {len(results)} passed; {reports} reports, {passages} passages; "
        f"added in {add:.1f} s, asked in {ask:.1f} s; ask p50 {times['ask_ms_p50']:.1f} ms, "
        f"p95 {times['ask_ms_p95']:.1f} ms; search p50 {times['search_ms_p50']:.1f} ms, "
        f"p95 {times['search_ms_p95']:.1f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
