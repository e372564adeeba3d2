"""Tables without bars: told from the text about them, their scale told by amounts of that text, sentences about both."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rag.figures.context import read
from rag.figures.flat import split
from rag.figures.scale import scale_told
from rag.figures.table import read_table
from rag.verify.ahead import read_ahead
from rag.verify.sentence import verify_sentence

ROWS = """Years ended December 31, 2024 2023 2022
Tools $6,071 $5,801 $5,937
Pumps 2,319 2,056 2,018
Unallocated items (75) 542 (179)
Total $8,315 $8,399 $7,776"""
TOLD = "Revenue of Tarn in 2024 decreased by $84 million or 1% compared with 2023 due to lower prices of tools."
PAGE = f"{ROWS}\n{TOLD}"
CHANGES = "2024 2023 2022 %\nChange\nHardware revenue $ 44,307 $ 16,377 $ 7,323 171 % 124%\nTotal revenue 78,903 142,283 123,024 (45)% 16%"


def test_a_table_is_told_from_the_text_about_it() -> None:
    text, table = split(PAGE)
    assert text == TOLD
    assert table.splitlines()[0] == "Years ended December 31, | 2024 | 2023 | 2022"
    assert table.splitlines()[3] == "Unallocated items | (75) | 542 | (179)"


def test_cells_behind_the_years_are_changes() -> None:
    table = split(CHANGES)[1]
    assert table.startswith(" | 2024 | 2023 | 2022 | Change 2024 | Change 2023\n")
    assert "Total revenue | 78,903 | 142,283 | 123,024 | (45)% | 16%" in table


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "Sales of 2023 2024\nrose by 5 million in a year in which prices fell.\nProfit rose, too.",
        "Tools | 2024 | 2023\nSales | 5,000 | 4,000\nCosts | 3,000 | 2,000",
        "2024 2023\nSales 5,000 4,000\nIt was a good year for tools of every kind, said the company, with 4,000 sold.",
    ],
)
def test_other_texts_are_as_they_were(text: str) -> None:
    assert split(text) == (text, "")


def facts_of(table: str) -> tuple:  # type: ignore[type-arg]
    return read_table(split(table)[1], "").facts


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        (TOLD, 10**6),  # 8,399 - 8,315
        ("Pumps had revenue of $2.32 billion.", 10**6),
        ("Pumps had revenue of $2.319 million.", 10**3),
        ("Tools sold 88 million pieces.", None),
        ("Revenue was about $8 billion.", None),
    ],
)
def test_the_scale_is_told_by_amounts_about_a_table(text: str, scale: int | None) -> None:
    assert scale_told(facts_of(PAGE), read(text).facts) == (None if scale is None else Decimal(scale))


RIGHT = [
    "Revenue of Tarn fell 1% to $8.32 billion in 2024 from $8.40 billion in 2023.",
    "Tools had revenue of $6,071 million in 2024, against $5,801 million in 2023.",
    "Revenue decreased by $84 million in 2024.",
]
WRONG = [
    "Revenue of Tarn fell 1% to $8.72 billion in 2024 from $8.40 billion in 2023.",
    "Tools had revenue of $6,071 billion in 2024, against $5,801 billion in 2023.",
    "Tools had revenue of $6,071 million in 2023.",
    "Pumps had revenue of $6,071 million in 2024.",
    "Revenue increased by $84 million in 2024.",
]


@pytest.mark.parametrize("sentence", RIGHT)
def test_right_sentences_about_a_table_and_its_text(sentence: str) -> None:
    verdict = verify_sentence(sentence, [PAGE, "Nothing is told here."])
    assert verdict.status == "supported", verdict.reason
    assert len(verdict.where) == 2
    assert set(verdict.figures) == {*verdict.where[0]}


@pytest.mark.parametrize("sentence", WRONG)
def test_wrong_sentences_about_a_table_and_its_text(sentence: str) -> None:
    assert verify_sentence(sentence, [PAGE]).status != "supported"


def test_such_a_page_is_read_ahead() -> None:
    read_ahead([PAGE], "en")
    assert verify_sentence(RIGHT[0], [PAGE]).status == "supported"


@pytest.mark.parametrize(
    ("above", "row", "heads"),
    [
        (
            "Three Months Ended Nine Months Ended\nJune 25,\n2022\nJune 26,\n2021 Change\nJune 25,\n2022\nJune 26,\n2021 Change\nNet sales by product:",
            "$ 41,220 $ 40,020 3 % $ 158,400 $ 149,430 6 %",
            "Three Months Ended June 25, 2022 | Three Months Ended June 26, 2021 | Change Three Months Ended June 25, 2022"
            " | Nine Months Ended June 25, 2022 | Nine Months Ended June 26, 2021 | Change Nine Months Ended June 25, 2022",
        ),
        (
            "December 31,\n2019\nDecember 31,\n2018\nAmount\n% of\nRevenues Amount\n% of\nRevenues\n%\nChange*",
            "$ 5,420 100% $ 3,280 100% 65%",
            "December 31, 2019 | December 31, 2019 | December 31, 2018 | December 31, 2018 | Change December 31, 2019",
        ),
        ("December 31, Change\n2019 2018 $ %", "$ 87,310 $ 95,840 $ (8,530) (8.9%)", "2019 | 2018 | Change 2019 | Change 2019"),
        (
            "Years Ended December 31, Change Change\n2022 2021 2020 2022 vs. 2021 2021 vs. 2020",
            "$ 1,148 $ 956 $ 2,240 $ 192 20 % $ (1,284) (57)%",
            "2022 | 2021 | 2020 | Change 2022 | Change 2022 | Change 2021 | Change 2021",
        ),
        ("Quarter Ended March 31, Percentage Change\n2022 2023", "$ 1,500 $ 1,400 (7)%", "2022 | 2023 | Change 2023"),
        ("Fiscal Year Ended\n2022 2021 $ Change % Change", "$ 2,500 $ 1,400 $ 100 7%", "2022 | 2021 | Change 2022 | Change 2022"),
        (
            "March 31, 2023 December 31, 2022",
            "$ 4,812 $ 5,077",
            "March 31, 2023 | December 31, 2022",
        ),
    ],
)  # fmt: skip
def test_heads_over_several_lines(above: str, row: str, heads: str) -> None:
    table = split(f"{above}\nTools {row}\nTotal {row}")[1]
    assert table.splitlines()[0].split(" | ", 1)[1] == heads


YEARS = "Years Ended December 31,"


@pytest.mark.parametrize(
    ("above", "row", "heads"),
    [
        (
            "Three Months Ended\nSeptember 30, Change Nine Months Ended\nSeptember 30, Change\n2022 2021 % 2022 2021 %",
            "$ 500 $ 400 25% $ 1,500 $ 1,250 20%",
            "Three Months Ended September 30, 2022 | Three Months Ended September 30, 2021 | Change Three Months Ended September 30, 2022"
            " | Nine Months Ended September 30, 2022 | Nine Months Ended September 30, 2021 | Change Nine Months Ended September 30, 2022",
        ),
        (f"{YEARS} Increase (Decrease)\n2022 2021 Amount Percent", "$ 500 $ 400 $ 100 25%", "2022 | 2021 | Change 2022 | Change 2022"),
        (f"{YEARS}\n2022 2021 % Change % Change", "$ 500 $ 400 25% 28%", "2022 | 2021 | Change 2022 | Change 2022"),
        (f"{YEARS}\n2022 2021 2020 2021 to 2022 2020 to 2021", "$ 500 $ 400 $ 300 25% 33%", "2022 | 2021 | 2020 | Change 2022 | Change 2021"),
        (f"{YEARS}\n2023 2022 2023 v 2022", "$ 500 $ 400 $ 100 25%", "2023 | 2022 | Change 2023 | Change 2023"),
    ],
)  # fmt: skip
def test_changes_are_of_the_block_and_the_year_they_lead_to(above: str, row: str, heads: str) -> None:
    table = split(f"{above}\nTools {row}\nTotal {row}")[1]
    assert table.splitlines()[0].split(" | ", 1)[1] == heads


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Change 2022 2021", "25% $ 500 $ 400"),  # the shares are not where the changes would be
        ("2022 2021", "$ 500 $ 400 100% 80%"),  # shares of a total
        ("2022 2021 2022 Change", "$ 500 $ 400 $ 480 25%"),  # two columns of one year: one is a budget
    ],
)
def test_columns_that_are_not_sure_are_none(head: str, row: str) -> None:
    text = f"{head}\nTools {row}\nTotal {row}"
    assert split(text) == (text, "")


def test_a_row_with_fewer_amounts_and_a_share_among_them_is_of_no_column() -> None:
    text = "2022 2021 2022 vs 2021\nTools $ 500 $ 400 25%\nPumps 5 25%\nTotal 505 404 25%"
    assert [fact.periods for fact in facts_of(text) if fact.row and fact.row.label == "Pumps"] == [(), ()]


OWN_CHANGE = """(in thousands)
Years Ended December 31, Change
2022 2021 $ %
Net sales $ 87,310 $ 95,840 $ (8,530) (8.9)%
Selling expenses 21,400 18,200 3,200 17.6%"""


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Net sales fell by $8.5 million to $87.3 million in 2022.", True),
        ("Net sales were down from $95.8 million in 2021.", True),
        ("Net sales were $95.8 million in 2022.", False),  # what lies between a level and its own change
        ("Selling expenses rose by $3.2 million in 2022.", True),
        ("Selling expenses fell by $3.2 million in 2022.", False),
        ("Net sales were $87.3 thousand in 2022.", False),
        ("2022年净销售额为8.73万美元。", False),
    ],
)
def test_amounts_of_a_column_of_changes_have_a_way_and_a_scale(sentence: str, right: bool) -> None:
    assert (verify_sentence(sentence, [OWN_CHANGE]).status == "supported") is right


def test_heads_that_do_not_fit_the_rows_are_none() -> None:
    text = "2019 2018 2017\nChange\nTools $ 1,500 $ 1,400\nTotal $ 2,500 $ 2,400"
    assert split(text) == (text, "")


def test_the_line_that_tells_the_scale_stays_with_the_table() -> None:
    text = "Three Months Ended\nMarch 31, 2023 March 31, 2022\n(in millions)\nTools 1,500 1,400\nTotal 2,500 2,400"
    assert "(in millions)" in split(text)[1]


GROWTH = """Three Months Ended
March 31,
2022 2023
Sales:
North $ 58,130 $ 64,524
South 23,410 23,710
Percentage Growth, excluding the effect of foreign exchange rates:
North 8 % 11 %
South 0 9
All 9 11
Staff 35 40
"""


def test_bare_figures_below_a_title_of_per_cent_are_in_per_cent() -> None:
    table = split(GROWTH)[1]
    assert "South | 0% | 9%" in table
    assert "South | 23,410 | 23,710" in table


def test_rows_without_changes_have_them_empty_and_doubtful_ones_no_column() -> None:
    above = "2019 2018 $ Change % Change"
    table = split(f"{above}\nTools $ 1,500 $ 1,400 $ 100 7%\nMargin 23.6% 25.0%\nTotal 2,500 2,400 100")[1]
    assert "Margin | 23.6% | 25.0% |  | " in table
    assert "Total | 2,500 | 2,400 | 100" in table
    text = "June 30,\n2019 2018 2017\nTools $ 1,500 $ 1,400 $ 100\nMargin 23.6% 25.0%\nTotal 2,500 2,400 100"
    assert [fact.periods for fact in facts_of(text) if fact.row and fact.row.label == "Margin"] == [(), ()]


PAGES = [
    ("Stripped of currencies, sales of the South would have grown 9% in the first quarter of 2023.", True),
    ("Sales of the North rose 11% to $64,524 in the first quarter of 2023.", True),
    ("Sales of the North were $58,130 a year earlier.", True),
    ("Sales of the North were $58,130 in the first quarter of 2023.", False),
]


@pytest.mark.parametrize(("sentence", "right"), PAGES)
def test_sentences_about_a_page_with_blocks(sentence: str, right: bool) -> None:
    assert (verify_sentence(sentence, [GROWTH]).status == "supported") is right


CHANGED = "Fiscal Years Ended January 31,\n(in millions) 2020 2019\nNet sales $ 298,410 $ 289,450\nPercentage change from comparable period 3.1% 4.4%\nUnits 3,912 3,940"


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Net sales came to $298.4 billion in fiscal 2020, a rise of 3.1%.", True),
        ("Net sales came to $298.4 billion in fiscal 2020, a rise of 4.4%.", False),
    ],
)
def test_a_row_of_changes_is_of_the_row_above_it(sentence: str, right: bool) -> None:
    assert (verify_sentence(sentence, [CHANGED]).status == "supported") is right


FISCAL = "Three Months Ended Nine Months Ended\nJune 25,\n2022\nJune 26,\n2021\nJune 25,\n2022\nJune 26,\n2021\nServices $ 18,240 $ 16,310 $ 55,120 $ 47,260\nTotal $ 79,420 $ 78,010 $ 291,600 $ 270,900"


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("2022财年前九个月，服务收入为55,120美元。", True),
        ("2021财年前九个月，服务收入为55,120美元。", False),
        ("2022财年前六个月，服务收入为55,120美元。", False),
    ],
)
def test_a_part_of_a_fiscal_year_is_a_column_by_its_length(sentence: str, right: bool) -> None:
    assert (verify_sentence(sentence, [FISCAL]).status == "supported") is right
