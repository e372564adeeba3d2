"""Outlooks, risks, picks: what such questions ask for stands under a heading, or in a sentence that speaks like it."""

from __future__ import annotations

import pytest
from small_library import library_of

from rag import Library, Settings
from rag.language.analysis import stem
from rag.question.aspects import aspects_in
from rag.question.concepts import asked
from rag.question.coverage import covered
from rag.question.word_families import PATH, kin, with_family

ZINC = """Zinc weekly: mines return
QUARRY RESEARCH·2031-05-05 08:00

Core Insights - Three-month zinc closed at USD 2,710 a tonne, 1.2% higher on the week [1] - We look for prices to ease to USD 2,500 by year-end as idled mines return [2] - A smelter in Peru halted for repairs because its furnace cracked [3] Demand - Galvanisers bought 6% more metal than a year ago [4] - Orders from tyre makers fell by 2% [5] Risks - A strike in Australia, or a stronger dollar [6] Strategy - Sell rallies above USD 2,800 [7]

Zinc weekly: mines return
"""
KELP = """Kelp Foods (KLP): margins under water
QUARRY RESEARCH·2031-05-06 08:00

Investment Rating - Kelp Foods is rated "Hold" with a target price of USD 31 [1] Core Insights - Revenue rose 8% to USD 96 million [2] - The outlook for prices of packaging is for a rise of 4% [3] Risks - Weaker asset quality at its finance arm would hurt the loss ratio [4] Credit - The loss ratio of the finance arm was 2.4%, up 0.3 points [5] Valuation - The shares trade at 17 times 2032 earnings [6]

Kelp Foods (KLP): margins under water
"""
TANG = """陶瓷周报:窑炉复产
松江证券·2031-05-07 09:00

行业投资评级 - 看好,维持 [1] 核心观点 - 建筑陶瓷均价为31元/平米,周涨0.6元 [2] 后市判断 - 6月新单价格有望再涨1元,年底前可能回落 [3] 风险提示 - 复产超预期、天然气涨价 [4] 投资建议 - 首选成本最低的龙头,关注明陶股份 [5]

陶瓷周报:窑炉复产
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(
        tmp_path_factory.mktemp("aspects"), {"zinc_weekly.txt": ZINC, "kelp.txt": KELP, "tang.txt": TANG}
    ) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "stem", "marks"),
    [
        ("What is the outlook for zinc?", "zinc_weekly", {2}),  # it looks ahead, and another report has the word
        ("What are the risks to zinc?", "zinc_weekly", {6}),  # the section, which does not say the word
        ("How is demand for zinc developing?", "zinc_weekly", {4, 5}),
        ("What is Kelp Foods' valuation?", "kelp", {6}),
        ("What is the loss ratio of Kelp Foods' finance arm?", "kelp", {5}),  # not the risk that it may get worse
        ("陶瓷后市怎么看?", "tang", {3}),
        ("陶瓷周报推荐哪些公司?", "tang", {5}),
        ("陶瓷行业有哪些风险?", "tang", {4}),
    ],
)
def test_an_aspect_is_answered_by_its_section_or_by_how_a_statement_speaks(library, question, stem, marks):
    answer = library.ask(question)
    assert not answer.refused, answer.text
    assert {citation.report.stem for citation in answer.citations} == {stem}
    assert {number for citation in answer.citations for number in citation.locator.numbers} == marks, answer.text


def test_another_subject_of_the_trade_is_refused(library):
    answer = library.ask("What is the outlook for copper?")
    assert answer.refused and "copper" in answer.text


def test_the_words_of_an_aspect_become_one_piece():
    question = "What should holders of zinc keep an eye on?"
    pieces, found = aspects_in(question, asked(question))
    assert {name: aspect.name for name, aspect in found.items()} == {"keep an eye on": "watch"}
    assert [piece.surface for piece in pieces if piece.surface in ("keep", "eye")] == []
    assert aspects_in("How much zinc was mined?", asked("How much zinc was mined?"))[1] == {}


def test_a_family_holds_plain_words_of_both_languages_and_counts_for_less_than_the_word():
    (piece,) = with_family(piece for piece in asked("When will the watchdog decide?") if piece.surface == "watchdog")
    assert covered(piece, {"watchdog"}) == 1.0
    assert 0.5 < covered(piece, {"regul"}) < 1.0 and covered(piece, {"监管"}) == covered(piece, {"regul"})
    assert covered(piece, {"bank"}) == 0.0
    assert ("库存",) not in kin("目标价", whole=True) and ("计划",) not in kin("目标价", whole=True)


def test_things_named_in_a_row_are_each_answered(tmp_path):
    (tmp_path / "note.txt").write_text(
        'Kelp Foods (KLP): cases\nQUARRY RESEARCH·2031-05-06 08:00\n\nInvestment Rating - Kelp Foods is rated "Hold" [1] Core Insights - In the bull case the shares reach USD 44 [2] - In the bear case they fall to USD 18 [2] - The base case rests on dearer fish and ends at USD 31 [3] - Packaging costs more [4]\n',
        encoding="utf-8",
    )
    library = Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None))
    library.add_many([tmp_path / "note.txt"])
    answer = library.ask("What are the bull, base and bear cases for Kelp Foods?")
    assert all(price in answer.text for price in ("USD 44", "USD 18", "USD 31")) and "Packaging" not in answer.text


@pytest.mark.parametrize("question", ["铜价是多少?", "青云矿什么时候复产?", "What was the price of nickel?"])
def test_what_a_report_speaks_of_nowhere_is_not_answered_by_its_neighbour(library, question):
    answer = library.ask(question)
    assert answer.refused, answer.text


def test_the_figure_that_another_statement_of_the_same_place_has_goes_along(tmp_path):
    (tmp_path / "note.txt").write_text(
        "Fisheries weekly: salmon leads\nQUARRY RESEARCH·2031-05-06 08:00\n\nCore Insights - Salmon farming did best, up 9.3% [5][24] - Trawlers lost 2% [6] Sub-sectors - Salmon farming led, then canned fish [5][24] - Trawlers trailed [6]\n",
        encoding="utf-8",
    )
    library = Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None))
    library.add_many([tmp_path / "note.txt"])
    answer = library.ask("Which fisheries sub-sector led the week?")
    assert "9.3%" in answer.text and "Trawlers" not in answer.text


def test_why_a_target_was_cut_is_no_question_for_the_target(tmp_path):
    (tmp_path / "note.txt").write_text(
        "青岭重工（600998）：云转型推进\n发布日期：2031-03-29\n目标价格：43.36元\n\n"
        "上半年营业收入23.4亿元，同比增长6%。鉴于转型节奏慢于此前预期，我们下调目标价。风险提示 汇率波动。\n",
        encoding="utf-8",
    )
    library = Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None))
    library.add_many([tmp_path / "note.txt"])
    assert "43.36" in library.ask("青岭重工的目标价是多少?").text
    assert "转型节奏" in library.ask("青岭重工的目标价下调的原因是什么?").text


def test_each_family_says_something_that_no_other_says():
    rows = [line.split("\t") for line in PATH.read_text("utf-8").splitlines() if not line.startswith("#")]
    families = [frozenset(stem(word) for word in f"{left} {right}".split() if word != "-") for left, right in rows]
    assert [
        rows[i] for i, own in enumerate(families) if any(own <= other for other in families if other is not own)
    ] == []
