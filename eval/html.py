"""A run as one HTML page that needs nothing else: plots per kind and language, and every failed case in full."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from eval.gate import Comparison
from eval.metrics import LOWER_IS_BETTER

_STYLE = """
:root { color-scheme: light dark; --bar: #3b82c4; --bad: #c4523b; --soft: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: .2rem .7rem; text-align: left; white-space: nowrap; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(34rem, 100%), 1fr)); gap: 0 2rem; }
figure { margin: 0 0 1.5rem; } figcaption { font-weight: 600; margin-bottom: .4rem; }
.wide { overflow-x: auto; } svg { max-width: 100%; height: auto; } .right { font-weight: 600; }
.right::before { content: "\\2713\\00a0"; color: var(--bar); } input { font: inherit; width: min(30rem, 100%); padding: .2rem; }
td.n { text-align: right; font-variant-numeric: tabular-nums; } tr:nth-child(even) { background: #8881; }
details { border: 1px solid var(--soft); border-radius: 6px; padding: .4rem .8rem; margin: .4rem 0; }
summary { cursor: pointer; } .why { color: var(--bad); } q, .given { white-space: pre-wrap; }
svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem 1rem; }
"""
# Typing in the field leaves the cases whose summary or details hold what was typed.
_FILTER = """<p><label>Show only cases with <input type="search" id="only" placeholder="a kind, a cause, a word"></label></p>
<script>document.getElementById("only").addEventListener("input", event => {
  const wanted = event.target.value.toLowerCase();
  for (const one of document.querySelectorAll("details"))
    one.hidden = !one.textContent.toLowerCase().includes(wanted);
});</script>"""
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
        '<h2>By kind and language</h2><div class="plots">',
        *(
            plot(f"{metric} by {key}", _series(data[f"by_{key}"], metric))
            for metric in _PLOTTED
            for key in ("kind", "lang")
        ),
        f"</div><h2>{len(failed)} failed cases</h2>",
        _causes(failed),
        _FILTER if failed else "",
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
    width, height = left + width + 110, len(rows) * step + 8
    label = escape(title)
    drawn = (
        f'<svg role="img" aria-label="{label}" width="{width}" viewBox="0 0 {width} {height}">{"".join(shapes)}</svg>'
    )
    return f"<figure><figcaption>{label}</figcaption>{drawn}</figure>"


def _series(groups: Mapping[str, Any], metric: str) -> list[tuple[str, Mapping[str, float]]]:
    return [(name, metrics[metric]) for name, metrics in groups.items() if metric in metrics]


def cause(problems: Iterable[str]) -> str:
    """The cause of a failure: its first problem without the detail; the first is the one that explains the rest."""
    first = next(iter(problems), "")
    return re.split(r" '|: ", first, maxsplit=1)[0]


def _causes(failed: Iterable[Mapping[str, Any]]) -> str:
    counts = Counter(cause(case["problems"]) for case in failed)
    rows = "".join(f'<tr><td>{escape(name)}</td><td class="n">{n}</td></tr>' for name, n in counts.most_common())
    return f"<table><tr><th>what went wrong first</th><th>cases</th></tr>{rows}</table>" if counts else ""


def _metric_table(metrics: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}{' (lower is better)' if name in LOWER_IS_BETTER else ''}</td>"
        f'<td class="n">{m["value"]:.3f}</td><td class="n">{m["low"]:.3f} to {m["high"]:.3f}</td>'
        f'<td class="n">{m["n"]}</td></tr>'
        for name, m in metrics.items()
    )
    head = "<tr><th>metric</th><th>value</th><th>95 % interval</th><th>n</th></tr>"
    return f'<div class="wide"><table>{head}{rows}</table></div>'


def _comparison(comparison: Comparison) -> str:
    lost = ", ".join(f'<a href="#{escape(case)}">{escape(case)}</a>' for case in comparison.lost) or "none"
    won = escape(", ".join(comparison.won) or "none")
    moved = "".join(
        f'<tr><td>{escape(c.metric)}</td><td class="n">{c.before:.3f}</td><td class="n">{c.after:.3f}</td>'
        f'<td class="n">{c.gain.low:+.3f} to {c.gain.high:+.3f}</td>'
        f"<td>{'worse' if c.significant_loss else ''}</td></tr>"
        for c in comparison.changes
        if c.gain.value
    )
    head = "<tr><th>metric</th><th>before</th><th>now</th><th>95 % interval of the gain</th><th></th></tr>"
    return f"<h2>Against the baseline</h2><p>Lost: {lost}. Won: {won}. Unchanged: {comparison.unchanged}.</p>" + (
        f'<div class="wide"><table>{head}{moved}</table></div>' if moved else ""
    )


def _case(case: Mapping[str, Any]) -> str:
    expected, given = case["expected"], case["given"] or {}
    places = {stem: set(numbers) for stem, numbers in expected["marks"]}
    wanted = "a refusal"
    if expected["answerable"]:
        wanted = f"{expected['need']} of " + ", ".join(f"{stem} {numbers}" for stem, numbers in expected["marks"])
    cited = "".join(
        f"<dd>{escape(c['marker'])} {escape(c['file'])}: <q>{escape(c['quote'])}</q></dd>"
        for c in given.get("citations", ())
    )
    hits = "".join(
        f"<li{_right(hit, places)}>{hit['score']:.3f} {escape(hit['stem'])} {escape(str(hit['numbers']))}: "
        f"{escape(hit['text'])}</li>"
        for hit in case["retrieved"]
    )
    history = "".join(f"<dd>earlier: {escape(turn)}</dd>" for turn in case["history"])
    return (
        f'<details id="{escape(case["id"])}"><summary>'
        f"{escape(case['id'])} ({escape(case['kind'])}, {escape(case['lang'])}): "
        f'{escape(case["question"])} <span class="why">{escape("; ".join(case["problems"]))}</span></summary><dl>'
        f"{history}<dt>Expected</dt><dd>{escape(wanted)}{_patterns('contains', expected['must'])}"
        f"{_patterns('does not contain', expected['must_not'])}</dd>"
        f'<dt>Given{" (refused)" if given.get("refused") else ""}</dt><dd class="given">'
        f"{escape(given.get('text') or str(case['error']))}</dd><dt>Cited</dt>{cited or '<dd>nothing</dd>'}"
        f"<dt>Retrieved</dt><dd><ol>{hits}</ol></dd></dl></details>"
    )


def _right(hit: Mapping[str, Any], places: Mapping[str, set[int]]) -> str:
    return ' class="right"' if places.get(hit["stem"], set()).intersection(hit["numbers"]) else ""


def _patterns(word: str, patterns: Iterable[str]) -> str:
    shown = " and ".join(f"<code>{escape(pattern)}</code>" for pattern in patterns)
    return f"; {word} {shown}" if shown else ""
