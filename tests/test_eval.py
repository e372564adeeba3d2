"""The eval's command line on small sets of its own: what passes, what fails, and how it says so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from eval_samples import CHINESE, GOOD, OFF, questions, write_reports

from eval import __main__ as cli
from eval import gate, report, suites
from eval.cases import Case, Place, UsageError, load_cases, parse_case
from eval.claims import load_claims
from eval.runner import failed_case
from eval.suites import Options, Run, Suite


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("reports"))


def test_any_set_runs_and_writes_every_case(corpus: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "deep" / "out.json"
    page, summary = tmp_path / "out.html", tmp_path / "out.md"
    asked = questions(tmp_path, GOOD, CHINESE, OFF)
    limits = ["--min", "hit@1=1", "--max", "false_refusal=0", "--min", "passed=1"]
    outputs = ["--json", str(out), "--html", str(page), "--markdown", str(summary)]
    code = cli.main(["--corpus", str(corpus), "--questions", str(asked), *limits, *outputs])
    shown = capsys.readouterr()
    assert code == 0, shown
    assert "3 of 3 passed" in shown.out and "hit@5" in shown.out
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["metrics"]["citation_recall"]["value"] == 1.0
    assert data["by_lang"]["zh"]["must_contain"]["value"] == 1.0
    assert data["metrics"]["dense_hit@5"]["value"] == data["metrics"]["lexical_hit@5"]["value"] == 1.0
    case = data["cases"][0]
    assert case["expected"]["marks"] == [["portolan", [4, 9]]]
    assert case["given"]["citations"][0]["numbers"] == [4, 9]
    assert len(case["retrieved"]) <= 10 and case["retrieved"][0]["score"] > 0
    assert case["problems"] == [] and case["passed"]
    assert data["cases"][2]["given"]["refused"]
    assert "<svg" in page.read_text(encoding="utf-8") and "passed" in summary.read_text(encoding="utf-8")
    assert str(corpus) not in out.read_text(encoding="utf-8")


def test_a_broken_limit_exits_1_and_says_which(corpus: Path, tmp_path: Path, capsys) -> None:
    impossible = GOOD | {"id": "b1", "must": ["never said"]}
    asked = questions(tmp_path, impossible, OFF)
    code = cli.main(["--corpus", str(corpus), "--questions", str(asked), "--min", "must_contain=0.5"])
    shown = capsys.readouterr()
    assert code == 1
    assert "must_contain is 0.000, at least 0.5 expected" in shown.err
    assert "lacks 'never said'" in shown.out


def test_wrong_expectations_are_judged_wrong(corpus: Path, tmp_path: Path) -> None:
    wrong_place = GOOD | {"id": "c1", "marks": [["portolan", [11]]]}
    should_refuse = GOOD | {"id": "c2", "answerable": False, "marks": []}
    should_answer = OFF | {"id": "c3", "answerable": True, "marks": [["portolan", [3]]]}
    gone = GOOD | {"id": "c4", "marks": [["no-such-report", [1]]]}
    out = tmp_path / "out.json"
    asked = questions(tmp_path, wrong_place, should_refuse, should_answer, gone)
    assert cli.main(["--corpus", str(corpus), "--questions", str(asked), "--json", str(out)]) == 0
    cases = {case["id"]: case for case in json.loads(out.read_text(encoding="utf-8"))["cases"]}
    assert "wrong citation" in cases["c1"]["problems"]
    assert cases["c1"]["scores"]["citation_precision"] == 0.0
    assert cases["c2"]["problems"] == ["wrongly answered"]
    assert cases["c3"]["problems"][0] == "wrongly refused"
    assert "not in the library: no-such-report" in cases["c4"]["problems"]


def test_a_case_is_measured_beside_its_twin(corpus: Path, tmp_path: Path) -> None:
    """A twin that failed says nothing; one that passed asks for as much."""
    turns = {"history": [GOOD["question"]], "twin": "a1"}
    same = GOOD | {"id": "f1", "question": "How much was that again for passenger numbers of Portolan Ferries?"} | turns
    wrong = same | {"id": "f2", "must": ["never said"]}
    lost = CHINESE | {"id": "f3", "must": ["从未说过"]}
    other = CHINESE | {"id": "f4", "twin": "f3"}
    right = CHINESE | {"id": "f5", "twin": "a2"}
    out = tmp_path / "out.json"
    asked = questions(tmp_path, GOOD, CHINESE, same, wrong, lost, other, right)
    assert cli.main(["--corpus", str(corpus), "--questions", str(asked), "--json", str(out)]) == 0
    scores = {case["id"]: case["scores"] for case in json.loads(out.read_text(encoding="utf-8"))["cases"]}
    assert scores["f1"]["followup_parity"] == 1.0 and scores["f2"]["followup_parity"] == 0.0
    assert "language_parity" not in scores["f4"] and scores["f5"]["language_parity"] == 1.0
    assert scores["a1"]["figure_verification"] == 1.0


def test_an_error_is_a_miss_and_is_listed(corpus: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out.json"
    asked = questions(tmp_path, GOOD | {"filters": {"since": "no date"}}, OFF)
    assert cli.main(["--corpus", str(corpus), "--questions", str(asked), "--json", str(out), "--jobs", "2"]) == 0
    assert "error: a1: InputError" in capsys.readouterr().err
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["cases"][0]["error"].startswith("InputError")
    assert data["metrics"]["hit@5"] == {"value": 0.0, "n": 1, "low": 0.0, "high": 0.0}
    assert "NaN" not in out.read_text(encoding="utf-8")


def test_two_runs_give_the_same_numbers_also_from_a_kept_library(corpus: Path, tmp_path: Path) -> None:
    asked = questions(tmp_path, GOOD, CHINESE, OFF)
    runs = []
    for name in ("one", "two", "three"):
        out = tmp_path / f"{name}.json"
        home = [] if name == "one" else ["--home", str(tmp_path / "home")]
        assert cli.main(["--corpus", str(corpus), "--questions", str(asked), "--json", str(out), *home]) == 0
        data = json.loads(out.read_text(encoding="utf-8"))
        del data["timing"]
        runs.append(data)
    assert runs[0] == runs[1] == runs[2]
    assert cli.main(["compare", str(tmp_path / "one.json"), str(tmp_path / "two.json")]) == 0


def test_selection(corpus: Path, tmp_path: Path, capsys) -> None:
    asked = questions(tmp_path, GOOD, CHINESE, OFF)
    base = ["--corpus", str(corpus), "--questions", str(asked)]
    for options, count in ((["--kind", "zh_zh"], 1), (["--lang", "en"], 2), (["--limit", "1", "--scoped"], 1)):
        assert cli.main([*base, *options]) == 0
        assert f" of {count} passed" in capsys.readouterr().out
    assert cli.main([*base, "--kind", "nonsense"]) == 2
    assert "None of the 3 questions is left" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no question"),
        ("{oops", "questions.jsonl line 1 is not JSON"),
        ('{"id": "x"}', "needs at least the keys"),
        ('{"id": "x", "question": "q", "must": ["("]}', "cannot be used"),
        ('{"id": "x", "question": "q", "need": "all"}', "expected 'any' or 'each'"),
        ('{"id": "x", "question": "q", "answerable": "no"}', "expected true or false"),
        ('{"id": "x", "question": "q", "history": "a"}', "expected a list of texts"),
        ('{"id": "x", "question": "q", "filters": {"sector": "a"}}', "unknown filter 'sector'"),
        ('{"id": "x", "question": "q", "marks": [["a"]]}', "cannot be used"),
        ('{"id": "x", "question": "q"}\n{"id": "x", "question": "r"}', "twice"),
    ],
)
def test_a_bad_question_file_exits_2_with_one_sentence(content: str, message: str, tmp_path: Path, capsys) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(content, encoding="utf-8")
    assert cli.main(["--questions", str(path)]) == 2
    shown = capsys.readouterr().err
    assert message in shown and shown.count("\n") == 1


def test_other_wrong_usage_exits_2(corpus: Path, tmp_path: Path, capsys) -> None:
    asked = str(questions(tmp_path, GOOD))
    base = ["--corpus", str(corpus), "--questions", asked]
    assert cli.main(["--questions", str(tmp_path / "missing.jsonl")]) == 2
    assert cli.main(["--corpus", str(tmp_path / "missing"), "--questions", asked]) == 2
    assert cli.main([*base, "--min", "hit@5"]) == 2
    assert cli.main([*base, "--min", "no_such_metric=1"]) == 2
    assert cli.main([*base, "--update-baseline"]) == 2
    assert cli.main([*base, "--json", str(corpus / "portolan.txt" / "x.json")]) == 2
    assert cli.main(["show", "a1", str(tmp_path / "missing.json")]) == 2
    assert cli.main(["compare", asked, asked]) == 2
    with pytest.raises(SystemExit) as stop:
        cli.main(["--no-such-option"])
    assert stop.value.code == 2
    capsys.readouterr()


def test_show_prints_a_case(corpus: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out.json"
    assert cli.main(["--corpus", str(corpus), "--questions", str(questions(tmp_path, GOOD)), "--json", str(out)]) == 0
    capsys.readouterr()
    assert cli.main(["show", "a1", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "6.3%" in shown and "retrieved:" in shown and "passed" in shown
    assert cli.main(["show", "zz", str(out)]) == 2


def test_several_processes_give_the_results_of_one(corpus: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(suites, "WORTH_IT", 1)
    broken = OFF | {"id": "b4", "filters": {"since": "no date"}}
    follow_up = GOOD | {"id": "a5", "question": "And how much was that?", "history": [GOOD["question"]], "twin": "a1"}
    asked = questions(tmp_path, GOOD, CHINESE, OFF, broken, follow_up)
    runs = []
    for jobs in ("1", "2"):
        out = tmp_path / f"{jobs}.json"
        options = ["--corpus", str(corpus), "--questions", str(asked), "--jobs", jobs, "--json", str(out)]
        assert cli.main(options) == 0
        runs.append(json.loads(out.read_text(encoding="utf-8")))
    for key in ("cases", "metrics", "by_lang", "corpus"):
        assert runs[0][key] == runs[1][key]
    assert runs[1]["cases"][3]["error"] and "followup_parity" in runs[1]["cases"][4]["scores"]


def test_few_cases_hold_every_kind_and_all_follow_ups() -> None:
    cases = {case.id: case for suite in suites.SHIPPED for path in suite.questions for case in load_cases(path)}
    ids = suites.few(suites.SHIPPED, 3)
    assert len(set(ids)) == len(ids) < len(cases) / 3
    assert {cases[id_].kind for id_ in ids} == {case.kind for case in cases.values()}
    assert {case.id for case in cases.values() if case.kind == "followup"} <= set(ids)


def test_show_asks_a_shipped_question_now(capsys) -> None:
    assert cli.main(["show", "seed-001"]) == 0
    assert "What rating does the report give?" in capsys.readouterr().out
    assert cli.main(["show", "no-such-case"]) == 2
    assert "--id" in capsys.readouterr().err


def test_outputs_into_a_folder_are_named_by_the_commit(corpus: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(report, "commit", lambda: "0123456789ab")
    asked = ["--corpus", str(corpus), "--questions", str(questions(tmp_path, GOOD, OFF)), "--id", "a1"]
    folder = tmp_path / "out"
    folder.mkdir()
    assert cli.main([*asked, "--json", str(folder), "--html", str(folder), "--markdown", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [f"0123456789ab.{end}" for end in ("html", "json", "md")]
    assert "0123456789ab.json" in capsys.readouterr().out
    monkeypatch.setattr(cli, "OUT", tmp_path / "kept")
    assert cli.main([*asked, "--json"]) == 0
    assert json.loads((tmp_path / "kept" / "0123456789ab.json").read_text())["cases"][0]["id"] == "a1"


def test_help_is_cheap() -> None:
    """The eval's own commands that ask nothing load no search engine."""
    code = "import sys; import eval.__main__; sys.exit('chromadb' in sys.modules or 'tantivy' in sys.modules)"
    root = Path(cli.__file__).parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_the_shipped_gate_reads_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys) -> None:
    """A run below the stored thresholds, or significantly worse than the stored baseline, exits 1."""
    cases = [Case(f"x{i}", "?", places=(Place("a", frozenset({1})),)) for i in range(8)]
    outcome = Run(tuple(failed_case(case, RuntimeError("boom")) for case in cases), (), 0.0, 0.0)
    monkeypatch.setattr(cli, "run_suites", lambda suites, options: outcome)
    monkeypatch.setattr(cli, "BASELINE", tmp_path / "baseline.json")
    monkeypatch.setattr(cli, "THRESHOLDS", tmp_path / "thresholds.json")
    (tmp_path / "thresholds.json").write_text('{"min": {}, "max": {}}')
    assert cli.main([]) == 0
    (tmp_path / "thresholds.json").write_text('{"min": {"hit@5": 0.5}, "max": {"false_refusal": 0.1}}')
    assert cli.main([]) == 1
    assert "false_refusal is 1.000, at most 0.1" in capsys.readouterr().err
    (tmp_path / "thresholds.json").write_text('{"min": {}, "max": {}}')
    better = {case.id: {"hit@5": 1.0, "passed": 1.0} for case in cases}
    (tmp_path / "baseline.json").write_text(json.dumps({"cases": better}))
    assert cli.main([]) == 1
    shown = capsys.readouterr()
    assert "0 won, 8 lost, 0 unchanged" in shown.out and "passed got worse" in shown.err
    assert cli.main(["--update-baseline"]) == 0
    assert cli.main([]) == 0


def test_compare_counts_and_weighs() -> None:
    before = {f"c{i}": {"passed": 1.0, "false_refusal": 0.0} for i in range(30)}
    after = {case: dict(scores) for case, scores in before.items()}
    assert gate.compare(before, after).significant_losses == ()
    after["c0"] = {"passed": 0.0, "false_refusal": 0.0}
    one = gate.compare(before, after)
    assert (one.won, one.lost, one.unchanged) == ((), ("c0",), 29)
    assert one.significant_losses == ()
    for i in range(6):
        after[f"c{i}"] = {"passed": 0.0, "false_refusal": 1.0}
    six = gate.compare(before, after)
    assert [change.metric for change in six.significant_losses] == ["passed", "false_refusal"]
    assert [change.metric for change in gate.compare(after, before).changes if change.significant_win] == [
        "passed",
        "false_refusal",
    ]
    del after["c7"]
    after["new"] = {"passed": 1.0}
    last = gate.compare(before, after)
    assert (last.only_before, last.only_after) == (("c7",), ("new",))
    assert "1 new, 1 gone" in gate.describe(last)


def test_question_files_keep_unknown_keys(tmp_path: Path) -> None:
    case = parse_case('{"id": 7, "question": "q", "author": "someone", "marks": [["a.txt", [5, "64"]]]}')
    assert case.id == "7" and case.extra == {"author": "someone"}
    assert case.places == (Place("a.txt", frozenset({5, 64})),)
    assert case.units == (case.places,)
    each = parse_case('{"id": 8, "question": "q", "need": "each", "marks": [["a", [5]], ["b", [6]]]}')
    assert len(each.units) == 2
    with pytest.raises(UsageError):
        load_cases(tmp_path / "none.jsonl")


def test_limits_are_spread_over_suites(tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    first.write_text('{"id": "a", "question": "q"}\n{"id": "b", "question": "q"}\n')
    second.write_text('{"id": "c", "question": "q", "lang": "zh"}\n')
    both = (Suite("one", (tmp_path,), (first,)), Suite("two", (tmp_path,), (second,)))
    picked = suites.chosen(both, Options(limit=3))
    assert [(suite.name, [case.id for case in cases]) for suite, cases in picked] == [
        ("one", ["a", "b"]),
        ("two", ["c"]),
    ]
    assert [suite.name for suite, _ in suites.chosen(both, Options(limit=2))] == ["one"]
    assert [case.suite for _, cases in suites.chosen(both, Options(langs=("zh",))) for case in cases] == ["two"]


@pytest.mark.parametrize("line", ["{", '{"id": "a", "supported": true}', '{"id": "a", "sentence": "b"}', "[]"])
def test_a_bad_file_of_claims_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=r"claims\.jsonl is not a usable file"):
        load_claims(path)


def test_claims_are_scored_by_what_they_are(corpus: Path, tmp_path: Path) -> None:
    rows = [
        {"id": "t", "sentence": "Fuel hedges cover 80% of the need for 2025.", "supported": True},
        {"id": "f", "sentence": "Fuel hedges cover 90% of the need for 2025.", "supported": False, "what": "figure"},
    ]
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(row | {"marks": [["portolan", [11]]]}) + "\n" for row in rows))
    both = suites.run_suites((Suite("s", (corpus,), (questions(tmp_path, GOOD),), (path,)),), Options())
    assert [result.scores for result in both.results[1:]] == [
        {"claims_kept": 1.0, "passed": 1.0},
        {"claims_flagged": 1.0, "passed": 1.0},
    ]
