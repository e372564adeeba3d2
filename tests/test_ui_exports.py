"""Answers and conversations that leave the page, and judgements of them."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from ui_samples import EN, answer_of, cite, passage, report

from rag.errors import InputError
from rag.types import Answer, Evidence, Sentence
from ui import export, feedback, word
from ui.turns import Turn

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_markdown_has_a_footnote_for_every_place() -> None:
    turn = Turn("k", "Why *so*?", answer_of("Up 5% [4].\nDown [4].", cite(4, "up", 0)), "done")
    assert turn.answer and export.markdown(turn, EN) == turn.answer.to_markdown(), "one form for page, program and file"
    assert export.markdown(turn, EN).splitlines() == [
        "Up 5% [^4].",
        "Down [^4].",
        "",
        '[^4]: BROKER 1, Report 1, 2025-01-01, p. 4, "up"',
    ]
    two = Turn(
        "k",
        "q",
        Answer("q", "Both [4][4].", (Sentence("Both [4][4].", (0, 1)),), (cite(4, "a", 0), cite(4, "b", 1))),
        "done",
    )
    assert "Both [^4][^4x2]." in export.markdown(two, EN) and "[^4x2]: " in export.markdown(two, EN)
    whole = export.conversation_markdown([turn, two], EN)
    assert "## Why \\*so\\*?" in whole and "[^1-4]:" in whole and "[^2-4]:" in whole


def test_nothing_of_a_report_acts_as_markdown() -> None:
    text = "![x](http://evil.example) <b>bold</b> [^9] `code`"
    turn = Turn("k", text, answer_of(text), "done")
    for made in (export.markdown(turn, EN), export.conversation_markdown([turn], EN)):
        assert "\\!\\[x\\](http:\\//evil.example)" in made and "\\<b\\>" in made and "\\[^9\\]" in made


def test_plain_text_keeps_the_markers_and_lists_the_sources() -> None:
    text = export.plain(Turn("k", "q", answer_of("Up [4].", cite(4, "up by a lot", 0)), "done"), EN)
    assert text == "Up [4].\n\nSources\n[4] BROKER 1, Report 1, 2025-01-01, page 4: “up by a lot”"


def test_tables_leave_as_markdown_and_as_cells_without_formulas() -> None:
    answer = answer_of("Name | Value\n=1+1 | -5.2%\n@x | [4]", cite(4, "q", 0))
    rows = list(csv.reader(io.StringIO(export.tables_csv(answer).decode("utf-8-sig"))))
    assert rows == [["Name", "Value"], ["'=1+1", "-5.2%"], ["'@x", "[4]"]]
    assert "| Name | Value |\n| --- | --- |\n" in export.markdown(Turn("k", "q", answer, "done"), EN)


def test_a_word_document_has_headings_markers_and_footnotes() -> None:
    hostile = "Up \x00<w:evil/> & [4].\n- Down [4]."
    answer = answer_of(hostile, cite(4, "quote & <b>", 0))
    refusal = Turn("r", "And?", Answer("q", "Not covered.", refused=True), "done")
    data = word.document([Turn("k", "Why?\nReally", answer, "done"), refusal, Turn("x", "running?")], EN)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
    spaces = {"w": WORD}
    body = parts["word/document.xml"]
    lines = ["".join(t.text or "" for t in p.iterfind(".//w:t", spaces)) for p in body.iterfind(".//w:p", spaces)]
    assert lines == [
        "Report Chat",
        "Why? Really",
        "Up <w:evil/> & [4].",
        "• Down [4].",
        "And?",
        "Not covered.",
    ]
    assert len(body.findall(".//w:footnoteReference", spaces)) == 1
    notes = "".join(t.text or "" for t in parts["word/footnotes.xml"].iterfind(".//w:t", spaces))
    assert notes == " [4] BROKER 1, Report 1, 2025-01-01, page 4: “quote & <b>”"


def paragraphs(*turns: Turn) -> tuple[list[str], list[list[str]]]:
    """The text of a Word document: paragraphs outside of tables, and rows of cells."""
    with zipfile.ZipFile(io.BytesIO(word.document(turns, EN))) as archive:
        body = ET.fromstring(archive.read("word/document.xml"))[0]
    w = f"{{{WORD}}}"

    def told(node: ET.Element) -> str:
        return "".join(text.text or "" for text in node.iter(f"{w}t")).strip()

    rows = [[told(cell) for cell in row.iter(f"{w}tc")] for row in body.iter(f"{w}tr")]
    return [told(node) for node in body if node.tag == f"{w}p"], rows


def test_tables_doubts_and_notes_go_into_a_word_document() -> None:
    sentences = (
        Sentence("| Old Mill | Buy [4] |", (0,)),
        Sentence("| Quay | Sell [4] |", (0,), "partly", reason="Its wording is another."),
        Sentence("They differ.", (), "unsupported"),
    )
    text = "| Broker | Rating |\n| --- | --- |\n| Old Mill | Buy [4] |\n| Quay | Sell [4] |\nThey differ."
    answer = Answer("q", text, sentences, (cite(4, "Buy", 0),), notes=("A newer report exists.",))
    lines, rows = paragraphs(Turn("k", "q", answer, "done"))
    assert rows == [
        ["Broker", "Rating"],
        ["Old Mill", "Buy [4]"],
        ["Quay", f"Sell [4] ({EN['partly']}: Its wording is another)"],
    ]
    assert lines[-2:] == [f"They differ. ({EN['unsupported']})", "A newer report exists."]


def test_the_nearest_passages_of_a_refusal_say_where_they_stand() -> None:
    of = report(1)
    found = Evidence(passage(of, 4, "Sales | 5\nCosts | 3", ()), of, 0.5)
    turn = Turn("k", "q", Answer("q", "Not covered.", refused=True, evidence=(found,)), "done")
    where = "BROKER 1, Report 1, 2025-01-01, mark 5: Sales · 5; Costs · 3"
    assert f"- {where}" in export.conversation_markdown([turn], EN)
    lines, _ = paragraphs(turn)
    assert lines[-2:] == [EN["nearest"], f"• {where}"]


def test_a_judgement_is_one_line_in_the_form_of_an_eval_case(tmp_path: Path) -> None:
    turn = Turn("k", "Why?", answer_of("Up [4].", cite(4, "up", 0)), "done")
    for verdict in ("right", "wrong_citation"):
        path = feedback.store(tmp_path, feedback.record(turn, [Turn("a", "Before?")], verdict, " too\nlow "))
    first, second = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    assert (first["verdict"], second["verdict"]) == ("right", "wrong_citation")
    assert first["question"] == "Why?" and first["history"] == ["Before?"] and first["comment"] == "too low"
    assert first["docs"] == ["r1"] and first["marks"] == [["r1", [4]]] and first["answer"]["text"] == "Up [4]."
    with pytest.raises(InputError):
        feedback.record(turn, [], "maybe", "")
