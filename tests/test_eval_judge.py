"""The judge: what it is given, what an error or NaN counts, and the calls that RAGAS gets. No model is asked here."""

import functools
import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from eval import judge
from eval.__main__ import main

ANSWER = {
    "refused": False,
    "resolved": None,
    "text": "Leakage fell to 14.2% [5].",
    "citations": [{"passage": "Leakage fell to 14.2%"}, {"passage": "Leakage fell to 14.2%"}],
}


def run_file(folder: Path, *given: dict[str, Any] | None) -> Path:
    path = folder / "run.json"
    cases = [{"id": f"c{n}", "question": "Leakage?", "given": one, "scores": {}} for n, one in enumerate(given)]
    path.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    return path


def test_answers_are_judged_and_what_fails_is_a_miss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    async def faithful(question: str, answer: str, passages: list[str]) -> float:
        seen.append((question, answer, passages))
        if "resolved" in question:
            raise ConnectionError("gone")
        return 0.5

    async def relevant(question: str, answer: str, passages: list[str]) -> float:
        return float("nan") if "resolved" in question else 1.0

    monkeypatch.setattr(judge, "scorers", lambda model: {"faithfulness": faithful, "relevance": relevant})
    path = run_file(tmp_path, ANSWER, ANSWER | {"refused": True}, None, ANSWER | {"resolved": "resolved?"})
    out = tmp_path / "judged.json"
    assert main(["judge", str(path), "--json", str(out), "--model", "m"]) == 0
    assert seen[0] == ("Leakage?", ANSWER["text"], ["Leakage fell to 14.2%"])
    data = json.loads(out.read_text())
    assert data["cases"] == {
        "c0": {"faithfulness": 0.5, "relevance": 1.0},
        "c3": {"faithfulness": 0.0, "relevance": 0.0},
    }
    assert data["errors"] == ["c3: faithfulness: ConnectionError: gone", "c3: relevance: no score"]
    shown = capsys.readouterr().out
    assert "faithfulness         0.250" in shown and "error: c3: relevance: no score" in shown


def test_without_ragas_or_a_key_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = run_file(tmp_path, ANSWER)
    monkeypatch.setattr(judge.importlib.util, "find_spec", lambda name: None)
    assert main(["judge", str(path)]) == 2
    assert "pip install ragas" in capsys.readouterr().err
    monkeypatch.setattr(judge.importlib.util, "find_spec", lambda name: object())
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert main(["judge", str(path)]) == 2
    assert "OPENAI_API_KEY" in capsys.readouterr().err
    monkeypatch.setenv("OPENAI_API_KEY", "no-key")
    monkeypatch.setitem(sys.modules, "ragas", None)
    assert main(["judge", str(path)]) == 2
    assert "does not start here" in capsys.readouterr().err
    assert main(["judge", str(run_file(tmp_path, None))]) == 2
    assert "no answer to judge" in capsys.readouterr().err


def test_ragas_gets_its_own_arguments_and_sends_no_statistics(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: dict[str, Any] = {}

    def metric(name: str, **parts: Any) -> SimpleNamespace:
        async def ascore(**values: Any) -> SimpleNamespace:
            calls[name] = (sorted(parts), values)
            return SimpleNamespace(value=0.75)

        return SimpleNamespace(ascore=ascore)

    def module(name: str, **content: Any) -> None:
        made = ModuleType(name)
        made.__dict__.update(content)
        monkeypatch.setitem(sys.modules, name, made)

    module("ragas")
    module("ragas.llms", llm_factory=lambda model, client: (model, client))
    module("ragas.embeddings", OpenAIEmbeddings=lambda client, model: (client, model))
    both = {name: functools.partial(metric, name) for name in ("Faithfulness", "AnswerRelevancy")}
    module("ragas.metrics")
    module("ragas.metrics.collections", **both)
    monkeypatch.setattr(judge.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setenv("OPENAI_API_KEY", "no-key")
    monkeypatch.setenv("RAGAS_DO_NOT_TRACK", "")
    assert main(["judge", str(run_file(tmp_path, ANSWER)), "--model", "m"]) == 0
    assert judge.os.environ["RAGAS_DO_NOT_TRACK"] == "true"
    assert calls["Faithfulness"] == (
        ["llm"],
        {"user_input": "Leakage?", "response": ANSWER["text"], "retrieved_contexts": ["Leakage fell to 14.2%"]},
    )
    assert calls["AnswerRelevancy"] == (["embeddings", "llm"], {"user_input": "Leakage?", "response": ANSWER["text"]})
