"""Companies of a library screened by their filings: who has most, whose figure fell, which tell of an event."""

from __future__ import annotations

import pytest
from small_library import library_of

FILING = """UNITED STATES SECURITIES AND EXCHANGE COMMISSION

# FORM 10-K

Annual report pursuant to section 13 of the Securities Exchange Act of 1934

For the fiscal year ended {ended}

{name}

(Exact name of registrant as specified in its charter)

## Item 8. Consolidated statements of operations

| ({scale}) | {year} | {before} |
| --- | --- | --- |
| Total revenues | {now} | {then} |
| Operating income | {profit} | 40 |
| {net} | {result} | 30 |

Goodwill is tested for impairment annually, and a material weakness may not be found in time.

{told}

## Notes

{notes}
"""
COMPANIES = {
    "alder": ("Alder Mills, Inc.", 2025, "in millions", "500", "400", "45", "Net income", "35",
              "In 2025 we recorded a goodwill impairment charge of $12 million for our mill at Tarn."),
    "birch": ("Birch Quarries, Inc.", 2025, "in thousands", "9,000", "9,500", "60", "Net loss", "(90)",
              "No goodwill impairment was recorded in 2025."),
    "cedar": ("Cedar Lines, Inc.", 2025, "in millions", "700", "750", "49", "Net income", "41",
              "We identified a material weakness in our internal control over financial reporting."),
    "dale": ("Dale Ponds, Inc.", 2025, "in thousands", "800", "700", "5", "Net loss", "(20)", "Fish were fed."),
}  # fmt: skip


def _filing(name, year, scale, now, then, profit, net, result, told):
    values = {"name": name, "year": year, "before": year - 1, "ended": f"December 31, {year}", "scale": scale}
    values |= {"now": now, "then": then, "profit": profit, "net": net, "result": result, "told": told}
    values["notes"] = "\n\n".join(f"Lease {n} runs for {n + 3} years and is paid monthly." for n in range(90))
    return FILING.format_map(values)


@pytest.fixture(scope="module")
def filings(tmp_path_factory):
    texts = {f"{name}.md": _filing(*told) for name, told in COMPANIES.items()}
    texts["dale.md"] = texts["dale.md"].replace("Operating income", "Handling fees")
    with library_of(tmp_path_factory.mktemp("screen"), texts) as library:
        yield library


def _names(answer):
    return [
        next(name for name in ("Alder", "Birch", "Cedar", "Dale") if name in line)
        for line in answer.text.split("\n")
        if line
    ]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Which company has the highest revenue?", ["Cedar", "Alder", "Birch", "Dale"]),  # by what the tables are in
        (
            "Which company has the lowest net income?",
            ["Birch", "Dale", "Alder", "Cedar"],
        ),  # a loss is less than nothing
        ("Which company has the largest net loss?", ["Birch", "Dale"]),
        ("Rank the companies by revenue.", ["Cedar", "Alder", "Birch", "Dale"]),
        ("Which companies had falling revenue?", ["Birch", "Cedar"]),
        ("Which companies had declining operating margins?", ["Alder"]),
        ("Which companies made a loss?", ["Birch", "Dale"]),
        ("Which companies recorded a goodwill impairment?", ["Alder"]),
        ("Which filings mention a material weakness?", ["Cedar"]),
    ],
)
def test_who_is_as_asked(filings, question, named):
    answer = filings.ask(question)
    assert _names(answer) == named
    assert len(answer.citations) >= len(named) and all(s.status == "supported" for s in answer.sentences)


def test_who_has_most_stands_first_and_who_is_not_so_is_told(filings):
    assert filings.ask("Which company has the highest revenue?").text.startswith("Highest: Cedar Lines, Inc.")
    notes = filings.ask("Which companies had falling revenue?").notes
    assert notes == ("Not so by their newest filings: Alder Mills, Inc., Dale Ponds, Inc.",)


def test_different_margins_are_in_no_order(filings):
    answer = filings.ask(
        "Which company has the highest margin?"
    )  # of operations three filings have, of all the net one
    assert _names(answer) == ["Alder", "Cedar", "Birch", "Dale"]
    assert answer.text.count("Net margin, 2025") == 4


def test_what_every_filing_only_looks_for_is_told_by_none(filings):
    answer = filings.ask("Which filings mention a data breach?")
    assert answer.refused and "data breach" in answer.text


def test_a_filing_without_a_part_on_what_came_after_says_nothing_of_it(filings):
    answer = filings.ask("What happened at Cedar Lines after year end?")
    assert answer.refused and "subsequent events" in answer.text
