"""The page as a person uses it: a real server, the seed report, headless Chromium. Never skipped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from rag import Library, Settings

ROOT = Path(__file__).resolve().parent.parent
ARGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    home = tmp_path_factory.mktemp("page") / "library"
    with Library.open(Settings.load(rag_home=home, _env_file=None)) as library:
        library.add_many([ROOT / "seeds"])
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("RAG_", "OPENAI_", "UI_"))}
    env |= {"RAG_HOME": str(home), "UI_PORT": str(port), "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen([sys.executable, "-m", "ui"], env=env, cwd=home, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(base + "/config", timeout=2)
            break
        except OSError:
            assert server.poll() is None, "the server stopped"
            time.sleep(0.25)
    yield base
    server.terminate()
    assert server.wait(20) == 0


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, address):
    """Opens the page; at the end nothing may have gone to another host, and the console must be clean."""
    problems: list[str] = []
    contexts = []

    def watch(request):
        if not request.url.startswith((address, "data:", "blob:")):
            problems.append(request.url)

    def opened(path: str = "/", **options) -> Page:
        context = browser.new_context(viewport=options.pop("viewport", {"width": 1400, "height": 900}), **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto(address + path)
        page.wait_for_selector("body[data-ready]", timeout=30_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def ask(page: Page, question: str) -> None:
    box = page.locator("#ask textarea")
    box.fill(question)
    box.press("Enter")
    page.wait_for_selector(".answer.done", timeout=20_000)


def test_a_citation_opens_the_passage_in_its_surroundings(open_page):
    page = open_page()
    ask(page, "What are the core insights of the report?")
    chips = page.locator(".said a.cite")
    assert chips.all_inner_texts() == ["[2]", "[5]", "[5]", "[5]"]
    page.locator(".said a.cite", has_text="[5]").last.click()
    cited = page.locator("#proof-view .passage.cited")
    cited.wait_for(timeout=10_000)
    assert "self-developed AI chips" in cited.inner_text()
    proof = page.locator("#proof-view").inner_text()
    assert "GUOTAI HAITONG SECURITIES" in proof and "2026-02-10" in proof and "阿里押注模型" in proof
    assert page.locator("#proof-view .passage").count() > 5
    assert "2026-02-10" in page.locator(".sources").inner_text()


def test_an_example_question_is_answered(open_page):
    page = open_page()
    page.locator(".asks .follow").first.click()
    page.wait_for_selector(".answer.done .said a.cite", timeout=20_000)


def test_a_refusal_looks_like_one(open_page):
    page = open_page(color_scheme="dark")
    ask(page, "What is the weather in Lisbon?")
    assert page.locator(".card.refusal").count() == 1
    assert page.locator(".said a.cite").count() == 0


def test_chinese_page_and_question(open_page):
    page = open_page(locale="zh-CN")
    page.wait_for_url("**/zh/**", timeout=10_000)
    page.wait_for_selector("body[data-ready]")
    ask(page, "资本开支主要投向哪里?")
    assert page.locator(".said a.cite").count() >= 1
    assert "来源" in page.locator(".sources").inner_text()


def test_a_narrow_window_shows_one_room_at_a_time(open_page):
    page = open_page(viewport={"width": 400, "height": 800})
    ask(page, "Who leads in IaaS and PaaS?")
    assert not page.locator("#library").is_visible()
    page.locator(".said a.cite").first.click()
    page.locator("#proof-view .passage.cited").wait_for(timeout=10_000)
    assert not page.locator("#talk").is_visible()
    page.locator("#tab-library").click()
    page.locator("#library .report").first.wait_for(timeout=10_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_uploads_good_and_bad(open_page, tmp_path):
    good, bad = tmp_path / "quay.txt", tmp_path / "broken.txt"
    good.write_text(
        'Quayside Cranes: note\nOLD MILL RESEARCH·2025-04-03 08:00\n\nInvestment Rating - Quayside is rated "Hold" [3]\n',
        encoding="utf-8",
    )
    bad.write_bytes(bytes(range(256)) * 10)
    page = open_page()
    page.locator("#upload input[type=file]").set_input_files([str(good), str(bad)])
    page.wait_for_selector(".uploads li.failed", timeout=20_000)
    page.wait_for_selector(".uploads li.added", timeout=20_000)
    assert "broken.txt" in page.locator(".uploads li.failed").inner_text()
    page.wait_for_selector("text=Quayside Cranes", timeout=10_000)
    ask(page, "What rating does Quayside have?")
    assert page.locator(".said a.cite").first.inner_text() == "[3]"
