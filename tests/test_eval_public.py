"""Converters of public sets, on small checkouts made here in the same form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import __main__ as cli
from eval.cases import load_cases
from eval.make_corpus import make_pdf

SOURCE = """running: Marlpit Gravel
= Marlpit Gravel annual report
Nothing but a cover.
---
== Notes
The pit at Sallow Bend sold 418 thousand tonnes of gravel.
"""


@pytest.fixture
def financebench(tmp_path: Path) -> Path:
    (tmp_path / "pdfs").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "pdfs" / "MARLPIT_2023_10K.pdf").write_bytes(make_pdf(SOURCE))
    rows = [
        {"financebench_id": "fb1", "question_type": "metrics", "question": "How much gravel did Sallow Bend sell?"}
        | {"doc_name": "MARLPIT_2023_10K", "answer": "418", "evidence": [{"evidence_page_num": 1}]},
        {"financebench_id": "fb2", "question_type": "metrics", "question": "Of a report that is not there?"}
        | {"doc_name": "GONE_2023_10K", "answer": "1", "evidence": [{"evidence_page_num": 0}]},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "data" / "financebench_open_source.jsonl").write_text(text)
    return tmp_path


def test_financebench(financebench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "q.jsonl"
    assert cli.main(["public", "financebench", str(financebench), "--convert", str(out)]) == 0
    (case,) = load_cases(out)
    assert case.id == "fb1" and case.expected()["marks"] == [["MARLPIT_2023_10K", [2]]]
    assert cli.main(["public", "financebench", str(financebench), "--min", "place_hit@1=1", "--scoped"]) == 0
    assert "place_hit@5" in capsys.readouterr().out


def test_enterprise_rag_challenge(tmp_path: Path) -> None:
    folder = tmp_path / "round2"
    (folder / "pdfs").mkdir(parents=True)
    (folder / "pdfs" / "ab12.pdf").write_bytes(make_pdf(SOURCE))
    canonic = {
        "How much gravel?": {"kind": "number", "answers": ["418"], "reference_pools": [["ab12:1", "ab12:0"]]},
        "How many ships?": {"kind": "number", "answers": ["N/A"], "reference_pools": []},
        "Elsewhere?": {"kind": "number", "answers": ["1"], "reference_pools": [["ffff:1"]]},
    }
    (folder / "canonic.json").write_text(json.dumps(canonic))
    out = tmp_path / "q.jsonl"
    assert cli.main(["public", "enterprise-rag-challenge", str(tmp_path), "--convert", str(out)]) == 0
    first, second = load_cases(out)
    assert first.expected()["marks"] == [["ab12", [1, 2]]] and first.answerable
    assert not second.answerable


def test_what_is_no_checkout_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["public", "financebench", str(tmp_path)]) == 2
    assert "give the path of a checkout" in capsys.readouterr().err
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "financebench_open_source.jsonl").write_text('{"question": "?"}\n')
    assert cli.main(["public", "financebench", str(tmp_path)]) == 2
    (tmp_path / "data" / "financebench_open_source.jsonl").write_text("")
    assert cli.main(["public", "financebench", str(tmp_path)]) == 2
    assert "fetch the PDF files" in capsys.readouterr().err
