"""Where retrieval looks and how it ranks: statements by their headings, reports by what is named, sides in turn."""

from __future__ import annotations

from datetime import date

import pytest

from rag import Library, Settings
from rag.question.understand import understand
from rag.reports.statements import own_statements, statement_tags
from rag.search.route import route
from rag.store.lexical_index import LexicalIndex, LexicalRow
from rag.types import Locator, Passage, Report

TABLES = """# {company} annual report {year}

{company} makes weighing machines for harbours.

## Results in words

Revenue of {company} grew because harbours bought more machines in {year}. Revenue matters to every reader of this report.
Revenue, revenue and once more revenue: the word stands here often, the figure does not.

## Consolidated statements of income

| In millions, year ended 31 December | {year} | {before} |
|---|---|---|
| Revenue | {revenue} | 390 |
| Cost of sales | 201 | 195 |
| Net income | 61 | 55 |

## Consolidated balance sheets

| In millions, 31 December | {year} | {before} |
|---|---|---|
| Inventories | 77 | 70 |
| Total assets | 905 | 880 |
"""


def passage(*section: str, kind: str = "table") -> Passage:
    return Passage("r-00000", "r", 0, "Revenue | 5", 0, 11, kind, Locator("page", (3,)), 1, section)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("heading", "tags", "own"),
    [
        ("CONSOLIDATED BALANCE SHEETS", {"balance_sheet": 1.0}, ("balance_sheet",)),
        ("Condensed Consolidated Statements of Operations (Unaudited)", {"income": 1.0}, ("income",)),
        ("Consolidated Statements of Cash Flows", {"cash_flow": 1.0}, ("cash_flow",)),
        ("Statement of financial position", {"balance_sheet": 1.0}, ("balance_sheet",)),
        ("合并利润表", {"income": 1.0}, ("income",)),
        ("2、合并资产负债表", {"balance_sheet": 1.0}, ("balance_sheet",)),
        ("母公司现金流量表", {"cash_flow": 0.6}, ()),
        ("Selected Income Statement Information", {"income": 0.6}, ()),
        ("Notes to Consolidated Balance Sheets", {"balance_sheet": 0.6}, ()),
        ("五、主要会计数据和财务指标", {"balance_sheet": 0.5, "cash_flow": 0.5, "income": 0.5}, ()),
        ("Our people", {}, ()),
        ("Revenue is shown in the consolidated statements of income, which are part of this report and were audited " * 2, {}, ()),
    ],
)  # fmt: skip
def test_statements_are_known_by_their_headings(heading, tags, own):
    assert statement_tags(passage("Part II", heading)) == tags
    assert own_statements(passage("Part II", heading)) == own


def test_only_a_table_is_part_of_a_statement():
    assert statement_tags(passage("Consolidated balance sheets", kind="paragraph")) == {}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    """Two companies, two years each, near-identical reports."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("reports")
    for company, revenue in (("Kestrel Weighing", 412), ("Lodestar Scales", 733)):
        for year in (2023, 2024):
            text = TABLES.format(company=company, year=year, before=year - 1, revenue=revenue + year - 2023)
            (folder / f"{company.split()[0].lower()}_{year}.md").write_text(text, encoding="utf-8")
    with Library.open(Settings.load(rag_home=home, _env_file=None)) as library:
        assert all(result.status == "added" for result in library.add_many([folder]))
        for report in library.reports():
            company = "Kestrel Weighing" if "Kestrel" in report.title else "Lodestar Scales"
            library.edit(report.id, companies=company, period=f"FY{report.title[-4:]}")
        yield library


def test_a_ratio_is_looked_up_in_the_statement(harbour):
    best = harbour.retrieve("What was the gross margin of Kestrel Weighing in FY2024?", limit=3)[0]
    assert best.report.stem == "kestrel_2024"
    assert "412" not in best.passage.text and "413" in best.passage.text


@pytest.mark.parametrize("year", [2023, 2024])
def test_near_identical_reports_are_told_apart_by_period(harbour, year):
    best = harbour.retrieve(f"total assets of Lodestar Scales in FY{year}", limit=1)[0]
    assert best.report.stem == f"lodestar_{year}"


def test_a_comparison_gets_evidence_from_each_side(harbour):
    found = harbour.retrieve("Compare revenue of Kestrel Weighing and Lodestar Scales in FY2024", limit=4)
    assert [item.report.stem for item in found[:2]] in (
        ["kestrel_2024", "lodestar_2024"],
        ["lodestar_2024", "kestrel_2024"],
    )


def test_a_question_over_years_gets_evidence_from_each_year(harbour):
    found = harbour.retrieve("How did inventories of Kestrel Weighing change between FY2023 and FY2024?", limit=4)
    assert {item.report.stem for item in found[:2]} == {"kestrel_2023", "kestrel_2024"}


def test_a_year_without_a_report_is_relaxed_and_said(harbour):
    reports = {report.id: report for report in harbour.reports()}
    way = route(understand("Kestrel Weighing revenue in FY2011", reports=reports.values()), reports)
    assert way.first and {reports[id_].companies for id_ in way.first} == {("Kestrel Weighing",)}
    assert "FY2011" in way.notes[0] and "Kestrel" in way.notes[0]
    assert route(understand("Kestrel Weighing revenue in FY2023", reports=reports.values()), reports).notes == ()
    ago = understand("Kestrel Weighing revenue in the third quarter", reports=reports.values(), today=date(2031, 5, 1))
    assert route(ago, reports).notes == () and ago.periods[0].start.year < 2031  # the newest third quarter there is


def test_a_question_that_names_nothing_points_nowhere():
    report = Report("a" * 64, "Kestrel Weighing annual report", "k.md", "markdown", "en", companies=("Kestrel",))
    assert route(understand("what is a weighbridge?", reports=[report]), {report.id: report}).first == frozenset()


def test_relative_times_count_from_today(harbour):
    understood = understand("revenue last year", today=date(2025, 3, 1))
    assert [period.label for period in understood.periods] == ["2024"]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (
            "Is gross margin up? If it is not a useful metric, explain why.",
            True,
        ),  # a figure is asked for; the reason only if not
        ("Why did gross margin fall?", False),
        ("毛利率下降的原因是什么？", False),
        ("毛利率是多少？", True),
    ],
)
def test_a_statement_gives_no_reasons(question, meant):
    assert bool(understand(question).statements) == meant


def test_words_are_searched_by_language_and_statement(tmp_path):
    index = LexicalIndex(tmp_path / "lexical", "a ledger")
    rows = [
        LexicalRow("1", "r", "revenue 收入", "", ("en",)),
        LexicalRow("2", "r", "revenue 收入", "", ("zh", "income")),
    ]
    index.rebuild(rows, 1, "any model")
    assert index.search({"revenu": 1.0}, 5, None).keys() == {"1", "2"}
    assert index.search({"revenu": 1.0}, 5, None, "zh").keys() == {"2"}
    assert index.search({"revenu": 1.0}, 5, None, None, ("income", "cash_flow")).keys() == {"2"}
    assert index.search({"revenu": 1.0}, 5, frozenset({"other"}), "zh") == {}


def test_a_comparison_takes_the_row_that_is_asked_for(harbour):
    answer = harbour.ask("Compare total assets of Kestrel Weighing and Lodestar Scales in FY2024")
    assert not answer.refused and {citation.report.stem for citation in answer.citations} == {
        "kestrel_2024",
        "lodestar_2024",
    }
    assert answer.text.count("905") == 2 and "77" not in answer.text


def test_what_were_total_assets_asks_for_one_figure(harbour):
    answer = harbour.ask("What were the total assets of Kestrel Weighing at the end of 2024?")
    assert "905" in answer.text and len(answer.citations) == 1


def test_a_filing_without_a_broker_is_answered(harbour):
    assert "77" in harbour.ask("inventories of Lodestar Scales").text


def test_short_names_set_sides(harbour):
    reports = {report.id: report for report in harbour.reports()}
    way = route(understand("compare inventories of kestrel and lodestar", reports=reports.values()), reports)
    assert [{reports[id_].companies[0] for id_ in side} for side in way.sides] == [
        {"Kestrel Weighing"},
        {"Lodestar Scales"},
    ]
