"""Comparisons: the sentence that names the winner, the order or the difference, and when none may."""

from __future__ import annotations

import re

import pytest

from rag import Library, Settings
from rag.compare.asked.metrics import is_metric, metrics_named
from rag.compare.asked.side import Side
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.wanted import Aspect
from rag.compare.found.find import Piece
from rag.compare.told.amounts import _SCALES, amount_of
from rag.compare.told.verdict import verdicts
from rag.figures.value import _TABLE_FACTOR
from rag.language import lexicon
from rag.types import Evidence, Locator, Passage, Report


def digest(title: str, broker: str, day: str, *statements: str) -> str:
    body = " ".join(f"- {text} [{number}]" for number, text in enumerate(statements, start=1))
    heading = "核心观点" if re.search("[一-鿿]", statements[0]) else "Core Insights"
    return f"{title}\n{broker}·{day} 09:30\n\n{heading} {body}\n"


NOTES = {
    "looms-tarn": digest(
        "Fernley Looms (FRNL): orders", "TARN SECURITIES", "2031-11-06",
        'Fernley Looms is rated "Buy" with a target price of USD 55',
        "Q3 2031 revenue was USD 432 million, up 4% on the year", "The gross margin was 31.2% in Q3 2031",
        "2031-2033 net profit is forecast at USD 40 million, USD 52 million and USD 61 million respectively",
    ),
    "looms-orme": digest(
        "Fernley Looms (FRNL): too dear", "ORME & CO", "2031-11-07",
        'Fernley Looms is rated "Neutral" with a target price of USD 41',
        "Our 2032 net profit forecast is cut from USD 50 million to USD 47 million",
    ),
    "yarns-tarn": digest(
        "Oakhurst Yarns (OAKY): better", "TARN SECURITIES", "2031-11-08",
        'Oakhurst Yarns is rated "Hold" with a target price of USD 19',
        "Q3 2031 revenue was USD 1.2 billion", "The gross margin was 28.4% in Q3 2031",
    ),
    "silk-qing": digest(
        "云岭丝业(600977):放量", "青屿证券", "2031-11-05",
        '维持"买入"评级,目标价12.5元', "2031年三季度营业收入38.6亿元,同比增长7.4%",
    ),
    "hemp-tarn": "高塬麻业（600978）：量价齐升\n发布日期：2031-11-09\n目标价格：21.5元\n\n公司三季度量价齐升，给予公司目标价21 5元，维持 增持 评级。\n",
    "flax-orme": "川口亚麻（600979）：需求走弱\n发布日期：2031-11-10\n目标价格：63.94元\n\n公司三季度需求走弱，给予 中性 评级。\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("mill")
    for name, text in NOTES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(Settings.load(rag_home=folder / "library", _env_file=None))
    library.add_many([folder / f"{name}.txt" for name in NOTES])
    return library


NAMED = [
    (
        "Which had the higher revenue in Q3 2031, Fernley Looms or Oakhurst Yarns?",
        r"^Oakhurst Yarns has the higher revenue, USD 1\.2 billion \[B\d\]; Fernley Looms USD 432 million \[A\d\]\.$",
    ),
    (
        "Which had the lower gross margin in Q3 2031, Fernley Looms or Oakhurst Yarns, and by how much?",
        r"^Oakhurst Yarns has the lower gross margin, 28\.4% .*31\.2% − 28\.4% = 2\.8 percentage points\.$",
    ),
    (
        "Rank Fernley Looms and Oakhurst Yarns by Q3 2031 revenue.",
        r"^revenue from high to low: Oakhurst Yarns USD 1\.2 billion \[B\d\], Fernley Looms USD 432 million \[A\d\]\.$",
    ),
    (
        "Who expects the higher 2032 net profit for Fernley Looms, Tarn or Orme & Co?",
        r"^TARN SECURITIES has the higher net profit, USD 52 million \[A\d\]; ORME & CO USD 47 million \[B\d\]\.$",
    ),
    (
        "Who is more bullish on Fernley Looms, Orme & Co or Tarn?",
        r"^TARN SECURITIES is the more positive \(TARN SECURITIES: Buy .*55 USD.*; ORME & CO: Neutral .*41 USD.*\)\.$",
    ),
    ("谁对Fernley Looms更谨慎,Tarn还是Orme?", r"^ORME & CO更谨慎（ORME & CO：Neutral.*TARN SECURITIES：Buy.*）。$"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "wanted"), NAMED, ids=[row[0][:40] for row in NAMED])
def test_the_winner_is_named_with_every_side_cited(mill: Library, question: str, wanted: str) -> None:
    answer = mill.ask(question)
    assert any(re.search(wanted, sentence.text) for sentence in answer.sentences), answer.text
    assert all(sentence.status == "supported" for sentence in answer.sentences)


def test_amounts_in_several_currencies_are_not_set_in_order(mill: Library) -> None:
    answer = mill.ask("Which had the higher revenue in Q3 2031, Fernley Looms or 云岭丝业?")
    assert "has the higher" not in answer.text
    assert any("not in one currency" in note and "USD" in note and "CNY" in note for note in answer.notes)


def test_what_is_only_set_side_by_side_has_no_winner(mill: Library) -> None:
    answer = mill.ask("Compare the Q3 2031 revenue of Fernley Looms and Oakhurst Yarns.")
    assert "432" in answer.text and "1.2 billion" in answer.text
    assert "has the higher" not in answer.text


def test_a_target_of_the_header_is_cited_where_the_text_repeats_it_and_told_where_it_does_not(mill: Library) -> None:
    answer = mill.ask("高塬麻业、云岭丝业和川口亚麻的目标价分别是多少?")
    rows = answer.sentences[0].text.split("\n")[2:]
    assert re.search(r"高塬麻业.*21\.5 CNY\[A\d\]", rows[0]) and "未找到" in rows[2]
    assert any("63.94 CNY" in note and "页眉" in note for note in answer.notes)
    assert "没有找到川口亚麻" not in "".join(answer.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("R&D in the September 2031 quarter: A or B?", "R&D in the quarter ended September 30, 2031: A or B?"),
        ("Sales over the first two quarters of 2031, quarter by quarter", "Sales each of Q1 2031 and Q2 2031, quarter by quarter"),
        ("2031年前三季度逐季的收入", "2031年一季度、2031年二季度、2031年三季度分别逐季的收入"),
        ("Sales in the first three quarters of 2031", "Sales in the first three quarters of 2031"),
    ],
)  # fmt: skip
def test_times_are_spelled_out(text: str, said: str) -> None:
    assert spelled_out(text) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [("甲和乙谁亏得多?", "甲和乙谁的净亏损更大?"), ("Who lost more, A or B?", "Who had the larger net loss, A or B?")],
)
def test_a_loss_is_a_metric_by_its_verb(question: str, said: str) -> None:
    assert metrics_named(question) == said


def piece(row: str) -> Piece:
    label, cell = row.split(", 2022: ")
    text = f"| (in millions) | 2022 |\n| --- | --- |\n| {label} | {cell} |"
    table = Passage("p", "r", 0, text, 0, len(text), "table", Locator("mark", (1,)), 1)
    found = Evidence(table, Report("r", "t", "r.md", "markdown", "en"), 1.0)
    return Piece(row, found, text.index(f"| {label}"), len(text), verbatim=False)


@pytest.mark.parametrize(
    ("row", "metric", "value", "shown"),
    [
        ("Net loss, 2022: 5,053", "net income", -5_053, "−5,053 million"),
        ("Net loss, 2022: (5,053)", "net income", -5_053, "(5,053) million"),
        ("Net income (loss), 2022: 5,053", "net income", 5_053, "5,053 million"),
        ("Operating loss, 2022: 12", "operating income", -12, "−12 million"),
        ("Net loss, 2022: 5,053", "net loss", 5_053, "5,053 million"),
        ("Net income (loss), 2022: (1,063)", "net loss", 1_063, "1,063 million"),
        ("Net income, 2022: 63", "net loss", None, ""),
        ("Provision for credit losses, 2022: 63", "provision for credit losses", 63, "63 million"),
    ],
)
def test_a_loss_is_below_nothing_where_profits_are_compared(
    row: str, metric: str, value: int | None, shown: str
) -> None:
    amount = amount_of(piece(row), Aspect(metric, (metric,), metric=True), None, False)
    assert (amount and (amount.value / 10**6, amount.shown)) == (value and (value, shown))


def test_the_order_and_the_difference_of_a_profit_and_losses() -> None:
    named = tuple(Side("company", name, "", (), name) for name in ("Alder", "Birch"))
    aspect = Aspect("net income", ("net income",), metric=True)

    def said(one: str, other: str) -> str:
        cells = [[[piece(one)]], [[piece(other)]]]
        return verdicts("What is the difference in net income?", named, [aspect], cells, False)[0][0].text

    assert said("Net loss, 2022: 53", "Net income, 2022: 33").endswith("33 million − (−53 million) = 86 million.")
    assert said("Net loss, 2022: 23", "Net loss, 2022: 53").endswith("−23 million − (−53 million) = 30 million.")


@pytest.mark.parametrize(("words", "metric"), [("广告收入", True), ("services revenue", True), ("广告", False)])
def test_a_part_with_its_metric_in_one_word_is_a_metric(words: str, metric: bool) -> None:
    found = [item for item in lexicon.expand(words) if item.surface == words]
    assert found and all(is_metric(item) is metric for item in found)


def test_every_scale_that_a_table_may_state_has_its_words():
    assert set(_SCALES) == set(_TABLE_FACTOR.values())


@pytest.mark.parametrize(
    ("one", "other", "ordered"),
    [
        ("The gross margin was 18.9%", "The gross margin is expected to be 23.2% in 2025", False),
        ("The gross margin is forecast at 18.9% in 2025", "The gross margin is expected to be 23.2% in 2025", True),
        ("The gross margin was 18.9%", "The gross margin rose to 23.2%", True),
        ("毛利率18.9%", "预计2025年毛利率23.2%", False),
    ],
)
def test_an_estimate_is_not_set_above_what_was_reported(one: str, other: str, ordered: bool) -> None:
    chinese = not one.isascii()
    named = tuple(Side("company", name, "", (), name) for name in ("Alder", "Birch"))
    label = "毛利率" if chinese else "gross margin"

    def said(text: str) -> Piece:
        passage = Passage("p", "r", 0, text, 0, len(text), "statement", Locator("mark", (1,)), 1)
        return Piece(text, Evidence(passage, Report("r", "t", "r.md", "markdown", "en"), 1.0), 0, len(text))

    question = "谁的毛利率更高?" if chinese else "Which gross margin is higher?"
    made, notes = verdicts(
        question, named, [Aspect(label, (label,), metric=True)], [[[said(one)]], [[said(other)]]], chinese
    )
    assert bool(made) == ordered
    assert any("预测" in note or "estimate" in note for note in notes) != ordered
