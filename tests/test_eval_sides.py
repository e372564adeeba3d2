"""``python -m eval sides``: comparisons of invented reports, and what it takes for a side to count as cited."""

from __future__ import annotations

import pytest

from eval import plant_sides, sides_text
from eval.__main__ import main


def test_every_fact_stands_in_its_reports() -> None:
    asked = list(plant_sides.questions())
    assert len({question for _, _, question, _ in asked}) > 250
    for _, _, question, facts in asked:
        for stems, value in facts:
            assert any(value in " ".join(sides_text.REPORTS[stem][3]) for stem in stems), (question, value)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {kind: (phrasings[:1], fillings) for kind, (phrasings, fillings) in sides_text.ASKED.items()}
    monkeypatch.setattr(plant_sides, "ASKED", kept)
    monkeypatch.setattr(plant_sides, "ABSENT", sides_text.ABSENT[:2])


def test_it_prints_how_many_cite_every_side_and_fails_below_the_limit(
    few: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sides", "--min-cited", "0.8"]) == 0
    printed = capsys.readouterr().out
    assert (
        "brokers, zh" in printed
        and "every side cited: " in printed
        and "refused of what no report says: 1.000" in printed
    )


def test_a_side_that_is_not_cited_is_shown(few: None, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(plant_sides, "_cites", lambda answer, fact: False)
    assert main(["sides", "--failures"]) == 1
    assert "companies, 0 of 2: Put the 2031 revenue" in capsys.readouterr().out


def test_a_share_is_a_share(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sides", "--min-cited", "85"]) == 2
    assert "not 85.0" in capsys.readouterr().err
