"""Correcting what the readers found: every field, its wrong values, and that a correction outlives its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rag.cli import main
from rag.cli.parser import EDITABLE as OFFERED
from rag.store.rows import EDITABLE

DIGEST = """Harbour Cranes: orders outrun capacity
NORTHWIND RESEARCH·2025-03-04 09:30

Investment Rating - The report rates Harbour Cranes "Outperform" [3] Core Insights - Order intake rose 12.5% to 840 million yuan in 2024 [4][7] - Capacity in Ningbo doubles by the end of 2026 [9]
"""


@pytest.fixture
def filled(rag_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The file of the one report in a library."""
    path = tmp_path / "cranes.txt"
    path.write_text(DIGEST, encoding="utf-8")
    assert main(["add", str(path)]) == 0
    capsys.readouterr()
    return path


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(argv) == 0
    return capsys.readouterr().out


def document(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    return json.loads(printed(capsys, *argv, "--json"))


def test_edit_corrects_and_clears_and_marks_it_as_corrected(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "edit", "cranes", "--broker", "Southwind", "--target-price", "1,185.5", "--tickers", "A1, B2")
    report = document(capsys, "edit", "cranes", "--date", "2025-03-05", "--rating", "")
    wanted = {
        "broker": "Southwind",
        "target_price": 1185.5,
        "tickers": ["A1", "B2"],
        "date": "2025-03-05",
        "rating": None,
    }
    assert {name: report[name] for name in wanted} == wanted
    assert "Southwind  (corrected)" in printed(capsys, "show", "cranes")


@pytest.mark.parametrize(
    "change",
    [
        ["--date", "yesterday"],
        ["--date", "2025-02-30"],
        ["--target-price", "much"],
        ["--previous-target-price", "-4"],
        ["--currency", "Hong Kong dollars"],
        ["--rating-of", "fund"],
        ["--language", "fr"],
        ["--title", " "],
        [],
    ],
)
def test_edit_refuses_what_is_no_such_value(
    change: list[str], filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["edit", "cranes", *change]) == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert err.startswith("error: ") and ("expected" in err or "at least" in err)


EDITS = [
    ("title", "Cranes again", "Cranes again"),
    ("broker", "Southwind", "Southwind"),
    ("authors", "Jane Doe, 张三、李四", ["Jane Doe", "张三", "李四"]),
    ("date", "2025-03-05", "2025-03-05"),
    ("companies", "Northwind, Inc., Harbour Cranes", ["Northwind, Inc.", "Harbour Cranes"]),
    ("companies", "A, B and C Ltd; D", ["A, B and C Ltd", "D"]),
    ("tickers", "600999.SH，3999.HK", ["600999.SH", "3999.HK"]),
    ("rating", "Buy", "Buy"),
    ("previous_rating", "Hold", "Hold"),
    ("rating_of", "industry", "industry"),
    ("target_price", "1,185.5", 1185.5),
    ("previous_target_price", "990", 990.0),
    ("currency", "hkd", "HKD"),
    ("period", "FY2025", "FY2025"),
    ("language", "zh", "zh"),
]


@pytest.mark.parametrize(("field", "given", "stored"), EDITS)
def test_every_edited_field_survives_adding_the_report_again_and_can_be_cleared(
    field: str, given: str, stored: object, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    option = f"--{field.replace('_', '-')}"
    assert document(capsys, "edit", "cranes", option, given)[field] == stored
    filled.write_text(DIGEST + " ", encoding="utf-8")
    assert document(capsys, "add", str(filled))["replaced"] == 1
    assert document(capsys, "show", "cranes")[field] == stored
    if field not in ("title", "language"):
        empty = [] if isinstance(stored, list) else None
        assert document(capsys, "edit", "cranes", option, "")[field] == empty


def test_edit_offers_every_field_that_can_be_corrected() -> None:
    assert set(OFFERED) == set(EDITABLE)
