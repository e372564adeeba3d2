"""What each part of the engine is worth: ``python -m eval ablate [PART...]`` runs the shipped set without it.

A part whose loss is not significant on any metric does not pay for itself on this set.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval import gate
from eval.parts import PARTS, scores_with

_SHOWN = ("hit@1", "hit@5", "citation_recall", "must_contain", "refusal_recall", "false_refusal", "passed")


def main(argv: Sequence[str] | None = None) -> int:
    """Take the parts away one by one and print by how much each metric falls."""
    from eval.__main__ import write_text

    names = [part.name for part in PARTS]
    p = argparse.ArgumentParser("python -m eval ablate", description="Show what each part of the engine is worth.")
    p.add_argument("part", nargs="*", help=f"one of {', '.join(names)} (default: all)")
    p.add_argument("--json", type=Path, metavar="OUT", help="write the numbers")
    p.add_argument("--few", action="store_true", help="ask only some cases of each kind: three times as fast")
    args = p.parse_args(argv)
    for name in args.part:
        if name not in names:
            p.error(f"there is no part {name!r}; choose from {', '.join(names)}")
    before = scores_with("part", "", few=args.few)
    print("change of each metric without the part; * is significant, + is better without it")
    print(f"{'without':<12}" + "".join(f"{name[:15]:>17}" for name in _SHOWN))
    rows = {}
    for part in PARTS:
        if not args.part or part.name in args.part:
            comparison = gate.compare(before, scores_with("part", part.name, few=args.few))
            rows[part.name] = row(comparison)
            print(
                f"{part.name:<12}" + "".join(f"{_cell(rows[part.name].get(name)):>17}" for name in _SHOWN), flush=True
            )
    if args.json:
        write_text(args.json, json.dumps({"few": args.few, "parts": rows}, indent=1) + "\n")
    return 0


def row(comparison: gate.Comparison) -> dict[str, dict[str, Any]]:
    """Per metric: value with and without the part, gain (positive: better without), whether it is significant."""
    return {
        change.metric: {
            "with": round(change.before, 4),
            "without": round(change.after, 4),
            "gain": round(change.gain.value, 4),
            "significant": change.significant_loss or change.significant_win,
        }
        for change in comparison.changes
    }


def _cell(change: dict[str, Any] | None) -> str:
    if change is None:
        return "-"
    return f"{change['gain']:+.3f}{'*' if change['significant'] else ' '}"
