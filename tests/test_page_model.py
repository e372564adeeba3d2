"""The page with a model that writes: what it says grows, is checked, is priced, and is done without when it fails."""

from __future__ import annotations

from pathlib import Path

from openai_server import OpenAIServer, fails, hangs
from page_reports import INSIGHTS, RATING
from page_server import ROOT, served, visit
from playwright.sync_api import Browser, expect

PRICED = {"OPENAI_PRICE_IN": "1", "OPENAI_PRICE_OUT": "2", "OPENAI_MODEL": "some-model"}


def test_a_model_writes_fails_and_hangs(chrome: Browser, tmp_path: Path) -> None:
    with (
        OpenAIServer() as model,
        served(tmp_path / "home", ROOT / "seeds", OPENAI_BASE_URL=model.url, OPENAI_API_KEY="k", **PRICED) as own,
        visit(chrome, own.url) as seen,
    ):
        page = seen.page
        seen.ask(RATING)
        trust = page.locator(".trust").last
        expect(trust).to_contain_text("written by some-model, checked against the reports")
        expect(trust).to_contain_text("tokens read")
        expect(trust).to_contain_text("cost 0.0")
        page.locator(".said a.cite").first.click()
        expect(page.locator(".passage.cited")).to_be_visible()
        page.reload()
        expect(page.locator(".trust").last).to_contain_text("tokens read")

        model.chat[:] = [fails(400, message="not today")] * 4
        seen.ask(INSIGHTS)
        expect(page.locator(".notes").last).to_contain_text("Not written by a model")
        expect(page.locator(".trust").last).to_contain_text("quoted from the reports, no model")

        model.chat[:] = [hangs] * 4
        page.fill("#ask textarea", RATING)
        page.press("#ask textarea", "Enter")
        expect(page.locator(".waiting.running")).to_be_visible()
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".answer.stopped")).to_contain_text("Stopped before")
        assert model.hung_up.wait(30), "a stop ends the call to the model"
