"""Comparisons as analysts type them: sides called by their sort, lists, times of several lengths, parts of a company."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag import Library, Settings
from rag.compare.asked.bare_quarters import with_years
from rag.compare.asked.joined import side_by_side
from rag.compare.asked.metrics import metrics_named, without_sort
from rag.compare.asked.wanted import Aspect
from rag.compare.comparison import Comparison, _about, compare
from rag.compare.told.amounts import amount_of
from rag.compare.told.changes import change_of
from rag.language.periods import periods
from rag.overview.stances import stances
from rag.types import Report

REPORTS = {
    "orlen-ferries": (
        'Orlen Ferries (ORLF LN): fuller decks\n\nInvestment Rating - Halden Research keeps "Buy" on Orlen Ferries, target 310 pence [1]'
        " - Orlen's second-quarter revenue was GBP 410 million, up 6% on the year [2] - The ferry line carried 3.1 million guests, 4% more [3]"
        " - Load factor reached 81.2%, better by 0.9 points [4] Segments - Passenger revenue was GBP 250 million [5]"
        " - Freight revenue was GBP 114 million [6] - The repair unit, Orlen Docks, made GBP 46 million of sales [7]\n"
    ),
    "tarn-ferries": (
        'Tarn Ferries (TARN LN): rough water\n\nInvestment Rating - Halden Research keeps "Hold" on Tarn Ferries, target 95 pence [1]'
        " - Tarn's second-quarter revenue was GBP 190 million, down 2% [2] - The ferry line took a third ship out of service [3]"
        " - Load factor slipped 1.4 points to 72.6% [4]\n"
    ),
    "mill": (
        "南麓粮油:小麦提速\n\n投资评级 - 远岭证券维持南麓粮油“买入”评级 [1]\n核心观点\n- 南麓粮油2031年前三季度营业总收入91.6亿元,同比增长2.4% [2]\n"
        "- 前三季度归母净利润8.3亿元,同比增长5.9% [3]\n- 单三季度收入29.1亿元,同比增长3.1% [4]\n- 单三季度归母净利润2.2亿元,同比增长7.4% [5]\n"
        "分产品\n- 前三季度面粉收入54.2亿元,同比下降1.7% [6]\n- 前三季度食用油收入25.4亿元,同比增长12.5% [7]\n- 前三季度奶酪收入9.1亿元,同比增长8.6% [8]\n"
    ),
    "north": (
        "Northern monthly\n\nGrowth by Country\n- Norway is forecast to grow 1.9% in 2031 and 1.6% in 2032 [1]\n- Poland should grow 3.7% in 2031 [2]\n"
        "Policy\n- The Norwegian budget deficit is put at 2.4% of GDP in 2031 and that of Poland at 5.6% of GDP in 2031 [3]\n"
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("asked")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(Settings.load(rag_home=folder / "library", _env_file=None))
    library.add_many(folder.glob("*.txt"))
    return library


def texts(library: Library, question: str) -> list[str]:
    found = compare(library.index, library.encoder, question)
    assert isinstance(found, Comparison)
    return [" ".join(piece.text for pieces in row for piece in pieces) for row in found.cells]


def held(said: list[str], figures: list[str]) -> bool:
    return len(said) == len(figures) and all(each in text for each, text in zip(figures, said, strict=True))


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Which ferry line has the higher load factor, A or B?", "Which has the higher load factor, A or B?"),
        ("哪家航运公司的毛利率更高", "哪家的毛利率更高"),
        ("Which gross margin has the edge?", "Which gross margin has the edge?"),
    ],
)
def test_the_sort_of_the_sides_is_left_out_and_a_metric_is_not(question: str, left: str) -> None:
    assert without_sort(question) == left


def test_what_two_companies_are_called_together_is_left_out() -> None:
    assert metrics_named("两家粮企的毛利率哪家高") == "毛利率哪家高"
    assert metrics_named("两家券商的目标价差多少") == "两家券商的目标价差多少"


@pytest.mark.parametrize(
    "question",
    ["Which ferry line has the higher load factor, Orlen or Tarn?", "哪家渡轮公司的客座率更高,Orlen还是Tarn?"],
)
def test_sides_called_by_their_sort_are_all_answered_for(library: Library, question: str) -> None:
    assert held(texts(library, question), ["81.2%", "72.6%"])


def test_a_part_that_calls_itself_a_unit_is_one_of_the_parts(library: Library) -> None:
    assert held(texts(library, "Rank Orlen's segments by revenue"), ["250", "114", "46"])


def test_what_is_listed_is_a_name_whatever_else_it_means() -> None:
    text = "面粉、食用油、奶酪2031年前三季度收入增速排个序"
    assert [text[slice(*span)] for span in side_by_side(text, [])] == ["面粉", "食用油", "奶酪"]


def test_what_a_share_is_of_is_not_said(library: Library) -> None:
    assert held(texts(library, "Rank Norway and Poland by 2031 GDP growth"), ["grow 1.9%", "grow 3.7%"])


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("南麓粮油单三季度收入增速比前三季度快还是慢?", ["3.1%", "2.4%"]),
        ("南麓粮油前三季度归母净利润增速与单三季度相比如何?", ["5.9%", "7.4%"]),
    ],
)
def test_times_of_two_lengths_are_sides(library: Library, question: str, figures: list[str]) -> None:
    assert held(texts(library, question), figures)


def test_things_in_a_row_are_compared_by_the_months_of_a_year(library: Library) -> None:
    said = texts(library, "南麓粮油面粉、食用油、奶酪前三季度收入增速排个序")
    assert held(said, ["1.7%", "12.5%", "8.6%"])


@pytest.mark.parametrize(
    "question",
    ["南麓粮油各产品前三季度收入增速排名", "南麓粮油前三季度三个品类中谁增长最快?"],
)
def test_the_parts_under_a_heading_are_meant_by_any_word_for_them(library: Library, question: str) -> None:
    assert held(texts(library, question), ["1.7%", "12.5%", "8.6%"])


def test_growth_is_that_of_the_time_and_an_amount_not_that_of_the_year_before(library: Library) -> None:
    found = compare(library.index, library.encoder, "挪威和波兰2031年GDP增速哪个快?")
    assert found is not None
    piece, side = found.cells[0][0][0], found.sides[0]
    other = replace(piece, text="Norway is forecast to grow 0.9% in 2030 and 1.6% in 2031")
    assert change_of(other, found.aspects[0], side) is None  # and not the 0.9% of 2030
    change = change_of(piece, found.aspects[0], side)
    assert change is not None and change.shown == "1.9%"
    cash = replace(piece, text="经营现金流净额16.4亿元,上年同期为9.2亿元")
    amount = amount_of(cash, Aspect("经营现金流", ("经营现金流",), True), None, chinese=True)
    assert amount is not None and amount.shown.startswith("16.4")


def test_a_quarter_is_that_of_the_companies_that_are_named(library: Library) -> None:
    on = {company for report in _about("Orlen vs Tarn", shelf(library)) for company in report.companies}
    assert on == {"Orlen Ferries", "Tarn Ferries"}
    assert len(_about("Which grew more?", shelf(library))) == len(REPORTS)
    months = periods("2031年前三季度")
    assert with_years("前三季度收入", (), lambda: months) == "2031年前三季度收入"
    years = periods("2031-2033年")  # forecasts of three years tell of no fourth quarter
    assert with_years("四季度收入", (), lambda: years) == "四季度收入"
    assert with_years("the first nine months", (), lambda: months) == "the first nine months of 2031"


def shelf(library: Library) -> list[Report]:
    return list(library.index.reports().values())


def test_who_is_more_bullish_is_a_comparison_and_who_is_bullish_is_not(library: Library) -> None:
    assert stances(library.index, "Who is bullish on Orlen Ferries?") is not None
    assert stances(library.index, "Which house is more bullish on Orlen Ferries?") is None
