"""The gate: limits that every run keeps, and a comparison with an earlier run, case by case.

A loss is significant when the 95 % paired-bootstrap interval of a metric's change lies wholly on the bad side of zero
(B. Efron, R. Tibshirani 1993, chapter 16; for paired system comparison T. Berg-Kirkpatrick et al., EMNLP 2012).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.cases import UsageError
from eval.metrics import LOWER_IS_BETTER, Summary, summarise

Scores = Mapping[str, Mapping[str, float]]  # case id -> metric -> value
_EPSILON = 1e-3  # stored values are rounded to four digits


@dataclass(frozen=True, slots=True)
class Change:
    """How a metric moved over the cases that both runs have; positive is better, also where lower values are better."""

    metric: str
    before: float
    after: float
    gain: Summary

    @property
    def significant_loss(self) -> bool:
        return self.gain.high < 0

    @property
    def significant_win(self) -> bool:
        return self.gain.low > 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side: cases that began or ceased to pass, cases in one run only, and every metric's change."""

    won: tuple[str, ...]
    lost: tuple[str, ...]
    unchanged: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def significant_losses(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.significant_loss)


def compare(before: Scores, after: Scores) -> Comparison:
    """Compare two runs over the cases they share."""
    shared = [case for case in after if case in before]
    won = tuple(c for c in shared if after[c].get("passed", 0) > before[c].get("passed", 0))
    lost = tuple(c for c in shared if after[c].get("passed", 0) < before[c].get("passed", 0))
    names = list(dict.fromkeys(name for case in shared for name in after[case]))
    changes = []
    for name in names:
        pairs = [(before[c][name], after[c][name]) for c in shared if name in before[c] and name in after[c]]
        sign = -1.0 if name in LOWER_IS_BETTER else 1.0
        gains = [sign * (new - old) if abs(new - old) > _EPSILON else 0.0 for old, new in pairs]
        gain = summarise(gains)
        if gain is not None:
            count = len(pairs)
            changes.append(Change(name, sum(p[0] for p in pairs) / count, sum(p[1] for p in pairs) / count, gain))
    return Comparison(
        won,
        lost,
        len(shared) - len(won) - len(lost),
        tuple(case for case in before if case not in after),
        tuple(case for case in after if case not in before),
        tuple(changes),
    )


def describe(comparison: Comparison) -> str:
    """The comparison as text: counts, the cases that changed, the metrics that moved."""
    c = comparison
    lines = [f"{len(c.won)} won, {len(c.lost)} lost, {c.unchanged} unchanged"]
    if c.only_before or c.only_after:
        lines[0] += f"; {len(c.only_after)} new, {len(c.only_before)} gone"
    lines += [f"  won   {case}" for case in c.won] + [f"  lost  {case}" for case in c.lost]
    for change in c.changes:
        if change.gain.value or change.gain.low != change.gain.high:
            note = (
                "  SIGNIFICANT LOSS" if change.significant_loss else "  significant" if change.significant_win else ""
            )
            lines.append(
                f"  {change.metric:<20} {change.before:.3f} -> {change.after:.3f}  "
                f"gain {change.gain.value:+.3f} [{change.gain.low:+.3f}, {change.gain.high:+.3f}]{note}"
            )
    return "\n".join(lines)


def limits(options: Sequence[str]) -> dict[str, float]:
    """``metric=value`` options as a mapping. Raises UsageError for any other form."""
    found = {}
    for option in options:
        name, _, value = option.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            raise UsageError(f"A limit reads METRIC=VALUE, such as hit@5=0.8; {option!r} does not.") from None
    return found


def broken_limits(
    summary: Mapping[str, Summary], floors: Mapping[str, float], ceilings: Mapping[str, float]
) -> list[str]:
    """One sentence per limit that does not hold. Raises UsageError for a metric that the run did not measure."""
    unknown = sorted((set(floors) | set(ceilings)) - set(summary))
    if unknown:
        known = ", ".join(sorted(summary))
        raise UsageError(f"No question measures the metric {unknown[0]!r}; this run measures {known}.")
    low = [f"{m} is {summary[m].value:.3f}, at least {v:g} expected" for m, v in floors.items() if summary[m].value < v]
    high = [
        f"{m} is {summary[m].value:.3f}, at most {v:g} expected" for m, v in ceilings.items() if summary[m].value > v
    ]
    return low + high
