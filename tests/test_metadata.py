"""What reports say about themselves, one row per wording; every value has the quote it was read from."""

from __future__ import annotations

from datetime import date

import pytest
from pdf_samples import CJK, column, draw, table, text

from rag.readers import read_bytes
from rag.reports.metadata import make_report
from rag.types import Block, Parsed

RATINGS = [
    ("我们维持“买入”评级，目标价32.50元。", "买入", None, 32.5, "CNY"),
    ("首次覆盖，给予增持评级。", "增持", None, None, None),
    ("评级：买入（维持）", "买入", None, None, None),
    ("投资评级 | 推荐", "推荐", None, None, None),
    ("由“增持”上调至“买入”评级，目标价由28元上调至32.5元", "买入", "增持", 32.5, "CNY"),
    ("评级 优于大市 原评级：中性", "优于大市", "中性", None, None),
    ("重申北风泵业“跑赢行业”评级，目标价格为HK$41.2", "跑赢行业", None, 41.2, "HKD"),
    ("合理价值为每股 1,210.5 港元/股", None, None, 1210.5, "HKD"),
    ("合理价值 1,210.5 港元，给予谨慎增持评级", "谨慎增持", None, 1210.5, "HKD"),
    ("We maintain our Buy rating and a target price of US$48.00.", "Buy", None, 48.0, "USD"),
    ("We upgrade the shares from Hold to Buy and raise our PT from $41 to $48.", "Buy", "Hold", 48.0, "USD"),
    ("Downgraded to Underweight from Neutral; price target (HK$): 12.5", "Underweight", "Neutral", 12.5, "HKD"),
    ("Reiterate OUTPERFORM, TP €1,250", "Outperform", None, 1250.0, "EUR"),
    ("Rating: equal-weight", "Equal Weight", None, None, None),
    ("Rating | Buy | from | Hold\nTarget price | HKD 20.00 | from | HKD 18.00", "Buy", "Hold", 20.0, "HKD"),
    ("We are Neutral on the sector; we are neutral on rates.", "Neutral", None, None, None),
    ("评级：买入\n目标价：人民币 32.50\n当前价：人民币 25.10", "买入", None, 32.5, "CNY"),
    ("OVERWEIGHT (from Neutral)", "Overweight", "Neutral", None, None),
    ("Investors buy pumps and hold stock; we add that demand is neutral.", None, None, None, None),
    ("管理层建议股东买入并持有。", None, None, None, None),
    ("The price target for 2031 was not given.", None, None, None, None),
    ("维持公司“强推”评级。", "强推", None, None, None),
    ("给予公司买入-A投资评级，6个月目标价21.4元", "买入", None, 21.4, "CNY"),
    ("评级：强于大市（维持）", "强于大市", None, None, None),
    ("对应2031年20倍PE，优于大市评级。", "优于大市", None, None, None),
    ("下调评级至“中性”，此前评级：买入", "中性", "买入", None, None),
    ("我们将评级从“持有”升级至“买入”", "买入", "持有", None, None),
    ("买入：预期未来6个月涨幅超过15%；增持：5%至15%。", None, None, None, None),
    ("股票投资评级 买入 预期未来6个月内股价涨幅在15%以上", None, None, None, None),
    ("大股东减持不改成长性，回避风险。", None, None, None, None),
    (
        "The rating is cut from “Buy” to “Hold” and the target price goes from NOK 148 to NOK 121.",
        "Hold",
        "Buy",
        121.0,
        "NOK",
    ),
    ("We raise the shares to Outperform from In-line; PT lifted to €44 from €33", "Outperform", "In-line", 44.0, "EUR"),
    ("We rate the shares Overweight.", "Overweight", None, None, None),
    (
        "We start coverage of Northwind with an In-line rating and a target price of 148 pence.",
        "In-line",
        None,
        148.0,
        "GBX",
    ),
    ("Initiating at Sector Outperform; 12-month TP C$18", "Sector Outperform", None, 18.0, "CAD"),
    ("Stock rating BUY\nSector view: cautious", "Buy", None, None, None),
    ("Buy\nHold\nSell", None, None, None, None),
    ("Central banks cut rates; we hold our view and add to longs.", None, None, None, None),
    ("Ten-year yields reached our target of 4.10%.", None, None, None, None),
    ("We see a target price range of $40-50.", None, None, None, None),
    ("The 12-month target implies 20% upside.", None, None, None, None),
    ("Our target multiple is a target of 15x earnings.", None, None, None, None),
    ("Target price (INR): 1,250", None, None, 1250.0, "INR"),
    ("A target price of JPY 4,200 per share", None, None, 4200.0, "JPY"),
    ("目标价区间60.9-76.1元", None, None, None, None),
    ("目标市值500亿元，目标价50元", None, None, 50.0, "CNY"),
]

EARLIER = [  # target price before this report, and after
    ("目标价由11.2港元上调至13.6港元", 11.2, 13.6, "HKD"),
    ("上调公司目标价从20.1元/股至22元/股", 20.1, 22.0, "CNY"),
    ("下调目标价至39.6元（前值为42.6元）", 42.6, 39.6, "CNY"),
    ("对应目标价为5.85元（原目标价11.76元，基于14倍PE）", 11.76, 5.85, "CNY"),
    ("并上调目标价23%至23.5元", None, 23.5, "CNY"),
    ("维持目标价30元", None, 30.0, "CNY"),
    ("We raise our price target from $180 to $210.", 180.0, 210.0, "USD"),
    ("Buy is kept; the target moves up to 640p from 590p.", 590.0, 640.0, "GBX"),
    ("Sell from Hold; target 430p (was 520p).", 520.0, 430.0, "GBX"),
    ("Outperform, with the target cut to CNY 41.0 from CNY 44.0.", 44.0, 41.0, "CNY"),
    ("PT raised to $210 from $180", 180.0, 210.0, "USD"),
    ("Target price HK$85.00 (prev. HK$78.00)", 78.0, 85.0, "HKD"),
    ("We lift our TP 12% to HK$85", None, 85.0, "HKD"),
    ("Price target: €44. Previous price target: €33.", 33.0, 44.0, "EUR"),
]

RATED = [  # what a rating is of
    ("维持行业“强于大市”评级。", "行业周报", "industry"),
    ("The industry is rated “Outperform”.", "Pumps weekly", "industry"),
    ("维持“买入”评级。", "北风泵业（600999.SH）：订单饱满", "company"),
    ("We rate the shares Overweight.", "Northwind Pumps (NWP.N): Backlog", "company"),
    ("维持“买入”评级。", "泵的一年", None),
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


@pytest.mark.parametrize(("content", "before", "target", "currency"), EARLIER)
def test_the_target_before(content, before, target, currency):
    report = make_report(parsed(content), "note.txt", "0" * 64, 1)
    assert (report.previous_target_price, report.target_price, report.currency) == (before, target, currency)
    assert report.to_dict()["previous_target_price"] == before


@pytest.mark.parametrize(("content", "title", "rated"), RATED)
def test_what_a_rating_is_of(content, title, rated):
    text_ = f"{title}\n{content}"
    found = Parsed("text", text_, tuple(_lines(text_)))
    assert make_report(found, "note.txt", "0" * 64, 1).rating_of == rated


def test_the_company_s_rating_is_preferred_to_its_industry_s():
    text_ = "北风泵业（600999.SH）：订单饱满\n行业评级：中性\n公司评级：买入（维持）"
    report = make_report(Parsed("text", text_, tuple(_lines(text_))), "note.txt", "0" * 64, 1)
    assert (report.rating, report.rating_of) == ("买入", "company")


TITLES = [
    ("北风泵业（600999.SH）：订单饱满", ("北风泵业",), ("600999.SH",)),
    ("重申北风控股(03999)买入评级", ("北风控股",), ("3999.HK",)),
    ("Northwind Pumps (NWP.N): Backlog converts", ("Northwind Pumps",), ("NWP",)),
    ("Northwind (Pumps and more): a view", (), ()),
    ("Northwind Pumps (NWPX DC): Backlog converts", ("Northwind Pumps",), ("NWPX.CO",)),
    ("Northwind Pumps 600999.SH: Backlog converts", ("Northwind Pumps",), ("600999.SH",)),
    ("Northwind Pumps (NWPX): Backlog converts", ("Northwind Pumps",), ("NWPX",)),
    ("北风泵业(Northwind Pumps, 600999):订单饱满", ("北风泵业",), ("600999.SH",)),
    ("Initiating on Northwind Pumps (NWPX): Backlog converts", ("Northwind Pumps",), ("NWPX",)),
    ("China steps up (GDP): a view", (), ()),
]

LEADS = [  # a name that only the title's lead gives needs the text to speak of it
    ("Northwind Pumps: Backlog converts", "Orders at Northwind Pumps rose by 4%.", ("Northwind Pumps",)),
    ("Northwind Pumps: Backlog converts", "Orders rose by 4%.", ()),
    (
        "Initiating coverage of Northwind Pumps with a view",
        "We like Northwind Pumps for its orders.",
        ("Northwind Pumps",),
    ),
    ("Pumps weekly: Backlog converts", "The Pumps weekly of last Friday said so.", ()),
    ("Global economy: slow", "The Global economy grows.", ()),
    ("北风泵业：订单饱满", "我们维持北风泵业“买入”评级。", ("北风泵业",)),
    ("仿生水泵：量产在即", "仿生水泵的订单增长。", ()),
]


@pytest.mark.parametrize(("title", "companies", "tickers"), TITLES)
def test_companies_of_titles(title, companies, tickers):
    report = make_report(parsed(title), "note.txt", "0" * 64, 1)
    assert (report.companies, report.tickers) == (companies, tickers)


@pytest.mark.parametrize(("title", "body", "companies"), LEADS)
def test_companies_that_only_a_title_leads_with(title, body, companies):
    text_ = f"{title}\n{body}"
    report = make_report(Parsed("text", text_, tuple(_lines(text_))), "note.txt", "0" * 64, 1)
    assert report.companies == companies


def test_an_abbreviation_that_the_text_explains_is_no_company():
    text_ = "A year of deals\nBusiness development (BD) grew.\nBD deals reached a record.\nMore BD is expected."
    assert make_report(Parsed("text", text_, tuple(_lines(text_))), "note.txt", "0" * 64, 1).companies == ()


BYLINES = [
    ("青岚证券 2031年9月2日 分析师:温如玉", "青岚证券", date(2031, 9, 2), ("温如玉",)),
    (
        "Calder & Finch, 11 February 2031. Analyst: Tobias Wrenfield",
        "Calder & Finch",
        date(2031, 2, 11),
        ("Tobias Wrenfield",),
    ),
    ("Calder & Finch · 7 October 2031", "Calder & Finch", date(2031, 10, 7), ()),
    ("Research Analysts: Jane Doe, CFA, and John Q. Public", None, None, ("Jane Doe", "John Q. Public")),
    ("张三 S0999031010001 zhangsan@qinglan.example", None, None, ("张三",)),
    ("证券分析师 李四 执业证书编号：S0999031010001", None, None, ("李四",)),
    ("Published 7 October 2031", None, date(2031, 10, 7), ()),
]


@pytest.mark.parametrize(("line", "broker", "day", "authors"), BYLINES)
def test_bylines(line, broker, day, authors):
    text_ = f"A year of pumps\n{line}\nWe maintain our Buy rating."
    first, *rest = _lines(text_)
    blocks = (Block("heading", first.start, first.end), *rest)
    report = make_report(Parsed("markdown", text_, blocks), "note.md", "0" * 64, 1)
    assert (report.broker, report.date, report.authors) == (broker, day, authors)


def test_a_report_on_a_broker_is_not_by_it():
    text_ = "招商证券（600999.SH）：配股助力\n维持“增持”评级。\n招商证券"
    report = make_report(Parsed("text", text_, tuple(_lines(text_))), "note.txt", "0" * 64, 1)
    assert (report.broker, report.companies) == (None, ("招商证券",))


def test_a_half_year_report_has_its_period_and_no_date():
    text_ = "Northwind Pumps plc\nInterim report for the six months to 28 June 2031\nSales rose."
    first, second, third = _lines(text_)
    blocks = (Block("heading", first.start, first.end), Block("heading", second.start, second.end), third)
    report = make_report(Parsed("markdown", text_, blocks), "half.md", "0" * 64, 1)
    assert (report.companies, report.period, report.date) == (("Northwind Pumps plc",), "H1 2031", None)


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


def test_the_title_of_the_form_is_no_company_and_a_state_no_ticker():
    content = "\n".join(
        [
            "SECURITIES AND EXCHANGE COMMISSION",
            "FORM 10-K",
            "(Mark One)",
            "☒ ANNUAL REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934",
            "Commission file number 1-442 NORTHWIND PUMPS COMPANY | TRANSITION REPORT PURSUANT TO SECTION 13",
            "(Exact name of registrant as specified in its charter) Delaware",
            "29 Long Quay | Arlington, | VA | 22202",
            "Common Stock | NWP | New York Stock Exchange",
        ]
    )
    report = make_report(Parsed("text", content, tuple(_lines(content))), "k.txt", "0" * 64, 1)
    assert (report.companies, report.tickers) == (("NORTHWIND PUMPS COMPANY",), ("NWP",))


def test_the_year_and_a_tax_number_are_no_company():
    content = "\n".join(
        [
            "SECURITIES AND EXCHANGE COMMISSION",
            "Washington, D.C. 20549",
            "FORM 10-K",
            "For the fiscal year ended December 31, 2024 (Exact name of registrant as specified in its charter)",
            "Commission File Number: 001-14965 Northwind Pumps, Inc. 13-4019460 (I.R.S. Employer Identification No.)",
        ]
    )
    report = make_report(Parsed("text", content, tuple(_lines(content))), "k.txt", "0" * 64, 1)
    assert report.companies == ("Northwind Pumps, Inc.",)


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


def test_the_cover_of_a_prospectus_gives_the_issuer():
    text = (
        "# 北岭精密制造股份有限公司\n\n首次公开发行股票并在科创板上市\n\n招股说明书\n\n"
        "保荐机构(主承销商):南浦证券股份有限公司\n\n## 第一节 释义\n\n本公司指北岭精密制造股份有限公司。\n"
    )
    report = make_report(read_bytes(text.encode(), "a.md"), "a.md", "0" * 64, 1)
    assert report.companies == ("北岭精密制造股份有限公司",)
    assert report.title == "北岭精密制造股份有限公司招股说明书" and report.broker is None


def test_marks_and_degrees_are_no_part_of_a_name():
    parsed = read_bytes(
        "Pumps: note\n\nAnalysts: Jane Doe¹, CFA; John A. Smith² and Mary Poe, PhD\n\nText.".encode(), "a.txt"
    )
    assert make_report(parsed, "a.txt", "0" * 64, 0).authors == ("Jane Doe", "John A. Smith", "Mary Poe")


def test_a_target_that_is_kept_is_not_the_one_before():
    parsed = read_bytes("北风泵业：点评\n\n维持原目标价11.38元，维持“增持”评级。".encode(), "a.txt")
    report = make_report(parsed, "a.txt", "0" * 64, 0)
    assert (report.target_price, report.previous_target_price) == (11.38, None)


@pytest.mark.parametrize(
    ("definition", "short"),
    [
        ("| 发行人、公司、本公司、北岭精工 | 指 | 北岭精密制造股份有限公司 |", ("北岭精工",)),
        ("公司、本公司、南浦机床 指 南浦机床股份有限公司，公司客户", ()),
        ("| 北岭合伙、北岭精工 | 指 | 员工持股平台 |", ()),
    ],
)
def test_a_prospectus_is_known_by_what_its_definitions_call_the_issuer(definition, short):
    text = "# 北岭精密制造股份有限公司\n\n首次公开发行股票\n\n招股说明书\n\n## 释义\n\n" + definition
    report = make_report(read_bytes(text.encode(), "p.md"), "p.md", "0" * 64, 1)
    assert report.companies == ("北岭精密制造股份有限公司", *short)


def test_the_cover_of_a_prospectus_for_hong_kong():
    text = (
        "# 北嶺乳業控股有限公司\n\n(於開曼群島註冊成立的有限公司)\n\n全球發售\n\n股份代號:2697\n\n"
        "聯席保薦人:南浦國際融資有限公司\n\n## 釋義\n\n本公司指北嶺乳業控股有限公司。\n\n"
        "「往績記錄期間」:截至2028年、2029年及2030年12月31日止年度\n"
    )
    report = make_report(read_bytes(text.encode(), "a.md"), "a.md", "0" * 64, 1)
    assert (report.title, report.companies) == ("北嶺乳業控股有限公司招股章程", ("北嶺乳業控股有限公司",))
    assert (report.tickers, report.period) == (("2697.HK",), "2028年-2030年")
