"""What a side of a comparison may not be told by: another company, country, day, period, or a word cut in two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag import Library, Settings
from rag.compare import comparison
from rag.compare.asked.editions import editions
from rag.compare.asked.halves import halves
from rag.compare.asked.side import Side, titles_of
from rag.compare.asked.wanted import Aspect
from rag.compare.comparison import Comparison, compare
from rag.compare.found import read
from rag.compare.found.read import _tidy, read_all

Made = Callable[..., Library]

ALDER = (
    "Alder Mills (ALDM LN): running hot\nCALDER SECURITIES·2031-02-06\n\n"
    "Results - 2030 revenue was GBP 410 million, up 6% [1]"
    " - Its rival Birch Works ran its mills at 91% of capacity in 2030 [2] - Net debt was GBP 20 million [3]\n"
)
BIRCH = (
    "Birch Works (BIRW LN): room to grow\nLACEY SECURITIES·2031-02-09\n\n"
    "Results - 2030 revenue was GBP 330 million, up 2% [1] - The mills ran at 91% of capacity in 2030 [2]\n"
)
KILNS_OLD = (
    "Halden Kilns (HALK LN): a hot first quarter\nCALDER SECURITIES·2031-05-06\n\n"
    "Results - Q1 2031 revenue was GBP 410 million, up 6% [1] - The kilns ran at 88% of capacity [2]\n"
    "Plans - The Porto works opens at the end of 2031 [3]\n"
)
KILNS_NEW = (
    "Halden Kilns: dear at this price\nLACEY SECURITIES·2031-11-04\n\n"
    "Results - Third-quarter revenue was GBP 432 million, up 3% [1] - The kilns ran at 93% of capacity [2]\n"
    "Plans - The Porto works is put off to spring 2032 [3]\n"
)
KILNS_VISIT = "Halden Kilns: a visit\nMARL RESEARCH·2031-08-20\n\nPlans - The works in Leeds was repainted [1]\n"


def weekly(day: int, price: int, stocks: tuple[int, int], sign: str) -> str:
    return (
        f"Timber Weekly (2031.06.{day - 7:02d}-06.{day - 1:02d}): rain\nMARL RESEARCH·2031-06-{day:02d} 10:00\n\n"
        f"Prices - Spruce ended the week at USD {price} per load, {sign} 3.1% [1]\n"
        f"Forecast - Yards will hold {stocks[0]} tonnes in 2032 [2] - Yards will hold {stocks[1]} tonnes in 2033 [3]\n"
    )


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(**texts: str) -> Library:
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        library = Library.open(Settings.load(rag_home=tmp_path / "library", _env_file=None))
        library.add_many(sorted(tmp_path.glob("*.txt")))
        return library

    return make


def asked(library: Library, question: str) -> Comparison | None:
    return compare(library.index, library.encoder, question)


def set_apart(library: Library, question: str) -> list[str]:
    shelf = list(library.index.reports().values())
    return [str(side.label) for side in editions(library.index, library.encoder, question, shelf)]


def said(found: Comparison | None) -> list[list[str]]:
    assert found is not None
    return [[piece.text for pieces in row for piece in pieces] for row in found.cells]


def test_what_a_note_says_of_a_rival_is_none_of_its_company(made: Made) -> None:
    library = made(alder=ALDER, birch=BIRCH)
    found = asked(library, "Compare capacity use at Alder Mills and Birch Works in 2030")
    assert said(found) == [[], ["The mills ran at 91% of capacity in 2030"]]
    assert found and "Alder Mills" in found.notes[0]
    found = asked(library, "How full were the mills of Alder Mills and Birch Works in 2030?")
    assert said(found) == [[], ["The mills ran at 91% of capacity in 2030"]]  # nor by what it says beside that


def test_of_two_notes_that_say_nothing_no_other_figure_is_given(made: Made) -> None:
    library = made(old=KILNS_OLD, new=KILNS_NEW)
    assert asked(library, "How do the two notes on Halden Kilns differ on the dividend?") is None


def test_a_note_that_says_nothing_keeps_its_row(made: Made) -> None:
    library = made(old=KILNS_OLD, new=KILNS_NEW.replace("The Porto works is put off to spring 2032", "None"))
    found = asked(library, "What do the two notes on Halden Kilns say on the Porto works?")
    assert said(found) == [["The Porto works opens at the end of 2031"], []]
    assert found and "LACEY" in found.notes[0]


def test_only_the_days_of_the_weeklies_are_taken_out_of_the_question(made: Made) -> None:
    library = made(old=weekly(9, 412, (41, 44), "up"), new=weekly(16, 395, (43, 48), "down"))
    found = asked(
        library, "How many tonnes will yards hold in 2033, as of 9 June 2031 and how many as of 16 June 2031?"
    )
    assert said(found) == [["Yards will hold 44 tonnes in 2033"], ["Yards will hold 48 tonnes in 2033"]]


def test_of_one_week_there_is_one_weekly(made: Made) -> None:
    library = made(old=weekly(9, 412, (41, 44), "up"), new=weekly(16, 395, (43, 48), "down"))
    assert set_apart(library, "By how much has spruce changed in the week to 15 June?") == []
    assert len(set_apart(library, "Which week had the higher price of spruce?")) == 2


def test_each_time_has_its_report_and_the_others_are_left_out(made: Made) -> None:
    asks = "How full were the kilns of Halden Kilns on 6 May 2031 and on 4 November 2031, how did it change?"
    library = made(old=KILNS_OLD, new=KILNS_NEW, visit=KILNS_VISIT)
    assert set_apart(library, asks) == ["CALDER SECURITIES, 2031-05-06", "LACEY SECURITIES, 2031-11-04"]
    assert set_apart(library, asks.replace("4 November", "5 November")) == []


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("消费以及投资的增速相差多少?", ("消费", "投资")),
        ("参与人数和培训人数哪个多?", ("参与人数", "培训人数")),
        ("扶持力度与投入额度相差多少?", ("扶持力度", "投入额度")),
        ("Contrast 青岚's total exports with imports in May.", ("total exports", "imports")),
    ],
)
def test_no_word_is_cut_in_two(question: str, parts: tuple[str, str]) -> None:
    first = next(halves(question, ()), None)
    assert first and tuple(side.label for side in first) == parts


@pytest.mark.parametrize(
    ("question", "name", "tidy"),
    [
        ("晟岚光电与 及时交付的比例", "晟岚光电", "晟岚光电 及时交付的比例"),
        ("和辉光电的毛利率与 相比", "和辉光电", "和辉光电的毛利率 相比"),
        ("到期债券的规模与 哪个大?", "到期债券", "到期债券的规模 哪个大?"),
        ("与铝相比如何?", "铝", "铝相比如何?"),
        ("从 到三季度毛利率的变化", "三季度", "三季度毛利率的变化"),
        ("What did clients log in with?", "Alder", "What did clients log in with?"),
        ("Copper against : where does it trade?", "Copper", "Copper : where does it trade?"),
    ],
)
def test_only_what_joined_a_side_to_others_is_taken_out(question: str, name: str, tidy: str) -> None:
    assert _tidy(question, name) == tidy


@pytest.mark.parametrize(
    "question",
    [
        "Does each worker at Halden Kilns' Porto works have a contract?",
        "When are both kilns of Halden Kilns repaired?",
        "Halden Kilns的产品更新是什么时候?",
        "Halden Kilns的各项费用是多少?",
    ],
)
def test_notes_are_not_set_side_by_side_by_any_each_or_more(made: Made, question: str) -> None:
    assert set_apart(made(old=KILNS_OLD, new=KILNS_NEW), question) == []


def test_a_country_that_is_no_side_tells_whose_reports_answer(made: Made) -> None:
    norway = "Norway Trade: May\nMARL RESEARCH·2031-06-20\n\nTrade - Total exports were NOK 150 billion in May [1]\n"
    peru = "Peru Consumer: May\nMARL RESEARCH·2031-06-21\n\nShops - Retail sales rose 4.1% in May [1]\n"
    library = made(norway=norway, peru=peru)
    assert asked(library, "How did Norway's total exports compare with retail sales in May?") is None
    assert len(said(asked(library, "How did total exports compare with retail sales in May?"))) == 2


def test_two_sentences_of_one_paragraph_answer_two_halves(made: Made) -> None:
    more = " The statistics office says that the weather, the calendar and a strike at two ports all played their part, and that it will look at the numbers once more in the autumn."
    text = f"Goods sold to other countries rose 12% in May.{more} What the country buys abroad fell 7% in May.{more}"
    library = made(norway=f"Norway Trade: May figures\nMARL RESEARCH·2031-06-20\n\nTrade - {text} [1]\n")
    found = asked(library, "Contrast goods sold abroad with goods bought abroad.")
    assert said(found) == [
        ["Goods sold to other countries rose 12% in May"],
        ["What the country buys abroad fell 7% in May"],
    ]


def test_a_weekly_may_begin_with_its_day_and_a_quarter_makes_no_series(made: Made) -> None:
    old, new = (weekly(day, 400, (41, 44), "up").split(")", 1)[1] for day in (9, 16))
    lending = "MARL RESEARCH·2031-06-09\n\nWeek - Loans grew 4% in the week [1]\n"
    library = made(
        old=f"2031-06-09 Timber Weekly{old}",
        new=f"2031-06-16 Timber Weekly{new}",
        banks=f"Q1 2031 Banks\n{lending}",
        chips=f"Q2 2031 Chips\n{lending.replace('Loans grew 4%', 'Wafers grew 2%')}",
    )
    assert len(set_apart(library, "Which week had the higher price of spruce?")) == 2
    assert set_apart(library, "Which week had the higher growth of loans?") == []


def test_of_many_weeklies_the_newest_are_compared_and_it_is_said_so(made: Made) -> None:
    library = made(
        **{f"w{day}": weekly(day, 400 + day, (41, 44), "up") for day in (9, 16, 23, 30)},
        w7=weekly(8, 407, (41, 44), "up"),
    )
    found = asked(library, "Which week had the higher price of spruce?")
    assert found and len(found.sides) == 4 and "2031-06-09" in found.sides[0].label
    assert "Of 5 editions the newest 4 are compared." in found.notes


def test_notes_of_one_house_and_day_are_told_apart_by_their_titles(made: Made) -> None:
    library = made(old=KILNS_OLD, new=KILNS_NEW.replace("LACEY", "CALDER").replace("2031-11-04", "2031-05-06"))
    called = titles_of(sorted(library.reports(), key=lambda report: report.stem))
    assert called == [
        "CALDER SECURITIES, 2031-05-06: Halden Kilns: dear at this price",
        "CALDER SECURITIES, 2031-05-06: Halden Kilns (HALK LN): a hot first quarter",
    ]


def test_a_statement_of_many_lines_is_no_cell(made: Made) -> None:
    long = "The kilns ran at 88% of capacity" + " and their crews took turns through the night" * 8
    library = made(old=KILNS_OLD.replace("The kilns ran at 88% of capacity", long))
    side = Side("report", "old", "How full were the kilns?", (frozenset(r.id for r in library.reports()),))
    assert not any(
        long in piece.text for cell in read_all(library.index, library.encoder, (side,), Aspect("")) for piece in cell
    )


def test_nothing_is_searched_twice(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    library = made(old=KILNS_OLD, new=KILNS_NEW, visit=KILNS_VISIT)
    index, encoder = library.index, library.encoder
    a, b, c = (frozenset({report.id}) for report in library.reports())
    side = Side("report", "one", "How many airports has the moon?", (a, a | b, a | b | c))
    scopes: list[object] = []
    search = read.search
    monkeypatch.setattr(read, "search", lambda *args, **named: scopes.append(named["scope"]) or search(*args, **named))
    assert read_all(index, encoder, (side, side), Aspect("")) == ()
    assert scopes == [a, a | b | c]  # the second side is not read, where all have to answer
    asks: list[str] = []
    told = comparison.search
    monkeypatch.setattr(comparison, "search", lambda *args, **named: asks.append(args[2]) or told(*args, **named))
    compare(index, encoder, "What was revenue in the first, second and fourth quarter?")
    assert len(asks) == 1
