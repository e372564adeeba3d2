"""Terms and the likeness of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language import analysis
from rag.language.words import WordSpace


def test_what_a_word_is_like_does_not_depend_on_what_was_seen_before():
    fresh, used = WordSpace(), WordSpace()
    used.near(analysis.terms("profitability invested earner 12 利润"), analysis.terms("selling incomes the"), 0.3)
    asked, there = (
        analysis.terms("profits invest 2023"),
        analysis.terms("income sales earned 营业收入 the 40 hyperscaler"),
    )
    assert used.near(asked, there, 0.2) == fresh.near(asked, there, 0.2)
    assert fresh.near(asked, there, 0.2)["profit"]["sale"] == pytest.approx(0.4976, abs=1e-3)
    assert {"40", "the", "营业"}.isdisjoint(fresh.near(asked, there, -1.0)["profit"])
    assert fresh.nearest("2023", there) == fresh.nearest("profit", ["40", "营业"]) == 0.0


def test_the_word_space_grows_and_starts_anew(monkeypatch):
    words = WordSpace()
    monkeypatch.setattr("rag.language.words._MAX_WORDS", 1_500)
    made = [f"{a}{b}{c}" for a in "bcdfghjklmnp" for b in "aeiou" for c in "bcdfghjklmnpqrstvwxz"] * 2
    for start in range(0, len(made), 100):
        assert words.near(["profit"], ["sale", *made[start : start + 100]], 0.4)["profit"]["sale"] > 0.4


@given(st.text(alphabet=st.sampled_from("ab c1,.2%\u2019'&营收万é Ａ"), max_size=40))
def test_distinct_terms_are_the_terms(text):
    assert analysis.distinct_terms(text) == frozenset(analysis.terms(text))


def test_terms_of_words_numbers_and_chinese():
    found = analysis.terms("Sales rose 1,234.5万 (27.5%) at R&D Co’s 营收增 plant, ＡＢ")
    assert found == [
        "sale",
        "rose",
        "1234.5",
        "1234.5万",
        "27.5",
        "27.5%",
        "at",
        "r&d",
        "co",
        "营收",
        "收增",
        "plant",
        "ab",
    ]
