"""Measures what is read of a report itself: ``python -m eval metadata`` prints precision and recall of every field.

Labels are lines of JSON: ``file`` (of the corpus) or ``text`` (a front page), and the right value of each field; a
field that is left out is not said by the report, so any value for it is wrong. Lists (authors, companies, tickers)
count name by name. Precision: right values of those given. Recall: right values of those the reports say.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LABELS = HERE / "metadata.jsonl"
FIELDS = (
    "broker", "authors", "date", "companies", "tickers", "rating", "previous_rating", "target_price",
    "previous_target_price", "currency", "language", "period",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """Of one field over all reports: values that are ``right``, ``given`` by the rules, and ``said`` by the labels."""

    right: int
    given: int
    said: int

    @property
    def precision(self) -> float | None:
        """0..1; None where nothing was given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """0..1; None where no report says it."""
        return self.right / self.said if self.said else None


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, and every difference; 1 when a label names a file that is not there."""
    p = argparse.ArgumentParser(prog="python -m eval metadata", description=(__doc__ or "").split("\n\n")[0])
    p.add_argument("--labels", type=Path, default=LABELS, help="JSON Lines of labels (default: those shipped)")
    p.add_argument("--folder", type=Path, default=HERE / "corpus", help="where the labelled files are")
    p.add_argument("--json", action="store_true", help="print one JSON document")
    args = p.parse_args(argv)
    labels = [json.loads(line) for line in args.labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    missing = [label["file"] for label in labels if "file" in label and not (args.folder / label["file"]).exists()]
    if missing:
        print(f"{args.folder} has no {missing[0]}: name the folder of the labelled files with --folder.")
        return 1
    read = [(label, values(label, args.folder)) for label in labels]
    scores = {field: score([(label.get(field), found[field]) for label, found in read]) for field in FIELDS}
    if args.json:
        print(json.dumps({f: [s.right, s.given, s.said] for f, s in scores.items()}, indent=2))
        return 0
    print(f"{len(read)} reports\n{'field':24}{'precision':>10}{'recall':>10}{'said':>8}")
    for field, each in scores.items():
        print(f"{field:24}{_share(each.precision):>10}{_share(each.recall):>10}{each.said:>8}")
    for label, found in read:
        for field in FIELDS:
            if _set(label.get(field)) != _set(found[field]):
                name = label.get("file") or label["text"].split("\n")[0]
                print(f"  {name}: {field} is {label.get(field)!r}, read as {found[field]!r}")
    return 0


def values(label: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """What the rules read from a labelled report, as JSON has it."""
    from rag.readers import read, read_bytes
    from rag.reports.metadata import make_report

    name = label.get("file", "front.txt")
    parsed = read(folder / name) if "file" in label else read_bytes(label["text"].encode(), name)
    return make_report(parsed, name, "0" * 64, 0).to_dict()


def score(pairs: Iterable[tuple[Any, Any]]) -> Score:
    """Count (right value, value read) pairs of one field."""
    right = given = said = 0
    for wanted, found in pairs:
        a, b = _set(wanted), _set(found)
        right, given, said = right + len(a & b), given + len(b), said + len(a)
    return Score(right, given, said)


def _set(value: Any) -> frozenset[str]:
    """The values of a field, case aside."""
    each = value if isinstance(value, list) else [] if value is None else [value]
    return frozenset(str(one).lower() for one in each)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
