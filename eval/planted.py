"""Faults planted on purpose, one at a time, to show that the gate catches each: ``python -m eval planted [NAME...]``.

A fault replaces one function of the engine for the length of a run; nothing is written. Each run has a process of its
own, so that no cache carries over. What is compared is a run without a fault on the same code.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from eval import gate

Change = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Fault:
    """``target``: the dotted name that is replaced; ``change``: makes the faulty function from the right one."""

    name: str
    says: str
    target: str
    change: Change


def _nothing(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: {}


def _shift_marks(make: Callable[..., Any]) -> Callable[..., Any]:
    def shifted(*args: Any, **kwargs: Any) -> Any:
        return tuple(
            replace(p, locator=replace(p.locator, numbers=tuple(n + 1 for n in p.locator.numbers)))
            for p in make(*args, **kwargs)
        )

    return shifted


def _without_tables(make: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: tuple(p for p in make(*args, **kwargs) if p.kind != "table")


def _neighbours(choose: Callable[..., Any]) -> Callable[..., Any]:
    """Every draft keeps its words and rests on the passage after its own."""

    def moved(index: Any, *args: Any, **kwargs: Any) -> Any:
        drafts = []
        for draft in choose(index, *args, **kwargs):
            evidence = []
            for item in draft.evidence:
                all_of_it = index.report_passages(item.report.id)
                place = min(item.passage.ordinal + 1, len(all_of_it) - 1)
                evidence.append(replace(item, passage=all_of_it[place]))
            drafts.append(replace(draft, evidence=tuple(evidence), quotes=()))
        return drafts

    return moved


def _always(answerable: bool) -> Change:
    def change(judge: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **kwargs: replace(judge(*args, **kwargs), answerable=answerable)

    return change


def _whole_runs(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda run: [run]


def _believing(_: Callable[..., Any]) -> Callable[..., Any]:
    from rag.verify import Verdict

    return lambda *args, **kwargs: Verdict("supported")


def _forgetful(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda question, history: question


FAULTS = (
    Fault("dense", "dense search finds nothing", "rag.store.Store.dense", _nothing),
    Fault("lexical", "lexical search finds nothing", "rag.store.Store.lexical", _nothing),
    Fault("marks", "every locator is off by one", "rag.passages.make_passages", _shift_marks),
    Fault("neighbour", "citations point to the next passage", "rag.engine.drafts", _neighbours),
    Fault("never-refuse", "nothing is ever refused", "rag.engine.judge", _always(True)),
    Fault("always-refuse", "everything is refused", "rag.engine.judge", _always(False)),
    Fault("chinese", "a Chinese sentence is one word", "rag.analysis._bigrams", _whole_runs),
    Fault("figures", "figures are not checked", "rag.verify.verify_sentence", _believing),
    Fault("follow-up", "the conversation is forgotten", "rag.engine.resolve", _forgetful),
    Fault("tables", "the readers drop tables", "rag.passages.make_passages", _without_tables),
)


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """The engine with the fault in it."""
    with ExitStack() as stack:
        module, _, attribute = fault.target.rpartition(".")
        owner = _resolve(module)
        stack.enter_context(patch.object(owner, attribute, fault.change(getattr(owner, attribute))))
        yield


def _resolve(name: str) -> Any:
    """The module or class of a dotted name."""
    from importlib import import_module

    try:
        return import_module(name)
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        return getattr(import_module(module), attribute)


def run_with(name: str | None, out: Path) -> None:
    """Run the shipped suites, with a fault when named, and write the scores of every case."""
    from eval.suites import SHIPPED, Options, run_suites

    with ExitStack() as stack:
        if name:
            stack.enter_context(planted(next(fault for fault in FAULTS if fault.name == name)))
        run = run_suites(SHIPPED, Options())
    scores = {result.case.id: result.scores for result in run.results}
    out.write_text(json.dumps({"cases": scores}), encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Plant the faults one by one; 1 when the gate misses one."""
    names = [fault.name for fault in FAULTS]
    p = argparse.ArgumentParser("python -m eval planted", description="Show that the gate catches planted faults.")
    p.add_argument("name", nargs="*", help=f"one of {', '.join(names)} (default: all)")
    p.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    args = p.parse_args(argv)
    for name in args.name:
        if name not in names:
            p.error(f"there is no fault {name!r}; choose from {', '.join(names)}")
    if args.run:
        run_with(args.name[0] if args.name else None, args.run)
        return 0
    with tempfile.TemporaryDirectory(prefix="eval-") as folder:
        before = _scores(None, Path(folder))
        missed = 0
        for fault in FAULTS:
            if not args.name or fault.name in args.name:
                comparison = gate.compare(before, _scores(fault.name, Path(folder)))
                missed += _report(fault, comparison)
    return 1 if missed else 0


def _scores(name: str | None, folder: Path) -> gate.Scores:
    out = folder / f"{name}.json"
    command = [sys.executable, "-m", "eval.planted", *([name] if name else []), "--run", str(out)]
    subprocess.run(command, check=True, cwd=Path(__file__).parent.parent)
    cases: dict[str, dict[str, float]] = json.loads(out.read_text(encoding="utf-8"))["cases"]
    return cases


def _report(fault: Fault, comparison: gate.Comparison) -> int:
    losses = sorted(comparison.significant_losses, key=lambda change: change.gain.value)
    worst = ", ".join(f"{c.metric} {c.before:.3f} -> {c.after:.3f}" for c in losses[:3])
    verdict = f"caught: {len(comparison.lost)} cases lost; {worst}" if losses else "MISSED"
    print(f"{fault.name:<14} {fault.says:<38} {verdict}")
    return 0 if losses else 1


if __name__ == "__main__":
    sys.exit(main())
