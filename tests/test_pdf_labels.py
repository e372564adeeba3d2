"""Tables of a label and a text of several lines: rows top to top, or each label half-way down its text."""

from __future__ import annotations

import pytest
from pdf_samples import column, draw, text

from rag.readers.pdf import parse

TERMS = "the holder may ask for early payment when the rating of the issuer falls by two grades or more within"
ROWS = (("Issuer", 1), ("Amount", 2), ("Coupon", 1), ("Early payment", 7), ("Covenants", 4), ("Listing", 1))


def facts(centred, labels=ROWS, padding=0):
    """A page with a row per label: the label at 60 points, its lines from 200 points on, ``padding`` below each."""

    def page(canvas):
        text(canvas, 60, 60, "Terms of the bond", size=16)
        top = 140.0
        for number, (label, count) in enumerate(labels):
            lines = [f"{TERMS}," for _ in range(count - 1)] + [f"{number} weeks."]
            end = column(canvas, 200, top, lines, leading=12, size=8)
            text(canvas, 60, (top + end - 12) / 2 if centred else top, label, size=8)
            top = end + padding
        column(
            canvas,
            60,
            top + 40,
            ["What is said here is told at length in the prospectus, which was published on the day."] * 4,
        )

    return page


@pytest.mark.parametrize("padding", [0, 4])
@pytest.mark.parametrize("centred", [False, True], ids=["top", "centred"])
def test_a_label_and_all_lines_of_its_text_are_one_row(centred, padding):
    parsed = parse(draw(facts(centred, padding=padding)), "a.pdf")
    (table,) = [parsed.text[block.start : block.end] for block in parsed.blocks if block.kind == "table"]
    want = [
        " | ".join((label, " ".join([f"{TERMS},"] * (count - 1) + [f"{number} weeks."])))
        for number, (label, count) in enumerate(ROWS)
    ]
    assert table.split("\n") == want


def test_rows_that_do_not_fit_their_labels_are_left_alone():
    """Notes at the margin of a text are no labels: none of them cuts a sentence, and no text moves."""

    def page(canvas):
        column(canvas, 200, 140, [f"{TERMS} {number}" for number in range(20)], leading=12, size=8)
        for top in (146, 158, 230):
            text(canvas, 60, top, "See the glossary", size=8)

    words = parse(draw(page), "a.pdf").text.replace("See the glossary", " ").replace("|", " ").split()
    assert words == " ".join(f"{TERMS} {number}" for number in range(20)).split()


def test_a_label_set_lower_than_the_first_line_of_its_text_begins_the_row():
    """Officers of a company in its annual report: name and age stand between the first two lines."""
    people = (("A. Rowan", 5), ("B. Thorne", 3), ("C. Larch", 4))

    def page(canvas):
        top = 140.0
        for name, count in people:
            text(canvas, 60, top + 6, name, size=8)
            text(canvas, 150, top + 6, str(40 + count), size=8)
            top = 3 + column(canvas, 200, top, [f"{TERMS},"] * (count - 1) + ["two years."], leading=12, size=8)

    rows = parse(draw(page), "a.pdf").text.strip().split("\n")
    assert [row.split(" the holder")[0] for row in rows] == [f"{name} | {40 + count}" for name, count in people]
    assert [row.count(TERMS) for row in rows] == [count - 1 for _, count in people]
