"""The part of a figure that a question asks for: the whole's figure is no answer."""

from __future__ import annotations

import pytest
from small_library import library_of

from rag.question.concepts import asked
from rag.question.part import part_asked

YARD = """# Halden Yard annual report 2024

## Consolidated statements of operations

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Net sales | 410 | 380 |
| Operating expenses | 300 | 290 |

## Net sales by product

| (in millions) | 2024 | 2023 |
| --- | --- | --- |
| Ferries | 250 | 240 |
| Tugs | 160 | 140 |

Rent charged to operating expenses was 12 million in 2024 and 11 million in 2023.
"""

DOCK = """# 海登船坞2024年年度报告

## 合并利润表

单位：百万元

| 项目 | 2024年度 | 2023年度 |
| --- | --- | --- |
| 营业收入 | 510 | 480 |
| 净利润 | 60 | 50 |

## 营业收入按产品

单位：百万元

| 产品 | 2024年度 | 2023年度 |
| --- | --- | --- |
| 渡轮 | 350 | 340 |
| 拖轮 | 130 | 120 |
"""


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("What were net sales from electric ferries in 2024?", ["electric", "ferries"]),
        ("What were net sales of the company in 2024 and 2023?", []),
        ("What were net sales at the end of 2024?", []),
        ("What were net sales in millions?", []),
        ("What was rent charged to operating expenses in 2024?", ["rent", "charged"]),
        ("2024年来自潜艇的营业收入是多少？", ["潜艇"]),
        ("2024年和2023年潜艇业务收入分别是多少？", ["潜艇"]),
        ("公司最近三年的营业收入分别是多少？", []),
        ("2024年归属于母公司股东的净利润是多少？", []),
    ],
)
def test_what_picks_a_part(question, part):
    assert [piece.surface for piece in part_asked(question, asked(question), before=True)] == part


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("yard"), {"yard.md": YARD, "dock.md": DOCK}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What were net sales in 2024 and 2023?", "410"),
        ("What were net sales from tugs in 2024 and 2023?", "160"),
        ("What was rent charged to operating expenses in 2024 and 2023?", "12 million"),
        ("What were net sales from submarines in 2024 and 2023?", ""),
        ("What were net sales from submarines in 2024?", ""),
        ("海登船坞2024年和2023年的营业收入分别是多少？", "510"),
        ("海登船坞2024年和2023年拖轮的营业收入分别是多少？", "130"),
        ("海登船坞2024年和2023年来自潜艇的营业收入分别是多少？", ""),
        ("海登船坞2024年潜艇业务的营业收入是多少？", ""),
    ],
)
def test_the_whole_answers_for_no_part(library, question, said):
    answer = library.ask(question)
    assert answer.refused == (not said)
    assert said in answer.text
    assert all(whole == said or whole not in answer.text for whole in ("410", "510"))
