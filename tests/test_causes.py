"""Why a figure of a filing changed: the sentence whose subject it is, whatever the question's words for the change."""

from __future__ import annotations

import pytest
from small_library import library_of

REPORT = """# Fernhill Corp Form 10-K

For the fiscal year ended December 31, 2024. Fernhill Corp makes garden tools.

## Management's discussion and analysis

### Results of operations

Operating expenses as a percentage of net sales decreased 20 basis points in 2024, primarily due to cheaper seed.

Net sales decreased 6% in 2024 compared to 2023, primarily due to a frost in May.

The gross margin mostly reflects weaker seed, as net sales of bulbs fell in 2024 compared to 2023, related to frost.

Orchard earnings decreased in 2024 compared to 2023, primarily due to:

- lower prices of plums; and
- fewer pears.

These increases were partially offset by a decline in club membership reflecting the loss of the Danfield club in 2024.

"""
GARDEN = "## Garden {n}\n\nThe garden of number {n} has {n} beds and a path of its own, which is raked on Mondays.\n\n"


@pytest.fixture(scope="module")
def filing(tmp_path_factory):
    text = REPORT + "".join(GARDEN.format(n=n) for n in range(3, 93))
    with library_of(tmp_path_factory.mktemp("causes"), {"fernhill.md": text}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        (
            "Why did Fernhill's net sales shrink in 2024?",
            "frost in May",
            "cheaper seed",
        ),  # a share of sales is no sales
        ("What lay behind the lower net sales of Fernhill in 2024?", "frost in May", "cheaper seed"),
        ("Why did Orchard earnings of Fernhill fall in 2024 even though its net sales rose?", "fewer pears", "frost"),
        ("Why did Fernhill have fewer club members in 2024 than a year earlier?", "loss of the Danfield club", "frost"),
    ],
)
def test_a_cause_is_that_of_the_figure(filing, question, said, not_said):
    answer = filing.ask(question)
    assert said in answer.text and not_said not in answer.text
