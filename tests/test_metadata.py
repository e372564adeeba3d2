"""What reports say about themselves, one row per wording; every value has the quote it was read from."""

from __future__ import annotations

from datetime import date

import pytest
from pdf_samples import CJK, column, draw, table, text

from rag.metadata import make_report
from rag.readers import read_bytes
from rag.types import Block, Parsed

RATINGS = [
    ("我们维持“买入”评级，目标价32.50元。", "买入", None, 32.5, "CNY"),
    ("首次覆盖，给予增持评级。", "增持", None, None, None),
    ("评级：买入（维持）", "买入", None, None, None),
    ("投资评级 | 推荐", "推荐", None, None, None),
    ("由“增持”上调至“买入”评级，目标价由28元上调至32.5元", "买入", "增持", 32.5, "CNY"),
    ("评级 优于大市 原评级：中性", "优于大市", "中性", None, None),
    ("重申北风泵业“跑赢行业”评级，目标价格为HK$41.2", "跑赢行业", None, 41.2, "HKD"),
    ("合理价值为每股 1,210.5 港元/股", None, None, None, None),
    ("合理价值 1,210.5 港元，给予谨慎增持评级", "谨慎增持", None, 1210.5, "HKD"),
    ("We maintain our Buy rating and a target price of US$48.00.", "Buy", None, 48.0, "USD"),
    ("We upgrade the shares from Hold to Buy and raise our PT from $41 to $48.", "Buy", "Hold", 48.0, "USD"),
    ("Downgraded to Underweight from Neutral; price target (HK$): 12.5", "Underweight", "Neutral", 12.5, "HKD"),
    ("Reiterate OUTPERFORM, TP €1,250", "Outperform", None, 1250.0, "EUR"),
    ("Rating: equal-weight", "Equal Weight", None, None, None),
    ("OVERWEIGHT (from Neutral)", "Overweight", "Neutral", None, None),
    ("Investors buy pumps and hold stock; we add that demand is neutral.", None, None, None, None),
    ("管理层建议股东买入并持有。", None, None, None, None),
    ("The price target for 2031 was not given.", None, None, None, None),
]


def parsed(content):
    return Parsed("text", content, (Block("paragraph", 0, len(content)),))


@pytest.mark.parametrize(("content", "rating", "previous", "target", "currency"), RATINGS)
def test_ratings_and_targets(content, rating, previous, target, currency):
    report = make_report(parsed(content), "note.txt", "0" * 64, 1)
    assert (report.rating, report.previous_rating) == (rating, previous)
    assert (report.target_price, report.currency) == (target, currency)
    for found in report.provenance:
        if found.start is not None:
            assert content[found.start : found.end] == found.quote


TITLES = [
    ("北风泵业（600999.SH）：订单饱满", ("北风泵业",), ("600999.SH",)),
    ("重申北风控股(03999)买入评级", ("北风控股",), ("3999.HK",)),
    ("Northwind Pumps (NWP.N): Backlog converts", ("Northwind Pumps",), ("NWP",)),
    ("Northwind (Pumps and more): a view", (), ()),
]


@pytest.mark.parametrize(("title", "companies", "tickers"), TITLES)
def test_companies_of_titles(title, companies, tickers):
    report = make_report(parsed(title), "note.txt", "0" * 64, 1)
    assert (report.companies, report.tickers) == (companies, tickers)


def cover(canvas):
    lines = [
        ("UNITED STATES", "Helvetica-Bold"),
        ("SECURITIES AND EXCHANGE COMMISSION", "Helvetica-Bold"),
        ("FORM 10-Q", "Helvetica-Bold"),
        ("For the quarterly period ended December 28, 2030", "Helvetica"),
        ("Commission file number 1-99999", "Helvetica"),
        ("NORTHWIND PUMPS, INC.", "Helvetica-Bold"),
        ("(Exact name of registrant as specified in its charter)", "Helvetica"),
        ("Common Stock, $0.01 par value   NWPX   The Nasdaq Stock Market LLC", "Helvetica"),
    ]
    for number, (line, font) in enumerate(lines):
        text(canvas, 150, 80 + 30 * number, line, font)


def body(canvas):
    column(
        canvas,
        60,
        100,
        [
            "Northwind Pumps, Inc. makes pumps. This report should be read with the annual report on Form 10-K",
            "for the fiscal year ended June 29, 2030. Demand rose in the first quarter of fiscal 2030.",
        ],
    )
    text(canvas, 60, 200, "Date: January 30, 2031")


def test_the_cover_of_a_filing_gives_form_company_period_and_date():
    report = make_report(read_bytes(draw(cover, body), "q.pdf"), "q.pdf", "0" * 64, 1)
    assert report.title == "Northwind Pumps, Inc. Form 10-Q Q2 FY2031"
    assert report.companies == ("Northwind Pumps, Inc.",)
    assert report.tickers == ("NWPX",)
    assert report.period == "Q2 FY2031 (quarter ended December 28, 2030)"
    assert report.date == date(2031, 1, 30)
    assert (report.rating, report.broker, report.language, report.pages) == (None, None, "en", 2)
    period = next(found for found in report.provenance if found.name == "period")
    assert (period.page, period.quote) == (1, "For the quarterly period ended December 28, 2030")


@pytest.mark.parametrize(
    ("ended", "said", "year"),
    [
        ("January 31, 2031", "fiscal 2031 sales rose; fiscal 2031 was good; fiscal 2030 too", "FY2031"),
        ("February 1, 2031", "fiscal 2030 sales rose; fiscal 2030 was good", "FY2030"),
        ("January 2, 2031", "sales rose", "FY2030"),
        ("June 30, 2031", "fiscal 2030 was better", "FY2031"),
    ],
)
def test_fiscal_years_are_numbered_as_the_company_does(ended, said, year):
    lines = [
        "SECURITIES AND EXCHANGE COMMISSION",
        "FORM 10-K",
        f"For the fiscal year ended {ended}",
        "Northwind Pumps, Inc.",
    ]
    content = "\n".join([*lines, "(Exact name of registrant as specified in its charter)", said])
    found = Parsed("text", content, tuple(_lines(content)))
    assert make_report(found, "k.txt", "0" * 64, 1).period.startswith(f"{year} (fiscal year ended")


def _lines(content):
    start = 0
    for line in content.split("\n"):
        yield Block("paragraph", start, start + len(line))
        start += len(line) + 1


def note(canvas):
    text(canvas, 60, 60, "2031年2月10日 证券研究报告", CJK, 8)
    text(canvas, 60, 90, "北风泵业（600999.SH）：订单饱满", CJK, 18)
    column(canvas, 60, 130, ["公司全年收入增长，我们维持“买入”评级，目标价32.50元（原28.00元）。"], font=CJK)
    column(canvas, 60, 180, ["分析师：张三、李四", "国泰海通证券研究所"], font=CJK)
    table(canvas, 60, 240, [("营业收入", "4,650", "5,231"), ("净利润", "543", "642")], (300, 400), CJK)


def test_a_chinese_research_report():
    report = make_report(read_bytes(draw(note), "n.pdf"), "n.pdf", "0" * 64, 1)
    assert report.title == "北风泵业（600999.SH）：订单饱满"
    assert (report.companies, report.tickers) == (("北风泵业",), ("600999.SH",))
    assert (report.rating, report.target_price, report.currency) == ("买入", 32.5, "CNY")
    assert (report.date, report.authors, report.language) == (date(2031, 2, 10), ("张三", "李四"), "zh")
    assert report.broker == "国泰海通证券"
    assert all(found.page == 1 for found in report.provenance)


def test_a_chinese_periodic_report():
    content = "北风泵业股份有限公司\n2030年年度报告全文\n公司代码：600999\n公司全年收入增长。"
    report = make_report(Parsed("text", content, tuple(_lines(content))), "a.txt", "0" * 64, 1)
    assert report.title == "北风泵业股份有限公司2030年年度报告"
    assert (report.period, report.tickers) == ("2030年年度报告", ("600999.SH",))


def test_what_is_not_said_stays_empty():
    report = make_report(parsed("Pumps move water. They have done so for long."), "pumps.txt", "0" * 64, 1)
    assert report.title == "pumps"
    empty = (report.broker, report.date, report.rating, report.target_price, report.currency, report.period)
    assert empty == (None,) * 6
    assert (report.authors, report.companies, report.tickers) == ((), (), ())
