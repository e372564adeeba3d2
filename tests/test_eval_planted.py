"""Planted faults bite; that the gate catches each on the shipped set is shown by ``python -m eval planted``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cases import parse_case
from eval.planted import FAULTS, Fault, _resolve, main, planted
from eval.runner import open_library, run

REPORT = """Kestrel Water: dry summer, steady pipes
LANTERN RESEARCH·2025-06-02 08:00

Investment Rating - Kestrel Water is rated "Hold" [2] Core Insights - Leakage fell to 14.2% of the water put into the pipes [5] - Household bills rise by 3.9% in October [8] - The reservoir at Tarn Hollow stood at 61% at the end of May [11]
"""
CASES = tuple(
    parse_case(json.dumps(row))
    for row in (
        {"id": "leak", "question": "To what share did leakage fall at Kestrel Water?", "marks": [["kestrel", [5]]]},
        {"id": "next", "question": "And in October?", "history": ["How do household bills of Kestrel Water change?"]}
        | {"marks": [["kestrel", [8]]]},
        {"id": "off", "question": "Who composed the opera about a Seville barber?", "answerable": False},
    )
)
EXPECTED = {
    "marks": {"leak", "next"},
    "neighbour": {"leak", "next"},
    "never-refuse": {"off"},
    "always-refuse": {"leak", "next"},
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "kestrel.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def failed(report: Path) -> set[str]:
    with open_library((report,)) as (library, _):
        return {result.case.id for result in run(library, CASES) if not result.passed}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_fault_makes_its_cases_fail_and_leaves_nothing_behind(name: str, report: Path) -> None:
    assert failed(report) == set()
    with planted(next(fault for fault in FAULTS if fault.name == name)):
        assert failed(report) >= EXPECTED[name]
    assert failed(report) == set()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_target_is_there_and_is_replaced(fault: Fault) -> None:
    owner = _resolve(fault.target.rpartition(".")[0])
    attribute = fault.target.rpartition(".")[2]
    right = getattr(owner, attribute)
    with planted(fault):
        assert getattr(owner, attribute) is not right
    assert getattr(owner, attribute) is right


def test_an_unknown_fault_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["gremlins"])
    assert stop.value.code == 2
    assert "there is no fault 'gremlins'" in capsys.readouterr().err
