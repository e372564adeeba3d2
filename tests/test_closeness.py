"""How closely one sentence or row of a Chinese passage says what is asked."""

from dataclasses import replace

import pytest

from rag.language.periods import column_heads, periods
from rag.question.concepts import asked
from rag.search.closeness import LACKING, OTHERWISE, PARENT, closeness
from rag.types import Evidence, Locator, Passage, Report

REPORT = Report("a" * 64, "南浦机床股份有限公司招股说明书", "a.pdf", "pdf", "zh")


def near(question: str, text: str, *, kind="paragraph", section=(), language="zh", passages=0) -> float:
    passage = Passage("p", REPORT.id, 0, text, 0, len(text), kind, Locator("page", (1,)), 1, section, 1, language, True)
    return closeness(question, asked(question), [Evidence(passage, replace(REPORT, passages=passages), 0.0)])[0]


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("员工总数是多少？", "期末员工总数为412人。", "公司重视员工。设备总数为12台。"),
        ("毛利率变动的原因", "毛利率下降1.9个百分点，主要系钢材涨价所致。", "管理费用变动，主要系股权激励所致。"),
        ("净利润为什么是负数", "净利润为-3亿元。为负数主要系计提减值。", "净利润为-3亿元。营业收入为负数。"),
        ("受过多少罚款？", "因逾期申报被处罚2,000元。", "罚款由行政部门负责。"),
        ("货币资金有多少？", "货币资金 | 12.00", "期末现金及现金等价物 | 12.00"),
    ],
)  # fmt: skip
def test_one_sentence_says_it_closer(question, better, worse):
    assert near(question, better) > near(question, worse)


@pytest.mark.parametrize("passages", [20, 200])
def test_the_year_asked_for_counts_in_a_report_of_several_years(passages):
    said = ("2023年剪刀产量12万把。", "2022年剪刀产量12万把。")
    assert (
        near("2023年剪刀的产量是多少", said[0], passages=passages)
        > near("2023年剪刀的产量是多少", said[1], passages=passages)
    ) == (passages == 200)


def test_the_title_of_a_table_counts_with_each_of_its_rows():
    row = "北岸园林公司 | 3,018.20"
    title = ("前五大客户 / 客户名称 | 销售金额",)
    assert near("前五大客户是哪家？", row, kind="table", section=title) > near("前五大客户是哪家？", row)


def test_a_sentence_without_the_figure_asked_for_counts_less():
    assert near("存货是多少？", "存货增加。") == pytest.approx(LACKING)
    assert near("存货是多少？", "存货为12万元。") == 1.0
    assert near("存货是多少？", "Inventories were 12.", language="en") == 0.0


def test_the_parent_company_alone_counts_only_where_it_is_asked_for():
    row, title = "货币资金 | 12.00", ("母公司资产负债表 / 项目 / 2023年末",)
    alone = near("货币资金有多少？", row, kind="table", section=title)
    assert near("货币资金有多少？", row, kind="table", section=("合并资产负债表 / 项目 / 2023年末",)) == alone / PARENT
    assert near("母公司货币资金有多少？", row, kind="table", section=title) > alone


def test_another_name_counts_a_little_less():
    assert near("货币资金有多少？", "现金及现金等价物为12万元。") == pytest.approx(OTHERWISE)


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("2021年末", ("2021.12.31",)),
        ("2024年上半年", ("2024年1-6月",)),
        ("2024年一季度", ("2024年1-3月",)),
        ("2022年6月30日", ("2022.6.30", "2022.06.30")),
        ("2022年6月", ()),
    ],
)
def test_how_tables_head_the_columns_of_a_period(text, heads):
    (period,) = periods(text)
    assert column_heads(period) == heads
