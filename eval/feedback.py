"""From readers' judgements to cases: ``python -m eval add-feedback FEEDBACK.jsonl`` (kept by the page in its library folder).

An answer judged right becomes a case with the places it cites; a refusal judged right becomes one that must be refused.
What was judged wrong says only what is not the answer: it is written beside as a draft, for a person to name the right places.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.cases import UsageError, load_cases
from eval.check import is_chinese
from eval.suites import HERE, SHIPPED

Row = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Append the new cases of a feedback file to a question file; drafts go into a file of their own."""
    from eval.__main__ import write_text

    p = argparse.ArgumentParser(
        "python -m eval add-feedback", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("feedback", type=Path, help="feedback.jsonl of a library folder")
    p.add_argument("--out", type=Path, default=HERE / "out" / "feedback-questions.jsonl", metavar="FILE")
    args = p.parse_args(argv)
    lines = read_feedback(args.feedback)
    kept = args.out.read_text(encoding="utf-8") if args.out.exists() else ""
    drafts = args.out.with_suffix(".drafts.jsonl")
    known = {asked(row) for path in (args.out, drafts) if path.exists() for row in _rows(path)}
    known |= {(c.question, c.history) for suite in SHIPPED for path in suite.questions for c in load_cases(path)}
    new, unclear = cases_of(lines, known, start=len(kept.splitlines()) + 1)
    if new:
        write_text(args.out, kept + _lines(new))
        print(f"{len(new)} new cases in {args.out}")
    if unclear:
        write_text(drafts, (drafts.read_text(encoding="utf-8") if drafts.exists() else "") + _lines(unclear))
        print(f"{len(unclear)} judged wrong, as drafts in {drafts}: fill in 'marks', then move them to {args.out.name}")
    if skipped := len(lines) - len(new) - len(unclear):
        print(f"{skipped} already known or cited nothing")
    if new:
        print(f"prove them with: python -m eval check --corpus DIR --questions {args.out}")
    return 0


def read_feedback(path: Path) -> list[Row]:
    """The judgements of a file. Raises UsageError that names the line that is none."""
    rows = _rows(path)
    for number, row in enumerate(rows, 1):
        if not {"verdict", "question", "marks"} <= row.keys():
            raise UsageError(
                f"{path} line {number} is no judgement: expected the keys verdict, question and marks; "
                "give the feedback.jsonl of a library folder."
            )
    return rows


def cases_of(
    lines: Iterable[Mapping[str, Any]], known: set[tuple[str, tuple[str, ...]]], *, start: int = 1
) -> tuple[list[Row], list[Row]]:
    """Cases and drafts of judgements on questions that are not in ``known``; the last judgement of a question counts."""
    latest = {asked(line): line for line in lines}
    cases: list[Row] = []
    drafts: list[Row] = []
    for key, line in latest.items():
        if key in known:
            continue
        row = _row(line)
        if line["verdict"] != "right":
            drafts.append({"id": "", **row, "marks": [], "was": line.get("marks"), "comment": line.get("comment", "")})
        elif line.get("refused"):
            cases.append({"id": f"fb-{start + len(cases):03d}", **row, "docs": [], "marks": [], "answerable": False})
        elif row["marks"]:
            cases.append({"id": f"fb-{start + len(cases):03d}", **row})
    return cases, drafts


def asked(line: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """What makes two questions the same."""
    return str(line["question"]), tuple(line.get("history") or ())


def _row(line: Mapping[str, Any]) -> Row:
    places: dict[str, set[int]] = {}
    for stem, numbers in line["marks"]:
        places.setdefault(stem, set()).update(numbers)
    question, history = asked(line)
    return {
        "lang": "zh" if is_chinese(question) else "en",
        "kind": "feedback",
        "question": question,
        "history": list(history),
        "docs": list(places),
        "marks": [[stem, sorted(numbers)] for stem, numbers in places.items()],
        "need": "any",
        "must": [],
        "must_not": [],
        "answerable": True,
    }


def _rows(path: Path) -> list[Row]:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read ({error}); expected one JSON object per line.") from None
    if not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{path} holds a line that is no JSON object; expected one object per line.")
    return rows


def _lines(rows: Iterable[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
