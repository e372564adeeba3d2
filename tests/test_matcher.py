"""The matcher: Chinese in English words, one reading a text, statements that answer before those that only share words."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from rag.errors import RagError
from rag.matcher import match, match_leaning
from rag.matcher.encoder import FOLDER, LEANING, QUESTION, STATEMENT, Matcher, matcher
from rag.matcher.gloss import SIGNS, gloss, sign
from rag.question.reference import without_reference

STATEMENTS = (
    "Harbour Foods: Sales outside the home market rose 12% to $1.4bn and are 38% of the total.",
    "Harbour Foods: Sales at home fell 3% to $2.3bn as two large customers left.",
    "Harbour Foods: The group had 1,204 stores at the end of the year and means to open 90 more.",
    "Harbour Foods: Net debt fell to $310m after the bakery in Leeds was sold.",
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Revenue rose 5%", "Revenue rose 5%"),
        ("营收同比增长", "revenue year-on-year growth"),
        ("为什么", "why"),
        ("营业收入为35.6亿元", "revenue is 35.6 hundred million"),
        ("淨利潤", "net income"),  # traditional characters
        ("的", ""),
        ("日活同比增长", "daily active users year-on-year growth"),
        ("DAUs rose 5% YoY in 3Q25", "daily active users rose 5% year on year in third quarter 2025"),
        ("1H25, H2 2024, 2025Q1, Q4", "first half 2025, second half 2024, first quarter 2025, fourth quarter"),
        ("Q2 18 stores", "second quarter 18 stores"),  # no year
        ("FY24 EPS, 2026E P/E", "fiscal year 2024 earnings per share, 2026 estimate price to earnings"),
        ("up 30bps, 1.2pct至", "up 30 basis points, 1.2 percentage points to"),
        ("PE-backed, H5N1, COVID-19, Q5", "PE-backed, H5N1, COVID-19, Q5"),
        ("瓛", sign("瓛")),
    ],
)
def test_chinese_and_abbreviations_are_read_as_english_words(text: str, words: str) -> None:
    assert " ".join(gloss(text).split()) == words


def test_an_unknown_character_has_one_sign() -> None:
    assert sign("瓛") == sign("瓛") != sign("瓖")
    numbers = {int(sign(chr(code))[7:-1]) for code in range(0x4E00, 0x5200)}
    assert min(numbers) >= 1 and max(numbers) <= SIGNS


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("How much does the company sell abroad?", 0),
        ("Why did domestic turnover shrink?", 1),
        ("How many shops does it run?", 2),
        ("What did it do with the Leeds site?", 3),
        ("海外收入占多少?", 0),
        ("公司有多少家门店?", 2),
    ],
)
def test_what_answers_in_other_words_goes_before_what_shares_some(question: str, place: int) -> None:
    values = match(question, STATEMENTS)
    assert max(range(len(values)), key=values.__getitem__) == place
    assert values[place] > 0


@pytest.mark.parametrize(
    "question", ["What is the dividend per share?", "Who chairs the audit committee?", "研发费用是多少?"]
)
def test_what_nothing_answers_has_odds_below_even(question: str) -> None:
    assert max(match(question, STATEMENTS)) < 0


@pytest.mark.parametrize(
    ("before", "turn", "place"),
    [
        ("How did the group sell abroad?", "why did they fall at home?", 1),
        ("What happened to sales at home?", "and overseas?", 0),
        ("How many stores are there?", "what about its debt?", 3),
        ("净债务下降了多少?", "门店数量呢?", 2),
        ("海外收入占多少?", "净债务呢?", 3),
    ],
)
def test_a_follow_up_is_read_behind_the_question_before_it(before: str, turn: str, place: int) -> None:
    values = match_leaning(before, turn, STATEMENTS)
    assert max(range(len(values)), key=values.__getitem__) == place


def test_two_questions_together_are_read_to_more_tokens_than_one() -> None:
    long = "How much " + "more " * LEANING
    assert len(matcher().question(long).weights) == QUESTION
    assert len(matcher().leaning(long).weights) == LEANING


def test_a_reading_does_not_hang_on_what_is_read_beside_it() -> None:
    order = list(STATEMENTS)
    random.Random(1).shuffle(order)
    alone = {text: match("How many shops does it run?", [text], Matcher())[0] for text in order}
    assert match("How many shops does it run?", STATEMENTS) == [alone[text] for text in STATEMENTS]


def test_a_long_text_is_cut_and_an_empty_one_is_read() -> None:
    long = "The plant makes steel. " * 200
    assert matcher().statement(long).tokens.shape == (STATEMENT, 384)
    assert match("What does the plant make?", ["", long])[1] > match("What does the plant make?", [""])[0]
    assert match("", STATEMENTS) and match("a", []) == []


def test_a_missing_or_damaged_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(RagError, match="reinstall the package"):
        Matcher(tmp_path)
    for name in ("matcher_tokens.json", "matcher.json"):
        shutil.copy(FOLDER / name, tmp_path / name)
    (tmp_path / "matcher.onnx").write_bytes(b"no model")
    with pytest.raises(RagError, match=str(tmp_path)):
        Matcher(tmp_path)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        (
            "What share came from one supplier, according to Quillon's 2023 annual report?",
            "What share came from one supplier",
        ),
        ("What margin did Quillon expect for 2024 in its 2023 report?", "What margin did Quillon expect for 2024"),
        ("The July note with a target of 88: what multiple does it show?", "what multiple does it show?"),
        ("What is in the report?", "What is in the report?"),  # hardly anything would be left
        ("How did sales move?", "How did sales move?"),
    ],
)
def test_what_only_says_which_report_is_meant_is_not_read(question: str, left: str) -> None:
    assert without_reference(question) == left
