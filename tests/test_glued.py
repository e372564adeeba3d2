"""Words that a conversion has run together are found by each of them."""

from __future__ import annotations

import pytest

from rag.language.analysis import terms
from rag.language.glued import unglued


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("thefivelargestportshandledmore", "the five largest ports handled more"),
        ("couldbeachancetobuy", "could be a chance to buy"),
        ("telecommunications", "telecommunications"),
        ("counterrevolutionary", "counterrevolutionary"),
        ("immunohistochemistry", "immunohistochemistry"),
        ("zhongyuanqihuoyanjiusuo", "zhongyuanqihuoyanjiusuo"),
        ("semiconductors", "semiconductors"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaa"),
    ],
)
def test_a_run_of_letters_is_split_where_it_is_several_words(run, words):
    assert unglued(run) == tuple(words.split())
    assert "".join(unglued(run)) == run


def test_the_words_of_a_run_are_index_terms():
    assert terms("Thefivelargestportshandledmore 20% now") == terms("The five largest ports handled more 20% now")
