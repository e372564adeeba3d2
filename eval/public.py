"""Public question sets, from a checkout of theirs: ``python -m eval public financebench PATH``.

FinanceBench: https://github.com/patronus-ai/financebench (``data/financebench_open_source.jsonl``, ``pdfs/``; its page
numbers are 0-based). Enterprise RAG Challenge, round 2: https://github.com/trustbit/enterprise-rag-challenge
(``round2/canonic.json``, ``round2/pdfs/``; references are ``sha1:page`` with 0-based pages). Nothing of either set is kept
here. Answers are not compared, as theirs are free text or need arithmetic: what is scored is whether the right page is
found and cited, and what is refused.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eval.cases import UsageError

Row = dict[str, Any]


def financebench(checkout: Path) -> tuple[Path, list[Row]]:
    """The folder of reports and the questions of a FinanceBench checkout; questions without a report are left out."""
    pdfs = checkout / "pdfs"
    held = {path.stem for path in pdfs.glob("*.pdf")}
    rows = []
    for item in _lines(checkout / "data" / "financebench_open_source.jsonl"):
        pages: dict[str, set[int]] = {}
        for piece in item["evidence"]:
            pages.setdefault(piece.get("doc_name") or item["doc_name"], set()).add(int(piece["evidence_page_num"]) + 1)
        if pages and set(pages) <= held:
            rows.append(_row(item["financebench_id"], item["question_type"], item["question"], pages, item["answer"]))
    return pdfs, rows


def enterprise_rag(checkout: Path) -> tuple[Path, list[Row]]:
    """The same for round 2 of the Enterprise RAG Challenge. No reference at all means that the reports do not say."""
    folder = checkout / "round2" if (checkout / "round2").is_dir() else checkout
    pdfs = folder / "pdfs"
    held = {path.stem for path in pdfs.glob("*.pdf")}
    canonic = json.loads(_read(folder / "canonic.json"))
    rows = []
    for number, (question, entry) in enumerate(canonic.items(), 1):
        pools = [list(_pages(pool)) for pool in entry["reference_pools"]]
        if {stem for pool in pools for stem, _ in pool} <= held:
            row = _row(f"erc2-{number:03d}", entry["kind"], question, {}, entry["answers"])
            row["marks"] = [[stem, sorted(pages)] for pool in pools for stem, pages in pool[:1]]
            row["docs"] = sorted({stem for stem, _ in row["marks"]})
            rows.append(row | {"need": "each", "answerable": bool(pools)})
    return pdfs, rows


SETS: dict[str, Callable[[Path], tuple[Path, list[Row]]]] = {
    "financebench": financebench,
    "enterprise-rag-challenge": enterprise_rag,
}


def _row(id_: str, kind: str, question: str, pages: dict[str, set[int]], answer: Any) -> Row:
    marks = [[stem, sorted(numbers)] for stem, numbers in pages.items()]
    row = {"id": id_, "lang": "en", "kind": kind, "question": question, "docs": sorted(pages), "marks": marks}
    return row | {"need": "any", "answerable": True, "answer": answer}


def _pages(pool: Sequence[str]) -> Iterator[tuple[str, set[int]]]:
    """1-based pages per report of a pool of ``sha1:page`` references."""
    pages: dict[str, set[int]] = {}
    for reference in pool:
        stem, _, page = reference.rpartition(":")
        pages.setdefault(stem, set()).add(int(page) + 1)
    yield from pages.items()


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in _read(path).splitlines() if line.strip()]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); give the path of a checkout of the set.") from None


def main(argv: Sequence[str] | None = None) -> int:
    """Convert a checkout and run it; options after the path are those of ``python -m eval``."""
    from eval.__main__ import main as run
    from eval.__main__ import write_text

    p = argparse.ArgumentParser("python -m eval public", description="Run a public set from a checkout of it.")
    p.add_argument("set", choices=sorted(SETS))
    p.add_argument("path", type=Path, help="the checkout")
    p.add_argument("--convert", type=Path, metavar="FILE", help="only write the questions to this file")
    args, rest = p.parse_known_args(argv)
    try:
        corpus, rows = SETS[args.set](args.path)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{args.path} is no checkout of {args.set} as known here ({error!r}).") from None
    if not rows:
        raise UsageError(f"{corpus} holds none of the reports that {args.set} asks about; fetch the PDF files, too.")
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if args.convert:
        write_text(args.convert, text)
        print(f"{len(rows)} questions on {corpus} written to {args.convert}")
        return 0
    with tempfile.TemporaryDirectory(prefix="eval-") as folder:
        questions = Path(folder) / f"{args.set}.jsonl"
        questions.write_text(text, encoding="utf-8")
        return run(["--corpus", str(corpus), "--questions", str(questions), *rest])
