"""Which statements answer, when to refuse, what to say then: on a small library of invented reports in two languages."""

from __future__ import annotations

from datetime import date

import pytest

from rag import Library, Settings
from rag.answer.judge import side_by_side
from rag.answer.kinds import kind_of
from rag.answer.refusal import left_out, refusal_text
from rag.answer.report_facts import facts
from rag.answer.roles import unfilled
from rag.answer.statement_times import time_held
from rag.answer.table_answer import columns, grid, markdown, row_at
from rag.answer.wanted import apart, want
from rag.language.periods import periods
from rag.question.concepts import Asked
from rag.question.rise_fall import by_figures
from rag.question.shape import shape_of
from rag.search.retrieve import Hits
from rag.types import Evidence, Locator, Passage, Report

KILN = """Kestrel Kilns (KKL): orders fill the furnaces
AMBERLEY SECURITIES·2025-08-14 08:00

Investment Rating - Kestrel Kilns is kept at "Buy" with a target price of 88 EUR [1] Core Insights - Second-quarter revenue was 412 million EUR, up 9% on the year [2][3] - Gross margin widened to 31.5% because gas contracts became cheaper [4] - Capital expenditure was 37 million EUR, mostly for the Porto plant [5] - The Porto plant opens in March 2026 with 600 jobs [6] Risks - A slower housing market, dearer clay and a stronger euro [8]

Kestrel Kilns (KKL): orders fill the furnaces
"""
HOLM = """Holmgate Bank (HGB): margins hold
AMBERLEY SECURITIES·2025-09-02 08:00

Investment Rating - Holmgate Bank is rated "Neutral" [1] Core Insights - Net interest margin was 2.14% in the first half of 2025 [2] - The non-performing loan ratio fell to 0.8% [3] - Gross margin of the leasing arm was 18.2% [5]

Holmgate Bank (HGB): margins hold
"""
CLAY = """青砾陶瓷(603998):出口回暖
松江证券·2025-08-20 09:00

投资评级 - 维持"增持"评级 [1] 核心观点 - 上半年收入23.4亿元,同比增长6% [2] - 毛利率为28.7%,同比下降1.1个百分点,主要因为天然气涨价 [3] 风险提示 - 地产需求不足、汇率波动 [5]
"""
ACCOUNTS = """# Kestrel Kilns plc: Annual report 2024

## Results

Table 1. Income statement, EUR million

| | 2024 | 2023 |
| --- | --- | --- |
| Revenue | 1,540.2 | 1,431.7 |
| Operating profit | 212.4 | 180.9 |
| Profit before tax | 190.3 | 161.2 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("reports")
    for name, text in (("kestrel.txt", KILN), ("holmgate.txt", HOLM), ("clay.txt", CLAY), ("accounts.md", ACCOUNTS)):
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(Settings.load(rag_home=home, _env_file=None)) as opened:
        assert {result.status for result in opened.add_many([folder])} == {"added"}
        yield opened


@pytest.mark.parametrize(
    ("question", "marker", "words"),
    [
        ("How much did Kestrel Kilns spend on capex?", "[5]", "37 million"),
        ("Why did Kestrel's gross margin widen?", "[4]", "gas contracts"),
        ("What net interest margin did Holmgate Bank report for the first half of 2025?", "[2]", "2.14%"),
        ("青砾陶瓷毛利率为什么下降?", "[3]", "天然气"),
        ("What is the target price for Kestrel Kilns?", "[1]", "88 EUR"),
    ],
)
def test_a_fact_is_one_statement_with_its_own_marks(library, question, marker, words):
    answer = library.ask(question)
    assert not answer.refused, answer.text
    assert [citation.marker for citation in answer.citations] == [marker]
    assert words in answer.text


def test_a_list_is_the_whole_section_of_the_right_report(library):
    answer = library.ask("What risks does the report on Kestrel Kilns list?")
    assert [citation.quote for citation in answer.citations] == [
        "A slower housing market, dearer clay and a stronger euro"
    ]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What rating does Goldman Sachs give Kestrel Kilns?", "Goldman Sachs"),  # the company, another broker
        ("What is Kestrel Kilns' headcount?", "headcount"),  # the company, another metric
        ("What was the non-performing loan ratio of Kestrel Kilns?", ""),  # a metric that only a neighbour has
        ("What was the net interest margin of Holmgate Bank in 2019?", "2019"),  # a time not covered
        ("青砾陶瓷的研发费用是多少?", "研发费用"),
        ("What does the bread cost in Lisbon?", ""),
    ],
)
def test_a_near_miss_is_refused_and_says_what_is_missing(library, question, missing):
    answer = library.ask(question)
    assert answer.refused, answer.text
    assert missing in answer.text
    assert answer.citations == () and answer.evidence


def test_the_covered_part_is_answered_and_the_rest_is_named(library):
    answer = library.ask("What were Kestrel's capex and its headcount?")
    assert not answer.refused
    assert "37 million" in answer.text and answer.text.endswith("Not covered by the reports: headcount.")
    assert answer.notes == ("Not covered by the reports: headcount.",)
    chinese = library.ask("青砾陶瓷的毛利率和存货周转天数是多少?")
    assert "28.7%" in chinese.text and "报告没有涵盖:存货周转天数。" in chinese.text


def test_both_sides_of_a_comparison_are_cited(library):
    answer = library.ask("Compare the gross margins of Kestrel Kilns and 青砾陶瓷.")
    assert {citation.report.stem for citation in answer.citations} == {"kestrel", "clay"}


def test_a_table_cell_is_read_by_row_and_time(library):
    answer = library.ask("What was Kestrel's profit before tax in 2023?")
    assert "161.2" in answer.text and "190.3" not in answer.text and "2023" in answer.text
    assert answer.citations[0].quote == "| Profit before tax | 190.3 | 161.2 |"


def test_what_a_report_is_comes_from_its_metadata(library):
    answer = library.ask("When was the report on Holmgate Bank published?")
    assert "2025-09-02" in answer.text and not answer.refused
    (sentence,) = answer.sentences
    assert sentence.status == "partly" and sentence.reason  # its header is no passage, so nothing is cited
    assert "松江证券" in library.ask("青砾陶瓷的研报是哪家券商发布的?").text
    assert [grown.text for grown in library.stream("When was the report on Holmgate Bank published?")]
    assert facts(library.index, "When does the Porto plant open?", Hits(())) == ()


# ---------------------------------------------------------------- the parts


@pytest.mark.parametrize(
    ("question", "shape", "kind"),
    [
        ("How many shops are there?", "fact", "count"),
        ("What does one robot cost?", "fact", "money"),
        ("When does the plant open?", "fact", "date"),
        ("Who is the chairman?", "fact", "person"),
        ("Why did margins fall?", "why", None),
        ("List the risks.", "list", None),
        ("对比两家公司的毛利率", "compare", None),
        ("收入是多少?", "fact", "number"),
        ("为什么毛利率下降?", "why", None),
    ],
)
def test_the_form_of_an_answer_is_seen_in_the_wording(question, shape, kind):
    assert (shape_of(question), kind_of(question)) == (shape, kind)


def test_a_question_is_taken_apart_by_the_librarys_own_names(library):
    wanted = want(library.index, "What is Amberley Securities' target price for Kestrel Kilns in 2025?")
    assert [piece.surface for piece in wanted.focus] == ["target price"]
    assert {piece.surface for piece in wanted.names} == {"Amberley Securities", "Kestrel Kilns"}
    assert [piece.surface for piece in wanted.periods] == ["2025"]


def test_names_side_by_side_are_told_from_a_broker_and_its_subject():
    one, two = Asked("Kestrel", "name", (("kestrel",),)), Asked("Holmgate", "name", (("holmgat",),))
    assert apart("The margins of Kestrel and Holmgate", [one, two])
    assert not apart("What does Kestrel say about Holmgate", [one, two])
    capex, staff = Asked("capex", "metric", (("capex",),)), Asked("headcount", "metric", (("headcount",),))
    assert side_by_side("What were its capex and its headcount?", capex, staff)
    assert not side_by_side("What was capex for the new headcount?", capex, staff)


TABLE = "Results (EUR million)\nYear | 2024 | 2023\nRevenue | 310.5 | 277.2\nNet profit | 41.0 | 33.9"


def test_a_table_is_read_with_its_title_and_heads():
    table = grid(TABLE)
    assert table.title == ("Results (EUR million)",)
    assert table.head == ("Year", "2024", "2023")
    assert [row.cells for row in table.rows] == [("Revenue", "310.5", "277.2"), ("Net profit", "41.0", "33.9")]
    assert [TABLE[row.start : row.end] for row in table.rows][1] == "Net profit | 41.0 | 33.9"
    assert grid("| | 2024 |\n| --- | --- |\n| Tax | (3.1) |").head == ("", "2024")
    assert grid("Code | Stage\nKX-1 | trial").rows[0].cells == ("KX-1", "trial")
    assert grid("").rows == ()


def test_a_table_shows_the_column_that_is_asked_for():
    row = row_at(TABLE, TABLE.index("Net"))
    assert row is not None
    assert columns(("Year", "2024", "2023"), row, lambda head: head == "2023") == [2]
    assert columns(("Year", "2024", "2023"), row, lambda head: head == "2019") == [1, 2]
    passage = Passage("p", "r", 0, TABLE, 0, len(TABLE), "table", Locator("page", (3,)), 1)
    said = markdown(passage, [row], lambda head: head == "2023", "", " [3]")
    assert said == "Net profit, 2023: 33.9 (Results (EUR million)) [3]"
    both = markdown(passage, grid(TABLE).rows, lambda _: False, "", " [3]")
    assert both.splitlines()[0] == "Results (EUR million)"
    assert both.splitlines()[-1] == "| Net profit | 41.0 | 33.9 [3] |"


def report(day: date | None, *companies: str) -> Report:
    return Report("id", "A title", "a.txt", "digest", "en", date=day, companies=companies)


def test_a_refusal_says_what_was_searched_and_how_far_it_reaches():
    shelf = [report(date(2025, 1, 5), "Kestrel"), report(date(2025, 3, 9), "Holmgate")]
    later = periods("2026")[0]
    missing = [Asked("2026", "period", (("2026",),), period=later), Asked("Kestrel's", "name", (("kestrel",),))]
    text = refusal_text(shelf, missing, chinese=False, nearest=True)
    assert "2 reports (on Kestrel and Holmgate) dated 2025-01-05 to 2025-03-09" in text
    assert "2026 (no report after 2025-03-09), Kestrel." in text and "uncited" in text
    chinese = refusal_text(shelf, missing, chinese=True, nearest=False)
    assert "2 份报告" in chinese and "最新的报告为 2025-03-09" in chinese
    assert "no reports in the library" in refusal_text([], [], chinese=False, nearest=False)
    assert "filters" in refusal_text([], [], chinese=False, nearest=False, held=3)
    assert "筛选" in refusal_text([], [], chinese=True, nearest=False, held=3)
    assert "(on" not in refusal_text([*shelf, report(None)], [], chinese=False, nearest=False)
    assert left_out([], chinese=False) == ""


@pytest.mark.parametrize(
    "said",
    [
        "Gross margin was 31.5% in 2024, while operating costs fell to 41 million EUR.",
        "The bonus for 2024 may rest on earnings per share, operating margin, revenue growth and total shareholder return.",
    ],
)
def test_the_words_of_a_metric_make_no_figure_of_it(rag_home, tmp_path, said):
    note = tmp_path / "teal.md"
    note.write_text(f"# Teal Ropes: results of operations 2024\n\n## Results of operations\n\n{said}\n", "utf-8")
    with Library.open(Settings.load(rag_home=rag_home, _env_file=None)) as library:
        library.add(note)
        assert library.ask("What was the operating margin of Teal Ropes in 2024?").refused


def test_a_metric_may_have_other_words_inside(rag_home, tmp_path):
    note = tmp_path / "teal.md"
    note.write_text(
        "# Teal Ropes: results 2024\n\n## Debt\n\nNet interest-bearing debt was 41 million EUR in 2024.\n", "utf-8"
    )
    with Library.open(Settings.load(rag_home=rag_home, _env_file=None)) as library:
        library.add(note)
        assert "41 million EUR" in library.ask("What was the net debt of Teal Ropes in 2024?").text


NEAR_MISSES = """Kestrel Kilns (KKL): furnaces and phases
AMBERLEY SECURITIES·2025-08-14 08:00

Investment Rating - Kestrel Kilns is cut from "Buy" to "Hold" and the target price goes from 88 EUR to 71 EUR [1] Core Insights - Sales to customers in Portugal were 140 million EUR, up 12% [2] - Phase one of the Porto plant makes 8 million tiles a year [3] - Gross margin fell to 31.5% because gas became dearer [4] - The finance director is Ida Lund [5] - The tile business brought a gross margin of 35% [6]

Kestrel Kilns (KKL): furnaces and phases
"""


@pytest.fixture(scope="module")
def kilns(tmp_path_factory):
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("reports")
    (folder / "kilns.txt").write_text(NEAR_MISSES, encoding="utf-8")
    with Library.open(Settings.load(rag_home=home, _env_file=None)) as opened:
        opened.add(folder / "kilns.txt")
        yield opened


@pytest.mark.parametrize(
    ("answered", "refused", "said"),
    [
        ("What were Kestrel's sales to customers in Portugal?", "What were Kestrel's sales to customers in Brazil?", "Brazil"),
        ("How many tiles does phase one of the Porto plant make?", "How many tiles does phase three of the Porto plant make?", "phase three"),
        ("What gross margin did Kestrel's tile business bring?", "What interest coverage did Kestrel's tile business bring?", "interest coverage"),
        ("Why did Kestrel's gross margin fall?", "Why did Kestrel's gross margin rise?", "say otherwise: “Gross margin fell to 31.5%"),
        ("Who is the finance director of Kestrel?", "Who is the chairman of Kestrel?", "chairman"),
    ],
)  # fmt: skip
def test_what_picks_one_of_several_has_to_stand(kilns, answered, refused, said):
    assert not kilns.ask(answered).refused
    answer = kilns.ask(refused)
    assert answer.refused
    assert said in answer.text
    assert not answer.citations


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("the target price goes from NOK 148 to NOK 121", -1),
        ("目标价由11.2港元上调至13.6港元", 1),
        ("the target moves to 640p from 590p", 1),
        ("the target price is 590p", 0),
    ],
)
def test_figures_that_move_tell_the_way(text, way):
    assert by_figures(text) == way


@pytest.mark.parametrize(
    ("question", "text", "open_"),
    [
        ("Who is the CEO of Kestrel?", "Holmgate Bank's CEO Ida Lund sees higher rates", True),
        ("Who is the CEO of Kestrel?", "Kestrel's new CEO Ida Lund sees higher prices", False),
        ("Who is the CEO of Kestrel?", "The committee is the Chief Executive Officer and the Chief Financial Officer", True),
        ("Who is the CEO of Apple?", "Microsoft CEO Satya Nadella opened the day", True),
        ("Who is the CEO of Apple?", "Apple CEO Tim Cook opened the day", False),
        ("How large is the board?", "The Chief Executive Officer sits on it", False),
    ],
)  # fmt: skip
def test_a_role_stands_with_a_name_and_its_own_company(library, question, text, open_):
    assert bool(unfilled(want(library.index, question), text)) == open_


@pytest.mark.parametrize(
    ("asked", "text", "held"),
    [
        (
            "2025年8月",
            "2025年7月销量8万吨,同比增长2%",
            0.0,
        ),  # its figures stand by the month, the report came out in August
        ("2025年7月", "2025年7月销量8万吨", 1.0),
        ("2025年8月", "销量8万吨", 1.0),
        ("2025年三季度", "2025年归母净利润预测为3亿元", 0.18),  # the quarter was not over, and only years are told
        ("2025年三季度", "归母净利润3亿元", 0.18),
        ("2025年二季度", "归母净利润3亿元", 0.8),
    ],
)
def test_figures_of_another_month_or_of_a_quarter_to_come_are_not_of_the_time_asked(asked, text, held):
    period = periods(asked)[0]
    piece = Asked(asked, "period", (), period=period)
    passage = Passage("p", "r", 0, text, 0, len(text), "paragraph", Locator("paragraph", (1,)), 1)
    assert round(time_held(piece, period, text, "", Evidence(passage, report(date(2025, 8, 20)), 1.0)), 2) == held


def test_a_target_price_of_a_month_is_that_of_a_report_of_the_month(library):
    assert not library.ask("青砾陶瓷2025年8月发布的研报给出的评级是什么?").refused
    assert library.ask("Kestrel Kilns: what target price did the report of March 2024 give?").refused
