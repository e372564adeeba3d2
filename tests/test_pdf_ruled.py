"""Tables of Chinese filings with a line around every cell: wrapped cells, cells over several rows or columns, labels."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pdf_samples import CJK, column, draw, text
from pypdfium2 import PdfDocument

from rag.readers.pdf import parse
from rag.readers.pdf_boxes import page_boxes
from rag.readers.pdf_rules import MOST_LOOKED_AT, MOST_SEGMENTS, read_rules

SIZE, LEADING = 10, 15
PROSE = [
    "报告期内公司高度重视产品质量控制体系建设并且不断优化生产工艺与自动化水平",
    "提升了产品的毛利率水平有效支撑了营业收入的增长未发生重大不利变化。",
]
Cell = tuple[int, int, int, int, str]  # row, column, rows, columns, lines parted by a line break


def ruled(canvas, left: float, top: float, widths: Sequence[float], heights: Sequence[float], cells: Sequence[Cell]):
    """Cells with a box around each; ``top``: from the top of the page."""
    height = canvas._pagesize[1]
    for row, at, rows, columns, words in cells:
        x, y = left + sum(widths[:at]), top + sum(heights[:row])
        wide, high = sum(widths[at : at + columns]), sum(heights[row : row + rows])
        canvas.rect(x, height - y - high, wide, high)
        for number, line in enumerate(words.split("\n")):
            text(canvas, x + 3, y + 12 + number * LEADING, line, CJK, SIZE)


def plain(rows: Sequence[Sequence[str]], first: int = 0) -> list[Cell]:
    return [(first + n, c, 1, 1, words) for n, row in enumerate(rows) for c, words in enumerate(row)]


def tables(draw_cells) -> list[list[str]]:
    def page(canvas):
        column(canvas, 70, 80, PROSE, 17, CJK, 10.5)
        draw_cells(canvas)
        column(canvas, 70, 500, PROSE, 17, CJK, 10.5)

    parsed = parse(draw(page), "a.pdf")
    return [parsed.text[b.start : b.end].split("\n") for b in parsed.blocks if b.kind == "table"]


def test_wrapped_words_and_broken_figures_of_a_cell_are_whole_and_a_number_belongs_to_its_name():
    rows = [
        ("序号", "项目名称", "项目预\n算", "所处阶段"),
        ("1", "夜间自动化腹膜\n透析设备", "3,200\n.00", "注册\n检验"),
    ]
    rows += [("2", "截留膜", "986.\n20", "开发")]

    def cells(canvas):
        text(canvas, 460, 150, "单位：万元", CJK, 9)
        ruled(canvas, 70, 160, (30, 100, 34, 160), (36, 36, 36), plain(rows))

    assert tables(cells) == [
        [
            "单位：万元",
            "序号 项目名称 | 项目预算 | 所处阶段",
            "1 夜间自动化腹膜透析设备 | 3,200.00 | 注册检验",
            "2 截留膜 | 986.20 | 开发",
        ]
    ]


def test_a_cell_over_several_rows_or_columns_is_said_of_each():
    heads: list[Cell] = [(0, 0, 2, 1, "产品"), (0, 1, 2, 1, "年度"), (0, 2, 1, 2, "销售"), (1, 2, 1, 1, "金额")]
    heads += [(1, 3, 1, 1, "占比"), (2, 0, 2, 1, "剪刀")]
    body: list[Cell] = [
        (2 + n, 1 + c, 1, 1, words)
        for n, row in enumerate([("2030年度", "120.50", "30.10%"), ("2031年度", "160.20", "35.20%")])
        for c, words in enumerate(row)
    ]
    found = tables(lambda canvas: ruled(canvas, 70, 160, (90, 90, 90, 90), (24,) * 4, [*heads, *body]))
    assert found == [
        ["产品 年度 | 销售金额 | 销售占比", "剪刀 2030年度 | 120.50 | 30.10%", "剪刀 2031年度 | 160.20 | 35.20%"]
    ]


def test_words_that_run_over_a_line_are_of_two_cells():
    rows = [("公司", "注册地", "份额"), ("松岭园艺工具", "江州", "21.2%"), ("北坡阀门", "南浦", "8.7%")]
    found = tables(lambda canvas: ruled(canvas, 70, 160, (63, 60, 60), (24,) * 3, plain(rows)))
    assert found == [["公司 | 注册地 | 份额", "松岭园艺工具 | 江州 | 21.2%", "北坡阀门 | 南浦 | 8.7%"]]


def test_each_figure_of_the_text_stands_where_it_is_drawn(tmp_path):
    rows = [("项目", "2030年度"), ("剪刀", "120.50"), ("锯子", "86.10")]
    path = tmp_path / "a.pdf"
    path.write_bytes(draw(lambda canvas: ruled(canvas, 70, 160, (120, 120), (24,) * 3, plain(rows))))
    page, boxes = page_boxes(path, 1)
    at = page.text.index("86.10")
    assert boxes[at : at + 5, 0].min() == pytest.approx(193, abs=2) and 208 < boxes[at : at + 5, 1].min() < 232


def test_a_frame_around_text_and_a_table_beside_text_are_no_ruled_tables():
    def framed(canvas):
        canvas.rect(60, canvas._pagesize[1] - 240, 450, 90)
        column(canvas, 70, 170, PROSE, 17, CJK, 10.5)

    def beside(canvas):
        ruled(canvas, 70, 160, (60, 60), (24, 24), plain([("产能", "产量"), ("甲", "乙")]))
        column(canvas, 240, 172, ["订单充足", "交付正常"], 17, CJK, 10.5)

    assert tables(framed) == []
    assert not any("订单" in line and "产能" not in line for table in tables(beside) for line in table[:1])


def test_a_numbered_line_right_above_is_the_title():
    def cells(canvas):
        text(canvas, 70, 140, "（2）应收账款账龄结构", CJK, 10.5)
        text(canvas, 460, 156, "单位：万元", CJK, 9)
        ruled(canvas, 70, 162, (120, 120), (24, 24), plain([("账龄", "余额"), ("1年以内", "86.10")]))

    assert tables(cells) == [["（2）应收账款账龄结构", "单位：万元", "账龄 | 余额", "1年以内 | 86.10"]]


@pytest.mark.parametrize("turned", [None, (700, 0, 90), (-150, 842, -90)])
@pytest.mark.parametrize("left", [70, -3, 5_000])
def test_a_table_is_the_same_wherever_and_whichever_way_up_it_is_drawn(turned, left):
    def cells(canvas):
        if turned:
            canvas.translate(*turned[:2])
            canvas.rotate(turned[2])
        rows = [("编号", "项目预\n算"), ("1", "3,200\n.00"), ("2", "986.\n20")]
        ruled(canvas, left, 160, (60, 34), (36,) * 3, plain(rows))
        canvas.setPageSize((9_000, 842) if not turned else (595, 842) if left < 100 else (595, 9_000))

    parsed = parse(draw(cells), "a.pdf")
    assert parsed.text.strip() == "编号 | 项目预算\n1 | 3,200.00\n2 | 986.20"


def test_a_page_that_draws_too_much_is_read_without_its_lines():
    """Else each of its words would be compared with a million lines."""

    def web(canvas, paths):
        text(canvas, 70, 90, "产能利用率走势", CJK, 10)
        for _ in range(paths):
            path = canvas.beginPath()
            for x in range(MOST_SEGMENTS // 4):
                path.moveTo(x, 10)
                path.curveTo(x, 20, x + 9, 30, x, 40)
            canvas.drawPath(path)
        canvas.line(10, 300, 500, 300)

    def lines(paths):
        with PdfDocument(draw(lambda canvas: web(canvas, paths))) as file:
            return len(read_rules(file[0], lambda boxes: boxes))

    assert lines(1) == 1
    assert lines(MOST_LOOKED_AT // MOST_SEGMENTS + 1) == 0
