"""Example questions and follow-ups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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
    told = replace(answer, text="The target price is 21 [1].")
    assert follow_ups(library, told) == (), "what was just said is not asked for again"
    assert follow_ups(library, Answer("q", "no", refused=True), limit=2) == suggest(library, limit=2)


def test_a_filing_is_asked_for_its_main_figures_and_not_for_its_cover() -> None:
    year = "FY2024 (fiscal year ended December 31, 2024)"
    filing = report(1, broker=None, companies=("Quayside plc",), period=year, title="Quayside plc Form 10-K FY2024")
    rows = [passage(filing, n, "x", (head,)) for n, head in enumerate(("FORM 10-K", "or", "Berth fees and charges"))]
    examples = suggest(Shelf((filing, rows), (report(3), [])), limit=10)
    assert examples[:2] == (
        "What was Quayside plc's revenue in FY2024?",
        "What was Quayside plc's net income in FY2024?",
    )
    assert 'What does “Quayside plc Form 10-K FY2024” say about "Berth fees and charges"?' in examples
    assert not any('10-K"' in example or '"or"' in example for example in examples)
    chinese = report(2, broker=None, language="zh", companies=("起重机集团",), period="2024年年度报告")
    rows = [passage(chinese, 0, "需求回升。", ("一、需求",), "zh")]
    assert "起重机集团2024年的营业收入是多少？" in suggest(Shelf((chinese, rows), (report(3), [])), limit=10)


def test_where_a_broker_has_several_reports_an_example_names_the_company() -> None:
    """Its name alone would leave open which of them is meant."""
    first, second = (report(n, broker="NORTH QUAY", companies=(f"Quayside {n}",)) for n in (1, 3))
    rows = {of: [passage(of, 0, "Orders rose.", ("Orders",))] for of in (first, second)}
    examples = suggest(Shelf(*rows.items()), limit=10)
    assert 'What does NORTH QUAY say about "Orders" of Quayside 1?' in examples


def test_headings_that_say_nothing_are_not_asked_for_and_known_ones_are_asked_in_plain_words() -> None:
    of = report(1, broker="NORTH QUAY", companies=("Quayside",), title="Quayside: higher")
    heads = (
        "NORTH QUAY 2025-05-03",
        "Participants",
        "Catalysts",
        "Outlook",
        "目标价格:未公布",
        "For the fiscal year ended May 31",
    )
    rows = [passage(of, n, "x", (head,)) for n, head in enumerate(heads)]
    examples = suggest(Shelf((of, rows), (report(3), [])), limit=10)
    assert "What are the catalysts for Quayside?" in examples and "What is the outlook for Quayside?" in examples
    assert not any(
        word in example for example in examples for word in ("Participants", "2025-05-03", "未公布", "fiscal")
    )


def test_examples_differ_in_kind() -> None:
    many = [report(n, broker=f"HOUSE {n}", rating="Buy", companies=(f"Quay {n}",)) for n in range(1, 5)]
    examples = suggest(Shelf(*((of, [passage(of, 0, "x", ("Orders",))]) for of in many)), limit=4)
    assert sum(example.startswith("What rating") for example in examples) == 2, examples
