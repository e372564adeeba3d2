"""A run as one HTML page that needs nothing else: plots per kind and language, and every failed case in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from eval.gate import Comparison
from eval.metrics import LOWER_IS_BETTER

_STYLE = """
:root { color-scheme: light dark; --bar: #3b82c4; --bad: #c4523b; --soft: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: .2rem .7rem; text-align: left; }
td.n { text-align: right; font-variant-numeric: tabular-nums; } tr:nth-child(even) { background: #8881; }
details { border: 1px solid var(--soft); border-radius: 6px; padding: .4rem .8rem; margin: .4rem 0; }
summary { cursor: pointer; } .why { color: var(--bad); } q, .given { white-space: pre-wrap; }
svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem 1rem; }
"""
_PLOTTED = ("hit@5", "citation_precision", "citation_recall", "must_contain", "refusal_recall", "passed")


def page(data: Mapping[str, Any], comparison: Comparison | None = None) -> str:
    """The page of a result file; all text from reports and answers is escaped."""
    failed = [case for case in data["cases"] if not case["passed"]]
    parts = [
        f"<h1>Eval at {escape(str(data['about']['commit']))}</h1>",
        f"<p>{len(data['cases']) - len(failed)} of {len(data['cases'])} cases passed. ",
        f"{escape(', '.join(data['about']['questions']))}; embedding {escape(str(data['about']['embedding']))}; "
        f"ask p50 {data['timing']['ask_ms_p50']} ms, p95 {data['timing']['ask_ms_p95']} ms.</p>",
        *(f'<p class="why">Broken: {escape(line)}</p>' for line in data["broken"]),
        _metric_table(data["metrics"]),
        _comparison(comparison) if comparison else "",
        *(
            plot(f"{metric} by {key}", _series(data[f"by_{key}"], metric))
            for metric in _PLOTTED
            for key in ("kind", "lang")
        ),
        f"<h2>{len(failed)} failed cases</h2>",
        *(_case(case) for case in failed),
    ]
    title = "Eval report"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>\n" + "\n".join(part for part in parts if part) + "\n</body></html>\n"
    )


def plot(title: str, series: Iterable[tuple[str, Mapping[str, float]]]) -> str:
    """A bar per group with its 95 % interval, as inline SVG; empty when no group has the metric."""
    rows = list(series)
    if not rows:
        return ""
    left, width, step = 130, 420, 22
    shapes = []
    for index, (name, m) in enumerate(rows):
        y = index * step + 4
        low, high = left + m["low"] * width, left + m["high"] * width
        shapes.append(
            f'<text x="{left - 8}" y="{y + 12}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{left}" y="{y}" width="{m["value"] * width:.1f}" height="15" fill="var(--bar)"/>'
            f'<path d="M{low:.1f} {y + 7.5}H{high:.1f}" stroke="currentColor" stroke-width="1.5"/>'
            f'<text x="{left + width + 10}" y="{y + 12}">{m["value"]:.3f} (n={m["n"]})</text>'
        )
    size = f'width="{left + width + 110}" height="{len(rows) * step + 8}"'
    label = escape(title)
    return f'<h3>{label}</h3><svg role="img" aria-label="{label}" {size}>{"".join(shapes)}</svg>'


def _series(groups: Mapping[str, Any], metric: str) -> list[tuple[str, Mapping[str, float]]]:
    return [(name, metrics[metric]) for name, metrics in groups.items() if metric in metrics]


def _metric_table(metrics: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}{' (lower is better)' if name in LOWER_IS_BETTER else ''}</td>"
        f'<td class="n">{m["value"]:.3f}</td><td class="n">{m["low"]:.3f} to {m["high"]:.3f}</td>'
        f'<td class="n">{m["n"]}</td></tr>'
        for name, m in metrics.items()
    )
    return f"<table><tr><th>metric</th><th>value</th><th>95 % interval</th><th>n</th></tr>{rows}</table>"


def _comparison(comparison: Comparison) -> str:
    lost, won = ", ".join(comparison.lost) or "none", ", ".join(comparison.won) or "none"
    moved = "".join(
        f'<tr><td>{escape(c.metric)}</td><td class="n">{c.before:.3f}</td><td class="n">{c.after:.3f}</td>'
        f'<td class="n">{c.gain.low:+.3f} to {c.gain.high:+.3f}</td>'
        f"<td>{'worse' if c.significant_loss else ''}</td></tr>"
        for c in comparison.changes
        if c.gain.value
    )
    head = "<tr><th>metric</th><th>before</th><th>now</th><th>95 % interval of the gain</th><th></th></tr>"
    return (
        f"<h2>Against the baseline</h2><p>Lost: {escape(lost)}. Won: {escape(won)}. "
        f"Unchanged: {comparison.unchanged}.</p>" + (f"<table>{head}{moved}</table>" if moved else "")
    )


def _case(case: Mapping[str, Any]) -> str:
    expected, given = case["expected"], case["given"] or {}
    wanted = f"{expected['need']} of {expected['marks']}" if expected["answerable"] else "a refusal"
    cited = "".join(
        f"<dd>{escape(c['marker'])} {escape(c['file'])}: <q>{escape(c['quote'])}</q></dd>"
        for c in given.get("citations", ())
    )
    hits = "".join(
        f"<li>{hit['score']:.3f} {escape(hit['stem'])} {escape(str(hit['numbers']))}: {escape(hit['text'])}</li>"
        for hit in case["retrieved"]
    )
    history = "".join(f"<dd>earlier: {escape(turn)}</dd>" for turn in case["history"])
    return (
        f"<details><summary>{escape(case['id'])} ({escape(case['kind'])}, {escape(case['lang'])}): "
        f'{escape(case["question"])} <span class="why">{escape("; ".join(case["problems"]))}</span></summary><dl>'
        f"{history}<dt>Expected</dt><dd>{escape(wanted)}; must {escape(str(expected['must']))}; "
        f"must not {escape(str(expected['must_not']))}</dd>"
        f'<dt>Given{" (refused)" if given.get("refused") else ""}</dt><dd class="given">'
        f"{escape(given.get('text') or str(case['error']))}</dd><dt>Cited</dt>{cited or '<dd>nothing</dd>'}"
        f"<dt>Retrieved</dt><dd><ol>{hits}</ol></dd></dl></details>"
    )
