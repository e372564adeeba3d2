"""Around a digest's body: title, broker, date, and what stands at its end."""

from __future__ import annotations

import pytest
from test_digest import fields, pieces, said

from rag.readers import digest

BODY = "核心观点 - 客流恢复 [2] - 票价上涨 [3]"
TITLE = "渡轮行业深度报告:客流恢复,票价上涨趋势延续"
FRONTS = {
    "title, broker and time": (
        f"{TITLE}\n海港证券· 2031-03-04 08:00\n\n{BODY}\n",
        {"title": TITLE, "broker": "海港证券", "date": "2031-03-04"},
        1,
    ),
    "all of it again at the end, signed": (
        f"{TITLE}\nHARBOUR CAPITAL·2031-03-04 08:00\n\n{BODY}\n\n{TITLE} - Reportify\nHARBOUR CAPITAL·2031-03-04 08:00",
        {"title": TITLE, "broker": "HARBOUR CAPITAL", "date": "2031-03-04"},
        3,
    ),
    "title cut short at the end": (f"{TITLE}\n\n{BODY}\n{TITLE[:15]}…", {"title": TITLE}, 1),
    "title longer at the end": (f"{TITLE[:12]}\n\n{BODY}\n{TITLE[:16]}", {"title": TITLE[:12]}, 1),
    "title again on the body's last line": (f"{TITLE}\n\n{BODY} {TITLE} - Reportify", {"title": TITLE}, 1),
    "no title": (f"\n{BODY}\n", {}, 0),
    "title only at the end": (f"\n{BODY}\n{TITLE} - Reportify\n", {"title": TITLE}, 1),
    "title at the end, with its date line": (
        f"\n{BODY}\nFerry Weekly: Full Ships\nHarbour Securities·2031-03-04\n",
        {"title": "Ferry Weekly: Full Ships", "broker": "Harbour Securities", "date": "2031-03-04"},
        1,
    ),
    "time without a broker": (f"{TITLE}\n2031-03-04 22:47\n\n{BODY}", {"title": TITLE, "date": "2031-03-04"}, 1),
    "date before the broker": (
        f"{TITLE}\n2031年3月4日 22:47 · 海港国际\n\n{BODY}",
        {"title": TITLE, "broker": "海港国际", "date": "2031-03-04"},
        1,
    ),
    "labels": (
        f"{TITLE}\n来源:海港日报 发布时间:2031/3/4 22:47\n\n{BODY}",
        {"title": TITLE, "broker": "海港日报", "date": "2031-03-04"},
        1,
    ),
    "broker on a line of its own": (
        f"Ferry Weekly\nHarbour Securities\n4 March 2031\n\n{BODY}",
        {"title": "Ferry Weekly", "broker": "Harbour Securities", "date": "2031-03-04"},
        2,
    ),
    "broker with a dot but no date; a signed title": (
        f"{TITLE} - Reportify\nHARBOUR BOARD·\n\n{BODY}",
        {"title": TITLE, "broker": "HARBOUR BOARD"},
        2,
    ),
    "analysts": (
        f"{TITLE}\n分析师:张三,李四\n海港证券·2031-03-04\n\n{BODY}",
        {"title": TITLE, "broker": "海港证券", "date": "2031-03-04", "authors": "张三,李四"},
        2,
    ),
    "date in the title": (f"渡轮周报-20310304\n\n{BODY}", {"title": "渡轮周报-20310304", "date": "2031-03-04"}, 0),
    "last date of a span in the title": (
        f"Ferry Weekly (2031.02.26-2031.03.04)\n\n{BODY}",
        {"title": "Ferry Weekly (2031.02.26-2031.03.04)", "date": "2031-03-04"},
        0,
    ),
    "broker in the title": (
        f"海港证券:渡轮客流恢复\n\n{BODY}",
        {"title": "海港证券:渡轮客流恢复", "broker": "海港证券"},
        0,
    ),
}


@pytest.mark.parametrize("name", FRONTS)
def test_around_the_body(name):
    text, expected, chrome = FRONTS[name]
    parsed = digest.parse(text)
    assert fields(parsed) == expected
    assert len(pieces(parsed, "chrome")) == chrome
    assert said(parsed) == [("核心观点", "客流恢复", (2,)), ("核心观点", "票价上涨", (3,))]
    for field in parsed.fields:
        assert parsed.text[field.start : field.end] == field.quote


@pytest.mark.parametrize(
    ("line", "date"), [("渡轮 2031-13-04", None), ("渡轮 20311399", None), ("Harbour Securities·2031-02-30", None)]
)
def test_impossible_dates_are_none(line, date):
    assert fields(digest.parse(f"{line}\n\n{BODY}")).get("date") == date


def test_first_line_that_is_a_heading_or_a_statement_is_no_title():
    assert "title" not in fields(digest.parse(f"Investment Rating\n- Hold [1]\n{BODY}"))
    assert "title" not in fields(digest.parse(f"Traffic rose by 5% in June.\n- Hold [1]\n{BODY}"))


def test_a_last_line_that_says_something_is_kept():
    parsed = digest.parse(f"{TITLE}\n\n{BODY}\n风险提示:燃料涨价")
    assert said(parsed)[-1] == ("风险提示", "燃料涨价", ())
