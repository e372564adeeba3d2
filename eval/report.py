"""A run as JSON and as tables."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.metrics import LOWER_IS_BETTER, Summary, aggregate, percentile
from eval.runner import Corpus, Result
from eval.suites import Run, Suite

if TYPE_CHECKING:
    from eval.gate import Comparison

COLUMNS = (
    "hit@1",
    "hit@3",
    "hit@5",
    "mrr",
    "ndcg@10",
    "citation_precision",
    "citation_recall",
    "must_contain",
    "refusal_recall",
    "false_refusal",
    "passed",
)
_SHORT = {
    "citation_precision": "cit-P",
    "citation_recall": "cit-R",
    "must_contain": "must",
    "refusal_recall": "refuse",
    "false_refusal": "false-r",
}


def commit() -> str | None:
    """The commit of the checkout, with ``+`` when files differ from it; None outside a checkout or without git."""
    here = Path(__file__).parent
    try:
        head = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=here, capture_output=True, text=True)
        dirty = subprocess.run(["git", "status", "--porcelain", "-uno"], cwd=here, capture_output=True, text=True)
    except OSError:
        return None
    if head.returncode or not head.stdout.strip():
        return None
    return head.stdout.strip() + ("+" if dirty.stdout.strip() else "")


def summaries(results: Sequence[Result]) -> dict[str, Summary]:
    """Every metric over these results."""
    return aggregate(result.scores for result in results)


def grouped(results: Sequence[Result], key: str) -> dict[str, list[Result]]:
    """Results by ``lang`` or ``kind``, in alphabetical order."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(str(getattr(result.case, key)), []).append(result)
    return dict(sorted(groups.items()))


def timing(results: Sequence[Result]) -> dict[str, float]:
    """Latency in milliseconds: nearest-rank percentiles over the cases that gave an answer."""
    done = [result for result in results if result.error is None and result.ask_seconds]
    asked = [result.ask_seconds * 1000 for result in done]
    searched = [result.search_seconds * 1000 for result in done]
    return {
        "ask_ms_p50": round(percentile(asked, 0.5), 2),
        "ask_ms_p95": round(percentile(asked, 0.95), 2),
        "search_ms_p50": round(percentile(searched, 0.5), 2),
        "search_ms_p95": round(percentile(searched, 0.95), 2),
    }


def to_dict(run: Run, suites: Sequence[Suite], **about: Any) -> dict[str, Any]:
    """The whole run, JSON-ready. Only ``timing`` may differ between two runs on the same commit."""
    results = run.results
    fingerprints = sorted({corpus.fingerprint for _, corpus in run.corpora})
    seconds = {"add_seconds": round(run.add_seconds, 2), "ask_seconds": round(run.ask_seconds, 2)}
    return {
        "schema": 1,
        "about": {
            "commit": commit(),
            "embedding": fingerprints[0] if len(fingerprints) == 1 else fingerprints,
            "questions": [_short_path(path) for suite in suites for path in suite.questions],
            **about,
        },
        "corpus": {name: _corpus_dict(corpus) for name, corpus in run.corpora},
        "metrics": _dicts(summaries(results)),
        **{f"by_{key}": _by(results, key) for key in ("suite", "lang", "kind")},
        "timing": timing(results) | seconds,
        "tokens": tokens(results),
        "cases": [case_dict(result) for result in results],
    }


def _corpus_dict(corpus: Corpus) -> dict[str, Any]:
    failed = [{"file": file, "reason": reason} for file, reason in corpus.failed]
    return {"reports": corpus.reports, "passages": corpus.passages, "failed": failed}


def _by(results: Sequence[Result], key: str) -> dict[str, Any]:
    return {name: _dicts(summaries(group)) for name, group in grouped(results, key).items()}


def _short_path(path: Path) -> str:
    """The path below the checkout, or the file's name: a result file holds no place of the machine it came from."""
    root = Path(__file__).parent.parent
    return path.resolve().relative_to(root).as_posix() if path.resolve().is_relative_to(root) else path.name


def tokens(results: Sequence[Result]) -> dict[str, int]:
    """What a model read and wrote over the whole run; zeros where none spoke."""
    return {"in": sum(r.tokens_in for r in results), "out": sum(r.tokens_out for r in results)}


def baseline(data: dict[str, Any]) -> str:
    """What the gate keeps of a run: every case's scores, one line per case so that a change can be read."""
    rows = ",\n".join(f"  {json.dumps(c['id'])}: {json.dumps(c['scores'])}" for c in data["cases"])
    return f'{{\n "commit": {json.dumps(data["about"]["commit"])},\n "cases": {{\n{rows}\n }}\n}}\n'


def case_dict(result: Result) -> dict[str, Any]:
    """One case of a result file: expected, given, retrieved, scores and what went wrong."""
    case = result.case
    return {
        "id": case.id,
        "lang": case.lang,
        "kind": case.kind,
        "suite": case.suite,
        "question": case.question,
        "history": list(case.history),
        "expected": case.expected(),
        "given": result.answer,
        "retrieved": list(result.retrieved),
        "scores": {name: round(value, 4) for name, value in result.scores.items()},
        "passed": result.passed,
        "problems": list(result.problems),
        "error": result.error,
    }


def table(results: Sequence[Result]) -> str:
    """Metrics per language, per kind and over all, as aligned text."""
    rows = [["", "n", *(_SHORT.get(name, name) for name in COLUMNS)]]
    for key in ("suite", "lang", "kind"):
        groups = grouped(results, key)
        rows += [_row(name, group) for name, group in groups.items()] if len(groups) > 1 else []
    rows.append(_row("all", results))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:-1], "-" * len(lines[0]), lines[-1]])


def _row(name: str, results: Sequence[Result]) -> list[str]:
    summary = summaries(results)
    return [name, str(len(results)), *(f"{summary[c].value:.3f}" if c in summary else "-" for c in COLUMNS)]


def intervals(results: Sequence[Result]) -> str:
    """One line per metric with its 95 % interval."""
    lines = []
    for name, s in summaries(results).items():
        note = "  (lower is better)" if name in LOWER_IS_BETTER else ""
        lines.append(f"{name:<20} {s.value:.3f}  [{s.low:.3f}, {s.high:.3f}]  n={s.n}{note}")
    return "\n".join(lines)


def failures(results: Sequence[Result]) -> str:
    """One line per case that did not pass."""
    lines = [f"{r.case.id}: {'; '.join(r.problems)}  | {r.case.question[:80]}" for r in results if not r.passed]
    return "\n".join(lines)


def footer(run: Run) -> str:
    """Counts and times in two lines."""
    times, results = timing(run.results), run.results
    holdings = ", ".join(f"{name}: {c.reports} reports, {c.passages} passages" for name, c in run.corpora)
    return (
        f"{sum(result.passed for result in results)} of {len(results)} passed ({holdings})\n"
        f"added in {run.add_seconds:.1f} s, asked in {run.ask_seconds:.1f} s; "
        f"ask p50 {times['ask_ms_p50']:.1f} ms, p95 {times['ask_ms_p95']:.1f} ms; "
        f"search p50 {times['search_ms_p50']:.1f} ms, p95 {times['search_ms_p95']:.1f} ms"
    )


def case_text(case: dict[str, Any]) -> str:
    """One case of a result file for a person."""
    expected, given = case["expected"], case["given"] or {}
    lines = [f"{case['id']}  ({case['suite']}, {case['kind']}, {case['lang']})"]
    lines += [f"before:    {turn}" for turn in case["history"]]
    lines += [f"question:  {case['question']}"]
    if expected["answerable"]:
        lines.append(f"expected:  {expected['need']} of {expected['marks']}, must {expected['must']}")
    else:
        lines.append("expected:  a refusal")
    if expected["must_not"]:
        lines.append(f"           must not {expected['must_not']}")
    lines.append(f"given:     {'REFUSED: ' if given.get('refused') else ''}{given.get('text', case['error'])}")
    if given.get("resolved"):
        lines.append(f"resolved:  {given['resolved']}")
    lines += [f"cited:     {c['marker']} {c['file']}: {c['quote']}" for c in given.get("citations", ())]
    lines.append(f"verdict:   {'passed' if case['passed'] else '; '.join(case['problems'])}")
    lines.append("retrieved:")
    for rank, hit in enumerate(case["retrieved"], 1):
        place = f"{hit['stem']} {hit['kind']} {hit['numbers']}"
        parts = f"{hit['score']:.3f} (dense {hit['dense']:.3f}, lexical {hit['lexical']:.3f})"
        lines.append(f"  {rank:2}. {parts}  {place}: {hit['text'][:100]}")
    return "\n".join(lines)


def markdown(data: dict[str, Any], comparison: Comparison | None) -> str:
    """A summary for a pull request: the metrics, what changed against the baseline, what failed."""
    lines = [
        f"### Eval at {data['about']['commit']}",
        "",
        "| metric | value | 95 % interval | n |",
        "|---|---|---|---|",
    ]
    for name, m in data["metrics"].items():
        lines.append(f"| {name} | {m['value']:.3f} | {m['low']:.3f} to {m['high']:.3f} | {m['n']} |")
    if comparison:
        lines += ["", f"{len(comparison.won)} won, {len(comparison.lost)} lost, {comparison.unchanged} unchanged."]
        lines += [f"- lost: `{case}`" for case in comparison.lost] + [f"- won: `{case}`" for case in comparison.won]
    lines += [f"- **broken**: {line}" for line in data["broken"]]
    failed = [case for case in data["cases"] if not case["passed"]]
    lines += ["", f"<details><summary>{len(failed)} of {len(data['cases'])} cases failed</summary>", ""]
    lines += [f"- `{case['id']}` {case['question']} ({'; '.join(case['problems'])})" for case in failed]
    return "\n".join([*lines, "", "</details>", ""])


def _dicts(summary: dict[str, Summary]) -> dict[str, Any]:
    return {name: value.to_dict() for name, value in summary.items()}
