"""Cells of tables whose rows no lexicon knows: found by what stands in the label, beside it and above the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from small_library import library_of

from rag.figures.table import read_table
from rag.language.periods import periods
from rag.lookup.finder import alike
from rag.lookup.question import row_sought
from rag.lookup.rows import read_of
from rag.lookup.table import Cell, of_shares, of_time, own_time, same_time, year_before
from rag.lookup.times import times_of
from rag.reports.statements import statement_tags
from rag.types import Evidence, Locator, Passage, Report

REPORT = """# Fernhill Corp Form 10-Q

For the quarterly period ended October 30, 2024. Fernhill Corp makes garden tools.

## Consolidated statements of income

| (in millions) | Three Months Ended October 30, 2024 | Three Months Ended October 31, 2023 |
| --- | --- | --- |
| Total net sales | 420 | 380 |
| Operating expenses: | | |
| Field trials | 61 | 52 |

## Note 4. Net sales

Net sales by product were as follows (in millions):

| | Three Months Ended October 30, 2024 | Three Months Ended October 31, 2023 |
| --- | --- | --- |
| Shears | 310 | 290 |
| Compute & Prune | 12 | 9 |
| Trowels and rakes | 110 | 90 |
| Field trials | 7 | 5 |

## Note 5. Segments

| (in millions) | Orchard | Meadow | Total |
| --- | --- | --- | --- |
| Net sales, three months ended October 30, 2024 | 250 | 170 | 420 |
| Net sales, three months ended October 31, 2023 | 210 | 170 | 380 |

## Note 6. Staff

| | October 30, 2024 | October 31, 2023 |
| --- | --- | --- |
| Gardeners | 1,204 | 1,090 |
| Gardeners' compensation | 9,272 | 8,100 |

## Note 7. Uncertain tax positions

The changes in the total amounts of uncertain tax positions were as follows (in thousands):

| | |
| --- | --- |
| Balance, November 3, 2022 | 9,889 |
| Additions | 3,861 |
| Balance, November 1, 2023 | 13,750 |
| Additions | 4,411 |
| Balance, October 30, 2024 | 18,161 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("rows"), {"fernhill.md": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much were net sales of trowels and rakes in the three months ended October 30, 2024?", "Trowels and rakes net sales, Three Months Ended October 30, 2024: 110"),
        ("What were Fernhill's shears net sales in the three months ended October 31, 2023?", "Shears net sales, Three Months Ended October 31, 2023: 290"),
        ("What were Compute & Prune net sales in the three months ended October 30, 2024?", "Compute & Prune net sales, Three Months Ended October 30, 2024: 12"),
        ("What is the value of field trials in the three months ended October 30, 2024?", "61"),  # the statement, not the note
        ("What were net sales of the Orchard segment in the three months ended October 30, 2024?", "(Orchard), three months ended October 30, 2024"),
        ("What were net sales of the Meadow segment in the quarter?", "170"),
        ("How many gardeners were there as of October 30, 2024?", "1,204"),
    ],
)  # fmt: skip
def test_a_row_is_found_by_its_label_and_by_what_stands_above_it(library, question, said):
    answer = library.ask(question)
    assert said in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}


def test_a_balance_is_dated_by_its_own_label(library):
    answer = library.ask("What is the net change in the balance of uncertain tax positions from 2022 to 2024?")
    assert "from 9,889 in 2022 to 18,161 in 2024" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How much were net sales of lawn mowers in the three months ended October 30, 2024?",
        "What is the ratio of gardeners to net sales as of October 30, 2024?",  # a ratio is no amount
        "How many gardeners were there as of October 30, 2019?",
    ],
)
def test_no_other_row_stands_for_one_that_is_not_there(library, question):
    text = library.ask(question).text
    assert not any(f"{label}, " in text for label in ("Shears", "Trowels and rakes", "Gardeners"))


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("What were net sales of the Meadow segment in 2024?", "value"),
        ("What was the difference in rent from 2023 to 2024?", "change"),
        ("What is the value of buildings and improvements in 2018 and 2019 respectively?", "value"),
        ("What was the average rent from 2022 to 2024?", "mean"),
        ("What was the rent in the quarter?", "value"),
    ],
)
def test_what_a_question_for_a_row_seeks(question, operation):
    found = row_sought(question)
    assert found is not None
    assert found.operation == operation


@pytest.mark.parametrize(
    "question",
    [
        "Why did rent rise in 2024?",
        "What are audit-related fees related to?",
        "What rent is expected for 2027E?",
        "What was the ratio of total debt to total assets in 2024?",
        "How large was the share of revenue in the first quarter?",  # of no year
    ],
)
def test_other_questions_seek_no_row(question):
    assert row_sought(question) is None


def _report(period):
    return Report("1" * 64, "Fernhill", "fernhill.pdf", "pdf", "en", period=period)


@pytest.mark.parametrize(
    ("period", "asked", "column"),
    [
        ("Q1 FY2023 (quarter ended December 31, 2022)", "Q1 2023", ("2022-10-01", "2022-12-31")),
        ("Q3 FY2023 (quarter ended October 30, 2022)", "third quarter of 2023", ("2022-08-01", "2022-10-30")),
        ("Q2 2023 (quarter ended June 30, 2023)", "Q2 2023", ("2023-04-01", "2023-06-30")),
        ("FY2024 (fiscal year ended December 31, 2024)", "Q2 2023", ("2023-04-01", "2023-06-30")),
        (None, "Q2 2023", ("2023-04-02", "2023-07-01")),
    ],
)
def test_a_quarter_is_the_companys_own(period, asked, column):
    asked_for = periods(asked)[0]
    start, end = map(date.fromisoformat, column)
    assert same_time(replace(asked_for, start=start, end=end), own_time(asked_for, _report(period)))


def test_a_quarter_told_by_its_last_day_stays_so_a_year_before():
    asked_for = times_of("three months ended June 25, 2022", None)[0]
    before = own_time(year_before(asked_for), _report("FY2022 (fiscal year ended September 24, 2022)"))
    assert (str(before.start), str(before.end)) == ("2021-04-01", "2021-06-30")


def test_a_balance_of_a_quarter_is_that_of_its_last_day():
    quarter = periods("Q2 2023")[0]
    assert same_time(periods("July 1, 2023")[0], quarter)
    assert not same_time(periods("March 31, 2023")[0], quarter)


@pytest.mark.parametrize(
    ("section", "own"),
    [
        (("BALANCE SHEETS / (In millions)",), True),
        (("Item 1 / CONSOLIDATED STATEMENTS OF CASH FLOWS / (unaudited)", "Note 3. Leases"), False),
        (("Notes to financial statements", "Consolidated balance sheets"), True),
    ],
)
def test_what_stands_under_a_note_is_of_no_statement(section, own):
    table = Passage("1-0", "1", 0, "a | 1", 0, 5, "table", Locator("page", (1,)), 1, section)
    assert bool(statement_tags(table)) == own


def test_a_title_with_a_day_is_no_column_and_short_rows_begin_at_the_left():
    above = "Years Ended December 31, (Millions) / 2022 | 2021 | Change 2022 vs. 2021"
    facts = read_table("Tax rate | 21.6% | 24.6%\nNet income | 75 | 80 | (5)", above).facts
    told = {fact.figure.text: [figure.period.label for figure in fact.periods] for fact in facts}
    assert told["21.6%"] == ["2022"]
    assert told["24.6%"] == ["2021"]
    assert told["75"] == ["2022"]


def test_a_total_is_of_no_year_of_its_own():
    facts = read_table("Rent | 5 | 9 | 14", "As follows: / 2024 | 2025 | Total").facts
    assert [[figure.period.label for figure in fact.periods] for fact in facts] == [["2024"], ["2025"], []]


@pytest.mark.parametrize(
    ("told", "heads"),
    [
        ("As follows: / Orchard & Grove | Meadow | Total", ("Orchard & Grove", "Meadow", "Total")),
        ("As follows: / Orchard & | Grove Meadow Total", ("Orchard", "Meadow", "Total")),  # broken over two lines
        ("As follows:", ("Orchard", "Meadow", "Total")),
    ],
)
def test_heads_are_those_of_which_there_is_one_for_each_column(told, heads):
    text = "| Orchard | Meadow | Total\nNet sales | 250 | 170 | 420"
    passage = Passage("1-0", "1", 0, text, 0, len(text), "table", Locator("page", (1,)), 1, (told,))
    assert read_of(Evidence(passage, _report(None), 1.0), frozenset(), {}).heads == heads


COMMON_SIZE = """| | 2024 | 2023 |
| --- | --- | --- |
| Shears | 90.5% | 91.0% |
| Trowels | 9.5 | 9.0 |
| Total net sales | 100.0 | 100.0 |
| Operating expenses | {costs} | 98.0 |
"""


@pytest.mark.parametrize(
    ("costs", "told", "shares"),
    [
        ("97.0", False, True),
        ("129.3", True, True),  # a year of losses
        ("129.3", False, False),
        ("1,293", True, False),
    ],
)
def test_a_table_of_shares_is_told_by_its_whole_or_its_title(costs, told, shares):
    assert of_shares(read_table(COMMON_SIZE.format(costs=costs), "").facts, told) == shares


LOSSES = f"""# Alder Optics annual report 2024

## Consolidated statements of operations data as a percentage of total net sales

{COMMON_SIZE.format(costs="129.3")}
## Net sales by product

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Shears | 181 | 182 |
| Trowels | 19 | 18 |
| Total net sales | 200 | 200 |
"""


def test_a_share_of_the_whole_is_not_the_whole(tmp_path):
    with library_of(tmp_path, {"alder.md": LOSSES}) as library:
        answer = library.ask("What were total net sales in 2024?")
    assert "200" in answer.text
    assert "100.0" not in answer.text


def cell(value: int, when: str, scale: int | None, section: tuple[str, ...], page: int = 5) -> Cell:
    report = Report("1", "t", "t.pdf", "pdf", "en", companies=("Fernhill",))
    passage = Passage(f"{page}{section}", "1", 0, "a | 1", 0, 5, "table", Locator("page", (page,)), 1, section)
    shown = None if scale is None else Decimal(scale)
    evidence, time = Evidence(passage, report, 1.0), periods(when)[0]
    return Cell(evidence, "Shears", 0, 5, Decimal(value), time, when, 0.9, False, shown, False, False)


def test_the_first_of_two_tables_of_a_page_tells_the_scale_of_both():
    first, second = cell(48, "2024", 10**6, ("Note 5", "2024")), cell(42, "2023", None, ("Note 5", "2023"))
    assert alike((first, second))
    assert not alike((first, cell(42, "2023", None, ("Note 5", "2023"), page=6)))
    assert not alike((first, cell(42, "2023", 10**3, ("Note 5", "2023"))))


def test_a_balance_is_no_rival_of_what_a_year_brought():
    year, balance = cell(48, "2024", None, ("Note 5",)), cell(75, "December 31, 2024", None, ("Note 6",))
    assert of_time([year, balance], periods("2024")[0], everywhere=True) == year
    assert of_time([year, cell(49, "2024", None, ("Note 6",))], periods("2024")[0], everywhere=True) is None
