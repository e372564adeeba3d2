"""Tables of Chinese filings: two columns of words, titles in plain type, one table right under another."""

from __future__ import annotations

from pdf_samples import CJK, column, draw, table, text

from rag.readers.pdf import parse

PROSE = [
    "报告期内公司高度重视产品质量控制体系建设并且不断优化生产工艺与自动化水平",
    "提升了产品的毛利率水平有效支撑了营业收入的增长未发生重大不利变化。",
]
FACTS = [
    ("项目", "内容"),
    ("发行人名称", "松岭园艺股份有限公司"),
    ("法定代表人", "周予安"),
    ("注册资本", "6,200.00万元"),
    ("成立日期", "2009年5月17日"),
    ("控股股东", "松岭投资合伙企业（有限合伙）"),
    ("实际控制人", "周予安、周予宁兄弟"),
]


def tables(page):
    parsed = parse(draw(page), "a.pdf")
    return [
        (b.section[-1] if b.section else "", parsed.text[b.start : b.end]) for b in parsed.blocks if b.kind == "table"
    ]


def test_labels_with_words_beside_them_are_rows():
    def page(canvas):
        column(canvas, 70, 80, PROSE, 17, CJK, 10.5)
        text(canvas, 70, 140, "二、发行人基本情况", CJK, 13)
        table(canvas, 73, 170, FACTS, (522,), CJK)
        column(canvas, 70, 300, PROSE, 17, CJK, 10.5)

    assert [content.split("\n") for _, content in tables(page)] == [[" | ".join(row) for row in FACTS]]


def test_a_plain_title_and_its_unit_belong_to_the_table_and_part_it_from_the_one_above():
    def page(canvas):
        column(canvas, 70, 80, PROSE, 17, CJK, 10.5)
        top = 150.0
        for year, share in (("2031", "35.20%"), ("2030", "30.10%")):
            text(canvas, 90, top, f"{year}年度前三大客户", CJK, 11)
            text(canvas, 460, top + 18, "单位：万元", CJK, 9)
            rows = [
                ("客户名称", "销售金额", "占比"),
                ("青禾农业公司", "4,120.50", share),
                ("北岸园林公司", "3,018.20", "9.80%"),
            ]
            top = table(canvas, 73, top + 34, rows, (400, 520), CJK) + 14

    found = tables(page)
    assert [content.split("\n")[:3] for _, content in found] == [
        [f"{year}年度前三大客户", "单位：万元", "客户名称 | 销售金额 | 占比"] for year in ("2031", "2030")
    ]
    assert all("前三大客户" in section for section, _ in found)


def test_a_unit_in_a_remark_heads_no_column():
    def page(canvas):
        column(canvas, 70, 60, PROSE, 17, CJK, 10.5)
        text(canvas, 90, 120, "合并资产负债表", CJK, 11)
        text(canvas, 330, 138, "（除特别注明外，金额单位为人民币千元）", CJK, 9)
        table(
            canvas,
            73,
            154,
            [("项目", "2031.12.31", "2030.12.31"), ("存货", "6,501", "5,120"), ("商誉", "410", "410")],
            (400, 520),
            CJK,
        )

    (_, content), *_ = tables(page)
    assert content.split("\n")[:3] == [
        "合并资产负债表",
        "（除特别注明外，金额单位为人民币千元）",
        "项目 | 2031.12.31 | 2030.12.31",
    ]


def test_two_columns_of_prose_stay_columns():
    left = [
        "港口的客流在今年恢复到往年水平",
        "票价也随着燃油成本一同上涨了",
        "船厂的订单排到三年以后才交付",
        "工人加班赶工仍然是供不应求的",
        "新的码头将在明年春天正式启用",
    ]
    right = [
        "渡轮公司宣布明年起换用电动船",
        "票价不变而服务会比过去更准时",
        "分析师认为行业的利润率会回升",
        "主要的风险是燃油价格再次上涨",
        "以及新航线的客流不及公司预期",
    ]

    def page(canvas):
        column(canvas, 60, 80, [*left, *left], 15, CJK, 11)
        column(canvas, 320, 80, [*right, *right], 15, CJK, 11)

    parsed = parse(draw(page), "a.pdf")
    assert not any(block.kind == "table" for block in parsed.blocks)
    assert "".join(left) in parsed.text.replace("\n", "")
