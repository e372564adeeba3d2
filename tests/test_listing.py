"""Rows of ratings in a weekly, and what was upgraded or downgraded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_library import library_of

from rag import Library

WEEKLY = """Grain Weekly: barley leads
Millgate Research, 12 May 2025

The week in brief
Barley rose 3% and wheat was flat.
We upgraded Alder Malt to Buy from Hold and downgraded Birch Mills to Sell from Hold.

Company calls
Company | Ticker | Rating | Target price | Price
Alder Malt | ALM LN | Buy | 410p | 352p
Birch Mills | BRM LN | Sell | 95p | 120p
Calder Grain | CLG LN | Hold | 230p | 226p
Dorn Silos | DRS GR | Sell | EUR 14 | EUR 17
"""
CHANGES = """<html><head><title>Rating changes, week to 16 May 2025</title></head><body><h1>Rating changes, week to 16 May 2025</h1>
<table><tr><th>Date</th><th>Company</th><th>Broker</th><th>From</th><th>To</th></tr>
<tr><td>13 May</td><td>Elm Foods</td><td>Stokes Securities</td><td>Hold</td><td>Buy</td></tr>
<tr><td>14 May</td><td>Fir Oils</td><td>Millgate Research</td><td>Buy</td><td>Hold</td></tr>
<tr><td>15 May</td><td>Gorse Dairy</td><td>Millgate Research</td><td>Buy</td><td>Buy</td></tr></table></body></html>"""
PRICE = """Harbour Barley (HBB LN): higher target
Stokes Securities, 9 May 2025

We raise our target price to 86p and keep our Hold rating.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    texts = {"weekly.txt": WEEKLY, "changes.html": CHANGES, "price.txt": PRICE}
    with library_of(tmp_path_factory.mktemp("listing"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "silent"),
    [
        ("List all target prices in the grain weekly", ("410p", "95p", "230p", "EUR 14"), ("352p",)),
        ("What are the ratings in the grain weekly?", ("Alder Malt | Buy", "Dorn Silos | Sell"), ("410p",)),
        ("Which stocks are rated Sell in the grain weekly?", ("Birch Mills", "Dorn Silos"), ("Alder", "Calder")),
        ("Which stocks were upgraded?", ("Alder Malt", "Elm Foods"), ("Fir Oils", "Gorse", "86p")),
        ("any downgrades?", ("Birch Mills", "Fir Oils"), ("Elm Foods", "Gorse", "86p")),
    ],
)
def test_rows_and_changes(library: Library, question: str, said: tuple[str, ...], silent: tuple[str, ...]) -> None:
    answer = library.ask(question)
    assert not answer.refused
    assert [text for text in said if text not in answer.text] == []
    assert [text for text in silent if text in answer.text] == []
    assert answer.citations


def test_a_time_without_changes_is_said(library: Library) -> None:
    answer = library.ask("Which stocks were upgraded this week?")
    assert "Elm Foods" in answer.text
    assert any("No report of this week" in note for note in answer.notes)


def test_a_time_with_changes_is_kept_to(library: Library) -> None:
    answer = library.ask("Which stocks were upgraded in May 2025?")
    assert "Elm Foods" in answer.text
    assert answer.notes == ()


def test_a_row_that_begins_with_a_day_is_shown_whole(library: Library) -> None:
    assert "13 May | Elm Foods" in library.ask("Which stocks are rated Buy in the rating changes?").text


def test_no_rating_is_made_of_a_house_in_a_table_of_others(library: Library) -> None:
    assert library.ask("What rating does Stokes Securities have on Calder Grain?").text.count("Buy") == 0


def test_other_upgrades_are_no_change_of_a_rating(tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = {"a.txt": "Elm Foods: new mills\n\nSpending goes to upgrades of two mills and to a new silo.\n"}
    with library_of(tmp_path_factory.mktemp("upgrades"), texts) as opened:
        assert opened.ask("Which stocks were upgraded?").refused
        assert not opened.ask("What is being upgraded at Elm Foods?").refused
