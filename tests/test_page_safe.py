"""The page is safe and private: hostile reports, other people's files, passwords, programs."""

from __future__ import annotations

from pathlib import Path

from page_reports import RATING
from page_server import ROOT, Served, Visit, fetch, served, visit
from playwright.sync_api import Browser, expect


def test_a_hostile_report_stays_text(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as seen:
        page = seen.page
        seen.ask("What do the core insights say about spreader orders and spreader margins?")
        assert "<script>" in seen.text("#chat") or "${document.title" in seen.text("#chat")
        page.locator("#chat a.cite").first.click()
        expect(page.locator(".passage.cited")).to_be_visible()
        assert "<script>" in seen.text(".proof") and "${document.title" in seen.text(".proof")
        for room in (".question", ".answer", "#proof-view"):
            assert page.locator(f"{room} :is(img, script, style, iframe)").count() == 0
        seen.ask("<img src=x onerror=\"document.title='hacked'\"> ![y](http://evil.example/b.png) **bold**")
        assert page.title() == "Report Chat" and "<img src=x" in page.locator(".question").last.inner_text()


def test_only_the_librarys_own_files_can_be_read(house: Served) -> None:
    for path in ("/file/..%2f..%2fetc%2fpasswd", "/file/nothing", "/page/nothing/1.png", "/page/cranes/1.png"):
        status, words = fetch(house.url + path)
        assert status == 404 and "root:" not in words, path
    kept = next(path for path in house.home.rglob("*.sqlite*") if path.is_file())
    for secret in ("/etc/passwd", kept, ROOT / "pyproject.toml"):
        status, _ = fetch(f"{house.url}/gradio_api/file={secret}")
        assert status in (403, 404), (secret, status)


def test_read_only_behind_a_password(chrome: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "home", ROOT / "seeds", UI_READ_ONLY="true", UI_AUTH="let me in") as own:
        assert fetch(f"{own.url}/config")[0] == 401 and fetch(f"{own.url}/file/2026")[0] == 401
        assert fetch(f"{own.url}/", host="evil.example")[0] == 400
        window = chrome.new_context(locale="en-US")
        page = window.new_page()
        page.goto(own.url)
        page.fill("input[name=secret]", "wrong")
        page.click("button")
        expect(page.locator("[role=alert]")).to_be_visible()
        page.fill("input[name=secret]", "let me in")
        page.click("button")
        page.wait_for_selector("body[data-ready=yes]", state="attached")
        Visit(page).ask(RATING)
        page.locator(".said a.cite").first.click()
        expect(page.locator(".passage.cited")).to_be_visible()
        page.locator("li.report .open").first.click()
        expect(page.locator(".facts").first).to_be_attached()
        for gone in ("#upload", "#manage:visible", ".act:text-is('Right')", ".act:text-is('Wrong')"):
            assert page.locator(gone).count() == 0, gone
        config = page.evaluate("fetch('/config').then(reply => reply.json())")
        names = {target[1] for part in config["dependencies"] for target in part["targets"]}
        assert not names & {"upload", "click", "feedback"}, names
        window.clear_cookies()  # as after a night
        page.fill("#ask textarea", RATING)
        page.press("#ask textarea", "Enter")
        page.fill("input[name=secret]", "let me in")
        page.click("button")
        expect(page.locator(".answer.done .said")).to_contain_text("Buy")
        window.close()
