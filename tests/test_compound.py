"""Questions of several clauses: taken apart, each answered by itself, and what has no answer told."""

from __future__ import annotations

import pytest

from rag import Library, Settings
from rag.question.compound import clauses

NOTE = """Alder Foods (ALF): oats
NORTHGATE SECURITIES·2025-08-19 08:00

Investment Rating - Alder Foods is cut to "Hold" and its target price to 121 GBP [1] Margins - Gross margin slid to 18% as oat prices went up [7] Mills - The mill in Leeds reopens in May 2026 [9] Staff - Alder employs 4,120 people [11]

Alder Foods (ALF): oats
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("reports")
    (folder / "alder.txt").write_text(NOTE, encoding="utf-8")
    with Library.open(Settings.load(rag_home=home, _env_file=None)) as opened:
        opened.add_many([folder])
        yield opened


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "What was Alder's gross margin in 2024, and how many employees does it have?",
            ("What was Alder's gross margin in 2024?", "How many employees does Alder have in 2024?"),
        ),
        ("腾讯2024年末有多少员工,资本开支是多少?", ("腾讯2024年末有多少员工?", "腾讯2024年的资本开支是多少?")),
        ("腾讯2024年末有多少员工，资本开支是多少？", ("腾讯2024年末有多少员工?", "腾讯2024年的资本开支是多少?")),
        ("What was the margin and the capex of Alder?", ()),  # two things in one clause
        ("How do the margins of Alder and Birch compare, and why do they differ?", ()),
        ("Why did sales fall, and margins too?", ()),
        ("What is the rating?", ()),
        ("毛利率是多少?", ()),
    ],
)
def test_a_question_is_taken_apart_at_its_clauses(question, parts):
    assert clauses(question) == parts


def test_each_clause_is_answered_by_itself(library):
    answer = library.ask("What is the gross margin of Alder Foods, and when does the mill in Leeds reopen?")
    assert "18%" in answer.text and "May 2026" in answer.text
    assert {number for citation in answer.citations for number in citation.locator.numbers} == {7, 9}


def test_what_has_no_answer_is_told_beside_what_has(library):
    answer = library.ask("What is the gross margin of Alder Foods, and who is its chairman?")
    assert not answer.refused and "18%" in answer.text and "chairman" in answer.notes[-1]


def test_a_clause_that_leans_on_an_unanswered_one_is_none(library):
    assert library.ask("What lawsuits has Alder Foods disclosed, and how might they affect it?").refused
