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
