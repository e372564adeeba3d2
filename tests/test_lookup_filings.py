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
| Assets |  |  |
| Cash | 90 | 80 |
| Property, plant and equipment, net | 310 | 330 |
| Total assets | 400 | 410 |
| Liabilities and equity |  |  |
| Accounts payable | 60 | 70 |
| Long-term debt | 180 | 210 |
| Advances from customers | 150 | 120 |
| Total liabilities | 390 | 400 |
| Stockholders' equity |  |  |
| Retained earnings | 450 | 440 |

## Segment information

Revenues and earnings of our business segments were as follows:

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Revenues: |  |  |
| Trainers | 260 | 250 |
| Sailplanes | 190 | 110 |
| Service | 60 | 50 |
| Eliminations | (10) | (10) |
| Total revenues | 500 | 400 |
| Earnings from operations: |  |  |
| Trainers | 13 | 10 |
| Sailplanes | 19 | 4 |
| Service | 8 | 2 |
| Total earnings from operations | 40 | 16 |

## Revenue by region

| (in millions) | Europe | Americas | Consolidated |
| --- | --- | --- | --- |
| Fiscal year ended December 31, 2024 |  |  |  |
| Total revenues | 300 | 200 | 500 |
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

# A report so long that a sentence which shares words with a question is no answer to it.
FILING = (
    """# Larkspur Mills annual report 2024

## Item 1. Business

We mill oats and rye. We operate in three business segments: Oats, Rye and Storage.

## Human capital

As of December 31, 2024, we employed approximately 2,340 people. Approximately 15% of our employees are covered by collective bargaining agreements. We still employed 12 of the employees included in the 2022 action.

## Customers

We sell to many customers in the baking trade. In 2024, two customers, Brot AG and Panis SA, together accounted for 31% of our net sales.

## Risk factors

The milling industry is cyclical. Our dividends may be cut. Customers may bring lawsuits against us if flour is stale. Employees may strike. Interest expense may increase.

## Acquisitions

On June 3, 2024, we acquired Kornhaus GmbH, a maker of sieves, for approximately $88 million in cash. We may acquire other mills.

## Legal proceedings

On May 2, 2023, a putative class action was filed against us in Kansas, alleging that we overstated the weight of our sacks.

## Dividends

We have never declared or paid cash dividends on our common stock.

## Management's discussion and analysis of results of operations

Interest expense increased $4 million in 2024, primarily due to the notes that financed the new silos. Interest expense decreased in 2023 due to repayments. Oats sales fell 8% in 2024 compared with 2023. The decrease was due to a poor harvest in the north. The gross profit rate of Storage is lower than that of Oats because it has no brand. Our gross profit rate decreased in 2024. For fiscal 2024, this decrease was primarily due to dear sacks. Total revenues net of interest expense increased in 2024, reflecting more silos.

## Geographic areas

The following table presents our net sales in different geographic regions.

| (in millions) | Kansas | Iowa | Canada |
| --- | --- | --- | --- |
| Net sales | 210 | 130 | 60 |
"""
    + "\n".join(f"\n## Exhibit {n}\n\nForm of agreement number {n} on customers, employees, dividends and interest expense." for n in range(1, 90))
)  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(
        tmp_path_factory.mktemp("filings"), {"kestrel.md": PLANES, "hollow.md": BANK, "larkspur.md": FILING}
    ) as opened:
        yield opened


def answered(library, question, said, not_said):
    """The question has an answer that says the one and not the other, cited, and every sentence of it supported."""
    answer = library.ask(question)
    assert not answer.refused
    assert said in answer.text
    assert not_said not in answer.text
    assert answer.citations
    assert {sentence.status for sentence in answer.sentences} == {"supported"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Is Kestrel's operating margin going up or down?", ["rose from 2023 to 2024 and fell from 2022 to 2023", "40 / 500 = 8.0% (2024)"]),
        ("Does Kestrel have an improving gross margin profile as of FY2024?", ["(500 − 400) / 500 = 20.0% (2024)", "15.0% (2023)"]),
        ("Has Kestrel's long-term debt come down since 2023?", ["fell from 210", "to 180"]),
        ("Has Kestrel's research and development spending been shrinking?", ["fell from 22", "to 20", "fell from 25"]),
        ("Did Kestrel's revenue grow in 2024?", ["rose from 400", "to 500"]),
        ("Is the gross margin of Hollow Bank improving as of 2024?", ["Instead of gross profit", "Net income 16", "Pretax income 21"]),
        ("Is the operating margin of Hollow Bank getting better or worse?", ["Instead of operating income", "Total expenses 60"]),
    ],
)  # fmt: skip
def test_which_way_a_figure_went(library, question, said):
    answer = library.ask(question)
    assert not answer.refused
    for part in said:
        assert part in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("What was Kestrel's largest liability at the end of 2024?", "liability, December 31, 2024: Long-term debt 180", "450"),
        ("What is the biggest asset on Kestrel's balance sheet?", "Property, plant and equipment, net 310", "400"),
        ("What was Kestrel's largest expense in 2024?", "Cost of planes 390", "400"),
        ("Which segment of Kestrel brought in the most revenue in 2024?", "Trainers 260", "Europe"),
        ("Which of Kestrel's segments grew fastest in 2024?", "190 / 110 − 1 = 72.7%", "Europe"),
        ("Which Kestrel segment had the highest operating margin in 2024?", "8 / 60 = 13.3%; Sailplanes", "Europe"),
        ("Which region was Kestrel's biggest by revenue in 2024?", "Europe 300", "Trainers"),
        ("Which Kestrel segments make up more than 30% of revenue in 2024?", "260 / 500 = 52.0%; Sailplanes", "Service"),
        ("Which segment of Kestrel dragged down growth in 2024?", "The slowest growth: Trainers", "Europe"),
    ],
)  # fmt: skip
def test_the_largest_of_the_rows_of_a_table(library, question, said, not_said):
    answered(library, question, said, not_said)


@pytest.mark.parametrize(
    "question",
    [
        "Which Kestrel segment had the most recalls in 2024?",
        "Which Kestrel segment had the most pilots in 2024?",
    ],
)
def test_what_no_table_counts_is_not_ranked(library, question):
    assert "largest by" not in library.ask(question).text


def test_a_line_that_may_be_there_is_not_said_to_be_missing(library):
    assert "Instead of" not in library.ask("Is Kestrel's net margin improving as of 2024?").text


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("How many people work at Larkspur Mills?", "2,340", "12 of"),
        ("How many employees did Larkspur have at the end of 2024?", "2,340", "12 of"),
        ("Are Larkspur's staff unionised?", "15%", "strike"),
        ("Does Larkspur Mills pay a dividend?", "never declared or paid", "may be cut"),
        ("Is Larkspur involved in any material legal battles?", "putative class action", "stale"),
        ("Has Larkspur been hit by lawsuits?", "putative class action", "stale"),
        ("Is Larkspur's business subject to cyclicality?", "is cyclical", "dividends"),
        ("Who are Larkspur's largest customers?", "Brot AG", "stale"),
        ("What business segments does Larkspur operate in?", "Oats, Rye and Storage", "harvest"),
        ("What geographies does Larkspur operate in?", "| Kansas | Iowa | Canada |", "harvest"),
        ("What drove Larkspur's interest expense in 2024?", "new silos", "repayments"),
        ("Why did Larkspur's interest expense go down in 2023?", "repayments", "new silos"),
        ("Why did oats sales fall at Larkspur in 2024?", "poor harvest", "silos"),
        ("What acquisitions did Larkspur make in 2024?", "Kornhaus", "other mills"),
        ("How much did Larkspur pay to acquire Kornhaus?", "$88 million", "other mills"),
        ("What drove the decline in Larkspur's gross profit rate in fiscal 2024?", "dear sacks", "no brand"),
        (
            "What drove the growth in Larkspur's total revenues net of interest expense in 2024?",
            "more silos",
            "new silos",
        ),
        ("What drove the change in gross margin at Hollow Bank in 2024?", "Instead of gross profit", "farmers"),
    ],
)
def test_what_a_filing_discloses_is_answered_by_the_sentence_that_says_it(library, question, said, not_said):
    answered(library, question, said, not_said)


@pytest.mark.parametrize(
    "question",
    [
        "How many employees does Larkspur have in Portugal?",
        "Has Larkspur been sued over its patents on barley?",
    ],
)
def test_something_narrower_is_not_answered_by_the_topic(library, question):
    text = library.ask(question).text
    assert "2,340" not in text
    assert "Kansas" not in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Has Larkspur been hit by lawsuits?", "putative class action"),
        ("Are Larkspur's staff unionised?", "15%"),
        ("Is Larkspur reliant on a few big customers?", "Brot AG"),
        ("How many people work at Larkspur Mills?", "2,340"),
    ],
)
def test_the_passage_that_says_it_is_found_first(library, question, said):
    """Retrieval knows the topics, too: an exhibit on customers and employees says nothing of them."""
    assert said in library.retrieve(question, limit=1)[0].passage.text


def test_a_question_in_two_parts_on_one_topic_is_answered_by_the_topic(library):
    answered(
        library, "Who are Larkspur's largest customers and what share of sales do they account for?", "31%", "stale"
    )
