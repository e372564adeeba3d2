"""Follow-ups are read as they were typed, behind the question before them: what the rules complete them to may say too little."""

from __future__ import annotations

import pytest

from rag import Library, Settings
from rag.answer.matched import matched
from rag.answer.scoring import weigh
from rag.answer.wanted import want
from rag.question.turn import Turn
from rag.search.retrieve import search

NOTE = """Skarnol Marine (SKRN): half-year note
Northquay Securities · 22 July 2025

Results - Revenue of Skarnol was USD 412 million, up 9% [1]. - Skarnol expects to pay a dividend of USD 0.40 a share [2]. - \
The charter of Skarnol with a miner was delayed by a strike [3]. Ships - The hydrogen ferry of Skarnol will be launched in \
May 2026 [4]. - Launch of the hydrogen ferry was delayed by a year because its tanks leaked [5]. - Solar sails now \
drive 14% of the fleet, and the aim for solar sails is 30% of it by 2029 [6]. - The aim of Skarnol is a margin of 21% [7].
"""
LAUNCH = "When will Skarnol's hydrogen ferry be launched?"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("turns")
    (folder / "skarnol.txt").write_text(NOTE, encoding="utf-8")
    with Library.open(Settings.load(rag_home=folder / "home", _env_file=None)) as opened:
        opened.add_many([folder / "skarnol.txt"])
        yield opened


@pytest.mark.parametrize(
    ("before", "turn", "marker"),
    [
        (LAUNCH, "has it been delayed?", "[5]"),
        ("How much of the fleet do solar sails drive?", "and the aim?", "[6]"),
    ],
)
def test_a_follow_up_is_answered_by_what_both_questions_ask(library, before, turn, marker):
    answer = library.ask(turn, history=[before])
    assert marker in [citation.marker for citation in answer.citations]


def test_the_question_before_decides_between_statements(library):
    question = "Has Skarnol been delayed?"
    hits = search(library.index, library.encoder, question, limit=10)
    wanted = want(library.index, question, Turn(LAUNCH, "has it been delayed?"))
    first = weigh(library.index, wanted, hits)[0]
    assert "tanks leaked" in first.text
    alone = matched(want(library.index, question), weigh(library.index, want(library.index, question), hits))[0]
    assert "charter" in alone.text
