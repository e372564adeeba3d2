"""How a question is read before anything is looked up: what picks the report, what is said twice, which way a figure goes."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.statement_times import said_periods, time_held
from rag.language.words import terms_of
from rag.question.concepts import asked
from rag.question.idle import bases, idle_spans, without_idle
from rag.question.reference import only_there, reference_spans, told_twice
from rag.question.rise_fall import direction
from rag.question.shape import shape_of
from rag.question.spoken_numbers import spoken_numbers
from rag.types import Evidence, Locator, Passage, Report


@pytest.mark.parametrize(
    ("question", "picked", "asked_for"),
    [
        ("The May note that keeps a USD 41.50 target - what margin does it model?", "41.50", "margin"),
        ("The July note on Alder: what margin does it model?", "july", "margin"),
        ("How is freight described in the note that rates it Overweight?", "overweight", "freight"),
        ("What margin is modelled in the report dated 6 June?", "june", "margin"),
        ("根据林溪能源的深度报告,产能利用率是多少?", "林溪能源", "产能利用率"),
    ],
)
def test_some_words_only_pick_the_report(question, picked, asked_for):
    spans = reference_spans(question)
    assert only_there(question, picked, spans)
    assert not only_there(question, asked_for, spans)


@pytest.mark.parametrize(
    "question",
    [
        "What does the note say about freight?",
        "How many ships are in the report on Alder?",
        "What is Alder's dual-fuel order?",
    ],
)
def test_a_question_need_not_pick_a_report(question):
    assert reference_spans(question) == []


@pytest.mark.parametrize(
    ("question", "known", "again"),
    [
        ("What does Silver Trust (Jin Cheng) say on bonds?", "Jin Cheng", "Silver Trust"),
        ("What does Jin Cheng (Silver Trust) say on bonds?", "Jin Cheng", "Silver Trust"),
        ("金诚证券（Silver Trust）怎么看债市?", "金诚证券", "Silver Trust"),
        ("What does Silver Trust (Jin Cheng) say on bonds?", "bonds", ""),
        ("What did Jin Cheng (a broker) and Alder say?", "Alder", ""),
    ],
)
def test_a_name_given_twice_is_looked_for_once(question, known, again):
    at = question.index(known)
    spans = told_twice(question, [(at, at + len(known))])
    assert [question[start:end] for start, end in spans] == ([again] if again else [])


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Sales go from USD 310 billion in 2024 to USD 540 billion in 2027", 1),
        ("The share goes from 40% in 2023 to 37% by 2030", -1),
        ("毛利率由2024年21.4%到2027年26.8%", 1),
        ("收入31.2亿元,降约4.1%", -1),
        ("收入1900亿元,增14%", 1),
        ("出货18GWh 同比+22%", 1),
        ("净利3.3亿元 同比-41%", -1),
        ("利润大增", 1),
        ("订单锐减", -1),
        ("Alder shares lost 9.3% in June", -1),
        ("Turnover was 8% above a year ago", 1),
        ("Sales were 10% fewer than in June", -1),
        ("The range is 5-10% of sales", 0),
        ("Sales go from USD 3 billion to 5% of the total", 0),
        ("From 3 to 5, then from 9 to 4", 0),
        ("It compounds from 2024 to 2030", 0),
        ("The plan runs from here to there", 0),
    ],
)
def test_figures_tell_which_way_a_thing_goes(text, way):
    assert direction(text) == way


def test_the_base_of_a_comparison_is_no_time_that_a_statement_is_of():
    report = Report("r", "Foo review", "foo.txt", "digest", "en", date=date(2024, 9, 30), passages=9)
    text = "Q3 2024 turnover was 4% above the prior quarter"
    passage = Passage("p", "r", 0, text, 0, len(text), "statement", Locator("mark", (2,)), 1)
    question = next(piece for piece in asked("What was turnover in Q2 2024?") if piece.kind == "period")
    assert said_periods(text, date(2024, 9, 30))[-1].surface == "prior quarter"
    assert time_held(question, question.period, text, "", Evidence(passage, report, 1.0)) < 1.0


def test_words_of_degree_and_of_asking_are_idle():
    question = "How sharply did the payments business slow?"
    idle = [question[start:end].strip() for start, end in idle_spans(question)]
    assert "business" in idle and any("sharply" in span for span in idle)
    assert without_idle("份额会怎么变化?").split() == ["份额", "?"]
    assert without_idle("哪款车成为十月销量冠军?").split() == ["车", "十月销量冠军?"]
    assert without_idle("大家的存款比9月底多了多少?").split()[0] == "的存款比9月"
    saved = "What might Foo have managed to save, as the note writes?"
    assert {saved[start:end] for start, end in idle_spans(saved)} >= {"might", "managed to", "writes"}


@pytest.mark.parametrize(
    ("question", "surface", "said"),
    [
        ("What lets Alder keep roughly two fifths of the market?", "two fifths", "It holds ~40% of the market"),
        ("Which client takes a third of sales?", "a third", "It takes 33% of sales"),
        ("Which client takes one third of sales?", "one third", "It takes 33% of sales"),
        ("Who wants half of the sites?", "half", "It takes 50% of them"),
        ("Is a tenfold rise expected?", "tenfold", "It uses 10 times as much"),
        ("What was sold in the third quarter of 2024?", "", ""),
        ("What was sold in the first half of 2025?", "", ""),
        ("How far did it rise in the second half of July?", "", ""),
        ("What was earned in the first three quarters of 2025?", "", ""),
        ("谁占了四成?", "四成", "它占40%"),
        ("谁占了三成半?", "三成半", "它占35%"),
        ("谁占了半数?", "半数", "它占50%"),
        ("谁的利润翻了一番?", "翻了一番", "利润增长100%"),
    ],
)
def test_shares_and_multiples_in_words_are_figures(question, surface, said):
    found = spoken_numbers(question)
    assert [question[start:end] for start, end, _ in found] == ([surface] if surface else [])
    assert all(piece.said_by(terms_of(said)) for *_, piece in found)


def test_a_time_that_a_change_is_told_against_is_not_asked_for():
    question = "How did sales move on the year, and what was May like?"
    assert [question[start:end] for start, end in bases(question)] == ["on the year"]
    assert bases("What was sold on the week of 6 June?") == bases("What was sold in the year?") == []


@pytest.mark.parametrize("question", ["What is driving gold prices?", "Which factors were weighing on margins?"])
def test_what_drives_a_thing_asks_why(question):
    assert shape_of(question) == "why"


def test_what_drives_and_where_it_is_told_are_words_of_the_asking():
    question = "What is driving gold prices across the reports?"
    left = "".join(" " if any(a <= at < b for a, b in idle_spans(question)) else c for at, c in enumerate(question))
    assert left.split() == ["gold", "prices", "?"]


def test_a_short_form_of_two_things_may_mean_either():
    (piece,) = [each for each in asked("the EV") if each.surface == "EV"]
    assert ("enterpris", "valu") in piece.forms and ("electr", "vehicl") in piece.forms and piece.kind == "term"
