"""The ordinary words: the file is sound, a run of Chinese is known by its words, and either language finds the other."""

from __future__ import annotations

import re

import pytest

from rag.language import dictionary, lexicon
from rag.language.analysis import terms
from rag.language.embeddings import builtin
from rag.question.concepts import KIN, asked
from rag.question.coverage import covered
from rag.question.terms import make_terms


def test_every_line_is_sound():
    lines = [line for line in dictionary.PATH.read_text("utf-8").splitlines() if not line.startswith("#")]
    words = [line.split("\t")[0] for line in lines]
    assert len(words) == len(set(words)) >= 5_000
    for line in lines:
        assert re.fullmatch(r"[\u4e00-\u9fff]{2,6}\t[^\t|]+(\|[^\t|]+)*", line), line


def test_no_word_is_a_term_of_the_trade():
    forms = {form for concept in lexicon.concepts() for form in concept.chinese}
    assert set(dictionary.english_of()) & forms == set()


def test_a_run_is_read_by_its_longest_words():
    found = dictionary.words_in("道路很拥堵")
    assert [(word.start, word.end, word.glosses[0]) for word in found] == [(0, 2, "road"), (3, 5, "congestion")]
    assert dictionary.words_in("學生關閉") == dictionary.words_in("学生关闭") != ()


@pytest.mark.parametrize(
    ("question", "surface", "text", "least"),
    [
        ("道路拥堵怎么样", "道路拥堵", "congestion on the road got worse", KIN),
        ("马路拥堵怎么样", "马路拥堵", "道路拥堵", KIN),
        ("滬蘇專線怎么样", "滬蘇專線", "沪苏两地", 0.5),  # in part, by simplified characters
        ("why was the road closed?", "road", "该道路已于五月封闭", KIN),
        ("why was the road closed?", "closed", "该道路已于五月关闭", KIN),
    ],
)
def test_a_word_is_covered_by_the_other_language_and_by_words_that_say_the_same(question, surface, text, least):
    piece = next(piece for piece in asked(question) if piece.surface == surface)
    assert covered(piece, frozenset(terms(text))) >= least
    assert covered(piece, frozenset(terms("毛利率 gross margin"))) == 0.0


@pytest.mark.parametrize(
    ("question", "surface", "text"),
    [
        ("铜加工费", "铜加工费", "钢的加工"),  # a character beside the known word says something, too
        ("auto sales", "auto", "车展"),  # auto show
        ("food sales", "food", "罐头"),  # canned food
        ("How many were sold?", "sold", "新能源车脱销"),  # sold out
    ],
)
def test_half_of_what_is_meant_covers_nothing(question, surface, text):
    piece = next(piece for piece in asked(question) if piece.surface == surface)
    assert covered(piece, frozenset(terms(text))) <= 0.5


@pytest.mark.parametrize(("run", "text", "least"), [("道路拥堵后", "道路拥堵", 1.0), ("铜加工费", "铜加工收费", 0.75)])
def test_what_is_in_no_known_word_must_stand_there_unless_it_says_nothing(run, text, least):
    (piece,) = asked(run)
    assert covered(piece, frozenset(terms(text))) >= least


def test_a_phrase_is_found_by_one_word_only_with_prepositions_behind_it():
    assert "注重" in dictionary.chinese_of("focus")
    assert not {"断货", "脱销"} & set(dictionary.chinese_of("stock"))
    assert "建立" in dictionary._alike("设立")


def test_a_search_has_the_words_of_the_other_language():
    assert make_terms("道路为何关闭?", (), ()).english.keys() >= set(terms("road close"))
    assert make_terms("Why was the road closed?", (), ()).chinese.keys() >= {"道路", "关闭"}


def test_the_embedding_knows_ordinary_chinese_words():
    chinese, near, far = builtin().passages(["道路拥堵", "congestion on the roads", "interest rates on deposits"])
    assert chinese @ near > 0.5 > chinese @ far
