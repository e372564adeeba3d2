"""What a follow-up may mean beside what the rules make of it, and how the library decides."""

from __future__ import annotations

from datetime import date

import pytest

from rag import Library, Settings
from rag.chosen import chosen
from rag.followup.complete import resolve
from rag.followup.offers import offers
from rag.followup.shelf import Shelf
from rag.question.turn import Turn

NOTE = """Skarnol Marine (SKRN): half-year note
Northquay Securities · 22 July 2025

Results - Revenue of Skarnol was USD 412 million, up 9% [1]. - Skarnol expects to pay a dividend of USD 0.40 a share [2]. - \
The charter of Skarnol with a miner was delayed by a strike [3]. Ships - The hydrogen ferry of Skarnol will be launched in \
May 2026 [4]. - Launch of the hydrogen ferry was delayed by a year because its tanks leaked [5]. - Solar sails now \
drive 14% of the fleet, and the aim for solar sails is 30% of it by 2029 [6]. - The aim of Skarnol is a margin of 21% [7].
"""
ZH_NOTE = """海川医药(688901):2025年中报点评
松江证券·2025-08-20 18:00

投资评级 - 维持海川医药"买入"评级,目标价41元[1] 业绩 - 海川医药上半年毛利率61.3%,同比升2.1pct[2]。
"""
LAUNCH = ["When will Skarnol's hydrogen ferry be launched?"]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("offers")
    (folder / "skarnol.txt").write_text(NOTE, encoding="utf-8")
    (folder / "note.txt").write_text(ZH_NOTE, encoding="utf-8")
    with Library.open(Settings.load(rag_home=folder / "home", _env_file=None)) as opened:
        opened.add_many([folder / "skarnol.txt", folder / "note.txt"])
        yield opened


@pytest.mark.parametrize(
    ("before", "turn", "made", "others"),
    [
        ("What was Skarnol's EPS in 2024?", "did it climb?", "Did Skarnol climb?", ["Did Skarnol climb (EPS)?"]),
        (
            "How many hydrogen ferries did Skarnol order?",
            "why so few?",
            "Why is Skarnol so few?",
            ["Why is Skarnol so few (order)?", "Why is Skarnol so few (hydrogen ferries, order)?"],
        ),
        ("What was Skarnol's EPS in 2024?", "and its capex?", "What was Skarnol's capex in 2024?", []),
        (
            "When does Skarnol's plant in Thailand open?",
            "what is the capacity?",
            "What is Skarnol's capacity?",
            ["What is Skarnol's capacity (plant, Thailand open)?"],
        ),
        ("What was Skarnol's EPS in 2024?", "who runs the company?", "Who runs Skarnol?", []),
        ("What was Skarnol's EPS in 2024?", "and Vedrin?", "What was Vedrin's EPS in 2024?", []),
        ("What was Skarnol's EPS in 2024?", "give me a summary", "Give me a summary for Skarnol?", []),
    ],
)
def test_a_follow_up_with_little_of_its_own_may_be_of_what_was_asked_before(before, turn, made, others):
    shelf = Shelf((), date(2025, 11, 26))
    assert list(offers(turn, made, shelf.whole(before), shelf)) == others


def test_the_rules_decide_where_nobody_else_does():
    assert resolve("has it been delayed?", LAUNCH) == "Has Skarnol been delayed?"
    assert resolve("has it been delayed?", LAUNCH, decide=lambda questions, _turn: questions[-1]) == (
        "Has Skarnol been delayed (hydrogen ferry, launched)?"
    )


def test_the_library_decides_which_question_a_follow_up_is(library):
    answer = library.ask("has it been delayed?", history=LAUNCH)
    assert answer.resolved == "Has Skarnol been delayed (hydrogen ferry, launched)?"
    assert [citation.marker for citation in answer.citations] == ["[5]"]
    chain = [*LAUNCH, "has it been delayed?"]
    assert "hydrogen ferry" in (library.ask("for what reason?", history=chain).resolved or "")


def test_what_is_refused_for_a_time_or_a_name_stays_refused(library):
    known = "When will Skarnol's hydrogen ferry be launched?"
    turn = Turn(LAUNCH[0], "and then?")
    for absent in ("What was Skarnol's revenue in 2031?", "What did Vedrin pay?"):
        assert library.ask(absent).refused
        assert chosen(library, (absent, known), turn, None) == absent
    assert chosen(library, ("Was Skarnol painted?", known), turn, None) == known


def test_a_question_that_says_the_same_stays_as_the_rules_made_it(library):
    short = "How large will the dividend of Skarnol be?"
    assert chosen(library, (short, "How large will the dividend of Skarnol be (a share)?"), None) == short


def test_a_name_in_pinyin_is_known_where_it_is_decided(library):
    margin = "What was the gross margin of Haichuan in the first half of 2025?"
    assert chosen(library, ("Was it painted?", margin), None) == margin
