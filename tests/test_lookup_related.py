"""Questions that set figures of one table against each other: shares, sums, differences, ratios, what is due when."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_library import library_of

from rag.language.periods import periods
from rag.lookup.answer import _as_share
from rag.lookup.pairs import Set, _surest
from rag.lookup.question import clause_of, sought
from rag.lookup.relation import Bucket, relation
from rag.lookup.table import Cell
from rag.types import Evidence, Locator, Passage, Report

REPORT = """# Fernhill Corp Form 10-K

For the fiscal year ended December 31, 2024. Fernhill Corp makes garden tools.

## Consolidated statements of income

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Shears | 300 | 290 |
| Trowels | 100 | 90 |
| Total net sales | 400 | 380 |
| Operating expenses | 320 | 300 |

## Note 5. Segments

Segment results were as follows (in millions):

| | 2024 | 2023 |
| --- | --- | --- |
| Orchard: | | |
| Net sales | 250 | 210 |
| Operating income | 50 | 40 |
| Meadow: | | |
| Net sales | 150 | 170 |
| Operating income | 30 | 40 |

## Note 6. Shares

| (in thousands) | 2024 | 2023 |
| --- | --- | --- |
| Basic weighted average shares outstanding | 8,000 | 7,900 |
| Diluted weighted average shares outstanding | 8,200 | 8,150 |

## Note 7. Contractual obligations

Our obligations as of December 31, 2024 were as follows (in millions):

| | Total | Less than 1 year | 1-3 years | After 3 years |
| --- | --- | --- | --- | --- |
| Operating lease obligations | 200 | 50 | 80 | 70 |
| Capital lease obligations | 90 | 40 | 30 | 20 |

## Note 8. Future minimum rental payments


| | As of December 31, 2024 |
| --- | --- |
| 2025 | 20 |
| 2026 | 15 |
| Thereafter | 5 |
| Total | 40 |

## Note 9. Maturities of lease liabilities

| (in millions) | Finance leases | Operating leases | Total |
| --- | --- | --- | --- |
| 2025 | 10 | 30 | 40 |
| Thereafter | 20 | 140 | 160 |
| Total undiscounted payments | 30 | 170 | 200 |

## Note 10. Greenhouse loans

The following table shows the maturity of greenhouse loans (in millions):

| | Amount |
| --- | --- |
| 2025 | 12 |
| 2026 | 36 |
| Thereafter | 12 |

## Note 11. Sales by type

Sales by type were as follows (in millions):

| Year ended December 31, 2024 | |
| --- | --- |
| Mulch sales | 30 |
| Total sales by type | 120 |

## Note 12. Results by area

| (in millions), 2024 | North | South | Consolidated |
| --- | --- | --- | --- |
| Freight costs | 15 | 45 | 60 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("related"), {"fernhill.md": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("What percentage of total net sales in 2024 came from shears?", "300 / 400 = 75.0%"),
        ("What share of total net sales did trowels account for in 2023?", "90 / 380 = 23.7%"),
        ("What was Orchard operating income as a percentage of its net sales in 2024?", "50 / 250 = 20.0%"),
        ("Operating expenses were what percentage of total net sales in 2023?", "300 / 380 = 78.9%"),
        ("What is the sum of shears and trowels in 2024?", "300 + 100 = 400"),
        ("What was the sum of total net sales for 2023 and 2024?", "380 + 400 = 780"),
        ("What is the difference between diluted and basic weighted average shares outstanding in 2024?", "8,200 − 8,000 = 200"),
        ("What portion of operating lease obligations is due within a year?", "50 / 200 = 25.0%"),
        ("What percent of capital lease obligations are due after 3 years?", "20 / 90 = 22.2%"),
        ("What percentage of future minimum rental payments is due in 2026?", "15 / 40 = 37.5%"),
        ("What percentage of total undiscounted payments relates to operating leases?", "170 / 200 = 85.0%"),
        ("What percentage of greenhouse loans is due in 2026?", "36 / (12 + 36 + 12) = 60.0%"),
        ("What slice of total sales by type in 2024 belongs to mulch?", "30 / 120 = 25.0%"),
        ("What part of freight costs in 2024 fell in the South?", "45 / 60 = 75.0%"),
    ],
)  # fmt: skip
def test_figures_of_one_table_are_set_against_each_other(library, question, steps):
    answer = library.ask(question)
    assert steps in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}
    assert len({citation.locator.numbers for citation in answer.citations}) <= 3


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("What were total net sales from 2023 to 2024?", False),  # the line is called so
        ("What was the total of shears from 2023 to 2024?", True),
    ],
)
def test_a_line_called_total_is_not_added_up(library, question, added):
    text = library.ask(question).text
    assert ("=" in text) == added
    assert ("300" if added else "380") in text


@pytest.mark.parametrize(
    "question",
    [
        "What percentage of total net sales in 2024 came from lawn mowers?",
        "What percentage of total net sales in 2019 came from shears?",
        "What portion of purchase obligations is due within a year?",
        "What percentage of future minimum rental payments is due in 2031?",
    ],
)
def test_no_share_is_made_of_what_is_not_there(library, question):
    assert "=" not in library.ask(question).text


@pytest.mark.parametrize(
    ("question", "kind", "parts", "bucket"),
    [
        ("what portion of total debt is due within a year?", "share", ("total debt", "total debt"), Bucket("first")),
        ("what percent of leases are due after five years?", "share", ("leases", "leases"), Bucket("after", 5)),
        ("what is the ratio of debt to equity in 2020?", "multiple", ("debt", "equity"), None),
        ("what is the debt-to-equity ratio in 2020?", "multiple", ("debt", "equity"), None),
        ("what is the difference between basic and diluted shares in 2020?", "difference", ("basic shares", "diluted shares"), None),
        ("what percentage of sales is due to corn in 2020?", "share", ("corn", "sales"), None),
    ],
)  # fmt: skip
def test_the_form_of_a_question_is_read(question, kind, parts, bucket):
    found = relation(question)
    assert found is not None
    assert (found.kind, found.parts, found.bucket) == (kind, parts, bucket)


@pytest.mark.parametrize("question", ["what were net sales in 2020?", "what was the change in debt from 2019 to 2020?"])
def test_one_line_is_no_relation(question):
    assert relation(question) is None


def test_a_clause_does_not_end_in_an_abbreviation():
    question = "By how many percent did sales to the U.S. Government rise in 2024?"
    assert clause_of(question) == question


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("What share of net sales ran through dealers rather than shops in 2024?", ("dealers", "net sales")),
        ("What percentage of total revenue in the year to March 2012 came from pumps?", ("pumps", "total revenue")),
    ],
)
def test_a_share_is_read_by_the_verb_of_the_part(question, parts):
    found = relation(question)
    assert found is not None
    assert found.parts == parts


@pytest.mark.parametrize(("words", "first"), [("March 2012", "2011-04-01"), ("December 2012", "2012-01-01")])
def test_the_year_to_a_month_is_twelve_months(words, first):
    found = relation(f"What percentage of total revenue in the year to {words} came from pumps?")
    assert found is not None
    assert [period.start.isoformat() for period in found.when] == [first]


def _pair(part, whole, page):
    """A part and its whole on a page, in 2024."""
    passage = Passage(f"1-{page}", "1", 0, "Coast | 1", 0, 9, "table", Locator("page", (page,)), 1)
    report = Report("1" * 64, "Millbrook", "millbrook.pdf", "pdf", "en")
    evidence, when = Evidence(passage, report, 1.0), periods("2024")[0]
    values = (Decimal(part), Decimal(whole))
    cells = (Cell(evidence, "Coast", 0, 9, value, when, "2024", 0.9, False, None, False, False) for value in values)
    return Set(tuple(cells), 0.9)


def test_of_several_figures_the_ones_of_two_pages_are_those_of_the_whole():
    found = [_pair(120, 320, 7), _pair(100, 230, 7), _pair(220, 550, 7), _pair(220, 550, 6)]
    assert [cell.value for cell in _surest(found, newest=False).cells] == [220, 550]
    with pytest.raises(LookupError):
        _surest(found[:3], newest=False)


def test_the_end_of_a_year_is_a_time_and_no_maturity():
    asked = relation("What fraction of total liabilities at year-end 2024 was loyalty points?")
    assert asked is not None
    assert (asked.parts, asked.bucket) == (("loyalty points", "total liabilities"), None)


@pytest.mark.parametrize(
    ("question", "over", "unit"),
    [
        ("How many times larger was total assets than revenue in 2024?", "total assets", "x"),
        ("What proportion of Fernhill's 2024 revenue was spent on marketing expenses?", "marketing expenses", "%"),
    ],
)
def test_two_lines_of_different_tables_are_set_against_each_other(question, over, unit):
    asked = _as_share(sought(question), relation(question))
    assert asked is not None and asked.operation == "share"
    assert [(item.name, item.unit) for item in asked.items] == [(over, unit), ("revenue", "")]
