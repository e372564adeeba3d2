"""HTML pages and filings: main text, headings, tables, hidden parts, and input made to hurt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ReaderError
from rag.readers import read_bytes
from rag.readers.html import parse

PAGE = """<!DOCTYPE html><html><head><title>Pump orders rise | Northwind</title>
<meta property="article:published_time" content="2031-02-03T08:00:00Z"><script>var secret = "do not read";</script>
<style>p {color: red}</style></head><body><nav><a href="/">Home</a></nav>
<main><h1>Pump orders rise</h1><p>Orders grew by <b>12.5%</b> in the<br>fourth quarter.</p>
<div style="display:none">hidden words</div><script>alert("x")</script>
<h2>Segments</h2><ul><li>Water: 40%</li><li>Waste: 60%</li></ul>
<table><caption>Sales (in millions)</caption>
<tr><th></th><th>2031</th><th>2030</th></tr>
<tr><td>Water</td><td>1,200</td><td>1,100</td></tr><tr><td>Waste</td><td>900</td><td></td></tr></table>
</main><footer>All rights reserved</footer></body></html>"""

FILING = """<html><body><div style="text-align:center"><span style="font-weight:700">CONSOLIDATED BALANCE SHEETS</span></div>
<div>(In thousands)</div><table>
<tr><td colspan="3"></td><td colspan="3">June 30, 2031</td><td colspan="3">June 30, 2030</td></tr>
<tr><td colspan="3">Cash</td><td>$</td><td>1,234</td><td></td><td>$</td><td>987</td><td></td></tr>
<tr><td colspan="3">Deficit</td><td></td><td>(55</td><td>)</td><td></td><td>(44</td><td>)</td></tr>
<tr><td colspan="3">Margin</td><td></td><td>12.5</td><td>%</td><td></td><td>—</td><td></td></tr></table>
<table><tr><td>•</td><td>A point made in a table that only sets it apart.</td></tr></table></body></html>"""


def pieces(parsed, kind):
    return [parsed.text[block.start : block.end] for block in parsed.blocks if block.kind == kind]


def test_main_text_without_scripts_menus_and_hidden_parts():
    parsed = parse(PAGE)
    assert pieces(parsed, "heading") == ["Pump orders rise", "Segments"]
    assert pieces(parsed, "paragraph") == ["Orders grew by 12.5% in the fourth quarter.", "Water: 40%", "Waste: 60%"]
    assert pieces(parsed, "table") == ["Sales (in millions)\n2031 | 2030\nWater | 1,200 | 1,100\nWaste | 900"]
    for absent in ("secret", "alert", "hidden words", "Home", "rights", "color"):
        assert absent not in parsed.text
    assert {field.name: field.value for field in parsed.fields} == {"title": "Pump orders rise", "date": "2031-02-03"}
    table = next(block for block in parsed.blocks if block.kind == "table")
    assert table.section == ("Pump orders rise", "Segments", "Sales (in millions) / 2031 | 2030")


def test_a_filings_table_joins_signs_and_brackets_to_figures():
    parsed = parse(FILING)
    assert pieces(parsed, "heading") == ["CONSOLIDATED BALANCE SHEETS"]
    (table,) = pieces(parsed, "table")
    assert table.split("\n") == [
        "June 30, 2031 | June 30, 2030",
        "Cash | $ 1,234 | $ 987",
        "Deficit | (55) | (44)",
        "Margin | 12.5% | —",
    ]
    block = next(block for block in parsed.blocks if block.kind == "table")
    assert block.section[-1] == "(In thousands) / June 30, 2031 | June 30, 2030"
    assert pieces(parsed, "bullet") == ["•"]
    assert pieces(parsed, "paragraph")[-1] == "A point made in a table that only sets it apart."


def test_rows_and_columns_that_span_keep_cells_in_their_columns():
    parsed = parse(
        "<table><tr><th>Unit</th><th>2030</th><th>2031</th></tr><tr><td rowspan=2>Water</td><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr></table>"
    )
    assert parsed.text.split("\n") == ["Unit | 2030 | 2031", "Water | 1 | 2", "3 | 4"]


def test_pages_without_text_are_refused():
    for page in ("<html></html>", "<html><body><script>x()</script></body></html>"):
        with pytest.raises(ReaderError, match="no text outside scripts"):
            parse(page)


def test_deep_nesting_and_long_pages_are_read_in_time():
    parsed = parse("<html><body><p>first</p>" + "<div><b>" * 50_000 + "core" + "</b></div>" * 50_000 + "</body></html>")
    assert parsed.text == "first"
    assert parsed.warnings == ("Elements are nested deeper than 256; the text from there on was left out.",)
    many = parse("<html><body>" + "<p>One line of many.</p>" * 20_000 + "</body></html>")
    assert len(many.blocks) == 20_000


def test_html_is_known_by_its_content():
    assert read_bytes(PAGE.encode(), "page.txt").kind == "html"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("<div class=a><script>x()</script><p>Sales rose 4%.</p></div>", "saved.html", "html"),
        ("<table><tr><td>Sales</td><td>4</td></tr></table>", "export.txt", "html"),
        ('<!DOCTYPE a [<!ENTITY b "x">]><html><p>Sales rose 4%.</p></html>', "old.htm", "html"),
        ("<!-- a --><!-- b -->\n<p>Sales rose 4%.</p>", "note.txt", "html"),
        ("Sales rose <b>4%</b> in May.", "note.html", "html"),
        ("Sales < 5 and costs > 4.", "note.html", "text"),
        ("<pre-tax profit> rose 4% in May.", "note.txt", "text"),
    ],
)
def test_pieces_of_html_are_read_as_such(text, name, kind):
    read = read_bytes(text.encode(), name)
    assert read.kind == kind and "x()" not in read.text


def test_text_that_lies_too_deep_is_refused_with_the_reason():
    with pytest.raises(ReaderError, match="nested deeper than 256"):
        parse("<div>" * 300 + "core" + "</div>" * 300)


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "<td>", "<table>", "<tr>", "</table>", "a & b", "<li>x", "\n"])))
def test_blocks_tile_the_text(parts):
    try:
        parsed = parse("<html><body>x" + "".join(parts) + "</body></html>")
    except ReaderError:
        return
    position = 0
    for block in parsed.blocks:
        assert not parsed.text[position : block.start].strip()
        assert position <= block.start < block.end
        position = block.end
    assert position == len(parsed.text)
