"""Sentences about tables: the scale, period, row and sign of a cell; and false figures planted on whole reports."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from eval import plant_figures, plant_times
from rag.figures.find import _figures
from rag.figures.table import is_table, read_table
from rag.types import Evidence, Locator, Passage, Report
from rag.verify.sentence import verify_sentence

CORPUS = Path(__file__).parent.parent / "eval" / "corpus"
INCOME = """Consolidated statements of income
(In millions, except per share amounts)
Three Months Ended September 28, 2024 | September 30, 2023 | Nine Months Ended September 28, 2024 | September 30, 2023
Net sales | $ 4,112 | $ 3,875 | $ 12,306 | $ 11,590
Cost of sales | (2,530) | (2,401) | (7,611) | (7,240)
Interest expense | (39) | (44) | (121) | (130)
Net income (loss) | 287 | (12) | 803 | 455
Diluted earnings per share | $ 1.42 | $ (0.06) | $ 3.97 | $ 2.25
Gross margin | 38.5% | 38.0% | 38.2% | 37.5%"""
BALANCE = "项目 | 2024年末 | 2023年末\n货币资金 | 3,387.6 | 2,914.0\n存货 | 87.4 | 63.9"
REPORT = Report(
    id="r", title="Tarn Tools", file="r.pdf", kind="pdf", language="en", date=date(2024, 11, 1), companies=("Tarn Tools",),
    period="Q3 FY2024 (quarter ended September 28, 2024)",
)  # fmt: skip


def table(text: str, section: str, report: Report = REPORT) -> Evidence:
    passage = Passage("p", "r", 0, text, 0, len(text), "table", Locator("page", (4,)), 1, section=(section,))
    return Evidence(passage, report, 1.0)


STATEMENT = table(INCOME, "Consolidated statements of income")
SHEET = table(BALANCE, "合并资产负债表(单位:百万元) / 项目 / 2024年末 | 2023年末")

RIGHT = [
    "Net sales were $4,112 million in the three months ended September 28, 2024.",
    "Tarn Tools had net sales of $4.112 billion in the third quarter of 2024.",
    "Net sales came to $4.11bn in Q3 FY2024.",
    "In the quarter ended September 30, 2023, Tarn Tools lost $12 million.",
    "Net sales of the first nine months of 2024 were $12,306mn, after $11,590mn in the first nine months of 2023.",
    "Cost of sales was $2,530 million in the third quarter of 2024.",
    "Diluted earnings per share were $1.42 in the third quarter of 2024.",
    "The gross margin rose 0.5 percentage points, from 38.0% in the third quarter of 2023 to 38.5% in the third quarter of 2024.",
    "Net sales rose 6.1%, from $3,875 million in the third quarter of 2023 to $4,112 million in the third quarter of 2024.",
    "Net sales were about $4.1 billion in the third quarter of 2024.",
    "2024年三季度净销售额为41.12亿美元。",
]
WRONG = [
    ("Net sales were $4,112 billion in the third quarter of 2024.", "4,112"),
    ("Net sales were $4,112 in the third quarter of 2024.", "4,112"),
    ("Net sales were €4,112 million in the third quarter of 2024.", "€4,112"),
    ("Net sales were $4,112 million in the third quarter of 2023.", "September 28, 2024"),
    ("Net sales were $12,306 million in the third quarter of 2024.", "Nine Months"),
    ("Interest expense was $287 million in the third quarter of 2024.", "profit"),
    ("Net income was $12 million in the third quarter of 2023.", "sign"),
    ("Net sales were -$4,112 million in the third quarter of 2024.", "sign"),
    ("Net sales were not $4,112 million in the third quarter of 2024.", "denied"),
    ("Net sales rose 7.1%, from $3,875 million in Q3 2023 to $4,112 million in Q3 2024.", "7.1%"),
    ("Net sales fell 6.1%, from $3,875 million in Q3 2023 to $4,112 million in Q3 2024.", "other way"),
    ("The gross margin was 38% in the third quarter of 2024.", "38%"),
]


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_cell_may_be_put_into_words(sentence):
    verdict = verify_sentence(sentence, [STATEMENT])
    assert (verdict.status, verdict.reason) == ("supported", "")


@pytest.mark.parametrize(("sentence", "word"), WRONG)
def test_a_wrong_scale_period_row_or_sign_is_flagged(sentence, word):
    verdict = verify_sentence(sentence, [STATEMENT])
    assert verdict.status != "supported" and word in verdict.reason


def test_scale_and_heads_may_stand_in_the_section():
    assert verify_sentence("2024年末货币资金为33.876亿元。", [SHEET]).status == "supported"
    assert verify_sentence("2023年末货币资金为33.876亿元。", [SHEET]).status != "supported"
    assert verify_sentence("2024年末存货为87.4亿元。", [SHEET]).status != "supported"


def test_rounding_without_a_word_for_it_keeps_three_digits_or_two_in_a_larger_scale():
    passage = "Orders came to $1,577 million."
    assert verify_sentence("Orders came to $1.58 billion.", [passage]).status == "supported"
    assert verify_sentence("Orders came to about $1.6 billion.", [passage]).status == "supported"
    assert verify_sentence("Orders came to $1.6 billion.", [passage]).status == "supported"
    assert verify_sentence("Orders came to $2 billion.", [passage]).status != "supported"
    assert verify_sentence("Orders came to $16 billion.", [passage]).status != "supported"
    assert verify_sentence("Orders rose 27%.", ["Orders rose 27.3%."]).status != "supported"
    assert verify_sentence("Orders came to $1.57 billion.", [passage]).status != "supported"


@pytest.mark.parametrize(
    ("passage", "sentence"),
    [
        ("预售金额为64.4亿元。", "预售金额为64.4亿美元。"),
        ("预售金额为人民币64.4亿元。", "预售金额为人民币64.4亿美元。"),
        ("Vehicle sales were 344,000 in July.", "Vehicle sales were not 344,000 in July."),
        ("上半年实现净利润7671万元。", "上半年未实现净利润7671万元。"),
        ("Of this, $5.3 billion was recognised.", "Of this, $5.3 billion was not recognised."),
        ("Pre-tax earnings were $2.8bn in 2016, 14% lower than 2015.", "Pre-tax earnings were $2.8bn in 2016, 14% higher than 2015."),
    ],
)  # fmt: skip
def test_currency_denial_and_comparison_with_a_year(passage, sentence):
    assert verify_sentence(passage, [passage]).status == "supported"
    assert verify_sentence(sentence, [passage]).status != "supported"


def test_a_table_is_told_from_text():
    assert is_table(INCOME) and is_table(BALANCE)
    assert not is_table("Sales | 2023\nnothing here") and not is_table("Sales rose 5%.")


def test_cells_have_rows_columns_and_signs():
    facts = {fact.figure.text: fact for fact in read_table(INCOME, "").facts}
    assert facts["(2,530)"].signed and facts["(2,530)"].row.taken_off
    assert facts["$ (0.06)"].figure.currency == "$" and facts["$ (0.06)"].figure.scaled
    assert [each.unit for each in facts["$ 4,112"].periods] == ["2024Q3"]
    assert facts["$ 12,306"].periods[0].text.startswith("Nine Months Ended")


def test_planted_figures_on_reports_are_flagged(capsys):
    """The command on the invented reports that ship with the tests of quality; it fails when its limits are missed."""
    assert plant_figures.main([str(CORPUS), "--limit", "20", "--seed", "3"]) == 0
    printed = capsys.readouterr().out
    assert "false sentences flagged" in printed and "table, en" in printed and "zh" in printed


def test_the_answers_that_are_timed_are_new_to_the_check(capsys, monkeypatch, tmp_path):
    """Where this process had asked the questions, it would have read every sentence and passage before they are timed."""
    asked = tmp_path / "asked.jsonl"
    asked.write_text('{"id": "a", "question": "Where did copper close in the week to 6 June 2025?", "kind": "fact"}\n')
    weekly = CORPUS / "copper_weekly_2025-06-06.txt"
    _figures.cache_clear()
    answers = plant_times.answered([weekly], [asked])
    assert _figures.cache_info().currsize == 0
    monkeypatch.setattr(plant_times, "answered", lambda *given: answers if given == ([weekly], [asked]) else [])
    options = ["--limit", "3", "--min-flagged", "1.1", "--questions", str(asked)]
    assert plant_figures.main([str(weekly), *options]) == 1
    assert "checking 1 answers to the questions (1.0 sentences each, 1.0 passages each)" in capsys.readouterr().out


def test_what_checking_costs_is_counted_for_whole_answers():
    pick = random.Random(1)
    said = [(f"Net sales were ${n},112 million in the third quarter of 2024.", (STATEMENT,)) for n in range(4, 16)]
    answers = plant_times.answers_of([*said, *said], [STATEMENT, SHEET], pick)
    assert [len(answer) for answer in answers] == [5, 5]
    assert all(1 <= len(sources) <= 3 and sources[0] is STATEMENT for answer in answers for _, sources in answer)
    spent = plant_times.cost(answers)
    assert len(spent.first) == len(spent.ahead) == len(spent.reading) == 2
    assert all(value >= 0 for value in (*spent.first, *spent.ahead, *spent.reading))
    assert "passages read while a model writes: p50" in str(spent) and "all new: p50" in str(spent)


def test_rows_of_blocks_heads_beside_a_dated_corner_and_costs_in_brackets():
    blocks = "| (in millions) | 2024 | 2023 |\n| --- | --- | --- |\n| Revenues: |  |  |\n| Trainers | 260 | 250 |\n| Service | 60 | 50 |\n| Operating income: |  |  |\n| Trainers | 13 | 10 |\n| Service | 8 | 2 |\n| Research and development | (20) | (22) |"
    for said in (
        "2024: Service: operating income 8, revenue 60; Trainers: operating income 13, revenue 260 (in millions).",
        "Research and development fell from 22 in 2023 to 20 in 2024 (in millions).",
    ):
        assert verify_sentence(said, [blocks]).status == "supported", said
    corner = (
        "| (in millions), 2024 | North | South | Whole |\n| --- | --- | --- | --- |\n| Freight costs | 15 | 45 | 60 |"
    )
    assert verify_sentence("Freight costs in the South were 45 million in 2024.", [corner]).status == "supported"
    assert verify_sentence("Freight costs in the North were 45 million in 2024.", [corner]).status != "supported"
