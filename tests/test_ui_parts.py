"""The page's parts without a page: the library list, and a question's way through the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from ui_samples import EN, ZH, passage, report

from rag.errors import InputError
from rag.types import AddResult, Answer, Passage, Progress, Report, Sentence
from ui import chat, library_panel
from ui.render import turn_html
from ui.turns import Turn


def test_search_and_filters_narrow_and_sorts_order() -> None:
    reports = [report(n) for n in range(1, 6)] + [report(9, date=None, title="Undated", broker=None)]

    def titles(**filters: Any) -> list[str]:
        return [r.title for r in library_panel.matching(reports, library_panel.Filters(**filters))]

    assert titles() == ["Report 5", "Report 4", "Report 3", "Report 2", "Report 1", "Undated"]
    assert titles(sort="oldest")[:2] == ["Report 1", "Report 2"]
    assert titles(sort="broker") == ["Report 4", "Report 2", "Report 5", "Report 3", "Report 1", "Undated"]
    assert titles(search="broker 1 report") == ["Report 5", "Report 3", "Report 1"]
    assert titles(search="起重机") == ["Report 4", "Report 2"]
    assert titles(search="r3") == ["Report 3"]
    assert titles(company="Quayside", since=date(2025, 1, 3)) == ["Report 5", "Report 3"]
    assert titles(until=date(2025, 1, 1)) == ["Report 1"]
    assert titles(language="zh") == [] and titles(broker="BROKER 0") == ["Report 4", "Report 2"]


def test_a_broker_in_capitals_and_not_is_one() -> None:
    reports = [report(1, broker="NORTH QUAY"), report(2, broker="North Quay"), report(3, broker="海桥证券")]
    assert library_panel.brokers(reports) == ["North Quay", "海桥证券"]
    assert len(library_panel.matching(reports, library_panel.Filters(broker="North Quay"))) == 2


def test_the_list_says_how_many_there_are_and_which_are_chosen() -> None:
    reports = [report(n) for n in range(1, 4)]
    html = library_panel.list_html(reports, 3, {reports[1].id}, EN)
    assert "3 reports" in html and html.count("checked>") == 1 and html.count('class="report on"') == 1
    assert "2 of 3 reports" in library_panel.list_html(reports[:2], 3, (), EN)
    assert "No reports yet" in library_panel.list_html([], 0, (), EN)
    assert "没有符合条件的研报" in library_panel.list_html([], 3, (), ZH)
    many = [report(n % 28 + 1, id=f"{n:064x}") for n in range(250)]
    assert "50 more" in library_panel.list_html(many, 250, (), EN)


def test_uploads_show_progress_and_the_reason_of_each_failure() -> None:
    rows = (
        library_panel.Upload("a.txt", AddResult("a.txt", "added", report(1, warnings=("Page 3 has no text.",)))),
        library_panel.Upload("b.bin", AddResult("b.bin", "failed", message="b.bin is a <binary>.")),
        library_panel.Upload("c.txt", reading=True),
        library_panel.Upload("d.txt"),
    )
    now = Progress(1, 3, "c.txt", bytes_done=30, bytes_total=120, pages=200, passages=900, seconds=20.0)
    html = library_panel.uploads_html(library_panel.Batch(rows, now), EN)
    assert "Adding 3 of 4 · 10 pages/s · 1:00 left" in html and 'value="0.500"' in html
    assert "b.bin is a &lt;binary&gt;." in html and "BROKER 1 · 2025-01-01 · Report 1" in html
    assert "Page 3 has no text." in html and "reading…" in html and "waiting" in html
    early = replace(now, bytes_done=1)
    assert "left" not in library_panel.uploads_html(library_panel.Batch(rows, early), EN), "a guess from nothing"
    whole = library_panel.uploads_html(library_panel.Batch(rows[:2]), EN)
    assert "1 added · 1 not added" in whole and "Adding" not in whole


class Asked:
    """A library with one report whose stream is a list that the test sets; keeps what it was asked."""

    def __init__(self, answers: list[Answer | Exception]) -> None:
        self.answers, self.calls = answers, []

    def reports(self) -> list[Report]:
        return [report(1)]

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        return (passage(report(1), 0, "Orders rose.", ("Orders",)), passage(report(1), 1, "Risks fell.", ("Risks",)))

    def stream(self, question: str, **options: Any) -> Any:
        self.calls.append((question, options))
        for answer in self.answers:
            if isinstance(answer, Exception):
                raise answer
            yield answer


def test_a_turn_grows_with_its_answer() -> None:
    parts = [Answer("q", "One.", (Sentence("One.", ()),)), Answer("q", "One. Two.", (Sentence("One. Two.", ()),))]
    library = Asked(list(parts))
    grown = list(chat.grow(library, Turn("k", "q"), ("first?",), [report(1).id, "unknown"], EN))
    assert [(turn.state, turn.answer) for turn in grown] == [
        ("running", parts[0]),
        ("running", parts[1]),
        ("done", parts[1]),
    ]
    assert grown[-1].follow_ups and {turn.key for turn in grown} == {"k"}
    assert library.calls == [("q", {"history": ("first?",), "reports": (report(1).id,)})]


def test_a_greeting_at_the_start_shows_what_can_be_asked_and_thanks_later_do_not() -> None:
    hello = Answer("Hi", "Hello. Ask a question.")
    *_, first = chat.grow(Asked([hello]), Turn("k", "Hi"), (), (), EN)
    *_, later = chat.grow(Asked([hello]), Turn("k", "Hi"), ("What rose?",), (), EN)
    assert first.follow_ups and 'class="act follow"' in turn_html(first, EN) and "act-copy" not in turn_html(first, EN)
    assert later.follow_ups == () and "follow-ups" not in turn_html(later, EN)


def test_our_errors_are_shown_and_others_are_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    *_, shown = chat.grow(Asked([InputError("Too long: shorten it.")]), Turn("k", "q"), (), (), EN)
    assert shown.state == "failed" and shown.error == "Too long: shorten it."
    *_, hidden = chat.grow(Asked([RuntimeError("secret detail")]), Turn("k", "q"), (), (), EN)
    assert hidden.state == "failed" and "secret" not in hidden.error and "secret detail" in caplog.text
