"""Answers that are worked out: from figures that a sentence gives for several times, without a part, across columns."""

from __future__ import annotations

import pytest
from small_library import library_of

from rag.language.periods import periods
from rag.lookup.operations import operation_of
from rag.lookup.relation import relation
from rag.lookup.spoken import runs_of
from rag.lookup.table import same_time, year_before

REPORT = """# Fernhill Corp Form 10-K

For the fiscal year ended December 31, 2024. Fernhill Corp makes garden tools.

## Note 3. Leases

The Company leases glasshouses and vans. We recognized operating lease expense of $27 million, $22 million and $23 million in 2024, 2023 and 2022. As of December 31, 2024 and 2023, capitalized seed costs totaled $77 million and $68 million, net of accumulated amortization of $23 million and $22 million.

## Note 4. Other expenses

Advertising costs were $3.1 billion for 2024, $2.9 billion for 2023 and $2.5 billion for 2022. The increase in warranty costs was $5 million and $3 million in 2024 and 2023, respectively. Two growers made up 64% and 71% of hedge planting revenue in 2024 and 2023, respectively.

## Note 5. Net sales

Net sales by product were as follows (in millions):

| Net sales: | 2024 | 2023 |
| --- | --- | --- |
| Shears | 300 | 290 |
| Trowels | 100 | 90 |
| Consolidated | 400 | 380 |

## Note 6. Segments

| (in millions) | Orchard | Meadow | Hedge | Total |
| --- | --- | --- | --- | --- |
| Revenue, 2024 | 250 | 125 | 25 | 400 |

## Note 7. Orders

| (in millions) | Three Months Ended December 31, 2024 | Three Months Ended December 31, 2023 | Six Months Ended December 31, 2024 | Six Months Ended December 31, 2023 |
| --- | --- | --- | --- | --- |
| Order intake | 110 | 100 | 230 | 200 |

## Note 8. Houses

House results were as follows (in millions):

| | 2024 | 2023 |
| --- | --- | --- |
| Glass: | | |
| Revenue | 200 | 210 |
| Operating income | 50 | 40 |
| Plastic: | | |
| Revenue | 60 | 70 |
| Operating income | 3 | 7 |

## Note 9. Commitments

Payments under noncancelable seed purchase obligations as of December 31, 2024 are as follows (in millions):

| | Amount |
| --- | --- |
| Next spring | 22 |
| Later springs | 13 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("computed"), {"fernhill.md": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        ("What was the total operating lease expense for 2022, 2023 and 2024?", "23 + 22 + 27 = 72 million"),
        ("What is the average operating lease expense over 2022 to 2024?", "(23 + 22 + 27) / 3 = 24 million"),
        ("What was the percentage change in operating lease expense from 2023 to 2024?", "27 − 22 = 5 million, or 22.7%"),
        ("By how much did capitalized seed costs rise in 2024?", "77 − 68 = 9 million, or 13.2%"),
        ("What were cumulative advertising costs over the years 2022 to 2024?", "2.5 + 2.9 + 3.1 = 8.5 billion"),
        ("What were combined advertising costs for the past three years?", "2.5 + 2.9 + 3.1 = 8.5 billion"),
        ("What would net sales have been without trowels in 2024?", "400 − 100 = 300"),
        ("Excluding shears, what were net sales in 2023?", "380 − 290 = 90"),
        ("What is the ratio of Orchard revenue to Meadow revenue in 2024?", "250 / 125 = 2"),
        ("By what percentage did order intake rise in the fourth quarter of 2024?", "110 − 100 = 10, or 10.0%"),
        ("What was the operating margin of the Glass house in 2024?", "50 / 200 = 25.0%"),
        ("What is the combined revenue of Glass and Plastic in 2023?", "210 + 70 = 280"),
        ("Calculate the change in advertising costs from 2022 to 2024.", "3.1 − 2.5 = 0.6 billion, or 24.0%"),
    ],
)  # fmt: skip
def test_the_arithmetic_is_shown_and_stands_the_check(library, question, steps):
    answer = library.ask(question)
    assert steps in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "What was the total operating lease expense for 2017, 2018 and 2019?",
        "What was the percentage change in warranty costs from 2023 to 2024?",  # only by how much they rose is said
        "What was the change in hedge planting revenue from 2023 to 2024?",  # only shares of it are said
        "What would net sales have been without greenhouses in 2024?",
    ],
)
def test_nothing_is_worked_out_where_an_operand_is_missing(library, question):
    assert " = " not in library.ask(question).text


def test_a_sentence_that_opens_a_table_is_given_with_its_rows(library):
    text = library.ask("When are the seed purchase obligations to be paid?").text
    assert "as follows" in text
    assert "Later springs | 13" in text


def test_a_month_is_that_of_a_balance_of_its_last_day():
    asked, balance, other = (periods(text)[0] for text in ("March 2024", "March 31, 2024", "April 30, 2024"))
    assert same_time(balance, asked)
    assert not same_time(other, asked)


def test_some_months_are_set_against_the_same_ones_a_year_before():
    months = year_before(periods("first nine months of 2024")[0])
    assert (months.start.isoformat(), months.end.isoformat()) == ("2023-01-01", "2023-09-30")


def test_a_list_of_figures_is_bound_to_its_list_of_times():
    runs = list(
        runs_of("At January 31, 2024 and 2023, cash was $1.4 billion and $1.0 billion, of which $5 million was frozen.")
    )
    assert [(str(period.end), fact.figure.text) for _, run in runs for fact, period in zip(run.facts, run.when, strict=True)] == [
        ("2024-01-31", "$1.4 billion"),
        ("2023-01-31", "$1.0 billion"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "operation"),
    [
        ("what is the total of seed costs for 2023 and 2024", "sum"),
        ("how much higher were seed costs in 2024 than in 2023", "change"),
        ("what were total seed costs at the end of 2023 and 2024", "value"),
        ("what was the total for 2023 and 2024 respectively", "value"),
    ],
)
def test_what_is_done_to_the_figures(clause, operation):
    assert operation_of(clause, ()) == operation


def test_a_question_for_the_rest_is_one_for_a_difference():
    found = relation("If we exclude goodwill, what are total assets?")
    assert found is not None
    assert (found.kind, found.parts) == ("difference", ("total assets", "goodwill"))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("rose from 26,677 in 2011 to 27,159 in 2012", ["2011", "2012"]),
        ("rose from 5 in 2011 to 27 million in 2012", ["2011", "2012"]),
        ("grew in the years 2011 to 12", ["2011-2012"]),
    ],
)
def test_an_amount_behind_a_year_is_no_end_of_a_range(text, times):
    assert [f"{p.start.year}-{p.end.year}" if p.kind == "range" else p.label for p in periods(text)] == times


def test_what_is_included_is_a_part_of_what_is_told(tmp_path):
    text = REPORT + "\nResearch expenses for 2024 and 2023 included $4.9 million and $8.8 million of trial costs.\n"
    with library_of(tmp_path, {"fernhill.md": text}) as library:
        assert "4.9 − 8.8" not in library.ask("By how much did research expenses change from 2023 to 2024?").text


def test_the_words_of_a_share_are_read_behind_its_verb():
    asked = relation("What did marketing expense amount to as a share of net sales in 2024?")
    assert asked is not None and asked.parts == ("marketing expense", "net sales")
