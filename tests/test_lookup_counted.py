"""A count of two annual reports set against each other."""

from __future__ import annotations

import pytest
from small_library import library_of

REPORT = """# Ashgrove Corp annual report {year}

Ashgrove Corp. Form 10-K for the fiscal year ended December 31, {year}. Ashgrove makes ladders.

## Employees

{told}

## Unions

As of December 31, {year}, unions represented 120 employees.
"""
TOLD = {
    2022: "Our total workforce at December 31, 2022 was approximately 1,100.",
    2024: "As of December 31, 2024, we employed approximately 1,360 employees, among them 300 engineers.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    texts = {f"ashgrove-{year}.md": REPORT.format(year=year, told=told) for year, told in TOLD.items()}
    with library_of(tmp_path_factory.mktemp("counted"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "By how many people did Ashgrove's workforce grow between the end of 2022 and the end of 2024?",
        "How many more employees did Ashgrove have at the end of 2024 than at the end of 2022?",
        "How many employees did Ashgrove add between the end of 2022 and the end of 2024?",
    ],
)
def test_the_counts_of_two_reports_are_set_against_each_other(library, question):
    answer = library.ask(question)
    assert "1,360 − 1,100 = 260" in answer.text
    assert {citation.report.id for citation in answer.citations} == {report.id for report in library.reports()}


def test_a_count_of_a_time_that_no_report_tells_is_not_set_against_another(library):
    assert "−" not in library.ask("How many more employees did Ashgrove have in 2024 than in 2019?").text
