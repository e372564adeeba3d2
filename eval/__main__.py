"""``python -m eval``: ask question sets offline, print how good the answers are, and fail when they got worse."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval import (
    ablate,
    bench,
    check,
    document,
    feedback,
    gate,
    html,
    judge,
    metadata,
    pages,
    plant_figures,
    plant_followups,
    plant_sides,
    planted,
    public,
    report,
)
from eval.cases import UsageError
from eval.suites import HERE, SEEDS, SHIPPED, Options, Run, Suite, run_suites
from rag import RagError

THRESHOLDS = HERE / "thresholds.json"
BASELINE = HERE / "baseline.json"

OUT = HERE / "out"
_WRITTEN = {
    "json": "the whole run, case by case",
    "html": "a page with plots and every failed case",
    "markdown": "a summary for a pull request",
}
_NAMED = "; a folder, or nothing for eval/out: named by the commit"
_DESCRIPTION = """\
Ask questions of reports, offline, and score retrieval, citations, answers and refusals.

Without options it runs the shipped questions on the shipped reports, compares every case with eval/baseline.json, and
exits 1 when a metric is below its threshold in eval/thresholds.json or has got significantly worse.
Any other set: --corpus DIR --questions FILE (JSON Lines, one question per line)."""
_EPILOG = """\
A question line: {"id": "q1", "lang": "en", "kind": "single", "question": "...", "history": [], "docs": ["file-stem"],
"marks": [["file-stem", [5, 64]]], "need": "any", "must": ["regex"], "must_not": ["regex"], "answerable": true}

Other commands (each has --help):
  python -m eval compare A.json B.json   two result files, case by case
  python -m eval show ID [RUN.json]      everything about one case, of a result file or asked now
  python -m eval ablate [PART...]        take parts of the engine away one by one and show what each is worth
  python -m eval bench                   quality, speed and memory beside the LlamaIndex quick start and plain BM25
  python -m eval check                   prove each case: its evidence is in its place, or nowhere
  python -m eval metadata                precision and recall of what is read of a report itself
  python -m eval pages PATH...           sets of page-cited questions: is the right page found?
  python -m eval planted [NAME...]       plant known faults one by one and show that the gate catches each
  python -m eval public SET PATH         a public set from a checkout of it: financebench, enterprise-rag-challenge
  python -m eval judge RUN.json          a model as judge of a run's answers, by RAGAS (own environment, needs a key)
  python -m eval add-feedback FILE       make cases of what readers of the page judged
  python -m eval document                write eval/EVAL.md from result files
  python -m eval figures PATH...         plant false figures in right sentences on any reports: how many are flagged
  python -m eval sides                   comparisons of invented reports in many words: how many cite every side
  python -m eval followups ...           questions of any set asked in full and as follow-ups, scored side by side

Exit codes: 0 all limits held, 1 a limit was broken or a metric got worse, 2 wrong usage or input."""


def parser() -> argparse.ArgumentParser:
    """The command line of a run."""
    p = argparse.ArgumentParser(
        "python -m eval", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("--corpus", type=Path, action="append", metavar="DIR", help="reports to ask (may be repeated)")
    p.add_argument("--questions", type=Path, action="append", metavar="FILE", help="question file (may be repeated)")
    for name, says in _WRITTEN.items():
        p.add_argument(f"--{name}", type=Path, nargs="?", const=OUT, metavar="OUT", help=f"write {says}{_NAMED}")
    p.add_argument("--home", type=Path, metavar="DIR", help="keep the library here and reuse it (default: temporary)")
    p.add_argument("--answerer", choices=("extractive", "llm"), default="extractive", help="who writes the answers")
    p.add_argument("--embedding", choices=("builtin", "openai"), default="builtin", help="who embeds the passages")
    p.add_argument("--scoped", action="store_true", help="restrict each question to the reports in its 'docs'")
    p.add_argument("--id", action="append", metavar="ID", help="only this question (may be repeated)")
    p.add_argument("--kind", action="append", metavar="KIND", help="only questions of this kind (may be repeated)")
    p.add_argument("--lang", action="append", metavar="LANG", help="only questions of this language (may be repeated)")
    p.add_argument("--limit", type=int, metavar="N", help="only the first N questions")
    p.add_argument("--jobs", type=int, default=1, metavar="N", help="questions asked at the same time (default 1)")
    p.add_argument("--min", action="append", default=[], metavar="METRIC=VALUE", help="lowest value that passes")
    p.add_argument("--max", action="append", default=[], metavar="METRIC=VALUE", help="highest value that passes")
    p.add_argument("--baseline", type=Path, metavar="RUN", help="compare with this result file, for any set")
    p.add_argument("--update-baseline", action="store_true", help="store this run as eval/baseline.json")
    p.add_argument("--failures", action="store_true", help="list every question that did not pass")
    return p


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (argparse itself exits 2 on wrong usage)."""
    argv = list(sys.argv[1:] if argv is None else argv)
    commands: dict[str, Callable[[Sequence[str]], int]] = {
        "add-feedback": feedback.main,
        "compare": compare_command,
        "show": show_command,
        "ablate": ablate.main,
        "bench": bench.main,
        "check": check.main,
        "document": document.main,
        "figures": plant_figures.main,
        "followups": plant_followups.main,
        "judge": judge.main,
        "metadata": metadata.main,
        "pages": pages.main,
        "planted": planted.main,
        "public": public.main,
        "sides": plant_sides.main,
    }
    try:
        if argv and argv[0] in commands:
            return commands[argv[0]](argv[1:])
        return evaluate(parser().parse_args(argv))
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except RagError as error:
        print(error, file=sys.stderr)
        return 1


def evaluate(args: argparse.Namespace) -> int:
    """Ask, score, print, write, compare; 1 when a limit is broken or a metric got significantly worse."""
    suites = suites_of(args)
    whole = suites is SHIPPED and not (args.id or args.kind or args.lang or args.limit or args.scoped)
    floors, ceilings = gate.limits(args.min), gate.limits(args.max)
    if whole:
        stored = read_json(THRESHOLDS)
        floors, ceilings = stored["min"] | floors, stored["max"] | ceilings
    if args.update_baseline and not whole:
        raise UsageError("--update-baseline needs the whole shipped set; leave out the other selections.")
    outcome = run_suites(suites, options_of(args))
    data = report.to_dict(outcome, suites, answerer=args.answerer, scoped=args.scoped)
    broken = gate.broken_limits(report.summaries(outcome.results), floors, ceilings)
    if suites is SHIPPED:
        broken += [f"{file} could not be added: {reason}" for _, c in outcome.corpora for file, reason in c.failed]
    before = args.baseline or (BASELINE if whole and BASELINE.exists() and not args.update_baseline else None)
    comparison = gate.compare(scores_of(read_json(before)), scores_of(data)) if before else None
    if comparison:
        broken += [f"{c.metric} got worse: {c.before:.3f} -> {c.after:.3f}" for c in comparison.significant_losses]
    data["broken"] = broken
    write_outputs(args, data, comparison)
    print_run(outcome, args.failures or bool(broken))
    if comparison:
        print(f"\nagainst {before}: {gate.describe(comparison)}")
    for line in broken:
        print(f"BROKEN: {line}", file=sys.stderr)
    return 1 if broken else 0


def suites_of(args: argparse.Namespace) -> tuple[Suite, ...]:
    """The shipped suites, or one made of the folders and files that were given."""
    if not args.corpus and not args.questions:
        return SHIPPED
    questions = tuple(args.questions or [path for suite in SHIPPED for path in suite.questions])
    return (Suite("set", tuple(args.corpus or (SEEDS,)), questions),)


def options_of(args: argparse.Namespace) -> Options:
    """The command line's options of asking."""
    return Options(
        args.answerer,
        args.embedding,
        args.home,
        args.scoped,
        tuple(args.kind or ()),
        tuple(args.lang or ()),
        args.limit,
        args.jobs,
        tuple(args.id or ()),
    )


def print_run(outcome: Run, failures: bool) -> None:
    """Tables to stdout, trouble to stderr."""
    results = outcome.results
    print(report.table(results))
    print(f"\n{report.intervals(results)}\n\n{report.footer(outcome)}")
    for _, corpus in outcome.corpora:
        for file, reason in corpus.failed:
            print(f"not added: {file}: {reason}", file=sys.stderr)
    if failures:
        print(report.failures(results))
    for result in results:
        if result.error:
            print(f"error: {result.case.id}: {result.error}", file=sys.stderr)


def write_outputs(args: argparse.Namespace, data: dict[str, Any], comparison: gate.Comparison | None) -> None:
    """The files that were asked for."""
    texts: dict[str, tuple[str, Callable[[], str]]] = {
        "json": (".json", lambda: json.dumps(data, ensure_ascii=False, indent=1) + "\n"),
        "html": (".html", lambda: html.page(data, comparison)),
        "markdown": (".md", lambda: report.markdown(data, comparison)),
    }
    for name, (suffix, text) in texts.items():
        path: Path | None = getattr(args, name)
        if path:
            if path == OUT or path.is_dir():
                path = path / f"{data['about']['commit'] or 'run'}{suffix}"
                print(f"{name}: {path}")
            write_text(path, text())
    if args.update_baseline:
        write_text(BASELINE, report.baseline(data))


def compare_command(argv: Sequence[str]) -> int:
    """``compare A.json B.json``: 1 when the second run is significantly worse."""
    p = argparse.ArgumentParser("python -m eval compare", description="Compare two result files, case by case.")
    p.add_argument("before", type=Path)
    p.add_argument("after", type=Path)
    args = p.parse_args(argv)
    comparison = gate.compare(scores_of(read_json(args.before)), scores_of(read_json(args.after)))
    print(gate.describe(comparison))
    return 1 if comparison.significant_losses else 0


def show_command(argv: Sequence[str]) -> int:
    """``show ID [RUN.json]``: the question, what was expected, given and retrieved, and what went wrong."""
    p = argparse.ArgumentParser("python -m eval show", description="Print one case, of a result file or asked now.")
    p.add_argument("id")
    p.add_argument("run", type=Path, nargs="?", help="a result file (default: ask the shipped question now)")
    args = p.parse_args(argv)
    if args.run is None:
        case = report.case_dict(run_suites(SHIPPED, Options(ids=(args.id,))).results[0])
    else:
        cases = {case["id"]: case for case in read_json(args.run)["cases"]}
        if args.id not in cases:
            some = next(iter(cases), "-")
            raise UsageError(f"{args.run} holds no case {args.id!r}; it has {len(cases)}, such as {some}.")
        case = cases[args.id]
    print(report.case_text(case))
    return 0


def scores_of(data: dict[str, Any]) -> gate.Scores:
    """Scores by case of a result file or a baseline."""
    cases = data.get("cases")
    if cases is None:
        raise UsageError("A file without cases was given to compare with; make one with --json.")
    if isinstance(cases, dict):
        return cases
    return {case["id"]: case["scores"] for case in cases}


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object of this program. Raises UsageError when the file is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as a result file ({error}); make one with --json.") from None
    if not isinstance(data, dict) or not {"cases", "min", "parts", "sets", "sizes"} & set(data):
        raise UsageError(f"{path} is not a result file of this program; make one with --json.")
    return data


def write_text(path: Path, text: str) -> None:
    """Write a file. Raises UsageError when the path cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error}); choose another place.") from None


if __name__ == "__main__":
    sys.exit(main())
