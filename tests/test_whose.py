"""Reports about several subjects: whose a statement is, and what a statement says by its value instead of its word."""

from __future__ import annotations

import pytest

from rag.answer.held import probes
from rag.answer.kinds import kind_of
from rag.answer.reasons import gives_reason
from rag.answer.said_by_value import gives_price, gives_rating, moves_in_price, value_test
from rag.answer.statement_times import time_held
from rag.answer.wanted import want
from rag.answer.whose import has_section, in_brackets_of_another, only_set_against, subject_headings
from rag.language.analysis import terms
from rag.question.concepts import Asked, asked
from rag.question.idle import bases, idle_spans
from rag.question.rise_fall import direction
from rag.types import Evidence, Locator, Passage, Report
from tests.small_library import library_of

WEEKLY = """Softs weekly: cocoa runs away from the pack
Quayside Commodities·2025-03-10 08:00

Sector View - Cocoa: overweight; sugar: neutral; cotton: underweight [1] The Week - Cocoa rose 6.2% to USD 9,140 a tonne, the \
best week of the year [2] - Sugar ended at 18.4 cents a pound, down 1.1% [2] Cocoa - Ghana's mid crop is late because the rains \
failed [3] - Stocks in New York fell to 1.3 million bags [4] Sugar - Stocks at Santos grew to 2.8 million tonnes [5] - Mills in \
Brazil turn more cane into ethanol since oil is dear [6] Cotton - Vietnam bought 40,000 bales [7] Risks - Rain in West Africa \
could knock 15% off cocoa [8]
"""
CALL = """Pellworm Foods: notes from the fiscal third-quarter call
Dovecote Research·2025-08-07 19:00

Investment Rating - Hold [1] Results - Like-for-like sales were down 1.9% in the June quarter [2] - Finance chief Ada Quist put \
the cost of the recall at USD 31 million [3] - The mill at Wuzhou took in 41,000 tonnes [5] \
Preferences - We prefer Pellworm (target USD 44); Ostrava Mills is cut to Neutral [4]
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    texts = {"softs_weekly_2025-03-10.txt": WEEKLY, "pellworm_call_2025-08-07.txt": CALL}
    with library_of(tmp_path_factory.mktemp("whose"), texts) as library:
        yield library


@pytest.mark.parametrize(
    ("question", "marker", "words"),
    [
        ("How large are the stocks of sugar?", "[5]", "2.8 million"),
        ("Why has cocoa gone up so much?", "[3]", "rains"),
        ("What is the stance on cotton?", "[1]", "underweight"),
        ("What could push cocoa lower?", "[8]", "15%"),
        ("What were like-for-like sales at Pellworm in the third quarter?", "[2]", "1.9%"),
        ("Who is the CFO of Pellworm?", "[3]", "Ada Quist"),
    ],
)
def test_a_report_on_several_is_read_section_by_section(library, question, marker, words):
    answer = library.ask(question)
    assert not answer.refused
    assert marker in answer.text
    assert words in answer.text
    assert len({citation.marker for citation in answer.citations}) == 1


@pytest.mark.parametrize("question", ["What is the target price on Ostrava Mills?"])
def test_what_stands_in_brackets_is_of_the_name_before_them(library, question):
    assert library.ask(question).refused


def test_a_heading_that_is_a_name_is_told_from_a_sentence():
    def passage(heading):
        return Passage("p", "r", 0, "text", 0, 4, "statement", Locator("mark", (1,)), 1, section=(heading,))

    headings = subject_headings(
        map(passage, ["Foo (Buy, target 10)", "What the new management said on the call", "铝"])
    )
    report = Report("r", "notes", "f.txt", "digest", "en")
    assert has_section(Asked("Foo", "name", (("foo",),)), headings, report)
    assert not has_section(Asked("management", "term", (("manag",),)), headings, report)
    assert not has_section(
        Asked("Foo", "name", (("foo",),)), headings, Report("r", "notes", "f.txt", "digest", "en", companies=("Foo",))
    )


@pytest.mark.parametrize(
    ("text", "name", "open_"),
    [
        ("We like Foo (target 44), Bar is cut to Neutral", "bar", ["target"]),
        ("We like Foo (target 44) and Bar (target 12)", "bar", []),
        ("We like Foo (target 44), Bar has a target of 12", "bar", []),
        ("We like Foo (target 44), Bar is cut to Neutral", "foo", []),
    ],
)
def test_brackets_belong_to_the_name_before_them(text, name, open_):
    target = Asked("target", "term", (("target",),))
    found = in_brackets_of_another([target], Asked(name, "name", ((name,),)), text)
    assert [piece.surface for piece in found] == open_


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Copper closed at USD 9,602 a tonne", True),
        ("Coal averaged 638 RMB/ton", True),
        ("现货报每吨14.6万元", True),
        ("豆油现货8080元/吨", True),
        ("Cash costs are USD 15 a tonne", False),
        ("每吨亏损35元", False),
        ("Lead times are above 52 weeks", False),
    ],
)
def test_an_amount_per_unit_is_a_price(text, price):
    assert gives_price(text) == price


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("Copper: overweight; tin: overweight", True),
        ('维持"增持"', True),
        ("铜：增持；锡：增持", True),
        ("铜（增持）", True),
        ("Cut to Neutral", True),
        ("It will buy back shares and add capacity", False),
        ("公司看好明年需求", False),
    ],
)
def test_a_rating_is_told_by_how_it_is_written(text, rating):
    assert gives_rating(text) == rating


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        ("美元", "The target goes from $84 to $97", True),
        ("美元", "目标价80港元", False),
        ("dollars", "The target is HK$80", False),
        ("港元", "The target is HK$80", True),
        ("元", "目标价80港元", False),
        ("人民币", "收入500亿元", True),
        ("euros", "€3bn of bonds", True),
    ],
)
def test_a_currency_is_said_by_its_sign(asked, text, said):
    test = value_test(asked)
    assert test is not None and test(text) == said


@pytest.mark.parametrize(
    ("surface", "by_value"),
    [("price", True), ("均价", True), ("stance", True), ("target price", False), ("volume", False)],
)
def test_few_things_are_said_by_their_value(surface, by_value):
    assert (value_test(surface) is not None) == by_value


@pytest.mark.parametrize(
    ("question", "goods"),
    [
        ("镍库存有多少?", "镍"),
        ("沪铜产量是多少?", "铜"),
        ("上周末锡库存多少?", "锡"),
        ("基金净值是多少?", ""),
        ("金风投资减持多少?", ""),
    ],
)
def test_goods_of_one_character_are_asked_for(question, goods):
    assert [piece.surface for piece in asked(question) if len(piece.surface) == 1] == list(goods)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("毛利率28.1%,比去年同期略低0.3个百分点", -1),
        ("比前一周贵18元", 1),
        ("成本降到11.6元", -1),
        ("高出国内9个百分点", 0),
    ],
)
def test_what_is_more_or_less_than_before_goes_a_way(text, way):
    assert direction(text) == way


@pytest.mark.parametrize(
    ("title", "text", "held"),
    [
        ("notes from the fiscal fourth-quarter call", "Sales fell 2% in the September quarter", True),
        ("notes from the fiscal third-quarter call", "Sales fell 2% in the September quarter", False),
        ("notes from the fiscal fourth-quarter call", "Sales fell 2% in the third quarter", False),
    ],
)
def test_a_quarter_by_its_month_is_the_one_of_the_title(title, text, held):
    piece = next(piece for piece in asked("What were sales in the fourth quarter?") if "fourth" in piece.surface)
    report = Report("r", title, "f.txt", "digest", "en")
    item = Evidence(Passage("p", "r", 0, text, 0, len(text), "statement", Locator("mark", (1,)), 1), report, 1.0)
    assert (time_held(piece, piece.period, text, "", item) == 1.0) == held


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Cocoa rose 6%, the most since March 2022", False),
        ("Cocoa rose 6% since the rains failed", True),
        ("As of May, stocks and cash as well as debt were flat", False),
        ("Stocks fell as mills bought more", True),
    ],
)
def test_a_time_is_no_reason(text, given):
    assert gives_reason(text) == given


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("What was net revenue?", "Capex stays near 5% of net revenue", False),
        ("What was net revenue?", "Net revenue was EUR 1.09 billion, of which 28% in the US", True),
        ("What share of net revenue is capex?", "Capex stays near 5% of net revenue", True),
        ("营业收入是多少?", "建议关注海外收入占比高的公司", False),
        ("营业收入是多少?", "营业收入15亿元,海外收入占比20%", True),
    ],
)
def test_the_base_of_a_share_is_not_told(library, question, text, held):
    wanted = want(library.index, question)
    probe = next(probe for probe in probes(wanted, [text]) if probe.piece.kind == "metric")
    assert probe.is_base(text) != held


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who runs Pellworm?", "person"),
        ("Who supplies the cane?", "party"),
        ("董事长是谁?", "person"),
        ("最看好谁?", "party"),
    ],
)
def test_who_may_be_a_company(question, kind):
    assert kind_of(question) == kind


@pytest.mark.parametrize(("question", "spelled"), [("梧州一共磨了多少吨?", True), ("贺州一共磨了多少吨?", False)])
def test_a_place_may_be_spelled_in_latin_letters(library, question, spelled):
    forms = {form for piece in want(library.index, question).focus for form in piece.forms}
    assert (("wuzhou",) in forms) == spelled
    assert ("hezhou",) not in forms


@pytest.mark.parametrize("question", ["电煤动力煤均价是多少?", "What could push thermal coal lower?"])
def test_an_aspect_that_only_seems_to_be_asked_breaks_nothing(library, question):
    assert library.ask(question).text


@pytest.mark.parametrize(
    ("question", "idle"),
    [
        ("How does the margin compare with last year?", "last year"),
        ("What does management guide for?", "management"),
        ("What is the unit worth?", "worth"),
    ],
)
def test_some_words_are_of_the_asking(question, idle):
    spans = [*idle_spans(question), *bases(question)]
    at = question.index(idle)
    assert any(start <= at and at + len(idle) <= end for start, end in spans)


@pytest.mark.parametrize(
    ("text", "timely"),
    [
        ("Fiscal 2024 sales are put at 777 million yuan", False),
        ("2025年预计净利润12亿元", False),
        ("Contracts struck in 2024 rolled through", True),
        ("Sales were 777 million yuan in the quarter, and 900 million are guided for 2025", True),
        ("Sales were 777 million yuan", True),
    ],
)
def test_figures_of_a_year_are_none_of_a_bare_quarter(text: str, timely: bool) -> None:
    report = Report("r", "Foo: a short visit", "f.txt", "digest", "en")
    passage = Passage("p", "r", 0, text, 0, len(text), "statement", Locator("mark", (1,)), 1)
    piece = next(piece for piece in asked("What were sales in Q3?") if piece.surface == "Q3")
    assert (time_held(piece, None, text, "", Evidence(passage, report, 1.0)) > 0.25) == timely


@pytest.mark.parametrize(
    ("name", "text", "against"),
    [
        ("Tolford", "Stokes grew less than Tolford: 4% on the year", True),
        ("Tolford", "Stokes has 21%, more than Tolford's 19%", False),
        ("Tolford", "Compared with Tolford, Stokes is slow", True),
        ("Tolford", "Tolford grew faster than Stokes", False),
        ("比亚迪", "比亚迪销量环比增长5%", False),
        ("腾讯", "阿里广告增速不及腾讯,为4%", True),
        ("腾讯", "增长较快的是腾讯", False),
    ],
)
def test_what_another_is_set_against_is_not_what_a_text_is_about(name, text, against):
    piece = Asked(name, "name", (tuple(terms(name)),))
    assert only_set_against(piece, text) == against


@pytest.mark.parametrize(
    ("text", "given"),
    [("Cocoa is down 6.2% on the week", True), ("Cocoa stocks rose 4%, to 1.3 million bags", True), ("Output of cocoa fell 3%", False)],
)  # fmt: skip
def test_how_far_a_price_moved_is_told_without_the_word(text, given):
    assert moves_in_price(text) == given


def test_new_homes_do_not_answer_for_second_hand_ones(tmp_path):
    weekly = (
        "Housing weekly: second-hand homes find no floor\nQuayside Property·2025-08-10 08:00\n\nSummary - New homes have fallen less than "
        "second-hand ones: the mean is 9.4% under the 2021 peak [1] - By July new-home prices were 9.4% under the 2021 peak [1] "
        "- Second-hand homes have it harder, 17.2% under the 2021 peak [2]\n"
    )
    with library_of(tmp_path, {"quayside-0810.txt": weekly}) as library:
        said = library.ask("How far have second-hand home prices fallen from the peak?").text
    assert "17.2%" in said
    assert "9.4%" not in said


@pytest.mark.parametrize(
    ("text", "timely"),
    [("EPS is put at 5.81 in 2025 and 6.69 in 2026", False), ("EPS was 1.43", True), ("EPS was 1.43 in the quarter, 5.81 in 2025", True)],
)  # fmt: skip
def test_forecasts_of_years_in_a_report_on_a_quarter_are_none_of_it(text, timely):
    report = Report("r", "Foo: Q2 2025 results", "f.txt", "digest", "en")
    item = Evidence(Passage("p", "r", 0, text, 0, len(text), "statement", Locator("mark", (1,)), 1), report, 1.0)
    for question in ("What was EPS in Q2?", "What was EPS in Q2 2025?"):
        piece = next(piece for piece in asked(question) if "Q2" in piece.surface)
        assert (time_held(piece, piece.period, text, "", item) > 0.25) == timely
