"""Kill a writer at random moments, again and again, and check every report and every vector after each kill.

    python tools/crash.py --kills 50

A writer process adds, replaces, removes, edits and reindexes small invented reports, and notes each step before and
after it. It is ended by SIGKILL and SIGTERM in turn, now and then together with the process that holds Chroma, or that
process alone. Then another process opens the library and compares everything with the notes. Exit code 1 when anything
is half there, lost, or not found. The folder is kept with --home DIR, to look at or to go on with.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SYLLABLES = (
    "ba be bi bo ca ce co da de di do fa fe fi ga go la le li lo ma me mi mo na ne ni no pa pe ra re ri sa".split()
)
STEPS = ("add", "add", "add", "many", "replace", "replace", "remove", "edit", "reindex")


class HashEncoder:
    """Vectors that are a pure function of model version and text, near orthogonal for different texts."""

    dimensions = 48

    def __init__(self, version: int) -> None:
        self.version = version
        self.fingerprint = f"crash-{version}"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors (n, dimensions)."""
        rows = np.empty((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            digest = hashlib.blake2b(f"{self.version}:{text}".encode(), digest_size=8).digest()
            row[:] = np.random.default_rng(int.from_bytes(digest, "little")).standard_normal(self.dimensions)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    queries = passages


def content(name: str, version: int) -> bytes:
    """A small report of 3 to 40 statements, each with words of its own."""
    pick = random.Random(f"{name}-{version}")
    lines = []
    for number in range(1, pick.choice((4, 12, 41))):
        words = " ".join("".join(pick.choices(SYLLABLES, k=4)) for _ in range(9))
        lines.append(f"- The {words} rose {pick.randint(1, 99)}.{number}% in 2024 [{number}]")
    return f"Report {name} version {version}\nMILL RESEARCH·2025-04-03 08:00\n\nCore Views {' '.join(lines)}\n".encode()


def encoder_of(home: Path) -> HashEncoder:
    """The encoder whose vectors the library holds."""
    from rag import Settings
    from rag.store.ledger import Ledger

    address = Settings.load(_env_file=None).database_url
    ledger = Ledger.open(home, address.get_secret_value() if address else None)
    model = ledger.get("model") or "crash-1"
    ledger.close()
    return HashEncoder(int(model.rpartition("-")[2]))


def open_library(home: Path, encoder: HashEncoder) -> Any:
    from rag import Library, Settings

    return Library.open(Settings.load(rag_home=home, _env_file=None), encoder=encoder)


# the writer


class Writer:
    """Random steps on a library, each noted in the journal before and after it."""

    def __init__(self, home: Path, seed: str) -> None:
        self.random = random.Random(seed)
        home.mkdir(parents=True, exist_ok=True)
        self.encoder = encoder_of(home)
        self.library = open_library(home, self.encoder)
        self.folder = home.parent / "sources"
        self.folder.mkdir(exist_ok=True)
        self.journal = (home.parent / "journal").open("a", encoding="utf-8")

    def run(self) -> None:
        self.do("add")  # imports what it needs, which takes longer than most steps
        print("ready", flush=True)
        while True:
            step = self.random.choice(STEPS)
            if step == "reindex" and self.random.random() < 0.6:
                continue
            if len(self.library.reports()) > 25:
                step = "remove"
            self.do(step)

    def note(self, **facts: Any) -> None:
        self.journal.write(json.dumps(facts) + "\n")
        self.journal.flush()

    def do(self, step: str) -> None:
        reports = self.library.reports()
        if step in ("add", "many"):
            names = [f"r{self.random.randrange(10**9)}" for _ in range(1 if step == "add" else 6)]
            self.put({name: content(name, 1) for name in names})
        elif step == "reindex":
            version = self.encoder.version + 1
            self.note(step="reindex", model=version)
            self.library._encoder = self.encoder = HashEncoder(version)
            self.library.reindex()
            self.note(done="reindex", model=version)
        elif reports:
            report = self.random.choice(reports)
            if step == "replace":
                version = int(re.search(r"version (\d+)", report.title).group(1)) + 1  # type: ignore[union-attr]
                self.put({report.stem: content(report.stem, version)}, replaces=report.id)
            elif step == "remove":
                self.note(step="remove", ids=[report.id])
                self.library.remove(report.id)
                self.note(done="remove", ids=[report.id])
            else:
                broker = f"Broker {self.random.randrange(1000)}"
                self.note(step="edit", ids=[report.id], broker=broker)
                self.library.edit(report.id, broker=broker)
                self.note(done="edit", ids=[report.id], broker=broker)

    def put(self, files: dict[str, bytes], replaces: str | None = None) -> None:
        paths = []
        for name, data in files.items():
            paths.append(self.folder / f"{name}.txt")
            paths[-1].write_bytes(data)
        ids = [hashlib.sha256(data).hexdigest() for data in files.values()]
        self.note(step="add", ids=ids, replaces=replaces)
        results = self.library.add_many(paths)
        failed = [result.message for result in results if result.report is None]
        assert not failed, failed
        self.note(done="add", ids=ids, replaces=replaces)


# what must be there


def expected(journal: Path) -> tuple[set[str], set[str], dict[str, str]]:
    """Ids that must be there, ids that may be there, and brokers that must be shown, by the writer's notes."""
    must: set[str] = set()
    may: set[str] = set()
    brokers: dict[str, str] = {}
    for line in journal.read_text("utf-8").splitlines() if journal.exists() else []:
        with contextlib.suppress(json.JSONDecodeError):  # the last line, when it was cut
            note = json.loads(line)
            ids, replaced = set(note.get("ids", ())), {note["replaces"]} - {None} if "replaces" in note else set()
            if note.get("step") == "add":
                may |= ids | replaced
                must -= replaced
            elif note.get("done") == "add":
                must |= ids
                may -= replaced
                brokers.update((new, brokers[old]) for old in replaced if old in brokers for new in ids)
            elif note.get("step") == "remove":
                may |= ids
                must -= ids
            elif note.get("done") == "remove":
                may -= ids
            elif note.get("step") == "edit":
                brokers.pop(note["ids"][0], None)
            elif note.get("done") == "edit":
                brokers[note["ids"][0]] = note["broker"]
    return must, may | must, brokers


def check(home: Path) -> dict[str, Any]:
    """Open the library as the next process would, and look at everything; problems are sentences."""
    import rag.store.vector_index as vector_index

    vector_index.OPEN_AFTER, vector_index.WAIT = 0, 120.0  # ask Chroma, and wait for it
    encoder = encoder_of(home)
    library = open_library(home, encoder)
    problems: list[str] = []
    must, may, brokers = expected(home.parent / "journal")
    ids = {report.id for report in library.reports()}
    problems += [f"{id_[:12]} was added, and is gone" for id_ in must - ids]
    problems += [f"{id_[:12]} is there, and must not be" for id_ in ids - may]
    passages = 0
    for report in library.reports():
        if report.id in brokers and report.broker != brokers[report.id]:
            problems.append(f"{report.id[:12]} has lost the correction {brokers[report.id]}")
        problems += [f"{report.id[:12]}: {problem}" for problem in check_report(library, encoder, report)]
        passages += library.index.stored()[report.id].searchable
    vectors, words = library.index.vectors_index.state(), library.index.lexical_index.state()
    for name, state in (("vector", vectors), ("lexical", words)):
        if passages and (state is None or not state.clean or state.count != passages):
            problems.append(f"the {name} index has {state}, the ledger {passages} passages")
    kept = {path.name for path in library.files.iterdir()} if library.files.is_dir() else set()
    wanted = {id_ + item.suffix for id_, item in library.index.stored().items()}
    problems += [f"the file {name} is left over" for name in kept - wanted]
    result = {"notices": list(library.notices), "problems": problems, "reports": len(ids), "passages": passages}
    library.close()
    return result


def check_report(library: Any, encoder: HashEncoder, report: Any) -> list[str]:
    """Everything about one report: the kept file, text, passages, spans, vectors, and whether both indexes find each."""
    from rag.ingest.pipeline import embed
    from rag.language.analysis import terms
    from rag.readers import read_bytes
    from rag.reports.passages import make_passages

    problems = []
    data = library.source(report.id).read_bytes()
    if hashlib.sha256(data).hexdigest() != report.id:
        problems.append("the kept file has other bytes")
    parsed = read_bytes(data, report.file)
    text, passages = library.text(report.id), library.passages(report.id)
    if text != parsed.text or list(passages) != list(make_passages(parsed, report.id)):
        problems.append("text or passages are not those of the file")
    problems += [f"{p.id} is not its slice" for p in passages if text[p.start : p.end] != p.text]
    searchable = [passage for passage in passages if passage.searchable]
    stored = library.index.vectors([passage.id for passage in searchable])
    for passage, right in zip(searchable, embed(report, passages, encoder), strict=True):
        mine = stored.get(passage.id)
        if mine is None or not np.allclose(mine, right, atol=1e-6):
            problems.append(f"{passage.id} has no vector, or a wrong one, in the ledger")
            continue
        near = library.index.vectors_index.search(mine, 5, encoder.fingerprint)
        if near is None or passage.id not in near or abs(near[passage.id] - 1) > 1e-3:
            problems.append(f"{passage.id} is not found by its own vector in Chroma: {near}")
        found = library.index.lexical_index.search(dict.fromkeys(terms(passage.text), 1.0), 3, None)
        if passage.id not in found:
            problems.append(f"{passage.id} is not found by its words")
    return problems


# the one who kills


def damage(home: Path) -> list[str]:
    """What the next start has to repair, by a look from outside: it must say something then."""
    found = []
    for name in ("vectors", "lexical"):
        with contextlib.suppress(OSError, ValueError):
            if not json.loads((home / name / "state.json").read_text("utf-8"))["clean"]:
                found.append(name)
    return found


def one_kill(home: Path, seed: str, number: int, longest: float) -> dict[str, Any]:
    """Start a writer, end it, check. ``longest``: seconds that a writer may live after its start."""
    pick = random.Random(f"{seed}-{number}")
    with subprocess.Popen(
        [sys.executable, __file__, "--write", str(home), "--seed", f"{seed}-{number}"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as writer:  # fmt: skip
        assert writer.stdout and writer.stderr
        if pick.random() < 0.8:  # else it is ended while it opens, and perhaps repairs, the library
            writer.stdout.readline()
        time.sleep(pick.random() ** 2 * longest)
        how = signal.SIGKILL if number % 2 else signal.SIGTERM
        whom = pick.choice(("writer", "writer", "both", "Chroma's process"))
        early = writer.poll() is not None
        kill(writer.pid, whom, how)
        if whom == "Chroma's process" and not early:
            time.sleep(pick.random() * 2)
            early = writer.poll() is not None
            kill(writer.pid, "both", how)
        said = writer.stderr.read()
        writer.wait()
    wounded = damage(home)
    done = subprocess.run([sys.executable, __file__, "--check", str(home)], capture_output=True, text=True)
    try:
        result: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        result = {"notices": [], "reports": 0, "passages": 0,
                  "problems": [f"the check ended with {done.returncode}: {done.stderr[-1500:]}"]}  # fmt: skip
    if early:
        result["problems"].append(f"the writer ended by itself: {said[-1500:]}")
    if wounded and not result["notices"]:
        result["problems"].append(f"{wounded} had to be repaired, and nothing was said")
    return result | {"kill": number, "signal": how.name, "whom": whom, "dirty": wounded}


def kill(pid: int, whom: str, how: signal.Signals) -> None:
    """End the writer, its whole session, or only its children."""
    with contextlib.suppress(ProcessLookupError):
        if whom == "writer":
            os.kill(pid, how)
        elif whom == "both":
            os.killpg(pid, how)
        else:
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                os.kill(int(child), how)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", default=str(random.randrange(10**6)), help="default: another one each time")
    parser.add_argument("--longest", type=float, default=6.0, help="seconds that a writer lives at most")
    parser.add_argument("--home", type=Path, help="a folder for library, sources and journal, which is kept")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--check", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.write:
        Writer(args.write, args.seed).run()
    if args.check:
        print(json.dumps(check(args.check)))
        return 0
    keep: Callable[[], Any] = lambda: contextlib.nullcontext(args.home)  # noqa: E731
    with keep() if args.home else tempfile.TemporaryDirectory() as folder:
        return kills(Path(folder).absolute() / "library", args)


def kills(home: Path, args: argparse.Namespace) -> int:
    begun, bad, dirty, told = time.monotonic(), 0, 0, 0
    print(f"seed {args.seed}")
    for number in range(args.kills):
        result = one_kill(home, args.seed, number, args.longest)
        bad += bool(result["problems"])
        dirty += bool(result["dirty"])
        told += bool(result["notices"])
        print(
            f"{number:>3} {result['signal']:<8} {result['whom']:<17} {result['reports']:>3} reports "
            f"{result['passages']:>5} passages  dirty: {', '.join(result['dirty']) or '-':<16} {'; '.join(result['notices'])}"
        )
        for problem in result["problems"]:
            print(f"    PROBLEM {problem}")
        sys.stdout.flush()
    seconds = time.monotonic() - begun
    print(
        f"{args.kills} kills in {seconds:.0f} s: {bad} with problems; {dirty} left an index dirty, {told} starts told of repairs."
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
