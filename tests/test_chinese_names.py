"""Chinese as it is written in filings and asked in questions: short names of companies, times set with blanks."""

from datetime import date

import pytest

from rag.language.analysis import content_pieces, distinct_terms, terms
from rag.language.lexicon import entities
from rag.language.periods import periods
from rag.reports.names import brand_names, called, names_of, short_names
from rag.types import Report


@pytest.mark.parametrize(
    ("company", "called"),
    [
        ("苏州晟岚光电科技股份有限公司", "晟岚光电"),
        ("杭州恒泽医疗器械股份有限公司", "恒泽医械"),
        ("成都锦业生态环境集团股份有限公司", "锦业生态"),
        ("三一重工股份有限公司", "三一重工"),
        ("湖北岭川新能源结构件股份有限公司", "岭川股份"),
        ("浙江北岭微电子装备股份有限公司", "北岭装备"),
        ("北嶺乳業控股有限公司", "北岭乳业"),
    ],
)
def test_a_company_is_called_by_its_brand_and_trade(company, called):
    assert called in brand_names(company)


@pytest.mark.parametrize("company", ["上海国际机场股份有限公司", "Northwind Holdings", "腾云控股有限公司"])
def test_an_everyday_word_or_a_bare_brand_makes_no_such_name(company):
    assert brand_names(company) == ()


def test_a_brand_alone_is_only_likely_a_company():
    report = Report("id", "年度报告", "a.txt", "text", "zh", companies=("湖北岭川新能源结构件股份有限公司",))
    names = names_of(report)
    assert "岭川股份" in names.about and "岭川" not in names.about and "岭川" in names.likely


def test_a_house_is_known_without_its_trade():
    assert "东篱" in names_of(Report("id", "", "a.txt", "text", "zh", broker="东篱证券")).broker


def test_a_report_is_called_by_the_brand_and_trade_of_its_company():
    report = Report("id", "招股说明书", "a.pdf", "pdf", "zh", companies=("苏州晟岚电子材料股份有限公司",))
    assert set(distinct_terms("晟岚材料")) <= called(report)


def test_a_place_alone_names_no_company():
    assert "苏州" not in short_names("苏州晟岚光电科技股份有限公司")


@pytest.mark.parametrize(
    ("text", "surface", "label"),
    [
        ("公司 2023 年度收入", "2023 年度", "2023"),
        ("截至 2022 年 12 月 31 日", "2022 年 12 月 31 日", "2022-12-31"),
        ("2023 年 1-6 月毛利率", "2023 年 1-6 月", "2023-01-01/2023-06-30"),
        ("2023 年上半年", "2023 年上半年", "2023H1"),
    ],
)
def test_times_with_blanks_about_their_figures(text, surface, label):
    (found,) = periods(text, date(2024, 5, 1))
    assert (found.surface, found.label) == (surface, label)
    assert text[slice(*found.span)] == surface


def test_traditional_chinese_has_the_terms_of_simplified():
    assert terms("資本開支為壹佰萬元") == terms("资本开支为壹佰万元")
    assert distinct_terms("銀行借款餘額") == distinct_terms("银行借款余额")


def test_a_numeral_in_a_number_names_no_company():
    assert not [entity for entity in entities("二零三一年中期報告") if entity.kind == "company"]
    assert [entity for entity in entities("三一重工的收入") if entity.kind == "company"]


def test_what_is_asked_with_many_names_no_company():
    assert not [entity for entity in entities("提供了多大金额的担保") if entity.kind == "company"]
    assert [entity for entity in entities("大金的空调") if entity.kind == "company"]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("收购的对价是多少", "对价"),
        ("在研项目有多少", "在研项目"),
        ("有息负债是多少", "有息负债"),
        ("正在建设的工厂", "建设"),
    ],
)
def test_a_word_that_begins_like_a_stop_word_stays_whole(question, word):
    assert word in [surface for surface, _ in content_pieces(question)]
