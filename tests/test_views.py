"""The brokers' views on companies: grouping, the current one, citations, spreads, revisions, coverage, and the command."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag import Library
from rag.cli import main
from rag.reports.rating_scale import level, stance
from rag.types import Report
from rag.views.coverage import coverage
from rag.views.views import cell, spreads, views

NOTES = {
    "a.txt": (
        "Northwind Pumps (NWPX): Orders rise\nCALDER SECURITIES·2031-03-04 09:30\n\n"
        'Investment Rating - Northwind Pumps is rated "Buy" with a target price of USD 48 [1]'
        " Core Insights - Orders rose by 4% [2]"
    ),
    "b.txt": (
        "Northwind Pumps (NWPX): Orders fall\nCalder Securities·2031-08-19 09:30\n\n"
        'Investment Rating - The rating is cut from "Buy" to "Hold" and the target price goes from USD 48 to USD 41 [1]'
        " Core Insights - Orders fell by 4% [2]"
    ),
    "c.txt": (
        "北风泵业(Northwind Pumps, NWPX.O):订单饱满\n青岚证券·2031-07-15 09:30\n\n"
        '报告公司投资评级 - 维持"买入"评级,目标价由50美元上调至55美元 [1] 核心观点 - 订单增长4% [2]'
    ),
    "d.txt": (
        "腾讯控股(00700):游戏增长\n青岚证券·2031-07-16 09:30\n\n"
        '报告公司投资评级 - 首次覆盖,给予"增持"评级,目标价700港元 [1] 核心观点 - 收入增长4% [2]'
    ),
    "e.txt": (
        "泵行业周报:库存下降\n青岚证券·2031-07-17 09:30\n\n"
        '报告行业投资评级 - 维持行业"强于大市"评级 [1] 核心观点 - 库存下降4% [2]'
    ),
}


@pytest.fixture
def noted(library: Library, tmp_path: Path) -> Library:
    for name, text in NOTES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    library.add_many([tmp_path / name for name in NOTES])
    return library


def report(number: int, **values: object) -> Report:
    base = Report(
        str(number), "t", f"{number}.txt", "text", "en", companies=("Northwind Pumps",), broker=f"House {number}"
    )
    return replace(base, **values)  # type: ignore[arg-type]


def none(_: str) -> tuple[()]:
    return ()


def test_every_rating_and_target_is_cited_where_it_stands(noted: Library) -> None:
    found = noted.views()
    assert [row.report.stem for row in found.views] == ["b", "c", "a", "d"]
    for row in found.views:
        text = noted.text(row.report.id)
        for name in ("rating", "target_price"):
            cited = row.cells[name]
            passage = next(p for p in noted.passages(row.report.id) if p.id == cited.passage_id)
            assert cited.quote in passage.text and text[cited.start : cited.end] == cited.quote
            assert cited.marker == f"[{row.letter}1]" and str(row.value(name)).removesuffix(".0") in cited.quote
        assert row.cells["date"].value.isoformat() in row.cells["date"].quote


def test_the_newest_of_a_broker_is_current_and_its_revision_is_computed(noted: Library) -> None:
    rows = {row.report.stem: row for row in noted.views().views}
    assert {stem: row.current for stem, row in rows.items()} == {"a": False, "b": True, "c": True, "d": True}
    cut = rows["b"].revision
    assert (cut.before, cut.rating, cut.target) == (rows["a"].report.id, "downgraded", "cut")
    assert cut.percent == pytest.approx(-14.58, abs=0.01) and not cut.flags
    assert (rows["c"].revision.target, rows["c"].revision.stated, rows["c"].revision.before) == ("raised", True, None)
    assert rows["a"].revision.target is None


@pytest.mark.parametrize(
    ("asked", "stems"),
    [
        ("Northwind Pumps", ["b", "c", "a"]),
        ("northwind", ["b", "c", "a"]),
        ("北风泵业", ["b", "c", "a"]),
        ("NWPX", ["b", "c", "a"]),
        ("Tencent", ["d"]),
        ("腾讯", ["d"]),
        ("700 HK", ["d"]),
        ("Southwind", []),
        ("泵行业", []),
    ],
)
def test_a_company_by_any_of_its_names(asked: str, stems: list[str], noted: Library) -> None:
    assert [row.report.stem for row in noted.views(asked).views] == stems


def test_the_spread_is_over_current_targets_of_one_currency() -> None:
    prices = [40.0, 44.0, 46.0, 48.0, 120.0]
    reports = [report(i, target_price=price, currency="USD") for i, price in enumerate(prices)]
    reports += [
        report(8, target_price=9.0, currency="EUR"),
        report(9, target_price=50.0),
        report(1, id="old", target_price=1.0, currency="USD", date=date(2030, 1, 1)),
    ]
    reports[1] = replace(reports[1], date=date(2031, 1, 1))
    by_currency = {spread.currency: spread for spread in views(reports, none).spreads}
    assert (by_currency["EUR"].count, by_currency["EUR"].median) == (1, 9.0)
    dollars = by_currency["USD"]
    assert (dollars.count, dollars.low, dollars.high, dollars.median) == (5, 40.0, 120.0, 46.0)
    assert dollars.outliers == ("4",)


def test_three_targets_have_no_outlier_and_equal_ones_have_the_odd_one() -> None:
    few = [report(i, target_price=price, currency="USD") for i, price in enumerate([1.0, 1.0, 9.0])]
    assert spreads(views(few, none).views)[0].outliers == ()
    many = [report(i, target_price=price, currency="USD") for i, price in enumerate([1.0, 1.0, 1.0, 9.0])]
    assert spreads(views(many, none).views)[0].outliers == ("3",)


def test_words_that_contradict_the_values_are_flagged(library: Library, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(NOTES["b.txt"].replace("the target price goes", "we raise the target price"), encoding="utf-8")
    first = tmp_path / "a.txt"
    first.write_text(NOTES["a.txt"].replace("USD 48", "USD 47"), encoding="utf-8")
    library.add_many([first, wrong])
    flags = next(row for row in library.views().views if row.report.stem == "wrong").revision.flags
    assert flags == (
        "The report gives the target before as 48; the report of 2031-03-04 has 47.",
        "The words say that the target is raised, its values that it is cut.",
    )


@pytest.mark.parametrize(
    "words",
    [
        "Buy (unchanged) | the target price goes",
        "Buy (unchanged) with the target price",
        "Buy unchanged, the target price",
    ],
)
def test_what_is_said_of_the_rating_is_not_said_of_the_target(library: Library, tmp_path: Path, words: str) -> None:
    told = NOTES["b.txt"].replace("the target price goes", words)
    (tmp_path / "b.txt").write_text(told, encoding="utf-8")
    library.add(tmp_path / "b.txt")
    (row,) = library.views().views
    assert row.revision.target == "cut" and row.revision.flags == ()


def test_what_has_no_view_is_left_out() -> None:
    left_out = [
        report(1),
        report(2, rating="Overweight", rating_of="industry"),
        report(3, rating="Buy", companies=()),
    ]
    assert views(left_out, none).views == ()


def test_a_broker_that_is_unknown_supersedes_nothing() -> None:
    rows = views([report(i, rating="Buy", broker=None, date=date(2031, 1, i)) for i in (1, 2)], none).views
    assert [row.current for row in rows] == [True, True]


def test_a_corrected_value_has_no_quote(noted: Library) -> None:
    noted.edit("d", target_price="710", rating="")
    row = noted.views("Tencent").views[0]
    assert (row.value("rating"), row.value("target_price")) == (None, 710.0)
    assert (row.cells["target_price"].source, row.cells["target_price"].quote) == ("user", "")
    assert cell(1.0, None, ()).quote == ""


def test_the_scale_orders_the_words_of_both_languages() -> None:
    order = ["Sell", "Reduce", "Neutral", "Accumulate", "Buy", "Strong Buy"]
    assert [level(word) for word in order] == [0, 1, 2, 3, 4, 5]
    assert [stance(word) for word in ("减持", "中性", "强于大市", "In-line", "增持")] == [
        "negative", "neutral", "positive", "neutral", "positive",
    ]  # fmt: skip
    assert level("Top pick") is None and stance(None) is None


def test_coverage_counts_reports_by_company_broker_and_month(noted: Library) -> None:
    found = coverage(noted.reports())
    assert found.months == ("2031-03", "2031-04", "2031-05", "2031-06", "2031-07", "2031-08")
    rows = {(row.company, row.broker): row.counts for row in found.rows}
    assert rows[("Northwind Pumps", "Calder Securities")] == {"2031-03": 1, "2031-08": 1}
    assert rows[("腾讯控股", "青岚证券")] == {"2031-07": 1}
    assert coverage([]).months == () and noted.coverage().to_dict()["months"] == list(found.months)


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[str, str]:
    assert main(["views", *argv]) == 0
    return capsys.readouterr()


def test_the_command(noted: Library, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = printed(capsys, "北风泵业")
    head, *rows = out.splitlines()
    assert head.split()[:4] == ["company", "broker", "rating", "before"] and not err
    assert "Hold [A1]" in rows[0] and "41 USD [A1]" in rows[0] and "downgraded, target cut -14.6%" in rows[0]
    assert rows[2].endswith("superseded")
    assert "Northwind Pumps, USD: 2 current targets, 41 to 55, median 48." in out
    assert "[B1]  mark 1: “目标价由50美元上调至55美元”" in out

    document = json.loads(printed(capsys, "NWPX", "--json")[0])
    assert document["views"][0]["target_price"]["value"] == 41.0
    assert document["views"][0]["target_price"]["numbers"] == [1]
    assert document["spreads"][0]["median"] == 48.0

    lines = list(csv.DictReader(io.StringIO(printed(capsys, "--csv")[0])))
    assert [line["broker"] for line in lines] == ["Calder Securities", "青岚证券", "CALDER SECURITIES", "青岚证券"]
    assert lines[0]["target_price_marker"] == "[A1]" and lines[0]["target_change"] == "cut"


def test_the_command_says_what_is_known_when_nothing_is(noted: Library, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = printed(capsys, "Southwind")
    assert out == (
        "No report gives a rating of 'Southwind' or a target price for it; there are views on: Northwind Pumps, 腾讯控股.\n"
    )
    out, err = printed(capsys, "Southwind", "--json")
    assert json.loads(out)["views"] == [] and "Southwind" in err
    noted.remove(*(report.id for report in noted.reports()))
    assert printed(capsys)[0] == "No report in the library gives a rating of a company or a target price.\n"


def test_one_form_at_a_time(noted: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["views", "--json", "--csv"]) == 2 and "expected one of them" in capsys.readouterr().err


def test_a_cell_that_would_run_as_a_formula_is_text(noted: Library, capsys: pytest.CaptureFixture[str]) -> None:
    noted.edit("d", broker="=HYPERLINK(1)")
    lines = list(csv.DictReader(io.StringIO(printed(capsys, "Tencent", "--csv")[0])))
    assert lines[0]["broker"] == "'=HYPERLINK(1)"


def test_what_is_kept_belongs_to_the_very_same_reports() -> None:
    from rag.reports.kept import kept

    asked: list[tuple[int, str]] = []

    @kept(2)
    def made(items: tuple[list[str], ...], word: str) -> str:
        asked.append((len(items), word))
        return word * len(items)

    one, two, alike = [""], [""], [""]
    assert [made([one, two], "a"), made((one, two), "a"), made([one, alike], "a"), made([one, two], "b")] == [
        "aa", "aa", "aa", "bb",
    ]  # fmt: skip
    assert asked == [(2, "a"), (2, "a"), (2, "b")]
    made([one, two], "a")  # the oldest of three has gone
    assert len(asked) == 4
