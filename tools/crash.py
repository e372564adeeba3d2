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
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from crash_check import check
from crash_writer import Writer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


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
