"""A number that counts what is asked for."""

from __future__ import annotations

import pytest

from rag.answer.counted import counts
from rag.answer.wanted import Wanted
from rag.question.concepts import asked


@pytest.mark.parametrize(
    ("thing", "text", "right"),
    [
        ("employees", "At year end the yard and its units employed more than 2.2 thousand employees worldwide.", True),
        ("employees", "Section 16 Persons, and other than covered employees, have a plan.", False),
        ("employees", "Employees get a discount card. In 2019 it paid 40 million.", False),
        ("shops", "It runs 310 of its own shops in the north.", True),
        ("shops", "The number of shops was about 310.", True),
        ("shops", "Shops are open 24 hours a day.", False),
        ("门店", "年末门店1,200家", True),
        ("门店", "2024年门店收入12亿元", False),
    ],
)
def test_a_number_counts_what_it_stands_by(thing, text, right):
    wanted = Wanted(f"how many {thing}", "en", asked(thing), (), ())
    assert counts(wanted, text) == right
