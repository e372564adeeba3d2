"""Questions of a first afternoon: a side of all reports, who is for a share and why, what lies ahead, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_library import library_of

from rag import Library
from rag.answer.said_by_value import value_test
from rag.answer.table_answer import grid
from rag.question.idle import without_unit
from rag.question.reference import told_once

ALDER = """Alder Foods: malt margins widen
MILLGATE RESEARCH·2025-04-03 08:00

Investment Rating - The report keeps "Buy" on Alder Foods with a target price of GBP 9.40 [1]
Trading - Malt margins of Alder Foods widened to 14.2% in the first quarter as barley became cheaper [2] - Malt volumes rose 3.1% on new brewers [3]
Sites - The kiln at Tolford opens in June 2025 with room for 40,000 tonnes of malt [5]
Results - Half-year results are due on 24 July 2025 [6]
Risks - A wet harvest would make barley for malt dearer [8]
"""
STOKES = """Alder Foods: priced for perfection
STOKES SECURITIES·2025-04-09 08:00

Investment Rating - Stokes cuts Alder Foods to "Sell" with a target price of GBP 6.10 [1]
Why - Brewers buy less malt because beer sales in the north fall by 4% [2] - The debt of Alder Foods is 3.4 times its EBITDA [3]
Risks - A takeover bid would lift the shares [4]
"""
BIRCH = """白桦钢铁:出口回升
中谷证券·2025-05-06 08:00

投资评级 - 维持白桦钢铁"增持"评级,目标价8.2元 [1]
核心观点 - 一季度钢材出口增长12%,毛利率升至9.6% [2] - 新高炉将于2025年9月投产 [3]
风险提示 - 铁矿石涨价;出口关税上调 [4]
"""
WEEKLY = """Grain weekly: barley leads
HARROW RESEARCH·2025-05-12 08:00

Core Insights - Barley rose 3% and wheat was flat [1] - Corrie Mills shut its mill at Hove after a fire [2] - Dorn Silos earned GBP 14 million and has a debt ratio of 41% [3]
Calls - | Company | Rating | Target | |---|---|---| | Corrie Mills | Sell | GBP 1.10 | | Dorn Silos | Hold | GBP 3.40 | [4]
Risks - Rain in June would lower the harvest [5]
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    texts = {"alder.txt": ALDER, "stokes.txt": STOKES, "birch.txt": BIRCH, "grain.txt": WEEKLY}
    with library_of(tmp_path_factory.mktemp("whole"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "silent"),
    [
        ("What risks are mentioned across the reports?", ("wet harvest", "takeover bid", "铁矿石", "Rain in June"), ("Buy",)),
        ("报告里提到的主要风险有哪些?", ("铁矿石", "wet harvest"), ("增持",)),
        ("What are the risks for Alder Foods?", ("wet harvest",), ("Rain in June", "铁矿石")),
        ("Who is bullish on Alder Foods and why?", ("MILLGATE", "9.40", "14.2%"), ("6.10",)),
        ("Is anyone negative on Alder Foods?", ("6.10", "3.4 times"), ("9.40",)),
        ("Which brokers are not positive on Alder Foods?", ("Sell", "6.1"), ()),
        ("谁看空白桦钢铁?", ("没有看空它的评级", "增持"), ()),
        ("Give me two reasons to buy Alder Foods", ("14.2%", "new brewers"), ("beer sales",)),
        ("reasons not to buy Alder Foods", ("beer sales", "wet harvest"), ("new brewers",)),
        ("What catalysts are coming up for Alder Foods?", ("Tolford opens in June", "24 July"), ("14.2%",)),
        ("白桦钢铁未来的重要时间点", ("9月投产",), ("12%",)),
        ("Which stocks are rated Sell?", ("6.10", "Corrie Mills"), ("Dorn", "9.40")),
        ("Which stocks were downgraded?", ("Stokes cuts",), ("9.40", "白桦")),
        ("summarise the grain weekly", ("Barley rose 3%", "fire"), ("Alder",)),
        ("any news on Alder Foods?", ("6.10",), ()),
        ("白桦钢铁最近有什么消息?", ("12%",), ()),
        ("What is the rating of Dorn Silos?", ("Hold",), ("Corrie",)),
        ("What is Tolford?", ("kiln at Tolford",), ()),
        ("What is wrong with Corrie Mills?", ("fire",), ("Dorn",)),
    ],
)  # fmt: skip
def test_said_by_whom(library: Library, question: str, said: tuple[str, ...], silent: tuple[str, ...]) -> None:
    answer = library.ask(question)
    assert not answer.refused
    assert [text for text in said if text not in answer.text] == []
    assert [text for text in silent if text in answer.text] == []


def test_what_a_weekly_says_of_another_is_no_answer(library: Library) -> None:
    assert library.ask("What is the debt ratio of Corrie Mills?").refused
    assert "41%" in library.ask("What is the debt ratio of Dorn Silos?").text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What is Maltex?", "Alder bought Maltex, a maker of kilns"),
        ("Maltex是什么公司?", "Alder bought Maltex, a maker of kilns"),
    ],
)
def test_what_something_is_goes_before_what_it_sells(tmp_path: Path, question: str, first: str) -> None:
    text = "Alder Foods: deals\nMILLGATE RESEARCH·2025-05-03 08:00\n\nDeals - Maltex sold GBP 14 million of kilns in 2024, up 9% [1] - Alder bought Maltex, a maker of kilns, for GBP 30 million [2] - Sales of Maltex should double by 2027 [3]\n"
    with library_of(tmp_path, {"deals.txt": text}) as library:
        assert library.ask(question).text.startswith(first)


def test_a_table_without_its_line_breaks_has_rows() -> None:
    text = "Calls | Name | Rating | Target | |---|---|---| | Corrie | Sell | 1.10 | | Dorn | Hold | 3.40 |"
    table = grid(text)
    assert table.head == ("Name", "Rating", "Target")
    assert [row.cells for row in table.rows] == [("Corrie", "Sell", "1.10"), ("Dorn", "Hold", "3.40")]
    assert text[table.rows[1].start : table.rows[1].end] == "| Dorn | Hold | 3.40 |"


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("How indebted is Baihua (白桦钢铁)?", "How indebted is 白桦钢铁?"),
        ("白桦钢铁(Baihua)的负债率", "白桦钢铁的负债率"),
        ("息税前利润(EBIT)是多少?", "息税前利润(EBIT)是多少?"),
    ],
)
def test_a_name_in_two_scripts_is_read_in_the_one_that_the_library_has(question: str, read: str) -> None:
    assert told_once(question, lambda name: name in ("白桦钢铁", "息税前利润")) == read


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        ("barley price", "Barley averages EUR 190 a tonne", True),
        ("barley price", "Wheat averages EUR 210 a tonne", False),
        ("target price", "Barley averages EUR 190 a tonne", False),
        ("上涨空间", "目标价较现价尚有23%的空间", True),
        ("multiple", "It trades on 9x earnings", True),
    ],
)
def test_things_that_are_said_by_their_values(asked: str, text: str, said: bool) -> None:
    test = value_test(asked)
    assert bool(test and test(text)) == said


def test_the_unit_by_which_a_price_is_asked_for_is_not_looked_for() -> None:
    assert without_unit("现在大麦多少钱一吨?") == "现在大麦多少钱?"
