"""What the page does with the library: proof, adding, correcting."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ui_samples import EN, heard

from rag import Library
from rag.errors import InputError
from ui import export, library_panel
from ui.desk import Desk, parse_day, target_of
from ui.library_panel import Upload


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("#cite/k/0/abc-00001/3-9", True),
        ("#cite/k/0/abc-00001/3-x", False),
        ("#cite/k/0/abc/-1-9", False),
        ("http://x/#cite/k/0/abc/3-9", False),
        ("#cite/k/0/../../etc/passwd/3-9", False),
        ("", False),
    ],
)
def test_only_the_address_of_a_citation_is_one(href: str, found: bool) -> None:
    assert (target_of({"href": href}) is not None) is found


def test_a_citation_opens_its_place_and_a_wrong_one_says_so(seed_library: Library) -> None:
    desk = Desk(seed_library)
    cited = seed_library.ask("What rating is given?").citations[0]
    html = desk.proof({"href": f"#cite/k/0/{cited.passage_id}/{cited.start}-{cited.end}"}, EN)
    assert f"<mark>{export.visible(cited.quote).replace(chr(34), '&quot;')}</mark>" in html and "GUOTAI HAITONG" in html
    assert "gone" in desk.proof({"href": "#cite/k/0/nothere-00001/0-4", "quote": "gone"}, EN)
    assert "does not lead to" in desk.proof({"href": "javascript:x"}, EN)


def test_a_place_that_a_note_names_opens_where_it_is_beyond_doubt(library: Library, tmp_path: Path) -> None:
    for name, broker in (("a", "NORTH QUAY"), ("b", "NORTH QUAY"), ("c", "OLD MILL")):
        body = f"Cranes of {name}\n{broker}·2025-05-06 08:00\n\nCore Insights - Orders of {name} rose by 5% [7]\n"
        (tmp_path / f"{name}.txt").write_text(body, "utf-8")
    desk = Desk(library)
    library.add_many([tmp_path / "a.txt", tmp_path / "c.txt"])
    assert "Orders of a rose" in desk.proof({"href": "#place/NORTH%20QUAY/2025-05-06/mark/7"}, EN)
    for nowhere in (
        "NORTH%20QUAY/2025-05-06/mark/8",
        "NORTH%20QUAY/2025-05-07/mark/7",
        "X/2025-05-06/mark/7",
        "x/mark/-1",
    ):
        assert "does not lead to" in desk.proof({"href": f"#place/{nowhere}"}, EN)
    library.add(tmp_path / "b.txt")
    assert "does not lead to" in desk.proof({"href": "#place/NORTH%20QUAY/2025-05-06/mark/7"}, EN), "two could be meant"


def test_files_are_added_one_by_one_and_bad_ones_say_why(library: Library, tmp_path: Path, seeds: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_bytes(next(seeds.glob("*.txt")).read_bytes())
    files = {"empty.txt": b"", "program.exe": b"MZ", "binary.txt": bytes(range(256)) * 20}
    files["again.txt"] = good.read_bytes()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    paths = [str(tmp_path / name) for name in ("empty.txt", "good.txt", "program.exe", "binary.txt", "again.txt")]
    *_, batch = heard(lambda: Desk(library).intake.add(paths, EN))
    last = batch.rows
    assert [row.result.status for row in last if row.result] == ["failed", "added", "failed", "failed", "unchanged"]
    messages = [row.result.message for row in last if row.result and row.result.status == "failed"]
    assert all(messages) and ".exe" in messages[1] and len(library.reports()) == 1
    assert not [path for path in paths if Path(path).exists()], "uploaded copies do not stay"


def test_after_closing_nothing_more_is_added(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Title\n\nText of a report.", "utf-8")
    desk = Desk(library)
    desk.close(1.0)
    *_, last = heard(lambda: desk.intake.add([str(tmp_path / "a.md")], EN))
    (row,) = last.rows
    assert row.result is not None and row.result.status == "failed" and "Stopped" in row.result.message
    assert not (tmp_path / "a.md").exists()


def test_closing_stops_a_batch_between_two_files(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page closes as soon as the first file is in; the second one stays out, and closing has waited for that."""
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"# Title of {name}\n\nText of a report.", "utf-8")
    desk, one = Desk(library), threading.Event()
    add_many = library.add_many

    def stopping(paths: Any, *, on_progress: Any) -> Any:
        def heard(now: Any) -> None:
            if now.result is not None and not one.is_set():
                one.set()
                assert closed.wait(30)
            on_progress(now)

        return add_many(paths, on_progress=heard)

    closed = threading.Event()
    monkeypatch.setattr(library, "add_many", stopping)
    paths = [str(tmp_path / name) for name in ("a.md", "b.md")]
    closing = threading.Thread(target=desk.intake.close, args=(30,))

    def close() -> None:
        assert one.wait(30)
        desk.intake._closing.set()
        closing.start()
        closed.set()

    threading.Thread(target=close).start()
    *_, last = heard(lambda: desk.intake.add(paths, EN))
    closing.join(30)
    assert [row.result.status for row in last.rows if row.result] == ["added", "failed"]
    assert [r.title for r in library.reports()] == ["Title of a.md"]


def test_a_changed_file_of_the_same_name_is_told_and_can_take_the_place_of_the_earlier_one(
    library: Library, tmp_path: Path
) -> None:
    desk = Desk(library)

    def upload(folder: str, words: str) -> Upload:
        """As Gradio keeps uploads: each in a folder of its own."""
        path = tmp_path / folder / "Cranes.md"
        path.parent.mkdir()
        path.write_text(f"# Cranes\n\n{words}", "utf-8")
        *_, last = heard(lambda: desk.intake.add([str(path)], EN))
        return last.rows[0]

    first = upload("1", "Orders rose by 5% in 2024.")
    assert first.result and first.result.report and first.earlier is None
    desk.edit(first.result.report.id, library_panel.form_values(first.result.report) | {"broker": "HARBOUR BRIDGE"})
    second = upload("2", "Orders rose by 7% in 2024.")
    assert second.result and second.result.report and second.earlier and len(library.reports()) == 2
    shown = library_panel.uploads_html(library_panel.Batch((second,)), EN)
    assert "A file of this name was already here" in shown and "Both are kept" in shown
    desk.intake.replace(second.result.report.id, second.earlier.id)
    (left,) = library.reports()
    assert left.id == second.result.report.id and left.broker == "HARBOUR BRIDGE"
    with pytest.raises(InputError):
        desk.intake.replace(left.id, first.result.report.id)


def test_metadata_can_be_corrected_and_wrong_values_are_refused(library: Library, seeds: Path) -> None:
    desk = Desk(library)
    (added,) = [result.report for result in library.add_many([seeds])]
    assert added is not None
    values = library_panel.form_values(added) | {
        "title": "New",
        "broker": "",
        "date": "2026-03-01",
        "companies": "A, B",
    }
    desk.edit(added.id, values)
    changed = library.report(added.id)
    assert {f.name for f in changed.provenance if f.source == "user"} == {"title", "broker", "date", "companies"}
    assert next(f for f in changed.provenance if f.name == "rating").quote, "what was left alone keeps its place"
    assert (changed.title, changed.broker, changed.date, changed.companies) == (
        "New",
        None,
        date(2026, 3, 1),
        ("A", "B"),
    )
    for wrong in ({"title": " "}, {"date": "soon"}):
        with pytest.raises(InputError):
            desk.edit(added.id, values | wrong)
    assert parse_day("") is None
