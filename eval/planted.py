"""Shows that the gate catches faults: ``python -m eval planted [NAME...]`` plants them one at a time.

Each is compared with a run of the same code without a fault; what counts is a significant loss, as in the gate.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from eval import gate
from eval.parts import FAULTS, Part, scores_with


def main(argv: Sequence[str] | None = None) -> int:
    """Plant the faults one by one; 1 when the gate misses one."""
    names = [fault.name for fault in FAULTS]
    p = argparse.ArgumentParser("python -m eval planted", description="Show that the gate catches planted faults.")
    p.add_argument("name", nargs="*", help=f"one of {', '.join(names)} (default: all)")
    p.add_argument("--few", action="store_true", help="ask only some cases of each kind: three times as fast")
    args = p.parse_args(argv)
    for name in args.name:
        if name not in names:
            p.error(f"there is no fault {name!r}; choose from {', '.join(names)}")
    before = scores_with("fault", "", few=args.few)
    chosen = [fault for fault in FAULTS if not args.name or fault.name in args.name]
    caught = [_report(fault, gate.compare(before, scores_with("fault", fault.name, few=args.few))) for fault in chosen]
    return 0 if all(caught) else 1


def _report(fault: Part, comparison: gate.Comparison) -> bool:
    losses = sorted(comparison.significant_losses, key=lambda change: change.gain.value)
    worst = ", ".join(f"{c.metric} {c.before:.3f} -> {c.after:.3f}" for c in losses[:3])
    verdict = f"caught: {len(comparison.lost)} cases lost; {worst}" if losses else "MISSED"
    print(f"{fault.name:<14} {fault.says:<38} {verdict}", flush=True)
    return bool(losses)
