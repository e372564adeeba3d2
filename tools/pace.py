"""How fast the page is: ``.venv/bin/python tools/pace.py [REPORTS...]``.

In a real browser, over a library of these reports (default: what ships): seconds from the end of the heavy imports to a
usable page, and milliseconds from Enter to the first sentence on the screen and to the whole answer, p50 and p95, with
the processor time that the server took for it; late in a conversation against early; and the same while a report of 300
pages is being added. Needs what ``make browser`` installs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from page_server import Served, Visit, browser, served  # noqa: E402
from pdf_samples import column, draw  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402

from eval.cases import load_cases  # noqa: E402
from eval.metrics import percentile  # noqa: E402

Pace = tuple[float, float, float]
"""Milliseconds from Enter to the first sentence, to the whole answer, and of the server's processor."""
IMPORTED = """
import sys, time
from rag.settings import Settings
from ui.serve import environment
environment(Settings.load())
import ui.app, rag.library, rag.engine
from ui.__main__ import main
sys.stderr.write(f"imported at {time.time()}\\n")
sys.stderr.flush()
sys.exit(main())
"""
WATCH = """
() => {
  window.pace = {};
  const answers = () => [...document.querySelectorAll("#chat .answer")];
  window.addEventListener("keydown", (event) => { if (event.key === "Enter") window.pace = { sent: performance.now(), old: answers().length }; }, true);
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  new MutationObserver(async () => {
    const last = answers()[window.pace.old];
    if (!last) return;
    if (!window.pace.first && last.querySelector(".said, .card")) { window.pace.first = -1; await drawn(); window.pace.first = performance.now(); }
    if (!window.pace.whole && !last.classList.contains("running")) { window.pace.whole = -1; await drawn(); window.pace.whole = performance.now(); }
  }).observe(document.querySelector("#chat"), { childList: true, subtree: true, attributes: true });
}
"""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", type=Path, help="files and folders (default: seeds and eval/corpus)")
    parser.add_argument("--asks", type=int, default=40, help="questions (default %(default)s)")
    parser.add_argument("--starts", type=int, default=3, help="starts of the page (default %(default)s)")
    parser.add_argument("--turns", type=int, default=10, help="questions in one conversation (default %(default)s)")
    args = parser.parse_args()
    reports = [path.resolve() for path in args.reports] or [ROOT / "seeds", ROOT / "eval" / "corpus"]
    questions = [case.question for case in load_cases(ROOT / "eval" / "questions-corpus.jsonl") if not case.history]
    questions = questions[:: max(1, len(questions) // args.asks)][: args.asks]
    with tempfile.TemporaryDirectory(prefix="pace-") as folder, browser(str(shutil.which("chromium"))) as chrome:
        home = Path(folder)
        for number in range(args.starts):
            with served(home, *(reports if not number else ()), script=IMPORTED) as page:
                started(page, chrome)
                if number == args.starts - 1:
                    paces = asked(page, chrome, questions, args.turns)
                    told(f"{len(questions)} questions in conversations of {args.turns}", paces)
                    grown(paces, args.turns)
                    told("meanwhile 300 pages are added", while_adding(page, chrome, questions, home / "long.pdf"))
    return 0


def opened(chrome: Browser, url: str) -> Visit:
    """A window on the page once it can be used."""
    page = chrome.new_page(locale="en-US")
    page.goto(url)
    page.wait_for_selector("body[data-ready=yes]", state="attached")
    return Visit(page)


def started(page: Served, chrome: Browser) -> None:
    """Print how long the start took beyond the imports."""
    line = next(line for line in page.log.read_text("utf-8").splitlines() if line.startswith("imported at"))
    ready = page.log.stat().st_mtime  # the last thing it says is where it is
    before = time.time()
    seen = opened(chrome, page.url)
    shown = time.time() - before
    seen.page.context.close()
    print(
        f"start: {ready - float(line.split()[-1]):.2f} s from imports to ready, {shown:.2f} s more to draw the page",
        flush=True,
    )


def asked(page: Served, chrome: Browser, questions: list[str], turns: int) -> list[Pace]:
    """The pace of each question, a new conversation after every ``turns``."""
    paces = []
    for number, question in enumerate(questions):
        if number % turns == 0:
            seen = opened(chrome, page.url)
            seen.page.evaluate(WATCH)
        paces.append(asked_one(page, seen, question))
    return paces


def asked_one(page: Served, seen: Visit, question: str) -> Pace:
    """Ask in an open window."""
    before = processor_seconds(page.process.pid)
    seen.ask(question)
    seen.page.wait_for_function("() => window.pace.first > 0 && window.pace.whole > 0")
    pace = seen.page.evaluate("window.pace")
    used = processor_seconds(page.process.pid) - before
    return pace["first"] - pace["sent"], pace["whole"] - pace["sent"], used * 1000


def while_adding(page: Served, chrome: Browser, questions: list[str], file: Path) -> list[Pace]:
    """The pace of the questions that are asked while another window adds a long report."""

    def page_of_rows(canvas: Any) -> None:
        column(canvas, 72, 90, ["Tugboat fleet table row 1,234 5,678 9,012"] * 45)

    file.write_bytes(draw(*([page_of_rows] * 300)))
    seen, adding = opened(chrome, page.url), opened(chrome, page.url)
    seen.page.evaluate(WATCH)
    adding.page.set_input_files("#upload input[type=file]", file)
    adding.page.wait_for_selector("#uploads li.reading")
    paces: list[Pace] = []
    while not adding.page.locator("#act-uploads-done").count():
        paces.append(asked_one(page, seen, questions[len(paces) % len(questions)]))
    return paces


def told(what: str, paces: list[Pace]) -> None:
    """Print p50 and p95."""
    print(f"{what}: {len(paces)} answers")
    names = ("Enter to first sentence", "Enter to whole answer", "server's processor")
    for name, values in zip(names, zip(*paces, strict=True), strict=True):
        print(
            f"  {name:<24} p50 {percentile(values, 0.5):6.0f} ms   p95 {percentile(values, 0.95):6.0f} ms", flush=True
        )


def grown(paces: list[Pace], turns: int) -> None:
    """Print how the last third of the conversations' turns went against the first third, as a ratio of the medians."""
    third = max(1, turns // 3)
    early = [pace for place, pace in enumerate(paces) if place % turns < third]
    late = [pace for place, pace in enumerate(paces) if place % turns >= turns - third]
    if early and late:
        first, used = (
            percentile([pace[kind] for pace in late], 0.5) / max(1.0, percentile([pace[kind] for pace in early], 0.5))
            for kind in (0, 2)
        )
        print(
            f"  last {third} turns against the first: first sentence × {first:.2f}, processor × {used:.2f}", flush=True
        )


def processor_seconds(process: int) -> float:
    """What a process has used of a processor so far."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
