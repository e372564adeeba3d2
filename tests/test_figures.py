"""What counts as a figure, with its value in plain units, its sign, its period and its exact characters."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.figures.context import read
from rag.figures.find import figures, times_in
from rag.figures.value import table_currency, table_scale
from rag.language import periods as times
from rag.language.analysis import content_terms


def only(text):
    (figure,) = figures(text)
    return figure


VALUES = [
    # text, kind, value, currency, unit
    ("1,577", "number", "1577", "", ""),
    ("1577", "number", "1577", "", ""),
    ("１，５７７", "number", "1577", "", ""),
    ("12,345,678.9", "number", "12345678.9", "", ""),
    ("27.5bn", "number", "27500000000", "", ""),
    ("27.5 billion", "number", "27500000000", "", ""),
    ("275亿", "number", "27500000000", "", ""),
    ("275亿元", "money", "27500000000", "元", ""),
    ("RMB27.5bn", "money", "27500000000", "CNY", ""),
    ("CNY 27.5 billion", "money", "27500000000", "CNY", ""),
    ("275亿元人民币", "money", "27500000000", "CNY", ""),
    ("27,500百万元", "money", "27500000000", "元", ""),
    ("HK$3.2m", "money", "3200000", "HKD", ""),
    ("320万港元", "money", "3200000", "HKD", ""),
    ("US$1.5trn", "money", "1500000000000", "USD", ""),
    ("1.5万亿美元", "money", "1500000000000", "USD", ""),
    ("$5k", "money", "5000", "$", ""),
    ("3千元", "money", "3000", "元", ""),
    ("€84.6 million", "money", "84600000", "EUR", ""),
    ("SEK 14.2bn", "money", "14200000000", "SEK", ""),
    ("12.5%", "percent", "12.5", "", ""),
    ("12.5 per cent", "percent", "12.5", "", ""),
    ("百分之三十", "percent", "30", "", ""),
    ("三成", "percent", "30", "", ""),
    ("两成半", "percent", "25", "", ""),
    ("三亿五千万元", "money", "350000000", "元", ""),
    ("两万四千人", "number", "24000", "", "count"),
    ("三点五亿元", "money", "350000000", "元", ""),
    ("百分之三点五", "percent", "3.5", "", ""),
    ("0.5 percentage points", "points", "0.5", "", ""),
    ("0.5个百分点", "points", "0.5", "", ""),
    ("毛利率升0.5pct", "points", "0.5", "", ""),
    ("50bp", "points", "0.5", "", ""),
    ("50 basis points", "points", "0.5", "", ""),
    ("50个基点", "points", "0.5", "", ""),
    ("20x", "multiple", "20", "", ""),
    ("20 times", "multiple", "20", "", ""),
    ("20倍", "multiple", "20", "", ""),
    ("两倍", "multiple", "2", "", ""),
    ("4330万台", "number", "43300000", "", "count"),
    ("81,000 units", "number", "81000", "", "count"),
    ("27GWh", "number", "27000000000", "", "wh"),
    ("五年", "number", "60", "", "month"),
    ("10年期国债", "number", "120", "", "month"),
    ("36 months", "number", "36", "", "month"),
    ("two million units", "number", "2000000", "", "count"),
]


@pytest.mark.parametrize(("text", "kind", "value", "currency", "unit"), VALUES)
def test_values(text, kind, value, currency, unit):
    figure = only(text)
    assert (figure.kind, figure.value, figure.currency, figure.unit) == (kind, Decimal(value), currency, unit)


@pytest.mark.parametrize(
    ("text", "sign", "unsure"),
    [
        ("-5%", -1, False),
        ("−5%", -1, False),
        ("同比-53%", -1, False),
        ("(-5%)", -1, False),
        ("+5%", 1, False),
        ("(1,577)", -1, False),
        ("（1,577）", -1, False),
        ("-$5m", -1, False),
        ("HK$-2.5", -1, False),
        ("(5.2%)", -1, True),
        ("($3.1bn)", -1, True),
        ("yoy - 8.4%", -1, True),
        ("5%", 0, False),
    ],
)
def test_signs(text, sign, unsure):
    figure = only(text)
    assert (figure.sign, figure.unsure) == (sign, unsure)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("10-15%", ["10", "15"]),
        ("10%-15%", ["10", "15"]),
        ("10%至15%", ["10", "15"]),
        ("20~25倍", ["20", "25"]),
        ("$12.4-12.8bn", ["12400000000", "12800000000"]),
        ("5亿-6亿元", ["500000000", "600000000"]),
        ("1.2, 1.4 and 1.6 billion", ["1200000000", "1400000000", "1600000000"]),
        ("21.5/25.8/30.1亿元", ["2150000000", "2580000000", "3010000000"]),
        ("236,000, 47% of them", ["236000", "47"]),
    ],
)
def test_ranges_and_lists_share_their_unit(text, values):
    found = figures(text)
    assert [figure.value for figure in found] == [Decimal(value) for value in values]
    assert not any(figure.sign for figure in found)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("2Q24", ["2024Q2"]),
        ("Q2 2024", ["2024Q2"]),
        ("2024年二季度", ["2024Q2"]),
        ("1H25", ["2025H1"]),
        ("2025年上半年", ["2025H1"]),
        ("FY2023A", ["2023"]),
        ("end-2026", ["2026"]),
        ("2016 - 2023年", ["2016", "2023"]),
        ("nine months to September 2025", ["2025-01-01/2025-09-30"]),
        ("first nine months", ["2079-01-01/2079-09-30"]),
        ("FQ2 2025", ["2025Q2"]),
        ("second quarter, not in the first.", ["2079Q2", "2079Q1"]),
        ("first eight months of 2025", ["2025-01-01/2025-08-31"]),
        ("2025年前11个月", ["2025-01-01/2025-11-30"]),
        ("H1 2025, the same period of 2024", ["2025H1", "2024H1"]),
        ("2025年一季度，2024年同期", ["2025Q1", "2024Q1"]),
        ("February 2023, the same period of 2024", ["2023-02", "2024-02"]),
        ("2026-02-10", ["2026-02-10"]),
    ],
)
def test_periods(text, labels):
    found = figures(text)
    assert [(figure.kind, figure.unit) for figure in found] == [("period", label) for label in labels]


def test_estimate_and_actual_are_told_apart():
    estimate, actual = figures("2025E 2024A")
    assert (estimate.estimate, estimate.actual) == (True, False)
    assert (actual.estimate, actual.actual) == (False, True)


@pytest.mark.parametrize("text", ["GPT-4", "H20", "5G", "300014.SZ", "00700", "COVID-19", "A320neo"])
def test_names_and_codes_are_labels(text):
    assert only(text).kind == "label"


@pytest.mark.parametrize("text", ["一般", "第三方", "三星电子", "一个", "someone", "数十", ""])
def test_words_that_count_nothing(text):
    assert figures(text) == ()


def test_hedges():
    about, over, under = figures("about 40%, over 50%, less than 60%")
    assert (about.about, over.bound, under.bound) == (True, 1, -1)
    assert [figure.bound for figure in figures("超过10%，不足5%，不低于3%")] == [1, -1, 1]


@given(st.text(max_size=80) | st.text(alphabet="0123456789.,%-+()亿万元$ bnmQ至年", max_size=60))
def test_spans_are_slices_in_order_without_overlap(text):
    end = 0
    for figure in figures(text):
        assert figure.text == text[figure.start : figure.end] != ""
        assert figure.start >= end
        end = figure.end
    read(text)


CONTEXT = [
    # text, figure, direction, periods
    ("Sales were up 8% on the year and 1% on the quarter", "8%", 1, []),
    ("Sales were up 8% on the year and 1% on the quarter", "1%", 1, []),
    ("13% more on the year, 7% less on the quarter", "7%", -1, []),
    ("收入64.5亿元降5.7% 净利6.3亿元增1.0%", "5.7%", -1, []),
    ("收入64.5亿元降5.7% 净利6.3亿元增1.0%", "64.5亿元", 0, []),
    ("新增贷款同比少增1.27万亿元", "1.27万亿元", -1, []),
    ("more than 81,000 units", "81,000 units", 0, []),
    ("Margin is put at 19.4% for 2024 and 20.1% by 2027", "20.1%", 0, ["2027"]),
    ("Profit for 2025-2027 is seen at 5, 6 and 7 billion", "6", 0, ["2026"]),
    ("预计2025/2026/2027年净利润为21.5/25.8/30.1亿元", "25.8", 0, ["2026"]),
    ("2025H1收入64.47亿元，25Q2收入40.99亿元", "40.99亿元", 0, ["2025Q2"]),
    ("0.9% decline in February 2024 after 1.8% in January 2024", "0.9%", -1, ["2024-02"]),
]


@pytest.mark.parametrize(("text", "shown", "way", "labels"), CONTEXT)
def test_direction_and_period_of_a_figure(text, shown, way, labels):
    (fact,) = [fact for fact in read(text).facts if fact.figure.text == shown]
    assert fact.way == way
    assert [figure.unit for figure in fact.periods] == labels


def test_negated_directions_are_marked():
    (fact,) = read("Revenue did not grow by 5%").facts
    assert (fact.way, fact.negated) == (1, True)


_PIECES = (
    "1Q24 Q3 FY25 2Q second quarter of last year third half 9M23 first nine months 2023/24 FY24-26 2024-2026E between 2019 and "
    "2021 25-27E fiscal 2024 CY25 2025E in 2022, 2024-03-05 5/6/2024 20240305 2024-06 March 4, 2025 4 May 2025 May 7 early-June "
    "Sept. 2024 week ended Jan 3 since last 3 months ago two today YTD so far this TTM trailing 12 1-3Q24 上半年 2024年 去年 第三 季度 "
    "前三 3月 15日 至 十四五 近三 年 本周 今日 年初 以来 H1 （ ） , - / %"
).split(" ")


@given(st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", " "])), max_size=14))
def test_no_rule_for_periods_is_passed_over_where_it_would_match(pieces):
    text = "".join(piece + gap for piece, gap in pieces)
    rules = times.CHINESE + times.ENGLISH
    all_of_them = [
        (match.span(), build)
        for _, rule, in_small, build in rules
        for match in rule.finditer(text.lower() if in_small else text)
    ]
    assert [(match.span(), build) for match, build in times._matches(text, chinese=True)] == all_of_them


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Sales rose in the week of March 3-7, 2025.", ["2025-03-03/2025-03-07"]),
        ("from March 3 to 7, 2025", ["2025-03-03/2025-03-07"]),
        ("by mid-May 2024, and at the end of June 2024", ["2024-05-11/2024-05-20", "2024-06-21/2024-06-30"]),
        ("the SECOND QUARTER of 2024 and FY2023", ["2024Q2", "2023"]),
        ("in May 2024 we may see 5 marches", ["2024-05"]),
        (
            "Is the Northquay May report of 2024 in line with Citi's May data? It may report again.",
            ["2024-05", "2024", "2024-05"],
        ),
        ("May report of 2024: sales may note a rise", ["2024"]),
        ("Yes No \n2024 units were built in Sept. 2023", ["2023-09"]),
    ],
)
def test_periods_by_hand(text, labels):
    assert [period.label for period in times.periods(text)] == labels


@pytest.mark.parametrize(
    ("head", "scale", "currency"),
    [
        ("Revenue (RMB MN), costs (USD BN)", 6, "CNY"),
        ("Sales, IN THOUSANDS (EUR million)", 3, "EUR"),
        ("Revenue by segment, EUR million", 6, "EUR"),
        ("单位:百万元", 6, ""),
        ("In mining", None, ""),
    ],
)
def test_of_several_scales_that_a_table_states_the_first_counts(head, scale, currency):
    assert table_scale(head) == (None if scale is None else Decimal(10) ** scale)
    assert table_currency(head) == currency


@pytest.mark.parametrize(
    "text", ["the second quarter", "last year", "the first half", "January", "去年", "三季度", "上半年", "2024", "YTD"]
)
def test_texts_without_digits_may_name_a_period_too(text: str) -> None:
    assert [each.kind for each in times_in(text)] == ["period"]


@pytest.mark.parametrize("text", ["Net sales", "营业收入", "", "Cost of goods sold"])
def test_most_labels_name_none(text: str) -> None:
    assert times_in(text) == ()


@pytest.mark.parametrize("dash", ["-", " - ", "–", "—", "~", " to ", " through ", " until "])
def test_years_from_one_to_another_are_one_range(dash):
    (found,) = times.periods(f"sales of 2024{dash}2026")
    assert (found.kind, found.start.year, found.end.year) == ("range", 2024, 2026)


def test_words_that_carry_meaning_are_the_same_in_both_scripts():
    terms = ["sale", "27.5", "27.5%", "rose", "q&a", "1234", "1234亿", "产能", "能扩", "扩张"]
    assert content_terms("The sales 27.5% rose, Q&A 1,234亿的产能扩张") == terms
    assert content_terms("The sales 27.5% rose, Q&A 1,234亿的產能擴張") == terms
