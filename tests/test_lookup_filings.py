"""Questions on filings beyond single figures: which way a figure went, and what a statement has no line for."""

from __future__ import annotations

import pytest
from small_library import library_of

PLANES = """# Kestrel Aircraft annual report 2024

Kestrel Aircraft builds small planes.

## Consolidated statements of operations

| (in millions) | 2024 | 2023 | 2022 |
| --- | --- | --- | --- |
| Total revenues | 500 | 400 | 300 |
| Cost of planes | (390) | (330) | (200) |
| Interest expense of leasing | (10) | (10) | (10) |
| Total costs and expenses | (400) | (340) | (210) |
|  | 100 | 60 | 90 |
| Research and development | (20) | (22) | (25) |
| Earnings from operations | 40 | 16 | 30 |

## Consolidated balance sheets

| (in millions) | December 31, 2024 | December 31, 2023 |
| --- | --- | --- |
| Long-term debt | 180 | 210 |
| Total liabilities | 390 | 400 |
"""
BANK = """# Hollow Bank annual report 2024

Hollow Bank lends to farmers.

## Consolidated statements of income

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Total revenues net of interest expense | 90 | 80 |
| Provisions for credit losses | 9 | 7 |
| Total expenses | 60 | 55 |
| Pretax income | 21 | 18 |
| Net income | 16 | 14 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("filings"), {"kestrel.md": PLANES, "hollow.md": BANK}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Is Kestrel's operating margin going up or down?", ["rose from 2023 to 2024 and fell from 2022 to 2023", "40 / 500 = 8.0% (2024)"]),
        ("Does Kestrel have an improving gross margin profile as of FY2024?", ["(500 − 400) / 500 = 20.0% (2024)", "15.0% (2023)"]),
        ("Has Kestrel's long-term debt come down since 2023?", ["fell from 210", "to 180"]),
        ("Has Kestrel's research and development spending been shrinking?", ["fell from 22", "to 20", "fell from 25"]),
        ("Did Kestrel's revenue grow in 2024?", ["rose from 400", "to 500"]),
        ("Is the gross margin of Hollow Bank improving as of 2024?", ["no line for gross profit", "Net income 16", "Pretax income 21"]),
        ("Is the operating margin of Hollow Bank getting better or worse?", ["no line for operating income", "Total expenses 60"]),
    ],
)  # fmt: skip
def test_which_way_a_figure_went(library, question, said):
    answer = library.ask(question)
    assert not answer.refused
    for part in said:
        assert part in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}
    assert answer.citations


def test_a_line_that_may_be_there_is_not_said_to_be_missing(library):
    assert "no line" not in library.ask("Is Kestrel's net margin improving as of 2024?").text
