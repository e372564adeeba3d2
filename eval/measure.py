"""One system measured in a process of its own, so that memory and caches are its own: ``python -m eval.measure SPEC``."""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from eval.cases import UsageError
from eval.memory import watched
from eval.systems import SYSTEMS, System


def measure(
    system: str, home: Path, corpus: Sequence[Path], questions: Sequence[str], askers: int, one_more: Path | None = None
) -> dict[str, Any]:
    """Open, add, search one by one, within one report and by many at once, add one more.

    Seconds, milliseconds, megabytes. ``import_seconds``: opening a first library that holds one sentence, with every import and the
    embedding model; ``start_seconds``: opening the measured one after that. ``one_more_to_empty_seconds``: the same
    report into that first one.
    """
    out: dict[str, Any] = {}
    with ExitStack() as stack:
        memory = stack.enter_context(watched())
        first = _timed(out, "import_seconds", lambda: _warm(system, home.with_name(home.name + "-empty")))
        stack.callback(first.close)
        if one_more:
            _timed(out, "one_more_to_empty_seconds", lambda: first.add([one_more]))
        engine = _timed(out, "start_seconds", lambda: SYSTEMS[system](home))
        stack.callback(engine.close)
        out["failed_files"] = _timed(out, "add_seconds", lambda: engine.add(corpus))
        out["pieces"] = engine.size()
        out["peak_mb_after_add"] = memory.mb
        _timed(out, "first_search_seconds", lambda: engine.search("warm up", 10))
        _search(out, engine, questions)
        if askers:
            out["concurrent"] = concurrent(engine, questions, askers)
        if one_more:
            _timed(out, "one_more_seconds", lambda: engine.add([one_more]))
    out["peak_mb"] = memory.mb
    out["disk_mb"] = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 2**20
    return out


def _warm(system: str, home: Path) -> System:
    """An all but empty library of the system: added to and searched once, so that everything is imported and loaded."""
    engine = SYSTEMS[system](home)
    with tempfile.TemporaryDirectory() as folder:
        sentence = Path(folder) / "sentence.txt"
        sentence.write_text("Ore prices rose by 4% in May.", encoding="utf-8")
        engine.add([sentence])
    engine.search("warm up", 1)
    return engine


def _search(out: dict[str, Any], engine: System, questions: Sequence[str]) -> None:
    out["results"], out["search_ms"] = [], []
    for question in questions:
        started = time.perf_counter()
        found = engine.search(question, 10)
        out["search_ms"].append((time.perf_counter() - started) * 1000)
        out["results"].append([[item.stem, item.page, item.text] for item in found])
    within = out["results"][0][0][0] if out["results"] and out["results"][0] else ""
    out["filtered_ms"] = [_ms(lambda q, n: engine.search_in(within, q, n), question) for question in questions[:100]]


def concurrent(engine: System, questions: Sequence[str], askers: int) -> dict[str, Any]:
    """All questions by ``askers`` threads at once, each taking the next one: milliseconds each, questions a second."""
    times: list[float] = []
    waiting = list(questions)
    lock = threading.Lock()

    def ask() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                question = waiting.pop()
            took = _ms(engine.search, question)
            with lock:
                times.append(took)

    threads = [threading.Thread(target=ask) for _ in range(askers)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"ms": times, "per_second": len(times) / max(time.perf_counter() - started, 1e-9)}


def _ms(search: Callable[[str, int], object], question: str) -> float:
    started = time.perf_counter()
    search(question, 10)
    return (time.perf_counter() - started) * 1000


def _timed(out: dict[str, Any], name: str, work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = work()
    out[name] = time.perf_counter() - started
    return result


def main(spec_file: str) -> None:
    """What the benchmark starts for each measurement."""
    spec = json.loads(Path(spec_file).read_text(encoding="utf-8"))
    corpus = [Path(path) for path in spec["corpus"]]
    one_more = Path(spec["one_more"]) if spec.get("one_more") else None
    out = measure(spec["system"], Path(spec["home"]), corpus, spec["questions"], spec["askers"], one_more)
    Path(spec["out"]).write_text(json.dumps(out), encoding="utf-8")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except UsageError as failure:
        sys.exit(str(failure))
