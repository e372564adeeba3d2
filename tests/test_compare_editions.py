"""Sides that nothing names: the editions of a weekly, the notes on one company, what two halves of a question ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import Library, Settings
from rag.compare.asked.halves import halves
from rag.compare.asked.names import held_companies, named_brokers
from rag.compare.comparison import Comparison, compare
from rag.compare.found.times import OTHER_PERIOD, period_fit
from rag.language.periods import periods

REPORTS = {
    "timber-old": (
        "Timber Weekly (2031.06.02-06.08): yards run dry\nMARL RESEARCH·2031-06-09 10:00\n\n"
        'Rating - Timber is kept at "Neutral" [1]\nPrices - Spruce ended the week at USD 412 per load, up 3.1% [2]'
        " - Pallets cost USD 9.40 each, unchanged [3]\nYards - Baltic yards hold 61 days of demand [4]\n"
    ),
    "timber-new": (
        "Timber Weekly (2031.06.09-06.15): rain helps\nMARL RESEARCH·2031-06-16 10:00\n\n"
        'Rating - Timber is lowered to "Underweight" [1]\nPrices - Spruce ended the week at USD 395 per load, down 4.1% [2]'
        " - Pallets cost USD 9.15 each, a little less [3]\nYards - Baltic yards hold 66 days of demand [4]\n"
    ),
    "kilns-old": (
        "Halden Kilns (HALK LN): a hot first quarter\nCALDER SECURITIES·2031-05-06\n\n"
        'Rating - "Buy" on Halden Kilns, target 310 pence [1]\nResults - Q1 2031 revenue was GBP 410 million, up 6% [2]'
        " - Overseas sales were 42% of the total [3] - Capital spending came to GBP 21 million in Q1 [4]\n"
        "Plans - The Porto works opens at the end of 2031 [5]\nForecast - Net profit of GBP 44 million and GBP 49 million in 2032-2033, or 9 times that of 2031 [6]\n"
    ),
    "kilns-new": (
        "Halden Kilns: dear at this price\nLACEY SECURITIES·2031-11-04\n\n"
        'Rating - Cut to "Hold", target 295 pence [1]\nResults - Third-quarter revenue was GBP 432 million, up 3% [2]'
        " - Overseas sales were 46% of the total [3] - Q3 capital spending was GBP 33 million, about as much as in all of 2030 [4]\n"
        "Plans - The Porto works is put off to spring 2032 [5]\nForecast - Net profit of GBP 41 million and GBP 45 million in 2032-2033 [6]\n"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("editions")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(Settings.load(rag_home=folder / "library", _env_file=None))
    library.add_many(sorted(folder.glob("*.txt")))
    return library


def cited(found: Comparison | None) -> list[tuple[str, list[int]]]:
    assert found is not None
    said = [piece.evidence for row in found.cells for pieces in row for piece in pieces]
    return [(item.report.stem, list(item.passage.locator.numbers)) for item in said]


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ("Which week had the higher price of spruce?", [("timber-old", [2]), ("timber-new", [2])]),
        ("Spruce: 8 June against 15 June?", [("timber-old", [2]), ("timber-new", [2])]),
        ("How do pallets differ between the 9 June and the 16 June weekly?", [("timber-old", [3]), ("timber-new", [3])]),
        ("What became of Halden Kilns' Porto works between the two notes?", [("kilns-old", [5]), ("kilns-new", [5])]),
        ("Halden Kilns: overseas sales early in the year and in autumn, how did they change?", [("kilns-old", [3]), ("kilns-new", [3])]),
        ("What was Halden Kilns' capital spending in the first and in the third quarter?", [("kilns-old", [4]), ("kilns-new", [4])]),
        ("How far apart are Calder and Lacey on the 2032 net profit of Halden Kilns?", [("kilns-old", [6]), ("kilns-new", [6])]),
    ],
)  # fmt: skip
def test_every_report_that_is_meant_is_cited(
    library: Library, question: str, marks: list[tuple[str, list[int]]]
) -> None:
    assert cited(compare(library.index, library.encoder, question)) == marks


def test_a_report_is_on_the_company_with_whose_name_its_title_begins(library: Library) -> None:
    held = {group.name: sorted(report.stem for report in group.reports) for group in held_companies(library.reports())}
    assert held == {"Halden Kilns": ["kilns-new", "kilns-old"]}


def test_reports_are_asked_only_where_several_times_may_be_meant(library: Library) -> None:
    assert compare(library.index, library.encoder, "What is the price of spruce?") is None
    near = compare(library.index, library.encoder, "Which week had the lower price of oak veneer?")
    assert near is None or not near.sure


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Contrast the growth of total exports with shipments to the US in May.", ("total exports", "shipments to the US")),
        ("Compare consumer and producer prices in May.", ("consumer", "producer prices")),
        ("Compare the sales of 2031 and 2032.", None),  # times are no things
        ("What are the consumer and producer prices?", None),
        ("消费与投资的增速相差多少?", ("消费", "投资")),
    ],
)  # fmt: skip
def test_a_question_is_cut_where_a_word_joins_two_things(question: str, parts: tuple[str, str] | None) -> None:
    first = next(halves(question, ()), None)
    assert (first and tuple(side.label for side in first)) == parts


def test_what_a_statement_sets_its_figure_against_is_not_its_time(library: Library) -> None:
    report = next(report for report in library.reports() if report.stem == "kilns-new")
    third, year = periods("Q3 2031")[0], periods("2032")[0]
    assert period_fit(third, "Q3 capital spending was GBP 33 million, about as much as in all of 2030", report) == 1.0
    assert period_fit(third, "市占率7.1%,上年同期6.2%", report) > OTHER_PERIOD
    assert period_fit(year, "GBP 44 million and GBP 49 million in 2032-2033, or 9 times 2031", report) > OTHER_PERIOD
    assert period_fit(year, "GBP 44 million in 2033, or 9 times 2031", report) == OTHER_PERIOD


def test_a_house_is_named_without_its_kind(library: Library) -> None:
    named = named_brokers("Calder and Lacey on Halden Kilns", library.reports())
    assert [name for name, _, _ in named] == ["CALDER SECURITIES", "LACEY SECURITIES"]
