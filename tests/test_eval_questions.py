"""The shipped questions prove themselves: evidence stands where it is said to be, what is unanswerable is absent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from eval import metrics
from eval.cases import Case, load_cases
from eval.claims import load_claims
from eval.make_corpus import HERE, make
from eval.runner import open_library
from eval.suites import SEEDS, SHIPPED
from rag import Library, Passage

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


def at(library: Library, stem: str, numbers: frozenset[int]) -> list[Passage]:
    """The passages of a report at these locators."""
    report = library.report(stem)
    return [p for p in library.passages(report.id) if numbers.intersection(p.locator.numbers)]


def plain(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(case.kind for case in CASES)
    assert len(CASES) >= 250
    assert len(SEED_CASES) >= 40
    wanted = "table list why broker date compare conflict samemark correction superseded followup near_miss off_topic "
    for kind in (wanted + "zh_en en_zh zh_zh partly injection filter").split():
        assert kinds[kind] >= 3, kind
    assert len({case.id for case in CASES}) == len({(case.question, case.history, str(case.filters)) for case in CASES})


@pytest.mark.parametrize("case", [case for case in CASES if case.answerable], ids=lambda case: case.id)
def test_the_evidence_is_in_the_named_place(case: Case, library: Library) -> None:
    assert case.places
    there = ""
    for place in case.places:
        passages = at(library, place.stem, place.numbers)
        covered = {number for passage in passages for number in passage.locator.numbers}
        assert place.numbers <= covered, f"{place.stem} has no {sorted(place.numbers - covered)}"
        there += "\n".join(p.text for p in passages) + "\n"
    assert metrics.missing(case.must, there) == []
    for stem, snippet in case.extra.get("evidence", ()):
        numbers = frozenset(n for place in case.places if place.stem == stem for n in place.numbers)
        text = plain("\n".join(p.text for p in at(library, stem, numbers)))
        assert plain(snippet) in text, f"{snippet!r} is not at {stem} {sorted(numbers)}"


def corpus_of(case: Case) -> tuple[str, ...]:
    return ("seed",) if case in SEED_CASES else ("seed", "corpus")


@pytest.mark.parametrize("case", [case for case in CASES if not case.answerable], ids=lambda case: case.id)
def test_what_is_unanswerable_is_absent(case: Case, library: Library) -> None:
    seeds = {path.stem for path in SEEDS.iterdir()}
    for report in library.reports():
        if report.stem in seeds or case in CORPUS_CASES:
            text = library.text(report.id)
            found = re.search(case.extra["absent"], text, re.S | re.I)
            assert found is None, f"{report.stem} holds {found and found[0][-80:]!r}"


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
            text = "\n".join(p.text for p in at(library, place.stem, place.numbers))
            assert text
            if false.what == "digits swapped":
                changed = set(NUMBER.findall(false.case.question)) - set(NUMBER.findall(true.case.question))
                assert changed and not any(number in NUMBER.findall(text) for number in changed)
