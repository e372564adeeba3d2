"""From question to answer on a small library of invented digests: retrieval, refusal, lists, tables, follow-ups."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from rag import Library, Settings
from rag.errors import InputError
from rag.followup.complete import is_follow_up, resolve
from rag.question.concepts import asked, weigh
from rag.question.coverage import covered
from rag.search.rank import combine

FERRY = """Brindle Ferries (BRF): full decks
NORTHQUAY SECURITIES·2025-05-12 09:30

Investment Rating - Brindle Ferries is rated "Buy" with a target price of 42 EUR [3] Core Insights - Revenue for the first quarter of 2025 was 310 million EUR, up 12% on the year [4][7] - Fuel costs fell because two new hybrid ships replaced old ones [5] - The company carries 38% of all passengers on the Skarn route [7] Risks - A dock strike in August could stop sailings [9] - Fuel prices may rise again [9][11]

Brindle Ferries (BRF): full decks
"""
TEA = """云岭茶业(688777):门店扩张放缓
松江证券· 2025-06-20 10:00

投资评级 - 维持"增持"评级 [2] 核心观点 - 2025年一季度收入12.6亿元,同比增长8% [3] - 毛利率下降1.2个百分点,主要因为原料涨价 [3][5] 风险提示 - 门店扩张不及预期 [8]
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("reports")
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "tea.txt").write_text(TEA, encoding="utf-8")
    with Library.open(Settings.load(rag_home=home, _env_file=None)) as opened:
        assert [result.status for result in opened.add_many([folder])] == ["added", "added"]
        yield opened


@pytest.mark.parametrize(
    ("question", "marker", "words"),
    [
        ("What rating does Brindle Ferries have?", "[3]", '"Buy"'),
        ("How much revenue did Brindle Ferries make in Q1 2025?", "[4][7]", "310 million"),
        ("Why did fuel costs fall?", "[5]", "hybrid ships"),
        ("What is the passenger share on the Skarn route?", "[7]", "38%"),
        ("云岭茶业一季度收入是多少?", "[3]", "12.6亿元"),
        ("毛利率为什么下降?", "[3][5]", "原料涨价"),
    ],
)
def test_a_fact_is_answered_with_its_own_marks(library, question, marker, words):
    answer = library.ask(question)
    assert not answer.refused, answer.text
    assert words in answer.text
    assert answer.citations[0].marker == marker
    assert answer.text.rstrip(".。").endswith(marker)


@pytest.mark.parametrize(
    "question",
    [
        "What is the weather in Lisbon tomorrow?",
        "Who is the chief executive of Brindle Ferries?",
        "What target price is set for Tencent?",
        "明天去北京的机票多少钱?",
    ],
)
def test_what_is_not_there_is_refused(library, question):
    answer = library.ask(question)
    assert answer.refused
    assert answer.citations == () and answer.sentences == ()
    assert "2" in answer.text  # says how many reports were searched


def test_a_refusal_offers_the_nearest_passages(library):
    answer = library.ask("Who is the chief executive of Brindle Ferries?")
    assert answer.evidence and answer.evidence[0].report.stem == "ferry"


def test_a_question_for_a_section_gets_all_of_it(library):
    answer = library.ask("What are the core insights of the Brindle Ferries report?")
    assert [citation.locator.numbers for citation in answer.citations] == [(4, 7), (5,), (7,)]


def test_every_quote_is_a_slice_and_every_marker_is_a_place(library):
    for question in ("Which risks does the ferry report name?", "云岭茶业的核心观点是什么?"):
        answer = library.ask(question)
        assert answer.citations
        for citation in answer.citations:
            text = {p.id: p.text for p in library.passages(citation.report.id)}[citation.passage_id]
            assert text[citation.start : citation.end] == citation.quote
            assert citation.marker in answer.text
        assert all(sentence.citations and sentence.status == "supported" for sentence in answer.sentences)


def test_two_reports_in_one_answer_get_letters(library):
    answer = library.ask("Compare the rating of Brindle Ferries with the rating of 云岭茶业.")
    assert {citation.marker[:2] for citation in answer.citations} == {"[A", "[B"}


def test_streaming_ends_in_the_answer(library):
    question = "What are the core insights of the Brindle Ferries report?"
    grown = list(library.stream(question))
    assert len(grown) == 3
    assert all(later.text.startswith(earlier.text) for earlier, later in pairwise(grown))
    assert grown[-1].sentences == library.ask(question).sentences


def test_filters_narrow_what_is_searched(library):
    assert all(item.report.stem == "tea" for item in library.retrieve("revenue", reports=["tea"]))
    assert library.retrieve("revenue", until="2025-05-31")[0].report.stem == "ferry"
    with pytest.raises(InputError):
        library.ask("revenue?", reports=["no-such-report"])


@pytest.mark.parametrize("question", ["", " \x00 ", "a" * 100_000])
def test_unusable_questions_are_refused_at_the_door(library, question):
    with pytest.raises(InputError):
        library.ask(question)


def test_chat_completes_a_follow_up(library):
    chat = library.chat()
    chat.ask("How much revenue did Brindle Ferries make in Q1 2025?")
    answer = chat.ask("And its target price?")
    assert "42 EUR" in answer.text
    assert answer.resolved and "Brindle" in answer.resolved
    assert len(chat.history) == 2


def test_a_question_that_was_stopped_is_remembered(library):
    chat = library.chat()
    growing = chat.stream("How much revenue did Brindle Ferries make in Q1 2025?")
    next(growing)
    growing.close()
    assert "42 EUR" in chat.ask("And its target price?").text
    with pytest.raises(InputError):
        list(chat.stream(" "))
    assert len(chat.history) == 2


def test_query_engine_is_a_llamaindex_query_engine(library):
    from llama_index.core.tools import QueryEngineTool

    engine = library.query_engine(reports=["ferry"])
    response = engine.query("What rating does Brindle Ferries have?")
    assert response.answer.text == str(response)
    assert response.source_nodes[0].node.metadata["marker"] == "[3]"
    later = asyncio.run(engine.aquery("What rating does Brindle Ferries have?"))
    assert later.answer.sentences == response.answer.sentences
    tool = QueryEngineTool.from_defaults(engine, name="reports", description="Research reports.")
    assert '"Buy"' in str(tool.call("What rating does Brindle Ferries have?"))


def test_query_engine_streams(library):
    streamed = library.query_engine(streaming=True).query("Which risks does the ferry report name?")
    text = "".join(streamed.response_gen)
    assert text == streamed.answer.text
    assert streamed.source_nodes


# ---------------------------------------------------------------- the parts


def test_what_is_asked_is_taken_apart():
    concepts = {concept.surface: concept.kind for concept in asked("What was Tencent's capex in Q1 2025?")}
    assert concepts["capex"] == "metric"
    assert concepts["Q1 2025"] == "period"
    assert "name" in concepts.values()


def test_a_synonym_in_the_other_language_covers_a_concept():
    (concept,) = asked("capital expenditure")
    assert covered(concept, set("资本 本开 开支".split())) == 1.0
    assert covered(concept, {"revenu"}) == 0.0


def test_rare_pieces_weigh_more():
    weighed = weigh(asked("ferry revenue"), {"ferri": 1, "revenu": 90}, 100)
    assert weighed[0].weight > weighed[1].weight


def test_signs_are_fused_by_value_not_by_rank():
    signs = {"words": [1.0, 0.99, 0.0], "meaning": [0.0, 0.5, 0.6], "statement": [0.0, 0.0, 0.0]}
    scores = combine(signs, {"words": 0.75, "meaning": 0.25, "statement": 9.0})
    assert scores == pytest.approx([0.75, 0.8675, 0.15])
    assert combine({"words": [0.0]}, {"words": 1.0}) == [0.0]


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("and its capex?", True),
        ("那毛利率呢?", True),
        ("What about the week before?", True),
        ("How much revenue did Brindle Ferries make in the first quarter of 2025?", False),
        ("What was Tencent's revenue in 2024?", False),
    ],
)
def test_follow_ups_are_noticed(question, leans):
    assert is_follow_up(question) is leans


def test_a_complete_question_is_left_alone():
    question = "What was Tencent's revenue in 2024?"
    assert resolve(question, ["What is Meituan's rating?"]) == question
    assert resolve("and its capex?", []) == "and its capex?"
    assert "Tencent" in resolve("and its capex?", [question])
