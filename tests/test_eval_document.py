"""What the eval writes for people: the HTML page and EVAL.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from eval_samples import GOOD, OFF, questions, write_reports

from eval import __main__ as cli
from eval import html, report, suites
from eval.cases import Case
from eval.runner import failed_case
from eval.suites import Run, Suite


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("reports"))


def test_the_page_escapes_what_reports_say() -> None:
    case = Case("<b>x</b>", "<script>alert(1)</script>", answerable=False)
    results = (failed_case(case, ValueError("<img src=x>")),)
    data = report.to_dict(Run(results, (), 0.0, 0.0), ()) | {"broken": ["<i>"]}
    page = html.page(data)
    assert "<script>alert" not in page and "<img" not in page and "<i>" not in page
    assert page.count("<script>") == 1, "the page's own search"
    assert not re.search(r'(?:src|href)="(?!#)', page), "it needs no other file"


def test_the_page_counts_causes_and_marks_what_was_right() -> None:
    assert html.cause(["lacks 'x'", "wrong citation"]) == "lacks"
    assert html.cause(["retrieved but not used", "wrong citation"]) == "retrieved but not used"
    assert html.cause(["error: ValueError: no"]) == "error"
    assert html.cause([]) == ""


def test_the_document_is_made_of_result_files(corpus: Path, tmp_path: Path) -> None:
    run, out = tmp_path / "run.json", tmp_path / "EVAL.md"
    assert (
        cli.main(["--corpus", str(corpus), "--questions", str(questions(tmp_path, GOOD, OFF)), "--json", str(run)]) == 0
    )
    ablation = tmp_path / "a.json"
    change = {"with": 1.0, "without": 0.5, "gain": -0.5, "significant": True}
    ablation.write_text(json.dumps({"few": True, "parts": {"dense": {"hit@1": change}}}))
    row = {"hit@1": 0.7, "pieces": 1234}
    bench = {"commit": "abc", "python": "3", "quality": {"ours": row, "bm25": row}, "pages": {}, "sizes": {"1000": {}}}
    (tmp_path / "b.json").write_text(json.dumps(bench))
    built = {
        "reports": 2,
        "pages": 1234,
        "passages": 9,
        "added_pages": 1234,
        "pages_per_second": 77.7,
        "peak_mb": 512.0,
    }
    found = {"metrics": {"page_hit@5": {"value": 0.615}}, "cases": [{}] * 13}
    (tmp_path / "p.json").write_text(json.dumps({"library": built, "sets": {"filings library": found}}))
    given = ["--ablation", str(ablation), "--bench", str(tmp_path / "b.json"), "--public", f"set={run}"]
    given += ["--pages", str(tmp_path / "p.json")]
    assert cli.main(["document", "--run", str(run), *given, "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "| citation_recall | 1.000 | 1.000 to 1.000 | 1 |" in text
    assert "`python -m eval ablate --few`, some cases of each kind" in text
    assert "**-0.500**" in text and "1,234" in text and "whole library" in text and "## What did not work" in text
    assert "| filings library | 13 |  | 0.61 |" in text or "| filings library | 13 |  | 0.62 |" in text
    assert "added at 78 pages a second with 512 MB at most" in text
    assert cli.main(["document", "--run", str(ablation), "--out", str(out)]) == 2


def test_the_document_runs_the_shipped_set_where_no_run_is_given(tmp_path: Path, corpus: Path, monkeypatch) -> None:
    wrong = GOOD | {"id": "b9", "must": ["never|said"]}
    suite = Suite("seed", (corpus,), (questions(tmp_path, GOOD, wrong, OFF),))
    monkeypatch.setattr(suites, "SHIPPED", (suite,))
    out = tmp_path / "EVAL.md"
    assert cli.main(["document", "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "- single: 50% of 2 pass" in text
    assert f"| lacks | 1 | {GOOD['question']} (b9) |" in text
