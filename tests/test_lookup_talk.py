"""Figures asked for in talk get the names that statements give them."""

from __future__ import annotations

import pytest

from rag.lookup.talk import by_name, diluted


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How much cash does it have?", "what were the cash and cash equivalents of it?"),
        ("How much cash did Alder have on hand in 2023?", "what were the cash and cash equivalents of Alder in 2023?"),
        ("How much money did Alder make in 2023?", "what was the net income of Alder in 2023?"),
        ("How much did Alder lose in 2023?", "what was the net loss of Alder in 2023?"),
        ("How much did Alder lose on hedges?", "How much did Alder lose on hedges?"),
        ("What dividend was paid per share?", "What dividends per share was paid?"),
        ("What were dividends per share?", "What were dividends per share?"),
        ("How much cash flow does it have?", "How much cash flow does it have?"),
    ],
)
def test_what_is_asked_in_talk(question, named):
    assert by_name(question) == named


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("What was EPS?", "What was diluted earnings per share?"),
        ("What was basic EPS?", "What was basic EPS?"),
        ("每股收益是多少?", "稀释每股收益是多少?"),
        ("基本每股收益是多少?", "基本每股收益是多少?"),
    ],
)
def test_earnings_per_share_are_the_diluted_ones_where_nothing_is_said(question, meant):
    assert diluted(question) == meant
