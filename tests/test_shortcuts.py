"""What is done in a faster way than it is meant, because adding reports does it often: both ways say the same."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.language.analysis import _LATIN_TOKEN, _TOKEN, _terms, terms
from rag.language.embeddings import _LATIN_WORD, StaticEncoder
from rag.readers.pdf_columns import BIN, _free
from rag.readers.pdf_layout import NUMBER, Cell, _apart, is_number, is_prose, make_line
from rag.readers.pdf_spacing import _COMMA_SPLIT, _POINT_SPLIT, _SPLIT

_EDGES = st.tuples(st.floats(0, 400), st.floats(0, 200)).map(lambda edge: (edge[0], edge[0] + edge[1]))


def _line(edges):
    return make_line([Cell(a, 0.0, b, 10.0, 5.0, "x", ((0, 1, False),), 0, 10.0, False) for a, b in edges])


@given(st.lists(st.lists(_EDGES, min_size=1, max_size=6), min_size=1, max_size=12))
def test_strips_that_lines_leave_free_are_counted_as_if_line_by_line(rows):
    lines = [_line(row) for row in rows]
    left = min(line.left for line in lines)
    bins = int((max(line.right for line in lines) - left) / BIN) + 1
    expected = np.zeros(bins)
    for line in lines:
        covered = np.zeros(bins, bool)
        for cell in line.cells:
            covered[max(int((cell.left - left - BIN) / BIN), 0) : int((cell.right - left + BIN) / BIN) + 1] = True
        before, after = np.logical_or.accumulate(covered), np.logical_or.accumulate(covered[::-1])[::-1]
        expected += (~covered & before & after) + 0.5 * (~covered & (before ^ after))
    assert _free(lines, left, bins).tolist() == expected.tolist()


@given(st.text(alphabet="1234,. \r\nx", max_size=40))
def test_no_number_in_two_pieces_is_passed_over(text):
    if _SPLIT.search(text):
        assert _COMMA_SPLIT.search(text) or any(split in text for split in _POINT_SPLIT)


_APART = re.compile(r"[\r\n\u00ad]| [)）\]】,;，；、。%％]|[（(\[【] |[\u3400-\u9fff，。；：！？] [\u3400-\u9fff]")


@given(st.text(alphabet="ab \r\n()[]{},;%’（】，。：\u00ad收入", min_size=1, max_size=20), st.data())
def test_words_that_are_parted_are_told_for_all_cells_at_once(text, data):
    cell = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda c: c[0] < c[1])
    cells = data.draw(st.lists(cell, min_size=1, max_size=5))
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    begin, end = np.array(cells, np.int32).T
    foreign = any(char >= "\u3000" or char == "\u00ad" for char in text)
    expected = [_APART.search(text[a:b]) is not None for a, b in cells]
    assert _apart(codes, begin, end, foreign).tolist() == expected


@given(st.text(alphabet="NMAanUSHK$€1,.(%x*-–/ 倍", max_size=7))
def test_what_begins_like_a_word_is_no_number(text):
    assert is_number(text) == (NUMBER.fullmatch(text) is not None)


@given(st.text(alphabet="abcZ 12.’“é—", min_size=30, max_size=60))
def test_letters_of_prose_are_counted_in_any_script(text):
    line = make_line([Cell(0.0, 0.0, 100.0, 10.0, 5.0, text, ((0, len(text), False),), 0, 10.0, False)])
    letters = sum(map(str.isalpha, text))
    assert is_prose(line, 100.0) == (letters >= 18 and letters >= 0.6 * len(text.replace(" ", "")))


_PLAIN = StaticEncoder()
_WORDS = st.lists(
    st.sampled_from("Revenue, $1,234.5 grew (7%) AT&T’s\u00a0EBITDA— non-GAAP \u2028 x2 naïve".split(" "))
).map(" ".join)


@given(st.text(alphabet="aB1,. %&’'\n\u00a0\u2003é-", max_size=40) | _WORDS)
def test_words_looked_up_between_spaces_have_the_terms_and_pieces_of_the_text(text):
    folded = unicodedata.normalize("NFKC", text).lower()
    assert terms(text) == [term for token in _LATIN_TOKEN.findall(folded) for term in _terms(_TOKEN.findall(token))]
    pieces = [piece for word in _LATIN_WORD.findall(text.lower()) for piece in _PLAIN._pieces(word)]
    assert [piece for part in text.lower().split() for piece in _PLAIN._part(part)] == pieces
