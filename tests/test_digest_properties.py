"""What holds for every digest, however odd: nothing lost, nothing twice, marks kept, words without bullets or marks."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from test_digest import LINES, SHAPES
from test_digest_fronts import FRONTS

from rag.readers import digest, text
from rag.readers.marks import mark_runs
from rag.reports.passages import make_passages

WORDS = (
    "Fares rose 5%|costs fell|Core Insights|Investment Rating|Summary by Sections|1. Freight|2)|(一)客轮|一、|核心观点"
    "|客流恢复|票价上涨。|U.S.|2031|2.5%|**Home**:|**Costs**|Group 2: Yards|# Title|| a | b ||「引」|[2031]|slow[ly]|Sales:"
    "|海港证券· 2031-03-04 08:00|Ferry Weekly|Ferry Weekly - Reportify|5 * 3|Asia - Pacific|- 15.1%,|ﬁ|\u3000|e.g.|!"
).split("|")
MARKS = ("[5]", "[12][3]", "【7】", "[2, 5]", "[107]", "[3-5]", "［8］")
SIGNS = (
    " - ",
    " * ",
    "•",
    " – ",
    "−",
    "- ",
    "1) ",
    "\n- ",
    "\n  - ",
    "\n",
    "\n\n",
    " ",
    "",
    ". ",
    "。",
    ", ",
    ":",
    "|",
    "**",
)
DIGESTS = st.lists(st.sampled_from([*WORDS, *MARKS, *SIGNS]), max_size=40).map("".join) | st.lists(
    st.text("aB9 .-*[]()#|:\n一、核。【】•−", max_size=12) | st.sampled_from(MARKS), max_size=20
).map("".join)


def check_tiling(parsed):
    """Blocks are in order, apart, trimmed, and together hold every character that is not white space."""
    end = 0
    for block in parsed.blocks:
        assert end <= block.start < block.end
        assert not parsed.text[end : block.start].strip()
        assert parsed.text[block.start : block.end].strip() == parsed.text[block.start : block.end]
        end = block.end
    assert not parsed.text[end:].strip()


@given(DIGESTS)
@example(LINES)
def test_nothing_is_lost_or_read_twice(source):
    parsed = digest.parse(source)
    assert parsed.text == source
    check_tiling(parsed)


@given(DIGESTS)
def test_plain_text_is_tiled_too(source):
    check_tiling(text.parse(source))


@pytest.mark.parametrize("source", [text for text, _ in SHAPES.values()] + [text for text, *_ in FRONTS.values()])
def test_every_shape_is_tiled(source):
    check_tiling(digest.parse(source))
    check_tiling(text.parse(source))


@given(DIGESTS)
def test_statements_hold_words_and_no_marks(source):
    parsed = digest.parse(source)
    for block in parsed.blocks:
        words = parsed.text[block.start : block.end]
        if block.kind in ("statement", "table"):
            assert any(char.isalnum() for char in words)
            assert not list(mark_runs(words))
        elif block.kind == "bullet":
            assert not block.marks


@given(DIGESTS)
def test_no_mark_is_lost(source):
    """Where marks do not lead their lines, a mark with a statement before it is among the marks of some statement."""
    assume(len(re.findall(r"^\W*[\[【［]", source, re.MULTILINE)) < 2)
    parsed = digest.parse(source)
    carried = {mark for block in parsed.blocks for mark in block.marks}
    around = [block for block in parsed.blocks if block.kind != "bullet"]
    for before, block in pairwise(around):
        if block.kind == "mark" and before.kind in ("statement", "table"):
            numbers = {number for run in mark_runs(source, block.start, block.end) for number in run.numbers}
            assert numbers and numbers <= carried


@given(DIGESTS)
def test_reading_is_deterministic_and_passages_are_slices(source):
    parsed = digest.parse(source)
    assert digest.parse(source) == parsed
    passages = make_passages(parsed, "f" * 64)
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        assert passage.text == source[passage.start : passage.end] == passage.text.strip()
        assert passage.locator.numbers
        assert not list(mark_runs(passage.text))


HOSTILE = {
    "open brackets": "[" * 200_000,
    "half marks": "[1,2,3,4,5,6,7" * 15_000,
    "marks and nothing else": "[1]" * 60_000,
    "different marks": "".join(f"[{number % 999 + 1}]" for number in range(40_000)),
    "dashes": " - a" * 50_000,
    "capital dashes": " - A" * 30_000,
    "bold": "**a " * 50_000,
    "pipes": "| a " * 50_000,
    "list numbers": "1. " * 50_000,
    "spaces": "a" + " " * 300_000 + "b",
    "line breaks": "a" + "\n" * 300_000 + "b",
    "stops": "A. " * 60_000,
    "headings": "Investment Rating " * 8_000,
    "lead-ins": "- Sales: " * 15_000,
    "deep nesting": "".join(" " * (number % 200) + "- Item [1]\n" for number in range(3_000)),
    "ever deeper": "".join(" " * number + "- Item\n" for number in range(600)),
    "one word": "a" * 300_000,
    "rules": "\n---" * 60_000,
    "sources": "\n[7] Dock" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name):
    """Each takes well under a second; anything quadratic in 200,000 characters takes minutes."""
    source = f"Core Insights - Fine [1] {HOSTILE[name]} [2]"
    started = time.process_time()
    parsed = digest.parse(source)
    make_passages(parsed, "f" * 64)
    assert time.process_time() - started < 10
    check_tiling(parsed)
