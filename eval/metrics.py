"""Metrics over one case and over many. Pure functions; every score is in 0..1 and higher is better unless it says so.

A retrieved passage or a citation is a ``Hit`` (report stem, numbers of its locator). A *unit* is one thing a question
needs: a group of acceptable places, any of which will do (see ``Case.units``). ``need: any`` has one unit,
``need: each`` one per listed report.

Sources: hit rate, reciprocal rank: E. Voorhees, TREC-8 QA track report (1999). nDCG: K. Järvelin, J. Kekäläinen, ACM
TOIS 20(4) 2002, with gain only for a unit's first passage as in C. Clarke et al., SIGIR 2008 (alpha-nDCG, alpha = 1).
Percentile bootstrap: B. Efron, R. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.cases import Place

Units = Sequence[Sequence[Place]]
_MARKER = re.compile(r"\[[A-Z]{0,2}\d{1,4}\]")
LOWER_IS_BETTER = frozenset({"false_refusal", "attack_success"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved or cited passage: stem of its report, numbers of its locator."""

    stem: str
    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Summary:
    """Mean of a metric over ``n`` cases with its 95 % bootstrap interval."""

    value: float
    n: int
    low: float
    high: float

    def to_dict(self) -> dict[str, float | int]:
        return {"value": round(self.value, 4), "n": self.n, "low": round(self.low, 4), "high": round(self.high, 4)}


def meets(hit: Hit, places: Iterable[Place]) -> bool:
    """Whether a passage stands at one of the acceptable places; a place without numbers is the whole report."""
    return any(
        hit.stem == place.stem and (not place.numbers or not hit.numbers.isdisjoint(place.numbers)) for place in places
    )


def distinct(hits: Sequence[Hit]) -> list[Hit]:
    """The places of the hits, each once, where it ranked first: a ranking of pages or marks instead of passages."""
    return list(dict.fromkeys(hits))


def recall_at(hits: Sequence[Hit], units: Units, k: int) -> float:
    """Share of the units met within the first ``k`` hits; 0 where there is no unit."""
    if not units:
        return 0.0
    return sum(any(meets(hit, unit) for hit in hits[:k]) for unit in units) / len(units)


def hit_at(hits: Sequence[Hit], units: Units, k: int) -> float:
    """1 when every unit is met within the first ``k`` hits, else 0."""
    return float(bool(units) and recall_at(hits, units, k) == 1.0)


def report_hit_at(hits: Sequence[Hit], units: Units, k: int) -> float:
    """1 when, for every unit, a passage of one of its reports is within the first ``k`` hits, whatever its place."""
    if not units:
        return 0.0
    stems = {hit.stem for hit in hits[:k]}
    return float(all(any(place.stem in stems for place in unit) for unit in units))


def reciprocal_rank(hits: Sequence[Hit], units: Units) -> float:
    """1 / the smallest k (1-based) at which every unit is met; 0 when that never happens."""
    if not units:
        return 0.0
    firsts = [_first(hits, unit) for unit in units]
    ranks = [rank for rank in firsts if rank is not None]
    return 1.0 / max(ranks) if len(ranks) == len(firsts) else 0.0


def ndcg_at(hits: Sequence[Hit], units: Units, k: int = 10) -> float:
    """Discounted gain of the units met, each at its first passage, over that of the best order of as many units."""
    if not units:
        return 0.0
    gain_at: dict[int, int] = {}
    for unit in units:
        rank = _first(hits[:k], unit)
        if rank is not None:
            gain_at[rank] = gain_at.get(rank, 0) + 1
    gain = sum(count / math.log2(1 + rank) for rank, count in gain_at.items())
    best = sum(1 / math.log2(1 + rank) for rank in range(1, min(len(units), k) + 1))
    return min(1.0, gain / best)


def _first(hits: Sequence[Hit], unit: Sequence[Place]) -> int | None:
    return next((rank for rank, hit in enumerate(hits, 1) if meets(hit, unit)), None)


def citation_precision(citations: Sequence[Hit], units: Units) -> float:
    """Share of the citations that stand at an acceptable place; 0 for an answer that cites nothing."""
    places = [place for unit in units for place in unit]
    return sum(meets(hit, places) for hit in citations) / len(citations) if citations else 0.0


def citation_recall(citations: Sequence[Hit], units: Units) -> float:
    """Share of the units that some citation meets."""
    return recall_at(citations, units, len(citations))


def without_markers(text: str) -> str:
    """The text with its citation markers blanked, so that a number in a marker never counts as the answer's own."""
    return _MARKER.sub(" ", text)


def found(pattern: str, text: str) -> bool:
    """Whether a regex occurs in a text, as it stands or with full-width forms folded; case does not matter.

    A match may not begin or end among the digits of a longer number: ``2\\.3 ?%`` is not in ``12.3%``, ``72`` not in
    ``1,720`` or ``0.72``; decimals may follow, ``44`` is in ``44.1%``.
    """
    forms = (text, unicodedata.normalize("NFKC", text))
    return any(_whole(form, match) for form in forms for match in re.finditer(pattern, form, re.I | re.S))


def _whole(text: str, match: re.Match[str]) -> bool:
    """Whether a match cuts no number in two."""
    start, end = match.span()
    before, after = text[max(0, start - 2) : start], text[end : end + 4]
    begins, ends = text[start : start + 1].isdigit(), text[end - 1 : end].isdigit()
    cut_before = begins and re.search(r"\d\.?$" if not text[start : start + 3].isdigit() else r"\d[.,]?$", before)
    cut_after = ends and re.match(r"\d|,\d{3}", after)
    return start == end or not (cut_before or cut_after)


def missing(must: Iterable[str], text: str) -> list[str]:
    """The patterns of ``must`` that do not occur in the text."""
    return [pattern for pattern in must if not found(pattern, text)]


def present(must_not: Iterable[str], text: str) -> list[str]:
    """The patterns of ``must_not`` that do occur in the text."""
    return [pattern for pattern in must_not if found(pattern, text)]


_EQUATION = re.compile(r"[(\d−-][\d,.\s()%+−×/^-]*[+−×/^][\d,.\s()%+−×/^-]*=.*$", re.DOTALL)


def figure_verification(sentences: Iterable[tuple[str, str]]) -> float | None:
    """Share of the numbers of sentences that occur, digits alike, in the text that each sentence cites.

    ``sentences``: pairs of a sentence without markers and the cited text; None where no sentence holds a number. After
    the "number accuracy" of data-to-text generation (S. Wiseman et al., EMNLP 2017); no rounding and no other unit counts.
    An equation that a sentence ends in (``177 − 135 = 42``) is left out: its result stands nowhere else.
    """
    right = total = 0
    for sentence, cited in sentences:
        held = set(_numbers(cited))
        for number in _numbers(_EQUATION.sub("", sentence)):
            total += 1
            right += number in held
    return right / total if total else None


def _numbers(text: str) -> list[str]:
    """The numbers of a text without thousands commas, full width folded, no sign, no trailing zeros after a point."""
    found = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", unicodedata.normalize("NFKC", text))
    plain = [number.replace(",", "") for number in found]
    return [number.rstrip("0").rstrip(".") if "." in number else number for number in plain]


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value that at least ``share`` (0..1) of the values do not exceed."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def summarise(values: Sequence[float], *, seed: int = 0, rounds: int = 1000) -> Summary | None:
    """Mean and 95 % percentile-bootstrap interval, the same in every run; None where no case has a value."""
    if not values:
        return None
    data = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, len(data), size=(rounds, len(data)))
    low, high = np.percentile(data[picks].mean(axis=1), [2.5, 97.5])
    return Summary(float(data.mean()), len(data), float(low), float(high))


def aggregate(scores: Iterable[Mapping[str, float]]) -> dict[str, Summary]:
    """Each metric summarised over the cases that have it, in order of first appearance."""
    columns: dict[str, list[float]] = {}
    for row in scores:
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    return {name: summary for name, values in columns.items() if (summary := summarise(values)) is not None}
