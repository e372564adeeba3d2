"""Comparisons of what a house expects with what the company guides to."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import Library, Settings
from rag.compare.asked.guided import guided
from rag.compare.comparison import compare

REPORTS = {
    "orlen-halden": (
        'Orlen Ferries (ORLF LN): fuller decks\n\nInvestment Rating - Halden Research keeps "Buy" on Orlen Ferries, target 310 pence [1]'
        " Outlook - Management guides to 2031 operating profit of GBP 64 million to GBP 67 million [2]"
        " - Our own operating profit estimate for 2031 is GBP 68 million, above the top of the range [3]\n"
    ),
    "orlen-penlee": (
        'Orlen Ferries: too dear\n\nInvestment Rating - Penlee Capital cuts Orlen Ferries to "Hold" [1]'
        " Estimates - 2031 operating profit is forecast at GBP 65 million, near the middle of guidance [2]\n"
    ),
    "mill": (
        "南麓粮油:小麦提速\n\n投资评级 - 远岭证券维持南麓粮油“买入”评级 [1]\n展望\n- 管理层指引2031年营业收入120亿元 [2]\n- 我们预计2031年营业收入124亿元 [3]\n"
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("guided")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(Settings.load(rag_home=folder / "library", _env_file=None))
    library.add_many(folder.glob("*.txt"))
    return library


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Is Halden's 2031 operating profit estimate for Orlen above or below company guidance?", ["68", "64"]),
        ("Orlen 2031 operating profit: guidance against the Halden and Penlee forecasts", ["64", "68", "65"]),
        ("Where does Halden stand on Orlen's 2031 operating profit against the guided range?", ["68", "64"]),
        ("远岭对南麓粮油2031年营业收入的预测高于公司指引吗?", ["124", "120"]),
        ("南麓粮油2031年营业收入:公司指引和券商预测差多少?", ["120", "124"]),
    ],
)
def test_the_guidance_and_each_house_are_sides(library: Library, question: str, figures: list[str]) -> None:
    found = compare(library.index, library.encoder, question)
    assert found is not None
    said = [row[0][0].text for row in found.cells]
    assert len(said) == len(figures)
    assert all(each in text for each, text in zip(figures, said, strict=True)), said


@pytest.mark.parametrize(
    "question",
    [
        "What is Orlen's guidance for 2031 operating profit?",
        "How do Halden and Penlee differ on Orlen's 2031 operating profit?",
        "Is guidance above the forecasts?",
    ],
)
def test_no_sides_where_guidance_is_not_set_against_a_house(library: Library, question: str) -> None:
    assert guided(question, list(library.index.reports().values())) == ()
