"""PDFs drawn for the purpose, read back: order, tables, pages, furniture, and what cannot be read."""

from __future__ import annotations

import pytest
from pdf_samples import CJK, column, draw, table, text

from rag.errors import ReaderError
from rag.readers.pdf import parse

BALANCE = [
    ("Assets",),
    ("Current assets:",),
    ("Cash and cash equivalents", "$ 5,310", "$ 4,120"),
    ("Receivables, net of allowances", "912", "1,044"),
    ("Accumulated deficit", "(1,234)", "(987)"),
    ("Total assets", "$ 4,988", "$ 4,177"),
]
PROSE = [
    "The company builds pumps for water plants and sells them through",
    "dealers in eleven countries. Orders grew in every region during the",
    "year, and the backlog at its end covered nine months of production,",
    "which management expects to work off by the following autumn.",
]


def kinds(parsed, kind):
    return [parsed.text[b.start : b.end] for b in parsed.blocks if b.kind == kind]


def statement(canvas):
    text(canvas, 200, 60, "NORTHWIND PUMPS, INC.", "Helvetica-Bold")
    text(canvas, 190, 74, "CONSOLIDATED BALANCE SHEETS", "Helvetica-Bold")
    text(canvas, 250, 88, "(in millions)", "Helvetica-Bold")
    table(canvas, 60, 116, [("", "December 31, 2031", "December 31, 2030")], (400, 520), "Helvetica-Bold")
    table(canvas, 60, 132, BALANCE, (400, 520))


def test_a_balance_sheet_is_rows_with_title_unit_and_heads():
    parsed = parse(draw(statement), "a.pdf")
    (found,) = kinds(parsed, "table")
    assert found.split("\n") == [
        "NORTHWIND PUMPS, INC.",
        "CONSOLIDATED BALANCE SHEETS",
        "(in millions)",
        "December 31, 2031 | December 31, 2030",
        "Assets",
        "Current assets:",
        "Cash and cash equivalents | $ 5,310 | $ 4,120",
        "Receivables, net of allowances | 912 | 1,044",
        "Accumulated deficit | (1,234) | (987)",
        "Total assets | $ 4,988 | $ 4,177",
    ]
    (block,) = [b for b in parsed.blocks if b.kind == "table"]
    assert block.section == (
        "NORTHWIND PUMPS, INC. / CONSOLIDATED BALANCE SHEETS / (in millions)",
        "December 31, 2031 | December 31, 2030",
    )


def test_two_columns_are_read_one_after_the_other():
    def page(canvas):
        text(canvas, 60, 60, "A title over both columns of this page, drawn large and bold", "Helvetica-Bold", 14)
        column(canvas, 60, 100, [f"Left {n} is a line of the first column." for n in range(8)])
        column(canvas, 320, 100, [f"Right {n} is a line of the second one." for n in range(8)])

    words = parse(draw(page), "a.pdf").text
    assert words.index("A title") < words.index("Left 0") < words.index("Left 7") < words.index("Right 0")


def test_paragraph_lines_are_joined_and_the_running_header_is_told_apart():
    def page(number):
        def drawn(canvas):
            text(canvas, 60, 30, "Northwind Pumps annual report")
            column(canvas, 60, 100, PROSE)
            text(canvas, 290, 810, f"{number + 10}")

        return drawn

    parsed = parse(draw(*(page(n) for n in range(4))), "a.pdf")
    assert kinds(parsed, "paragraph") == [" ".join(PROSE)] * 4
    assert kinds(parsed, "chrome") == [
        line for n in range(4) for line in ("Northwind Pumps annual report", f"{n + 10}")
    ]
    assert [page.label for page in parsed.pages] == ["10", "11", "12", "13"]
    assert [page.number for page in parsed.pages] == [1, 2, 3, 4]


def test_pages_without_text_are_named():
    def blank(canvas):
        canvas.rect(100, 100, 200, 200)

    parsed = parse(draw(statement, blank, blank, statement), "a.pdf")
    assert parsed.warnings[0].startswith("No text on pages 2-3")
    with pytest.raises(ReaderError, match="probably a scan"):
        parse(draw(blank), "scan.pdf")


def test_damaged_and_encrypted_files_are_refused_in_a_sentence():
    whole = draw(statement)
    with pytest.raises(ReaderError, match=r"cut\.pdf is damaged"):
        parse(whole[:200], "cut.pdf")
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = draw(statement, encrypt=StandardEncryption("secret", "owner"))
    with pytest.raises(ReaderError, match="asks for a password"):
        parse(locked, "locked.pdf")


def test_stacked_heads_over_groups_of_columns_are_the_table_s_own():
    edges = [200, 250, 300, 370, 420, 470]

    def page(canvas):
        column(canvas, 60, 100, PROSE)
        text(canvas, 60, 166, "Unrealized losses were as follows:")
        for edge, head in ((230, "Less than one year"), (400, "One year or more")):
            canvas.drawCentredString(edge + 15, 842 - 186, head)
        heads = (
            ["", *["Number", "Estimated", "Gross"] * 2],
            ["Ratio of fair value to", *["of", "Fair", "Unrealized"] * 2],
            ["amortized cost (in millions)", *["Securities", "Value", "Losses"] * 2],
        )
        for number, (label, *cells) in enumerate(heads):
            text(canvas, 60, 200 + 10 * number, label, size=8)
            for edge, cell in zip(edges, cells, strict=True):
                canvas.drawRightString(edge, 842 - 200 - 10 * number, cell)
        table(canvas, 60, 240, [("2031:",), ("90% and more", "74", "4,287", "(74)", "3", "52", "(1)")], edges)
        table(canvas, 60, 270, [("Less than 90%", "14", "24", "(9)", "5", "77", "(2)")], edges)

    parsed = parse(draw(page), "a.pdf")
    (found,) = kinds(parsed, "table")
    assert "90% and more | 74 | 4,287 | (74) | 3 | 52 | (1)\nLess than 90% | 14 | 24 | (9) | 5 | 77 | (2)" in found
    (block,) = [b for b in parsed.blocks if b.kind == "table"]
    assert [name.strip() for name in block.section[-1].split(" / ")[-1].split(" | ")] == [
        f"{group} {head}"
        for group in ("Less than one year", "One year or more")
        for head in ("Number of Securities", "Estimated Fair Value", "Gross Unrealized Losses")
    ]


def test_a_chinese_table_at_the_top_of_a_page_keeps_unit_and_both_lines_of_heads():
    """The head of the labels stands half-way between the two lines of column heads, as in every prospectus."""

    def page(canvas):
        text(canvas, 60, 60, "一、合并资产负债表", CJK, 12)
        text(canvas, 440, 80, "单位：万元", CJK)
        for left, top, head in (
            (220, 104, "2031年12月31日"), (385, 104, "2030年12月31日"), (128, 112, "项目"),
            (216, 121, "金额"), (291, 121, "占比"), (379, 121, "金额"), (454, 121, "占比"),
        ):  # fmt: skip
            text(canvas, left, top, head, CJK)
        rows = [
            ("货币资金", "12,345.67", "23.45%", "10,002.10", "21.00%"),
            ("应收账款", "8,765.43", "16.7%", "7,654.32", "15.9%"),
        ]
        table(canvas, 60, 141, rows, (240, 315, 403, 478), CJK)
        column(
            canvas,
            60,
            300,
            ["报告期内，公司主营业务收入逐年增长，毛利率保持稳定，应收账款账龄较短，坏账风险较小。"] * 3,
            font=CJK,
        )

    parsed = parse(draw(page), "a.pdf")
    (block,) = [b for b in parsed.blocks if b.kind == "table"]
    assert parsed.text[block.start : block.end].startswith("单位：万元\n项目 | 2031年12月31日")
    assert block.section == (
        "一、合并资产负债表",
        "单位：万元 / 项目 / 2031年12月31日 金额 | 2031年12月31日 占比 | 2030年12月31日 金额 | 2030年12月31日 占比",
    )


def test_a_short_word_before_a_wide_gap_is_no_list_number():
    def page(canvas):
        for top, label, value in ((60, "评级", "买入"), (120, "Price", "in line with the market")):
            text(canvas, 60, top, label, CJK)
            text(canvas, 300, top, value, CJK)
        text(canvas, 60, 180, "1.")
        text(canvas, 120, 180, "Orders grew in every region")

    assert parse(draw(page), "a.pdf").text.strip().split("\n\n") == [
        "评级 | 买入",
        "Price | in line with the market",
        "1. Orders grew in every region",
    ]


@pytest.mark.parametrize("source", ["Source: company data, house estimates.", "Sources: company, exchange"])
def test_a_table_ends_where_its_source_is_named(source):
    def page(canvas):
        text(canvas, 60, 80, "Summary", "Helvetica-Bold", 12)
        low = table(
            canvas,
            60,
            100,
            [("", "2023", "2024"), ("Sales", "16,910", "17,320"), ("Profit", "2,440", "2,610")],
            (300, 380),
        )
        text(canvas, 60, low, source, size=7)
        text(canvas, 60, low + 16, "Sales by segment", "Helvetica-Bold", 12)
        table(
            canvas,
            60,
            low + 34,
            [("Segment", "2023", "2024"), ("Sweets", "6,240", "6,510"), ("Oils", "4,310", "4,220")],
            (300, 380),
        )

    parsed = parse(draw(page), "summary.pdf")
    tables = [parsed.text[b.start : b.end] for b in parsed.blocks if b.kind == "table"]
    assert len(tables) == 2 and "Oils" not in tables[0] and "Sales by segment" not in tables[0]
    assert "Oils | 4,310 | 4,220" in tables[1] and source in parsed.text
    assert [b.section for b in parsed.blocks if b.kind == "table"][1][0] != "Summary"
