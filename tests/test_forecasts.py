"""Estimates of a broker's table: the rows under the years asked for, and never what was reported."""

import pytest
from small_library import library_of

REPORT = """# 北溟精密（300999.SZ）深度报告

远山证券 2025-08-26

北溟精密2025年上半年营业收入18.62亿元，归母净利润3.06亿元。

## 盈利预测

| （百万元） | 2023A | 2024A | 2025E | 2026E |
| --- | --- | --- | --- | --- |
| 营业收入 | 2,608 | 3,142 | 4,015 | 5,066 |
| 归母净利润 | 402 | 466 | 652 | 847 |
| 毛利率(%) | 30.2 | 31.5 | 33.8 | 34.6 |
| 每股收益（元） | 0.88 | 1.02 | 1.42 | 1.85 |
| 市盈率（P/E） | 52.8 | 45.6 | 32.6 | 25.1 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("forecasts"), {"beiming.md": REPORT}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("北溟精密2025年的盈利预测", ["4,015", "652", "1.42", "32.6", "百万元"], ["18.62", "847"]),
        ("北溟精密2025年营业收入和净利润预测是多少？", ["4,015", "652"], ["18.62", "3,142", "1.42"]),
        ("北溟精密的盈利预测是怎样的？", ["4,015", "5,066", "847"], ["3,142"]),
        ("北溟精密2024年营业收入和净利润是多少？", ["3,142", "466", "百万元"], ["4,015"]),
        ("北溟精密2024年的市盈率是多少？", ["45.6"], ["百万元）[", "millions"]),
    ],
)
def test_the_rows_under_the_years_asked_for(library, question, said, unsaid):
    text = library.ask(question).text
    assert all(part in text for part in said), text
    assert not any(part in text for part in unsaid), text


def test_a_year_without_an_estimate_is_refused(library):
    assert library.ask("北溟精密2029年的净利润预测是多少？").refused
