"""Questions as an analyst words them: who runs it, who competes, why the house cut it, everything about it in a row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_library import library_of

from rag import Library
from rag.answer.table_answer import grid
from rag.question.compound import clauses, in_a_row

NOTE = """# Tolford Malting (TFM LN): worth the wait

Millgate Research, 4 June 2025. Rating: Buy. Target price: 320p. Analyst: Ruth Quill

| Name | Position |
|---|---|
| Dr. Iris Calder | Chief Executive Officer |
| Hugh Penrose | Chief Financial Officer |

## Position

Tolford holds 27% of the malt market, behind Stokes Grain with 35%.

## Valuation

We value the shares with a DCF and a WACC of 8.1%, which gives our target price.

## Use of proceeds

GBP 30 million will repay debt and GBP 12 million will build a second kiln.

## Owners

The Penrose family holds 41% of the shares.

## Environment

Tolford wants to be net zero by 2045. Full-year results are due on 9 September 2025.

## Watch

New rules on water for malting start in January. The finance director sold 30,000 shares in May.

## Sales

Sales of malt rose 6% to GBP 212 million, and the margin widened to 14.1%. Net debt was GBP 88 million, up 12% on the year but lower
than the quarter before on early payments by two brewers.
"""
STRATEGY = """# Grain strategy: sowing season

**Calder Research** | 2 May 2025 | Strategist: Paul Stokes

## Summary

- We **raise Brazil to Overweight** and **cut Ukraine to Underweight**.

## Why Brazil

Harvests were **a record** and freight is cheap.

## Why we cut Ukraine

Ports were closed for *nine weeks*, and storage costs doubled.
"""
TALK = """Harbour Barley plc
Half-year call

Ann Birch - Chief Executive Officer
Tom Reed - Analyst, Millgate Research

Ann Birch: Good morning. Sales rose 4% and costs were flat.

Tom Reed: How confident are you that freight gets cheaper next year?

Ann Birch: Two of three contracts are signed at lower rates, so we are hopeful.

Tom Reed: Thank you.

Ann Birch: Goodbye, everybody, and thanks for listening.
"""


METALS = """有色金属行业周报：矿端扰动不断

Aluminium - Operating smelting capacity at home is 44.1 million tons, near the ceiling of 45.5 million [1].
Nickel - Smelters in Indonesia cut nickel pig iron output by 8% on the week [2].
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    texts = {"tolford.md": NOTE, "strategy.md": STRATEGY, "call.txt": TALK, "metals.txt": METALS}
    with library_of(tmp_path_factory.mktemp("plain"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who runs Tolford Malting?", "Iris Calder"),
        ("who is tolford's cfo", "Hugh Penrose"),
        ("What rating does Tolford Malting have?", "Buy"),
        ("Who are the competitors of Tolford Malting?", "Stokes Grain"),
        ("What market share does Tolford Malting have?", "27%"),
        ("Who controls Tolford Malting?", "41%"),
        ("How is the target price of Tolford Malting derived?", "DCF"),
        ("What will Tolford Malting do with the money?", "second kiln"),
        ("What are Tolford Malting's climate targets?", "2045"),
        ("When does Tolford Malting report next?", "9 September 2025"),
        ("Who wrote the note on Tolford?", "Ruth Quill"),
        ("What are Tolford Malting's rating, market share and dividend?", "27%"),
        ("Which regulation could hurt Tolford Malting?", "New rules"),
        ("Did insiders sell shares of Tolford Malting?", "30,000 shares"),
        ("Why did Calder cut Ukraine?", "nine weeks"),
        ("Why did Tolford Malting's net debt fall from the previous quarter?", "early payments"),
        ("Why does Calder like Brazil?", "a record"),
        ("how confident is harbour barley about freight", "Two of three contracts"),
    ],
)
def test_a_plain_question_is_answered(library: Library, question: str, said: str) -> None:
    answer = library.ask(question)
    assert not answer.refused
    assert said in answer.text
    assert "*" not in answer.text


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What does Harbour Barley do?", "what it does"),
        ("What rating does Millgate Research have on Harbour Barley?", "rating"),
    ],
)
def test_a_chance_sentence_on_the_name_is_no_answer(library: Library, question: str, missing: str) -> None:
    answer = library.ask(question)
    assert answer.refused
    assert f"not found: {missing}" in answer.text


@pytest.mark.parametrize("question", ["Who is the COO of Tolford Malting?", "Who runs Stokes Grain?"])
def test_a_person_that_no_report_names_is_not_made_up(library: Library, question: str) -> None:
    assert "Calder" not in library.ask(question).text or library.ask(question).refused


def test_what_was_taken_for_granted_and_is_not_so_is_said(library: Library) -> None:
    answer = library.ask("Why did the sales of Tolford Malting fall?")
    assert answer.refused
    assert "say otherwise" in answer.text and "rose 6%" in answer.text


def test_of_things_in_a_row_what_is_there_is_answered_and_the_rest_is_named(library: Library) -> None:
    answer = library.ask("Tell me everything about Tolford Malting: rating, market share, dividend and employees")
    assert "Buy" in answer.text
    assert "27%" in answer.text
    assert any("dividend" in note and "employees" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Tell me about Alder: rating, dividend", ("What is the rating of Alder?", "What is the dividend of Alder?")),
        (
            "Tell me about Alder: its rating and its dividend",
            ("What is the rating of Alder?", "What is the dividend of Alder?"),
        ),
        (
            "Give me for Alder Foods: sales; margin",
            ("What is the sales of Alder Foods?", "What is the margin of Alder Foods?"),
        ),
        ("请介绍海川药业:评级、目标价", ("海川药业的评级是什么?", "海川药业的目标价是什么?")),
        ("What changed: why did sales fall?", ()),
        ("Alder 10-K: item 1, item 2", ()),
    ],
)
def test_a_row_behind_a_colon_is_several_questions(question: str, asked: tuple[str, ...]) -> None:
    assert clauses(question) == asked


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("What are Alder's sales, operating margin and tax rate?", 3),
        ("What is the rating, backlog and dividend of Alder Foods?", 3),
        ("What are Alder's sales and margin?", 0),
        ("What is the outlook for copper, zinc and tin?", 0),
    ],
)
def test_three_things_of_one_are_three_questions(question: str, count: int) -> None:
    assert len(in_a_row(question)) == count


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("Rating | Buy (from Hold)\nTarget price | USD 86\nUpside | 34%", 3),
        ("投资评级 | 买入\n目标价 | 58.6元", 2),
        ("Price (13 Nov 31): | HK$656.00\nPrice Target (Dec-32): | HK$780.00", 2),
        ("Price (13 Nov 31): | SGD 2.31\nPrice Target: | SGD 2.85\nPrior: | SGD 2.20", 3),
        ("Name | Position\nIris Calder | Chair", 1),
        ("USD m | 2025E\nSales | 471\nProfit | 47", 2),
    ],
)
def test_a_table_of_pairs_has_no_head(table: str, rows: int) -> None:
    assert len(grid(table).rows) == rows


def test_the_house_signs_before_the_date(library: Library) -> None:
    assert {report.stem: report.broker for report in library.reports() if report.broker} == {
        "tolford": "Millgate Research",
        "strategy": "Calder Research",
    }


def test_a_paper_in_chinese_need_not_name_china_but_another_place_is_not_china(library: Library) -> None:
    assert "44.1" in library.ask("How much aluminium smelting capacity is operating in China?").text
    other = library.ask("By how much did smelters in China cut nickel pig iron output?")
    assert other.refused and "China" in other.text
