"""Markdown read in place: every block is a slice of the text as it was written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.readers.markdown import parse

NOTE = """---
title: Pumps in 2031
date: 2031-02-03
author: "A. Writer"
---
# Northwind **initiation**

Orders grew by 12.5%
in the year.

## Segments

- Water is 40%
- Waste is 60%
  1. of which sludge 10%

| RMB mn | 2031 |
|---|--:|
| Sales | 1,200 |

***
Setext title
------------
> Quoted words.

## Disclaimer
This note is for information only.
"""


def pieces(parsed, kind):
    return [parsed.text[block.start : block.end] for block in parsed.blocks if block.kind == kind]


def test_structure_is_found_and_the_text_is_kept():
    parsed = parse(NOTE)
    assert parsed.text == NOTE
    assert pieces(parsed, "heading") == ["# Northwind **initiation**", "## Segments", "Setext title\n------------"]
    assert pieces(parsed, "paragraph") == [
        "Orders grew by 12.5%\nin the year.",
        "Water is 40%",
        "Waste is 60%",
        "of which sludge 10%",
        "Quoted words.",
    ]
    assert pieces(parsed, "bullet") == ["-", "-", "1.", ">"]
    assert pieces(parsed, "table") == ["| RMB mn | 2031 |\n|---|--:|\n| Sales | 1,200 |"]
    assert pieces(parsed, "boilerplate") == ["## Disclaimer", "This note is for information only."]
    assert next(b for b in parsed.blocks if b.kind == "table").section == ("Northwind initiation", "Segments")


def test_front_matter_and_first_heading_are_fields():
    parsed = parse(NOTE)
    assert [(f.name, f.value) for f in parsed.fields] == [
        ("title", "Pumps in 2031"),
        ("date", "2031-02-03"),
        ("authors", "A. Writer"),
        ("title", "Northwind initiation"),
    ]
    for found in parsed.fields:
        assert parsed.text[found.start : found.end] == found.quote


@given(
    st.lists(
        st.sampled_from(["# a", "b c", "- d", "> e", "|a|b|", "|-|-|", "```", "***", "", "  f", "1. g", "[x]: /y"])
    )
)
def test_blocks_tile_the_text(lines):
    parsed = parse("\n".join(lines))
    position = 0
    for block in parsed.blocks:
        assert position <= block.start < block.end
        assert not parsed.text[position : block.start].strip()
        position = block.end
    assert not parsed.text[position:].strip()
