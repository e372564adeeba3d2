"""What the brokers think of a company: every broker's current call and its reasons, from its own newest report."""

from __future__ import annotations

import re

import pytest
from small_library import library_of

from rag.reports.tickers import find_tickers
from rag.search.retrieve import Hits
from rag.views.held_call import _meant
from rag.views.opinions import opinions


def note(title: str, broker: str, day: str, call: str, *reasons: str) -> str:
    zh = re.search("[一-鿿]", call)
    body = " ".join(f"- {text} [{number}]" for number, text in enumerate(reasons, start=2))
    heads = ("投资评级", "核心观点", "风险提示") if zh else ("Investment Rating", "Core Insights", "Risks")
    return f"{title}\n{broker}·{day} 09:30\n\n{heads[0]} - {call} [1] {heads[1]} {body} {heads[2]} - {'汇率' if zh else 'The dollar'} [9]\n"


NOTES = {
    "lacey": note(
        "Merrow Boats (MRW DC): full order book", "LACEY & HOLT", "2031-05-04",
        'We rate Merrow Boats "Buy" with a target of DKK 90', "Orders rose 12%", "The yard is sold out", "Steel is cheaper",
    ),
    "calder-old": note(
        "Merrow Boats (MRW DC): steady", "CALDER SECURITIES", "2031-02-04",
        'Merrow Boats is rated "Neutral" with a target price of DKK 70', "Orders are flat",
    ),
    "calder-new": note(
        "Merrow Boats (MRW DC): too dear", "CALDER SECURITIES", "2031-06-04",
        'Merrow Boats is cut to "Sell" from "Neutral"; the target moves to DKK 55 from DKK 70', "Freight costs climb again",
    ),
    "pelham-old": note(
        "Tarrant Ropes (TRR DC): new lines", "PELHAM & SONS", "2031-03-04", 'We rate Tarrant Ropes "Buy"', "Hemp is cheap",
    ),
    "pelham-new": note(
        "Tarrant Ropes (TRR DC): ropes weekly", "PELHAM & SONS", "2031-06-05", 'The industry is rated "Outperform"', "Nylon is dear",
    ),
    "lacey-ropes": note(
        "Tarrant Ropes (TRR DC): steady", "LACEY & HOLT", "2031-05-06", 'We rate Tarrant Ropes "Neutral"', "Nets sell well",
    ),
    "qinglan": note(
        "北风水务(600998):现金流改善", "青岚证券", "2031-05-05", '维持"买入"评级,目标价12.5元', "现金流改善", "水价上调",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(
        tmp_path_factory.mktemp("opinions"), {f"{name}.txt": text for name, text in NOTES.items()}
    ) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    ["What do brokers think of Merrow Boats?", "Where do analysts stand on Merrow Boats, and why?", "Summarise the brokers' views of Merrow Boats."],
)  # fmt: skip
def test_each_broker_is_told_by_its_newest_report_with_its_reasons(library, question):
    answer = library.ask(question)
    assert not answer.refused
    assert [citation.report.stem for citation in answer.citations[:1]] == ["calder-new"]
    assert {citation.report.stem for citation in answer.citations} == {"calder-new", "lacey"}
    assert all(sentence.citations and sentence.status == "supported" for sentence in answer.sentences)
    for words in (
        "CALDER SECURITIES, 2031-06-04",
        '"Sell" from "Neutral"',
        "DKK 55",
        "Freight",
        '"Buy"',
        "DKK 90",
        "Orders rose",
    ):
        assert words in answer.text
    assert "The dollar" not in answer.text and "DKK 70" in answer.text
    assert "The targets of 2 brokers run from 55 to 90 DKK; the median is 72.5." in answer.notes


def test_one_broker_is_asked_for_alone(library):
    answer = library.ask("What is Lacey & Holt's stance on Merrow Boats?")
    assert {citation.report.stem for citation in answer.citations} == {"lacey"}
    assert [citation.marker for citation in answer.citations] == ["[1]", "[2]", "[3]"]


def test_chinese_views_are_told_in_chinese(library):
    answer = library.ask("券商对北风水务怎么看?")
    assert answer.text.startswith("青岚证券, 2031-05-05：维持") and "水价上调[3]" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What do brokers say about Merrow Boats' margins?",  # a metric of it
        "What did brokers think of Merrow Boats in 2029?",  # another time
        "What do brokers think of Harrow Steel?",  # another company
        "What is the order book of Merrow Boats?",
        "Which ratings do the brokers give Merrow Boats?",  # a table has it
    ],
)
def test_what_asks_for_something_else_is_no_such_question(library, question):
    assert opinions(library.index, question) is None


def test_a_company_that_no_report_is_on_has_no_views(library):
    assert library.ask("What do brokers think of Harrow Steel?").refused


def test_a_code_of_an_exchange_abroad_is_told_in_brackets_alone():
    assert [found.ticker for found in find_tickers("Merrow Boats (MRW DC): orders")] == ["MRW.CO"]
    assert not any(found.explicit for found in find_tickers("THEY SAY NO TO ALL"))


@pytest.mark.parametrize(
    ("question", "stem", "says"),
    [
        ("What target price does Calder have on Merrow Boats?", "calder-new", "DKK 55"),
        ("What is Calder's rating on Merrow Boats?", "calder-new", '"Sell"'),
        ("What is Lacey & Holt's target price for Merrow Boats?", "lacey", "DKK 90"),
        ("What is Pelham's rating on Tarrant Ropes?", "pelham-old", '"Buy"'),  # the newer one rates the industry
    ],
)
def test_the_rating_or_target_of_one_broker_is_what_it_says_now(library, question, stem, says):
    answer = library.ask(question)
    assert {citation.report.stem for citation in answer.citations} == {stem}
    assert says in answer.text


def test_views_in_headers_are_told_newest_first(library):
    meant = _meant(library.index, "What is the rating on Merrow Boats?", Hits(()))
    assert [report.stem for report in meant] == ["calder-new", "lacey"]


def test_a_target_that_was_is_looked_for_in_older_reports(library):
    answer = library.ask("What was Calder's target price for Merrow Boats in February 2031?")
    assert "DKK 70" in answer.text and answer.citations[0].report.stem == "calder-old"
