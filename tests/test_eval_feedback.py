"""Readers' judgements, kept as the page keeps them, become cases that can be proved and asked."""

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.cases import load_cases
from eval.runner import open_library
from ui.feedback import record, store
from ui.turns import Turn

REPORT = """Kestrel Water: dry summer, steady pipes
LANTERN RESEARCH·2025-06-02 08:00

Investment Rating - Kestrel Water is rated "Hold" [2] Core Insights - Leakage fell to 14.2% of the water put into the pipes [5] - Household bills rise by 3.9% in October [8]
"""
LEAK = "To what share did leakage fall at Kestrel Water?"


def rows_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_judgements_become_cases_that_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "kestrel.txt"
    report.write_text(REPORT, encoding="utf-8")
    with open_library((report,)) as (library, _):

        def judged(question: str, verdict: str, *history: str) -> Path:
            turns = [Turn(str(n), text) for n, text in enumerate(history)]
            turn = Turn("t", question, library.ask(question, history=history), "done")
            return store(tmp_path, record(turn, turns, verdict, "no comment"))

        judged(LEAK, "right")
        judged(LEAK, "right")
        judged("Who composed the opera about a Seville barber?", "right")
        judged("What is Kestrel's rating?", "wrong_citation")
        kept = judged("And in October?", "right", "How do household bills of Kestrel Water change?")
    out = tmp_path / "questions.jsonl"
    assert main(["add-feedback", str(kept), "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "3 new cases" in printed and "1 judged wrong" in printed and "1 already known" in printed
    first, refusal, follow_up = load_cases(out)
    assert (first.id, first.kind, first.question) == ("fb-001", "feedback", LEAK)
    assert [(place.stem, place.numbers) for place in first.places] == [("kestrel", frozenset({5}))]
    assert not refusal.answerable and follow_up.history
    (draft,) = rows_of(tmp_path / "questions.drafts.jsonl")
    assert draft["marks"] == [] and draft["comment"] == "no comment"

    assert main(["check", "--corpus", str(report), "--questions", str(out)]) == 0
    assert main(["--corpus", str(report), "--questions", str(out), "--min", "passed=1"]) == 0
    assert main(["add-feedback", str(kept), "--out", str(out)]) == 0
    assert len(load_cases(out)) == 3, "a second time adds nothing"
    assert len(rows_of(tmp_path / "questions.drafts.jsonl")) == 1


@pytest.mark.parametrize("content", ["no json\n", "[1]\n", '{"question": "Who?"}\n', None])
def test_what_is_no_feedback_is_refused(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "feedback.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main(["add-feedback", str(path), "--out", str(tmp_path / "out.jsonl")]) == 2
    shown = capsys.readouterr().err
    assert str(path) in shown and shown.count("\n") == 1
