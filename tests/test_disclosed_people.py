"""Who runs a company, who audits it, and which risks it names: asked of a long report in a word or two."""

from __future__ import annotations

import pytest
from small_library import library_of

FILING = """# Marlow Quarries plc: annual report 2024

Fiscal year ended December 31, 2024

## Item 1A. Risk factors

Read these together with the rest of the report.

### We depend on roads

Road schemes take a third of our limestone, and governments may stop them. More words on roads follow here.

### Energy may become dearer

Our kilns burn gas that is bought at the day's price. It doubled in 2022.

### Permits run out

Two of our six permits to quarry end in 2027. They may not be renewed.

## Directors and executive officers

Ms. Orla Penhale has served as Chief Executive Officer since May 2021, and before that led our lime business.

Mr. Tom Aske has been CEO Marlow Aggregates since 2019.

Mr. Idris Vane was appointed Chief Financial Officer in March 2023; Mr. Dale Roe was formerly Chief Financial Officer.

Our code of conduct applies to the Chief Executive Officer, the Chief Financial Officer and all staff.

## Controls

Harrow & Pike LLP, our independent registered public accounting firm, has audited the accounts.

## Notes

{notes}
"""


@pytest.fixture(scope="module")
def filing(tmp_path_factory):
    notes = "\n\n".join(f"Lease {n} of the company runs for {n + 3} years and is paid monthly." for n in range(90))
    with library_of(tmp_path_factory.mktemp("people"), {"marlow.md": FILING.replace("{notes}", notes)}) as library:
        yield library


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who is the CEO?", "Ms. Orla Penhale has served"),
        ("Who is Marlow Quarries' chief executive officer?", "Ms. Orla Penhale has served"),
        ("Who is the CFO?", "Mr. Idris Vane was appointed"),
        ("Who audited the accounts?", "Harrow & Pike LLP"),
        ("Who is the company's auditor?", "Harrow & Pike LLP"),
    ],
)
def test_who_holds_an_office(filing, question, said):
    answer = filing.ask(question)
    assert answer.text.startswith(said) and len(answer.sentences) == 1


@pytest.mark.parametrize("question", ["What are the main risks?", "Which risk factors does Marlow Quarries name?"])
def test_each_part_of_the_risk_factors_in_its_first_sentence(filing, question):
    assert [sentence.text.split(" [")[0].split(",")[0] for sentence in filing.ask(question).sentences] == [
        "Road schemes take a third of our limestone",
        "Our kilns burn gas that is bought at the day's price",
        "Two of our six permits to quarry end in 2027",
    ]


def test_the_risks_of_one_thing_are_not_all_risks(filing):
    assert "kilns" not in filing.ask("What are the risks to the quarry permits?").text
