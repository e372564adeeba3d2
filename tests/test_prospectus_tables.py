"""Tables of a long Chinese prospectus: figures of all its years, shares, counts, the company beside its rivals."""

from __future__ import annotations

import pytest
from pdf_samples import CJK, column, draw, text
from small_library import library_of

from rag.lookup.table import scale_of
from rag.lookup.times import in_its_years
from rag.question.concepts import asked
from rag.readers.pdf import parse
from rag.search.rank import Wanted, rank
from rag.types import Evidence, Locator, Passage, Report

TALK = "服务以直销为主，商务团队分布于各地。采购部门对供应商实行准入和分级管理，各专业委员会依照议事规则履行职责。" * 4
PROSPECTUS = "\n\n".join(
    [
        "# 江州松岭园艺工具股份有限公司",
        "首次公开发行股票",
        "招股说明书",
        "## 释义\n\n| 简称 | 释义 |\n| --- | --- |\n| 发行人、公司、本公司、松岭园艺 | 江州松岭园艺工具股份有限公司 |\n"
        "| 报告期 | 2029年度、2030年度及2031年度 |",
        "## 概览\n\n单位：万元\n\n| 项目名称 | 投资总额 |\n| --- | --- |\n| 年产10万把剪刀智能工厂项目 | 36,800.00 |\n\n"
        "公司最近三年研发投入累计13,085.31万元。",
        "## 竞争格局\n\n| 企业名称 | 主要特点 | 剪刀国内份额 | 锯子国内份额 |\n| --- | --- | --- | --- |\n| 北坡阀具 | 江州 | 21.2% | 4.1% |\n"
        "| 青禾工具 | 南浦 | 8.7% | 5.5% |\n| 发行人 | 江州 | 6.3% | 7.9% |\n\n公司剪刀国内份额为6.3%，在国产品牌中排名第三。",
        "## 与同行业对比\n\n| 企业名称 | 销售人员数量 | 营业收入 |\n| --- | --- | --- |\n| 北坡阀具 | 320 | 5,010 |\n"
        "| 青禾工具 | 210 | 4,020 |\n| 发行人 | 180 | 3,030 |",
        "## 按销售渠道分类的收入\n\n单位：万元\n\n| 渠道 | 2030年度 | 占比 | 2031年度 | 占比 |\n| --- | --- | --- | --- | --- |\n"
        "| 加盟 | 91,074.59 | 83.50% | 92,358.01 | 78.20% |\n| 直营 | 8,616.64 | 7.90% | 8,739.76 | 7.40% |\n\n"
        "公司规划量贩渠道收入占比不超过20%，避免与加盟渠道价格冲突。",
        "## 门店情况\n\n| 项目 | 2029年度 | 2030年度 | 2031年度 |\n| --- | --- | --- | --- |\n| 新增加盟店（家） | 530 | 668 | 623 |\n"
        "| 关闭加盟店（家） | 386 | 342 | 497 |\n| 加盟店平均单店收入（万元） | 31.02 | 31.59 | 30.14 |\n\n"
        "2031年关闭的497家加盟店中，因经营不善关闭的有268家。",
        "## 合并利润表\n\n单位：万元\n\n| 项目 | 2029年度 | 2030年度 | 2031年度 |\n| --- | --- | --- | --- |\n"
        "| 一、营业收入 | 36,571.04 | 46,746.12 | 57,348.36 |\n| 研发费用 | 3,053.68 | 4,216.50 | 5,815.12 |",
        "## 应收账款账龄结构\n\n单位：万元\n\n| 账龄 | 2030年末余额 | 占比 | 2031年末余额 | 占比 |\n| --- | --- | --- | --- | --- |\n"
        "| 1年以内 | 15,058.63 | 60.30% | 18,861.31 | 57.40% |\n| 1-2年 | 5,519.00 | 22.10% | 7,820.54 | 23.80% |",
        "## 年产10万把剪刀智能工厂项目\n\n| 投资内容 | 金额（万元） |\n| --- | --- |\n| 建筑工程费 | 9,420.00 |\n| 设备购置及安装费 | 21,350.00 |",
        "## 税收优惠\n\n公司为高新技术企业，享受企业所得税税收优惠。\n\n税收优惠期内企业所得税税率为15%。",
        *(f"## 第{n}项制度\n\n{TALK}" for n in range(1, 90)),
    ]
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("tables"), {"songling.md": PROSPECTUS}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("松岭园艺三年的研发费用分别是多少？", ["3,053.68", "4,216.50", "5,815.12"], "13,085.31"),
        ("松岭园艺2031年加盟渠道收入占比是多少？", ["78.20%"], "量贩"),
        ("松岭园艺2031年末账龄1年以内的应收账款占多少？", ["57.40%"], "18,861.31"),
        ("松岭园艺2031年新增和关闭了多少家加盟店？", ["623", "497"], "268"),
        ("松岭园艺剪刀智能工厂项目的设备购置费有多少？", ["21,350.00"], "9,420.00"),
        ("松岭园艺与可比公司相比，剪刀国内市场份额各家是多少？", ["21.2%", "8.7%", "6.3%"], "7.9%"),
        ("松岭园艺的剪刀国内市场份额和北坡相比如何？", ["21.2%", "6.3%"], "8.7%"),
        ("松岭园艺享受什么税收优惠，税率是多少？", ["高新技术企业", "15%"], "16.82%"),
    ],
)
def test_the_rows_and_columns_that_are_asked_for(library, question, said, unsaid):
    answer = library.ask(question)
    assert not answer.refused
    assert all(part in answer.text for part in said) and unsaid not in answer.text


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("松岭园艺与可比公司相比，研发人员数量各家是多少？", "| 销售人员数量 |\n"),
        ("松岭园艺与可比公司相比，营业收入增长率各家是多少？", "5,010"),
        ("大象科技与可比公司相比，剪刀国内市场份额各家是多少？", "21.2%"),
    ],
)
def test_the_column_of_another_thing_or_the_table_of_another_company_is_no_answer(library, question, unsaid):
    assert unsaid not in library.ask(question).text


def test_the_unit_in_the_label_of_a_row_is_of_that_row(library):
    assert "（万元），2031年：30.14[" in library.ask("松岭园艺2031年加盟店平均单店收入是多少？").text
    report = next(iter(library.index.reports().values()))
    place = Locator("page", (1,))

    def scale(text):
        passage = Passage("p", report.id, 0, text, 0, 20, "table", place, 1, ("门店",), 1, "zh", True)
        return scale_of(Evidence(passage, report, 0.0, 0.5, 3.0))

    rows = "| 关闭门店 | 386 | 497 |\n| 单店收入（万元） | 31.02 | 30.14 |"
    assert scale(f"| 项目 | 2030年 | 2031年 |\n| --- | --- | --- |\n{rows}") is None
    assert scale(f"| 项目（万元） | 2030 | 2031 |\n| --- | --- | --- |\n{rows}") == 10_000


def test_the_part_that_tells_goes_before_the_overview_that_sums_it_up():
    held = Report("a" * 64, "江州松岭园艺工具股份有限公司招股说明书", "a.pdf", "pdf", "zh", passages=200)
    found = []
    for number, section in enumerate(("第二节概览", "第七节募集资金运用")):
        place = Locator("page", (number + 1,))
        said = "剪刀智能工厂项目的投资总额为36,800.00万元。"
        passage = Passage(
            f"p{number}", held.id, number, said, 0, 20, "paragraph", place, 1, (section,), number + 1, "zh", True
        )
        found.append(Evidence(passage, held, 0.0, 0.5, 3.0))
    wanted = Wanted(asked("智能工厂项目投资总额是多少"), scoped=True, chinese="智能工厂项目投资总额是多少")
    ranked = rank(wanted, found, None)
    assert [item.passage.page for item in ranked.evidence] == [2, 1]


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("三年的研发费用分别是多少", "2029年、2030年、2031年的研发费用分别是多少"),
        ("占比各年是多少", "占比2029年、2030年、2031年是多少"),
        ("近两年收入", "2030年、2031年收入"),
        ("第四季度收入各年是多少", "第四季度收入各年是多少"),
        ("三年以上的应收账款", "三年以上的应收账款"),
        ("2031年的三年期借款", "2031年的三年期借款"),
    ],
)
def test_the_years_that_a_question_means_are_those_of_the_report(question, full):
    report = Report("a" * 64, "招股说明书", "a.pdf", "pdf", "zh", period="2029年-2031年")
    assert in_its_years(question, report) == full


def test_what_introduces_a_table_and_its_unit_may_end_the_page_before():
    def first(canvas):
        column(canvas, 70, 80, ["公司产品以直销为主，不存在代销情形，报告期内销售模式没有变化。"], 17, CJK, 10.5)
        text(canvas, 90, 700, "按销售渠道分类的收入如下：", CJK, 10.5)
        text(canvas, 460, 725, "单位：万元", CJK, 9)

    def second(canvas):
        for n, row in enumerate([("渠道", "2030年度"), ("加盟", "91,074.59"), ("直营", "8,616.64")]):
            for at, words in enumerate(row):
                canvas.rect(70 + 200 * at, canvas._pagesize[1] - 84 - 24 * n, 200, 24)
                text(canvas, 75 + 200 * at, 76 + 24 * n, words, CJK, 10)

    (table,) = [block for block in parse(draw(first, second), "a.pdf").blocks if block.kind == "table"]
    assert table.section[-1] == "按销售渠道分类的收入如下： / 单位：万元 / 渠道 / 2030年度"
