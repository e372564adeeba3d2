"""The page: asking, and proving an answer, in a real browser."""

from __future__ import annotations

from page_reports import INSIGHTS, RATING
from page_server import Served, fetch, visit
from playwright.sync_api import Browser, expect


def test_ask_click_the_citation_and_see_the_passage(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as seen:
        page = seen.page
        expect(page.locator(".welcome .follow").first).to_be_visible()
        expect(page.locator("li.report")).to_have_count(4)
        page.locator("li.report", has_text="阿里").locator("input.pick").check()
        expect(page.locator("#scope")).to_contain_text("1 of 4")
        seen.ask(RATING)
        assert 'rates the investment in the industry as "Buy"' in seen.text(".answer .said")
        chip = page.locator(".answer .said a.cite", has_text="[5]").first
        chip.hover()
        expect(page.locator("#cite-card")).to_contain_text("GUOTAI HAITONG SECURITIES")
        expect(page.locator("#cite-card q")).to_contain_text("rates the investment")
        chip.click()
        expect(page.locator(".proof h2")).to_contain_text("从能力领先到入口级产品")
        expect(page.locator(".proof .kicker")).to_contain_text("2026-02-10")
        quote = 'The report rates the investment in the industry as "Buy"'
        expect(page.locator(".proof .passage.cited mark")).to_have_text(quote)
        assert page.locator(".proof .passage").count() > 5, "its surroundings are shown, too"
        expect(page.locator(".sources")).to_contain_text("2026-02-10")
        expect(page.locator(".follow-ups .follow").first).to_be_visible()


def test_walk_through_the_citations_and_open_the_file(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as seen:
        page = seen.page
        seen.ask(INSIGHTS)
        page.locator(".said a.cite").first.click()
        expect(page.locator("#count-cite")).to_have_text("1 / 3")
        expect(page.locator("#act-previous-cite")).to_be_disabled()
        first = page.locator(".passage.cited mark").inner_text()
        page.click("#act-next-cite")
        expect(page.locator("#count-cite")).to_have_text("2 / 3")
        assert page.locator(".passage.cited mark").inner_text() != first
        page.locator(".proof h2").focus()
        page.keyboard.press("[")
        expect(page.locator("#count-cite")).to_have_text("1 / 3")
        address = page.locator(".proof .kicker a").get_attribute("href")
        status, words = fetch(f"{house.url}{address}")
        assert status == 200 and "Investment Rating" in words


def test_a_citation_of_a_pdf_shows_its_page_with_the_quote_highlighted(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as seen:
        page = seen.page
        seen.ask("How much did passenger numbers on the northern ferry route grow?")
        page.locator(".said a.cite", has_text="2]").first.click()
        expect(page.locator(".sheet img")).to_be_visible()
        page.wait_for_function("() => document.querySelector('.sheet img').naturalWidth > 500")
        boxes = page.locator(".sheet .box")
        assert boxes.count() >= 1
        paper, box = page.locator(".sheet .paper").bounding_box(), boxes.first.bounding_box()
        assert paper and box
        left, top = (box["x"] - paper["x"]) / paper["width"], (box["y"] - paper["y"]) / paper["height"]
        assert abs(left - 72 / 595) < 0.02 and abs(top - 112 / 842) < 0.02, (left, top)
        expect(page.locator("#count-page")).to_have_text("2 / 3")
        page.click("#act-next-page")
        expect(page.locator("#count-page")).to_have_text("3 / 3")
        expect(boxes.first).to_be_hidden()
        page.click("#act-previous-page")
        expect(boxes.first).to_be_visible()
        width = page.locator(".sheet .paper").evaluate("node => node.clientWidth")
        page.click("#act-zoom")
        assert page.locator(".sheet .paper").evaluate("node => node.clientWidth") > 1.8 * width
        expect(boxes.first).to_be_in_viewport()
        page.click("#act-view")
        expect(page.locator(".passage.cited mark")).to_contain_text("312,000")


def test_a_refusal_looks_like_one(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as seen:
        seen.ask("What is the capital of Portugal?")
        expect(seen.page.locator(".card.refusal")).to_contain_text("Not covered by the reports")
        expect(seen.page.locator(".said")).to_have_count(0)
        seen.page.locator(".nearest a.cite").first.click()
        expect(seen.page.locator(".passage.cited")).to_be_visible()


def test_an_unusable_question_gets_one_sentence(chrome: Browser, house: Served) -> None:
    with visit(chrome, house.url) as seen:
        seen.page.fill("#ask textarea", "   ")
        seen.page.press("#ask textarea", "Enter")
        seen.ask("why " * 1500)
        expect(seen.page.locator(".card.failed")).to_contain_text("at most 4,000")
        expect(seen.page.locator(".question")).to_have_count(1)
        seen.ask(INSIGHTS)
        expect(seen.page.locator(".answer.done .said")).to_have_count(1)
