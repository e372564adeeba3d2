"""An answer as Markdown with footnotes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from llm_samples import IDS, passage, report

from rag.answer.citations import Draft, cite
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


def test_the_places_of_a_chinese_question_are_said_in_chinese():
    made = answer(Draft("营收3.1亿欧元。", (on_page(REVENUE, 4),), status="partly", reason="单位不同"))
    text = replace(made, question="营收是多少？").to_markdown()
    assert "*(部分有据: 单位不同)*" in text and ", 2025-05-12, 第4页, " in text


def test_brackets_of_several_citations_are_taken_in_turn_and_the_last_has_the_rest():
    made = answer(Draft("A.", (on_page(REVENUE, 4), on_page(FUEL, 4))))
    assert made.to_markdown().startswith("A [^4][^4x2].")
    twice = replace(made.sentences[0], text="A [4] and B [4].")
    both = replace(made, text=twice.text, sentences=(twice,)).to_markdown()
    assert both.startswith("A [^4] and B [^4x2].")


def test_tables_get_the_bars_and_the_rule_of_markdown():
    made = answer(Draft("Item | 2024\nSales | 12", (REVENUE,)))
    assert "| Item | 2024 |\n| --- | --- |\n| Sales | 12" in made.to_markdown()
    made = answer(Draft("Item | 2024\nSales | 12", (REVENUE,)), Draft("They agree.", (REVENUE,)))
    told = made.to_markdown().split("| Sales | 12")[1]
    assert "They agree" not in told.split("\n\n")[0], "a line right below a table would be a row of it"


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
