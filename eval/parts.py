"""Parts of the engine that can be taken away, and faults that can be planted in it, one at a time.

A part or a fault replaces functions of the engine for the length of a run; nothing is written.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from eval import gate

Change = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the engine, or a fault in it: ``targets`` are the dotted names that are replaced for a while;
    ``change`` makes what stands there instead from what stood there."""

    name: str
    says: str
    change: Change
    targets: tuple[str, ...]


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
    from rag.verify.sentence import Verdict

    return lambda *args, **kwargs: Verdict("supported")


def _no_entries(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: ()


def _empty(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: ""


def _no_route(route: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: type(route(*args, **kwargs))()


def _without(sign: str) -> Change:
    return lambda weights: {**weights, sign: 0.0}


def _forgetful(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda question, *_, **__: (question, None)


def _one_queue(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda ranked, way, limit: list(range(min(limit, len(ranked.evidence))))


def _unread(_: Callable[..., Any]) -> Callable[..., Any]:
    """The statements by their counts alone, as if the matcher could not tell."""
    return lambda wanted, statements: [replace(s, counted=s.score) for s in statements]


def _everything(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: True


def _one_language(what: Callable[..., Any]) -> Callable[..., Any]:
    """One search with the words of both languages, and one maximum of BM25 for all its results."""
    if what.__name__ == "_languages":
        return lambda *args: ()

    def words(candidates: Any, share: Any) -> list[float]:
        top = max((item.lexical for item in candidates), default=0.0) or 1.0
        return [item.lexical / top for item in candidates]

    return words


_VERIFY = (
    "rag.verify.sentence.verify_sentence",
    "rag.answer.extractive.verify_sentence",
    "rag.lookup.answer.verify_sentence",
    "rag.llm.check.verify_sentence",
)
# Files are read in this process while a part is changed: a worker process would read them with the unchanged engine.
_READ_HERE: tuple[tuple[str, Change], ...] = (
    ("rag.ingest.ahead.is_harmless", _everything),
    ("rag.ingest.ahead.INLINE_BYTES", lambda _: 2**40),
)

FAULTS = (
    Part("dense", "dense search finds nothing", _nothing, ("rag.store.store.Store.dense",)),
    Part("lexical", "lexical search finds nothing", _nothing, ("rag.store.store.Store.lexical",)),
    Part("marks", "every locator is off by one", _shift_marks, ("rag.ingest.pipeline.make_passages",)),
    Part("neighbour", "citations point to the next passage", _neighbours, ("rag.written.drafts",)),
    Part("never-refuse", "nothing is ever refused", _always(True), ("rag.question.compound.judge",)),
    Part("always-refuse", "everything is refused", _always(False), ("rag.question.compound.judge",)),
    Part("chinese", "a Chinese sentence is one word", _whole_runs, ("rag.language.analysis._bigrams",)),
    Part("figures", "figures are not checked", _believing, _VERIFY),
    Part("follow-up", "the conversation is forgotten", _forgetful, ("rag.engine.completed",)),
    Part("tables", "the readers drop tables", _without_tables, ("rag.ingest.pipeline.make_passages",)),
)

PARTS = (
    Part("dense", "dense search", _nothing, ("rag.store.store.Store.dense",)),
    Part("lexical", "lexical search", _nothing, ("rag.store.store.Store.lexical",)),
    Part(
        "lexicon",
        "the finance lexicon",
        _no_entries,
        ("rag.question.concepts.expand", "rag.language.lexicon.expand", "rag.figures.metrics.hits_in"),
    ),
    Part("coverage", "ranking by coverage of the question", _without("coverage"), ("rag.search.rank.WEIGHTS",)),
    Part("routing", "the reports that names and dates point to", _no_route, ("rag.search.retrieve.route",)),
    Part("statements", "knowing the pages of the statements", _without("statement"), ("rag.search.rank.WEIGHTS",)),
    Part("page", "what else stands on the page", _without("page"), ("rag.search.rank.WEIGHTS",)),
    Part(
        "context",
        "title, company, date and headings beside each passage",
        _empty,
        ("rag.ingest.pipeline.context_line", "rag.store.store.context_line", "rag.search.rank.context_line"),
    ),
    Part("tables", "tables as passages", _without_tables, ("rag.ingest.pipeline.make_passages",)),
    Part("follow-up", "completing follow-up questions", _forgetful, ("rag.engine.completed",)),
    Part("matcher", "the trained reading of statements", _unread, ("rag.answer.scoring.matched",)),
    Part("refusal", "refusing", _always(True), ("rag.question.compound.judge",)),
    Part("verification", "checking sentences and their figures", _believing, _VERIFY),
    Part(
        "languages",
        "balancing languages",
        _one_language,
        ("rag.search.retrieve._languages", "rag.search.rank._words"),
    ),
    Part("sides", "evidence from each side of a comparison", _one_queue, ("rag.search.retrieve._balanced",)),
)


@contextmanager
def changed(part: Part) -> Iterator[None]:
    """The engine without the part, or with the fault in it."""
    with ExitStack() as stack:
        for target, change in (*((target, part.change) for target in part.targets), *_READ_HERE):
            owner, attribute = owner_of(target)
            stack.enter_context(patch.object(owner, attribute, change(getattr(owner, attribute))))
        stack.callback(_forget)
        _forget()
        yield


def _forget() -> None:
    """Empty what the engine's functions remember of earlier calls; what is loaded once (one value) stays."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "rag":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear") and value.cache_parameters()["maxsize"] != 1:
                    value.cache_clear()


def owner_of(target: str) -> tuple[Any, str]:
    """The module or class that holds a dotted name, and the name in it."""
    module, _, attribute = target.rpartition(".")
    try:
        return import_module(module), attribute
    except ModuleNotFoundError:
        outer, _, name = module.rpartition(".")
        return getattr(import_module(outer), name), attribute


def scores_with(kind: str, name: str, *, few: bool = False) -> gate.Scores:
    """Scores of the shipped suites with one part changed (``kind``: fault or part; empty ``name``: nothing changed).

    ``few``: only some cases of each kind. In a process of its own, so that no cache of the engine carries over.
    """
    with tempfile.TemporaryDirectory(prefix="eval-") as folder:
        out = Path(folder) / "scores.json"
        command = [sys.executable, "-m", "eval.parts", kind, name, str(out), *(["few"] if few else [])]
        subprocess.run(command, check=True, cwd=Path(__file__).parent.parent)
        cases: dict[str, dict[str, float]] = json.loads(out.read_text(encoding="utf-8"))
    return cases


def main(kind: str, name: str, out: str, how_many: str = "all") -> None:
    """What ``scores_with`` starts: run the shipped suites and write the scores of every case."""
    from eval.suites import SHIPPED, Options, few, run_suites

    registry = {part.name: part for part in (FAULTS if kind == "fault" else PARTS)}
    with ExitStack() as stack:
        if name:
            stack.enter_context(changed(registry[name]))
        options = Options(ids=few(SHIPPED), claims=True) if how_many == "few" else Options()
        run = run_suites(SHIPPED, options)
    scores = {result.case.id: result.scores for result in run.results}
    Path(out).write_text(json.dumps(scores), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:5])
