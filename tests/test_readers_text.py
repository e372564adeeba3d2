"""Plain text by paragraphs."""

import pytest

from rag.readers import read_bytes
from rag.types import Parsed


def parse(text: str) -> Parsed:
    parsed = read_bytes(text.encode(), "r.txt")
    assert parsed.kind == "text"
    return parsed


def said(parsed: Parsed) -> list[tuple[str, str]]:
    kept = [block for block in parsed.blocks if block.kind in ("paragraph", "table")]
    return [(" > ".join(block.section), parsed.text[block.start : block.end]) for block in kept]


def test_title_headings_and_paragraphs():
    parsed = parse(
        "Ferries in Spring\nHarbour Securities·2031-03-04 08:00\n\nMarket Overview\nFares rose by a tenth in June. Costs "
        "fell at the same time.\n\n- Ships are full.\n- Yards are not.\n\nOutlook\n\nWe expect more of it next year."
    )
    assert {field.name: field.value for field in parsed.fields} == {
        "title": "Ferries in Spring",
        "broker": "Harbour Securities",
        "date": "2031-03-04",
    }
    assert said(parsed) == [
        ("Market Overview", "Fares rose by a tenth in June. Costs fell at the same time."),
        ("Market Overview", "Ships are full."),
        ("Market Overview", "Yards are not."),
        ("Outlook", "We expect more of it next year."),
    ]


def test_hard_wrapped_lines_are_joined():
    parsed = parse(
        "Fares rose by a tenth in June, which is more than what was\nexpected by all but the boldest of those who watch "
        "the\nharbour.\n\nCosts fell by a fifth, because fuel was cheaper than it\nhad been for eight years or more.\n"
    )
    assert [text.count("\n") for _, text in said(parsed)] == [2, 1]
    assert parsed.fields == ()


def test_one_line_is_a_paragraph_not_a_title():
    assert said(parse("客流恢复,票价上涨")) == [("", "客流恢复,票价上涨")]


def test_lines_that_are_paragraphs_stay_apart():
    long = "Fares rose by a tenth in June, more than was expected by all but the boldest of those who watch the harbour, it is said. "
    assert said(parse(f"{long * 2}\n{long}")) == [("", (long * 2).strip()), ("", long.strip())]


def test_a_table_is_one_block():
    table = "| Item | 2031 |\n| Sales | 10 |\n| Costs | 7 |"
    assert said(parse(f"Ferries\n\nFares rose by a tenth.\n\n{table}\n")) == [
        ("", "Fares rose by a tenth."),
        ("", table),
    ]


def test_legal_text_is_set_apart():
    parsed = parse("Ferries\n\nFares rose.\n\nThis report should not be construed as an offer to sell any ferry.\n")
    assert [block.kind for block in parsed.blocks] == ["heading", "paragraph", "boilerplate"]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        # few and short lines in between do not hide that the rest is wrapped at a margin
        (
            "1.2\n生效\n您提出申请、我们同意，合同成立。\n合同自我们同意、收取首期费用并签发凭证后开始生效，具体的生\n效日以凭证所载的日期为准，我们自生效日零时起承担合同约定的\n责任。",
            [
                "您提出申请、我们同意，合同成立。",
                "合同自我们同意、收取首期费用并签发凭证后开始生效，具体的生效日以凭证所载的日期为准，我们自生效日零时起承担合同约定的责任。",
            ],
        ),
        # an item begins a line of its own, whatever the one before lacks
        (
            "理赔\n\n申请时须提供下列各项材料以及与事故有关的其他证明和资料原件\n（1）有效的身份证件以及与事故有关的诊断证明、病历及检查报告；\n（2）申请书。",
            [
                "申请时须提供下列各项材料以及与事故有关的其他证明和资料原件",
                "（1）有效的身份证件以及与事故有关的诊断证明、病历及检查报告；",
                "（2）申请书。",
            ],
        ),
        # lines of one width in which nothing is ever stopped are a list
        (
            "要闻\n\n港口上半年吞吐量同比增长一成，创五年新高\n渡轮公司宣布明年全面换用电动船，票价不变\n船厂订单排到三年以后，工人加班供不应求",
            [
                "港口上半年吞吐量同比增长一成，创五年新高",
                "渡轮公司宣布明年全面换用电动船，票价不变",
                "船厂订单排到三年以后，工人加班供不应求",
            ],
        ),
    ],
)
def test_chinese_wrapped_at_a_margin_is_joined(lines, kept):
    said_ = [text for _, text in said(parse(lines))]
    assert [text for text in said_ if text in kept] == kept
