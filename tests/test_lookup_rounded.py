"""Amounts of tables in round words behind the printed figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_library import library_of

from rag.lookup.answer import figure_draft
from rag.lookup.question import item_of
from rag.lookup.rounded import rounded_said
from rag.lookup.table import cells
from rag.lookup.words import shown

REPORT = """# Fernhill Corp Form 10-K

For the fiscal year ended December 31, 2024. Fernhill Corp makes garden tools.

## Consolidated statements of income

| (in thousands, except per share data) | 2024 | 2023 |
| --- | --- | --- |
| Total net sales | 41,250 | 38,100 |
| Research expenses | 640 | 610 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("rounded"), {"fernhill.md": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("What were total net sales in 2024?", "41,250 (in thousands), about 41.3 million", "billion"),
        ("By how much did total net sales change from 2023 to 2024?", "= 3,150, about 3.2 million, or 8.3%", "billion"),
        ("What were research expenses in 2024?", "640 (in thousands)", "about"),
    ],
)
def test_an_amount_is_said_in_round_words(library, question, said, not_said):
    answer = library.ask(question)
    assert said in answer.text and not_said not in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}


def test_no_round_words_without_a_scale():
    assert rounded_said(Decimal(41_250), ()) == ""


def test_round_words_that_do_not_stand_the_check_are_left_out(library):
    reports = list(library.index.reports().values())
    sales = cells(library.index, reports, (), item_of("revenue"))[:1]
    draft = figure_draft("Total net sales, 2024: 41,250 (in thousands), about 99.9 million.", sales)
    assert draft is not None and draft.text.startswith("Total net sales, 2024: 41,250 (in thousands)")
    assert "99.9" not in draft.text


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.2897", "0.29%"), ("-0.2897", "−0.29%"), ("0.0312", "0.031%"), ("0.5", "0.5%"), ("12.34", "12.3%"), ("0", "0.0%")],
)  # fmt: skip
def test_a_small_percentage_has_two_digits(value, text):
    assert shown(Decimal(value), "%") == text
