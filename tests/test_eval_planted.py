"""Planted faults bite; that the gate catches each on the shipped set is shown by ``python -m eval planted``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import ablate, planted
from eval.cases import parse_case
from eval.parts import FAULTS, PARTS, Part, changed, owner_of
from eval.runner import open_library, run
from eval.suites import HERE

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


def test_without_a_fault_all_is_well(report: Path) -> None:
    assert failed(report) == set()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_fault_makes_its_cases_fail_and_leaves_nothing_behind(name: str, report: Path) -> None:
    with changed(next(fault for fault in FAULTS if fault.name == name)):
        assert failed(report) >= EXPECTED[name]
    assert failed(report) == set()


@pytest.mark.parametrize("part", FAULTS + PARTS, ids=lambda part: part.name)
def test_every_target_is_there_and_is_replaced(part: Part) -> None:
    places = [owner_of(target) for target in part.targets]
    right = [getattr(owner, attribute) for owner, attribute in places]
    with changed(part):
        assert all(getattr(*place) is not old for place, old in zip(places, right, strict=True))
    assert all(getattr(*place) is old for place, old in zip(places, right, strict=True))


FEW = (
    "halvorsen_calder_2025-08-21.txt",
    "halvorsen_northgate_2025-08-19.txt",
    "lanyu_qinglan_2025-08-30.txt",
    "quillon_annual-report_2024.pdf",
)
SIDES = {
    "unilever": """Unilever: soap sells
LANTERN RESEARCH·2025-06-02 08:00

Investment Rating - Unilever is rated "Hold" [1] Core Insights - Revenue of Unilever grew by 3.1% in 2024 [2] - Revenue in Asia grew by 6.0% in 2024 [3] - Revenue of the soap business grew by 2.0% in 2024 [4]
""",
    "nestle": """Nestlé: coffee cools
LANTERN RESEARCH·2025-06-03 08:00

Investment Rating - Nestlé is rated "Buy" [1] Core Insights - Sales were flat [2]
""",
}
ASKED = (
    "What did Quillon spend on capex in 2024?",
    "青岚证券给澜屿新能源的目标价是多少?",
    "Why did Lanyu's gross margin fall?",
    "Compare the revenue growth of Unilever and Nestlé in 2024.",
    "What were Quillon's inventories at the end of 2023?",
    "Who composed the opera about a Seville barber?",
    "Where does Quillon make its goods?",
)


def seen(folder: Path) -> object:
    """What the engine makes of a few questions and of one false sentence, on four reports of the corpus and two invented ones."""
    from rag.verify.sentence import verify_sentence

    with open_library([folder, *(HERE / "corpus" / name for name in FEW)]) as (library, _):
        answers = [library.ask(question) for question in ASKED]
        answers.append(library.ask("And in 2023?", history=["What was Quillon's net income in 2024?"]))
        ranked = [[(e.passage.id, round(e.score, 6)) for e in library.retrieve(q, limit=5)] for q in ASKED[:5]]
        cited = [[(c.marker, c.quote) for c in answer.citations] for answer in answers]
        verdict = verify_sentence("Leakage fell to 24.1% [5].", ["Leakage fell to 14.2%"]).status
        return ranked, cited, [answer.text for answer in answers], verdict


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sides")
    for name, text in SIDES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def usual(two: Path) -> object:
    return seen(two)


@pytest.mark.parametrize("part", FAULTS + PARTS, ids=lambda part: f"{part.name}-{part.says[:12]}")
def test_every_part_and_fault_makes_a_difference(part: Part, two: Path, usual: object) -> None:
    """A name that the engine no longer uses would be replaced to no effect."""
    with changed(part):
        assert seen(two) != usual


@pytest.mark.parametrize("name", ["dense", "lexical"])
def test_a_search_that_finds_nothing_shows_though_the_other_makes_up_for_it(name: str, report: Path) -> None:
    with changed(next(fault for fault in FAULTS if fault.name == name)), open_library((report,)) as (library, _):
        scores = run(library, CASES)[0].scores
    assert scores[f"{name}_hit@5"] == 0.0
    assert scores["hit@5"] == 1.0


@pytest.mark.parametrize(("command", "word"), [(planted.main, "fault"), (ablate.main, "part")])
def test_an_unknown_name_is_wrong_usage(command, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        command(["gremlins"])
    assert stop.value.code == 2
    assert f"there is no {word} 'gremlins'" in capsys.readouterr().err


def test_tables_of_both_commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys) -> None:
    """Twenty cases, of which a fault or a missing part loses eight."""
    good = {f"c{i}": {"passed": 1.0, "hit@5": 1.0} for i in range(20)}
    bad = {case: {"passed": float(i > 7), "hit@5": 1.0} for i, case in enumerate(good)}
    for module in (planted, ablate):
        monkeypatch.setattr(module, "scores_with", lambda kind, name, few=False: bad if name == "tables" else good)
    assert planted.main(["tables"]) == 0
    assert "caught: 8 cases lost; passed 1.000 -> 0.600" in capsys.readouterr().out
    assert planted.main(["tables", "dense"]) == 1
    assert "MISSED" in capsys.readouterr().out
    assert ablate.main(["tables", "--json", str(tmp_path / "out.json")]) == 0
    assert "-0.400*" in capsys.readouterr().out
    assert json.loads((tmp_path / "out.json").read_text())["parts"]["tables"]["passed"]["significant"] is True


def test_every_part_and_fault_names_what_the_engine_has() -> None:
    for part in (*PARTS, *FAULTS):
        for target in part.targets:
            owner, attribute = owner_of(target)
            assert hasattr(owner, attribute), f"{part.name}: there is no {target}"
