"""Writes ``eval/EVAL.md`` from result files: ``python -m eval document --run RUN.json [--ablation A.json] ...``.

Every number in it is read from a file that a command of this program wrote; the text around them is kept here.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.cases import UsageError
from eval.html import cause
from eval.metrics import LOWER_IS_BETTER

HERE = Path(__file__).parent
_KEY = ("hit@1", "hit@5", "ndcg@10", "citation_precision", "citation_recall", "must_contain", "passed")
_INTRO = """\
# How good the answers are

Written by `python -m eval document`; do not edit by hand. Everything runs offline, with the built-in embedding and
extractive answers, on the shipped questions and reports (`eval/questions*.jsonl`, `eval/claims.jsonl`, `seeds/`,
`eval/corpus/`; all companies and brokers of `eval/corpus/` are invented). A case passes when the right places are cited,
the answer contains what it must, the citation contract holds, and what the reports do not say is refused.
"""
_PUBLISHED = """\
Published for FinanceBench (P. Islam et al., 2023, https://arxiv.org/abs/2311.11944, GPT-4-Turbo, answers judged by
people): 19 % right over one shared vector store, 50 % with a store per document, 85 % when handed the right page.
Those are answers, ours are pages found: finding the page is what separates the first number from the last.
"""
_EXCLUDED = """\
- Answers to public sets are not graded: theirs are free text or need arithmetic, and grading them takes a model.
- Answers by a model are not part of the gate: it must give the same numbers twice and run without a key or a network.
  `--answerer llm` runs the same questions with one.
- Latency is printed but not gated: it depends on the machine.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Write the document; 2 when a file is not what it should be."""
    from eval.__main__ import read_json, write_text

    p = argparse.ArgumentParser("python -m eval document", description="Write eval/EVAL.md from result files.")
    p.add_argument("--run", type=Path, metavar="JSON", help="from `python -m eval --json` (default: run it now)")
    p.add_argument("--ablation", type=Path, metavar="JSON", help="from `python -m eval ablate --json`")
    p.add_argument("--bench", type=Path, metavar="JSON", help="from `python -m eval bench --json`")
    p.add_argument(
        "--pages", type=Path, action="append", default=[], metavar="JSON", help="from `python -m eval pages`"
    )
    p.add_argument("--public", action="append", default=[], metavar="NAME=JSON", help="from `python -m eval public`")
    p.add_argument("--out", type=Path, default=HERE / "EVAL.md", metavar="FILE")
    args = p.parse_args(argv)
    sections = [_INTRO, run_section(read_json(args.run) if args.run else run_now())]
    if args.public or args.pages:
        sections.append(f"## Public sets\n\n{_PUBLISHED}")
    if args.public:
        named = [text.partition("=") for text in args.public]
        sections.append(public_section({name: read_json(Path(path)) for name, _, path in named}))
    sections += [pages_section(read_json(path)) for path in args.pages]
    if args.bench:
        sections.append(bench_section(read_json(args.bench)))
    if args.ablation:
        sections.append(ablation_section(read_json(args.ablation)))
    sections += [f"## What is left out, and why\n\n{_EXCLUDED}", notes_section()]
    write_text(args.out, "\n".join(sections))
    return 0


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


def run_section(data: Mapping[str, Any]) -> str:
    """Today's table: metrics with intervals, then by language and kind, then what fails most."""
    metrics = []
    for name, m in _part(data, "metrics").items():
        label = f"{name} (lower is better)" if name in LOWER_IS_BETTER else name
        metrics.append([label, f"{m['value']:.3f}", f"{m['low']:.3f} to {m['high']:.3f}", str(m["n"])])
    timing = data["timing"]
    times = f"ask p50 {timing['ask_ms_p50']} ms, p95 {timing['ask_ms_p95']} ms"
    parts = [f"## At commit {data['about']['commit']}\n\nEmbedding {data['about']['embedding']}; {times}.\n"]
    parts.append(_grid(("metric", "value", "95 % interval", "n"), metrics))
    for key in ("by_lang", "by_kind"):
        rows = [
            [name, *(f"{group[m]['value']:.2f}" if m in group else "" for m in (*_KEY, "refusal_recall"))]
            for name, group in data[key].items()
        ]
        parts.append(_grid((key.removeprefix("by_"), *_KEY, "refusal_recall"), rows))
    return "\n".join([*parts, weaknesses(data)])


def weaknesses(data: Mapping[str, Any]) -> str:
    """The kinds that fail most, what goes wrong first, and an example of each cause."""
    worst = sorted(data["by_kind"].items(), key=lambda item: (item[1]["passed"]["value"], item[0]))[:6]
    kinds = [f"- {kind}: {group['passed']['value']:.0%} of {group['passed']['n']} pass" for kind, group in worst]
    failed: dict[str, list[Mapping[str, Any]]] = {}
    for case in data["cases"]:
        if not case["passed"]:
            failed.setdefault(cause(case["problems"]), []).append(case)
    order = sorted(failed.items(), key=lambda item: (-len(item[1]), item[0]))
    rows = [[name, str(len(cases)), _cell(f"{cases[0]['question']} ({cases[0]['id']})")] for name, cases in order]
    causes = _grid(("what goes wrong first", "cases", "for example"), rows) if rows else ""
    return "\n".join(["### Known weaknesses: the kinds that fail most\n", *kinds, "", causes])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def public_section(runs: Mapping[str, Mapping[str, Any]]) -> str:
    """Public sets: pages found and refusals, beside what was published."""
    shown = ("place_hit@1", "place_hit@5", "place_hit@10", "report_hit@1", "refusal_recall", "false_refusal")
    rows = []
    for name, data in runs.items():
        found = _part(data, "metrics")
        scope = "report given" if data["about"].get("scoped") else "whole library"
        rows.append([name, scope, str(len(data["cases"]))])
        rows[-1] += [f"{found[m]['value']:.2f}" if m in found else "" for m in shown]
    return _grid(("set", "searched", "questions", *shown), rows)


def pages_section(data: Mapping[str, Any]) -> str:
    """Page-cited sets in one library: pages found within the reports given and over all, and what building it took."""
    shown = ("page_hit@1", "page_hit@5", "page_hit@10", "report_hit@1", "refusal_recall", "attack_success")
    rows = []
    for name, found in _part(data, "sets").items():
        values = [f"{found['metrics'][m]['value']:.2f}" if m in found["metrics"] else "" for m in shown]
        rows.append([name, str(len(found["cases"])), *values])
    built = data["library"]
    about = f"One library of {built['reports']:,} reports, {built['pages']:,} pages, {built['passages']:,} passages"
    if built["added_pages"]:
        about += f", added at {built['pages_per_second']:.0f} pages a second with {built['peak_mb']:,.0f} MB at most"
    return f"{about}.\n\n{_grid(('set, searched', 'questions', *shown), rows)}"


def run_now() -> Mapping[str, Any]:
    """The shipped suites, asked now."""
    from eval.report import to_dict
    from eval.suites import SHIPPED, Options, run_suites

    return to_dict(run_suites(SHIPPED, Options(jobs=2)), SHIPPED, answerer="extractive", scoped=False)


def bench_section(data: Mapping[str, Any]) -> str:
    """The benchmark's tables; systems as columns."""
    parts = [f"## Beside others\n\n`python -m eval bench` at commit {data['commit']}, Python {data['python']}.\n"]
    if (HERE / "bench.svg").exists():
        parts.append("![What each costs against the size of its library](bench.svg)\n")
    tables = {"quality": _part(data, "quality"), "adding PDF reports": data["pages"]}
    tables |= {f"{int(size):,} paragraphs": rows for size, rows in data["sizes"].items()}
    for title, rows in tables.items():
        if rows:
            names = list(rows)
            body = [[metric, *(_number(rows[name][metric]) for name in names)] for metric in rows[names[0]]]
            parts.append(_grid((title, *names), body))
    return "\n".join(parts)


def _number(value: float) -> str:
    if isinstance(value, int) or value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"


def ablation_section(data: Mapping[str, Any]) -> str:
    """What each part is worth."""
    shown = ("hit@1", "hit@5", "citation_recall", "must_contain", "refusal_recall", "false_refusal", "passed")
    rows = [[part, *(_gain(metrics.get(m)) for m in shown)] for part, metrics in data["parts"].items()]
    command = "`python -m eval ablate --few`, some cases of each kind" if data.get("few") else "`python -m eval ablate`"
    text = (
        f"{command}: change of each metric when the part is taken away (bold: significant; + is better without it).\n"
    )
    return f"## What each part is worth\n\n{text}\n{_grid(('without', *shown), rows)}"


def _gain(change: Mapping[str, Any] | None) -> str:
    if change is None:
        return ""
    text = f"{change['gain']:+.3f}"
    return f"**{text}**" if change["significant"] else text


def notes_section() -> str:
    """The log of what did not work."""
    return (HERE / "NOTES.md").read_text(encoding="utf-8").replace("# What did not work", "## What did not work", 1)


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    if name not in data:
        raise UsageError(f"A result file without {name!r} was given; see `python -m eval document --help` for which.")
    part: Mapping[str, Any] = data[name]
    return part
