"""The whole's measure before a part's, and what a text gives of another in another clause."""

from __future__ import annotations

import pytest

from rag.answer.whose import clause_of_another
from rag.question.concepts import Asked, asked
from tests.small_library import library_of

BANK = """青屿银行（600988）三季报点评：息差企稳
渡口证券·2025-10-31

资产质量 - 零售贷款不良率1.06%，其中信用卡不良率1.71% [1] - 房地产不良率4.31% [2] - 三季度末不良贷款率0.93%，环比上升0.01个百分点 [3] \
息差 - 净息差1.85%，同比收窄11个基点 [4]
"""
MARKET = """港口估值周报
渡口证券·2025-11-15

估值 - 中证500市盈率31.4倍，处于近十年71%分位；沪深300股权风险溢价5.3%，处于近十年55%分位 [1] - 两市日均成交额1.9万亿元 [2]
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("whole"), {"bank.txt": BANK, "market.txt": MARKET}) as library:
        yield library


@pytest.mark.xfail(strict=True, reason="the matcher is sure of none of the rates, and the whole has fewer of the words")
def test_the_whole_goes_before_its_parts(library):
    assert library.ask("青屿银行的不良率是多少？").text.startswith("三季度末不良贷款率0.93%")


def test_a_part_is_told_where_it_is_asked_for(library):
    assert "1.06%" in library.ask("青屿银行零售贷款的不良率是多少？").text


def test_what_is_told_of_another_index_is_no_answer(library):
    assert library.ask("沪深300的市盈率是多少？").refused
    assert "5.3%" in library.ask("沪深300的股权风险溢价是多少？").text
    assert "31.4" in library.ask("中证500的市盈率是多少？").text


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Nvidia's gross margin was 30%; Beta had revenue of USD 5 million", True),
        ("Acme's gross margin was 30%; Beta's 28%", False),  # the same goes for both
        ("Beta did well; the gross margin was 30%", False),
        ("Acme's gross margin was 30%", False),
    ],
)
def test_clauses_of_another(text, lacking):
    metric = next(piece for piece in asked("gross margin") if piece.kind == "metric")
    assert bool(clause_of_another([metric], Asked("Beta", "name", (("beta",),)), text)) is lacking
