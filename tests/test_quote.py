"""The matching rule: words exactly, but never part of a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.quote import find_quote


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("2.3%", "up 12.3% on the year", None),
        ("2.3%", "up 2.3% on the year", "2.3%"),
        ("1234", "12 34", None),
        ("1234", "units: 1234.", "1234"),
        ("12", "12.5", None),
        ("5", "12.5", None),
        ("577", "1,577", None),
        ("1,577", "(1,577)", None),
        ("(1,577)", "a loss of (1,577) in all", "(1,577)"),
        ("5%", "-5%", None),
        ("5%", "同比-5%", None),
        ("-5%", "同比-5%", "-5%"),
        ("15%", "10-15%", "15%"),
        ("Revenue ROSE", "the revenue rose", "revenue rose"),
        ("revenue rose", "the revenue\n  rose", "revenue\n  rose"),
        ("毛利率上升", "毛利率\n上升至", "毛利率\n上升"),
        ("１２％", "up 12%", "12%"),
        ("“Buy”", 'rated "Buy" again', '"Buy"'),
        ("rate", "corporate", None),
        ("corp", "corporate", None),
        ("营业收入同比增长12.3%", "营业收入同比下降12.3%", None),
        ("", "anything", None),
        ("x", "", None),
        ("growth - 3", "growth – 3", "growth – 3"),
    ],
)
def test_table(quote, text, found):
    span = find_quote(quote, text)
    assert (text[slice(*span)] if span else None) == found


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_match_says_the_same_words(text, data):
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    span = find_quote(quote, text)
    if span:
        assert 0 <= span[0] < span[1] <= len(text)
        found = text[slice(*span)]
        again = find_quote(found, found)
        assert again is not None and find_quote(quote, found) is not None


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_number_is_found_only_whole(one, two):
    assert (find_quote(str(one), f"a {two} b") is not None) == (one == two)
