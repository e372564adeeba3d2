"""Quotes are found again on the page: the boxes of a word cover the word where it was drawn."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_samples import CJK, HEIGHT, WIDTH, column, draw, table, text
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

from rag.errors import ReaderError
from rag.readers.pdf import parse
from rag.readers.pdf_boxes import page_boxes, quote_boxes, render
from rag.reports.passages import make_passages

ROWS = [
    ("Receivables, net of allowances", "$ 912", "1,044"),
    ("Accumulated deficit", "(1,234)", "(987)"),
    ("Total assets", "4,988", "4,177"),
]


def page(canvas):
    text(canvas, 60, 80, "Orders and results of the year", "Helvetica-Bold", 16)
    column(
        canvas, 60, 120, ["Orders grew in every region during the year and the", "backlog covered nine months of work."]
    )
    table(canvas, 60, 200, ROWS, (300, 400))
    text(canvas, 60, 300, "海外订单占比提升至31.2%，较上年提高。", CJK)


def saved(tmp_path, *pages, **options):
    path = tmp_path / "report.pdf"
    path.write_bytes(draw(*pages, **options))
    return path, parse(path.read_bytes(), path.name)


def boxes_of(path, parsed, quote):
    start = parsed.text.index(quote)
    span = next(span for span in parsed.pages if span.start <= start < span.end)
    return quote_boxes(path, span, start, start + len(quote), quote)


def test_a_quote_over_two_lines_has_a_box_on_each(tmp_path):
    path, parsed = saved(tmp_path, page)
    first, second = boxes_of(path, parsed, "during the year and the backlog covered")
    assert (first.width, first.height) == pytest.approx((WIDTH, HEIGHT))
    assert first.left == pytest.approx(60 + stringWidth("Orders grew in every region ", "Helvetica", 10), abs=1)
    assert first.top < 120 < first.bottom + 0.1
    assert second.left == pytest.approx(60, abs=1)
    assert second.right == pytest.approx(60 + stringWidth("backlog covered", "Helvetica", 10), abs=1)
    assert second.top < 133 < second.bottom + 0.1


def test_a_row_of_a_table_has_boxes_for_its_cells(tmp_path):
    path, parsed = saved(tmp_path, page)
    boxes = boxes_of(path, parsed, "Receivables, net of allowances | $ 912 | 1,044")
    assert [round(box.left) for box in boxes] == [60, 240, round(400 - stringWidth("1,044", "Helvetica", 10))] or len(
        boxes
    ) == 4
    assert max(box.right for box in boxes) == pytest.approx(400, abs=1)
    (deficit,) = boxes_of(path, parsed, "(1,234)")
    assert deficit.right == pytest.approx(300.5 + stringWidth(")", "Helvetica", 10), abs=1)


def test_chinese_quotes_have_boxes(tmp_path):
    path, parsed = saved(tmp_path, page)
    (box,) = boxes_of(path, parsed, "提升至31.2%")
    assert box.left == pytest.approx(60 + stringWidth("海外订单占比", CJK, 10), abs=1)


def test_a_quote_is_looked_for_when_it_stands_elsewhere(tmp_path):
    path, parsed = saved(tmp_path, page)
    right = boxes_of(path, parsed, "Accumulated deficit")
    assert quote_boxes(path, parsed.pages[0], 0, 19, "Accumulated deficit") == right
    assert quote_boxes(path, parsed.pages[0], 0, 9, "not there") == ()


def test_a_turned_page_has_boxes_as_it_is_shown(tmp_path):
    def turned(canvas):
        canvas.setPageRotation(90)  # reportlab makes the paper HEIGHT wide and WIDTH high; it is shown upright
        canvas.translate(0, WIDTH - HEIGHT)
        page(canvas)

    path, parsed = saved(tmp_path, turned)
    (box,) = boxes_of(path, parsed, "Accumulated deficit")
    assert (box.width, box.height) == pytest.approx((WIDTH, HEIGHT))
    # The text runs down the shown page: 60 from the paper's left is 60 from the top, its upper side is on the right.
    assert box.top == pytest.approx(60, abs=1)
    assert box.left < WIDTH - 214 < box.right < WIDTH - 214 + 14


def test_a_page_drawn_sideways_is_read_along_its_lines(tmp_path):
    def sideways(canvas):
        canvas.rotate(90)
        canvas.translate(0, -HEIGHT)
        column(canvas, 60, 300, ["Orders grew in every region during the year and", "the backlog covered nine months."])
        table(canvas, 60, 400, ROWS, (300, 400))

    path, parsed = saved(tmp_path, sideways)
    assert "during the year and the backlog covered nine months." in parsed.text
    assert "Accumulated deficit | (1,234) | (987)" in parsed.text
    (box,) = boxes_of(path, parsed, "the backlog covered")
    assert box.bottom - box.top > 3 * (box.right - box.left)


def test_pages_are_drawn(tmp_path):
    path, _ = saved(tmp_path, page)
    image = Image.open(io.BytesIO(render(path, 1, 1.0)))
    assert image.size == (round(WIDTH + 0.3), round(HEIGHT))
    assert image.convert("L").getextrema()[0] < 100
    huge = Image.open(io.BytesIO(render(path, 1, 1_000.0)))
    assert huge.size[0] * huge.size[1] <= 41_000_000
    with pytest.raises(ReaderError, match="has pages 1 to 1; page 2 was asked for"):
        render(path, 2)


WORDS = st.lists(
    st.sampled_from("revenue grew 12.5% to (1,234) and $ 98 margin — 海外 订单 of".split()), min_size=1, max_size=9
)
LINES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 24), WORDS), min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_every_passage_is_a_slice_and_every_word_has_its_box(tmp_path_factory, lines):
    drawn = []

    def scattered(canvas):
        for x, row, words in lines:
            left, top = 40 + 12 * x, 40 + 30 * row
            for word in words:
                font = CJK if word[0] > "\u3000" else "Helvetica"
                text(canvas, left, top, word, font)
                right = left + stringWidth(word, font, 10)
                drawn.append((word, left, top, right))
                left = right + 4

    path = tmp_path_factory.mktemp("pdf") / "p.pdf"
    path.write_bytes(draw(scattered))
    parsed = parse(path.read_bytes(), "p.pdf")
    position = 0
    for block in parsed.blocks:
        assert position <= block.start < block.end
        assert not parsed.text[position : block.start].strip()
        position = block.end
    assert not parsed.text[position:].strip()
    for passage in make_passages(parsed, "0" * 64):
        assert parsed.text[passage.start : passage.end] == passage.text
        assert passage.page == 1
    composed, boxes = page_boxes(path, 1)
    assert composed.text == parsed.text[parsed.pages[0].start : parsed.pages[0].end]
    assert len(boxes) == len(composed.text)
    for word, left, top, right in drawn:
        if len(word) > 4 and sum(word in other[0] for other in drawn) == 1:
            start = composed.text.find(word)
            if start < 0:  # drawn over another word
                continue
            box = boxes[start : start + len(word)]
            assert box[:, 0].min() == pytest.approx(left, abs=1)
            assert box[:, 2].max() == pytest.approx(right, abs=1)
            assert box[:, 1].min() < top < box[:, 3].max() + 0.1


CELLS = st.lists(st.sampled_from(["1,234", "(987)", "$ 12.5", "31.2%", "—", "45"]), min_size=2, max_size=3)
LABELS = st.sampled_from(["Net sales", "Cost of goods sold", "Total assets", "Accumulated deficit", "Working capital"])


def _covers(box, chars):
    """Which characters have their middle in a box."""
    x, y = (chars[:, 0] + chars[:, 2]) / 2, (chars[:, 1] + chars[:, 3]) / 2
    return (x >= box.left) & (x <= box.right) & (y >= box.top) & (y <= box.bottom)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(LABELS, CELLS), min_size=3, max_size=12),
    st.sampled_from([0, 90, 180, 270]),
    st.lists(st.sampled_from(["Orders grew by 4% in the year.", "海外订单占比提升至31.2%。"]), min_size=1, max_size=3),
    st.data(),
)
def test_the_boxes_of_a_span_cover_its_characters_and_no_others(tmp_path_factory, rows, rotation, lines, data):
    def page(canvas):
        canvas.setPageRotation(rotation)
        table(canvas, 60, 120, [(label, *cells) for label, cells in rows], (300, 400, 500))
        for number, line in enumerate(lines):
            text(canvas, 60, 400 + 40 * number, line, CJK if line[0] > "\u3000" else "Helvetica")

    path = tmp_path_factory.mktemp("pdf") / "p.pdf"
    path.write_bytes(draw(page))
    parsed = parse(path.read_bytes(), "p.pdf")
    (span,) = parsed.pages
    composed, chars = page_boxes(path, 1)
    assert composed.text == parsed.text[span.start : span.end]
    passage = data.draw(st.sampled_from(make_passages(parsed, "0" * 64)))
    start = data.draw(st.integers(passage.start, passage.end - 1))
    end = data.draw(st.integers(start + 1, passage.end))
    boxes = quote_boxes(path, span, start, end, parsed.text[start:end])
    solid = np.array([not char.isspace() for char in composed.text]) & ~np.isnan(chars[:, 0])
    inside = np.zeros(len(chars), bool)
    inside[start - span.start : end - span.start] = True
    covered = np.zeros(len(chars), bool)
    for box in boxes:
        covered |= _covers(box, chars)
    assert not (solid & inside & ~covered).any()
    assert not (solid & ~inside & covered).any()
