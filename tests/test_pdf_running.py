"""Running lines: told from the text on pages in columns, read for page numbers, and no text of a scanned page."""

from __future__ import annotations

import pytest
from pdf_samples import HEIGHT, WIDTH, column, draw, text
from PIL import Image
from reportlab.lib.utils import ImageReader

from rag.readers import read_bytes

LEFT = ["The northern terminals handled more boxes in the", "year than in the year before, as the new crane went"] * 4
RIGHT = ["In the south the strike of eleven days cost more", "than was said. The wage deal of June runs for three"] * 4
PICTURE = ImageReader(Image.new("1", (300, 400), 1))


def report(page, places=("Old Mill | {n}", 500)):
    def run(canvas, number):
        text(canvas, 50, 40, "Northwind Pumps: annual review", size=8)
        text(canvas, 430, 40, "Old Mill Securities", size=8)
        line, x = places
        text(canvas, x, 810, line.format(n=number + 4), size=8)

    def columns(canvas):
        column(canvas, 50, 90, LEFT)
        column(canvas, 320, 90, RIGHT)

    def whole(canvas):
        column(canvas, 50, 90, [f"{a} {b}" for a, b in zip(LEFT, RIGHT, strict=True)])

    pages = [whole, columns, whole, page, columns, whole]
    return draw(*(lambda canvas, n=n, p=p: (run(canvas, n), p(canvas)) for n, p in enumerate(pages, 1)))


def scan(canvas):
    canvas.drawImage(PICTURE, 40, 60, WIDTH - 80, HEIGHT - 140)


def test_the_ends_of_a_header_over_two_columns_are_no_text_of_theirs():
    parsed = read_bytes(report(scan), "note.pdf")
    shown = [parsed.text[b.start : b.end] for b in parsed.blocks if b.kind != "chrome"]
    assert not any("Old Mill" in line or "annual review" in line for line in shown)
    assert not any("Old Mill" in heading for block in parsed.blocks for heading in block.section)


def test_a_scanned_page_under_a_header_is_told_of():
    (warning,) = read_bytes(report(scan), "note.pdf").warnings
    assert warning.startswith("Only a header or footer could be read on page 4: the rest is a picture")
    assert read_bytes(report(lambda canvas: None), "note.pdf").warnings == ()


@pytest.mark.parametrize(
    "places", [("Old Mill | {n}", 480), ("- {n} -", 290), ("{n}   Old Mill", 50), ("Page {n}", 290)]
)
def test_page_numbers_within_running_lines(places):
    assert [page.label for page in read_bytes(report(scan, places), "note.pdf").pages] == [
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
    ]


def test_years_in_running_lines_are_no_page_numbers():
    pages = read_bytes(report(scan, ("Review of 2031", 480)), "note.pdf").pages
    assert {page.label for page in pages} == {None}
