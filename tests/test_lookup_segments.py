"""Figures of the parts of a company by their names: values, changes, shares, differences, sums, margins."""

from __future__ import annotations

import pytest
from small_library import library_of

from rag.lookup.segments import parts_asked

REPORT = """# Fernhill Corp Form 10-K

For the fiscal year ended December 31, 2024. Fernhill Corp makes garden tools.

## Consolidated statements of income

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Total net sales | 400 | 380 |
| Operating expenses | 320 | 300 |
| Operating income | 80 | 80 |

## Note 5. Segment information

Segment results were as follows:

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Orchard: | | |
| Net sales | 250 | 210 |
| Operating expenses | 200 | 170 |
| Operating income | 50 | 40 |
| Meadow Tools: | | |
| Net sales | 150 | 170 |
| Operating expenses | 120 | 130 |
| Operating income | 30 | 40 |

"""
GARDEN = "## Garden {n}\n\nThe garden of number {n} has {n} beds and a path of its own, which is raked on Mondays.\n\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    text = REPORT + "".join(GARDEN.format(n=n) for n in range(3, 93))
    with library_of(tmp_path_factory.mktemp("segments"), {"fernhill.md": text}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What net sales did Fernhill's Meadow Tools segment make in 2024?", "Meadow Tools net sales, 2024: 150"),
        ("What operating margin did Orchard earn in 2024?", "50 / 250 = 20.0%"),
        ("What percentage of Fernhill's 2024 net sales came from Orchard?", "250 / 400 = 62.5%"),
        ("How much did the operating income of Meadow Tools fall in 2024?", "30 − 40 = −10, or 25.0%"),
        ("How much bigger were Orchard's net sales than those of Meadow Tools in 2023?", "210 − 170 = 40"),
        ("How much lower were Meadow Tools' net sales than those of Orchard in 2023?", "170 − 210 = −40"),
        ("What was the combined operating income of Orchard and Meadow Tools in 2024?", "50 + 30 = 80"),
    ],
)
def test_figures_of_parts_are_found_by_name(library, question, said):
    answer = library.ask(question)
    assert said in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}


@pytest.mark.parametrize(
    "question",
    [
        "What net sales did Fernhill's Orchard segment make in Norway in 2024?",
        "What net sales did Fernhill's Orchard segment make in 2019?",
        "What net sales did Amazon's Orchard segment make in 2024?",
    ],
)
def test_a_part_of_which_more_is_said_is_not_the_part(library, question):
    assert "250" not in library.ask(question).text


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What share of net sales in 2024 came from Orchard?", "share"),
        ("How much net sales did the Orchard segment of Fernhill make in 2024?", "value"),
        ("What was the gross margin of Orchard in 2024?", "margin"),
        ("How large was the gap between the revenue of Orchard and Meadow in 2024?", "difference"),
    ],
)
def test_what_is_asked_of_parts(question, kind):
    asked = parts_asked(question, None)
    assert asked is not None and asked.kind == kind


def test_what_a_margin_works_out_to(library):
    assert "80 / 400 = 20.0%" in library.ask("What operating margin does Fernhill's 2024 work out to?").text


@pytest.mark.parametrize("question", ["Why did Orchard's net sales fall in 2024?", "How many people work for Orchard?"])
def test_other_questions_ask_no_line_of_parts(question):
    assert parts_asked(question, None) is None
