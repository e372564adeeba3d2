"""First pages in the layouts of brokers: a box of ratings, prices and analysts beside the text; what is read of them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pdf_samples import CJK, column, draw, text

from rag.readers import read_bytes
from rag.reports.metadata import make_report
from rag.types import Block, Parsed, Report

PROSE = [
    "We raise our rating as two years of investment start to pay: the gross margin",
    "of Northwind reached 41.2% in the quarter, and management expects 43% by the",
    "end of the coming year.",
    "Orders are broadening. Bookings rose by 18% over the quarter, of which most",
    "came from customers outside of its home market. The backlog of a billion covers",
    "eleven months of sales, and the new plant opens in spring.",
]
BOX = [
    ("Rating: Buy (from Hold)", ""),
    ("Price target", "$62.00"),
    ("Prior", "$45.00"),
    ("Price (17-Sep-31)", "$48.31"),
    ("Reuters", "NWP.L"),
    ("Market cap ($m)", "6,210"),
    ("Maria Oyelaran, CFA", ""),
    ("+44 20 5555 0133", ""),
    ("moyelaran@oldmill.example", ""),
]


def front(canvas):
    text(canvas, 40, 40, "Old Mill Partners", "Helvetica-Bold", 9)
    text(canvas, 440, 40, "18 September 2031", size=9)
    text(canvas, 40, 70, "Northwind Pumps", "Helvetica-Bold", 11)
    text(canvas, 40, 95, "Margins inflect: upgrading to Buy", "Helvetica-Bold", 18)
    column(canvas, 40, 130, PROSE, 11.0, size=8.5)
    for number, (label, value) in enumerate(BOX):
        text(canvas, 400, 130 + 11.5 * number, label, size=8)
        text(canvas, 510, 130 + 11.5 * number, value, size=8)


def test_a_box_beside_text_is_read_apart_from_it():
    parsed = read_bytes(draw(front), "front.pdf")
    blocks = [parsed.text[block.start : block.end] for block in parsed.blocks]
    assert any(block.startswith("Orders are broad") and block.endswith("in spring.") for block in blocks)
    assert any("Market cap ($m) | 6,210" in block for block in blocks)
    report = make_report(parsed, "front.pdf", "0" * 64, 1)
    assert (report.title, report.broker) == ("Margins inflect: upgrading to Buy", "Old Mill Partners")
    assert (report.companies, report.tickers) == (("Northwind Pumps",), ("NWP.L",))
    assert (report.rating, report.previous_rating, report.authors) == ("Buy", "Hold", ("Maria Oyelaran",))
    assert (report.target_price, report.previous_target_price, report.currency) == (62.0, 45.0, "USD")
    assert report.date == date(2031, 9, 18)


def test_worded_rows_of_a_box_are_no_column_heads():
    def box(canvas):
        rows = [("评级：", "中性"), ("上次评级：", "增持"), ("目标价格：", "14.20"), ("当前价格：", "13.05")]
        for number, (label, value) in enumerate(rows):
            text(canvas, 60, 100 + 12 * number, label, CJK)
            text(canvas, 200, 100 + 12 * number, value, CJK)

    parsed = read_bytes(draw(box), "box.pdf")
    assert parsed.text.split("\n")[:3] == ["评级： | 中性", "上次评级： | 增持", "目标价格： | 14.20"]
    report = make_report(parsed, "box.pdf", "0" * 64, 1)
    assert (report.rating, report.previous_rating, report.target_price) == ("中性", "增持", 14.2)


def test_a_name_in_large_type_is_titled_with_what_is_said_of_it():
    def heads(canvas):
        text(canvas, 40, 60, "Northwind", "Helvetica-Bold", 18)
        text(canvas, 40, 82, "Order book sets up the year", "Helvetica-Bold", 13)
        column(canvas, 40, 120, PROSE)

    report = make_report(read_bytes(draw(heads), "a.pdf"), "a.pdf", "0" * 64, 1)
    assert report.title == "Northwind: Order book sets up the year"


@pytest.mark.parametrize(
    "line", ["Page {n}: revenue of region {n} was {m} million dollars.", "The very same line on each of the pages."]
)
def test_pages_that_hold_a_line_each_are_not_all_running_header(line):
    def page(n):
        return lambda canvas: text(canvas, 60, 60, line.format(n=n, m=100 + n))

    parsed = read_bytes(draw(*(page(n) for n in range(1, 8))), "lines.pdf")
    assert [block.kind for block in parsed.blocks] == ["paragraph"] * 7


def front_of(lines: str, kind: str = "paragraph") -> Report:
    blocks, start = [], 0
    for part in lines.split("\n\n"):
        blocks.append(Block("table" if " | " in part and kind == "table" else "paragraph", start, start + len(part)))
        start += len(part) + 2
    return make_report(Parsed("markdown", lines, tuple(blocks)), "note.md", "0" * 64, 1)


AUTHORS = [
    ("分析师\n\n温如玉\n\n执业证书编号：S0999031010001\n\nwenry@qinglan.example", ("温如玉",)),
    ("证券分析师\n\n温如玉 A0999031010001", ("温如玉",)),
    ("研究员 欧阳澈\n\nSAC No. S0999031010001", ("欧阳澈",)),
    ("闻人秋(分析师)\n\n021-55501234\n\n登记编号 S0999031010001", ("闻人秋",)),
    ("分析师温如玉执业证书编号：S0999031010001", ("温如玉",)),
    ("温如玉\n\nwenry@qinglan.example\n\n(852) 5550 7888", ("温如玉",)),
    ("股份资料\n\n电话会议\n\nir@qinglan.example", ()),
    ("Jane Doe *\n\nEquity Analyst\n\n+1 212 555 0133", ("Jane Doe",)),
    ("Jane Doe – Research Analyst (x@oldmill.example)", ("Jane Doe",)),
    ("Hélène Marchais\n\nhmarchais@oldmill.example", ("Hélène Marchais",)),
    ("Sean O'Dowd\n\n617-555-0112 / sodowd@oldmill.example", ("Sean O'Dowd",)),
    ("Jane Doe, Senior Strategist, jane.doe@oldmill.example", ("Jane Doe",)),
    ("Equity Analyst\n\n+1 212 555 0133", ()),
    ("Company Description\n\nIt makes pumps at two sites in the north.", ()),
]
VIEWS = [  # rating, rating before, target, target before, currency
    (
        "Northwind (NWP.L) | From | To\nRating | Overweight | Equal-weight\nPrice Target | HK$150.00 | HK$112.00",
        ("Equal Weight", "Overweight", 112.0, 150.0, "HKD"),
    ),
    (
        "12-month rating | Buy Prior: Neutral\n12m price target | Rmb34.00 Prior: Rmb27.50",
        ("Buy", "Neutral", 34.0, 27.5, "CNY"),
    ),
    ("BUY\n\n[Prior:HOLD]", ("Buy", "Hold", None, None, None)),
    ("NWPX | Neutral\n12m Price Target: | $66.00", ("Neutral", None, 66.0, None, "USD")),
    ("评级： | 中性\n上次评级： | 增持", ("中性", "增持", None, None, None)),
    ("目标价（元） | 58.40\n前次目标价（元） | 51.20", (None, None, 58.4, 51.2, "CNY")),
    (
        "We prefer two. Foo Grid (OW, PT 1,240p) grows; we stay Underweight on Bar (PT EUR 58).",
        (None, None, None, None, None),
    ),
]
CODES = [
    ("Northwind\n\nOrders of Northwind rose by 4% on the year.\n\nBloomberg | NWPX FP\nReuters | NWPX.PA", "NWPX.PA"),
    ("Northwind\n\nOrders of Northwind rose by 4% on the year.\n\nNWP.L, NWP LN", "NWP.L"),
    ("Northwind\n\nOrders of Northwind rose by 4% on the year.\n\nRIC: NWP.L", "NWP.L"),
    ("Northwind 600999.SH\n\nOrders rose by 4% on the year.", "600999.SH"),
    ("Northwind Corp. (NWPX - NYSE)\n\nOrders rose by 4% on the year.", "NWPX"),
    ("Northwind 9877.HK 9877 HK\n\nOrders rose by 4% on the year.", "9877.HK"),
    ("Northwind, Inc. (NWPX)\n\nOrders rose by 4% on the year.", "NWPX"),
]


@pytest.mark.parametrize(("lines", "authors"), AUTHORS)
def test_analysts_of_a_box(lines, authors):
    assert front_of(f"Pumps: a year of orders\n\n证券研究报告\n\n{lines}").authors == authors


@pytest.mark.parametrize(("lines", "view"), VIEWS)
def test_views_of_a_box(lines, view):
    found = front_of(f"A year of orders\n\n{lines}", "table")
    prices = (found.target_price, found.previous_target_price, found.currency)
    assert (found.rating, found.previous_rating, *prices) == view


@pytest.mark.parametrize(("lines", "ticker"), CODES)
def test_codes_of_a_box(lines, ticker):
    found = front_of(f"A year of orders\n\n{lines}", "table")
    assert (re.split(r",| Corp", found.companies[0])[0], found.tickers) == ("Northwind", (ticker,))


def test_a_house_that_no_list_knows_signs_with_its_address():
    found = front_of("A year of orders\n\nMaintain Buy.\n\nStonegate Markets\n\njane.doe@stonegate.example")
    assert found.broker == "Stonegate Markets"
    assert front_of("A year of orders\n\nMaintain Buy.\n\n彭博终端报告下载").broker is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("20.11.2031", date(2031, 11, 20)),
        ("Week ending 24 October 2031", date(2031, 10, 24)),
    ],
)
def test_days_of_a_front(line, day):
    assert front_of(f"A year of orders\n\n{line}\n\nMaintain Buy.").date == day
