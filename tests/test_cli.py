"""The command line: what each command prints, as text and as JSON, and the exit code of every way to end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cli_samples import DIGEST
from openai_server import OpenAIServer, fails, says

from rag import Library
from rag.cli import main
from rag.errors import StoreError
from rag.store.lexical_index import LexicalIndex


def printed(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    """What a command writes to stdout, once its exit code is as expected."""
    assert main(argv) == code
    return capsys.readouterr().out


def document(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    return json.loads(printed(capsys, *argv, "--json", code=code))


# adding


def test_add_tells_what_became_of_each_file(rag_home: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "empty.txt").write_bytes(b"")
    assert main(["add", str(reports)]) == 1
    out, err = capsys.readouterr()
    assert "added      Harbour Cranes: orders outrun capacity · NORTHWIND RESEARCH · 2025-03-04" in out
    assert "2 added, 1 failed; the library holds 2 reports." in out
    assert "empty.txt" in err and "Traceback" not in err


def test_adding_again_changes_nothing_and_says_so(
    filled: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "2 unchanged; the library holds 2 reports." in printed(capsys, "add", str(reports))


def test_a_changed_file_replaces_its_predecessor(
    filled: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "cranes.txt").write_text(DIGEST.replace("12.5%", "13.5%"), encoding="utf-8")
    result = document(capsys, "add", str(reports))
    assert {name: result[name] for name in ("added", "replaced", "unchanged", "failed")} == {
        "added": 0, "replaced": 1, "unchanged": 1, "failed": 0,
    }  # fmt: skip
    assert "13.5%" in printed(capsys, "ask", "How much did order intake rise?")


def test_add_names_a_file_that_vanished_from_the_folder(
    filled: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "cranes.txt").unlink()
    assert "no longer in the folder" in printed(capsys, "add", str(reports))


def test_add_json_has_an_entry_per_file(rag_home: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = document(capsys, "add", str(reports / "cranes.txt"), str(reports / "none.txt"), code=1)
    assert [(entry["status"], Path(entry["file"]).name) for entry in result["results"]] == [
        ("added", "cranes.txt"),
        ("failed", "none.txt"),
    ]
    assert "none.txt" in result["results"][1]["message"] or "no such" in result["results"][1]["message"].lower()


# the library


def test_list_is_a_table_whose_columns_line_up(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, *rows = printed(capsys, "list").splitlines()
    assert head.split() == ["ID", "DATE", "BROKER", "RATING", "LANG", "PAGES", "PASSAGES", "TITLE"]
    assert len(rows) == 2
    columns = {sum(2 if ord(char) > 0x2E80 else 1 for char in row[: row.index("2025-")]) for row in rows}
    assert columns == {head.index("DATE")}


def test_list_of_an_empty_library_says_how_to_add(rag_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "python -m rag add" in printed(capsys, "list")
    assert document(capsys, "list") == []


def test_list_json_is_the_reports_as_the_library_gives_them(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open() as library:
        assert document(capsys, "list") == [report.to_dict() for report in library.reports()]


@pytest.mark.parametrize("name", ["cranes", "cranes.txt"])
def test_show_gives_values_with_the_words_they_were_read_from(
    name: str, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(capsys, "show", name)
    assert "broker          NORTHWIND RESEARCH  (read from “NORTHWIND RESEARCH”)" in out
    assert "2025-03-04" in out


def test_show_takes_the_id_that_list_shows(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    identity = printed(capsys, "list").splitlines()[1].split()[0]
    assert document(capsys, "show", identity)["id"].startswith(identity)


def test_show_text_prints_every_passage_with_its_place(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "show", "cranes", "--text")
    assert "marks 4, 7" in out and "Order intake rose 12.5%" in out
    assert document(capsys, "show", "cranes", "--text")["text"].startswith("Harbour Cranes")


def test_remove_takes_a_report_out_and_leaves_its_file(
    filled: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(capsys, "remove", "cranes").startswith("removed  Harbour Cranes")
    assert [report["language"] for report in document(capsys, "list")] == ["zh"]
    assert (reports / "cranes.txt").exists()


def test_a_name_that_is_nearly_right_is_offered(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for typed in ("cran", "Cranse", "the cranes"):
        assert main(["show", typed]) == 2
        assert capsys.readouterr().err == f"error: No report {typed!r} in the library; did you mean cranes?\n"


def test_a_file_of_a_name_that_is_here_is_told_with_what_to_do(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "cranes.txt").write_text(DIGEST.replace("12.5%", "13.5%"), encoding="utf-8")
    earlier = document(capsys, "show", "cranes")["id"]
    told = printed(capsys, "add", str(tmp_path / "later"))
    assert "already here" in told and f"python -m rag remove {earlier[:12]}" in told
    assert "already here" not in printed(capsys, "add", str(tmp_path / "later"))


def test_filters_that_no_report_passes_are_named_with_what_there_is(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("ask", "search"):
        assert main([command, "How much did order intake rise?", "--broker", "nobody", "--until", "2025"]) == 0
        err = capsys.readouterr().err
        assert (
            "--broker nobody --until 2025" in err and "NORTHWIND RESEARCH" in err and "2025-03-04 to 2025-06-01" in err
        )
    assert main(["search", "How much did order intake rise?", "--broker", "northwind"]) == 0
    assert capsys.readouterr().err == ""


def test_remove_with_one_unknown_id_removes_nothing(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", "cranes", "nonesuch"]) == 2
    assert "nonesuch" in capsys.readouterr().err
    assert len(document(capsys, "list")) == 2


# asking


def test_ask_prints_sentences_and_the_sources_they_cite(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "ask", "How much did order intake rise in 2024?", "--report", "cranes")
    answer, sources = out.split("\nSources\n")
    assert "12.5%" in answer and "[4][7]" in answer
    assert "Harbour Cranes: orders outrun capacity · NORTHWIND RESEARCH · 2025-03-04" in sources
    assert "[4][7]  marks 4, 7: “Order intake rose 12.5% to 840 million yuan in 2024”" in sources


def test_ask_json_is_the_answer_as_the_library_gives_it(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = document(capsys, "ask", "宁波工厂产能何时翻倍?", "--since", "2025-05-01")
    with Library.open() as library:
        answer = library.ask("宁波工厂产能何时翻倍?", since="2025-05-01").to_dict()
    given.pop("diagnostics"), answer.pop("diagnostics")
    assert given == answer
    assert given["citations"][0]["marker"] == "[8]"


def test_ask_stream_prints_the_same(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for question in ("How much did order intake rise in 2024?", "Who won the chess olympiad?"):
        assert printed(capsys, "ask", question, "--stream") == printed(capsys, "ask", question)


def test_ask_says_which_model_wrote_and_what_it_cost(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAIServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_PRICE_IN", "1000")
        monkeypatch.setenv("OPENAI_PRICE_OUT", "0")
        written = printed(capsys, "ask", "How much did order intake rise in 2024?")
        assert "Written by gpt-4.1-mini (100 tokens read, " in written and "cost 0.1000)." in written
        server.chat = [fails(401)] * 2
        failed = printed(capsys, "ask", "How much did order intake rise in 2024?")
        assert "Note: Not written by a model: The model gpt-4.1-mini answered 401" in failed
        assert "gpt-4.1-mini was asked; extractive answer." in failed and "12.5%" in failed


def test_ask_stream_says_when_words_are_taken_back(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = "Order intake rose by 99.5% in 2024 [{0}].\nNothing else is known about it at all [{0}]."
    with OpenAIServer(chat=[says(wrong)]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        out = printed(capsys, "ask", "How much did order intake rise in 2024?", "--stream")
    taken_back, _, kept = out.partition("\n[revised]\n")
    assert "(unsupported" in taken_back and "12.5%" in kept and "99.5" not in kept


def test_ask_takes_the_earlier_questions(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = document(capsys, "ask", "and in Ningbo?", "--history", "What does the report say on capacity?", "Really?")
    with Library.open() as library:
        history = ("What does the report say on capacity?", "Really?")
        assert given["resolved"] == library.ask("and in Ningbo?", history=history).resolved


def test_a_refusal_is_an_answer(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert document(capsys, "ask", "Who won the chess olympiad?")["refused"] is True
    out = printed(capsys, "ask", "Who won the chess olympiad?")
    assert "Sources" not in out


def test_asking_an_empty_library_says_how_to_add(rag_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "What rating?", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["refused"] is True
    assert "python -m rag add" in err


def test_search_ranks_passages_without_an_answer(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "search", "capacity in Ningbo", "--limit", "2", "--broker", "northwind")
    assert found[0]["numbers"] == [9] and len(found) <= 2
    scores = [item["score"] for item in found]
    assert scores == sorted(scores, reverse=True)
    assert " 1. " in printed(capsys, "search", "capacity in Ningbo")


def test_reindex_says_how_much_it_did(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open() as library:
        total, fingerprint = library.index.size(), library.encoder.fingerprint
    assert document(capsys, "reindex") == {"passages": total, "model": fingerprint}
    assert f"{total} passages" in printed(capsys, "reindex")


# wrong input, and other ends


def assert_one_sentence(err: str) -> None:
    assert err.startswith("error: ") and err.count("\n") == 1 and "Traceback" not in err, err


@pytest.mark.parametrize(
    "argv",
    [
        ["ask", ""],
        ["ask", " \t\x00\n"],
        ["ask", "x" * 100_000],
        ["ask", "What rating?", "--report", "nonesuch"],
        ["ask", "What rating?", "--since", "soon"],
        ["ask", "What rating?", "--since", "2025-02-30"],
        ["search", "What rating?", "--since", "2026-01-01", "--until", "2025-01-01"],
        ["show", "nonesuch"],
        ["show", ""],
        ["remove", "nonesuch"],
    ],
)
def test_unusable_input_is_exit_code_2_and_one_sentence(
    argv: list[str], filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert_one_sentence(err)
    assert out == "" and len(err) < 400


@pytest.mark.parametrize(
    "argv", [[], ["answer"], ["ask"], ["add"], ["remove"], ["search", "x", "--limit", "0"], ["ask", "x", "--repo", "y"]]
)
def test_wrong_usage_is_exit_code_2(argv: list[str], rag_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(argv)
    assert ended.value.code == 2
    assert "usage: python -m rag" in capsys.readouterr().err
    assert not rag_home.exists(), "wrong usage must not create a library"


def test_a_bad_setting_is_exit_code_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("RAG_ANSWERER", "magic")
    assert main(["list"]) == 2
    err = capsys.readouterr().err
    assert_one_sentence(err)
    assert "RAG_ANSWERER" in err


def test_an_unusable_home_is_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("RAG_HOME", str(tmp_path / "file" / "library"))
    assert main(["list"]) == 1
    err = capsys.readouterr().err
    assert_one_sentence(err)
    assert "RAG_HOME" in err


def test_what_was_repaired_at_the_start_is_told(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (filled / "lexical").rglob("*"):
        if path.is_file():
            path.write_bytes(b"scrambled")
    assert main(["search", "capacity in Ningbo", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)[0]["numbers"] == [9]
    assert err.strip(), "a rebuilt index must be mentioned"


def test_an_index_that_cannot_be_rebuilt_is_told_of_once(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The lexical index could not be written: free disk space.")

    shutil.rmtree(filled / "lexical")
    monkeypatch.setattr(LexicalIndex, "rebuild", fail)
    assert main(["list"]) == 0
    out, err = capsys.readouterr()
    assert out and err.count("free disk space") == 1 and "no report is lost" in err


def test_control_characters_of_a_report_do_not_reach_the_terminal(
    rag_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(DIGEST.replace("Order intake", "\x1b[2J\x1b]0;owned\x07\u202eOrder intake"), encoding="utf-8")
    printed(capsys, "add", str(path))
    out = printed(capsys, "show", "hostile", "--text") + printed(capsys, "ask", "How much did order intake rise?")
    assert "Order intake" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
