"""What a browser keeps of a conversation, and the words of the interface."""

from __future__ import annotations

import json

import pytest
from quay_samples import EN, REPORT, ZH, passage, plain_answer, turn

from rag.types import Answer, Evidence
from ui.i18n import preferred
from ui.render import turn_html
from ui.safe import clip, esc, rows_apart
from ui.turns import dump, load, load_all


def test_a_turn_survives_the_browser() -> None:
    first = turn(plain_answer(), follow_ups=("And then?",))
    kept = json.loads(json.dumps(dump(first)))
    again = load(kept)
    assert again is not None and turn_html(again, EN) == turn_html(first, EN)
    refusal = Answer("q", "No.", evidence=(Evidence(passage(REPORT, "near"), REPORT, 0.2),), refused=True)
    again = load(json.loads(json.dumps(dump(turn(refusal)))))
    assert again is not None and turn_html(again, ZH) == turn_html(turn(refusal), ZH)


@pytest.mark.parametrize(
    "change",
    [
        {"key": "../x"},
        {"key": ""},
        {"state": "running"},
        {"question": 5},
        {"answer": []},
        {"answer": {"text": "x"}},
        {"follow_ups": 3},
    ],
)
def test_what_is_no_turn_is_left_out(change: dict[str, object]) -> None:
    good = dump(turn(plain_answer()))
    assert load_all([{**good, **change}, good, good]) == load_all([good])
    assert len(load_all([good])) == 1


@pytest.mark.parametrize("data", [None, 5, "x", {}, [None], [[]], [{"key": "a"}]])
def test_nonsense_from_the_browser_is_an_empty_conversation(data: object) -> None:
    assert load_all(data) == ()


def test_indices_from_the_browser_cannot_leave_the_list() -> None:
    kept = dump(turn(plain_answer()))
    kept["answer"]["sentences"][0]["citations"] = [7, -1, 0]
    again = load(kept)
    assert again is not None and again.answer is not None and again.answer.sentences[0].citations == (0,)


def test_both_languages_have_the_same_blanks() -> None:
    import string

    for name in EN:
        blanks = [{field for _, field, _, _ in string.Formatter().parse(t[name]) if field} for t in (EN, ZH)]
        assert blanks[0] == blanks[1], name


@pytest.mark.parametrize(
    ("header", "tongue"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("de,zh;q=0.4,en;q=0.5", "en"),
        ("fr", "en"),
        ("", "en"),
        ("zh;q=0", "en"),
        ("zh;q=x,en", "en"),
    ],
)
def test_the_interface_follows_the_browser(header: str, tongue: str) -> None:
    assert preferred(header) == tongue


def test_clip_and_esc() -> None:
    assert clip("one two three four", 15) == "one two three…"
    assert clip("短文本", 12) == "短文本"
    assert esc('<a href="x">&{$`') == "&lt;a href=&quot;x&quot;&gt;&amp;&#123;&#36;&#96;"


def test_a_row_of_a_table_is_told_by_its_cells() -> None:
    assert rows_apart("境外 | | 4,413.3 | | 3,027.1") == "境外 · 4,413.3 · 3,027.1"
    assert rows_apart("Year | 2024 | 2023\nSales | 5 | 4\n") == "Year · 2024 · 2023; Sales · 5 · 4"
    for plain in ("Either A | B", "Plain.\nText.", ""):
        assert rows_apart(plain) == plain
