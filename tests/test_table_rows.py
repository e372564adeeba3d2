"""Tables whose title answers: the row of the rank that is asked for, or all rows; figures given one after the other."""

import pytest
from small_library import library_of

from rag.answer.table_answer import Row, columns
from rag.answer.table_rows import rank_of

PROSPECTUS = """# 江州松岭园艺工具股份有限公司招股说明书

松岭园艺专业从事园艺工具的研发、生产和销售。

## 释义

| 简称 | 含义 |
| --- | --- |
| 报告期 | 2029年度、2030年度及2031年度 |

## 2031年度前五大客户

| 客户名称 | 销售金额（万元） | 占营业收入的比例 |
| --- | --- | --- |
| 青禾农业集团 | 4,120.50 | 15.20% |
| 北岸园林公司 | 3,018.20 | 11.10% |
| Harrow Garden GmbH | 2,204.00 | 8.13% |
| 合计 | 9,342.70 | 34.43% |

## 员工

报告期各期末，公司员工总数分别为412人、520人和633人。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("rows"), {"songling.md": PROSPECTUS}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("松岭园艺2031年第二大客户是谁？", ["北岸园林公司", "11.10%"], ["青禾", "Harrow"]),
        ("松岭园艺2031年前五大客户有哪些？", ["青禾农业集团", "北岸园林公司", "Harrow Garden GmbH"], []),
        ("松岭园艺2030年末的员工总数是多少？", ["520人"], []),
    ],
)
def test_the_rows_that_are_asked_for(library, question, said, not_said):
    answer = library.ask(question)
    assert not answer.refused
    assert all(part in answer.text for part in said), answer.text
    assert not any(part in answer.text for part in not_said), answer.text


def test_the_share_beside_the_amount_is_quoted_where_a_share_is_asked_for():
    head, row = ("类别", "2022年度", "占比", "2021年度", "占比"), Row(("土壤检测", "38.1", "48%", "25.0", "43%"), 0, 9)
    assert columns(head, row, lambda head: "2021" in head) == [3]
    assert columns(head, row, lambda head: "2021" in head, shares=True) == [3, 4]


def test_there_is_no_row_of_rank_nought():
    assert rank_of("第0大客户是谁？") is None
    assert rank_of("第10大客户是谁？") == 10


def test_a_year_outside_the_reporting_period_is_refused(library):
    assert library.ask("松岭园艺2027年末的员工总数是多少？").refused


def test_a_prospectus_is_of_its_reporting_period(library):
    (report,) = library.reports()
    assert report.period == "2029年-2031年"
