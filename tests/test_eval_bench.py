"""The benchmark at the smallest size, and its parts against simpler ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as cli
from eval import bench, plots, synthetic
from eval.cases import parse_case
from eval.measure import measure
from eval.systems import Words


def in_this_process(work: Path, **spec: Any) -> dict[str, Any]:
    """What a process of its own would measure, without starting one."""
    given = (spec.get(key) for key in ("system", "home", "corpus", "questions"))
    return measure(*given, spec.get("askers", 0), Path(spec["one_more"]) if "one_more" in spec else None)


def test_one_measurement_in_a_process_of_its_own(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("Ore prices rose by 4% in May.", encoding="utf-8")
    spec = {"system": "ours", "home": tmp_path / "home", "corpus": [report], "questions": ["How far did ore rise?"]}
    apart = bench._child(tmp_path, **spec)
    assert apart["pieces"] == 1 and apart["results"] == in_this_process(tmp_path, **spec)["results"]


def test_smallest_benchmark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text files for both; PDF pages for this project alone, as LlamaIndex's readers of them are an extra."""
    monkeypatch.setattr(bench, "_child", in_this_process)
    reports = tmp_path / "reports"
    synthetic.write_texts(reports, 60)
    rows = [
        {"id": f"q{n}", "question": text.split(" by ")[0], "marks": [["report-00000", [1]]]}
        | {"evidence": [["report-00000", text.split(". ")[0]]]}
        for n, text in enumerate(synthetic.paragraphs(0)[:5])
    ]
    asked = tmp_path / "q.jsonl"
    asked.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out, plot = tmp_path / "out.json", tmp_path / "plot.svg"
    base = [
        "bench",
        "--askers",
        "3",
        "--corpus",
        str(reports),
        "--questions",
        str(asked),
        "--asks",
        "6",
        "--json",
        str(out),
    ]
    two = ["--system", "ours", "--system", "quickstart"]
    assert cli.main([*base, *two, "--sizes", "55", "--pages", "0", "--svg", str(plot)]) == 0
    data = json.loads(out.read_text(encoding="utf-8"))
    assert set(data["quality"]) == set(data["sizes"]["55"]) == {"ours", "quickstart"}
    assert data["quality"]["ours"]["hit@5"] >= 0.8
    for measured in data["sizes"]["55"].values():
        assert measured["search_ms_p95"] >= measured["search_ms_p50"] > 0
        assert measured["crowd_per_second"] > 0 and measured["peak_mb"] > 20
        assert measured["filtered_ms_p95"] > 0 and measured["one_more_to_empty_seconds"] > 0
    assert "this project" in plot.read_text(encoding="utf-8")
    assert cli.main([*base, "--sizes", "", "--pages", "3", "--system", "ours"]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["pages"]["ours"]["pages"] == 3
    assert "hit@5" in capsys.readouterr().out


@pytest.mark.parametrize("options", [["--sizes", "many"], ["--sizes", "0"], ["--corpus", "/no/such/folder"]])
def test_wrong_usage(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "--system", "ours", "--pages", "0", *options]) == 2
    assert capsys.readouterr().err.strip()


def test_made_up_reports_are_the_same_every_time(tmp_path: Path) -> None:
    assert synthetic.write_texts(tmp_path / "a", 120) == synthetic.write_texts(tmp_path / "b", 120) == 3
    assert (
        synthetic.write_pdfs(tmp_path / "a", 7, per_file=4) == synthetic.write_pdfs(tmp_path / "b", 7, per_file=4) == 2
    )
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in "ab")
    assert first == second and len(first) == 5
    assert synthetic.count_pages(tmp_path / "a") == 7
    texts = [p for p in (tmp_path / "a").glob("*.txt")]
    assert sum(len(p.read_text(encoding="utf-8").split("\n\n")) - 1 for p in texts) == 120


def test_the_rank_of_the_first_right_text() -> None:
    found = [["b", 3, "x"], ["a", 9, "the wrong place"], ["a", None, "gross margin was\n| 44.1% [4]"]]
    rows = {"id": "x", "question": "?", "marks": [["a", [4]]], "must": ["44"]}
    assert bench.first_right(parse_case(json.dumps(rows | {"evidence": [["a", "margin was 44.1%"]]})), found) == 3
    assert bench.first_right(parse_case(json.dumps(rows)), found) == 3
    assert bench.first_right(parse_case(json.dumps(rows | {"marks": [["a", [9]]]})), found) == 2
    assert bench.first_right(parse_case(json.dumps(rows | {"marks": [["c", [9]]]})), found) is None


def test_bm25_ranks_the_rarer_word_first(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("copper rose\n\nzinc fell\n\ncopper fell", encoding="utf-8")
    words = Words(tmp_path)
    words.add([folder])
    assert [item.text for item in words.search("zinc fell", 3)] == ["zinc fell", "copper fell"]
    assert words.size() == 3


def test_a_measurement_counts_what_failed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    (tmp_path / "in" / "good.txt").write_text("Ore prices rose by 4% in May.", encoding="utf-8")
    result = measure("ours", tmp_path / "home", [tmp_path / "in"], ["How much did ore prices rise?"], 2)
    assert result["failed_files"] == 1 and result["pieces"] == 1
    assert result["results"][0][0][0] == "good" and len(result["concurrent"]["ms"]) == 1


def test_plots_have_a_line_per_system_between_powers_of_ten() -> None:
    one = {"search_ms_p95": 3.0, "peak_mb": 200.0, "disk_mb": 0.0, "one_more_seconds": 0.2}
    sizes = {"1000": {"ours": one, "bm25": one | {"search_ms_p95": 7.0}}, "9000": {"ours": one}}
    drawn = plots.cost(sizes, bench.LABELS)
    assert drawn.count("<polyline") == 9, "three panels with three lines each, disk has none"
    assert "plain BM25: 7" in drawn and ">10,000<" in drawn
    assert plots.ticks([3.0, 250.0]) == [1.0, 10.0, 100.0, 1000.0]
    assert plots.ticks([10.0]) == [10.0, 100.0]
    assert "<polyline" not in plots.cost({}, bench.LABELS)


def test_cases_with_earlier_turns_or_filters_are_not_asked_of_others() -> None:
    row = {"id": "x", "question": "?", "marks": [["a", [4]]]}
    assert bench.askable(parse_case(json.dumps(row)))
    for change in ({"history": ["b"]}, {"filters": {"broker": "B"}}, {"marks": []}, {"answerable": False}):
        assert not bench.askable(parse_case(json.dumps(row | change)))
