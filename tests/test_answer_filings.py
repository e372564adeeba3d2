"""Answers from long filings: what is done to a figure need not be said, and one statement of all times is not taken apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_library import library_of

from rag.answer.extractive import _pick
from rag.answer.reasons import tells_effect
from rag.answer.sections import named_section
from rag.answer.statement import Statement
from rag.answer.wanted import Wanted, want
from rag.search.retrieve import search
from rag.types import Citation
from rag.written import shown

FILLER = "The garden of number {n} has {n} beds and a path of its own, which is raked on Mondays."
REPORT = """# Fernhill Corp annual report 2024

Fernhill Corp makes garden tools.

## Leases

Base rent for the Danfield greenhouse is 40 million dollars a year from 2021 to 2023 and 64 million dollars a year from 2024 to 2026.

Rent charged to expense was 244 million dollars for 2024, 249 million dollars for 2023 and 309 million dollars for 2022.

## Results

Sales of shears increased in 2024 because a frost in May broke many old ones.

"""  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    gardens = "\n\n".join(f"## Garden {n}\n\n{FILLER.format(n=n)}" for n in range(3, 103))
    with library_of(tmp_path_factory.mktemp("filings"), {"fernhill.md": REPORT + gardens}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("What is the percentage increase in base rent from 2022 to 2024?", ["increase", "base", "rent"]),
        ("What is the net change in rent in 2024?", ["rent"]),
        ("What is the growth rate in rent in 2024?", ["growth", "rent"]),
        ("In millions, what was total rent in 2024?", ["total", "rent"]),
        ("What is the total rate of rent in 2024?", ["total", "rate", "rent"]),  # here it is what is asked
    ],
)
def test_what_is_done_to_a_figure_need_not_be_said(library, question, focus):
    assert [piece.surface.lower() for piece in want(library.index, question).focus] == focus


def test_one_statement_that_tells_of_all_years_is_not_taken_apart(library):
    answer = library.ask("What was rent charged to expense for 2024, 2023 and 2022 respectively?")
    assert "| Period |" not in answer.text
    assert all(figure in answer.text for figure in ("244", "249", "309"))
    assert len(answer.citations) == 1


@pytest.mark.parametrize(("passages", "picked"), [(20, 2), (200, 1)])
def test_in_a_long_report_only_what_is_as_sure_stands_beside_the_best(library, passages, picked):
    report = replace(next(iter(library.index.reports().values())), passages=passages)
    found = [
        Statement(0, replace(item, report=report), 0, 5, score=score, counted=score)
        for item, score in zip(library.retrieve("Why did sales of shears increase?", limit=2), (0.9, 0.8), strict=True)
    ]
    assert len(_pick(found, Wanted("Why did sales of shears increase?", "en", (), shape="why"))) == picked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Costs of seed increased in 2024, primarily due to a wet summer.", True),
        ("The operating loss increased in 2024, primarily due to higher costs of seed.", False),
        ("Because of a wet summer, costs of seed increased.", True),
        ("Due to a wet summer costs of seed increased.", True),
        ("Costs of seed were 40 million dollars.", True),  # no reason at all is told apart elsewhere
    ],
)
def test_a_reason_is_told_for_what_stands_before_it(library, text, told):
    wanted = want(library.index, "Why did costs of seed increase in 2024?")
    assert tells_effect(wanted, text) == told


def test_a_question_for_a_figure_is_not_answered_with_a_section_of_that_name(library):
    wanted = want(library.index, "What was rent of the greenhouse in 2024?")
    hits = search(library.index, library.encoder, "What were the leases?", limit=5)
    assert named_section(
        library.index, hits, replace(wanted, focus=want(library.index, "leases").focus, names=(), kind=None)
    )
    assert not named_section(
        library.index, hits, replace(wanted, focus=want(library.index, "leases").focus, names=(), kind="number")
    )


def test_a_name_that_has_chosen_a_report_says_little_about_the_page(tmp_path):
    """What says `we` is no further from the answer than the exhibits that have the company's name again and again."""
    exhibits = "\n\n".join(f"{n}. Fernhill certificate of Fernhill, filed by Fernhill." for n in range(9))
    text = (
        f"# Fernhill Corp annual report 2024\n\n{exhibits}\n\n## People\n\nAt the end of the year we paid 318 sowers.\n"
    )
    other = "# Hollow Farm annual report 2024\n\n" + "\n\n".join(FILLER.format(n=n) for n in range(90))
    with library_of(tmp_path, {"fernhill.md": text, "hollow.md": other}) as library:
        found = library.retrieve("How many sowers did Fernhill pay?", reports=["fernhill"])
    words = {item.passage.text[:9]: item.lexical for item in found}
    assert words["At the en"] > 2 * max(value for start, value in words.items() if start != "At the en")


def test_what_an_answer_cites_stands_first_in_its_evidence(library):
    hits = search(library.index, library.encoder, "How is the garden of number 40 raked?", limit=5)
    last = replace(hits.evidence[-1], score=0.0)
    cited = Citation("[1]", last.report, last.passage.id, last.passage.locator, "raked", 0, 5)
    carried = shown("How is the garden raked?", replace(hits, evidence=(*hits.evidence[:-1], last)), [cited])
    assert carried[0].passage.id == last.passage.id
    assert [item.score for item in carried[1:]] == sorted((item.score for item in carried[1:]), reverse=True)


DISPUTE = """# Fernhill Corp annual report 2024

Fernhill Corp makes garden tools.

## Legal matters

In May 2023 the Danfield Parks Authority ended our hedge contract. The Authority said that our hedges were late, that they were of another height than the one agreed on, and that some of them had been set where the plans had a path. We asked the court in the same month for 20 million dollars, which is what was still to be paid to us by the Authority for the hedges that stand. The judge heard both sides in the autumn of 2024, and a trial is set for 2025.

Sowers of ours work in Danfield.

"""


@pytest.fixture(scope="module")
def disputes(tmp_path_factory):
    gardens = "\n\n".join(f"## Garden {n}\n\n{FILLER.format(n=n)}" for n in range(3, 103))
    with library_of(tmp_path_factory.mktemp("disputes"), {"fernhill.md": DISPUTE + gardens}) as opened:
        yield opened


def test_words_are_quoted_with_what_their_paragraph_says_before_and_after(disputes):
    answer = disputes.ask("What did the Danfield Parks Authority say about Fernhill's hedges?")
    assert "ended our hedge contract" in answer.text and "trial is set for 2025" in answer.text
    assert "Sowers" not in answer.text


def test_a_figure_is_quoted_with_its_sentence_alone(disputes):
    answer = disputes.ask("How much did Fernhill ask the court for?")
    assert "20 million" in answer.text and "were late" not in answer.text


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("What is Fernhill's quarrel with the Danfield Parks Authority all about, according to its annual report?", False),
        ("What is Fernhill's quarrel with the Harlow Water Board all about, according to its annual report?", True),
        ("How many quarrels did Fernhill have with the Danfield Parks Authority?", True),
    ],
)  # fmt: skip
def test_what_is_said_on_a_name_may_be_asked_in_any_words(disputes, question, refused):
    assert disputes.ask(question).refused == refused
