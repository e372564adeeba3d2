"""Statements that go on with the one before them, an index by its kind alone, terms that differ in one word."""

from __future__ import annotations

import pytest

from rag.answer.continued import _GOES_ON
from rag.answer.grown import growth_test
from rag.answer.siblings import one_word_apart
from rag.question.concepts import Asked, asked
from tests.small_library import library_of

DRUG = """远帆生物（688777）：新药放量
渡口证券·2025-11-10

财务 - 三季度总收入21.4亿元，同比增长33% [1] - 研发费用3.2亿元 [1] - 期末现金12亿元 [1] - 全年指引上调 [1] 核心产品 - 安络捷三季度全球销售额9.6亿元，同比增长45% [2] \
- 其中北美5.2亿元，增长41%；欧洲2.1亿元，增长66% [3] 研发 - BCL2抑制剂索瑞克拉（sorecla）治疗R/R MCL已申报上市，预计2026年上半年获批 [4] \
- 抗体药远舒单抗三期入组完成 [5]
"""
WEEK = """港口策略周报：缩量整理
渡口证券·2025-11-15

结论 - 上证指数本周下跌0.2%收于3988点，创业板指下跌2.6% [1] - 我们判断年底前指数在3820点至4060点区间震荡 [2] \
流动性 - 南向资金本周净买入236亿港元 [3] - 融资余额2.4万亿元 [4]
"""
CLOUD = """Marram Software: cloud carries the quarter
Dovecote Research·2025-08-07

Results - Cloud revenue reached USD 640 million in the second quarter, up 31% [1] - Of that, Japan brought in USD 82 million [2] \
- Services revenue was USD 210 million [3] - The gross margin was 71% [4]
"""


MAKER = """松原机电（688866）：订单充足
渡口证券·2025-04-17

公司概况 - 2015年10月登陆深交所，主业为定制泵阀，2024年收入9.4亿元（yoy + 8.3%），归母净利0.8亿元 [1] \
行业情况 - 2024年通用机械收入31.2万亿元（+1.9%），利润总额1.5万亿元 [2] 盈利预测 - 2025-2026年归母净利增速料为 - 0.4%、19.6% [3]
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    texts = {"yuanfan.txt": DRUG, "strategy_week.txt": WEEK, "marram.txt": CLOUD, "songyuan.txt": MAKER}
    with library_of(tmp_path_factory.mktemp("continued"), texts) as library:
        yield library


@pytest.mark.parametrize(
    ("question", "marker", "words"),
    [
        ("安络捷三季度在欧洲的销售额和增速", "[3]", "66%"),
        ("How much cloud revenue did Marram Software get from Japan?", "[2]", "82 million"),
        ("索瑞克拉治疗R/R MCL预计什么时候获批？", "[4]", "2026年上半年"),
        ("松原机电是哪一年上市的？", "[1]", "2015年10月"),
        ("松原机电2024年收入增长多少？", "[1]", "8.3%"),  # not the industry's
        ("松原机电2026年利润增速预计是多少？", "[3]", "19.6%"),
        ("年底前上证指数的震荡区间是多少？", "[2]", "3820"),
    ],
)
def test_what_goes_without_saying_is_known(library, question, marker, words):
    answer = library.ask(question)
    assert not answer.refused
    assert marker in answer.text
    assert words in answer.text


def test_a_second_question_is_asked_as_it_is_written_where_that_is_surer(library):
    text = library.ask("南向资金本周为什么买入？创业板指跌了多少？").text
    assert "[1]" in text
    assert "[1]" in library.ask("这周创业板指跌了多少？").text


def test_a_term_with_one_other_word_is_another_thing(library):
    assert library.ask("港口策略周报说北向资金本周净流入多少？").refused
    assert "236" in library.ask("南向资金本周净买入多少？").text


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("北向资金流入多少", "南向资金净买入236亿港元", True),
        ("what is the gross margin", "the operating margin was 12%", True),
        ("what is the gross margin", "gross profit was 12", False),
        ("收入多少亿元", "收入340万元", False),  # units say nothing of what it is
    ],
)
def test_terms_that_differ_in_one_word(question, text, other):
    pieces = [piece for piece in asked(question) if piece.kind in ("term", "metric")]
    assert any(one_word_apart(piece, text) for piece in pieces) is other


@pytest.mark.parametrize(
    ("asked_for", "text", "told"),
    [
        ("收入增长", "2024年收入9.4亿元（yoy + 8.3%）", True),
        ("收入增长", "收入9.4亿元，毛利率21%", False),
        ("利润增速", "归母净利增速料为 - 0.4%", True),
        ("利润增速", "收入增速料为 5%。净利0.8亿元", False),
        ("revenue growth", "Net sales fell 4% to USD 3 billion", True),
        ("revenue growth", "Net sales were USD 3 billion", False),
    ],
)
def test_growth_is_told_by_the_change_of_its_measure(asked_for, text, told):
    test = growth_test(asked_for)
    assert test is not None
    assert test(text) is told


@pytest.mark.parametrize(("text", "on"), [("It fell 3%", True), ("其中欧洲1亿元", True), ("IT sales fell 3%", False)])
def test_what_goes_on_with_the_statement_before(text, on):
    assert (_GOES_ON.match(text) is not None) is on


@pytest.mark.parametrize("word", ["销量", "economic growth", "增速"])
def test_other_words_are_no_growth_of_a_measure(word):
    assert growth_test(word) is None


@pytest.mark.parametrize("question", ["索瑞克拉治疗R/R MCL", "安络捷EPS预测"])
def test_chinese_before_a_capital_is_no_name(question):
    assert all(piece.kind != "name" for piece in asked(question) if not piece.surface.isascii())


def test_a_latin_word_with_a_capital_inside_is_a_name():
    assert Asked("ifoo", "name", (("ifoo",),)) in asked("iFoo的销量")
