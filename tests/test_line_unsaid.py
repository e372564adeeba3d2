"""A figure of another line is no answer: words for a line that a place of a long filing does not have, and sisters of them."""

from __future__ import annotations

import pytest
from small_library import library_of

from rag.language.sisters import sister
from rag.language.words import terms_of

_HEAD = """# Fernhill Corp Form 10-K

For the fiscal year ended December 31, 2024. Fernhill Corp makes garden tools.

## Note 1. Net sales

Net sales by product were as follows (in millions):

| | 2024 | 2023 |
| --- | --- | --- |
| Shears and clippers | 300 | 290 |
| Cream of lanolin | 12 | 11 |
| Total net sales | 400 | 380 |

## Note 2. Leases

| (in millions) | Less than 1 year | After 3 years |
| --- | --- | --- |
| Operating lease obligations | 50 | 70 |

## Note 3. Stock options

Options to purchase 40,000 shares were granted in 2024 at a weighted average exercise price of $19.63.

## Note 4. Places

The ice house and the capital of the county are far from the gardens.
"""
# A report so long that most words stand somewhere in it.
REPORT = _HEAD + "".join(
    f"\n## Note {n}. Garden {n}\n\nThe garden of number {n} was planted with hedges near the old house.\n"
    for n in range(5, 100)
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("unsaid"), {"fernhill.md": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What were net sales of shears and clippers in 2024?", "300"),
        ("What was the weighted average exercise price of options granted in 2024?", "19.63"),
        ("What is the amount of operating lease obligations due after 3 years?", "70"),
    ],
)
def test_a_line_that_is_there_is_answered(library, question, said):
    assert said in library.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "What were net sales of ice cream in 2024?",
        "What was the weighted average exercise price of warrants granted in 2024?",
        "What is the amount of capital lease obligations due after 3 years?",
        "What were net sales of microcontrollers in 2024?",
    ],
)
def test_another_line_is_no_answer(library, question):
    assert library.ask(question).refused


@pytest.mark.parametrize(
    ("asked", "said", "other"),
    [
        ("capital lease obligations", "Operating lease obligations", "capit"),
        ("basic earnings per share", "Diluted earnings per share", "basic"),
        ("options granted", "Options forfeited", "grant"),
        ("capital expenditure", "Operating expenses", ""),  # no leases
        ("basic earnings per share", "Basic and diluted earnings per share", ""),
        ("net sales", "Total net sales", ""),
    ],
)
def test_a_sister_is_told_from_the_word_itself(asked, said, other):
    assert sister(terms_of(asked), terms_of(said)) == other
