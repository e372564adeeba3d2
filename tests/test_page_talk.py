"""The page: conversations that stay, grow, stop and leave as files, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

from page_reports import INSIGHTS, RATING
from page_server import ROOT, SLOWLY, Served, free_port, served, visit
from playwright.sync_api import Browser, expect

DOWN = ("ERR_",)  # what a browser says of a server that is gone


def test_reload_and_return_bring_the_conversation_back(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as seen:
        page = seen.page
        seen.ask(INSIGHTS)
        seen.ask("港口起重机的毛利率是多少？")
        page.reload()
        expect(page.locator(".question")).to_have_count(2)
        page.locator(".answer").first.locator(".said a.cite").first.click()
        expect(page.locator(".passage.cited mark")).to_contain_text("model competition")
        page.click("#new-chat")
        expect(page.locator(".question")).to_have_count(0)
        seen.ask(RATING)
        page.click("#history summary")
        page.locator(".talk-open", has_text="core insights").click()
        expect(page.locator(".question")).to_have_count(2)
        page.click("#history summary")
        page.locator("#history .row", has_text="core insights").locator(".talk-drop").click()
        expect(page.locator(".question")).to_have_count(0)


def test_a_conversation_outlives_the_server(chrome: Browser, tmp_path: Path) -> None:
    """A tab that stays open over a restart goes on where it was, and so does one that is loaded anew."""
    port = free_port()
    with served(tmp_path / "home", ROOT / "seeds", port=port) as first, visit(chrome, first.url, harmless=DOWN) as seen:
        page = seen.page
        seen.ask(INSIGHTS)
        first.process.terminate()
        assert first.process.wait(30) == 0
        with served(tmp_path / "home", port=port):
            seen.ask(RATING)
            expect(page.locator(".question")).to_have_count(2)
            page.locator(".answer").first.locator(".said a.cite").first.click()
            expect(page.locator(".passage.cited mark")).to_contain_text("model competition")
            page.click("#export summary")
            with page.expect_download() as download:
                page.click("#export-md")
            assert "model competition" in Path(download.value.path()).read_text("utf-8")
            page.reload()
            expect(page.locator(".question")).to_have_count(2)
            page.locator(".answer").last.locator(".said a.cite").first.click()
            expect(page.locator(".passage.cited mark")).to_contain_text("Buy")
        page.fill("#ask textarea", "Who answers now?")
        page.press("#ask textarea", "Enter")
        expect(page.locator(".toast")).to_contain_text("connection was lost")
        expect(page.locator("#ask textarea")).to_have_value("Who answers now?")


def test_edit_a_question_and_ask_again(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as seen:
        page = seen.page
        seen.ask("What is the weather tomorrow?")
        seen.ask(RATING)
        page.locator(".question").first.hover()
        page.locator(".question .edit").first.click()
        expect(page.locator("#ask textarea")).to_have_value("What is the weather tomorrow?")
        page.fill("#ask textarea", INSIGHTS)
        page.press("#ask textarea", "Enter")
        page.wait_for_function("() => document.querySelectorAll('.question').length === 1")
        seen.finished()
        assert "model competition" in seen.text(".said")


def test_a_link_to_a_question_asks_it(chrome: Browser, house: Served) -> None:
    with visit(chrome, f"{house.url}/?q=What+are+the+core+insights+on+Alibaba%3F") as seen:
        seen.page.wait_for_selector(".answer")
        seen.finished()
        assert seen.text(".question").startswith(INSIGHTS) and "model competition" in seen.text(".said")
        assert "q=" not in seen.page.url, "a reload does not ask again"


def test_copy_export_and_feedback(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url, permissions=["clipboard-read", "clipboard-write"]) as seen:
        page = seen.page

        def copied(button: str) -> str:
            page.get_by_role("button", name=button, exact=True).click()
            expect(page.locator(".toast").last).to_have_text("Copied")
            return str(page.evaluate("navigator.clipboard.readText()"))

        seen.ask(INSIGHTS)
        plain = copied("Copy")
        assert "[2][5]" in plain and "Sources\n" in plain and "2026-02-10" in plain
        assert "[^2]: GUOTAI HAITONG" in copied("Copy as Markdown")
        assert copied("Link").endswith("/?q=What%20are%20the%20core%20insights%20on%20Alibaba%3F")
        for name, start in (("#export-md", b"# Report Chat"), ("#export-docx", b"PK")):
            page.click("#export summary")
            with page.expect_download() as download:
                page.click(name)
            assert Path(download.value.path()).read_bytes().startswith(start)
        page.get_by_role("button", name="Wrong citation").click()
        page.locator("dialog textarea").fill("It is mark 4.")
        page.locator("dialog .primary").click()
        expect(page.locator(".toast").last).to_have_text("Saved, thank you.")
        expect(page.locator(".act.on")).to_have_text("Wrong citation")
    line = json.loads((house.home / "feedback.jsonl").read_text("utf-8").splitlines()[-1])
    assert (line["verdict"], line["comment"], line["question"]) == ("wrong_citation", "It is mark 4.", INSIGHTS)


def test_an_answer_grows_and_can_be_stopped(chrome: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "home", ROOT / "seeds", script=SLOWLY) as own, visit(chrome, own.url) as seen:
        page = seen.page
        page.fill("#ask textarea", INSIGHTS)
        page.press("#ask textarea", "Enter")
        expect(page.locator(".answer.running .said")).to_contain_text("model competition")
        assert page.locator(".said p").count() < 3 and page.locator(".trust").count() == 0
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".answer.stopped")).to_contain_text("Stopped before")
        expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
        page.wait_for_timeout(1200)
        assert page.locator(".said p").count() < 3, "nothing is added after the stop"
        seen.ask(RATING)
        assert "Buy" in page.locator(".said").last.inner_text()


def test_two_browsers_do_not_see_each_other(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as one, visit(chrome, house.url) as two:
        one.ask(RATING)
        two.ask(INSIGHTS)
        for seen, other in ((one, "core insights"), (two, "rating is given")):
            expect(seen.page.locator(".question")).to_have_count(1)
            assert other not in seen.text(".question")
        two.page.reload()
        expect(two.page.locator(".question")).to_have_count(1)
        assert "core insights" in two.text(".question")
