"""Tables that run over a page break: the rows on the next page keep title, unit and column heads of the page before."""

from __future__ import annotations

from pdf_samples import CJK, HEIGHT, draw, table, text

from rag.readers.pdf import parse
from rag.reports.passages import make_passages

HEADS = ("", "2031", "2030")
ROWS = [(f"Item number {word}", f"{n},123", f"{n},045") for n, word in enumerate(["one", "two", "three", "four"], 1)]


def first(canvas):
    text(canvas, 60, 640, "The orders by region were as follows:")
    text(canvas, 230, 665, "ORDERS BY REGION", "Helvetica-Bold")
    text(canvas, 250, 679, "(in millions)", "Helvetica-Bold")
    table(canvas, 60, 697, [HEADS], (400, 520), "Helvetica-Bold")
    table(canvas, 60, 711, ROWS, (400, 520))
    text(canvas, 290, 815, "11")


def following(*lines, heads=None, rows=ROWS, below=("The orders grew in every region of the company.",)):
    def drawn(canvas):
        top = 60
        for line in lines:
            text(canvas, 60, top, line, "Helvetica-Bold")
            top += 16
        if heads:
            table(canvas, 60, top, [heads], (400, 520), "Helvetica-Bold")
            top += 14
        table(canvas, 60, top, rows, (400, 520))
        for number, line in enumerate(below):
            text(canvas, 60, top + 14 * len(rows) + 40 + 14 * number, line)
        text(canvas, 290, 815, "12")

    return drawn


def tables(*pages):
    parsed = parse(draw(*pages), "a.pdf")
    return [(b.page, b.section) for b in parsed.blocks if b.kind == "table"], parsed


def test_rows_without_heads_keep_those_of_the_page_before():
    (one, two), parsed = tables(first, following())
    assert (one[0], two[0]) == (1, 2)
    assert (
        one[1] == two[1] == ("ORDERS BY REGION / (in millions)", "The orders by region were as follows: / 2031 | 2030")
    )
    for passage in make_passages(parsed, "0" * 64):
        assert parsed.pages[passage.page - 1].start <= passage.start < passage.end <= parsed.pages[passage.page - 1].end


def test_the_same_heads_again_do_not_lose_title_and_unit():
    (one, two), _ = tables(first, following(heads=HEADS))
    assert one[1] == two[1]


def test_heads_of_another_period_keep_title_and_unit():
    (one, two), _ = tables(first, following(heads=("", "2029", "2028")))
    assert two[1] == (one[1][0], "The orders by region were as follows: / 2029 | 2028")


def test_a_title_that_says_continued_is_the_same_table():
    for said in ("ORDERS BY REGION (continued)", "ORDERS BY REGION (cont’d)"):
        (one, two), _ = tables(first, following(said))
        assert one[1] == two[1], said


def test_a_group_of_rows_at_the_top_of_the_page_is_no_new_table():
    (one, two), _ = tables(first, following("Other regions:"))
    assert two[1] == (one[1][0], "Other regions: / The orders by region were as follows: / 2031 | 2030")


def test_another_table_is_another_table():
    (_, two), _ = tables(first, following("COSTS BY REGION", "(in thousands)", heads=("", "2031", "2030")))
    assert two[1] == ("COSTS BY REGION / (in thousands)", "2031 | 2030")
    (_, two), _ = tables(first, following("HEADCOUNT", rows=[(label, cell) for label, cell, _ in ROWS]))
    assert "2031" not in two[1][-1]


def test_text_between_parts_tables():
    def page(canvas):
        text(canvas, 60, 60, "Costs are told on a page of their own, which follows this sentence of the report.")
        table(canvas, 60, 100, ROWS, (400, 520))

    (_, two), _ = tables(first, page)
    assert "2031" not in two[1][-1]


def test_a_chinese_table_goes_on():
    def head(canvas):
        for number in range(4):
            text(
                canvas,
                60,
                560 + 14 * number,
                "报告期内，公司主营业务收入逐年增长，毛利率保持稳定，应收账款账龄较短，坏账风险较小。",
                CJK,
            )
        text(canvas, 200, 640, "合并利润表", CJK, 12)
        text(canvas, 440, 660, "单位：万元", CJK)
        table(canvas, 60, 680, [("项目", "2031年", "2030年")], (400, 520), CJK)
        table(canvas, 60, 694, [("营业收入", "12,345", "10,002"), ("营业成本", "8,765", "7,654")], (400, 520), CJK)

    def rest(canvas):
        text(canvas, 60, 60, "合并利润表（续）", CJK, 12)
        table(canvas, 60, 80, [("净利润", "1,234", "987"), ("每股收益", "0.45", "0.36")], (400, 520), CJK)
        canvas.drawString(60, HEIGHT - 300, "报告期内，公司主营业务收入逐年增长，毛利率保持稳定。")

    (one, two), _ = tables(head, rest)
    assert one[1] == two[1] and "单位：万元" in " ".join(one[1]) and one[1][-1].endswith("2031年 | 2030年")
