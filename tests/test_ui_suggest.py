"""Example questions and follow-ups."""

from __future__ import annotations

from collections.abc import Callable

from ui_samples import answer_of, passage, report

from rag import Library
from rag.suggest import follow_ups, suggest
from rag.types import Answer, Citation, Passage, Report


def test_examples_come_from_the_sections_in_the_language_of_the_report(seed_library: Library) -> None:
    examples = suggest(seed_library, limit=5)
    assert len(examples) == 5 == len(set(examples))
    assert "What investment rating is given?" in examples and "What are the core insights?" in examples
    assert any("2023-2024: Entering the Era of Large Models" in example for example in examples)


def test_every_example_of_the_seed_report_is_answered(seed_library: Library) -> None:
    for example in suggest(seed_library, limit=5):
        assert not seed_library.ask(example).refused, example


class Shelf:
    def __init__(self, *columns: tuple[Report, list[Passage]]) -> None:
        self._columns = {of.id: (of, rows) for of, rows in columns}

    def reports(self) -> list[Report]:
        return [of for of, _ in self._columns.values()]

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        return tuple(self._columns[report_id][1])


def shelf(make: Callable[[Report, int, str, tuple[str, ...], str], Passage] | None = None) -> Shelf:
    chinese = report(2, broker="海桥证券", language="zh", rating="买入", companies=("起重机集团",))
    english = report(1, broker="NORTH QUAY", target_price=21.0, companies=("Quayside",))
    return Shelf(
        (
            chinese,
            [
                passage(chinese, 0, "需求回升。", ("一、需求",), "zh"),
                passage(chinese, 1, "风险。", ("风险提示",), "zh"),
            ],
        ),
        (english, [passage(english, 0, "Orders rose.", ("1. Orders",)), passage(english, 1, "x", ("Disclaimer",))]),
    )


def test_with_several_reports_an_example_says_whose_report_is_meant() -> None:
    examples = suggest(shelf(), limit=10)
    assert "海桥证券对起重机集团的评级是什么？" in examples and "关于“需求”，海桥证券说了什么？" in examples
    assert "What is NORTH QUAY's target price for Quayside?" in examples
    assert 'What does NORTH QUAY say about "Orders"?' in examples
    assert not any("Disclaimer" in example for example in examples)
    assert suggest(shelf(), limit=1, prefer="en")[0].startswith("What")
    assert all("NORTH QUAY" in example for example in suggest(shelf(), reports=[report(1).id]))
    assert suggest(Shelf()) == ()


def test_follow_ups_are_what_was_neither_cited_nor_asked() -> None:
    library = shelf()
    english = library.reports()[1]
    rows = library.passages(english.id)
    answer = answer_of("Up [1].", Citation("[1]", english, rows[0].id, rows[0].locator, "Orders", 0, 6))
    assert follow_ups(library, answer) == ("What is NORTH QUAY's target price for Quayside?",)
    assert follow_ups(library, answer, asked=("What is NORTH QUAY's target price for Quayside?",)) == ()
    assert follow_ups(library, Answer("q", "no", refused=True), limit=2) == suggest(library, limit=2)
