"""Calls: who said or asked what, by turn; and the lines that name who takes part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_library import library_of
from ui_samples import passage
from ui_samples import report as made_report

from rag import Library
from rag.overview.turns import talk_of
from rag.readers.speakers import Person, person_in, speaker_of
from rag.suggest import suggest

CALL = """Stokes Water Corporation (STW US)
Q2 2025 Earnings Conference Call Transcript
July 30, 2025, 8:30 a.m. ET

Participants
Ruth Alder - Chief Executive Officer
Paul Desai - Chief Financial Officer
Nora Quill - Analyst, Millgate Research

Operator: Good morning and welcome to the second quarter call of Stokes Water.

Ruth Alder: Thank you. Orders for membranes rose 21% and the plant in Tolford opened in May.

Paul Desai: Gross margin was 31.2%, down 60 basis points, because resin became dearer.

Nora Quill: What do you see in Brazil, and when do tariffs start to hurt?

Ruth Alder: We have two bids out there. Nothing is signed, and we plan for nothing before next year.

Operator: That concludes the call.
"""
NOTE = """Millgate Research
1 August 2025
Stokes Water Corporation: resin is the story

We keep Hold on Stokes Water with a target price of USD 40. Gross margin fell because resin became dearer.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("spoken"), {"call.txt": CALL, "note.txt": NOTE}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "silent"),
    [
        ("What did the CEO of Stokes Water say about membranes?", "21%", "resin"),
        ("What did Paul Desai say about gross margin?", "Paul Desai: Gross margin was 31.2%", "membranes"),
        ("What did the CFO say about gross margin?", "31.2%", "membranes"),
        ("What did management say about Brazil?", "two bids", "What do you see"),
        ("Who asked about tariffs on the Stokes Water call?", "Nora Quill: What do you see", "bids"),
        ("What did Nora Quill ask?", "when do tariffs start to hurt", "bids"),
        ("Who took part in the Stokes Water call?", "Paul Desai - Chief Financial Officer", "resin"),
        ("Which analysts asked questions on the Stokes Water call?", "Nora Quill - Analyst", "Paul Desai"),
    ],
)
def test_turns_of_a_call_answer(library: Library, question: str, said: str, silent: str) -> None:
    answer = library.ask(question)
    assert not answer.refused
    assert said in answer.text
    assert silent not in answer.text
    assert {citation.report.stem for citation in answer.citations} == {"call"}


def test_a_call_suggests_who_asked_and_is_answered(library: Library) -> None:
    suggested = suggest(library, limit=9)
    assert {"What did Nora Quill ask?", "Who took part in the Stokes Water Corporation call?"} <= {*suggested}
    assert not any(library.ask(question).refused for question in suggested)


@pytest.mark.parametrize(
    "question", ["What did the CEO say about dividends?", "What did Harold Finch say about Brazil?"]
)
def test_what_nobody_said_is_refused(library: Library, question: str) -> None:
    assert library.ask(question).refused


LABELS = ["事件：公司公布中报。", "投资建议：维持买入。", "盈利预测：上调。", "风险提示：铜价下跌。"]


@pytest.mark.parametrize(
    "texts",
    [
        LABELS,
        ["单位：万元"] * 4,
        ["Vice President, Controller"] * 4 + ["Sales rose."],
        ["Ruth Alder: Thanks.", "Paul Desai: Yes."] * 2 + ["The plant in Tolford runs at full load."] * 170,
    ],
)
def test_labels_and_a_few_quotes_make_no_call(texts: list[str]) -> None:
    report = made_report(1)
    assert talk_of([passage(report, number, text, ("Notes",)) for number, text in enumerate(texts)]) is None


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Ruth Alder - Chief Executive Officer", Person("Ruth Alder", "Chief Executive Officer")),
        ("Nora Quill -- Millgate Research -- Analyst", Person("Nora Quill", "Millgate Research -- Analyst")),
        ("Jean de Vries, Head of Investor Relations", Person("Jean de Vries", "Head of Investor Relations")),
        ("Ruth Alder: We expect the chief executive to stay.", None),
        ("Adjusted Profit - up 4%", None),
        ("Vice President, Chief Accounting Officer", None),
    ],
)
def test_lines_of_those_who_take_part(line: str, person: Person | None) -> None:
    assert person_in(line) == person


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ruth Alder: Thank you.", "Ruth Alder"),
        ("Q: And Brazil?", "Q"),
        ("问:毛利率怎么看?", "问"),
        ("Revenue: 4.2 billion", None),
        ("Principal Properties\nOwned: 4 plants", None),
    ],
)
def test_who_opens_a_turn(text: str, speaker: str | None) -> None:
    found = speaker_of(text)
    assert (found[0] if found else None) == speaker
