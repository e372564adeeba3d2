"""Blocks to passages: locators, paragraph numbers, splitting; and the Report that stands over them."""

import dataclasses
import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.readers import read_bytes
from rag.reports.metadata import make_report
from rag.reports.passages import LONGEST, context_line, make_passages
from rag.types import Block, Locator, PageSpan, Parsed

ID = "0123456789abcdef" * 4
DIGEST = """渡轮行业周报:客流恢复
HARBOUR SECURITIES·2031-03-04 08:00

Investment Rating - No rating is given. Core Insights - Fares rose 4% [7][2] Summary by Sections Yards - 订单下降 [3]
渡轮行业周报:客流恢复 - Reportify"""


def digest():
    parsed = read_bytes(DIGEST.encode(), "weekly.txt")
    passages = make_passages(parsed, ID)
    return parsed, passages, make_report(parsed, "in/weekly.txt", ID, len(passages))


def test_digest_passages():
    parsed, passages, _ = digest()
    assert [(p.text, p.locator, p.paragraph, p.section, p.language) for p in passages] == [
        ("No rating is given.", Locator("paragraph", (1,)), 1, ("Investment Rating",), "en"),
        ("Fares rose 4%", Locator("mark", (7, 2)), 2, ("Core Insights",), "en"),
        ("订单下降", Locator("mark", (3,)), 3, ("Summary by Sections", "Yards"), "zh"),
    ]
    assert [p.id for p in passages] == ["0123456789abcdef-00000", "0123456789abcdef-00001", "0123456789abcdef-00002"]
    assert all(p.text == parsed.text[p.start : p.end] and p.report_id == ID and p.searchable for p in passages)


def test_digest_report_and_context():
    _, passages, report = digest()
    assert (report.title, report.broker, report.date) == (
        "渡轮行业周报:客流恢复",
        "HARBOUR SECURITIES",
        dt.date(2031, 3, 4),
    )
    assert (report.language, report.kind, report.passages, report.pages) == ("en", "digest", 3, 0)
    assert {found.name: found.quote for found in report.provenance} == {
        "title": "渡轮行业周报:客流恢复",
        "broker": "HARBOUR SECURITIES",
        "date": "2031-03-04",
    }
    assert context_line(report, passages[2]) == (
        "渡轮行业周报:客流恢复 · HARBOUR SECURITIES · 2031-03-04 · Summary by Sections > Yards"
    )


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        ("\nCore Insights - Fares rose [2]", "2031-03-04_ferries", dt.date(2031, 3, 4)),
        ("Fares in June\n\nThey rose by a tenth in June.\n", "Fares in June", dt.date(2031, 3, 4)),
        ("Fares in June", "Fares in June", dt.date(2031, 3, 4)),
        ("Fares rose by a tenth in June.", "2031-03-04_ferries", dt.date(2031, 3, 4)),
    ],
)
def test_title_and_date_fall_back(text, title, date):
    parsed = read_bytes(text.encode(), "x")
    report = make_report(parsed, "in/2031-03-04_ferries.txt", ID, 1)
    assert (report.title, report.date) == (title, date)


def test_pages_are_locators_where_there_are_no_marks():
    text = "Fares rose.\n\nDisclaimer: no offer."
    blocks = (Block("paragraph", 0, 11, page=1), Block("boilerplate", 13, 34, page=2))
    parsed = Parsed("pdf", text, blocks, (PageSpan(1, 0, 11), PageSpan(2, 13, 34)))
    first, second = make_passages(parsed, ID)
    assert (first.locator, first.page, first.searchable) == (Locator("page", (1,)), 1, True)
    assert (second.locator, second.kind, second.searchable) == (Locator("page", (2,)), "paragraph", False)
    assert make_report(parsed, "a.pdf", ID, 2).pages == 2


def one_block(text: str, kind: str = "paragraph", marks: tuple[int, ...] = ()) -> Parsed:
    return Parsed("text", text, (Block(kind, 0, len(text), marks),))


def test_long_paragraphs_are_split_between_sentences():
    sentence = "Fares rose by 1,234.5 points in the U.S. last year, vs. 3.5% at home."
    passages = make_passages(one_block(" ".join([sentence] * 60)), ID)
    assert len(passages) > 4
    assert all(len(p.text) <= LONGEST and p.text.startswith("Fares") and p.text.endswith("home.") for p in passages)
    assert {p.paragraph for p in passages} == {1}
    assert sum(p.text.count(sentence) for p in passages) == 60


def test_parts_of_a_long_statement_keep_its_marks():
    text = "客流恢复,票价上涨23.5%。" * 200
    passages = make_passages(one_block(text, "statement", (5, 9)), ID)
    assert {p.locator for p in passages} == {Locator("mark", (5, 9))}
    assert "".join(p.text for p in passages) == text


def test_long_tables_are_split_between_rows():
    row = "| Sales by line | 1,234.5 | 2,345.6 |"
    passages = make_passages(one_block("\n".join([row] * 100), "table"), ID)
    assert {p.kind for p in passages} == {"table"}
    assert all(len(p.text) <= LONGEST and p.text.count(row) == p.text.count("\n") + 1 for p in passages)


@given(st.text("ab1,.。 客\n", min_size=1, max_size=40), st.integers(1, 400))
def test_splitting_loses_nothing_and_cuts_no_number(piece, times):
    text = (piece * times).strip()
    parsed = one_block(text) if text else Parsed("text", "", ())
    end = 0
    for passage in make_passages(parsed, ID):
        assert passage.text == text[passage.start : passage.end] == passage.text.strip() != ""
        assert not text[end : passage.start].strip()
        assert len(passage.text) <= 2 * LONGEST
        end = passage.end
    assert not text[end:].strip()


def test_numbers_are_not_cut_even_without_stops():
    text = "收入1,234,567.89亿元及" * 500
    passages = make_passages(one_block(text), ID)
    assert sum(p.text.count("1,234,567.89") for p in passages) == 500


def paged(*contents, kind="paragraph", section=("Risks",)):
    """A page of blocks, one under the other."""
    text, blocks = "", []
    for content in contents:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(content), (), section, 1))
        text += content
    return Parsed("pdf", text, tuple(blocks), (PageSpan(1, 0, len(text)),))


def test_short_paragraphs_of_a_page_become_one_passage():
    parsed = paged("Risks include:", "• currency;", "• weather;", "x" * 400, "Next to it.", "y" * 300)
    assert [p.text for p in make_passages(parsed, ID)] == [
        "Risks include:\n\n• currency;\n\n• weather;\n\n" + "x" * 400 + "\n\nNext to it.",
        "y" * 300,
    ]
    assert [p.paragraph for p in make_passages(parsed, ID)] == [1, 6]


@pytest.mark.parametrize(
    "change", [{"page": 2}, {"section": ("Other",)}, {"kind": "table"}, {"kind": "boilerplate"}, {"marks": (4,)}]
)
def test_what_is_of_another_kind_or_place_is_never_joined(change):
    parsed = paged("One short line.", "Another short line.")
    first, second = parsed.blocks
    other = dataclasses.replace(second, **change)
    assert len(make_passages(dataclasses.replace(parsed, blocks=(first, other)), ID)) == 2
    assert (
        len(make_passages(dataclasses.replace(parsed, blocks=(other, dataclasses.replace(first, start=first.end))), ID))
        == 2
    )


figures = st.from_regex(r"\(?[$¥]?[1-9]\d{0,2}(,\d{3}){0,3}(\.\d{1,2})?%?\)?", fullmatch=True)
labels = st.text("abcdefgh 净利润收入", min_size=1, max_size=30).filter(str.strip)


@given(st.lists(st.tuples(labels, st.lists(figures, min_size=1, max_size=6)), min_size=1, max_size=60))
def test_a_row_of_a_table_is_never_cut(rows):
    lines = [" | ".join([" ".join(label.split()), *cells]) for label, cells in rows]
    parsed = paged("\n".join(lines), kind="table")
    passages = make_passages(parsed, ID)
    assert [line for p in passages for line in p.text.split("\n")] == lines
    assert all(p.text == parsed.text[p.start : p.end] and len(p.text) <= LONGEST for p in passages)
    assert len(passages) <= -(-len(parsed.text) // LONGEST) * 2


@given(st.lists(st.lists(labels | figures, min_size=1, max_size=40).map(" ".join), min_size=1, max_size=12))
def test_passages_tile_a_page_and_no_number_is_cut(paragraphs):
    parsed = paged(*(f"{' '.join(paragraph.split())}." for paragraph in paragraphs))
    passages = make_passages(parsed, ID)
    assert "".join("".join(p.text for p in passages).split()) == "".join(parsed.text.split())
    for before, after in itertools.pairwise(passages):
        assert before.end <= after.start
        assert not parsed.text[before.end : after.start].strip()
        joint = parsed.text[before.end - 1 : before.end] + parsed.text[after.start : after.start + 1]
        assert after.start > before.end or not all(
            char.isascii() and (char.isalnum() or char in ".,") for char in joint
        )


NASTY = st.sampled_from(
    ["1,234,567.89", "(1,234)", "-12.5%", "$ 48.00", "US$1.2bn", "12.5 %", "3.5个百分点", "1,577亿元", "１，２３４．５％", "2031年3月4日",
     "Q3 FY2031", "1.5x", "0.05", "10,5", "¥3.2", "第12页", "H1 2031", "20-30%", "5.0pp", "约42亿", "1/3", "1,234 ²"]
)  # fmt: skip
BETWEEN = st.sampled_from([" and ", "，", " ", "、", "和", "; ", " | ", "同比", ", ", "\n", "至"])


@given(
    st.lists(st.tuples(NASTY, BETWEEN), min_size=1, max_size=12), st.integers(20, 90), st.sampled_from(["", "。", ". "])
)
def test_no_figure_in_either_script_is_cut_however_long_the_run(pieces, times, stop):
    """Runs without a stop are cut at twice the usual length, but never within a figure, its sign or its unit."""
    text = ("营业收入 revenue " + "".join(figure + between for figure, between in pieces) + stop) * times
    parsed = one_block(text.strip())
    passages = make_passages(parsed, ID)
    assert "".join("".join(p.text for p in passages).split()) == "".join(text.split())
    for figure in {figure for figure, _ in pieces}:
        assert sum(p.text.count(figure) for p in passages) == parsed.text.count(figure), figure
    assert all(len(p.text) <= 2 * LONGEST + 10 for p in passages)


@given(st.lists(st.tuples(labels, st.lists(NASTY, min_size=1, max_size=30)), min_size=1, max_size=30))
def test_rows_of_nasty_cells_stay_whole(rows):
    lines = [" | ".join([" ".join(label.split()), *cells]) for label, cells in rows]
    passages = make_passages(paged("\n".join(lines), kind="table"), ID)
    assert [line for p in passages for line in p.text.split("\n")] == lines


@given(st.lists(st.sampled_from(["Sales in the U.S. rose 3.5% to $1.2 bn, vs. 2.1% in 2030.", "毛利率为31.2%，同比提升1.5个百分点。",
    'He said: "Orders grew by 4%."', "Then he left.", "营收１２．５亿元。", "“订单增长12%。”公司表示。"]), min_size=10, max_size=80))  # fmt: skip
def test_sentences_of_both_scripts_stay_whole(sentences):
    passages = make_passages(one_block(" ".join(sentences)), ID)
    for sentence in set(sentences):
        assert sum(p.text.count(sentence) for p in passages) == sentences.count(sentence), sentence
