"""How a broker's view of a company moved from report to report, computed and checked against the report's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rag.reports.rating_scale import level
from rag.types import Passage, Report

Move = Literal["raised", "cut", "maintained"]
Turn = Literal["upgraded", "downgraded", "maintained", "changed"]
_UP = re.compile(
    r"\b(?:rais|lift|increas|hik|upgrad)\w*|\bup\s+(?:to|from)\b|上调|调高|调升|提升|提高|升至", re.IGNORECASE
)
_DOWN = re.compile(
    r"\b(?:lower|reduc|trim|slash|decreas|downgrad)\w*|\bcuts?\b|\bdown\s+(?:to|from)\b|下调|调低|调降|降低|降至",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:maintain|reiterat|unchanged|reaffirm|keep|kept)\w*|维持|重申|不变", re.IGNORECASE)
_AROUND = 24  # characters before a quote that may hold its verb
_CLAUSE = re.compile(
    r"[。.；;！!？?\n,，|｜]\s?|[)）]\s"
)  # "Sell (unchanged) Target price: 44 (from 42)" says it of the rating


@dataclass(frozen=True, slots=True)
class Revision:
    """What changed against the report before. ``before``: that report's id; None where the library holds none.

    ``target``/``rating``: the change, None where it cannot be told; ``percent``: of the target. ``stated``: the earlier
    values are those that the report itself states. ``flags``: where its words and the values disagree, a sentence each.
    """

    before: str | None = None
    target: Move | None = None
    rating: Turn | None = None
    percent: float | None = None
    stated: bool = False
    flags: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "before": self.before,
            "target_change": self.target,
            "rating_change": self.rating,
            "target_change_percent": None if self.percent is None else round(self.percent, 1),
            "change_stated": self.stated,
            "flags": list(self.flags),
        }


def revisions(
    by_broker: Iterable[Sequence[Report]], passages_of: Callable[[str], Sequence[Passage]]
) -> dict[str, Revision]:
    """Report id -> its revision; ``by_broker``: reports of one broker on one company, oldest first."""
    found = {}
    for reports in by_broker:
        for index, report in enumerate(reports):
            found[report.id] = _revision(report, reports[index - 1] if index else None, passages_of)
    return found


def _revision(report: Report, before: Report | None, passages_of: Callable[[str], Sequence[Passage]]) -> Revision:
    old, stated = report.previous_target_price, report.previous_target_price is not None
    flags = []
    if before is not None and before.target_price is not None and before.currency == report.currency:
        if old is not None and old != before.target_price:
            flags.append(
                f"The report gives the target before as {old:g}; the report of {before.date or 'an unknown date'} "
                f"has {before.target_price:g}."
            )
        old = before.target_price if old is None else old
    target, percent = _move(old, report.target_price)
    rating = _turn(report.previous_rating or (before.rating if before else None), report.rating)
    flags += _contradicted(report, target, passages_of)
    if (
        before is not None
        and report.previous_rating
        and before.rating
        and _turn(before.rating, report.previous_rating) != "maintained"
    ):
        flags.append(
            f"The report gives the rating before as {report.previous_rating}; the report of "
            f"{before.date or 'an unknown date'} has {before.rating}."
        )
    return Revision(before.id if before else None, target, rating, percent, stated, tuple(flags))


def _move(old: float | None, new: float | None) -> tuple[Move | None, float | None]:
    if old is None or new is None or old <= 0:
        return None, None
    percent = 100 * (new - old) / old
    return ("maintained" if new == old else "raised" if new > old else "cut"), percent


def _turn(old: str | None, new: str | None) -> Turn | None:
    if not old or not new:
        return None
    if old == new:
        return "maintained"
    before, after = level(old), level(new)
    if before is None or after is None:
        return "changed"
    if before == after:
        return "maintained" if old.isascii() != new.isascii() else "changed"
    return "upgraded" if after > before else "downgraded"


def _contradicted(report: Report, target: Move | None, passages_of: Callable[[str], Sequence[Passage]]) -> list[str]:
    """Where the words around the target say another direction than its values."""
    source = next((found for found in report.provenance if found.name == "target_price"), None)
    if target is None or source is None or source.start is None or source.end is None:
        return []
    said = _said(source.start, source.end, passages_of(report.id))
    if said is None or said == target:
        return []
    return [f"The words say that the target is {said}, its values that it is {target}."]


def _said(start: int, end: int, passages: Sequence[Passage]) -> Move | None:
    """The one direction that the clause around a quote states; None for none or several."""
    for passage in passages:
        if passage.start <= start and end <= passage.end:
            left = passage.text[max(0, start - passage.start - _AROUND) : start - passage.start]
            clause = _CLAUSE.split(left)[-1] + passage.text[start - passage.start : end - passage.start]
            directions: dict[Move, re.Pattern[str]] = {"raised": _UP, "cut": _DOWN, "maintained": _SAME}
            said = [move for move, pattern in directions.items() if pattern.search(clause)]
            return said[0] if len(said) == 1 else None
    return None
