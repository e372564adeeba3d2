"""A letter that tells one thing from another: A-shares and H-shares of one company, a model, a store, a round of funding."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag import Library
from rag.answer.held import probes
from rag.answer.said_by_value import value_test
from rag.answer.wanted import want
from rag.language.analysis import without_article
from rag.language.words import terms_of
from rag.question.concepts import Asked, asked
from rag.question.names_asked import names_joined
from tests.small_library import library_of

NOTE = """Bruma Cells: two lines, two prices
Millgate Research·2025-06-04 08:00

Rating - Bruma-A is rated Buy with a target of Rmb41, 22.5% above the market, and Bruma-H is rated Hold with a target of \
HK$38, 4.1% above [1] Outlook - World share slips from 40% to 31% over the decade, a loss of a share each year [2] - Bruma \
ends the Wagon K so that its old line can build a million cells [3] - Output needs a new wagon in 2027 [4]
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("letters"), {"bruma.txt": NOTE}) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "no"),
    [
        ("What do the A-shares trade at?", "The share of ads rose."),
        ("A股成交额是多少?", "The share of ads rose."),
        ("What do a shares cost?", "The share of ads rose."),
        ("How many 4S stores are there?", "It has 4 stores."),
        ("What of the CAR-T drug?", "The car did well."),
        ("What was the Series A round?", "A series of rounds."),
    ],
)
def test_a_term_that_is_told_by_its_letter_is_not_held_by_the_bare_word(question: str, no: str) -> None:
    term = next(piece for piece in asked(question) if piece.kind in ("term", "metric") and len(piece.terms) > 1)
    assert not term.said_by(terms_of(without_article(no)))


def test_an_article_is_no_letter() -> None:
    assert without_article("a share, A share of it, A shares and A股") == "  share,   share of it, A shares and A股"


@pytest.mark.parametrize(
    ("asked_for", "yes", "no"),
    [
        ("A shares", "Foo-A is at 20", "a share of it"),
        ("H股", "Foo (0123.HK)", "Foo (600123.SH)"),
        ("A-share", "Foo (300123.SZ)", "Foo (0123.HK)"),
        ("h", "its H shares", "its A shares"),
    ],
)
def test_a_class_of_shares_is_told_by_its_letter_or_its_ticker(asked_for: str, yes: str, no: str) -> None:
    says = value_test(asked_for)
    assert says is not None
    assert says(yes)
    assert not says(no)


def test_the_shares_in_hong_kong_pick_one_of_two(library: Library) -> None:
    wanted = want(library.index, "What is the price target for Bruma-H?")
    letter = next(piece for piece in wanted.focus if piece.surface == "h")
    assert letter.kind == "number"
    assert library.ask("What is the upside for Bruma's A shares?").text.startswith("Bruma-A")


def test_a_model_by_its_letter_is_one_name(library: Library) -> None:
    wanted = want(library.index, "Why is Bruma ending the Wagon K?")
    assert "wagon K" in {piece.surface for piece in wanted.names}
    said = probes(wanted, ["Output needs a new wagon"])
    assert said
    assert "ends the Wagon K" in library.ask("Why does Bruma end the Wagon K?").text


def test_the_us_is_a_place_and_no_pronoun() -> None:
    assert "US" in {piece.surface for piece in asked("How much does Foo sell to the US?")}
    assert "us" not in {piece.surface for piece in asked("Tell us what Foo sells.")}


def test_letters_that_grow_when_they_are_made_small_move_no_place() -> None:
    word = Asked("ab", "word", (("ab",),))
    assert names_joined("Did İİİİ do Ab?", [word]) == [word]


@pytest.mark.parametrize(
    ("question", "word", "is_so"), [("When did Bruma list?", "list", True), ("Does Bruma listen?", "listen", False)]
)
def test_only_a_listing_is_an_offering(library: Library, question: str, word: str, is_so: bool) -> None:
    piece = next(piece for piece in want(library.index, question).focus if piece.surface == word)
    assert (len(piece.forms) > 1) == is_so
