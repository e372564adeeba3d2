"""What a filing says on its policies, its places, its committees and what it meant to reach."""

from __future__ import annotations

import pytest
from small_library import library_of

REPORT = """# Fernhill Corp Form 10-K

For the fiscal year ended December 31, 2024. Fernhill Corp makes garden tools.

## Item 1. Business

Our principal raw materials are ash wood and steel.

We manufacture our shears at our facility in Danfield, Ohio.

During 2024, we implemented a restructuring plan aimed at serving our largest gardens first.

## Item 2. Properties

The only buildings owned by us are two barns in Harlow. All other premises are leased.

## Item 8. Accounting policies

Inventories are stated at the lower of cost and net realizable value, by the first-in, first-out method.

The useful lives of our equipment range from 3 to 9 years.

Our fiscal year ends on the last Saturday of December.

## Item 10. Corporate governance

The Audit Committee consists of Anna Berg, Carl Dorn and Eva Falk. The Board met nine times.

"""
GARDEN = "## Garden {n}\n\nThe garden of number {n} has {n} beds and a path of its own, which is raked on Mondays.\n\n"


@pytest.fixture(scope="module")
def filing(tmp_path_factory):
    text = REPORT + "".join(GARDEN.format(n=n) for n in range(3, 93))
    with library_of(tmp_path_factory.mktemp("policies"), {"fernhill.md": text}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How does Fernhill value its inventories?", "lower of cost"),
        ("Over how many years does Fernhill depreciate its equipment?", "3 to 9 years"),
        ("When does Fernhill's fiscal year end?", "last Saturday"),
        ("What raw materials does Fernhill depend on?", "ash wood"),
        ("In which town are Fernhill's shears made?", "Danfield, Ohio"),
        ("Which premises does Fernhill actually own, as opposed to rent?", "two barns"),
        ("What was Fernhill trying to achieve with its restructuring plan in 2024?", "largest gardens"),
        ("Who sits on the audit committee of Fernhill?", "Carl Dorn"),
    ],
)
def test_what_every_filing_says_is_found_by_what_is_asked(filing, question, said):
    answer = filing.ask(question)
    assert said in answer.text
    assert {sentence.status for sentence in answer.sentences} == {"supported"}
