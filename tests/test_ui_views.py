"""The views room without a browser: whose view, where it was read, the charts' points, the coverage matrix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from page_reports import VIEWS, view

from rag import Library, Settings
from rag.types import Report
from rag.views.coverage import coverage as coverage_of
from ui import coverage, views
from ui.desk import target_of
from ui.i18n import texts

EN, ZH = texts("en"), texts("zh")


@pytest.fixture(scope="module")
def quayside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("views")
    for number, given in enumerate(VIEWS):
        (home / f"note{number}.txt").write_text(view(*given), "utf-8")
    (home / "plain.txt").write_text(
        "A memo\nOLD MILL·2025-06-01 08:00\n\nCore Insights - Cranes are tall [1]\n", "utf-8"
    )
    with Library.open(Settings.load(rag_home=home / "library", _env_file=None)) as library:
        for result in library.add_many(sorted(home.glob("note*.txt"))):
            assert result.report is not None
            library.edit(result.report.id, companies="Quayside plc", currency="USD")
        library.add_many([home / "plain.txt"])
        yield library


def report(number: int, day: date | None, broker: str | None = "OLD MILL", *companies: str) -> Report:
    return Report(
        f"{number:064}", f"Report {number}", f"r{number}.pdf", "pdf", "en", broker, date=day, companies=companies
    )


def test_the_charts_points_are_oldest_first_in_utc_milliseconds(quayside: Library) -> None:
    found = quayside.views("Quayside plc")
    targets = views.target_points(found)
    assert targets[0][:4] == (1736467200000, 40.0, "OLD MILL", "USD"), "2025-01-10T00:00Z"
    assert [point[1] for point in targets] == [40.0, 36.0, 38.0, 45.0]
    assert [point[1] for point in views.rating_points(found)] == [4, 2, 2, 4]


def test_lines_stand_until_they_change_and_the_newest_to_the_end() -> None:
    day = 86_400_000
    first, later = (0, 40.0, "A", "USD", "x"), (20 * day, 30.0, "A", "USD", "y")
    alone, end = (10 * day, 35.0, "B", "USD", "z"), 21 * day
    assert views.steps([first, alone, later]) == [
        first,
        alone,
        (19 * day, *first[1:]),
        later,
        (end, *later[1:]),
        (end, *alone[1:]),
    ]
    assert views.steps([]) == []


def test_every_value_of_the_table_cites_its_place_and_older_views_are_dimmed(quayside: Library) -> None:
    found = quayside.views()
    html = views.table_html(found, views.starts(quayside, found), EN)
    assert "current targets of 2 brokers: median USD 41.5, from 38 to 45" in html
    assert html.count('class="cite"') == 8 and 'id="src-views-7"' in html and html.count('<tr class="old"') == 2
    for href in re.findall(r'href="([^"]+)"', html):
        target = target_of({"href": href})
        assert target is not None
        report_of = next(r for r in quayside.reports() if target.passage_id.startswith(r.id[:16]))
        passage = next(p for p in quayside.passages(report_of.id) if p.id == target.passage_id)
        quote = passage.text[target.start : target.end]
        assert (report_of.rating or "") in quote or f"{report_of.target_price:g}" in quote


def test_the_table_is_deaf_to_markup(quayside: Library) -> None:
    found = quayside.views()
    bad = replace(
        found.views[0], report=replace(found.views[0].report, title="<img src=x>", broker="<b>x"), company="<i>"
    )
    html = views.table_html(replace(found, views=(bad,)), {}, ZH)
    assert "<img" not in html and "<b>x" not in html and "<i>" not in html
    assert EN["views_none"] in views.table_html(replace(found, views=()), {}, EN)


def test_the_table_leaves_as_csv(quayside: Library) -> None:
    data = views.csv_bytes(quayside.views())
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"Quayside plc") >= 4


def test_the_matrix_counts_by_company_broker_and_month_and_names_what_it_cannot_hold() -> None:
    reports = [
        report(1, date(2025, 1, 3), "OLD MILL", "Quay"),
        report(2, date(2025, 1, 9), "OLD MILL", "Quay"),
        report(3, date(2025, 3, 9), "NORTH", "Quay"),
        report(4, date(2025, 2, 9), "NORTH", "Pier"),
        report(5, None, "NORTH", "Pier"),
        report(6, date(2025, 3, 1), None),
    ]
    html = coverage.matrix_html(coverage_of(reports), reports, EN)
    assert html.count('class="gap"') == 3 * 3 - 3 and html.count("report-open") == 3
    assert f'value="{reports[1].id}"' in html and ">2</button>" in html, "a cell opens its newest report"
    assert "1 without a date · 1 without a company · 1 without a broker" in html
    one = coverage.matrix_html(coverage_of(reports), reports, EN, "Pier")
    assert one.count("report-open") == 1 and "2025-03" not in one
    assert EN["coverage_none"] in coverage.matrix_html(coverage_of([]), [], EN)


def test_the_matrix_ends_at_the_newest_month_and_goes_back_a_year() -> None:
    reports = [report(n, date(2024 + (n > 9), (n % 12) + 1, 1), "OLD MILL", "Quay") for n in range(20)]
    heads = re.findall(r"<th scope=.col.>(\d{4}-\d\d)</th>", coverage.matrix_html(coverage_of(reports), reports, EN))
    assert len(heads) == 12 and heads == sorted(heads) and heads[-1] == max(f"{r.date:%Y-%m}" for r in reports)
