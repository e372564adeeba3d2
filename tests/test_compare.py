"""Comparisons: which sides a question names, a citation in every cell, nothing made up, and what newer reports change."""

from __future__ import annotations

import re

import pytest

from rag import Library, Settings
from rag.compare.asked.sides import sides
from rag.compare.comparison import compare
from rag.views.conflicts import apart


def digest(title: str, broker: str, day: str, *statements: str) -> str:
    body = " ".join(f"- {text} [{number}]" for number, text in enumerate(statements, start=1))
    heading = "核心观点" if re.search("[一-鿿]", statements[0]) else "Core Insights"
    return f"{title}\n{broker}·{day} 09:30\n\n{heading} {body}\n"


NOTES = {
    "pumps-calder-old": digest(
        "Northwind Pumps (NWPX): steady", "CALDER SECURITIES", "2031-05-04",
        'Northwind Pumps is rated "Buy" with a target price of USD 48',
        "Q1 2031 revenue was USD 410 million", "We forecast 2032 EBITDA of USD 80 million",
    ),
    "pumps-calder-new": digest(
        "Northwind Pumps (NWPX): costs bite", "CALDER SECURITIES", "2031-11-04",
        'The rating is cut from "Buy" to "Hold" and the target price goes from USD 48 to USD 41',
        "Q3 2031 revenue was USD 432 million", "We forecast 2032 EBITDA of USD 71 million",
    ),
    "pumps-lacey": digest(
        "Northwind Pumps (NWPX): orders", "LACEY & HOLT", "2031-11-06",
        'Northwind Pumps is rated "Outperform" with a target price of USD 55',
        "The gross margin widened to 31.2% in Q3 2031", "We forecast 2032 EBITDA of USD 88 million",
    ),
    "valves-lacey": digest(
        "Southwark Valves (SWKV): a better quarter", "LACEY & HOLT", "2031-11-08",
        'Southwark Valves is rated "Neutral" with a target price of USD 19',
        "Q3 2031 revenue was USD 216 million", "Demand in Norway was weak",
    ),
    "shui-qinglan": digest(
        "北风水务(600998):现金流改善", "青岚证券", "2031-11-05",
        '维持"买入"评级,目标价12.5元', "2031年三季度营业收入38.6亿元,同比增长7.4%",
    ),
    "shui-dongli": digest(
        "北风水务(600998):增收不增利", "东篱证券", "2031-11-07",
        '给予"中性"评级,目标价10元', "2031年三季度毛利率为21.8%", "预计2032年归母净利润为4.12亿元",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Library:
    from rag import Settings

    folder = tmp_path_factory.mktemp("notes")
    for name, text in NOTES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(Settings.load(rag_home=folder / "library", _env_file=None))
    library.add_many([folder / f"{name}.txt" for name in NOTES])
    return library


ASKED = [  # question, what each row is about, what each row says, the reports cited
    (
        "Compare the Q3 2031 revenue of Northwind Pumps and Southwark Valves.",
        ["Northwind Pumps", "Southwark Valves"], [r"432", r"216"], ["pumps-calder-new", "valves-lacey"],
    ),
    (
        "Which had the higher revenue in Q3 2031, Southwark or Northwind?",
        ["Southwark Valves", "Northwind Pumps"], [r"216", r"432"], ["valves-lacey", "pumps-calder-new"],
    ),
    (
        "How do Calder and Lacey & Holt differ on the rating of Northwind Pumps?",
        ["CALDER", "LACEY"], [r"Hold", r"Outperform"], ["pumps-calder-new", "pumps-lacey"],
    ),
    (
        "What target price does each broker have for Northwind?",
        ["CALDER", "LACEY"], [r"41 USD", r"55 USD"], ["pumps-calder-new", "pumps-lacey"],
    ),
    (
        "Compare the 2032 EBITDA forecasts of Lacey & Holt and Calder Securities for Northwind Pumps.",
        ["LACEY", "CALDER"], [r"88", r"71"], ["pumps-lacey", "pumps-calder-new"],
    ),
    (
        "How did Northwind's revenue change between Q1 2031 and Q3 2031?",
        ["Q1 2031", "Q3 2031"], [r"410", r"432"], ["pumps-calder-old", "pumps-calder-new"],
    ),
    (
        "How did the target price change between Calder's May and November 2031 notes on Northwind?",
        ["2031-05-04", "2031-11-04"], [r"48 USD", r"41 USD"], ["pumps-calder-old", "pumps-calder-new"],
    ),
    (
        "比较青岚证券和东篱证券给北风水务的评级和目标价。",
        ["青岚证券", "东篱证券"], [r"买入.*12\.5", r"中性.*10 "], ["shui-qinglan", "shui-dongli"],
    ),
    ("两家券商对北风水务的评级有何分歧?", ["青岚证券", "东篱证券"], ["买入", "中性"], ["shui-qinglan", "shui-dongli"]),
    (
        "比较Northwind Pumps和Southwark Valves的评级。",
        ["Northwind", "Southwark"], ["Hold|Outperform", "Neutral"], ["pumps-calder-new", "valves-lacey"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("question", "labels", "said", "cited"), ASKED, ids=[row[0][:40] for row in ASKED])
def test_every_side_has_its_row_and_its_citation(
    question: str, labels: list[str], said: list[str], cited: list[str], noted: Library
) -> None:
    answer = noted.ask(question)
    rows = answer.sentences[0].text.split("\n")[2:]
    assert len(rows) == len(labels)
    for row, label, words, stem in zip(rows, labels, said, cited, strict=True):
        assert label in row and re.search(words, row), row
        cells = [cell for cell in row.strip("| ").split(" | ")][1:]
        assert all(re.search(r"\[[A-Z]\d+\]$", cell) for cell in cells), row
        letters = {letter for letter in re.findall(r"\[([A-Z])\d+\]", row)}
        assert stem in {c.report.stem for c in answer.citations if c.marker[1] in letters}
    for citation in answer.citations:
        assert citation.quote in noted.text(citation.report.id)
    assert not answer.refused and all(sentence.status == "supported" for sentence in answer.sentences)


def test_a_side_that_says_nothing_is_named_and_nothing_is_made_up(noted: Library) -> None:
    found = compare(
        noted.index, noted.encoder, "Compare the Q3 2031 gross margin of Northwind Pumps and Southwark Valves."
    )
    assert found is not None and found.found == 1
    assert "| Southwark Valves | not found |" in found.drafts[0].text
    assert found.notes == ("Nothing was found on gross margin for Southwark Valves.",)


def test_a_company_without_a_report_is_said_to_have_none(noted: Library) -> None:
    answer = noted.ask("Compare the Q3 2031 revenue of Northwind Pumps and Tencent.")
    assert "| Tencent | not found |" in answer.text and "432" in answer.text
    assert "The library has no report on Tencent." in answer.notes


NOT_COMPARED = [
    "What was the revenue of Northwind Pumps in Q3 2031?",
    "Compare the number of dentists at Northwind Pumps and Southwark Valves.",
    "比较青岚证券和东篱证券给北风水务的门店数量。",
    "Is demand in Norway weak?",
]


@pytest.mark.parametrize("question", NOT_COMPARED)
def test_what_is_no_comparison_or_has_no_answer_gives_no_table(question: str, noted: Library) -> None:
    assert compare(noted.index, noted.encoder, question) is None


def test_brokers_that_disagree_are_said_to(noted: Library) -> None:
    answer = noted.ask("How do Calder and Lacey & Holt differ on the rating of Northwind Pumps?")
    assert answer.sentences[1].text == (
        "They do not agree on the rating: CALDER SECURITIES Hold [A1], LACEY & HOLT Outperform [B1]."
    )
    chinese = noted.ask("比较青岚证券和东篱证券给北风水务的评级。")
    assert chinese.sentences[1].text == "各方的评级不一致：青岚证券 买入[A1]，东篱证券 中性[B1]。"


def test_a_superseded_report_and_other_views_are_noted(noted: Library) -> None:
    answer = noted.ask("What is the rating of Northwind Pumps?", reports=("pumps-calder-old",))
    assert "Buy" in answer.text
    assert answer.notes[0] == (
        "CALDER SECURITIES's report of 2031-05-04 on Northwind Pumps is superseded by its report of 2031-11-04, "
        "“Northwind Pumps (NWPX): costs bite”, which is current."
    )
    assert noted.ask("What is the rating of Southwark Valves?").notes == ()


def test_other_brokers_with_another_view_are_noted_with_date_and_place(noted: Library) -> None:
    answer = noted.ask("青岚证券给北风水务什么评级?")
    assert answer.notes == ("其他券商看法不同：中性 (东篱证券, 2031-11-07, [1])。",)


def test_brokers_that_are_all_cited_and_do_not_agree_are_said_to(noted: Library) -> None:
    cited = noted.ask("How do Calder and Lacey & Holt differ on the rating of Northwind Pumps?").citations
    assert apart(noted.index, "What is the rating and the target price?", cited) == (
        "The brokers do not agree on the rating: Outperform (LACEY & HOLT, 2031-11-06, [1]); Hold (CALDER SECURITIES, 2031-11-04, [1]).",
        "The brokers do not agree on the target price: 55 USD (LACEY & HOLT, 2031-11-06, [1]); 41 USD (CALDER SECURITIES, 2031-11-04, [1]).",
    )
    assert apart(noted.index, "评级是什么?", cited)[0].startswith("各券商的评级不一致：Outperform (")
    assert apart(noted.index, "What is the revenue?", cited) == () == apart(noted.index, "Which rating?", cited[:1])


def test_reports_that_give_another_figure_are_noted(noted: Library) -> None:
    answer = noted.ask("What 2032 EBITDA does Lacey & Holt forecast for Northwind Pumps?")
    assert "88" in answer.text
    assert (
        "The reports differ on EBITDA, 2032: USD 88 million (LACEY & HOLT, 2031-11-06, [3]); "
        "USD 71 million (CALDER SECURITIES, 2031-11-04, [3])." in answer.notes
    )


def test_the_figure_of_another_quarter_is_none_of_a_side(tmp_path):
    from rag import Settings

    for name, day, words in (
        ("q1", "2031-05-04", "capex roughly USD 27 million"),
        ("q3", "2031-11-04", "Capex was USD 13 million in the quarter"),
    ):
        title = f"Northwind Pumps (NWPX): {name.upper()} 2031 results"
        (tmp_path / f"{name}.txt").write_text(digest(title, "CALDER SECURITIES", day, words, "Orders rose"), "utf-8")
    library = Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None))
    library.add_many([tmp_path / "q1.txt", tmp_path / "q3.txt"])
    both = library.ask("How did Northwind Pumps' quarterly capex change between Q1 2031 and Q3 2031?").text
    assert "27 million" in both and "13 million" in both
    lone = compare(library.index, library.encoder, "How did Northwind Pumps' capex change between Q2 2031 and Q3 2031?")
    assert lone is not None and [bool(row[0]) for row in lone.cells] == [False, True]


def test_years_of_a_balance_sheet_are_compared_over_reports(rag_home, tmp_path):
    head = "# Pell Wharves annual report {year}\n\n## Consolidated balance sheet (USD million)\n\n"
    rows = "| At 31 December | {year} | {before} |\n|---|---|---|\n| Inventories | 40 | 41 |\n| Total assets | {now} | {then} |\n"
    for year, now, then in ((2023, 519, 501), (2024, 560, 519)):
        text = (head + rows).format(year=year, before=year - 1, now=now, then=then)
        (tmp_path / f"pell_{year}.md").write_text(text, "utf-8")
    with Library.open(Settings.load(rag_home=rag_home, _env_file=None)) as library:
        for result in library.add_many(sorted(tmp_path.glob("pell_*.md"))):
            library.edit(result.report.id, companies="Pell Wharves")
        answer = library.ask("Compare Pell Wharves' total assets at the end of 2022 with those at the end of 2024.")
    assert "501" in answer.text and "560" in answer.text and len(answer.citations) == 2


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("What revenue did Northwind Pumps report in each of the first three quarters of 2031?", ["Q1 2031", "Q2 2031", "Q3 2031"]),
        ("Northwind2031年前三季度各季的营业收入是多少?", ["2031年一季度", "2031年二季度", "2031年三季度"]),
        ("What was the revenue of Northwind Pumps in each quarter of 2031?", ["Q1 2031", "Q2 2031", "Q3 2031", "Q4 2031"]),
        ("What was the revenue of Northwind Pumps in the first three quarters of 2031?", []),  # one sum
    ],
)  # fmt: skip
def test_each_of_several_quarters_is_a_side(noted, question, periods):
    assert [side.name for side in sides(question, noted.reports())] == periods


def test_every_metric_of_a_comparison_has_its_own_line(rag_home, tmp_path):
    text = (
        "# Pell Wharves annual report {year}\n\n## Consolidated income statement (USD million)\n\n"
        "| Year ended 31 December | {year} | {before} |\n|---|---|---|\n| Revenue | {a} | 300 |\n| Gross profit | {b} | 120 |\n"
        "| Net income | {c} | 31 |\n\n## Consolidated balance sheet (USD million)\n\n"
        "| At 31 December | {year} | {before} |\n|---|---|---|\n| Inventories | 40 | 41 |\n| Total assets | {d} | 501 |\n"
    )
    figures = {2023: (341, 132, 37, 519), 2024: (377, 149, 44, 560)}
    for year, (a, b, c, d) in figures.items():
        filled = text.format(year=year, before=year - 1, a=a, b=b, c=c, d=d)
        (tmp_path / f"pell_{year}.md").write_text(filled, "utf-8")
    with Library.open(Settings.load(rag_home=rag_home, _env_file=None)) as library:
        for result in library.add_many(sorted(tmp_path.glob("pell_*.md"))):
            library.edit(result.report.id, companies="Pell Wharves")
        answer = library.ask(
            "Compare revenue, gross profit, net income and total assets of Pell Wharves in 2023 and 2024."
        )
    rows = [line.split("|")[2:-1] for line in answer.text.splitlines() if line.startswith(("| 2023", "| 2024"))]
    assert len(rows) == 2
    for cells, values in zip(rows, figures.values(), strict=True):
        assert [str(value) in cell for value, cell in zip(values, cells, strict=True)] == [True] * 4, cells


def test_views_as_such_are_rating_target_and_the_figures_that_both_give(noted: Library) -> None:
    answer = noted.ask("Where do Calder and Lacey & Holt disagree on Northwind Pumps?")
    head, _, calder, lacey = answer.text.splitlines()[:4]
    assert head == "| Broker | rating | target price | EBITDA, 2032 |"
    assert "Hold" in calder and "41 USD" in calder and "71 million" in calder
    assert "Outperform" in lacey and "55 USD" in lacey and "88 million" in lacey
    assert "They do not agree on the rating" in answer.text and "They do not agree on the target price" in answer.text


def test_what_one_broker_changed_is_told_with_what_holds_now(noted: Library) -> None:
    answer = noted.ask("How has Calder's view on Northwind Pumps changed since spring?")
    assert "The target price has changed: CALDER SECURITIES, 2031-05-04 48 USD" in answer.text
    assert "CALDER SECURITIES's report of 2031-11-04 is the newest of them and current." in answer.notes


def test_a_side_that_says_nothing_is_said_to(noted: Library) -> None:
    answer = noted.ask("Compare the gross margin of Northwind Pumps and Southwark Valves.")
    assert "| Southwark Valves | not found |" in answer.text and "31.2%" in answer.text
    assert "Nothing was found on gross margin for Southwark Valves." in answer.notes


def test_a_name_that_nothing_here_knows_is_said_to_have_no_report(noted: Library) -> None:
    answer = noted.ask("Compare Northwind Pumps with Brackwater Hoists on Q3 2031 revenue.")
    assert "| Brackwater Hoists | not found |" in answer.text and "432" in answer.text
    assert "The library has no report on Brackwater Hoists." in answer.notes


def test_all_of_a_line_is_no_answer_for_a_part_of_it(tmp_path) -> None:
    words = {"q2": "Q2 2031 revenue was USD 420 million", "q3": "Q3 2031 revenue was USD 432 million"}
    for name, text in words.items():
        title = f"Northwind Pumps (NWPX): {name.upper()} 2031 results"
        more = "Kiosk revenue was USD 61 million" if name == "q3" else "Orders rose"
        (tmp_path / f"{name}.txt").write_text(digest(title, "CALDER SECURITIES", "2031-11-04", text, more), "utf-8")
    with Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None)) as library:
        library.add_many([tmp_path / "q2.txt", tmp_path / "q3.txt"])
        found = compare(
            library.index, library.encoder, "How did Northwind Pumps' kiosk revenue change between Q2 2031 and Q3 2031?"
        )
    assert found is not None and [bool(row[0]) for row in found.cells] == [False, True]
    assert "61 million" in found.drafts[0].text


def test_a_statement_without_a_time_is_of_the_time_before_it(tmp_path) -> None:
    body = "Core Insights - Q2 2031 sales were USD 420 million [1] - Capex was USD 27 million [2]"
    (tmp_path / "old.txt").write_text(f'\nInvestment Rating - Northwind Pumps stays at "Buy" [3] {body}\n', "utf-8")
    with Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None)) as library:
        added = library.add_many([tmp_path / "old.txt"])
        library.edit(added[0].report.id, companies="Northwind Pumps")
        found = compare(library.index, library.encoder, "Compare Northwind's capex in Q2 2031 and Q3 2031.")
    assert found is not None and [bool(row[0]) for row in found.cells] == [True, False]


SEGMENTS = """# Pell Wharves annual report 2024

## Revenue by segment (USD million)

| Segment | 2024 | 2023 |
|---|---|---|
| Cold Storage | 142.0 | 131.7 |
| Towage | 88.3 | 93.5 |
| Dredging | 43.1 | 37.0 |
| Total revenue | 273.4 | 262.2 |

## Growth by segment

| Segment | 2024 | 2023 |
|---|---|---|
| Cold Storage | 8% | 5% |
| Towage | (6)% | 2% |

## Results of segments (USD million)

| | Cold Storage | Towage | Dredging |
|---|---|---|---|
| 2024 | | | |
| Intersegment revenue | 1.0 | 2.0 | 3.0 |
| Operating profit | 21.4 | 30.9 | 4.2 |
"""


@pytest.fixture(scope="module")
def wharves(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("wharves")
    (folder / "pell.md").write_text(SEGMENTS, "utf-8")
    library = Library.open(Settings.load(rag_home=folder / "library", _env_file=None))
    library.edit(library.add(folder / "pell.md").id, companies="Pell Wharves")
    return library


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which Pell Wharves segment brought in more in 2024, Towage or Cold Storage?", {"Towage": "88.3", "Cold Storage": "142.0"}),
        ("Pell Wharves: cold storage against dredging, 2023 revenue", {"cold storage": "131.7", "dredging": "37.0"}),
        ("Did Towage or Cold Storage have the higher operating profit at Pell Wharves in 2024?", {"Towage": "30.9", "Cold Storage": "21.4"}),
        ("Which of Pell Wharves' segments earned more in 2024, Towage or Dredging?", {"Towage": "30.9", "Dredging": "4.2"}),
        ("Compare the revenue of Towage and Dredging at Pell Wharves in 2023 and 2024.", {"Towage 2023": "93.5", "Towage 2024": "88.3", "Dredging 2023": "37.0", "Dredging 2024": "43.1"}),
    ],
)  # fmt: skip
def test_lines_of_one_company_are_set_side_by_side(wharves, question, rows) -> None:
    found = compare(wharves.index, wharves.encoder, question)
    assert found is not None and [side.kind for side in found.sides] == ["segment"] * len(rows)
    assert {side.label: True for side in found.sides} == dict.fromkeys(rows, True)
    for side, cells in zip(found.sides, found.cells, strict=True):
        assert rows[side.label] in cells[0][0].text, cells[0][0].text


@pytest.mark.parametrize(
    "question",
    ["What were revenue and costs of Pell Wharves in 2024?", "What was the revenue of Pell Wharves in 2024?"],
)
def test_what_names_no_two_lines_compares_none(wharves, question) -> None:
    assert compare(wharves.index, wharves.encoder, question) is None


def test_who_says_nothing_is_told_where_one_side_alone_answers(noted: Library) -> None:
    answer = noted.ask("Compare the demand in Norway of Southwark Valves and Northwind Pumps.")
    assert "| Northwind Pumps | not found |" in answer.text and "Norway was weak" in answer.text


def test_all_revenue_is_not_compared_where_a_part_is_asked_for(noted: Library) -> None:
    answer = noted.ask("Compare the revenue from mirrors of Northwind Pumps and Southwark Valves in Q3 2031.")
    assert "432" not in answer.text and "216" not in answer.text
