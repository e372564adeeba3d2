"""What a question asks for: the head of it, the kind of value, and the words that may stand for its words."""

from __future__ import annotations

import pytest

from rag.answer.kinds import holds_kind, kind_of
from rag.question.concepts import asked
from rag.question.head import head_of, sorts_asked
from rag.question.word_families import with_family


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("How many riders does Foo employ?", {"riders", "employ"}),
        ("What is Foo's market share in Brazil?", {"market share"}),
        ("How high is the gross margin of Foo?", {"gross margin"}),
        ("What did Foo pay for its ships?", {"pay", "ships"}),
        ("What is the forecast for the copper price?", {"copper price"}),  # a forecast is only the sort of it
        ("Who is the chairman of Foo?", {"chairman"}),
        ("Which company leads?", {"leads"}),
        ("Why did margins fall?", set()),
        ("澄湖能源的毛利率是多少?", {"毛利率"}),
        ("澄湖能源有多少名员工?", {"员工"}),
        ("澄湖能源在哪里?", set()),
    ],
)
def test_the_head_is_what_is_asked_for(question, head):
    focus = [piece for piece in asked(question) if piece.kind != "name" and piece.surface != "foo"]
    assert head_of(question, focus) - {"澄湖能源"} == head


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many ships sail?", "count"),
        ("How many yuan did it pay?", "number"),
        ("What share of revenue is online?", "percent"),
        ("What does a robot cost?", "money"),
        ("有多少名员工?", "count"),
        ("投资了多少亿元?", "money"),
        ("占收入的比例是多少?", "percent"),
        ("How large is the margin?", "number"),
    ],
)
def test_the_kind_of_value_is_seen_in_the_wording(question, kind):
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("text", "kind", "held"),
    [
        ("Sales rose 22% to RMB 112.9 billion.", "count", False),
        ("The fleet had 41 owned ships.", "count", True),
        ("It has two plants.", "count", True),
        ("员工8,742人", "count", True),
        ("收入14亿元", "count", False),
        ("The first of eight ships was floated out in June.", "money", False),
        ("Every owner gets it free.", "money", True),
        ("Half of sales are online.", "percent", True),
        ("Sales came to 120 million.", "percent", False),
    ],
)
def test_a_text_holds_a_value_of_the_kind_or_not(text, kind, held):
    assert holds_kind(text, kind) is held


def test_a_row_of_a_table_has_its_unit_elsewhere():
    assert holds_kind("Capital expenditure | 531.4 | 437.0", "money", cells=True)


def test_plain_words_have_a_family():
    (piece,) = with_family([piece for piece in asked("sell") if piece.surface == "sell"])
    assert ("sale",) in piece.kin and piece.forms[0] == ("sell",)
    (term,) = with_family(asked("目标价"))
    assert ("target",) in term.forms


def test_a_rise_answers_for_what_rises_only():
    from rag.answer.held import probes
    from rag.answer.wanted import Wanted

    def held(question: str, surface: str, text: str) -> float:
        (piece,) = [piece for piece in asked(question) if piece.surface == surface]
        return probes(Wanted(question, "en", (piece,)), [text])[0].goes(text)

    assert held("What was GDP growth?", "GDP growth", "Payrolls rose 41,000") == 0.0
    assert held("What was revenue growth?", "revenue growth", "Revenue came to 116 million, up 30%") == 1.0
    assert held("How fast was the growth?", "growth", "Payrolls rose 41,000") == 1.0


def test_the_sort_that_is_asked_for_need_not_be_said():
    question = "Which Norwegian industries hired most?"
    assert [question[start:end] for start, end in sorts_asked(question)] == ["industries"]
    assert sorts_asked("How many industries are there?") == []
    assert not holds_kind("turbines for the second half are being built", "count")
    assert holds_kind("half of the turbines are built", "count")
