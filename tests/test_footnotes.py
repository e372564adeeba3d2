"""An answer as Markdown with footnotes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from llm_samples import IDS, passage, report

from rag.citations import Draft, cite
from rag.types import Answer, Evidence, Locator

REVENUE, FUEL, TEA = IDS["k3f7m"], IDS["m8x2b"], IDS["t4c6h"]


def answer(*drafts: Draft, notes=()) -> Answer:
    sentences, citations = cite(drafts)
    return Answer("q", "\n".join(s.text for s in sentences), sentences, citations, notes=notes)


def on_page(item: Evidence, page: int) -> Evidence:
    return replace(item, passage=replace(item.passage, locator=Locator("page", (page,))))


def test_one_report():
    made = answer(Draft("Revenue was 310 million EUR.", (on_page(REVENUE, 4),), ((0, 61),)))
    assert made.to_markdown() == (
        "Revenue was 310 million EUR [^4].\n\n"
        "[^4]: NORTHQUAY, Brindle Ferries (BRF): full decks, 2025-05-12, p. 4, "
        '"Revenue for the first quarter of 2025 was 310 million EUR, up"\n'
    )


def test_two_reports_keep_their_letters():
    tea = replace(TEA, report=report("tea", "云岭茶业", "松江证券"))
    text = answer(Draft("A.", (REVENUE,)), Draft("B.", (tea,))).to_markdown()
    assert (
        text.startswith("A [^A4].\nB [^B3].\n\n[^A4]: NORTHQUAY, ")
        and "[^B3]: 松江证券, 云岭茶业, 2025-05-12, mark 3, " in text
    )


def test_two_passages_of_one_page_have_a_footnote_each():
    text = answer(Draft("A.", (on_page(REVENUE, 4),)), Draft("B.", (on_page(FUEL, 4),))).to_markdown()
    assert text.startswith("A [^4].\nB [^4x2].") and text.count("\n[^4") == 2


def test_doubt_and_notes_go_along():
    made = answer(
        Draft("A.", (REVENUE,), status="partly", reason="Its wording is another."), notes=("A newer report exists.",)
    )
    assert "A [^4]. *(partly supported: Its wording is another)*\n\n> A newer report exists." in made.to_markdown()


@pytest.mark.parametrize(
    "evil", ["![x](http://e.x)", "<script>", "[a](b)", "[^4]: y", "# x", "`x`", "https://e.x", "www.e.x"]
)
def test_nothing_of_a_report_acts_as_markdown(evil):
    item = passage(4, f"{evil} Sales rose.")
    item = replace(item, report=replace(item.report, title=evil, broker=evil))
    text = answer(Draft(f"{evil} Sales rose.", (item,))).to_markdown()
    assert not re.search(r"(?<!\\)!\[|(?<!\\)\]\(|(?<!\\)<|(?<!\\)`|(?<!\\)://|(?<![\\\w])www\.", text)


def test_a_refusal_is_its_words():
    assert (
        Answer("q", "The reports do not cover this [sic].", refused=True).to_markdown()
        == "The reports do not cover this \\[sic\\].\n"
    )
