"""The page for everyone: Chinese, narrow, dark, by keyboard, for screen readers."""

from __future__ import annotations

import pytest
from page_reports import INSIGHTS
from page_server import ROOT, Served, Visit, visit
from playwright.sync_api import Browser, expect


def test_a_chinese_browser_gets_a_chinese_page_and_answers(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url, locale="zh-CN") as seen:
        page = seen.page
        assert page.url.endswith("/zh/") and page.evaluate("document.documentElement.lang") == "zh-CN"
        expect(page.locator(".welcome h2")).to_have_text("您想了解什么？")
        seen.ask("2024年港口起重机订单同比增长多少？")
        assert "同比增长27.5%" in seen.text(".said") and "每句均有依据" in seen.text(".trust")
        page.locator(".said a.cite", has_text="3]").first.click()
        expect(page.locator(".passage.cited mark")).to_contain_text("自动化岸桥占比达到41%")
        page.click("#other-language")
        expect(page.locator("#ask textarea")).to_have_attribute("placeholder", "Ask about your reports…")
        expect(page.locator(".question")).to_have_count(1)


def test_a_narrow_window_has_one_room_at_a_time(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url, viewport={"width": 400, "height": 780}) as seen:
        page = seen.page
        assert not page.locator("#library").is_visible() and page.locator("#talk").is_visible()
        seen.ask(INSIGHTS)
        page.locator(".said a.cite").first.click()
        expect(page.locator(".passage.cited mark")).to_be_in_viewport()
        assert not page.locator("#talk").is_visible()
        page.click("#tab-library")
        expect(page.locator("li.report").first).to_be_visible()
        page.click("#tab-talk")
        expect(page.locator(".said")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, "nothing sticks out at the side"


def test_dark_follows_the_system_and_can_be_changed(chrome: Browser, house: Served) -> None:
    def brightness(seen: Visit) -> int:
        colour = seen.page.evaluate("getComputedStyle(document.querySelector('#talk')).backgroundColor")
        return sum(int(part) for part in colour[4:-1].split(","))

    with visit(chrome, house.url, color_scheme="dark") as seen:
        assert brightness(seen) < 150
        seen.page.click("#theme")
        assert brightness(seen) > 700
        seen.page.reload()
        seen.page.wait_for_selector("body[data-ready=yes]")
        assert brightness(seen) > 700, "the choice is kept"


def test_everything_works_from_the_keyboard(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as seen:
        page = seen.page
        page.locator("#theme").focus()
        page.keyboard.press("/")
        page.keyboard.type(INSIGHTS)
        page.keyboard.press("Enter")
        page.wait_for_selector(".answer")
        seen.finished()
        for _ in range(60):
            page.keyboard.press("Shift+Tab")
            if page.evaluate("document.activeElement.matches('.said a.cite')"):
                break
        expect(page.locator("#cite-card")).to_be_visible()
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert label.startswith("[5] ") and "GUOTAI HAITONG SECURITIES · 2026-02-10 · mark 5" in label
        page.keyboard.press("Enter")
        expect(page.locator(".passage.cited")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#cite-card")).to_be_hidden()


def test_every_control_has_a_name(chrome: Browser, house: Served) -> None:
    nameless = """() => [...document.querySelectorAll('button, a[href], input, textarea, select, img')]
        .filter(node => node.checkVisibility({visibilityProperty: true}))
        .filter(node => !(node.innerText || '').trim() && !node.getAttribute('aria-label') && !node.title && !node.alt
            && !(node.labels && [...node.labels].some(label => label.textContent.trim())))
        .map(node => node.outerHTML.slice(0, 150))"""
    with visit(chrome, house.url) as seen:
        seen.ask(INSIGHTS)
        seen.page.locator(".said a.cite").first.click()
        expect(seen.page.locator(".passage.cited")).to_be_visible()
        assert seen.page.evaluate(nameless) == []


@pytest.mark.parametrize(
    ("scheme", "locale", "width"), [("light", "en-US", 1360), ("dark", "zh-CN", 1360), ("dark", "en-US", 400)]
)
def test_axe_finds_no_barrier(chrome: Browser, house: Served, scheme: str, locale: str, width: int) -> None:
    """The rules of axe-core in every state of the page: nothing, however slight."""
    scripts = list((ROOT / ".cache").glob("axe-core-*.min.js"))
    assert scripts, "axe-core is not in .cache; run `make browser`, which fetches it."
    size = {"width": width, "height": 860}
    with visit(chrome, house.url, color_scheme=scheme, locale=locale, viewport=size) as seen:
        page = seen.page
        page.evaluate(scripts[0].read_text("utf-8"))

        def barriers() -> list[str]:
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]

        expect(page.locator(".welcome .follow").first).to_be_visible()
        assert barriers() == []
        seen.ask("How much did passenger numbers on the northern ferry route grow?")
        page.locator("details.source summary").first.click()
        page.locator(".said a.cite").first.hover()
        expect(page.locator("#cite-card")).to_be_visible()
        assert barriers() == []
        page.locator(".said a.cite").first.click()
        expect(page.locator(".sheet img")).to_be_visible()
        assert barriers() == []
        page.click("#tab-talk")
        seen.ask("What is the capital of Portugal?")
        seen.ask("why " * 1500)
        page.click("#history summary")
        assert barriers() == []
        page.keyboard.press("Escape")
        page.locator("[id^=act-wrong-]").first.click()
        expect(page.locator("dialog textarea")).to_be_visible()
        assert barriers() == []
        page.keyboard.press("Escape")
        page.locator(".question .edit").first.click()
        expect(page.locator("#editing")).to_be_visible()
        assert barriers() == []
        page.click("#act-edit-stop")
        if width < 820:
            page.click("#tab-library")
        page.locator("#filters > button").click()
        assert barriers() == []
        page.locator("li.report .open").first.click()
        page.locator("#manage button").first.click()
        expect(page.locator("#fields input, #fields textarea").first).to_be_visible()
        assert barriers() == []
        page.locator("#manage button").nth(1).click()
        expect(page.locator("#manage button.stop")).to_be_visible()
        assert barriers() == []
        page.click("#tab-views")
        expect(page.locator("#views h3")).to_be_visible()
        assert barriers() == []
