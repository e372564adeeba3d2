"""Figures looked up in tables and worked out from them; equations that a sentence shows."""

from __future__ import annotations

import re

import pytest
from small_library import library_of

from rag.lookup.question import sought
from rag.verify.equations import equations
from rag.verify.sentence import verify_sentence

REPORT = """# Fernhill Corp annual report 2024

Fernhill Corp makes garden tools.

## Consolidated statements of income

| (in millions) | 2024 | 2023 | 2022 |
| --- | --- | --- | --- |
| Tools | 310 | 290 | 250 |
| Seeds | 110 | 90 | 70 |
| Total net sales | 420 | 380 | 320 |
| Cost of sales | 252 | 247 | 208 |
| Research and development | (21) | (19) | (16) |
| Operating income | 63 | 38 | 40 |
| Net loss | (12) | (30) | (8) |

## Consolidated balance sheets

| (in millions) | December 31, 2024 | December 31, 2023 |
| --- | --- | --- |
| Inventories | 40 | 35 |
| Accounts receivable, less allowances of $2 ($3 in 2023) | 25 | 22 |
| Other current assets | 14 | 11 |
| Total current assets | 150 | 120 |
| Property, plant and equipment, net | 90 | 110 |
| Total assets | 400 | 380 |
| Total current liabilities | 75 | 80 |
| Total liabilities | 260 | 250 |

## Consolidated statements of cash flows

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Net cash provided by (used in) operating activities | 55 | (4) |
| Purchases of property, plant and equipment | (30) | (28) |
"""
CHINESE = """# 松岭股份2024年年度报告

松岭股份有限公司生产园艺工具。

## 合并利润表

单位：百万元

| 项目 | 2024年 | 2023年 |
| --- | --- | --- |
| 营业收入 | 420 | 400 |
| 营业成本 | 252 | 260 |
| 净利润 | 50 | 40 |

## 合并资产负债表（金额单位为人民币千元）

| 项目 | 2024.12.31 | 2023.12.31 |
| --- | --- | --- |
| 货币资金 | 770,001 | 443,848 |
| 短期借款 | 279,976 | 138,038 |

## 母公司资产负债表（金额单位为人民币千元）

| 项目 | 2024.12.31 | 2023.12.31 |
| --- | --- | --- |
| 货币资金 | 612,430 | 398,155 |

## 主要财务指标

| 项目 | 2024.12.31/2024年度 | 2023.12.31/2023年度 |
| --- | --- | --- |
| 流动比率（倍） | 1.90 | 2.89 |
| 速动比率（倍） | 1.46 | 2.23 |
| 扣除非经常性损益后归属于母公司所有者的净利润 | 44.10 | 36.20 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("lookup"), {"fernhill.md": REPORT, "songling.md": CHINESE}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What were Fernhill's total current assets at the end of 2024?", ["150"]),
        ("What was Fernhill's revenue in 2023?", ["Total net sales", "380"]),
        ("What did Fernhill spend on research and development in 2023?", ["19"]),
        ("What was Fernhill's net income in 2024?", ["Net loss", "12"]),
        ("How much did Fernhill's revenue grow from 2023 to 2024?", ["from 380", "to 420", "420 − 380 = 40", "10.5%"]),
        ("What was Fernhill's gross margin in 2024?", ["(420 − 252) / 420 = 40.0%"]),
        ("What was Fernhill's operating margin in 2023?", ["38 / 380 = 10.0%"]),
        ("What was Fernhill's current ratio in 2024?", ["150 / 75 = 2.00"]),
        (
            "Does Fernhill have a healthy liquidity profile based on its quick ratio for 2024?",
            ["(150 − 40) / 75 = 1.47"],
        ),
        ("What was Fernhill's days inventory outstanding in 2024?", ["365 / (252 / ((40 + 35) / 2)) = 54.32"]),
        (
            "How often has Fernhill sold its stock? Calculate inventory turnover for 2024; explain it.",
            ["252 / ((40 + 35) / 2) = 6.72"],
        ),
        (
            "Does Garden King (formerly known as Fernhill) have positive working capital in 2024?",
            ["150", "75", "150 − 75 = 75"],
        ),
        (
            "What were Fernhill's accounts receivable at the end of 2024?",
            ["Accounts receivable, December 31, 2024: 25 "],
        ),
        ("What was Fernhill's free cash flow in 2023?", ["−4 − 28 = −32"]),
        ("What was capex as a percentage of revenue at Fernhill in 2024?", ["30 / 420 = 7.1%"]),
        ("What was the fixed asset turnover of Fernhill in 2024?", ["420 / ((90 + 110) / 2) = 4.20"]),
        ("What was Fernhill's revenue CAGR from 2022 to 2024?", ["(420 / 320) ^ (1 / 2) − 1 = 14.6%"]),
        ("What was Fernhill's average revenue from 2022 to 2024?", ["(320 + 380 + 420) / 3 = 373.33"]),
        ("松岭股份2024年的毛利率是多少?", ["(420 − 252) / 420 = 40.0%"]),
        ("松岭股份2024年末的短期借款余额", ["279,976", "单位：人民币千元"]),
        ("松岭股份 2023 年末货币资金是多少?", ["443,848"]),
        ("松岭股份2023年末母公司口径的货币资金是多少?", ["398,155"]),
        ("松岭股份2024年流动比率和速动比率分别是多少?", ["1.90", "1.46"]),
        ("松岭股份2023年扣非归母净利润是多少?", ["36.20"]),
        ("松岭股份2023年到2024年的营业收入增长了多少?", ["由2023年的400升至2024年的420", "5.0%"]),
    ],
)
def test_figures_are_looked_up_and_worked_out(library, question, said):
    answer = library.ask(question)
    assert not answer.refused
    for part in said:
        assert part in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}
    assert answer.citations
    for citation in answer.citations:
        passage = next(e.passage for e in answer.evidence if e.passage.id == citation.passage_id)
        assert citation.quote in passage.text


@pytest.mark.parametrize(
    "question",
    [
        "What was Fernhill's revenue from seeds abroad in 2024?",  # no row says `abroad`
        "What was Fernhill's goodwill in 2024?",
        "What was Fernhill's revenue in 2021?",
        "Why did Fernhill's revenue grow from 2023 to 2024?",
    ],
)
def test_nothing_is_worked_out_where_a_figure_is_not_found_for_sure(library, question):
    assert "=" not in library.ask(question).text
    assert "Total net sales, " not in library.ask(question).text


@pytest.mark.parametrize(
    ("question", "operation", "items", "times"),
    [
        ("What was revenue in 2023?", "value", ["revenue"], ["2023"]),
        ("What is the growth in revenue from FY2021 to FY2023?", "change", ["revenue"], ["2021", "2022", "2023"]),
        ("What percentage of revenue went into R&D in 2023?", "share", ["research and development expenses", "revenue"], ["2023"]),
        ("Considering the balance sheet, what is the current ratio?", "value", ["current ratio"], []),
        ("We need a metric. Answer this: what is the FY2018 gross margin (in percent)? Round it.", "value", ["gross margin"], ["2018"]),
        ("2023年研发费用占营业收入的比例是多少?", "share", ["research and development expenses", "revenue"], ["2023"]),
        ("What were total net sales in the three months ended June 25, 2022?", "value", ["revenue"], ["2022Q2"]),
    ],
)  # fmt: skip
def test_what_is_sought(question, operation, items, times):
    found = sought(question)
    assert found is not None
    assert (found.operation, [item.name for item in found.items]) == (operation, items)
    assert [period.label for period in found.when] == times
    assert not found.rest


@pytest.mark.parametrize(
    "question",
    [
        "Why did revenue fall in 2023?",
        "What is the target price?",
        "Which segment had the largest revenue in 2023?",
        "What revenue is expected for 2027E?",
        "Where does the company sell?",
    ],
)
def test_other_questions_seek_no_figure(question):
    assert sought(question) is None


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1,001,425 / 577,464 = 1.73", True),
        ("1,001,425 / 577,464 = 1.74", False),
        ("(420 − 252) / 420 = 40.0%", True),
        ("(420 - 252) / 420 = 40.1%", False),
        ("420 / ((90 + 110) / 2) = 4.20", True),
        ("(420 / 320) ^ (1 / 2) − 1 = 14.6%", True),
        ("55 − 30 = 25", True),
        ("30 − 55 = −25", True),
        ("30 − 55 = 25", False),
        ("2 ^ 99999999 = 4", False),
        ("1 / 0 = 1", False),
        ("(((((1 + 1 = 2", False),
    ],
)
def test_equations_are_worked_out_again(text, right):
    assert [each.right for each in equations(f"It was so: {text}.")] in ([right], [] if not right else [right])


@pytest.mark.parametrize("text", ["(" * 5_000, "1 + " * 5_000, "1" * 20_000 + " = 2", "1 / " * 3_000 + "= 4"])
def test_endless_equations_take_no_time(text):
    assert not any(each.right for each in equations(text))


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Sales of 420 less costs of 252 are 420 − 252 = 168.", "supported"),
        ("Sales of 420 less costs of 252 are 420 − 252 = 169.", "partly"),
        ("Sales of 420 less costs of 250 are 420 − 250 = 170.", "partly"),  # 250 is in no passage
        ("Sales are 12 × 12 = 144.", "unsupported"),  # counts alone bear nothing out
    ],
)
def test_only_right_equations_on_cited_figures_count(sentence, status):
    assert verify_sentence(sentence, ["Sales were 420 and costs were 252."]).status == status


def test_each_figure_cites_its_own_row(library):
    answer = library.ask("What was Fernhill's current ratio in 2024?")
    quotes = [citation.quote.strip("| ").split(" |")[0] for citation in answer.citations]
    assert quotes == ["Total current assets", "Total current liabilities"]
    assert all(len(re.findall(r"\[\d+\]", sentence.text)) == 2 for sentence in answer.sentences)
    assert sum(len(citation.figures) for citation in answer.citations) == len(
        {figure for citation in answer.citations for figure in citation.figures}
    )
