"""A run as JSON and as tables."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.metrics import LOWER_IS_BETTER, Summary, aggregate, percentile
from eval.runner import Corpus, Result

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
    done = [result for result in results if result.error is None]
    asked = [result.ask_seconds * 1000 for result in done]
    searched = [result.search_seconds * 1000 for result in done]
    return {
        "ask_ms_p50": round(percentile(asked, 0.5), 2),
        "ask_ms_p95": round(percentile(asked, 0.95), 2),
        "search_ms_p50": round(percentile(searched, 0.5), 2),
        "search_ms_p95": round(percentile(searched, 0.95), 2),
    }


def to_dict(results: Sequence[Result], corpus: Corpus, **about: Any) -> dict[str, Any]:
    """The whole run, JSON-ready. Only ``timing`` and ``about`` may differ between two runs on the same commit."""
    return {
        "schema": 1,
        "about": {"commit": commit(), "embedding": corpus.fingerprint, **about},
        "corpus": {
            "reports": corpus.reports,
            "passages": corpus.passages,
            "failed": [{"file": file, "reason": reason} for file, reason in corpus.failed],
        },
        "metrics": _dicts(summaries(results)),
        "by_lang": {name: _dicts(summaries(group)) for name, group in grouped(results, "lang").items()},
        "by_kind": {name: _dicts(summaries(group)) for name, group in grouped(results, "kind").items()},
        "timing": timing(results),
        "cases": [case_dict(result) for result in results],
    }


def case_dict(result: Result) -> dict[str, Any]:
    """One case of a result file: expected, given, retrieved, scores and what went wrong."""
    case = result.case
    return {
        "id": case.id,
        "lang": case.lang,
        "kind": case.kind,
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
    for key in ("lang", "kind"):
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


def _dicts(summary: dict[str, Summary]) -> dict[str, Any]:
    return {name: value.to_dict() for name, value in summary.items()}
