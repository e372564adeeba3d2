"""Rows of notes in the words of their asking: blocks under a year, closing balances, parts of a note's total."""

from __future__ import annotations

import pytest
from small_library import library_of

from rag.lookup.absent import figure_of_year
from rag.lookup.operations import operation_of
from rag.lookup.question import RATE, row_sought, sought
from rag.lookup.rows import parents_of, words_alone
from rag.types import Evidence, Locator, Passage, Report

REPORT = """# Millbrook Grocers annual report 2024

Millbrook Grocers sells food. The year ended December 31, 2024.

## Note 2. Loyalty points

Loyalty point obligations were as follows (in millions):

| | 2024 | 2023 |
| --- | --- | --- |
| Beginning balance - January 1 | 61 | 55 |
| Points granted | 40 | 30 |
| Points used | (28) | (24) |
| Ending balance - December 31 | 73 | 61 |

## Note 3. Losses on credit

| (in thousands) | 2024 | 2023 | 2022 |
| --- | --- | --- | --- |
| Provision for transaction losses | 5,080 | 4,330 | 1,840 |
| Freezer rentals | 10,671 | 10,702 | 10,500 |

## Note 4. Core Liquid Funds

| (in millions) | December 31, 2024 | December 31, 2023 |
| --- | --- | --- |
| Core Liquid Funds | 226 | 199 |
| Savings accounts | 20 | 10 |
| Fund costs | 9 | 8 |

## Note 5. Sales by aisle

| | Year ended January 31, 2024 2024 | Year ended January 31, 2024 2023 |
| --- | --- | --- |
| Aisle of tea | 31 | 29 |
| Aisle of jam | 12 | 11 |
"""


def _table(text, page):
    report = Report("1" * 64, "Millbrook", "millbrook.pdf", "pdf", "en")
    return Evidence(Passage(f"1-{page}", "1", 0, text, 0, len(text), "table", Locator("page", (page,)), 1), report, 1.0)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("notes"), {"millbrook.md": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much did Millbrook owe in loyalty point obligations at the end of 2024?", "| Ending balance - December 31 | 73 [3] |"),
        ("What Core Liquid Funds did Millbrook hold at the end of 2023?", "Core Liquid Funds, December 31, 2023: 199"),
        ("What fund costs did Millbrook incur in 2024?", "Fund costs, December 31, 2024: 9"),
        ("By what percentage did Millbrook's freezer rentals change in 2024?", "10,671 − 10,702 = −31, or 0.29%"),
        ("How much larger was Millbrook's provision for transaction losses in 2024 than in 2022?", "5,080 − 1,840 = 3,240"),
    ],
)  # fmt: skip
def test_rows_of_notes_are_found_in_the_words_of_their_asking(library, question, said):
    answer = library.ask(question)
    assert said in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}


def test_a_line_of_words_under_a_year_keeps_the_year():
    text = "2024\nDelivery channel:\nVans | 30\n2023\nVans | 31\nDelivery channel:\nVans | 32"
    found, last = parents_of(_table(text, 1), "")
    assert list(found.values()) == ["2024 / Delivery channel:", "2023", "2023 / Delivery channel:"]
    assert last == "2023 / Delivery channel:"


def test_a_year_under_the_first_head_of_its_row_is_the_time_of_its_column(library):
    text = library.ask("How much did sales of the tea aisle grow in 2024?").text
    assert "29 in 2023 to 31 in 2024" in text


def test_the_words_of_a_block_stand_without_its_year():
    assert words_alone("2024 / Delivery channel:") == "Delivery channel:"
    assert words_alone("Basic / diluted") == "Basic / diluted"


def test_what_falls_on_a_part_is_no_change():
    assert operation_of("What part of the costs fell on the Orchard segment", ()) == "value"
    assert operation_of("By how much costs fell", ()) == "change"


def test_what_is_held_is_no_rating_and_what_something_is_about_no_figure():
    assert row_sought("What did Millbrook hold in core funds at the end of 2024?") is not None
    assert row_sought("Does the broker rate Millbrook a hold in 2024?") is None
    assert row_sought("What is the loss that Millbrook took in 2024 about?") is None


def test_a_coin_that_is_sold_is_no_unit_of_money():
    asked = sought("What revenue did Millbrook make with bitcoin in 2024?")
    assert asked is not None and "bitcoin" in asked.rest
    asked = sought("What revenue in US dollars did Millbrook make in 2024?")
    assert asked is not None and "dollar" not in asked.rest


STATEMENT = """# Otterburn Mills annual report 2024

Otterburn Mills spins wool. The year ended December 31, 2024.

## Consolidated statements of income

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Yarn revenue | 457 | 400 |
| Cloth revenue | 91 | 90 |
| Total revenues | 548 | 490 |
| Yarn costs | 447 | 395 |
| Cloth costs | 81 | 80 |
| Total cost of revenues | 528 | 475 |
| Gross margin | 20 | 15 |
| Operating expenses: | | |
| Marketing | 188 | 121 |
| Income before income taxes | 56 | 104 |
| Provision for income taxes | 14 | 25 |
| Net income | 42 | 79 |

"""


@pytest.fixture(scope="module")
def mills(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("mills"), {"otterburn.md": STATEMENT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What gross margin did Otterburn make on yarn in 2024?", "(457 − 447) / 457 = 2.2%"),
        ("What gross margin did Otterburn earn in 2024?", "548 − 528) / 548 = 3.6%"),
        ("How fast did Otterburn's marketing expenses grow in 2024?", "from 121 in 2023 to 188 in 2024"),
        ("How did Otterburn's effective tax rate change from 2023 to 2024?", "25 / 104 = 24.0% (2023); 14 / 56 = 25.0% (2024)"),
    ],
)  # fmt: skip
def test_what_a_statement_does_not_print_is_worked_out_of_its_lines(mills, question, said):
    answer = mills.ask(question)
    assert said in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("What was Otterburn's yarn revenue in 2019?", "2019"),
        ("What were Otterburn's total revenues for the year 2020?", "2020"),
    ],
)
def test_a_year_before_those_of_its_row_is_refused(mills, question, year):
    answer = mills.ask(question)
    assert answer.refused and year in answer.text


def test_a_year_of_which_a_sentence_gives_a_figure_is_told():
    assert figure_of_year("Yarn revenue was $310 million in 2019.", 2019)
    assert not figure_of_year("The note issued on November 17, 2019 bears interest.", 2019)


def test_the_year_of_the_report_that_is_meant_is_no_time_of_a_figure():
    asked = row_sought("How many shops did Millbrook run in Leeds in 2024, as shown in the 2025 annual report?")
    assert asked is not None and [when.label for when in asked.when] == ["2024"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What proportion of Otterburn's 2024 revenue was spent on marketing costs?", "188 / 548 = 34.3%"),
        ("How much did Otterburn sell in cloth in 2024?", "91"),
    ],
)
def test_two_lines_are_set_against_each_other_and_sales_named(mills, question, said):
    assert said in mills.ask(question).text


def test_sales_that_are_called_turnover_are_no_ratio():
    assert not RATE.search("How large was the turnover from cloth") and RATE.search("What was the inventory turnover")


SHOPS = """# Hazel Shops annual report 2024

Hazel Shops sells shoes. The year ended December 31, 2024.

## Segments

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Net sales: | | |
| Hazel North | 341 | 331 |
| Hazel Abroad | 120 | 121 |
| Total net sales | 461 | 452 |

"""


def test_a_difference_is_not_replaced_by_the_figures_side_by_side(tmp_path):
    with library_of(tmp_path, {"hazel.md": SHOPS}) as library:
        text = library.ask("How much higher were Hazel North net sales than Hazel Abroad's in 2024?").text
        assert "341 − 120 = 221" in text
