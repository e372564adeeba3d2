"""Words that a PDF draws in pieces, footnote marks, and hyphens at line ends: read as a person reads them."""

from __future__ import annotations

import pytest
from bad_files import _page_of, _stream, raw_pdf
from pdf_samples import CJK, HEIGHT, column, draw, table, text
from reportlab.pdfbase.pdfmetrics import stringWidth

from rag.figures.find import figures
from rag.readers.pdf import parse
from rag.readers.pdf_boxes import quote_boxes
from rag.readers.pdf_hyphens import PageWords, drops_hyphen


def letters(canvas, x, top, line, gap, font="Helvetica", size=10):
    """Draw a line letter by letter, ``gap`` points between; a space is twice the gap wider."""
    for char in line:
        if char != " ":
            text(canvas, x, top, char, font, size)
        x += stringWidth(char, font, size) + gap


def raised(canvas, top, base, mark, rest="", size=10.0, rise=3.5):
    """Draw a line with a small raised mark in it."""
    x = 60.0
    for part, up, points in ((base, 0.0, size), (mark, rise, 0.6 * size), (rest, 0.0, size)):
        text(canvas, x, top - up, part, "Helvetica", points)
        x += stringWidth(part, "Helvetica", points)


def read(page):
    return parse(draw(page), "a.pdf").text.strip()


@pytest.mark.parametrize(
    ("line", "gap"),
    [("REVENUE OUTLOOK", 3.2), ("NET SALES", 4), ("1,234,567", 2.6), ("Total (12.5)", 2.4), ("CAPEX", 2.9)],
)
def test_letters_set_apart_are_words(line, gap):
    def page(canvas):
        letters(canvas, 60, 60, line, gap)
        column(canvas, 60, 120, ["A line of running text below it, set as usual."])

    assert read(page).split("\n")[0] == line


def test_lists_of_single_characters_are_not_words():
    lines = ["Series A B C D E F", "Grades 1 2 3 4 5 6 7", "Ratings: A B B C D", "a + b = c, or x y"]

    def page(canvas):
        for number, line in enumerate(lines):
            text(canvas, 60, 60 + 40 * number, line)

    assert read(page).split("\n\n")[:2] == lines[:2]


def test_a_number_cut_by_kerning_is_one_number():
    def page(canvas):
        for number, parts in enumerate(
            [("Sales of 1,", "234 million"), ("a margin of 12", ".5% of"), ("2,3", "45 units")]
        ):
            x = 60.0
            for part in parts:
                text(canvas, x, 60 + 40 * number, part)
                x += stringWidth(part, "Helvetica", 10) + 1.7

    assert read(page).split("\n\n") == ["Sales of 1,234 million", "a margin of 12.5% of", "2,345 units"]


def test_a_list_of_numbers_stays_a_list():
    lines = ["Notes 1, 234 and 5 tell more of this", "In June 2010, 311,000 shares were sold"]

    def page(canvas):
        for number, line in enumerate(lines):
            text(canvas, 60, 60 + 40 * number, line)

    assert read(page).split("\n\n") == lines


MARKS = [
    ("The market is worth 1,234", "2", " million", "The market is worth 1,234 ² million", ["1,234"]),
    ("Sales were 1,577", "(1)", " in all", "Sales were 1,577 ⁽¹⁾ in all", ["1,577"]),
    ("It grew 12.5%", "4", ", more than before", "It grew 12.5% ⁴, more than before", ["12.5%"]),
    ("Revenue", "1", " grew in the year", "Revenue¹ grew in the year", []),
    ("Net income", "(3)(4)", " fell", "Net income⁽³⁾⁽⁴⁾ fell", []),
    ("Price to earnings", "a,b", " was low", "Price to earnings ᵃ,ᵇ was low", []),
    ("The 4", "th", " of them", "The 4th of them", ["4"]),
]


@pytest.mark.parametrize(("base", "mark", "rest", "said", "found"), MARKS)
def test_a_footnote_mark_is_no_part_of_a_figure_or_word(base, mark, rest, said, found):
    line = read(lambda canvas: raised(canvas, 60, base, mark, rest))
    assert line.strip() == said
    assert [figure.text for figure in figures(line)] == found


def test_lowered_and_level_figures_are_no_marks():
    def page(canvas):
        raised(canvas, 60, "CO", "2", " emissions", rise=-2)
        raised(canvas, 100, "Boeing 737", "8", " Max", rise=0)

    assert read(page).split("\n\n") == ["CO2 emissions", "Boeing 7378 Max"]


def test_marks_and_pieces_keep_their_boxes(tmp_path):
    def page(canvas):
        raised(canvas, 60, "The market is worth 1,234", "2", " million")
        letters(canvas, 60, 120, "REVENUE", 3.2)

    path = tmp_path / "a.pdf"
    path.write_bytes(draw(page))
    parsed = parse(path.read_bytes(), "a.pdf")
    for quote, left, right in (
        ("1,234", 60 + stringWidth("The market is worth ", "Helvetica", 10), 25.02),
        ("REVENUE", 60, stringWidth("REVENUE", "Helvetica", 10) + 6 * 3.2),
    ):
        start = parsed.text.index(quote)
        (box,) = quote_boxes(path, parsed.pages[0], start, start + len(quote), quote)
        assert (box.left, box.right - box.left) == (pytest.approx(left, abs=1), pytest.approx(right, abs=1))
    assert "1,234 ² million" in parsed.text


def test_a_figure_with_a_mark_stays_in_its_column():
    def page(canvas):
        for number, (label, year, before) in enumerate(
            [("Net sales", "1,234", "987"), ("Cost of goods", "(800)", "(650)"), ("Net income", "434", "337")]
        ):
            top = 100 + 14 * number
            text(canvas, 60, top, label)
            canvas.drawRightString(300, HEIGHT - top, year)
            text(canvas, 301, top - 3.5, str(number + 1), "Helvetica", 6)
            canvas.setFont("Helvetica", 10)
            canvas.drawRightString(400, HEIGHT - top, before)

    assert read(page) == "Net sales | 1,234 ¹ | 987\nCost of goods | (800) ² | (650)\nNet income | 434 ³ | 337"


HYPHENS = [
    ("busi", "ness", True), ("inter", "national", True), ("circum", "stances,", True), ("fluctu", "ations", True),
    ("accep", "tance", True), ("MAT", "TERS", True), ("pre", "vious", True), ("Semicon", "ductors", True),
    ("long", "term", False), ("well", "known", False), ("non", "deductible", False), ("pre", "tax", False),
    ("Dodd", "Frank", False), ("cost-to", "cost", False), ("share", "based", False), ("SEC", "registered", False),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "dropped"), HYPHENS)
def test_a_hyphen_at_a_lines_end_goes_where_it_only_divides(left, right, dropped):
    raw = f"some {left}\u00ad{right} text"
    assert drops_hyphen(left, right, PageWords(raw)) is dropped


def test_the_words_of_the_page_decide_first():
    assert drops_hyphen("sub", "lease", PageWords("the sublease of a sub-\r\nlease"))
    assert not drops_hyphen("co", "operate", PageWords("to co-operate and co-\r\noperate"))


def test_hyphens_in_a_paragraph():
    lines = ["The inter-", "national busi-", "ness grew by a wide and well-", "known margin in the year."]
    assert read(lambda canvas: column(canvas, 60, 60, lines)) == (
        "The international business grew by a wide and well-known margin in the year."
    )


def test_chinese_characters_set_apart_are_joined():
    def page(canvas):
        text(canvas, 60, 60, "营 业 收 入 同 比 增 长 12.5 % ， 净 利 润 下 降", CJK)

    assert read(page) == "营业收入同比增长 12.5%，净利润下降"


def test_marks_drawn_after_the_whole_table_hang_on_their_labels():
    """As the commonest maker of American filings writes them: all raised marks at the end of the page's drawing."""
    rows = [("Net sales", "1,234", "987"), ("Cost of goods", "(800)", "(650)"), ("Net income", "434", "337")]

    def page(canvas):
        table(canvas, 60, 100, rows, (300, 400))
        for number, (label, *_) in enumerate(rows):
            left = 60 + stringWidth(label, "Helvetica", 10) + 0.3
            text(canvas, left, 97 + 14 * number, f"({number + 1})", "Helvetica", 6)

    assert read(page) == "Net sales⁽¹⁾ | 1,234 | 987\nCost of goods⁽²⁾ | (800) | (650)\nNet income⁽³⁾ | 434 | 337"


def test_a_ligature_that_its_font_calls_f_is_two(tmp_path):
    """``Af ect``: the font maps its ``ff`` to one ``f``, and PDFium puts a space where it sees the next letter."""
    widths = b" ".join(b"600" if code == 1 else b"500" for code in range(1, 12))
    letters_of = "fAecting o"
    mapping = b"\n".join(b"<%02X> <%04X>" % (code, ord(char)) for code, char in enumerate(letters_of, 1))
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <FF> "
        b"endcodespacerange %d beginbfchar\n%b\nendbfchar endcmap end end" % (len(letters_of), mapping)
    )
    font = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Made /FirstChar 1 /LastChar 11 /Widths [%b] /ToUnicode 6 0 R >>"
        % widths
    )
    word = b"BT /F1 12 Tf 60 700 Td [<0201> -120 <030405060708>] TJ ET"  # A, ff, a little further ecting
    data = raw_pdf(*_page_of(_stream(word), font), _stream(cmap))
    assert parse(data, "a.pdf").text.strip() == "Affecting"
