"""The whole way of one report, from its file to the message on the page. Read this first: each test is one step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag import Library, readers
from rag.reports.passages import make_passages
from rag.types import Locator
from ui import chat, render
from ui.desk import Desk
from ui.i18n import texts
from ui.turns import Turn

EN = texts("en")
FILE = """Harbour Cranes: orders outrun capacity
NORTHWIND RESEARCH·2025-03-04 09:30

Investment Rating - The report rates Harbour Cranes "Outperform" [3] Core Insights - Order intake rose 12.5% to 840 million yuan in 2024 [4][7] - Capacity in Ningbo doubles by the end of 2026 [9]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cranes.txt"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_1_a_reader_finds_the_parts_of_a_file(file: Path) -> None:
    parsed = readers.read(file)
    assert parsed.kind == "digest"
    statements = [block for block in parsed.blocks if block.kind == "statement"]
    assert [parsed.text[block.start : block.end] for block in statements] == [
        'The report rates Harbour Cranes "Outperform"',
        "Order intake rose 12.5% to 840 million yuan in 2024",
        "Capacity in Ningbo doubles by the end of 2026",
    ]
    assert [block.marks for block in statements] == [(3,), (4, 7), (9,)]
    assert {found.name: found.value for found in parsed.fields} == {
        "title": "Harbour Cranes: orders outrun capacity",
        "broker": "NORTHWIND RESEARCH",
        "date": "2025-03-04",
    }


def test_2_statements_become_passages_that_know_their_place(file: Path) -> None:
    parsed = readers.read(file)
    passage = make_passages(parsed, report_id="c0ffee" * 10)[1]
    assert passage.text == parsed.text[passage.start : passage.end]
    assert passage.locator == Locator("mark", (4, 7))
    assert passage.section == ("Core Insights",)


def test_3_the_library_keeps_the_report_and_finds_the_passage(file: Path, library: Library) -> None:
    report = library.add(file)
    assert (report.broker, str(report.date), report.passages) == ("NORTHWIND RESEARCH", "2025-03-04", 3)
    evidence = library.retrieve("How much did orders grow in 2024?")
    assert evidence[0].passage.locator.numbers == (4, 7)
    assert evidence[0].report == report


def test_4_the_answer_cites_the_places_it_was_read_from(file: Path, library: Library) -> None:
    report = library.add(file)
    answer = library.ask("How much did order intake grow in 2024?")
    assert answer.text == "Order intake rose 12.5% to 840 million yuan in 2024 [4][7]."
    (sentence,), (citation,) = answer.sentences, answer.citations
    assert (sentence.status, sentence.citations) == ("supported", (0,))
    assert (citation.marker, citation.report) == ("[4][7]", report)
    cited = next(passage for passage in library.passages(report.id) if passage.id == citation.passage_id)
    assert cited.text[citation.start : citation.end] == citation.quote
    assert citation.quote in library.text(report.id)


def test_5_what_the_report_does_not_say_is_refused(file: Path, library: Library) -> None:
    library.add(file)
    answer = library.ask("What dividend does the company pay?")
    assert answer.refused and not answer.citations and not answer.sentences
    assert "not found: dividend" in answer.text


def opened(message: str, library: Library) -> str:
    """The panel that a click on the message's first chip opens."""
    chip = re.search(r'href="(#cite/[^"]+)"', message)
    assert chip, message
    return Desk(library).proof({"href": chip[1]}, EN)


def test_6_the_page_shows_the_answer_with_a_chip_that_opens_the_passage(file: Path, library: Library) -> None:
    library.add(file)
    *_, turn = chat.grow(library, Turn("k1", "How much did order intake grow in 2024?"), (), (), EN)
    message = render.turn_html(turn, EN)
    assert "Order intake rose 12.5% to 840 million yuan in 2024" in message
    proof = opened(message, library)
    assert "<mark>Order intake rose 12.5% to 840 million yuan in 2024</mark>" in proof
    assert "Harbour Cranes: orders outrun capacity" in proof and "NORTHWIND RESEARCH" in proof


def test_7_of_a_long_passage_the_quoted_part_is_marked_and_not_the_whole(file: Path, library: Library) -> None:
    around = "The company builds cranes of many kinds for many ports. " * 10
    said = "Freight rates in Rotterdam fell by 6.5% in June."
    file.write_text(f"{FILE}\n\n{around}{said} {around}\n", encoding="utf-8")
    library.add(file)
    *_, turn = chat.grow(library, Turn("k1", "By how much did freight rates in Rotterdam fall?"), (), (), EN)
    assert turn.answer is not None
    quote = turn.answer.citations[0].quote
    assert said in quote and len(quote) < len(around)
    assert f"<mark>{quote}</mark>" in opened(render.turn_html(turn, EN), library)
