"""Brackets in a model's output: a hand table of what occurs, and the promise that chunks do not matter."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.llm.markers import Cited, MarkerParser, Text, merged, parse


def show(events):
    """Events as one line: a citation as ⟨ids⟩."""
    return "".join(event.text if isinstance(event, Text) else f"⟨{','.join(event.ids)}⟩" for event in events)


NUMBERS = ("1", "2", "3")
OPAQUE = ("k3f", "m8x", "q5a")

TABLE = [
    # known, input, shown, unknown ids removed
    (NUMBERS, "Sales rose [1].", "Sales rose⟨1⟩.", 0),
    (NUMBERS, "Sales rose[1].", "Sales rose⟨1⟩.", 0),
    (NUMBERS, "Sales rose. [1]", "Sales rose.⟨1⟩", 0),
    (NUMBERS, "Sales [1, 2] rose", "Sales⟨1,2⟩ rose", 0),
    (NUMBERS, "收入增长[1、2]。", "收入增长⟨1,2⟩。", 0),
    (NUMBERS, "收入增长[1，2]。", "收入增长⟨1,2⟩。", 0),
    (NUMBERS, "Sales [1; 3] rose", "Sales⟨1,3⟩ rose", 0),
    (NUMBERS, "Sales [1 and 3] rose", "Sales⟨1,3⟩ rose", 0),
    (NUMBERS, "Sales [1-3] rose", "Sales⟨1,2,3⟩ rose", 0),
    (NUMBERS, "Sales [1 – 3] rose", "Sales⟨1,2,3⟩ rose", 0),
    (NUMBERS, "Sales [2-5] rose", "Sales⟨2,3⟩ rose", 2),
    (NUMBERS, "Sales [[1]] rose", "Sales⟨1⟩ rose", 0),
    (NUMBERS, "Sales [[1], rose", "Sales [⟨1⟩, rose", 0),
    (NUMBERS, "Sales [[[1]]] rose", "Sales [⟨1⟩] rose", 0),
    (NUMBERS, "Sales 【1】rose", "Sales⟨1⟩ rose", 0),
    (NUMBERS, "收入［１］，成本【２】。", "收入⟨1⟩，成本⟨2⟩。", 0),
    (NUMBERS, "Sales [^1] rose", "Sales⟨1⟩ rose", 0),
    (NUMBERS, "Sales [ref 1] and [Source: 2] rose", "Sales⟨1⟩ and⟨2⟩ rose", 0),
    (NUMBERS, "Sales [1][2] rose", "Sales⟨1⟩⟨2⟩ rose", 0),
    (NUMBERS, "Sales [2, 2] rose", "Sales⟨2⟩ rose", 0),
    (NUMBERS, "Sales [99] rose", "Sales rose", 1),
    (NUMBERS, "Sales [1, 99] rose", "Sales⟨1⟩ rose", 1),
    (NUMBERS, "as of [2024] guidance", "as of [2024] guidance", 0),
    (NUMBERS, "in [2016-2023] and [1 January 2024]", "in [2016-2023] and [1 January 2024]", 0),
    (NUMBERS, "they [sic] said [...] [] [see table]", "they [sic] said [...] [] [see table]", 0),
    (NUMBERS, "units [1,577] and [12.5%] and [+3]", "units [1,577] and [12.5%] and [+3]", 0),
    (NUMBERS, "in [1H25], [Q3], [FY24], [AI]", "in [1H25], [Q3], [FY24], [AI]", 0),
    (NUMBERS, "markers [A5][B12] of another answer", "markers of another answer", 2),
    (NUMBERS, "five (1) of them (2)", "five (1) of them (2)", 0),
    (NUMBERS, "a [link](http://a.b) and [1](http://a.b)", "a [link](http://a.b) and⟨1⟩(http://a.b)", 0),
    (NUMBERS, "| a | 5% [1] |\n| b | 6% [2] |", "| a | 5%⟨1⟩ |\n| b | 6%⟨2⟩ |", 0),
    (NUMBERS, "`x[1]` then [1]", "`x[1]` then⟨1⟩", 0),
    (NUMBERS, "```\nx[1] = y[99]\n```\nthen [1]", "```\nx[1] = y[99]\n```\nthen⟨1⟩", 0),
    (NUMBERS, "one ` only\nthen [1]", "one ` only\nthen⟨1⟩", 0),
    (NUMBERS, "cut off [1", "cut off [1", 0),
    (NUMBERS, "cut off [[1]", "cut off [⟨1⟩", 0),
    (NUMBERS, "open [1\n2] line", "open [1\n2] line", 0),
    (NUMBERS, "rose 5 [99]3%", "rose 5 3%", 1),
    (NUMBERS, "ends in space  ", "ends in space  ", 0),
    (OPAQUE, "Sales rose [k3f].", "Sales rose⟨k3f⟩.", 0),
    (OPAQUE, "Sales rose [K3F, m8x].", "Sales rose⟨k3f,m8x⟩.", 0),
    (OPAQUE, "Sales rose [k3f-q5a].", "Sales rose⟨k3f,m8x,q5a⟩.", 0),
    (OPAQUE, "Sales rose (k3f).", "Sales rose⟨k3f⟩.", 0),
    (OPAQUE, "Sales rose (see k3f).", "Sales rose⟨k3f⟩.", 0),
    (OPAQUE, "Sales rose (5% by k3f).", "Sales rose (5% by k3f).", 0),
    (OPAQUE, "Sales `[k3f]` rose", "Sales `⟨k3f⟩` rose", 0),
    (OPAQUE, "Sales [k3g] rose [1]", "Sales rose", 2),
    (OPAQUE, "Sales [k3f and the table] rose", "Sales⟨k3f⟩ rose", 0),
    (OPAQUE, "Sales [[k3f]][5] rose", "Sales⟨k3f⟩ rose", 1),
    (OPAQUE, "Sales [k3f: ABC, p. 4] rose", "Sales⟨k3f⟩ rose", 0),
    (OPAQUE, "Sales 【k3f†source】 rose 【4:0†source】", "Sales⟨k3f⟩ rose", 1),
    (OPAQUE, "收入（来源：k3f）增长［见m8x］", "收入⟨k3f⟩增长⟨m8x⟩", 0),
    (OPAQUE, "a dagger [†], [5.2†] and [1-9999]", "a dagger [†], [5.2†] and [1-9999]", 0),
    ((), "Sales [1] rose [2024]", "Sales rose [2024]", 1),
    (NUMBERS, "Sales 〔1〕 rose ⟦2⟧, 〖3〗 and ﹝99﹞ fell", "Sales⟨1⟩ rose⟨2⟩,⟨3⟩ and fell", 1),
    (NUMBERS, "财金〔2024〕12号", "财金〔2024〕12号", 0),
    (OPAQUE, 'Sales [id="k3f"] rose [id: m8x]', "Sales⟨k3f⟩ rose⟨m8x⟩", 0),
]


@pytest.mark.parametrize(("known", "text", "shown", "dropped"), TABLE)
def test_table(known, text, shown, dropped):
    events, seen = parse(text, known)
    assert (show(events), seen) == (shown, dropped)


@pytest.mark.parametrize(("known", "text", "shown", "dropped"), TABLE)
def test_one_character_at_a_time(known, text, shown, dropped):
    parser = MarkerParser(known)
    events = [event for char in text for event in parser.feed(char)]
    assert (show([*events, *parser.finish()]), parser.dropped) == (shown, dropped)


PIECES = st.sampled_from(
    [
        "[",
        "]",
        "【",
        "】",
        "［",
        "(",
        ")",
        "`",
        "```",
        "\n",
        " ",
        ",",
        "-",
        "1",
        "2",
        "99",
        "2024",
        "k3f",
        "sic",
        "涨",
        "x",
        "、",
        "and",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.data())
def test_chunks_do_not_matter(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    parser = MarkerParser(("1", "2", "k3f"))
    events = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        events.extend(parser.feed(text[start:end]))
    events.extend(parser.finish())
    whole, dropped = parse(text, ("1", "2", "k3f"))
    assert merged(events) == whole
    assert parser.dropped == dropped


@given(st.text(max_size=200))
def test_nothing_but_markers_is_lost(text):
    events, dropped = parse(text, ())
    assert not any(isinstance(event, Cited) for event in events)
    if not dropped:
        assert show(events) == text


@given(st.lists(PIECES, max_size=60).map("".join))
def test_only_known_ids_are_cited(text):
    events, _ = parse(text, ("1", "k3f"))
    for event in events:
        if isinstance(event, Cited):
            assert event.ids and set(event.ids) <= {"1", "k3f"}


@pytest.mark.parametrize("piece", ["[", "[1", "[[1]", "[ ", "(", "`", "[k3f,", " ", "[" + "1," * 100])
def test_endless_brackets_take_linear_time(piece):
    def seconds(length):
        text = (piece * (length // len(piece) + 1))[:length]
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            parse(text, ("1", "k3f"))
            best = min(best, time.process_time() - start)
        return best

    assert seconds(80_000) < 8 * seconds(20_000) + 0.1


def test_little_is_held_back():
    parser = MarkerParser(NUMBERS)
    assert show(parser.feed("a long text without an end ")) == "a long text without an end"
    assert show(parser.feed("[" + "x" * 400)).startswith(" [xxx")
