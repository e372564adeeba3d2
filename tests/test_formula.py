"""Formulas that a question gives in words, and what comes of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_library import library_of

from rag.lookup.defined import defined
from rag.lookup.formula import Applied, Line, Number, Step, definition, lines
from rag.verify.equations import equations

REPORT = """# Fernhill Corp annual report 2024

Fernhill Corp makes garden tools.

## Consolidated statements of income

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Total net sales | 420 | 380 |
| Cost of sales | 252 | 247 |
| Operating income | 63 | 38 |
| Net income | 40 | 25 |

## Consolidated balance sheets

| (in millions) | December 31, 2024 | December 31, 2023 |
| --- | --- | --- |
| Inventories | 44 | 36 |
| Total current assets | 150 | 120 |
| Accounts payable | 30 | 26 |
| Total current liabilities | 75 | 80 |

## Consolidated statements of cash flows

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Depreciation and amortization | 21 | 19 |
| Net cash provided by operating activities | 55 | 44 |
"""
OVER = Step("/", Line("net income"), Line("revenue"))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("formula"), {"fernhill.md": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "name", "formula"),
    [
        ("What is the margin? Margin is defined as: net income / revenue. Round it.", "Margin", OVER),
        ("What is the margin? Define margin as net income divided by revenue.", "margin", OVER),
        ("What is the margin, calculated as net income ÷ revenue?", "What is the margin", OVER),
        ("What is the margin (defined as net income over the year / revenue) now?", "What is the margin", None),
        ("What is the margin? Margin is defined as the ratio of net income to revenue.", "Margin", OVER),
        ("What is the margin? Define margin as net income as a percentage of revenue.", "margin", OVER),
        ("利润率定义为净利润除以收入，2024年是多少？", "利润率", Step("/", Line("净利润"), Line("收入"))),
        (
            "What is DPO? DPO is defined as 365 * average payables / (COGS + change in inventory between 2023 and 2024).",
            "DPO",
            Step(
                "/",
                Step("*", Number(Decimal(365)), Applied("mean", Line("payables"))),
                Step("+", Line("COGS"), Applied("change", Line("inventory between 2023 and 2024"))),
            ),
        ),
        (
            "Define net debt as long-term debt plus short-term debt less cash.",
            "net debt",
            Step("-", Step("+", Line("long-term debt"), Line("short-term debt")), Line("cash")),
        ),
    ],
)
def test_a_definition_is_read(question, name, formula):
    found = definition(question)
    assert found is not None
    assert found.name == name
    if formula is not None:
        assert found.formula == formula


@pytest.mark.parametrize(
    "question",
    [
        "What was revenue in 2023?",
        "How are contract assets defined as of 2023?",
        "How is free cash flow defined?",
        "Define growth as what the company calls growth.",  # no arithmetic
        "What is the margin? Margin is defined as (net income / revenue.",
        "What is the margin? Margin is defined as net income / / revenue.",
        "Define " + "(" * 2_000 + " as " + "(" * 2_000,
    ],
)
def test_what_is_no_formula_is_left_alone(question):
    assert definition(question) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "What is Fernhill's 2024 DPO? DPO is defined as: 365 * (average accounts payable between FY2023 and FY2024)"
            " / (FY2024 COGS + change in inventory between FY2023 and FY2024). Round your answer to two decimal places.",
            "365 * ((26 + 30) / 2) / (252 + (44 − 36)) = 39.31",
        ),
        (
            "What is Fernhill's FY2024 quick ratio? Define quick ratio as (total current assets - inventories) / total current liabilities.",
            "(150 − 44) / 75 = 1.41",
        ),
        (
            "What was Fernhill's two year average EBITDA % margin for FY2023 - FY2024? Define EBITDA as operating income +"
            " depreciation and amortization. Answer in percent.",
            "((38 + 19) / 380 + (63 + 21) / 420) / 2 = 17.5%",
        ),
        ("What was Fernhill's 2024 cash conversion, calculated as operating cash flow divided by net income?", "55 / 40 = 1.38"),
        ("What is the inventory turnover of Fernhill in 2024, defined as COGS divided by average inventory?", "252 / ((36 + 44) / 2) = 6.30"),
    ],
)  # fmt: skip
def test_a_question_with_its_formula_is_worked_out(library, question, said):
    answer = library.ask(question)
    assert said in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "What is Fernhill's 2024 burden? Define burden as goodwill / total current liabilities.",  # no goodwill anywhere
        "What was Fernhill's net worth / EBITDA in 2024? Define net worth as total current assets less accounts payable.",
        "What was Fernhill's 2022 cover? Define cover as total current assets / accounts payable.",
    ],
)
def test_nothing_is_worked_out_from_a_line_that_is_not_there(library, question):
    assert "=" not in library.ask(question).text


def test_a_metric_that_is_no_one_ratio_has_a_formula_of_its_own():
    asked = defined("What was the cash conversion cycle of Fernhill in 2024?")
    assert asked is not None and asked.items[0].formula is not None
    assert [line.text for line in lines(asked.items[0].formula)] == [
        "inventories", "cost of revenue", "accounts receivable", "revenue", "accounts payable", "cost of revenue",
    ]  # fmt: skip


def test_the_check_works_out_an_equation_of_so_many_terms():
    shown = "365 * ((40 + 35) / 2) / 252 + 365 * ((25 + 22) / 2) / 420 − 365 * ((20 + 18) / 2) / 252 = 47.22"
    assert [each.right for each in equations(shown)][-1]
    assert not [each.right for each in equations(shown.replace("47.22", "48.22"))][-1]
