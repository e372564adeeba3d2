"""The shipped questions prove themselves: evidence stands where it is said to be, what is unanswerable is absent."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval import check
from eval.__main__ import main
from eval.cases import Case, load_cases, parse_case
from eval.claims import load_claims
from eval.make_corpus import HERE, make
from eval.runner import open_library
from eval.suites import SEEDS, SHIPPED
from rag import Library

SEED_CASES = load_cases(HERE / "questions.jsonl")
CORPUS_CASES = load_cases(HERE / "questions-corpus.jsonl")
CASES = SEED_CASES + CORPUS_CASES
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MARK = re.compile(r"\[(\d+)\]")


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with open_library((SEEDS, HERE / "corpus")) as (library, corpus):
        assert corpus.failed == ()
        yield library


@pytest.fixture(scope="module")
def everything(library: Library) -> dict[str, str]:
    return check.texts_of(library)


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(case.kind for case in CASES)
    assert len(CASES) >= 250
    assert len(SEED_CASES) >= 40
    wanted = (
        "scan table list why broker date compare conflict samemark correction superseded followup near_miss off_topic "
    )
    for kind in (wanted + "zh_en en_zh zh_zh partly injection filter").split():
        assert kinds[kind] >= 3, kind
    assert kinds["followup"] >= 15
    twins = [case for case in CASES if "twin" in case.extra]
    assert sum(case.kind == "followup" for case in twins) >= 15
    assert sum(case.lang != ids_of(CASES)[case.extra["twin"]].lang for case in twins) >= 30


def ids_of(cases: tuple[Case, ...]) -> dict[str, Case]:
    ids = {case.id: case for case in cases}
    assert len(ids) == len(cases)
    return ids


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_each_case_is_proved(case: Case, library: Library, everything: dict[str, str]) -> None:
    assert case.places or not case.answerable
    assert case.answerable or "absent" in case.extra
    seeds = {path.stem for path in SEEDS.iterdir()}
    texts = {stem: text for stem, text in everything.items() if stem in seeds or case not in SEED_CASES}
    assert check.problems(case, library, texts) == []


def test_the_sets_hold_together() -> None:
    assert check.set_problems(SEED_CASES) == []
    assert check.set_problems(CORPUS_CASES) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"marks": [["halvorsen_calder_2025-08-21", [77]]], "must": []}, "has no [77]"),
        ({"marks": [["halvorsen_calder_2025-08-21", [2]]]}, "is at none of its places"),
        ({"marks": [["halvorsen_2019", [1]]]}, "no report 'halvorsen_2019'"),
        ({"must": ["15"]}, "'15' is at none"),
        ({"evidence": [["halvorsen_calder_2025-08-21", "NOK 199"]]}, "'NOK 199' is not at its places"),
        ({"answerable": False, "absent": "NOK 156"}, "may answer it"),
    ],
)
def test_a_wrong_case_is_found_out(change: dict[str, object], expected: str, library: Library) -> None:
    row = {
        "id": "x",
        "question": "What target price?",
        "marks": [["halvorsen_calder_2025-08-21", [1]]],
        "must": ["156"],
    }
    assert check.problems(parse_case(json.dumps(row)), library) == []
    (problem,) = check.problems(parse_case(json.dumps(row | change)), library)
    assert expected in problem


def test_a_set_that_does_not_hold_together_is_found_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = {"id": "a", "question": "What rating?", "marks": [["r", [1]]], "must": ["Hold"]}
    rows = [
        good,
        good | {"id": "b", "twin": "nobody"},
        good | {"id": "c", "lang": "zh"},
        {"id": "d", "question": "Why?"},
    ]
    cases = [parse_case(json.dumps(row)) for row in rows]
    assert [problem.partition(":")[0] for problem in check.set_problems(cases)] == ["b", "b", "c", "c", "d"]
    report, questions = tmp_path / "r.txt", tmp_path / "q.jsonl"
    report.write_text('Kestrel\nLANTERN·2025-06-02 08:00\n\nRating - It is rated "Hold" [1]\n', encoding="utf-8")
    rows = [good, {"id": "n", "question": "Who?", "answerable": False}]
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    given = ["check", "--corpus", str(report), "--questions", str(questions)]
    assert main(given) == 0
    assert "2 cases checked, no problems; 1 unanswerable" in capsys.readouterr().out
    questions.write_text(json.dumps(good | {"must": ["Buy"]}) + "\n", encoding="utf-8")
    assert main(given) == 1
    assert main(given[:3]) == 2


def test_the_marks_of_the_seed_questions_are_in_the_file() -> None:
    """Read without the project's own reader, so that a broken reader cannot agree with itself."""
    text = {path.stem: path.read_text(encoding="utf-8") for path in SEEDS.iterdir()}
    for case in SEED_CASES:
        for place in case.places:
            marks = {int(n) for n in MARK.findall(text[place.stem])}
            assert place.numbers <= marks, case.id
            statements = re.findall(r"[^\]]+(?:\[\d+\])+", text[place.stem])
            named = [s for s in statements if place.numbers.intersection(int(n) for n in MARK.findall(s))]
            assert named, case.id


@pytest.mark.parametrize("source", sorted((HERE / "source").glob("*.txt")), ids=lambda path: path.stem)
def test_the_corpus_is_what_its_sources_make(source) -> None:
    kept = HERE / "corpus" / source.name.removesuffix(".txt")
    made = make(source)
    if "\nscan:" in source.read_text(encoding="utf-8"):  # the picture depends on the version of PDFium
        assert made[: made.index(b"/Subtype /Image")] == kept.read_bytes()[: made.index(b"/Subtype /Image")]
    else:
        assert made == kept.read_bytes()


def test_every_report_of_the_corpus_says_that_it_is_invented(library: Library) -> None:
    invented = [r for r in library.reports() if (HERE / "corpus").as_posix() in r.file]
    assert len(invented) >= 20
    for report in invented:
        assert re.search("Fictional sample|虚构样本", library.text(report.id)), report.stem


def test_the_scanned_page_is_reported(library: Library) -> None:
    report = library.report("brightwater_interim-report_2025")
    assert any("3" in warning for warning in report.warnings)


def test_every_suite_names_existing_files() -> None:
    for suite in SHIPPED:
        assert all(path.exists() for path in (*suite.corpus, *suite.questions))


def test_claims_come_in_pairs_of_one_true_and_one_false_sentence_on_the_same_place(library: Library) -> None:
    claims = load_claims(HERE / "claims.jsonl")
    assert len(claims) >= 60 and {claim.case.lang for claim in claims} == {"en", "zh"}
    for true, false in zip(claims[::2], claims[1::2], strict=True):
        assert true.supported and not false.supported and false.what
        assert true.case.places == false.case.places and true.case.question != false.case.question
        for place in true.case.places:
            passages = library.passages(library.report(place.stem).id)
            text = "\n".join(passage.text for passage in check.at(passages, place.numbers))
            assert text
            if false.what == "digits swapped":
                changed = set(NUMBER.findall(false.case.question)) - set(NUMBER.findall(true.case.question))
                assert changed and not any(number in NUMBER.findall(text) for number in changed)
