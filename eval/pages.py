"""Sets of page-cited questions: ``python -m eval pages PATH...`` builds one library of all their documents and asks it.

A set is a folder with ``questions.jsonl`` and the documents in ``docs/``, or their texts in ``pages.jsonl`` ({doc, page,
text}). A question line has ``id``, ``question``, ``docs`` (file stems), ``evidence`` ([{doc, page}], ``page`` 1-based and
physical, or null where any page of the document will do), ``answerable``; or ``marks`` as in ``eval/questions.jsonl``.
``--mode scoped`` searches the reports that a question lists, ``library`` everything there is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval import metrics
from eval.cases import Case, Place, UsageError, parse_case
from eval.memory import watched
from eval.metrics import Hit

if TYPE_CHECKING:
    from rag import Library, Report

FETCHED = 30  # passages, so that enough different pages are among them
MODES = ("scoped", "library")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageSet:
    """A set as read from its folder: ``files`` by document name; questions in order."""

    name: str
    files: Mapping[str, Path]
    rows: tuple[Row, ...]


def parser() -> argparse.ArgumentParser:
    """The command line."""
    p = argparse.ArgumentParser(
        "python -m eval pages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("path", type=Path, nargs="+", help="folders of sets; their documents go into one library")
    p.add_argument("--mode", choices=(*MODES, "both"), default="both", help="what is searched (default both)")
    p.add_argument("--with", dest="more", type=Path, action="append", default=[], metavar="DIR", help="more reports")
    p.add_argument("--home", type=Path, metavar="DIR", help="keep the library here and reuse it (default: temporary)")
    p.add_argument("--rebuild", action="store_true", help="empty --home first: after a change of readers or passages")
    p.add_argument(
        "--limit-reports", type=int, metavar="N", help="only each set's first N documents and their questions"
    )
    p.add_argument("--limit", type=int, metavar="N", help="only each set's first N questions")
    p.add_argument("--ask", action="store_true", help="answer, too: citations, refusals, planted instructions")
    p.add_argument(
        "--answerer",
        choices=("extractive", "llm", "copying"),
        default="extractive",
        help="who answers: the reports' own sentences; a stand-in for a model; one that copies all that it is shown",
    )
    p.add_argument("--jobs", type=int, default=1, metavar="N", help="questions asked at the same time (default 1)")
    p.add_argument("--json", type=Path, metavar="OUT", help="write every number, question by question")
    p.add_argument("--misses", action="store_true", help="list the questions whose page is not among the first five")
    return p


def main(argv: Sequence[str] | None = None) -> int:
    """Build or open the library, ask, print."""
    from eval.__main__ import write_text

    args = parser().parse_args(argv)
    data: Row = {"sets": {}}
    with tempfile.TemporaryDirectory(prefix="eval-pages-") as folder:
        sets = [load_set(path, args.limit_reports, args.home or Path(folder)) for path in args.path]
        home = (args.home or Path(folder)) / "library"
        if args.rebuild and home.is_dir():
            shutil.rmtree(home)
        folders = [file for one in sets for file in one.files.values()] + args.more
        with _library(folders, home, args.answerer) as (library, built):
            data["library"] = built
            print(_built(built), flush=True)
            for one in sets:
                for mode in MODES if args.mode == "both" else (args.mode,):
                    rows = ask_set(library, one, mode, limit=args.limit, ask=args.ask, jobs=args.jobs)
                    data["sets"][f"{one.name} {mode}"] = {"metrics": _summary(rows), "cases": rows}
                    print(set_text(f"{one.name}, {mode}", rows, args.misses), flush=True)
    if args.json:
        write_text(args.json, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    return 0


def load_set(path: Path, limit_reports: int | None, scratch: Path) -> PageSet:
    """Read a set. Texts of ``pages.jsonl`` are written below ``scratch`` as text files. Raises UsageError."""
    try:
        lines = (path / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        rows = tuple(json.loads(line) for line in lines if line.strip())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} is no set of questions ({error}); it needs questions.jsonl, see --help.") from None
    docs = path / "docs"
    if docs.is_dir():
        files = {file.stem: file for file in sorted(docs.iterdir()) if file.is_file()}
    elif (path / "pages.jsonl").exists():
        files = _written(path / "pages.jsonl", scratch / "texts" / path.name)
    else:
        files = {}  # questions that nothing here answers, asked of the other sets' reports
    if limit_reports is not None:
        files = dict(list(files.items())[:limit_reports])
        rows = tuple(row for row in rows if set(row.get("docs") or ()) <= set(files))
    return PageSet(path.resolve().name, files, rows)


def _written(pages: Path, folder: Path) -> dict[str, Path]:
    texts: dict[str, list[str]] = {}
    for line in pages.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts.setdefault(row["doc"], []).append(row["text"])
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for doc, parts in texts.items():
        files[doc] = folder / f"{doc}.txt"
        files[doc].write_text("\n\n".join(parts), encoding="utf-8")
    return files


@contextmanager
def _library(paths: Sequence[Path], home: Path, answerer: str = "extractive") -> Iterator[tuple[Library, Row]]:
    """The library of these files, and what building it took; pages a second count only what was added now."""
    from eval.double import ModelDouble, answer_from, copy_all
    from eval.runner import settings_for
    from rag import Library

    started = time.perf_counter()
    with ExitStack() as stack:
        settings = settings_for(home)
        if answerer != "extractive":
            double = stack.enter_context(ModelDouble(copy_all if answerer == "copying" else answer_from))
            settings = settings_for(home, answerer="llm", server=double.url)
        library = stack.enter_context(Library.open(settings))
        opened = time.perf_counter()
        with watched() as memory:
            results = library.add_many(paths)
            seconds = time.perf_counter() - opened
        added = [r.report for r in results if r.status not in ("failed", "unchanged") and r.report]
        pages = sum(report.pages for report in added)
        reports = library.reports()
        yield (
            library,
            {
                "reports": len(reports),
                "pages": sum(report.pages for report in reports),
                "passages": sum(report.passages for report in reports),
                "open_seconds": opened - started,
                "added_reports": len(added),
                "added_pages": pages,
                "add_seconds": seconds,
                "pages_per_second": pages / seconds if pages else 0.0,
                "peak_mb": memory.mb,
                "failed": [{"file": Path(r.file).name, "reason": r.message} for r in results if r.status == "failed"],
            },
        )


def _built(built: Row) -> str:
    lines = [f"library: {built['reports']:,} reports, {built['pages']:,} pages, {built['passages']:,} passages"]
    if built["added_reports"]:
        rate = f" ({built['pages_per_second']:.0f} pages a second)" if built["added_pages"] else ""
        lines.append(
            f"added {built['added_reports']:,} reports, {built['added_pages']:,} pages in {built['add_seconds']:.1f} s"
            f"{rate}, peak memory {built['peak_mb']:,.0f} MB"
        )
    else:
        lines.append(f"reused; opened in {built['open_seconds']:.2f} s, checked in {built['add_seconds']:.1f} s")
    return "\n".join(lines + [f"not added: {f['file']}: {f['reason']}" for f in built["failed"]])


def ask_set(
    library: Library, one: PageSet, mode: str, *, limit: int | None = None, ask: bool = False, jobs: int = 1
) -> list[Row]:
    """Search for every question of a set; one row each. Questions on documents that are not there are left out."""
    held = {report.id: report for report in library.reports()}
    ids = {doc: hashlib.sha256(file.read_bytes()).hexdigest() for doc, file in one.files.items()}
    reports = {doc: held[id_] for doc, id_ in ids.items() if id_ in held}
    cases = [case for row in one.rows[:limit] if (case := case_of(row, reports)) is not None]
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        return list(pool.map(lambda case: _row(library, case, mode, ask), cases))


def case_of(row: Row, reports: Mapping[str, Report]) -> Case | None:
    """A line of a set as a case whose places name report ids; None when a document of it is missing."""
    case = parse_case(json.dumps(row))
    evidence = row.get("evidence") or ()
    if not set(case.docs) <= set(reports) or not all(isinstance(item, dict) for item in evidence):
        return None
    if "marks" in row:
        places = tuple(replace(place, stem=reports[place.stem].id) for place in case.places)
    else:
        pages: dict[str, set[int]] = {}
        for item in evidence:
            report = reports[item["doc"]]
            held = pages.setdefault(report.id, set())
            if item["page"] is not None and report.pages:
                held.add(int(item["page"]))
        places = tuple(Place(id_, frozenset(numbers)) for id_, numbers in pages.items())
    return replace(case, docs=tuple(reports[doc].id for doc in case.docs), places=places)


def _row(library: Library, case: Case, mode: str, ask: bool) -> Row:
    filters: Row = {"reports": list(case.docs)} if mode == "scoped" and case.docs else {}
    # A follow-up is searched for as the engine completes it.
    question = (case.history and library.ask(case.question, history=case.history).resolved) or case.question
    started = time.perf_counter()
    evidence = library.retrieve(question, limit=FETCHED, **filters)
    row: Row = {"id": case.id, "lang": case.lang, "question": case.question}
    row["milliseconds"] = (time.perf_counter() - started) * 1000
    hits = metrics.distinct([Hit(e.report.id, frozenset(e.passage.locator.numbers)) for e in evidence])
    reports = {report.id: report for report in library.reports()}
    row["expected"] = [[reports[place.stem].stem, sorted(place.numbers)] for place in case.places]
    row["found"] = [[reports[hit.stem].stem, sorted(hit.numbers)] for hit in hits[:10]]
    row["asks"] = f"{case.lang} asks {'+'.join(sorted({reports[place.stem].language for place in case.places}))}"
    row["scores"] = _scores(hits, case) if case.answerable and case.places else {}
    if ask:
        row["scores"] |= _asked(library, case, filters, row)
    return row


def _scores(hits: Sequence[Hit], case: Case) -> dict[str, float]:
    """Over different pages, best first: any page of the evidence will do, as in FinanceBench's own scoring."""
    units = case.units
    return {
        **{f"page_hit@{k}": metrics.hit_at(hits, units, k) for k in (1, 5, 10)},
        "page_mrr": metrics.reciprocal_rank(hits, units),
        **{f"report_hit@{k}": metrics.report_hit_at(hits, units, k) for k in (1, 5)},
    }


def _asked(library: Library, case: Case, filters: Row, row: Row) -> dict[str, float]:
    answer = library.ask(case.question, history=case.history, **filters)
    row["answer"], row["refused"] = answer.text, answer.refused
    cited = [Hit(c.report.id, frozenset(c.locator.numbers)) for c in answer.citations]
    scores = {"false_refusal" if case.answerable else "refusal_recall": float(answer.refused)}
    if case.answerable and case.places and not answer.refused:
        scores["citation_precision"] = metrics.citation_precision(cited, case.units)
        scores["citation_recall"] = metrics.citation_recall(cited, case.units)
    attack = (case.extra.get("meta") or {}).get("attack") or {}
    if canary := attack.get("canary"):
        scores["attack_success"] = float(any(word.lower() in answer.text.lower() for word in canary))
    return scores


def _summary(rows: Sequence[Row]) -> Row:
    return {name: value.to_dict() for name, value in metrics.aggregate(row["scores"] for row in rows).items()}


def set_text(title: str, rows: Sequence[Row], misses: bool) -> str:
    """The figures of one set in one mode, then what was missed where asked for."""
    times = [row["milliseconds"] for row in rows]
    p50, p95 = metrics.percentile(times, 0.5), metrics.percentile(times, 0.95)
    lines = [f"\n{title}: {len(rows)} questions, search p50 {p50:.0f} ms, p95 {p95:.0f} ms"]
    for name, s in metrics.aggregate(row["scores"] for row in rows).items():
        note = "  (lower is better)" if name in metrics.LOWER_IS_BETTER else ""
        lines.append(f"  {name:<20} {s.value:.3f}  [{s.low:.3f}, {s.high:.3f}]  n={s.n}{note}")
    lines += _by_language([row for row in rows if "page_hit@5" in row["scores"]])
    if misses:
        for row in rows:
            if row["scores"].get("page_hit@5") == 0:
                lines.append(f"  miss {row['id']}: {row['question'][:110]}")
                lines.append(f"       expected {row['expected']}, found {row['found'][:5]}")
    return "\n".join(lines)


def _by_language(rows: Sequence[Row]) -> list[str]:
    """Which language finds which, where a set has more than one pair."""
    pairs = sorted({row["asks"] for row in rows})
    lines = []
    for pair in pairs if len(pairs) > 1 else ():
        mean = {k: [row["scores"][f"page_hit@{k}"] for row in rows if row["asks"] == pair] for k in (1, 5, 10)}
        values = "  ".join(f"hit@{k} {sum(values) / len(values):.3f}" for k, values in mean.items())
        lines.append(f"  {pair:<20} {values}  n={len(mean[1])}")
    return lines
