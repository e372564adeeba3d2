"""Sides of a subject that no statement has the words of: how two times compare, who beat the market, which names are liked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Library
from rag.answer.said_by_value import value_test
from rag.language.sisters import opposite
from rag.question.aspects import aspects_in
from rag.question.concepts import asked
from rag.question.shape import shape_of
from tests.small_library import library_of

WEEKLY = """Grain equipment weekly: mills turn
Quayside Research·2025-08-10 08:00

Rating - "Buy" is advised on makers of grain equipment, a call that the shares rise 10% in 12 months [1] Week - Grain \
equipment gained 1.4%, half a point more than the CSI 300 [2] - Dryers did best, up 6.1% [3] - Grain equipment has silos, \
dryers and elevators [3] Views - Names to watch: Tolford Mills, Stokes Dryers and Ostrava Silos [4]
"""
NOTE = """Tolford Dryers: July in short
Millgate Research·2025-08-04 08:00

Sales - July sales were 3,440 units, 10% fewer than in June [1] Growth - A second hall opens in 2027 [2] - It will add \
staff [2] Units - Sales of burners were up 17% to 30 million yuan [3] - Exports of valves fell 4% \
to 9 million yuan [5] - Margins on cloud software and payments got better \
[4]
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    texts = {"q-0810.txt": WEEKLY, "m-0804.txt": NOTE}
    with library_of(tmp_path_factory.mktemp("aspects"), texts) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Did grain equipment beat the market last week?", "half a point more"),
        ("Which grain equipment did best?", "Dryers did best"),
        ("Which stocks does the grain equipment weekly like?", "Names to watch"),
        ("Was Tolford's July better than June?", "10% fewer"),
        ("How fast did Tolford's burners grow?", "17%"),
    ],
)
def test_a_side_of_a_subject_is_answered_by_what_says_it(library: Library, question: str, says: str) -> None:
    answer = library.ask(question)
    assert says in answer.text
    assert "advised" not in answer.text
    assert "second hall" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Which grain equipment did worst?",
        "When did Tolford list?",
        "How big was Tolford's cloud and payments business in July?",
    ],
)
def test_what_no_statement_says_is_refused(library: Library, question: str) -> None:
    assert library.ask(question).refused


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("Were exports weaker than a year ago?", "change"),
        ("7月销量比6月好吗?", "change"),
        ("不良比例高不高?", None),
        ("Is the margin higher than at Foo?", None),
        ("上周跑赢大盘了吗?", "against the market"),
        ("周报推荐哪些公司?", "names"),
        ("Which companies are named?", None),
    ],
)
def test_the_words_of_an_aspect(question: str, aspect: str | None) -> None:
    _, found = aspects_in(question, asked(question))
    assert {each.name for each in found.values()} == ({aspect} if aspect else set())


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("How much did imports change?", "Exports fell 1.1%", "imports"),
        ("How much did imports change?", "Exports fell 1.1%, imports rose", ""),
        ("How do imports and exports fare?", "Exports fell 1.1%", ""),
        ("北向资金净流入多少?", "南向资金净买入248亿元", "北向"),
        ("动力煤价格是多少?", "焦煤价格1,500元", "动力煤"),
        ("What were overseas sales?", "出口增长3%", ""),
    ],
)
def test_a_text_that_tells_of_the_opposite_alone(question: str, text: str, other: str) -> None:
    assert opposite(question, text) == other


def test_a_near_miss_by_its_opposite_is_refused(library: Library) -> None:
    assert "9 million" in library.ask("How far did Tolford's exports of valves fall?").text
    assert library.ask("How far did Tolford's imports of valves fall?").refused


def test_what_is_taken_for_granted_need_not_be_said(library: Library) -> None:
    asked_for = "If Zanzibar shuts its ports again, how many units did Tolford sell in July?"
    assert "3,440 units" in library.ask(asked_for).text


def test_a_place_alone_is_no_answer(library: Library) -> None:
    assert library.ask("Did people in China go out to eat more around the holiday?").refused


def test_who_grew_fastest_may_be_told_as_the_quickest() -> None:
    says = value_test("fastest")
    assert says is not None
    assert says("Dryers grew 6%, the quickest of all")


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("Which life insurer is preferred?", "fact"),
        ("Which business has regained share?", "fact"),
        ("Which insurers are preferred?", "list"),
        ("Which sectors has the note upgraded?", "list"),
        ("Which insurer has the most private credit?", "list"),
    ],
)
def test_one_of_several_is_no_list(question: str, shape: str) -> None:
    assert shape_of(question) == shape
