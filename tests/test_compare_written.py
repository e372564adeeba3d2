"""Sides by the names and the times that reports write: longer names, names in Chinese, quarters that only statements tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag import Library, Settings
from rag.answer.citations import without_slots
from rag.compare.asked.joined import side_by_side
from rag.compare.asked.metrics import growth_apart, metrics_named
from rag.compare.asked.phrases import grown
from rag.compare.asked.wanted import Aspect
from rag.compare.comparison import Comparison, compare
from rag.compare.found.owner import whose
from rag.compare.found.share import without_shares
from rag.compare.found.times import OTHER_PERIOD, period_fit
from rag.compare.told.amounts import amount_of
from rag.compare.told.changes import change_of
from rag.language.periods import periods

REPORTS = {
    "cranes": (
        "Velden Cranes (VLDN.US): abroad carries it\nHALDEN RESEARCH\n\n"
        'Rating - Halden keeps "Buy" on Velden Cranes with a target price of USD 31, or 18 times 2032 EPS [1]\n'
        "Results - Velden's Q3 2031 revenue was USD 776 million, up 9.5% [2] - Overseas sales grew 8.3% to USD 394 million [3]"
        " - Domestic sales grew 10.8% to USD 382 million [4] - Tower cranes grew 21% to USD 98 million [5]"
        " - Tower cranes and lifts made 40% of the group [6] - Robotics grew 9% to USD 81 million [7]\n"
        "Forecasts - Halden models EPS of USD 1.72 in 2032 [8]\n"
    ),
    "shipping": (
        "Shipping Weekly\nMARL RESEARCH\n\n"
        "Routes - Vostok to Europe fell 7.1% to USD 1,228 per box [1] - Vostok to the West Coast dropped 17.6% to USD 1,823 per box [2]\n"
        "Companies - Alder Shipping Energy is rated Buy, with 2032 net profit forecast at USD 7.8 million [3]"
        " - Alder Shipping Holdings is rated Hold, with 2032 net profit forecast at USD 15.2 million [4]"
        ' - The sector is at "Neutral"; we prefer Corvin Lines to Dorn Lines [5]'
        " - Corvin Lines (Overweight, target $112): EPS $2.94 [6] - Dorn Lines (Underweight, target $31): EPS $0.87 [7]\n"
    ),
    "fuyao": (
        "福耀玻璃三季报点评:天窗放量\n远岭证券\n\n"
        "业绩 - 福耀玻璃第三季度销售费用率为3.9%,同比下降0.3个百分点 [1]\n估值 - 当前股价对应2031年市盈率为13.2倍 [2]\n"
        "其他 - 全景天窗出货80万片 [3]\n"
    ),
    "sany": (
        "三一重工:内销承压\n大泉证券\n\n"
        "业绩 - 三一重工第三季度净利率为7.7%,得益于销售费用率下降2.1个百分点至5.2% [1]\n估值 - 当前股价对应2031年市盈率为7.4倍 [2]\n"
        "其他 - 内销出货下降12% [3]\n"
    ),
    "bonds": (
        "利率债周报\n南浦证券\n\n行情 - 10年期国债收于1.80%,下行1.5个基点;30年期国债收于2.14%,下行3.2个基点 [1]\n"
        "结构 - 地方债及铁道债发行增长7% [2] - 存单发行下降18% [3]\n"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("written")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library = Library.open(Settings.load(rag_home=folder / "library", _env_file=None))
    library.add_many(folder.glob("*.txt"))
    return library


def compared(library: Library, question: str) -> Comparison:
    found = compare(library.index, library.encoder, question)
    assert found is not None
    return found


def marks(found: Comparison) -> list[list[int]]:
    return [[n for pieces in row for piece in pieces for n in piece.evidence.passage.locator.numbers] for row in found.cells]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "names", "said"),
    [
        ("福耀和三一的销售费用率哪家更低?", ["福耀", "三一"], [[1], [1]]),
        ("福耀和三一的2031年市盈率谁更高?", ["福耀", "三一"], [[2], [2]]),
        ("Did Velden grow faster at home or overseas in the third quarter?", ["domestic", "overseas"], [[4], [3]]),
        ("Velden tower cranes versus robotics: which grew more?", ["tower cranes", "robotics"], [[5], [7]]),
        (
            "Rank Alder Shipping Energy and Alder Shipping Holdings by 2032 net profit",
            ["Alder Shipping Energy", "Alder Shipping Holdings"],
            [[3], [4]],
        ),
        ("Marl's ratings of Corvin Lines and Dorn Lines: what is the difference?", ["Corvin Lines", "Dorn Lines"], [[6], [7]]),
        ("Vostok to Europe or Vostok to West Coast: which freight rate fell more?", ["Vostok to Europe", "West Coast"], [[1], [2]]),
        ("地方债及铁道债与存单的发行增速对比", ["地方债及铁道债", "存单"], [[2], [3]]),
        ("天窗与内销分别是什么情况?", ["天窗", "内销"], [[3], [3]]),
        ("Is Marl more positive on Corvin Lines than on Dorn Lines?", ["Corvin Lines", "Dorn Lines"], [[6], [7]]),
        ("10年期国债与30年期国债收益率本周谁下行更多?", ["10年期国债", "30年期国债"], [[1], [1]]),
    ],
)  # fmt: skip
def test_sides_are_called_as_the_reports_write_them(
    library: Library, question: str, names: list[str], said: list[list[int]]
) -> None:
    found = compared(library, question)
    assert [side.name for side in found.sides] == names
    assert marks(found) == said


def test_a_quarter_that_no_report_is_on_is_the_one_that_statements_tell_of(library: Library) -> None:
    found = compared(library, "How does Velden's third-quarter revenue compare with that of Sany?")
    assert found.sides[0].period is not None and found.sides[0].period.label == "2031Q3"
    assert marks(found)[0] == [2]  # and not the sales of a part


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("神岭和陕岭5月产量增速谁高", ["神岭", "陕岭"]),
        ("Ostrava's and Granite State's capital ratios", ["Ostrava", "Granite State"]),
    ],
)
def test_a_name_ends_before_a_month_and_before_what_it_owns(text: str, names: list[str]) -> None:
    assert [text[slice(*span)] for span in side_by_side(text, [])] == names


def test_a_name_that_stands_before_several_others_is_no_side() -> None:
    text = "Vostok to Europe or Vostok to West Coast: which rate fell more?"
    assert [text[slice(*span)] for span in side_by_side(text, [])] == ["Europe", "West Coast"]


@pytest.mark.parametrize(
    ("text", "names", "begun", "longer"),
    [
        ("tower cranes or lifts?", ["cranes", "lifts"], ["tower cranes grew"], ["tower cranes", "lifts"]),
        ("the cranes or lifts?", ["cranes", "lifts"], ["the cranes grew"], ["cranes", "lifts"]),
        ("存单与地方债及铁道债对比", ["存单", "地方债", "铁道债"], ["地方债及铁道债增长"], ["存单", "地方债及铁道债"]),
        (
            "存单、地方债和铁道债对比",
            ["存单", "地方债", "铁道债"],
            ["地方债和铁道债增长"],
            ["存单", "地方债", "铁道债"],
        ),
        ("地方债及铁道债对比", ["地方债", "铁道债"], ["地方债及铁道债增长"], ["地方债", "铁道债"]),
    ],
)
def test_names_are_as_long_as_statements_begin_with_them(
    text: str, names: list[str], begun: list[str], longer: list[str]
) -> None:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    assert [text[slice(*span)] for span in grown(text, spans, begun, [])] == longer


def test_a_part_that_is_called_with_its_metric_gives_no_figure_of_the_whole() -> None:
    assert whose("Overseas sales grew 8.3% to USD 394 million", "revenue", ()) == "part"
    assert whose("Overseas sales grew 8.3% to USD 394 million", "overseas sales", ()) == "own"


def test_a_multiple_says_nothing_of_what_it_is_of() -> None:
    assert "EPS" not in without_shares("Halden lifts the target to USD 31, or 18 times 2032 EPS", "What EPS?")
    assert "EPS" in without_shares("EPS of USD 1.72, three times that of 2030", "What EPS?")


@pytest.mark.parametrize("text", ["10年期国债收于1.80%", "10年和30年国债", "30年国债"])
def test_a_tenor_is_no_year(text: str) -> None:
    assert not periods(text)


def test_words_of_asking_are_told_by_where_they_stand() -> None:
    assert metrics_named("Place Foo's margin beside Bar's") == "compare Foo's margin beside Bar's"
    assert metrics_named("Did Foo place more robots than Bar?") == "Did Foo place more robots than Bar?"


def test_what_reports_put_by_for_later_is_of_now(library: Library) -> None:
    report = next(report for report in library.reports() if report.stem == "fuyao")
    third = periods("2031年三季度")[0]
    assert period_fit(third, "期末存货25亿元,为2031年四季度交付备货", report) > OTHER_PERIOD
    assert period_fit(third, "2031年四季度存货25亿元", report) == OTHER_PERIOD


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("Compare net profit growth at Foo and Bar", "Compare growth of net profit at Foo and Bar"),
        ("收入增速对比", "收入的增速对比"),
        ("Which has more growth?", "Which has more growth?"),
    ],
)
def test_the_growth_of_a_metric_is_asked_for_as_statements_tell_it(question: str, apart: str) -> None:
    assert growth_apart(question) == apart


@pytest.mark.parametrize(
    "question",
    [
        "How big was Velden's robotics and lifts business?",
        "Corvin Lines or Dorn Lines: which has the higher net profit?",
    ],
)
def test_one_business_of_two_parts_and_what_nobody_tells_are_no_comparison(library: Library, question: str) -> None:
    assert compare(library.index, library.encoder, question) is None


def test_a_comparison_that_is_not_to_the_point_is_not_sure(library: Library) -> None:
    found = compared(library, "Velden tower cranes versus robotics: which grew more?")
    assert found.sure
    at = periods("Q2 2030")[0]
    assert not replace(found, sides=tuple(replace(side, period=at) for side in found.sides)).sure
    beside = tuple(tuple(tuple(replace(p, score=0.0) for p in pieces) for pieces in row) for row in found.cells)
    assert not replace(found, cells=beside).sure


def told(library: Library, question: str) -> list[str]:
    """The sentences under the table, without the places of their citations."""
    return [without_slots(draft.text) for draft in compared(library, question).drafts[1:]]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Velden tower cranes versus robotics: which grew more?", ["tower cranes grew more, 21%; robotics 9%."]),
        ("Velden tower cranes versus robotics: which grew less?", ["robotics grew less, 9%; tower cranes 21%."]),
        (
            "Vostok to Europe or Vostok to West Coast: which freight rate fell more?",
            ["West Coast fell more, 17.6%; Vostok to Europe 7.1%."],
        ),
        ("地方债及铁道债与存单的发行哪个增速更高?", ["地方债及铁道债的增速更高：7%；其余：存单 −18%。"]),
        ("福耀和三一的2031年市盈率谁更高?", ["福耀的市盈率更高：13.2倍；其余：三一 7.4倍。"]),
        ("Did Velden tower cranes and robotics grow?", []),
    ],
)
def test_who_grew_or_fell_more_is_told_by_the_changes(library: Library, question: str, said: list[str]) -> None:
    assert told(library, question) == said


def test_a_change_is_that_of_the_metric_and_of_the_side(library: Library) -> None:
    found = compared(library, "Velden tower cranes versus robotics: which grew more?")
    piece = found.cells[0][0][0]
    both = replace(piece, text="Lifts grew 4% in revenue, and profit rose 9%; tower cranes fell 3% in revenue")
    cranes, profit = replace(found.sides[0], name="tower cranes"), Aspect("net profit", ("net profit",), True)
    fell = change_of(both, Aspect("revenue", ("revenue",), True), cranes)
    assert fell is not None and (str(fell.value), fell.shown) == ("-3", "3%")
    assert change_of(replace(piece, text="Tower cranes made USD 98 million"), profit, cranes) is None
    rose = change_of(both, profit, replace(cranes, name="Lifts"))
    assert rose is not None and rose.shown == "9%"


@pytest.mark.parametrize(
    ("text", "year", "shown"),
    [
        ("We put net profit at USD 21.3 million for 2031, USD 23.8 million for 2032", "2032", "USD 23.8 million"),
        ("We put net profit at USD 21.3 million for 2031, USD 23.8 million for 2032", "2031", "USD 21.3 million"),
    ],
)
def test_of_figures_for_several_years_that_of_the_year_counts(
    library: Library, text: str, year: str, shown: str
) -> None:
    piece = replace(
        compared(library, "Velden tower cranes versus robotics: which grew more?").cells[0][0][0], text=text
    )
    amount = amount_of(piece, Aspect("net profit", ("net profit",), True), periods(year)[0], chinese=False)
    assert amount is not None and amount.shown == shown


def test_the_owner_of_two_parts_is_no_side(library: Library) -> None:
    found = compared(library, "How much bigger is Velden's tower cranes revenue than its robotics revenue?")
    assert [side.name for side in found.sides] == ["tower cranes", "robotics"]
