"""Comparisons of names that no report is on, of this week with the one before, and of quarters without a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import Library, Settings
from rag.compare.asked.bare_quarters import with_years
from rag.compare.asked.joined import WEIGHS, side_by_side
from rag.compare.asked.members import members
from rag.compare.asked.metrics import metrics_named
from rag.compare.asked.outcome import outcome
from rag.compare.asked.phrases import as_written
from rag.compare.comparison import Comparison, compare
from rag.reports.names import has_cjk

REPORTS = {
    "tin-weekly": (
        "Tin and Tungsten Weekly: thin trade\nHALDEN RESEARCH·2031-07-11 09:30\n\n"
        "Prices - LME tin ended the week at USD 31,200 a ton, down 2.1% [1] - In the week before, tin had gained 1.4% [2]"
        " - LME zinc ended at USD 2,602 a ton, up 0.2% [3] - LME zinc stocks were 400,275 tons, 9% higher on the week [4]\n"
        'Companies - Ostrava Tin is rated "Overweight", the clearest winner [5] - Varga Zinc is rated "Underweight" [6]\n'
        "Ostrava Tin - Its output grew 2.3% on the quarter [7] - Freight is 24% of Ostrava's costs [8]\n"
        "Varga Zinc - Its output shrank 0.6% on the quarter [9] - Freight is 41% of Varga's costs [10]\n"
    ),
    "lamps-h": (
        "Fenwick Lamps (FNWK.US): Q2 2031\nHALDEN RESEARCH·2031-07-31 09:30\n\n"
        'Investment Rating - Halden keeps "Buy" on Fenwick Lamps with a target price of USD 31 [1]\n'
        "Results - Gross margin eased to 62.6% [2] - Net profit was USD 57 million, up 26% [3]"
        " - Revenue was USD 197 million and is guided to USD 202 million for Q3 2031 [4]\n"
        "Segments - Street lighting made USD 124 million, up 44% [5] - Shades and bulbs made USD 43 million, down 1% [6]\n"
    ),
    "lamps-h-old": (
        "Fenwick Lamps (FNWK.US): brighter\nHALDEN RESEARCH·2031-04-29 09:30\n\n"
        "Results - Gross margin widened to 63.4% [1] - Q1 2031 revenue reached USD 184 million [2]"
        " - Net profit came to USD 54 million, 31% more than a year before [3]\n"
        "Guidance - Gross margin is guided to 61-62% for Q2 2031 [4]\n"
    ),
    "mei": (
        "煤炭行业周报:日耗攀升\n远岭证券·2031-07-06 16:48\n\n报告的核心观点 - 本周浦港6000大卡动力煤报623元/吨,周涨3元 [1]"
        " - 上周该煤价涨7元至620元/吨 [2] - 榆岭6000大卡坑口价485元/吨,周涨10元 [3] - 大泉5500大卡坑口价505元/吨,周涨4元 [4]"
        " - 中岭能源评级“买入”,股息率5.9% [5] - 陕东煤业评级“买入”,股息率6.6% [6]\n"
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("things")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(Settings.load(rag_home=folder / "library", _env_file=None))
    library.add_many(folder.glob("*.txt"))
    return library


def compared(library: Library, question: str) -> Comparison:
    found = compare(library.index, library.encoder, question)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ("Which did better on the week, LME tin or LME zinc?", [1, 3]),  # told alike, not what is told of the stocks
        ("Is freight a larger part of costs at Ostrava Tin than at Varga Zinc?", [8, 10]),
        ("How did output growth at Ostrava Tin compare with that of Varga Zinc?", [7, 9]),  # `its`, under the name
        ("What is the difference between Halden's calls on Ostrava Tin and on Varga Zinc?", [5, 6]),
        ("How does this week's move in LME tin compare with that of the week before?", [1, 2]),
        ("浦港6000大卡动力煤本周涨幅与上周相比如何?", [1, 2]),
        ("榆岭坑口价和大泉坑口价,哪个涨得多?", [3, 4]),
        ("中岭与陕煤的股息率对比", [5, 6]),  # short for a longer name
        ("Which grew faster, Fenwick's street lighting or its shades and bulbs?", [5, 6]),  # as its report has them
    ],
)
def test_each_name_has_the_statement_on_it(library: Library, question: str, marks: list[int]) -> None:
    cells = compared(library, question).cells
    assert [[piece.evidence.passage.locator.numbers for pieces in row for piece in pieces] for row in cells] == [
        [(mark,)] for mark in marks
    ]
    answer = library.ask(question)
    assert answer.sentences[0].text.startswith("|")
    assert {c.locator.numbers[0] for c in answer.citations} >= set(marks)


def test_how_a_growth_is_measured_is_no_metric_beside_it_and_the_owners_profit_is_the_profit(tmp_path: Path) -> None:
    for stem, title, profit in (("a", "锐光科技(300866)", "9.6"), ("b", "蓝岸新能(688917)", "37.9")):
        text = f"{title}:2031年一季报点评\n远岭证券·2031-04-29 09:30\n\n一季度业绩 - 2031年第一季度营收148亿元,同比增28.7% [1]"
        text += f" - 归母净利润{profit}亿元,同比增61% [2] - 单位盈利0.068元/Wh [3]\n"
        (tmp_path / f"{stem}.txt").write_text(text, encoding="utf-8")
    with Library.open(Settings.load(rag_home=tmp_path / "library", _env_file=None)) as library:
        library.add_many(tmp_path.glob("*.txt"))
        found = compared(library, "锐光科技和蓝岸新能一季度净利润同比增速哪个高?")
    assert [aspect.label for aspect in found.aspects] == ["净利润"]
    assert [row[0][0].evidence.passage.locator.numbers for row in found.cells] == [(2,), (2,)]


def test_one_statement_on_all_sides_is_no_table(tmp_path: Path) -> None:
    text = (
        REPORTS["tin-weekly"] + "Deals - We do not believe in the rumoured merger of Ostrava Tin and Varga Zinc [11]\n"
    )
    (tmp_path / "tin.txt").write_text(text, encoding="utf-8")
    with Library.open(Settings.load(rag_home=tmp_path / "library", _env_file=None)) as library:
        library.add(tmp_path / "tin.txt")
        found = compared(library, "Does Halden believe in the merger of Ostrava Tin and Varga Zinc?")
        assert [draft.text for draft in found.drafts] == [
            "We do not believe in the rumoured merger of Ostrava Tin and Varga Zinc."
        ]
        answer = library.ask("Does Halden believe in the merger of Ostrava Tin and Varga Zinc?")
    assert [sentence.status for sentence in answer.sentences] == ["supported"]
    assert [citation.locator.numbers for citation in answer.citations] == [(11,)]


def test_a_move_is_told_by_what_rose_or_fell(tmp_path: Path) -> None:
    text = REPORTS["tin-weekly"].replace(
        "Prices -", "Prices - The Comex premium over LME tin is 25% against 13% a week ago [11] -"
    )
    (tmp_path / "tin.txt").write_text(text, encoding="utf-8")
    with Library.open(Settings.load(rag_home=tmp_path / "library", _env_file=None)) as library:
        library.add(tmp_path / "tin.txt")
        found = compared(library, "What is the difference between tin's move this week and last week?")
    assert [row[0][0].evidence.passage.locator.numbers for row in found.cells] == [(1,), (2,)]


@pytest.mark.parametrize("question", ["who has the greater share?", "which has fewer staff?", "is A cheaper?"])
def test_words_that_weigh_two_names(question: str) -> None:
    assert WEIGHS.search(question)


def test_a_question_that_joins_what_no_report_names_together_sets_nothing_side_by_side(library: Library) -> None:
    assert compare(library.index, library.encoder, "Which did better, LME tin or Fenwick Lamps' rival Orpheus?") is None


@pytest.mark.parametrize(
    ("question", "stems"),
    [
        ("How did Fenwick's gross margin change from Q1 2031 to Q2 2031?", ["lamps-h-old", "lamps-h"]),
        ("Fenwick's net profit, Q1 2031 against Q2 2031", ["lamps-h-old", "lamps-h"]),  # not the revenue of Q1
    ],
)
def test_a_quarter_is_told_by_the_report_on_it(library: Library, question: str, stems: list[str]) -> None:
    rows = compared(library, question).cells
    assert [piece.report.stem for row in rows for pieces in row for piece in pieces] == stems
    words = "margin" if "margin" in question else "profit"
    assert all(words in piece.text and "guided" not in piece.text for row in rows for pieces in row for piece in pieces)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Compare the margins of Mercer and Granite State.", ["Mercer", "Granite State"]),
        ("How did growth at Tidewater compare with Mercer's in June?", ["Tidewater", "Mercer"]),
        ("China or India: which grows faster?", ["China", "India"]),
        ("what is expected from the Fed and from the ECB?", ["the Fed", "ECB"]),
        ("What do a month of Wegovy and a month of Zepbound cost?", ["Wegovy", "Zepbound"]),
        ("Which bank lends more on offices, Mercer or Pacific Crest?", ["Mercer", "Pacific Crest"]),
        ("储能和动力电池毛利率相比差多少?", ["储能", "动力电池"]),
        ("Compare Mounjaro's sales growth with Ozempic's.", ["Mounjaro", "Ozempic"]),
        ("What did Mercer say of revenue and profit?", []),
        ("How does qorvalin's weight loss compare with Ozempic's and HLV-201's?", ["qorvalin", "Ozempic", "HLV-201"]),
        ("How does orforglipron's weight loss compare with CagriSema's?", ["orforglipron", "CagriSema"]),
        ("Is Tidewater's CET1 lower than Granite State's?", ["Tidewater", "Granite State"]),
        ("Is Tidewater's EPS lower than Granite State's EPS?", ["Tidewater", "Granite State"]),
        ("Is the company's margin higher than Mercer's or Tidewater's?", ["Mercer", "Tidewater"]),
        ("Compare weight loss with HLV-201, CagriSema and orforglipron.", ["HLV-201", "CagriSema", "orforglipron"]),
    ],
)
def test_names_that_a_text_joins(text: str, names: list[str]) -> None:
    assert [text[slice(*span)] for span in side_by_side(text, [])] == names


def test_phrases_are_names_where_a_statement_has_them() -> None:
    text = "Are rod mills or smelters running fuller?"
    said = ["copper rod mills ran at 66%", "aluminium smelters ran at 97%"]
    assert [text[slice(*span)] for span in as_written(text, said, [])] == ["rod mills", "smelters"]
    assert as_written(text, said[:1], []) == []


@pytest.mark.parametrize(
    ("text", "said", "names"),
    [
        ("昊光、越江、天岭三家第三季度表现比较", "昊光扭亏 越江出货 天岭亏损", ["昊光", "越江", "天岭"]),
        ("Which costs less: 云水, 泰和农场 or 神岭?", "云水 泰和农场 神岭", ["云水", "泰和农场", "神岭"]),
        ("How do the tin view and its zinc view differ?", "tin view tin zinc", ["tin", "zinc"]),
        ("Set car ferries, mail ferries and pilot boats beside one another.", "car ferries mail ferries pilot boats", ["car ferries", "mail ferries", "pilot boats"]),
    ],
)  # fmt: skip
def test_a_list_of_phrases_is_as_long_as_statements_have_it(text: str, said: str, names: list[str]) -> None:
    assert [text[slice(*span)] for span in as_written(text, said.split() if has_cjk(said) else [said], [])] == names


SETS = {
    "snacks": (
        "零食周报:渠道变化\n远岭证券·2031-11-03\n\n一、行业评级\n- 零食行业维持“强于大市” [1]\n二、重点公司\n1. 津岭食品\n"
        "- 第三季度营收16.4亿元,同比增长18.6% [2]\n- 毛利率降至30.8% [3]\n2. 巧山集团\n- 门店数达到1.86万家 [4]\n"
        "- 闭店率1.9% [5]\n3. 果园香\n- 第三季度营收9.8亿元,下滑12.4% [6]\n"
    ),
    "harbours": (
        "Harbours: the Q2 2031 scorecard\nHalden Research · 22 July 2031\n\n"
        "Sector View - The median berth utilisation rate rose to 71% [1]\n"
        "Northhaven - Northhaven's return on equity was 11.4% [2] - Its berths were 82% full [3]\n"
        "Southquay - Southquay's return on equity was 9.1% [4]\nWestmole - Westmole's return on equity was 13.2% [5]\n"
        "Revenue by Trade - Containers brought in USD 548 million, 4% less [6] - Grain was flat at USD 331 million [7]"
        " - Cars jumped 71% to USD 287 million [8]\n"
    ),
}


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("sets")
    for name, text in SETS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(Settings.load(rag_home=folder / "library", _env_file=None))
    library.add_many(folder.glob("*.txt"))
    return library


@pytest.mark.parametrize(
    ("question", "marks"),
    [
        ("Rank the harbours by return on equity.", [2, 4, 5]),
        ("Which trades grew and which of the trades shrank?", [6, 7, 8]),
        ("津岭食品与果园香第三季度营收谁更高?", [2, 6]),  # names that are headings alone
        ("津岭食品与巧山集团毛利率对比", [3]),
    ],
)
def test_what_stands_under_headings_or_is_told_alike_is_compared(
    sets: Library, question: str, marks: list[int]
) -> None:
    found = compared(sets, question)
    said = [
        number for row in found.cells for pieces in row for p in pieces for number in p.evidence.passage.locator.numbers
    ]
    assert said == marks
    assert len(found.notes) == len(found.sides) - len(marks)


def test_a_question_on_one_thing_means_no_set(sets: Library) -> None:
    reports = list(sets.index.reports().values())
    assert members(sets.index, sets.encoder, "What was the return on equity of Northhaven?", reports) == ()
    assert members(sets.index, sets.encoder, "Rank the harbours by dividend.", reports) == ()


HOUSES = {
    "a": (
        "Tern Valves (TRN.US): Q2 2031\nHALDEN RESEARCH·2031-07-31 09:30\n\n"
        'Rating - Halden keeps "Buy" on Tern Valves [1]\nGuidance - Revenue for 2031 is guided to USD 474-480 million [2]\n'
        "Forecasts - Halden models revenue of USD 478 million in 2031 and USD 526 million in 2032 [3]\n"
    ),
    "b": (
        "Tern Valves (TRN US) 3Q31 review: slower\n\n"
        'Opinion - Marl Partners stays "Neutral" on Tern Valves [1]\nGuidance - Revenue guidance for 2031 is narrowed to USD 472-476 million [2]\n'
        "Estimates - Marl has revenue of USD 473 million for 2031 and USD 511 million for 2032 [3]\n"
    ),
}


def test_a_house_is_asked_for_its_own_estimate_and_not_for_the_guidance(tmp_path: Path) -> None:
    for name, text in HOUSES.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Library.open(Settings.load(rag_home=tmp_path / "library", _env_file=None)) as library:
        library.add_many(tmp_path.glob("*.txt"))
        forecasts = compared(library, "What revenue do Halden and Marl forecast for Tern Valves in 2031?")
        assert [row[0][0].evidence.passage.locator.numbers for row in forecasts.cells] == [(3,), (3,)]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Margin in the second quarter?", "Margin in the Q2 2031?"),
        ("How does its Q2 note differ?", "How does its Q2 2031 note differ?"),
        ("二季度收入谁更高?", "2031年二季度收入谁更高?"),
        ("Margin in Q2 2030?", "Margin in Q2 2030?"),
        ("前二季度收入", "前二季度收入"),
        ("Compare the risks in April and in July.", "Compare the risks in April 2031 and in July 2031."),
        ("Compare the risks in April and in May.", "Compare the risks in April and in May."),  # no report is of May
        ("Margin in the third quarter?", "Margin in the third quarter?"),  # no report is on it
    ],
)
def test_a_quarter_without_a_year_is_the_newest_that_a_report_is_on(library: Library, text: str, dated: str) -> None:
    assert with_years(text, library.index.reports().values()) == dated


@pytest.mark.parametrize(
    ("question", "stems", "marks"),
    [
        ("Did Fenwick's Q2 2031 gross margin beat its guidance?", ["lamps-h-old", "lamps-h"], [4, 2]),
        (
            "Did Fenwick's Q2 gross margin come out better than the 61-62% it had guided to?",
            ["lamps-h-old", "lamps-h"],
            [4, 2],
        ),
        ("Fenwick's Q1 gross margin guidance against what it made in Q2", ["lamps-h-old", "lamps-h"], [4, 2]),
        ("Fenwick二季度毛利率是否达到指引?", ["lamps-h-old", "lamps-h"], [4, 2]),
    ],
)
def test_what_came_is_set_beside_what_was_expected(
    library: Library, question: str, stems: list[str], marks: list[int]
) -> None:
    found = [piece for row in compared(library, question).cells for pieces in row for piece in pieces]
    assert [piece.report.stem for piece in found] == stems
    assert [piece.evidence.passage.locator.numbers for piece in found] == [(mark,) for mark in marks]


def test_guidance_alone_is_no_outcome(library: Library) -> None:
    reports = list(library.index.reports().values())
    assert outcome("What is Fenwick's guidance for gross margin in Q2 2031?", reports) == ()
    assert outcome("Did Fenwick's gross margin beat its guidance?", reports) == ()  # of no time


def test_a_joining_word_at_the_beginning_joins_nothing() -> None:
    assert as_written("与锡相比锌涨得多吗", ["锡 锌"], []) == []


def test_a_part_of_a_company_earns_an_operating_profit_and_a_metric_that_is_named_stays():
    asked = "Which of the two segments earned more in 2031?"
    assert "net income" in metrics_named(asked)
    assert "operating profit" in metrics_named(asked, of_parts=True)
    named = "Which segment has the higher net income?"
    assert metrics_named(named, of_parts=True) == named
