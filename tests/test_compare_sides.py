"""What a comparison takes out of a question: the sides, what is asked of each, and whose a figure is."""

from __future__ import annotations

from datetime import date

import pytest

from rag.compare.asked.aspects import aspects
from rag.compare.asked.metrics import metrics_named
from rag.compare.asked.names import ASKS_RATING
from rag.compare.asked.sides import sides
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.wanted import Aspect, counts
from rag.compare.found.owner import whose
from rag.compare.found.share import without_shares
from rag.compare.found.times import OTHER_PERIOD, other_length, period_fit
from rag.compare.found.values import gives_amount, has_value, is_amount
from rag.language.periods import periods
from rag.question.concepts import Asked
from rag.types import Report


def report(number: int, company: str, broker: str | None, day: date | None = None, title: str = "t") -> Report:
    return Report(str(number), title, f"{number}.txt", "text", "en", broker=broker, date=day, companies=(company,))


SHELF = (
    report(1, "Northwind Pumps", "Calder Securities", date(2031, 5, 4)),
    report(2, "Northwind Pumps", "Calder Securities", date(2031, 11, 4)),
    report(3, "Northwind Pumps plc", "Lacey & Holt", date(2031, 11, 6)),
    report(4, "Southwark Valves", "Lacey & Holt", date(2031, 11, 8)),
    report(5, "北风水务", "青岚证券", date(2031, 11, 5)),
    report(6, "北风水务股份有限公司", None, None, "北风水务股份有限公司2030年年度报告"),
)
SIDES = [
    ("Compare Northwind and Southwark.", ["Northwind Pumps", "Southwark Valves"], [{"1", "2", "3"}, {"4"}]),
    ("How do Calder and Lacey see Northwind?", ["Calder Securities", "Lacey & Holt"], [{"2"}, {"3"}]),
    ("北风水务与Northwind Pumps的营收相比如何?", ["北风水务", "Northwind Pumps"], [{"5", "6"}, {"1", "2", "3"}]),
    ("How did Northwind's sales change from 2029 to 2030?", ["2029", "2030"], [{"1", "2", "3"}, {"1", "2", "3"}]),
    ("Compare the two Calder notes on Northwind.", ["Calder Securities, 2031-05-04", "Calder Securities, 2031-11-04"], [{"1"}, {"2"}]),
    ("Is Southwark ahead of Northwind in revenue?", ["Southwark Valves", "Northwind Pumps"], [{"4"}, {"1", "2", "3"}]),
    ("北风水务的营收是多少,Northwind Pumps呢?", ["北风水务", "Northwind Pumps"], [{"5", "6"}, {"1", "2", "3"}]),
    ("Trace Northwind's sales from 2029 through 2030.", ["2029", "2030"], [{"1", "2", "3"}, {"1", "2", "3"}]),
    ("What sales for 2032 did Northwind expect in its 2031 report?", [], []),
    ("What does Calder say on Northwind and its pumps?", [], []),
    ("Northwind sales in 2030?", [], []),
    ("How did Calder's view on Northwind change since its initiation?", ["Calder Securities, 2031-05-04", "Calder Securities, 2031-11-04"], [{"1"}, {"2"}]),
    ("What does Calder say of Northwind at initiation, and what after the downgrade?", ["Calder Securities, 2031-05-04", "Calder Securities, 2031-11-04"], [{"1"}, {"2"}]),
    ("What did the note of 4 May 2031 say of Northwind, and what does the note of 6 November 2031 say?", ["Calder Securities, 2031-05-04", "Lacey & Holt, 2031-11-06"], [{"1"}, {"3"}]),
    ("Compare Northwind's sales in the first and third quarters of 2030.", ["Q1 2030", "Q3 2030"], [{"1", "2", "3"}, {"1", "2", "3"}]),
    ("Does Calder raise its sales estimate for Southwark?", [], []),
    ("Northwind's cash at the end of March, June and September 2030", ["end of March 2030", "June 2030", "September 2030"], [{"1", "2", "3"}] * 3),
    ("北风水务2029年和2030年上半年的营收分别是多少?", ["2029年", "2030年上半年"], [{"5", "6"}, {"5", "6"}]),
    ("Compare Northwind with Brackwater on net debt.", ["Northwind Pumps", "Brackwater"], [{"1", "2", "3"}, set()]),
    ("Compare the sales of Brackwater Hoists and Northwind.", ["Brackwater Hoists", "Northwind Pumps"], [set(), {"1", "2", "3"}]),
    ("北风水务和沧岭重工的营收对比", ["北风水务", "沧岭重工"], [{"5", "6"}, set()]),
    ("What sales does Northwind expect with Calder?", [], []),
    ("Did Northwind's order backlog rise between May 2031 and November 2031?", ["May 2031", "November 2031"], [{"1"}, {"2", "3"}]),
    ("What are the risks for Northwind and for Southwark?", ["Northwind Pumps", "Southwark Valves"], [{"1", "2", "3"}, {"4"}]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "labels", "first"), SIDES, ids=[row[0][:40] for row in SIDES])
def test_sides(question: str, labels: list[str], first: list[set[str]]) -> None:
    found = sides(question, SHELF)
    assert [side.label for side in found] == labels
    assert [set(side.tiers[0]) if side.tiers else set() for side in found] == first


def test_aspects_are_what_is_asked_of_each_side() -> None:
    named = sides("Compare Northwind and Southwark.", SHELF)
    asked = aspects("Compare the target price, rating and gross margin of Northwind and Southwark.", named)
    assert [aspect.label for aspect in asked] == ["target price", "rating", "gross margin"]
    assert [aspect.metric for aspect in asked] == [False, False, True]
    assert [a.label for a in aspects("Compare the effective tax rate of both.", named)] == ["effective tax rate"]
    assert [a.label for a in aspects("Compare Northwind and Southwark.", named)] == [""]


@pytest.mark.parametrize(
    ("question", "surface", "is_part"),
    [
        ("How do the robot sales of Northwind stack up?", "robot", True),
        ("What are the sales from robots of Northwind?", "robots", True),
        ("In Norway, what were the sales of Northwind?", "Norway", True),
        ("Looking at Northwind, what separates it in sales?", "separates", False),
        ("Did Northwind's sales rise?", "rise", False),
        ("How do Northwind's sales fare?", "fare", False),
    ],
)
def test_words_of_asking_are_no_part_of_what_is_compared(question: str, surface: str, is_part: bool) -> None:
    piece = Asked(surface, "word", ((surface.lower(),),), 1.0)
    assert counts(piece, question, Aspect("sales", ("sales",), True)) is is_part


def test_a_share_of_sales_says_nothing_of_sales() -> None:
    assert without_shares("Pumps made up 37% of sales in 2031", "What were the sales?") == "Pumps made up 37%  in 2031"
    assert without_shares("Pumps made up 37% of sales", "What share of sales is it?") == "Pumps made up 37% of sales"
    assert without_shares("水泵占公司营业收入的37%", "收入是多少?") == "水泵 37%"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What rating has it?", True),
        ("Compare the credit rating of both.", False),
        ("主体评级如何?", False),
        ("评级如何?", True),
    ],
)
def test_a_credit_rating_is_another_rating(question: str, asks: bool) -> None:
    assert bool(ASKS_RATING.search(question)) is asks


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("EBITDA in the first, second and third quarters of 2031", "EBITDA in the Q1 2031 and Q2 2031 and Q3 2031"),
        ("the first half versus the second half of 2031", "the first half versus the second half of 2031"),
        ("sales of the first and second halves of 2031", "sales of the H1 2031 and H2 2031"),
        ("2031年一、二、三季度的收入", "2031年一季度、2031年二季度、2031年三季度的收入"),
        ("sales in Q1, Q2 and Q3 2031", "sales in Q1 2031 and Q2 2031 and Q3 2031"),
        ("sales in Q2 2030, Q3 2030 and Q3 2031", "sales in Q2 2030 and Q3 2030 and Q3 2031"),
        ("between the first and the third quarter", "between the Q1 and the Q3"),
        ("after the second and after the third quarter", "after the Q2 and after the Q3"),
        ("in Q2 against Q3 2031", "in Q2 2031 against Q3 2031"),
        ("二、三季度的开支", "二季度、三季度的开支"),
        ("前三季度的开支", "前三季度的开支"),
        ("2031年3月、6月和9月的销量", "2031年3月、2031年6月、2031年9月的销量"),
        ("on 3 and 5 May 2031", "on 3 May and 5 May 2031"),
    ],
)
def test_times_of_a_list_are_spelled_out(text: str, out: str) -> None:
    assert " ".join(spelled_out(text).split()) == out


@pytest.mark.parametrize(
    ("text", "metric", "owner"),
    [
        ("Revenue was USD 410 million", "revenue", "own"),
        ("Total revenue was USD 410 million", "sales", "own"),
        ("Games revenue was USD 41 million", "revenue", "part"),
        ("Games revenue was USD 41 million of total revenue of USD 410 million", "revenue", "own"),
        ("Northwind revenue was USD 410 million", "revenue", "own"),
        ("The valuation allowance for the R&D credit is USD 7 million", "R&D", "other"),
        ("2031年机械工业收入31.5万亿元", "收入", "part"),
        ("2031年实现营业收入9.7亿元", "收入", "own"),
        ("储能收入4.6亿元", "收入", "part"),
        ("Orders rose", "revenue", "own"),
        ("Adjusted net profit was USD 41 million", "net profit", "part"),
        ("Adjusted net profit was USD 41 million and net profit USD 37 million", "net profit", "own"),
        ("扣非后归母净利润7.2亿元", "归母净利润", "part"),
    ],
)
def test_the_figure_of_a_part_is_told_from_that_of_the_whole(text: str, metric: str, owner: str) -> None:
    assert whose(text, metric, {"northwind"}) == owner


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Who employs more people, Northwind or Southwark?", "headcount"),
        ("How many people had Northwind and Southwark in 2031?", "headcount"),
        ("北风水务和Northwind Pumps谁更赚钱?", "净利润"),
        ("Northwind and Southwark: who had more employees?", "headcount"),
        ("Which earned more, Northwind or Southwark?", "net income"),
    ],
)
def test_a_metric_may_be_asked_for_with_a_verb(question: str, label: str) -> None:
    named = sides(metrics_named(question), SHELF)
    assert len(named) == 2
    assert [aspect.label for aspect in aspects(metrics_named(question), named)] == [label]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Compare the pump revenue of Northwind and Southwark.", "pump revenue"),
        ("Northwind vs Southwark: advertising revenue?", "advertising revenue"),
        ("Compare the quarterly revenue of Northwind and Southwark.", "revenue"),
        ("Compare Northwind revenue with Southwark revenue.", "revenue"),
    ],
)
def test_the_part_in_front_of_a_metric_is_compared(question: str, label: str) -> None:
    named = sides(question, SHELF)
    assert [aspect.label for aspect in aspects(question, named, {"northwind", "southwark"})] == [label]


@pytest.mark.parametrize(
    ("text", "value", "amount"),
    [
        ("Revenue was USD 410 million", True, True),
        ("Revenue rose 12%", True, False),
        ("Net debt was 1.4 times EBITDA", True, False),
        ("Orders rose with the award of Lot 16", False, False),
        ("It employed 5,210 people", True, True),
    ],
)
def test_what_counts_as_a_value_and_as_an_amount(text: str, value: bool, amount: bool) -> None:
    assert (has_value(text), gives_amount(text)) == (value, amount)


@pytest.mark.parametrize(
    ("metric", "question", "amount"),
    [
        ("revenue", "Compare the revenue of both.", True),
        ("revenue", "Whose revenue grew faster?", False),
        ("gross margin", "Compare the gross margin of both.", False),
        ("市场份额", "两家的市场份额", False),
        ("dividend per share", "Compare the dividend per share.", True),
    ],
)
def test_a_rate_and_a_change_are_no_amounts(metric: str, question: str, amount: bool) -> None:
    assert is_amount(Aspect(metric, (metric,), True), question) is amount


@pytest.mark.parametrize(
    ("when", "text", "fits"),
    [
        ("2031", "Revenue for 2031 was USD 410 million", True),
        ("2031", "Q3 2031 revenue was USD 110 million", False),
        ("Q3 2031", "Q3 2031 revenue was USD 110 million", True),
        ("the first nine months of 2031", "Revenue in H1 2031 was USD 210 million", False),
        ("H1 2031", "Revenue in H1 2031 was USD 210 million", True),
    ],
)
def test_a_quarter_is_not_the_year(when: str, text: str, fits: bool) -> None:
    assert (period_fit(periods(when)[0], text, SHELF[0]) > OTHER_PERIOD) is fits


def test_figures_of_another_length_of_time_are_none_of_a_side() -> None:
    asked = "whose operating income was bigger in the quarter ended September 30, 2031?"
    assert other_length(asked, "USD 24 million for the nine months ended September 30, 2031")
    assert not other_length(asked, "USD 11 million in the three months ended September 30, 2031")
    assert not other_length("whose operating income was bigger?", "for the nine months ended September 30, 2031")


def filing(number: int, company: str, period: str, day: date) -> Report:
    return Report(
        str(number), f"{company} {period}", f"{number}.pdf", "pdf", "en", date=day, companies=(company,), period=period
    )


def test_one_quarter_of_two_companies_is_about_the_same_months() -> None:
    shelf = (
        filing(1, "Northwind Pumps", "Q3 FY2031 (quarter ended September 30, 2031)", date(2031, 10, 26)),
        filing(2, "Southwark Valves", "Q3 FY2031 (quarter ended March 31, 2031)", date(2031, 4, 25)),
        filing(3, "Southwark Valves", "Q1 FY2032 (quarter ended October 2, 2031)", date(2031, 10, 24)),
    )
    one, other = sides("Compare Northwind and Southwark on sales in Q3 2031", shelf)
    assert (one.tiers[0], other.tiers[0]) == ({"1"}, {"3"})
    assert "quarter ended October 2, 2031" in other.question
    _, fiscal = sides("Compare Northwind and Southwark on sales in fiscal Q3 2031", shelf)
    assert "2" in fiscal.tiers[0]


def test_the_newest_filing_holds_where_no_time_is_asked() -> None:
    shelf = (
        filing(1, "Northwind Pumps", "FY2029 (fiscal year ended December 31, 2029)", date(2030, 2, 1)),
        filing(2, "Northwind Pumps", "FY2031 (fiscal year ended December 31, 2031)", date(2032, 2, 1)),
        report(4, "Southwark Valves", None, date(2031, 11, 8)),
    )
    one, _ = sides("How many people do Northwind and Southwark employ?", shelf)
    assert one.tiers == ({"2"}, {"1", "2"})


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("What price per share did Northwind Pumps agree to pay for Southwark Valves?", 0),
        ("What portion of Northwind Pumps' revenue was contributed by Southwark Valves?", 0),
        ("What was the revenue of Northwind Pumps, and of Southwark Valves?", 2),
        ("Does Northwind's gross margin beat Southwark Valves' for 2031?", 2),
    ],
)
def test_what_one_company_does_to_another_is_no_comparison(question: str, count: int) -> None:
    assert len([side for side in sides(question, SHELF) if side.kind == "company"]) == count
