"""Marks of emphasis are no words of a report: hand tables, and the property that no word is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.readers import read_bytes


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# Ferries\n\nFares rose **31%** on *all* routes.\n", "Fares rose 31% on all routes."),
        ("# Ferries\n\n- We **raise Alder to Buy** and **cut Birch**.\n", "We raise Alder to Buy and cut Birch."),
        ("# Ferries\n\nThe ***key*** point is __demand__.\n", "The key point is demand."),
        ("# Ferries\n\nThe yard needs 2 * 3 * 4 tonnes.\n", "The yard needs 2 * 3 * 4 tonnes."),
        ("# Ferries\n\nAdjusted profit* rose; *before charges.\n", "Adjusted profit* rose; *before charges."),
        ("# Ferries\n\nCall `a**b**c` first.\n", "Call `a**b**c` first."),
        ("# Ferries\n\nsnake_case_name and a__b stay.\n", "snake_case_name and a__b stay."),
        ("1. News - **Home**: Ferries carried more cars in June [3][4].\n", "Home:"),
    ],
)
def test_a_statement_is_read_without_marks(written: str, read: str) -> None:
    parsed = read_bytes(written.encode(), "note.md")
    assert read in [parsed.text[block.start : block.end] for block in parsed.blocks]


def test_headings_and_title_have_none_either() -> None:
    parsed = read_bytes(b"# Northwind **initiation**\n\n## **Risks** ahead\n\nWinds may turn.\n", "note.md")
    assert parsed.fields[0].value == "Northwind initiation"
    assert parsed.blocks[-1].section == ("Northwind initiation", "Risks ahead")


@given(
    st.lists(
        st.sampled_from(["**", "*", "__", "a", "b c", " ", "\n\n", "# x\n", "- ", "`", "***", "[3]", "。"]), max_size=30
    )
)
def test_blocks_tile_what_is_left(pieces: list[str]) -> None:
    parsed = read_bytes(("words first " + "".join(pieces)).encode(), "note.md")
    covered = "".join(parsed.text[block.start : block.end] for block in parsed.blocks)
    assert "".join(covered.split()) == "".join(parsed.text.split())
    for block in parsed.blocks:
        assert parsed.text[block.start : block.end].strip() == parsed.text[block.start : block.end] != ""
