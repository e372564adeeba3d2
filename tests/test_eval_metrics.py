"""Every metric against a second implementation that is too simple to be wrong."""

from __future__ import annotations

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from eval.cases import Place
from eval.metrics import Hit

STEMS = st.sampled_from(["a", "b", "c"])
NUMBERS = st.frozensets(st.integers(1, 6), min_size=1, max_size=3)
HITS = st.lists(st.builds(Hit, STEMS, NUMBERS), max_size=14)
UNITS = st.lists(st.lists(st.builds(Place, STEMS, NUMBERS), min_size=1, max_size=2), max_size=3)


def dumb_met(hits: list[Hit], unit: list[Place]) -> bool:
    """Compare every number of every hit with every number of every place."""
    for hit in hits:
        for place in unit:
            for number in hit.numbers:
                if hit.stem == place.stem and number in place.numbers:
                    return True
    return False


def dumb_recall(hits: list[Hit], units: list[list[Place]]) -> float:
    met = 0
    for unit in units:
        if dumb_met(hits, unit):
            met += 1
    return met / len(units) if units else 0.0


@given(HITS, UNITS, st.integers(1, 12))
def test_recall_and_hit(hits: list[Hit], units: list[list[Place]], k: int) -> None:
    expected = dumb_recall(hits[:k], units)
    assert metrics.recall_at(hits, units, k) == expected
    assert metrics.hit_at(hits, units, k) == (1.0 if units and expected == 1.0 else 0.0)


@given(HITS, UNITS)
def test_reciprocal_rank_is_one_over_the_first_k_that_hits(hits: list[Hit], units: list[list[Place]]) -> None:
    expected = 0.0
    for k in range(len(hits), 0, -1):
        if units and dumb_recall(hits[:k], units) == 1.0:
            expected = 1 / k
    assert metrics.reciprocal_rank(hits, units) == expected


@given(HITS, UNITS, st.integers(1, 12))
def test_ndcg(hits: list[Hit], units: list[list[Place]], k: int) -> None:
    gain, left = 0.0, list(units)
    for position, hit in enumerate(hits[:k]):
        newly = [unit for unit in left if dumb_met([hit], unit)]
        left = [unit for unit in left if unit not in newly]
        gain += len(newly) * math.log(2) / math.log(position + 2)
    best = sum(math.log(2) / math.log(position + 2) for position in range(min(k, len(units))))
    expected = min(1.0, gain / best) if units else 0.0
    assert math.isclose(metrics.ndcg_at(hits, units, k), expected, abs_tol=1e-9)


@given(HITS, UNITS, st.integers(1, 12))
def test_report_hit(hits: list[Hit], units: list[list[Place]], k: int) -> None:
    every = bool(units)
    for unit in units:
        if not any(hit.stem == place.stem for hit in hits[:k] for place in unit):
            every = False
    assert metrics.report_hit_at(hits, units, k) == float(every)


@given(HITS, UNITS)
def test_citations(hits: list[Hit], units: list[list[Place]]) -> None:
    right = 0
    for hit in hits:
        if any(dumb_met([hit], unit) for unit in units):
            right += 1
    assert metrics.citation_precision(hits, units) == (right / len(hits) if hits else 0.0)
    assert metrics.citation_recall(hits, units) == dumb_recall(hits, units)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1.0))
def test_percentile_is_the_smallest_value_that_covers_the_share(values: list[float], share: float) -> None:
    for value in sorted(values):
        if sum(other <= value for other in values) >= share * len(values):
            expected = value
            break
    assert metrics.percentile(values, share) == expected


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=40))
def test_summary_holds_its_mean_and_repeats(values: list[float]) -> None:
    summary = metrics.summarise(values)
    assert summary is not None and summary.n == len(values)
    assert math.isclose(summary.value, sum(values) / len(values))
    assert 0 <= summary.low <= summary.value + 1e-9 and summary.value - 1e-9 <= summary.high <= 1
    assert summary == metrics.summarise(values)


def test_bootstrap_agrees_with_resampling_by_hand() -> None:
    values = [1.0] * 30 + [0.0] * 70
    rng = random.Random(7)
    means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(2000))
    summary = metrics.summarise(values)
    assert summary is not None
    assert abs(summary.low - means[49]) < 0.03
    assert abs(summary.high - means[1949]) < 0.03


def test_no_value_is_no_metric_and_never_nan() -> None:
    assert metrics.summarise([]) is None
    assert metrics.percentile([], 0.5) == 0.0
    assert metrics.aggregate([]) == {}


def test_aggregate_counts_only_the_cases_that_have_a_metric() -> None:
    table = metrics.aggregate([{"a": 1.0, "b": 0.0}, {"a": 0.0}])
    assert (table["a"].value, table["a"].n) == (0.5, 2)
    assert (table["b"].value, table["b"].n) == (0.0, 1)


def test_must_regexes_ignore_case_width_and_markers() -> None:
    assert metrics.found("buy", "Rated BUY")
    assert metrics.found(r"27\.5%", "资本开支增长２７．５％")
    assert not metrics.found("72", "1,720 and 272 and 0.72 and 72,000") and metrics.found("72", "72.5")
    assert metrics.found("2025", "in 2025, 3 ships") and metrics.found(r"6\.4 ?%", "16.4%, then 6.4%")
    assert metrics.found("(?=.*a)(?=.*1)", "1 a")
    assert metrics.missing([r"\b120\b"], metrics.without_markers("the bull case [120].")) == [r"\b120\b"]
    assert metrics.without_markers("a [5][67] b [A12]").split() == ["a", "b"]
    assert metrics.present(["sell", "hold"], "Hold it") == ["hold"]


@given(HITS)
def test_distinct_keeps_the_first_of_each_place(hits: list[Hit]) -> None:
    expected: list[Hit] = []
    for hit in hits:
        if hit not in expected:
            expected.append(hit)
    assert metrics.distinct(hits) == expected


@given(HITS, UNITS)
def test_reports_are_places_without_numbers(hits: list[Hit], units: list[list[Place]]) -> None:
    reports = metrics.distinct([Hit(hit.stem, frozenset()) for hit in hits])
    whole = [[Place(place.stem, frozenset()) for place in unit] for unit in units]
    order: list[str] = []
    for hit in hits:
        if hit.stem not in order:
            order.append(hit.stem)
    last = 0
    for unit in units:
        ranks = [order.index(place.stem) + 1 for place in unit if place.stem in order]
        last = max(last, min(ranks)) if ranks and last >= 0 else -1
    assert metrics.reciprocal_rank(reports, whole) == (1 / last if last > 0 else 0.0)


CELLS = st.sampled_from(["12", "3.50", "1,234", "no number", "2025", "7.05"])


@given(st.lists(st.tuples(st.lists(CELLS, max_size=4), st.lists(CELLS, max_size=4)), max_size=4))
def test_figure_verification(rows: list[tuple[list[str], list[str]]]) -> None:
    values = {"12": 12.0, "3.50": 3.5, "1,234": 1234.0, "2025": 2025.0, "7.05": 7.05}
    right = total = 0
    for said, held in rows:
        for cell in said:
            if cell in values:
                total += 1
                right += any(values[cell] == values.get(other) for other in held)
    given_rows = [(" and ".join(said), "; ".join(held)) for said, held in rows]
    assert metrics.figure_verification(given_rows) == (right / total if total else None)


def test_figure_verification_folds_forms_of_writing_but_not_values() -> None:
    assert metrics.figure_verification([("收入１，５７７百万元", "收入1577百万元")]) == 1.0
    assert metrics.figure_verification([("up 12.0%", "up 12%"), ("up 2.3%", "up 12.3%")]) == 0.5
    assert metrics.figure_verification([("no number at all", "12")]) is None
