"""Side by side on the same files: this project, the LlamaIndex quick start, plain BM25: ``python -m eval bench``.

Quality: a retrieved text counts when it comes from the right report and holds the evidence (its words, else its page,
else what the answer must contain), which favours systems with long pieces; their length is printed, too. Speed and
memory: each system in processes of its own, over reports made up by rule.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval import metrics, plots, synthetic
from eval.cases import Case, UsageError, load_cases
from eval.report import commit
from eval.suites import SHIPPED
from eval.systems import SYSTEMS

Measured = dict[str, Any]
SIZES = (1_000, 10_000, 50_000)
LARGE = 500_000
LABELS = {"ours": "this project", "quickstart": "LlamaIndex quick start", "bm25": "plain BM25"}


def parser() -> argparse.ArgumentParser:
    """The command line."""
    p = argparse.ArgumentParser(
        "python -m eval bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("--corpus", type=Path, action="append", metavar="DIR", help="reports for quality (default: shipped)")
    p.add_argument("--questions", type=Path, action="append", metavar="FILE", help="questions for quality")
    p.add_argument("--sizes", default=",".join(map(str, SIZES)), help="library sizes in passages (default %(default)s)")
    p.add_argument("--large", action="store_true", help=f"measure {LARGE:,} passages, too")
    p.add_argument("--pages", type=int, default=500, help="PDF pages to add for speed (default %(default)s, 0: none)")
    p.add_argument("--pdfs", type=Path, metavar="DIR", help="add these PDF files for speed instead of made-up ones")
    p.add_argument("--asks", type=int, default=200, help="searches per measurement (default %(default)s)")
    p.add_argument("--askers", type=int, default=20, help="concurrent askers (default %(default)s)")
    p.add_argument("--system", action="append", choices=sorted(SYSTEMS), help="only this one (may be repeated)")
    p.add_argument("--json", type=Path, metavar="OUT", help="write every number")
    p.add_argument("--svg", type=Path, metavar="OUT", help="write plots of what each costs against library size")
    return p


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    from eval.__main__ import write_text

    args = parser().parse_args(argv)
    names = tuple(args.system or SYSTEMS)
    sizes = _sizes(args.sizes) + ((LARGE,) if args.large else ())
    corpus = tuple(args.corpus or SHIPPED[-1].corpus)
    for path in corpus:
        if not path.exists():
            raise UsageError(f"The corpus {path} does not exist; give a folder of reports.")
    cases = [case for path in args.questions or SHIPPED[-1].questions for case in load_cases(path)]
    data: dict[str, Any] = {"commit": commit(), "python": platform.python_version(), "machine": platform.machine()}
    with tempfile.TemporaryDirectory(prefix="eval-bench-") as folder:
        work = Path(folder)
        data["quality"] = quality(names, corpus, [case for case in cases if askable(case)], work)
        print(quality_table(data["quality"]), flush=True)
        data["pages"] = pages(names, args.pages, args.pdfs, work) if args.pages or args.pdfs else {}
        print(pages_table(data["pages"]), flush=True)
        data["sizes"] = {}
        for size in sizes:
            data["sizes"][str(size)] = at_size(names, size, args.asks, args.askers, work)
            print(size_table(size, data["sizes"][str(size)]), flush=True)
    if args.json:
        write_text(args.json, json.dumps(data, indent=1) + "\n")
    if args.svg:
        write_text(args.svg, plots.cost(data["sizes"], LABELS))
    return 0


def _sizes(text: str) -> tuple[int, ...]:
    try:
        sizes = tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise UsageError(f"--sizes is {text!r}, expected numbers of passages such as 1000,10000.") from None
    if any(size < 1 for size in sizes):
        raise UsageError(f"--sizes is {text!r}, expected numbers of 1 or more.")
    return sizes


def measured(
    work: Path, system: str, label: str, corpus: Sequence[Path], questions: Sequence[str], **more: Any
) -> Measured:
    """One system measured in a process of its own, over an empty folder."""
    home = work / f"{label}-{system}"
    return _child(work, system=system, home=home, corpus=corpus, questions=questions, **more)


def reopened(work: Path, system: str, label: str) -> float:
    """Seconds to open again what ``measured`` left behind, in a new process, beyond imports; 0 for what is not kept."""
    if system == "bm25":
        return 0.0
    again = _child(work, system=system, home=work / f"{label}-{system}", corpus=[], questions=["open"])
    return float(again["start_seconds"])


def _child(work: Path, *, home: Path, corpus: Sequence[Path], askers: int = 0, **spec: Any) -> Measured:
    out, spec_file = work / "out.json", work / "spec.json"
    spec |= {"home": str(home), "corpus": [str(path.resolve()) for path in corpus], "askers": askers, "out": str(out)}
    spec_file.write_text(json.dumps(spec), encoding="utf-8")
    command = [sys.executable, "-m", "eval.measure", str(spec_file)]
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise UsageError(
            f"Measuring {LABELS[spec['system']]} failed; the reason stands above. Leave it out by --system."
        )
    result: Measured = json.loads(out.read_text(encoding="utf-8"))
    return result


def quality(names: Sequence[str], corpus: Sequence[Path], cases: Sequence[Case], work: Path) -> dict[str, Measured]:
    """Metrics of each system over the same questions."""
    table: dict[str, Measured] = {}
    for name in names:
        run = measured(work, name, "quality", corpus, [case.question for case in cases])
        ranks = [first_right(case, found) for case, found in zip(cases, run["results"], strict=True)]
        lengths = [sum(len(text) for _, _, text in found[:5]) for found in run["results"]]
        table[name] = {
            **{f"hit@{k}": sum(r is not None and r <= k for r in ranks) / len(ranks) for k in (1, 5, 10)},
            "mrr": sum(1 / r for r in ranks if r) / len(ranks),
            "characters_in_5": sum(lengths) / len(lengths),
            "questions": len(ranks),
            "pieces": run["pieces"],
            "failed_files": run["failed_files"],
        }
    return table


def askable(case: Case) -> bool:
    """Whether every system can be asked a case as it stands: no earlier turns, no filter, and something to find."""
    return case.answerable and bool(case.places) and not case.history and not case.filters


def first_right(case: Case, found: Sequence[Sequence[Any]]) -> int | None:
    """1-based rank of the first text from a right report that holds the evidence."""
    evidence: dict[str, list[str]] = {}
    for stem, snippet in case.extra.get("evidence", ()):
        evidence.setdefault(stem, []).append(_plain(snippet))
    pages = {place.stem: place.numbers for place in case.places}
    for rank, (stem, page, text) in enumerate(found, 1):
        if stem not in pages:
            continue
        if stem in evidence:
            if any(snippet in _plain(text) for snippet in evidence[stem]):
                return rank
        elif page is not None:
            if page in pages[stem]:
                return rank
        elif not metrics.missing(case.must, text):
            return rank
    return None


def _plain(text: str) -> str:
    """A text without what tells one system's tables and line breaks from another's, nor marks."""
    return re.sub(r"\[\d+\]|[\s|]", "", text)


def pages(names: Sequence[str], count: int, pdfs: Path | None, work: Path) -> dict[str, Measured]:
    """Adding PDF reports (``count`` made-up pages, or those in ``pdfs``): pages a second, memory, disk by 1,000 pages."""
    folder = pdfs or work / "pdf"
    if pdfs:
        count = synthetic.count_pages(pdfs)
    else:
        synthetic.write_pdfs(folder, count)
    table = {}
    for name in names:
        run = measured(work, name, "pages", [folder], [synthetic.question(0, 1)])
        table[name] = {
            "pages": count,
            "pages_per_second": count / run["add_seconds"],
            "peak_mb": run["peak_mb_after_add"],
            "disk_mb_per_1000_pages": run["disk_mb"] * 1000 / count,
            "pieces": run["pieces"],
        }
    return table


def at_size(names: Sequence[str], size: int, asks: int, askers: int, work: Path) -> dict[str, Measured]:
    """A library of ``size`` paragraphs: adding, opening, searching alone, in one report, and by many at once."""
    folder = work / f"texts-{size}"
    reports = synthetic.write_texts(folder, size)
    one_more = work / "one-more.txt"
    one_more.write_text("One more report\n\n" + "\n\n".join(synthetic.paragraphs(10**7)), encoding="utf-8")
    questions = [synthetic.question(number, reports) for number in range(asks)]
    table = {}
    for name in names:
        run = measured(work, name, str(size), [folder], questions, askers=askers, one_more=str(one_more))
        times, crowd = run["search_ms"], run.get("concurrent", {"ms": [], "per_second": 0.0})
        table[name] = {
            "pieces": run["pieces"],
            "add_per_second": run["pieces"] / run["add_seconds"],
            "import_seconds": run["import_seconds"],
            "open_seconds": reopened(work, name, str(size)),
            "one_more_to_empty_seconds": run["one_more_to_empty_seconds"],
            "one_more_seconds": run["one_more_seconds"],
            "search_ms_p50": metrics.percentile(times, 0.5),
            "search_ms_p95": metrics.percentile(times, 0.95),
            "filtered_ms_p95": metrics.percentile(run["filtered_ms"], 0.95),
            "crowd_ms_p95": metrics.percentile(crowd["ms"], 0.95),
            "crowd_per_second": crowd["per_second"],
            "peak_mb": run["peak_mb"],
            "disk_mb": run["disk_mb"],
        }
    return table


def _table(title: str, rows: Mapping[str, Measured], *, digits: int = 1) -> str:
    """Metrics as lines, systems as columns, and how the others compare with this project."""
    if not rows:
        return ""
    names = list(rows)
    lines = [f"\n{title}", f"{'':<26}" + "".join(f"{LABELS[name]:>26}" for name in names)]
    for metric in rows[names[0]]:
        cells = [rows[name][metric] for name in names]
        line = f"{metric:<26}"
        for name, value in zip(names, cells, strict=True):
            ratio = value / rows["ours"][metric] if "ours" in rows and name != "ours" and rows["ours"][metric] else None
            shown = f"{value:,.{3 if isinstance(value, float) and value < 1 else digits}f}"
            line += f"{shown + (f' (x{ratio:.2f})' if ratio is not None else ''):>26}"
        lines.append(line)
    return "\n".join(lines)


def quality_table(rows: Mapping[str, Measured]) -> str:
    """The table of ``quality``."""
    return _table("Quality", rows, digits=0)


def pages_table(rows: Mapping[str, Measured]) -> str:
    """The table of ``pages``."""
    return _table("Adding PDF reports", rows)


def size_table(size: int, rows: Mapping[str, Measured]) -> str:
    """The table of ``at_size``."""
    return _table(f"A library of {size:,} paragraphs", rows)
