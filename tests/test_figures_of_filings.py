"""Near misses in long filings: a figure is of the year, the place, the name and the kind that is asked for, or none is given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_library import library_of

from rag.answer.gaps import unheard_of
from rag.answer.scoring import weigh
from rag.answer.wanted import want
from rag.question.concepts import asked
from rag.question.names_asked import names_joined
from rag.question.shape import shape_of
from rag.question.verbs import is_verb
from rag.search.retrieve import search

_HEAD = """# Fernhill Corp Form 10-K

For the fiscal year ended December 31, 2024. Fernhill Corp makes garden tools.

## Note 1. Net sales

Net sales by segment were as follows (in millions):

| | 2024 | 2023 |
| --- | --- | --- |
| Orchard | 300 | 290 |
| Meadow | 100 | 90 |
| Total net sales | 400 | 380 |

## Note 2. Customers

Our tools reach gardeners in Norway and Portugal through dealers, who keep a stock of shears, trowels and hoes in their shops and visit us twice a year. Dealers may give back what they have not sold after the season, and are paid a part of the price for each tool that a gardener keeps for longer than two seasons, which few of them do. We choose dealers by their gardens, their shops and their love of hedges. Sales outside the United States were 3% of net sales in 2024.

We rely on the Quickdig brand and invest in its revenue growth without a guarantee of success.

Sheds are written off over 1 to 15 years, which is close to the utilization rate.

## Note 3. Dividends

Our policy is to keep all earnings. Fernhill Corp has never paid dividends.

## Note 4. Outlook

We expect capital expenditures of $25 million in 2025.

## Note 5. Inspectors

In June 2024 the inspector sent us a letter stating that our labels were too small.

## Note 6. Owners

The Marrowby Trust, which is run by the family of the founder from a house near the old orchard and has been an owner since the first shears were sold, told us in a letter of its plan for our shares. It intends to purchase further shares for $50 million to $60 million over thirteen months, by small steps and at whatever price the market asks, and does not mean to seek a seat on the board or to change the way in which we keep our gardens.

"""
REPORT = _HEAD + "".join(
    f"\n## Garden {n}\n\nThe garden of number {n} was planted with hedges near the old house.\n" for n in range(7, 106)
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("figures"), {"fernhill.md": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "What were Fernhill's net sales for fiscal 2025?",
        "What net sales did Fernhill report for 2025?",
        "How much did Fernhill sell in Norway in 2024?",
        "How much revenue did the Quickdig brand bring Fernhill in 2024?",
        "What was Fernhill's utilization rate in 2024?",
    ],
)
def test_no_figure_is_given_that_is_of_something_else(library, question):
    assert library.ask(question).refused


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What were Fernhill's net sales in 2024?", "400"),
        ("What capital expenditures does Fernhill expect in 2025?", "25 million"),
        ("What is Fernhill's policy on dividends as of 2024?", "never paid"),
        ("How much of Fernhill's net sales landed in Orchard in 2024?", "300"),
        ("What does Fernhill's 2024 filing say in connection with dividends?", "never paid"),
        (
            "How much does Marrowby Trust intend to spend to purchase further shares?",
            "60 million",
        ),  # named a sentence before
        ("What portion of Fernhill's net sales was made outside the United States in 2024?", "3%"),
    ],
)
def test_what_is_there_is_answered(library, question, said):
    assert said in library.ask(question).text


@pytest.mark.parametrize(
    ("question", "open_"),
    [
        ("What were Fernhill's net sales in 2025?", True),
        ("What were Fernhill's net sales in 2024?", False),
        ("What capital expenditures does Fernhill expect in 2025?", False),  # said by its year
        ("What did Fernhill say of hedges in its 2025 report?", False),  # it came out then
    ],
)
def test_a_filing_does_not_know_the_year_after_it(library, question, open_):
    wanted = want(library.index, question)
    best = weigh(library.index, wanted, search(library.index, library.encoder, question, limit=20))[0]
    report = replace(best.evidence.report, period="FY2024 (fiscal year ended December 31, 2024)")
    best = replace(best, evidence=replace(best.evidence, report=report))
    found = [piece for piece in unheard_of(library.index, wanted, best) if piece.kind == "period"]
    assert bool(found) is open_


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is Fernhill's policy on dividends as of 2024?", None),
        ("What were Fernhill's dividends in 2024?", "number"),
        ("What net sales did Fernhill report?", "number"),
        ("What was Fernhill's average harvest in 2024?", "number"),
    ],
)
def test_a_value_is_asked_where_a_metric_is_the_head(library, question, kind):
    assert want(library.index, question).kind == kind


@pytest.mark.parametrize(
    ("question", "word", "verb"),
    [
        ("How much of the cost landed in the north?", "landed", True),
        ("What share of sales ran through dealers?", "ran", True),
        ("What did the FDA complain about in its letter?", "complain", True),
        ("How many shops was Amazon running outside America?", "running", True),
        ("What did it cost in the plan that it carried out?", "carried", True),
        ("How much money did Square's customers process through it?", "process", True),
        ("How much did Walmart hand back to its owners?", "back", True),
        ("What were net sales of back support belts in 2024?", "back", False),
        ("What was the price of options granted in 2024?", "granted", False),
        ("What were net sales of ice cream in 2024?", "cream", False),
    ],
)
def test_a_verb_is_told_by_where_it_stands(question, word, verb):
    assert is_verb(question, word) is verb


@pytest.mark.parametrize(
    ("name", "alone"),
    [("Impella CP", False), ("Impella II", False), ("Impella Foods", True), ("Impella AG", True)],
)
def test_a_model_of_a_series_is_not_called_by_the_series(name, alone):
    question = f"What did {name} bring?"
    joined = next(piece for piece in names_joined(question, asked(question)) if piece.kind == "name")
    assert (("impella",) in joined.forms) is alone


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("What pulled down operating income in 2024?", "why"),
        ("What accounted for the jump in revenue in 2024?", "why"),
        ("What accounted for 30% of net sales in 2024?", "fact"),
    ],
)
def test_what_moved_a_figure_asks_for_a_reason(question, shape):
    assert shape_of(question) == shape
